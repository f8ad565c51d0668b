//! What the program brings: the rule files of `rules/`, and what the build made of them.
//!
//! Comes in: nothing. Goes out: bytes. The build script has a module of the same name that reads the
//! files from disk, where nothing is made of them yet.

use include_dir::{Dir, DirEntry, include_dir};
use std::borrow::Cow;

static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The packs, loaded and checked; nothing where that is not done yet.
pub(crate) static LIBRARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/library.bin"));

/// Packs compiled: those that are asked by default, and all of them.
pub(crate) static PROGRAMS: &[&[u8]] =
    &[include_bytes!(concat!(env!("OUT_DIR"), "/asked.bin")), include_bytes!(concat!(env!("OUT_DIR"), "/every.bin"))];

/// The rule files with their paths in `rules`.
pub(crate) fn rule_files() -> Vec<(String, Cow<'static, str>)> {
    let mut files = Vec::new();
    let mut open = vec![&RULES];
    while let Some(dir) = open.pop() {
        for entry in dir.entries() {
            match entry {
                DirEntry::Dir(dir) => open.push(dir),
                DirEntry::File(file) => {
                    let path = file.path().to_string_lossy().replace('\\', "/");
                    if let (true, Some(text)) = (path.ends_with(".toml"), file.contents_utf8()) {
                        files.push((path, text.into()));
                    }
                }
            }
        }
    }
    files
}

/// The file of a path in `rules`.
pub(crate) fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    RULES.get_file(path).map(|file| file.contents().into())
}
