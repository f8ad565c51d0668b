//! How well a page could be read, from its glyphs and pictures.

use super::marks::Marks;
use crate::document::{Document, Legibility};

/// Fewer letters and figures than this are no text of a page.
const FEW: usize = 12;
/// So many letters are a word.
const LETTERS: usize = 4;
/// Words of which at least one stands in any longer English or Welsh text.
const COMMON: [&str; 22] = [
    "the", "and", "of", "to", "in", "is", "for", "on", "with", "by", "are", "be", "this", "that", "or", "as", "from",
    "yn", "mae", "ar", "we", "our",
];

/// The letters that are most frequent in English: three quarters of those of a list of names, half of any other.
const FREQUENT: &str = "etaoinsrhldc";

/// How well a page could be read.
pub(super) fn judge(marks: &Marks, text: &str) -> Legibility {
    let page = (marks.width * marks.height).max(1.0);
    let pictured = marks.images.iter().map(|r| r.area()).sum::<f32>() / page;
    let signs = marks.glyphs.iter().filter(|g| g.ch.is_alphanumeric()).count();
    let lost = marks.glyphs.iter().filter(|g| is_lost(g.ch)).count() + marks.unknown;
    if signs < FEW && lost < FEW {
        // The number of a page alone leaves it blank, a word does not.
        let worded = marks.glyphs.iter().filter(|g| g.ch.is_alphabetic()).count() >= LETTERS;
        return match pictured > 0.3 || marks.curves > 150 {
            true => Legibility::NoText,
            false if worded => Legibility::Readable,
            false => Legibility::Blank,
        };
    }
    if lost * 4 > signs + lost || is_gibberish(text) {
        return Legibility::Garbled;
    }
    Legibility::Readable
}

/// Whether a character says nothing: unknown, or of a private area.
fn is_lost(c: char) -> bool {
    c == '\u{fffd}' || ('\u{e000}'..='\u{f8ff}').contains(&c) || c >= '\u{f0000}'
}

/// Whether a longer text has neither vowels enough nor any common word, nor the letters of a list.
fn is_gibberish(text: &str) -> bool {
    let (mut letters, mut vowels, mut frequent) = (0, 0, 0);
    let mut accented = false;
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        frequent += usize::from(FREQUENT.contains(c.to_ascii_lowercase()));
        accented |= !c.is_ascii();
        vowels += usize::from("aeiouywAEIOUYW".contains(c) || !c.is_ascii());
    }
    if letters < 80 {
        return false;
    }
    if vowels * 5 < letters {
        return true;
    }
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    let (mut count, mut common) = (0, false);
    for word in words {
        count += 1;
        common |= COMMON.contains(&word.to_lowercase().as_str());
    }
    // Other languages that are written with these letters have accents.
    count >= 40 && !common && !accented && frequent * 100 < letters * 66
}

/// Notes what pages could not be read, one sentence for each kind.
pub(super) fn warn(document: &mut Document, ocr: bool) {
    let advice = "scanned pages cannot be read. Text recognition may read them: install tesseract (Debian and Ubuntu: \
                  tesseract-ocr) and ask for it with --ocr.";
    let scanned = format!("pictures but no text: {}", if ocr { "they could not be read." } else { advice });
    tell(document, Legibility::NoText, ["holds", "hold"], &scanned);
    let garbled = "text whose characters have no meaning outside the file: it cannot be read.";
    tell(document, Legibility::Garbled, ["holds", "hold"], garbled);
    let recognised = "read from pictures by text recognition (OCR): words may be wrong, so look there before you rely \
                      on them.";
    tell(document, Legibility::Recognised, ["was", "were"], recognised);
}

/// Says something of the pages of one kind, the verb for one page or for many.
fn tell(document: &mut Document, kind: Legibility, verb: [&str; 2], what: &str) {
    let pages: Vec<usize> = (1..).zip(&document.pages).filter(|(_, p)| p.legibility == kind).map(|(n, _)| n).collect();
    if let [only] = pages.as_slice() {
        document.warn(u32::try_from(*only).ok(), format!("Page {only} {} {what}", verb[0]));
    } else if !pages.is_empty() {
        document.warn(None, format!("Pages {} {} {what}", ranges(&pages), verb[1]));
    }
}

/// "page 3", "pages 1, 3 to 5 and 9".
pub(super) fn named(pages: &[usize]) -> String {
    format!("page{} {}", if pages.len() == 1 { "" } else { "s" }, ranges(pages))
}

/// "1, 3 to 5 and 9".
pub(super) fn ranges(pages: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &page in pages {
        match runs.last_mut() {
            Some((_, to)) if *to + 1 == page => *to = page,
            _ => runs.push((page, page)),
        }
    }
    let mut told: Vec<String> = Vec::new();
    for (a, b) in runs {
        match b - a {
            0 => told.push(a.to_string()),
            1 => told.extend([a.to_string(), b.to_string()]),
            _ => told.push(format!("{a} to {b}")),
        }
    }
    match told.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => told.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gibberish_has_no_vowels_or_no_common_word() {
        let plain = "We will open a hub in every town and report to the board each year. ".repeat(3);
        assert!(!is_gibberish(&plain));
        let shifted: String = plain
            .chars()
            .map(|c| if c.is_ascii_lowercase() { (((c as u8 - b'a' + 7) % 26) + b'a') as char } else { c })
            .collect();
        assert!(is_gibberish(&shifted));
        let names = "Ann Lee, Chair | Housing Association Director | Bo Singh, Public Health Consultant | ".repeat(4);
        assert!(!is_gibberish(&names), "a list of names holds no common word");
        assert!(is_gibberish(&format!("• {shifted} – “”")), "signs are no letters");
        assert_eq!(ranges(&[1, 3, 4, 5, 9]), "1, 3 to 5 and 9");
        assert_eq!(named(&[4]), "page 4");
    }
}
