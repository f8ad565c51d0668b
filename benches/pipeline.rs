//! How long each stage takes, and the whole line.
//!
//! `cargo bench` measures on the example documents of `corpus/`; `GOLDTHREAD_BENCH=folder cargo
//! bench` on the documents below a folder. Every figure is for all documents together, on one
//! thread but for `load`.
#![allow(clippy::unwrap_used, clippy::missing_docs_in_private_items, missing_docs)]

use divan::Bencher;
use divan::counter::BytesCount;
use goldthread::assess::assess;
use goldthread::batch::{Engine, RuleOptions, find};
use goldthread::document::Document;
use goldthread::input::{self, ReadOptions};
use goldthread::matching::Matcher;
use goldthread::pack::{Library, SourceFile};
use goldthread::report::{Medium, reporter};
use goldthread::segment::{Segmented, segment};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::LazyLock;

static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let folder = std::env::var_os("GOLDTHREAD_BENCH").map_or_else(|| PathBuf::from(corpus), PathBuf::from);
    find(&[folder]).unwrap().files.iter().map(|file| std::fs::read(file).unwrap()).collect()
});
static DOCUMENTS: LazyLock<Vec<Document>> =
    LazyLock::new(|| FILES.iter().filter_map(|bytes| input::read(bytes, &ReadOptions::default()).ok()).collect());
static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(&RuleOptions::default()).unwrap());
static RULES: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(&RuleOptions { no_learned: true, ..RuleOptions::default() }).unwrap());

fn segmented() -> Vec<Segmented<'static>> {
    DOCUMENTS.iter().map(segment).collect()
}

/// The bytes of search text of all documents.
fn folded(all: &[Segmented<'_>]) -> BytesCount {
    BytesCount::new(all.iter().map(|s| s.folded.text.len()).sum::<usize>())
}

fn main() {
    divan::main();
}

/// Rule files to packs, on as many threads as there are.
#[divan::bench]
fn load() -> Library {
    Library::builtin().unwrap()
}

/// Packs to the tree of words and all that hangs on it.
#[divan::bench]
fn compile() -> Matcher {
    let library = &ENGINE.library;
    Matcher::compile(&library.packs, &library.lexicon, &library.cues).unwrap()
}

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let bytes = BytesCount::new(FILES.iter().map(Vec::len).sum::<usize>());
    let options = ReadOptions::default();
    bencher.counter(bytes).bench_local(|| FILES.iter().filter(|file| input::read(file, &options).is_ok()).count());
}

/// Folding, sentences, clauses, passages.
#[divan::bench]
fn fold_and_segment(bencher: Bencher<'_, '_>) {
    bencher.counter(folded(&segmented())).bench_local(segmented);
}

#[divan::bench]
fn scan(bencher: Bencher<'_, '_>) {
    scan_by(bencher, &ENGINE.matcher);
}

/// The same with nine times as many rules beside the built-in ones.
#[divan::bench]
fn scan_by_ten_times_the_rules(bencher: Bencher<'_, '_>) {
    scan_by(bencher, &ten_times());
}

fn scan_by(bencher: Bencher<'_, '_>, matcher: &Matcher) {
    let all = segmented();
    bencher.counter(folded(&all)).bench_local(|| all.iter().map(|s| matcher.scan(s).len()).sum::<usize>());
}

/// Scanning and judging by rules alone.
#[divan::bench]
fn judge_by_rules(bencher: Bencher<'_, '_>) {
    judge_by(bencher, &RULES);
}

/// The same with the learned reader beside the rules.
#[divan::bench]
fn judge(bencher: Bencher<'_, '_>) {
    judge_by(bencher, &ENGINE);
}

fn judge_by(bencher: Bencher<'_, '_>, engine: &Engine) {
    let all = segmented();
    let judge = engine.judge();
    bencher.counter(folded(&all)).bench_local(|| all.iter().map(|s| assess(&judge, s).len()).sum::<usize>());
}

#[divan::bench(args = ["json", "html"])]
fn report(bencher: Bencher<'_, '_>, form: &str) {
    let judged = DOCUMENTS.iter().map(|d| ENGINE.judge_document("document".to_owned(), None, d)).collect();
    let (report, form) = (ENGINE.report(judged, Vec::new()).unwrap(), reporter(form).unwrap());
    bencher.bench_local(|| form.bytes(&report, &Medium { width: 100 }).unwrap());
}

/// Bytes of files to what a report says of them.
#[divan::bench]
fn whole_line(bencher: Bencher<'_, '_>) {
    let options = ReadOptions::default();
    let one = |bytes: &Vec<u8>| ENGINE.check_bytes("document".to_owned(), bytes, &options).criteria.len();
    bencher.bench_local(|| FILES.iter().map(one).sum::<usize>());
}

/// The built-in packs with nine generated rules for each of theirs. A generated rule asks for two
/// words side by side and a third in the sentence, all drawn from the documents, so that common
/// words are asked for often, as in real rules.
fn ten_times() -> Matcher {
    let rules = 9 * ENGINE.matcher.rules().len();
    let plain = |word: &&str| word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase());
    let words: Vec<&str> = DOCUMENTS.iter().flat_map(|d| d.text.split_whitespace().filter(plain)).collect();
    let mut seed = 1_u64;
    let mut draw = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        words[usize::try_from(seed >> 33).unwrap() % words.len()]
    };
    let mut text = String::from("id = \"X\"\ntitle = \"X\"\nsummary = \"X\"\nsource = \"X\"\n");
    for rule in 0..rules {
        if rule % 20 == 0 {
            let facet = rule / 20;
            writeln!(
                text,
                "[[facet]]\nid = \"X.{facet}\"\ntitle = \"X\"\ncounts = \"X\"\nwhy = \"X\"\nquestion = \"X\""
            )
            .unwrap();
        }
        let (a, b, c) = (draw(), draw(), draw());
        writeln!(text, "[[facet.rule]]\nid = \"r{rule}\"\nsays = \"X\"\nstrength = \"hint\"").unwrap();
        writeln!(text, "all = [\"{a} {b}\", \"{c}*\"]\nmatches = [\"{a} {b} {c}\"]").unwrap();
    }
    let head = "id = \"generated\"\ntitle = \"X\"\nversion = \"1.0.0\"\nsource = \"X\"\nsummary = \"X\"\n";
    let mut files = ENGINE.library.sources().to_vec();
    files.push(SourceFile::new("generated/pack.toml", head));
    files.push(SourceFile::new("generated/x.toml", &text));
    let library = Library::from_files(files).unwrap();
    Matcher::compile(&library.packs, &library.lexicon, &library.cues).unwrap()
}
