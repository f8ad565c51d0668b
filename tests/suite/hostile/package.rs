//! DOCX files whose package is made to hurt, not their text: its directory, its links and parts that
//! are used again and again.

use super::docx::{HEAD, TAIL, TEXT, docx, zip};

/// How large the files come out where size is the point: 1 for what a test can bear, 16 for the
/// whole.
pub fn files(scale: usize) -> Vec<(&'static str, Vec<u8>)> {
    let million = scale * 1_000_000;
    vec![
        ("a thousand heads that are one large part", linked("header", "word/part.xml", 1_000, million)),
        ("heads that are the text itself", linked("header", "word/document.xml", 1_000, 1_000)),
        ("notes that are the text itself", linked("footnotes", "word/document.xml", 100, 1_000)),
        ("links without end", linked("image", "word/none.xml", million / 10, 1)),
        ("a thousand parts that are the same bytes", overlapping(1_000, million)),
        ("a directory that counts more parts than there are", counted(&docx(TEXT))),
        ("packed in a way that nobody knows", method(&docx(TEXT), 99)),
        ("packed in a way that is not read here", method(&docx(TEXT), 14)),
        ("locked parts", flagged(&docx(TEXT), 1)),
        ("pages without end", docx(&"<w:p><w:r><w:lastRenderedPageBreak/></w:r></w:p>".repeat(million / 4))),
        ("merged cells that repeat a long text", merged(million / 100, million / 10)),
        (
            "choices in choices",
            nested(
                "<mc:AlternateContent><mc:Choice Requires=\"w\"><w:r><w:t>a</w:t></w:r></mc:Choice><mc:Fallback>",
                million / 20,
                "</mc:Fallback></mc:AlternateContent>",
            ),
        ),
        ("changes in changes", nested("<w:ins><w:moveTo>", million / 20, "</w:moveTo></w:ins>")),
        (
            "links in links in simple fields",
            nested("<w:hyperlink><w:fldSimple w:instr=\"TOC\">", million / 20, "</w:fldSimple></w:hyperlink>"),
        ),
        (
            "notes in notes",
            docx(&format!("<w:footnote w:id=\"1\">{}", "<w:p><w:r><w:footnote w:id=\"2\">".repeat(million / 20))),
        ),
        ("numbers that are none", docx(&ODD.repeat(1_000))),
        (
            "a name space for every element",
            docx(&(0..million / 50).map(|i| format!("<a{i}:p xmlns:a{i}=\"n{i}\">")).collect::<String>()),
        ),
        ("a text in 32 bits a character", zip(&[("word/document.xml", &wide(&[HEAD, TEXT, TAIL].concat()))])),
        ("two texts of one name", twice()),
        ("a text before its package", [b"MZ".repeat(1_000), docx(TEXT)].concat()),
        (
            "deleted marks without end",
            docx(&"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>a </w:t></w:r></w:p>".repeat(million / 20)),
        ),
        (
            "notes that are called for without end",
            docx(&format!("<w:p>{}</w:p>", "<w:r><w:footnoteReference w:id=\"2\"/></w:r>".repeat(million / 4))),
        ),
    ]
}

const ODD: &str = "<w:p><w:pPr><w:outlineLvl w:val=\"-1\"/><w:numPr><w:ilvl w:val=\"4294967296\"/><w:numId w:val=\"1e9\"/></w:numPr></w:pPr><w:r><w:sym w:font=\"\" w:char=\"FFFFFFFFF\"/><w:t>a</w:t></w:r></w:p><w:tbl><w:tr><w:trPr><w:gridBefore w:val=\"-3\"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val=\"0\"/></w:tcPr></w:tc></w:tr></w:tbl>";

fn nested(open: &str, deep: usize, close: &str) -> Vec<u8> {
    docx(&format!("<w:p>{}<w:r><w:t>a</w:t></w:r>{}</w:p>", open.repeat(deep), close.repeat(deep)))
}

/// A document whose links of a kind all lead to one part of so many bytes.
fn linked(kind: &str, target: &str, links: usize, bytes: usize) -> Vec<u8> {
    let link = |i| format!("<Relationship Id=\"r{i}\" Type=\"x/{kind}\" Target=\"/{target}\"/>");
    let links = format!("<Relationships>{}</Relationships>", (0..links).map(link).collect::<String>());
    let part = [HEAD, &TEXT.repeat(bytes / TEXT.len() + 1), TAIL].concat();
    zip(&[
        ("word/_rels/document.xml.rels", links.as_bytes()),
        ("word/part.xml", part.as_bytes()),
        ("word/document.xml", part.as_bytes()),
    ])
}

/// A package whose directory names one part again and again.
fn overlapping(parts: usize, bytes: usize) -> Vec<u8> {
    let links: String =
        (0..parts).map(|i| format!("<Relationship Id=\"r{i}\" Type=\"x/header\" Target=\"h{i:04}.xml\"/>")).collect();
    let text = [HEAD, &TEXT.repeat(bytes / TEXT.len() + 1), TAIL].concat();
    let whole = zip(&[
        ("word/_rels/document.xml.rels", format!("<Relationships>{links}</Relationships>").as_bytes()),
        ("word/h0000.xml", text.as_bytes()),
        ("word/document.xml", [HEAD, TEXT, TAIL].concat().as_bytes()),
    ]);
    let (start, end) = (find(&whole, b"PK\x01\x02"), find(&whole, b"PK\x05\x06"));
    let directory = &whole[start..end];
    let name = find(directory, b"word/h0000.xml");
    let entry = directory[name - 46..name + 14].to_vec();
    let mut out = whole[..end].to_vec();
    for at in 1..parts {
        let mut entry = entry.clone();
        entry[46..].copy_from_slice(format!("word/h{at:04}.xml").as_bytes());
        out.extend(entry);
    }
    let mut tail = whole[end..].to_vec();
    let count = u16::try_from(parts + 2).unwrap().to_le_bytes();
    tail[8..10].copy_from_slice(&count);
    tail[10..12].copy_from_slice(&count);
    let size = u32::try_from(out.len() - start).unwrap().to_le_bytes();
    tail[12..16].copy_from_slice(&size);
    out.extend(tail);
    out
}

fn find(bytes: &[u8], sign: &[u8]) -> usize {
    bytes.windows(sign.len()).position(|w| w == sign).unwrap()
}

fn counted(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let at = find(bytes, b"PK\x05\x06");
    out[at + 8..at + 12].fill(0xfe);
    out
}

/// The bytes with another way of packing named for every part.
fn method(bytes: &[u8], method: u8) -> Vec<u8> {
    changed(bytes, [8, 10], |_| method)
}

fn flagged(bytes: &[u8], flag: u8) -> Vec<u8> {
    changed(bytes, [6, 8], |byte| byte | flag)
}

/// Changes a byte so far behind the head of each part, and of each entry of the directory.
fn changed(bytes: &[u8], behind: [usize; 2], change: impl Fn(u8) -> u8) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for (sign, behind) in [b"PK\x03\x04", b"PK\x01\x02"].iter().zip(behind) {
        for at in 0..bytes.len() - 4 {
            if bytes[at..].starts_with(*sign) {
                out[at + behind] = change(out[at + behind]);
            }
        }
    }
    out
}

fn merged(text: usize, rows: usize) -> Vec<u8> {
    let cell = |kind: &str, text: &str| {
        format!(
            "<w:tc><w:tcPr><w:vMerge{kind}/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc>"
        )
    };
    let first = cell(" w:val=\"restart\"", &"warm ".repeat(text));
    let next = format!("<w:tr>{}</w:tr>", cell("", ""));
    docx(&format!("<w:tbl><w:tr>{first}</w:tr>{}</w:tbl>", next.repeat(rows)))
}

fn wide(text: &str) -> Vec<u8> {
    [0xff, 0xfe, 0, 0].into_iter().chain(text.chars().flat_map(|c| u32::from(c).to_le_bytes())).collect()
}

/// Two parts of the same name, one after the other.
fn twice() -> Vec<u8> {
    let text = [HEAD, TEXT, TAIL].concat();
    let mut whole = zip(&[("word/document.xml", text.as_bytes()), ("word/documenu.xml", b"<a/>")]);
    for at in 0..whole.len() - 17 {
        if whole[at..].starts_with(b"word/documenu.xml") {
            whole[at + 12] = b't';
        }
    }
    whole
}
