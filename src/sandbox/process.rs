//! One reader process, from the side of the one who asks: it is started, asked, watched and, where
//! it does not answer in time or in order, ended.

use super::Program;
use super::wire::{self, Limits, Request, Said};
use crate::document::Document;
use crate::input::{InputError, ReadOptions, Step};
use crate::remark::{Note, RemarkError};
use std::io::{self, BufReader, Read};
use std::process::{Child, ChildStderr, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// A reader process that waits for files.
pub(super) struct Process {
    child: Child,
    stdin: Option<ChildStdin>,
    stderr: Option<ChildStderr>,
    said: Receiver<Said>,
    /// Files that it has read.
    pub served: usize,
}

/// How a reader process came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// A step took longer than this.
    Time(Duration),
    /// It wanted more memory than there is for it.
    Memory(u64),
    /// Its stack was full.
    Depth,
    /// Otherwise, or it spoke nonsense.
    Other,
}

/// A reader process that ended over a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Death {
    pub cause: Cause,
    /// The step that it was at; `None` while it opened the file.
    pub step: Option<Step>,
}

impl Process {
    pub fn start(program: &Program) -> io::Result<Self> {
        let mut command = Command::new(&program.path);
        command.args(&program.arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (hand_on, said) = sync_channel(64);
        let listen = move || {
            let Some(stdout) = stdout else { return };
            let mut stdout = BufReader::with_capacity(64 << 10, stdout);
            while let Ok(Some(said)) = wire::hear(&mut stdout) {
                if hand_on.send(said).is_err() {
                    return;
                }
            }
        };
        let process = Self { child, stdin, stderr, said, served: 0 };
        // If this fails, the process is ended as its handle goes.
        thread::Builder::new().name("listener".into()).spawn(listen)?;
        Ok(process)
    }

    /// Asks for the document of a file.
    pub fn read(
        &mut self,
        bytes: &[u8],
        options: &ReadOptions,
        limits: &Limits,
    ) -> Result<Result<Document, InputError>, Death> {
        let mut step = None;
        let outcome = match self.talk(bytes, None, options, limits, &mut step) {
            Ok(Said::Done(outcome)) => Ok(outcome),
            Ok(_) => Err(None),
            Err(cause) => Err(cause),
        };
        self.served += 1;
        outcome.map_err(|cause| Death { cause: cause.unwrap_or_else(|| self.autopsy(limits)), step })
    }

    /// Asks for a copy of a file with notes.
    pub fn copy(
        &mut self,
        bytes: &[u8],
        notes: &[Note],
        options: &ReadOptions,
        limits: &Limits,
    ) -> Result<Result<Vec<u8>, RemarkError>, Cause> {
        let outcome = match self.talk(bytes, Some(notes.to_vec()), options, limits, &mut None) {
            Ok(Said::Copied(outcome)) => Ok(outcome),
            Ok(_) => Err(None),
            Err(cause) => Err(cause),
        };
        self.served += 1;
        outcome.map_err(|cause| cause.unwrap_or_else(|| self.autopsy(limits)))
    }

    /// What it says in the end; `None` for a cause that is to be found out.
    fn talk(
        &mut self,
        bytes: &[u8],
        notes: Option<Vec<Note>>,
        options: &ReadOptions,
        limits: &Limits,
        step: &mut Option<Step>,
    ) -> Result<Said, Option<Cause>> {
        let request = Request { options: options.clone(), limits: *limits, size: bytes.len() as u64, notes };
        let stdin = self.stdin.as_mut().ok_or(None)?;
        wire::ask(stdin, &request, bytes).map_err(|_| None)?;
        let end = Instant::now() + limits.total + 2 * limits.step;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.said.recv_timeout(limits.step.min(left)) {
                Ok(said @ (Said::Done(_) | Said::Copied(_))) => return Ok(said),
                Ok(Said::Step(next)) if follows(*step, next) => *step = Some(next),
                Err(RecvTimeoutError::Timeout) => return Err(Some(Cause::Time(limits.step))),
                Ok(Said::Step(_)) | Err(RecvTimeoutError::Disconnected) => return Err(None),
            }
        }
    }

    /// Ends the process and looks why it had ended before.
    fn autopsy(&mut self, limits: &Limits) -> Cause {
        self.stdin = None;
        // A process that only spoke nonsense still lives.
        let _ = self.child.kill();
        let status = self.child.wait();
        let mut last = String::new();
        if let Some(stderr) = self.stderr.take() {
            let _ = stderr.take(4096).read_to_string(&mut last);
        }
        if last.contains("memory allocation of") || last.contains("capacity overflow") {
            return Cause::Memory(limits.memory);
        }
        if last.contains("overflowed its stack") {
            return Cause::Depth;
        }
        match status.ok().and_then(|status| signal(&status)) {
            Some(SIGXCPU) => Cause::Time(limits.total),
            _ => Cause::Other,
        }
    }
}

/// The signal of a process that used up its time: the same on every system that has it.
const SIGXCPU: i32 = 24;

#[cfg(unix)]
fn signal(status: &std::process::ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(status)
}

#[cfg(not(unix))]
fn signal(_: &std::process::ExitStatus) -> Option<i32> {
    None
}

/// Whether one step may come after another: pages in order, then the rest, piece by piece.
fn follows(step: Option<Step>, next: Step) -> bool {
    match (step, next) {
        (None, _) | (Some(_), Step::Rest) => true,
        (Some(Step::Page(now)), Step::Page(next)) => next > now,
        (Some(Step::Rest), Step::Page(_)) => false,
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stdin = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_in_order() {
        assert!(follows(None, Step::Page(1)) && follows(Some(Step::Page(1)), Step::Page(3)));
        assert!(!follows(Some(Step::Page(3)), Step::Page(3)) && !follows(Some(Step::Rest), Step::Page(9)));
    }
}
