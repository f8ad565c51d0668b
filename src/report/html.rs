//! The report as one web page that needs nothing else: no script, no font, no other file.
//!
//! Comes in: a report. Goes out: HTML for people who are no technicians, on a screen or on paper.
//! It goes over the documents twice, for the overview and for the passages, and holds one at a time.
//! Foreign text is escaped by the templates and loses what could change how other text shows.

mod brief;
mod heat;
mod method;
mod quote;
mod thread;
mod together;
mod view;

use super::{Head, Medium, Portfolio, ReportError, Reporter, Source, words};
use crate::assess::{Rating, Status, Verdict};
use crate::report::words::called::Called;
use askama::Template;
use brief::{Brief, Cell, Unowned};
use heat::Heat;
use method::Method;
use std::io;
use together::Together;
pub(crate) use view::sign;
use view::{Depth, DocumentView};

/// The dress of every page.
pub(crate) const STYLE: &str = include_str!("html/style.css");

/// The form for people who read, decide and print.
#[derive(Debug)]
pub struct Html;

/// Documents whose passages are shown; a page with more would be too large to open.
pub(crate) const DETAILED: usize = 200;
/// Documents named as those to begin with.
const BEGIN: usize = 5;
/// Documents from which a drawing of all of them helps.
const MANY: usize = 4;
/// Documents from which each is shown by its firmest passage a point.
const VERY_MANY: usize = 30;

impl Reporter for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn write(&self, source: &dyn Source, _: &Medium, out: &mut dyn io::Write) -> Result<(), ReportError> {
        let o = Overview::of(source)?;
        let styles = [STYLE];
        let single = source.len() == 1;
        if !single {
            put(&Top { styles, o: &o, single: None }, out)?;
        }
        let mut n = 0;
        if o.detailed() {
            source.each(&mut |document| {
                n += 1;
                let d = view::document(o.head, document, n, source.len());
                if single {
                    put(&Top { styles, o: &o, single: Some(&d) }, out)?;
                }
                put(&Part { h: if single { 2 } else { 3 }, d, single }, out)
            })?;
        }
        put(&Bottom { o: &o }, out)
    }
}

/// What stands over the documents.
#[derive(Template)]
#[template(path = "top.html")]
struct Top<'p, 'r> {
    styles: [&'static str; 1],
    o: &'p Overview<'r>,
    /// The document, where there is only one.
    single: Option<&'p DocumentView<'p>>,
}

/// One document.
#[derive(Template)]
#[template(path = "part.html")]
struct Part<'p> {
    d: DocumentView<'p>,
    /// The number of the first heading of a document's parts.
    h: usize,
    single: bool,
}

/// What stands below the documents.
#[derive(Template)]
#[template(path = "bottom.html")]
struct Bottom<'p, 'r> {
    o: &'p Overview<'r>,
}

/// Writes a part of the page.
fn put(part: &impl Template, out: &mut dyn io::Write) -> Result<(), ReportError> {
    Ok(out.write_all(visible(&part.render()?).as_bytes())?)
}

impl Top<'_, '_> {
    /// What the browser shows above the page.
    fn head_title(&self) -> String {
        format!("Golden thread report: {}", self.title())
    }

    fn title(&self) -> String {
        match self.single {
            Some(document) => document.name.clone(),
            None => format!("{} checked", words::count(self.o.briefs.len(), "document", "documents")),
        }
    }
}

/// What is known of all documents together.
struct Overview<'r> {
    head: &'r Head,
    briefs: Vec<Brief>,
    unowned: Vec<Unowned<'r>>,
    heat: Option<Heat>,
    together: Option<Together>,
    method: Method<'r>,
}

impl<'r> Overview<'r> {
    fn of(source: &'r dyn Source) -> Result<Self, ReportError> {
        let head = source.head();
        let mut briefs = Vec::with_capacity(source.len());
        source.each(&mut |document| {
            briefs.push(Brief::of(head, document, briefs.len() + 1));
            Ok(())
        })?;
        let unowned = if briefs.len() > 1 { brief::unowned(head, &briefs) } else { Vec::new() };
        let heat = (briefs.len() >= MANY).then(|| Heat::of(head, &briefs));
        let together = if briefs.len() > 1 { Together::of(&*Portfolio::of_source(source)?, head) } else { None };
        Ok(Self { head, briefs, unowned, heat, together, method: Method::of(head) })
    }

    /// Whether the passages of each document are on the page.
    fn detailed(&self) -> bool {
        self.briefs.len() <= DETAILED
    }

    /// Whether the passages of each document on a pack are on the page.
    fn links(&self, pack: &usize) -> bool {
        self.detailed() && (*pack == 0 || self.depth().later)
    }

    fn depth(&self) -> Depth {
        Depth::of(self.briefs.len())
    }

    fn headline(&self) -> String {
        let of = |state: Status| self.briefs.iter().filter(|b| b.state == state).count();
        words::headline_of([of(Status::Assessed), of(Status::NotAssessed), of(Status::Unreadable)])
    }

    /// What no document holds, and what is held firmly least often, in two sentences.
    fn verdict(&self) -> String {
        let (Some(pack), judged) = (self.head.packs.first(), self.judged()) else { return String::new() };
        if judged == 0 {
            return String::new();
        }
        let points: usize = pack.criteria.iter().map(|c| c.facets.len()).sum();
        let held = match self.unowned_here() {
            0 => format!(
                "Each of the {points} points of \u{201c}{}\u{201d} is held by at least one.",
                words::clean(&pack.title)
            ),
            n => format!(
                "Of the {points} points of \u{201c}{}\u{201d}, {n} {} held by none.",
                words::clean(&pack.title),
                if n == 1 { "is" } else { "are" }
            ),
        };
        let firm = |c: usize| self.firm(&0, &c);
        let weakest = (0..pack.criteria.len()).min_by_key(|c| firm(*c)).filter(|c| firm(*c) < judged);
        let weakest = weakest.map(|c| {
            let criterion = &pack.criteria[c];
            let name = criterion.named();
            format!(" Held firmly least often: {name} (in {} of {judged}).", firm(c))
        });
        format!("{held}{}", weakest.unwrap_or_default())
    }

    /// The documents with most points of the first pack to check, with how many of them are missing and to check, and how
    /// many further documents have some.
    fn where_to_begin(&self) -> (Vec<(&Brief, usize, usize)>, usize) {
        let points = self.head.packs.first().map_or(0, |p| p.criteria.iter().map(|c| c.facets.len()).sum());
        let count = |b: &Brief, wanted| b.verdicts.iter().take(points).filter(|v| **v == wanted).count();
        let open = self.briefs.iter().map(|b| (b, count(b, Verdict::Missing), count(b, Verdict::Check)));
        let mut open: Vec<_> = open.filter(|(_, missing, check)| missing + check > 0).collect();
        open.sort_by_key(|(_, missing, check)| std::cmp::Reverse((*check, *missing)));
        let more = open.len().saturating_sub(BEGIN);
        open.truncate(BEGIN);
        (open, more)
    }

    /// Documents that could be judged.
    fn judged(&self) -> usize {
        self.briefs.iter().filter(|b| b.assessed).count()
    }

    fn cells(&self, pack: usize, criterion: usize) -> impl Iterator<Item = &Cell> {
        self.briefs.iter().filter_map(move |b| b.packs.get(pack)?.get(criterion))
    }

    /// Documents that hold a criterion firmly, by the numbers of the pack and of the criterion.
    fn firm(&self, pack: &usize, criterion: &usize) -> usize {
        self.cells(*pack, *criterion).filter(|c| c.rating >= Rating::Evident).count()
    }

    /// How many documents have which rating: embedded, evident, partial, to check, missing.
    fn counts(&self, pack: &usize, criterion: &usize) -> [usize; 5] {
        let of = |wanted: &dyn Fn(&Cell) -> bool| self.cells(*pack, *criterion).filter(|c| wanted(c)).count();
        let rated = |rating: Rating| of(&|c| c.rating == rating && !c.open);
        let open = of(&|c| c.open);
        [rated(Rating::Embedded), rated(Rating::Evident), rated(Rating::Partial), open, rated(Rating::Missing)]
    }

    /// Points of the first pack that no document surely holds, and those of later packs.
    fn unowned_here(&self) -> usize {
        self.unowned.iter().filter(|u| u.main).count()
    }

    fn unowned_elsewhere(&self) -> usize {
        self.unowned.len() - self.unowned_here()
    }

    fn not_judged(&self) -> Vec<&Brief> {
        self.briefs.iter().filter(|b| b.state != Status::Assessed).collect()
    }

    fn partly_read(&self) -> Vec<&Brief> {
        self.briefs.iter().filter(|b| b.partly_read).collect()
    }

    fn with_warnings(&self) -> Vec<&Brief> {
        self.briefs.iter().filter(|b| !b.warnings.is_empty()).collect()
    }
}

/// Drops characters that do not show but change what does, whoever wrote them.
pub(crate) fn visible(html: &str) -> String {
    let kept = html.chars().filter(|c| !words::is_invisible(*c));
    kept.map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}
