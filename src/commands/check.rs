//! `goldthread check`: documents in, reports and the gate's answer out.

mod asked;
mod gate;
mod interrupt;
mod progress;
mod tell;

use super::{annotate, config, print_with, say, write_whole_with};
use crate::cli::CheckArgs;
use anyhow::{Result, ensure};
use asked::Asked;
use gate::Verdicts;
use goldthread::assess::Status;
use goldthread::batch::{Batch, Memory, Spool};
use goldthread::report::{self, DocumentReport, Medium, PortfolioBuilder, Report, Reporter, Source};
use goldthread::store::{Basis, Run};
use interrupt::{INTERRUPTED, UntilStopped};
use progress::Progress;
use std::process::ExitCode;

/// Checks everything that the arguments name.
pub fn run(args: &CheckArgs) -> Result<ExitCode> {
    let config = config(&args.config, args.paths.first())?;
    let asked = Asked::settle(args, &config)?;
    if !args.forms.quiet {
        tell::other_files(args);
        tell::idle(&config, &args.paths, &asked.files);
    }
    let kept = asked.store.as_ref().map(|store| {
        let basis = Basis::new(&asked.head, &asked.read);
        store.begin(&asked.head, basis, asked.files.len())
    });
    let kept = kept.transpose()?;
    let Some(mut spool) = work(&asked, kept.as_ref())? else { return Ok(ExitCode::from(INTERRUPTED)) };
    let verdicts = look_over(&mut spool, &asked, Verdicts::new(args.fail_under, &config))?;
    hand_out(&asked, &spool)?;
    if !args.forms.quiet {
        tell::below(verdicts.below());
    }
    Ok(verdicts.code())
}

/// Reads and judges every document; nothing after Ctrl-C.
fn work<'m>(asked: &'m Asked<'_>, kept: Option<&'m Run<'m>>) -> Result<Option<Spool<'m>>> {
    let (head, files, quiet) = (&asked.head, &asked.files, asked.args.forms.quiet);
    let progress = Progress::new(quiet, files.len());
    let batch = Batch {
        rules: &asked.rules,
        read: &asked.read,
        named: &asked.args.paths,
        memory: kept.map(|run| run as &dyn Memory),
        stop: interrupt::watch()?,
        on_event: &|event| progress.tell(event),
    };
    // Whatever changes results after they were found is done here, each time they are had back.
    let (config, review) = (asked.config.clone(), asked.review.clone());
    let finish = move |document: &mut DocumentReport| {
        config.apply(document);
        if let Some(review) = &review {
            review.apply(document);
        }
    };
    let outcome = batch.run(files, head.clone(), Box::new(finish))?;
    progress.end();
    if !outcome.whole {
        tell::stopped(outcome.spool.len(), files.len(), kept.is_some());
        return Ok(None);
    }
    if let Some(run) = kept {
        run.finish()?;
        if run.unchanged() > 0 && !quiet {
            say(&format!("{} of {} documents unchanged and not read again", run.unchanged(), files.len()));
        }
    }
    ensure!(
        outcome.spool.len() > 0,
        "there are only reports here that goldthread wrote: give the documents that they are about"
    );
    Ok(Some(outcome.spool))
}

/// Writes every report, prints one, and says what none of them does.
fn hand_out(asked: &Asked<'_>, spool: &Spool<'_>) -> Result<()> {
    for (path, reporter) in &asked.outputs {
        write_whole_with(path, &mut |out| Ok(reporter.write(spool, &medium(), &mut UntilStopped(out))?))?;
    }
    for (copy, file) in asked.copies.iter().zip(asked.files.iter().cycle()) {
        annotate::write(asked.rules.readers(), file, copy, spool, &asked.read)?;
    }
    if let Some(reporter) = asked.screen {
        print_with(&mut |out| Ok(reporter.write(spool, &medium(), out)?))?;
    }
    if asked.args.forms.quiet {
        return Ok(());
    }
    if asked.screen.is_none_or(Reporter::is_file) {
        tell::not_judged(spool.head().portfolio.as_ref());
    }
    tell::what_counts(asked.args, spool)
}

/// What all documents come to, for the head of the reports and the exit code.
fn look_over<'c>(spool: &mut Spool<'_>, asked: &Asked<'_>, mut verdicts: Verdicts<'c>) -> Result<Verdicts<'c>> {
    let mut portfolio = PortfolioBuilder::new(spool.head(), spool.len());
    let mut look = |document: &DocumentReport| {
        verdicts.add(document);
        portfolio.add(document)
    };
    // An officer's judgements hang on the passages shown.
    if asked.review.is_some() {
        spool.each(&mut look)?
    } else {
        spool.each_in_brief(&mut look)?
    }
    if spool.len() > 1 {
        spool.head_mut().portfolio = Some(portfolio.finish()?);
    }
    Ok(verdicts)
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
