//! `goldthread history`: a store in, how ratings moved out.

use super::{done, print, print_with, write_whole_with};
use crate::cli::HistoryArgs;
use anyhow::{Context, Result, bail};
use goldthread::config::Config;
use goldthread::history::History;
use goldthread::store::Store;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Shows how the ratings in a store moved from run to run.
pub fn run(args: &HistoryArgs) -> Result<ExitCode> {
    let store = Store::open_existing(&path(args)?)?;
    let history = History::of(&store)?;
    for output in &args.outputs {
        let extension = output.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        match extension.as_str() {
            "html" => write_whole_with(output, &mut |out| Ok(history.html(out)?))?,
            "csv" => write_whole_with(output, &mut |out| Ok(history.csv(&store, out)?))?,
            _ => bail!("-o {}: a history is written as .html or .csv", output.display()),
        }
    }
    if args.csv {
        print_with(&mut |out| Ok(history.csv(&store, out)?))?;
    } else if args.outputs.is_empty() {
        print(history.text(super::check::medium().width).as_bytes())?;
    }
    Ok(done())
}

/// The store that is named, or that of the folder's `goldthread.toml`.
fn path(args: &HistoryArgs) -> Result<PathBuf> {
    if let Some(path) = &args.store {
        return Ok(path.clone());
    }
    let config = Config::near(Path::new("."))?;
    config.store.context("--store FILE: say which file of results to show (no goldthread.toml here names one)")
}
