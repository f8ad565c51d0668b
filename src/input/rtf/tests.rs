//! Hand-made RTF files, one for each feature.

use crate::document::{BlockKind, Document, Format, Furniture};
use crate::input::{ReadOptions, Revisions, read};

fn rtf_with(body: &str, options: &ReadOptions) -> Document {
    let head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}{\f2\fcharset2 Symbol;}}
        {\stylesheet{Normal;}{\s1\outlinelevel0 heading 1;}{\s2 heading 2,H2;}{\s3 Title;}{\s4 toc 1;}{\*\cs5 Strong;}}
        {\info{\title The plan}{\author Ann}}";
    read(format!("{head}{body}}}").as_bytes(), options).unwrap()
}

fn rtf(body: &str) -> Document {
    rtf_with(body, &ReadOptions::default())
}

fn texts(body: &str) -> Vec<String> {
    let document = rtf(body);
    document.blocks.iter().map(|b| document.text_of(b).to_owned()).collect()
}

#[test]
fn headings_lists_and_contents() {
    let document = rtf(r"\pard\s3 Plan\par\pard\s4 Aims 3\par\pard\s2 Aims\par\pard Text\line goes\tab on.\par
        {\pard\ls1\ilvl1{\listtext\bullet\tab}Inner\par}{\pard{\pntext 1.\tab}One\par}\pard\outlinelevel2 Deep\par");
    assert_eq!((document.format, document.title.as_deref()), (Format::Rtf, Some("The plan")));
    let (heading, item) = (|level| BlockKind::Heading { level }, |depth| BlockKind::ListItem { depth });
    let found: Vec<_> = document.blocks.iter().map(|b| (b.kind.clone(), document.text_of(b))).collect();
    let expected = [
        (heading(1), "Plan"),
        (BlockKind::Paragraph, "Aims 3"),
        (heading(2), "Aims"),
        (BlockKind::Paragraph, "Text goes on."),
        (item(1), "Inner"),
        (item(0), "One"),
        (heading(3), "Deep"),
    ];
    assert_eq!(found, expected);
    assert_eq!(document.blocks[1].furniture, Some(Furniture::Contents));
}

#[test]
fn characters_of_every_kind() {
    assert_eq!(
        texts(r"caf\'e9 {\f1 \'b9} \u8211\'96 \u233? \u-10179?\u-8704? a\~b\_c\-d \{x\}\par"),
        ["café ą – é 😀 a b-cd {x}"]
    );
    assert_eq!(texts(r"\ldblquote a\rdblquote  \emdash  {\uc2\u8217 ab}c{\f2 \'b7}d\par"), ["“a” — ’c d"]);
    assert_eq!(
        texts(r"a{\*\unknown b{c}}d{\pict ff}{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\bin3 }}}e\par"),
        ["ad linke"]
    );
}

#[test]
fn rows_and_merged_cells() {
    let row = |cells: &str, shape: &str| format!(r"\trowd{shape}\pard\intbl {cells}\row ");
    let body = row(r"Who\cell What\cell ", r"\trhdr\cellx1\cellx2")
        + &row(r"Board\cell Hub\par and more\cell ", r"\clvmgf\cellx1\cellx2")
        + &row(r"\cell Fund\cell ", r"\clvmrg\cellx1\cellx2")
        + &row(r"Both\cell\cell ", r"\clmgf\cellx1\clmrg\cellx2")
        + r"\pard After.\par";
    let document = rtf(&body);
    let found: Vec<_> = document.blocks.iter().map(|b| document.text_of(b)).collect();
    assert_eq!(found, ["Who | What", "Board | Hub and more", "Board | Fund", "Both", "After."]);
    assert!(matches!(document.blocks[0].kind, BlockKind::TableRow { header: true, .. }));
}

#[test]
fn notes_boxes_heads_and_remarks() {
    let document = rtf(
        r"{\header\pard Draft\par}Fewer{\*\atnid A}{\*\annotation\pard Sure?}{\shp{\*\shpinst{\sp{\sn n}{\sv v}}{\shptxt\pard In a box\par}}{\shprslt Twice}} deaths{\super\chftn{\footnote\pard\chftn Source.}}.\par Next.\par",
    );
    let found: Vec<_> = document.blocks.iter().map(|b| (document.text_of(b), b.furniture)).collect();
    let expected = [
        ("Fewer deaths.", None),
        ("In a box", None),
        ("Source.", None),
        ("Next.", None),
        ("Draft", Some(Furniture::Header)),
        ("Sure?", Some(Furniture::Comment)),
    ];
    assert_eq!(found, expected);
    assert_eq!(document.blocks[2].kind, BlockKind::Footnote);
}

#[test]
fn older_boxes_and_text_in_utf_8() {
    let document = rtf(r"Fewer deaths{\*\do\dobxpage{\dptxbxtext\pard In a box\par}\dpx0}.\par");
    assert_eq!(document.text, "Fewer deaths.\nIn a box\n");
    let text = br"{\rtf1\ansi\ansicpg65001 Caf\'c3\'a9s\par}";
    assert_eq!(read(text, &ReadOptions::default()).unwrap().text, "Caf\u{e9}s\n");
}

#[test]
fn changes_and_hidden_text() {
    let body = r"We{\deleted  may}{\revised  will} act{\v  hidden}.{\deleted\par}It ends.\par";
    assert_eq!(texts(body), ["We will act.It ends."]);
    let original = ReadOptions { revisions: Revisions::Original, ..ReadOptions::default() };
    assert_eq!(rtf_with(body, &original).text, "We may act.\nIt ends.\n");
}

#[test]
fn cut_deep_and_unbalanced() {
    let options = ReadOptions::default();
    let cut = read(br"{\rtf1 One.\par Two", &options).unwrap();
    assert_eq!((cut.text.as_str(), cut.warnings.len()), ("One.\nTwo\n", 1));
    assert_eq!(read(br"{\rtf1 a}}}}b", &options).unwrap().blocks.len(), 1);
    let deep = format!("{{\\rtf1 a\\par {}", "{".repeat(100_000));
    assert!(read(deep.as_bytes(), &options).unwrap().warnings.iter().any(|w| w.message.contains("too deeply")));
    let notes = format!("{{\\rtf1 {}", "{\\footnote a".repeat(900));
    assert!(read(notes.as_bytes(), &options).is_ok());
}
