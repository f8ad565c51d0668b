//! Headings: blocks that are set larger or heavier than the body text, ranked by their look.

use super::bullet::{Marker, section_depth};
use super::draft::{Draft, Kind};
use super::outline::Outline;
use super::sheet::Body;
use std::collections::BTreeMap;

/// Most characters of a heading.
const LONG: usize = 180;
/// Most levels that are told apart.
const LEVELS: usize = 6;

/// How a heading looks: its size in half points, bold or not.
type Look = (i32, bool);

/// Tells the headings among the drafts, and their levels.
pub(super) fn rank(drafts: &mut [Draft], body: &Body, outline: &Outline) {
    confirm(drafts, body, outline);
    let told = Told::new(drafts);
    let mut looks: Vec<Look> = Vec::new();
    for draft in drafts.iter_mut() {
        if is_heading(draft, body) && told.fits(draft) {
            draft.kind = Kind::Heading(0);
            draft.text.insert_str(0, &draft.marker);
            looks.push(look(draft));
        }
    }
    looks.sort_by(|a, b| b.cmp(a));
    looks.dedup();
    // Sizes that differ by half a point are one look.
    let mut ranks: Vec<Vec<Look>> = Vec::new();
    for look in looks {
        match ranks.last_mut() {
            Some(same) if same.last().is_some_and(|l| l.0 - look.0 <= 1 && l.1 == look.1) => {
                same.push(look);
            }
            _ => ranks.push(vec![look]),
        }
    }
    for draft in drafts.iter_mut().filter(|d| d.kind == Kind::Heading(0)) {
        let own = look(draft);
        let at = ranks.iter().position(|r| r.contains(&own)).unwrap_or(0);
        let level = told.level(own).unwrap_or((at.min(LEVELS - 1) + 1) as u8);
        draft.kind = Kind::Heading(level);
    }
}

/// Makes headings of blocks that look like some and whose words stand in the outline.
fn confirm(drafts: &mut [Draft], body: &Body, outline: &Outline) {
    for draft in drafts.iter_mut() {
        let plain = draft.furniture.is_none() && matches!(draft.kind, Kind::Text | Kind::Item(Marker::Number));
        let set_apart = draft.size > body.size * 1.04 || draft.bold || is_heading(draft, body);
        if !plain || !set_apart || draft.lines > 4 || draft.text.len() > LONG {
            continue;
        }
        let whole = format!("{}{}", draft.marker, draft.text);
        if let Some(level) = outline.level(&whole).or_else(|| outline.level(&draft.text)) {
            (draft.kind, draft.text) = (Kind::Heading(level), whole);
        }
    }
}

/// The looks of the headings that tags or the outline tell, with their levels.
struct Told {
    looks: BTreeMap<Look, u8>,
    /// There are so many that blocks of another look are no headings.
    enough: bool,
}

impl Told {
    fn new(drafts: &[Draft]) -> Self {
        let told = drafts.iter().filter_map(|d| match d.kind {
            Kind::Heading(level) => Some((look(d), level)),
            _ => None,
        });
        let mut looks: BTreeMap<Look, u8> = BTreeMap::new();
        let mut count = 0;
        for (look, level) in told {
            count += 1;
            looks.entry(look).and_modify(|l| *l = level.min(*l)).or_insert(level);
        }
        let pages = drafts.iter().map(|d| d.page + 1).max().unwrap_or(0);
        Self { looks, enough: count >= 3 && count * 3 >= pages }
    }

    /// Whether a block that is set as a heading may be one.
    fn fits(&self, draft: &Draft) -> bool {
        let own = look(draft);
        // A bold line above a paragraph, no larger than headings are; larger text is a pull quote.
        let lead = own.1 && draft.lines == 1 && self.looks.keys().next_back().is_some_and(|l| own.0 <= l.0);
        !draft.quoted && (!self.enough || lead || self.looks.contains_key(&own))
    }

    /// The level of the headings of the same look, or of the next smaller one.
    fn level(&self, own: Look) -> Option<u8> {
        let deepest = self.looks.values().max().copied()?;
        let smaller = self.looks.range(..=own).next_back().map(|(_, level)| *level);
        Some(smaller.unwrap_or((deepest + 1).min(LEVELS as u8)))
    }
}

fn look(draft: &Draft) -> Look {
    ((draft.size * 2.0).round() as i32, draft.bold)
}

/// Whether a draft is set as a heading.
fn is_heading(draft: &Draft, body: &Body) -> bool {
    let numbered = draft.kind == Kind::Item(Marker::Number);
    if draft.furniture.is_some() || !(draft.kind == Kind::Text || numbered) {
        return false;
    }
    let text = draft.text.trim();
    if text.len() > LONG || draft.lines > 4 {
        return false;
    }
    let quote = draft.lines > 1 && text.starts_with(['“', '‘', '"', '\'']);
    if quote || ["www.", "http", "@"].iter().any(|sign| text.contains(sign)) {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let chars = text.chars().filter(|c| !c.is_whitespace()).count();
    if letters < 3 || letters * 2 < chars {
        return false;
    }
    if text.ends_with(['.', ';', ',', '…', '”', '"']) && section_depth(text).is_none_or(|_| text.len() > 60) {
        return false;
    }
    let larger = draft.size >= body.size * 1.12 + 0.2;
    let heavier = draft.bold && !body.bold && draft.size >= body.size * 0.93;
    let opens = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "‘“\"('".contains(c));
    let colon = text.ends_with(':') && !larger;
    let capitals = letters >= 4
        && draft.lines == 1
        && text.len() < 80
        && draft.size >= body.size * 0.97
        && !text.chars().any(char::is_lowercase);
    (larger || heavier || capitals) && opens && !colon && !(heavier && !larger && draft.lines > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str, size: f32, bold: bool) -> Draft {
        Draft { text: text.into(), size, bold, lines: 1, ..Draft::default() }
    }

    #[test]
    fn levels_follow_size_and_weight() {
        let mut drafts = [
            draft("Healthy Lives", 24.0, false),
            draft("Our aims", 16.0, true),
            draft("Fairness", 11.0, true),
            draft("We will act now.", 11.0, true),
            draft("Large words that end a sentence.", 16.0, false),
            draft("42%", 30.0, true),
        ];
        rank(&mut drafts, &Body { size: 11.0, bold: false }, &Outline::default());
        let kinds: Vec<Kind> = drafts.iter().map(|d| d.kind).collect();
        assert_eq!(kinds, [Kind::Heading(1), Kind::Heading(2), Kind::Heading(3), Kind::Text, Kind::Text, Kind::Text,]);
    }
}
