//! Tables without upright rules, however their cells are set: gaps that many lines share tell the
//! columns; level rules, shades or gaps tell the rows.
//!
//! Comes in: the rows of a region with their segments. Goes out: which of these rows are a table, and
//! the table. `columns` finds the gaps, `rows` parts the rows, `judge` tells whether the cells are those of
//! a table. What is less sure is left to [`super::aligned`].

mod columns;
mod judge;
mod rows;

#[cfg(test)]
mod tests;

pub(super) use columns::{Guides, find};

/// Lines of a cell stand no further apart than so many times their size.
const PITCH: f32 = 1.36;
/// Lines on one row differ by less than this many ems.
const LEVEL: f32 = 0.35;
