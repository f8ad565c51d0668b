//! The tests that look at the whole program, in one binary.

mod architecture;
mod cli;
mod corpus;
mod report;
mod rules;
mod sample;
