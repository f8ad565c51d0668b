//! A comparison as bytes: for a terminal, as a web page, as JSON.
//!
//! Comes in: a [`Comparison`]. Goes out: bytes. Foreign text is made harmless in every form.

mod html;
mod terminal;

use super::Comparison;
use crate::report::{Medium, ReportError};
use std::io;

/// A form of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For people at a terminal.
    Terminal,
    /// One web page that needs nothing else.
    Html,
    /// Complete, of which `docs/compare.schema.json` is the schema.
    Json,
}

/// Every form, in the order in which help lists them.
pub const FORMS: &[Form] = &[Form::Terminal, Form::Html, Form::Json];

impl Form {
    /// Its name, which is its file extension where it goes to a file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Html => "html",
            Self::Json => "json",
        }
    }

    /// Whether it is meant for files, too.
    #[must_use]
    pub fn is_file(self) -> bool {
        self != Self::Terminal
    }

    /// The form of a name, among those that are `wanted`.
    ///
    /// # Errors
    /// [`ReportError::UnknownForm`] lists the forms.
    pub fn find(name: &str, wanted: fn(Self) -> bool) -> Result<Self, ReportError> {
        let all = || FORMS.iter().copied().filter(|f| wanted(*f));
        all().find(|f| f.name() == name).ok_or_else(|| ReportError::UnknownForm {
            wanted: name.to_owned(),
            known: all().map(Self::name).collect::<Vec<_>>().join(", "),
        })
    }

    /// Writes a comparison.
    ///
    /// # Errors
    /// [`ReportError`] where it cannot be written.
    pub fn write(self, comparison: &Comparison, medium: &Medium, out: &mut dyn io::Write) -> Result<(), ReportError> {
        match self {
            Self::Terminal => Ok(out.write_all(terminal::text(comparison, medium.width).as_bytes())?),
            Self::Html => Ok(out.write_all(html::page(comparison)?.as_bytes())?),
            Self::Json => crate::report::json::write(comparison, out),
        }
    }

    /// A comparison as bytes.
    ///
    /// # Errors
    /// Those of [`Form::write`].
    pub fn bytes(self, comparison: &Comparison, medium: &Medium) -> Result<Vec<u8>, ReportError> {
        let mut out = Vec::new();
        self.write(comparison, medium, &mut out)?;
        Ok(out)
    }
}

/// The schema of the JSON form.
///
/// # Errors
/// [`ReportError::Json`] if it cannot be written.
pub fn schema() -> Result<String, ReportError> {
    let mut out = serde_json::to_string_pretty(&schemars::schema_for!(Comparison))?;
    out.push('\n');
    Ok(out)
}
