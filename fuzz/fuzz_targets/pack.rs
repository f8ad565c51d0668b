//! Packs: files parted by a line that begins with "== " and names the file.
#![no_main]

use goldthread::matching::Matcher;
use goldthread::pack::{Library, Paint, SourceFile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut files = Vec::new();
    for part in text.split("== ").skip(1) {
        let (path, text) = part.split_once('\n').unwrap_or((part, ""));
        files.push(SourceFile::new(path.trim(), text));
    }
    match Library::from_files(files) {
        Ok(library) => {
            let _ = Matcher::compile(&library.packs, &library.lexicon, &library.cues);
        }
        Err(faults) => {
            let _ = faults.render(Paint::Plain);
        }
    }
});
