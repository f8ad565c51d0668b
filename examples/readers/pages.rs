//! The order of text by its place on the page, against the order of the authors' own tags.
//!
//! Comes in: the bytes of a tagged PDF file. Goes out: for each page how far the two agree. Pages
//! of few words are left out, as are pages whose tags were not heeded.

use crate::words;
use goldthread::document::{Block, BlockKind, Document};
use goldthread::input::{self, ReadOptions};
use std::collections::BTreeMap;

/// Least words of a page that is compared.
const LEAST: usize = 30;

/// How far the order of a page agrees, from 0 to 1.
pub struct Agreed {
    /// The page, counted from 1.
    pub page: u32,
    /// Notes left out: tags may put them behind the words that refer to them or at the foot of the page.
    pub body: f64,
    /// Notes included.
    pub all: f64,
}

/// Each page with its agreement in order; nothing for a file without tags.
pub fn by_place(bytes: &[u8]) -> Vec<Agreed> {
    let read = |tags| input::read(bytes, &ReadOptions { tags, ..ReadOptions::default() });
    let (Ok(tagged), Ok(placed)) = (read(true), read(false)) else { return Vec::new() };
    let all = orders(&tagged, &placed, super::is_body);
    let mut body = orders(&tagged, &placed, |block| super::is_body(block) && block.kind != BlockKind::Footnote);
    let agreed = |(page, all)| Some(Agreed { page, body: body.remove(&page)?, all });
    all.into_iter().filter_map(agreed).collect()
}

/// For each page how far the order of the blocks that are wanted agrees; nothing where all agree.
fn orders(tagged: &Document, placed: &Document, wanted: fn(&Block) -> bool) -> BTreeMap<u32, f64> {
    let (tagged, placed) = (pages(tagged, wanted), pages(placed, wanted));
    if tagged == placed {
        return BTreeMap::new();
    }
    let both =
        tagged.iter().filter_map(|(page, text)| Some((*page, words::words(text), words::words(placed.get(page)?))));
    both.filter(|(_, theirs, _)| theirs.len() >= LEAST)
        .map(|(page, theirs, ours)| (page, words::order(&ours, &theirs)))
        .collect()
}

/// The text of each page, of the blocks that are wanted.
fn pages(document: &Document, wanted: fn(&Block) -> bool) -> BTreeMap<u32, String> {
    let mut out: BTreeMap<u32, String> = BTreeMap::new();
    for block in document.blocks.iter().filter(|block| wanted(block)) {
        if let Some(page) = block.locator.page {
            let text = out.entry(page).or_default();
            text.push_str(document.text_of(block));
            text.push('\n');
        }
    }
    out
}
