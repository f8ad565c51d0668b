//! The thread, drawn: a strip for each criterion along a document's pages, with a tick where
//! evidence stands.
//!
//! Comes in: the marks of a document's points. Goes out: places in shares of a strip's width, and the
//! same facts as sentences. How a tick looks is the style's.

use crate::assess::{Assessment, FacetAssessment, Mark, Verdict};
use crate::report::words::called::Called;
use crate::report::{DocumentReport, words};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The strips of one document and one pack.
pub(super) struct Thread {
    /// Pages, or passages where the format has none.
    pub places: usize,
    pub by_page: bool,
    pub strips: Vec<Strip>,
    /// Pages that could not be read, as stretches of the strip.
    pub lost: Vec<Stretch>,
    /// The same in a sentence; empty where all could be read.
    pub lost_said: String,
    /// What stands below the strips, from the beginning to the end.
    pub scale: Vec<Label>,
}

/// A criterion or a point along the document.
pub(super) struct Strip {
    pub name: String,
    /// The id of the part of the page that shows the evidence.
    pub anchor: String,
    /// Ticks by how firm they are, the firmest last so that they are drawn on top.
    pub levels: Vec<Ticks>,
    /// How much there is, for those who do not see the drawing.
    pub short: String,
    /// Where it is, in sentences.
    pub said: String,
    /// The points of a criterion; none where it is its own single point.
    pub points: Vec<Strip>,
}

/// Ticks of one level.
pub(super) struct Ticks {
    /// 2 to 4, or 0 for passages to check.
    pub level: u8,
    /// Middles, in hundredths of the width.
    pub at: Vec<String>,
}

/// A part of a strip, in hundredths of its width.
pub(super) struct Stretch {
    pub from: String,
    pub to: String,
}

/// A number or word below the strips.
pub(super) struct Label {
    pub at: String,
    pub anchor: &'static str,
    pub text: String,
}

/// Runs of pages that a sentence lists; more are counted.
const RUNS: usize = 6;
/// Pages whose numbers stand in the middle of their part of a strip; of more, the first and the last would stick out.
const FEW: usize = 12;
/// The name for passages to check among the levels.
const TO_CHECK: u8 = 0;

impl Thread {
    /// The strips of the criteria given with the anchors of their evidence.
    pub(super) fn of<'a>(
        document: &DocumentReport,
        criteria: impl Iterator<Item = (String, &'a Assessment)>,
        by_point: bool,
    ) -> Self {
        let by_page = document.pages.is_some();
        let places = document.pages.unwrap_or(document.passages).max(1);
        let line = Line { places, by_page };
        let strips = criteria.map(|(anchor, c)| line.criterion(&anchor, c, by_point)).collect();
        let there = |page: &usize| (1..=places).contains(page);
        let lost: Vec<usize> = document.pages_unread.iter().map(|p| *p as usize).filter(there).collect();
        let stretch =
            |run: RangeInclusive<usize>| Stretch { from: line.share(run.start() - 1), to: line.share(*run.end()) };
        Self {
            places,
            by_page,
            strips,
            lost: runs(&lost).into_iter().map(stretch).collect(),
            lost_said: if lost.is_empty() {
                String::new()
            } else {
                format!("{} could not be read: what stands there is not known.", capital(&pages(&lost)))
            },
            scale: line.scale(),
        }
    }
}

impl Thread {
    /// Whether the points of criteria have strips of their own.
    pub(super) fn by_point(&self) -> bool {
        self.strips.iter().any(|s| !s.points.is_empty())
    }
}

/// What a strip stands for from its left end to its right.
#[derive(Clone, Copy)]
struct Line {
    places: usize,
    by_page: bool,
}

impl Line {
    fn criterion(self, anchor: &str, criterion: &Assessment, by_point: bool) -> Strip {
        let mut levels: BTreeMap<usize, u8> = BTreeMap::new();
        for facet in &criterion.facets {
            for (at, level) in self.levels(facet) {
                let firmest = levels.entry(at).or_insert(level);
                *firmest = level.max(*firmest);
            }
        }
        let name = criterion.named();
        let mut strip = self.strip(name, anchor.to_owned(), &levels);
        if by_point && criterion.facets.len() > 1 {
            let facets = (1..).zip(&criterion.facets);
            let point = |(n, f): (usize, &FacetAssessment)| {
                self.strip(words::clean(&f.title), format!("{anchor}-p{n}"), &self.levels(f))
            };
            strip.points = facets.map(point).collect();
        }
        strip
    }

    /// The firmest level at each place, [`TO_CHECK`] where it is not sure.
    fn levels(self, facet: &FacetAssessment) -> BTreeMap<usize, u8> {
        let level = |mark: &Mark| if facet.verdict == Verdict::Present { mark.level.clamp(2, 4) } else { TO_CHECK };
        facet.marks.iter().map(|mark| (mark.at.clamp(1, self.places), level(mark))).collect()
    }

    fn strip(self, name: String, anchor: String, levels: &BTreeMap<usize, u8>) -> Strip {
        let at = |level: u8| levels.iter().filter(|(_, l)| **l == level).map(|(at, _)| *at).collect::<Vec<_>>();
        let mut ticks = Vec::new();
        let mut said = Vec::new();
        for level in [4, 3, 2, TO_CHECK] {
            let places = at(level);
            if !places.is_empty() {
                let what = if level == TO_CHECK { "to check" } else { words::level(level) };
                said.push(format!("{what} {}", if self.by_page { self.on(&places) } else { self.among(&places) }));
                ticks.push(Ticks { level, at: places.iter().map(|p| self.middle(*p)).collect() });
            }
        }
        ticks.reverse();
        let held: Vec<usize> = levels.iter().filter(|(_, l)| **l > TO_CHECK).map(|(at, _)| *at).collect();
        let said = match said.as_slice() {
            [] => "No evidence in what could be read.".to_owned(),
            parts => format!("{}.{}", capital(&parts.join("; ")), self.gap(&held)),
        };
        Strip { name, anchor, levels: ticks, short: self.short(held.len()), said, points: Vec::new() }
    }

    fn short(self, held: usize) -> String {
        match self.by_page {
            true => format!("evidence on {held} of {}", words::count(self.places, "page", "pages")),
            false => format!("evidence in {held} of {}", words::count(self.places, "passage", "passages")),
        }
    }

    fn on(self, places: &[usize]) -> String {
        format!("on {}", pages(places))
    }

    /// Passages have no numbers that a reader could look up: they are counted, with where they begin
    /// and end.
    fn among(self, places: &[usize]) -> String {
        let percent = |at: usize| at.saturating_sub(1) * 100 / self.places;
        let count = words::count(places.len(), "passage", "passages");
        match places {
            [only] => format!("in one passage, {} % into the text", percent(*only)),
            [first, .., last] => format!("in {count}, {} to {} % into the text", percent(*first), percent(*last)),
            [] => count,
        }
    }

    /// The longest stretch without evidence, where it is long enough to be noticed.
    fn gap(self, held: &[usize]) -> String {
        if held.is_empty() {
            return String::new();
        }
        let ends = std::iter::once(0).chain(held.iter().copied());
        let starts = held.iter().copied().chain(std::iter::once(self.places + 1));
        let gaps =
            ends.zip(starts).map(|(end, start)| (start.saturating_sub(end + 1), end + 1, start.saturating_sub(1)));
        match gaps.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1))) {
            Some((long, from, to)) if long >= 4 && long * 3 >= self.places => {
                if self.by_page {
                    format!(" None on {}.", pages(&(from..=to).collect::<Vec<_>>()))
                } else {
                    format!(
                        " None from {} to {} % of the text.",
                        (from - 1) * 100 / self.places,
                        to * 100 / self.places
                    )
                }
            }
            _ => String::new(),
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "counts of pages are far below 2^52")]
    fn share(self, place: usize) -> String {
        percent(place as f64 / self.places as f64)
    }

    #[allow(clippy::cast_precision_loss, reason = "counts of pages are far below 2^52")]
    fn middle(self, place: usize) -> String {
        percent((place as f64 - 0.5) / self.places as f64)
    }

    fn scale(self) -> Vec<Label> {
        if !self.by_page {
            let label =
                |(at, anchor, text): (&str, _, &str)| Label { at: at.to_owned(), anchor, text: text.to_owned() };
            return [("0%", "start", "beginning"), ("100%", "end", "end")].map(label).into();
        }
        let quarter = |n: usize| 1 + (self.places - 1) * n / 4;
        let mut pages: Vec<usize> = (0..=4).map(quarter).collect();
        pages.dedup();
        let last = pages.len() - 1;
        let label = |(i, page): (usize, usize)| match i {
            _ if self.places <= FEW => Label { at: self.middle(page), anchor: "middle", text: page.to_string() },
            0 => Label { at: "0%".to_owned(), anchor: "start", text: format!("page {page}") },
            i if i == last => Label { at: "100%".to_owned(), anchor: "end", text: page.to_string() },
            _ => Label { at: self.middle(page), anchor: "middle", text: page.to_string() },
        };
        pages.into_iter().enumerate().map(label).collect()
    }
}

fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

/// Consecutive numbers together.
fn runs(numbers: &[usize]) -> Vec<RangeInclusive<usize>> {
    let mut out: Vec<RangeInclusive<usize>> = Vec::new();
    for &n in numbers {
        match out.last_mut() {
            Some(run) if run.end() + 1 == n => *run = *run.start()..=n,
            _ => out.push(n..=n),
        }
    }
    out
}

/// "page 4", "pages 2, 4 to 7 and 9", "12 pages between 3 and 80".
fn pages(numbers: &[usize]) -> String {
    let runs = runs(numbers);
    match (numbers, runs.len()) {
        ([one], _) => format!("page {one}"),
        ([first, .., last], n) if n > RUNS => format!("{} pages between {first} and {last}", numbers.len()),
        _ => {
            let run = |r: &RangeInclusive<usize>| match r.end() - r.start() {
                0 => r.start().to_string(),
                1 => format!("{} and {}", r.start(), r.end()),
                _ => format!("{} to {}", r.start(), r.end()),
            };
            format!("pages {}", runs.iter().map(run).collect::<Vec<_>>().join(", "))
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(line: Line, levels: &[(usize, u8)]) -> Strip {
        line.strip("P1".to_owned(), "a".to_owned(), &levels.iter().copied().collect())
    }

    #[test]
    fn pages_read_as_in_a_sentence() {
        assert_eq!(pages(&[4]), "page 4");
        assert_eq!(pages(&[1, 2, 5, 6, 7, 9]), "pages 1 and 2, 5 to 7, 9");
        assert_eq!(pages(&[1, 3, 5, 7, 9, 11, 13]), "7 pages between 1 and 13");
    }

    #[test]
    fn strips_say_what_they_draw() {
        let drawn = strip(Line { places: 20, by_page: true }, &[(2, 4), (3, 2), (4, 2), (5, 0)]);
        assert_eq!(
            drawn.said,
            "Accountable on page 2; stated on pages 3 and 4; to check on page 5. None on pages 5 to 20."
        );
        assert_eq!(drawn.short, "evidence on 3 of 20 pages");
        assert_eq!(drawn.levels.iter().map(|t| t.level).collect::<Vec<_>>(), [0, 2, 4]);
        assert_eq!(drawn.levels[2].at, ["7.50%"]);
        let none = strip(Line { places: 20, by_page: true }, &[]);
        assert_eq!(none.said, "No evidence in what could be read.");
    }

    #[test]
    fn passages_are_counted() {
        let drawn = strip(Line { places: 10, by_page: false }, &[(1, 3), (3, 3)]);
        assert_eq!(drawn.said, "Committed in 2 passages, 0 to 20 % into the text. None from 30 to 100 % of the text.");
    }

    #[test]
    fn one_page_is_drawn_too() {
        let line = Line { places: 1, by_page: true };
        assert_eq!(line.scale().len(), 1);
        assert_eq!(strip(line, &[(1, 2)]).said, "Stated on page 1.");
    }
}
