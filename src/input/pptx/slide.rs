//! Reads the list of slides, and what one slide shows.
//!
//! Comes in: the elements of a part. Goes out: the links of the slides; the pieces of a slide, its
//! title first.

use crate::input::package::xml::{Flow, Ns, Tag, Visit};
use crate::input::pieces::{Aside, Builder, Cell, Kind, Merge, Paragraph, Piece, Role, Row, Table};

/// The links of the slides, in order.
#[derive(Debug, Default)]
pub(super) struct Slides(Vec<String>);

impl Slides {
    pub(super) fn finish(self) -> Vec<String> {
        self.0
    }
}

impl Visit for Slides {
    fn start(&mut self, tag: &Tag<'_>) -> Flow {
        if tag.ns == Ns::Slide && tag.name == "sldId" {
            self.0.extend(tag.link().map(|id| id.into_owned()));
        }
        Flow::Into
    }

    fn end(&mut self, _: Ns, _: &str) {}

    fn text(&mut self, _: &str) {}
}

/// What a shape is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shape {
    /// It stands by itself.
    #[default]
    Free,
    /// The title of a slide, or of the presentation.
    Title { first: bool },
    /// Its subtitle.
    Subtitle,
    /// The text of the slide, which is a list unless it says otherwise.
    Body,
    /// Date, number or foot.
    Running,
    /// It does not show.
    Hidden,
}

/// Reads one slide.
#[derive(Debug)]
pub(super) struct Slide {
    page: u32,
    builder: Builder,
    shape: Shape,
    /// For each group of shapes that is open, whether it is hidden.
    groups: Vec<bool>,
    /// What is said next is said of the innermost group.
    of_group: bool,
    in_text: bool,
    bold: bool,
    raised: bool,
    in_number: bool,
    /// The slide is not shown.
    pub(super) is_hidden: bool,
    /// It shows a picture.
    pub(super) has_picture: bool,
    /// The links of its diagrams' data.
    pub(super) diagrams: Vec<String>,
}

impl Slide {
    pub(super) fn new(page: u32) -> Self {
        Self {
            page,
            builder: Builder::default(),
            shape: Shape::Free,
            groups: Vec::new(),
            of_group: false,
            in_text: false,
            bold: false,
            raised: false,
            in_number: false,
            is_hidden: false,
            has_picture: false,
            diagrams: Vec::new(),
        }
    }

    /// The pieces, the title first, and what runs along the edge.
    pub(super) fn finish(mut self) -> (Vec<Piece>, Vec<(Aside, Vec<Piece>)>) {
        let is_title = |piece: &Piece| match piece {
            Piece::Paragraph(paragraph) => matches!(paragraph.role, Role::Title | Role::Heading(_)),
            Piece::Table(_) => false,
        };
        let (mut titles, rest): (Vec<Piece>, Vec<Piece>) = self.builder.finish().into_iter().partition(is_title);
        titles.extend(rest);
        (titles, self.builder.asides)
    }

    fn placeholder(&mut self, tag: &Tag<'_>) {
        if self.shape == Shape::Hidden {
            return;
        }
        self.shape = match tag.attr("type").as_deref() {
            Some("ctrTitle") => Shape::Title { first: true },
            Some("title") => Shape::Title { first: false },
            Some("subTitle") => Shape::Subtitle,
            Some("dt" | "sldNum" | "ftr" | "hdr") => Shape::Running,
            _ => Shape::Body,
        };
    }

    fn slide_element(&mut self, tag: &Tag<'_>) -> Flow {
        let is = |name, value| tag.attr(name).as_deref() == Some(value);
        match tag.name {
            "sld" => self.is_hidden = is("show", "0") || is("show", "false"),
            "sp" | "cxnSp" => self.shape = Shape::Free,
            "grpSp" => self.groups.push(false),
            "nvGrpSpPr" => self.of_group = true,
            "cNvPr" if is("hidden", "1") || is("hidden", "true") => match self.groups.last_mut() {
                Some(group) if self.of_group => *group = true,
                _ => self.shape = Shape::Hidden,
            },
            "txBody" if self.is_unseen() => return Flow::Skip,
            "ph" => self.placeholder(tag),
            "pic" => {
                self.shape = Shape::Free;
                self.has_picture = true;
            }
            "txBody" => match self.shape {
                Shape::Running => self.builder.aside(Aside::Footer),
                Shape::Title { first } => self.paragraph(if first { Role::Title } else { Role::Heading(2) }),
                _ => {}
            },
            "graphicFrame" => self.shape = Shape::Free,
            _ => {}
        }
        Flow::Into
    }

    /// Whether the shape, or a group around it, does not show.
    fn is_unseen(&self) -> bool {
        self.shape == Shape::Hidden || self.groups.contains(&true)
    }

    fn paragraph(&mut self, role: Role) {
        self.builder.paragraph(Paragraph { role, page: self.page, ..Paragraph::default() });
    }

    fn art_element(&mut self, tag: &Tag<'_>) -> Flow {
        let is = |name, value| tag.attr(name).as_deref() == Some(value);
        let on = |name| is(name, "1") || is(name, "true");
        match tag.name {
            "p" => match self.shape {
                Shape::Title { .. } if self.builder.innermost() == Some(Kind::Paragraph) => {
                    self.builder.text(" ", false)
                }
                Shape::Body if !self.builder.has_open(Kind::Cell) => self.paragraph(Role::Item(0)),
                _ => self.paragraph(Role::Body),
            },
            "pPr" => self.level(tag.attr("lvl").and_then(|level| level.parse().ok()).unwrap_or(0)),
            "buNone" => self.bullet(false),
            "buChar" | "buAutoNum" | "buBlip" => self.bullet(true),
            "rPr" | "defRPr" | "endParaRPr" => {
                self.bold = on("b");
                self.raised = tag.attr("baseline").is_some_and(|by| by.parse::<i32>().is_ok_and(|by| by > 0));
            }
            "r" => (self.bold, self.raised) = (false, false),
            "fld" => self.in_number = is("type", "slidenum") && self.shape != Shape::Running,
            "t" => self.in_text = !self.in_number,
            "br" => self.builder.text("\n", false),
            "tbl" if self.is_unseen() => return Flow::Skip,
            "tbl" => self.builder.table(Table::default()),
            "tblPr" => {
                if let Some(table) = self.builder.current_table() {
                    table.first_row = on("firstRow");
                }
            }
            "tr" => self.builder.row(Row::default()),
            "tc" if on("hMerge") => return Flow::Skip,
            "tc" => {
                let count = |name| tag.attr(name).and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
                let merge = match on("vMerge") {
                    true => Merge::Continue,
                    false if count("rowSpan") > 1 => Merge::Start,
                    false => Merge::None,
                };
                self.builder.cell(Cell { span: count("gridSpan"), merge, ..Cell::default() });
            }
            _ => {}
        }
        Flow::Into
    }

    fn level(&mut self, level: u8) {
        if let Some(paragraph) = self.builder.current()
            && let Role::Item(depth) = &mut paragraph.role
        {
            *depth = level.min(8);
        }
    }

    fn bullet(&mut self, has: bool) {
        if let Some(paragraph) = self.builder.current() {
            paragraph.role = match (paragraph.role, has) {
                (Role::Item(_), false) => Role::Body,
                (Role::Body, true) => Role::Item(0),
                (role, _) => role,
            };
        }
    }
}

impl Visit for Slide {
    fn start(&mut self, tag: &Tag<'_>) -> Flow {
        if self.is_hidden || self.builder.too_deep {
            return Flow::Stop;
        }
        match tag.ns {
            Ns::Slide => return self.slide_element(tag),
            Ns::Art => return self.art_element(tag),
            Ns::Diagram if tag.name == "relIds" && !self.is_unseen() => {
                self.diagrams.extend(tag.attr("dm").map(|id| id.into_owned()))
            }
            _ => {}
        }
        Flow::Into
    }

    fn end(&mut self, ns: Ns, name: &str) {
        match (ns, name) {
            (Ns::Slide, "txBody") if self.shape == Shape::Running => self.builder.end(Kind::Aside),
            (Ns::Slide, "txBody") if matches!(self.shape, Shape::Title { .. }) => self.builder.end(Kind::Paragraph),
            (Ns::Slide, "nvGrpSpPr") => self.of_group = false,
            (Ns::Slide, "grpSp") => {
                self.groups.pop();
            }
            (Ns::Art, "p") if !matches!(self.shape, Shape::Title { .. }) => self.builder.end_paragraph(false),
            (Ns::Art, "t") => self.in_text = false,
            (Ns::Art, "fld") => self.in_number = false,
            (Ns::Art, "tbl") => self.builder.end(Kind::Table),
            (Ns::Art, "tr") => self.builder.end(Kind::Row),
            (Ns::Art, "tc") => self.builder.end(Kind::Cell),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            if self.raised { self.builder.raised(text) } else { self.builder.text(text, self.bold) }
        }
    }
}
