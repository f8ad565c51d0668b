//! Whole PDF files.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| goldthread_fuzz::read(bytes));
