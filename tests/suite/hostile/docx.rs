//! DOCX files made to hurt, and files that only begin like one.

use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub const HEAD: &str = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";
pub const TAIL: &str = "</w:body></w:document>";
pub const TEXT: &str = "<w:p><w:r><w:t>We will open a warm room.</w:t></w:r></w:p>";

/// How large the files come out where size is the point: 1 for what a test can bear, 16 for the
/// whole.
pub fn files(scale: usize) -> Vec<(&'static str, Vec<u8>)> {
    let million = scale * 1_000_000;
    let around = |open: &str, deep: usize, close: &str| docx(&[&open.repeat(deep), TEXT, &close.repeat(deep)].concat());
    vec![
        ("paragraphs without end", bomb(TEXT, 100 * million)),
        ("empty paragraphs without end", bomb("<w:p/>", 100 * million)),
        ("one text without end", bomb_in("<w:p><w:r><w:t>", "warm rooms ", 100 * million, "</w:t></w:r></w:p>")),
        ("one attribute without end", bomb_in("<w:p w:a=\"", "aaaaaaaaaa", 50 * million, "\"/>")),
        ("attributes without end", bomb_in("<w:p ", "w:a=\"\" ", 20 * million, "/>")),
        ("one name without end", bomb_in("<w:", "aaaaaaaaaa", 50 * million, "/>")),
        ("a comment without end", bomb_in("<!--", "aaaaaaaaaa", 50 * million, "-->")),
        ("deep tables", around("<w:tbl><w:tr><w:tc>", million / 20, "</w:tc></w:tr></w:tbl>")),
        ("deep content controls", around("<w:sdt><w:sdtContent>", million / 10, "</w:sdtContent></w:sdt>")),
        ("deep text boxes", around("<w:p><w:r><w:pict><w:txbxContent>", million / 20, "</w:txbxContent></w:pict></w:r></w:p>")),
        ("deep fields", docx(&format!("<w:p>{}<w:r><w:t>x</w:t></w:r></w:p>", "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>".repeat(million / 10)))),
        ("deep elements of no meaning", around("<w:x>", million / 5, "</w:x>")),
        ("never closed", docx(&"<w:p><w:r><w:t>a".repeat(million / 10))),
        ("cells as wide as numbers go", docx(&format!("<w:tbl>{}</w:tbl>", wide(2_147_483_647).repeat(100)))),
        ("rows of many cells", docx(&format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{}</w:tr>", "<w:tc><w:p/></w:tc>".repeat(1000)).repeat(million / 10_000)))),
        ("entities in entities", with_doctype()),
        ("an entity from outside", zip(&[("word/document.xml", format!("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{HEAD}<w:p><w:r><w:t>&x;</w:t></w:r></w:p>{TAIL}").as_bytes())])),
        ("styles based on themselves", styles()),
        ("notes that call themselves", notes(million / 100)),
        ("a directory of many parts", many_parts(million / 50)),
        ("a wrong checksum", flipped(&docx(TEXT), b"PK\x01\x02", 16)),
        ("a wrong size", flipped(&docx(TEXT), b"PK\x01\x02", 24)),
        ("cut short", { let whole = docx(&TEXT.repeat(1000)); whole[..whole.len() * 2 / 3].to_vec() }),
        ("only the signature", b"PK\x03\x04".to_vec()),
        ("not even characters", zip(&[("word/document.xml", &[0xff, 0xfe, 0, 0xd8, 0, 0xd8, 60, 0])])),
    ]
}

/// A document of so many paragraphs of plain text.
pub fn long(paragraphs: usize) -> Vec<u8> {
    let text = |i: usize| {
        format!(
            "<w:p><w:pPr><w:spacing w:after=\"120\"/></w:pPr><w:r><w:rPr><w:lang w:val=\"en-GB\"/></w:rPr><w:t>Paragraph {i}: the board will open a warm room in ward {} by March.</w:t></w:r></w:p>",
            i % 40
        )
    };
    docx(&(0..paragraphs).map(text).collect::<String>())
}

pub fn docx(body: &str) -> Vec<u8> {
    zip(&[("word/document.xml", [HEAD, body, TAIL].concat().as_bytes())])
}

pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A body that repeats something up to so many bytes.
fn bomb(piece: &str, bytes: usize) -> Vec<u8> {
    bomb_in("", piece, bytes, "")
}

fn bomb_in(open: &str, piece: &str, bytes: usize, close: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let fast = SimpleFileOptions::default().compression_level(Some(1)).large_file(true);
    writer.start_file("word/document.xml", fast).unwrap();
    writer.write_all([HEAD, open].concat().as_bytes()).unwrap();
    let many = piece.repeat(10_000);
    for _ in 0..bytes / many.len() {
        writer.write_all(many.as_bytes()).unwrap();
    }
    writer.write_all([close, TAIL].concat().as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

fn wide(columns: u32) -> String {
    format!(
        "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"{columns}\"/><w:vMerge/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>"
    )
}

fn with_doctype() -> Vec<u8> {
    let mut entities = String::from("<!ENTITY a0 \"laugh\">");
    for i in 1..30 {
        entities += &format!("<!ENTITY a{i} \"{}\">", format!("&a{};", i - 1).repeat(10));
    }
    let xml = format!("<!DOCTYPE d [{entities}]>{HEAD}<w:p><w:r><w:t>&a29;</w:t></w:r></w:p>{TAIL}");
    zip(&[("word/document.xml", xml.as_bytes())])
}

fn with_part(name: &str, part: &str, body: &str) -> Vec<u8> {
    let links =
        format!("<Relationships><Relationship Id=\"r\" Type=\"x/{name}\" Target=\"{name}.xml\"/></Relationships>");
    let part = format!("<w:{name} xmlns:w=\"w\">{part}</w:{name}>");
    let body = [HEAD, body, TAIL].concat();
    zip(&[
        ("word/_rels/document.xml.rels", links.as_bytes()),
        (&format!("word/{name}.xml"), part.as_bytes()),
        ("word/document.xml", body.as_bytes()),
    ])
}

fn styles() -> Vec<u8> {
    let style = |i: usize, on: usize| {
        format!("<w:style w:type=\"paragraph\" w:styleId=\"s{i}\"><w:basedOn w:val=\"s{on}\"/></w:style>")
    };
    let chain: String = (0..20_000).map(|i| style(i, (i + 1) % 20_000)).collect();
    let body: String = (0..2_000)
        .map(|i| format!("<w:p><w:pPr><w:pStyle w:val=\"s{i}\"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>"))
        .collect();
    with_part("styles", &chain, &body)
}

fn notes(many: usize) -> Vec<u8> {
    let note =
        "<w:footnote w:id=\"2\"><w:p><w:r><w:t>n</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p></w:footnote>";
    let call = "<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
    with_part("footnotes", note, &call.repeat(many))
}

fn many_parts(many: usize) -> Vec<u8> {
    let names: Vec<String> = (0..many).map(|i| format!("word/part{i}.xml")).collect();
    let mut parts: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b"<a/>"[..])).collect();
    let body = [HEAD, TEXT, TAIL].concat();
    parts.push(("word/document.xml", body.as_bytes()));
    zip(&parts)
}

/// The bytes with one changed, so far behind each sign.
fn flipped(bytes: &[u8], sign: &[u8], behind: usize) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for at in 0..bytes.len() - sign.len() {
        if bytes[at..].starts_with(sign) {
            out[at + behind] ^= 0xff;
        }
    }
    out
}
