//! What is said on standard error beside the reports.

use crate::cli::CheckArgs;
use crate::commands::say;
use anyhow::Result;
use goldthread::batch::{Spool, show};
use goldthread::config::Config;
use goldthread::report::{Portfolio, Source, words};
use std::path::PathBuf;

/// Documents that are named one by one outside of a report.
const NAMED: usize = 20;

/// Says what is done after Ctrl-C, and how to go on.
pub fn stopped(done: usize, all: usize, kept: bool) {
    let next = if kept {
        "What is done is kept: run the same command again and it goes on from there."
    } else {
        "Run the same command again to begin anew; with --store FILE, what is done is kept."
    };
    say(&format!(
        "Stopped: {done} of {all} documents are done. No report was written; reports that were there are as they \
         were.\n{next}"
    ));
}

/// Says which folders have a file of their own that does not count: the first path's does.
pub fn other_files(args: &CheckArgs) {
    let [first, others @ ..] = args.paths.as_slice() else { return };
    if args.config.config.is_some() || args.config.no_config {
        return;
    }
    let used = Config::file_near(first);
    let mut idle: Vec<PathBuf> = others.iter().filter_map(|path| Config::file_near(path)).collect();
    idle.retain(|file| Some(file) != used.as_ref());
    idle.dedup();
    for file in idle {
        let first = words::clean(&show(first));
        say(&format!(
            "{}: not used, as {first} comes first; check its folder by itself, or name one file with --config",
            words::clean(&show(&file))
        ));
    }
}

/// Says what the folder's file says of plans that are not there.
pub fn idle(config: &Config, paths: &[PathBuf], files: &[PathBuf]) {
    let idle = config.idle(paths, files);
    if let (Some(path), [_, ..]) = (config.path(), idle.as_slice()) {
        let all: Vec<String> = idle.iter().map(|pattern| format!("`{}`", words::clean(pattern))).collect();
        say(&format!("{path}: no document here fits {}: check the spelling", all.join(", ")));
    }
}

/// Says which documents could not be judged where no report on the screen does.
pub fn not_judged(portfolio: Option<&Portfolio>) {
    let Some(portfolio) = portfolio else { return };
    let all = portfolio.not_judged().count();
    for (_, plan) in portfolio.not_judged().take(NAMED) {
        say(&format!("not judged: {}: {}", plan.path, plan.trouble.as_deref().unwrap_or_default()));
    }
    if all > NAMED {
        say(&format!("not judged: {} more; the report lists them", all - NAMED));
    }
}

/// Says which documents are below the gate, and by what.
pub fn below(lines: &[String]) {
    lines.iter().take(NAMED).for_each(|line| say(&words::clean(line)));
    if lines.len() > NAMED {
        say(&format!("below the gate: {} more", lines.len() - NAMED));
    }
}

/// With a review: whether anything is judged in it, and whose word the gate counts.
pub fn what_counts(args: &CheckArgs, spool: &Spool<'_>) -> Result<()> {
    let Some(given) = &args.review else { return Ok(()) };
    let Some(file) = &spool.head().review else {
        say(&format!("{}: nothing is judged in it yet.", words::clean(&show(given))));
        return Ok(());
    };
    if args.fail_under.is_none() {
        return Ok(());
    }
    let mut stand = 0;
    spool.each(&mut |document| {
        stand += document.review.iter().flat_map(|r| &r.points).filter(|p| p.stands).count();
        Ok(())
    })?;
    let stand = words::count(stand, "judgement", "judgements");
    say(&format!(
        "--fail-under counts the officer's word where it is given ({stand} in {}), the program's elsewhere.",
        words::clean(&file.path)
    ));
    Ok(())
}
