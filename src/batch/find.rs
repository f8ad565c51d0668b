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
    /// A report would be written over a document that is to be checked.
    #[error("{0} is to be checked, and a report is to be written there: give the report another name")]
    Overwritten(String),
}

/// Extensions of files in folders that are read, or told why they are not. Files named one by one
/// are always read.
const DOCUMENTS: &[&str] = &[
    "pdf", "docx", "docm", "dotx", "md", "markdown", "txt", "text", "doc", "dot", "odt", "ott", "fodt", "rtf", "htm",
    "html", "xhtml", "ppt", "pptx", "pptm", "potx", "xls", "xlsx", "pages", "wpd", "epub",
];

/// The file of a folder's settings, which is none of its documents.
const SETTINGS: &str = "goldthread.toml";

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
    not_empty(&found, paths)?;
    if paths.len() > 1 {
        let mut seen = std::collections::BTreeSet::new();
        found.files.retain(|f| seen.insert(f.clone()));
    }
    Ok(found)
}

impl Found {
    /// The same without what the program itself writes to these places: reports, which are told among what is left
    /// out, and a store, which is not. `own` tells whether what stands at a place was written by this program.
    ///
    /// # Errors
    /// [`FindError`] where nothing else is to be read, or a report would be written over a file that `paths` names or
    /// that is not the program's own.
    pub fn without(
        mut self,
        reports: &[&Path],
        store: Option<&Path>,
        paths: &[PathBuf],
        own: impl Fn(&Path) -> bool,
    ) -> Result<Self, FindError> {
        let real = |path: &Path| std::fs::canonicalize(path).ok();
        let reports: Vec<PathBuf> = reports.iter().filter_map(|path| real(path)).collect();
        // Names first: to ask the system for every one of ten thousand files takes long.
        let named = |file: &Path| reports.iter().any(|report| report.file_name() == file.file_name());
        let is_report =
            |file: &Path| (named(file) || file.is_symlink()) && real(file).is_some_and(|file| reports.contains(&file));
        let found: Vec<PathBuf> = self.files.extract_if(.., |file| is_report(file)).collect();
        for report in &found {
            if paths.contains(report) || report.is_symlink() || !own(report) {
                return Err(FindError::Overwritten(show(report)));
            }
            let why = "a report is to be written here, so it is no document that is read".to_owned();
            self.skipped.push(Skipped { path: show(report), why });
        }
        if let Some(store) = store.and_then(real) {
            let beside = ["", "-wal", "-shm"].map(|end| PathBuf::from(format!("{}{end}", store.display())));
            let named = |file: &Path| beside.iter().any(|own| own.file_name() == file.file_name());
            let is_own = |file: &Path| named(file) && real(file).is_some_and(|file| beside.contains(&file));
            self.skipped.retain(|skipped| !is_own(Path::new(&skipped.path)));
        }
        if !found.is_empty() {
            self.skipped.sort_by(|a, b| a.path.cmp(&b.path));
        }
        not_empty(&self, paths)?;
        Ok(self)
    }
}

fn not_empty(found: &Found, paths: &[PathBuf]) -> Result<(), FindError> {
    if found.files.is_empty() {
        return Err(FindError::NoDocument(paths.iter().map(|p| show(p)).collect::<Vec<_>>().join(", ")));
    }
    Ok(())
}

/// Links are followed. What cannot be looked into is listed with the files, so that the attempt to read it tells why.
fn find_in(folder: &Path, found: &mut Found) -> Result<(), FindError> {
    let hidden = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().to_string_lossy().starts_with(['.', '~']);
    let walk = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|e| !hidden(e)) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                unseen(&error, folder, found)?;
                continue;
            }
        };
        if entry.file_type().is_dir() || entry.file_name() == SETTINGS {
            continue;
        }
        let ordinary = entry.file_type().is_file();
        let path = entry.into_path();
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        if ordinary && let Some(original) = annotated(&path).filter(|original| original.is_file()) {
            let why = format!("a copy with notes of {}, which is read", show(&original));
            found.skipped.push(Skipped { path: show(&path), why });
        } else if ordinary && DOCUMENTS.contains(&extension.as_str()) {
            found.files.push(path);
        } else {
            let what = match extension.as_str() {
                _ if !ordinary => "a pipe, socket or device".into(),
                "" => "a file without extension".into(),
                _ => format!("a .{extension} file"),
            };
            found.skipped.push(Skipped { path: show(&path), why: format!("{what} is no document that is read") });
        }
    }
    Ok(())
}

/// The document of which a file is a copy with notes, by its name.
fn annotated(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    [".docx", ".pdf"].iter().find_map(|kind| {
        let own = name.strip_suffix(kind)?.strip_suffix(".annotated")?;
        Some(path.with_file_name(format!("{own}{kind}")))
    })
}

/// What a walk through a folder could not enter.
fn unseen(error: &walkdir::Error, folder: &Path, found: &mut Found) -> Result<(), FindError> {
    match error.path() {
        Some(path) if error.loop_ancestor().is_some() => {
            let why = "a link to a folder in which it lies; what is there is read once".to_owned();
            found.skipped.push(Skipped { path: show(path), why });
        }
        Some(path) if error.depth() > 0 => found.files.push(path.to_path_buf()),
        _ => return Err(FindError::Path { path: show(folder), why: error.to_string() }),
    }
    Ok(())
}

/// A path as reports show it: with `/` on every system.
#[must_use]
pub fn show(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_with_notes_are_left_out_where_the_document_is_there() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["a.docx", "a.annotated.docx", "b.annotated.pdf"] {
            std::fs::write(folder.path().join(file), "").unwrap();
        }
        let found = find(&[folder.path().to_path_buf()]).unwrap();
        assert_eq!(found.files, ["a.docx", "b.annotated.pdf"].map(|file| folder.path().join(file)));
        assert!(found.skipped[0].why.contains("a.docx"), "{found:?}");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_what_leads_nowhere_is_told() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let (plans, elsewhere) = (folder.path().join("plans"), folder.path().join("elsewhere"));
        std::fs::create_dir_all(elsewhere.join("more")).unwrap();
        std::fs::create_dir(&plans).unwrap();
        for file in ["a.pdf", "more/b.docx"] {
            std::fs::write(elsewhere.join(file), "").unwrap();
        }
        symlink(elsewhere.join("a.pdf"), plans.join("1.pdf")).unwrap();
        symlink(elsewhere.join("more"), plans.join("2")).unwrap();
        symlink(elsewhere.join("gone.pdf"), plans.join("3.pdf")).unwrap();
        symlink(&plans, plans.join("4")).unwrap();
        let found = find(std::slice::from_ref(&plans)).unwrap();
        assert_eq!(found.files, ["1.pdf", "2/b.docx", "3.pdf"].map(|file| plans.join(file)));
        let [skipped] = &found.skipped[..] else { panic!("{found:?}") };
        assert!(skipped.path.ends_with("plans/4") && skipped.why.contains("link"), "{skipped:?}");
    }
}
