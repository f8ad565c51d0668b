//! Which sections of a document are no part of its argument, told by their headings.
//!
//! Comes in: the text and level of a heading. Goes out: the [`Furniture`] of what stands below
//! it. It does not look at the blocks below.

use crate::document::Furniture;

/// Headings of sections that are furniture, in lower case and without their numbers.
const SECTIONS: &[(&str, Furniture)] = &[
    ("contents", Furniture::Contents),
    ("table of contents", Furniture::Contents),
    ("list of contents", Furniture::Contents),
    ("contents page", Furniture::Contents),
    ("list of figures", Furniture::Contents),
    ("list of tables", Furniture::Contents),
    ("list of tables and figures", Furniture::Contents),
    ("list of figures and tables", Furniture::Contents),
    ("references", Furniture::References),
    ("references and notes", Furniture::References),
    ("notes and references", Furniture::References),
    ("references and further reading", Furniture::References),
    ("list of references", Furniture::References),
    ("reference list", Furniture::References),
    ("bibliography", Furniture::References),
    ("references and bibliography", Furniture::References),
    ("works cited", Furniture::References),
    ("sources", Furniture::References),
    ("sources and references", Furniture::References),
    ("references and sources", Furniture::References),
    ("further reading", Furniture::References),
    ("footnotes", Furniture::References),
    ("endnotes", Furniture::References),
    ("glossary", Furniture::Glossary),
    ("glossary of terms", Furniture::Glossary),
    ("glossary of abbreviations", Furniture::Glossary),
    ("glossary of acronyms", Furniture::Glossary),
    ("glossary and abbreviations", Furniture::Glossary),
    ("glossary and acronyms", Furniture::Glossary),
    ("glossary of terms and abbreviations", Furniture::Glossary),
    ("abbreviations", Furniture::Glossary),
    ("abbreviations and acronyms", Furniture::Glossary),
    ("acronyms and abbreviations", Furniture::Glossary),
    ("abbreviations and glossary", Furniture::Glossary),
    ("list of abbreviations", Furniture::Glossary),
    ("acronyms", Furniture::Glossary),
    ("list of acronyms", Furniture::Glossary),
    ("glossary of key terms", Furniture::Glossary),
    ("key terms", Furniture::Glossary),
    ("definitions", Furniture::Glossary),
    ("definition of terms", Furniture::Glossary),
    ("definitions and abbreviations", Furniture::Glossary),
    ("jargon buster", Furniture::Glossary),
    ("words we have used", Furniture::Glossary),
];

/// What the section below a heading is, where it is no part of the argument.
///
/// Numbers and "Appendix B:" before the name do not matter, nor does case.
#[must_use]
pub fn section_kind(heading: &str) -> Option<Furniture> {
    if heading.len() > 90 {
        return None;
    }
    let lower = heading.to_lowercase().replace('&', "and");
    let words = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = without_number(&words);
    SECTIONS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// A heading without "Appendix B:", "Annex 2 -", "8." before it and punctuation around it.
fn without_number(heading: &str) -> &str {
    let mut rest = heading;
    for word in ["appendix", "annexe", "annex", "section", "chapter", "part"] {
        if let Some(after) = rest.strip_prefix(word)
            && after.starts_with(' ')
        {
            let after = after.trim_start();
            rest = after.split_once([' ', ':']).map_or(after, |(_, name)| name);
            break;
        }
    }
    rest.trim_start_matches(|c: char| !c.is_alphabetic()).trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// Follows the headings of a document and tells which furniture section a block stands in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sections {
    open: Option<(Furniture, u8)>,
}

impl Sections {
    /// Notes a heading and tells its own furniture.
    ///
    /// A section ends at the next heading of its level or an outer one; a table of contents
    /// ends at any heading.
    pub fn heading(&mut self, level: u8, text: &str) -> Option<Furniture> {
        if let Some(kind) = section_kind(text) {
            self.open = Some((kind, level));
        } else if let Some((kind, opened)) = self.open
            && (kind == Furniture::Contents || level <= opened)
        {
            self.open = None;
        }
        self.current()
    }

    /// The furniture of a block at this place.
    #[must_use]
    pub fn current(&self) -> Option<Furniture> {
        self.open.map(|(kind, _)| kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_behind_numbers() {
        for heading in [
            "Glossary",
            "10. Glossary",
            "Appendix B: Glossary",
            "ANNEX 2 – GLOSSARY OF TERMS",
            "Appendix C Abbreviations & acronyms",
        ] {
            assert_eq!(section_kind(heading), Some(Furniture::Glossary), "{heading}");
        }
        assert_eq!(section_kind("References and notes"), Some(Furniture::References));
        assert_eq!(section_kind("CONTENTS:"), Some(Furniture::Contents));
        assert_eq!(section_kind("Contents of the prevention fund"), None);
        assert_eq!(section_kind("7. Resources"), None);
    }

    #[test]
    fn a_section_ends_at_its_own_level() {
        let mut sections = Sections::default();
        assert_eq!(sections.heading(2, "Contents"), Some(Furniture::Contents));
        assert_eq!(sections.heading(3, "Foreword"), None);
        assert_eq!(sections.heading(1, "References"), Some(Furniture::References));
        assert_eq!(sections.heading(2, "Books"), Some(Furniture::References));
        assert_eq!(sections.heading(1, "Annex"), None);
    }
}
