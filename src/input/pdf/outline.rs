//! The outline (bookmarks) of a file: the titles of its sections with their depth.
//!
//! Comes in: the catalogue. Goes out: [`Outline`], which tells the level of a heading by its words.
//! Where a bookmark leads is not looked at.

use super::info::decode;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, ObjectIdentifier, String as Bytes};
use std::collections::{HashMap, HashSet};

/// Most bookmarks that are read.
const MAX_ENTRIES: usize = 20_000;
/// Most levels of bookmarks.
const MAX_DEPTH: u8 = 9;

/// The titles of an outline, figures and letters alone, with their level from 1.
#[derive(Debug, Default)]
pub(super) struct Outline {
    levels: HashMap<String, u8>,
}

impl Outline {
    /// The level of the section with such a title.
    pub fn level(&self, title: &str) -> Option<u8> {
        if self.levels.is_empty() {
            return None;
        }
        self.levels.get(&folded(title)).copied()
    }
}

/// The letters and figures of a title, in lower case.
fn folded(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The outline of a file; empty where it has none.
pub(super) fn read(pdf: &Pdf, catalog: &Dict<'_>) -> Outline {
    let mut outline = Outline::default();
    let Some(root) = catalog.get::<Dict<'_>>("Outlines") else { return outline };
    let mut seen: HashSet<ObjectIdentifier> = HashSet::new();
    let mut open: Vec<(ObjectIdentifier, u8)> = root.get_ref("First").map(|id| (id.into(), 1)).into_iter().collect();
    while let Some((id, level)) = open.pop() {
        if seen.len() >= MAX_ENTRIES || !seen.insert(id) {
            continue;
        }
        let Some(entry) = pdf.xref().get::<Dict<'_>>(id) else { continue };
        if let Some(title) = entry.get::<Bytes<'_>>("Title") {
            let title = folded(&decode(title.as_bytes()));
            if title.len() >= 3 {
                outline.levels.entry(title).and_modify(|l| *l = level.min(*l)).or_insert(level);
            }
        }
        open.extend(entry.get_ref("Next").map(|next| (next.into(), level)));
        if level < MAX_DEPTH {
            open.extend(entry.get_ref("First").map(|first| (first.into(), level + 1)));
        }
    }
    outline
}
