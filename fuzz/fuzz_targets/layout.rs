//! Content streams of a PDF page: everything behind the parser, up to blocks.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|content: &[u8]| goldthread_fuzz::read(&goldthread_fuzz::pdf(content)));
