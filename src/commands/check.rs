//! `goldthread check`: documents in, reports and the gate's answer out.

mod gate;
mod interrupt;
mod progress;

use super::{annotate, print_with, read_options, rules, say, write_whole_with};
use crate::cli::{CheckArgs, PackArgs};
use anyhow::{Context, Result, bail};
use gate::Verdicts;
use goldthread::assess::Status;
use goldthread::batch::{Batch, Found, Memory, Spool, find, show};
use goldthread::config::Config;
use goldthread::report::{self, DocumentReport, Medium, Portfolio, PortfolioBuilder, Report, Reporter, Source, words};
use goldthread::store::{Basis, Store};
use interrupt::{INTERRUPTED, UntilStopped};
use progress::Progress;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Documents that could not be judged and are named one by one outside of a report.
const NAMED: usize = 20;

/// Checks everything that the arguments name.
pub fn run(args: &CheckArgs) -> Result<ExitCode> {
    let config = config(args)?;
    let wanted = if args.outputs.is_empty() { &config.outputs } else { &args.outputs };
    let outputs = outputs(wanted)?;
    let screen = screen(args)?;
    start_threads(args)?;
    let rules = rules(&packs(args, &config), &args.read)?;
    let Found { files, skipped } = find(&args.paths)?;
    let copies = annotate::copies(wanted, &files)?;
    let mut head = rules.head(skipped);
    config.check(&head.packs)?;
    let review = args.review.as_ref().map(|file| {
        let paths: Vec<String> = files.iter().map(|f| show(f)).collect();
        super::review::bound(file, &paths)
    });
    let review = review.transpose()?;
    head.review = review.as_ref().and_then(|r| r.said());
    let read = read_options(&args.read);
    let store = args.store.as_ref().or(config.store.as_ref()).map(|path| Store::open(path)).transpose()?;
    let kept = store.as_ref().map(|s| s.begin(&head, Basis::new(&head, &read), files.len())).transpose()?;
    let progress = Progress::new(args.quiet, files.len());
    let batch = Batch {
        rules: &rules,
        read: &read,
        memory: kept.as_ref().map(|run| run as &dyn Memory),
        stop: interrupt::watch()?,
        on_event: &|event| progress.tell(event),
    };
    let own = config.clone();
    let finish = move |document: &mut DocumentReport| {
        own.apply(document);
        if let Some(review) = &review {
            review.apply(document);
        }
    };
    // Whatever changes results after they were found is done here, each time they are had back.
    let mut outcome = batch.run(&files, head, Box::new(finish))?;
    progress.end();
    if !outcome.whole {
        stopped(outcome.spool.len(), files.len(), store.is_some());
        return Ok(ExitCode::from(INTERRUPTED));
    }
    if let Some(run) = &kept {
        run.finish()?;
        if run.unchanged() > 0 && !args.quiet {
            say(&format!("{} of {} documents unchanged and not read again", run.unchanged(), files.len()));
        }
    }
    let verdicts = look_over(&mut outcome.spool, Verdicts::new(args.fail_under, &config))?;
    for (path, reporter) in outputs {
        write_whole_with(&path, &mut |out| Ok(reporter.write(&outcome.spool, &medium(), &mut UntilStopped(out))?))?;
    }
    for (copy, file) in copies.into_iter().zip(files.iter().cycle()) {
        annotate::write(rules.readers(), file, copy, &outcome.spool, &read)?;
    }
    if let Some(reporter) = screen {
        print_with(&mut |out| Ok(reporter.write(&outcome.spool, &medium(), out)?))?;
    }
    if screen.is_none_or(Reporter::is_file) && !args.quiet {
        name_not_judged(outcome.spool.head().portfolio.as_ref());
    }
    if !args.quiet {
        say_what_counts(args, &outcome.spool)?;
    }
    Ok(verdicts.code())
}

/// As many threads as asked for; before anything uses them.
fn start_threads(args: &CheckArgs) -> Result<()> {
    let Some(jobs) = args.jobs else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs));
    pool.build_global().context("--jobs: the threads could not be started")
}

/// What all documents come to, for the head of the reports and the exit code.
fn look_over<'c>(spool: &mut Spool, mut verdicts: Verdicts<'c>) -> Result<Verdicts<'c>> {
    let mut portfolio = PortfolioBuilder::new(spool.head());
    spool.each(&mut |document| {
        verdicts.add(document);
        portfolio.add(document)
    })?;
    if spool.len() > 1 {
        spool.head_mut().portfolio = Some(portfolio.finish()?);
    }
    Ok(verdicts)
}

/// Says what is done after Ctrl-C, and how to go on.
fn stopped(done: usize, all: usize, kept: bool) {
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

/// What the folder's file says; nothing where there is none or it is not wanted.
fn config(args: &CheckArgs) -> Result<Config> {
    Ok(match (&args.config, args.no_config, args.paths.first()) {
        (Some(path), ..) => Config::read(path)?,
        (None, false, Some(first)) => Config::near(first)?,
        _ => Config::default(),
    })
}

/// The packs that the command line names, else those of the folder's file.
fn packs(args: &CheckArgs, config: &Config) -> PackArgs {
    let mut packs = args.packs.clone();
    if packs.rules.is_none() {
        packs.rules.clone_from(&config.rules);
        packs.only_own |= config.only_own && config.rules.is_some();
    }
    if packs.packs.is_empty() {
        packs.packs.clone_from(&config.packs);
    }
    packs
}

/// Says which documents could not be judged where no report on the screen does.
fn name_not_judged(portfolio: Option<&Portfolio>) {
    let Some(portfolio) = portfolio else { return };
    let all = portfolio.not_judged().count();
    for (_, plan) in portfolio.not_judged().take(NAMED) {
        say(&format!("not judged: {}: {}", plan.path, plan.trouble.as_deref().unwrap_or_default()));
    }
    if all > NAMED {
        say(&format!("not judged: {} more; the report lists them", all - NAMED));
    }
}

/// Every `-o` with its form; a form that is not known or a folder that is not there is told before
/// any work is done.
fn outputs(paths: &[PathBuf]) -> Result<Vec<(PathBuf, &'static dyn Reporter)>> {
    let mut out = Vec::new();
    for path in paths.iter().filter(|path| !annotate::is_copy(path)) {
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        let reporter = report::file_reporter(&extension).with_context(|| format!("-o {}", path.display()))?;
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        if !folder.is_dir() {
            bail!("-o {}: there is no folder {}; make it first", path.display(), folder.display());
        }
        if path.is_dir() {
            bail!("-o {}: that is a folder; give the name of a file in it", path.display());
        }
        out.push((path.clone(), reporter));
    }
    Ok(out)
}

/// What goes to standard output.
fn screen(args: &CheckArgs) -> Result<Option<&'static dyn Reporter>> {
    Ok(match &args.format {
        Some(form) => Some(report::reporter(form).context("--format")?),
        None if args.quiet => None,
        None => Some(report::reporter("terminal")?),
    })
}

/// The terminal report as bytes.
pub fn summary(report: &Report) -> Result<Vec<u8>> {
    Ok(report::reporter("terminal")?.bytes(report, &medium())?)
}

/// The terminal's width, or one that suits files and pipes.
pub fn medium() -> Medium {
    terminal_size::terminal_size().map_or_else(Medium::default, |(w, _)| Medium { width: usize::from(w.0).max(60) })
}

/// What was checked, in one sentence.
pub fn headline(report: &Report) -> String {
    let count = |status: Status| report.documents.iter().filter(|d| d.status == status).count();
    let (assessed, not, unreadable) = (count(Status::Assessed), count(Status::NotAssessed), count(Status::Unreadable));
    format!("{} documents: {assessed} assessed, {not} not assessed, {unreadable} unreadable.", report.documents.len())
}

/// With a review: whether anything is judged in it, and whose word the gate counts.
fn say_what_counts(args: &CheckArgs, spool: &Spool) -> Result<()> {
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
