//! How a report was judged, and how far its words can be relied on, in sentences.

use crate::report::{Accuracy, Head, PackInfo, words};

/// The ratings: sign, name and meaning, firmest first.
pub(super) const RATINGS: [(&str, &str, &str); 5] = [
    ("r3", "embedded", "evident, with at least one point accountable and evidence in three or more sections"),
    ("r2", "evident", "every point is present and at least one is committed"),
    ("r1", "partial", "some point is present, but not all, or none is committed"),
    ("r0", "missing", "no point is present"),
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
        let packs = report.packs.iter().map(|info| PackMethod { info, accuracy: accuracy(info.accuracy.as_ref()) });
        Self { trust: trust(report.packs.first().and_then(|p| p.accuracy.as_ref())), packs: packs.collect() }
    }
}

fn trust(accuracy: Option<&Accuracy>) -> String {
    match accuracy {
        Some(a) => format!(
            "When measured{}, {} of 100 “missing” were wrong.",
            a.counted.map_or_else(String::new, |c| format!(" on {} of them", c.missing)),
            words::percent(1.0 - a.missing_right)
        ),
        None => "How often “missing” is wrong has not been measured for these rules.".to_owned(),
    }
}

fn accuracy(accuracy: Option<&Accuracy>) -> String {
    match accuracy {
        Some(a) => format!(
            "Measured on {}: the measured chance that a “missing” is wrong is {} in 100, and that a “present” is wrong \
             {} in 100; {} of 100 points were left to a person.{}",
            words::clean(a.measured_on.trim_end_matches('.')),
            words::percent(1.0 - a.missing_right),
            words::percent(1.0 - a.present_right),
            words::percent(a.to_check),
            a.counted.map_or_else(String::new, |c| format!(
                " This rests on {} verdicts: {} “missing”, {} “present”.",
                c.all, c.missing, c.present
            )),
        ),
        None => "How often these rules are right has not been measured: treat “missing” and “present” as a first \
                 reading, and look at the passages."
            .to_owned(),
    }
}
