//! Reads Office Open XML presentations.
//!
//! Comes in: the bytes of a PPTX file, transitional or strict. Goes out: a document with a page for
//! each slide: its title as a heading, its lists, tables, text boxes and diagrams in the order in
//! which the file holds them, and speakers' notes as comments. Hidden slides and what only the
//! template shows are left out.

mod slide;
#[cfg(test)]
mod tests;

use self::slide::{Slide, Slides};
use super::package::{Diagram, Main, Outcome, Package, Relation, Title};
use super::pieces::{Aside, Piece, Sink};
use super::{InputError, ReadOptions, Reader, Step};
use crate::document::{Document, Format, Furniture, Legibility, Page};
use std::collections::HashSet;

/// Reads PPTX files.
#[derive(Clone, Copy, Debug)]
pub struct Pptx;

impl Reader for Pptx {
    fn format(&self) -> Format {
        Format::Pptx
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        Package::is(bytes, &MAIN)
    }

    fn read(&self, bytes: &[u8], options: &ReadOptions) -> Result<Document, InputError> {
        let (mut package, main) = Package::open_main(bytes, options, &MAIN)?;
        let mut slides = Slides::default();
        let outcome = package.visit(&main, &mut slides);
        let mut reading = Reading { links: package.relations(&main), package, options, warnings: Vec::new() };
        reading.judge("the list of slides", outcome)?;
        let mut document = Document { format: Format::Pptx, ..Document::default() };
        let pages = reading.fill(&slides.finish(), &mut document)?;
        document.pages = pages;
        for (page, warning) in reading.warnings {
            document.warn(page, warning);
        }
        if document.blocks.is_empty() {
            document.warn(None, "the presentation holds no text");
        }
        Ok(document)
    }
}

/// A presentation.
const MAIN: Main = Main { usual: "ppt/presentation.xml", fits: |path| path.starts_with("ppt/") };

/// A presentation that is being read.
struct Reading<'b> {
    package: Package<'b>,
    /// The relationships of the main part.
    links: Vec<Relation>,
    options: &'b ReadOptions,
    warnings: Vec<(Option<u32>, String)>,
}

impl Reading<'_> {
    fn judge(&mut self, name: &str, outcome: Outcome) -> Result<(), InputError> {
        self.warnings.extend(outcome.warning(name, self.options)?.map(|said| (None, said)));
        Ok(())
    }

    /// Reads the slides, and tells how well each could be read.
    fn fill(&mut self, slides: &[String], document: &mut Document) -> Result<Vec<Page>, InputError> {
        let mut title = Title::default();
        let core = self.package.relations("").into_iter().find(|r| r.kind == "core-properties");
        if let Some(core) = core {
            // Properties that cannot be read are no loss.
            let _ = self.package.visit(&core.target, &mut title);
        }
        let mut sink = Sink::new(document, Default::default(), self.options);
        let mut pages = Vec::new();
        let mut goes_on = true;
        for (number, id) in (1..).zip(slides).take(self.options.max_pages) {
            let left_out = self.options.leave_out.contains(&number);
            goes_on = goes_on && (left_out || self.options.watch.goes_on(Step::Page(number)));
            let legibility =
                if goes_on && !left_out { self.slide(id, number, &mut sink)? } else { Legibility::NotRead };
            pages.push(Page { label: None, legibility });
        }
        let _ = self.options.watch.goes_on(Step::Rest);
        if slides.len() > pages.len() {
            let said = format!("the presentation has more than {} slides; the rest was not read", pages.len());
            self.warnings.push((None, said));
        }
        let shown = sink.title.take();
        document.title = title.finish().or(shown);
        Ok(pages)
    }

    /// Reads one slide with what belongs to it.
    fn slide(&mut self, id: &str, number: u32, sink: &mut Sink<'_>) -> Result<Legibility, InputError> {
        let Some(part) = self.links.iter().find(|link| link.id == id).map(|link| link.target.clone()) else {
            return Ok(Legibility::NotRead);
        };
        let mut slide = Slide::new(number);
        let outcome = self.package.visit(&part, &mut slide);
        self.judge(&format!("slide {number}"), outcome)?;
        if slide.is_hidden {
            self.warnings.push((Some(number), format!("slide {number} is hidden and was not read")));
            return Ok(Legibility::Blank);
        }
        let (has_picture, diagrams) = (slide.has_picture, std::mem::take(&mut slide.diagrams));
        let (mut pieces, asides) = slide.finish();
        let links = self.package.relations(&part);
        for id in diagrams {
            let Some(link) = links.iter().find(|link| link.id == id) else { continue };
            let mut diagram = Diagram::default();
            let outcome = self.package.visit(&link.target, &mut diagram);
            self.judge("a diagram", outcome)?;
            pieces.extend(diagram.finish(number));
        }
        let has_text = pieces.iter().any(holds_text);
        sink.end_sections();
        for piece in pieces {
            sink.piece(piece);
        }
        let mut seen = HashSet::new();
        for (_, running) in asides.iter().filter(|(aside, _)| *aside == Aside::Footer) {
            sink.running(running, Furniture::Footer, &mut seen);
        }
        for link in links.iter().filter(|link| link.kind == "notesSlide") {
            self.notes(&link.target, number, sink)?;
        }
        Ok(match (has_text, has_picture) {
            (true, _) => Legibility::Readable,
            (false, true) => Legibility::NoText,
            (false, false) => Legibility::Blank,
        })
    }

    /// What the speaker is to say, which the audience does not see.
    fn notes(&mut self, part: &str, number: u32, sink: &mut Sink<'_>) -> Result<(), InputError> {
        let mut notes = Slide::new(number);
        let outcome = self.package.visit(part, &mut notes);
        self.judge("a speaker's note", outcome)?;
        sink.comment(&notes.finish().0, Some(number));
        Ok(())
    }
}

fn holds_text(piece: &Piece) -> bool {
    match piece {
        Piece::Paragraph(paragraph) => !paragraph.text.trim().is_empty(),
        Piece::Table(table) => table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.filled() > 0),
    }
}
