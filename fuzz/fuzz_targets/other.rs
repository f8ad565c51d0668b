//! Every other kind of file: text, Markdown, and what is told for what it is.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if !bytes.starts_with(b"%PDF") {
        goldthread_fuzz::read(bytes);
    }
});
