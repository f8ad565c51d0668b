//! What is said on standard error beside the reports.

use crate::cli::CheckArgs;
use crate::commands::say;
use anyhow::Result;
use goldthread::batch::{Spool, show};
use goldthread::report::{Portfolio, Source, words};

/// Documents that could not be judged and are named one by one outside of a report.
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
