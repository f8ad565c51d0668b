//! Glyphs to words, and words to rows that share a baseline.
//!
//! Comes in: the marks of a page, its text running from left to right. Goes out: [`Word`]s with
//! raised and lowered ones told, and [`Segment`]s: words in a row without a wide gap.

use super::geometry::Rect;
use super::marks::{Face, Glyph};

/// A gap of this many ems parts words even where no space was shown.
const WORD_GAP: f32 = 0.17;
/// Least gap that a space leaves between words, in ems.
const SPACE: f32 = 0.01;
/// A gap of this many ems parts segments.
const SEGMENT_GAP: f32 = 0.9;

/// Shorter text than this, in bytes, may stand twice by right.
const SHADOWED: usize = 4;
/// Most segments above one that are looked at for its shadow.
const NEAR: usize = 12;

/// How a word stands to the baseline of its line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shift {
    /// On it.
    #[default]
    None,
    /// Superscript.
    Raised,
    /// Subscript.
    Lowered,
}

/// Glyphs without a gap.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    /// The characters as shown.
    pub text: String,
    /// Left end.
    pub x0: f32,
    /// Right end.
    pub x1: f32,
    /// The baseline of its line; for a shifted word, that of the word before.
    pub y: f32,
    /// The height of an em.
    pub size: f32,
    /// Bold face or thickened.
    pub bold: bool,
    /// Italic face.
    pub italic: bool,
    /// Set in a font of pictograms.
    pub pictogram: bool,
    /// Painted white.
    pub white: bool,
    /// Marked by the file as no part of its content.
    pub artifact: bool,
    /// Raised or lowered.
    pub shift: Shift,
    /// It follows the word before without a space.
    pub joined: bool,
}

/// Words in a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Segment {
    /// The words from left to right.
    pub words: Vec<Word>,
    /// Around its words, from the height of capitals to the baseline and a bit.
    pub bounds: Rect,
    /// The baseline.
    pub y: f32,
    /// The em of most of its characters.
    pub size: f32,
}

/// Groups the glyphs of a page into words, in the order shown.
pub(super) fn words(glyphs: &[Glyph], faces: &[Face]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(glyphs.len() / 5);
    let mut before: Option<&Glyph> = None;
    for glyph in glyphs {
        let link = before.map_or(Link::Apart, |b| link(b, glyph));
        match (link, words.last_mut()) {
            (Link::Same, Some(word)) => {
                word.text.push(glyph.ch);
                word.x1 = word.x1.max(glyph.x + glyph.dx);
            }
            (Link::Double, Some(_)) => continue,
            (Link::Shifted(shift), Some(last)) => {
                let y = last.y;
                // The pen returns to the baseline after a shifted word.
                let shift = if (glyph.y - y).abs() < 0.12 * glyph.size { Shift::None } else { shift };
                let joined = !glyph.after_space;
                words.push(Word { y, shift, joined, ..start(glyph, faces) });
            }
            _ => words.push(start(glyph, faces)),
        }
        before = Some(glyph);
    }
    lower_leading_numbers(&mut words);
    words
}

/// Puts small raised words, as the number of a footnote, on the line of the word behind them.
fn lower_leading_numbers(words: &mut [Word]) {
    for at in 1..words.len() {
        let (before, next) = words.split_at_mut(at);
        let (Some(small), Some(word)) = (before.last_mut(), next.first()) else { continue };
        let drop = word.y - small.y;
        let gap = word.x0 - small.x1;
        let raised = small.size < 0.8 * word.size && drop > 0.1 * word.size && drop < 0.6 * word.size;
        if raised && small.shift == Shift::None && gap > -0.1 * word.size && gap < 3.5 * word.size {
            (small.y, small.shift) = (word.y, Shift::Raised);
        }
    }
}

/// How a glyph stands to the one before it.
enum Link {
    Same,
    Double,
    Shifted(Shift),
    Apart,
}

fn link(before: &Glyph, glyph: &Glyph) -> Link {
    let size = before.size.max(glyph.size);
    let gap = glyph.x - (before.x + before.dx);
    let rise = before.y - glyph.y;
    let overprint = (glyph.x - before.x).abs() < 0.12 * size && rise.abs() < 0.12 * size;
    if overprint && glyph.ch == before.ch && before.dx > 0.2 * size {
        return Link::Double;
    }
    let close = gap > -0.35 * size && gap < WORD_GAP * size;
    let same_size = (before.size - glyph.size).abs() < 0.15 * size;
    let flat = rise.abs() < 0.08 * size;
    // A space that is stepped back over does not part the letters of a word.
    let parted = (glyph.after_space && gap > SPACE * size) || (glyph.mcid != before.mcid && gap > 0.1 * size);
    if flat && parted {
        return Link::Apart;
    }
    if close && flat && (same_size || glyph.ch.is_alphanumeric() == before.ch.is_alphanumeric()) {
        return Link::Same;
    }
    if close && !flat && rise.abs() < 0.62 * size && !same_size {
        return Link::Shifted(if rise > 0.0 { Shift::Raised } else { Shift::Lowered });
    }
    Link::Apart
}

fn start(glyph: &Glyph, faces: &[Face]) -> Word {
    let face = faces.get(usize::from(glyph.face));
    Word {
        text: glyph.ch.to_string(),
        x0: glyph.x,
        x1: glyph.x + glyph.dx,
        y: glyph.y,
        size: glyph.size,
        bold: glyph.thickened || face.is_some_and(|f| f.bold),
        italic: face.is_some_and(|f| f.italic),
        pictogram: face.is_some_and(|f| f.pictograms),
        white: glyph.white,
        artifact: glyph.artifact,
        shift: Shift::None,
        joined: false,
    }
}

/// Sorts words into segments, from the top of the page and the left.
///
/// `walls` are upright rules, which words on both sides of never share a segment.
pub(super) fn segments(words: Vec<Word>, walls: &[Rect]) -> Vec<Segment> {
    let mut words = words;
    words.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut walls = walls.to_vec();
    walls.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut segments = Vec::new();
    let mut row: Vec<Word> = Vec::new();
    let mut base = 0.0;
    for word in words {
        let near = row.last().is_some_and(|l| word.y - base < 0.3 * l.size.min(word.size).max(2.0));
        if !near {
            split_row(std::mem::take(&mut row), &walls, &mut segments);
            base = word.y;
        }
        row.push(word);
    }
    split_row(row, &walls, &mut segments);
    without_shadows(&mut segments);
    segments
}

/// Takes out text that is printed again a little beside itself, as the shadow of a title.
fn without_shadows(segments: &mut Vec<Segment>) {
    let beside = |a: &Segment, b: &Segment| {
        let near = 0.6 * a.size;
        (a.y - b.y).abs() < near && (a.bounds.x0 - b.bounds.x0).abs() < near && a.chars() >= SHADOWED
    };
    let same = |a: &Segment, b: &Segment| a.words.iter().map(|w| &w.text).eq(b.words.iter().map(|w| &w.text));
    let is_shadow = |at: usize| {
        let own = &segments[at];
        let near = segments[..at].iter().rev().take_while(|s| own.y - s.y < own.size);
        near.take(NEAR).any(|s| beside(s, own) && same(s, own))
    };
    let shadows: Vec<bool> = (0..segments.len()).map(is_shadow).collect();
    let mut shadows = shadows.into_iter();
    segments.retain(|_| shadows.next() != Some(true));
}

fn split_row(mut row: Vec<Word>, walls: &[Rect], out: &mut Vec<Segment>) {
    row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut open: Vec<Word> = Vec::new();
    for word in row {
        if let Some(last) = open.last() {
            let same = last.text == word.text && (last.x0 - word.x0).abs() < 0.15 * word.size;
            if same {
                continue;
            }
            let gap = word.x0 - last.x1;
            let wall = gap > 0.0 && between(walls, last.x1, &word);
            if gap > SEGMENT_GAP * word.size.max(last.size) || wall {
                out.push(Segment::new(std::mem::take(&mut open)));
            }
        }
        open.push(word);
    }
    if !open.is_empty() {
        out.push(Segment::new(open));
    }
}

/// Whether one of the walls, sorted from the left, stands between an end of text and a word.
fn between(walls: &[Rect], end: f32, word: &Word) -> bool {
    let from = walls.partition_point(|w| w.x0 < end - 1.0);
    walls[from..]
        .iter()
        .take_while(|w| w.x0 <= word.x0 + 1.0)
        .any(|w| w.y0 <= word.y && w.y1 >= word.y - 0.5 * word.size)
}

impl Segment {
    /// A segment of words that stand in order.
    pub fn new(words: Vec<Word>) -> Self {
        let mut segment = Self { size: common_size(&words), ..Self::default() };
        segment.bounds = Rect::NOTHING;
        for word in &words {
            let area = Rect { x0: word.x0, y0: word.y - 0.72 * word.size, x1: word.x1, y1: word.y + 0.2 * word.size };
            segment.bounds = segment.bounds.union(&area);
        }
        segment.y = words.iter().find(|w| w.shift == Shift::None).map_or(segment.bounds.y1, |w| w.y);
        segment.words = words;
        segment
    }

    /// The number of characters.
    pub fn chars(&self) -> usize {
        self.words.iter().map(|w| w.text.len()).sum()
    }
}

/// The em that most characters have.
pub(super) fn common_size(words: &[Word]) -> f32 {
    let mut best = (0, 0.0_f32);
    for word in words {
        let same = words.iter().filter(|w| (w.size - word.size).abs() < 0.25);
        let chars: usize = same.map(|w| w.text.len()).sum();
        if chars > best.0 {
            best = (chars, word.size);
        }
        if chars * 2 > words.iter().map(|w| w.text.len()).sum() {
            break;
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(text: &str, x: f32, y: f32, size: f32) -> Vec<Glyph> {
        let place = |(i, ch): (usize, char)| Glyph {
            ch,
            x: x + i as f32 * size / 2.0,
            y,
            dx: size / 2.0,
            dy: 0.0,
            size,
            face: 0,
            mcid: -1,
            leaf: 0,
            after_space: false,
            invisible: false,
            thickened: false,
            white: false,
            artifact: false,
        };
        text.chars().enumerate().filter(|(_, c)| *c != ' ').map(place).collect()
    }

    #[test]
    fn gaps_part_words_and_shifted_ones_stay_on_the_line() {
        let mut all = glyphs("ab cd", 0.0, 100.0, 10.0);
        all.extend(glyphs("12", 25.0, 96.0, 6.0));
        let words = words(&all, &[]);
        let texts: Vec<_> = words.iter().map(|w| (w.text.as_str(), w.shift, w.y)).collect();
        assert_eq!(texts, [("ab", Shift::None, 100.0), ("cd", Shift::None, 100.0), ("12", Shift::Raised, 100.0),]);
    }

    #[test]
    fn a_space_that_is_stepped_back_over_parts_nothing() {
        let mut all = glyphs("Webs", 0.0, 100.0, 10.0);
        all[1].after_space = true;
        (all[2].after_space, all[2].x, all[3].x) = (true, 10.3, 15.3);
        let texts: Vec<_> = words(&all, &[]).into_iter().map(|w| w.text).collect();
        assert_eq!(texts, ["We", "bs"]);
    }

    #[test]
    fn the_shadow_of_a_title_is_not_read() {
        let mut all = glyphs("Fair start", 0.0, 100.0, 10.0);
        all.extend(glyphs("Fair start", 4.0, 104.0, 10.0));
        all.extend(glyphs("Fair start", 0.0, 112.0, 10.0));
        let found: Vec<f32> = segments(words(&all, &[]), &[]).iter().map(|s| s.y).collect();
        assert_eq!(found, [100.0, 112.0]);
    }

    #[test]
    fn text_printed_twice_is_read_once() {
        let mut all = glyphs("bold", 0.0, 100.0, 10.0);
        all.extend(glyphs("bold", 0.3, 100.0, 10.0));
        let found = segments(words(&all, &[]), &[]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words.len(), 1);
    }
}
