//! goldthread reads strategies and plans, and tells how far each holds the golden thread: the
//! principles and recommendations that it is supposed to follow.
//!
//! A document walks one way; each module is a stage and uses only stages before it:
//!
//! | stage | comes in | goes out |
//! |---|---|---|
//! | [`input`] | bytes | [`document::Document`]: text in blocks that know their page |
//! | [`remark`] | bytes, notes | bytes of a copy with the notes in it |
//! | [`sandbox`] | bytes | the same, read in a process that may come to grief |
//! | [`segment`](mod@segment) | a document | [`segment::Segmented`]: passages over one search text |
//! | [`pack`] | rule files | [`pack::Library`]: packs, lexicon and cues, checked |
//! | [`matching`] | passages, packs | [`matching::PassageHits`]: rules and cues that fire |
//! | [`learned`] | passages, models | beliefs of the reader that has learned from examples |
//! | [`assess`](mod@assess) | hits, beliefs | [`assess::Assessment`]: ratings, verdicts, evidence, near misses |
//! | [`report`] | assessments | [`report::Report`], and from it bytes in many forms |
//! | [`batch`] | paths | a report: all of the above, many documents at a time |
//!
//! [`compare`](mod@compare) sets two reports side by side; [`review`]
//! lays an officer's judgements over one.
//! [`config`] is what a folder of plans says about itself, [`store`] keeps results from run to run,
//! and [`history`] shows how they moved. [`eval`] measures the packs on labelled passages; [`corpus`] holds the example documents.
//!
//! ```
//! use goldthread::batch::{Engine, RuleOptions};
//! use goldthread::input::ReadOptions;
//!
//! let engine = Engine::new(&RuleOptions::default())?;
//! let plan = b"# Plan\n\nWe will fund two debt advisers in the surgeries of the poorest wards from April 2027.";
//! let document = engine.check_bytes("plan.md".into(), plan, &ReadOptions::default());
//! let poverty = &document.criteria[0];
//! println!("{}: {}", poverty.title, poverty.rating.name());
//! # Ok::<(), goldthread::batch::EngineError>(())
//! ```

pub mod annotate;
pub mod assess;
pub mod batch;
pub mod compare;
pub mod config;
pub mod corpus;
pub mod document;
pub mod eval;
pub mod history;
pub mod input;
pub mod learned;
pub mod matching;
pub mod pack;
pub mod remark;
pub mod report;
pub mod review;
pub mod sandbox;
pub mod segment;
mod shipped;
pub mod store;
