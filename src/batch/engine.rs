//! Rule packs, compiled and ready to judge documents.
//!
//! Comes in: which packs to use; then documents. Goes out: their results. It opens no document's
//! file.

use super::info::pack_info;
use super::models::models;
use crate::assess::{Judge, Scorecard, assess, status};
use crate::document::{Document, Warning};
use crate::learned::{Learned, ModelError};
use crate::matching::{MatchError, Matcher};
use crate::pack::{Library, Own, PackErrors};
use crate::report::{DocumentReport, Head, PlanNote, Portfolio, Report, ReportError, SCHEMA, Skipped, Tool, unread};
use crate::sandbox::Readers;
use crate::segment::segment;
use std::path::PathBuf;

/// Which rules to judge by.
#[derive(Clone, Debug, Default)]
pub struct RuleOptions {
    /// A folder with packs of one's own.
    pub folder: Option<PathBuf>,
    /// Leave the built-in packs out.
    pub only_own: bool,
    /// Ids of the packs to ask; empty for those that are asked by default.
    pub packs: Vec<String>,
    /// Take every pack where none is named, those too that are asked only by name.
    pub every: bool,
    /// Judge by rules alone, without the models that packs bring.
    pub no_learned: bool,
}

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
    pub library: Library,
    /// The rules, compiled.
    pub matcher: Matcher,
    /// The models that read beside the rules.
    pub learned: Learned,
    /// Their points.
    pub scorecard: Scorecard,
    pub(super) readers: Readers,
}

impl Engine {
    /// Loads and compiles packs.
    ///
    /// # Errors
    /// [`EngineError`] where a pack is wrong or unknown.
    pub fn new(options: &RuleOptions) -> Result<Self, EngineError> {
        let mut library = match &options.folder {
            Some(folder) => Library::with_dir(folder, if options.only_own { Own::Instead } else { Own::Beside })?,
            None => Library::builtin()?,
        };
        if !options.packs.is_empty() {
            let known = library.packs.iter().map(|p| p.id.as_str()).collect::<Vec<_>>().join(", ");
            if let Some(wanted) = options.packs.iter().find(|w| !library.packs.iter().any(|p| &p.id == *w)) {
                return Err(EngineError::UnknownPack { wanted: wanted.clone(), known });
            }
            library.packs.retain(|p| options.packs.contains(&p.id));
        } else if !options.every && library.packs.iter().any(|p| p.by_default) {
            library.packs.retain(|p| p.by_default);
        }
        if library.packs.is_empty() {
            return Err(EngineError::NoPack(options.folder.clone().unwrap_or_default()));
        }
        let matcher = Matcher::compile(&library.packs, &library.lexicon, &library.cues)?;
        let learned = if options.no_learned { Learned::default() } else { models(&matcher)? };
        if options.no_learned && library.packs.iter().any(|p| p.model.is_some()) {
            // Results by rules alone are never taken for results by both.
            library.hash = crate::pack::hash_of_rules_alone(&library.hash);
        }
        let scorecard = Scorecard::new(&matcher, &learned);
        Ok(Self { library, matcher, learned, scorecard, readers: Readers::in_process() })
    }

    /// The same, with files read otherwise than in this process.
    #[must_use]
    pub fn reading_with(self, readers: Readers) -> Self {
        Self { readers, ..self }
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
        let hits = self.matcher.scan(&segmented);
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
            criteria: assess(&self.judge(), &segmented, &hits),
            review: None,
        }
    }

    /// What stands over the documents of a report by these packs.
    #[must_use]
    pub fn head(&self, skipped: Vec<Skipped>) -> Head {
        Head {
            schema: SCHEMA.to_owned(),
            tool: Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            packs: self.library.packs.iter().map(|p| pack_info(p, !self.learned.is_empty())).collect(),
            rule_hash: self.library.hash.clone(),
            skipped,
            portfolio: None,
            review: None,
        }
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
