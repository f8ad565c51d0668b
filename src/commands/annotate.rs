//! `goldthread check -o NAME.annotated.docx` (or `.pdf`): an officer's own document back with notes.

use super::write_whole;
use anyhow::{Context, Result, bail};
use goldthread::annotate;
use goldthread::document::Format;
use goldthread::input::{ReadOptions, load};
use goldthread::report::{DocumentReport, Source};
use goldthread::sandbox::Readers;
use std::path::{Path, PathBuf};

/// How the names of copies end, and the kinds of file that they are.
const ENDINGS: [(&str, Format); 2] = [(".annotated.docx", Format::Docx), (".annotated.pdf", Format::Pdf)];

/// Whether an output is a copy with notes.
pub fn is_copy(path: &Path) -> bool {
    kind(path).is_some()
}

fn kind(path: &Path) -> Option<Format> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, kind)| *kind)
}

/// The copies that are asked for; what cannot be done is told before any work.
pub fn copies<'o>(outputs: &'o [PathBuf], files: &[PathBuf]) -> Result<Vec<&'o Path>> {
    let copies: Vec<&Path> = outputs.iter().map(PathBuf::as_path).filter(|path| is_copy(path)).collect();
    for copy in &copies {
        let shown = copy.display();
        let [file] = files else {
            bail!("-o {shown}: a copy with notes is made of one Word document or PDF; give that file alone");
        };
        if std::fs::canonicalize(copy).is_ok_and(|c| std::fs::canonicalize(file).is_ok_and(|f| f == c)) {
            bail!("-o {shown}: that is the document itself; give the copy another name");
        }
    }
    Ok(copies)
}

/// Writes a copy of the one document with notes on what the report says of it.
pub fn write(readers: &Readers, file: &Path, copy: &Path, source: &dyn Source, options: &ReadOptions) -> Result<()> {
    let name = || format!("-o {}", copy.display());
    let mut report: Option<DocumentReport> = None;
    source.each(&mut |document| {
        report = Some(document.clone());
        Ok(())
    })?;
    let bytes = load(file, options).with_context(|| file.display().to_string())?;
    let document = readers.read(&bytes, options).with_context(|| file.display().to_string())?;
    let fits = kind(copy) == Some(document.format);
    if !fits && let Some((ending, _)) = ENDINGS.iter().find(|(_, kind)| *kind == document.format) {
        bail!("{}: {} is of another kind; give the copy a name that ends with {ending}", name(), file.display());
    }
    let report = report.with_context(name)?;
    let notes = annotate::notes(&document, source.head(), &report).with_context(name)?;
    let with_notes = readers.copy(&bytes, &notes, options).with_context(name)?;
    write_whole(copy, &with_notes)
}
