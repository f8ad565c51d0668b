//! Sentences and clauses as ranges of tokens.
//!
//! Comes in: the tokens of one passage with the text around them. Goes out: ranges that cover the
//! passage without overlap. It does not parse grammar: a clause ends where a mark or a linking
//! word says so.

use super::fold::Folded;
use std::ops::Range;

/// Words with a full stop that end no sentence, folded.
const ABBREVIATIONS: &[&str] = &[
    "eg", "ie", "etc", "cf", "vs", "no", "nos", "cllr", "cllrs", "dr", "mr", "mrs", "ms", "prof", "st", "rev", "hon",
    "dept", "fig", "figs", "para", "paras", "pp", "p", "vol", "ed", "eds", "al", "approx", "inc", "ltd", "co", "est",
    "min", "max", "ref", "refs", "sec", "ch", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct",
    "nov", "dec", "tel", "ext", "govt", "incl", "excl", "resp", "avg", "sgt", "supt", "gen", "cdr", "rt",
];

/// Words that may end a sentence although they are abbreviations.
const MAY_END: &[&str] = &["etc", "ltd", "co", "inc", "al", "no"];

/// Words that open a clause of their own.
const LINKS: &[&str] = &[
    "but", "although", "though", "whereas", "while", "whilst", "however", "because", "unless", "if", "which", "where",
    "whose", "until",
];

/// Splits the tokens of a passage into sentences, which it adds to `out`.
pub fn sentences(text: &str, folded: &Folded, tokens: Range<usize>, out: &mut Vec<Range<usize>>) {
    let mut start = tokens.start;
    for i in tokens.clone() {
        let end = i + 1;
        if end < tokens.end && ends_sentence(text, folded, i) {
            out.push(start..end);
            start = end;
        }
    }
    if start < tokens.end {
        out.push(start..tokens.end);
    }
}

/// Splits one sentence into clauses, which it adds to `out`.
pub fn clauses(folded: &Folded, sentence: Range<usize>, out: &mut Vec<Range<usize>>) {
    let mut start = sentence.start;
    for i in sentence.clone() {
        let word = folded.word_at(i);
        let cut = if folded.tokens[i].mark {
            matches!(word, ";" | ":" | "-" | "(" | ")")
                || (word == "," && i + 1 < sentence.end && matches!(folded.word_at(i + 1), "and" | "or" | "so" | "yet"))
        } else {
            LINKS.contains(&word)
        };
        if cut && i > start {
            out.push(start..i);
            start = i;
        }
    }
    if start < sentence.end {
        out.push(start..sentence.end);
    }
}

fn ends_sentence(text: &str, folded: &Folded, i: usize) -> bool {
    let mark = folded.word_at(i);
    let token = folded.tokens[i];
    if !token.mark || !matches!(mark, "." | "!" | "?") {
        return false;
    }
    let next = folded.tokens[i + 1];
    let between = text.get(token.span().end..next.span().start).unwrap_or("");
    let closed = folded.tokens[i + 1].mark && matches!(folded.word_at(i + 1), ")" | "\"" | "." | "!" | "?" | ",");
    if closed || !between.contains(char::is_whitespace) {
        return false;
    }
    if mark != "." {
        return true;
    }
    let upper = text.get(next.span().start..).and_then(|t| t.chars().next()).is_some_and(|c| !c.is_lowercase());
    let before = if i == 0 { "" } else { folded.word_at(i - 1) };
    if before.len() == 1 && before.bytes().all(|b| b.is_ascii_alphabetic()) {
        return before == "i" && upper;
    }
    if ABBREVIATIONS.contains(&before) {
        let number = folded.word_at(i + 1).starts_with(|c: char| c.is_ascii_digit());
        return MAY_END.contains(&before) && upper && !number;
    }
    upper || between.contains('\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;

    fn split(text: &str) -> Vec<&str> {
        let mut folded = Folded::default();
        let tokens = folded.push(text, Span::new(0, text.len()));
        let mut out = Vec::new();
        sentences(text, &folded, tokens, &mut out);
        out.into_iter().map(|r| folded.span(r).of(text)).collect()
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        for (text, want) in [
            ("We act. It works.", vec!["We act.", "It works."]),
            ("Cllr. Smith leads it. She reports.", vec!["Cllr. Smith leads it.", "She reports."]),
            ("Costs rise, e.g. Fuel and food. We help.", vec!["Costs rise, e.g. Fuel and food.", "We help."]),
            ("See No. 12 on the list. Then act.", vec!["See No. 12 on the list.", "Then act."]),
            ("It fell from 12.5 to 9.1. Good!", vec!["It fell from 12.5 to 9.1.", "Good!"]),
            ("Is it fair? We think so.", vec!["Is it fair?", "We think so."]),
            ("It helps (see A. Brown). We agree.", vec!["It helps (see A. Brown).", "We agree."]),
            ("Food, fuel, etc. Partners agree.", vec!["Food, fuel, etc.", "Partners agree."]),
            ("Open a hub", vec!["Open a hub"]),
        ] {
            assert_eq!(split(text), want, "{text}");
        }
    }

    #[test]
    fn clauses_part_at_links() {
        let text = "We will fund advice, but there is no budget; partners agree, and the board reports";
        let mut folded = Folded::default();
        let tokens = folded.push(text, Span::new(0, text.len()));
        let mut out = Vec::new();
        clauses(&folded, tokens, &mut out);
        let parts: Vec<_> = out.into_iter().map(|r| folded.slice(r).to_owned()).collect();
        assert_eq!(
            parts,
            ["we will fund advice ,", "but there is no budget", "; partners agree", ", and the board reports"]
        );
    }
}
