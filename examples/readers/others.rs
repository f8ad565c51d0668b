//! Readers of other authors, as far as they are installed.
//!
//! Comes in: the path of a file. Goes out: its text as another program reads it, and how long
//! that took. What is not installed is left out.

use crate::words::{BLOCK_ENDS, NOTE_BEGINS, NOTE_ENDS};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A program to compare with.
pub struct Other {
    /// What it is called in the table.
    pub name: &'static str,
    /// The extension of the files that it reads.
    pub reads: &'static str,
    /// Its text has the order that the author of the file gave, and no running heads.
    pub is_order: bool,
    program: &'static str,
    arguments: &'static [&'static str],
    /// Goes behind the path.
    last: &'static [&'static str],
    text: fn(&str) -> String,
}

/// All that are known.
pub static OTHERS: &[Other] = &[
    Other {
        name: "pdftotext",
        reads: "pdf",
        is_order: false,
        program: "pdftotext",
        arguments: &["-enc", "UTF-8"],
        last: &["-"],
        text: str::to_owned,
    },
    Other {
        name: "pdfium",
        reads: "pdf",
        is_order: false,
        program: "pypdfium2",
        arguments: &["extract-text"],
        last: &[],
        text: without_page_lines,
    },
    Other {
        name: "tags",
        reads: "pdf",
        is_order: true,
        program: "pdfinfo",
        arguments: &["-enc", "UTF-8", "-struct-text"],
        last: &[],
        text: tagged,
    },
    pandoc("docx", &["--from=docx", "--to=json", "--track-changes=accept"]),
    pandoc("odt", &["--from=odt", "--to=json"]),
    pandoc("rtf", &["--from=rtf", "--to=json"]),
    pandoc("html", &["--from=html", "--to=json"]),
];

const fn pandoc(reads: &'static str, arguments: &'static [&'static str]) -> Other {
    Other { name: "pandoc", reads, is_order: true, program: "pandoc", arguments, last: &[], text: blocks }
}

impl Other {
    /// Whether the program can be started.
    pub fn is_installed(&self) -> bool {
        let quiet = Command::new(self.program).arg("--help").stdout(Stdio::null()).stderr(Stdio::null()).status();
        quiet.is_ok()
    }

    /// What it reads, and how long it took; nothing where it fails or finds nothing.
    pub fn read(&self, path: &Path) -> Option<(String, Duration)> {
        let start = Instant::now();
        let mut command = Command::new(self.program);
        let output = command.args(self.arguments).arg(path).args(self.last).stderr(Stdio::null()).output().ok()?;
        let took = start.elapsed();
        let text = (self.text)(&String::from_utf8_lossy(&output.stdout));
        (!text.trim().is_empty()).then_some((text, took))
    }
}

/// Puts a form feed for each line that pypdfium2 writes before a page.
fn without_page_lines(text: &str) -> String {
    let is_page = |line: &str| line.strip_prefix("# Page ").is_some_and(|n| n.trim().parse::<u32>().is_ok());
    text.lines().map(|line| if is_page(line) { "\u{c}".to_owned() } else { format!("{}\n", line.trim_end()) }).collect()
}

/// The quoted texts of `pdfinfo -struct-text`, a line break for each element that is no part of a
/// line, notes between the signs for them, and the sign for its end behind each block.
fn tagged(text: &str) -> String {
    let mut out = String::new();
    let (mut open, mut block) = (false, 0);
    let mut note: Option<usize> = None;
    for line in text.lines() {
        let depth = line.len() - line.trim_start().len();
        if !open && note.is_some_and(|at| depth <= at) {
            note = None;
            out.push(NOTE_ENDS);
        }
        if !open && note.is_none() && line.trim_start().starts_with("Note (") {
            note = Some(depth);
            out.push(NOTE_BEGINS);
        }
        let inner = if open { Some(line) } else { line.trim_start().strip_prefix('"') };
        let Some(inner) = inner else {
            let is = |kinds: &[&str]| kinds.iter().any(|kind| line.trim_start().starts_with(kind));
            if !is(&["Span", "Link", "Reference"]) {
                out.push('\n');
                // Attributes and references to objects are printed as elements are.
                if note.is_none() && !is(&["/", "Object "]) {
                    if depth <= block {
                        out.push(BLOCK_ENDS);
                    }
                    block = depth;
                }
            }
            continue;
        };
        open = !inner.ends_with('"');
        out.push_str(inner.strip_suffix('"').unwrap_or(inner));
        if open {
            out.push('\n');
        }
    }
    out
}

/// The words of pandoc's tree: notes behind the block that they belong to, no pictures' captions.
fn blocks(json: &str) -> String {
    let Ok(tree) = serde_json::from_str::<serde_json::Value>(json) else { return String::new() };
    let (mut out, mut notes) = (String::new(), Vec::new());
    walk(&tree["blocks"], &mut out, &mut notes);
    out
}

fn walk<'j>(node: &'j serde_json::Value, out: &mut String, notes: &mut Vec<&'j serde_json::Value>) {
    use serde_json::Value::{Array, Object};
    match node {
        Array(items) => items.iter().for_each(|item| walk(item, out, notes)),
        Object(fields) => {
            let content = fields.get("c").unwrap_or(&serde_json::Value::Null);
            match fields.get("t").and_then(serde_json::Value::as_str).unwrap_or_default() {
                "Str" => out.push_str(content.as_str().unwrap_or_default()),
                "Space" | "SoftBreak" | "LineBreak" => out.push(' '),
                "Note" => notes.push(content),
                "Image" => {}
                "Math" | "Code" | "CodeBlock" => out.push_str(content[1].as_str().unwrap_or_default()),
                "Para" | "Plain" | "Header" => {
                    walk(content, out, notes);
                    out.push('\n');
                    for note in std::mem::take(notes) {
                        out.push(NOTE_BEGINS);
                        walk(note, out, notes);
                        out.push(NOTE_ENDS);
                    }
                }
                _ => walk(content, out, notes),
            }
        }
        _ => {}
    }
}
