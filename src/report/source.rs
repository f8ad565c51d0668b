//! A report as its writers see it: what stands over the documents, then one document after another.
//!
//! Comes in: documents that are held in memory or wherever the caller keeps them. Goes out: the
//! same, in order, as often as a writer asks. A writer that looks at one at a time needs no more
//! memory for ten thousand documents than for ten.

use super::{DocumentReport, Head, Report, ReportError};

/// Takes one document of a report.
pub type Visit<'v> = dyn FnMut(&DocumentReport) -> Result<(), ReportError> + 'v;

/// Makes bytes of one document; on any thread.
pub type Make<'m> = dyn Fn(&DocumentReport) -> Result<Vec<u8>, ReportError> + Sync + 'm;

/// Takes the bytes that were made of one document.
pub type Take<'t> = dyn FnMut(Vec<u8>) -> Result<(), ReportError> + 't;

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

    /// What is made of every document, in the order of their paths; several may be made at a time.
    ///
    /// # Errors
    /// Those of [`Source::each`], of `make` and of `take`.
    fn each_made(&self, make: &Make<'_>, take: &mut Take<'_>) -> Result<(), ReportError> {
        self.each(&mut |document| take(make(document)?))
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
