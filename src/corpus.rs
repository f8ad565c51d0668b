//! The example documents of an invented county, compiled in.
//!
//! Comes in: nothing. Goes out: the bytes of each document in `corpus/`, in order of their names.

use include_dir::{Dir, include_dir};

static CORPUS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/corpus");

/// An example document.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Its file name.
    pub name: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

/// Every example document in order of its name.
#[must_use]
pub fn documents() -> Vec<Example> {
    let mut out: Vec<Example> = CORPUS
        .files()
        .filter_map(|f| {
            let name = f.path().to_str()?;
            let document = name != "README.md" && [".pdf", ".docx", ".md"].iter().any(|e| name.ends_with(e));
            document.then_some(Example { name, bytes: f.contents() })
        })
        .collect();
    out.sort_by_key(|e| e.name);
    out
}

/// What a careful reader finds in an example document, as TOML.
#[must_use]
pub fn expected(name: &str) -> Option<&'static str> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    CORPUS.get_file(format!("{stem}.toml"))?.contents_utf8()
}
