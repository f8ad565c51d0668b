//! Which numberings are lists, and at which level a style stands in them.
//!
//! Comes in: the numbering part. Goes out: answers about a numbering. It does not count: numbers
//! are no part of the text.

use std::collections::HashMap;

use crate::input::package::xml::{Flow, Ns, Tag, Visit};

#[derive(Debug, Default)]
struct Level {
    /// Whether the level shows neither bullet nor number.
    silent: bool,
    style: Option<String>,
}

/// The numberings of a document; reads the numbering part.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Abstract numbering by number id.
    numbers: HashMap<String, String>,
    /// Levels by abstract numbering and level.
    levels: HashMap<(String, u8), Level>,
    number: Option<String>,
    kind: Option<String>,
    level: Option<u8>,
}

impl Numbering {
    /// Whether paragraphs of a numbering are items of a list.
    pub(super) fn is_list(&self, id: &str, level: u8) -> bool {
        id != "0" && !self.find(id, level).is_some_and(|level| level.silent)
    }

    /// The level of a numbering that belongs to a paragraph style.
    pub(super) fn level_of_style(&self, id: &str, style: &str) -> Option<u8> {
        (0..9).find(|&level| self.find(id, level).is_some_and(|level| level.style.as_deref() == Some(style)))
    }

    fn find(&self, id: &str, level: u8) -> Option<&Level> {
        let kind = self.numbers.get(id)?;
        self.levels.get(&(kind.clone(), level))
    }

    fn open_level(&mut self) -> Option<&mut Level> {
        let key = (self.kind.clone()?, self.level?);
        Some(self.levels.entry(key).or_default())
    }
}

impl Visit for Numbering {
    fn start(&mut self, tag: &Tag<'_>) -> Flow {
        if tag.ns != Ns::Word {
            return Flow::Into;
        }
        match tag.name {
            "abstractNum" => self.kind = tag.attr("abstractNumId").map(Into::into),
            "lvl" if self.number.is_none() => {
                self.level = tag.attr("ilvl").and_then(|level| level.parse().ok());
            }
            "numFmt" => {
                let silent = tag.val().as_deref() == Some("none");
                if let Some(level) = self.open_level() {
                    level.silent = silent;
                }
            }
            "pStyle" => {
                let style = tag.val().map(Into::into);
                if let Some(level) = self.open_level() {
                    level.style = style;
                }
            }
            "num" => self.number = tag.attr("numId").map(Into::into),
            "abstractNumId" => {
                if let (Some(number), Some(kind)) = (&self.number, tag.val()) {
                    self.numbers.insert(number.clone(), kind.into_owned());
                }
            }
            _ => {}
        }
        Flow::Into
    }

    fn end(&mut self, ns: Ns, name: &str) {
        if ns != Ns::Word {
            return;
        }
        match name {
            "abstractNum" => self.kind = None,
            "lvl" => self.level = None,
            "num" => self.number = None,
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}
}
