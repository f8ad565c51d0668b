//! The scan against a plain search that tries every word.

use super::*;
use crate::pack::{Element, Term, WordPattern};
use crate::segment::Folded;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Every place of a term in a sentence, by trying every word.
fn plain(folded: &Folded, bounds: Range<usize>, term: &Term) -> BTreeSet<(usize, usize)> {
    let mut out = BTreeSet::new();
    for alternative in term.alternatives() {
        for start in bounds.clone() {
            ends(folded, &bounds, &alternative, start, start, &mut out);
        }
    }
    out
}

fn ends(
    folded: &Folded,
    bounds: &Range<usize>,
    rest: &[Element],
    start: usize,
    at: usize,
    out: &mut BTreeSet<(usize, usize)>,
) {
    match rest {
        [] => {
            out.insert((start, at));
        }
        [Element::Gap(words), rest @ ..] => {
            let mut left = *words;
            let mut next = at;
            loop {
                ends(folded, bounds, rest, start, next, out);
                if next >= bounds.end || matches!(folded.word_at(next), ";" | "|") {
                    return;
                }
                if !folded.tokens[next].mark {
                    let Some(fewer) = left.checked_sub(1) else { return };
                    left = fewer;
                }
                next += 1;
            }
        }
        [Element::Word(pattern), rest @ ..] => {
            let word = folded.word_at(at);
            let fits = match pattern {
                WordPattern::Exact(exact) => word == exact,
                WordPattern::Prefix(stem) => word.starts_with(stem.as_str()),
            };
            if at < bounds.end && fits && !folded.tokens[at].mark {
                ends(folded, bounds, rest, start, at + 1, out);
            }
        }
        _ => {}
    }
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "ab", "abc", "b", "ba", "c", "ca"]).prop_map(str::to_owned)
}

fn term() -> impl Strategy<Value = String> {
    let step = (word(), prop::sample::select(vec![" ", " ", "* ", " ... ", " ~1 ", "* ~2 "]));
    (prop::collection::vec(step, 0..4), word(), prop::sample::select(vec!["", "*"])).prop_map(|(steps, last, star)| {
        let mut out = String::new();
        for (word, join) in steps {
            out += &word;
            out += join;
        }
        out + &last + star
    })
}

fn text() -> impl Strategy<Value = String> {
    let piece =
        (word(), prop::sample::select(vec![" ", " ", " ", " ", ", ", "; ", ". ", " (", ") ", ": ", " - ", ". A"]));
    prop::collection::vec(piece, 1..40)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(word, join)| [word, join.to_owned()]).collect())
}

/// Every place of a term in a text, as the scan has it.
fn found(matcher: &Matcher, s: &Segmented<'_>, rule: usize) -> BTreeSet<(usize, usize)> {
    let trace = matcher.trace(s, 0, RuleId(u32::try_from(rule).expect("small")));
    trace.items[0].found.iter().map(|f| (f.start, f.end)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn same_places_as_a_plain_search(terms in prop::collection::vec(term(), 1..6), text in text()) {
        let rules: String = terms.iter().enumerate().map(|(i, t)| rule(&format!("r{i}"), &format!("all = ['{t}']"))).collect();
        let matcher = compile("", "", &rules);
        let document = paragraph(&text);
        let s = segment(&document);
        let hits = matcher.scan(&s);
        for (i, written) in terms.iter().enumerate() {
            let term = Term::parse(written).expect("parses");
            let want: BTreeSet<_> =
                s.passages[0].sentences.iter().flat_map(|b| plain(&s.folded, b.clone(), &term)).collect();
            prop_assert_eq!(&found(&matcher, &s, i), &want, "{} in {}", written, text);
            let fired: Vec<_> = hits[0].rules.iter().filter(|h| h.rule.index() == i).collect();
            let least = want.iter().map(|(a, b)| b - a).min();
            prop_assert_eq!(fired.first().map(|h| h.tokens.len()), least, "{} in {}", written, text);
        }
    }

    /// A concept of terms inside a term finds what the terms written out find.
    #[test]
    fn concepts_are_their_terms(a in term(), b in term(), head in word(), text in text()) {
        let lexicon = format!("[concept.x]\nabout = \"x\"\nterms = ['{a}', '{b}']");
        let rules = format!("{}{}", rule("c", &format!("all = ['{head} ~2 @x']")), rule("w", &format!("all = ['{head} ~2 ({a}|{b})']")));
        let matcher = compile(&lexicon, "", &rules);
        let document = paragraph(&text);
        let s = segment(&document);
        prop_assert_eq!(found(&matcher, &s, 0), found(&matcher, &s, 1), "{} | {} in {}", a, b, text);
    }

    #[test]
    fn any_text_is_scanned(blocks in prop::collection::vec((0u8..5, "\\PC{0,60}"), 0..12)) {
        let mut document = Document::default();
        let l = Locator::default();
        for (kind, text) in &blocks {
            match kind {
                0 => drop(document.push(BlockKind::Heading { level: 1 }, text, l, None)),
                1 => drop(document.push(BlockKind::ListItem { depth: 0 }, text, l, None)),
                2 => drop(document.push_row(0, text.len() % 2 == 0, &[text, "£5m", text], l, None)),
                _ => drop(document.push(BlockKind::Paragraph, text, l, None)),
            }
        }
        let slots = ["money", "staff", "date", "percent", "number", "change", "body", "place", "group"];
        let rules: String = slots.iter().map(|n| rule(n, &format!("any = ['@@{n}', 'a* ... b*']"))).collect();
        let matcher = compile("", "", &rules);
        let s = segment(&document);
        let hits = matcher.scan(&s);
        prop_assert_eq!(hits.len(), s.passages.len());
        for (passage, hits) in s.passages.iter().zip(&hits) {
            for hit in &hits.rules {
                prop_assert!(passage.tokens.start <= hit.tokens.start && hit.tokens.end <= passage.tokens.end);
                prop_assert!(!hit.tokens.is_empty());
            }
        }
        prop_assert_eq!(hits, matcher.scan(&s));
    }
}
