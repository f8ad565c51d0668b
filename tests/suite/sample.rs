//! A small report with everything in it that a form can get wrong.

use goldthread::assess::{
    Aside, AsideKind, Assessment, Cited, Evidence, FacetAssessment, FoundBy, Mark, NearMiss, Rating, Reason, Status,
    Verdict,
};
use goldthread::document::{Format, Warning};
use goldthread::report::officer::{AbsentDocument, PointReview, RatingReview, Review, ReviewFile, Word};
use goldthread::report::{
    Accuracy, Counted, CriterionInfo, DocumentReport, FacetInfo, Head, NotAssessableInfo, PackInfo, PlanNote,
    Portfolio, Report, SCHEMA, Skipped, Tool,
};
use goldthread::segment::{PassageKind, fingerprint};

/// Markup, an escape sequence, direction marks and a line break.
pub const HOSTILE: &str = "</title><script>alert(1)</script> \u{1b}[31mred\u{202e}left\u{2066}\u{200b}\n& \"quoted\"";

fn facet(id: &str, title: &str) -> FacetInfo {
    FacetInfo {
        id: id.to_owned(),
        title: title.to_owned(),
        counts: format!("Counts for {title}."),
        not_enough: "A mere <mention>.".to_owned(),
        why: "It matters.".to_owned(),
        question: "Where does this plan say so?".to_owned(),
    }
}

fn criterion(id: &str, title: &str, facets: Vec<FacetInfo>) -> CriterionInfo {
    CriterionInfo {
        id: id.to_owned(),
        title: title.to_owned(),
        summary: "The plan does it.".to_owned(),
        source: "Report, section 1".to_owned(),
        caveat: (id == "T1").then(|| "Only the topic is known.".to_owned()),
        facets,
    }
}

fn packs() -> Vec<PackInfo> {
    let poverty =
        vec![facet("P1.a", "Poverty seen"), facet("P1.b", "Poverty acted upon"), facet("P1.c", "Poverty a routine")];
    let first = PackInfo {
        id: "principles".to_owned(),
        title: "The two principles of a commission".to_owned(),
        version: "1.0.0".to_owned(),
        source: "A report".to_owned(),
        summary: "Asks two things.".to_owned(),
        criteria: vec![criterion("P1", "Poverty", poverty), criterion("P2", "Data", vec![facet("P2.a", "Data used")])],
        not_assessable: Vec::new(),
        thresholds: None,
        accuracy: Some(Accuracy {
            measured_on: "ten plans".to_owned(),
            present_right: 0.9,
            missing_right: 0.93,
            to_check: 0.2,
            counted: Some(Counted { present: 210, missing: 140, all: 420 }),
        }),
    };
    let second = PackInfo {
        id: "themes".to_owned(),
        title: "Themes".to_owned(),
        criteria: vec![criterion("T1", "Contracts", vec![facet("T1", "Contracts")])],
        not_assessable: vec![NotAssessableInfo { id: "R1".to_owned(), why: "Its text is lost.".to_owned() }],
        thresholds: None,
        accuracy: None,
        ..first.clone()
    };
    vec![first, second]
}

fn cited(quote: &str, marks: &[(usize, usize)]) -> Cited {
    Cited {
        quote: quote.to_owned(),
        marks: marks.to_vec(),
        page: Some(4),
        page_label: Some("ii".to_owned()),
        recognised: false,
        headings: vec!["A plan".to_owned(), HOSTILE.to_owned()],
        kind: PassageKind::Paragraph,
        columns: Vec::new(),
        lead_in: None,
    }
}

fn reason(id: &str, says: &str, words: &[&str], points: f64) -> Reason {
    Reason { id: id.to_owned(), says: says.to_owned(), words: words.iter().map(|w| (*w).to_owned()).collect(), points }
}

fn evidence(cited: Cited, level: u8) -> Evidence {
    Evidence {
        cited,
        level,
        certainty: 0.9,
        found_by: FoundBy::Both,
        rules: vec![reason("P1.a/r", "links hardship and health", &["debt", "<b>"], 5.0)],
        cues: vec![
            reason("cue.commitment", "commits to an action", &["will fund"], 0.5),
            reason("cue.hedge", "is hedged", &["where possible"], -1.0),
        ],
    }
}

fn near_miss(cited: Cited) -> NearMiss {
    NearMiss {
        cited,
        level: 2,
        certainty: 0.2,
        found_by: FoundBy::Rules,
        why: "It is hedged (\u{201c}<i>may\u{201d}).".to_owned(),
        rules: vec![reason("learned", "is doubted by the trained model", &[], -1.0)],
        cues: Vec::new(),
    }
}

fn judged(id: &str, title: &str, verdict: Verdict, evidence: Vec<Evidence>, nearest: Vec<NearMiss>) -> FacetAssessment {
    let level = evidence.iter().map(|e| e.level).max().unwrap_or(0);
    let marks = match verdict {
        Verdict::Present => vec![
            Mark { at: 2, level: 2, passages: 3 },
            Mark { at: 4, level, passages: 1 },
            Mark { at: usize::MAX, level: 200, passages: 1 },
        ],
        Verdict::Check => vec![Mark { at: 6, level: 2, passages: 1 }],
        _ => Vec::new(),
    };
    let only_in = match id {
        "P1.c" => vec![Aside { kind: AsideKind::Heading, page: Some(5), heading: HOSTILE.to_owned() }],
        "T1" => vec![Aside { kind: AsideKind::Foreword, page: Some(2), heading: "Foreword".to_owned() }],
        _ => Vec::new(),
    };
    let (id, title) = (id.to_owned(), title.to_owned());
    FacetAssessment { id, title, verdict, level, certainty: 0.5, evidence, nearest, marks, only_in }
}

fn assessment(pack: &str, id: &str, title: &str, rating: Rating, facets: Vec<FacetAssessment>) -> Assessment {
    Assessment {
        pack: pack.to_owned(),
        id: id.to_owned(),
        title: title.to_owned(),
        required: true,
        rating,
        rating_if_checks_hold: (id == "P1").then_some(Rating::Evident),
        only_in: if id == "T1" { facets[0].only_in.clone() } else { Vec::new() },
        facets,
    }
}

/// A document that was judged.
pub fn document() -> DocumentReport {
    let row = Cited {
        kind: PassageKind::Row,
        columns: vec!["Action".to_owned(), "Lead".to_owned(), "When".to_owned()],
        lead_in: Some("By June we will:".to_owned()),
        ..cited("Fund debt advice | Head of Care | June", &[(0, 16), (34, 38)])
    };
    let long = format!("{} debt", "x".repeat(10_000));
    let present = vec![
        evidence(row, 4),
        evidence(cited("We will fund debt advice <b>now</b>.", &[(8, 12), (13, 24), (90, 99)]), 2),
    ];
    let poverty = vec![
        judged("P1.a", "Poverty seen", Verdict::Present, present, Vec::new()),
        judged("P1.b", "Poverty acted upon", Verdict::Check, Vec::new(), vec![near_miss(cited(HOSTILE, &[(10, 16)]))]),
        judged(
            "P1.c",
            "Poverty a routine",
            Verdict::Missing,
            Vec::new(),
            vec![near_miss(cited(&long, &[(10_001, 10_005)]))],
        ),
    ];
    let data = vec![judged("P2.a", "Data used", Verdict::Missing, Vec::new(), Vec::new())];
    let contracts =
        vec![judged("T1", "Contracts", Verdict::Present, vec![evidence(cited("We state it.", &[]), 2)], Vec::new())];
    DocumentReport {
        path: "plans/a<b>\u{202e}.pdf".to_owned(),
        plan: PlanNote::default(),
        title: Some(format!("A plan {HOSTILE}")),
        sha256: Some("ab".repeat(32)),
        format: Some(Format::Pdf),
        pages: Some(9),
        pages_unread: vec![3, 8, u32::MAX],
        passages: 40,
        status: Status::Assessed,
        error: None,
        warnings: vec![Warning { page: Some(3), message: format!("Page 3 is a picture. {HOSTILE}") }],
        criteria: vec![
            assessment("principles", "P1", "Poverty", Rating::Partial, poverty),
            assessment("principles", "P2", "Data", Rating::Missing, data),
            assessment("themes", "T1", "Contracts", Rating::Partial, contracts),
        ],
        review: None,
    }
}

fn lost(path: &str, status: Status, error: Option<&str>) -> DocumentReport {
    let mut all = document();
    for criterion in &mut all.criteria {
        criterion.rating = Rating::NotAssessed;
        criterion.rating_if_checks_hold = None;
        criterion.only_in.clear();
        for facet in &mut criterion.facets {
            facet.verdict = Verdict::NotAssessed;
            facet.evidence.clear();
            facet.marks.clear();
            facet.only_in.clear();
        }
    }
    DocumentReport {
        path: path.to_owned(),
        sha256: None,
        title: None,
        pages_unread: (1..=9).collect(),
        status,
        error: error.map(str::to_owned),
        criteria: if status == Status::Unreadable { Vec::new() } else { all.criteria },
        ..all
    }
}

/// A report on one document.
pub fn one() -> Report {
    let tool = Tool { name: "goldthread".to_owned(), version: "0.0.0".to_owned() };
    let rule_hash = "cd".repeat(32);
    let (skipped, review, portfolio) = (Vec::new(), None, None);
    let schema = SCHEMA.to_owned();
    let head = Head { schema, tool, packs: packs(), rule_hash, skipped, review, portfolio };
    Report { head, documents: vec![document()] }
}

/// A report with an officer's judgements on its first document: a passage rejected, a point that holds,
/// and one to be looked at again.
pub fn reviewed(mut report: Report) -> Report {
    let document = &mut report.documents[0];
    let point = |pack: &str, facet: &str, word, verdict| PointReview {
        pack: pack.to_owned(),
        facet: facet.to_owned(),
        word,
        stands: true,
        changed: None,
        verdict,
        level: 3,
        counts: Vec::new(),
        rejected: Vec::new(),
        reason: format!("I asked the team. {HOSTILE}"),
        name: "A. <Reader>".to_owned(),
        date: Some("2026-11-22".to_owned()),
    };
    let rejected = vec![fingerprint(&document.criteria[0].facets[0].evidence[1].cited.quote)];
    let counts = vec![fingerprint(&document.criteria[0].facets[1].nearest[0].cited.quote)];
    let (holds, not) = (Some(Word::Holds), Some(Word::DoesNotHold));
    let points = vec![
        PointReview { rejected, ..point("principles", "P1.a", None, Verdict::Present) },
        PointReview { counts, ..point("principles", "P1.b", holds, Verdict::Present) },
        PointReview {
            stands: false,
            changed: Some("the passage is gone".to_owned()),
            ..point("principles", "P2.a", holds, Verdict::Missing)
        },
        point("themes", "T1", not, Verdict::Missing),
    ];
    let rating = |pack: &str, criterion: &str, rating| RatingReview {
        pack: pack.to_owned(),
        criterion: criterion.to_owned(),
        rating,
        rating_if_checks_hold: None,
    };
    document.review = Some(Review {
        file: "review.toml".to_owned(),
        judged: "old/a.pdf".to_owned(),
        same_file: false,
        points,
        ratings: vec![rating("principles", "P1", Rating::Evident), rating("themes", "T1", Rating::Missing)],
        unmatched: Vec::new(),
    });
    let absent = vec![AbsentDocument { path: "plans/z|z.pdf".to_owned(), judgements: 2 }];
    report.head.review = Some(ReviewFile { path: "review.toml".to_owned(), absent });
    report
}

/// A report on a document that could be judged and two that could not.
pub fn many() -> Report {
    let scanned = lost("plans/b.pdf", Status::NotAssessed, None);
    let broken = lost("plans/c.docx", Status::Unreadable, Some("the archive is cut off; ask for a new copy"));
    let skipped = vec![Skipped { path: "plans/d.png".to_owned(), why: "pictures are not read".to_owned() }];
    let mut report = Report { head: Head { skipped, ..one().head }, documents: vec![document(), scanned, broken] };
    report.head.portfolio = Some(Portfolio::of(&report).unwrap());
    report
}
