//! Reads Office Open XML word processing documents.
//!
//! Comes in: the bytes of a DOCX file, transitional or strict. Goes out: a document with its
//! headings, paragraphs, list items and table rows in reading order, notes after the block that
//! refers to them, and headers, footers and comments as furniture at the end. It reads what a
//! person sees: no hidden text, field codes, alternative texts or pictures.

mod attribute;
mod fields;
mod form;
mod frame;
mod numbering;
mod paragraph;
mod story;
mod styles;
mod symbol;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use self::numbering::Numbering;
use self::story::Story;
use self::styles::{Styles, StylesReader};
use super::package::{Diagram, Main, Outcome, Package, Relation, Title};
use super::pieces::{NoteRef, Piece, Sink};
use super::{InputError, ReadOptions, Reader, Revisions};
use crate::document::{BlockKind, Document, Format, Furniture};

/// Reads DOCX files.
#[derive(Clone, Copy, Debug)]
pub struct Docx;

/// What all stories of a document share.
struct Context {
    styles: Styles,
    numbering: Numbering,
    revisions: Revisions,
    /// The words of diagrams (SmartArt) by the id of their link.
    diagrams: HashMap<String, Vec<Piece>>,
}

impl Reader for Docx {
    fn format(&self) -> Format {
        Format::Docx
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        Package::is(bytes, &MAIN)
    }

    fn read(&self, bytes: &[u8], options: &ReadOptions) -> Result<Document, InputError> {
        let (mut package, main) = Package::open_main(bytes, options, &MAIN)?;
        let mut document = Document { format: Format::Docx, ..Document::default() };
        let mut reading = Reading { links: package.relations(&main), package, warnings: Vec::new() };
        reading.fill(&main, &mut document, options)?;
        for warning in reading.warnings {
            document.warn(None, warning);
        }
        if document.blocks.is_empty() {
            document.warn(None, "the document holds no text");
        }
        Ok(document)
    }
}

/// A word processing document, wherever it is kept; what these folders hold is none.
const MAIN: Main =
    Main { usual: "word/document.xml", fits: |path| !["xl/", "ppt/", "visio/"].iter().any(|f| path.starts_with(f)) };

/// The parts of a document that comments are written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentParts {
    /// The main part.
    pub main: String,
    /// The comments that the main part links to, where it has any.
    pub comments: Option<String>,
}

/// Where a document's text and comments are; `None` where it is no word processing document.
#[must_use]
pub fn comment_parts(bytes: &[u8], options: &ReadOptions) -> Option<CommentParts> {
    let (mut package, main) = Package::open_main(bytes, options, &MAIN).ok()?;
    let links = package.relations(&main);
    let comments = links.into_iter().find(|link| link.kind == "comments" && package.holds(&link.target));
    Some(CommentParts { main, comments: comments.map(|link| link.target) })
}

/// A document that is being read.
struct Reading<'b> {
    package: Package<'b>,
    /// The relationships of the main part.
    links: Vec<Relation>,
    warnings: Vec<String>,
}

impl Reading<'_> {
    /// Reads all parts into the document.
    fn fill(&mut self, main: &str, document: &mut Document, options: &ReadOptions) -> Result<(), InputError> {
        let context = self.context(options)?;
        let title = self.title()?;
        let notes = self.notes(&context, options)?;
        let mut sink = Sink::new(document, notes, options);
        let mut body = Story::new(&context, |piece| sink.piece(piece));
        let outcome = self.package.visit(main, &mut body);
        body.finish();
        let (pages, last_section) = (body.pages, body.last_section);
        let (comment_pages, has_foreign_part) = (body.comment_pages, body.has_foreign_part);
        if let Some(kind) = last_section {
            sink.end_section(kind);
        }
        self.judge("the text", outcome, options)?;
        if has_foreign_part {
            self.warnings.push("a part in another format is embedded in the text and was not read".into());
        }
        let (last, rendered) = (pages.current(), pages.rendered);
        self.furniture(&context, &mut sink, &comment_pages, options)?;
        let title = title.or_else(|| sink.title.take());
        sink.settle_pages(last, rendered);
        document.title = title.or_else(|| first_heading(document));
        if document.blocks.is_empty()
            && let Some(why) = self.warnings.first()
        {
            return Err(InputError::Damaged(why.clone()));
        }
        Ok(())
    }

    /// Notes that a part was not read whole.
    fn judge(&mut self, name: &str, outcome: Outcome, options: &ReadOptions) -> Result<(), InputError> {
        self.warnings.extend(outcome.warning(name, options)?);
        Ok(())
    }

    /// The parts of a kind that the main part links to, each once.
    fn parts(&self, kind: &str) -> Vec<String> {
        let of_kind = self.links.iter().filter(|link| link.kind == kind).map(|link| link.target.clone());
        let mut seen = HashSet::new();
        of_kind.filter(|target| seen.insert(target.clone())).collect()
    }

    fn context(&mut self, options: &ReadOptions) -> Result<Context, InputError> {
        let mut styles = StylesReader::default();
        for part in self.parts("styles").iter().take(1) {
            let outcome = self.package.visit(part, &mut styles);
            self.judge("the list of styles", outcome, options)?;
        }
        let mut numbering = Numbering::default();
        for part in self.parts("numbering").iter().take(1) {
            let outcome = self.package.visit(part, &mut numbering);
            self.judge("the list of numberings", outcome, options)?;
        }
        let mut diagrams = HashMap::new();
        for link in self.links.clone().into_iter().filter(|link| link.kind == "diagramData") {
            let mut diagram = Diagram::default();
            let outcome = self.package.visit(&link.target, &mut diagram);
            self.judge("a diagram", outcome, options)?;
            diagrams.insert(link.id, diagram.finish(1));
        }
        Ok(Context { styles: styles.finish(), numbering, revisions: options.revisions, diagrams })
    }

    fn title(&mut self) -> Result<Option<String>, InputError> {
        let relations = self.package.relations("");
        let mut title = Title::default();
        if let Some(core) = relations.iter().find(|r| r.kind == "core-properties") {
            // Properties that cannot be read are no loss.
            let _ = self.package.visit(&core.target, &mut title);
        }
        Ok(title.finish())
    }

    /// Foot- and endnotes by reference.
    fn notes(&mut self, context: &Context, options: &ReadOptions) -> Result<HashMap<NoteRef, Vec<Piece>>, InputError> {
        let mut notes = HashMap::new();
        for (kind, end) in [("footnotes", false), ("endnotes", true)] {
            for part in self.parts(kind) {
                let (_, found, outcome) = self.story(&part, context);
                self.judge("the list of notes", outcome, options)?;
                let found = found.into_iter();
                notes.extend(found.map(|(id, pieces)| (NoteRef { end, id }, pieces)));
            }
        }
        Ok(notes)
    }

    /// Reads a part that is no body: its pieces, and its notes by id.
    fn story(&mut self, part: &str, context: &Context) -> StoryParts {
        let mut pieces = Vec::new();
        let mut story = Story::new(context, |piece| {
            pieces.push(piece);
            true
        });
        let outcome = self.package.visit(part, &mut story);
        let notes = story.finish();
        (pieces, notes, outcome)
    }

    /// Headers, footers and comments.
    fn furniture(
        &mut self,
        context: &Context,
        sink: &mut Sink<'_>,
        comment_pages: &HashMap<String, u32>,
        options: &ReadOptions,
    ) -> Result<(), InputError> {
        for (kind, furniture) in [("header", Furniture::Header), ("footer", Furniture::Footer)] {
            let mut seen = HashSet::new();
            for part in self.parts(kind) {
                let (pieces, _, outcome) = self.story(&part, context);
                self.judge(&format!("a {kind}"), outcome, options)?;
                sink.running(&pieces, furniture, &mut seen);
            }
        }
        for part in self.parts("comments") {
            let (_, comments, outcome) = self.story(&part, context);
            self.judge("the list of comments", outcome, options)?;
            for (id, pieces) in comments {
                sink.comment(&pieces, comment_pages.get(&id).copied());
            }
        }
        Ok(())
    }
}

/// The heading that a document begins with, if it is of the first level.
fn first_heading(document: &Document) -> Option<String> {
    let first = document.blocks.first()?;
    (first.kind == BlockKind::Heading { level: 1 }).then(|| document.text_of(first).to_owned())
}

/// The pieces of a part, its notes by id, and how far it was read.
type StoryParts = (Vec<Piece>, Vec<(String, Vec<Piece>)>, Outcome);
