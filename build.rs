//! Loads, checks and compiles the rules of `rules/` when the program is built, so that nobody waits
//! for it when the program starts. The modules that do it are the program's own.

#[path = "src/document.rs"]
#[allow(dead_code)]
mod document;
#[path = "src/matching/mod.rs"]
#[allow(dead_code, unused_imports)]
mod matching;
#[path = "src/pack/mod.rs"]
#[allow(dead_code, unused_imports)]
mod pack;
#[path = "src/segment/mod.rs"]
#[allow(dead_code, unused_imports)]
mod segment;

use matching::Matcher;
use pack::{Library, Paint};
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=rules");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut library = Library::of_rule_files()
        .map_err(|faults| format!("the rules are at fault\n{}", faults.render(Paint::Plain)))?;
    fs::write(out.join("library.bin"), library.store()?)?;
    let compiled = |library: &Library| -> Result<_, Box<dyn Error>> {
        Ok(Matcher::compile(&library.packs, &library.lexicon, &library.cues)?.store()?)
    };
    fs::write(out.join("every.bin"), compiled(&library)?)?;
    library.packs.retain(|pack| pack.by_default);
    Ok(fs::write(out.join("asked.bin"), compiled(&library)?)?)
}

/// The rule files as they lie on disk, in place of what the program brings.
mod shipped {
    use std::borrow::Cow;
    use std::path::{Path, PathBuf};
    use walkdir::WalkDir;

    /// Nothing is stored yet.
    pub(crate) static LIBRARY: &[u8] = &[];
    /// Nothing is compiled yet.
    pub(crate) static PROGRAMS: &[&[u8]] = &[];

    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
    }

    pub(crate) fn rule_files() -> Vec<(String, Cow<'static, str>)> {
        let (folder, mut files) = (folder(), Vec::new());
        for entry in WalkDir::new(&folder).into_iter().filter_map(Result::ok) {
            let inside = entry.path().strip_prefix(&folder).unwrap_or(entry.path());
            let path = inside.to_string_lossy().replace('\\', "/");
            if path.ends_with(".toml")
                && let Ok(text) = std::fs::read_to_string(entry.path())
            {
                files.push((path, text.into()));
            }
        }
        files
    }

    pub(crate) fn file(path: &str) -> Option<Cow<'static, [u8]>> {
        std::fs::read(folder().join(path)).ok().map(Cow::Owned)
    }
}
