//! The built-in packs keep what they promise.

use goldthread::batch::{Engine, RuleOptions};
use goldthread::matching::examples;
use goldthread::pack::{Paint, lint};

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
        found.iter().filter(|w| w.code.as_str() != "W005").map(|w| w.render(Paint::Plain)).collect();
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
