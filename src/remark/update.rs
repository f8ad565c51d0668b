//! An update behind the end of a PDF file: new objects and a table that tells where they stand.
//!
//! Comes in: the bytes of a file and objects. Goes out: the same bytes, none of them changed, with
//! the update behind them. This is how the format itself foresees changes (ISO 32000-1, 7.5.6).

use super::RemarkError;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, FromBytes, Object, ObjectIdentifier};
use std::collections::BTreeMap;

/// How far from the end of a file its last words are looked for.
const TAIL: usize = 2_048;

/// An update in the making.
pub(super) struct Update<'b> {
    bytes: &'b [u8],
    /// What stands before the beginning that the file counts from.
    base: usize,
    /// Where the file says that its last table stands.
    previous: usize,
    /// The entries that every table repeats.
    trailer: String,
    /// The last table is a stream.
    is_stream: bool,
    next: u32,
    objects: BTreeMap<ObjectIdentifier, Vec<u8>>,
}

fn wrong(why: &str) -> RemarkError {
    RemarkError::Part { part: "the PDF's list of objects".to_owned(), why: why.to_owned() }
}

impl<'b> Update<'b> {
    /// Begins an update of a file.
    pub fn new(bytes: &'b [u8], pdf: &Pdf) -> Result<Self, RemarkError> {
        let previous = last_table(bytes).ok_or_else(|| wrong("cannot be found"))?;
        let header = find(bytes, b"%PDF-").unwrap_or(0);
        let found = [0, header].into_iter().find_map(|base| Some((base, trailer(bytes.get(base + previous..)?)?)));
        let (base, (trailer, is_stream)) = found.ok_or_else(|| wrong("is damaged"))?;
        if trailer.contains_key("Encrypt") {
            return Err(RemarkError::Encrypted);
        }
        let root = trailer.get_ref("Root").ok_or_else(|| wrong("does not name the document"))?;
        if ObjectIdentifier::from(root) != pdf.xref().root_id() {
            return Err(wrong("names another document than the one that was read"));
        }
        let size = trailer.get::<u32>("Size").ok_or_else(|| wrong("does not tell its length"))?;
        let mut kept = format!("/Root {} {} R", root.obj_number, root.gen_number);
        if let Some(info) = trailer.get_ref("Info") {
            kept.push_str(&format!("/Info {} {} R", info.obj_number, info.gen_number));
        }
        if let Some(id) = trailer.get::<Array<'_>>("ID") {
            kept.push_str(&format!("/ID{}", hexadecimal(&id)));
        }
        Ok(Self { bytes, base, previous, trailer: kept, is_stream, next: size, objects: BTreeMap::new() })
    }

    /// A number that no object of the file has.
    pub fn free(&mut self, pdf: &Pdf) -> ObjectIdentifier {
        let id = |number| ObjectIdentifier::new(number, 0);
        while pdf.xref().get::<Object<'_>>(id(self.next)).is_some() {
            self.next += 1;
        }
        self.next += 1;
        id(self.next - 1)
    }

    /// Puts an object in; one that the file has is replaced.
    pub fn put(&mut self, id: ObjectIdentifier, body: Vec<u8>) {
        self.objects.insert(id, body);
    }

    /// The file with the update behind it.
    pub fn finish(mut self) -> Vec<u8> {
        let mut out = self.bytes.to_vec();
        if out.last() != Some(&b'\n') {
            out.push(b'\n');
        }
        let mut places = BTreeMap::new();
        for (id, body) in &self.objects {
            places.insert(*id, out.len() - self.base);
            out.extend_from_slice(format!("{} {} obj\n", id.obj_number, id.gen_number).as_bytes());
            out.extend_from_slice(body);
            out.extend_from_slice(b"\nendobj\n");
        }
        let start = out.len() - self.base;
        if self.is_stream {
            self.stream(start, places, &mut out);
        } else {
            self.table(&places, &mut out);
        }
        out.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        out
    }

    fn table(&self, places: &BTreeMap<ObjectIdentifier, usize>, out: &mut Vec<u8>) {
        let mut table = String::from("xref\n");
        for (id, at) in places {
            table.push_str(&format!("{} 1\n{at:010} {:05} n \n", id.obj_number, id.gen_number));
        }
        table.push_str(&format!("trailer\n<</Size {}{}/Prev {}>>\n", self.next, self.trailer, self.previous));
        out.extend_from_slice(table.as_bytes());
    }

    /// A table as a stream, which is an object itself.
    fn stream(&mut self, start: usize, mut places: BTreeMap<ObjectIdentifier, usize>, out: &mut Vec<u8>) {
        let own = ObjectIdentifier::new(self.next, 0);
        places.insert(own, start);
        let mut rows: Vec<u8> = Vec::new();
        let mut index = String::new();
        for (id, at) in &places {
            index.push_str(&format!("{} 1 ", id.obj_number));
            rows.push(1);
            rows.extend_from_slice(&(*at as u64).to_be_bytes()[3..]);
            rows.extend_from_slice(&u16::try_from(id.gen_number).unwrap_or(0).to_be_bytes());
        }
        out.extend_from_slice(
            format!(
                "{} 0 obj\n<</Type/XRef/Size {}/Index[{}]/W[1 5 2]/Length {}{}/Prev {}>>\nstream\n",
                own.obj_number,
                self.next + 1,
                index.trim_end(),
                rows.len(),
                self.trailer,
                self.previous
            )
            .as_bytes(),
        );
        out.extend_from_slice(&rows);
        out.extend_from_slice(b"\nendstream\nendobj\n");
    }
}

/// The strings of an array as hexadecimal digits.
fn hexadecimal(array: &Array<'_>) -> String {
    let strings = array.iter::<hayro_syntax::object::String<'_>>();
    let digits = strings.map(|s| s.as_bytes().iter().map(|b| format!("{b:02x}")).collect::<String>());
    format!("[{}]", digits.map(|d| format!("<{d}>")).collect::<String>())
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|w| w == wanted)
}

/// Where the file says that its last table stands.
fn last_table(bytes: &[u8]) -> Option<usize> {
    const WORD: &[u8] = b"startxref";
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    let at = tail.windows(WORD.len()).rposition(|w| w == WORD)?;
    let rest = String::from_utf8_lossy(&tail[at + WORD.len()..]);
    rest.split_whitespace().next()?.parse().ok()
}

/// The dictionary of a table, and whether it is a stream.
fn trailer(table: &[u8]) -> Option<(Dict<'_>, bool)> {
    let table = table.trim_ascii_start();
    let (rest, is_stream) = if table.starts_with(b"xref") {
        (table.get(find(table, b"trailer")? + b"trailer".len()..)?, false)
    } else {
        let number = |rest: &[u8]| rest.iter().take_while(|b| b.is_ascii_digit()).count();
        let rest = table.get(number(table)..)?.trim_ascii_start();
        let rest = rest.get(number(rest)..)?.trim_ascii_start();
        (rest.strip_prefix(b"obj")?, true)
    };
    Some((Dict::from_bytes(rest.trim_ascii_start())?, is_stream))
}
