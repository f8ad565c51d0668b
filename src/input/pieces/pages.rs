//! Counts pages by the breaks that a word processor left in a document.
//!
//! Comes in: breaks and text in order. Goes out: the page of a place. Without rendered breaks
//! the count means nothing.

/// The page count. A break that was asked for is followed by a rendered one as a rule; it counts
/// by itself only where text comes first.
#[derive(Debug)]
pub(in crate::input) struct Pages {
    page: u32,
    asked: u32,
    started: bool,
    /// Whether any rendered break was seen.
    pub(in crate::input) rendered: bool,
}

impl Default for Pages {
    fn default() -> Self {
        Self { page: 1, asked: 0, started: false, rendered: false }
    }
}

impl Pages {
    /// The page of the place.
    pub(in crate::input) fn current(&self) -> u32 {
        self.page
    }

    /// A page break that the word processor found when it last laid out the document.
    pub(in crate::input) fn rendered(&mut self) -> u32 {
        self.rendered = true;
        self.asked = self.asked.saturating_sub(1);
        self.page = self.page.saturating_add(1);
        self.page
    }

    /// A page break that the author asked for.
    pub(in crate::input) fn explicit(&mut self) {
        self.asked = self.asked.saturating_add(1);
    }

    /// A paragraph that asks to begin on a new page, which it may do already.
    pub(in crate::input) fn explicit_once(&mut self) {
        if self.started {
            self.asked = self.asked.max(1);
        }
    }

    /// Text is seen; gives its page.
    pub(in crate::input) fn text(&mut self) -> u32 {
        self.started = true;
        self.page = self.page.saturating_add(std::mem::take(&mut self.asked));
        self.page
    }

    /// Cells of a row begin on one page, whatever page the cell before ended on.
    pub(in crate::input) fn go_to(&mut self, page: u32) {
        self.page = page;
    }
}
