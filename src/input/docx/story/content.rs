//! What stands in a run: text, breaks, signs, references to notes, and drawings.

use super::{Data, Story};
use crate::input::Revisions;
use crate::input::docx::paragraph::Run;
use crate::input::docx::symbol::symbol;
use crate::input::package::xml::Tag;
use crate::input::pieces::{NoteRef, Piece};

impl<F: FnMut(Piece) -> bool> Story<'_, F> {
    /// An element of a run.
    pub(super) fn content(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "r" => {
                if let Some(open) = self.frames.paragraph() {
                    open.run = Run::default();
                }
            }
            "t" => self.data = Data::Text,
            "delText" if self.context.revisions == Revisions::Original => self.data = Data::Text,
            "instrText" => self.data = Data::Code,
            "tab" | "ptab" | "drawing" | "pict" | "object" => self.show(" "),
            "br" => match tag.attr("type").as_deref() {
                Some("page") if !self.is_gone() => {
                    self.pages.explicit();
                    self.show("\n");
                }
                _ => self.show("\n"),
            },
            "cr" => self.show("\n"),
            "noBreakHyphen" => self.show("-"),
            "sym" => {
                let font = tag.attr("font").unwrap_or_default();
                let code = tag.attr("char").unwrap_or_default();
                if let Some(c) = symbol(&font, &code) {
                    self.show(c.encode_utf8(&mut [0; 4]));
                }
            }
            "footnoteReference" | "endnoteReference" => self.note(tag),
            "commentReference" => {
                if let Some(id) = tag.attr("id") {
                    let page = self.pages.current();
                    self.comment_pages.insert(id.into_owned(), page);
                }
            }
            "lastRenderedPageBreak" => self.rendered_break(),
            _ => {}
        }
    }

    fn note(&mut self, tag: &Tag<'_>) {
        if !self.shows() {
            return;
        }
        let end = tag.name == "endnoteReference";
        if let (Some(id), Some(open)) = (tag.attr("id"), self.frames.paragraph()) {
            let id = id.into_owned();
            open.paragraph.notes.push(NoteRef { end, id });
        }
    }

    /// The words of a diagram stand behind the paragraph that it is anchored in.
    pub(super) fn diagram(&mut self, tag: &Tag<'_>) {
        let (context, page) = (self.context, self.pages.current());
        let words = tag.attr("dm").and_then(|id| context.diagrams.get(id.as_ref()));
        if !self.shows() {
            return;
        }
        let is_new = tag.attr("dm").is_some_and(|id| self.diagrams_shown.insert(id.into_owned()));
        if let (Some(words), Some(open), true) = (words, self.frames.paragraph(), is_new) {
            let on_page = words.iter().cloned().map(|mut piece| {
                if let Piece::Paragraph(paragraph) = &mut piece {
                    paragraph.page = page;
                }
                piece
            });
            open.paragraph.boxes.extend(on_page);
        }
    }

    fn rendered_break(&mut self) {
        if self.frames.is_aside() {
            return;
        }
        let page = self.pages.rendered();
        if let Some(open) = self.frames.paragraph()
            && open.paragraph.text.trim().is_empty()
        {
            open.paragraph.page = page;
        }
        if let Some(row) = self.frames.row()
            && row.fresh
        {
            row.from_page = page;
        }
    }

    /// An element of a formula.
    pub(super) fn formula(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "t" => self.data = Data::Text,
            "den" => self.show("/"),
            "r" => self.content(tag),
            _ => {}
        }
    }

    /// Letters that are bent along a path.
    pub(super) fn text_path(&mut self, tag: &Tag<'_>) {
        if let Some(text) = tag.attr("string") {
            self.show(&text);
            self.show(" ");
        }
    }
}
