//! What a pack asks, as reports show it.

use crate::assess::Thresholds;
use crate::pack::RulePack;
use crate::report::{Accuracy, Counted, CriterionInfo, FacetInfo, NotAssessableInfo, PackInfo};

pub(super) fn pack_info(pack: &RulePack, learned: bool, thresholds: Thresholds) -> PackInfo {
    let measured = pack.calibration.as_ref().and_then(|c| match &c.accuracy_learned {
        Some(accuracy) if learned => Some(accuracy),
        _ => c.accuracy.as_ref(),
    });
    PackInfo {
        id: pack.id.clone(),
        title: pack.title.clone(),
        version: pack.version.clone(),
        source: pack.source.clone(),
        summary: pack.summary.clone(),
        criteria: pack
            .criteria
            .iter()
            .map(|c| CriterionInfo {
                id: c.id.clone(),
                title: c.title.clone(),
                summary: c.summary.clone(),
                source: c.source.clone(),
                caveat: c.caveat.clone(),
                facets: c
                    .facets
                    .iter()
                    .map(|f| FacetInfo {
                        id: f.id.clone(),
                        title: f.title.clone(),
                        counts: f.counts.clone(),
                        not_enough: f.not_enough.clone(),
                        why: f.why.clone(),
                        question: f.question.clone(),
                    })
                    .collect(),
            })
            .collect(),
        not_assessable: pack
            .not_assessable
            .iter()
            .map(|n| NotAssessableInfo { id: n.id.clone(), why: n.why.clone() })
            .collect(),
        thresholds: (!thresholds.is_none()).then_some(thresholds),
        accuracy: measured.map(|a| Accuracy {
            measured_on: a.measured_on.clone(),
            present_right: a.present_right,
            missing_right: a.missing_right,
            to_check: a.to_check,
            counted: a.counted.map(|c| Counted { present: c.present, missing: c.missing, all: c.all }),
        }),
    }
}
