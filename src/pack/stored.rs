//! The packs of the program as bytes: loaded, checked and written down when the program is built.
//!
//! Comes in: a [`Library`], or the bytes of one. Goes out: the other. Terms are stored as they are
//! written, models by name alone: they lie in the program anyway.

use super::load::Library;
use super::{Cues, Lexicon, RulePack, source};
use crate::shipped;
use std::sync::Arc;

/// Hash, packs, lexicon, cues.
type Stored = (String, Vec<RulePack>, Lexicon, Cues);

impl Library {
    /// As bytes from which the same packs come again.
    ///
    /// # Errors
    /// Where a part has no such form.
    pub fn store(&self) -> Result<Vec<u8>, postcard::Error> {
        let packs: Vec<&RulePack> = self.packs.iter().map(Arc::as_ref).collect();
        let bytes = postcard::to_stdvec(&(&self.hash, packs, &self.lexicon, &self.cues))?;
        let same = |again: &Self| {
            let shared = (&again.lexicon, &again.cues) == (&self.lexicon, &self.cues);
            shared && again.packs == self.packs && again.hash == self.hash
        };
        if Self::read_stored(&bytes).as_ref().is_some_and(same) {
            Ok(bytes)
        } else {
            Err(postcard::Error::SerdeSerCustom)
        }
    }

    /// The packs that were stored when the program was built.
    pub(super) fn stored() -> Option<Self> {
        Self::read_stored(shipped::LIBRARY)
    }

    fn read_stored(bytes: &[u8]) -> Option<Self> {
        let (hash, mut packs, lexicon, cues): Stored = postcard::from_bytes(bytes).ok()?;
        for model in packs.iter_mut().filter_map(|pack| pack.model.as_mut()) {
            model.bytes = source::shipped_model(&model.shown)?;
        }
        let packs = packs.into_iter().map(Arc::new).collect();
        Some(Self { packs, lexicon, cues, hash, whole: true, ..Self::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_what_the_rule_files_say() {
        let stored = Library::stored().expect("was stored");
        let loaded = Library::of_rule_files().expect("loads");
        assert_eq!((&stored.hash, stored.whole), (&loaded.hash, loaded.whole));
        assert_eq!(stored.packs, loaded.packs);
        assert!(stored.packs.iter().any(|p| p.model.as_ref().is_some_and(|m| !m.bytes.is_empty())));
        assert_eq!((&stored.lexicon, &stored.cues), (&loaded.lexicon, &loaded.cues));
        let files = |library: &Library| {
            let mut files = library.sources().to_vec();
            files.sort_by(|a, b| a.path.cmp(&b.path));
            files
        };
        assert_eq!(files(&stored), files(&loaded));
        let steps = |library: &Library| {
            let terms = library.lexicon.concepts.values().flat_map(|c| &c.terms);
            terms.map(|t| format!("{:?}{:?}", t.elements(), t.segments())).collect::<Vec<_>>()
        };
        assert_eq!(steps(&stored), steps(&loaded));
    }
}
