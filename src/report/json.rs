//! The complete report as JSON, of which `docs/report.schema.json` is the schema.
//!
//! Characters that show nothing but change how others show, and all that a terminal obeys, stand as their
//! numbers (`\u202e`): nothing is lost, and the file can be looked at anywhere.

use super::source::Streamed;
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

    fn write(&self, source: &dyn Source, _: &Medium, out: &mut dyn io::Write) -> Result<(), ReportError> {
        write(&Streamed::new(source), out)
    }
}

/// Writes a value as JSON for people and programs.
///
/// # Errors
/// [`ReportError`] where it cannot be written.
pub(crate) fn write(value: &impl Serialize, out: &mut dyn io::Write) -> Result<(), ReportError> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Visible(PrettyFormatter::new())))?;
    Ok(out.write_all(b"\n")?)
}

/// Indented JSON without characters that nobody sees.
struct Visible(PrettyFormatter<'static>);

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
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
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
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
