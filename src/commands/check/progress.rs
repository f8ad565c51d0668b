//! How far a run is: a bar on a terminal, a line now and then elsewhere, nothing where it is to be
//! quiet.

use goldthread::batch::Event;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A line is written after so many documents, or so much time.
const DOCUMENTS: usize = 1_000;
const TIME: Duration = Duration::from_secs(10);

/// Shows how far a run is.
pub enum Progress {
    /// Nothing is shown.
    Quiet,
    /// On a terminal.
    Bar(ProgressBar),
    /// In a pipe or a file.
    Lines(Mutex<Lines>),
}

/// What has been told in lines.
pub struct Lines {
    all: usize,
    done: usize,
    begun: Instant,
    told: Instant,
}

impl Progress {
    /// Progress over so many files.
    pub fn new(quiet: bool, files: usize) -> Self {
        if quiet || files < 2 {
            return Self::Quiet;
        }
        if !std::io::stderr().is_terminal() {
            let now = Instant::now();
            return Self::Lines(Mutex::new(Lines { all: files, done: 0, begun: now, told: now }));
        }
        let bar = ProgressBar::with_draw_target(u64::try_from(files).ok(), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{bar:30} {human_pos}/{human_len} {rate} {eta} left  {wide_msg}");
        let rate = |state: &ProgressState, out: &mut dyn Write| {
            let _ = write!(out, "{:.1}/s", state.per_sec());
        };
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).with_key("rate", rate));
        bar.enable_steady_tick(Duration::from_millis(500));
        Self::Bar(bar)
    }

    /// Something happened; called from every thread.
    pub fn tell(&self, event: Event<'_>) {
        match (self, event) {
            (Self::Bar(bar), Event::Begun(path)) => bar.set_message(path.to_owned()),
            (Self::Bar(bar), Event::Done(_)) => bar.inc(1),
            (Self::Lines(lines), Event::Done(_)) => lines.lock().unwrap_or_else(PoisonError::into_inner).one_more(),
            _ => {}
        }
    }

    /// The last document is done, or no more are begun.
    pub fn end(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

impl Lines {
    fn one_more(&mut self) {
        self.done += 1;
        if self.done.is_multiple_of(DOCUMENTS) || self.done == self.all || self.told.elapsed() >= TIME {
            self.told = Instant::now();
            crate::commands::say(&format!("{} of {} documents done{}", self.done, self.all, self.rest()));
        }
    }

    /// The rate and the time left, once they can be told.
    fn rest(&self) -> String {
        let passed = self.begun.elapsed().as_secs_f64();
        if self.done == self.all || passed < 1.0 {
            return String::new();
        }
        let rate = self.done as f64 / passed;
        format!(", {rate:.0} a second, {:.0} s left", (self.all - self.done) as f64 / rate)
    }
}
