//! Follows the groups and control words of an RTF file.
//!
//! Comes in: tokens. Goes out: blocks, through the sink. What tracked changes took away and hidden
//! text are left out.

use std::collections::HashSet;

use encoding_rs::Encoding;

use super::flow::{CellShape, Flow};
use super::styles::{Definitions, of_code_page};
use super::token::{Token, Tokens};
use crate::document::Furniture;
use crate::input::Revisions;
use crate::input::inline::tidy;
use crate::input::pieces::{Aside, Merge, NoteRef, Piece, Role, Sink};

/// Groups that may be open at a time.
const DEEPEST: usize = 1_000;

/// What the text of a group is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Goes {
    /// It is read.
    #[default]
    Shown,
    /// It is no text.
    Nowhere,
    ToFonts,
    ToStyles,
    ToTitle,
}

/// Paragraph properties that matter.
#[derive(Clone, Copy, Debug, Default)]
struct Shape {
    style: i32,
    outline: Option<u8>,
    listed: bool,
    depth: u8,
    in_table: bool,
}

/// What a group has in force.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    goes: Goes,
    /// A control word follows that a reader may not know.
    starred: bool,
    bold: bool,
    raised: bool,
    hidden: bool,
    deleted: bool,
    inserted: bool,
    font: i32,
    shape: Shape,
    /// It began a flow of its own.
    is_flow: bool,
    /// Bytes that stand for a character after its number.
    stand_ins: usize,
}

/// Where a flow belongs.
#[derive(Debug)]
enum Place {
    Apart(Aside),
    InParagraph,
}

/// What came of a reading.
pub(super) struct Read {
    pub(super) title: Option<String>,
    pub(super) is_cut: bool,
    pub(super) too_deep: bool,
}

/// A file that is being read.
pub(super) struct Story<'d> {
    revisions: Revisions,
    sink: Sink<'d>,
    groups: Vec<Group>,
    group: Group,
    flow: Flow,
    /// The flows around the one that is read, each with where that one belongs.
    around: Vec<(Flow, Place)>,
    definitions: Definitions,
    encoding: &'static Encoding,
    bytes: Vec<u8>,
    /// Stand-ins that are still to be passed over.
    passed_over: usize,
    high: Option<u16>,
    title: String,
    notes: usize,
    apart: Vec<(Aside, Vec<Piece>)>,
    cell: CellShape,
}

impl<'d> Story<'d> {
    pub(super) fn new(revisions: Revisions, sink: Sink<'d>) -> Self {
        Self {
            revisions,
            sink,
            groups: Vec::new(),
            group: Group { stand_ins: 1, ..Group::default() },
            flow: Flow::default(),
            around: Vec::new(),
            definitions: Definitions::default(),
            encoding: of_code_page(1252),
            bytes: Vec::new(),
            passed_over: 0,
            high: None,
            title: String::new(),
            notes: 0,
            apart: Vec::new(),
            cell: CellShape::default(),
        }
    }

    pub(super) fn read(mut self, bytes: &[u8]) -> Read {
        let mut too_deep = false;
        for token in Tokens::new(bytes) {
            if !matches!(token, Token::Byte(_)) {
                self.flush();
            }
            match token {
                Token::Open if self.groups.len() >= DEEPEST => {
                    too_deep = true;
                    break;
                }
                Token::Open => self.open(),
                Token::Close => self.close(),
                Token::Word(word, number) => self.word(word, number),
                Token::Symbol(symbol) => self.symbol(symbol),
                Token::Byte(byte) => self.byte(byte),
            }
        }
        self.flush();
        let is_cut = !self.groups.is_empty();
        while !self.groups.is_empty() {
            self.close();
        }
        let role = self.role();
        let rest = std::mem::take(&mut self.flow).finish(role);
        for piece in rest {
            self.sink.piece(piece);
        }
        self.furniture();
        let title = tidy(&self.title);
        let title = if title.is_empty() { self.sink.title.take() } else { Some(title) };
        self.sink.settle_pages(1, false);
        Read { title, is_cut, too_deep }
    }

    fn furniture(&mut self) {
        let mut seen = HashSet::new();
        for (aside, pieces) in std::mem::take(&mut self.apart) {
            match aside {
                Aside::Header => self.sink.running(&pieces, Furniture::Header, &mut seen),
                Aside::Footer => self.sink.running(&pieces, Furniture::Footer, &mut seen),
                _ => self.sink.comment(&pieces, None),
            }
        }
    }

    fn open(&mut self) {
        self.passed_over = 0;
        self.groups.push(self.group);
        self.group.is_flow = false;
        self.group.starred = false;
    }

    fn close(&mut self) {
        self.passed_over = 0;
        let Some(outer) = self.groups.pop() else { return };
        let ended = std::mem::replace(&mut self.group, outer);
        if !ended.is_flow {
            return;
        }
        let Some((outer, place)) = self.around.pop() else { return };
        let flow = std::mem::replace(&mut self.flow, outer);
        let pieces = flow.finish(role(&self.definitions, &ended.shape));
        match place {
            Place::InParagraph => self.flow.paragraph.boxes.extend(pieces),
            Place::Apart(Aside::Note(note)) => self.sink.note_text(note, pieces),
            Place::Apart(aside) => self.apart.push((aside, pieces)),
        }
    }

    /// The group's text is a flow of its own.
    fn begin_flow(&mut self, place: Place) {
        if self.group.goes == Goes::Shown && !self.group.is_flow {
            self.group.is_flow = true;
            self.group.shape = Shape::default();
            self.around.push((std::mem::take(&mut self.flow), place));
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.passed_over > 0 {
            self.passed_over -= 1;
            return;
        }
        match self.group.goes {
            Goes::Shown | Goes::ToTitle => self.bytes.push(byte),
            Goes::ToStyles => self.definitions.style_byte(byte),
            Goes::Nowhere | Goes::ToFonts => {}
        }
    }

    /// Decodes the bytes that have come together.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let font = self.definitions.fonts.get(&self.group.font).copied().unwrap_or_default();
        if font.is_symbol && self.group.goes == Goes::Shown {
            return self.show(" ");
        }
        let text = font.encoding.unwrap_or(self.encoding).decode_without_bom_handling(&bytes).0;
        self.show(&text);
    }

    fn show(&mut self, text: &str) {
        let is_gone = match self.revisions {
            Revisions::Accepted => self.group.deleted,
            Revisions::Original => self.group.inserted,
        };
        match self.group.goes {
            Goes::Shown if is_gone || self.group.hidden => {}
            Goes::Shown if self.group.raised => self.flow.raised(text),
            Goes::Shown => self.flow.text(text, self.group.bold),
            Goes::ToTitle if self.title.len() < 1_000 => self.title.push_str(text),
            _ => {}
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'{' | b'}' | b'\\' => self.byte(symbol),
            b'*' => self.group.starred = true,
            b'~' => self.show("\u{A0}"),
            b'_' => self.show("-"),
            b'-' => self.show("\u{AD}"),
            b'\t' => self.show(" "),
            b'\r' | b'\n' => self.end_paragraph(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        if self.group.goes != Goes::Shown {
            return;
        }
        let gone_mark = match self.revisions {
            Revisions::Accepted => self.group.deleted,
            Revisions::Original => self.group.inserted,
        };
        let role = self.role();
        self.flow.end_paragraph(role, self.group.shape.in_table, gone_mark);
        self.hand_out();
    }

    fn hand_out(&mut self) {
        if self.around.is_empty() {
            for piece in self.flow.take() {
                self.sink.piece(piece);
            }
        }
    }

    fn role(&self) -> Role {
        role(&self.definitions, &self.group.shape)
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let starred = std::mem::take(&mut self.group.starred);
        match self.group.goes {
            Goes::ToFonts => return self.definitions.font_word(word, number),
            Goes::ToStyles => return self.definitions.style_word(word, number),
            _ => {}
        }
        if self.passed_over > 0 && word != "u" {
            self.passed_over -= 1;
            return;
        }
        if self.destination(word, starred) || self.group.goes == Goes::Nowhere {
            return;
        }
        let on = number != Some(0);
        match word {
            "ansicpg" => self.encoding = of_code_page(number.unwrap_or(1252)),
            "mac" => self.encoding = of_code_page(10000),
            "f" | "deff" => self.group.font = number.unwrap_or(0),
            "uc" => self.group.stand_ins = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "u" => self.unicode(number.unwrap_or(0)),
            "plain" => (self.group.bold, self.group.hidden, self.group.raised) = (false, false, false),
            "super" => self.group.raised = on,
            "sub" | "nosupersub" => self.group.raised = false,
            "b" => self.group.bold = on,
            "v" => self.group.hidden = on,
            "deleted" => self.group.deleted = on,
            "revised" => self.group.inserted = on,
            "tab" => self.show(" "),
            "line" | "lbr" => self.show("\n"),
            "page" | "column" => self.show(" "),
            "par" | "sect" => self.end_paragraph(),
            _ => match spelled(word) {
                Some(character) => self.show(character),
                None => self.shape(word, number),
            },
        }
    }

    /// A control word that says where the text of its group goes.
    fn destination(&mut self, word: &str, starred: bool) -> bool {
        match word {
            "fonttbl" => self.group.goes = Goes::ToFonts,
            "stylesheet" => self.group.goes = Goes::ToStyles,
            "title" if self.group.goes == Goes::Nowhere => self.group.goes = Goes::ToTitle,
            "footnote" => {
                self.notes += 1;
                let note = NoteRef { end: false, id: self.notes.to_string() };
                if self.group.goes == Goes::Shown {
                    self.flow.paragraph.notes.push(note.clone());
                }
                self.begin_flow(Place::Apart(Aside::Note(note)));
            }
            "header" | "headerl" | "headerr" | "headerf" => self.begin_flow(Place::Apart(Aside::Header)),
            "footer" | "footerl" | "footerr" | "footerf" => self.begin_flow(Place::Apart(Aside::Footer)),
            "annotation" => self.begin_flow(Place::Apart(Aside::Comment)),
            "shptxt" | "dptxbxtext" => self.begin_flow(Place::InParagraph),
            "listtext" | "pntext" => {
                self.mark_listed();
                self.group.goes = Goes::Nowhere;
            }
            "pict" => {
                self.show(" ");
                self.group.goes = Goes::Nowhere;
            }
            "colortbl" | "info" | "nonshppict" | "objdata" | "fldinst" | "xe" | "tc" | "txe" | "rxe" | "listtable"
            | "listoverridetable" | "revtbl" | "filetbl" | "sp" | "shprslt" | "ftnsep" | "ftnsepc" | "aftnsep"
            | "aftnsepc" | "private" | "generator" => self.group.goes = Goes::Nowhere,
            "shpinst" | "shppict" | "do" => return starred,
            _ if starred => self.group.goes = Goes::Nowhere,
            _ => return false,
        }
        true
    }

    /// The paragraph around the group is an item of a list.
    fn mark_listed(&mut self) {
        if let Some(outer) = self.groups.last_mut() {
            outer.shape.listed = true;
        }
    }

    /// A character by its number, in UTF-16.
    fn unicode(&mut self, number: i32) {
        self.passed_over = self.group.stand_ins;
        let Ok(unit) = u16::try_from(if number < 0 { number + 0x1_0000 } else { number }) else { return };
        let units: Vec<u16> = self.high.take().into_iter().chain([unit]).collect();
        if (0xD800..0xDC00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect();
        self.show(&text);
    }

    /// A property of a paragraph, row or cell.
    fn shape(&mut self, word: &str, number: Option<i32>) {
        let small = |number: Option<i32>| number.and_then(|n| u8::try_from(n).ok());
        let shape = &mut self.group.shape;
        match word {
            "pard" => *shape = Shape::default(),
            "s" => shape.style = number.unwrap_or(0),
            "outlinelevel" => shape.outline = small(number),
            "ls" => shape.listed = number.is_some_and(|n| n > 0),
            "ilvl" => shape.depth = small(number).unwrap_or(0).min(8),
            "intbl" => shape.in_table = true,
            "cell" => {
                let role = self.role();
                self.flow.end_cell(role);
            }
            "nestcell" => {
                let role = self.role();
                self.flow.end_paragraph(role, true, false);
            }
            "row" => {
                self.flow.end_row();
                self.hand_out();
            }
            "trowd" => {
                self.flow.shapes.clear();
                self.flow.is_header = false;
                self.cell = CellShape::default();
            }
            "trhdr" => self.flow.is_header = true,
            "clvmgf" => self.cell.merge = Merge::Start,
            "clvmrg" => self.cell.merge = Merge::Continue,
            "clmrg" => self.cell.continues = true,
            "cellx" if self.flow.shapes.len() < 1_000 => self.flow.shapes.push(std::mem::take(&mut self.cell)),
            _ => {}
        }
    }
}

/// What a paragraph is for.
fn role(definitions: &Definitions, shape: &Shape) -> Role {
    match (definitions.role(shape.style), shape.outline) {
        (Role::Body, Some(level @ 0..=8)) => Role::Heading(level + 1),
        (Role::Body, _) if shape.listed => Role::Item(shape.depth),
        (role, _) => role,
    }
}

/// The character that a control word stands for.
fn spelled(word: &str) -> Option<&'static str> {
    Some(match word {
        "emdash" => "\u{2014}",
        "endash" => "\u{2013}",
        "lquote" => "\u{2018}",
        "rquote" => "\u{2019}",
        "ldblquote" => "\u{201C}",
        "rdblquote" => "\u{201D}",
        "bullet" => "\u{2022}",
        "enspace" | "emspace" | "qmspace" => " ",
        _ => return None,
    })
}
