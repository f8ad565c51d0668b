//! Word files without their text boxes, for readers that leave these out.
//!
//! Comes in: the bytes of a Word file. Goes out: the bytes of a copy whose text boxes are empty.

use regex::Regex;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A copy without the text in boxes; nothing for what is no Word file, or has none.
pub fn without_boxes(bytes: &[u8]) -> Option<Vec<u8>> {
    let inner = Regex::new(r"(?s)<w:txbxContent\b[^>]*>.*?</w:txbxContent>").ok()?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let mut found = false;
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).ok()?;
        if let Ok(text) = std::str::from_utf8(&content)
            && inner.is_match(text)
        {
            found = true;
            content = inner.replace_all(text, "<w:txbxContent/>").into_owned().into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).ok()?;
        out.write_all(&content).ok()?;
    }
    found.then(|| out.finish().ok().map(Cursor::into_inner))?
}
