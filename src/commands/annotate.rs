//! `goldthread check -o NAME.annotated.docx`: an officer's own document back with comments.

use super::write_whole;
use anyhow::{Context, Result, bail};
use goldthread::annotate;
use goldthread::batch::{Engine, show};
use goldthread::input::{ReadOptions, load};
use std::path::{Path, PathBuf};

/// How the names of copies end.
const DOCX: &str = ".annotated.docx";
const PDF: &str = ".annotated.pdf";

/// Whether an output is a copy with comments.
pub fn is_copy(path: &Path) -> bool {
    ends(path, DOCX) || ends(path, PDF)
}

fn ends(path: &Path, ending: &str) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().to_lowercase().ends_with(ending))
}

/// The copies that are asked for; what cannot be done is told before any work.
pub fn copies<'o>(outputs: &'o [PathBuf], files: &[PathBuf]) -> Result<Vec<&'o Path>> {
    let copies: Vec<&Path> = outputs.iter().map(PathBuf::as_path).filter(|path| is_copy(path)).collect();
    for copy in &copies {
        let shown = copy.display();
        if ends(copy, PDF) {
            bail!("-o {shown}: a PDF is not given back with notes; use -o report.docx or -o report.html beside it");
        }
        let [file] = files else {
            bail!("-o {shown}: a copy with comments is made of one Word document; give that file alone");
        };
        if std::fs::canonicalize(copy).is_ok_and(|c| std::fs::canonicalize(file).is_ok_and(|f| f == c)) {
            bail!("-o {shown}: that is the document itself; give the copy another name");
        }
    }
    Ok(copies)
}

/// Writes a copy of the one document with comments.
pub fn write(engine: &Engine, files: &[PathBuf], copy: &Path, options: &ReadOptions) -> Result<()> {
    let name = || format!("-o {}", copy.display());
    for file in files {
        let bytes = load(file, options).with_context(|| file.display().to_string())?;
        let document = engine.read(&bytes, options).with_context(|| file.display().to_string())?;
        let report = engine.judge_document(show(file), None, &document);
        let head = engine.head(Vec::new());
        let with_comments = annotate::docx(&bytes, &document, &head, &report, options).with_context(name)?;
        write_whole(copy, &with_comments)?;
    }
    Ok(())
}
