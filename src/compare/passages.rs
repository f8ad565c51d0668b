//! Passages of two drafts side by side: kept, moved, reworded, gone, new.
//!
//! Comes in: what each draft shows for one facet, and where it can be had the whole text of each.
//! Goes out: [`PassageChange`]s. Turned round, the two drafts give the same pairs turned round.

use super::diff::{ALIKE, Bag, changed};
use super::{Fate, PassageChange, Shown};
use crate::assess::{Cited, FacetAssessment, Verdict};
use crate::segment::{fingerprint, words};
use std::collections::BTreeSet;

/// A passage of a draft with what is known of it.
#[derive(Clone, Debug)]
pub struct Text {
    shown: Shown,
    hash: String,
    bag: Bag,
    /// It proves the facet, or may.
    bears: bool,
}

impl Text {
    /// A passage of which nothing but its place is known.
    #[must_use]
    pub fn new(quote: &str, page: Option<u32>, page_label: Option<String>, headings: Vec<String>) -> Self {
        let shown = Shown { quote: quote.to_owned(), page, page_label, headings, ..Shown::default() };
        Self::of(shown, false)
    }

    fn of(shown: Shown, bears: bool) -> Self {
        Self { hash: fingerprint(&shown.quote), bag: Bag::of(&words(&shown.quote)), shown, bears }
    }

    fn cited(cited: &Cited, level: u8, counts: bool, why: &str, bears: bool) -> Self {
        let shown = Shown {
            quote: cited.quote.clone(),
            page: cited.page,
            page_label: cited.page_label.clone(),
            headings: cited.headings.clone(),
            level: Some(level),
            counts,
            why: (!why.is_empty()).then(|| why.to_owned()),
            changed: Vec::new(),
        };
        Self::of(shown, bears)
    }

    /// Everything that a report shows for a facet: evidence, then what comes near.
    fn all_of(facet: &FacetAssessment) -> Vec<Self> {
        let evidence = facet.evidence.iter().map(|e| Self::cited(&e.cited, e.level, true, "", true));
        let check = facet.verdict == Verdict::Check;
        let nearest = facet.nearest.iter().map(|n| Self::cited(&n.cited, n.level, false, &n.why, check));
        evidence.chain(nearest).collect()
    }
}

/// The whole text of a draft, passage by passage.
#[derive(Debug)]
pub(super) struct Draft {
    texts: Vec<Text>,
    hashes: BTreeSet<String>,
}

impl Draft {
    pub(super) fn new(texts: Vec<Text>) -> Self {
        let hashes = texts.iter().map(|t| t.hash.clone()).collect();
        Self { texts, hashes }
    }
}

/// The whole text of two drafts, where it is at hand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Whole<'t> {
    pub(super) old: Option<&'t Draft>,
    pub(super) new: Option<&'t Draft>,
}

/// Whether a passage stands word for word in a draft: then it is no rewording of another there.
fn stands(text: &Text, draft: Option<&Draft>) -> bool {
    draft.is_some_and(|d| d.hashes.contains(&text.hash))
}

/// What became of every passage that bears one facet in either draft.
pub(super) fn compare(old: &FacetAssessment, new: &FacetAssessment, whole: Whole<'_>) -> Vec<PassageChange> {
    let (old, new) = (Text::all_of(old), Text::all_of(new));
    let mut out = Vec::new();
    let mut partner = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    for (i, j) in pairs(&old, &new, whole) {
        partner[i] = Some(j);
        taken[j] = true;
    }
    for (text, partner) in old.iter().zip(&partner) {
        match partner {
            Some(j) if text.bears || new[*j].bears => out.push(pair(text, &new[*j])),
            None if text.bears => out.push(match whole.new.and_then(|all| find(text, all, whole.old)) {
                Some(found) => pair(text, found),
                None => PassageChange { fate: Fate::Gone, old: Some(text.shown.clone()), new: None },
            }),
            _ => {}
        }
    }
    for (text, _) in new.iter().zip(&taken).filter(|(text, taken)| text.bears && !**taken) {
        out.push(match whole.old.and_then(|all| find(text, all, whole.new)) {
            Some(found) => pair(found, text),
            None => PassageChange { fate: Fate::New, old: None, new: Some(text.shown.clone()) },
        });
    }
    out
}

/// Pairs of the most alike passages, each in one pair at most.
fn pairs(old: &[Text], new: &[Text], whole: Whole<'_>) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for (i, a) in old.iter().enumerate() {
        for (j, b) in new.iter().enumerate() {
            let likeness = match a.hash == b.hash {
                true => 2000,
                false if stands(a, whole.new) || stands(b, whole.old) => 0,
                false => a.bag.likeness(&b.bag),
            };
            if likeness >= ALIKE {
                all.push((likeness, i, j));
            }
        }
    }
    // Ties are broken by what does not change when old and new change places.
    all.sort_by_key(|&(likeness, i, j)| (std::cmp::Reverse(likeness), i + j, i.abs_diff(j)));
    let (mut used_old, mut used_new, mut out) = (vec![false; old.len()], vec![false; new.len()], Vec::new());
    for (_, i, j) in all {
        if !used_old[i] && !used_new[j] {
            (used_old[i], used_new[j]) = (true, true);
            out.push((i, j));
        }
    }
    out
}

/// The same passage in a whole text: word for word if it is there, below the same headings first;
/// else the most alike that its own draft does not have.
fn find<'t>(text: &Text, other: &'t Draft, own: Option<&Draft>) -> Option<&'t Text> {
    let all = &other.texts;
    let same = || all.iter().filter(|t| t.hash == text.hash);
    if let Some(found) = same().find(|t| place(t) == place(text)).or_else(|| same().next()) {
        return Some(found);
    }
    let alike = all.iter().filter(|t| !stands(t, own));
    let alike = alike.map(|t| (text.bag.likeness(&t.bag), t)).filter(|(likeness, _)| *likeness >= ALIKE);
    // The first of the most alike: `max_by_key` would take the last.
    alike.rev().max_by_key(|(likeness, _)| *likeness).map(|(_, t)| t)
}

fn place(text: &Text) -> Vec<Vec<String>> {
    text.shown.headings.iter().map(|h| words(h)).collect()
}

fn pair(old: &Text, new: &Text) -> PassageChange {
    let (mut a, mut b) = (old.shown.clone(), new.shown.clone());
    let fate = if old.hash != new.hash {
        (a.changed, b.changed) = changed(&a.quote, &b.quote);
        Fate::Reworded
    } else if place(old) == place(new) {
        Fate::Same
    } else {
        Fate::Moved
    };
    PassageChange { fate, old: Some(a), new: Some(b) }
}
