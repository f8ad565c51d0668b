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
    let config = Config::near(Path::new("."))?;
    let store = Store::open_existing(&path(args, &config)?)?;
    let history = History::of(&store, |path| config.label(path))?;
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
fn path(args: &HistoryArgs, config: &Config) -> Result<PathBuf> {
    let named = args.store.as_ref().or(config.store.as_ref()).cloned();
    named.context("--store FILE: say which file of results to show (no goldthread.toml here names one)")
}
