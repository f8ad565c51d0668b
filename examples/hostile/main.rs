//! Reads files that were made or changed to do harm, each in a reader process as the program does,
//! and tells what came of them.
//!
//! ```sh
//! cargo run --release --example hostile                        # the crafted files, full size
//! cargo run --release --example hostile -- plans/ --copies 4   # and four changed copies of each file there
//! ```
//! Prints every file that was given up over a limit or took longer than a second, then the counts
//! and the most memory that this program itself took. `--seed N` changes other bytes.

#[allow(dead_code, clippy::unwrap_used, reason = "shared with the tests")]
#[path = "../../tests/suite/hostile/docx.rs"]
mod docx;
#[path = "../../tests/suite/hostile/mutate.rs"]
mod mutate;
#[allow(clippy::unwrap_used, reason = "shared with the tests")]
#[path = "../../tests/suite/hostile/other.rs"]
mod other;
#[allow(clippy::unwrap_used, reason = "shared with the tests")]
#[path = "../../tests/suite/hostile/package.rs"]
mod package;
#[allow(dead_code, clippy::unwrap_used, reason = "shared with the tests")]
#[path = "../../tests/suite/hostile/pdf.rs"]
mod pdf;
#[path = "../../tests/suite/hostile/structure.rs"]
mod structure;

use anyhow::{Context, Result};
use goldthread::batch;
use goldthread::document::Legibility;
use goldthread::input::{InputError, ReadOptions, load};
use goldthread::sandbox::{Limits, Program, Readers, serve};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What the crafted files are scaled by: content streams and XML parts of 64 MB to 1.6 GB.
const FULL: usize = 16;

fn main() -> Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments == ["reader"] {
        return serve().context("standard input");
    }
    let copies = number(&mut arguments, "--copies")?.unwrap_or(1);
    let seed = number(&mut arguments, "--seed")?.unwrap_or(0);
    let program = Program { path: std::env::current_exe()?, arguments: vec!["reader".into()] };
    let mut run = Run { readers: Readers::apart(program, Limits::default()), ..Run::default() };
    if arguments.is_empty() {
        for files in [pdf::files, structure::files, docx::files, package::files, other::files] {
            files(FULL).into_iter().for_each(|(name, bytes)| run.read(name, &bytes));
        }
    } else {
        let paths: Vec<PathBuf> = arguments.into_iter().map(PathBuf::from).collect();
        for path in batch::find(&paths)?.files {
            let bytes = load(&path, &ReadOptions::default())?;
            for copy in 0..copies {
                let name = format!("{} copy {copy}", path.display());
                run.read(&name, &mutate::mutated(&bytes, seed * 1_000_003 + copy));
            }
        }
    }
    run.tell();
    Ok(())
}

/// Takes `--name N` out of the arguments.
fn number(arguments: &mut Vec<String>, name: &str) -> Result<Option<u64>> {
    let Some(at) = arguments.iter().position(|a| a == name) else { return Ok(None) };
    arguments.remove(at);
    let value = if at < arguments.len() { arguments.remove(at) } else { String::new() };
    Ok(Some(value.parse().with_context(|| format!("{name} needs a number"))?))
}

/// What came of all files so far.
#[derive(Default)]
struct Run {
    readers: Readers,
    outcomes: BTreeMap<&'static str, usize>,
    longest: (Duration, String),
}

impl Run {
    fn read(&mut self, name: &str, bytes: &[u8]) {
        let start = Instant::now();
        let outcome = self.readers.read(bytes, &ReadOptions::default());
        let took = start.elapsed();
        let (kind, told) = match &outcome {
            Ok(d) if d.pages.iter().any(|p| p.legibility == Legibility::NotRead) => {
                ("read without some pages", d.warnings.iter().map(|w| w.message.as_str()).collect::<Vec<_>>().join(" "))
            }
            Ok(_) => ("read", String::new()),
            Err(error @ InputError::Limit(_)) => ("given up over a limit", error.to_string()),
            Err(error) => ("refused", error.to_string()),
        };
        *self.outcomes.entry(kind).or_default() += 1;
        if took > Duration::from_secs(1) || matches!(outcome, Err(InputError::Limit(_))) || kind.contains("without") {
            say(&format!("{:7.2} s  {name}: {kind}. {told}", took.as_secs_f64()));
        }
        if took > self.longest.0 {
            self.longest = (took, name.to_owned());
        }
    }

    fn tell(&self) {
        let all: usize = self.outcomes.values().sum();
        say(&format!("\n{all} files: {:?}", self.outcomes));
        say(&format!("the longest took {:.1} s: {}", self.longest.0.as_secs_f64(), self.longest.1));
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        if let Some(most) = status.lines().find(|line| line.starts_with("VmHWM")) {
            say(&format!("most memory of this process, which also makes the files: {}", most["VmHWM:".len()..].trim()));
        }
    }
}

#[allow(clippy::print_stdout, reason = "a program that prints what it finds")]
fn say(line: &str) {
    println!("{line}");
}
