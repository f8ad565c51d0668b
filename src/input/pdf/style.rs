//! Headings: blocks that are set larger or heavier than the body text, ranked by their look.

use super::bullet::{Marker, section_depth};
use super::draft::{Draft, Kind};
use super::sheet::Body;

/// Most characters of a heading.
const LONG: usize = 180;
/// Most levels that are told apart.
const LEVELS: usize = 6;

/// How a heading looks: its size in half points, bold or not.
type Look = (i32, bool);

/// Tells the headings among the drafts, and their levels.
pub(super) fn rank(drafts: &mut [Draft], body: &Body) {
    let mut looks: Vec<Look> = Vec::new();
    for draft in drafts.iter_mut() {
        if is_heading(draft, body) {
            draft.kind = Kind::Heading(1);
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
    for draft in drafts.iter_mut().filter(|d| matches!(d.kind, Kind::Heading(_))) {
        let own = look(draft);
        let at = ranks.iter().position(|r| r.contains(&own)).unwrap_or(0);
        draft.kind = Kind::Heading((at.min(LEVELS - 1) + 1) as u8);
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
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let chars = text.chars().filter(|c| !c.is_whitespace()).count();
    if letters < 3 || letters * 2 < chars || text.len() > LONG || draft.lines > 4 {
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
        rank(&mut drafts, &Body { size: 11.0, bold: false });
        let kinds: Vec<Kind> = drafts.iter().map(|d| d.kind).collect();
        assert_eq!(kinds, [Kind::Heading(1), Kind::Heading(2), Kind::Heading(3), Kind::Text, Kind::Text, Kind::Text,]);
    }
}
