//! `goldthread compare`: two drafts, folders or reports in, what changed out.

use super::check::medium;
use super::{BELOW_GATE, asked_packs, config, done, is_one, outputs, print, read_file, read_options, write_whole};
use crate::cli::CompareArgs;
use anyhow::{Context, Result, bail, ensure};
use goldthread::batch::{Batch, Found, Rules, find, show};
use goldthread::compare::forms::Form;
use goldthread::compare::{Comparison, Side, Text, compare};
use goldthread::config::Config;
use goldthread::report::{self, DocumentReport, Report, Source};
use goldthread::segment::segment;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

/// Compares what the two arguments name.
pub fn run(args: &CompareArgs) -> Result<ExitCode> {
    let outputs = outputs(args.forms.outputs.iter(), |extension| Form::find(extension, Form::is_file))?;
    let screen = args.forms.screen().map(|form| Form::find(form, |_| true)).transpose().context("--format")?;
    for (path, _) in &outputs {
        ensure!(
            !is_one(path, &[&args.old, &args.new]),
            "-o {}: that is what is compared; give another name",
            path.display()
        );
    }
    let comparison = comparison(args)?;
    for (path, form) in outputs {
        write_whole(&path, &form.bytes(&comparison, &medium())?)?;
    }
    if let Some(form) = screen {
        print(&form.bytes(&comparison, &medium())?)?;
    }
    Ok(if args.fail_if_weaker && comparison.weaker() { ExitCode::from(BELOW_GATE) } else { done() })
}

fn comparison(args: &CompareArgs) -> Result<Comparison> {
    let config = config(&args.config, Some(&args.new))?;
    let mut rules = None;
    let mut side = |path: &Path| match is_report(path) {
        true => Ok(Given { report: read_report(path)?, files: false }),
        false => {
            if rules.is_none() {
                let readers = super::readers(&args.read)?.ready();
                rules = Some(super::rules(&asked_packs(&args.packs, &config), config.thresholds, readers)?);
            }
            judged(rules.as_ref().context("the rules are loaded")?, &config, path, args)
        }
    };
    let (old, new) = (side(&args.old)?, side(&args.new)?);
    let (old_name, new_name) = (show(&args.old), show(&args.new));
    let reread = |given: &Given| {
        let files = given.files;
        move |document: &DocumentReport| if files { passages(document, args) } else { None }
    };
    let (old_text, new_text) = (reread(&old), reread(&new));
    Ok(compare(
        &Side { given: &old_name, report: &old.report, reread: &old_text },
        &Side { given: &new_name, report: &new.report, reread: &new_text },
    ))
}

/// What one argument came to.
struct Given {
    report: Report,
    /// Its documents were read just now.
    files: bool,
}

fn is_report(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"))
}

/// A report that was written earlier with `-o FILE.json`.
pub fn read_report(path: &Path) -> Result<Report> {
    let name = || path.display().to_string();
    let remedy = || format!("{}: this is no report of goldthread; make one with `check DOCUMENT -o FILE.json`", name());
    let bytes = std::fs::read(path).with_context(|| format!("{}: the file cannot be opened", name()))?;
    let value: serde_json::Value = serde_json::from_slice(&bytes).with_context(remedy)?;
    let schema = value.get("schema").and_then(serde_json::Value::as_str).unwrap_or_default();
    if !schema.starts_with("goldthread/report/") {
        bail!(remedy());
    }
    if schema != report::SCHEMA {
        bail!("{}: it has the form {schema}, this program reads {}; make it anew with `check`", name(), report::SCHEMA);
    }
    serde_json::from_value(value).with_context(remedy)
}

fn judged(rules: &Rules, config: &Config, path: &Path, args: &CompareArgs) -> Result<Given> {
    let given = [path.to_owned()];
    let Found { files, skipped } = find(&given)?;
    let (read, stop) = (read_options(&args.read), AtomicBool::new(false));
    let batch = Batch { rules, read: &read, named: &given, memory: None, stop: &stop, on_event: &|_| {} };
    let config = config.clone();
    let finish = move |document: &mut DocumentReport| config.apply(document);
    let outcome = batch.run(&files, rules.head(skipped), Box::new(finish))?;
    Ok(Given { report: outcome.spool.gather()?, files: true })
}

/// The passages of a document that was judged a moment ago.
fn passages(document: &DocumentReport, args: &CompareArgs) -> Option<Vec<Text>> {
    let read = read_file(Path::new(&document.path), &args.read).ok()?;
    let s = segment(&read);
    let text = |p: &goldthread::segment::Passage| {
        let label = p.page.and_then(|n| read.pages.get(n as usize - 1)).and_then(|page| page.label.clone());
        let headings = s.headings_of(p).into_iter().map(str::to_owned).collect();
        Text::new(s.text_of(p), p.page, label, headings)
    };
    Some(s.passages.iter().map(text).collect())
}
