//! The XML parts of a DOCX file, and whole packages where the input begins like one.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|parts: &[u8]| {
    if parts.starts_with(b"PK\x03\x04") {
        goldthread_fuzz::read(parts);
    } else {
        goldthread_fuzz::read(&goldthread_fuzz::docx(parts));
    }
});
