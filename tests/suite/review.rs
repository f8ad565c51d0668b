//! Review files read, written, merged and applied.

use goldthread::assess::{Rating, Verdict};
use goldthread::batch::{Engine, RuleOptions};
use goldthread::input::ReadOptions;
use goldthread::pack::Paint;
use goldthread::report::officer::{PassageWord, PointReview, Word};
use goldthread::report::{Portfolio, Report};
use goldthread::review::{Bound, JudgedDocument, Point, ReviewFile, What, read, write};

const PLAN: &str = "# Plan\n\n## Money\n\nDebt is rising fastest among families who are often ill.\n\nDebt is rising.\n\n\
                    ## Work\n\nWe will open debt advice desks in the surgeries of the poorest wards by March 2027.\n";

fn report(text: &str) -> Report {
    let engine = Engine::new(&RuleOptions::default()).unwrap();
    let document = engine.check_bytes("plan.md".into(), text.as_bytes(), &ReadOptions::default());
    engine.report(vec![document], Vec::new()).unwrap()
}

/// The form for a report, one of its points filled in.
fn filled(report: &Report, program: Verdict, judge: impl Fn(&mut Point)) -> ReviewFile {
    let mut review = read("review.toml", &write(report, What { evidence: true }, &ReviewFile::default())).unwrap();
    review.name = "A. Reader".into();
    review.date = "2026-11-22".into();
    let point = review.documents[0].points.iter_mut().find(|p| p.program == program && !p.passages.is_empty()).unwrap();
    point.reason = "I read it.".into();
    judge(point);
    review
}

fn holds(point: &mut Point) {
    point.word = Some(Word::Holds);
    point.counts = vec![1];
}

fn applied(review: &ReviewFile, report: &Report) -> Report {
    let mut report = report.clone();
    let bound = Bound::new("review.toml", review.clone(), &[report.documents[0].path.clone()]);
    bound.apply(&mut report.documents[0]);
    report
}

fn judged(report: &Report) -> &PointReview {
    &report.documents[0].review.as_ref().unwrap().points[0]
}

#[test]
fn a_review_of_nothing_changes_no_byte() {
    let report = report(PLAN);
    let empty = read("review.toml", &write(&report, What::default(), &ReviewFile::default())).unwrap();
    let with = applied(&empty, &report);
    assert_eq!(serde_json::to_vec(&with).unwrap(), serde_json::to_vec(&report).unwrap());
    assert_eq!(Bound::new("review.toml", empty, &["plan.md".into()]).said(), None);
}

#[test]
fn what_is_written_is_read_again() {
    let report = report(PLAN);
    let review = filled(&report, Verdict::Check, |p| {
        holds(p);
        p.level = Some(3);
        p.reason = "Said at \"page 2\" \\ \u{202e}\u{1b}[31m\n[[document]]".into();
        p.date = "2026-11-21".into();
    });
    let text = write(&report, What { evidence: true }, &review);
    assert_eq!(read("review.toml", &text).unwrap(), review);
    assert_eq!(write(&report, What { evidence: true }, &read("review.toml", &text).unwrap()), text);
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn an_officer_settles_a_check() {
    let report = report(PLAN);
    let review = filled(&report, Verdict::Check, holds);
    let with = applied(&review, &report);
    let point = judged(&with);
    assert!(point.stands, "{point:?}");
    assert_eq!((point.verdict, point.name.as_str()), (Verdict::Present, "A. Reader"));
    assert_eq!(with.documents[0].criteria, report.documents[0].criteria, "the machine's verdict stays");
    let criterion = with.documents[0]
        .criteria
        .iter()
        .find(|c| c.pack == point.pack && c.facets.iter().any(|f| f.id == point.facet));
    let criterion = criterion.unwrap();
    assert!(with.documents[0].settled(criterion) >= criterion.rating);
    assert!(with.documents[0].settled(criterion) > Rating::Missing);
}

#[test]
fn all_plans_together_count_an_officers_word_beside_the_programs() {
    let report = report(PLAN);
    let with = applied(&filled(&report, Verdict::Check, holds), &report);
    let point = judged(&with).clone();
    let facet = |report: &Report| {
        let all = Portfolio::of(report).unwrap();
        let criteria = all.criteria.into_iter().filter(|c| c.pack == point.pack);
        criteria.flat_map(|c| c.facets).find(|f| f.id == point.facet).unwrap()
    };
    let (before, after) = (facet(&report), facet(&with));
    assert_eq!((before.to_check, before.settled().to_check, before.open_in.as_slice()), (1, 1, &[0][..]));
    assert!(before.is_unheld() && before.settled.is_none());
    assert_eq!((after.to_check, after.settled().to_check, after.settled().present), (1, 0, 1));
    assert!(!after.is_unheld() && after.open_in.is_empty());
}

#[test]
fn a_judgement_whose_text_changed_does_not_count() {
    let report = report(PLAN);
    let review = filled(&report, Verdict::Check, holds);
    let quote = {
        let point = review.documents[0].points.iter().find(|p| p.is_judged()).unwrap();
        let facets = report.documents[0].criteria.iter().filter(|c| c.pack == point.pack).flat_map(|c| &c.facets);
        facets.into_iter().find(|f| f.id == point.facet).unwrap().nearest[0].cited.quote.clone()
    };
    // Other spelling is the same text; other words are not; and a passage may move.
    let same = self::report(&PLAN.replace(&quote, &quote.to_uppercase()));
    assert!(judged(&applied(&review, &same)).stands);
    let moved = self::report(&format!("{}\n## Later\n\n{quote}\n", PLAN.replace(&quote, "")));
    assert!(judged(&applied(&review, &moved)).stands);
    let other = self::report(&PLAN.replace(&quote, &format!("{quote} Perhaps.")));
    let with = applied(&review, &other);
    let point = judged(&with);
    assert!(!point.stands && point.changed.is_some(), "{point:?}");
    assert_ne!(point.verdict, Verdict::Present);
}

#[test]
fn an_officer_finds_that_it_is_not_there() {
    let report = report(PLAN);
    for program in [Verdict::Check, Verdict::Present] {
        let review = filled(&report, program, |p| p.word = Some(Word::DoesNotHold));
        let with = applied(&review, &report);
        assert!(judged(&with).stands);
        assert_eq!(judged(&with).verdict, Verdict::Missing);
    }
}

#[test]
fn rejected_evidence_lowers_what_is_left() {
    let report = report(PLAN);
    let review = filled(&report, Verdict::Present, |p| {
        p.does_not_count = (1..=p.passages.len()).collect();
        p.word = Some(Word::DoesNotHold);
    });
    assert_eq!(judged(&applied(&review, &report)).verdict, Verdict::Missing);
    let point = judged(&applied(&review, &report)).clone();
    let facets = report.documents[0].criteria.iter().filter(|c| c.pack == point.pack).flat_map(|c| &c.facets);
    let facet = facets.into_iter().find(|f| f.id == point.facet).unwrap();
    let said = point.passage(&facet.evidence[0].cited.quote);
    assert_eq!(said, Some(PassageWord::Rejected));
}

#[test]
fn a_later_draft_keeps_what_was_judged() {
    let old = report(PLAN);
    let review = filled(&old, Verdict::Check, holds);
    let new = report(&PLAN.replace("Debt is rising.", "Debt has been rising for ten years."));
    let text = write(&new, What::default(), &review);
    let merged = read("review.toml", &text).unwrap();
    let kept: Vec<&Point> = merged.documents[0].points.iter().filter(|p| p.is_judged()).collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].sha256, review.documents[0].sha256, "judged on the old file");
    assert_eq!(merged.documents[0].sha256, new.documents[0].sha256.clone().unwrap());
    // A report that no longer has the document drops nothing that was judged.
    let gone = Report { documents: Vec::new(), ..new };
    let kept = read("review.toml", &write(&gone, What::default(), &merged)).unwrap();
    assert_eq!(kept.documents.iter().flat_map(|d| &d.points).filter(|p| p.is_judged()).count(), 1);
}

#[test]
fn judgements_that_fit_nothing_are_named() {
    let report = report(PLAN);
    let mut review = filled(&report, Verdict::Check, |p| {
        holds(p);
        p.facet = "P9.gone".into();
    });
    let with = applied(&review, &report);
    assert_eq!(with.documents[0].review.as_ref().unwrap().unmatched[0].facet, "P9.gone");
    let another = JudgedDocument { path: "other.md".into(), ..review.documents[0].clone() };
    review.documents.push(another);
    let bound = Bound::new("review.toml", review, &["plan.md".into()]);
    assert_eq!(bound.said().unwrap().absent[0].path, "other.md");
}

const POINT: &str = "form = \"goldthread/review/1\"\n\n[[document]]\npath = \"a.md\"\n\n[[document.point]]\npack = \"p\"\n\
                     facet = \"P1.a\"\nprogram = \"to check\"\npassages = [\"ab\", \"cd\"]\n";

#[test]
fn faults_name_their_place_and_remedy() {
    for (lines, line, reason, remedy) in [
        ("word = \"yes\"\nreason = \"r\"\nname = \"n\"", 11, "\"yes\" is no word", "does not hold"),
        ("word = \"holds\"\nreason = \"\"\nname = \"n\"", 12, "has no reason", "reason ="),
        ("word = \"holds\"\nreason = \"r\"", 8, "has no name", "top of the file"),
        ("word = \"holds\"\nreason = \"r\"\nname = \"n\"\ncounts = [3]", 14, "no passage 3", "1 to 2"),
        ("word = \"does not hold\"\nreason = \"r\"\nname = \"n\"\ncounts = [1]", 14, "not \"holds\"", "counts empty"),
        ("reason = \"r\"", 11, "no word", "holds"),
        ("verdict = \"holds\"", 11, "no key `verdict`", "word"),
        ("word = holds", 11, "not TOML", "quotes"),
        ("word = \"holds\"\nreason = \"r\"\nname = \"n\"\ndate = \"tomorrow\"", 14, "no date", "year-month-day"),
        ("word = \"holds\"\nreason = \"r\"\nname = \"n\"\nlevel = \"high\"", 14, "no level", "committed"),
        ("does_not_count = [1, 2]\nreason = \"r\"\nname = \"n\"", 11, "every passage is rejected", "does not hold"),
        ("counts = \"1\"", 11, "wrong value", "[1, 2]"),
    ] {
        let text = format!("{POINT}{lines}\n");
        let faults = read("review.toml", &text).unwrap_err();
        let fault = &faults.0[0];
        assert_eq!(fault.place.line, line, "{fault}");
        assert!(fault.reason.contains(reason), "{fault}");
        assert!(fault.remedy.contains(remedy), "{}", fault.remedy);
        let drawn = faults.render(Paint::Plain);
        assert!(drawn.contains("review.toml:") && drawn.contains('^') && drawn.contains("help"), "{drawn}");
    }
}

#[test]
fn dates_may_stand_without_quotes_and_names_at_the_top() {
    let text = POINT.replace("\n\n[[document]]", "\nname = \"N\"\ndate = 2026-11-22\n\n[[document]]");
    let review = read("review.toml", &format!("{text}word = \"Holds\"\nreason = \"r\"\r\n")).unwrap();
    assert_eq!((review.name.as_str(), review.date.as_str()), ("N", "2026-11-22"));
    assert_eq!(review.documents[0].points[0].word, Some(Word::Holds));
}
