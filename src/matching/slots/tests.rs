use super::*;
use crate::document::{BlockKind, Document, Locator};
use crate::segment::segment;

/// The longest places of a slot in a text, none within another.
fn places(slot: Slot, text: &str) -> Vec<String> {
    let mut document = Document::default();
    document.push(BlockKind::Paragraph, text, Locator::default(), None);
    let s = segment(&document);
    let mut found = Vec::new();
    let view = View::of_passage(&s, &s.passages[0]);
    slot.find(&view, &Classes::default(), &mut found);
    let mut classes = Classes::default();
    (view.start..view.end).for_each(|at| classes.set(at, class(s.folded.word_at(at))));
    let mut again = Vec::new();
    slot.find(&view, &classes, &mut again);
    assert_eq!(found, again, "{text}");
    found.sort_by_key(|f| (f.start, u32::MAX - f.end));
    let mut end = 0;
    found.retain(|f| {
        let longer = f.end > end;
        end = end.max(f.end);
        longer
    });
    found.iter().map(|f| s.folded.slice(f.start as usize..f.end as usize).to_owned()).collect()
}

fn table(slot: Slot, cases: &[(&str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, want)| (text, want, places(slot, text)))
        .filter(|(_, want, got)| got != *want)
        .map(|(text, want, got)| format!("{text}: want {want:?}, got {got:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn money() {
    table(
        Slot::Money,
        &[
            ("A fund of £1.2m opens", &["£ 1.2m"]),
            ("£250,000 a year for advice", &["£ 250000 a year"]),
            ("half a million pounds", &["half a million pounds"]),
            ("£3 per head", &["£ 3 per head"]),
            ("£1.2 million over three years", &["£ 1.2 million"]),
            ("40p in the pound", &["40p in the pound"]),
            ("two million pounds", &["two million pounds"]),
            ("a million pounds", &["a million pounds"]),
            ("costs of £50k p.a.", &["£ 50k pa"]),
            ("£10-15 per person", &["£ 10"]),
            ("250 people", &[]),
            ("a pound of flesh", &[]),
            ("£xm to be found", &["£ xm"]),
        ],
    );
}

#[test]
fn staff() {
    table(
        Slot::Staff,
        &[
            ("recruit 2.5 FTE", &["2.5 fte"]),
            ("2 x Band 6 nurses", &["2 x band 6 nurses"]),
            ("two health visitors will start", &["two health visitors"]),
            ("a full-time adviser", &["a full time adviser"]),
            ("three extra posts", &["three extra posts"]),
            ("1.0 WTE project manager", &["1.0 wte project manager"]),
            ("0.5FTE", &["0.5fte"]),
            ("one whole-time equivalent post", &["one whole time equivalent post"]),
            ("a dedicated link worker", &["a dedicated link worker"]),
            ("an additional six debt advisers", &["an additional six debt advisers"]),
            ("in 2026 staff will move", &[]),
            ("20% of staff", &[]),
            ("three wards and two schools", &[]),
        ],
    );
}

#[test]
fn dates() {
    table(
        Slot::Date,
        &[
            ("Open by March 2027", &["by march 2027"]),
            ("done by the end of 2026/27", &["by the end of 2026 27"]),
            ("start in Q3", &["in q3"]),
            ("Q3 2026/27", &["q3 2026 27"]),
            ("within six months", &["within six months"]),
            ("starts from April", &["from april"]),
            ("autumn 2026", &["autumn 2026"]),
            ("31/03/2027", &["31 03 2027"]),
            ("31 March 2027", &["31 march 2027"]),
            ("by 1st June", &["by 1st june"]),
            ("over the next three years", &["over the next three years"]),
            ("by the end of the financial year", &["by the end of the financial year"]),
            ("by 2030", &["by 2030"]),
            ("a plan for 2025-2030", &["for 2025 2030"]),
            ("2025", &["2025"]),
            ("Marmot 2010 found this", &[]),
            ("Families may move; we march on", &[]),
            ("It will start in May", &["in may"]),
            ("next year we begin", &["next year"]),
            ("in the first quarter of 2027", &["in the first quarter of 2027"]),
            ("a report of 2,010 people", &[]),
            ("Mar 2027", &["mar 2027"]),
            ("in early 2027", &["in early 2027"]),
            ("in year 1", &["in year 1"]),
        ],
    );
}

#[test]
fn shares() {
    table(
        Slot::Percent,
        &[
            ("14% of homes", &["14 %"]),
            ("14 per cent", &["14 per cent"]),
            ("one in four adults", &["one in four"]),
            ("1 in 4 adults", &["1 in 4"]),
            ("a fifth of it", &["a fifth"]),
            ("two thirds", &["two thirds"]),
            ("two-thirds of it", &["two thirds"]),
            ("half of them", &["half"]),
            ("nine out of ten", &["nine out of ten"]),
            ("five percentage points", &["five percentage points"]),
            ("30 in 2024", &[]),
            ("a third sector body", &[]),
            ("a quarter later", &[]),
        ],
    );
    table(
        Slot::Change,
        &[
            ("fall from 12% to 9%", &["from 12 % to 9 %"]),
            ("cut by a third", &["by a third"]),
            ("we will halve it", &["halve"]),
            ("double the number", &["double"]),
            ("by 14%", &["by 14 %"]),
            ("by two years", &["by two years"]),
            ("from 2019 to 2024", &[]),
            ("by 2027", &[]),
            ("by 10 March", &[]),
            ("from a baseline of 12% in 2024 to under 9%", &["from a baseline of 12 % in 2024 to under 9 %"]),
        ],
    );
    table(
        Slot::Number,
        &[
            ("250 homes", &["250"]),
            ("two hundred and fifty homes", &["two hundred and fifty"]),
            ("one of them", &[]),
            ("no one", &[]),
            ("1.5 million", &["1.5 million"]),
            ("twenty-five", &["twenty five"]),
        ],
    );
}

#[test]
fn bodies() {
    table(
        Slot::Body,
        &[
            ("The Health and Wellbeing Board will act", &["the health and wellbeing board"]),
            ("led by the Director of Public Health", &["director of public health"]),
            ("Money team", &["money team"]),
            ("Oxford City Council", &["oxford city council"]),
            ("the Head of Housing reports", &["head of housing"]),
            ("the public health team", &["the public health team"]),
            ("the ICB and PCNs", &["icb", "pcns"]),
            ("NHS England wants it", &["nhs england"]),
            ("Citizens Advice runs it", &["citisens advice"]),
            ("Public Health Manager", &["public health manager"]),
            ("We will work with partners", &[]),
            ("Effective partnership matters", &[]),
            ("our team", &[]),
            ("the council", &[]),
            ("Cabinet member for health", &["cabinet member for health"]),
        ],
    );
}

#[test]
fn places_and_groups() {
    table(
        Slot::Place,
        &[
            ("in the six wards", &["the six wards"]),
            ("on the Eastfield estate", &["eastfield estate"]),
            ("IMD decile 1", &["imd decile 1"]),
            ("IMD 1-2", &["imd 1 2"]),
            ("the most deprived quintile", &["most deprived quintile"]),
            ("Core20PLUS5", &["core20plus5"]),
            ("the ten most deprived wards", &["the ten most deprived wards"]),
            ("bottom 20%", &["bottom 20 %"]),
            ("deciles 1 to 3", &["deciles 1 to 3"]),
            ("across the county", &[]),
            ("five years", &[]),
        ],
    );
    table(
        Slot::Group,
        &[
            ("support for care leavers", &["care leavers"]),
            ("renters on low incomes", &["renters on low incomes"]),
            ("people living in poverty", &["people living in poverty"]),
            ("disabled people", &["disabled people"]),
            ("minority ethnic communities", &["minority ethnic communities"]),
            ("all residents", &[]),
            ("people in Oxford", &[]),
        ],
    );
}
