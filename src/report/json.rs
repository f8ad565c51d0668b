//! The complete report as JSON, of which `docs/report.schema.json` is the schema.
//!
//! Characters that show nothing but change how others show, and all that a terminal obeys, stand as their
//! numbers (`\u202e`): nothing is lost, and the file can be looked at anywhere.

use super::{Medium, Report, ReportError, Reporter, Source, words};
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io;

/// The complete form.
#[derive(Debug)]
pub struct Json;

impl Reporter for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    /// Written as the [`Report`] that a source stands for, without ever holding it whole.
    fn write(&self, source: &dyn Source, _: &Medium, out: &mut dyn io::Write) -> Result<(), ReportError> {
        let unended = Visible { left_open: true, ..Visible::default() };
        source.head().serialize(&mut Serializer::with_formatter(&mut *out, unended))?;
        out.write_all(b",\n  \"documents\": ")?;
        let mut list = Visible { indent: 1, ..Visible::default() };
        list.begin_array(&mut *out)?;
        let within = list.indent;
        let mut first = true;
        source.each_made(&|document| Ok(text(document, within)?), &mut |text| {
            list.begin_array_value(&mut *out, first)?;
            out.write_all(&text)?;
            first = false;
            Ok(list.end_array_value(&mut *out)?)
        })?;
        list.end_array(&mut *out)?;
        Ok(out.write_all(b"\n}\n")?)
    }
}

/// Writes a value as JSON for people and programs.
///
/// # Errors
/// [`ReportError`] where it cannot be written.
pub(crate) fn write(value: &impl Serialize, out: &mut dyn io::Write) -> Result<(), ReportError> {
    out.write_all(&text(value, 0)?)?;
    Ok(out.write_all(b"\n")?)
}

/// A value as JSON that stands so far within others.
fn text(value: &impl Serialize, indent: usize) -> serde_json::Result<Vec<u8>> {
    let mut out = Vec::new();
    let formatter = Visible { indent, ..Visible::default() };
    value.serialize(&mut Serializer::with_formatter(&mut out, formatter))?;
    Ok(out)
}

/// Indented JSON without characters that nobody sees.
#[derive(Default)]
struct Visible {
    indent: usize,
    /// Whether what was begun last holds anything.
    filled: bool,
    /// What stands in nothing else is not ended: more is to follow.
    left_open: bool,
}

impl Visible {
    fn line<W: ?Sized + io::Write>(&self, out: &mut W) -> io::Result<()> {
        const BLANK: &[u8] = b"\n                                ";
        out.write_all(&BLANK[..BLANK.len().min(1 + 2 * self.indent)])?;
        (BLANK.len() / 2..self.indent).try_for_each(|_| out.write_all(b"  "))
    }

    fn begin<W: ?Sized + io::Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.indent += 1;
        self.filled = false;
        out.write_all(bracket)
    }

    fn end<W: ?Sized + io::Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        if self.left_open && self.indent == 1 {
            return Ok(());
        }
        self.indent -= 1;
        if self.filled {
            self.line(out)?;
        }
        out.write_all(bracket)
    }

    fn next<W: ?Sized + io::Write>(&self, out: &mut W, first: bool) -> io::Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        self.line(out)
    }
}

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
            return out.write_all(text.as_bytes());
        }
        let mut from = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_control() || words::is_invisible(*c)) {
            out.write_all(&text.as_bytes()[from..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            from = at + c.len_utf8();
        }
        out.write_all(&text.as_bytes()[from..])
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"]")
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

/// The schema of the JSON form.
///
/// # Errors
/// [`ReportError::Json`] if it cannot be written.
pub fn schema() -> Result<String, ReportError> {
    let mut out = serde_json::to_string_pretty(&schemars::schema_for!(Report))?;
    out.push('\n');
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{DocumentReport, Head, SCHEMA, Tool};

    fn unreadable(path: &str) -> DocumentReport {
        let known = serde_json::json!({
            "path": path, "title": null, "sha256": null, "format": null, "pages": null, "pages_unread": [1, 2],
            "passages": 0, "status": "unreadable", "error": "", "warnings": [], "criteria": [],
        });
        serde_json::from_value(known).unwrap()
    }

    #[test]
    fn what_is_written_bit_by_bit_is_the_report_itself() {
        let tool = Tool { name: "goldthread".into(), version: "1".into() };
        let head = Head {
            schema: SCHEMA.into(),
            tool,
            packs: Vec::new(),
            rule_hash: "0".into(),
            skipped: Vec::new(),
            review: None,
            portfolio: None,
        };
        for documents in 0..3 {
            let documents = (0..documents).map(|n| unreadable(&format!("{n} \u{e9}\n\u{202e}.pdf"))).collect();
            let report = Report { head: head.clone(), documents };
            let whole = serde_json::to_string_pretty(&report).unwrap().replace('\u{202e}', "\\u202e") + "\n";
            let mut out = Vec::new();
            Json.write(&report, &Medium::default(), &mut out).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), whole);
        }
    }

    #[test]
    fn what_stands_far_within_is_indented_as_far() {
        let deep = (0..40).fold(serde_json::json!([]), |inner, n| serde_json::json!({ "in": [inner, n, {}] }));
        let own = String::from_utf8(text(&deep, 0).unwrap()).unwrap();
        assert_eq!(own, serde_json::to_string_pretty(&deep).unwrap());
    }
}
