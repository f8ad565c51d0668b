//! Copies of Word documents with comments: nothing but comments is new in them.

use crate::forms::{HOSTILE, alone, assert_harmless, hostile, parts, texts};
use crate::sample;
use goldthread::annotate;
use goldthread::batch::{Engine, RuleOptions};
use goldthread::document::{Document, Furniture};
use goldthread::input::{self, ReadOptions};
use goldthread::remark;
use goldthread::report::Report;
use goldthread::report::words::clean;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::LazyLock;

pub fn read(bytes: &[u8]) -> Document {
    input::read(bytes, &ReadOptions::default()).unwrap()
}

/// The text of a document without its comments.
pub fn text(document: &Document) -> Vec<&str> {
    let own = document.blocks.iter().filter(|b| b.furniture != Some(Furniture::Comment));
    own.map(|b| document.text_of(b)).collect()
}

pub fn copy_of(bytes: &[u8]) -> Vec<u8> {
    static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(&RuleOptions::default()).unwrap());
    let document = read(bytes);
    let report = ENGINE.judge_document("draft.docx".to_owned(), None, &document);
    let notes = annotate::notes(&document, &ENGINE.head(Vec::new()), &report).unwrap();
    remark::copy(bytes, &notes, &ReadOptions::default()).unwrap()
}

/// The compressed bytes of every entry.
fn raw(package: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    (0..archive.len())
        .map(|i| {
            let mut file = archive.by_index_raw(i).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// Values of an attribute of elements of a name.
fn ids(xml: &str, element: &str) -> Vec<String> {
    let begins = format!("<w:{element} ");
    let own = xml.split(begins.as_str()).skip(1).map(|rest| rest.split('>').next().unwrap());
    own.map(|tag| tag.split("w:id=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()).collect()
}

fn assert_sound(before: &[u8], after: &[u8]) {
    assert_eq!(text(&read(before)), text(&read(after)), "the text is another");
    let (raw_before, raw_after) = (raw(before), raw(after));
    for (name, bytes) in &raw_before {
        let may_change = ["document.xml", "comments.xml", "[Content_Types].xml", "document.xml.rels"];
        if !may_change.iter().any(|end| name.ends_with(end)) {
            assert!(raw_after[name] == *bytes, "{name} is another");
        }
    }
    let parts = parts(after);
    let part = |end: &str| String::from_utf8(parts.iter().find(|(n, _)| n.ends_with(end)).unwrap().1.clone()).unwrap();
    let (body, comments) = (part("word/document.xml"), part("comments.xml"));
    let own = ids(&comments, "comment");
    let unique: BTreeSet<&String> = own.iter().collect();
    assert_eq!(own.len(), unique.len(), "an id twice");
    for element in ["commentRangeStart", "commentRangeEnd", "commentReference"] {
        let used = ids(&body, element);
        let known: BTreeSet<&String> = used.iter().collect();
        assert_eq!(used.len(), known.len(), "{element}: an id twice");
        assert!(known.is_subset(&unique), "{element}");
    }
    assert!(part("[Content_Types].xml").contains("comments+xml"));
    assert!(part("document.xml.rels").contains("/comments\""));
}

pub fn corpus(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name)).unwrap()
}

#[test]
fn only_comments_are_new() {
    for name in ["joint-strategy-draft.docx", "delivery-plan.docx"] {
        let before = corpus(name);
        let after = copy_of(&before);
        assert_sound(&before, &after);
        assert!(after == copy_of(&before), "the same every time");
        let comments = String::from_utf8(parts(&after)["word/comments.xml"].clone()).unwrap();
        let said = texts(&comments, "w:t").join("\n");
        for words in ["Of the five principles", "Evidence, accountable. P", "To check, ", "people decide"] {
            assert!(said.contains(words), "{name}: {words}");
        }
        if let Some(old) = parts(&before).get("word/comments.xml") {
            let old = String::from_utf8(old.clone()).unwrap();
            for text in texts(&old, "w:t") {
                assert!(said.contains(&text), "{name}: a comment is lost: {text}");
            }
        }
    }
}

/// A package of one body, with or without comments.
fn package(body: &str, comments: Option<&str>) -> Vec<u8> {
    let word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let list = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut files = vec![
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" \
             ContentType=\"application/xml\"/></Types>"
                .to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{list}\"><Relationship Id=\"r\" Type=\"{rels}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/document.xml",
            format!("\u{feff}<?xml version=\"1.0\"?>\n<w:document {word}><w:body>{body}</w:body></w:document>"),
        ),
    ];
    if let Some(comments) = comments {
        files.push(("word/comments.xml", comments.replace("WORD", word)));
        files.push((
            "word/_rels/document.xml.rels",
            format!("<Relationships xmlns=\"{list}\"><Relationship Id=\"c\" Type=\"{rels}/comments\" Target=\"comments.xml\"/></Relationships>"),
        ));
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in files {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const FUND: &str = "We will fund debt advice for the poorest wards with \u{a3}50,000 by March 2027, led by the Director of Public Health.";

#[test]
fn comments_begin_where_there_are_none() {
    let body = format!(
        "<w:p>\n<w:pPr>\n<w:keepNext/></w:pPr><w:r><w:t>Plan</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>{FUND}</w:t></w:r></w:p>"
    );
    let before = package(&body, None);
    let after = copy_of(&before);
    let body = String::from_utf8(parts(&after)["word/document.xml"].clone()).unwrap();
    assert!(body.contains("<w:keepNext/></w:pPr><w:commentRangeStart w:id=\"0\"/>"), "{body}");
    assert!(body.contains(&format!("/><w:r><w:t>{FUND}</w:t></w:r><w:commentRangeEnd ")), "{body}");
    assert_eq!(text(&read(&before)), text(&read(&after)));
}

#[test]
fn comments_that_are_there_keep_their_ids() {
    let body = format!(
        "<w:tbl><w:tr><w:tc><w:p><w:commentRangeStart w:id=\"1\"/><w:r><w:t>{FUND}</w:t></w:r><w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r></w:p></w:tc>\
         <w:tc><w:p><w:r><w:t>Board</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>{FUND}</w:t></w:r></w:p>"
    );
    let old = "<w:comment w:id=\"1\" w:author=\"A\"><w:p><w:r><w:t>Mine</w:t></w:r></w:p></w:comment>";
    for comments in [format!("<w:comments WORD>{old}</w:comments>"), "<w:comments WORD/>".to_owned()] {
        let before = package(&body, Some(&comments));
        let after = copy_of(&before);
        let parts = parts(&after);
        let new = String::from_utf8(parts["word/comments.xml"].clone()).unwrap();
        assert_eq!(new.contains("Mine"), comments.contains("Mine"));
        assert!(new.contains("w:id=\"0\"") && new.contains("w:id=\"2\""), "{new}");
        assert_eq!(text(&read(&before)), text(&read(&after)));
    }
}

/// The comments of a copy of a document that holds every passage of a report.
fn comments_on(report: &Report) -> String {
    let before = package(&format!("<w:p><w:r><w:t>{FUND}</w:t></w:r></w:p>"), None);
    let mut document = read(&before);
    let place = document.blocks[0].place;
    let facets = report.documents[0].criteria.iter().flat_map(|c| &c.facets);
    let evidence = facets.clone().flat_map(|f| f.evidence.iter().map(|e| &e.cited));
    for cited in evidence.chain(facets.flat_map(|f| f.nearest.iter().map(|n| &n.cited))) {
        document.push(goldthread::document::BlockKind::Paragraph, &cited.quote, Default::default(), None);
        document.blocks.last_mut().unwrap().place = place;
    }
    let notes = annotate::notes(&document, &report.head, &report.documents[0]).unwrap();
    let after = remark::copy(&before, &notes, &ReadOptions::default()).unwrap();
    String::from_utf8(parts(&after)["word/comments.xml"].clone()).unwrap()
}

#[test]
fn comments_of_a_copy() {
    let comments = comments_on(&sample::reviewed(sample::one()));
    insta::assert_snapshot!(texts(&comments, "w:t").join("\n"));
}

#[test]
fn hostile_text_is_harmless_in_comments() {
    for hostile in HOSTILE {
        let comments = comments_on(&alone(hostile));
        assert_harmless("comments", &comments);
        assert!(!comments.contains("<script") && !comments.contains("<!--"), "{comments}");
        let said = texts(&comments, "w:t").join("\n");
        assert!(said.contains(&clean(hostile)), "{hostile}: {said}");
    }
}

#[test]
fn a_place_that_is_not_there_is_refused() {
    let before = package(&format!("<w:p><w:r><w:t>{FUND}</w:t></w:r></w:p>"), None);
    let mut document = read(&before);
    document.blocks[0].place = Some(goldthread::document::Place { first: 7, last: u64::MAX });
    let report = hostile();
    let notes = annotate::notes(&document, &report.head, &report.documents[0]).unwrap();
    let refused = remark::copy(&before, &notes, &ReadOptions::default()).unwrap_err();
    assert!(refused.to_string().contains("word/document.xml"), "{refused}");
}

#[test]
fn the_first_comment_tells_an_officers_word_on_what_is_missing() {
    let report = sample::reviewed(sample::one());
    let document = read(&package(&format!("<w:p><w:r><w:t>{FUND}</w:t></w:r></w:p>"), None));
    let notes = annotate::notes(&document, &report.head, &report.documents[0]).unwrap();
    let said = notes[0].paragraphs.join("\n");
    for words in [
        "Missing: P2: Data used. Where does this plan say so? Officer\u{2019}s word, look again: holds",
        "stand unchanged",
    ] {
        assert!(said.contains(words), "{said}");
    }
}
