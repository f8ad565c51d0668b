//! The title in the properties of a document.
//!
//! Comes in: the part of core properties. Goes out: the title, unless a program made it up.

use super::xml::{Flow, Ns, Tag, Visit};
use crate::input::inline::tidy;

/// Reads the title.
#[derive(Debug, Default)]
pub(in crate::input) struct Title {
    inside: bool,
    text: String,
}

impl Title {
    /// The title, if an author gave one.
    pub(in crate::input) fn finish(self) -> Option<String> {
        let title = tidy(&self.text);
        let lower = title.to_lowercase();
        let made_up = ["microsoft word", "document", "untitled", "word document", "title"]
            .iter()
            .any(|name| lower == *name || lower.starts_with("microsoft word -"))
            || [".doc", ".docx", ".dot", ".pdf", ".dotx"].iter().any(|end| lower.ends_with(end));
        (!title.is_empty() && !made_up).then_some(title)
    }
}

impl Visit for Title {
    fn start(&mut self, tag: &Tag<'_>) -> Flow {
        self.inside = tag.name == "title";
        Flow::Into
    }

    fn end(&mut self, _: Ns, _: &str) {
        self.inside = false;
    }

    fn text(&mut self, text: &str) {
        if self.inside && self.text.len() < 1_000 {
            self.text.push_str(text);
        }
    }
}
