//! A comparison as one web page that needs nothing else, in the dress of the report's page.
//!
//! Comes in: a comparison. Goes out: HTML. Foreign text is escaped by the templates and loses what
//! could change how other text shows.

use crate::compare::{Change, Comparison, CriterionChange, DocumentChange, DocumentInfo, FacetChange, PassageChange};
use crate::compare::{Fate, Shown, SideInfo, words};
use crate::report::words as plain;
use crate::report::words::called::Called;
use crate::report::{ReportError, html};
use askama::Template;

pub(super) fn page(comparison: &Comparison) -> Result<String, ReportError> {
    let documents = comparison.documents.iter().zip(1..).map(|(d, n)| DocumentView::new(comparison, d, n)).collect();
    let styles = [html::STYLE, include_str!("../html/compare.css")];
    let page = Page { styles, c: comparison, documents };
    Ok(html::visible(&page.render()?))
}

#[derive(Template)]
#[template(path = "compare.html")]
struct Page<'c> {
    styles: [&'static str; 2],
    c: &'c Comparison,
    documents: Vec<DocumentView<'c>>,
}

impl Page<'_> {
    /// What the browser shows above the page.
    fn title(&self) -> String {
        format!("Golden thread comparison: {} and {}", self.c.old.given, self.c.new.given)
    }
}

/// A pair of drafts.
struct DocumentView<'c> {
    n: usize,
    d: &'c DocumentChange,
    summary: String,
    notes: Vec<String>,
    packs: Vec<(&'c str, Vec<&'c CriterionChange>)>,
    groups: Vec<Group<'c>>,
}

/// The points of a pair to which the same happened.
struct Group<'c> {
    change: Change,
    points: Vec<Point<'c>>,
}

/// A point that changed, or whose passages did.
struct Point<'c> {
    criterion: &'c CriterionChange,
    f: &'c FacetChange,
    told: String,
    passages: Vec<Pair>,
}

/// A passage of both drafts.
struct Pair {
    fate: &'static str,
    /// The same words in both, shown once.
    both: Option<Quote>,
    old: Option<Quote>,
    new: Option<Quote>,
}

/// A passage of one draft.
struct Quote {
    place: String,
    worth: String,
    why: String,
    pieces: Vec<(String, bool)>,
}

/// The groups in the order of the page: what calls for action first.
const GROUPS: [Change; 6] =
    [Change::Lost, Change::Weakened, Change::NotComparable, Change::Strengthened, Change::Gained, Change::Same];

impl<'c> Page<'c> {
    fn single(&self) -> Option<&DocumentView<'c>> {
        match self.documents.as_slice() {
            [one] if self.c.only_old.is_empty() && self.c.only_new.is_empty() => Some(one),
            _ => None,
        }
    }

    /// The number of the first heading of a pair's parts.
    fn level(&self) -> usize {
        if self.single().is_some() { 2 } else { 3 }
    }

    fn headline(&self) -> String {
        words::headline(self.c)
    }

    fn sides(&self) -> [(&'static str, &'c SideInfo); 2] {
        [("Old", &self.c.old), ("New", &self.c.new)]
    }

    /// Documents that are in one set only.
    fn only(&self) -> [(&'static str, &'c [DocumentInfo]); 2] {
        [("old", &self.c.only_old), ("new", &self.c.only_new)]
    }

    fn judged(&self) -> Vec<String> {
        words::judged(self.c)
    }
}

impl<'c> DocumentView<'c> {
    fn new(c: &'c Comparison, d: &'c DocumentChange, n: usize) -> Self {
        let own = |id: &str| d.criteria.iter().filter(|c| c.pack == id).collect::<Vec<_>>();
        let packs = c.new.packs.iter().map(|p| (p.title.as_str(), own(&p.id))).filter(|(_, own)| !own.is_empty());
        let groups = GROUPS.map(|change| Group { change, points: points(d, change) });
        Self {
            n,
            d,
            summary: words::summary(d),
            notes: words::notes(c, d),
            packs: packs.collect(),
            groups: groups.into_iter().filter(|g| !g.points.is_empty()).collect(),
        }
    }

    fn name(&self) -> String {
        words::name(&self.d.new)
    }

    /// How many points changed how, and whether that is for the worse.
    fn counts(&self) -> [(usize, bool); 4] {
        [Change::Lost, Change::Weakened, Change::Strengthened, Change::Gained]
            .map(|change| (self.d.count(change), change.is_weaker() && self.d.count(change) > 0))
    }

    fn files(&self) -> [(&'static str, &'c DocumentInfo); 2] {
        [("Old", &self.d.old), ("New", &self.d.new)]
    }

    fn cannot(&self) -> &str {
        self.d.cannot.as_deref().unwrap_or_default()
    }
}

fn points(d: &DocumentChange, change: Change) -> Vec<Point<'_>> {
    let all = d.criteria.iter().flat_map(|c| c.facets.iter().map(move |f| (c, f)));
    let own = all.filter(|(_, f)| f.change == change && (change != Change::Same || !f.passages.is_empty()));
    own.map(|(criterion, f)| Point {
        criterion,
        f,
        told: words::capital(&words::facet(f)),
        passages: f.passages.iter().map(|p| Pair::of(d, p)).collect(),
    })
    .collect()
}

impl Group<'_> {
    fn anchor(&self) -> &'static str {
        match self.change {
            Change::Lost => "lost",
            Change::Weakened => "weakened",
            Change::NotComparable => "not-comparable",
            Change::Same => "reworded",
            Change::Strengthened => "strengthened",
            Change::Gained => "gained",
        }
    }

    fn title(&self) -> &'static str {
        match self.change {
            Change::Lost => "Lost",
            Change::Weakened => "Weakened",
            Change::NotComparable => "Cannot be compared",
            Change::Same => "As before, in other passages or words",
            Change::Strengthened => "Strengthened",
            Change::Gained => "Gained",
        }
    }

    fn weaker(&self) -> bool {
        self.change.is_weaker()
    }

    fn same(&self) -> bool {
        self.change == Change::Same
    }
}

impl CriterionChange {
    fn basis(&self) -> &'static str {
        words::basis(self)
    }

    /// Which draft, the sign of its rating, and its rating.
    fn ratings(&self) -> [(&'static str, &'static str, String); 2] {
        [("Old", self.old), ("New", self.new)].map(|(name, r)| (name, words::sign(r), words::rating(r)))
    }
}

impl Pair {
    fn of(d: &DocumentChange, p: &PassageChange) -> Self {
        let old = p.old.as_ref().map(|s| Quote::of(&d.old, s));
        let new = p.new.as_ref().map(|s| Quote::of(&d.new, s));
        let fate = words::fate(p);
        match (old, new) {
            (Some(old), Some(new)) if p.fate != Fate::Reworded => {
                let both =
                    Quote { place: words::step(old.place, new.place), worth: words::step(old.worth, new.worth), ..new };
                Self { fate, both: Some(both), old: None, new: None }
            }
            (old, new) => Self { fate, both: None, old, new },
        }
    }
}

impl Quote {
    fn of(d: &DocumentInfo, s: &Shown) -> Self {
        Self {
            place: words::place(d, s),
            worth: words::worth(s),
            why: s.why.as_deref().map(plain::clean).unwrap_or_default(),
            pieces: pieces(&s.quote, &s.changed),
        }
    }
}

/// A text cut where changes begin and end. Ranges that do not fit it are left out.
fn pieces(quote: &str, changed: &[(usize, usize)]) -> Vec<(String, bool)> {
    let (mut out, mut at) = (Vec::new(), 0);
    for &(start, end) in changed {
        if let (Some(before), Some(marked)) = (quote.get(at..start), quote.get(start..end)) {
            out.push((before.to_owned(), false));
            out.push((marked.to_owned(), true));
            at = end;
        }
    }
    out.push((quote.get(at..).unwrap_or_default().to_owned(), false));
    out.retain(|(text, _)| !text.is_empty());
    out
}
