//! Reads one story: the body of a document, its notes, comments, a header or a footer.
//!
//! Comes in: the elements of a part. Goes out: pieces, as soon as they are complete, in reading
//! order. What tracked changes took away, hidden text and field codes are left out. It does not
//! decide what a piece becomes in the document.

use std::collections::{HashMap, HashSet};

use super::attribute::{look_has_first_row, paragraph_property, run_property};
use super::fields::Fields;
use super::form::Control;
use super::frame::{Frame, Frames, OpenCell, OpenRow};
use super::{Context, paragraph::Open};
use crate::document::Place;
use crate::input::Revisions;
use crate::input::package::xml::{Flow, Ns, Tag, Visit};
use crate::input::pieces::{Merge, Pages, Piece, SectionBreak, Table};

mod content;

/// What character data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Data {
    Text,
    Code,
    Aside,
}

/// Reads a story and hands its pieces to `emit`, which tells whether to go on.
pub(super) struct Story<'c, F> {
    context: &'c Context,
    emit: F,
    frames: Frames,
    fields: Fields,
    /// For each open tracked change, whether its content is gone.
    changes: Vec<bool>,
    controls: Vec<Control>,
    data: Data,
    section: Option<SectionBreak>,
    stopped: bool,
    /// Diagrams are shown where they are met first.
    diagrams_shown: HashSet<String>,
    /// The page count.
    pub(super) pages: Pages,
    /// The break of the last section.
    pub(super) last_section: Option<SectionBreak>,
    /// The page on which each comment is anchored.
    pub(super) comment_pages: HashMap<String, u32>,
    /// A part in another format is embedded, which is not read.
    pub(super) has_foreign_part: bool,
}

impl<'c, F: FnMut(Piece) -> bool> Story<'c, F> {
    /// Starts a story on page 1.
    pub(super) fn new(context: &'c Context, emit: F) -> Self {
        Self {
            context,
            emit,
            frames: Frames::default(),
            fields: Fields::default(),
            changes: Vec::new(),
            controls: Vec::new(),
            data: Data::Aside,
            section: None,
            stopped: false,
            diagrams_shown: HashSet::new(),
            pages: Pages::default(),
            last_section: None,
            comment_pages: HashMap::new(),
            has_foreign_part: false,
        }
    }

    /// Closes what a story that was cut off left open, and hands out the rest. Gives the notes
    /// or comments of the story, by id.
    pub(super) fn finish(&mut self) -> Vec<(String, Vec<Piece>)> {
        while let Some(frame) = self.frames.pop() {
            self.close(frame);
        }
        self.frames.root.flush();
        self.hand_out();
        std::mem::take(&mut self.frames.notes)
    }

    fn hand_out(&mut self) {
        if self.frames.is_empty() {
            for piece in self.frames.root.take() {
                self.stopped = self.stopped || !(self.emit)(piece);
            }
        }
    }

    /// Whether the place is in something that a change took away or that is only a prompt.
    fn is_gone(&self) -> bool {
        self.changes.contains(&true) || self.controls.iter().any(Control::is_prompt)
    }

    /// Whether what hangs on the current run is there to be seen.
    fn shows(&mut self) -> bool {
        let context = self.context;
        !self.is_gone() && self.fields.show() && self.frames.paragraph().is_none_or(|open| open.shows(context))
    }

    /// Appends text of the current run, if it shows.
    fn show(&mut self, text: &str) {
        let styled = self.frames.paragraph().is_some_and(|open| open.run.style.is_some());
        self.controls.iter_mut().for_each(|control| control.look(text, styled));
        if self.is_gone() || !self.fields.show() {
            return;
        }
        let text = self.controls.last_mut().and_then(Control::sign).unwrap_or(text);
        let in_contents = self.fields.in_contents();
        let aside = self.frames.is_aside();
        let context = self.context;
        let Some(open) = self.frames.paragraph() else {
            return;
        };
        if !open.shows(context) {
            return;
        }
        if !aside && !text.trim().is_empty() {
            let page = self.pages.text();
            if open.paragraph.text.trim().is_empty() {
                open.paragraph.page = page;
            }
        }
        open.push(text, in_contents, context);
        if let Some(row) = self.frames.row() {
            row.fresh = false;
        }
    }

    /// An element of tracked changes: `ins`, `del`, `moveFrom`, `moveTo`.
    fn change(&mut self, name: &str) {
        let takes_away = match self.context.revisions {
            Revisions::Accepted => matches!(name, "del" | "moveFrom"),
            Revisions::Original => matches!(name, "ins" | "moveTo"),
        };
        let mut around_text = false;
        match self.frames.top() {
            Some(Frame::Paragraph(open)) if open.in_properties => {
                open.mark_gone |= takes_away && open.in_run_properties;
            }
            Some(Frame::Row(row)) => row.gone |= takes_away,
            _ => around_text = true,
        }
        self.changes.push(takes_away && around_text);
    }

    /// Ends a field. A form field shows what is chosen in it.
    fn end_field(&mut self) {
        if let Some(form) = self.fields.end()
            && let Some(text) = form.shown()
        {
            self.show(text);
        }
    }

    /// An element of WordprocessingML.
    fn element(&mut self, tag: &Tag<'_>) -> Flow {
        match tag.name {
            "pPrChange" if self.context.revisions == Revisions::Original => {
                if let Some(open) = self.frames.paragraph() {
                    (open.style, open.outline, open.numbering) = (None, None, None);
                }
            }
            "pPrChange" | "rPrChange" | "tblPrChange" | "tblPrExChange" | "trPrChange" | "tcPrChange"
            | "sectPrChange" | "tblGridChange" | "numberingChange" | "delInstrText" | "fldData" | "rt" => {
                return Flow::Skip;
            }
            "altChunk" | "subDoc" => self.has_foreign_part = true,
            "ins" | "del" | "moveFrom" | "moveTo" => self.change(tag.name),
            "sdt" => self.controls.push(Control::default()),
            "sdtPr" => self.in_control_properties(true),
            _ if self.controls.last().is_some_and(|c| c.in_properties) => self.control_property(tag),
            "ffData" => self.fields.begin_form(),
            _ if self.fields.form().is_some() => self.form_property(tag),
            "sectPr" => self.section = Some(SectionBreak::Page),
            "type" if self.section.is_some() => {
                if matches!(tag.val().as_deref(), Some("continuous" | "nextColumn")) {
                    self.section = Some(SectionBreak::Continuous);
                }
            }
            "pPr" | "rPr" => self.in_properties(tag.name, true),
            "pageBreakBefore" if tag.on() => self.pages.explicit_once(),
            "fldChar" => {
                let kind = tag.attr("fldCharType").unwrap_or_default();
                if kind == "end" { self.end_field() } else { self.fields.character(&kind) }
            }
            "fldSimple" => {
                let code = tag.attr("instr").unwrap_or_default();
                self.fields.begin_simple(&code);
            }
            _ => return self.structure(tag),
        }
        Flow::Into
    }

    fn in_control_properties(&mut self, inside: bool) {
        if let Some(control) = self.controls.last_mut() {
            control.in_properties = inside;
        }
    }

    fn control_property(&mut self, tag: &Tag<'_>) {
        if let Some(control) = self.controls.last_mut().filter(|control| control.in_properties) {
            control.property(tag);
        }
    }

    fn form_property(&mut self, tag: &Tag<'_>) {
        if let Some(form) = self.fields.form() {
            form.property(tag);
        }
    }

    fn in_properties(&mut self, name: &str, inside: bool) {
        if let Some(open) = self.frames.paragraph() {
            if name == "pPr" {
                open.in_properties = inside;
            } else {
                open.in_run_properties = inside;
            }
        }
    }

    /// An element that is a structure of its own.
    fn structure(&mut self, tag: &Tag<'_>) -> Flow {
        match tag.name {
            "p" => {
                self.fields.paragraph();
                let mut open = Open::default();
                open.paragraph.page = self.pages.current();
                let own = Some(Place { first: tag.at, last: tag.at });
                open.paragraph.place = self.frames.place().or(own);
                open.paragraph.contents = self.controls.iter().any(|control| control.contents);
                self.frames.push(Frame::Paragraph(Box::new(open)));
            }
            "tbl" => self.frames.push(Frame::Table(Table::default())),
            "tr" => {
                let page = self.pages.current();
                self.frames.push(Frame::Row(OpenRow {
                    from_page: page,
                    to_page: page,
                    fresh: true,
                    ..OpenRow::default()
                }));
            }
            "tc" => {
                if let Some(row) = self.frames.row() {
                    let page = row.from_page;
                    self.pages.go_to(page);
                }
                self.frames.push(Frame::Cell(OpenCell::default()));
            }
            "txbxContent" => {
                let context = self.context;
                if self.is_gone() || self.frames.paragraph().is_some_and(|open| !open.shows(context)) {
                    return Flow::Skip;
                }
                let fields = std::mem::take(&mut self.fields);
                self.frames.push(Frame::Box(Default::default(), fields));
            }
            "footnote" | "endnote" | "comment" => {
                if matches!(
                    tag.attr("type").as_deref(),
                    Some("separator" | "continuationSeparator" | "continuationNotice")
                ) {
                    return Flow::Skip;
                }
                let id = tag.attr("id").unwrap_or_default().into_owned();
                self.frames.push(Frame::Note(id, Default::default()));
            }
            _ => self.property(tag),
        }
        Flow::Into
    }

    /// A property of the innermost structure.
    fn property(&mut self, tag: &Tag<'_>) {
        let gone_cell = match self.context.revisions {
            Revisions::Accepted => "cellDel",
            Revisions::Original => "cellIns",
        };
        match self.frames.top() {
            Some(Frame::Paragraph(open)) if open.in_properties => paragraph_property(open, tag),
            Some(Frame::Paragraph(open)) if open.in_run_properties => run_property(open, tag),
            Some(Frame::Paragraph(_)) => self.content(tag),
            Some(Frame::Table(table)) if tag.name == "tblLook" => {
                table.first_row = look_has_first_row(tag);
            }
            Some(Frame::Row(row)) => match tag.name {
                "hidden" => row.gone |= tag.on(),
                "tblHeader" => row.row.header = tag.on(),
                "gridBefore" => row.row.before = tag.number().unwrap_or(0).min(64),
                _ => {}
            },
            Some(Frame::Cell(open)) => match tag.name {
                "gridSpan" => open.cell.span = tag.number().unwrap_or(1),
                "vMerge" => {
                    open.cell.merge = match tag.val().as_deref() {
                        Some("restart") => Merge::Start,
                        _ => Merge::Continue,
                    };
                }
                name if name == gone_cell => open.gone = true,
                _ => {}
            },
            _ => {}
        }
    }

    /// Puts a structure that has ended where it belongs.
    fn close(&mut self, frame: Frame) {
        match frame {
            Frame::Paragraph(mut open) => {
                let runs_on = open.runs_on(self.context);
                let paragraph = open.close(self.context);
                self.frames.pieces().paragraph(paragraph, runs_on);
            }
            Frame::Table(table) => self.frames.pieces().piece(Piece::Table(table)),
            Frame::Row(row) => {
                self.pages.go_to(row.to_page);
                self.frames.close_row(row);
            }
            Frame::Cell(cell) => {
                let page = self.pages.current();
                self.frames.close_cell(cell);
                if let Some(row) = self.frames.row() {
                    row.to_page = row.to_page.max(page);
                }
            }
            Frame::Box(pieces, fields) => {
                self.fields = fields;
                self.frames.close_box(pieces);
            }
            Frame::Note(id, pieces) => self.frames.notes.push((id, pieces.finish())),
        }
        self.hand_out();
    }

    /// The end of an element that may be a structure.
    fn end_structure(&mut self, name: &str) {
        let wanted: fn(&Frame) -> bool = match name {
            "p" => |frame| matches!(frame, Frame::Paragraph(_)),
            "tbl" => |frame| matches!(frame, Frame::Table(_)),
            "tr" => |frame| matches!(frame, Frame::Row(_)),
            "tc" => |frame| matches!(frame, Frame::Cell(_)),
            "txbxContent" => |frame| matches!(frame, Frame::Box(..)),
            "footnote" | "endnote" | "comment" => |frame| matches!(frame, Frame::Note(..)),
            _ => return,
        };
        if let Some(frame) = self.frames.pop_if(wanted) {
            self.close(frame);
        }
    }

    fn end_section(&mut self) {
        let Some(kind) = self.section.take() else {
            return;
        };
        match self.frames.paragraph() {
            Some(open) => open.paragraph.section = Some(kind),
            None => self.last_section = Some(kind),
        }
    }
}

impl<F: FnMut(Piece) -> bool> Visit for Story<'_, F> {
    fn start(&mut self, tag: &Tag<'_>) -> Flow {
        match (tag.ns, tag.name) {
            _ if self.stopped => Flow::Stop,
            (Ns::Word, _) => self.element(tag),
            (Ns::Word14, _) => {
                self.control_property(tag);
                Flow::Into
            }
            (Ns::Math, _) => {
                self.formula(tag);
                Flow::Into
            }
            (Ns::Vml, "textpath") => {
                self.text_path(tag);
                Flow::Into
            }
            (Ns::Diagram, "relIds") => {
                self.diagram(tag);
                Flow::Into
            }
            _ => Flow::Into,
        }
    }

    fn end(&mut self, ns: Ns, name: &str) {
        if !matches!(ns, Ns::Word | Ns::Math) {
            return;
        }
        match name {
            "t" | "delText" | "instrText" => self.data = Data::Aside,
            _ if ns == Ns::Math => {}
            "ins" | "del" | "moveFrom" | "moveTo" => {
                self.changes.pop();
            }
            "sdt" => {
                self.controls.pop();
            }
            "sdtPr" => self.in_control_properties(false),
            "sectPr" => self.end_section(),
            "pPr" | "rPr" => self.in_properties(name, false),
            "fldSimple" => self.end_field(),
            "ffData" => self.fields.end_form(),
            _ => self.end_structure(name),
        }
    }

    fn text(&mut self, text: &str) {
        match self.data {
            Data::Text => self.show(text),
            Data::Code => self.fields.code(text),
            Data::Aside => {}
        }
    }
}
