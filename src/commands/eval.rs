//! `goldthread eval`: agreement with labelled passages, and calibration.

use super::{done, engine, print, say, write_whole, write_whole_with};
use crate::cli::{By, EvalArgs};
use anyhow::{Context, Result, bail};
use goldthread::assess::verdict::Finding;
use goldthread::assess::{Judge, Scorecard};
use goldthread::batch::Engine;
use goldthread::eval::{self, Call, Measures, OnDocument, Read, Readers, Settings, calibrate, fold};
use goldthread::learned::Learned;
use goldthread::pack::{Calibration, CountedVerdicts, MeasuredAccuracy};
use goldthread::report::words::clean;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

/// Measures or calibrates.
pub fn run(args: &EvalArgs) -> Result<ExitCode> {
    let engine = engine(&args.packs)?;
    let read = eval::read(&engine.judge(), eval::load(&args.gold)?);
    check_facets(args, &engine, &read)?;
    if let Some(folder) = &args.calibrate {
        return fit_and_write(args, &engine, &read, folder);
    }
    if let Some(folder) = &args.measure {
        return measure_and_write(&engine, &read, folder);
    }
    let other = match args.fit_on.as_slice() {
        [] => Vec::new(),
        files => eval::read(&engine.judge(), eval::load(files)?),
    };
    let fit = match args.folds {
        Some(folds) => Fit::Folds(usize::from(folds)),
        None if other.is_empty() => Fit::Packs,
        None => Fit::On,
    };
    if args.readers {
        return compare_readers(args, &engine, &read, &other);
    }
    let judged = judge(fit, &engine, &read, &other);
    if let Some(file) = &args.dump {
        dump(args, &engine, &judged, file)?;
    }
    let mut out = String::new();
    for (name, part) in parts(args, &judged) {
        let measures = measures(&args.facet, &engine, &part);
        if args.json {
            let line = serde_json::json!({ "of": name, "measures": measures });
            let _ = writeln!(out, "{}", serde_json::to_string(&line)?);
        } else {
            let _ = writeln!(out, "{name}\n{}", eval::render(&measures));
        }
        if args.errors {
            for one in &part {
                out.push_str(&eval::errors(&engine.judge(), &one.card, one.read, &one.calls, &|id| {
                    wanted(&args.facet, id)
                }));
            }
        }
    }
    print(out.as_bytes())?;
    Ok(done())
}

/// Writes what is said of each document on each wanted facet.
fn dump(args: &EvalArgs, engine: &Engine, judged: &[Judged<'_>], file: &Path) -> Result<()> {
    let judge = engine.judge();
    let facets = || (0..engine.matcher.facets().len()).filter(|f| wanted(&args.facet, &engine.matcher.facet(*f).id));
    write_whole_with(file, &mut |out| {
        for one in judged {
            let found = |f: usize| Some((f, one.found[f].as_ref()?));
            for (facet, found) in facets().filter_map(found) {
                let said = eval::said(&judge, one.read, &one.calls, facet, found);
                serde_json::to_writer(&mut *out, &said)?;
                out.write_all(b"\n")?;
            }
        }
        Ok(())
    })
}

/// A document with the points that it is judged by and what they say.
struct Judged<'a> {
    read: &'a Read,
    card: Scorecard,
    calls: Vec<Call>,
    found: Vec<Option<Finding>>,
}

impl<'a> Judged<'a> {
    fn new(engine: &Engine, card: &Scorecard, read: &'a Read) -> Self {
        let judge = engine.judge();
        let calls = eval::call(&judge, card, read);
        let found = eval::findings(&judge, card, read, &calls);
        Self { read, card: card.clone(), calls, found }
    }
}

/// Where the points come from.
#[derive(Clone, Copy)]
enum Fit {
    /// From the packs.
    Packs,
    /// For each of so many parts from the documents of the other parts, and the other files.
    Folds(usize),
    /// From other labelled files.
    On,
}

/// Judges every document.
fn judge<'a>(fit: Fit, engine: &'a Engine, read: &'a [Read], other: &'a [Read]) -> Vec<Judged<'a>> {
    let card = match fit {
        Fit::Folds(folds) if other.is_empty() => return by_folds(engine, folds, read, &[], AS_BOTH),
        Fit::Folds(folds) => return by_folds(engine, folds, other, read, AS_BOTH),
        Fit::Packs => engine.scorecard.clone(),
        Fit::On => AS_BOTH.card(engine, &other.iter().collect::<Vec<_>>(), &[]),
    };
    read.iter().map(|r| Judged::new(engine, &card, r)).collect()
}

/// Who is heard: readers, and whether models are.
#[derive(Clone, Copy)]
struct Heard {
    readers: Readers,
    models: bool,
}

const AS_BOTH: Heard = Heard { readers: Readers::Both, models: true };
const RULES_ALONE: Heard = Heard { readers: Readers::Both, models: false };
const LEARNED_ALONE: Heard = Heard { readers: Readers::Learned, models: true };

impl Heard {
    /// Points fitted to documents.
    fn card(self, engine: &Engine, seen: &[&Read], unseen: &[&Read]) -> Scorecard {
        let none = Learned::default();
        let learned = if self.models { &engine.learned } else { &none };
        let judge = Judge { learned, ..engine.judge() };
        let settings = Settings { readers: self.readers, ..Settings::default() };
        let calibrations = calibrate(&judge, seen, unseen, &settings);
        let card = Scorecard::with(&engine.matcher, learned, &calibrations.iter().map(Some).collect::<Vec<_>>());
        self.readers.asked(card)
    }
}

/// Judges each of so many parts by points fitted to the other parts: the unseen documents where
/// there are any, otherwise all.
fn by_folds<'a>(engine: &Engine, folds: usize, seen: &'a [Read], unseen: &'a [Read], heard: Heard) -> Vec<Judged<'a>> {
    let judged = if unseen.is_empty() { seen } else { unseen };
    let without =
        |part: usize, of: &'a [Read]| -> Vec<&'a Read> { of.iter().filter(|r| fold(r, folds) != part).collect() };
    let cards: Vec<Scorecard> =
        (0..folds).map(|part| heard.card(engine, &without(part, seen), &without(part, unseen))).collect();
    judged.iter().map(|r| Judged::new(engine, &cards[fold(r, folds)], r)).collect()
}

/// Figures of each reader and of both, side by side, on documents left out of the fit.
fn compare_readers(args: &EvalArgs, engine: &Engine, read: &[Read], other: &[Read]) -> Result<ExitCode> {
    if engine.learned.is_empty() {
        bail!("--readers: no pack in use brings a model; train one with `goldthread learn`");
    }
    let folds = args.folds.map_or(FOLDS, usize::from);
    let (seen, unseen) = if other.is_empty() { (read, &[][..]) } else { (other, read) };
    let heard = [("rules", RULES_ALONE), ("learned", LEARNED_ALONE), ("both", AS_BOTH)];
    let all: Vec<_> = heard.iter().map(|(name, h)| (*name, by_folds(engine, folds, seen, unseen, *h))).collect();
    let names: Vec<String> = parts(args, &all[0].1).into_iter().map(|(name, _)| name).collect();
    let mut out = String::new();
    for name in &names {
        let mut columns = Vec::new();
        for (reader, judged) in &all {
            let part = parts(args, judged).into_iter().find(|(n, _)| n == name).map_or(Vec::new(), |(_, part)| part);
            columns.push((*reader, measures(&args.facet, engine, &part)));
        }
        if args.json {
            for (reader, measures) in &columns {
                let line = serde_json::json!({ "of": name, "reader": reader, "measures": measures });
                let _ = writeln!(out, "{}", serde_json::to_string(&line)?);
            }
        } else {
            let _ = writeln!(out, "{name}\n{}", eval::side_by_side(&columns));
        }
    }
    print(out.as_bytes())?;
    Ok(done())
}

/// The documents by what figures are wanted for.
fn parts<'j, 'a>(args: &EvalArgs, judged: &'j [Judged<'a>]) -> Vec<(String, Vec<&'j Judged<'a>>)> {
    let mut out: Vec<(String, Vec<&Judged<'_>>)> = Vec::new();
    for one in judged {
        let gold = &one.read.gold;
        let name = match args.by {
            By::Document => format!("{} {}", gold.file, gold.name),
            By::Facet if args.by_file => gold.file.clone(),
            By::Facet => "all files".to_owned(),
        };
        match out.iter_mut().find(|(n, _)| *n == name) {
            Some((_, part)) => part.push(one),
            None => out.push((name, vec![one])),
        }
    }
    out
}

/// Refuses facets that nothing asks, and tells of labels that nothing asks for.
fn check_facets(args: &EvalArgs, engine: &Engine, read: &[Read]) -> Result<()> {
    let asked: BTreeSet<&str> =
        (0..engine.matcher.facets().len()).map(|facet| engine.matcher.facet(facet).id.as_str()).collect();
    if let Some(none) = args.facet.iter().find(|f| !asked.iter().any(|id| id.starts_with(f.as_str()))) {
        bail!("--facet {none}: no facet begins so; `goldthread rules list` lists all");
    }
    let labelled: BTreeSet<&str> =
        read.iter().flat_map(|r| &r.gold.records).flat_map(|r| r.labels.keys().map(String::as_str)).collect();
    let idle: Vec<String> = labelled.difference(&asked).map(|id| clean(id)).collect();
    if !idle.is_empty() {
        say(&format!("labels that no pack in use asks for are left out: {}", idle.join(", ")));
    }
    Ok(())
}

fn wanted(facets: &[String], facet: &str) -> bool {
    facets.is_empty() || facets.iter().any(|f| facet.starts_with(f.as_str()))
}

/// Measures of the wanted facets; facets that the labels never hold are left out.
fn measures(facets: &[String], engine: &Engine, part: &[&Judged<'_>]) -> Vec<Measures> {
    let documents: Vec<OnDocument<'_>> =
        part.iter().map(|j| OnDocument { read: j.read, calls: &j.calls, found: &j.found }).collect();
    let labelled: BTreeSet<&str> =
        part.iter().flat_map(|j| &j.read.gold.records).flat_map(|r| r.labels.keys().map(String::as_str)).collect();
    (0..engine.matcher.facets().len())
        .filter(|f| {
            let id = engine.matcher.facet(*f).id.as_str();
            wanted(facets, id) && labelled.contains(id)
        })
        .map(|f| Measures::of(&engine.judge(), f, &documents))
        .collect()
}

/// Fits every pack to the labelled files and writes its calibration.
fn fit_and_write(args: &EvalArgs, engine: &Engine, read: &[Read], folder: &Path) -> Result<ExitCode> {
    let unseen = eval::read(&engine.judge(), eval::load(&args.unseen)?);
    let all: Vec<&Read> = read.iter().chain(&unseen).collect();
    let passages: usize = all.iter().map(|r| r.gold.records.len()).sum();
    let files: BTreeSet<&str> = all.iter().map(|r| r.gold.file.as_str()).collect();
    let files = files.into_iter().collect::<Vec<_>>().join(", ");
    let made_from = format!("{files}: {passages} passages of {} documents", all.len());
    let settings = Settings { made_from, ..Settings::default() };
    let seen: Vec<&Read> = read.iter().collect();
    let mut calibrations = calibrate(&engine.judge(), &seen, &unseen.iter().collect::<Vec<_>>(), &settings);
    let judged = if unseen.is_empty() { read } else { &unseen };
    let of = if unseen.is_empty() { "" } else { " Neither rules nor models were made from them." };
    let said = format!("{}.{of} What counts as sure was set on other documents than the one judged", judged_on(judged));
    note(engine, &said, &mut calibrations, |heard| by_folds(engine, FOLDS, read, &unseen, heard));
    write_calibrations(engine, &calibrations, folder, "--calibrate")
}

/// Measures every pack on the labelled files by its points as they are, and notes it in its calibration.
fn measure_and_write(engine: &Engine, read: &[Read], folder: &Path) -> Result<ExitCode> {
    let packs = engine.library.packs.iter();
    let fitted: Vec<Calibration> = packs.map(|pack| pack.calibration.clone().unwrap_or_default()).collect();
    let mut calibrations = fitted.clone();
    let card = |heard: Heard| {
        let none = Learned::default();
        let learned = if heard.models { &engine.learned } else { &none };
        Scorecard::with(&engine.matcher, learned, &fitted.iter().map(Some).collect::<Vec<_>>())
    };
    let said = format!("{}, by points as they stood", judged_on(read));
    note(engine, &said, &mut calibrations, |heard| {
        let card = card(heard);
        read.iter().map(|r| Judged::new(engine, &card, r)).collect()
    });
    write_calibrations(engine, &calibrations, folder, "--measure")
}

/// Writes the calibration of every pack that has one below a folder.
fn write_calibrations(engine: &Engine, all: &[Calibration], folder: &Path, option: &str) -> Result<ExitCode> {
    for (pack, calibration) in engine.library.packs.iter().zip(all) {
        if calibration.facets.is_empty() {
            continue;
        }
        let target = folder.join(&pack.id);
        if !target.join("pack.toml").is_file() {
            bail!("{option} {}: there is no {}/pack.toml in it", folder.display(), pack.id);
        }
        let text = toml::to_string(calibration).context("calibration")?;
        let head = "# Written by `goldthread eval`; do not edit by hand.\n";
        let file = target.join("calibration.toml");
        write_whole(&file, format!("{head}{text}").as_bytes())?;
        print(format!("{}\n", file.display()).as_bytes())?;
    }
    Ok(done())
}

/// Parts that the documents are dealt into to measure what the method note quotes.
const FOLDS: usize = 5;

/// How many documents were judged, in words.
fn judged_on(read: &[Read]) -> String {
    let sampled = read.iter().filter(|d| !d.gold.whole()).count();
    let in_part = if sampled == 0 {
        String::new()
    } else {
        format!(" ({sampled} of them only in part, which count for \u{201c}present\u{201d} alone)")
    };
    format!("{} documents that people had judged before{in_part}", read.len())
}

/// Notes in each calibration how often the verdicts of rules alone and of rules with models were right.
fn note<'a>(
    engine: &Engine,
    measured_on: &str,
    calibrations: &mut [Calibration],
    judged: impl Fn(Heard) -> Vec<Judged<'a>>,
) {
    let measured = |heard: Heard| measures(&[], engine, &judged(heard).iter().collect::<Vec<_>>());
    let rules = measured(RULES_ALONE);
    let both = (!engine.learned.is_empty()).then(|| measured(AS_BOTH));
    for (pack, calibration) in engine.library.packs.iter().zip(calibrations) {
        let accuracy = |measures: &Vec<Measures>| {
            let mut sum = Measures::default();
            measures.iter().filter(|m| m.pack == pack.id).for_each(|m| sum.add(m));
            let d = &sum.documents;
            MeasuredAccuracy {
                measured_on: measured_on.to_owned(),
                present_right: round(d.present()),
                missing_right: round(d.missing()),
                to_check: round(d.to_check()),
                counted: Some(CountedVerdicts {
                    present: d.present_right + d.present_wrong,
                    missing: d.missing_right + d.missing_wrong,
                    all: d.total(),
                }),
            }
        };
        calibration.accuracy = Some(accuracy(&rules));
        calibration.accuracy_learned = both.as_ref().map(accuracy);
    }
}

fn round(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}
