//! Compiled packs as bytes: what the build makes of the packs that the program brings.
//!
//! Comes in: a [`Matcher`], or the packs of one. Goes out: bytes, and the same matcher from them
//! again without compiling anything.

use super::program::Program;
use super::{Matcher, compile, scratch};
use crate::pack::{Library, RulePack};
use crate::shipped;
use std::sync::Arc;

impl Matcher {
    /// As bytes from which the same comes again: the ids of the packs, then what they compile to.
    ///
    /// # Errors
    /// Where a part has no such form.
    pub fn store(&self) -> Result<Vec<u8>, postcard::Error> {
        let bytes = postcard::to_stdvec(&(ids(&self.packs), &self.program))?;
        let (_, again): (Vec<&str>, Program) = postcard::from_bytes(&bytes)?;
        if again == self.program { Ok(bytes) } else { Err(postcard::Error::SerdeSerCustom) }
    }

    /// The packs of [`Library::builtin`], or some of them, if the build compiled just these.
    #[must_use]
    pub fn stored(library: &Library) -> Option<Self> {
        let wanted = ids(&library.packs);
        shipped::PROGRAMS.iter().find_map(|bytes| {
            let (ids, program): (Vec<&str>, _) = postcard::take_from_bytes(bytes).ok()?;
            let program: Program = (ids == wanted).then(|| postcard::from_bytes(program).ok())??;
            Some(Self::new(&library.packs, &library.cues, program))
        })
    }

    pub(super) fn new(packs: &[Arc<RulePack>], cues: &crate::pack::Cues, program: Program) -> Self {
        let (facets, rules) = compile::places(packs);
        Self {
            packs: packs.to_vec(),
            cues: cues.cues.clone(),
            section_names: cues.sections.iter().map(|s| s.id.clone()).collect(),
            column_kinds: cues.columns.iter().map(|c| c.kind).collect(),
            facets,
            rules,
            program,
            pool: scratch::Pool::default(),
        }
    }
}

fn ids(packs: &[Arc<RulePack>]) -> Vec<&str> {
    packs.iter().map(|pack| pack.id.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_what_the_rule_files_compile_to() {
        let mut library = Library::of_rule_files().expect("loads");
        let same = |library: &Library| {
            let stored = Matcher::stored(library).expect("was stored");
            let fresh = Matcher::compile(&library.packs, &library.lexicon, &library.cues).expect("compiles");
            assert!(stored.program == fresh.program);
            assert_eq!((stored.facets, stored.rules), (fresh.facets, fresh.rules));
            assert_eq!((stored.section_names, stored.column_kinds), (fresh.section_names, fresh.column_kinds));
        };
        same(&library);
        library.packs.retain(|pack| pack.by_default);
        same(&library);
        library.packs.truncate(1);
        assert!(Matcher::stored(&library).is_none());
    }
}
