//! The files of packs, wherever they lie.
//!
//! Comes in: a folder, or the rules compiled into the program. Goes out: [`SourceFile`]s, sorted,
//! and a hash over them. It does not parse them.

use super::code::Code;
use super::error::{Diagnostic, Place};
use super::{PackModel, RulePack};
use crate::shipped;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use walkdir::WalkDir;

/// A rule file longer than this is none.
const LONGEST: u64 = 4 << 20;
/// A model longer than this is none.
const LONGEST_MODEL: u64 = 64 << 20;
/// A folder of packs, its packs, their files.
const DEEPEST: usize = 3;

/// One rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it lies in the folder of packs, with `/`: `my-pack/pack.toml`.
    pub path: String,
    /// What a person would type to open it.
    pub shown: String,
    /// Its text with plain line feeds.
    pub text: Arc<str>,
    /// Where files that it names are looked for.
    pub(super) home: Home,
}

/// Where a rule file came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Home {
    /// The rules compiled into the program.
    Program,
    /// A folder.
    Folder,
    /// Nowhere: it was given as text.
    #[default]
    Nowhere,
}

impl SourceFile {
    /// A file that lies nowhere.
    #[must_use]
    pub fn new(path: &str, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = if text.contains('\r') { text.replace("\r\n", "\n").into() } else { text.into() };
        Self { path: path.to_owned(), shown: path.to_owned(), text, home: Home::Nowhere }
    }

    /// Its folder and its name.
    pub(super) fn split(&self) -> (&str, &str) {
        self.path.rsplit_once('/').unwrap_or(("", &self.path))
    }

    /// A fault at a place in it.
    pub(super) fn fault(&self, code: Code, at: Range<usize>, reason: String, remedy: String) -> Diagnostic {
        let (place, source) = (Some(Place::of(&self.text, at)), Some(Arc::clone(&self.text)));
        Diagnostic { code, file: self.shown.clone(), place, reason, remedy, source }
    }

    /// A fault of the whole file.
    pub(super) fn whole_fault(&self, code: Code, reason: String, remedy: String) -> Diagnostic {
        fault(code, &self.shown, reason, remedy)
    }
}

/// A fault of a file or folder that has no text.
pub(super) fn fault(code: Code, file: &str, reason: String, remedy: String) -> Diagnostic {
    Diagnostic { code, file: file.to_owned(), place: None, reason, remedy, source: None }
}

/// The model that a pack names by its path from the pack's folder, which may lead into a folder
/// beside it.
pub(super) fn model(pack: &SourceFile, name: &str) -> Result<PackModel, String> {
    let beside = |file: &str| match (file.rsplit_once('/'), name.strip_prefix("../")) {
        (Some((folder, _)), None) => format!("{folder}/{name}"),
        (Some((folder, _)), Some(name)) => match folder.rsplit_once('/') {
            Some((outer, _)) => format!("{outer}/{name}"),
            None => name.to_owned(),
        },
        (None, _) => name.to_owned(),
    };
    let plain = name.strip_prefix("../").unwrap_or(name);
    if plain.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err(format!("`{name}` is no path below the pack or a folder beside it"));
    }
    let bytes: Cow<'static, [u8]> = match pack.home {
        Home::Program => shipped::file(&beside(&pack.path)),
        Home::Folder => {
            let shown = pack.shown.replace('\\', "/");
            let folder = shown.rsplit_once('/').map_or(".", |(folder, _)| folder);
            let path = Path::new(folder).join(name);
            let size = path.metadata().map_err(|e| e.to_string())?.len();
            if size > LONGEST_MODEL {
                return Err(format!("a model has at most {} MiB", LONGEST_MODEL >> 20));
            }
            Some(std::fs::read(&path).map_err(|e| e.to_string())?.into())
        }
        Home::Nowhere => None,
    }
    .ok_or_else(|| "there is no such file".to_owned())?;
    let sha256 = hex(&Sha256::digest(&bytes));
    Ok(PackModel { shown: beside(&pack.shown.replace('\\', "/")), bytes, sha256 })
}

/// Before the paths of files in the program where they are shown.
const PROGRAM: &str = "rules/";

/// The rules compiled into the program.
pub(super) fn embedded() -> Vec<SourceFile> {
    let one = |(path, text): (String, Cow<'_, str>)| {
        let shown = format!("{PROGRAM}{path}");
        SourceFile { shown, home: Home::Program, ..SourceFile::new(&path, &text) }
    };
    let mut files: Vec<SourceFile> = shipped::rule_files().into_iter().map(one).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// What is in a model of the program, by what a person would type to open it.
pub(super) fn shipped_model(shown: &str) -> Option<Cow<'static, [u8]>> {
    shown.strip_prefix(PROGRAM).and_then(shipped::file)
}

/// The TOML files of a pack's folder, or of a folder of packs.
pub(super) fn read(dir: &Path) -> Result<Vec<SourceFile>, Vec<Diagnostic>> {
    let shown = dir.to_string_lossy();
    let unreadable = |file: &str, reason: String| {
        fault(Code::Unreadable, file, reason, "check the path and whether you may read it".to_owned())
    };
    if !dir.is_dir() {
        return Err(vec![unreadable(&shown, "there is no such folder".to_owned())]);
    }
    let prefix = if dir.join("pack.toml").is_file() { format!("{}/", name_of(dir)) } else { String::new() };
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let walk = WalkDir::new(dir).max_depth(DEEPEST).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|e| e.depth() == 0 || !hidden(e.file_name())) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                faults.push(unreadable(&shown, error.to_string()));
                continue;
            }
        };
        if !entry.file_type().is_file() || entry.path().extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let inside = entry.path().strip_prefix(dir).unwrap_or(entry.path());
        let inside = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        let shown = entry.path().to_string_lossy();
        match text_of(entry.path()) {
            Ok(text) => {
                let file = SourceFile::new(&format!("{prefix}{inside}"), &text);
                files.push(SourceFile { shown: shown.into_owned(), home: Home::Folder, ..file });
            }
            Err(reason) => faults.push(unreadable(&shown, reason)),
        }
    }
    if faults.is_empty() { Ok(files) } else { Err(faults) }
}

fn name_of(dir: &Path) -> String {
    let whole = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    whole.file_name().map_or_else(|| "pack".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn text_of(path: &Path) -> Result<String, String> {
    let size = path.metadata().map_err(|e| e.to_string())?.len();
    if size > LONGEST {
        return Err(format!("a rule file has at most {} MiB", LONGEST >> 20));
    }
    let bytes = std::fs::read(path).map_err(|e| e.to_string())?;
    utf8(bytes)
}

/// Bytes as text, or the line from which on they are none.
pub(crate) fn utf8(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].iter().filter(|b| **b == b'\n').count() + 1;
        format!("line {line} has a letter that is not UTF-8: save the file anew with the encoding UTF-8")
    })
}

/// A hash over the paths and texts of files and over the models of packs, whatever their order.
pub(super) fn hash(files: &[SourceFile], packs: &[Arc<RulePack>]) -> String {
    let mut sorted: Vec<_> = files.iter().map(|file| (file.path.as_str(), &*file.text)).collect();
    sorted.extend(packs.iter().filter_map(|p| p.model.as_ref()).map(|m| ("model", m.sha256.as_str())));
    sorted.sort_unstable();
    sorted.dedup();
    let mut hasher = Sha256::new();
    for (path, text) in sorted {
        for part in [path, text] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    hex(&hasher.finalize())
}

/// The hash of the same rules used in another way.
#[must_use]
pub fn hash_of(hash: &str, way: &str) -> String {
    hex(&Sha256::digest(format!("{hash} {way}")))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
