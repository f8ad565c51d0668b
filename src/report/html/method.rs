//! How a report was judged, and how far its words can be relied on, in sentences.

use crate::report::words::method::{accuracy, trust};
use crate::report::{Head, PackInfo};

/// The ratings: sign, name and meaning, firmest first.
pub(super) const RATINGS: [(&str, &str, &str); 5] = [
    ("r3", "embedded", "evident, with at least one point accountable and evidence in three or more sections"),
    ("r2", "evident", "every point is present and at least one is committed"),
    ("r1", "partial", "some point is present, but not all, or none is committed"),
    ("r0", "missing", "no point is present, and none is left to check"),
    ("na", "not assessed", "too little of the document could be read"),
];

/// How a report was judged.
pub(super) struct Method<'r> {
    /// How often "missing" is right, in a sentence, by the first pack.
    pub trust: String,
    pub packs: Vec<PackMethod<'r>>,
}

/// How one pack judges.
pub(super) struct PackMethod<'r> {
    pub info: &'r PackInfo,
    /// How often its words are right, in sentences.
    pub accuracy: String,
}

impl<'r> Method<'r> {
    pub(super) fn of(report: &'r Head) -> Self {
        let packs = report.packs.iter().map(|info| PackMethod { info, accuracy: accuracy(info) });
        Self { trust: trust(report.packs.first().and_then(|p| p.accuracy.as_ref())), packs: packs.collect() }
    }
}
