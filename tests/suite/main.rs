//! The tests that look at the whole program, in one binary.

#![allow(clippy::unwrap_used, reason = "a test may stop where something that must be there is not")]

mod annotated;
mod annotated_pdf;
mod architecture;
mod batch;
mod cli;
mod compare;
mod corpus;
mod forms;
mod harmless;
mod hostile;
mod properties;
mod readers;
mod report;
mod review;
mod rules;
mod sample;
