//! Files to a [`Report`]: the whole line, many documents at a time.
//!
//! Comes in: paths and an [`Engine`]. Goes out: a report in the order of the paths, whatever the
//! number of threads. It prints nothing; one bad file never stops it.

use crate::assess::{Judge, Scorecard, Status, assess, status};
use crate::document::{Document, Warning};
use crate::input::{InputError, ReadOptions, load};
use crate::matching::{MatchError, Matcher};
use crate::pack::{Library, Own, PackErrors, RulePack};
use crate::report::{
    Accuracy, Counted, CriterionInfo, DocumentReport, FacetInfo, Head, NotAssessableInfo, PackInfo, Report, SCHEMA,
    Skipped, Tool, unread,
};
use crate::sandbox::Readers;
use crate::segment::segment;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

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
    /// Their points.
    pub scorecard: Scorecard,
    readers: Readers,
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
        let scorecard = Scorecard::new(&matcher);
        Ok(Self { library, matcher, scorecard, readers: Readers::in_process() })
    }

    /// The same, with files read otherwise than in this process.
    #[must_use]
    pub fn reading_with(self, readers: Readers) -> Self {
        Self { readers, ..self }
    }

    /// What judging a document takes.
    #[must_use]
    pub fn judge(&self) -> Judge<'_> {
        Judge { matcher: &self.matcher, scorecard: &self.scorecard }
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

    /// Reads the bytes of one file, without judging it.
    ///
    /// # Errors
    /// [`InputError`] where nothing could be read.
    pub fn read(&self, bytes: &[u8], options: &ReadOptions) -> Result<Document, InputError> {
        self.readers.read(bytes, options)
    }

    /// Reads and judges the bytes of one file.
    #[must_use]
    pub fn check_bytes(&self, path: String, bytes: &[u8], options: &ReadOptions) -> DocumentReport {
        let sha256 = Some(hex(&Sha256::digest(bytes)));
        match self.readers.read(bytes, options) {
            Ok(document) => self.judge_document(path, sha256, &document),
            Err(error) => unreadable(path, sha256, &error.to_string()),
        }
    }

    /// What stands over the documents of a report by these packs.
    #[must_use]
    pub fn head(&self, skipped: Vec<Skipped>) -> Head {
        Head {
            schema: SCHEMA.to_owned(),
            tool: Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            packs: self.library.packs.iter().map(|p| pack_info(p)).collect(),
            rule_hash: self.library.hash.clone(),
            skipped,
            review: None,
        }
    }

    /// A report by these packs.
    #[must_use]
    pub fn report(&self, documents: Vec<DocumentReport>, skipped: Vec<Skipped>) -> Report {
        Report { head: self.head(skipped), documents }
    }
}

/// A document of which nothing could be read.
fn unreadable(path: String, sha256: Option<String>, error: &str) -> DocumentReport {
    DocumentReport {
        path,
        title: None,
        sha256,
        format: None,
        pages: None,
        pages_unread: Vec::new(),
        passages: 0,
        status: Status::Unreadable,
        error: Some(error.to_owned()),
        warnings: Vec::new(),
        criteria: Vec::new(),
        review: None,
    }
}

fn pack_info(pack: &RulePack) -> PackInfo {
    PackInfo {
        id: pack.id.clone(),
        title: pack.title.clone(),
        version: pack.version.clone(),
        source: pack.source.clone(),
        summary: pack.summary.clone(),
        criteria: pack
            .criteria
            .iter()
            .map(|c| CriterionInfo {
                id: c.id.clone(),
                title: c.title.clone(),
                summary: c.summary.clone(),
                source: c.source.clone(),
                caveat: c.caveat.clone(),
                facets: c
                    .facets
                    .iter()
                    .map(|f| FacetInfo {
                        id: f.id.clone(),
                        title: f.title.clone(),
                        counts: f.counts.clone(),
                        not_enough: f.not_enough.clone(),
                        why: f.why.clone(),
                        question: f.question.clone(),
                    })
                    .collect(),
            })
            .collect(),
        not_assessable: pack
            .not_assessable
            .iter()
            .map(|n| NotAssessableInfo { id: n.id.clone(), why: n.why.clone() })
            .collect(),
        accuracy: pack.calibration.as_ref().and_then(|c| c.accuracy.as_ref()).map(|a| Accuracy {
            measured_on: a.measured_on.clone(),
            present_right: a.present_right,
            missing_right: a.missing_right,
            to_check: a.to_check,
            counted: a.counted.map(|c| Counted { present: c.present, missing: c.missing, all: c.all }),
        }),
    }
}

/// Files to read and files left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// To read, in order.
    pub files: Vec<PathBuf>,
    /// Left out, in order, with the reason.
    pub skipped: Vec<Skipped>,
}

/// Why nothing can be checked.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// The path is not there or cannot be entered.
    #[error("{path}: {why}; check the spelling of the path and that you may read it")]
    Path {
        /// As given.
        path: String,
        /// What the system says.
        why: String,
    },
    /// Folders without anything to read.
    #[error("{0} holds no document: give files or folders with PDF, DOCX, Markdown or text files")]
    NoDocument(String),
}

/// Extensions of files in folders that are read, or told why they are not. Files named one by one
/// are always read.
const DOCUMENTS: &[&str] = &[
    "pdf", "docx", "docm", "dotx", "md", "markdown", "txt", "text", "doc", "dot", "odt", "ott", "rtf", "htm", "html",
    "ppt", "pptx", "xls", "xlsx", "pages", "wpd", "epub",
];

/// Lists the files below the given paths: folders in order of their names, hidden ones left out.
///
/// # Errors
/// [`FindError`] where a path is not there or nothing is to be read.
pub fn find(paths: &[PathBuf]) -> Result<Found, FindError> {
    let mut found = Found::default();
    for path in paths {
        let metadata = std::fs::metadata(path).map_err(|e| FindError::Path { path: show(path), why: e.to_string() })?;
        if metadata.is_dir() {
            find_in(path, &mut found)?;
        } else {
            found.files.push(path.clone());
        }
    }
    if found.files.is_empty() {
        let names = paths.iter().map(|p| show(p)).collect::<Vec<_>>().join(", ");
        return Err(FindError::NoDocument(names));
    }
    let mut seen = std::collections::BTreeSet::new();
    found.files.retain(|f| seen.insert(f.clone()));
    Ok(found)
}

fn find_in(folder: &Path, found: &mut Found) -> Result<(), FindError> {
    let hidden = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().to_string_lossy().starts_with(['.', '~']);
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|e| !hidden(e)) {
        let entry = entry
            .map_err(|e| FindError::Path { path: e.path().map_or_else(|| show(folder), show), why: e.to_string() })?;
        if !entry.file_type().is_file() {
            continue;
        }
        let path = entry.into_path();
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        if DOCUMENTS.contains(&extension.as_str()) {
            found.files.push(path);
        } else {
            let what =
                if extension.is_empty() { "a file without extension".into() } else { format!("a .{extension} file") };
            found.skipped.push(Skipped { path: show(&path), why: format!("{what} is no document that is read") });
        }
    }
    Ok(())
}

/// A path as reports show it: with `/` on every system.
#[must_use]
pub fn show(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// What happens during a run.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// A document is done.
    Done(&'a DocumentReport),
}

/// Reads and judges files on as many threads as the current rayon pool has. `on_event` is called
/// from those threads.
#[must_use]
pub fn check(
    engine: &Engine,
    files: &[PathBuf],
    options: &ReadOptions,
    on_event: &(dyn Fn(Event<'_>) + Sync),
) -> Vec<DocumentReport> {
    files
        .par_iter()
        .map(|path| {
            let report = check_file(engine, path, options);
            on_event(Event::Done(&report));
            report
        })
        .collect()
}

fn check_file(engine: &Engine, path: &Path, options: &ReadOptions) -> DocumentReport {
    match load(path, options) {
        Ok(bytes) => engine.check_bytes(show(path), &bytes, options),
        Err(error) => unreadable(show(path), None, &error.to_string()),
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}
