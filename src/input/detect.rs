//! Tells files that are not read here for what they are.
//!
//! Comes in: the bytes of a file. Goes out: what it is and what the user can do about it. It
//! reads nothing of a file but signs of its kind.

use std::ffi::OsStr;
use std::io::{Cursor, Read};
use std::path::Path;

use super::InputError;
use crate::document::{Document, Format};
use zip::ZipArchive;

const TO_DOCX: &str = "save it as DOCX or PDF";
const TO_TEXT: &str = "copy its text into a DOCX, PDF or text file";
const SCAN: &str = "turn it into a PDF with text recognition (OCR)";

/// Kinds that are known by their first bytes: the bytes, what it is, what to do.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"\x89PNG\r\n", "a PNG picture", SCAN),
    (b"\xFF\xD8\xFF", "a JPEG picture", SCAN),
    (b"II*\0", "a TIFF picture", SCAN),
    (b"MM\0*", "a TIFF picture", SCAN),
    (b"GIF8", "a GIF picture", SCAN),
    (b"8BPS", "a Photoshop picture", SCAN),
    (b"%!PS", "a PostScript file", "convert it to PDF"),
    (b"AT&TFORM", "a DjVu file", "convert it to PDF"),
    (b"7z\xBC\xAF", "a 7z archive", "unpack it and give the files inside"),
    (b"Rar!", "a RAR archive", "unpack it and give the files inside"),
    (b"\x1F\x8B", "a gzip archive", "unpack it and give the files inside"),
    (b"\x7FELF", "a program", "give the document itself"),
    (b"MZ\x90\0", "a program", "give the document itself"),
];

/// Whether bytes begin as a zip archive does.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The document, unless its file has the name of a Word file or a PDF and is a mere text: then what stands in it is
/// most likely not the plan, but what was sent in its place.
///
/// # Errors
/// [`InputError::Misnamed`].
pub fn as_named(path: &Path, document: Document) -> Result<Document, InputError> {
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
    let named = match ending.as_str() {
        "docx" | "docm" => "a Word document",
        "pdf" => "a PDF",
        "odt" => "an OpenDocument text",
        "pptx" => "a presentation",
        _ => return Ok(document),
    };
    let (found, ending) = match document.format {
        Format::Html => ("a web page", ".html"),
        Format::Text | Format::Markdown => ("a plain text", ".txt"),
        Format::Pdf | Format::Docx | Format::Odt | Format::Pptx | Format::Rtf => return Ok(document),
    };
    Err(InputError::Misnamed { named: named.to_owned(), found: found.to_owned(), ending: ending.to_owned() })
}

/// Why a file is not read, or `None` for what may be a text.
pub(super) fn foreign(bytes: &[u8]) -> Option<InputError> {
    if let Some((_, found, remedy)) = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Some(unsupported(found, remedy));
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return Some(compound(bytes));
    }
    if is_zip(bytes) {
        return Some(archive(bytes));
    }
    if bytes.get(..4) == Some(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(unsupported("a WebP picture", SCAN));
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(unsupported("a picture or video", SCAN));
    }
    if has_pdf_header(bytes) {
        return Some(InputError::Damaged("it begins like a PDF, but is none".to_owned()));
    }
    markup(bytes)
}

/// Why a file is not read, where no reader wants it.
pub(super) fn refusal(bytes: &[u8]) -> InputError {
    if bytes.is_empty() {
        return InputError::Empty;
    }
    foreign(bytes).unwrap_or_else(|| unsupported("a file of unknown binary content", "give a DOCX, PDF or text file"))
}

fn unsupported(found: &str, remedy: &str) -> InputError {
    InputError::Unsupported { found: found.to_owned(), remedy: remedy.to_owned() }
}

fn has_pdf_header(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    head.windows(5).any(|window| window == b"%PDF-")
}

/// What an OLE compound file is, by the names of its streams.
fn compound(bytes: &[u8]) -> InputError {
    let names: Vec<Vec<u8>> = ["EncryptedPackage", "WordDocument", "Workbook", "PowerPoint Document", "__substg1.0"]
        .iter()
        .map(|name| name.encode_utf16().flat_map(u16::to_le_bytes).collect())
        .collect();
    let found = names.iter().position(|name| holds(bytes, name));
    match found {
        Some(0) => InputError::Locked,
        Some(1) => unsupported("a Word document of the old kind (.doc)", TO_DOCX),
        Some(2) => unsupported("an Excel workbook of the old kind (.xls)", TO_DOCX),
        Some(3) => unsupported("a PowerPoint presentation of the old kind (.ppt)", "save it as PDF"),
        Some(4) => unsupported("an Outlook message", "save it as text or PDF"),
        _ => unsupported("an Office file of an old kind", TO_DOCX),
    }
}

fn holds(bytes: &[u8], name: &[u8]) -> bool {
    aho_corasick::AhoCorasick::new([name]).is_ok_and(|finder| finder.is_match(bytes))
}

/// The archive that bytes are. One that only lies in them, as a table within a Word file that is cut
/// off, is none of theirs.
pub(super) fn zip_of(bytes: &[u8]) -> Option<ZipArchive<Cursor<&[u8]>>> {
    ZipArchive::new(Cursor::new(bytes)).ok().filter(|archive| archive.offset() == 0)
}

/// The kind that an OpenDocument package or an EPUB book names, where bytes are one.
pub(super) fn open_document_kind(bytes: &[u8]) -> Option<String> {
    let mut archive = zip_of(bytes)?;
    let mut kind = [0; 80];
    let n = archive.by_name("mimetype").ok()?.read(&mut kind).ok()?;
    Some(String::from_utf8_lossy(kind.get(..n)?).trim().to_owned())
}

/// What a zip archive is that holds no word processing document.
fn archive(bytes: &[u8]) -> InputError {
    let Some(archive) = zip_of(bytes) else {
        return InputError::Damaged("it is cut off or is no whole package".to_owned());
    };
    let kind = open_document_kind(bytes).unwrap_or_default();
    let has = |start: &str| archive.file_names_raw().any(|name| name.starts_with(start.as_bytes()));
    let (found, remedy) = match kind.as_str() {
        "application/vnd.oasis.opendocument.spreadsheet" => ("an OpenDocument spreadsheet (ODS)", "save it as PDF"),
        "application/vnd.oasis.opendocument.presentation" => ("an OpenDocument presentation (ODP)", "save it as PDF"),
        "application/epub+zip" => ("an EPUB book", "convert it to DOCX or PDF"),
        _ if has("xl/") => ("an Excel workbook", "save it as PDF, or copy its text into a DOCX"),
        _ if has("ppt/") => ("a PowerPoint presentation", "save it as PDF"),
        _ if has("Index/") => ("a file of an Apple program", "export it as DOCX or PDF"),
        _ if has("word/") => {
            return InputError::Damaged("it is a Word document without its text".to_owned());
        }
        _ => ("a zip archive", "unpack it and give the files inside"),
    };
    unsupported(found, remedy)
}

/// What a text with markup is that is not read.
fn markup(bytes: &[u8]) -> Option<InputError> {
    let head = super::text::decode(bytes.get(..bytes.len().min(4096)).unwrap_or_default());
    let head = head.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).to_lowercase();
    if head.starts_with("<?xml") && head.contains("pkg:package") {
        return Some(unsupported("a Word document as flat XML", TO_DOCX));
    }
    if head.starts_with("<?xml") {
        return Some(unsupported("an XML file", TO_TEXT));
    }
    if head.starts_with("mime-version:") {
        return Some(unsupported("a saved web page or e-mail (MIME)", TO_TEXT));
    }
    None
}
