//! One module a command: options in, output and exit code out.

pub mod annotate;
pub mod check;
pub mod compare;
pub mod demo;
pub mod eval;
pub mod explain;
pub mod history;
pub mod init;
pub mod learn;
pub mod review;
pub mod rules;
pub mod shell;
pub mod text;

use crate::cli::{ConfigArgs, PackArgs, READER, ReadArgs, Revisions};
use anyhow::{Context, Result, bail};
use goldthread::assess::Thresholds;
use goldthread::batch::{Engine, RuleOptions, Rules};
use goldthread::config::Config;
use goldthread::document::Document;
use goldthread::input::{self, ReadOptions};
use goldthread::report::ReportError;
use goldthread::sandbox::{Limits, Program, Readers};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// Below the gate of `--fail-under`.
pub const BELOW_GATE: u8 = 1;
/// Done, but some documents could not be judged.
pub const NOT_ALL: u8 = 3;

/// What the `goldthread.toml` of a folder says; nothing where there is none or it is not wanted.
pub fn config(args: &ConfigArgs, first: Option<&PathBuf>) -> Result<Config> {
    Ok(match (&args.config, args.no_config, first) {
        (Some(path), ..) => Config::read(path)?,
        (None, false, Some(first)) => Config::near(first)?,
        _ => Config::default(),
    })
}

/// The rules of one's own that the command line names, else those of the folder's file.
pub fn own_rules(args: &PackArgs, config: &Config) -> PackArgs {
    let mut packs = args.clone();
    if packs.rules.is_none() {
        packs.rules.clone_from(&config.rules);
        packs.only_own |= config.only_own && config.rules.is_some();
    }
    packs
}

/// The packs that the command line names, else those of the folder's file.
pub fn asked_packs(args: &PackArgs, config: &Config) -> PackArgs {
    let mut packs = own_rules(args, config);
    if packs.packs.is_empty() {
        packs.packs.clone_from(&config.packs);
    }
    packs
}

/// Whether a path leads to one of some files.
pub fn is_one(path: &Path, files: &[&PathBuf]) -> bool {
    let real = std::fs::canonicalize(path).ok();
    real.is_some() && files.iter().any(|file| std::fs::canonicalize(file).ok() == real)
}

/// Loads the packs asked for, where none is named those that are asked by default; they are compiled
/// when a document needs them.
pub fn rules(args: &PackArgs, thresholds: Thresholds, readers: Readers) -> Result<Rules> {
    Ok(Rules::load(&RuleOptions { thresholds, ..options(args, false) })?.reading_with(readers))
}

/// Loads and compiles the packs asked for: where none is named, those that are asked by default.
pub fn engine(args: &PackArgs) -> Result<Engine> {
    Ok(Engine::new(&options(args, false))?)
}

/// Loads and compiles the packs asked for: where none is named, every one.
pub fn every_pack(args: &PackArgs) -> Result<Engine> {
    every_pack_within(args, Thresholds::default())
}

/// The same where words must be surer than the packs ask.
pub fn every_pack_within(args: &PackArgs, thresholds: Thresholds) -> Result<Engine> {
    Ok(Engine::new(&RuleOptions { thresholds, ..options(args, true) })?)
}

fn options(args: &PackArgs, every: bool) -> RuleOptions {
    RuleOptions {
        folder: args.rules.clone(),
        only_own: args.only_own,
        packs: args.packs.clone(),
        every,
        no_learned: args.no_learned,
        thresholds: Thresholds::default(),
    }
}

/// What the command line asks of readers.
pub fn read_options(args: &ReadArgs) -> ReadOptions {
    ReadOptions {
        password: args.password.clone(),
        revisions: match args.revisions {
            Revisions::Accepted => input::Revisions::Accepted,
            Revisions::Original => input::Revisions::Original,
        },
        ocr: args.ocr,
        ..ReadOptions::default()
    }
}

/// Readers in processes of their own.
pub fn readers_apart() -> Result<Readers> {
    readers_within(Limits::default())
}

fn readers_within(limits: Limits) -> Result<Readers> {
    let path = std::env::current_exe().context("the path of this program, to start readers with")?;
    Ok(Readers::apart(Program { path, arguments: vec![READER.into()] }, limits))
}

/// Where files are read: in processes of their own, unless told otherwise.
pub fn readers(args: &ReadArgs) -> Result<Readers> {
    // Text recognition takes seconds a page.
    let patient = Limits { step: Duration::from_secs(150), total: Duration::from_secs(7200), ..Limits::default() };
    match (args.in_process, args.ocr) {
        (true, _) => Ok(Readers::in_process()),
        (false, true) => readers_within(patient),
        (false, false) => readers_apart(),
    }
}

/// Reads one file.
pub fn read_file(path: &Path, args: &ReadArgs) -> Result<Document> {
    let name = || path.display().to_string();
    let (readers, options) = (readers(args)?, read_options(args));
    let bytes = input::load(path, &options).with_context(name)?;
    readers.read(&bytes, &options).and_then(|document| input::as_named(path, document)).with_context(name)
}

/// Writes to standard output; a reader that has gone away (`| head`) is no error.
pub fn print(bytes: &[u8]) -> Result<()> {
    print_with(&mut |out| Ok(out.write_all(bytes)?))
}

/// Writes to standard output what comes bit by bit.
pub fn print_with(write: &mut dyn FnMut(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    let written = write(&mut out).and_then(|()| Ok(out.flush()?));
    let gone = |error: &anyhow::Error| {
        error.chain().filter_map(|e| e.downcast_ref::<std::io::Error>()).any(|e| e.kind() == ErrorKind::BrokenPipe)
    };
    match written {
        // What is left in the buffer must not be tried again when it is dropped.
        Err(error) if gone(&error) => {
            drop(out.into_parts());
            Ok(())
        }
        other => other.context("standard output"),
    }
}

/// Says something on standard error; whether anybody reads it does not matter.
pub fn say(line: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

/// Writes a file whole or not at all: beside it, then renamed.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    write_whole_with(path, &mut |out| Ok(out.write_all(bytes)?))
}

/// Writes a file whole or not at all from what comes bit by bit.
pub fn write_whole_with(path: &Path, write: &mut dyn FnMut(&mut dyn Write) -> Result<()>) -> Result<()> {
    let name = || {
        format!("{}: cannot be written; check that the folder is there and that you may write to it", path.display())
    };
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(name)?;
    let mut out = BufWriter::new(file.as_file_mut());
    write(&mut out).and_then(|()| Ok(out.flush()?)).with_context(name)?;
    drop(out);
    file.as_file().sync_all().with_context(name)?;
    set_permissions(file.path());
    file.persist(path).with_context(name)?;
    Ok(())
}

/// Every `-o` with its form, which its extension tells; a form that is not known or a folder that is not
/// there is told before any work is done.
pub fn outputs<'p, F>(
    paths: impl Iterator<Item = &'p PathBuf>,
    form: impl Fn(&str) -> Result<F, ReportError>,
) -> Result<Vec<(PathBuf, F)>> {
    let one = |path: &PathBuf| {
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        let form = form(&extension).with_context(|| format!("-o {}", path.display()))?;
        check_folder(path)?;
        Ok((path.clone(), form))
    };
    paths.map(one).collect()
}

/// Tells before any work is done that a file cannot be written where it is to go.
pub fn check_folder(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    if !folder.is_dir() {
        bail!("-o {}: there is no folder {}; make it first", path.display(), folder.display());
    }
    if path.is_dir() {
        bail!("-o {}: that is a folder; give the name of a file in it", path.display());
    }
    Ok(())
}

/// Temporary files are private; reports get the permissions that other new files get.
#[cfg(unix)]
fn set_permissions(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn set_permissions(_: &Path) {}

/// `goldthread reader`: reads for another process until that goes away.
pub fn reader() -> Result<ExitCode> {
    goldthread::sandbox::serve().context("standard input")?;
    Ok(done())
}

/// All went well.
pub const fn done() -> ExitCode {
    ExitCode::SUCCESS
}
