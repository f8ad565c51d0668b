//! `goldthread check`: documents in, reports and the gate's answer out.

use super::{BELOW_GATE, annotate, done, engine, print, read_options, readers, write_whole};
use crate::cli::{CheckArgs, Gate};
use anyhow::{Context, Result, bail};
use goldthread::assess::{Rating, Status};
use goldthread::batch::{Event, Found, check, find, show};
use goldthread::report::{self, Medium, Report, Reporter, words};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Checks everything that the arguments name.
pub fn run(args: &CheckArgs) -> Result<ExitCode> {
    let outputs = outputs(args)?;
    let screen = screen(args)?;
    if let Some(jobs) = args.jobs {
        // Before anything uses the threads.
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(jobs))
            .build_global()
            .context("--jobs: the threads could not be started")?;
    }
    let readers = readers(&args.read)?;
    let engine = engine(&args.packs)?.reading_with(readers);
    let Found { files, skipped } = find(&args.paths)?;
    let copies = annotate::copies(&args.outputs, &files)?;
    let paths: Vec<String> = files.iter().map(|f| show(f)).collect();
    let review = args.review.as_ref().map(|file| super::review::bound(file, &paths)).transpose()?;
    let bar = progress(args.quiet, files.len());
    let documents = check(&engine, &files, &read_options(&args.read), &|event| {
        let Event::Done(document) = event;
        bar.set_message(document.path.clone());
        bar.inc(1);
    });
    bar.finish_and_clear();
    let mut report = engine.report(documents, skipped);
    if let Some(review) = &review {
        report.documents.iter_mut().for_each(|document| review.apply(document));
        report.head.review = review.said();
    }
    for (path, reporter) in outputs {
        write_whole(&path, &reporter.bytes(&report, &medium())?)?;
    }
    for copy in copies {
        annotate::write(&engine, &files, copy, &read_options(&args.read))?;
    }
    if let Some(reporter) = screen {
        print(&reporter.bytes(&report, &medium())?)?;
    }
    if !args.quiet {
        say_what_counts(args, &report);
    }
    Ok(gate(&report, args.fail_under))
}

/// Every `-o` with its form; a form that is not known or a folder that is not there is told before
/// any work is done.
fn outputs(args: &CheckArgs) -> Result<Vec<(PathBuf, &'static dyn Reporter)>> {
    let mut out = Vec::new();
    for path in args.outputs.iter().filter(|path| !annotate::is_copy(path)) {
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

fn progress(quiet: bool, files: usize) -> ProgressBar {
    if quiet || files < 2 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(u64::try_from(files).ok(), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {per_sec} {eta} left  {wide_msg}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// With a review: whether anything is judged in it, and whose word the gate counts.
fn say_what_counts(args: &CheckArgs, report: &Report) {
    let Some(given) = &args.review else { return };
    let Some(file) = &report.head.review else {
        let _ = writeln!(anstream::stderr(), "{}: nothing is judged in it yet.", words::clean(&show(given)));
        return;
    };
    if args.fail_under.is_none() {
        return;
    }
    let points = report.documents.iter().filter_map(|d| d.review.as_ref()).flat_map(|r| &r.points);
    let stand = words::count(points.filter(|p| p.stands).count(), "judgement", "judgements");
    let _ = writeln!(
        anstream::stderr(),
        "--fail-under counts the officer's word where it is given ({stand} in {}), the program's elsewhere.",
        words::clean(&file.path)
    );
}

/// The exit code: a document that could not be judged is below every gate.
fn gate(report: &Report, gate: Option<Gate>) -> ExitCode {
    let Some(gate) = gate else { return done() };
    let lowest = match gate {
        Gate::Partial => Rating::Partial,
        Gate::Evident => Rating::Evident,
        Gate::Embedded => Rating::Embedded,
    };
    let below = report
        .documents
        .iter()
        .any(|d| d.status != Status::Assessed || d.criteria.iter().any(|c| c.required && d.settled(c) < lowest));
    if below { ExitCode::from(BELOW_GATE) } else { done() }
}
