//! Walks the tags and words of a web page.
//!
//! Comes in: the text of a page. Goes out: blocks, through the sink. Tags that are missing or stand
//! in the wrong place do no more harm than they do in a browser, or little more.

use std::collections::HashSet;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::element::{Group, ends, group, heading, holds_in};
use super::tables::Tables;
use crate::document::Furniture;
use crate::input::Revisions;
use crate::input::inline::tidy;
use crate::input::pieces::{Aside, Builder, Kind, Paragraph, Piece, Role, Sink};

/// Elements that may be open at a time; more are not followed.
const DEEPEST: usize = 512;

/// An element that is open.
#[derive(Debug)]
struct Element {
    name: String,
    is_silent: bool,
    is_bold: bool,
    is_raised: bool,
    heading: Option<u8>,
}

/// A page that is being read.
pub(super) struct WebPage<'t, 'd> {
    text: &'t str,
    revisions: Revisions,
    sink: Sink<'d>,
    builder: Builder,
    open: Vec<Element>,
    /// For each list that is open, whether the next paragraph begins an item.
    lists: Vec<bool>,
    tables: Tables,
    /// The page marks its main part: what stands outside of it is furniture.
    has_main: bool,
    title: String,
    /// Line breaks since the last word.
    breaks: usize,
    apart: Vec<(Aside, Vec<Piece>)>,
}

impl<'t, 'd> WebPage<'t, 'd> {
    /// A page of which all is read as its body, or only what it marks as its main part.
    pub(super) fn new(text: &'t str, revisions: Revisions, sink: Sink<'d>, has_main: bool) -> Self {
        Self {
            text,
            revisions,
            sink,
            builder: Builder::default(),
            open: Vec::new(),
            lists: Vec::new(),
            tables: Tables::default(),
            has_main,
            title: String::new(),
            breaks: 0,
            apart: Vec::new(),
        }
    }

    /// Reads the page; gives its title, and whether it was nested too deeply.
    pub(super) fn read(mut self) -> (Option<String>, bool) {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(self.text, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => self.start(&tag),
                Token::EndTag(tag) => self.end(&name_of(&tag.name)),
                Token::String(words) => self.words(&String::from_utf8_lossy(&words)),
                _ => {}
            }
            if self.builder.too_deep {
                break;
            }
        }
        let rest = self.builder.finish();
        self.hand_out(rest);
        let mut seen = HashSet::new();
        for (aside, pieces) in std::mem::take(&mut self.apart) {
            let kind = if aside == Aside::Footer { Furniture::Footer } else { Furniture::Header };
            self.sink.running(&pieces, kind, &mut seen);
        }
        self.sink.settle_pages(1, false);
        let title = tidy(&self.title);
        ((!title.is_empty()).then_some(title), self.builder.too_deep)
    }

    fn hand_out(&mut self, pieces: Vec<Piece>) {
        self.apart.append(&mut self.builder.asides);
        for piece in pieces {
            self.sink.piece(piece);
        }
    }

    fn is_silent(&self) -> bool {
        self.open.iter().any(|element| element.is_silent)
    }

    fn is_in(&self, names: &[&str]) -> bool {
        self.open.iter().any(|element| names.contains(&element.name.as_str()))
    }

    fn end_block(&mut self) {
        self.breaks = 0;
        self.builder.end_paragraph(false);
        if self.builder.innermost() == Some(Kind::Aside) {
            self.builder.end(Kind::Aside);
        }
        let done = self.builder.take();
        if !done.is_empty() || !self.builder.asides.is_empty() {
            self.hand_out(done);
        }
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = name_of(&tag.name);
        self.imply_ends(&name);
        let group = group(&name);
        if self.is_silent() {
            if group != Group::Void && !tag.self_closing {
                self.push(Element { name, is_silent: true, is_bold: false, is_raised: false, heading: None });
            }
            return;
        }
        if group == Group::Block {
            self.end_block();
        }
        match name.as_str() {
            "br" => self.line_break(),
            "hr" => self.end_block(),
            "img" | "input" => self.builder.text(" ", false),
            _ => {}
        }
        if group == Group::Void {
            return;
        }
        let element = self.element(name, group, tag);
        if !element.is_silent {
            self.begin(&element, tag);
        }
        self.push(element);
    }

    fn push(&mut self, element: Element) {
        if self.open.len() < DEEPEST {
            self.open.push(element);
        } else {
            self.builder.too_deep = true;
        }
    }

    fn element(&self, name: String, group: Group, tag: &StartTag<()>) -> Element {
        let attribute = |name: &[u8]| tag.attributes.get(name).map(|v| String::from_utf8_lossy(v).to_lowercase());
        let style = attribute(b"style").unwrap_or_default().replace(' ', "");
        let is_hidden = tag.attributes.contains_key(b"hidden".as_slice())
            || style.contains("display:none")
            || style.contains("visibility:hidden")
            || style.contains("mso-hide:all");
        let is_gone = match self.revisions {
            Revisions::Accepted => name == "del",
            Revisions::Original => name == "ins",
        };
        let by_role = match attribute(b"role").as_deref() {
            Some("heading") => Some(attribute(b"aria-level").and_then(|l| l.parse().ok()).unwrap_or(2).clamp(1, 9)),
            _ => None,
        };
        Element {
            is_silent: group == Group::Silent || is_hidden || is_gone,
            is_bold: matches!(name.as_str(), "b" | "strong") || style.contains("font-weight:bold"),
            is_raised: name == "sup" || style.contains("vertical-align:super"),
            heading: heading(&name).or(by_role),
            name,
        }
    }

    /// Begins what an element stands for.
    fn begin(&mut self, element: &Element, tag: &StartTag<()>) {
        let attribute = |name: &[u8]| tag.attributes.get(name).map(|v| String::from_utf8_lossy(v));
        let number = |name| attribute(name).and_then(|n| n.trim().parse().ok()).unwrap_or(1);
        let role = attribute(b"role");
        match element.name.as_str() {
            "ul" | "ol" | "menu" | "dir" => self.lists.push(false),
            "li" => {
                if let Some(fresh) = self.lists.last_mut() {
                    *fresh = true;
                }
            }
            "table" => self.tables.begin(matches!(role.as_deref(), Some("presentation" | "none")), &mut self.builder),
            "thead" | "tbody" | "tfoot" => self.tables.head(element.name == "thead"),
            "tr" => self.tables.row(&mut self.builder),
            "td" | "th" => {
                let (columns, rows) = (number(b"colspan"), number(b"rowspan"));
                self.tables.cell(element.name == "th", columns, rows, &mut self.builder);
            }
            _ => {}
        }
    }

    /// Ends the elements whose end tags a start tag makes needless.
    fn imply_ends(&mut self, name: &str) {
        let ended = ends(name);
        let is_ended = |element: &Element| ended.contains(&element.name.as_str());
        while let Some(at) = self.open.iter().rposition(|element| is_ended(element) || holds_in(&element.name))
            && is_ended(&self.open[at])
        {
            self.close_to(at);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "br" => return self.line_break(),
            "body" | "html" => return,
            _ => {}
        }
        let is_part = matches!(name, "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption");
        let bounds: &[&str] = if is_part { &["table"] } else { &["table", "td", "th"] };
        let bound = self.open.iter().rposition(|element| bounds.contains(&element.name.as_str()));
        let found = self.open.iter().rposition(|element| element.name == name);
        if let Some(at) = found.filter(|at| bound.is_none_or(|bound| *at >= bound)) {
            self.close_to(at);
        }
    }

    /// Closes the elements from this one on.
    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            let Some(element) = self.open.pop() else { return };
            if element.is_silent {
                continue;
            }
            if group(&element.name) == Group::Block {
                self.end_block();
            }
            match element.name.as_str() {
                "ul" | "ol" | "menu" | "dir" => drop(self.lists.pop()),
                "table" => self.tables.end(&mut self.builder),
                "thead" => self.tables.head(false),
                "tr" => self.tables.end_row(&mut self.builder),
                "td" | "th" => self.tables.end_cell(&mut self.builder),
                _ => {}
            }
        }
    }

    fn line_break(&mut self) {
        self.breaks += 1;
        if self.breaks > 1 {
            self.end_block();
        } else {
            self.builder.text("\n", false);
        }
    }

    /// The furniture that the place is, if it is any.
    fn apart_here(&self) -> Option<Aside> {
        if self.is_in(&["nav"]) {
            return Some(Aside::Header);
        }
        if self.is_in(&["main"]) || (!self.has_main && self.is_in(&["article"])) {
            return None;
        }
        if self.is_in(&["header"]) {
            return Some(Aside::Header);
        }
        (self.has_main || self.is_in(&["footer"])).then_some(Aside::Footer)
    }

    fn words(&mut self, words: &str) {
        if self.is_silent() {
            return;
        }
        if self.is_in(&["title"]) {
            if self.title.len() < 1_000 {
                self.title.push_str(words);
            }
            return;
        }
        let is_blank = words.trim().is_empty();
        if is_blank && self.builder.innermost() != Some(Kind::Paragraph) {
            return;
        }
        if !is_blank {
            self.breaks = 0;
        }
        if self.builder.innermost() != Some(Kind::Paragraph) {
            self.paragraph();
        }
        let is_bold = self.open.iter().any(|element| element.is_bold);
        if self.open.iter().any(|element| element.is_raised) {
            self.builder.raised(words);
        } else if self.is_in(&["pre"]) {
            self.builder.text(words, is_bold);
        } else {
            self.builder.text(&words.replace(['\n', '\r'], " "), is_bold);
        }
    }

    /// Begins the paragraph that words without one stand in.
    fn paragraph(&mut self) {
        let level = self.open.iter().rev().find_map(|element| element.heading);
        let fresh = self.lists.last_mut().is_some_and(std::mem::take);
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(8).min(8);
        let role = match level {
            Some(level) => Role::Heading(level),
            None if self.is_in(&["figcaption", "caption"]) => Role::Caption,
            None if fresh => Role::Item(depth),
            None => Role::Body,
        };
        if let Some(aside) = self.apart_here() {
            self.builder.aside(aside);
        }
        self.builder.paragraph(Paragraph { role, page: 1, ..Paragraph::default() });
    }
}

fn name_of(name: &[u8]) -> String {
    String::from_utf8_lossy(name).to_lowercase()
}
