//! Paths to the files that are to be read.

use crate::report::Skipped;
use std::path::{Path, PathBuf};

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
    #[error(
        "{0} holds no document: give files or folders with PDF, DOCX, ODT, RTF, PPTX, HTML, Markdown or text files"
    )]
    NoDocument(String),
}

/// Extensions of files in folders that are read, or told why they are not. Files named one by one
/// are always read.
const DOCUMENTS: &[&str] = &[
    "pdf", "docx", "docm", "dotx", "md", "markdown", "txt", "text", "doc", "dot", "odt", "ott", "fodt", "rtf", "htm",
    "html", "xhtml", "ppt", "pptx", "pptm", "potx", "xls", "xlsx", "pages", "wpd", "epub",
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
