//! The complete report as JSON, of which `docs/report.schema.json` is the schema.

use super::source::Streamed;
use super::{Medium, Report, ReportError, Reporter, Source};
use std::io;

/// The complete form.
#[derive(Debug)]
pub struct Json;

impl Reporter for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn write(&self, source: &dyn Source, _: &Medium, out: &mut dyn io::Write) -> Result<(), ReportError> {
        serde_json::to_writer_pretty(&mut *out, &Streamed::new(source))?;
        Ok(out.write_all(b"\n")?)
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
