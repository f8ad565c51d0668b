//! `goldthread review`: a report in, a file of open points for an officer out.

use super::compare::read_report;
use super::{check_folder, done, is_one, print, write_whole};
use crate::cli::ReviewArgs;
use anyhow::{Context, Result, ensure};
use goldthread::review::{self, Bound, ReviewFile, What};
use std::path::Path;
use std::process::ExitCode;

/// Writes the open points of a report, with what was judged before.
pub fn run(args: &ReviewArgs) -> Result<ExitCode> {
    if let Some(path) = &args.output {
        check_folder(path)?;
        ensure!(!is_one(path, &[&args.report]), "-o {}: that is the report; give another name", path.display());
    }
    let report = read_report(&args.report)?;
    let before = match &args.output {
        Some(path) if path.exists() && !args.force => read_review(path).with_context(|| {
            format!("{}: it is left as it is; put it right, or overwrite it with --force", path.display())
        })?,
        _ => ReviewFile::default(),
    };
    let text = review::write(&report, What { evidence: args.evidence }, &before);
    match &args.output {
        Some(path) => write_whole(path, text.as_bytes())?,
        None => print(text.as_bytes())?,
    }
    Ok(done())
}

/// A review file that an officer filled in.
pub fn read_review(path: &Path) -> Result<ReviewFile> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(|| format!("{name}: the review cannot be read"))?;
    Ok(review::read(&name, &text)?)
}

/// A review bound to the documents of a run.
pub fn bound(path: &Path, documents: &[String]) -> Result<Bound> {
    Ok(Bound::new(&goldthread::batch::show(path), read_review(path)?, documents))
}
