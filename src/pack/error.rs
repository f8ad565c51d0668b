//! What is wrong with a rule file, for the person who wrote it.
//!
//! Comes in: a code, a place and words. Goes out: [`Diagnostic`], which knows its file, line and
//! column and draws the line with a caret under the fault. It does not find faults itself.

use super::code::{Code, Severity};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// How a picture of a fault is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paint {
    /// Text only.
    #[default]
    Plain,
    /// With ANSI colours.
    Coloured,
}

/// A fault of a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of fault, stable over versions.
    pub code: Code,
    /// The file, as a person would name it.
    pub file: String,
    /// Where in the file, unless the whole file or folder is meant.
    pub place: Option<Place>,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub remedy: String,
    /// The text of the file, for the picture.
    pub(super) source: Option<Arc<str>>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// In bytes of the file's text (see `Library::sources`).
    pub span: Range<usize>,
}

impl Place {
    /// The place of a byte range in a text.
    #[must_use]
    pub fn of(text: &str, span: Range<usize>) -> Self {
        let start = text.floor_char_boundary(span.start);
        let end = text.ceil_char_boundary(span.end.max(start));
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |feed| feed + 1);
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        Self { line, column: before[line_start..].chars().count() + 1, span: start..end }
    }
}

impl Diagnostic {
    /// Draws the fault with the line where it stands, the code, the reason and the remedy.
    #[must_use]
    pub fn render(&self, paint: Paint) -> String {
        let level = match self.code.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(&self.reason).id(self.code.as_str());
        let group = match (&self.place, &self.source) {
            (Some(place), Some(source)) => {
                // A fault that runs over lines is drawn on its first one.
                let line_end = source[place.span.start..].find('\n').map_or(source.len(), |n| place.span.start + n);
                let span = place.span.start..place.span.end.min(line_end);
                let annotation = AnnotationKind::Primary.span(span);
                title.element(Snippet::source(source.as_ref()).path(&self.file).annotation(annotation))
            }
            _ => title.element(annotate_snippets::Origin::path(&self.file)),
        };
        let report = [group.element(Level::HELP.message(&self.remedy))];
        match paint {
            Paint::Plain => Renderer::plain().render(&report),
            Paint::Coloured => Renderer::styled().render(&report),
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file)?;
        if let Some(place) = &self.place {
            write!(f, "{}:{}:", place.line, place.column)?;
        }
        write!(f, " {}: {}", self.code, self.reason)
    }
}

impl std::error::Error for Diagnostic {}

/// Everything that keeps packs from being used, in the order of files and places.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.summary())]
pub struct PackErrors(pub Vec<Diagnostic>);

impl PackErrors {
    /// All pictures, an empty line between.
    #[must_use]
    pub fn render(&self, paint: Paint) -> String {
        self.0.iter().map(|fault| fault.render(paint)).collect::<Vec<_>>().join("\n\n")
    }

    fn summary(&self) -> String {
        let first = self.0.first().map(ToString::to_string).unwrap_or_default();
        match self.0.len() {
            0 | 1 => first,
            more => format!("{first} (and {} more)", more - 1),
        }
    }
}

/// The one of `known` that is most like `name`, if any is near enough to be meant.
pub(super) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = (name.chars().count() / 3).max(1) + 1;
    known
        .into_iter()
        .filter(|other| other.len().abs_diff(name.len()) < far + 2)
        .map(|other| (distance(name, other), other))
        .filter(|(d, _)| *d < far)
        .min()
        .map(|(_, other)| other)
}

/// How many letters to change, add, drop or swap with the next.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name() {
        let known = ["hardship", "housing", "ill_health", "debt"];
        assert_eq!(nearest("hardhsip", known), Some("hardship"));
        assert_eq!(nearest("illhealth", known), Some("ill_health"));
        assert_eq!(nearest("dept", known), Some("debt"));
        assert_eq!(nearest("transport", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn places_count_characters_from_one() {
        let text = "a\né= \"x\"\n";
        assert_eq!(Place::of(text, 4..5), Place { line: 2, column: 2, span: 4..5 });
        assert_eq!(Place::of(text, 3..3).column, 1, "inside a character");
        assert_eq!(Place::of(text, 99..100).line, 3);
    }
}
