//! The example documents are read and judged as a careful reader does.
//!
//! The sure words should be right: what a reader finds is not called missing, what a reader does
//! not find is not called present, and the reader's rating lies in the range given. Where the
//! program is known to be wrong, the document's `.toml` says so under `disagreements`; a new one
//! fails the test, and so does one that is gone.

use goldthread::assess::{FacetAssessment, FoundBy, Rating, Status, Verdict};
use goldthread::batch::{Engine, RuleOptions};
use goldthread::corpus;
use goldthread::input::{self, ReadOptions};
use goldthread::report::DocumentReport;
use serde::Deserialize;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

#[derive(Deserialize)]
struct Expected {
    status: Status,
    ratings: BTreeMap<String, String>,
    facets: BTreeMap<String, u8>,
    #[serde(default)]
    quotes: Vec<Quote>,
    #[serde(default)]
    absent: Absent,
    /// Facets and criteria on which the program is wrong, with the reason.
    #[serde(default)]
    disagreements: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Quote {
    quote: String,
}

#[derive(Default, Deserialize)]
struct Absent {
    text: Vec<String>,
}

fn each(test: impl Fn(&corpus::Example, &Expected)) {
    let documents = corpus::documents();
    assert!(documents.len() >= 6);
    for example in &documents {
        let expected = corpus::expected(example.name).unwrap_or_else(|| panic!("{} has no .toml", example.name));
        test(example, &toml::from_str(expected).unwrap_or_else(|e| panic!("{}: {e}", example.name)));
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{2019}', "'")
}

#[test]
fn readers_find_the_quotes_and_nothing_deleted() {
    each(|example, expected| {
        let document = input::read(example.bytes, &ReadOptions::default()).unwrap();
        let text = folded(&document.text);
        let lost: Vec<&str> =
            expected.quotes.iter().map(|q| q.quote.as_str()).filter(|q| !text.contains(&folded(q))).collect();
        assert!(lost.is_empty(), "{}: not read: {lost:#?}", example.name);
        let body: String = document
            .blocks
            .iter()
            .filter(|b| b.furniture.is_none())
            .map(|b| folded(document.text_of(b)) + "\n")
            .collect();
        let kept: Vec<&String> = expected.absent.text.iter().filter(|t| body.contains(&folded(t))).collect();
        assert!(kept.is_empty(), "{}: must not be read: {kept:#?}", example.name);
    });
}

#[test]
fn sure_words_are_right() {
    let engine = Engine::new(&RuleOptions::default()).unwrap_or_else(|e| panic!("{e}"));
    let mut wrong = Vec::new();
    for example in corpus::documents() {
        let expected: Expected = toml::from_str(corpus::expected(example.name).unwrap()).unwrap();
        let report = engine.check_bytes(example.name.to_owned(), example.bytes, &ReadOptions::default());
        if report.status != expected.status {
            wrong.push(format!("{}: status {:?}", example.name, report.status));
        } else if report.status == Status::Assessed {
            let found = compare(&report, &expected);
            let known: Vec<&String> = expected.disagreements.keys().collect();
            if found.keys().collect::<Vec<_>>() != known {
                wrong.push(format!("{}: known are {known:?}, found are {found:#?}", example.name));
            }
        } else {
            let all = report.criteria.iter().all(|c| c.rating == Rating::NotAssessed);
            assert!(all, "{}: what cannot be read has no rating", example.name);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where the program is wrong, by facet or criterion.
fn compare(report: &DocumentReport, expected: &Expected) -> BTreeMap<String, String> {
    let mut wrong = BTreeMap::new();
    for criterion in report.criteria.iter().filter(|c| c.pack == "oxfordshire-principles") {
        for facet in &criterion.facets {
            let there = expected.facets.get(&facet.id).copied().unwrap_or(0) >= 2;
            if matches!((there, facet.verdict), (true, Verdict::Missing) | (false, Verdict::Present)) {
                wrong.insert(facet.id.clone(), format!("called {:?}", facet.verdict));
            }
        }
        let reader = &expected.ratings[&criterion.id];
        let best = criterion.rating_if_checks_hold.unwrap_or(criterion.rating);
        let range = [Rating::Missing, Rating::Partial, Rating::Evident, Rating::Embedded];
        let holds = range.iter().any(|r| (criterion.rating..=best).contains(r) && r.name() == reader);
        if !holds {
            let (low, high) = (criterion.rating.name(), best.name());
            wrong.insert(criterion.id.clone(), format!("{low} to {high}, a reader says {reader}"));
        }
    }
    wrong
}

/// The program's own rules, where what the model alone finds counts from this certainty, or never.
fn counting_alone(from: Option<&str>) -> Engine {
    let (own, folder) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"), tempfile::tempdir().unwrap());
    for entry in WalkDir::new(&own) {
        let entry = entry.unwrap();
        let to = folder.path().join(entry.path().strip_prefix(&own).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(to).unwrap();
        } else if entry.file_name() == "calibration.toml" {
            let text = fs::read_to_string(entry.path()).unwrap();
            let line = |line: &str| match (line.starts_with("alone_holds"), from) {
                (true, None) => String::new(),
                (true, Some(from)) => format!("alone_holds = {from}\n"),
                _ => format!("{line}\n"),
            };
            fs::write(to, text.lines().map(line).collect::<String>()).unwrap();
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
    let rules = RuleOptions { folder: Some(folder.path().into()), only_own: true, ..RuleOptions::default() };
    Engine::new(&rules).unwrap()
}

#[test]
fn what_the_model_alone_finds_decides_nothing() {
    let (never, soon) = (counting_alone(None), counting_alone(Some("0.05")));
    let met = Cell::new(0);
    each(|example, _| {
        let check = |engine: &Engine| engine.check_bytes(example.name.into(), example.bytes, &ReadOptions::default());
        for (without, with) in check(&never).criteria.iter().zip(&check(&soon).criteria) {
            assert_eq!((without.rating, without.rating_if_checks_hold), (with.rating, with.rating_if_checks_hold));
            for (without, with) in without.facets.iter().zip(&with.facets) {
                let said = |f: &FacetAssessment| (f.verdict, f.level, f.certainty.to_bits());
                assert_eq!(said(without), said(with), "{} {}", example.name, with.id);
                let alone: Vec<bool> = with.evidence.iter().map(|e| e.found_by == FoundBy::Learned).collect();
                assert!(alone.is_sorted(), "{} {}: it stands last", example.name, with.id);
                assert!(
                    with.evidence.iter().all(|e| e.level <= with.level)
                        && with.marks.iter().all(|m| m.level <= with.level)
                );
                met.set(met.get() + alone.iter().filter(|a| **a).count());
            }
        }
    });
    assert!(met.get() > 0);
}
