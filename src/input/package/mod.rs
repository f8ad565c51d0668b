//! The parts of an Office package: finds them, inflates them within limits, and follows their
//! relationships.
//!
//! Comes in: the bytes of the file. Goes out: the XML of a part to a visitor. It does not know
//! what a part means.

mod diagram;
mod title;
pub(super) mod xml;

pub(super) use self::diagram::Diagram;
pub(super) use self::title::Title;

use std::collections::HashMap;
use std::io::{self, BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use self::xml::{Flow, Ns, Tag, Visit, walk};
use crate::input::{InputError, ReadOptions, detect};

/// How far a part was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// There is no such part.
    Missing,
    /// To its end.
    Whole,
    /// Only in part or not for sure, and why, as an end of a sentence about the part ("it ends
    /// in the middle").
    Partial(String),
    /// The limit of inflated bytes was reached.
    Limit,
}

impl Outcome {
    /// What to warn of where a part was not read to its end.
    ///
    /// # Errors
    /// [`InputError::Limit`] where it inflates too far.
    pub(super) fn warning(self, name: &str, options: &ReadOptions) -> Result<Option<String>, InputError> {
        match self {
            Self::Missing | Self::Whole => Ok(None),
            Self::Partial(why) => {
                Ok(Some(format!("{name} could not be read whole: {why}; what was read before is kept")))
            }
            Self::Limit => Err(options.inflates_too_far()),
        }
    }
}

/// Where the packages of a kind of document have their main part.
pub(super) struct Main {
    /// Its path where no relationship names it.
    pub(super) usual: &'static str,
    /// Whether the main part of this kind may have such a path.
    pub(super) fits: fn(&str) -> bool,
}

/// A link from one part to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// Its id among the links of its part.
    pub(super) id: String,
    /// The last word of its type ("footnotes").
    pub(super) kind: String,
    /// The path of the part that it leads to.
    pub(super) target: String,
}

/// An opened package.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Position by lower-case path.
    parts: HashMap<String, usize>,
    /// Bytes that may still be inflated.
    budget: u64,
}

impl<'b> Package<'b> {
    /// Reads the directory of the package.
    pub(super) fn open(bytes: &'b [u8], options: &ReadOptions) -> Result<Self, InputError> {
        let archive = detect::zip_of(bytes)
            .ok_or_else(|| InputError::Damaged("it is cut off or is no whole package".to_owned()))?;
        let parts = (0..archive.len()).filter_map(|i| Some((key(&archive.name_for_index(i)?.ok()?), i))).collect();
        Ok(Self { archive, parts, budget: options.max_inflated })
    }

    /// Reads the directory of a package of a kind, and where its main part is.
    ///
    /// # Errors
    /// [`InputError`] where it is none of this kind, saying what it is instead.
    pub(super) fn open_main(bytes: &'b [u8], options: &ReadOptions, main: &Main) -> Result<(Self, String), InputError> {
        let mut package = Self::open(bytes, options)?;
        let path = package.main(main).ok_or_else(|| detect::refusal(bytes))?;
        Ok((package, path))
    }

    /// Whether bytes are a package of a kind.
    pub(super) fn is(bytes: &[u8], main: &Main) -> bool {
        let open = || Package::open(bytes, &ReadOptions::default()).ok()?.main(main);
        detect::is_zip(bytes) && open().is_some()
    }

    /// The path of the main part.
    fn main(&mut self, main: &Main) -> Option<String> {
        let linked = self.relations("").into_iter().find(|link| link.kind == "officeDocument").map(|link| link.target);
        let path = linked.filter(|path| self.holds(path)).unwrap_or_else(|| main.usual.to_owned());
        ((main.fits)(&path) && self.holds(&path)).then_some(path)
    }

    /// Whether there is a part of this path.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.parts.contains_key(&key(path))
    }

    /// Hands the XML of a part to a visitor.
    pub(super) fn visit(&mut self, path: &str, visitor: &mut impl Visit) -> Outcome {
        let Some(&index) = self.parts.get(&key(path)) else {
            return Outcome::Missing;
        };
        let file = match self.archive.by_index(index) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(why)) => return Outcome::Partial(why.to_owned()),
            Err(error) => return Outcome::Partial(error.to_string()),
        };
        let mut source = Source { inner: file, left: self.budget, fault: None };
        let walked = walk(BufReader::with_capacity(64 << 10, &mut source), visitor);
        self.budget = source.left;
        match (source.fault, walked) {
            (Some(Fault::Limit), _) => Outcome::Limit,
            (Some(Fault::Broken(why)), _) | (None, Err(why)) => Outcome::Partial(why),
            (None, Ok(())) => Outcome::Whole,
        }
    }

    /// The relationships of a part, or of the package for `""`. External ones are left out.
    pub(super) fn relations(&mut self, path: &str) -> Vec<Relation> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let slash = if folder.is_empty() { "" } else { "/" };
        let mut relations = Relations { folder, found: Vec::new() };
        self.visit(&format!("{folder}{slash}_rels/{name}.rels"), &mut relations);
        relations.found
    }
}

fn key(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// Why the bytes of a part ended early.
enum Fault {
    Limit,
    Broken(String),
}

/// Counts what is inflated. A fault ends the bytes and is kept, so that what came before it is
/// still read.
struct Source<R> {
    inner: R,
    left: u64,
    fault: Option<Fault>,
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.fault.is_some() {
            return Ok(0);
        }
        match self.inner.read(buffer) {
            Ok(n) if n as u64 > self.left => {
                self.left = 0;
                self.fault = Some(Fault::Limit);
                Ok(0)
            }
            Ok(n) => {
                self.left -= n as u64;
                Ok(n)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                self.fault = Some(Fault::Broken(format!("its bytes are damaged ({error})")));
                Ok(0)
            }
        }
    }
}

struct Relations<'f> {
    folder: &'f str,
    found: Vec<Relation>,
}

impl Visit for Relations<'_> {
    fn start(&mut self, tag: &Tag<'_>) -> Flow {
        let external = tag.attr("TargetMode").as_deref() == Some("External");
        if tag.name == "Relationship"
            && !external
            && let (Some(kind), Some(target)) = (tag.attr("Type"), tag.attr("Target"))
        {
            self.found.push(Relation {
                id: tag.attr("Id").unwrap_or_default().into_owned(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: resolve(self.folder, &target),
            });
        }
        Flow::Into
    }

    fn end(&mut self, _: Ns, _: &str) {}

    fn text(&mut self, _: &str) {}
}

/// The path of a target that is given relative to a folder.
fn resolve(folder: &str, target: &str) -> String {
    let mut segments: Vec<&str> =
        if target.starts_with('/') { Vec::new() } else { folder.split('/').filter(|s| !s.is_empty()).collect() };
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            other => segments.push(other),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_relative_to_their_part() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "../docProps/core.xml"), "docProps/core.xml");
        assert_eq!(resolve("word", "/word/./a.xml"), "word/a.xml");
        assert_eq!(resolve("", "../../x"), "x");
    }
}
