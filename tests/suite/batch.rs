//! Many documents at a time: put away and had back, kept from run to run, stopped and resumed.

use crate::sample;
use goldthread::assess::{Rating, Status, Verdict};
use goldthread::batch::{Batch, Engine, Memory, RuleOptions, Rules, Spool, record};
use goldthread::input::ReadOptions;
use goldthread::report::{self, DocumentReport, Medium, Portfolio, PortfolioBuilder, Report, Source};
use goldthread::store::{Basis, Store};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(&RuleOptions::default()).unwrap())
}

fn json(source: &dyn Source) -> String {
    String::from_utf8(report::reporter("json").unwrap().bytes(source, &Medium::default()).unwrap()).unwrap()
}

/// Checks files, with a store or without.
fn check(files: &[PathBuf], store: Option<&Store>) -> (String, usize) {
    static RULES: OnceLock<Rules> = OnceLock::new();
    let rules = RULES.get_or_init(|| Rules::load(&RuleOptions::default()).unwrap());
    let read = ReadOptions::default();
    let head = rules.head(Vec::new());
    let run = store.map(|s| s.begin(&head, Basis::new(&head, &read), files.len()).unwrap());
    let memory = run.as_ref().map(|r| r as &dyn Memory);
    let stop = AtomicBool::new(false);
    let batch = Batch { rules, read: &read, named: files, memory, stop: &stop, on_event: &|_| {} };
    let outcome = batch.run(files, head, Box::new(|_| {})).unwrap();
    assert!(outcome.whole);
    let unchanged = run.as_ref().map_or(0, |r| {
        r.finish().unwrap();
        r.unchanged()
    });
    let mut in_brief = PortfolioBuilder::new(outcome.spool.head(), outcome.spool.len());
    outcome.spool.each_in_brief(&mut |document| in_brief.add(document)).unwrap();
    assert_eq!(in_brief.finish().unwrap(), Portfolio::of(&outcome.spool).unwrap());
    (json(&outcome.spool), unchanged)
}

/// Sentences of which some prove something and some do not.
const SENTENCES: [&str; 6] = [
    "We will open debt advice desks in the surgeries of the poorest wards by March 2027.",
    "The car park will be resurfaced in June.",
    "Public Health will publish data on life expectancy by ward every year, led by the Director.",
    "We may consider prevention where funding allows.",
    "Partners will move two million pounds from hospital beds to prevention by 2028.",
    "Residents told us that buses are late.",
];

fn plan() -> impl Strategy<Value = String> {
    prop::collection::vec(0..SENTENCES.len(), 0..6).prop_map(|picked| {
        let text: String = picked.into_iter().map(|i| format!("{}\n\n", SENTENCES[i])).collect();
        format!("# Plan\n\n{text}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_run_with_a_store_equals_one_without(plans in prop::collection::vec(plan(), 1..5), changed in plan()) {
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<PathBuf> = (0..plans.len()).map(|n| folder.path().join(format!("{n}.md"))).collect();
        files.iter().zip(&plans).for_each(|(path, text)| std::fs::write(path, text).unwrap());
        let store = Store::open(&folder.path().join("s.sqlite")).unwrap();
        let fresh = check(&files, None).0;
        prop_assert_eq!(&check(&files, Some(&store)).0, &fresh);
        prop_assert_eq!(check(&files, Some(&store)), (fresh, files.len()));
        std::fs::write(&files[0], changed).unwrap();
        let fresh = check(&files, None).0;
        prop_assert_eq!(check(&files, Some(&store)).0, fresh);
    }
}

fn rating() -> impl Strategy<Value = Rating> {
    prop::sample::select(vec![Rating::Missing, Rating::Partial, Rating::Evident, Rating::Embedded])
}

fn verdict() -> impl Strategy<Value = Verdict> {
    prop::sample::select(vec![Verdict::Present, Verdict::Check, Verdict::Missing])
}

/// A document of the sample's packs with any ratings and verdicts; few hashes, so that some are
/// copies.
fn document() -> impl Strategy<Value = DocumentReport> {
    let judged = (prop::collection::vec(rating(), 3), prop::collection::vec(verdict(), 5));
    (judged, 0..12_u8, prop::bool::weighted(0.9)).prop_map(|((ratings, verdicts), hash, read)| {
        let mut document = sample::document();
        document.sha256 = Some(format!("{hash}"));
        if !read {
            document.status = Status::Unreadable;
            document.criteria.clear();
        }
        document.criteria.iter_mut().zip(ratings).for_each(|(c, rating)| {
            c.rating = rating;
            c.rating_if_checks_hold = None;
        });
        let facets = document.criteria.iter_mut().flat_map(|c| &mut c.facets);
        facets.zip(verdicts).for_each(|(f, verdict)| f.verdict = verdict);
        document
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn portfolio_totals_are_the_sum_of_the_documents(documents in prop::collection::vec(document(), 0..12)) {
        let head = sample::one().head;
        let mut builder = PortfolioBuilder::new(&head, 0);
        documents.iter().for_each(|d| builder.add(d).unwrap());
        let all = builder.finish().unwrap();
        prop_assert_eq!(all.plans.len(), documents.len());
        let mut seen = std::collections::BTreeSet::new();
        let counted: Vec<&DocumentReport> = documents
            .iter()
            .filter(|d| seen.insert(d.sha256.clone()) && d.status == Status::Assessed)
            .collect();
        prop_assert_eq!(all.counted, counted.len());
        let copies: usize = all.copies().iter().map(|group| group.len() - 1).sum();
        prop_assert_eq!(copies, documents.len() - seen.len());
        for (i, across) in all.criteria.iter().enumerate() {
            prop_assert_eq!(across.ratings.sum(), counted.len());
            let of = |rating| counted.iter().filter(|d| d.criteria[i].rating == rating).count();
            prop_assert_eq!(across.ratings.embedded, of(Rating::Embedded));
            prop_assert_eq!(across.ratings.partial, of(Rating::Partial));
            prop_assert_eq!(across.ratings.missing, of(Rating::Missing));
            for (j, facet) in across.facets.iter().enumerate() {
                let of = |v| counted.iter().filter(|d| d.criteria[i].facets[j].verdict == v).count();
                prop_assert_eq!(facet.present, of(Verdict::Present));
                prop_assert_eq!(facet.present + facet.to_check + facet.missing, counted.len());
                let evidence: usize = counted.iter().map(|d| d.criteria[i].facets[j].evidence.len()).sum();
                prop_assert_eq!(facet.passages, evidence);
                prop_assert!(facet.different <= facet.passages);
                prop_assert_eq!(facet.best.len(), facet.present.min(3));
            }
        }
    }
}

#[test]
fn what_is_put_away_is_had_back_in_order() {
    let mut whole = sample::many();
    let spool = {
        let spool = Spool::new(whole.head.clone(), 40, Box::new(|_| {}), None);
        // In any order, and more than fit into one reading.
        for n in (0..40).rev() {
            let record = record::encode(&whole.documents[n % 3]).unwrap();
            spool.put(n, &format!("{n}.md"), &record).unwrap();
        }
        spool
    };
    whole.documents =
        (0..40).map(|n| DocumentReport { path: format!("{n}.md"), ..whole.documents[n % 3].clone() }).collect();
    assert_eq!(spool.len(), 40);
    assert_eq!(spool.gather().unwrap(), whole);
    assert_eq!(json(&spool), json(&whole));
}

#[test]
fn pasted_text_is_counted_once() {
    let pasted = "The board will fund four debt advisers in the surgeries of the poorest wards, led by the Director of \
                  Public Health, from April 2027 at a cost of 200,000 pounds.";
    let nearly = pasted.replace("four", "five");
    let own = "We will open a debt advice desk in every library of the most deprived wards of the city by June 2027.";
    let head = engine().head(Vec::new());
    let documents: Vec<DocumentReport> = [("a", pasted), ("b", &nearly), ("c", own), ("d", pasted), ("e", pasted)]
        .iter()
        .map(|(name, text)| {
            let plan = format!("# {}\n\n{text}\n", if *name == "e" { "d" } else { name });
            engine().check_bytes(format!("{name}.md"), plan.as_bytes(), &ReadOptions::default())
        })
        .collect();
    let all = Portfolio::of(&Report { head, documents }).unwrap();
    assert_eq!(all.counted, 4, "e is a copy of d");
    assert_eq!(all.common.len(), 1, "{:?}", all.common);
    assert_eq!(all.common[0].plans, [0, 1, 3]);
    assert_eq!(all.common[0].quote, pasted);
    let facet = all.criteria.iter().flat_map(|c| &c.facets).find(|f| all.common[0].facets.contains(&f.id)).unwrap();
    assert!(facet.passages > facet.different, "{facet:?}");
}

fn goldthread(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_goldthread"));
    command.args(args).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Documents that all runs of a store have kept.
fn kept(store: &Path) -> i64 {
    let count = |c: rusqlite::Connection| c.query_row("SELECT count(*) FROM documents", [], |row| row.get(0));
    rusqlite::Connection::open(store).and_then(count).unwrap_or(0)
}

#[test]
fn killed_and_resumed_nothing_is_lost_and_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("plans")).unwrap();
    for n in 0..60 {
        let text: String =
            (0..40).map(|i| format!("{} ({n}, {i})\n\n", SENTENCES[(n + i) % SENTENCES.len()])).collect();
        std::fs::write(at(&format!("plans/{n:02}.md")), format!("# Plan {n}\n\n{text}")).unwrap();
    }
    std::fs::write(at("r.json"), "an earlier report").unwrap();
    let args = ["check", "plans", "--store", "s.sqlite", "-o", "r.json", "--quiet", "--jobs", "1"];
    let mut run = goldthread(folder.path(), &args).spawn().unwrap();
    while kept(&at("s.sqlite")) < 3 {
        assert!(run.try_wait().unwrap().is_none(), "it ended before it could be killed");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    let before = kept(&at("s.sqlite"));
    assert!((3..60).contains(&before), "{before}");
    assert_eq!(std::fs::read_to_string(at("r.json")).unwrap(), "an earlier report");
    assert!(goldthread(folder.path(), &args).status().unwrap().success());
    let store = Store::open_existing(&at("s.sqlite")).unwrap();
    let runs = store.runs().unwrap();
    assert_eq!((runs.len(), runs[0].documents, store.unfinished().unwrap()), (1, 60, 1));
    assert_eq!(runs[0].unchanged as i64, before, "what was done is not read again");
    let fresh = ["check", "plans", "-o", "fresh.json", "--quiet"];
    assert!(goldthread(folder.path(), &fresh).status().unwrap().success());
    assert!(std::fs::read(at("fresh.json")).unwrap() == std::fs::read(at("r.json")).unwrap());
}

#[cfg(unix)]
#[test]
fn ctrl_c_says_what_is_done() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("plans")).unwrap();
    for n in 0..60 {
        let text: String =
            (0..60).map(|i| format!("{} ({n}, {i})\n\n", SENTENCES[(n + i) % SENTENCES.len()])).collect();
        std::fs::write(folder.path().join(format!("plans/{n:02}.md")), text).unwrap();
    }
    let store = folder.path().join("s.sqlite");
    let args = ["check", "plans", "--store", "s.sqlite", "-o", "r.json", "--jobs", "1"];
    let run = goldthread(folder.path(), &args).stderr(Stdio::piped()).spawn().unwrap();
    while kept(&store) < 2 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let signalled = Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap();
    assert!(signalled.success());
    let output = run.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("of 60 documents are done") && said.contains("goes on from there"), "{said}");
    assert!(!folder.path().join("r.json").exists());
}
