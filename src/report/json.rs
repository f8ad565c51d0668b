//! The complete report as JSON, of which `docs/report.schema.json` is the schema.
//!
//! Characters that show nothing but change how others show, and all that a terminal obeys, stand as their
//! numbers (`\u202e`): nothing is lost, and the file can be looked at anywhere.

use super::{Medium, Report, ReportError, Reporter, Source, words};
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};
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
        let mut head = Unended { out: &mut *out, held: Vec::new() };
        write_to(&source.head(), &mut head)?;
        head.end()?;
        out.write_all(b",\n  \"documents\": [")?;
        let mut end: &[u8] = b"]";
        let mut before: &[u8] = b"";
        source.each_made(&|document| Ok(text(document)?), &mut |text| {
            out.write_all(before)?;
            // A line's end stands between values only: within a text it is written as `\n`.
            for line in text.split(|b| *b == b'\n') {
                out.write_all(b"\n    ")?;
                out.write_all(line)?;
            }
            (before, end) = (b",", b"\n  ]");
            Ok(())
        })?;
        out.write_all(end)?;
        Ok(out.write_all(b"\n}\n")?)
    }
}

/// Writes a value as JSON for people and programs.
///
/// # Errors
/// [`ReportError`] where it cannot be written.
pub(crate) fn write(value: &impl Serialize, out: &mut dyn io::Write) -> Result<(), ReportError> {
    out.write_all(&text(value)?)?;
    Ok(out.write_all(b"\n")?)
}

/// A value as JSON.
fn text(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut out = Vec::new();
    write_to(value, &mut out)?;
    Ok(out)
}

fn write_to(value: &impl Serialize, out: &mut impl io::Write) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Visible::default()))
}

/// Passes an object on without its end, so that more can be put into it. What ten thousand plans come to
/// together is too much to be held.
struct Unended<'w> {
    out: &'w mut dyn io::Write,
    held: Vec<u8>,
}

impl Unended<'_> {
    const END: &'static [u8] = b"\n}";

    fn end(self) -> io::Result<()> {
        self.out.write_all(self.held.strip_suffix(Self::END).unwrap_or(&self.held))
    }
}

impl io::Write for Unended<'_> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(text);
        if self.held.len() > 1 << 16 {
            let kept = self.held.len() - Self::END.len();
            self.out.write_all(&self.held[..kept])?;
            self.held.drain(..kept);
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Indented JSON without characters that nobody sees.
#[derive(Default)]
struct Visible(PrettyFormatter<'static>);

/// What the library's own layout does as it is.
macro_rules! laid_out {
    ($($name:ident($($argument:ident: $of:ty),*);)*) => {
        $(fn $name<W: ?Sized + io::Write>(&mut self, out: &mut W, $($argument: $of),*) -> io::Result<()> {
            self.0.$name(out, $($argument),*)
        })*
    };
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

    laid_out! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        begin_object_value();
        end_object_value();
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
}
