//! Damaged and hostile files, and files of other kinds.

use super::*;
use crate::input::InputError;

fn refused(bytes: &[u8]) -> InputError {
    read(bytes, &ReadOptions::default()).unwrap_err()
}

fn found(bytes: &[u8]) -> String {
    match refused(bytes) {
        InputError::Unsupported { found, .. } => found,
        other => format!("{other:?}"),
    }
}

#[test]
fn a_text_that_is_cut_off_is_kept_with_a_warning() {
    let whole = document_xml(&format!("{}{}", p("First."), p("Second.")));
    let cut = whole.find("Second").unwrap();
    let bytes = zip(&[("word/document.xml", &whole.as_bytes()[..cut])]);
    let document = document(&bytes);
    assert_eq!(texts(&document)[0], "First.");
    assert_eq!(document.warnings.len(), 1);
}

#[test]
fn a_table_that_is_cut_off_is_kept() {
    let rows = format!("<w:tbl>{}{}", tr(&["a", "b"]), tr(&["c", "d"]));
    let whole = document_xml(&rows);
    let cut = whole.find("</w:body>").unwrap();
    let bytes = zip(&[("word/document.xml", &whole.as_bytes()[..cut])]);
    assert_eq!(texts(&document(&bytes)), ["a | b", "c | d"]);
}

#[test]
fn a_wrong_checksum_is_a_warning() {
    let mut bytes = docx(&p("Kept."));
    let entries: Vec<usize> =
        bytes.windows(4).enumerate().filter(|(_, window)| *window == b"PK\x01\x02").map(|(i, _)| i).collect();
    for entry in entries {
        bytes[entry + 16] ^= 0xFF;
    }
    let document = document(&bytes);
    assert_eq!(texts(&document), ["Kept."]);
    assert!(!document.warnings.is_empty());
}

#[test]
fn inflation_is_limited() {
    let bytes = docx(&p(&"a ".repeat(500_000)));
    let options = ReadOptions { max_inflated: 100_000, ..ReadOptions::default() };
    assert!(matches!(read(&bytes, &options), Err(InputError::Limit(_))));
}

#[test]
fn depth_is_limited() {
    let body = format!("{}{}", p("Kept."), "<w:smartTag>".repeat(50_000));
    let document = document(&docx(&body));
    assert_eq!(texts(&document), ["Kept."]);
    assert_eq!(document.warnings.len(), 1);
    let tables = "<w:tbl><w:tr><w:tc>".repeat(250);
    assert!(read(&docx(&tables), &ReadOptions::default()).is_err());
}

#[test]
fn nested_tables_do_not_explode() {
    let open = format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>", p("a"));
    let body = format!("{}{}{}", open.repeat(200), p("deep"), "</w:tc></w:tr></w:tbl>".repeat(200));
    assert!(!document(&docx(&body)).blocks.is_empty());
}

#[test]
fn entities_are_not_expanded() {
    let xml = document_xml(&p("a&bomb;b")).replace("<w:document", r#"<!DOCTYPE d [<!ENTITY bomb "boom">]><w:document"#);
    let bytes = zip(&[("word/document.xml", xml.as_bytes())]);
    assert_eq!(texts(&document(&bytes)), ["ab"]);
}

#[test]
fn many_pages_are_cut() {
    let page = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>x</w:t></w:r></w:p>";
    let options = ReadOptions { max_pages: 10, ..ReadOptions::default() };
    let document = read(&docx(&page.repeat(50)), &options).unwrap();
    assert_eq!(document.blocks.len(), 9);
    assert_eq!(document.warnings.len(), 1);
}

#[test]
fn other_kinds_are_told() {
    let marked = |kind: &str| zip(&[("mimetype", kind.as_bytes()), ("content.xml", b"<a/>")]);
    assert!(found(&zip(&[("xl/workbook.xml", b"<a/>")])).contains("Excel"));
    assert!(found(&marked("application/vnd.oasis.opendocument.spreadsheet")).contains("ODS"));
    assert!(found(&marked("application/vnd.oasis.opendocument.presentation")).contains("ODP"));
    assert!(found(&marked("application/epub+zip")).contains("EPUB"));
    assert!(found(&zip(&[("a.txt", b"x")])).contains("zip"));
    assert!(found(b"\x89PNG\r\n\x1a\n....").contains("PNG"));
    assert!(found(b"\xFF\xD8\xFF\xE0..").contains("JPEG"));
    assert!(found(b"II*\0....").contains("TIFF"));
    assert!(found(&[0, 1, 2, 3, 0, 0, 9, 250, 251, 0, 1, 3]).contains("binary"));
    assert_eq!(refused(b""), InputError::Empty);
}

#[test]
fn compound_files_are_told() {
    let ole = |name: &str| {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.resize(512, 0);
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    assert_eq!(refused(&ole("EncryptedPackage")), InputError::Locked);
    assert!(found(&ole("WordDocument")).contains(".doc"));
    assert!(found(&ole("Workbook")).contains(".xls"));
}

#[test]
fn a_package_that_is_cut_off_is_damaged() {
    let bytes = docx(&p("Lost."));
    assert!(matches!(refused(&bytes[..bytes.len() / 2]), InputError::Damaged(_)));
    // What was put into it is not taken for it.
    let inner = docx(&p("Another text."));
    assert!(matches!(refused(&[&bytes[..bytes.len() / 2], &inner].concat()), InputError::Damaged(_)));
    let hollow = zip(&[("word/styles.xml", b"<a/>")]);
    assert!(matches!(refused(&hollow), InputError::Damaged(_)));
}

/// A small generator of numbers, so that the test is the same every time.
fn next(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 33).unwrap()
}

#[test]
fn changed_bytes_never_panic() {
    let styles = r#"<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>"#;
    let body = format!(
        r#"{}<w:tbl>{}{}</w:tbl><w:p><w:r><w:fldChar w:fldCharType="begin"/><w:t>x</w:t></w:r></w:p><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>"#,
        pp(r#"<w:pStyle w:val="H"/>"#, "Head"),
        tr(&["a", "b"]),
        tr(&["c", "d"])
    );
    let xml = document_xml(&body).into_bytes();
    let packed = docx_with(&body, &[("styles", styles)]);
    let mut seed = 7;
    for _ in 0..400 {
        let mut part = xml.clone();
        for _ in 0..=next(&mut seed) % 4 {
            let at = next(&mut seed) % part.len();
            part[at] = b"<>/\"=&; w:\0\xFF"[next(&mut seed) % 11];
        }
        part.truncate(next(&mut seed) % (2 * part.len()));
        let _ = read(&zip(&[("word/document.xml", &part)]), &ReadOptions::default());
        let mut file = packed.clone();
        let at = next(&mut seed) % file.len();
        file[at] = u8::try_from(next(&mut seed) % 256).unwrap();
        let _ = read(&file, &ReadOptions::default());
        let _ = read(&file[..next(&mut seed) % file.len()], &ReadOptions::default());
    }
}
