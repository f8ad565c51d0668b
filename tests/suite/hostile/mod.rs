//! Whatever a file holds: an outcome within the limits, and the next file is read as if nothing
//! had been.

mod docx;
#[allow(clippy::expect_used, reason = "shared with the targets of fuzzing")]
#[path = "../../../fuzz/src/lib.rs"]
mod fuzz;
mod mutate;
mod other;
mod package;
mod pdf;
mod structure;

use goldthread::corpus;
use goldthread::document::{BlockKind, Document, Legibility};
use goldthread::input::{InputError, ReadOptions, Step, Watch};
use goldthread::sandbox::{Limits, Program, Readers};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Limits that a test can wait for.
const STEP: Duration = Duration::from_secs(10);

fn readers(limits: Limits) -> Readers {
    Readers::apart(Program { path: env!("CARGO_BIN_EXE_goldthread").into(), arguments: vec!["reader".into()] }, limits)
}

fn limits() -> Limits {
    Limits { step: STEP, total: 3 * STEP, memory: 512 << 20, ..Limits::default() }
}

fn options() -> ReadOptions {
    ReadOptions { max_pages: 200, max_inflated: 32 << 20, max_text: 8 << 20, ..ReadOptions::default() }
}

/// Holds an outcome to what is promised of it.
fn hold(name: &str, outcome: &Result<Document, InputError>) {
    match outcome {
        Ok(document) => {
            for block in &document.blocks {
                assert!(document.text.get(block.span.start..block.span.end).is_some(), "{name}: a span is cut");
            }
        }
        Err(error @ InputError::NoReader(_)) => panic!("{name}: {error}"),
        Err(error) => assert!(error.to_string().len() > 15, "{name}: {error}"),
    }
}

fn all(scale: usize) -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    let files = [pdf::files, structure::files, docx::files, package::files, other::files];
    files.into_iter().flat_map(move |files| files(scale))
}

#[test]
fn crafted_files_cost_only_themselves() {
    let readers = readers(limits());
    let mut slow = Vec::new();
    for (name, bytes) in all(1) {
        let start = Instant::now();
        hold(name, &readers.read(&bytes, &options()));
        if start.elapsed() > 4 * STEP {
            slow.push(format!("{name}: {:?}", start.elapsed()));
        }
        let good = readers.read(b"A plan.\n\nWe will open a warm room.", &options()).unwrap();
        assert_eq!(good.blocks.len(), 2, "after {name}");
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

/// What fuzzing begins with, and what it found.
#[test]
fn files_of_fuzzing_come_to_an_outcome_soon() {
    let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let mut seen = 0;
    for target in ["pdf", "layout", "docx", "other"] {
        for entry in std::fs::read_dir(seeds.join(target)).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let start = Instant::now();
            match target {
                "layout" => fuzz::read(&fuzz::pdf(&bytes)),
                "docx" if !bytes.starts_with(b"PK") => fuzz::read(&fuzz::docx(&bytes)),
                _ => fuzz::read(&bytes),
            }
            assert!(start.elapsed() < STEP, "{}: {:?}", path.display(), start.elapsed());
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} files");
}

#[test]
fn widths_without_end_and_large_tables_cost_little() {
    let readers = readers(Limits { memory: 256 << 20, ..limits() });
    let read = |wanted: &str| {
        let files = pdf::files(1);
        let (_, bytes) = files.iter().find(|(name, _)| name.starts_with(wanted)).unwrap();
        readers.read(bytes, &options()).unwrap()
    };
    let widths = read("widths of two thousand million");
    assert!(widths.pages.iter().all(|p| p.legibility != Legibility::NotRead), "{:?}", widths.warnings);
    let table = read("a table of cells");
    let rows = table.blocks.iter().filter(|b| matches!(b.kind, BlockKind::TableRow { .. }));
    assert_eq!(rows.count(), 100);
}

#[test]
fn mutated_files_come_to_an_outcome() {
    let readers = readers(limits());
    let (mut read, mut refused) = (0, 0);
    for example in corpus::documents() {
        for seed in 0..40 {
            let outcome = readers.read(&mutate::mutated(example.bytes, seed), &options());
            hold(example.name, &outcome);
            *(if outcome.is_ok() { &mut read } else { &mut refused }) += 1;
        }
    }
    assert!(read > 20 && read + refused >= 240, "{read} read, {refused} refused");
}

#[test]
fn a_page_that_is_too_much_is_left_out_and_told() {
    // The content of the second page fits the limit of inflated bytes, but not the memory.
    let bytes = pdf::heavy_second_page(400 << 20);
    let readers = readers(Limits { step: 12 * STEP, total: 12 * STEP, memory: 320 << 20, stack: 8 << 20 });
    let document = readers.read(&bytes, &ReadOptions::default()).unwrap();
    let pages: Vec<Legibility> = document.pages.iter().map(|p| p.legibility).collect();
    assert_eq!(pages, [Legibility::Readable, Legibility::NotRead, Legibility::Readable]);
    assert!(document.text.contains("warm rooms") && document.text.contains("debt advice"));
    let warning = document.warnings.iter().find(|w| w.page == Some(2)).unwrap();
    assert!(warning.message.contains("more than 320 MB of memory"), "{}", warning.message);
    assert!(warning.message.contains("save a fresh copy"));
}

#[test]
fn a_page_over_the_limit_of_inflated_bytes_is_told() {
    let bytes = pdf::heavy_second_page(64 << 20);
    let document = readers(limits()).read(&bytes, &options()).unwrap();
    assert_eq!(document.pages[1].legibility, Legibility::NotRead);
    assert!(document.text.contains("debt advice"));
    assert!(document.warnings.iter().any(|w| w.message.contains("page 2")), "{:?}", document.warnings);
}

#[test]
fn one_process_reads_as_this_one_does() {
    let readers = readers(limits());
    for example in corpus::documents() {
        let apart = readers.read(example.bytes, &ReadOptions::default());
        assert_eq!(apart, goldthread::input::read(example.bytes, &ReadOptions::default()), "{}", example.name);
    }
}

#[test]
fn a_long_document_is_read_at_once() {
    let document = readers(Limits::default()).read(&docx::long(20_000), &ReadOptions::default()).unwrap();
    assert_eq!(document.blocks.len(), 20_000);
}

/// The scanned example, which is two pictures of pages.
fn scan() -> &'static [u8] {
    corpus::documents().iter().find(|d| d.name.starts_with("scanned")).unwrap().bytes
}

#[test]
fn every_step_is_told_once_and_in_order() {
    for example in corpus::documents() {
        for ocr in [false, true] {
            let steps = Arc::new(Mutex::new(Vec::new()));
            let told = Arc::clone(&steps);
            let watch = Watch::new(move |step| {
                told.lock().unwrap().push(step);
                true
            });
            let options = ReadOptions { watch, ocr, ..ReadOptions::default() };
            let pages = goldthread::input::read(example.bytes, &options).unwrap().pages.len();
            let mut wanted: Vec<Step> = (1..).take(pages).map(Step::Page).collect();
            if pages > 0 {
                wanted.push(Step::Rest);
            }
            assert_eq!(*steps.lock().unwrap(), wanted, "{} with ocr: {ocr}", example.name);
        }
    }
}

#[test]
#[cfg(unix)]
fn a_reader_that_finds_no_text_recognition_reads_the_rest() {
    let reader = [["PATH=/there/is/nothing", env!("CARGO_BIN_EXE_goldthread"), "reader"].map(Into::into)].concat();
    let readers = Readers::apart(Program { path: "/usr/bin/env".into(), arguments: reader }, limits());
    let document = readers.read(scan(), &ReadOptions { ocr: true, ..ReadOptions::default() }).unwrap();
    assert!(document.pages.iter().all(|p| p.legibility == Legibility::NoText), "{:?}", document.pages);
    assert!(document.warnings.iter().any(|w| w.message.contains("tesseract is not installed")));
}

#[test]
#[allow(clippy::print_stderr, reason = "tells that nothing was tested")]
fn a_reader_recognises_the_text_of_pictures() {
    let patient = Limits { step: 15 * STEP, total: 60 * STEP, ..Limits::default() };
    let document = readers(patient).read(scan(), &ReadOptions { ocr: true, ..ReadOptions::default() }).unwrap();
    if document.warnings.iter().any(|w| w.message.contains("tesseract is not installed")) {
        eprintln!("not tested: tesseract is not installed");
        return;
    }
    assert!(document.pages.iter().all(|p| p.legibility == Legibility::Recognised), "{:?}", document.warnings);
    let words = document.text.split_whitespace().count();
    assert!(words > 100, "{words} words: {}", document.text);
}
