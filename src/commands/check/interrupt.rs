//! Ctrl-C: the first time no more documents are begun, the second time the program ends at once.

use anyhow::{Context, Result};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code after Ctrl-C, as shells have it.
pub const INTERRUPTED: u8 = 130;

static STOP: AtomicBool = AtomicBool::new(false);

/// Set once the user has pressed Ctrl-C.
pub fn watch() -> Result<&'static AtomicBool> {
    ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(i32::from(INTERRUPTED));
        }
        crate::commands::say("\nStopping as soon as the documents in hand allow it. Ctrl-C again stops at once.");
    })
    .context("Ctrl-C cannot be watched for")?;
    Ok(&STOP)
}

/// Hands bytes on until the user presses Ctrl-C: so half a report is never put in place.
pub struct UntilStopped<W>(pub W);

impl<W: io::Write> io::Write for UntilStopped<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if STOP.load(Ordering::Relaxed) {
            return Err(io::Error::other("stopped by Ctrl-C"));
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
