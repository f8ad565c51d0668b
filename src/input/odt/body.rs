//! Reads the text of an OpenDocument file, and the styles on the way.
//!
//! Comes in: the elements of the parts with styles and text. Goes out: blocks, through the sink.
//! What tracked changes took away, hidden text and prompts are left out.

use std::collections::{HashMap, HashSet};

use super::styles::{Look, Styles};
use crate::document::Furniture;
use crate::input::Revisions;
use crate::input::package::xml::{Flow, Ns, Tag, Visit};
use crate::input::pieces::{
    Aside, Builder, Cell, Kind, Merge, NoteRef, Pages, Paragraph, Piece, Role, Row, Sink, Table,
};

/// A list that is open.
#[derive(Clone, Copy, Debug)]
struct List {
    /// The next paragraph begins an item.
    fresh: bool,
}

/// A tracked change.
#[derive(Debug)]
enum Change {
    Inserted,
    Deleted(Vec<Piece>),
}

/// Reads parts into a sink.
pub(super) struct Body<'d> {
    revisions: Revisions,
    sink: Sink<'d>,
    styles: Styles,
    builder: Builder,
    pages: Pages,
    /// The looks of the paragraph and the spans that are open.
    looks: Vec<Look>,
    lists: Vec<List>,
    /// Tables of contents that are open.
    contents: usize,
    /// Cells of the row that the one before covers.
    covered: usize,
    /// Columns that each cell that is open is repeated over.
    repeated: Vec<usize>,
    /// Whether rows name columns.
    in_header: bool,
    /// The id of the tracked change that is being described.
    region: String,
    changes: HashMap<String, Change>,
    /// Changes whose text is gone here.
    gone: HashSet<String>,
    /// Heads, feet and comments, each with its page.
    apart: Vec<(Aside, u32, Vec<Piece>)>,
}

impl<'d> Body<'d> {
    pub(super) fn new(revisions: Revisions, sink: Sink<'d>) -> Self {
        Self {
            revisions,
            sink,
            styles: Styles::default(),
            builder: Builder::default(),
            pages: Pages::default(),
            looks: Vec::new(),
            lists: Vec::new(),
            contents: 0,
            covered: 0,
            repeated: Vec::new(),
            in_header: false,
            region: String::new(),
            changes: HashMap::new(),
            gone: HashSet::new(),
            apart: Vec::new(),
        }
    }

    pub(super) fn is_too_deep(&self) -> bool {
        self.builder.too_deep
    }

    /// Hands out what is left; gives the title that the text shows.
    pub(super) fn finish(mut self) -> Option<String> {
        let rest = self.builder.finish();
        self.hand_out(rest);
        let mut seen = HashSet::new();
        for (aside, page, pieces) in std::mem::take(&mut self.apart) {
            match aside {
                Aside::Header => self.sink.running(&pieces, Furniture::Header, &mut seen),
                Aside::Footer => self.sink.running(&pieces, Furniture::Footer, &mut seen),
                _ => self.sink.comment(&pieces, Some(page)),
            }
        }
        let title = self.sink.title.take();
        self.sink.settle_pages(self.pages.current(), self.pages.rendered);
        title
    }

    fn hand_out(&mut self, pieces: Vec<Piece>) {
        let page = self.pages.current();
        for (aside, pieces) in std::mem::take(&mut self.builder.asides) {
            match aside {
                Aside::Note(note) => self.sink.note_text(note, pieces),
                Aside::Deleted(id) => drop(self.changes.insert(id, Change::Deleted(pieces))),
                other => self.apart.push((other, page, pieces)),
            }
        }
        for piece in pieces {
            self.sink.piece(piece);
        }
    }

    fn look(&self) -> Look {
        self.looks.iter().rev().fold(Look::default(), |look, outer| look.or(*outer))
    }

    fn show(&mut self, text: &str) {
        let look = self.look();
        if !self.gone.is_empty() || look.hidden == Some(true) {
            return;
        }
        if !self.builder.is_aside() && !text.trim().is_empty() {
            let page = self.pages.text();
            if let Some(paragraph) = self.builder.current().filter(|p| p.text.trim().is_empty()) {
                paragraph.page = page;
            }
        }
        match look.raised {
            Some(true) => self.builder.raised(text),
            _ => self.builder.text(text, look.bold == Some(true)),
        }
    }

    fn paragraph(&mut self, tag: &Tag<'_>) {
        let style = tag.attr("style-name").unwrap_or_default();
        let look = self.styles.look_of("paragraph", &style);
        let mut role = match tag.name {
            "h" => Role::Heading(tag.attr("outline-level").and_then(|l| l.parse().ok()).unwrap_or(1).clamp(1, 9)),
            _ => self.styles.role(&style),
        };
        let depth = self.lists.len();
        if let Some(list) = self.lists.last_mut()
            && role == Role::Body
            && std::mem::take(&mut list.fresh)
        {
            role = Role::Item(u8::try_from(depth - 1).unwrap_or(8).min(8));
        }
        if look.new_page == Some(true) && !self.builder.is_aside() {
            self.pages.explicit_once();
        }
        if self.builder.innermost() == Some(Kind::Paragraph) {
            // A shape that holds text without a box of its own.
            self.builder.end(Kind::Paragraph);
        }
        self.looks.push(look);
        let page = self.pages.current();
        self.builder.paragraph(Paragraph { role, page, contents: self.contents > 0, ..Paragraph::default() });
    }

    fn end_paragraph(&mut self) {
        self.looks.pop();
        let runs_on = !self.gone.is_empty();
        self.builder.end_paragraph(runs_on);
    }

    fn text_element(&mut self, tag: &Tag<'_>) -> Flow {
        let id = || tag.attr("change-id").unwrap_or_default().into_owned();
        match tag.name {
            "p" | "h" => self.paragraph(tag),
            "span" => {
                let look = self.styles.look_of("text", &tag.attr("style-name").unwrap_or_default());
                self.looks.push(look);
            }
            "s" | "tab" => self.show(" "),
            "line-break" => self.show("\n"),
            "soft-page-break" => drop(self.pages.rendered()),
            "list" => self.lists.push(List { fresh: false }),
            "list-item" => self.fresh(true),
            "list-header" => self.fresh(false),
            "note" => {
                let end = tag.attr("note-class").as_deref() == Some("endnote");
                let note = NoteRef { end, id: tag.attr("id").unwrap_or_default().into_owned() };
                if let Some(paragraph) = self.builder.current().filter(|_| self.gone.is_empty()) {
                    paragraph.notes.push(note.clone());
                }
                self.builder.aside(Aside::Note(note));
            }
            "section" => {
                let hidden = self.styles.look_of("section", &tag.attr("style-name").unwrap_or_default()).hidden;
                if tag.attr("display").as_deref() == Some("none") || hidden == Some(true) {
                    return Flow::Skip;
                }
            }
            "table-of-content" | "illustration-index" | "table-index" | "alphabetical-index" | "object-index"
            | "user-index" => self.contents += 1,
            "hidden-paragraph" if tag.attr("is-hidden").as_deref() != Some("false") => {
                if let Some(look) = self.looks.last_mut() {
                    look.hidden = Some(true);
                }
            }
            "note-citation" | "hidden-text" | "hidden-paragraph" | "ruby-text" | "placeholder" => return Flow::Skip,
            "tracked-changes" if self.revisions == Revisions::Accepted => return Flow::Skip,
            "changed-region" => self.region = tag.attr("id").unwrap_or_default().into_owned(),
            "insertion" => drop(self.changes.insert(self.region.clone(), Change::Inserted)),
            "deletion" => self.builder.aside(Aside::Deleted(self.region.clone())),
            "change-start" if matches!(self.changes.get(&id()), Some(Change::Inserted)) => drop(self.gone.insert(id())),
            "change-end" => drop(self.gone.remove(&id())),
            "change" => self.restore(&id()),
            name if name.ends_with("-source") || name.ends_with("-decls") => return Flow::Skip,
            _ => {}
        }
        Flow::Into
    }

    fn fresh(&mut self, fresh: bool) {
        if let Some(list) = self.lists.last_mut() {
            list.fresh = fresh;
        }
    }

    /// Puts back what a change took away: its first paragraph goes on with the open one, and the
    /// open one goes on with its last.
    fn restore(&mut self, id: &str) {
        let Some(Change::Deleted(mut pieces)) = self.changes.remove(id) else { return };
        let Some(around) = self.builder.current().cloned() else { return };
        let next = Paragraph { text: String::new(), notes: Vec::new(), boxes: Vec::new(), ..around };
        let count = pieces.len();
        for (at, piece) in pieces.drain(..).enumerate() {
            match piece {
                Piece::Paragraph(paragraph) => {
                    if at > 0 {
                        self.builder.end_paragraph(false);
                        let role = if at + 1 == count { next.role } else { paragraph.role };
                        self.builder.paragraph(Paragraph { role, ..next.clone() });
                    }
                    self.show(&paragraph.text);
                }
                table => {
                    self.builder.end_paragraph(false);
                    self.builder.pieces(vec![table]);
                    self.builder.paragraph(next.clone());
                }
            }
        }
    }

    /// A cell ends, which may stand for several in a row; mostly empty ones do.
    fn end_cell(&mut self) {
        self.builder.end(Kind::Cell);
        let times = self.repeated.pop().unwrap_or(1).clamp(1, REPEATED);
        if let Some(row) = self.builder.current_row()
            && let Some(last) = row.cells.last().filter(|cell| cell.pieces.len() <= 1).cloned()
        {
            row.cells.extend(std::iter::repeat_n(last, times - 1));
        }
    }

    fn table_element(&mut self, tag: &Tag<'_>) -> Flow {
        let count = |name| tag.attr(name).and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
        match tag.name {
            "table" => self.builder.table(Table::default()),
            "table-header-rows" => self.in_header = true,
            "table-row" => {
                self.covered = 0;
                if matches!(tag.attr("visibility").as_deref(), Some("collapse" | "filter")) {
                    return Flow::Skip;
                }
                let header = std::mem::take(&mut self.in_header);
                self.builder.row(Row { header, ..Row::default() });
                self.in_header = header;
            }
            "table-cell" => {
                let span = count("number-columns-spanned");
                let merge = if count("number-rows-spanned") > 1 { Merge::Start } else { Merge::None };
                self.repeated.push(count("number-columns-repeated"));
                self.covered = span.min(64).saturating_sub(1);
                self.builder.cell(Cell { span, merge, ..Cell::default() });
            }
            "covered-table-cell" => {
                for _ in 0..count("number-columns-repeated").min(64) {
                    match self.covered.checked_sub(1) {
                        Some(left) => self.covered = left,
                        None => {
                            self.builder.cell(Cell { merge: Merge::Continue, ..Cell::default() });
                            self.builder.end(Kind::Cell);
                        }
                    }
                }
                return Flow::Skip;
            }
            _ => {}
        }
        Flow::Into
    }
}

/// Most columns that a cell is repeated over.
const REPEATED: usize = 64;

/// Shapes that may hold text.
fn holds_text(name: &str) -> bool {
    matches!(
        name,
        "text-box"
            | "custom-shape"
            | "rect"
            | "ellipse"
            | "circle"
            | "line"
            | "polyline"
            | "polygon"
            | "path"
            | "caption"
            | "connector"
            | "measure"
    )
}

impl Visit for Body<'_> {
    fn start(&mut self, tag: &Tag<'_>) -> Flow {
        if self.builder.too_deep || self.sink.is_too_long() {
            return Flow::Stop;
        }
        match tag.ns {
            Ns::Text => return self.text_element(tag),
            Ns::Table => return self.table_element(tag),
            Ns::Draw if tag.name == "frame" => self.show(" "),
            Ns::Draw if holds_text(tag.name) => {
                self.show(" ");
                self.builder.text_box();
            }
            Ns::Draw if matches!(tag.name, "object" | "object-ole") => return Flow::Skip,
            Ns::Office => match tag.name {
                "annotation" => self.builder.aside(Aside::Comment),
                "forms" | "binary-data" | "change-info" | "meta" | "settings" | "scripts" => return Flow::Skip,
                _ => {}
            },
            Ns::Style => match tag.name {
                "header" | "header-left" | "header-first" => self.builder.aside(Aside::Header),
                "footer" | "footer-left" | "footer-first" => self.builder.aside(Aside::Footer),
                _ => self.styles.element(tag),
            },
            Ns::Other if matches!(tag.name, "title" | "desc") => return Flow::Skip,
            _ => {}
        }
        Flow::Into
    }

    fn end(&mut self, ns: Ns, name: &str) {
        match (ns, name) {
            (Ns::Text, "p" | "h") => self.end_paragraph(),
            (Ns::Text, "span") => drop(self.looks.pop()),
            (Ns::Text, "list") => drop(self.lists.pop()),
            (Ns::Text, "note" | "deletion") | (Ns::Office, "annotation") => self.builder.end(Kind::Aside),
            (
                Ns::Text,
                "table-of-content" | "illustration-index" | "table-index" | "alphabetical-index" | "object-index"
                | "user-index",
            ) => self.contents = self.contents.saturating_sub(1),
            (Ns::Table, "table") => self.builder.end(Kind::Table),
            (Ns::Table, "table-header-rows") => self.in_header = false,
            (Ns::Table, "table-row") => self.builder.end(Kind::Row),
            (Ns::Table, "table-cell") => self.end_cell(),
            (Ns::Draw, name) if holds_text(name) => self.builder.end(Kind::Box),
            (Ns::Style, "header" | "header-left" | "header-first" | "footer" | "footer-left" | "footer-first") => {
                self.builder.end(Kind::Aside);
            }
            (Ns::Style, "style") => self.styles.end(),
            _ => return,
        }
        let done = self.builder.take();
        self.hand_out(done);
    }

    fn text(&mut self, text: &str) {
        if text.contains(['\n', '\r']) {
            self.show(&text.replace(['\n', '\r'], " "));
        } else {
            self.show(text);
        }
    }
}
