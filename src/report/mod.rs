//! Assessments to bytes: one [`Report`] value, many forms.
//!
//! Comes in: everything a reporter may know, owned and in order. Goes out: bytes in the form
//! asked for. It does not judge, and writes no file.

pub mod checks;
pub mod csv;
pub mod docx;
pub mod html;
pub mod json;
pub mod md;
pub mod names;
pub mod officer;
mod portfolio;
mod rows;
mod source;
pub mod terminal;
pub mod words;
pub mod xlsx;

use crate::assess::{Assessment, Status, Thresholds};
use crate::document::{Format, Page, Warning};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::io;

pub use officer::{Review, ReviewFile};
pub use portfolio::{
    Builder as PortfolioBuilder, Carrier, CommonText, CriterionAcross, FacetAcross, Plan, Portfolio, RatingCounts,
    RatingMark, RatingSpan, VerdictCounts,
};
pub use source::{Make, Source, Take, Visit};

/// The name and version of the JSON form. A change that breaks readers raises the number.
pub const SCHEMA: &str = "goldthread/report/1";

/// The result of one run, whole, as the JSON form holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// What stands over the documents.
    #[serde(flatten)]
    pub head: Head,
    /// In order of their paths.
    pub documents: Vec<DocumentReport>,
}

/// What a report says of the run and of all documents together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Head {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The program that made it.
    pub tool: Tool,
    /// The packs asked, in order.
    pub packs: Vec<PackInfo>,
    /// SHA-256 over every rule file in use, in hexadecimal digits.
    pub rule_hash: String,
    /// Files found in folders that are of no kind that is read.
    pub skipped: Vec<Skipped>,
    /// The officer's judgements that were laid over the result; absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewFile>,
    /// What the documents come to together, where there is more than one.
    #[serde(default)]
    pub portfolio: Option<Portfolio>,
}

/// The program that made a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// "goldthread".
    pub name: String,
    /// Its version.
    pub version: String,
}

/// What a pack asks, for readers of the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PackInfo {
    /// Unique.
    pub id: String,
    /// Shown to people.
    pub title: String,
    /// The pack's version.
    pub version: String,
    /// Where it comes from.
    pub source: String,
    /// What it asks, in a few sentences.
    pub summary: String,
    /// Its criteria in order.
    pub criteria: Vec<CriterionInfo>,
    /// What the source asks but cannot be assessed.
    pub not_assessable: Vec<NotAssessableInfo>,
    /// How sure words had to be, where more was asked than the pack does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thresholds: Option<Thresholds>,
    /// How often its words were right when measured on labelled documents, if they were.
    pub accuracy: Option<Accuracy>,
}

/// What a criterion asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CriterionInfo {
    /// Unique in its pack.
    pub id: String,
    /// Shown to people.
    pub title: String,
    /// In plain words.
    pub summary: String,
    /// Where it stands in the source.
    pub source: String,
    /// What a reader must know before relying on it.
    pub caveat: Option<String>,
    /// Its facets in order.
    pub facets: Vec<FacetInfo>,
}

/// What a facet asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FacetInfo {
    /// Unique in its pack.
    pub id: String,
    /// Shown to people.
    pub title: String,
    /// What was looked for.
    pub counts: String,
    /// What does not count though it sounds so.
    pub not_enough: String,
    /// Why it matters.
    pub why: String,
    /// A question for the meeting.
    pub question: String,
}

/// Something that the source asks and the pack cannot look for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotAssessableInfo {
    /// Its name in the source.
    pub id: String,
    /// Why it cannot be assessed.
    pub why: String,
}

/// How often a pack's words were right on labelled documents that it was not fitted to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Accuracy {
    /// On what it was measured.
    pub measured_on: String,
    /// Share of the verdicts "present" that were right, from 0 to 1.
    pub present_right: f64,
    /// Share of the verdicts "missing" that were right, from 0 to 1.
    pub missing_right: f64,
    /// Share of the verdicts that were left to a person, from 0 to 1.
    pub to_check: f64,
    /// On how many verdicts these shares rest; `None` where that was not noted.
    pub counted: Option<Counted>,
}

/// On how many verdicts a measured share rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counted {
    /// Verdicts "present".
    pub present: usize,
    /// Verdicts "missing".
    pub missing: usize,
    /// Verdicts of every kind.
    pub all: usize,
}

/// What was found in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentReport {
    /// As it was given or found, with `/` between folders.
    pub path: String,
    /// What the folder's `goldthread.toml` says of it.
    #[serde(default)]
    pub plan: PlanNote,
    /// The document's own title, where it has one.
    pub title: Option<String>,
    /// SHA-256 of the file, in hexadecimal digits; `None` where the file could not be opened.
    pub sha256: Option<String>,
    /// The kind of file; `None` where it was not read.
    #[schemars(with = "Option<String>")]
    pub format: Option<Format>,
    /// How many pages it has; `None` where the format has none.
    pub pages: Option<usize>,
    /// The pages that could not be read, counted from 1, in order.
    pub pages_unread: Vec<u32>,
    /// How many passages were looked at.
    pub passages: usize,
    /// Whether it could be judged.
    pub status: Status,
    /// Why it could not be read, with what to do; `None` where it could.
    pub error: Option<String>,
    /// What was read only in part.
    #[schemars(with = "Vec<WarningSchema>")]
    pub warnings: Vec<Warning>,
    /// One a criterion of every pack, in the packs' order; empty where nothing could be read.
    pub criteria: Vec<Assessment>,
    /// An officer's judgements on the above, which they leave as it is; absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
}

/// What people say of a plan that does not stand in its file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanNote {
    /// What it is called.
    pub label: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// What kind of plan it is.
    pub kind: Option<String>,
}

/// A file that was not looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// As it was found.
    pub path: String,
    /// Why.
    pub why: String,
}

#[derive(JsonSchema)]
#[allow(dead_code, reason = "describes Warning, whose room does not know of schemas")]
struct WarningSchema {
    page: Option<u32>,
    message: String,
}

impl DocumentReport {
    /// The number of pages that could be read and the number that there are.
    #[must_use]
    pub fn pages_read(&self) -> Option<(usize, usize)> {
        self.pages.map(|n| (n.saturating_sub(self.pages_unread.len()), n))
    }
}

/// The pages that could not be read, counted from 1.
#[must_use]
pub fn unread(pages: &[Page]) -> Vec<u32> {
    use crate::document::Legibility::{Garbled, NoText, NotRead};
    let numbered = (1..).zip(pages);
    numbered.filter(|(_, p)| matches!(p.legibility, NoText | Garbled | NotRead)).map(|(n, _)| n).collect()
}

/// What a reporter must know about where its bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Medium {
    /// Columns of a terminal.
    pub width: usize,
}

impl Default for Medium {
    fn default() -> Self {
        Self { width: 100 }
    }
}

/// Writes a report in one form.
pub trait Reporter: Sync {
    /// The form's name, which is its file extension where it goes to a file.
    fn name(&self) -> &'static str;
    /// Whether the form is meant for files, too.
    fn is_file(&self) -> bool {
        true
    }
    /// Writes the report in this form.
    ///
    /// # Errors
    /// [`ReportError`] where a form cannot be made or written.
    fn write(&self, source: &dyn Source, medium: &Medium, out: &mut dyn io::Write) -> Result<(), ReportError>;

    /// The report as bytes of this form.
    ///
    /// # Errors
    /// Those of [`Reporter::write`].
    fn bytes(&self, source: &dyn Source, medium: &Medium) -> Result<Vec<u8>, ReportError> {
        let mut out = Vec::new();
        self.write(source, medium, &mut out)?;
        Ok(out)
    }
}

/// Every form, in the order in which help lists them.
pub static REPORTERS: &[&dyn Reporter] =
    &[&terminal::Terminal, &html::Html, &docx::Docx, &xlsx::Xlsx, &csv::Csv, &md::Md, &json::Json];

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// There is no such form.
    #[error("there is no report of the form '{wanted}'; the forms are: {known}")]
    UnknownForm {
        /// What was asked for.
        wanted: String,
        /// What there is.
        known: String,
    },
    /// The JSON could not be made.
    #[error("the report could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The web page could not be made.
    #[error("the report could not be written as a web page: {0}")]
    Html(#[from] askama::Error),
    /// The Word document could not be made.
    #[error("the report could not be written as a Word document: {0}")]
    Docx(docx::DocxError),
    /// The workbook could not be made.
    #[error("the report could not be written as a workbook: {0}; check that there is room for temporary files")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The place that it goes to does not take it.
    #[error("the report could not be written: {0}")]
    Write(#[from] io::Error),
    /// A document that was put away during the run cannot be had back.
    #[error("a document's results could not be read back: {0}")]
    Documents(String),
}

/// The reporter of a form.
///
/// # Errors
/// [`ReportError::UnknownForm`] lists the forms.
pub fn reporter(name: &str) -> Result<&'static dyn Reporter, ReportError> {
    find(name, |_| true)
}

/// The reporter of a form that is meant for files.
///
/// # Errors
/// [`ReportError::UnknownForm`] lists the forms.
pub fn file_reporter(extension: &str) -> Result<&'static dyn Reporter, ReportError> {
    find(extension, |r| r.is_file())
}

fn find(name: &str, wanted: fn(&dyn Reporter) -> bool) -> Result<&'static dyn Reporter, ReportError> {
    let mut all = REPORTERS.iter().copied().filter(|r| wanted(*r));
    all.clone().find(|r| r.name() == name).ok_or_else(|| ReportError::UnknownForm {
        wanted: name.to_owned(),
        known: all.by_ref().map(Reporter::name).collect::<Vec<_>>().join(", "),
    })
}
