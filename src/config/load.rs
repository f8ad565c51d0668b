//! Finding and reading `goldthread.toml`.

use super::file::{ConfigFile, Gate, ThresholdsFile};
use super::{Config, ConfigError, Kind, NAME, PlanRule};
use crate::assess::{Rating, Thresholds};
use crate::pack::{SourceFile, utf8};
use crate::report::PlanNote;
use glob::Pattern;
use std::path::{Path, PathBuf};
use toml::Spanned;

impl Config {
    /// The file in the folder of a path or in the nearest folder above it; nothing where there is
    /// none.
    ///
    /// # Errors
    /// [`ConfigError`] where the file is wrong.
    pub fn near(path: &Path) -> Result<Self, ConfigError> {
        match Self::file_near(path) {
            Some(file) => Self::read(&file),
            None => Ok(Self::default()),
        }
    }

    /// Where the file for a path stands.
    #[must_use]
    pub fn file_near(path: &Path) -> Option<PathBuf> {
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let start = if whole.is_dir() { Some(whole.as_path()) } else { whole.parent() };
        start.into_iter().flat_map(Path::ancestors).map(|f| f.join(NAME)).find(|f| f.exists())
    }

    /// The file of this path.
    ///
    /// # Errors
    /// [`ConfigError`] where it is wrong or cannot be read.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let shown = short(path);
        let unreadable = |why: String| ConfigError::Unreadable { path: shown.clone(), why };
        let bytes =
            std::fs::read(path).map_err(|e| unreadable(format!("{e}; check the path and that you may read it")))?;
        let text = utf8(bytes).map_err(unreadable)?;
        let folder = path.parent().map_or_else(PathBuf::new, Path::to_owned);
        let mut file = SourceFile::new(NAME, &text);
        file.shown = shown;
        Self::parse(&file, folder)
    }

    /// A file's text; what it names stands in `folder`.
    ///
    /// # Errors
    /// [`ConfigError::Fault`] at its first fault.
    pub(super) fn parse(file: &SourceFile, folder: PathBuf) -> Result<Self, ConfigError> {
        let told: ConfigFile = file.parse("`goldthread init` writes a file that shows every key").map_err(fault)?;
        let mut kinds: Vec<Kind> = Vec::new();
        for kind in told.kind {
            let name = kind.name.get_ref().clone();
            if name.trim().is_empty() {
                return Err(fault(file.wrong(
                    kind.name.span(),
                    "this kind has no name",
                    "give it one that reports can show",
                )));
            }
            if kinds.iter().any(|k| k.name == name) {
                let said = format!("the kind `{name}` stands here twice");
                return Err(fault(file.wrong(kind.name.span(), &said, "join the two, or rename one of them")));
            }
            let files = kind.files.iter().map(|p| pattern(file, p)).collect::<Result<_, _>>()?;
            let required =
                kind.required.map(|all| all.into_iter().map(|id| (id.get_ref().clone(), id.span())).collect());
            kinds.push(Kind { name, files, required, fail_under: kind.fail_under.map(Gate::rating) });
        }
        let names: Vec<String> = kinds.iter().map(|k| k.name.clone()).collect();
        let mut plans: Vec<PlanRule> = Vec::new();
        for plan in told.plan {
            let pattern = pattern(file, &plan.file)?;
            if plans.iter().any(|p| p.file == pattern) {
                let said = format!("the plan `{}` stands here twice", plan.file.get_ref());
                return Err(fault(file.wrong(plan.file.span(), &said, "join the two")));
            }
            if let Some(kind) = plan.kind.as_ref().filter(|k| !names.contains(k.get_ref())) {
                let said = format!("there is no kind `{}`", kind.get_ref());
                return Err(fault(file.unknown(kind.span(), &said, kind.get_ref(), &names)));
            }
            let kind = plan.kind.map(Spanned::into_inner);
            let note = PlanNote { label: plan.label, owner: plan.owner, kind };
            plans.push(PlanRule { file: pattern, note });
        }
        let only_own = told.only_own.as_ref().is_some_and(|only| *only.get_ref());
        if let Some(only) = told.only_own.filter(|_| only_own && told.rules.is_none()) {
            let said = "`only_own` leaves the built-in packs out, and `rules` names no others";
            return Err(fault(file.wrong(
                only.span(),
                said,
                "name a folder of packs with `rules`, or take this line away",
            )));
        }
        Ok(Self {
            packs: told.packs,
            rules: told.rules.map(|p| folder.join(p)),
            only_own,
            fail_under: told.fail_under.map(Gate::rating),
            thresholds: thresholds(file, &told.thresholds)?,
            store: told.store.map(|p| folder.join(p)),
            outputs: told.outputs.iter().map(|p| folder.join(p)).collect(),
            kinds,
            plans,
            file: Some(file.clone()),
            folder,
        })
    }
}

impl Gate {
    const fn rating(self) -> Rating {
        match self {
            Self::Partial => Rating::Partial,
            Self::Evident => Rating::Evident,
            Self::Embedded => Rating::Embedded,
        }
    }
}

/// The certainties from which "present" and below which "missing" is said: a word that is likelier wrong
/// than right is no word, and nothing is wholly sure.
fn thresholds(file: &SourceFile, told: &ThresholdsFile) -> Result<Thresholds, ConfigError> {
    let within = |written: &Option<Spanned<f64>>, (low, high): (f64, f64), word: &str| {
        let Some(written) = written else { return Ok(None) };
        let value = *written.get_ref();
        if (low..=high).contains(&value) {
            return Ok(Some(value));
        }
        let said = format!("`{word}` cannot be {value}");
        Err(fault(file.wrong(written.span(), &said, &format!("give a certainty from {low} to {high}"))))
    };
    Ok(Thresholds {
        present: within(&told.present, (0.5, 0.99), "present")?,
        missing: within(&told.missing, (0.01, 0.5), "missing")?,
    })
}

fn pattern(file: &SourceFile, written: &Spanned<String>) -> Result<Pattern, ConfigError> {
    let plain = written.get_ref().trim_start_matches("./").replace('\\', "/");
    Pattern::new(&plain).map_err(|error| {
        let said = format!("this pattern cannot be understood: {}", error.msg);
        fault(file.wrong(written.span(), &said, "use * for anything in a name and ** for any folders"))
    })
}

fn fault(found: impl Into<Box<crate::pack::Diagnostic>>) -> ConfigError {
    ConfigError::Fault(found.into())
}

/// A path as a person would type it from here.
fn short(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
