//! What the comments say, and at which paragraphs.
//!
//! Comes in: a document and its report. Goes out: one note a passage, in the order of the document,
//! with every point that the passage holds or may hold, after a first one with what is missing.

use super::Note;
use crate::assess::{Assessment, Cited, FacetAssessment, Reason, Verdict};
use crate::document::{Document, Place};
use crate::report::{DocumentReport, Head, words};
use std::collections::{BTreeMap, HashMap};

/// Points that one comment tells of.
const MOST: usize = 20;

/// Every note; none where no block has a place.
pub(super) fn notes(document: &Document, head: &Head, report: &DocumentReport) -> Vec<Note> {
    let Some(first) = document.blocks.iter().filter_map(|b| b.place).min() else { return Vec::new() };
    let places = Places::of(document);
    let mut said: BTreeMap<Place, Vec<String>> = BTreeMap::new();
    for criterion in &report.criteria {
        for facet in &criterion.facets {
            for (place, text) in of_facet(&places, criterion, facet) {
                said.entry(place).or_default().push(text);
            }
        }
    }
    let mut out =
        vec![Note { place: Place { first: first.first, last: first.first }, paragraphs: opening(head, report) }];
    out.extend(said.into_iter().map(|(place, mut paragraphs)| {
        let more = paragraphs.len().saturating_sub(MOST);
        paragraphs.truncate(MOST);
        if more > 0 {
            paragraphs.push(format!("And {}.", words::count(more, "further point", "further points")));
        }
        Note { place, paragraphs }
    }));
    out
}

/// What each passage of a point is to it.
fn of_facet(places: &Places<'_>, criterion: &Assessment, facet: &FacetAssessment) -> Vec<(Place, String)> {
    let point = if criterion.title == facet.title {
        words::clean(&format!("{} {}", criterion.id, facet.title))
    } else {
        words::clean(&format!("{} {}: {}", criterion.id, criterion.title, facet.title))
    };
    let mut used = HashMap::new();
    let mut out = Vec::new();
    for e in &facet.evidence {
        let why = reasons(e.rules.iter().chain(&e.cues));
        let said = format!("Evidence, {}. {point}. {why}", words::level(e.level));
        out.extend(places.find(&e.cited, &mut used).map(|place| (place, said.trim_end().to_owned())));
    }
    if facet.verdict == Verdict::Check {
        for n in &facet.nearest {
            let said = format!("To check. {point}. {}", words::clean(&n.why));
            out.extend(places.find(&n.cited, &mut used).map(|place| (place, said)));
        }
    }
    out
}

/// "It commits to an action ("will fund"); names an owner."
fn reasons<'r>(all: impl Iterator<Item = &'r Reason>) -> String {
    let mut out: Vec<String> = Vec::new();
    for reason in all.filter(|r| r.points > 0.0 && !r.says.is_empty()).take(4) {
        let word = reason.words.iter().map(|w| words::clean(w)).find(|w| !w.is_empty());
        let quoted = word.map(|w| format!(" (\u{201c}{}\u{201d})", words::shorten(&w, 80))).unwrap_or_default();
        out.push(format!("{}{quoted}", words::clean(&reason.says)));
    }
    if out.is_empty() { String::new() } else { format!("It {}.", out.join("; ")) }
}

/// What the first comment says: the ratings, then what is missing with the question to ask.
fn opening(head: &Head, report: &DocumentReport) -> Vec<String> {
    let mut out = Vec::new();
    for (i, pack) in head.packs.iter().enumerate() {
        out.push(format!("{} {}", words::ratings(pack, report), words::points(pack, report)).trim_end().to_owned());
        let missing = report.criteria.iter().filter(|c| c.pack == pack.id);
        let missing: Vec<(&Assessment, &FacetAssessment)> = missing
            .flat_map(|c| c.facets.iter().map(move |f| (c, f)))
            .filter(|(_, f)| f.verdict == Verdict::Missing)
            .collect();
        if i > 0 {
            let names: Vec<String> = missing.iter().map(|(c, _)| words::clean(&c.id)).collect();
            out.extend((!names.is_empty()).then(|| format!("Missing: {}.", names.join(", "))));
            continue;
        }
        for (criterion, facet) in missing {
            let asked = pack.criteria.iter().flat_map(|c| &c.facets).find(|f| f.id == facet.id);
            let asked = asked.map(|f| format!(" {}", words::clean(&f.question))).unwrap_or_default();
            out.push(words::clean(&format!("Missing: {} {}.{asked}", criterion.id, facet.title)));
        }
        out.push(words::method::trust(pack.accuracy.as_ref()));
    }
    out.push(words::method::PEOPLE_DECIDE.to_owned());
    out
}

/// Where passages stand, by their text.
struct Places<'d> {
    by_text: HashMap<&'d str, Vec<(Option<u32>, Place)>>,
}

impl<'d> Places<'d> {
    fn of(document: &'d Document) -> Self {
        let mut by_text: HashMap<&str, Vec<(Option<u32>, Place)>> = HashMap::new();
        for block in document.blocks.iter().filter(|b| b.furniture.is_none()) {
            if let Some(place) = block.place {
                by_text.entry(document.text_of(block)).or_default().push((block.locator.page, place));
            }
        }
        Self { by_text }
    }

    /// The place of a passage. Passages of one point with the same text take the places of that
    /// text one after another.
    fn find<'c>(&self, cited: &'c Cited, used: &mut HashMap<&'c str, usize>) -> Option<Place> {
        let all = self.by_text.get(cited.quote.as_str())?;
        let nth = used.entry(cited.quote.as_str()).or_default();
        let on_page: Vec<&(Option<u32>, Place)> = all.iter().filter(|(page, _)| *page == cited.page).collect();
        let found = on_page.get(*nth).or_else(|| on_page.last()).map(|(_, place)| *place);
        *nth += 1;
        found.or_else(|| all.first().map(|(_, place)| *place))
    }
}
