//! What terms have to do with each other.

use crate::pack::{Condition, Element, Library, RulePack, Term, WordPattern};
use std::collections::{HashMap, HashSet};

/// Letters before `*` from which a word is worth searching for.
const ANCHOR: usize = 3;

/// Whether two terms stand for the same words.
pub(super) fn same(a: &Term, b: &Term) -> bool {
    let (a, b) = (a.alternatives(), b.alternatives());
    a.len() == b.len() && a.iter().collect::<HashSet<_>>() == b.iter().collect::<HashSet<_>>()
}

/// Whether a term is only the first letter of a word.
pub(super) fn broad(term: &Term) -> bool {
    let broad = |e: &Element| matches!(e, Element::Word(WordPattern::Prefix(stem)) if stem.chars().count() < 2);
    term.alternatives().iter().any(|a| a.len() == 1 && a.iter().all(broad))
}

/// The terms that find nothing more than another one, with that one. Of two that are the same, the
/// later one.
pub(super) fn covered(terms: &[Term]) -> Vec<(&Term, &Term)> {
    let mut index: HashMap<&str, Vec<(usize, &[Element])>> = HashMap::new();
    let all: Vec<_> = terms.iter().map(Term::alternatives).collect();
    for (at, alternatives) in all.iter().enumerate() {
        for alternative in alternatives {
            let Some(first) = alternative.first() else { continue };
            index.entry(key(first)).or_default().push((at, alternative));
        }
    }
    let mut covered = Vec::new();
    for (at, term) in terms.iter().enumerate() {
        let mut by: Option<HashSet<usize>> = None;
        for alternative in &all[at] {
            let found = within(alternative, &index);
            by = Some(by.map_or_else(|| found.clone(), |by| by.intersection(&found).copied().collect()));
            if by.as_ref().is_some_and(|by| by.iter().all(|other| *other == at)) {
                break;
            }
        }
        let mut others: Vec<usize> = by.into_iter().flatten().filter(|other| *other != at).collect();
        others.sort_unstable();
        // Of two that cover each other only the later one is told.
        if let Some(other) = others.into_iter().find(|other| *other < at || !same(term, &terms[*other])) {
            covered.push((term, &terms[other]));
        }
    }
    covered
}

/// The terms one of whose alternatives stands inside of `words`.
fn within(words: &[Element], index: &HashMap<&str, Vec<(usize, &[Element])>>) -> HashSet<usize> {
    let mut found = HashSet::new();
    for start in 0..words.len() {
        for key in keys(&words[start]) {
            for (term, alternative) in index.get(key).into_iter().flatten() {
                let rest = &words[start..];
                let here = alternative.len() <= rest.len() && alternative.iter().zip(rest).all(|(a, b)| covers(a, b));
                if here {
                    found.insert(*term);
                }
            }
        }
    }
    found
}

/// Whether everything that `b` finds is found by `a`.
fn covers(a: &Element, b: &Element) -> bool {
    match (a, b) {
        (Element::Word(WordPattern::Prefix(stem)), Element::Word(word)) => word.text().starts_with(stem.as_str()),
        (Element::Gap(a), Element::Gap(b)) => a >= b,
        _ => a == b,
    }
}

fn key(element: &Element) -> &str {
    match element {
        Element::Word(word) => word.text(),
        Element::Concept(name) | Element::Slot(name) => name,
        Element::Gap(_) => "",
    }
}

/// The keys under which an element that covers this one may stand.
fn keys(element: &Element) -> Vec<&str> {
    match element {
        Element::Word(word) => {
            let text = word.text();
            text.char_indices().skip(1).map(|(at, _)| &text[..at]).chain(std::iter::once(text)).collect()
        }
        other => vec![key(other)],
    }
}

/// Tells whether there are words by which a condition can be found.
pub(super) struct Anchors<'a> {
    pub library: &'a Library,
    pub pack: Option<&'a RulePack>,
}

impl Anchors<'_> {
    pub(super) fn condition(&self, condition: &Condition) -> bool {
        let anchored = |term: &Term| self.term(term, 0);
        let any = !condition.any.is_empty() && condition.any.iter().all(anchored);
        any || condition.all.iter().any(anchored)
    }

    fn term(&self, term: &Term, depth: usize) -> bool {
        term.alternatives().iter().all(|words| words.iter().any(|element| self.element(element, depth)))
    }

    fn element(&self, element: &Element, depth: usize) -> bool {
        match element {
            Element::Word(WordPattern::Exact(_)) => true,
            Element::Word(WordPattern::Prefix(stem)) => stem.chars().count() >= ANCHOR,
            Element::Slot(name) => matches!(name.as_str(), "body" | "place" | "group"),
            Element::Gap(_) => false,
            // Concepts in concepts are followed some way; beyond, they are taken to have words.
            Element::Concept(_) if depth > 3 => true,
            Element::Concept(name) => {
                let own = self.pack.and_then(|pack| pack.lexicon.concepts.get(name));
                let concept = own.or_else(|| self.library.lexicon.concepts.get(name));
                concept.is_none_or(|c| c.terms.iter().all(|term| self.term(term, depth + 1)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(written: &[&str]) -> Vec<(String, String)> {
        let terms: Vec<Term> = written.iter().map(|w| Term::parse(w).expect("a term")).collect();
        covered(&terms).into_iter().map(|(a, b)| (a.written.clone(), b.written.clone())).collect()
    }

    #[test]
    fn covered_terms() {
        let pair = |a: &str, b: &str| vec![(a.to_owned(), b.to_owned())];
        assert_eq!(told(&["debt advice", "debt"]), pair("debt advice", "debt"));
        assert_eq!(told(&["debt", "Debt"]), pair("Debt", "debt"));
        assert_eq!(told(&["depriv*", "most deprived areas"]), pair("most deprived areas", "depriv*"));
        assert_eq!(told(&["(debt|money) advice", "money advice"]), pair("money advice", "(debt|money) advice"));
        assert_eq!(told(&["well-being", "wellbeing"]), pair("wellbeing", "well-being"));
        assert_eq!(told(&["a ... b", "a ~2 b"]), pair("a ~2 b", "a ... b"));
        assert!(told(&["(debt|rent) arrears", "debt", "@debt", "@@money", "a ~2 debts"]).is_empty());
        assert!(told(&["deb", "debt", "in debt*"]).is_empty());
    }
}
