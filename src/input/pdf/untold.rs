//! Letters that a font does not tell, told by the words that they stand in.
//!
//! Comes in: the sheets of a file, in whose text each code without a character is a sign of its own
//! from [`Signs`]. Goes out: the same with the letters that make known words of what a sign stands
//! in, as "ti" does in "na�onal", "ac�on" and "par�cular"; what no words tell is U+FFFD. Both are
//! said of the document. It judges by words alone: no outline is looked at.

use super::layout::Piece;
use super::legible::named;
use super::sheet::Sheet;
use crate::document::{Document, Legibility};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The first of the characters that stand for codes without one; Unicode leaves them to private use.
const FIRST: u32 = 0xf_0000;
/// How many there are.
const MANY: u32 = 0x1_fffd;
/// What a sign may stand for: letters, and what fonts draw in one.
const CANDIDATES: [&str; 43] = [
    "ti", "tt", "tti", "ft", "fti", "ff", "fi", "fl", "ffi", "ffl", "fft", "tf", "ct", "st", "sp", "th", "ck", "a",
    "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w", "x",
    "y", "z",
];
/// Common words that ligatures stand in, for files whose every "ti" is a sign.
const COMMON: &str = "action actions active activities activity additional affect affected after afternoon aspirations \
    association attend attention authorities benefit benefits better between beyond building built clinical \
    commission community consultation continue continued cutting different difference difficult distribution \
    education effect effective efficient evaluation fifteen final financial find first five flexible flow following \
    function functions identified identify implementation information initial initiative initiatives institution \
    investigation left letter levels life lifetime little local looking matter mitigation mortality national \
    nutrition objective objectives offer offers office officer officers official often operating operation option \
    options organisation organisations participation partnership patients pattern population positive potential \
    practice prevention priorities priority production protection quality question reduction relation relations \
    section setting settings shift significant situation staff statistics statutory strategies sufficient support \
    sustainable that their there these this through time title traffic transition transportation written";
/// A sign with fewer known letters around it may stand for anything.
const KNOWN: usize = 3;
/// Fewer words on a page than this with letters that nothing tells are not worth a warning,
const LEAST: usize = 3;
/// and neither are fewer than one in so many.
const SHARE: usize = 200;
/// From so many codes in a row on without a character, text is lost and no ornament.
const RUN: usize = 3;
/// Fewer such codes on a page are not worth a warning.
const BLANK: usize = 12;
/// How often what was told is used to tell more.
const ROUNDS: usize = 4;

/// Hands out signs for codes without a character.
#[derive(Default)]
pub(super) struct Signs(u32);

impl Signs {
    /// A sign that was not handed out before, as long as there are any.
    pub fn next(&mut self) -> char {
        self.0 = (self.0 + 1).min(MANY);
        let sign = char::from_u32(FIRST + self.0 - 1).filter(|_| self.0 < MANY);
        sign.unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

/// The words of a page that signs stand in.
#[derive(Default)]
struct Seen {
    words: usize,
    told: Vec<String>,
    lost: Vec<String>,
    /// Codes without a character in runs that no letter stands in.
    blank: usize,
}

/// Puts letters in the place of signs, and notes on which pages words held them.
pub(super) fn settle(sheets: &mut [Sheet], document: &mut Document) {
    let signs = sheets.iter_mut().flat_map(texts).any(|text| !text.is_ascii() && text.contains(is_sign));
    let told = if signs { solve(sheets) } else { BTreeMap::new() };
    let (mut mended, mut lost, mut blank) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    for (at, sheet) in sheets.iter_mut().enumerate() {
        let mut seen = Seen::default();
        for text in texts(sheet) {
            mend(text, &told, &mut seen);
        }
        let readable = document.pages.get(at).is_some_and(|page| page.legibility == Legibility::Readable);
        if let Some(word) = seen.told.into_iter().next().filter(|_| readable) {
            mended.insert(at + 1, word);
        }
        if readable && seen.blank + sheet.unknown >= BLANK {
            blank.push(at + 1);
        }
        let many = seen.lost.len() >= LEAST && seen.lost.len() * SHARE >= seen.words;
        if let Some(word) = seen.lost.into_iter().next().filter(|_| readable && many) {
            lost.insert(at + 1, word);
        }
    }
    tell(document, &mended, "were told from the words around them");
    tell(document, &lost, "could not be told: words with them are not found");
    if !blank.is_empty() {
        let page = blank.first().and_then(|p| u32::try_from(*p).ok()).filter(|_| blank.len() == 1);
        let on = named(&blank);
        document.warn(page, format!("Some of the text on {on} has no meaning outside the file: it cannot be read."));
    }
}

/// Says of which pages letters were told or not, with a word from the first.
fn tell(document: &mut Document, found: &BTreeMap<usize, String>, what: &str) {
    let Some((first, word)) = found.first_key_value() else { return };
    let pages: Vec<usize> = found.keys().copied().collect();
    let page = u32::try_from(*first).ok().filter(|_| pages.len() == 1);
    let on = named(&pages);
    document
        .warn(page, format!("Some letters on {on}, as in “{word}”, have no meaning outside the file; they {what}."));
}

/// The texts of a page.
fn texts(sheet: &mut Sheet) -> impl Iterator<Item = &mut String> {
    sheet.pieces.iter_mut().flat_map(|piece| -> Box<dyn Iterator<Item = &mut String>> {
        match piece {
            Piece::Line(line) => Box::new(std::iter::once(&mut line.text)),
            Piece::Table(table) => Box::new(table.rows.iter_mut().flat_map(|row| &mut row.cells)),
        }
    })
}

/// Whether a character is a sign, or a letter that only a wrong table of a font puts into English
/// words ("acƟon").
fn is_sign(c: char) -> bool {
    c as u32 >= FIRST || matches!(c, '\u{14c}' | '\u{180}'..='\u{1bf}' | '\u{220}'..='\u{24f}')
}

/// The words of a text, in small letters, signs in them.
fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !c.is_alphabetic() && !is_sign(c));
    let lower = |c: char| if is_sign(c) { c } else { c.to_lowercase().next().unwrap_or(c) };
    parts.filter(|word| word.len() > 1).map(move |word| word.chars().map(lower).collect())
}

/// What each sign stands for, as far as words tell.
fn solve(sheets: &mut [Sheet]) -> BTreeMap<char, String> {
    let mut known: HashMap<String, usize> = COMMON.split_whitespace().map(|word| (word.to_owned(), 2)).collect();
    let mut open: BTreeMap<char, BTreeSet<String>> = BTreeMap::new();
    for text in sheets.iter_mut().flat_map(texts) {
        for word in words(text) {
            match word.chars().find(|c| is_sign(*c)) {
                None => *known.entry(word).or_default() += 1,
                Some(_) => {
                    for sign in word.chars().filter(|c| is_sign(*c)) {
                        open.entry(sign).or_default().insert(word.clone());
                    }
                }
            }
        }
    }
    let mut told: BTreeMap<char, String> = BTreeMap::new();
    // What was told may tell more in words with several signs.
    for _ in 0..ROUNDS {
        let next = |(sign, words): (&char, &BTreeSet<String>)| {
            let words = words.iter().map(|word| replaced(word, &told));
            let alone: Vec<String> = words.filter(|w| w.chars().all(|c| c == *sign || !is_sign(c))).collect();
            Some((*sign, choose(*sign, &alone, &known)?.to_owned()))
        };
        let found: Vec<(char, String)> = open.iter().filter_map(next).collect();
        if found.is_empty() {
            break;
        }
        open.retain(|sign, _| found.iter().all(|(told, _)| told != sign));
        told.extend(found);
    }
    told
}

/// What makes known words of most words that a sign stands in, and of far more than anything else does.
fn choose(sign: char, words: &[String], known: &HashMap<String, usize>) -> Option<&'static str> {
    let words: Vec<&String> = words.iter().filter(|w| w.chars().filter(|c| *c != sign).count() >= KNOWN).collect();
    let made = |text: &str| words.iter().filter(|w| known.contains_key(&w.replace(sign, text))).count();
    let mut all: Vec<(usize, &str)> = CANDIDATES.iter().map(|text| (made(text), *text)).collect();
    all.sort_by_key(|(made, _)| std::cmp::Reverse(*made));
    let [(best, text), (second, _), ..] = all[..] else { return None };
    // A single word is enough where it is a usual one and the sign a ligature.
    let usual = || words.iter().any(|w| known.get(&w.replace(sign, text)).is_some_and(|times| *times > 1));
    let sure = best >= 2 && (best * 2 >= words.len() || best >= 5) && best > 2 * second;
    let single = best == 1 && second == 0 && words.len() == 1 && text.len() > 1 && usual();
    (sure || single).then_some(text)
}

/// A text with the signs replaced that are told.
fn replaced(text: &str, told: &BTreeMap<char, String>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match told.get(&c) {
            Some(letters) => out.push_str(letters),
            None => out.push(c),
        }
    }
    out
}

/// Replaces the signs of a text, and notes the words with signs and with odd characters inside.
fn mend(text: &mut String, told: &BTreeMap<char, String>, seen: &mut Seen) {
    if text.is_ascii() {
        seen.words += text.split_ascii_whitespace().count();
        return;
    }
    if text.contains(is_sign) {
        for word in text.split_whitespace().filter(|w| w.contains(is_sign)) {
            let letters = replaced(word, told);
            if !letters.contains(is_sign) {
                seen.told.push(bare(&letters).to_owned());
            }
        }
        let lost = |c: char| if c as u32 >= FIRST { char::REPLACEMENT_CHARACTER } else { c };
        *text = replaced(text, told).chars().map(lost).collect();
    }
    for word in text.split_whitespace() {
        seen.words += 1;
        let signs = word.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
        if signs >= RUN && !word.contains(char::is_alphanumeric) {
            seen.blank += signs;
        }
        if has_odd(word) {
            seen.lost.push(bare(word).to_owned());
        }
    }
}

/// A word without the punctuation around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphabetic() && c != char::REPLACEMENT_CHARACTER)
}

/// Whether a word holds beside a letter what is no character, or between letters what no word holds.
fn has_odd(word: &str) -> bool {
    if word.is_ascii() {
        return false;
    }
    let signs: Vec<char> = word.chars().collect();
    let lower = |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(|c| c.is_lowercase());
    signs.iter().enumerate().any(|(at, c)| {
        let (before, after) = (lower(at.checked_sub(1)), lower(Some(at + 1)));
        match c {
            '\u{fffd}' => before || after,
            '\u{201c}' | '\u{201d}' => before && after,
            _ => before && is_sign(*c),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::line::Line;
    use super::*;
    use crate::document::Page;

    const A: char = '\u{f0000}';
    const B: char = '\u{f0001}';

    /// The lines of a page after all is settled, and what is said of them.
    fn settled(lines: &[String]) -> (Vec<String>, Vec<String>) {
        let piece = |text: &String| Piece::Line(Line { text: text.clone(), ..Line::default() });
        let mut sheets = vec![Sheet { pieces: lines.iter().map(piece).collect(), ..Sheet::default() }];
        let mut document = Document::default();
        document.pages.push(Page { label: None, legibility: Legibility::Readable });
        settle(&mut sheets, &mut document);
        let lines = sheets[0].lines().map(|(_, line)| line.text.clone()).collect();
        (lines, document.warnings.into_iter().map(|w| w.message).collect())
    }

    #[test]
    fn words_tell_ligatures_and_letters() {
        let (lines, said) = settled(&[
            format!("Na{A}onal ac{A}on for par{A}cular needs, in{A}mate or not."),
            format!("{B}ell located {B}ith the high{B}ay: well, with, highway."),
        ]);
        assert_eq!(lines[0], "National action for particular needs, intimate or not.");
        assert_eq!(lines[1], "well located with the highway: well, with, highway.");
        let expected = "Some letters on page 1, as in “National”, have no meaning outside the file; they were told from \
                        the words around them.";
        assert_eq!(said, [expected]);
        assert_eq!(settled(&["ac\u{19f}on, na\u{19f}onal, a\u{14c}er".to_owned()]).0, ["action, national, after"]);
    }

    #[test]
    fn what_no_word_tells_is_lost_and_said() {
        let (lines, said) = settled(&[format!("X{A}yq{A}z m{B}t {A} v{A}rk lost{A}")]);
        assert_eq!(lines, ["X\u{fffd}yq\u{fffd}z m\u{fffd}t \u{fffd} v\u{fffd}rk lost\u{fffd}"]);
        let expected = "Some letters on page 1, as in “X\u{fffd}yq\u{fffd}z”, have no meaning outside the file; they \
                        could not be told: words with them are not found.";
        assert_eq!(said, [expected]);
        // Where no letter is left, the run is told, and lone signs are ornaments.
        let runs = settled(&[format!("We will meet {0} {0} {0}, {A}, every week.", format!("{A}{B}").repeat(2))]);
        assert_eq!(runs.1, ["Some of the text on page 1 has no meaning outside the file: it cannot be read."]);
        assert!(settled(&[format!("{A} {A} {A} {A} {A} {A} {A} {A} {A} {A} {A} {A} {A} a list")]).1.is_empty());
        // One word of three fits two readings: neither is taken.
        assert_eq!(settled(&[format!("m{A}te mate mite")]).0, ["m\u{fffd}te mate mite"]);
        assert!(settled(&["Dŵr Cymru, Māori, Ōtaki, “quoted” words”".to_owned()]).1.is_empty());
    }
}
