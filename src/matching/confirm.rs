//! Regular expressions, which confirm what terms found.
//!
//! Comes in: an expression as a rule gives it. Goes out: whether it matches a text. Most texts are
//! told from their words alone: an expression that needs one of some words is not asked where none
//! of them stands. It is put together when it is first asked.

use aho_corasick::AhoCorasick;
use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Hir, HirKind};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// Bytes for the states that an expression remembers, in each thread.
const DFA_BYTES: usize = 16 << 20;

/// A regular expression.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Confirm {
    source: String,
    /// Every text that matches holds one of these; empty where nothing is known.
    needs: Vec<String>,
    #[serde(skip)]
    made: OnceLock<(Option<AhoCorasick>, Option<Regex>)>,
}

impl Confirm {
    /// Looks at an expression.
    pub(super) fn new(source: &str) -> Result<Self, regex::Error> {
        let hir = regex_syntax::parse(source).map_err(|error| regex::Error::Syntax(error.to_string()))?;
        let needs = needs(&hir).unwrap_or_default();
        Ok(Self { source: source.to_owned(), needs, made: OnceLock::new() })
    }

    /// Whether it matches a text. One that would take too much memory matches nothing: loading
    /// refuses it.
    pub(super) fn matches(&self, text: &str) -> bool {
        let (needs, regex) = self.made.get_or_init(|| {
            let needs = (!self.needs.is_empty()).then(|| AhoCorasick::new(&self.needs).ok());
            (needs.flatten(), RegexBuilder::new(&self.source).dfa_size_limit(DFA_BYTES).build().ok())
        });
        needs.as_ref().is_none_or(|needs| needs.is_match(text)) && regex.as_ref().is_some_and(|r| r.is_match(text))
    }
}

impl PartialEq for Confirm {
    fn eq(&self, other: &Self) -> bool {
        (&self.source, &self.needs) == (&other.source, &other.needs)
    }
}

/// Texts one of which is in whatever an expression matches.
fn needs(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(vec![std::str::from_utf8(&literal.0).ok()?.to_owned()]),
        HirKind::Capture(inner) => needs(&inner.sub),
        HirKind::Repetition(repeated) if repeated.min > 0 => needs(&repeated.sub),
        // The one whose shortest text is the longest.
        HirKind::Concat(parts) => {
            let shortest = |texts: &Vec<String>| texts.iter().map(String::len).min().unwrap_or(0);
            parts.iter().filter_map(needs).max_by_key(shortest)
        }
        HirKind::Alternation(choices) => {
            let all: Option<Vec<_>> = choices.iter().map(needs).collect();
            all.map(|all| all.concat())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_expression_needs() {
        for (source, expected) in [
            ("debt advice", &["debt advice"][..]),
            ("^.{0,9}(et al|doi)( [0-9])?$", &["et al", "doi"]),
            ("(a(bc)+|[0-9] de) x+", &["bc", " de"]),
            ("(debt|[a-z]+)", &[]),
            ("[0-9]*", &[]),
        ] {
            assert_eq!(Confirm::new(source).unwrap().needs, expected, "{source}");
        }
        assert!(Confirm::new("(").is_err());
    }

    #[test]
    fn what_it_needs_changes_nothing() {
        let texts = ["smith j et al 12", "et al", "doi 3", "nothing of it", "abcbc x", "4 de xx", ""];
        for source in ["^.{0,9}(et al|doi)( [0-9])?$", "(a(bc)+|[0-9] de) x+", "^$"] {
            let (plain, confirm) = (Regex::new(source).unwrap(), Confirm::new(source).unwrap());
            for text in texts {
                assert_eq!(confirm.matches(text), plain.is_match(text), "{source} on {text}");
            }
        }
    }
}
