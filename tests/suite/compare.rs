//! Two reports side by side: what the comparison says, in every form.

use crate::sample;
use goldthread::assess::{Rating, Status, Verdict};
use goldthread::batch::{Engine, RuleOptions};
use goldthread::compare::forms::{Form, schema};
use goldthread::compare::{Change, Comparison, DocumentChange, Fate, Side, Text, compare};
use goldthread::input::{self, ReadOptions};
use goldthread::report::{DocumentReport, Medium, Report};
use goldthread::segment::segment;
use proptest::prelude::*;
use std::path::Path;

fn nothing(_: &DocumentReport) -> Option<Vec<Text>> {
    None
}

fn compared(old: &Report, new: &Report) -> Comparison {
    let side = |given, report| Side { given, report, reread: &nothing };
    compare(&side("old", old), &side("new", new))
}

fn write(form: Form, comparison: &Comparison, width: usize) -> String {
    String::from_utf8(form.bytes(comparison, &Medium { width }).unwrap()).unwrap()
}

/// A second draft of the sample: something of every kind has changed.
fn second() -> Report {
    let mut report = sample::one();
    let document = &mut report.documents[0];
    document.path = "plans/b.pdf".to_owned();
    document.sha256 = Some("ef".repeat(32));
    let poverty = &mut document.criteria[0];
    // The best passage is gone, the other is reworded; what was to check is missing; what was missing
    // is there.
    let mut evidence = poverty.facets[0].evidence[1].clone();
    evidence.cited.quote = "We may fund debt advice <i>later</i>.".to_owned();
    evidence.cited.marks.clear();
    poverty.facets[2].verdict = Verdict::Present;
    poverty.facets[2].level = 2;
    poverty.facets[2].evidence = vec![poverty.facets[0].evidence[1].clone()];
    poverty.facets[2].nearest.clear();
    poverty.facets[0].evidence = vec![evidence];
    poverty.facets[0].level = 2;
    poverty.facets[1].verdict = Verdict::Missing;
    poverty.rating_if_checks_hold = None;
    let contracts = &mut document.criteria[2];
    contracts.rating = Rating::Missing;
    contracts.facets[0].verdict = Verdict::Missing;
    contracts.facets[0].evidence.clear();
    report
}

fn change_of(document: &DocumentChange, id: &str) -> Change {
    document.criteria.iter().flat_map(|c| &c.facets).find(|f| f.id == id).unwrap().change
}

#[test]
fn every_change_is_told() {
    let found = compared(&sample::one(), &second());
    let document = &found.documents[0];
    assert_eq!(change_of(document, "P1.a"), Change::Weakened);
    assert_eq!(change_of(document, "P1.b"), Change::Weakened);
    assert_eq!(change_of(document, "P1.c"), Change::Gained);
    assert_eq!(change_of(document, "P2.a"), Change::Same);
    assert_eq!(change_of(document, "T1"), Change::Lost);
    let fates: Vec<Fate> = document.criteria[0].facets[0].passages.iter().map(|p| p.fate).collect();
    assert_eq!(fates, [Fate::Gone, Fate::Reworded]);
    assert!(found.weaker());
    // What was to check is missing, though its passage is the same.
    for form in [Form::Terminal, Form::Html] {
        assert_eq!(write(form, &found, 300).matches("Its passages are the same").count(), 1, "{form:?}");
    }
}

/// What the sample's first criterion becomes where its ratings are others and its points are not.
fn rated(old: (Rating, Option<Rating>), new: (Rating, Option<Rating>)) -> Comparison {
    let with = |(rating, best)| {
        let mut report = sample::one();
        let poverty = &mut report.documents[0].criteria[0];
        (poverty.rating, poverty.rating_if_checks_hold) = (rating, best);
        report
    };
    compared(&with(old), &with(new))
}

#[test]
fn a_rating_changes_with_a_point_or_says_what_it_rests_on() {
    let (partial, evident, embedded) = (Rating::Partial, Rating::Evident, Rating::Embedded);
    // Only what passages to check would give is less: nothing is weaker.
    let possible = rated((partial, Some(embedded)), (partial, Some(evident)));
    assert!(!possible.weaker() && possible.documents[0].criteria[0].change == Change::Same);
    assert!(!write(Form::Terminal, &possible, 200).contains("weaker: "));
    // The same points in fewer sections.
    let spread = rated((embedded, None), (evident, None));
    assert!(spread.weaker() && spread.documents[0].criteria[0].change == Change::Weakened);
    for form in [Form::Terminal, Form::Html] {
        let text = write(form, &spread, 200);
        assert!(text.contains("a rating fell, though no single point did"), "{form:?}: {text}");
        assert!(
            text.contains("The rating of P1 fell. No single point is weaker: the evidence stands in fewer"),
            "{text}"
        );
    }
    let back = rated((evident, None), (embedded, None));
    assert!(!back.weaker() && write(Form::Terminal, &back, 200).contains("stands in more sections"));
}

#[test]
fn a_report_with_itself_is_no_change() {
    for report in [sample::one(), sample::many()] {
        let found = compared(&report, &report);
        for document in &found.documents {
            let changed = |c: Change| c != Change::Same;
            assert!(!document.criteria.iter().any(|c| changed(c.change)));
            assert!(
                !document.criteria.iter().flat_map(|c| &c.facets).any(|f| changed(f.change) || !f.passages.is_empty())
            );
        }
        assert!(found.only_old.is_empty() && found.only_new.is_empty());
    }
    assert!(!compared(&sample::one(), &sample::one()).weaker());
}

#[test]
fn what_cannot_be_read_is_never_lost() {
    let many = sample::many();
    let mut read = many.clone();
    for document in &mut read.documents {
        let path = document.path.clone();
        *document = DocumentReport { path, ..sample::document() };
    }
    let found = compared(&read, &many);
    for document in &found.documents[1..] {
        assert!(document.cannot.is_some() && document.criteria.is_empty(), "{document:?}");
        assert_eq!(document.count(Change::Lost), 0);
    }
    assert!(found.weaker(), "a gate must not pass what it cannot see");
    assert_ne!(found.documents[1].new.status, Status::Assessed);
}

#[test]
fn documents_in_one_set_only_and_other_rules_are_named() {
    let mut new = sample::many();
    new.documents.remove(2);
    new.head.rule_hash = "99".repeat(32);
    new.head.packs[0].version = "2.0.0".to_owned();
    let found = compared(&sample::many(), &new);
    assert_eq!(found.only_old[0].path, "plans/c.docx");
    assert!(!found.same_rules && found.weaker());
    for form in [Form::Terminal, Form::Html] {
        let text = write(form, &found, 200);
        for said in ["plans/c.docx", "was 1.0.0 and is 2.0.0", "may come from that"] {
            assert!(text.contains(said), "{form:?}: {said}\n{text}");
        }
    }
}

/// What a comparison is from the other side.
fn mirrored(c: Comparison) -> Comparison {
    let document = |d: DocumentChange| DocumentChange {
        old: d.new,
        new: d.old,
        asked_only_old: d.asked_only_new,
        asked_only_new: d.asked_only_old,
        criteria: d.criteria.into_iter().map(criterion).collect(),
        ..d
    };
    Comparison {
        old: c.new,
        new: c.old,
        only_old: c.only_new,
        only_new: c.only_old,
        documents: c.documents.into_iter().map(document).collect(),
        ..c
    }
}

fn criterion(c: goldthread::compare::CriterionChange) -> goldthread::compare::CriterionChange {
    let facets = c.facets.into_iter().map(|f| {
        let passages = f.passages.into_iter().map(|p| {
            let fate = match p.fate {
                Fate::Gone => Fate::New,
                Fate::New => Fate::Gone,
                other => other,
            };
            goldthread::compare::PassageChange { fate, old: p.new, new: p.old }
        });
        goldthread::compare::FacetChange {
            change: f.change.mirrored(),
            old: f.new,
            new: f.old,
            passages: passages.collect(),
            ..f
        }
    });
    goldthread::compare::CriterionChange {
        change: c.change.mirrored(),
        old: c.new,
        new: c.old,
        facets: facets.collect(),
        ..c
    }
}

/// Passages in no order: which comes first depends on which draft is old.
fn in_any_order(mut c: Comparison) -> Comparison {
    for facet in c.documents.iter_mut().flat_map(|d| &mut d.criteria).flat_map(|c| &mut c.facets) {
        facet.passages.sort_by_cached_key(|p| format!("{p:?}"));
    }
    // Reasons are told old side first.
    for document in &mut c.documents {
        document.cannot = document.cannot.as_ref().map(|_| String::new());
    }
    c
}

const SENTENCES: [&str; 8] = [
    "We will fund two debt advisers in the surgeries of the poorest wards from April 2027.",
    "We may fund debt advisers in surgeries of the poorest wards.",
    "Families in debt are more likely to need treatment for depression.",
    "The council hopes that poverty will be reduced where possible.",
    "Every report to the board will show rates by ward, sex and ethnic group.",
    "The director of public health will publish rates by ward each June.",
    "The car park will be resurfaced in June.",
    "Money moves from beds to prevention: two million pounds by 2028.",
];

fn draft() -> impl Strategy<Value = String> {
    proptest::collection::vec((0..SENTENCES.len(), 0..3_usize), 0..8).prop_map(|parts| {
        parts.iter().fold("# Plan\n".to_owned(), |text, (sentence, part)| {
            format!("{text}\n## Part {part}\n\n{}\n", SENTENCES[*sentence])
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn old_and_new_are_mirrors(old in draft(), new in draft()) {
        let engine = engine();
        let report = |text: &str| {
            let document = engine.check_bytes("plan.md".into(), text.as_bytes(), &ReadOptions::default());
            engine.report(vec![document], Vec::new()).unwrap()
        };
        let (a, b) = (report(&old), report(&new));
        let (text_a, text_b) = (|_: &DocumentReport| Some(texts(&old)), |_: &DocumentReport| Some(texts(&new)));
        let side_a = Side { given: "a", report: &a, reread: &text_a };
        let side_b = Side { given: "b", report: &b, reread: &text_b };
        let there = in_any_order(compare(&side_a, &side_b));
        let back = in_any_order(mirrored(compare(&side_b, &side_a)));
        prop_assert_eq!(there, back);
    }
}

fn engine() -> &'static Engine {
    static ENGINE: std::sync::OnceLock<Engine> = std::sync::OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(&RuleOptions::default()).unwrap())
}

fn texts(text: &str) -> Vec<Text> {
    let document = input::read(text.as_bytes(), &ReadOptions::default()).unwrap();
    let s = segment(&document);
    let headings = |p| s.headings_of(p).into_iter().map(str::to_owned).collect();
    s.passages.iter().map(|p| Text::new(s.text_of(p), p.page, None, headings(p))).collect()
}

#[test]
fn moved_passages_are_found_again() {
    let evidence = SENTENCES[0];
    let old = format!("# Plan\n\n## Money\n\n{evidence}\n\n## Rest\n\nWe meet in June.\n");
    let new = format!("# Plan\n\n## Money\n\nWe meet in June.\n\n## Rest\n\n{evidence}\n");
    let report = |text: &str| {
        let document = engine().check_bytes("plan.md".into(), text.as_bytes(), &ReadOptions::default());
        engine().report(vec![document], Vec::new()).unwrap()
    };
    let (a, b) = (report(&old), report(&new));
    let (text_a, text_b) = (|_: &DocumentReport| Some(texts(&old)), |_: &DocumentReport| Some(texts(&new)));
    let found =
        compare(&Side { given: "a", report: &a, reread: &text_a }, &Side { given: "b", report: &b, reread: &text_b });
    let fates: Vec<Fate> =
        found.documents[0].criteria.iter().flat_map(|c| &c.facets).flat_map(|f| &f.passages).map(|p| p.fate).collect();
    assert!(fates.contains(&Fate::Moved), "{fates:?}");
    assert!(!fates.contains(&Fate::Gone) && !fates.contains(&Fate::New), "{fates:?}");
}

#[test]
fn a_passage_that_both_have_is_no_rewording_of_one_that_is_gone() {
    let row = "- Debt advisers in surgeries of the poorest wards, funded from April 2027.";
    let old = format!("# Plan\n\n{}\n\n{row}\n", SENTENCES[0]);
    let new = format!("# Plan\n\nWe meet in June.\n\n{row}\n");
    let report = |text: &str| {
        let document = engine().check_bytes("plan.md".into(), text.as_bytes(), &ReadOptions::default());
        engine().report(vec![document], Vec::new()).unwrap()
    };
    let (a, b) = (report(&old), report(&new));
    let (text_a, text_b) = (|_: &DocumentReport| Some(texts(&old)), |_: &DocumentReport| Some(texts(&new)));
    let side_a = Side { given: "a", report: &a, reread: &text_a };
    let found = compare(&side_a, &Side { given: "b", report: &b, reread: &text_b });
    let passages: Vec<_> =
        found.documents[0].criteria.iter().flat_map(|c| &c.facets).flat_map(|f| &f.passages).collect();
    let gone = passages.iter().filter(|p| p.old.as_ref().is_some_and(|o| o.quote == SENTENCES[0]));
    let fates: Vec<Fate> = gone.map(|p| p.fate).collect();
    assert!(!fates.is_empty() && fates.iter().all(|f| *f == Fate::Gone), "{fates:?}");
}

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[test]
fn terminal() {
    let text = plain(&write(Form::Terminal, &compared(&sample::one(), &second()), 80));
    insta::assert_snapshot!(text.replace(&"x".repeat(60), "x…"));
}

#[test]
fn page() {
    let page = write(Form::Html, &compared(&sample::one(), &second()), 80);
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    let lines: Vec<&str> = rest.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    insta::assert_snapshot!(format!("{head}<style></style>\n{}\n", lines.join("\n")).replace(&"x".repeat(200), "x…x"));
}

#[test]
fn terminal_lines_fit() {
    let mut gone = sample::many();
    gone.documents.remove(0);
    for (old, new) in [(sample::one(), second()), (sample::many(), gone)] {
        for width in [60, 100] {
            for line in plain(&write(Form::Terminal, &compared(&old, &new), width)).lines() {
                assert!(textwrap::core::display_width(line) <= width, "{width}: {line}");
            }
        }
    }
}

#[test]
fn foreign_text_is_harmless() {
    let found = compared(&sample::many(), &second());
    for form in [Form::Html, Form::Terminal] {
        let text = plain(&write(form, &found, 100));
        let bad = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || c == '\u{2066}');
        assert_eq!(text.chars().find(|c| bad(*c)), None, "{form:?}");
        assert!(form == Form::Terminal || !text.contains("<script"), "{form:?}");
    }
}

#[test]
fn json_follows_the_published_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/compare.schema.json");
    let schema = schema().unwrap();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &schema).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(published == schema, "docs/compare.schema.json is out of date: run the tests once with UPDATE=1");
    let schema = serde_json::from_str(&schema).unwrap();
    for (old, new) in [(sample::one(), second()), (sample::many(), second())] {
        let found = compared(&old, &new);
        let value = serde_json::from_str(&write(Form::Json, &found, 80)).unwrap();
        jsonschema::validate(&schema, &value).unwrap();
        assert_eq!(serde_json::from_value::<Comparison>(value).unwrap(), found);
    }
}
