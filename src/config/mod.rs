//! `goldthread.toml`: what a folder of plans says about itself.
//!
//! Comes in: a file, found upward from the first path or named. Goes out: a [`Config`]: packs and
//! outputs to use where the command line names none, and what each plan is called, who owns it and
//! what its kind must show. It reads no plan.

mod file;
mod load;

pub use file::TEMPLATE;

use crate::assess::{Rating, Thresholds};
use crate::pack::{Diagnostic, SourceFile};
use crate::report::{DocumentReport, PackInfo, PlanNote};
use glob::Pattern;
use std::path::{Component, Path, PathBuf};

/// The name that is looked for.
pub const NAME: &str = "goldthread.toml";

/// What a folder of plans says about itself. Without a file, nothing.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The file, for pictures of faults.
    file: Option<SourceFile>,
    /// Its folder as the file itself was reached; what it names stands in it.
    folder: PathBuf,
    /// Ids of the packs to ask; empty for those that are asked by default.
    pub packs: Vec<String>,
    /// A folder with packs of one's own.
    pub rules: Option<PathBuf>,
    /// Leave the built-in packs out.
    pub only_own: bool,
    /// How sure words must be.
    pub thresholds: Thresholds,
    /// The rating below which a run fails.
    pub fail_under: Option<Rating>,
    /// Where results are kept from run to run.
    pub store: Option<PathBuf>,
    /// Reports to write.
    pub outputs: Vec<PathBuf>,
    kinds: Vec<Kind>,
    plans: Vec<PlanRule>,
}

/// A kind of plan.
#[derive(Clone, Debug)]
struct Kind {
    name: String,
    files: Vec<Pattern>,
    /// Ids of criteria or packs, and where they stand in the file; `None` where the packs decide.
    required: Option<Vec<(String, std::ops::Range<usize>)>>,
    fail_under: Option<Rating>,
}

/// What is said of the plans of a pattern.
#[derive(Clone, Debug)]
struct PlanRule {
    file: Pattern,
    note: PlanNote,
}

/// Why a `goldthread.toml` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A fault at a place in it.
    #[error("{0}")]
    Fault(Box<Diagnostic>),
    /// It cannot be opened.
    #[error("{path}: cannot be read: {why}")]
    Unreadable {
        /// As given.
        path: String,
        /// What is wrong, and what to do.
        why: String,
    },
}

impl Config {
    /// Where it was read from; `None` where there is no file.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.file.as_ref().map(|f| f.shown.as_str())
    }

    /// Puts a plan's label, owner and kind into its results, and marks what its kind must show.
    pub fn apply(&self, document: &mut DocumentReport) {
        let inside = self.inside(&document.path);
        for rule in self.plans.iter().filter(|r| matches(&r.file, &inside)) {
            let (note, new) = (&mut document.plan, &rule.note);
            note.label = new.label.clone().or(note.label.take());
            note.owner = new.owner.clone().or(note.owner.take());
            note.kind = new.kind.clone().or(note.kind.take());
        }
        if document.plan.kind.is_none() {
            let kind = self.kinds.iter().find(|k| k.files.iter().any(|p| matches(p, &inside)));
            document.plan.kind = kind.map(|k| k.name.clone());
        }
        if let Some(required) = self.kind(document).and_then(|k| k.required.as_ref()) {
            for criterion in &mut document.criteria {
                criterion.required = required.iter().any(|(id, _)| *id == criterion.id || *id == criterion.pack);
            }
        }
    }

    /// What a plan is called.
    #[must_use]
    pub fn label(&self, path: &str) -> Option<String> {
        let inside = self.inside(path);
        self.plans.iter().rev().filter(|rule| matches(&rule.file, &inside)).find_map(|rule| rule.note.label.clone())
    }

    /// The rating below which this document fails, where its kind or the whole folder has one.
    #[must_use]
    pub fn gate(&self, document: &DocumentReport) -> Option<Rating> {
        self.kind(document).and_then(|k| k.fail_under).or(self.fail_under)
    }

    /// Checks that every criterion required is one of these packs.
    ///
    /// # Errors
    /// [`ConfigError::Fault`] at the first that is not.
    pub fn check(&self, packs: &[PackInfo]) -> Result<(), ConfigError> {
        let known = || packs.iter().flat_map(|p| p.criteria.iter().map(|c| c.id.as_str()).chain([p.id.as_str()]));
        for (id, place) in self.kinds.iter().flat_map(|k| k.required.iter().flatten()) {
            if !known().any(|k| k == id) {
                let ids = known().map(str::to_owned).collect::<Vec<_>>();
                return Err(self.fault(place.clone(), id, &ids));
            }
        }
        Ok(())
    }

    /// The patterns of plans and kinds that fit none of these files, which are all that lie in these places.
    /// Nothing where its folder was not looked through whole.
    #[must_use]
    pub fn idle(&self, paths: &[PathBuf], files: &[PathBuf]) -> Vec<&str> {
        let whole = |path: &Path| tidy(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
        let folder = whole(&self.folder);
        if !paths.iter().any(|path| path.is_dir() && folder.starts_with(whole(path))) {
            return Vec::new();
        }
        let inside: Vec<String> = files.iter().map(|file| self.inside(&file.to_string_lossy())).collect();
        let patterns = self.plans.iter().map(|p| &p.file).chain(self.kinds.iter().flat_map(|k| &k.files));
        patterns.filter(|p| !inside.iter().any(|file| matches(p, file))).map(Pattern::as_str).collect()
    }

    fn kind(&self, document: &DocumentReport) -> Option<&Kind> {
        document.plan.kind.as_ref().and_then(|name| self.kinds.iter().find(|k| k.name == *name))
    }

    fn fault(&self, place: std::ops::Range<usize>, id: &str, known: &[String]) -> ConfigError {
        let file = self.file.clone().unwrap_or_else(|| SourceFile::new(NAME, ""));
        ConfigError::Fault(Box::new(file.unknown(place, &format!("no pack in use has a criterion `{id}`"), id, known)))
    }

    /// A path as seen from the folder of the file.
    fn inside(&self, path: &str) -> String {
        let whole = std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path));
        let folder = std::path::absolute(&self.folder).unwrap_or_default();
        let whole = tidy(&whole);
        let inside = whole.strip_prefix(tidy(&folder)).unwrap_or(&whole);
        inside.to_string_lossy().replace('\\', "/")
    }
}

/// A path without `.` and `..`.
fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// A pattern without a slash is about the file's name, wherever it lies.
fn matches(pattern: &Pattern, inside: &str) -> bool {
    let options = glob::MatchOptions {
        case_sensitive: false,
        require_literal_separator: true,
        require_literal_leading_dot: false,
    };
    let name = inside.rsplit('/').next().unwrap_or(inside);
    pattern.matches_with(if pattern.as_str().contains('/') { inside } else { name }, options)
}

#[cfg(test)]
mod tests;
