//! How firmly a passage that holds a facet does so: stated, committed or accountable.
//!
//! Two small scorecards, one for level 3 and one for level 4. Without calibration they say what
//! the codebook says: a commitment that is not hedged is level 3, and with two of owner, date,
//! amount and measure level 4.

use super::reading::{Feature, Reading};
use crate::pack::{Calibration, CueKind, Level};
use crate::segment::PassageKind;
use std::collections::BTreeMap;

/// Points towards levels 3 and 4 in one pack.
#[derive(Clone, Debug)]
pub struct LevelPoints {
    committed: BTreeMap<String, f64>,
    accountable: BTreeMap<String, f64>,
}

impl LevelPoints {
    /// The fitted points, or the codebook's.
    pub(super) fn new(calibration: Option<&Calibration>) -> Self {
        let fitted = |f: fn(&Calibration) -> &BTreeMap<String, f64>| {
            calibration.map(f).filter(|points| !points.is_empty()).cloned()
        };
        Self {
            committed: fitted(|c| &c.committed).unwrap_or_else(|| table(&COMMITTED)),
            accountable: fitted(|c| &c.accountable).unwrap_or_else(|| table(&ACCOUNTABLE)),
        }
    }

    /// The level of a passage that holds the facet.
    pub(super) fn level(&self, reading: &Reading, complete_at: Option<Level>) -> Level {
        if reading.committed || (sum(&self.committed, &committed_traits(reading)) > 0.0 && complete_at.is_none()) {
            if sum(&self.accountable, &accountable_traits(reading)) > 0.0 && complete_at.is_none() {
                Level::Accountable
            } else {
                Level::Committed
            }
        } else {
            Level::Stated
        }
    }
}

const COMMITTED: [(&str, f64); 6] = [
    ("base", -1.0),
    ("cue.commitment", 3.0),
    ("cue.hedge", -3.0),
    ("cue.need", -3.0),
    ("cue.history", -3.0),
    ("cue.quoted", -3.0),
];

const ACCOUNTABLE: [(&str, f64); 5] =
    [("base", -5.0), ("owner", 3.0), ("date", 3.0), ("amount", 3.0), ("measure", 3.0)];

/// The traits that weigh for level 3, with their strength.
#[must_use]
pub fn committed_traits(reading: &Reading) -> Vec<(String, f64)> {
    let mut out = vec![("base".to_owned(), 1.0)];
    for sign in &reading.signs {
        match sign.feature {
            Feature::Cue(kind) => out.push((format!("cue.{}", kind.name()), sign.value)),
            Feature::Kind(PassageKind::Row) => out.push(("kind.row".to_owned(), 1.0)),
            Feature::Kind(PassageKind::Bullet) => out.push(("kind.bullet".to_owned(), 1.0)),
            Feature::Shape(shape) => out.push((format!("shape.{}", shape.name()), 1.0)),
            Feature::Rule(_) | Feature::Section(_) | Feature::Kind(_) | Feature::Learned | Feature::Alone => {}
        }
    }
    out.extend(reading.accountable.iter().map(|k| (k.name().to_owned(), 1.0)));
    if reading.committed {
        out.push(("rule".to_owned(), 1.0));
    }
    out
}

/// The traits that weigh for level 4, with their strength.
#[must_use]
pub fn accountable_traits(reading: &Reading) -> Vec<(String, f64)> {
    let mut out = committed_traits(reading);
    if reading.accountable.len() >= 2 {
        out.push(("two".to_owned(), 1.0));
    }
    if reading.accountable.len() >= 3 {
        out.push(("three".to_owned(), 1.0));
    }
    out
}

fn table(points: &[(&str, f64)]) -> BTreeMap<String, f64> {
    points.iter().map(|(k, v)| ((*k).to_owned(), *v)).collect()
}

fn sum(points: &BTreeMap<String, f64>, traits: &[(String, f64)]) -> f64 {
    traits.iter().map(|(k, v)| points.get(k).copied().unwrap_or(0.0) * v).sum()
}

/// What a passage that owns a kind of accountability shows, in plain words.
#[must_use]
pub const fn shows(kind: CueKind) -> &'static str {
    match kind {
        CueKind::Owner => "names an owner",
        CueKind::Date => "names a date or period",
        CueKind::Amount => "names money or staff",
        CueKind::Measure => "names a measure",
        CueKind::Commitment => "commits to an action",
        CueKind::Hedge => "is hedged",
        CueKind::History => "speaks of what is over",
        CueKind::Quoted => "quotes a duty, a plan or another body",
        CueKind::Denial => "denies it or says that it is absent",
        CueKind::Signpost => "is a title, a caption or a pointer to elsewhere",
        CueKind::Aim => "states an aim",
        CueKind::Need => "says what ought to be",
        CueKind::Finding => "reports figures or research",
        CueKind::Adopted => "takes it as its own",
    }
}
