//! What is chosen in forms: content controls, and the form fields of older documents.
//!
//! Comes in: the properties of a control or field. Goes out: whether its content shows, and the
//! sign or entry that stands for what is chosen. It does not look at the text around.

use crate::input::inline::box_sign;
use crate::input::package::xml::Tag;

/// Most entries of a list that are kept.
const MAX_ENTRIES: usize = 1_000;

/// A content control.
#[derive(Debug, Default)]
pub(super) struct Control {
    /// It holds a table of contents.
    pub(super) contents: bool,
    /// It says that it shows its prompt, since nobody filled it in.
    prompt: bool,
    /// Whether its text is that prompt, once there is text. Programs that fill forms in leave the mark behind.
    asks: Option<bool>,
    /// Its properties are being read.
    pub(super) in_properties: bool,
    /// It is a box, ticked or not.
    ticked: Option<bool>,
    /// The sign of the box was shown.
    signed: bool,
}

impl Control {
    /// A property of the control.
    pub(super) fn property(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "docPartGallery" => self.contents |= tag.val().as_deref() == Some("Table of Contents"),
            "showingPlcHdr" => self.prompt |= tag.on(),
            "checkbox" => self.ticked = Some(false),
            "checked" => self.ticked = self.ticked.map(|_| tag.on()),
            _ => {}
        }
    }

    /// Looks at its text, the first of which tells: prompts have a style of their own, or ask to do something.
    pub(super) fn look(&mut self, text: &str, styled: bool) {
        if self.prompt && self.asks.is_none() && !text.trim().is_empty() {
            let word = text.trim_start().trim_start_matches(['[', '<', '(']).split(|c: char| !c.is_alphabetic()).next();
            let word = word.unwrap_or_default().to_lowercase();
            let asks = ["click", "tap", "choose", "select", "enter", "type", "insert", "add", "pick"];
            self.asks = Some(styled || asks.contains(&word.as_str()));
        }
    }

    /// Whether what stands in it is nobody's text.
    pub(super) fn is_prompt(&self) -> bool {
        self.prompt && self.asks == Some(true)
    }

    /// What stands for text of a box: its sign, once. Nothing for a control that is no box.
    pub(super) fn sign(&mut self) -> Option<&'static str> {
        let sign = box_sign(self.ticked?);
        Some(if std::mem::replace(&mut self.signed, true) { "" } else { sign })
    }
}

/// A form field of an older document: a box to tick, or a list to choose from.
#[derive(Debug, Default)]
pub(super) struct FormField {
    is_box: bool,
    default: Option<bool>,
    ticked: Option<bool>,
    chosen: usize,
    entries: Vec<String>,
}

impl FormField {
    /// A property of the field.
    pub(super) fn property(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "checkBox" => self.is_box = true,
            "default" if self.is_box => self.default = Some(tag.on()),
            "checked" => self.ticked = Some(tag.on()),
            "default" | "result" => self.chosen = tag.number().unwrap_or(self.chosen),
            "listEntry" if self.entries.len() < MAX_ENTRIES => {
                self.entries.push(tag.val().unwrap_or_default().into_owned());
            }
            _ => {}
        }
    }

    /// What the field shows without a result of its own.
    pub(super) fn shown(&self) -> Option<&str> {
        if self.is_box {
            return Some(box_sign(self.ticked.or(self.default).unwrap_or(false)));
        }
        self.entries.get(self.chosen).map(String::as_str)
    }
}
