//! What the styles of an OpenDocument text make of its paragraphs and words.
//!
//! Comes in: style elements as they are met. Goes out: for each style what it is for, and whether
//! it hides text, makes it bold or begins a page. It follows parents and cares for no other looks.

use std::collections::HashMap;

use crate::input::package::xml::Tag;
use crate::input::pieces::Role;

/// Longest chain of parents that is followed.
const MAX_CHAIN: usize = 24;

#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    parent: Option<String>,
    outline: Option<u8>,
    look: Look,
}

/// What a style sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) hidden: Option<bool>,
    pub(super) bold: Option<bool>,
    pub(super) raised: Option<bool>,
    pub(super) new_page: Option<bool>,
}

impl Look {
    /// What this sets, else what the other does.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            hidden: self.hidden.or(other.hidden),
            bold: self.bold.or(other.bold),
            raised: self.raised.or(other.raised),
            new_page: self.new_page.or(other.new_page),
        }
    }
}

/// All styles of a document, by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: HashMap<String, HashMap<String, Style>>,
    open: Option<(String, String)>,
}

impl Styles {
    /// Takes an element of the style module.
    pub(super) fn element(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "style" => {
                let value = |name| tag.attr(name).map(|value| value.into_owned());
                let key = (value("family").unwrap_or_default(), value("name").unwrap_or_default());
                let style = Style {
                    name: value("display-name").unwrap_or_else(|| key.1.clone()).replace("_20_", " "),
                    parent: value("parent-style-name"),
                    outline: value("default-outline-level").and_then(|level| level.parse().ok()),
                    look: Look::default(),
                };
                self.all.entry(key.0.clone()).or_default().insert(key.1.clone(), style);
                self.open = Some(key);
            }
            "text-properties" => {
                let look = self.look();
                look.hidden = tag.attr("display").map(|display| display == "none");
                look.bold = tag.attr("font-weight").map(|weight| is_bold(&weight));
                look.raised = tag.attr("text-position").map(|position| is_raised(&position));
            }
            "paragraph-properties" => {
                self.look().new_page = tag.attr("break-before").map(|kind| kind == "page");
            }
            "section-properties" => self.look().hidden = tag.attr("display").map(|display| display == "none"),
            _ => {}
        }
    }

    /// The style ends.
    pub(super) fn end(&mut self) {
        self.open = None;
    }

    fn look(&mut self) -> &mut Look {
        let (family, name) = self.open.clone().unwrap_or_default();
        &mut self.all.entry(family).or_default().entry(name).or_default().look
    }

    fn chain(&self, family: &str, name: &str) -> impl Iterator<Item = &Style> {
        let family = self.all.get(family);
        let of = move |name: &str| family?.get(name);
        std::iter::successors(of(name), move |style| of(style.parent.as_deref()?)).take(MAX_CHAIN)
    }

    /// What a style and its parents set.
    pub(super) fn look_of(&self, family: &str, name: &str) -> Look {
        self.chain(family, name).fold(Look::default(), |look, style| look.or(style.look))
    }

    /// What a style is for that is named only as a parent.
    fn role_of_unknown(&self, name: &str) -> Option<Role> {
        let is_known = self.all.get("paragraph").is_some_and(|family| family.contains_key(name));
        if is_known { None } else { role_of_name(&name.replace("_20_", " ")) }
    }

    /// What paragraphs of a style are for.
    pub(super) fn role(&self, name: &str) -> Role {
        let mut chain = self.chain("paragraph", name);
        let found = chain.find_map(|style| match style.outline {
            Some(level @ 1..=9) => Some(Role::Heading(level)),
            Some(_) => Some(Role::Body),
            None => role_of_name(&style.name).or_else(|| self.role_of_unknown(style.parent.as_deref()?)),
        });
        found.or_else(|| self.role_of_unknown(name)).unwrap_or_default()
    }
}

/// Whether a position is above the line: "super 58%", "33% 58%".
fn is_raised(position: &str) -> bool {
    let by = position.split_whitespace().next().unwrap_or_default();
    by == "super" || by.strip_suffix('%').is_some_and(|by| by.parse::<f32>().is_ok_and(|by| by > 0.0))
}

fn is_bold(weight: &str) -> bool {
    weight == "bold" || weight.parse::<u16>().is_ok_and(|weight| weight >= 600)
}

/// What a style is for, by the name that the office programs give it.
fn role_of_name(name: &str) -> Option<Role> {
    let name = name.to_lowercase();
    match name.as_str() {
        "title" => return Some(Role::Title),
        "caption" | "illustration" | "figure" | "table" | "drawing" => return Some(Role::Caption),
        _ => {}
    }
    if name.starts_with("contents ") || name.starts_with("toc ") {
        return Some(Role::Contents);
    }
    let level = name.strip_prefix("heading ")?.parse().ok()?;
    (1..=9).contains(&level).then_some(Role::Heading(level))
}
