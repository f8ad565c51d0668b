//! What every target holds a reading to: any bytes in, an outcome out, every span whole.

use goldthread::document::{BlockKind, Document};
use goldthread::input::{self, InputError, ReadOptions};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Reads bytes within limits that a fuzzer can bear, and looks at the spans.
pub fn read(bytes: &[u8]) {
    let options = ReadOptions { max_pages: 20, max_inflated: 16 << 20, ..ReadOptions::default() };
    hold(&input::read(bytes, &options));
}

/// Every span of a document is a range of its text.
pub fn hold(outcome: &Result<Document, InputError>) {
    let Ok(document) = outcome else { return };
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start >= end, "blocks stand in order");
        assert!(document.text.get(block.span.start..block.span.end).is_some(), "a block is a range of the text");
        end = block.span.end;
        if let BlockKind::TableRow { cells, .. } = &block.kind {
            for cell in cells {
                assert!(block.span.start <= cell.start && cell.end <= block.span.end, "a cell is in its row");
                assert!(document.text.get(cell.start..cell.end).is_some(), "a cell is a range of the text");
            }
        }
    }
}

/// A PDF file of one page with this content stream.
pub fn pdf(content: &[u8]) -> Vec<u8> {
    let font = |name: &str| format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>");
    let mut objects: Vec<Vec<u8>> = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources<</Font<</F 4 0 R/B 5 0 R>>\
         /XObject<</X 6 0 R>>>>>>"
            .to_owned(),
        font("Helvetica"),
        font("Helvetica-Bold"),
    ]
    .map(String::into_bytes)
    .into();
    let mut stream = format!("<</Subtype/Form/Length {}>>\nstream\n", content.len()).into_bytes();
    stream.extend_from_slice(content);
    stream.extend_from_slice(b"\nendstream");
    objects.push(stream);
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n").into_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    out
}

/// The parts that `docx` fills, in this order, parted in the input by a zero byte.
pub const PARTS: [&str; 6] = ["document", "styles", "numbering", "footnotes", "comments", "header1"];

/// A DOCX file with these parts, not compressed.
pub fn docx(parts: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut links = String::from("<Relationships>");
    for (name, part) in PARTS.iter().zip(parts.split(|b| *b == 0)) {
        let kind = name.trim_end_matches('1');
        links += &format!("<Relationship Id=\"{name}\" Type=\"x/{kind}\" Target=\"{name}.xml\"/>");
        add(&mut zip, &format!("word/{name}.xml"), stored, part);
    }
    links += "</Relationships>";
    add(&mut zip, "word/_rels/document.xml.rels", stored, links.as_bytes());
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn add(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, how: SimpleFileOptions, part: &[u8]) {
    zip.start_file(name, how).expect("a name");
    zip.write_all(part).expect("memory");
}
