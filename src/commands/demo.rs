//! `goldthread demo`: the whole line on the embedded example documents.

use super::check::{headline, summary};
use super::{done, engine, print, write_whole};
use crate::cli::DemoArgs;
use anyhow::Result;
use goldthread::input::ReadOptions;
use goldthread::{corpus, report};
use rayon::prelude::*;
use std::process::ExitCode;

/// Checks the example documents, prints the summary and writes the web report.
pub fn run(args: &DemoArgs) -> Result<ExitCode> {
    let engine = engine(&args.packs)?;
    let options = ReadOptions::default();
    let documents: Vec<_> = corpus::documents()
        .into_par_iter()
        .map(|example| engine.check_bytes(example.name.to_owned(), example.bytes, &options))
        .collect();
    let report = engine.report(documents, Vec::new())?;
    print(&summary(&report)?)?;
    write_whole(&args.output, &report::reporter("html")?.bytes(&report, &report::Medium::default())?)?;
    let line = format!("\n{}\nWeb report: {}\n", headline(&report), args.output.display());
    print(line.as_bytes())?;
    Ok(done())
}
