//! Rule packs in use, loaded at once and compiled when the first document has to be judged: what
//! has not changed since an earlier run needs neither compiled rules nor models.

use super::engine::{Engine, EngineError};
use super::info::pack_info;
use crate::assess::Thresholds;
use crate::pack::{Library, Own};
use crate::report::{Head, SCHEMA, Skipped, Tool};
use crate::sandbox::Readers;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Which rules to judge by.
#[derive(Clone, Debug, Default)]
pub struct RuleOptions {
    /// A folder with packs of one's own.
    pub folder: Option<PathBuf>,
    /// Leave the built-in packs out.
    pub only_own: bool,
    /// Ids of the packs to ask; empty for those that are asked by default.
    pub packs: Vec<String>,
    /// Take every pack where none is named, those too that are asked only by name.
    pub every: bool,
    /// Judge by rules alone, without the models that packs bring.
    pub no_learned: bool,
    /// How sure words must be.
    pub thresholds: Thresholds,
}

/// Packs in use, for any number of documents and threads.
#[derive(Debug)]
pub struct Rules {
    library: Arc<Library>,
    /// Whether all packs are the program's own.
    shipped: bool,
    no_learned: bool,
    thresholds: Thresholds,
    readers: Arc<Readers>,
    engine: OnceLock<Engine>,
    /// Held while the engine is made, so that it is made once.
    making: Mutex<()>,
}

impl Rules {
    /// Loads packs.
    ///
    /// # Errors
    /// [`EngineError`] where a pack is wrong or unknown.
    pub fn load(options: &RuleOptions) -> Result<Self, EngineError> {
        let mut library = match &options.folder {
            Some(folder) => Library::with_dir(folder, if options.only_own { Own::Instead } else { Own::Beside })?,
            None => Library::builtin()?,
        };
        if !options.packs.is_empty() {
            let known = library.packs.iter().map(|p| p.id.as_str()).collect::<Vec<_>>().join(", ");
            if let Some(wanted) = options.packs.iter().find(|w| !library.packs.iter().any(|p| &p.id == *w)) {
                return Err(EngineError::UnknownPack { wanted: wanted.clone(), known });
            }
            library.packs.retain(|p| options.packs.contains(&p.id));
        } else if !options.every && library.packs.iter().any(|p| p.by_default) {
            library.packs.retain(|p| p.by_default);
        }
        if library.packs.is_empty() {
            return Err(EngineError::NoPack(options.folder.clone().unwrap_or_default()));
        }
        if options.no_learned && library.packs.iter().any(|p| p.model.is_some()) {
            // Results by rules alone are never taken for results by both.
            library.hash = crate::pack::hash_of(&library.hash, "rules alone");
        }
        let thresholds = options.thresholds;
        if !thresholds.is_none() {
            library.hash = crate::pack::hash_of(&library.hash, &format!("{thresholds:?}"));
        }
        Ok(Self {
            library: Arc::new(library),
            shipped: options.folder.is_none(),
            no_learned: options.no_learned,
            thresholds,
            readers: Arc::new(Readers::in_process()),
            engine: OnceLock::new(),
            making: Mutex::new(()),
        })
    }

    /// The same, with files read otherwise than in this process.
    #[must_use]
    pub fn reading_with(self, readers: Readers) -> Self {
        Self { readers: Arc::new(readers), ..self }
    }

    /// Where files are read.
    #[must_use]
    pub fn readers(&self) -> &Readers {
        &self.readers
    }

    /// What stands over the documents of a report by these packs.
    #[must_use]
    pub fn head(&self, skipped: Vec<Skipped>) -> Head {
        head(&self.library, self.no_learned, self.thresholds, skipped)
    }

    /// The packs compiled; the first who asks waits for it.
    ///
    /// # Errors
    /// [`EngineError`] where they cannot be compiled or a model cannot be read.
    pub fn engine(&self) -> Result<&Engine, EngineError> {
        if let Some(engine) = self.engine.get() {
            return Ok(engine);
        }
        let _one_at_a_time = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = self.engine.get() {
            return Ok(engine);
        }
        let (library, readers) = (Arc::clone(&self.library), Arc::clone(&self.readers));
        let engine = Engine::compile(library, self.shipped, self.no_learned, self.thresholds, readers)?;
        Ok(self.engine.get_or_init(|| engine))
    }

    /// The packs compiled, for good.
    ///
    /// # Errors
    /// Those of [`Rules::engine`].
    pub fn into_engine(self) -> Result<Engine, EngineError> {
        Engine::compile(self.library, self.shipped, self.no_learned, self.thresholds, self.readers)
    }
}

/// What stands over the documents of a report by the packs of a library.
pub(super) fn head(library: &Library, no_learned: bool, thresholds: Thresholds, skipped: Vec<Skipped>) -> Head {
    let learned = !no_learned && library.packs.iter().any(|p| p.model.is_some());
    Head {
        schema: SCHEMA.to_owned(),
        tool: Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        packs: library.packs.iter().map(|p| pack_info(p, learned, thresholds)).collect(),
        rule_hash: library.hash.clone(),
        skipped,
        portfolio: None,
        review: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_are_compiled_once_and_only_when_asked_for() {
        let rules = Rules::load(&RuleOptions { no_learned: true, ..RuleOptions::default() }).unwrap();
        let head = rules.head(Vec::new());
        assert!(rules.engine.get().is_none());
        let all: Vec<usize> = std::thread::scope(|scope| {
            let asking = [(); 3].map(|()| scope.spawn(|| std::ptr::from_ref(rules.engine().unwrap()) as usize));
            asking.map(|thread| thread.join().unwrap()).to_vec()
        });
        assert_eq!(all, [all[0]; 3]);
        assert_eq!(rules.engine().unwrap().head(Vec::new()), head);
    }
}
