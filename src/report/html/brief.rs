//! What the page keeps of every document while it looks at them one at a time.
//!
//! Comes in: a document's results. Goes out: its name, how much of it was read, and a few bytes for
//! each criterion: enough for the overview of all documents, never a passage.

use super::view;
use crate::assess::{Assessment, Rating, Status, Verdict};
use crate::document::Warning;
use crate::report::words::called::Called;
use crate::report::{DocumentReport, Head, words};

/// One document in short.
pub(super) struct Brief {
    /// Counted from 1.
    pub n: usize,
    pub name: String,
    pub path: String,
    pub sha256: Option<String>,
    pub state: Status,
    /// Whether it could be judged.
    pub assessed: bool,
    /// Whether part of it could not be read.
    pub partly_read: bool,
    /// How much could be read; empty where all of it could.
    pub coverage: String,
    /// Why it could not be judged; empty where it could.
    pub trouble: String,
    pub warnings: Vec<Warning>,
    /// By pack, then by criterion, in the packs' order; empty where it could not be judged.
    pub packs: Vec<Vec<Cell>>,
    /// The verdicts on every point, in the packs' order, an officer's judgements counted.
    pub verdicts: Vec<Verdict>,
}

/// A criterion of one document in the overview.
pub(super) struct Cell {
    /// The number in the anchor of its evidence.
    pub index: usize,
    pub rating: Rating,
    /// The best rating possible, where it differs.
    pub best: Option<Rating>,
    /// Whether passages to check decide if it is missing at all.
    pub open: bool,
    /// Whether all that speaks for it are words that cost nothing.
    pub words_only: bool,
    /// The rating with an officer's judgements counted, where there are any.
    pub officer: Option<String>,
}

impl Brief {
    pub(super) fn of(head: &Head, document: &DocumentReport, n: usize) -> Self {
        let assessed = document.status == Status::Assessed;
        let partly_read = assessed && !document.pages_unread.is_empty();
        let mut packs = Vec::new();
        let mut verdicts = Vec::new();
        for info in head.packs.iter().filter(|_| assessed) {
            let own = || (1..).zip(&document.criteria).filter(|(_, c)| c.pack == info.id);
            packs.push(own().map(|(index, c)| Cell::of(index, document, c)).collect());
            verdicts.extend(own().flat_map(|(_, c)| c.facets.iter().map(|f| document.settled_verdict(&c.pack, f))));
        }
        Self {
            n,
            name: words::name(document),
            path: words::clean(&document.path),
            sha256: document.sha256.clone(),
            state: document.status,
            assessed,
            partly_read,
            coverage: if partly_read { words::coverage(document) } else { String::new() },
            trouble: words::trouble(document),
            warnings: if assessed { document.warnings.clone() } else { Vec::new() },
            packs,
            verdicts,
        }
    }

    pub(super) fn file(&self) -> &str {
        words::file_name(&self.path)
    }

    pub(super) fn status(&self) -> &'static str {
        words::status(self.state)
    }
}

impl Cell {
    fn of(index: usize, document: &DocumentReport, c: &Assessment) -> Self {
        Self {
            index,
            rating: c.rating,
            best: c.rating_if_checks_hold,
            open: words::open(c),
            words_only: !c.only_in.is_empty(),
            officer: document.reviewed(c).map(|r| r.range()),
        }
    }

    /// The sign of the rating: how full a disc is.
    pub(super) fn sign(&self) -> &'static str {
        if self.open { "open" } else { view::sign(self.rating) }
    }

    pub(super) fn rating(&self) -> &'static str {
        if self.open { "to check" } else { self.rating.name() }
    }

    pub(super) fn best(&self) -> &'static str {
        self.best.map_or("", Rating::name)
    }
}

/// A point that no document surely holds.
pub(super) struct Unowned<'h> {
    /// Whether it is of the first pack.
    pub main: bool,
    pub name: String,
    pub question: &'h str,
    /// Documents, by number and anchor, in which passages are to check.
    pub to_check: Vec<(usize, String)>,
}

/// The points that no judged document surely holds, in the packs' order.
pub(super) fn unowned<'h>(head: &'h Head, briefs: &[Brief]) -> Vec<Unowned<'h>> {
    let judged: Vec<&Brief> = briefs.iter().filter(|b| b.assessed).collect();
    let mut out = Vec::new();
    let mut point = 0;
    for (p, pack) in head.packs.iter().enumerate() {
        for (c, criterion) in pack.criteria.iter().enumerate() {
            for (f, facet) in criterion.facets.iter().enumerate() {
                let verdict = |b: &Brief| b.verdicts.get(point).copied();
                if !judged.is_empty() && !judged.iter().any(|b| verdict(b) == Some(Verdict::Present)) {
                    let open = judged.iter().filter(|b| verdict(b) == Some(Verdict::Check));
                    let anchor = |b: &&Brief| {
                        let index = b.packs.get(p).and_then(|cells| cells.get(c)).map_or(0, |cell| cell.index);
                        let point = if p == 0 { format!("-p{}", f + 1) } else { String::new() };
                        (b.n, format!("d{}-c{index}{point}", b.n))
                    };
                    out.push(Unowned {
                        main: p == 0,
                        name: criterion.point(&facet.title),
                        question: &facet.question,
                        to_check: open.map(anchor).collect(),
                    });
                }
                point += 1;
            }
        }
    }
    out
}
