//! Makes blocks of the lines of a plain text.
//!
//! Comes in: lines with their pages. Goes out: paragraphs whose lines are joined, list items,
//! rows of tab-separated cells, and headings where it is safe to say so. It knows no encoding and no files.

mod hyphen;
mod running;
mod sign;

use std::collections::HashSet;

pub(super) use self::running::running_lines;
use self::sign::{after_letter_o, after_number, is_row, is_rule};
use super::inline::{after_bullet, reads_like_heading, tidy};

/// One line of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// Its text without the line feed.
    pub(super) text: &'t str,
    /// Its page, counted from 1.
    pub(super) page: u32,
}

/// What a block of lines is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A heading of a level.
    Heading(u8),
    /// An item of a list at a depth.
    Item(u8),
    /// A paragraph.
    Paragraph,
    /// A row of a table, its cells separated by tabs.
    Row(u32),
}

/// Lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Joined {
    /// What they are.
    pub(super) shape: Shape,
    /// Their text.
    pub(super) text: String,
    /// The page of the first.
    pub(super) page: u32,
    /// How many they are.
    lines: usize,
    /// The number before the text ("2.1"), as long as it is not clear what it numbers.
    number: Option<String>,
}

/// Joins lines to blocks.
pub(super) fn blocks(lines: &[Line<'_>]) -> Vec<Joined> {
    let mut builder = Builder::new(lines);
    for (i, line) in lines.iter().enumerate() {
        builder.line(*line, lines.get(i + 1).copied());
    }
    builder.close();
    let mut found = builder.found;
    settle(&mut found);
    found
}

/// How the lines of a text are set.
struct Measure {
    /// Each line is a paragraph: the text is not wrapped.
    unwrapped: bool,
    /// The usual length of a full line, in characters.
    width: usize,
}

impl Measure {
    fn of(lines: &[Line<'_>]) -> Self {
        let mut lengths: Vec<usize> =
            lines.iter().map(|line| line.text.trim().chars().count()).filter(|n| *n > 0).collect();
        lengths.sort_unstable();
        let long = lengths.iter().filter(|n| **n > 140).count();
        Self { unwrapped: long * 12 > lengths.len(), width: lengths.get(lengths.len() * 8 / 10).copied().unwrap_or(0) }
    }
}

struct Builder {
    measure: Measure,
    words: HashSet<String>,
    found: Vec<Joined>,
    open: Option<Joined>,
    /// A blank line came after the open block.
    blank: bool,
    /// A bullet or number stood on a line of its own.
    marker: Option<Shape>,
    /// Length of the last line of the open block.
    last: usize,
    /// Indents of the open lists, outermost first.
    indents: Vec<usize>,
    table: u32,
    in_table: bool,
}

impl Builder {
    fn new(lines: &[Line<'_>]) -> Self {
        let words = lines
            .iter()
            .flat_map(|line| line.text.split_whitespace())
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-'))
            .filter(|word| !word.ends_with('-'))
            .map(str::to_lowercase)
            .collect();
        Self {
            measure: Measure::of(lines),
            words,
            found: Vec::new(),
            open: None,
            blank: true,
            marker: None,
            last: 0,
            indents: Vec::new(),
            table: 0,
            in_table: false,
        }
    }

    fn line(&mut self, line: Line<'_>, next: Option<Line<'_>>) {
        let text = line.text.trim();
        if text.is_empty() {
            self.blank = true;
            self.end_table();
        } else if is_rule(text) {
            self.underline(text);
        } else if is_row(line.text) && (self.in_table || next.is_some_and(|next| is_row(next.text))) {
            self.row(line);
        } else {
            self.end_table();
            self.words(line, text, next);
        }
    }

    /// A line of words.
    fn words(&mut self, line: Line<'_>, text: &str, next: Option<Line<'_>>) {
        let indent = line.text.chars().take_while(|c| c.is_whitespace()).count();
        let marker = self.marker.take();
        if let Some(rest) = after_bullet(text).or_else(|| after_letter_o(text)) {
            self.close();
            let shape = Shape::Item(self.depth(indent));
            if rest.is_empty() {
                self.marker = Some(shape);
            } else {
                self.begin(shape, rest, line.page, None);
            }
        } else if let Some((number, rest)) = after_number(text) {
            self.close();
            if rest.is_empty() {
                self.marker = Some(Shape::Item(0));
            } else {
                self.begin(Shape::Paragraph, rest, line.page, Some(number));
            }
        } else if let Some(shape) = marker {
            self.begin(shape, text, line.page, None);
        } else if self.goes_on(text, next) {
            self.join(text);
        } else {
            self.close();
            self.indents.clear();
            self.begin(Shape::Paragraph, text, line.page, None);
        }
        self.blank = false;
        self.last = text.chars().count();
    }

    fn begin(&mut self, shape: Shape, text: &str, page: u32, number: Option<&str>) {
        self.open = Some(Joined { shape, text: text.to_owned(), page, lines: 1, number: number.map(str::to_owned) });
    }

    /// Whether a line goes on with the open block.
    fn goes_on(&self, text: &str, next: Option<Line<'_>>) -> bool {
        let Some(open) = &self.open else {
            return false;
        };
        let first = text.chars().next().unwrap_or(' ');
        let ended = open.text.ends_with(['.', '!', '?', ':', ';']);
        let was_full = self.last * 10 >= self.measure.width * 6;
        if self.blank {
            // A page or column ended within a sentence.
            return !ended && was_full && first.is_lowercase() && open.text.len() > 40;
        }
        if self.measure.unwrapped {
            return first.is_lowercase() && !ended && self.last > 40 && self.last <= 140;
        }
        let begins = first.is_uppercase() || first.is_ascii_digit();
        let is_heading = open.lines == 1
            && !was_full
            && !ended
            && begins
            && open.shape == Shape::Paragraph
            && reads_like_heading(&open.text)
            && self.last * 2 < self.measure.width
            && text.chars().count() * 10 >= self.measure.width * 7
            && next.is_some();
        !is_heading && (was_full || !ended || !begins)
    }

    /// Adds a line to the open block. A word that was parted at the end of the line is made
    /// whole.
    fn join(&mut self, text: &str) {
        let Some(open) = &mut self.open else {
            return;
        };
        open.lines += 1;
        hyphen::join(&mut open.text, text, &self.words);
    }

    fn depth(&mut self, indent: usize) -> u8 {
        while self.indents.last().is_some_and(|last| *last > indent + 1) {
            self.indents.pop();
        }
        if self.indents.last().is_none_or(|last| indent > last + 1) {
            self.indents.push(indent);
        }
        u8::try_from(self.indents.len().saturating_sub(1)).unwrap_or(8).min(8)
    }

    fn underline(&mut self, rule: &str) {
        let level = if rule.starts_with('=') { 1 } else { 2 };
        if let Some(open) = &mut self.open
            && !self.blank
            && open.lines == 1
            && rule.starts_with(['=', '-', '~'])
            && open.text.chars().count() <= 100
        {
            open.shape = Shape::Heading(level);
            open.number = None;
        }
        self.close();
        self.blank = true;
    }

    fn row(&mut self, line: Line<'_>) {
        self.close();
        self.in_table = true;
        self.begin(Shape::Row(self.table), line.text, line.page, None);
        self.close();
    }

    fn end_table(&mut self) {
        self.table += u32::from(std::mem::take(&mut self.in_table));
    }

    fn close(&mut self) {
        if let Some(mut open) = self.open.take() {
            if !matches!(open.shape, Shape::Row(_)) {
                open.text = tidy(&open.text);
            }
            if !open.text.is_empty() {
                self.found.push(open);
            }
        }
    }
}

/// Decides what short and numbered blocks are, now that their neighbours are known.
fn settle(found: &mut [Joined]) {
    for i in 0..found.len() {
        let follows = found.get(i + 1).map(introduces);
        let in_list = i > 0 && found.get(i - 1).is_some_and(|b| matches!(b.shape, Shape::Item(_)));
        let Some(block) = found.get_mut(i) else {
            return;
        };
        if block.shape != Shape::Paragraph {
            continue;
        }
        let capital = block.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let alone = block.lines == 1 || (block.number.is_some() && block.lines == 2);
        let heading = alone && capital && reads_like_heading(&block.text);
        let shouted = is_shouted(&block.text);
        let lettered = block.number.as_deref().is_some_and(|number| number.contains(char::is_alphabetic));
        let dots = block.number.as_deref().map(|number| number.trim_end_matches(['.', ')']).matches('.').count());
        block.shape = match dots {
            Some(0) if lettered || in_list => Shape::Item(0),
            Some(dots) if heading && follows == Some(true) => Shape::Heading(level(dots + 2)),
            Some(0) => Shape::Item(0),
            Some(_) => Shape::Paragraph,
            None if heading && i == 0 && follows.is_some() && !block.text.ends_with(':') => Shape::Heading(1),
            None if heading && (shouted || follows == Some(true)) => Shape::Heading(2),
            None => Shape::Paragraph,
        };
        // A number is part of a heading and of a numbered paragraph, but not of an item.
        if let Some(number) = block.number.take()
            && !matches!(block.shape, Shape::Item(_))
        {
            block.text = format!("{number} {}", block.text);
        }
    }
}

fn level(n: usize) -> u8 {
    u8::try_from(n).unwrap_or(9).min(9)
}

/// Whether a block is what a heading stands above: running text or a list.
fn introduces(block: &Joined) -> bool {
    match block.shape {
        Shape::Paragraph if block.number.is_none() => block.text.len() >= 60,
        Shape::Paragraph => block.text.len() >= 120,
        Shape::Item(_) | Shape::Row(_) => true,
        Shape::Heading(_) => false,
    }
}

fn is_shouted(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4 && !text.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(Shape, String)> {
        let lines: Vec<Line<'_>> = text.lines().map(|text| Line { text, page: 1 }).collect();
        blocks(&lines).into_iter().map(|b| (b.shape, b.text)).collect()
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let found = of(
            "We will open a family hub in the north of the city so\nthat people can get well-\nbeing advice and infor-\nmation.\n\nNext.",
        );
        assert_eq!(
            found[0],
            (
                Shape::Paragraph,
                "We will open a family hub in the north of the city so that people can get \
                 well-being advice and information."
                    .into()
            )
        );
        assert_eq!(found[1].1, "Next.");
    }

    #[test]
    fn bullets_and_numbers_are_items() {
        let found =
            of("\u{F0B7}\nAsk the leads to report on the\nimpact\n\n• two\n   - deeper\n1. one\n2. two\n(a) three");
        assert_eq!(found[0], (Shape::Item(0), "Ask the leads to report on the impact".into()));
        assert_eq!(found[1].0, Shape::Item(0));
        assert_eq!(found[2], (Shape::Item(1), "deeper".into()));
        assert_eq!(found[3], (Shape::Item(0), "one".into()));
        assert_eq!(found[5], (Shape::Item(0), "three".into()));
    }

    #[test]
    fn headings_where_safe() {
        let text = "Aims\n====\n\nWORKING AS ONE\n\n1. Progress so far\n\nThe Board has met four times since \
            the spring and it has agreed a plan for the coming year.\n\n2.1 The Board meets in May.";
        let found = of(text);
        assert_eq!(found[0], (Shape::Heading(1), "Aims".into()));
        assert_eq!(found[1].0, Shape::Heading(2));
        assert_eq!(found[2], (Shape::Heading(2), "1. Progress so far".into()));
        assert_eq!(found[3].0, Shape::Paragraph);
        assert_eq!(found[4], (Shape::Paragraph, "2.1 The Board meets in May.".into()));
    }
}
