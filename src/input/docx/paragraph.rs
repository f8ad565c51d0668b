//! A paragraph while it is being read: gathers its properties and text.
//!
//! Comes in: the properties and characters of runs. Goes out: a [`Paragraph`] with its role
//! worked out from its own properties and its styles.

use super::styles::NumRef;
use super::{Context, numbering::Numbering};
use crate::input::pieces::{Paragraph, Role};
use crate::input::raised;

/// Longest heading in bytes; a longer one is a paragraph styled for its looks.
const MAX_HEADING: usize = 300;

/// The looks of the current run.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// Hidden by its own properties.
    pub(super) hidden: Option<bool>,
    /// Bold by its own properties.
    pub(super) bold: Option<bool>,
    /// Raised or not by its own properties.
    pub(super) raised: Option<bool>,
    /// Its character style.
    pub(super) style: Option<String>,
}

/// A paragraph that has not ended.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// What is known so far.
    pub(super) paragraph: Paragraph,
    /// Its style.
    pub(super) style: Option<String>,
    /// Its own outline level; 9 is body text.
    pub(super) outline: Option<u8>,
    /// Its own numbering.
    pub(super) numbering: Option<NumRef>,
    /// The paragraph's properties are being read.
    pub(super) in_properties: bool,
    /// A run's properties are being read.
    pub(super) in_run_properties: bool,
    /// A tracked change took its mark away.
    pub(super) mark_gone: bool,
    /// Its mark is hidden by its own properties.
    pub(super) mark_hidden: Option<bool>,
    /// The current run.
    pub(super) run: Run,
    /// Hidden and bold as the paragraph's style has it, once asked for.
    style_look: Option<(bool, bool)>,
    /// The text so far ends raised.
    ends_raised: bool,
    characters: usize,
    bold_characters: usize,
    contents_characters: usize,
}

impl Open {
    /// Whether the current run shows.
    pub(super) fn shows(&mut self, context: &Context) -> bool {
        if let Some(hidden) = self.run.hidden {
            return !hidden;
        }
        let by_run = self.run.style.as_deref().and_then(|id| context.styles.run(id));
        !by_run.and_then(|look| look.hidden).unwrap_or_else(|| self.style_look(context).0)
    }

    fn is_bold(&mut self, context: &Context) -> bool {
        if let Some(bold) = self.run.bold {
            return bold;
        }
        let by_run = self.run.style.as_deref().and_then(|id| context.styles.run(id));
        by_run.and_then(|look| look.bold).unwrap_or_else(|| self.style_look(context).1)
    }

    fn is_raised(&self, context: &Context) -> bool {
        let by_run = || self.run.style.as_deref().and_then(|id| context.styles.run(id));
        self.run.raised.or_else(|| by_run()?.raised).unwrap_or(false)
    }

    /// Whether it runs on into the next paragraph, since its mark is gone or hidden. A heading whose
    /// mark is hidden stands in one line with the text that follows, and is a heading all the same.
    pub(super) fn runs_on(&mut self, context: &Context) -> bool {
        let hidden = self.mark_hidden.unwrap_or_else(|| self.style_look(context).0);
        let is_heading = || matches!(self.role(context), Role::Heading(_) | Role::Title);
        self.mark_gone || (hidden && !(self.characters > 0 && is_heading()))
    }

    fn style_look(&mut self, context: &Context) -> (bool, bool) {
        *self.style_look.get_or_insert_with(|| {
            let look = context.styles.paragraph(self.style.as_deref());
            (look.hidden.unwrap_or(false), look.bold.unwrap_or(false))
        })
    }

    /// Appends text of the current run.
    pub(super) fn push(&mut self, text: &str, in_contents: bool, context: &Context) {
        let seen = text.chars().filter(|c| !c.is_whitespace()).count();
        if seen > 0 {
            self.characters += seen;
            self.bold_characters += if self.is_bold(context) { seen } else { 0 };
            self.contents_characters += if in_contents { seen } else { 0 };
        }
        let is_raised = self.is_raised(context);
        if is_raised {
            raised::push(&mut self.paragraph.text, text, self.ends_raised);
        } else {
            self.paragraph.text.push_str(text);
        }
        self.ends_raised = is_raised;
    }

    /// Works out what the paragraph is.
    pub(super) fn close(mut self, context: &Context) -> Paragraph {
        self.paragraph.role = self.role(context);
        self.paragraph.bold = self.characters > 0 && self.bold_characters == self.characters;
        self.paragraph.contents |= self.paragraph.role == Role::Contents
            || (self.characters > 0 && self.contents_characters == self.characters);
        self.paragraph
    }

    fn role(&self, context: &Context) -> Role {
        let look = context.styles.paragraph(self.style.as_deref());
        let role = match self.outline {
            Some(level @ 0..=8) if look.role == Role::Body => Role::Heading(level + 1),
            Some(9..) if matches!(look.role, Role::Heading(_)) => Role::Body,
            _ => look.role,
        };
        let role = match role {
            Role::Heading(_) | Role::Title if self.paragraph.text.len() > MAX_HEADING => Role::Body,
            role => role,
        };
        let own = self.numbering.as_ref();
        match role {
            Role::Body | Role::Item(_) => match self.depth(own, look.numbering.as_ref(), &context.numbering) {
                Listed::At(depth) => Role::Item(depth),
                Listed::No => Role::Body,
                Listed::Unsaid => role,
            },
            role => role,
        }
    }

    /// Where the numbering puts the paragraph.
    fn depth(&self, own: Option<&NumRef>, style: Option<&NumRef>, all: &Numbering) -> Listed {
        let of = |pick: fn(&NumRef) -> Option<&String>| own.and_then(pick).or_else(|| style.and_then(pick)).cloned();
        let Some(id) = of(|number| number.id.as_ref()) else {
            return Listed::Unsaid;
        };
        let level = own
            .and_then(|number| number.level)
            .or_else(|| all.level_of_style(&id, self.style.as_deref()?))
            .or_else(|| style.and_then(|number| number.level))
            .unwrap_or(0);
        if all.is_list(&id, level) { Listed::At(level.min(8)) } else { Listed::No }
    }
}

/// What numbering says of a paragraph.
enum Listed {
    /// An item at a depth.
    At(u8),
    /// No item, on purpose.
    No,
    /// Nothing.
    Unsaid,
}
