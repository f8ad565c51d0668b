//! What the styles of a document make of its paragraphs and runs.
//!
//! Comes in: the styles part. Goes out: for each style its role, whether it hides text or makes
//! it bold, and its numbering. It follows `basedOn`, and cares for no other looks.

use std::collections::HashMap;

use crate::input::package::xml::{Flow, Ns, Tag, Visit};
use crate::input::pieces::Role;

/// Longest chain of styles based on one another that is followed.
const MAX_CHAIN: usize = 24;

/// A reference to a numbering: the number's id ("0" takes numbering away) and the level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NumRef {
    /// The `numId`, where it is given.
    pub(super) id: Option<String>,
    /// The `ilvl`, where it is given.
    pub(super) level: Option<u8>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    hidden: Option<bool>,
    bold: Option<bool>,
    raised: Option<bool>,
    numbering: Option<NumRef>,
}

/// What a style and those that it is based on come to.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    /// What paragraphs of the style are for, numbering left aside.
    pub(super) role: Role,
    /// Whether the text is hidden, where the styles say so.
    pub(super) hidden: Option<bool>,
    /// Whether the text is bold, where the styles say so.
    pub(super) bold: Option<bool>,
    /// Whether the text is raised, where the styles say so.
    pub(super) raised: Option<bool>,
    /// The numbering.
    pub(super) numbering: Option<NumRef>,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    looks: HashMap<String, Look>,
    default_paragraph: String,
}

impl Styles {
    /// The look of a paragraph style, or of the default one. A style that is not defined is
    /// judged by its id.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Look {
        let id = id.unwrap_or(&self.default_paragraph);
        self.looks
            .get(id)
            .cloned()
            .unwrap_or_else(|| Look { role: role_of_name(id).unwrap_or_default(), ..Look::default() })
    }

    /// The look of a character style.
    pub(super) fn run(&self, id: &str) -> Option<&Look> {
        self.looks.get(id)
    }
}

/// What a style is for, from its name.
fn role_of_name(name: &str) -> Option<Role> {
    let name = name.to_lowercase();
    let name = name.trim();
    let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let stem = name.strip_suffix(digits).unwrap_or(name);
    let number = digits.trim().parse::<u8>().ok();
    let level = number.filter(|n| (1..=9).contains(n));
    match (stem.trim(), level) {
        ("title", None) => Some(Role::Title),
        ("caption", None) => Some(Role::Caption),
        ("toc heading" | "tocheading" | "contents heading" | "table of figures", None) => Some(Role::Contents),
        ("toc" | "contents", Some(_)) => Some(Role::Contents),
        ("list bullet" | "list number" | "listbullet" | "listnumber", level) => {
            Some(Role::Item(level.map_or(0, |n| n - 1)))
        }
        (stem, Some(level)) if HEADING_NAMES.contains(&stem) => Some(Role::Heading(level)),
        _ => None,
    }
}

/// What programs call their heading styles, in lower case, before the number.
const HEADING_NAMES: &[&str] = &[
    "heading",
    "überschrift",
    "berschrift",
    "titre",
    "título",
    "ttulo",
    "titolo",
    "kop",
    "rubrik",
    "overskrift",
    "otsikko",
    "nagłówek",
    "nadpis",
    "címsor",
    "заголовок",
    "pennawd",
];

/// Reads the styles part.
#[derive(Default)]
pub(super) struct StylesReader {
    styles: HashMap<String, Style>,
    default_paragraph: String,
    open: Option<(String, Style)>,
}

impl StylesReader {
    /// Works out what each style comes to.
    pub(super) fn finish(self) -> Styles {
        let looks = self.styles.keys().map(|id| (id.clone(), self.look(id))).collect();
        Styles { looks, default_paragraph: self.default_paragraph }
    }

    fn look(&self, id: &str) -> Look {
        let mut look = Look::default();
        let mut role = None;
        let mut next = Some(id);
        for _ in 0..MAX_CHAIN {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else {
                break;
            };
            role = role.or_else(|| match style.outline {
                Some(level @ 0..=8) => match role_of_name(&style.name) {
                    Some(known @ (Role::Title | Role::Contents)) => Some(known),
                    _ => Some(Role::Heading(level + 1)),
                },
                Some(_) => Some(role_of_name(&style.name).unwrap_or_default()),
                None => role_of_name(&style.name),
            });
            look.hidden = look.hidden.or(style.hidden);
            look.bold = look.bold.or(style.bold);
            look.raised = look.raised.or(style.raised);
            if let Some(found) = &style.numbering {
                let merged = look.numbering.get_or_insert_default();
                merged.id = merged.id.take().or_else(|| found.id.clone());
                merged.level = merged.level.or(found.level);
            }
            next = style.based_on.as_deref();
        }
        look.role = role.unwrap_or_default();
        look
    }

    fn property(&mut self, tag: &Tag<'_>) {
        let Some((_, style)) = &mut self.open else {
            return;
        };
        match tag.name {
            "name" => style.name = tag.val().unwrap_or_default().into_owned(),
            "basedOn" => style.based_on = tag.val().map(Into::into),
            "outlineLvl" => style.outline = tag.number(),
            "vanish" => style.hidden = Some(tag.on()),
            "b" => style.bold = Some(tag.on()),
            "vertAlign" => style.raised = Some(tag.val().as_deref() == Some("superscript")),
            "numPr" => style.numbering = Some(NumRef::default()),
            "numId" => style.numbering.get_or_insert_default().id = tag.val().map(Into::into),
            "ilvl" => style.numbering.get_or_insert_default().level = tag.number(),
            _ => {}
        }
    }
}

impl Visit for StylesReader {
    fn start(&mut self, tag: &Tag<'_>) -> Flow {
        if tag.ns != Ns::Word {
            return Flow::Into;
        }
        match tag.name {
            "pPrChange" | "rPrChange" | "tblStylePr" | "latentStyles" => return Flow::Skip,
            "style" => {
                let id = tag.attr("styleId").unwrap_or_default().into_owned();
                let is_default = matches!(tag.attr("default").as_deref(), Some("1" | "true" | "on"));
                if is_default && tag.attr("type").as_deref() == Some("paragraph") {
                    self.default_paragraph.clone_from(&id);
                }
                self.open = Some((id, Style::default()));
            }
            _ => self.property(tag),
        }
        Flow::Into
    }

    fn end(&mut self, ns: Ns, name: &str) {
        if ns == Ns::Word
            && name == "style"
            && let Some((id, style)) = self.open.take()
        {
            self.styles.insert(id, style);
        }
    }

    fn text(&mut self, _: &str) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_roles() {
        assert_eq!(role_of_name("heading 2"), Some(Role::Heading(2)));
        assert_eq!(role_of_name("Heading1"), Some(Role::Heading(1)));
        assert_eq!(role_of_name("Überschrift 3"), Some(Role::Heading(3)));
        assert_eq!(role_of_name("toc 1"), Some(Role::Contents));
        assert_eq!(role_of_name("List Bullet 2"), Some(Role::Item(1)));
        assert_eq!(role_of_name("Normal"), None);
        assert_eq!(role_of_name("Heading 12"), None);
        assert_eq!(role_of_name(""), None);
    }
}
