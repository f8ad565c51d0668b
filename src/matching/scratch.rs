//! What scans keep from one document to the next: room, and the words met so far.
//!
//! Nothing that is found depends on it; a scan that starts with an empty one finds the same.

use super::find::Room;
use super::search::Words;
use std::sync::{Mutex, PoisonError};

/// Regions are numbered; long before the numbers run out, new room is made.
const MOST_REGIONS: u32 = 1 << 30;

/// What one scan needs.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub words: Words,
    /// For the passage at hand, and for what stands above it.
    pub rooms: [Room; 2],
    /// For the conditions that are called for.
    pub called: Vec<u32>,
}

/// As many as there were scans at once.
#[derive(Debug, Default)]
pub(super) struct Pool(Mutex<Vec<Scratch>>);

impl Pool {
    pub(super) fn take(&self) -> Scratch {
        let free = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        free.filter(|s| s.rooms.iter().all(|r| r.region() < MOST_REGIONS)).unwrap_or_default()
    }

    pub(super) fn give(&self, scratch: Scratch) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
    }
}
