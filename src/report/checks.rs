//! The points that a person must check, in the order in which they are settled soonest.
//!
//! Comes in: the points of one document to check. Goes out: the same in groups by how likely the
//! document holds them, the quickest to read first, with how much there is to read. Knows no form.

use super::{DocumentReport, PackInfo, words};
use crate::assess::{Assessment, Cited, FacetAssessment, Verdict};
use std::collections::HashSet;

/// How likely it is that a document holds a point to check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chance {
    /// Likelier than not.
    Likely,
    /// It may.
    Open,
    /// Little speaks for it.
    Unlikely,
    /// An officer has settled it.
    Settled,
}

/// Certainties of a document from which a point is probably there, and below which it is probably not. Source: how many
/// points to check were there in labelled documents (docs/forms.md).
const LIKELY: f64 = 0.6;
const UNLIKELY: f64 = 0.3;
/// Words that people read in a minute. Source: Brysbaert, How many words do we read per minute? (2019), finds 238 of
/// non-fiction; this is a little less, for careful reading.
const A_MINUTE: usize = 200;

/// A point to check.
#[derive(Clone, Copy, Debug)]
pub struct Check<'d> {
    /// The criterion that it belongs to.
    pub criterion: &'d Assessment,
    /// What was found of it.
    pub facet: &'d FacetAssessment,
}

/// Points that are equally likely.
#[derive(Clone, Debug)]
pub struct Group<'d> {
    /// How likely they are.
    pub chance: Chance,
    /// The quickest to read first.
    pub points: Vec<Check<'d>>,
}

impl Chance {
    /// Every chance in the order of reports.
    pub const ALL: [Self; 4] = [Self::Likely, Self::Open, Self::Unlikely, Self::Settled];

    /// The chance of a point by what the program says of it.
    #[must_use]
    pub fn of(facet: &FacetAssessment) -> Self {
        match facet.certainty {
            c if c >= LIKELY => Self::Likely,
            c if c < UNLIKELY => Self::Unlikely,
            _ => Self::Open,
        }
    }

    /// As people read it; completes "it is …".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Likely => "probably there",
            Self::Open => "open",
            Self::Unlikely => "probably not there",
            Self::Settled => "settled by an officer",
        }
    }

    /// As a heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Likely => "Probably there",
            Self::Open => "Open",
            Self::Unlikely => "Probably not there",
            Self::Settled => "Settled by an officer",
        }
    }

    /// What a person does with such points.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Likely => {
                "More speaks for these than against them. The first passage is the likeliest: confirm it, and the point is settled."
            }
            Self::Open => {
                "These may be there or not. One passage that holds is enough; if none does, ask the question."
            }
            Self::Unlikely => {
                "Little speaks for these. Glance at the first passage; if it does not convince you, ask the question."
            }
            Self::Settled => {
                "An officer has judged these; the program\u{2019}s own word stays \u{201c}to check\u{201d}."
            }
        }
    }

    /// A part of the address of its group.
    #[must_use]
    pub const fn anchor(self) -> &'static str {
        match self {
            Self::Likely => "likely",
            Self::Open => "open",
            Self::Unlikely => "unlikely",
            Self::Settled => "settled",
        }
    }
}

impl<'d> Check<'d> {
    /// The passages that are shown for it, the likeliest first.
    fn passages(&self) -> impl Iterator<Item = &'d Cited> + use<'d> {
        self.facet.nearest.iter().map(|n| &n.cited)
    }

    /// Words to read until it is settled: the first passage where that most likely holds it, else all of them.
    fn to_read(self, chance: Chance) -> usize {
        let most = if chance == Chance::Likely { 1 } else { usize::MAX };
        self.passages().take(most).map(length).sum()
    }

    /// How much there is to read: "one passage of 23 words".
    #[must_use]
    pub fn load(&self) -> String {
        let passages = self.passages().count();
        let read = words::count(self.passages().map(length).sum(), "word", "words");
        match passages {
            0 => "no passage to read".to_owned(),
            1 => format!("one passage of {read}"),
            n => format!("{} passages of {read}", words::number(n)),
        }
    }
}

/// Words of a passage and of what leads it in.
fn length(cited: &Cited) -> usize {
    let all = std::iter::once(cited.quote.as_str()).chain(cited.lead_in.as_deref());
    all.map(|text| text.split_whitespace().count()).sum()
}

/// How likely a point to check is there; `None` where the program's verdict is another.
#[must_use]
pub fn chance(document: &DocumentReport, criterion: &Assessment, facet: &FacetAssessment) -> Option<Chance> {
    let settled = || document.settled_verdict(&criterion.pack, facet) != Verdict::Check;
    let chance = || if settled() { Chance::Settled } else { Chance::of(facet) };
    (facet.verdict == Verdict::Check).then(chance)
}

/// The points of a pack to check, in groups; empty groups are left out.
#[must_use]
pub fn groups<'d>(pack: &PackInfo, document: &'d DocumentReport) -> Vec<Group<'d>> {
    let own = document.criteria.iter().filter(|c| c.pack == pack.id);
    let all = own.flat_map(|criterion| criterion.facets.iter().map(move |facet| Check { criterion, facet }));
    let open: Vec<Check<'d>> = all.filter(|c| c.facet.verdict == Verdict::Check).collect();
    let chance = |c: &Check<'d>| chance(document, c.criterion, c.facet).unwrap_or(Chance::Settled);
    let group = |of: Chance| {
        let mut points: Vec<Check<'d>> = open.iter().filter(|c| chance(c) == of).copied().collect();
        points.sort_by_key(|c| c.to_read(of));
        Group { chance: of, points }
    };
    Chance::ALL.map(group).into_iter().filter(|g| !g.points.is_empty()).collect()
}

/// What awaits a reader, in two sentences: "Of the 9 points to check, 3 are probably there, 4 are open and 2 are probably
/// not there. There are 25 passages to read, about 5 minutes in all."; empty where there is none.
#[must_use]
pub fn load(groups: &[Group<'_>]) -> String {
    let of: usize = groups.iter().map(|g| g.points.len()).sum();
    let said = match groups {
        [] => return String::new(),
        [only] if of == 1 => format!("The one point to check is {}.", only.chance.name()),
        [only] => format!("The {of} points to check are {}.", only.chance.name()),
        some => {
            let told = |g: &Group<'_>| match g.points.len() {
                1 => format!("1 is {}", g.chance.name()),
                n => format!("{n} are {}", g.chance.name()),
            };
            format!("Of the {of} points to check, {}.", words::list(&some.iter().map(told).collect::<Vec<_>>()))
        }
    };
    // A passage that several points share is read once.
    let mut seen = HashSet::new();
    let open = groups.iter().filter(|g| g.chance != Chance::Settled).flat_map(|g| &g.points);
    let passages: Vec<&Cited> =
        open.flat_map(Check::passages).filter(|c| seen.insert((&c.quote, &c.lead_in))).collect();
    let minutes = passages.iter().map(|c| length(c)).sum::<usize>().div_ceil(A_MINUTE);
    match passages.len() {
        0 => said,
        1 => format!("{said} There is one passage to read."),
        n => format!(
            "{said} There are {n} passages to read, about {} in all.",
            words::count(minutes, "minute", "minutes")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::{NearMiss, Rating, Status};
    use crate::segment::PassageKind;

    fn near(words: usize) -> NearMiss {
        let cited = Cited {
            quote: vec!["word"; words].join(" "),
            marks: Vec::new(),
            page: None,
            page_label: None,
            recognised: false,
            headings: Vec::new(),
            kind: PassageKind::Paragraph,
            columns: Vec::new(),
            lead_in: None,
        };
        let (rules, cues) = (Vec::new(), Vec::new());
        NearMiss {
            cited,
            level: 2,
            certainty: 0.1,
            found_by: crate::assess::FoundBy::Rules,
            why: String::new(),
            rules,
            cues,
        }
    }

    fn facet(id: &str, certainty: f64, passages: &[usize]) -> FacetAssessment {
        FacetAssessment {
            id: id.to_owned(),
            title: id.to_owned(),
            verdict: Verdict::Check,
            level: 2,
            certainty,
            evidence: Vec::new(),
            nearest: passages.iter().map(|n| near(*n)).collect(),
            marks: Vec::new(),
            only_in: Vec::new(),
        }
    }

    fn document(facets: Vec<FacetAssessment>) -> DocumentReport {
        let (pack, id) = ("p".to_owned(), "P1".to_owned());
        let (title, only_in, rating) = ("Poverty".to_owned(), Vec::new(), Rating::Missing);
        let criterion =
            Assessment { pack, id, title, required: true, rating, rating_if_checks_hold: None, only_in, facets };
        DocumentReport {
            path: "a.md".to_owned(),
            plan: crate::report::PlanNote::default(),
            title: None,
            sha256: None,
            format: None,
            pages: None,
            pages_unread: Vec::new(),
            passages: 9,
            status: Status::Assessed,
            error: None,
            warnings: Vec::new(),
            criteria: vec![criterion],
            review: None,
        }
    }

    fn pack() -> PackInfo {
        PackInfo {
            id: "p".to_owned(),
            title: String::new(),
            version: String::new(),
            source: String::new(),
            summary: String::new(),
            criteria: Vec::new(),
            not_assessable: Vec::new(),
            thresholds: None,
            accuracy: None,
        }
    }

    fn order(groups: &[Group<'_>]) -> Vec<(Chance, Vec<String>)> {
        groups.iter().map(|g| (g.chance, g.points.iter().map(|p| p.facet.id.clone()).collect())).collect()
    }

    #[test]
    fn the_likeliest_come_first_and_in_a_group_the_quickest_to_read() {
        let facets = vec![
            facet("long", 0.5, &[90]),
            facet("faint", 0.29, &[10]),
            facet("near", 0.9, &[20, 300]),
            facet("nearer", 0.6, &[10, 500]),
            facet("brief", 0.3, &[5, 6]),
        ];
        let mut document = document(facets);
        let names = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        let (likely, open) = ((Chance::Likely, names(&["nearer", "near"])), (Chance::Open, names(&["brief", "long"])));
        let found = groups(&pack(), &document);
        assert_eq!(order(&found), [likely, open.clone(), (Chance::Unlikely, names(&["faint"]))]);
        // Two points share a passage.
        let said = "Of the 5 points to check, 2 are probably there, 2 are open and 1 is probably not there. There are 7 \
                    passages to read, about 5 minutes in all.";
        assert_eq!(load(&found), said);
        assert_eq!(found[0].points[0].load(), "two passages of 510 words");

        document.criteria[0].facets[3].verdict = Verdict::Present;
        document.criteria[0].facets[1].verdict = Verdict::Missing;
        assert_eq!(order(&groups(&pack(), &document)), [(Chance::Likely, names(&["near"])), open]);
        document.criteria[0].facets.clear();
        assert_eq!(load(&groups(&pack(), &document)), "");
    }

    #[test]
    fn a_passage_of_several_points_is_read_once() {
        let document = document(vec![facet("a", 0.3, &[7]), facet("b", 0.3, &[7])]);
        let found = groups(&pack(), &document);
        assert_eq!(load(&found), "The 2 points to check are open. There is one passage to read.");
        assert_eq!(found[0].points[0].load(), "one passage of 7 words");
    }
}
