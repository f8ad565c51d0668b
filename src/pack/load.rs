//! Folders of rule files, or the rules compiled in, to a [`Library`] that is checked whole.
//!
//! Comes in: paths or texts. Goes out: everything that matching needs, or everything that is
//! wrong. It does not run the rules' own tests.

use super::check::{Shelved, check};
use super::code::Code;
use super::error::{Diagnostic, PackErrors};
use super::lower::{Part, Role, lower, meant};
use super::schema::PackFile;
use super::source::{self, SourceFile};
use super::{Calibration, Concept, Criterion, Cues, Lexicon, RulePack};
use rayon::prelude::*;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Packs in use, with what they share.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The built-in ones first.
    pub packs: Vec<Arc<RulePack>>,
    /// Concepts that every pack sees.
    pub lexicon: Lexicon,
    /// Cues, sections, columns and the words of slots.
    pub cues: Cues,
    /// SHA-256 over all files in use, in hexadecimal.
    pub hash: String,
    /// Whether every pack that the shared concepts were written for is here.
    pub whole: bool,
    /// The files in use; set where they are not those of the program.
    pub(super) sources: OnceLock<Vec<SourceFile>>,
}

/// Whether packs of one's own come beside the built-in ones or instead of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Own {
    /// All are used.
    #[default]
    Beside,
    /// Only one's own. They still see the shared lexicon and cues, unless the folder has its own.
    Instead,
}

impl Library {
    /// The rules that the program brings.
    ///
    /// # Errors
    /// All faults of the files; none in a released program.
    pub fn builtin() -> Result<Self, PackErrors> {
        Self::stored().map_or_else(Self::of_rule_files, Ok)
    }

    /// The same, from the rule files.
    ///
    /// # Errors
    /// All faults of the files.
    pub fn of_rule_files() -> Result<Self, PackErrors> {
        assemble(vec![source::embedded()], true)
    }

    /// The files in use, for pictures of faults.
    #[must_use]
    pub fn sources(&self) -> &[SourceFile] {
        self.sources.get_or_init(source::embedded)
    }

    /// The packs of a folder: one pack, or a folder of packs that may have `lexicon` and `cues`.
    ///
    /// # Errors
    /// All faults of the files.
    pub fn with_dir(dir: &Path, own: Own) -> Result<Self, PackErrors> {
        Self::with_dirs(&[dir], own)
    }

    /// The packs of several folders.
    ///
    /// # Errors
    /// All faults of the files.
    pub fn with_dirs<P: AsRef<Path>>(dirs: &[P], own: Own) -> Result<Self, PackErrors> {
        let (mut batches, mut faults) = (vec![source::embedded()], Vec::new());
        for dir in dirs {
            match source::read(dir.as_ref()) {
                Ok(files) => {
                    if !files.iter().any(|file| file.split().1 == "pack.toml") {
                        let reason = "no pack.toml is in this folder or in a folder in it".to_owned();
                        let remedy = "name the folder of a pack, or a folder of such folders".to_owned();
                        faults.push(source::fault(Code::NoPack, &dir.as_ref().to_string_lossy(), reason, remedy));
                    }
                    batches.push(files);
                }
                Err(more) => faults.extend(more),
            }
        }
        if !faults.is_empty() {
            return Err(PackErrors(faults));
        }
        let mut whole = true;
        if own == Own::Instead {
            let has = |folder: &str| batches[1..].iter().flatten().any(|file| file.split().0 == folder);
            let replaced: Vec<&str> = ["lexicon", "cues"].into_iter().filter(|folder| has(folder)).collect();
            whole = replaced.contains(&"lexicon");
            let shared = |file: &SourceFile| {
                let folder = file.split().0;
                matches!(folder, "lexicon" | "cues") && !replaced.contains(&folder)
            };
            batches[0].retain(shared);
        }
        assemble(batches, whole)
    }

    /// The packs of files that lie nowhere, and nothing else.
    ///
    /// # Errors
    /// All faults of the files.
    pub fn from_files(files: Vec<SourceFile>) -> Result<Self, PackErrors> {
        assemble(vec![files], true)
    }

    /// The concept that a name stands for in the terms of a pack. Shared concepts and cues see only
    /// shared ones: `self.lexicon`.
    #[must_use]
    pub fn concept<'a>(&'a self, pack: &'a RulePack, name: &str) -> Option<&'a Concept> {
        pack.lexicon.concepts.get(name).or_else(|| self.lexicon.concepts.get(name))
    }
}

fn assemble(batches: Vec<Vec<SourceFile>>, whole: bool) -> Result<Library, PackErrors> {
    let mut faults = Vec::new();
    let placed = shelve(batches, &mut faults);
    let mut files: Vec<Shelved> = placed
        .into_par_iter()
        .map(|(file, role, pack)| Shelved { lowered: lower(&file, role), file, role, pack })
        .collect();
    faults.extend(check(&files));
    let sources: Vec<SourceFile> = files.iter().map(|shelved| shelved.file.clone()).collect();
    faults.extend(files.iter_mut().flat_map(|shelved| std::mem::take(&mut shelved.lowered.faults)));
    let mut library = build(Library { whole, ..Library::default() }, files, &mut faults);
    library.hash = source::hash(&sources, &library.packs);
    library.sources = sources.into();
    if faults.is_empty() {
        return Ok(library);
    }
    let order = |fault: &Diagnostic| (fault.file.clone(), fault.place.as_ref().map(|p| p.span.start), fault.code);
    faults.sort_by_cached_key(order);
    faults.dedup();
    Err(PackErrors(faults))
}

/// Gives every file its role and pack: the files of each pack in their order, packs by folder.
fn shelve(batches: Vec<Vec<SourceFile>>, faults: &mut Vec<Diagnostic>) -> Vec<(SourceFile, Role, Option<usize>)> {
    let (mut placed, mut packs) = (Vec::new(), 0);
    for mut files in batches {
        files.sort_by_cached_key(|file| natural(&file.path));
        let folders: Vec<String> =
            files.iter().filter(|f| f.split().1 == "pack.toml").map(|f| f.split().0.to_owned()).collect();
        for file in files {
            let (folder, name) = file.split();
            let pack = folders.iter().position(|f| f == folder).map(|at| packs + at);
            let role = match (pack, folder, name) {
                (Some(_), _, "pack.toml") => Role::Pack,
                (Some(_), _, "lexicon.toml") => Role::Lexicon,
                (Some(_), _, "calibration.toml") => Role::Calibration,
                (Some(_), _, _) => Role::Criterion,
                (None, "lexicon", _) => Role::Lexicon,
                (None, "cues", _) => Role::Cues,
                (None, _, _) => {
                    let reason = "this file belongs to no pack".to_owned();
                    let remedy = "put it beside a pack.toml, into lexicon/ or into cues/".to_owned();
                    faults.push(file.whole_fault(Code::StrayFile, reason, remedy));
                    continue;
                }
            };
            placed.push((file, role, pack));
        }
        packs += folders.len();
    }
    placed
}

/// What a pack is made of, while it is.
#[derive(Default)]
struct Parts {
    head: Option<(SourceFile, Box<PackFile>)>,
    criteria: Vec<(String, Criterion)>,
    lexicon: Lexicon,
    calibration: Option<Calibration>,
    broken: bool,
}

fn build(mut library: Library, files: Vec<Shelved>, faults: &mut Vec<Diagnostic>) -> Library {
    let mut packs: Vec<Parts> = Vec::new();
    packs.resize_with(files.iter().filter_map(|f| f.pack).max().map_or(0, |most| most + 1), Parts::default);
    for Shelved { file, pack, lowered, .. } in files {
        let pack = pack.and_then(|at| packs.get_mut(at));
        match (lowered.part, pack) {
            (Some(Part::Lexicon(concepts)), None) => library.lexicon.concepts.extend(concepts),
            (Some(Part::Cues(part)), None) => {
                library.cues.cues.extend(part.cues);
                library.cues.sections.extend(part.sections);
                library.cues.columns.extend(part.columns);
                library.cues.slots.extend(part.slots);
            }
            (Some(Part::Lexicon(concepts)), Some(pack)) => pack.lexicon.concepts.extend(concepts),
            (Some(Part::Pack(head)), Some(pack)) => pack.head = Some((file, head)),
            (Some(Part::Calibration(calibration)), Some(pack)) => pack.calibration = Some(*calibration),
            (Some(Part::Criterion(criterion)), Some(pack)) => {
                pack.criteria.push((file.split().1.to_owned(), *criterion));
            }
            (None, Some(pack)) => pack.broken = true,
            (_, None) => {}
            (Some(Part::Cues(_)), Some(_)) => {}
        }
    }
    library.packs = packs.into_iter().filter_map(|parts| parts.pack(faults)).map(Arc::new).collect();
    library
}

impl Parts {
    fn pack(self, faults: &mut Vec<Diagnostic>) -> Option<RulePack> {
        let Parts { head, mut criteria, lexicon, calibration, broken } = self;
        let (file, head) = head?;
        if criteria.is_empty() && !broken {
            let reason = format!("the pack `{}` has no criteria", head.id.get_ref());
            let remedy = "put a file with a criterion beside pack.toml".to_owned();
            faults.push(file.fault(Code::Hollow, head.id.span(), reason, remedy));
        }
        let stem = |name: &str| name.strip_suffix(".toml").unwrap_or(name).to_owned();
        for named in head.order.iter().filter(|_| !broken) {
            let name = stem(named.get_ref());
            if !criteria.iter().any(|(file, _)| stem(file) == name) {
                let files: Vec<String> = criteria.iter().map(|(file, _)| stem(file)).collect();
                let remedy = meant(&name, files.iter().map(String::as_str))
                    .unwrap_or_else(|| format!("the files are: {}", files.join(", ")));
                let reason = format!("the pack has no file `{name}.toml`");
                faults.push(file.fault(Code::UnknownFile, named.span(), reason, remedy));
            }
        }
        let place = |file: &str| head.order.iter().position(|named| stem(named.get_ref()) == stem(file));
        criteria.sort_by_key(|(file, _)| place(file).unwrap_or(usize::MAX));
        let model = head.model.as_ref().and_then(|named| {
            let read = source::model(&file, named.get_ref());
            let remedy = || "put the model there, or leave the key `model` out".to_owned();
            let fault =
                |why| file.fault(Code::Unreadable, named.span(), format!("the model cannot be read: {why}"), remedy());
            read.map_err(|why| faults.push(fault(why))).ok()
        });
        let PackFile { id, title, version, source, summary, by_default, not_assessable, .. } = *head;
        Some(RulePack {
            id: id.into_inner(),
            title,
            version,
            source,
            summary,
            by_default,
            criteria: criteria.into_iter().map(|(_, criterion)| criterion).collect(),
            not_assessable,
            lexicon,
            calibration,
            model,
        })
    }
}

/// Sorts `p2` before `p10`.
fn natural(path: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let text = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let digits = rest[text..].bytes().take_while(u8::is_ascii_digit).count();
        let number = rest[text..text + digits].parse().unwrap_or(0);
        parts.push((rest[..text].to_owned(), number));
        rest = &rest[text + digits..];
    }
    parts
}
