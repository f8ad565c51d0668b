//! What stands above and beside: headings, lead-ins, columns, sections, cues.

use super::*;

const CUES: &str = r#"
[[cue]]
id = "will"
kind = "commitment"
any = ["(we|partners) will"]
matches = ["x"]
ignores = ["y"]
[[cue]]
id = "subject-to"
kind = "hedge"
reach = "sentence"
any = ["subject to"]
matches = ["x"]
ignores = ["y"]
[[section]]
id = "foreword"
headings = ["foreword", "welcome"]
[[column]]
kind = "owner"
headers = ["lead", "responsib*"]
[[column]]
kind = "date"
headers = ["by when"]
[[column]]
kind = "amount"
headers = ["cost"]
"#;

fn heading(document: &mut Document, level: u8, text: &str) {
    document.push(BlockKind::Heading { level }, text, Locator::default(), None);
}

fn bullet(document: &mut Document, depth: u8, text: &str) {
    document.push(BlockKind::ListItem { depth }, text, Locator::default(), None);
}

#[test]
fn above_is_heading_lead_in_or_column() {
    let matcher = compile("", CUES, &rule("r", "all = ['advice']\nabove = ['debt']"));
    assert!(fires(&matcher, &paragraph("Advice on debt")));
    assert!(!fires(&matcher, &paragraph("Advice")));
    let mut d = Document::default();
    heading(&mut d, 1, "Debt");
    heading(&mut d, 2, "Offers");
    bullet(&mut d, 0, "Advice");
    assert!(fires(&matcher, &d));
    heading(&mut d, 1, "Other");
    bullet(&mut d, 0, "Advice");
    assert!(!fires(&matcher, &d));
    let mut d = paragraph("Nothing of it. On debt we will offer:");
    bullet(&mut d, 0, "Advice:");
    assert!(fires(&matcher, &d));
    bullet(&mut d, 1, "Advice");
    assert!(fires(&matcher, &d));
    let mut d = paragraph("Debt is bad. We will offer:");
    bullet(&mut d, 0, "Advice");
    assert!(!fires(&matcher, &d), "only the last sentence leads in");
    let mut d = Document::default();
    d.push_row(0, true, &["For debt", "Lead"], Locator::default(), None);
    d.push_row(0, false, &["Advice", "Board"], Locator::default(), None);
    assert!(fires(&matcher, &d));
}

#[test]
fn items_themselves_stand_in_the_passage() {
    let matcher = compile("", CUES, &rule("r", "all = ['advice', 'debt']\nwithin = 'passage'"));
    let mut d = Document::default();
    heading(&mut d, 1, "Debt");
    d.push(BlockKind::Paragraph, "Advice", Locator::default(), None);
    assert!(!fires(&matcher, &d));
    let mut d = paragraph("On debt:");
    bullet(&mut d, 0, "Advice");
    assert!(!fires(&matcher, &d));
}

#[test]
fn terms_stay_in_their_cell_and_passage() {
    let matcher = compile("", CUES, &rule("r", "any = ['debt advice', 'debt ... advice']"));
    let mut d = paragraph("Debt");
    d.push(BlockKind::Paragraph, "advice", Locator::default(), None);
    assert!(!fires(&matcher, &d));
    let mut d = Document::default();
    d.push_row(0, false, &["Debt", "advice"], Locator::default(), None);
    assert!(!fires(&matcher, &d));
    let mut d = Document::default();
    d.push_row(0, false, &["", "Debt advice"], Locator::default(), None);
    assert!(fires(&matcher, &d));
}

#[test]
fn scope() {
    let matcher = compile("", CUES, &rule("r", "all = ['advice']\nscope = { not_under = ['foreword'] }"));
    let mut d = Document::default();
    heading(&mut d, 1, "A word of welcome");
    heading(&mut d, 2, "Offers");
    bullet(&mut d, 0, "Advice");
    assert!(!fires(&matcher, &d));
    let s = segment(&d);
    assert_eq!(matcher.scan(&s)[0].sections, [SectionId(0)]);
    let matcher =
        compile("", CUES, &rule("r", "all = ['advice']\nscope = { under = ['foreword'], kinds = ['bullet'] }"));
    assert!(fires(&matcher, &d));
    assert!(!fires(&matcher, &paragraph("Advice")));
}

fn cues(matcher: &Matcher, document: &Document) -> Vec<(CueKind, Place, String)> {
    let s = segment(document);
    let found = matcher.scan(&s);
    let Some(last) = found.last() else { return Vec::new() };
    last.cues.iter().map(|c| (c.kind, c.place, s.folded.slice(c.tokens()).to_owned())).collect()
}

#[test]
fn cues_stand_here_or_in_the_lead_in() {
    let matcher = compile("", CUES, &rule("r", "all = ['advice']"));
    assert_eq!(
        cues(&matcher, &paragraph("We will fund advice, and partners will help")),
        [
            (CueKind::Commitment, Place::Here, "we will".to_owned()),
            (CueKind::Commitment, Place::Here, "partners will".to_owned())
        ]
    );
    assert_eq!(cues(&matcher, &paragraph("We will fund it")), []);
    let mut d = paragraph("Subject to funding. By June we will:");
    bullet(&mut d, 0, "open advice");
    assert_eq!(cues(&matcher, &d), [(CueKind::Commitment, Place::LeadIn, "we will".to_owned())]);
    bullet(&mut d, 0, "advice again");
    assert_eq!(cues(&matcher, &d), [(CueKind::Commitment, Place::LeadIn, "we will".to_owned())]);
}

#[test]
fn columns_give_cues() {
    let matcher = compile("", CUES, &rule("r", "all = ['advice']"));
    let row = |cells: &[&str]| {
        let mut d = Document::default();
        d.push_row(0, true, &["Action", "Lead", "By when", "Cost"], Locator::default(), None);
        d.push_row(0, false, cells, Locator::default(), None);
        cues(&matcher, &d).into_iter().map(|(kind, place, _)| (kind, place)).collect::<Vec<_>>()
    };
    assert_eq!(
        row(&["Advice", "Money team", "June 2026", "£5k"]),
        [(CueKind::Owner, Place::Column(1)), (CueKind::Date, Place::Column(2)), (CueKind::Amount, Place::Column(3))]
    );
    assert_eq!(row(&["Advice", "TBC", "-", "n/a"]), []);
    assert_eq!(row(&["Advice", "", "Ongoing", "Existing budgets"]), []);
    assert_eq!(row(&["Advice", "", "Autumn", "Two posts"]), [(CueKind::Amount, Place::Column(3))]);
}

#[test]
fn reach_of_cues() {
    let matcher = compile("", CUES, &rule("r", "all = ['advice']"));
    let bears = |text: &str, cue: usize| {
        let d = paragraph(text);
        let s = segment(&d);
        let found = &matcher.scan(&s)[0];
        let hit = found.cues.iter().find(|c| c.cue == Some(cue)).expect("a cue");
        matcher.bears_on(&s, &s.passages[0], hit, &found.rules[0].tokens)
    };
    assert!(bears("We will give advice", 0));
    assert!(!bears("We will act; advice helps", 0));
    assert!(bears("Subject to funds; advice helps", 1));
    assert!(!bears("Subject to funds. Advice helps", 1));
}

#[test]
fn rules_run_their_own_tests() {
    let rules = "[[facet.rule]]\nid = 'r'\nsays = 's'\nstrength = 'sure'\nall = ['debt', 'ill']\n\
                 matches = ['Debt makes ill.', 'Debt alone.']\nignores = ['Nothing.', 'Ill by debt.']\n";
    let matcher = compile("", &CUES.replace("\"x\"", "\"We will act\""), rules);
    let run = super::super::examples::run(&matcher);
    let failures: Vec<_> = run.failures.iter().map(|f| (f.id.as_str(), f.should_fire, f.why.as_str())).collect();
    assert_eq!(run.run, 8);
    assert_eq!(
        failures,
        [
            ("T.f/r", true, "found 'Debt', but nothing of ill"),
            ("T.f/r", false, "it fires on 'Ill by debt': found 'debt' and 'Ill'"),
            ("subject-to", true, "found nothing of it, but nothing of subject to"),
        ]
    );
}
