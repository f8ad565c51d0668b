//! Hand-made presentations, one for each feature.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::document::{BlockKind, Document, Format, Furniture, Legibility};
use crate::input::{ReadOptions, read};

const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const P: &str = "http://schemas.openxmlformats.org/presentationml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const D: &str = "http://schemas.openxmlformats.org/drawingml/2006/diagram";

/// A presentation of these slides; further parts belong to the first one: kind, name, content.
fn pptx(slides: &[&str], parts: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut files: Vec<(String, String)> = Vec::new();
    let (mut ids, mut links) = (String::new(), String::new());
    for (i, slide) in slides.iter().enumerate() {
        ids += &format!("<p:sldId id=\"{}\" r:id=\"s{i}\"/>", 256 + i);
        links += &format!("<Relationship Id=\"s{i}\" Type=\"{R}/slide\" Target=\"slides/slide{i}.xml\"/>");
        files.push((
            format!("ppt/slides/slide{i}.xml"),
            slide.replacen('>', &format!(" xmlns:a=\"{A}\" xmlns:p=\"{P}\" xmlns:r=\"{R}\">"), 1),
        ));
    }
    let mut of_slide = String::new();
    for (kind, name, content) in parts {
        of_slide += &format!("<Relationship Id=\"{name}\" Type=\"{R}/{kind}\" Target=\"../{name}.xml\"/>");
        files.push((format!("ppt/{name}.xml"), (*content).to_owned()));
    }
    files.push(("ppt/slides/_rels/slide0.xml.rels".into(), format!("<Relationships>{of_slide}</Relationships>")));
    files.push(("ppt/_rels/presentation.xml.rels".into(), format!("<Relationships>{links}</Relationships>")));
    let main =
        format!("<p:presentation xmlns:p=\"{P}\" xmlns:r=\"{R}\"><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>");
    files.push(("ppt/presentation.xml".into(), main));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn shape(placeholder: &str, paragraphs: &str) -> String {
    let ph = if placeholder.is_empty() { String::new() } else { format!("<p:ph type=\"{placeholder}\"/>") };
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"1\" name=\"x\"/><p:nvPr>{ph}</p:nvPr></p:nvSpPr><p:txBody>{paragraphs}</p:txBody></p:sp>"
    )
}

fn line(text: &str) -> String {
    format!("<a:p><a:r><a:rPr/><a:t>{text}</a:t></a:r></a:p>")
}

fn slide(shapes: &str) -> String {
    format!("<p:sld><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>")
}

fn open(bytes: &[u8]) -> Document {
    read(bytes, &ReadOptions::default()).unwrap()
}

fn blocks(document: &Document) -> Vec<(BlockKind, &str, Option<u32>)> {
    document.blocks.iter().map(|b| (b.kind.clone(), document.text_of(b), b.locator.page)).collect()
}

#[test]
fn titles_lists_and_text_boxes_slide_by_slide() {
    let first = slide(&(shape("ctrTitle", &(line("Joint") + &line("plan"))) + &shape("subTitle", &line("2026"))));
    let inner = "<a:p><a:pPr lvl=\"1\"/><a:r><a:t>Inner</a:t></a:r></a:p>";
    let plain = "<a:p><a:pPr><a:buNone/></a:pPr><a:r><a:t>No</a:t></a:r><a:br/><a:r><a:t>bullet</a:t></a:r></a:p>";
    let second = slide(
        &(shape("body", &(line("One") + inner + plain))
            + &shape("", &line("In a box"))
            + &shape("title", &line("Aims"))
            + &shape("sldNum", "<a:p><a:fld type=\"slidenum\"><a:t>2</a:t></a:fld></a:p>")
            + &shape("ftr", &line("Draft"))),
    );
    let document = open(&pptx(&[&first, &second], &[]));
    assert_eq!((document.format, document.title.as_deref()), (Format::Pptx, Some("Joint plan")));
    let (heading, item) = (|level| BlockKind::Heading { level }, |depth| BlockKind::ListItem { depth });
    let expected = [
        (heading(1), "Joint plan", Some(1)),
        (BlockKind::Paragraph, "2026", Some(1)),
        (heading(2), "Aims", Some(2)),
        (item(0), "One", Some(2)),
        (item(1), "Inner", Some(2)),
        (BlockKind::Paragraph, "No bullet", Some(2)),
        (BlockKind::Paragraph, "In a box", Some(2)),
    ];
    assert_eq!(blocks(&document)[..7], expected);
    let running: Vec<_> = document.blocks[7..].iter().map(|b| (document.text_of(b), b.furniture)).collect();
    assert_eq!(running, [("2", Some(Furniture::PageNumber)), ("Draft", Some(Furniture::Footer))]);
}

#[test]
fn tables_with_merged_cells() {
    let cell = |text: &str, how: &str| format!("<a:tc{how}><a:txBody>{}</a:txBody></a:tc>", line(text));
    let table = format!(
        "<p:graphicFrame><a:tbl><a:tblPr firstRow=\"1\"/><a:tr>{}{}</a:tr><a:tr>{}{}</a:tr><a:tr>{}{}</a:tr><a:tr>{}{}</a:tr></a:tbl></p:graphicFrame>",
        cell("Who", ""),
        cell("When", ""),
        cell("Board", " rowSpan=\"2\""),
        cell("May", ""),
        "<a:tc vMerge=\"1\"><a:txBody><a:p/></a:txBody></a:tc>",
        cell("June", ""),
        cell("Both", " gridSpan=\"2\""),
        "<a:tc hMerge=\"1\"><a:txBody><a:p/></a:txBody></a:tc>",
    );
    let document = open(&pptx(&[&slide(&table)], &[]));
    let rows: Vec<_> = document.blocks.iter().map(|b| document.text_of(b)).collect();
    assert_eq!(rows, ["Who | When", "Board | May", "Board | June", "Both"]);
    assert!(matches!(document.blocks[0].kind, BlockKind::TableRow { header: true, .. }));
}

#[test]
fn diagrams_notes_pictures_and_hidden_slides() {
    let point = |id: &str, text: &str| {
        format!("<d:pt modelId=\"{id}\"><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>")
    };
    let diagram = format!(
        "<d:dataModel xmlns:d=\"{D}\" xmlns:a=\"{A}\"><d:ptLst><d:pt modelId=\"0\" type=\"doc\"/>{}{}{}<d:pt modelId=\"9\" type=\"pres\"/></d:ptLst>\
         <d:cxnLst><d:cxn srcId=\"0\" destId=\"2\" srcOrd=\"1\"/><d:cxn srcId=\"0\" destId=\"1\" srcOrd=\"0\"/>\
         <d:cxn srcId=\"1\" destId=\"3\" srcOrd=\"0\"/><d:cxn srcId=\"3\" destId=\"1\" srcOrd=\"0\"/>\
         <d:cxn type=\"presOf\" srcId=\"9\" destId=\"1\"/></d:cxnLst></d:dataModel>",
        point("2", "Later"),
        point("3", "Below"),
        point("1", "First")
    );
    let notes = format!("<p:notes xmlns:a=\"{A}\" xmlns:p=\"{P}\">{}</p:notes>", shape("body", &line("Say this.")));
    let frame = format!("<p:graphicFrame><d:relIds xmlns:d=\"{D}\" r:dm=\"data\"/></p:graphicFrame>");
    let picture = slide("<p:pic/>");
    let hidden = slide(&shape("", &line("Not shown"))).replacen("<p:sld>", "<p:sld show=\"0\">", 1);
    let parts = [("diagramData", "data", diagram.as_str()), ("notesSlide", "notes", &notes)];
    let document = open(&pptx(&[&slide(&frame), &picture, &hidden, &slide("")], &parts));
    let item = |depth| BlockKind::ListItem { depth };
    let found = blocks(&document);
    assert_eq!(found[0], (item(0), "First", Some(1)));
    assert_eq!(found[1], (item(1), "Below", Some(1)));
    assert_eq!(found[2], (item(0), "Later", Some(1)));
    assert_eq!((found[3].1, document.blocks[3].furniture), ("Say this.", Some(Furniture::Comment)));
    assert_eq!(found.len(), 4);
    let pages: Vec<Legibility> = document.pages.iter().map(|page| page.legibility).collect();
    assert_eq!(pages, [Legibility::Readable, Legibility::NoText, Legibility::Blank, Legibility::Blank]);
    assert!(document.warnings[0].message.contains("hidden"));
}

#[test]
fn slides_are_limited_and_left_out() {
    let one = slide(&shape("", &line("Text")));
    let bytes = pptx(&[&one, &one, &one], &[]);
    let options = ReadOptions { max_pages: 2, leave_out: [1].into(), ..ReadOptions::default() };
    let document = read(&bytes, &options).unwrap();
    assert_eq!(
        document.pages.iter().map(|p| p.legibility).collect::<Vec<_>>(),
        [Legibility::NotRead, Legibility::Readable]
    );
    assert_eq!(document.blocks.len(), 1);
    assert!(document.warnings[0].message.contains("more than 2 slides"));
}

#[test]
fn hidden_groups_and_untitled_slides() {
    let group = |hidden: &str, inner: &str| {
        format!("<p:grpSp><p:nvGrpSpPr><p:cNvPr id=\"7\" name=\"g\"{hidden}/></p:nvGrpSpPr>{inner}</p:grpSp>")
    };
    let inner = group(" hidden=\"1\"", &shape("", &line("Unseen"))) + &group("", &shape("", &line("Seen")));
    let slides = [slide(&(shape("title", &line("References")) + &inner)), slide(&shape("", &line("We will act.")))];
    let bytes = pptx(&[&slides[0], &slides[1]], &[]);
    let document = read(&bytes, &ReadOptions::default()).unwrap();
    let found: Vec<_> = document.blocks.iter().map(|b| (document.text_of(b), b.furniture)).collect();
    let references = Some(Furniture::References);
    assert_eq!(found, [("References", references), ("Seen", references), ("We will act.", None)]);
}
