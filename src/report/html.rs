//! The report as one web page that needs nothing else: no script, no font, no other file.
//!
//! Comes in: a report. Goes out: HTML for people who are no technicians, on a screen or on paper.
//! Foreign text is escaped by the templates and loses what could change how other text shows.

mod method;
mod quote;
mod view;

use super::{Head, Medium, ReportError, Reporter, Source, words};
use crate::assess::Rating;
use askama::Template;
use std::io;
use view::{DocumentView, Unowned};

/// The form for people who read, decide and print.
#[derive(Debug)]
pub struct Html;

impl Reporter for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn write(&self, source: &dyn Source, _: &Medium, out: &mut dyn io::Write) -> Result<(), ReportError> {
        let report = source.gather()?;
        let documents = view::documents(&report);
        let unowned = if documents.len() > 1 { view::unowned(&documents) } else { Vec::new() };
        let headline = words::headline(&report.documents);
        let page = Page { css: include_str!("html/style.css"), report: &report.head, headline, documents, unowned };
        Ok(out.write_all(visible(&page.render()?).as_bytes())?)
    }
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'r> {
    css: &'static str,
    report: &'r Head,
    headline: String,
    documents: Vec<DocumentView<'r>>,
    unowned: Vec<Unowned<'r>>,
}

impl<'r> Page<'r> {
    /// The document, where there is only one.
    fn single(&self) -> Option<&DocumentView<'r>> {
        match self.documents.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The number of the first heading of a document's parts.
    fn level(&self) -> usize {
        if self.documents.len() == 1 { 2 } else { 3 }
    }

    fn title(&self) -> String {
        match self.single() {
            Some(document) => document.name.clone(),
            None => format!("{} checked", words::count(self.documents.len(), "document", "documents")),
        }
    }

    /// Documents that could be judged.
    fn judged(&self) -> usize {
        self.documents.iter().filter(|d| d.assessed).count()
    }

    /// Documents that hold a criterion firmly, by the numbers of the pack and of the criterion.
    fn firm(&self, pack: &usize, criterion: &usize) -> usize {
        let criterion = |d: &DocumentView<'_>| d.packs.get(*pack)?.criteria.get(*criterion).map(|c| c.a.rating);
        self.documents.iter().filter_map(criterion).filter(|r| *r >= Rating::Evident).count()
    }

    /// Points of later packs that no document surely holds.
    fn unowned_elsewhere(&self) -> usize {
        self.unowned.iter().filter(|u| !u.main).count()
    }

    fn not_judged(&self) -> Vec<&DocumentView<'r>> {
        self.documents.iter().filter(|d| !d.assessed).collect()
    }

    fn partly_read(&self) -> Vec<&DocumentView<'r>> {
        self.documents.iter().filter(|d| d.partly_read()).collect()
    }

    fn with_warnings(&self) -> Vec<&DocumentView<'r>> {
        self.documents.iter().filter(|d| d.assessed && !d.report.warnings.is_empty()).collect()
    }
}

/// Drops characters that do not show but change what does, whoever wrote them.
fn visible(html: &str) -> String {
    let kept = html.chars().filter(|c| !words::is_invisible(*c));
    kept.map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}
