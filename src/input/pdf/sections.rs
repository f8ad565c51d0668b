//! Parts of a document that are no argument: contents, references, glossary. And captions.

use super::draft::{Draft, Kind};
use super::group::is_leader;
use crate::document::Furniture;

/// Marks the contents, references and glossary among the drafts, and the captions.
pub(super) fn mark(drafts: &mut [Draft]) {
    let mut inside: Option<(Furniture, u8)> = None;
    let mut misses = 0;
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        if draft.furniture.is_some() {
            continue;
        }
        if let Some(part) = part_named(draft) {
            let level = if let Kind::Heading(level) = draft.kind { level } else { 9 };
            inside = Some((part, level));
            misses = 0;
            continue;
        }
        match inside {
            Some((Furniture::Contents, _)) => {
                let entry = is_leader(&draft.text) || (is_entry(&draft.text) && draft.kind != Kind::Table);
                misses = if entry { 0 } else { misses + 1 };
                if misses > 1 || (misses == 1 && ends_contents(drafts, at)) {
                    inside = None;
                }
            }
            Some((_, level)) => {
                if let Kind::Heading(own) = draft.kind
                    && own <= level
                {
                    inside = None;
                }
            }
            None => {}
        }
        if let Some((part, _)) = inside {
            drafts[at].furniture = Some(part);
            if part == Furniture::Contents {
                drafts[at].make_text();
            }
        } else if is_leader(&drafts[at].text) && is_entry(&drafts[at].text) {
            drafts[at].furniture = Some(Furniture::Contents);
            drafts[at].make_text();
        } else if is_caption(&drafts[at]) {
            drafts[at].kind = Kind::Caption;
        }
    }
}

/// Whether the contents end before a draft that is no entry: no entry follows soon.
fn ends_contents(drafts: &[Draft], at: usize) -> bool {
    let page = drafts[at].page;
    let next = drafts[at..].iter().filter(|d| d.furniture.is_none()).skip(1).take(4);
    let entries = next.filter(|d| d.page <= page + 1 && is_entry(&d.text)).count();
    let before = drafts[..at].iter().rev().take(3);
    let listed = before.filter(|d| d.furniture == Some(Furniture::Contents)).count();
    entries == 0 && (listed > 0 || matches!(drafts[at].kind, Kind::Heading(_)))
}

/// Whether a text ends with a page number, as an entry of the contents does.
fn is_entry(text: &str) -> bool {
    let text = text.trim_end();
    let Some((head, last)) = text.rsplit_once([' ', '.', '…', '\u{2022}']) else { return false };
    let number = (1..=3).contains(&last.len()) && last.bytes().all(|b| b.is_ascii_digit());
    let roman = !last.is_empty() && last.len() <= 5 && last.bytes().all(|b| b"ivx".contains(&b));
    (number || (roman && is_leader(head))) && head.chars().any(char::is_alphabetic) && text.len() < 220
}

/// The part that a heading opens. Only short blocks that are set as headings can open one.
fn part_named(draft: &Draft) -> Option<Furniture> {
    let heading = matches!(draft.kind, Kind::Heading(_));
    if !(heading || draft.kind == Kind::Text) || draft.text.len() > 60 {
        return None;
    }
    let low = draft.text.to_lowercase();
    let from = low.find(|c: char| c.is_alphabetic()).unwrap_or(0);
    let mut name = low[from..].trim_end_matches([':', '.', ' ']);
    for prefix in ["appendix ", "annex ", "section ", "part "] {
        if let Some(rest) = name.strip_prefix(prefix) {
            let rest = rest.split_once([' ', ':', '.']).map_or("", |(_, r)| r);
            name = rest.trim_start_matches([':', '.', '-', '–', ' ']);
        }
    }
    let contents = ["contents", "table of contents", "contents page", "list of contents"];
    if contents.contains(&name) {
        return Some(Furniture::Contents);
    }
    let references = [
        "references",
        "bibliography",
        "endnotes",
        "works cited",
        "references and notes",
        "notes and references",
        "references and bibliography",
        "list of references",
        "notes",
        "reference list",
        "sources",
    ];
    if heading && references.contains(&name) {
        return Some(Furniture::References);
    }
    let glossary = ["glossary", "abbreviations", "acronyms", "list of abbreviations", "list of acronyms"];
    let opens = ["glossary of", "glossary and", "abbreviations and", "acronyms and", "abbreviations used"];
    let named = glossary.contains(&name) || opens.iter().any(|o| name.starts_with(o));
    (heading && named).then_some(Furniture::Glossary)
}

/// Whether a block is the caption of a figure or table.
fn is_caption(draft: &Draft) -> bool {
    if !matches!(draft.kind, Kind::Text | Kind::Heading(_)) || draft.text.len() > 300 {
        return false;
    }
    let mut words = draft.text.split_whitespace();
    let name = words.next().unwrap_or("").to_lowercase();
    let names = ["figure", "fig", "fig.", "table", "chart", "map", "graph", "diagram", "exhibit"];
    let number = words.next().unwrap_or("");
    let figures = number.trim_end_matches([':', '.', '-', '–', ')']);
    let numbered = figures.len() <= 6
        && figures.chars().any(|c| c.is_ascii_digit())
        && figures.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    let sentence = number == figures
        && words.next().is_some_and(|w| {
            let verbs = ["shows", "sets", "below", "above", "gives", "is", "presents", "illustrates", "and"];
            verbs.contains(&w.to_lowercase().as_str())
        });
    names.contains(&name.as_str()) && numbered && !sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(kind: Kind, text: &str) -> Draft {
        Draft { kind, text: text.into(), ..Draft::default() }
    }

    #[test]
    fn parts_end_with_the_next_heading() {
        let h = Kind::Heading(2);
        let mut drafts = vec![
            draft(h, "Contents"),
            draft(Kind::Text, "Foreword ........ 3"),
            Draft { marker: "b. ".into(), ..draft(Kind::Item(super::super::bullet::Marker::Number), "Our aims 5") },
            draft(h, "Foreword"),
            draft(Kind::Text, "Welcome to this plan of 2030."),
            draft(Kind::Text, "Table 3: Spending by year"),
            draft(h, "8. References"),
            draft(Kind::Item(super::super::bullet::Marker::Number), "Marmot, Fair Society"),
            draft(h, "Appendix B: Glossary of terms"),
            draft(Kind::Text, "ICB: integrated care board"),
        ];
        mark(&mut drafts);
        let found: Vec<_> = drafts.iter().map(|d| d.furniture).collect();
        let (c, r, g) = (Furniture::Contents, Furniture::References, Furniture::Glossary);
        assert_eq!(found, [None, Some(c), Some(c), None, None, None, None, Some(r), None, Some(g),]);
        assert_eq!(drafts[5].kind, Kind::Caption);
        assert_eq!(drafts[2].text, "b. Our aims 5");
    }
}
