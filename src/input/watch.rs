//! How a reader tells how far it is, so that somebody outside can give it up.

use std::fmt;
use std::sync::Arc;

/// How far a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It begins with this page, counted from 1.
    Page(u32),
    /// All pages are read; what remains is to put them together.
    Rest,
}

/// Who looks on while a file is read.
#[derive(Clone, Default)]
pub struct Watch(Option<Arc<dyn Fn(Step) -> bool + Send + Sync>>);

impl Watch {
    /// Calls `look` before every step. Where it answers no to a page, this page and all after it
    /// are not read.
    pub fn new(look: impl Fn(Step) -> bool + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(look)))
    }

    /// Tells the step that begins. Whether to go on.
    #[must_use]
    pub fn goes_on(&self, step: Step) -> bool {
        self.0.as_ref().is_none_or(|look| look(step))
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Watch(somebody)" } else { "Watch(nobody)" })
    }
}
