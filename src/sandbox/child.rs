//! The side of a reader process: requests on standard input, answers on standard output.
//!
//! It takes its limits before it sees a byte of a file. It ends when its standard input does, even
//! in the midst of a reading, so that it never outlives the one who asks.

use super::system::{limit_memory, limit_time, no_core};
use super::wire::{self, Request, Said};
use crate::input::{self, InputError, ReadOptions, Watch};
use crate::remark;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

type Asked = (Request, Vec<u8>);

/// Answers requests until standard input ends, then ends the process.
///
/// # Errors
/// Where the requests make no sense, or the thread that reads cannot be started.
pub fn serve() -> io::Result<()> {
    // What a reader panics about is told by its answer.
    std::panic::set_hook(Box::new(|_| {}));
    no_core();
    let mut stdin = io::stdin().lock();
    let mut reader = None;
    let limit = |request: &Request| limit_memory(request.limits.memory.saturating_add(request.size.saturating_mul(4)));
    while let Some(asked) = wire::asked(&mut stdin, limit)? {
        let reader = match &reader {
            Some(reader) => reader,
            None => reader.insert(start(asked.0.limits.stack)?),
        };
        reader.send(asked).map_err(io::Error::other)?;
    }
    process::exit(0)
}

/// Starts the thread that reads.
fn start(stack: usize) -> io::Result<SyncSender<Asked>> {
    let (reader, requests) = sync_channel(1);
    thread::Builder::new().name("reader".into()).stack_size(stack).spawn(move || answer_all(&requests))?;
    Ok(reader)
}

/// Answers until nobody asks; where nobody listens, the process ends.
fn answer_all(requests: &Receiver<Asked>) {
    let mut spent = Duration::ZERO;
    for (request, bytes) in requests {
        let begun = Instant::now();
        let allowed = request.limits.total + request.limits.step;
        // The process's own clock runs in both threads.
        limit_time(spent * 2 + allowed);
        let said = answer(request, &bytes);
        if wire::say(&mut io::stdout().lock(), said).is_err() {
            process::exit(1);
        }
        spent += begun.elapsed();
    }
}

/// Reads a file, or makes a copy of it; every step is told.
fn answer(request: Request, bytes: &[u8]) -> Said {
    let end = Instant::now() + request.limits.total;
    let watch = Watch::new(move |step| {
        if wire::say(&mut io::stdout().lock(), Said::Step(step)).is_err() {
            process::exit(1);
        }
        Instant::now() < end
    });
    let options = ReadOptions { watch, ..request.options };
    let broken = || InputError::Damaged("its parts contradict each other".into());
    match request.notes {
        None => {
            let read = catch_unwind(AssertUnwindSafe(|| input::read(bytes, &options)));
            Said::Done(read.unwrap_or_else(|_| Err(broken())))
        }
        Some(notes) => {
            let copied = catch_unwind(AssertUnwindSafe(|| remark::copy(bytes, &notes, &options)));
            Said::Copied(copied.unwrap_or_else(|_| Err(broken().into())))
        }
    }
}
