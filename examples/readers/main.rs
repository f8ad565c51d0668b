//! Compares what goldthread reads of files with what other readers read, as far as they are
//! installed: pdftotext and pdfinfo (poppler), pdfium (`pip install pypdfium2`), pandoc.
//!
//! ```sh
//! cargo run --release --example readers -- plans/ [--rounds 3] [--worst 10]
//! ```
//! Gives for each other reader the median, the tenth percentile and the share below 0.8 of the
//! agreement in words (F1) and in their order, and the time a page of reading, of the whole check,
//! and of each other reader, all on one thread, the fastest of all rounds. "Notes behind" is the order
//! where each note of the tags is put behind the block that refers to it: tags may have it in the midst
//! of a sentence. "On pages" is the order page by page without notes: the tags of some files lead from
//! the last page back to the first. Words are counted as they are shown: what a merged cell says once
//! more in each of its rows counts once. Text boxes of Word files are left out of the comparison, as
//! pandoc leaves them out. `--worst` lists the files that agree least: words, words of the body, order,
//! notes behind, on pages. `--by-place` compares nothing but the order of tagged PDF files, page by
//! page, where their tags are not heeded, with that of their tags.

mod boxes;
mod others;
mod pages;
mod words;

use anyhow::{Context, Result, bail};
use goldthread::batch::{self, Engine, RuleOptions};
use goldthread::document::{Block, BlockKind, Document, Format};
use goldthread::input::{self, ReadOptions};
use others::{OTHERS, Other};
use std::path::PathBuf;
use std::time::{Duration, Instant};

fn main() -> Result<()> {
    let arguments = Arguments::parse()?;
    let engine = Engine::new(&RuleOptions::default())?;
    let others: Vec<&Other> = OTHERS.iter().filter(|other| other.is_installed()).collect();
    let files = batch::find(&arguments.paths)?.files;
    if arguments.by_place {
        return by_place(&files, arguments.worst);
    }
    let mut measured = Vec::new();
    for path in files {
        match measure(&path, &engine, &others, arguments.rounds) {
            Ok(one) => measured.push(one),
            Err(error) => say(&format!("not read: {}: {error}", path.display())),
        }
    }
    for kind in ["pdf", "docx", "odt", "rtf", "html"] {
        let of_kind: Vec<&Measured> = measured.iter().filter(|m| m.kind == kind).collect();
        if !of_kind.is_empty() {
            table(kind, &of_kind, &others, arguments.worst);
        }
    }
    Ok(())
}

/// Compares the order by place with that of the tags.
fn by_place(files: &[PathBuf], worst: usize) -> Result<()> {
    let mut all = Vec::new();
    for path in files {
        all.extend(pages::by_place(&std::fs::read(path)?).into_iter().map(|agreed| (agreed, path)));
    }
    if all.is_empty() {
        bail!("no tagged PDF file is among the files");
    }
    say(&format!("{} pages of tagged PDF files, read by place:", all.len()));
    say(&summary("without notes", all.iter().map(|(agreed, _)| agreed.body)));
    say(&summary("with notes", all.iter().map(|(agreed, _)| agreed.all)));
    all.sort_by(|(a, _), (b, _)| a.all.total_cmp(&b.all));
    for (agreed, path) in all.iter().take(worst) {
        let pages::Agreed { page, body, all } = agreed;
        say(&format!("    {body:.3} {all:.3}  page {page} of {}", path.display()));
    }
    Ok(())
}

struct Arguments {
    by_place: bool,
    paths: Vec<PathBuf>,
    rounds: usize,
    worst: usize,
}

impl Arguments {
    fn parse() -> Result<Self> {
        let mut out = Self { by_place: false, paths: Vec::new(), rounds: 1, worst: 0 };
        let mut given = std::env::args_os().skip(1);
        while let Some(argument) = given.next() {
            let number = |next: Option<std::ffi::OsString>| -> Result<usize> {
                let next = next.with_context(|| format!("{} needs a number", argument.display()))?;
                next.to_string_lossy().parse().with_context(|| format!("{} needs a number", argument.display()))
            };
            match argument.to_str() {
                Some("--rounds") => out.rounds = number(given.next())?.max(1),
                Some("--by-place") => out.by_place = true,
                Some("--worst") => out.worst = number(given.next())?,
                Some(other) if other.starts_with("--") => {
                    bail!("{other}: only --rounds, --worst and --by-place are known")
                }
                _ => out.paths.push(argument.into()),
            }
        }
        if out.paths.is_empty() {
            bail!("give files or folders to read");
        }
        Ok(out)
    }
}

/// One file.
struct Measured {
    path: PathBuf,
    kind: &'static str,
    pages: usize,
    read: Duration,
    check: Duration,
    /// For each other reader, what came of it, if anything.
    others: Vec<Option<Agreement>>,
    /// Agreement in the words on which two other readers agree, where there are two.
    both: Option<f64>,
}

/// How far another reader agrees.
struct Agreement {
    f1: f64,
    /// The same without what runs along the edges of pages.
    body: f64,
    order: f64,
    /// The order where notes stand behind their blocks.
    behind: f64,
    /// The order on each page, notes left out.
    on_pages: f64,
    took: Duration,
}

fn measure(path: &std::path::Path, engine: &Engine, others: &[&Other], rounds: usize) -> Result<Measured> {
    let options = ReadOptions::default();
    let bytes = std::fs::read(path)?;
    let document = input::read(&bytes, &options)?;
    let kind = match document.format {
        Format::Pdf => "pdf",
        Format::Docx => "docx",
        Format::Odt => "odt",
        Format::Rtf => "rtf",
        Format::Html => "html",
        _ => bail!("no other reader of this kind is known here"),
    };
    let boxless = boxes::without_boxes(&bytes).filter(|_| kind == "docx");
    let compared = boxless.and_then(|bytes| input::read(&bytes, &options).ok());
    let compared = compared.as_ref().unwrap_or(&document);
    let (all, body) = (words::words(&text(compared, |_| true)), words::words(&text(compared, is_body)));
    let pages = pages(compared);
    let mut out = Measured {
        path: path.to_owned(),
        kind,
        pages: document.pages.len().max(1),
        read: Duration::MAX,
        check: Duration::MAX,
        others: others.iter().map(|_| None).collect(),
        both: None,
    };
    let mut by_place: Vec<Vec<String>> = Vec::new();
    for _ in 0..rounds {
        let start = Instant::now();
        input::read(&bytes, &options)?;
        out.read = out.read.min(start.elapsed());
        let start = Instant::now();
        let _ = engine.check_bytes(String::new(), &bytes, &options);
        out.check = out.check.min(start.elapsed());
        for (other, slot) in others.iter().zip(&mut out.others).filter(|(other, _)| other.reads == kind) {
            let Some((text, took)) = other.read(path) else { continue };
            if let Some(known) = slot {
                known.took = known.took.min(took);
                continue;
            }
            let theirs = words::words(&text);
            let on_pages = words::order_on_pages(&pages, &words::words(&words::without_notes(&text)));
            let ours = if other.is_order { &body } else { &all };
            let body = words::f1(&body, &words::words(&words::without_running(&text)));
            let (f1, order) = (words::f1(ours, &theirs), words::order(ours, &theirs));
            let behind = words::order(ours, &words::words(&words::notes_behind(&text)));
            *slot = Some(Agreement { f1, body, order, behind, on_pages, took });
            if !other.is_order {
                by_place.push(theirs);
            }
        }
    }
    if let [a, b] = by_place.as_slice() {
        out.both = Some(words::f1_of_both(&all, [a, b]));
    }
    Ok(out)
}

/// The text of the blocks that are wanted, each behind its number.
fn text(document: &Document, wanted: fn(&Block) -> bool) -> String {
    let line = |b: &Block| format!("{} {}\n", b.label.as_deref().unwrap_or_default(), document.shown_of(b));
    document.blocks.iter().filter(|b| wanted(b)).map(line).collect()
}

/// The words of the body page by page, without notes.
fn pages(document: &Document) -> Vec<(u32, Vec<String>)> {
    let blocks = document.blocks.iter().filter(|b| is_body(b) && b.kind != BlockKind::Footnote);
    blocks.map(|b| (b.locator.page.unwrap_or(0), words::words(&document.shown_of(b)))).collect()
}

/// Whether a block is no running head or foot, page number or comment.
fn is_body(block: &Block) -> bool {
    use goldthread::document::Furniture::{Comment, Footer, Header, PageNumber};
    !matches!(block.furniture, Some(Header | Footer | PageNumber | Comment))
}

fn table(kind: &str, files: &[&Measured], others: &[&Other], worst: usize) {
    let pages: usize = files.iter().map(|m| m.pages).sum();
    let whole = |of: fn(&Measured) -> Duration| files.iter().map(|m| of(m)).sum::<Duration>();
    say(&format!("\n{} {kind} files, {pages} pages; milliseconds a page on one thread:", files.len()));
    let (read, check) = (whole(|m| m.read), whole(|m| m.check));
    say(&format!("  goldthread: read {:.2}, check {:.2}", a_page(read, pages), a_page(check, pages)));
    for (at, other) in others.iter().enumerate().filter(|(_, other)| other.reads == kind) {
        let mut agreed: Vec<(&Measured, &Agreement)> =
            files.iter().filter_map(|m| Some((*m, m.others[at].as_ref()?))).collect();
        if agreed.is_empty() {
            say(&format!("\n{}: read nothing", other.name));
            continue;
        }
        let took: Duration = agreed.iter().map(|(_, a)| a.took).sum();
        let theirs: usize = agreed.iter().map(|(m, _)| m.pages).sum();
        let ours: Duration = agreed.iter().map(|(m, _)| m.check).sum();
        let ratio = ours.as_secs_f64() / took.as_secs_f64();
        say(&format!(
            "\n{}: {} files, {:.2} ms a page; our whole check takes {ratio:.2} of its time",
            other.name,
            agreed.len(),
            a_page(took, theirs)
        ));
        say(&summary("words (F1)", agreed.iter().map(|(_, a)| a.f1)));
        say(&summary("of the body", agreed.iter().map(|(_, a)| a.body)));
        say(&summary("order", agreed.iter().map(|(_, a)| a.order)));
        if other.is_order {
            say(&summary("notes behind", agreed.iter().map(|(_, a)| a.behind)));
        }
        say(&summary("on pages", agreed.iter().map(|(_, a)| a.on_pages)));
        let least = |a: &Agreement| if other.is_order { a.behind } else { a.f1 };
        agreed.sort_by(|(_, a), (_, b)| least(a).total_cmp(&least(b)));
        for (m, a) in agreed.iter().take(worst) {
            let Agreement { f1, body, order, behind, on_pages, .. } = a;
            say(&format!("    {f1:.4} {body:.4} {order:.4} {behind:.4} {on_pages:.4}  {}", m.path.display()));
        }
    }
    both(files, worst);
}

/// The agreement with two other readers at once.
fn both(files: &[&Measured], worst: usize) {
    let mut agreed: Vec<(f64, &Measured)> = files.iter().filter_map(|m| Some((m.both?, *m))).collect();
    if agreed.is_empty() {
        return;
    }
    say("\nwords on which the readers by place agree with each other:");
    say(&summary("words (F1)", agreed.iter().map(|(f1, _)| *f1)));
    agreed.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    for (f1, m) in agreed.iter().take(worst) {
        say(&format!("    {f1:.4}  {}", m.path.display()));
    }
}

/// Median, tenth percentile and share below 0.8.
fn summary(name: &str, values: impl Iterator<Item = f64>) -> String {
    let mut all: Vec<f64> = values.collect();
    all.sort_by(f64::total_cmp);
    let at = |part: usize| all[(all.len() * part / 100).min(all.len() - 1)];
    #[allow(clippy::cast_precision_loss, reason = "files are few")]
    let below = all.iter().filter(|v| **v < 0.8).count() as f64 / all.len() as f64;
    format!("  {name:<12} median {:.4}  tenth percentile {:.4}  below 0.8: {:.1} %", at(50), at(10), below * 100.0)
}

#[allow(clippy::cast_precision_loss, reason = "pages are few")]
fn a_page(time: Duration, pages: usize) -> f64 {
    time.as_secs_f64() * 1000.0 / pages as f64
}

#[allow(clippy::print_stdout, reason = "a program that prints a table")]
fn say(line: &str) {
    println!("{line}");
}
