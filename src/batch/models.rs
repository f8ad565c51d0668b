//! The models that packs bring, read once.
//!
//! Comes in: packs, then the same compiled. Goes out: the learned readers, bound to the facets that they judge.

use super::engine::EngineError;
use crate::learned::{Learned, Model};
use crate::matching::Matcher;
use crate::pack::RulePack;
use std::sync::Arc;

/// The models of packs in use.
#[derive(Debug, Default)]
pub(super) struct Models {
    models: Vec<Model>,
    /// For each pack the position of its model.
    of_pack: Vec<Option<usize>>,
}

impl Models {
    /// Reads the models of all packs; packs that name the same file share it.
    pub(super) fn read(packs: &[Arc<RulePack>]) -> Result<Self, EngineError> {
        let mut out = Self::default();
        let mut hashes = Vec::new();
        for pack in packs {
            let Some(model) = &pack.model else {
                out.of_pack.push(None);
                continue;
            };
            let at = hashes.iter().position(|h| *h == &model.sha256).unwrap_or(hashes.len());
            if at == hashes.len() {
                let read = Model::read(&model.bytes);
                out.models.push(read.map_err(|source| EngineError::Model { file: model.shown.clone(), source })?);
                hashes.push(&model.sha256);
            }
            out.of_pack.push(Some(at));
        }
        Ok(out)
    }

    /// The same, bound to the facets of these packs, compiled.
    pub(super) fn bound(self, matcher: &Matcher) -> Learned {
        let model = |pack: usize| self.of_pack.get(pack).copied().flatten();
        let facets = matcher.facets().iter().enumerate();
        Learned::new(self.models, facets.map(|(f, info)| (matcher.facet(f).id.as_str(), model(info.pack))))
    }
}
