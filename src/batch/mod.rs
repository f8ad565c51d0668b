//! Files to results: the whole line, many documents at a time.
//!
//! Comes in: paths and [`Rules`]. Goes out: a [`Spool`], from which every report is written, in
//! the order of the paths, whatever the number of threads. It prints nothing; one bad file never
//! stops it, and no text stays in memory once its document is judged.

mod brief;
mod engine;
mod find;
mod info;
mod models;
mod read;
pub mod record;
mod rules;
mod run;
mod spool;

pub use engine::{Engine, EngineError};
pub use find::{FindError, Found, find, show};
pub use rules::{RuleOptions, Rules};
pub use run::{Batch, BatchError, Event, Memory, MemoryError, Outcome};
pub use spool::{Finish, Spool};
