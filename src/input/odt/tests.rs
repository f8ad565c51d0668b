//! Hand-made OpenDocument texts, one for each feature.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::KIND;
use crate::document::{BlockKind, Document, Format, Furniture};
use crate::input::{InputError, ReadOptions, Revisions, read};

const SPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/""#;

fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("mimetype", KIND)].iter().chain(parts) {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn content(styles: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><office:document-content {SPACES}><office:automatic-styles>{styles}\
         </office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
}

fn odt_with(styles: &str, body: &str, options: &ReadOptions) -> Document {
    read(&pack(&[("content.xml", &content(styles, body))]), options).unwrap()
}

fn odt(styles: &str, body: &str) -> Vec<(BlockKind, String)> {
    blocks(&odt_with(styles, body, &ReadOptions::default()))
}

fn blocks(document: &Document) -> Vec<(BlockKind, String)> {
    document.blocks.iter().map(|b| (b.kind.clone(), document.text_of(b).to_owned())).collect()
}

fn texts(body: &str) -> Vec<String> {
    odt("", body).into_iter().map(|(_, text)| text).collect()
}

#[test]
fn headings_lists_spaces_and_breaks() {
    let found = odt(
        r#"<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>"#,
        r#"<text:p text:style-name="P1">Joint<text:s text:c="2"/>Plan</text:p><text:h text:outline-level="2">Aims</text:h>
        <text:list><text:list-item><text:p>One</text:p><text:list><text:list-item><text:p>Inner</text:p></text:list-item></text:list></text:list-item>
        <text:list-item><text:p>Two</text:p><text:p>goes on</text:p></text:list-item></text:list>
        <text:p>Open<text:tab/>by<text:line-break/>June
        2026.</text:p>"#,
    );
    let heading = |level| BlockKind::Heading { level };
    let item = |depth| BlockKind::ListItem { depth };
    let expected = [
        (heading(1), "Joint Plan"),
        (heading(2), "Aims"),
        (item(0), "One"),
        (item(1), "Inner"),
        (item(0), "Two"),
        (BlockKind::Paragraph, "goes on"),
        (BlockKind::Paragraph, "Open by June 2026."),
    ];
    assert_eq!(found, expected.map(|(kind, text)| (kind, text.to_owned())));
}

#[test]
fn tables_with_merged_cells_and_headers() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let body = format!(
        "<table:table><table:table-header-rows><table:table-row>{}{}{}</table:table-row></table:table-header-rows>\
         <table:table-row><table:table-cell table:number-rows-spanned=\"2\"><text:p>Board</text:p></table:table-cell>{}{}</table:table-row>\
         <table:table-row><table:covered-table-cell/>{}{}</table:table-row>\
         <table:table-row><table:table-cell table:number-columns-spanned=\"2\"><text:p>Both</text:p></table:table-cell>\
         <table:covered-table-cell/>{}</table:table-row></table:table>",
        cell("Who"),
        cell("What"),
        cell("When"),
        cell("Hub"),
        cell("May"),
        cell("Fund"),
        cell("June"),
        cell("July")
    );
    let found = odt("", &body);
    assert!(matches!(found[0].0, BlockKind::TableRow { header: true, .. }));
    let rows: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(rows, ["Who | What | When", "Board | Hub | May", "Board | Fund | June", "Both |  | July"]);
}

#[test]
fn pictures_do_not_fuse_words() {
    assert_eq!(texts("<text:p>births<draw:frame><draw:image/></draw:frame>Source</text:p>"), ["births Source"]);
}

#[test]
fn empty_cells_are_counted() {
    let body = "<table:table><table:table-row><table:table-cell table:number-columns-repeated=\"2\"/>\
        <table:table-cell><text:p>May</text:p></table:table-cell></table:table-row><table:table-row>\
        <table:table-cell table:number-columns-repeated=\"3\"><text:p>a</text:p></table:table-cell></table:table-row></table:table>";
    assert_eq!(texts(body), [" |  | May", "a | a | a"]);
}

#[test]
fn notes_follow_and_remarks_stand_apart() {
    let document = odt_with(
        "",
        r#"<text:p>Fewer<office:annotation><dc:creator>Ann</dc:creator><text:p>Sure?</text:p></office:annotation> deaths<text:note text:id="f1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Source: ONS.</text:p></text:note-body></text:note>.</text:p><text:p>Next.</text:p>"#,
        &ReadOptions::default(),
    );
    let found = blocks(&document);
    assert_eq!(found[0].1, "Fewer deaths.");
    assert_eq!(found[1], (BlockKind::Footnote, "Source: ONS.".to_owned()));
    assert_eq!((found[3].1.as_str(), document.blocks[3].furniture), ("Sure?", Some(Furniture::Comment)));
}

#[test]
fn hidden_text_prompts_and_contents() {
    let styles = r#"<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="K" style:family="text" style:parent-style-name="H"/>"#;
    let document = odt_with(
        styles,
        r#"<text:table-of-content><text:table-of-content-source><text:index-title-template>T</text:index-title-template></text:table-of-content-source><text:index-body><text:p>Aims 3</text:p></text:index-body></text:table-of-content>
        <text:p>Shown<text:span text:style-name="K"> not shown</text:span><text:hidden-text text:string-value="x">no</text:hidden-text><text:placeholder>fill in</text:placeholder>.</text:p>
        <text:section text:display="none"><text:p>gone</text:p></text:section>
        <text:p>Next<draw:frame><svg:title>alt</svg:title><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame>to it</text:p>"#,
        &ReadOptions::default(),
    );
    let found: Vec<String> = blocks(&document).into_iter().map(|(_, text)| text).collect();
    assert_eq!(found, ["Aims 3", "Shown.", "Next to it", "In a box"]);
    assert_eq!(document.blocks[0].furniture, Some(Furniture::Contents));
}

#[test]
fn tracked_changes_both_ways() {
    let body = r#"<text:tracked-changes>
        <text:changed-region xml:id="c1" text:id="c1"><text:insertion><office:change-info><dc:creator>A</dc:creator></office:change-info></text:insertion></text:changed-region>
        <text:changed-region xml:id="c2" text:id="c2"><text:deletion><office:change-info><dc:creator>A</dc:creator></office:change-info><text:p> may</text:p></text:deletion></text:changed-region>
        <text:changed-region xml:id="c3" text:id="c3"><text:deletion><text:p>.</text:p><text:p>It </text:p></text:deletion></text:changed-region></text:tracked-changes>
        <text:p>We<text:change text:change-id="c2"/><text:change-start text:change-id="c1"/> will<text:change-end text:change-id="c1"/> act<text:change text:change-id="c3"/> and pay.</text:p>"#;
    assert_eq!(texts(body), ["We will act and pay."]);
    let original = ReadOptions { revisions: Revisions::Original, ..ReadOptions::default() };
    let found: Vec<String> = blocks(&odt_with("", body, &original)).into_iter().map(|(_, text)| text).collect();
    assert_eq!(found, ["We may act.", "It and pay."]);
}

#[test]
fn heads_feet_title_and_flat_files() {
    let styles = format!(
        "<office:document-styles {SPACES}><office:master-styles><style:master-page><style:header><text:p>County plan</text:p>\
         </style:header><style:footer><text:p><text:page-number>3</text:page-number></text:p></style:footer>\
         </style:master-page></office:master-styles></office:document-styles>"
    );
    let meta = format!(
        "<office:document-meta {SPACES}><office:meta><dc:title>The plan</dc:title></office:meta></office:document-meta>"
    );
    let body = content("", "<text:p>Body.</text:p>");
    let parts = [("meta.xml", meta.as_str()), ("styles.xml", &styles), ("content.xml", &body)];
    let document = read(&pack(&parts), &ReadOptions::default()).unwrap();
    assert_eq!((document.format, document.title.as_deref()), (Format::Odt, Some("The plan")));
    let kinds: Vec<_> = document.blocks.iter().map(|b| (document.text_of(b), b.furniture)).collect();
    assert_eq!(kinds, [("Body.", None), ("County plan", Some(Furniture::Header)), ("3", Some(Furniture::PageNumber))]);
    let flat = format!(
        "<?xml version=\"1.0\"?>\n<office:document {SPACES} office:mimetype=\"{KIND}\"><office:meta><dc:title>Flat</dc:title>\
         </office:meta><office:body><office:text><text:p>Body.</text:p></office:text></office:body></office:document>"
    );
    let document = read(flat.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!((document.title.as_deref(), document.text.as_str()), (Some("Flat"), "Body.\n"));
}

#[test]
fn locked_cut_and_other_kinds() {
    let manifest = "<m:manifest xmlns:m=\"m\"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>";
    let options = ReadOptions::default();
    let locked = pack(&[("META-INF/manifest.xml", manifest), ("content.xml", "x")]);
    assert_eq!(read(&locked, &options), Err(InputError::Locked));
    assert!(matches!(read(&pack(&[]), &options), Err(InputError::Damaged(_))));
    let whole = content("", "<text:p>One.</text:p><text:p>Two.</text:p>");
    let cut = read(&pack(&[("content.xml", &whole[..whole.len() - 30])]), &options).unwrap();
    assert_eq!((cut.text.as_str(), cut.warnings.len()), ("One.\nTwo.\n", 1));
    let deep = content("", &"<table:table><table:table-row><table:table-cell>".repeat(300));
    let deep = read(&pack(&[("content.xml", &deep)]), &options);
    assert!(deep.is_err() || !deep.unwrap().warnings.is_empty());
}
