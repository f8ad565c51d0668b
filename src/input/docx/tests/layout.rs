//! What paragraphs are: headings, items, contents, boxes, sections, pages.

use super::*;
use crate::document::Furniture;

const STYLES: &str = r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="Custom"><w:name w:val="Council head"/><w:basedOn w:val="berschrift2"/></w:style><w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="Ueber"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="a"/><w:basedOn w:val="Loop2"/></w:style><w:style w:type="paragraph" w:styleId="Loop2"><w:name w:val="b"/><w:basedOn w:val="Loop"/></w:style><w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="Verz1"><w:name w:val="toc 1"/></w:style><w:style w:type="paragraph" w:styleId="Bul"><w:name w:val="Bul"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>"#;
const NUMBERING: &str = r#"<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:pStyle w:val="Bul"/><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="none"/></w:lvl></w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>"#;

fn styled(style: &str, text: &str) -> String {
    pp(&format!(r#"<w:pStyle w:val="{style}"/>"#), text)
}

fn read_styled(body: &str) -> Document {
    document(&docx_with(body, &[("styles", STYLES), ("numbering", NUMBERING)]))
}

#[test]
fn headings_by_style_and_outline() {
    let body = [
        styled("Titel", "Plan"),
        styled("berschrift1", "One"),
        styled("Custom", "Two"),
        pp(r#"<w:outlineLvl w:val="2"/>"#, "Three"),
        pp(r#"<w:pStyle w:val="berschrift1"/><w:outlineLvl w:val="9"/>"#, "Text"),
        styled("Loop", "Loop"),
        styled("Heading4", "Undefined style"),
    ]
    .concat();
    let document = read_styled(&body);
    assert_eq!(kinds(&document), ["h1", "h1", "h2", "h3", "p", "p", "h4"]);
    assert_eq!(document.title.as_deref(), Some("Plan"));
}

#[test]
fn bold_lines_that_read_like_headings() {
    let bold = |text: &str| format!("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>");
    let body =
        format!("{}{}{}", bold("Working together"), p("Text that follows."), bold("The Board will fund the hub"));
    assert_eq!(kinds(&document(&docx(&body))), ["h2", "p", "p"]);
}

#[test]
fn items_with_depth() {
    let number = |level: u8| format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="4"/></w:numPr>"#);
    let body = [
        pp(&number(0), "a"),
        pp(&number(1), "b"),
        styled("Bul", "by style"),
        pp(&number(2), "silent"),
        pp(r#"<w:pStyle w:val="Bul"/><w:numPr><w:numId w:val="0"/></w:numPr>"#, "taken away"),
        styled("ListBullet2", "by name"),
        p("• typed"),
    ]
    .concat();
    let document = read_styled(&body);
    assert_eq!(kinds(&document), ["l0", "l1", "l1", "p", "p", "l1", "l0"]);
    assert_eq!(texts(&document)[6], "typed");
}

#[test]
fn contents_by_field_style_and_control() {
    let field = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \o "1-3" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Aims 3</w:t></w:r></w:p><w:p><w:r><w:t>Means 4</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"#;
    let control = format!(
        r#"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"#,
        p("Ends 5")
    );
    let body = format!("{field}{}{control}{}", styled("Verz1", "Costs 6"), p("Text."));
    let document = read_styled(&body);
    assert_eq!(texts(&document), ["Aims 3", "Means 4", "Costs 6", "Ends 5", "Text."]);
    let furniture: Vec<_> = document.blocks.iter().map(|b| b.furniture).collect();
    let contents = Some(Furniture::Contents);
    assert_eq!(furniture, [contents, contents, contents, contents, None]);
}

#[test]
fn sections_of_furniture_by_heading() {
    let body = [
        styled("berschrift1", "Aims"),
        p("We act."),
        styled("berschrift1", "Appendix B: Glossary"),
        p("SRO: owner."),
        styled("berschrift1", "Close"),
        p("End."),
    ]
    .concat();
    let found: Vec<_> = read_styled(&body).blocks.iter().map(|b| b.furniture).collect();
    let glossary = Some(Furniture::Glossary);
    assert_eq!(found, [None, None, glossary, glossary, None, None]);
}

#[test]
fn text_boxes_once() {
    let inner = format!("<w:txbxContent>{}</w:txbxContent>", p("Boxed."));
    let choice = format!(
        r#"<w:p><w:r><w:t>Around</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>it.</w:t></w:r></w:p>"#
    );
    assert_eq!(body_texts(&choice), ["Around it.", "Boxed."]);
    let fallback = choice.replace(r#"Requires="wps""#, r#"Requires="odd""#);
    assert_eq!(body_texts(&fallback), ["Around it.", "Boxed."]);
    let vml = format!("<w:p><w:r><w:pict><v:textbox>{inner}</v:textbox></w:pict></w:r></w:p>");
    assert_eq!(body_texts(&vml), ["Boxed."]);
}

#[test]
fn pages_by_rendered_and_asked_breaks() {
    let rendered = |text: &str| format!("<w:p><w:r><w:lastRenderedPageBreak/><w:t>{text}</w:t></w:r></w:p>");
    let page = r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#;
    let section = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>";
    let body = [
        p("one"),
        rendered("two"),
        page.into(),
        rendered("three"),
        page.into(),
        p("four"),
        section.into(),
        p("five"),
        "<w:sectPr/>".into(),
    ]
    .concat();
    let document = document(&docx(&body));
    let pages: Vec<_> = document.blocks.iter().filter_map(|b| b.locator.page).collect();
    assert_eq!(pages, [1, 2, 3, 4, 5]);
    assert_eq!(document.pages.len(), 5);
}

#[test]
fn without_rendered_breaks_pages_are_unknown() {
    let body = format!(r#"{}<w:p><w:r><w:br w:type="page"/></w:r></w:p>{}"#, p("one"), p("two"));
    let document = document(&docx(&body));
    assert!(document.pages.is_empty());
    assert!(document.blocks.iter().all(|block| block.locator.page.is_none()));
}

#[test]
fn headings_in_text_boxes_stand_below_the_section_and_end_with_the_box() {
    let boxed = format!(
        "<w:r><w:pict><v:textbox><w:txbxContent>{}{}</w:txbxContent></v:textbox></w:pict></w:r>",
        pp("<w:outlineLvl w:val=\"0\"/>", "Glossary"),
        p("Words.")
    );
    let heading = |level: u8, text: &str| pp(&format!("<w:outlineLvl w:val=\"{level}\"/>"), text);
    let body = format!(
        "{}{}<w:p>{boxed}<w:r><w:t>Before.</w:t></w:r></w:p>{}",
        heading(0, "Plan"),
        heading(1, "Aims"),
        p("We will act.")
    );
    let read = document(&docx(&body));
    assert_eq!(kinds(&read), ["h1", "h2", "p", "h3", "p", "p"]);
    assert_eq!(read.blocks[4].furniture, Some(Furniture::Glossary));
    assert_eq!((read.text_of(&read.blocks[5]), read.blocks[5].furniture), ("We will act.", None));
    let boxed: Vec<_> = read.blocks.iter().map(|b| b.boxed).collect();
    assert_eq!(boxed, [0, 0, 0, 1, 1, 0]);
}
