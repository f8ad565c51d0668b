//! A report as its writers see it: what stands over the documents, then one document after another.
//!
//! Comes in: documents that are held in memory or wherever the caller keeps them. Goes out: the
//! same, in order, as often as a writer asks. A writer that looks at one at a time needs no more
//! memory for ten thousand documents than for ten.

use super::{DocumentReport, Head, Report, ReportError};
use serde::ser::{Error, Serialize, SerializeSeq, Serializer};
use std::cell::RefCell;

/// Takes one document of a report.
pub type Visit<'v> = dyn FnMut(&DocumentReport) -> Result<(), ReportError> + 'v;

/// What every form is written from.
pub trait Source: Sync {
    /// What stands over the documents.
    fn head(&self) -> &Head;

    /// The number of documents.
    fn len(&self) -> usize;

    /// Whether there is no document.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Hands out every document in the order of their paths, from the first each time it is called.
    ///
    /// # Errors
    /// What `visit` answers, which ends it; [`ReportError::Documents`] where a document that was
    /// put away cannot be had back.
    fn each(&self, visit: &mut Visit<'_>) -> Result<(), ReportError>;

    /// The same where ratings, verdicts and sure evidence are enough: of that its words, page, level and
    /// certainty; passages to check, marks and reasons may be left out.
    ///
    /// # Errors
    /// Those of [`Source::each`].
    fn each_in_brief(&self, visit: &mut Visit<'_>) -> Result<(), ReportError> {
        self.each(visit)
    }

    /// Every document at once, for forms that cannot do without.
    ///
    /// # Errors
    /// Those of [`Source::each`].
    fn gather(&self) -> Result<Report, ReportError> {
        let mut documents = Vec::with_capacity(self.len());
        self.each(&mut |document| {
            documents.push(document.clone());
            Ok(())
        })?;
        Ok(Report { head: self.head().clone(), documents })
    }
}

impl Source for Report {
    fn head(&self) -> &Head {
        &self.head
    }

    fn len(&self) -> usize {
        self.documents.len()
    }

    fn each(&self, visit: &mut Visit<'_>) -> Result<(), ReportError> {
        self.documents.iter().try_for_each(visit)
    }

    fn gather(&self) -> Result<Report, ReportError> {
        Ok(self.clone())
    }
}

/// A source that serialises as the [`Report`] that it stands for, without ever holding it whole.
#[derive(serde::Serialize)]
pub(super) struct Streamed<'s> {
    #[serde(flatten)]
    head: &'s Head,
    documents: Documents<'s>,
}

impl<'s> Streamed<'s> {
    pub(super) fn new(source: &'s dyn Source) -> Self {
        Self { head: source.head(), documents: Documents(source) }
    }
}

struct Documents<'s>(&'s dyn Source);

impl Serialize for Documents<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let seq = RefCell::new(serializer.serialize_seq(Some(self.0.len()))?);
        let mut failed = None;
        let walked = self.0.each(&mut |document| {
            seq.borrow_mut().serialize_element(document).map_err(|error| {
                let said = ReportError::Documents(error.to_string());
                failed = Some(error);
                said
            })
        });
        match (failed, walked) {
            (Some(error), _) => Err(error),
            (None, Err(error)) => Err(S::Error::custom(error)),
            (None, Ok(())) => seq.into_inner().end(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{SCHEMA, Tool};

    #[test]
    fn streamed_is_the_report_itself() {
        let tool = Tool { name: "goldthread".into(), version: "1".into() };
        let head = Head {
            schema: SCHEMA.into(),
            tool,
            packs: Vec::new(),
            rule_hash: "0".into(),
            skipped: Vec::new(),
            review: None,
            portfolio: None,
        };
        let report = Report { head, documents: Vec::new() };
        let whole = serde_json::to_string_pretty(&report).unwrap();
        assert_eq!(serde_json::to_string_pretty(&Streamed::new(&report)).unwrap(), whole);
    }
}
