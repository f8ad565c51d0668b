//! The complete report as JSON, of which `docs/report.schema.json` is the schema.

use super::{Medium, Report, ReportError, Reporter};

/// The complete form.
#[derive(Debug)]
pub struct Json;

impl Reporter for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn write(&self, report: &Report, _: &Medium) -> Result<Vec<u8>, ReportError> {
        let mut out = serde_json::to_vec_pretty(report)?;
        out.push(b'\n');
        Ok(out)
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
