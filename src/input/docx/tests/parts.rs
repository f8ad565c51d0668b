//! Other parts, other packages, other encodings.

use super::*;
use crate::document::{Format, Furniture};

#[test]
fn notes_follow_their_block() {
    let body = format!(
        r#"<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r></w:p>{}"#,
        p("b")
    );
    let foot = format!(
        r#"<w:footnote w:type="separator" w:id="-1">{}</w:footnote><w:footnote w:id="2">{}</w:footnote>"#,
        p("---"),
        p("Foot")
    );
    let end = format!(r#"<w:endnote w:id="2">{}</w:endnote>"#, p("End"));
    let document = document(&docx_with(&body, &[("footnotes", &foot), ("endnotes", &end)]));
    assert_eq!(texts(&document), ["a", "Foot", "End", "b"]);
    assert_eq!(kinds(&document), ["p", "note", "note", "p"]);
}

#[test]
fn headers_footers_and_comments_are_furniture() {
    let comments = format!(r#"<w:comment w:id="0">{}</w:comment>"#, p("Really?"));
    let body = r#"<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>a</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>"#;
    let parts: &[(&str, &str)] =
        &[("header1", &p("Draft")), ("header2", &p("Draft")), ("footer1", &p("12")), ("comments", &comments)];
    let document = document(&docx_with(body, parts));
    assert_eq!(texts(&document), ["a", "Draft", "12", "Really?"]);
    let furniture: Vec<_> = document.blocks.iter().filter_map(|b| b.furniture).collect();
    let wanted = [Furniture::Header, Furniture::PageNumber, Furniture::Comment];
    assert_eq!(furniture, wanted);
}

#[test]
fn title_of_the_properties() {
    let core =
        |title: &str| format!(r#"<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></c>"#);
    let named = docx_with(&p("a"), &[("core", &core("Well &amp; good"))]);
    assert_eq!(document(&named).title.as_deref(), Some("Well & good"));
    let made_up = docx_with(&p("a"), &[("core", &core("Microsoft Word - plan.doc"))]);
    assert_eq!(document(&made_up).title, None);
}

#[test]
fn strict_namespaces_and_other_prefixes() {
    let xml = r#"<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:pPr><x:outlineLvl x:val="0"/></x:pPr><x:r><x:t>Strict</x:t></x:r></x:p></x:body></x:document>"#;
    let relations = root_relations()
        .replace("http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument");
    let bytes = zip(&[("_rels/.rels", relations.as_bytes()), ("word/document.xml", xml.as_bytes())]);
    let document = document(&bytes);
    assert_eq!(document.format, Format::Docx);
    assert_eq!(kinds(&document), ["h1"]);
    let unprefixed = xml.replace("<x:", "<").replace("</x:", "</").replace("xmlns:x", "xmlns");
    let bytes = zip(&[("word/document.xml", unprefixed.as_bytes())]);
    assert_eq!(texts(&self::document(&bytes)), ["Strict"]);
}

#[test]
fn parts_in_utf_16() {
    let xml = document_xml(&p("Café – naïve")).replace("UTF-8", "UTF-16");
    for (mark, order) in [([0xFF, 0xFE], true), ([0xFE, 0xFF], false)] {
        let mut bytes = mark.to_vec();
        for unit in xml.encode_utf16() {
            bytes.extend(if order { unit.to_le_bytes() } else { unit.to_be_bytes() });
        }
        let bytes = zip(&[("word/document.xml", &bytes)]);
        assert_eq!(texts(&document(&bytes)), ["Café – naïve"]);
    }
}

#[test]
fn a_document_elsewhere_in_the_package() {
    let relations = root_relations().replace("word/document.xml", "/Doc/Main.xml");
    let xml = document_xml(&p("Found"));
    let bytes = zip(&[("_rels/.rels", relations.as_bytes()), ("doc/main.xml", xml.as_bytes())]);
    assert_eq!(texts(&document(&bytes)), ["Found"]);
}

#[test]
fn the_words_of_a_diagram_stand_behind_its_paragraph() {
    let space = |name: &str| format!("http://schemas.openxmlformats.org/drawingml/2006/{name}");
    let (dgm, art) = (space("diagram"), space("main"));
    let point = |id: &str, text: &str| {
        format!(r#"<d:pt modelId="{id}"><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>"#)
    };
    let data = format!(
        r#"<d:dataModel xmlns:d="{dgm}" xmlns:a="{art}"><d:ptLst>{}{}</d:ptLst></d:dataModel>"#,
        point("1", "Plan"),
        point("2", "Act")
    );
    let anchor = format!(
        r#"<w:p><w:r><w:t>See</w:t><w:drawing><d:relIds xmlns:d="{dgm}" xmlns:r="{RELATIONS}" r:dm="r0"/></w:drawing></w:r></w:p>"#
    );
    let document = document(&docx_with(&format!("{anchor}{anchor}"), &[("diagramData1", &data)]));
    assert_eq!(texts(&document), ["See", "Plan", "Act", "See"]);
    assert_eq!(kinds(&document)[1], "l0");
}
