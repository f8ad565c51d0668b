//! The built-in packs keep what they promise.

use goldthread::batch::{Engine, RuleOptions};
use goldthread::matching::examples;
use goldthread::pack::{Paint, lint};
use std::fs;
use std::path::Path;
use std::process::Command;

fn engine() -> Engine {
    Engine::new(&RuleOptions { every: true, ..RuleOptions::default() }).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn every_rule_passes_its_own_tests() {
    let run = examples::run(&engine().matcher);
    let failures: Vec<String> = run.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(run.run > 500, "only {} examples were run", run.run);
}

#[test]
fn lint_finds_nothing() {
    // W005 is about speed alone: a few rules read what stands above a passage, or figures.
    let found = lint(&engine().library);
    let warnings: Vec<String> =
        found.iter().filter(|w| !w.code.is_about_speed()).map(|w| w.render(Paint::Plain)).collect();
    assert!(warnings.is_empty(), "{}", warnings.join("\n\n"));
}

#[test]
fn the_packs_hold_what_the_commission_asked() {
    let engine = engine();
    let pack = |id: &str| engine.library.packs.iter().find(|p| p.id == id).unwrap();
    let principles = pack("oxfordshire-principles");
    let ids: Vec<&str> = principles.criteria.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids, ["P1", "P2", "P3", "P4", "P5"]);
    assert_eq!(principles.criteria.iter().map(|c| c.facets.len()).sum::<usize>(), 14);
    let themes = pack("oxfordshire-themes");
    let of = |prefix: &str| themes.criteria.iter().filter(|c| c.id.starts_with(prefix)).count();
    assert_eq!((of("A."), of("B."), of("C."), of("W"), of("R")), (4, 4, 4, 5, 25));
    assert_eq!(themes.not_assessable.len(), 35, "25 topics and 35 unknown make the 60 recommendations");
    for criterion in principles.criteria.iter().chain(&themes.criteria) {
        assert!(!criterion.source.is_empty() && !criterion.summary.is_empty(), "{}", criterion.id);
        assert!(criterion.facets.iter().all(|f| !f.question.is_empty() && !f.why.is_empty()), "{}", criterion.id);
        assert!(!criterion.id.starts_with('R') || criterion.caveat.is_some(), "{} needs its caveat", criterion.id);
    }
}

/// A pack with one point, and passages of which some hold it.
fn pack_of_trees(folder: &Path) {
    let pack =
        "id = \"mine\"\ntitle = \"Trees\"\nversion = \"1\"\nsource = \"none\"\nsummary = \"Trees are planted.\"\n";
    let rules = "id = \"X1\"\ntitle = \"Trees\"\nsummary = \"Trees.\"\nsource = \"s\"\n[[facet]]\nid = \"X1.plant\"\n\
        title = \"Planting\"\ncounts = \"Plants trees.\"\nnot_enough = \"Likes trees.\"\nwhy = \"Shade.\"\n\
        question = \"How many?\"\n[[facet.rule]]\nid = \"plant\"\nsays = \"plants trees\"\nstrength = \"sure\"\n\
        all = [\"plant* ~3 oaks\"]\nmatches = [\"We plant new oaks.\"]\nignores = [\"A power plant.\"]\n";
    let passages = |n: usize| {
        let (text, labels) = match n % 2 {
            0 => ("We will plant oaks in the park.", "{\"X1.plant\": 3}"),
            _ => ("Bins are emptied on Mondays.", "{}"),
        };
        format!("{{\"id\": \"a:{n}\", \"doc\": \"d{n}\", \"text\": \"{text}\", \"labels\": {labels}}}\n")
    };
    fs::create_dir(folder.join("mine")).unwrap();
    fs::write(folder.join("mine/pack.toml"), pack).unwrap();
    fs::write(folder.join("mine/x.toml"), rules).unwrap();
    fs::write(folder.join("gold.jsonl"), (0..20).map(passages).collect::<String>()).unwrap();
    fs::write(folder.join("less.jsonl"), (0..6).map(passages).collect::<String>()).unwrap();
}

#[test]
fn measuring_again_changes_nothing_but_what_was_measured() {
    let folder = tempfile::tempdir().unwrap();
    pack_of_trees(folder.path());
    let eval = |gold: &str, option: &str| -> String {
        let args = ["eval", gold, "--rules", "mine", "--only-own", option, "."];
        let done =
            Command::new(env!("CARGO_BIN_EXE_goldthread")).args(args).current_dir(folder.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        fs::read_to_string(folder.path().join("mine/calibration.toml")).unwrap()
    };
    let without = |text: &str| {
        let mut all: toml::Table = toml::from_str(text).unwrap();
        let measured = all.remove("accuracy").unwrap();
        (all, measured)
    };
    let (fitted, of_fit) = without(&eval("gold.jsonl", "--calibrate"));
    let (kept, again) = without(&eval("less.jsonl", "--measure"));
    assert_eq!(kept, fitted);
    assert_eq!(again["counted"]["all"].as_integer(), Some(6), "{again:?}");
    assert_eq!(of_fit["counted"]["all"].as_integer(), Some(20), "{of_fit:?}");
    assert!(again["measured_on"].as_str().unwrap().starts_with("6 documents"), "{again:?}");
}
