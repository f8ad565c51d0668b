//! The exit code of a run.

use crate::cli::Gate;
use crate::commands::{BELOW_GATE, NOT_ALL};
use goldthread::assess::{Rating, Status};
use goldthread::config::Config;
use goldthread::report::DocumentReport;
use std::process::ExitCode;

/// What the documents seen so far come to.
#[derive(Debug)]
pub struct Verdicts<'c> {
    /// The gate of the command line, which holds for every document.
    lowest: Option<Rating>,
    config: &'c Config,
    below: bool,
    not_judged: bool,
}

impl<'c> Verdicts<'c> {
    /// No document yet.
    pub fn new(gate: Option<Gate>, config: &'c Config) -> Self {
        let lowest = gate.map(|gate| match gate {
            Gate::Partial => Rating::Partial,
            Gate::Evident => Rating::Evident,
            Gate::Embedded => Rating::Embedded,
        });
        Self { lowest, config, below: false, not_judged: false }
    }

    /// One more document. One that could not be judged is below every gate.
    pub fn add(&mut self, document: &DocumentReport) {
        let judged = document.status == Status::Assessed;
        self.not_judged |= !judged;
        if let Some(lowest) = self.lowest.or_else(|| self.config.gate(document)) {
            self.below |= !judged || document.criteria.iter().any(|c| c.required && document.settled(c) < lowest);
        }
    }

    /// The exit code.
    pub fn code(&self) -> ExitCode {
        match (self.below, self.not_judged) {
            (true, _) => ExitCode::from(BELOW_GATE),
            (false, true) => ExitCode::from(NOT_ALL),
            (false, false) => ExitCode::SUCCESS,
        }
    }
}
