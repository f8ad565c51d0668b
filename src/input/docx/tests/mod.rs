//! Hand-made documents, one for each feature.

mod changes;
mod hostile;
mod layout;
mod parts;
mod tables;
mod words;

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::document::{Block, BlockKind, Document};
use crate::input::{ReadOptions, Revisions, read};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Packs parts into a zip archive.
pub(super) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The relationships of a package whose main part is `word/document.xml`.
fn root_relations() -> String {
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#
    )
}

/// A document with a body and further parts, each a name such as "styles" and its elements.
pub(super) fn docx_with(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut links = String::new();
    let mut files: Vec<(String, String)> = Vec::new();
    for (i, (name, xml)) in parts.iter().enumerate() {
        let kind = name.trim_end_matches(|c: char| c.is_ascii_digit());
        if kind == "core" {
            files.push(("docProps/core.xml".into(), (*xml).into()));
            continue;
        }
        links += &format!(r#"<Relationship Id="r{i}" Type="{RELATIONS}/{kind}" Target="{name}.xml"/>"#);
        files.push((format!("word/{name}.xml"), format!(r#"<w:{kind} xmlns:w="{W}">{xml}</w:{kind}>"#)));
    }
    files.push(("_rels/.rels".into(), root_relations()));
    files.push(("word/_rels/document.xml.rels".into(), format!("<Relationships>{links}</Relationships>")));
    files.push(("word/document.xml".into(), document_xml(body)));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, xml)| (name.as_str(), xml.as_bytes())).collect();
    zip(&files)
}

/// The main part with a body.
pub(super) fn document_xml(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:odd="urn:odd"><w:body>{body}</w:body></w:document>"#
    )
}

/// A document with a body alone.
pub(super) fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

/// A paragraph with a run of text.
pub(super) fn p(text: &str) -> String {
    format!(r#"<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#)
}

/// A paragraph with properties.
pub(super) fn pp(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A table row of cells with text.
pub(super) fn tr(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|c| format!("<w:tc>{}</w:tc>", p(c))).collect();
    format!("<w:tr>{cells}</w:tr>")
}

/// Reads bytes that must be readable.
pub(super) fn document(bytes: &[u8]) -> Document {
    read(bytes, &ReadOptions::default()).unwrap()
}

/// Reads the text as it was before the tracked changes.
pub(super) fn original(bytes: &[u8]) -> Document {
    let options = ReadOptions { revisions: Revisions::Original, ..ReadOptions::default() };
    read(bytes, &options).unwrap()
}

/// The texts of the blocks.
pub(super) fn texts(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|b| document.text_of(b)).collect()
}

/// The texts of the blocks of a body.
pub(super) fn body_texts(body: &str) -> Vec<String> {
    let document = document(&docx(body));
    texts(&document).into_iter().map(str::to_owned).collect()
}

/// A short name for the kind of a block.
pub(super) fn kind(block: &Block) -> String {
    match &block.kind {
        BlockKind::Heading { level } => format!("h{level}"),
        BlockKind::Paragraph => "p".into(),
        BlockKind::ListItem { depth } => format!("l{depth}"),
        BlockKind::TableRow { header: true, .. } => "head".into(),
        BlockKind::TableRow { .. } => "row".into(),
        BlockKind::Footnote => "note".into(),
        BlockKind::Caption => "caption".into(),
    }
}

/// The kinds of the blocks.
pub(super) fn kinds(document: &Document) -> Vec<String> {
    document.blocks.iter().map(kind).collect()
}
