//! What is wrong with a review file, for the officer who filled it in.

use crate::pack::{Paint, Place};
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A fault of a review file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewError {
    /// The file, as a person would name it.
    pub file: String,
    /// Where in the file.
    pub place: Place,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub remedy: String,
    source: Arc<str>,
}

impl ReviewError {
    pub(super) fn new(file: &str, source: &Arc<str>, at: Range<usize>, reason: String, remedy: String) -> Self {
        let place = Place::of(source, at);
        Self { file: file.to_owned(), place, reason, remedy, source: Arc::clone(source) }
    }

    /// Draws the fault with the line where it stands, the reason and the remedy.
    #[must_use]
    pub fn render(&self, paint: Paint) -> String {
        let span = &self.place.span;
        let line_end = self.source[span.start..].find('\n').map_or(self.source.len(), |n| span.start + n);
        let annotation = AnnotationKind::Primary.span(span.start..span.end.min(line_end));
        let title = Level::ERROR.primary_title(&self.reason);
        let group = if self.source.is_empty() {
            title.element(Origin::path(&self.file))
        } else {
            title.element(Snippet::source(self.source.as_ref()).path(&self.file).annotation(annotation))
        };
        let report = [group.element(Level::HELP.message(&self.remedy))];
        match paint {
            Paint::Plain => Renderer::plain().render(&report),
            Paint::Coloured => Renderer::styled().render(&report),
        }
    }
}

impl fmt::Display for ReviewError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.place.line, self.place.column, self.reason)
    }
}

/// Everything that keeps a review file from being used, in the order of places.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct ReviewErrors(pub Vec<ReviewError>);

impl ReviewErrors {
    /// All pictures, an empty line between.
    #[must_use]
    pub fn render(&self, paint: Paint) -> String {
        self.0.iter().map(|fault| fault.render(paint)).collect::<Vec<_>>().join("\n\n")
    }
}
