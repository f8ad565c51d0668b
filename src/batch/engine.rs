//! Rule packs, compiled and ready to judge documents.
//!
//! Comes in: which packs to use; then documents. Goes out: their results. It opens no document's
//! file.

use super::models::Models;
use super::rules::{RuleOptions, Rules, head};
use crate::assess::{Judge, Scorecard, Thresholds, assess, status};
use crate::document::{Document, Warning};
use crate::learned::{Learned, ModelError};
use crate::matching::{MatchError, Matcher};
use crate::pack::{Library, PackErrors};
use crate::report::{DocumentReport, Head, PlanNote, Portfolio, Report, ReportError, Skipped, unread};
use crate::sandbox::Readers;
use crate::segment::segment;
use std::path::PathBuf;
use std::sync::Arc;

/// Why no engine could be made.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The rule files are wrong.
    #[error(transparent)]
    Pack(#[from] PackErrors),
    /// The rules do not compile.
    #[error(transparent)]
    Match(#[from] MatchError),
    /// The model of a pack cannot be used.
    #[error("{file}: {source}")]
    Model {
        /// The file.
        file: String,
        /// Why.
        source: ModelError,
    },
    /// No pack has such an id.
    #[error("there is no pack '{wanted}'; the packs are: {known}")]
    UnknownPack {
        /// What was asked for.
        wanted: String,
        /// What there is.
        known: String,
    },
    /// There is no pack at all.
    #[error("{0} holds no pack: a pack is a folder with a pack.toml")]
    NoPack(PathBuf),
}

/// Packs, compiled and ready for any number of documents and threads.
#[derive(Debug)]
pub struct Engine {
    /// The rules as loaded.
    pub library: Arc<Library>,
    /// The rules, compiled.
    pub matcher: Matcher,
    /// The models that read beside the rules.
    pub learned: Learned,
    /// Their points.
    pub scorecard: Scorecard,
    no_learned: bool,
    thresholds: Thresholds,
    pub(super) readers: Arc<Readers>,
}

impl Engine {
    /// Loads and compiles packs.
    ///
    /// # Errors
    /// [`EngineError`] where a pack is wrong or unknown.
    pub fn new(options: &RuleOptions) -> Result<Self, EngineError> {
        Rules::load(options)?.into_engine()
    }

    /// Compiles packs that were loaded, unless it was done when the program was built.
    pub(super) fn compile(
        library: Arc<Library>,
        shipped: bool,
        no_learned: bool,
        thresholds: Thresholds,
        readers: Arc<Readers>,
    ) -> Result<Self, EngineError> {
        let stored = || if shipped { Matcher::stored(&library) } else { None };
        let compiled = || match stored() {
            Some(matcher) => Ok(matcher),
            None => Matcher::compile(&library.packs, &library.lexicon, &library.cues),
        };
        let models = || if no_learned { Ok(Models::default()) } else { Models::read(&library.packs) };
        // On a thread of its own: one of the pool might begin a document meanwhile, and wait for itself.
        let (matcher, models) = std::thread::scope(|scope| {
            let models = scope.spawn(models);
            (compiled(), models.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        let matcher = matcher?;
        let learned = models?.bound(&matcher);
        let scorecard = Scorecard::new(&matcher, &learned).with_thresholds(&thresholds);
        Ok(Self { library, matcher, learned, scorecard, no_learned, thresholds, readers })
    }

    /// What judging a document takes.
    #[must_use]
    pub fn judge(&self) -> Judge<'_> {
        Judge { matcher: &self.matcher, scorecard: &self.scorecard, learned: &self.learned }
    }

    /// Judges one document.
    #[must_use]
    pub fn judge_document(&self, path: String, sha256: Option<String>, document: &Document) -> DocumentReport {
        let segmented = segment(document);
        let judged = status(&segmented);
        let mut warnings = document.warnings.clone();
        if segmented.passages.is_empty() {
            let message =
                "Nothing in the file reads as a paragraph, a list item or a table row, so nothing can be judged.";
            warnings.push(Warning { page: None, message: message.to_owned() });
        }
        DocumentReport {
            path,
            plan: PlanNote::default(),
            title: document.title.clone(),
            sha256,
            format: Some(document.format),
            pages: (!document.pages.is_empty()).then_some(document.pages.len()),
            pages_unread: unread(&document.pages),
            passages: segmented.passages.len(),
            status: judged,
            error: None,
            warnings,
            criteria: assess(&self.judge(), &segmented),
            review: None,
        }
    }

    /// What stands over the documents of a report by these packs.
    #[must_use]
    pub fn head(&self, skipped: Vec<Skipped>) -> Head {
        head(&self.library, self.no_learned, self.thresholds, skipped)
    }

    /// A report by these packs.
    ///
    /// # Errors
    /// [`ReportError`] where the passages of very many documents can be put away nowhere.
    pub fn report(&self, documents: Vec<DocumentReport>, skipped: Vec<Skipped>) -> Result<Report, ReportError> {
        let mut report = Report { head: self.head(skipped), documents };
        if report.documents.len() > 1 {
            report.head.portfolio = Some(Portfolio::of(&report)?);
        }
        Ok(report)
    }
}
