//! The exit code of a run.

use crate::cli::Gate;
use crate::commands::{BELOW_GATE, NOT_ALL};
use goldthread::assess::{Assessment, Rating, Status};
use goldthread::config::Config;
use goldthread::report::{DocumentReport, words};
use std::process::ExitCode;

/// What the documents seen so far come to.
#[derive(Debug)]
pub struct Verdicts<'c> {
    /// The gate of the command line, which holds for every document.
    lowest: Option<Rating>,
    config: &'c Config,
    /// What is below the gate, a line a document.
    below: Vec<String>,
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
        Self { lowest, config, below: Vec::new(), not_judged: false }
    }

    /// One more document. One that could not be judged is below every gate.
    pub fn add(&mut self, document: &DocumentReport) {
        let judged = document.status == Status::Assessed;
        self.not_judged |= !judged;
        if let Some(lowest) = self.lowest.or_else(|| self.config.gate(document)) {
            let below = |c: &&Assessment| c.required && document.settled(c) < lowest;
            let below: Vec<String> = document
                .criteria
                .iter()
                .filter(below)
                .map(|c| format!("{} {}", c.id, document.settled(c).name()))
                .collect();
            if !judged || !below.is_empty() {
                let why = if judged { below.join(", ") } else { words::status(document.status).to_owned() };
                self.below.push(format!("below {}: {}: {why}", lowest.name(), words::name(document)));
            }
        }
    }

    /// What is below the gate, a line a document.
    pub fn below(&self) -> &[String] {
        &self.below
    }

    /// The exit code.
    pub fn code(&self) -> ExitCode {
        match (!self.below.is_empty(), self.not_judged) {
            (true, _) => ExitCode::from(BELOW_GATE),
            (false, true) => ExitCode::from(NOT_ALL),
            (false, false) => ExitCode::SUCCESS,
        }
    }
}
