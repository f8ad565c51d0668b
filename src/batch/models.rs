//! The models that packs bring, read once.
//!
//! Comes in: compiled packs. Goes out: the learned readers, bound to the facets that they judge.

use super::engine::EngineError;
use crate::learned::{Learned, Model};
use crate::matching::Matcher;

/// The models of all packs; packs that name the same file share it.
pub(super) fn models(matcher: &Matcher) -> Result<Learned, EngineError> {
    let (mut hashes, mut models) = (Vec::new(), Vec::new());
    let mut of_pack = Vec::new();
    for pack in matcher.packs() {
        let Some(model) = &pack.model else {
            of_pack.push(None);
            continue;
        };
        let at = hashes.iter().position(|h| *h == &model.sha256).unwrap_or(hashes.len());
        if at == hashes.len() {
            let read = Model::read(&model.bytes);
            models.push(read.map_err(|source| EngineError::Model { file: model.shown.clone(), source })?);
            hashes.push(&model.sha256);
        }
        of_pack.push(Some(at));
    }
    let facets = matcher.facets().iter().enumerate();
    Ok(Learned::new(models, facets.map(|(f, info)| (matcher.facet(f).id.as_str(), of_pack[info.pack]))))
}
