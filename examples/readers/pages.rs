//! The order of text by its place on the page, against the order of the authors' own tags.
//!
//! Comes in: the bytes of a tagged PDF file. Goes out: for each page how far the two agree. Pages
//! of few words are left out, as are pages whose tags were not heeded.

use crate::words;
use goldthread::document::{BlockKind, Document};
use goldthread::input::{self, ReadOptions};
use std::collections::BTreeMap;

/// Least words of a page that is compared.
const LEAST: usize = 30;

/// Each page with the agreement in order, from 0 to 1; nothing for a file without tags.
pub fn by_place(bytes: &[u8]) -> Vec<(u32, f64)> {
    let read = |tags| input::read(bytes, &ReadOptions { tags, ..ReadOptions::default() });
    let (Ok(tagged), Ok(placed)) = (read(true), read(false)) else { return Vec::new() };
    let (tagged, placed) = (pages(&tagged), pages(&placed));
    if tagged == placed {
        return Vec::new();
    }
    let both =
        tagged.iter().filter_map(|(page, text)| Some((*page, words::words(text), words::words(placed.get(page)?))));
    both.filter(|(_, theirs, _)| theirs.len() >= LEAST)
        .map(|(page, theirs, ours)| (page, words::order(&ours, &theirs)))
        .collect()
}

/// The body text of each page, notes left out: tags may put them behind the words that refer to them
/// or at the foot of the page.
fn pages(document: &Document) -> BTreeMap<u32, String> {
    let mut out: BTreeMap<u32, String> = BTreeMap::new();
    for block in document.blocks.iter().filter(|block| super::is_body(block) && block.kind != BlockKind::Footnote) {
        if let Some(page) = block.locator.page {
            let text = out.entry(page).or_default();
            text.push_str(document.text_of(block));
            text.push('\n');
        }
    }
    out
}
