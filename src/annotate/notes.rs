//! What the notes say, and where they belong.
//!
//! Comes in: a document and its report. Goes out: one note a passage, in the order of the document,
//! with every point that the passage holds or may hold, after a first one with what is missing.

use crate::assess::{Assessment, Cited, FacetAssessment, Reason, Verdict};
use crate::document::{Document, Format, Place};
use crate::remark::{Anchor, Kind, Note};
use crate::report::checks::Chance;
use crate::report::officer::{self, PassageWord};
use crate::report::words::called::Called;
use crate::report::{DocumentReport, Head, words};
use std::collections::{BTreeMap, HashMap};

/// Points that one note tells of.
const MOST: usize = 20;

/// Where a note belongs, in the order of the document as far as that is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    Paragraphs(Place),
    Passage(u32, String),
}

impl From<Spot> for Anchor {
    fn from(spot: Spot) -> Self {
        match spot {
            Spot::Paragraphs(place) => Self::Paragraphs(place),
            Spot::Passage(page, text) => Self::Passage { page, shown: words::clean(&text), text },
        }
    }
}

/// Every note; none where the document has no place for one.
pub(super) fn notes(document: &Document, head: &Head, report: &DocumentReport) -> Vec<Note> {
    let places = Places::of(document);
    let Some(start) = places.start() else { return Vec::new() };
    let mut said: BTreeMap<Spot, (Kind, Vec<String>)> = BTreeMap::new();
    for criterion in &report.criteria {
        for facet in &criterion.facets {
            for (spot, kind, text) in of_facet(&places, report, criterion, facet) {
                let (most, all) = said.entry(spot).or_insert_with(|| (kind, Vec::new()));
                *most = kind.max(*most);
                all.push(text);
            }
        }
    }
    let mut out = vec![Note { at: start.into(), kind: Kind::Summary, paragraphs: opening(head, report) }];
    out.extend(said.into_iter().map(|(spot, (kind, mut paragraphs))| {
        let more = paragraphs.len().saturating_sub(MOST);
        paragraphs.truncate(MOST);
        if more > 0 {
            paragraphs.push(format!("And {}.", words::count(more, "further point", "further points")));
        }
        Note { at: spot.into(), kind, paragraphs }
    }));
    for text in out.iter_mut().flat_map(|note| &mut note.paragraphs) {
        *text = words::clean(text);
    }
    out
}

/// What each passage of a point is to it.
fn of_facet(
    places: &Places<'_>,
    report: &DocumentReport,
    criterion: &Assessment,
    facet: &FacetAssessment,
) -> Vec<(Spot, Kind, String)> {
    let point = criterion.whole(&facet.title);
    let judged = report.judgement(&criterion.pack, &facet.id);
    let officer = |quote: &str| {
        let Some(judged) = judged else { return String::new() };
        let passage = judged.passage(quote).map_or("", |word| match word {
            PassageWord::Counts => " This passage counts.",
            PassageWord::Rejected => " This passage does not count.",
        });
        format!(" {} on this point: {}.{passage}", officer::label(judged), officer::said(judged).trim_end_matches('.'))
    };
    let mut used = HashMap::new();
    let mut out = Vec::new();
    for e in &facet.evidence {
        let why = reasons(e.rules.iter().chain(&e.cues));
        let said = format!("Evidence, {}. {point}. {why}{}", words::level(e.level), officer(&e.cited.quote));
        out.extend(places.find(&e.cited, &mut used).map(|spot| (spot, Kind::Evidence, said)));
    }
    if facet.verdict == Verdict::Check {
        for n in &facet.nearest {
            let said = format!("To check, {}. {point}. {}{}", Chance::of(facet).name(), n.why, officer(&n.cited.quote));
            out.extend(places.find(&n.cited, &mut used).map(|spot| (spot, Kind::ToCheck, said)));
        }
    }
    out
}

/// "It commits to an action ("will fund"); names an owner."
fn reasons<'r>(all: impl Iterator<Item = &'r Reason>) -> String {
    let mut out: Vec<String> = Vec::new();
    for reason in all.filter(|r| r.points > 0.0 && !r.is_model() && !r.says.is_empty()).take(4) {
        let word = reason.words.iter().map(|w| words::clean(w)).find(|w| !w.is_empty());
        let quoted = word.map(|w| format!(" (\u{201c}{}\u{201d})", words::shorten(&w, 80))).unwrap_or_default();
        out.push(format!("{}{quoted}", words::clean(&reason.says)));
    }
    if out.is_empty() { String::new() } else { format!("It {}.", out.join("; ")) }
}

/// What the first comment says: the ratings, what is missing with the question to ask, and what an officer said of it.
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
            let names: Vec<String> = missing.iter().map(|(c, _)| c.named()).collect();
            out.extend((!names.is_empty()).then(|| format!("Missing: {}.", names.join("; "))));
            out.extend(
                missing.into_iter().filter_map(|(c, f)| Some(format!("{}: {}", c.short(), judged(report, c, f)?))),
            );
            continue;
        }
        for (criterion, facet) in missing {
            let asked = pack.criteria.iter().flat_map(|c| &c.facets).find(|f| f.id == facet.id);
            let asked = asked.map(|f| format!(" {}", f.question)).unwrap_or_default();
            let judged = judged(report, criterion, facet).map(|said| format!(" {said}")).unwrap_or_default();
            out.push(format!("Missing: {}.{asked}{judged}", criterion.point(&facet.title)));
        }
        out.push(format!("{} {}", words::method::HOW_SURE, words::method::trust(pack.accuracy.as_ref())));
    }
    out.extend(report.review.as_ref().map(|review| format!("{} {}", officer::summary(review), officer::BESIDE)));
    out.push(words::method::PEOPLE_DECIDE.to_owned());
    out
}

/// What an officer said of a point.
fn judged(report: &DocumentReport, criterion: &Assessment, facet: &FacetAssessment) -> Option<String> {
    let point = report.judgement(&criterion.pack, &facet.id)?;
    Some(format!("{}: {}", officer::label(point), officer::said_in_full(point, facet)))
}

/// Where passages stand.
enum Places<'d> {
    /// In the paragraphs that hold their text.
    Paragraphs(HashMap<&'d str, Vec<(Option<u32>, Place)>>),
    /// On their pages, where they are looked for when the notes are put in.
    Pages,
}

impl<'d> Places<'d> {
    fn of(document: &'d Document) -> Self {
        if document.format == Format::Pdf {
            return Self::Pages;
        }
        let mut by_text: HashMap<&str, Vec<(Option<u32>, Place)>> = HashMap::new();
        for block in document.blocks.iter().filter(|b| b.furniture.is_none()) {
            if let Some(place) = block.place {
                by_text.entry(document.text_of(block)).or_default().push((block.locator.page, place));
            }
        }
        Self::Paragraphs(by_text)
    }

    /// Where the document begins.
    fn start(&self) -> Option<Spot> {
        match self {
            Self::Pages => Some(Spot::Passage(1, String::new())),
            Self::Paragraphs(by_text) => {
                let first = by_text.values().flatten().map(|(_, place)| place.first).min()?;
                Some(Spot::Paragraphs(Place { first, last: first }))
            }
        }
    }

    /// The place of a passage. Passages of one point with the same text take the places of that
    /// text one after another.
    fn find<'c>(&self, cited: &'c Cited, used: &mut HashMap<&'c str, usize>) -> Option<Spot> {
        let Self::Paragraphs(by_text) = self else { return Some(Spot::Passage(cited.page?, cited.quote.clone())) };
        let all = by_text.get(cited.quote.as_str())?;
        let nth = used.entry(cited.quote.as_str()).or_default();
        let on_page: Vec<&(Option<u32>, Place)> = all.iter().filter(|(page, _)| *page == cited.page).collect();
        let found = on_page.get(*nth).or_else(|| on_page.last()).map(|(_, place)| *place);
        *nth += 1;
        found.or_else(|| all.first().map(|(_, place)| *place)).map(Spot::Paragraphs)
    }
}
