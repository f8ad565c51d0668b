//! What a rule author should look at though it loads.
//!
//! Comes in: a [`Library`]. Goes out: warnings with codes, in the order of files and places. It
//! runs no rule; whether a rule finds what it should, its own tests say.

mod terms;
mod used;

use super::code::Code;
use super::error::Diagnostic;
use super::source::{SourceFile, fault};
use super::{Concept, Condition, Cue, Facet, Library, Origin, Rule, RulePack, Strength, Term};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Looks at everything in a library.
#[must_use]
pub fn lint(library: &Library) -> Vec<Diagnostic> {
    let sources = library.sources().iter().map(|file| (file.path.as_str(), file)).collect();
    let mut lint = Lint { library, sources, warnings: Vec::new() };
    lint.concepts(&library.lexicon.concepts, "concept");
    lint.concepts(&library.cues.slots, "slot");
    for cue in &library.cues.cues {
        lint.cue(cue);
    }
    for pack in &library.packs {
        lint.concepts(&pack.lexicon.concepts, "concept");
        lint.pack(pack);
    }
    lint.unused();
    let mut warnings = lint.warnings;
    warnings.sort_by_cached_key(|w| (w.file.clone(), w.place.as_ref().map(|p| p.span.start), w.code));
    warnings
}

struct Lint<'a> {
    library: &'a Library,
    sources: HashMap<&'a str, &'a SourceFile>,
    warnings: Vec<Diagnostic>,
}

impl Lint<'_> {
    /// Warns of a name that stands in the line of `origin`, or of that line.
    fn warn(&mut self, code: Code, origin: &Origin, name: &str, reason: String, remedy: &str) {
        self.warn_in(code, origin, reason, remedy, |rest| {
            let line = rest.find('\n').unwrap_or(rest.len());
            let found = rest[..line].find(name).or_else(|| quoted(rest, name, 0));
            found.map_or(0..line, |at| at..at + name.len())
        });
    }

    /// Warns of a term that stands after the line of `origin`, there not for the first time where
    /// `again`.
    fn warn_term(&mut self, code: Code, origin: &Origin, (term, again): (&str, bool), reason: String, remedy: &str) {
        self.warn_in(code, origin, reason, remedy, |rest| {
            let line = rest.find('\n').unwrap_or(rest.len());
            let first = quoted(rest, term, line);
            let found = if again { first.and_then(|at| quoted(rest, term, at)) } else { first };
            found.map_or(0..line, |at| at..at + term.len())
        });
    }

    fn warn_in(
        &mut self,
        code: Code,
        origin: &Origin,
        reason: String,
        remedy: &str,
        find: impl Fn(&str) -> Range<usize>,
    ) {
        let warning = match self.sources.get(origin.file.as_str()) {
            Some(file) => {
                let lines = file.text.split_inclusive('\n').take(origin.line.saturating_sub(1));
                let line: usize = lines.map(str::len).sum();
                let at = find(&file.text[line..]);
                file.fault(code, line + at.start..line + at.end, reason, remedy.to_owned())
            }
            None => fault(code, &origin.file, reason, remedy.to_owned()),
        };
        self.warnings.push(warning);
    }

    fn concepts(&mut self, concepts: &std::collections::BTreeMap<String, Concept>, kind: &str) {
        for (name, concept) in concepts {
            self.list(&format!("the {kind} `{name}`"), &concept.terms, &concept.origin);
            self.list(&format!("the {kind} `{name}`"), &concept.not, &concept.origin);
        }
    }

    /// Terms of which any one will do.
    fn list(&mut self, whose: &str, terms: &[Term], origin: &Origin) {
        for term in terms.iter().filter(|term| terms::broad(term)) {
            let remedy = "write more of the word, or the words that are meant";
            self.warn_term(
                Code::BroadTerm,
                origin,
                (&term.written, false),
                format!("`{}` matches nearly any word", term.written),
                remedy,
            );
        }
        for (term, other) in terms::covered(terms) {
            let (code, reason, remedy) = if terms::same(term, other) {
                let reason = format!("{whose} has `{}` and `{}`, which are the same", other.written, term.written);
                (Code::DuplicateTerm, reason, "remove one of them")
            } else {
                let reason = format!("in {whose}, `{}` finds all that `{}` finds", other.written, term.written);
                (Code::CoveredTerm, reason, "remove the longer one, or make the shorter one say more")
            };
            let again = term.written == other.written;
            self.warn_term(code, origin, (&term.written, again), reason, remedy);
        }
    }

    fn cue(&mut self, cue: &Cue) {
        let what = format!("the cue `{}`", cue.id);
        self.style(&cue.id, "cue", &cue.origin);
        self.tests(&what, &cue.id, cue.matches.is_empty(), cue.ignores.is_empty(), &cue.origin);
        self.condition(&what, &cue.id, &cue.condition, &cue.origin, None);
    }

    fn pack(&mut self, pack: &RulePack) {
        for criterion in &pack.criteria {
            for facet in &criterion.facets {
                self.facet(facet, &criterion.id);
                for rule in &facet.rules {
                    self.rule(pack, facet, rule);
                }
            }
        }
        self.calibration(pack);
    }

    fn facet(&mut self, facet: &Facet, criterion: &str) {
        let Some(first) = facet.rules.first() else { return };
        let origin = Origin { line: 1, ..first.origin.clone() };
        if !facet.rules.iter().any(|rule| matches!(rule.strength, Strength::Sure | Strength::Likely)) {
            let reason = format!("no rule of the facet `{}` is sure or likely: it will hardly be found", facet.id);
            self.warn(Code::WeakFacet, &origin, &facet.id, reason, "add a rule that settles it, or raise a strength");
        }
        if facet.id != criterion && !facet.id.starts_with(&format!("{criterion}.")) {
            let reason = format!("the facet `{}` does not begin with its criterion", facet.id);
            self.warn(Code::IdStyle, &origin, &facet.id, reason, &format!("call it {criterion}.<name>"));
        }
    }

    fn rule(&mut self, pack: &RulePack, facet: &Facet, rule: &Rule) {
        let what = format!("the rule `{}/{}`", facet.id, rule.id);
        self.style(&rule.id, "rule", &rule.origin);
        self.tests(&what, &rule.id, rule.matches.is_empty(), rule.ignores.is_empty(), &rule.origin);
        self.condition(&what, &rule.id, &rule.condition, &rule.origin, Some(pack));
    }

    fn style(&mut self, id: &str, kind: &str, origin: &Origin) {
        if !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            let reason = format!("the id of the {kind} `{id}` is not in small letters with hyphens");
            self.warn(Code::IdStyle, origin, id, reason, "write it like `linked-to-health`");
        }
    }

    fn tests(&mut self, what: &str, id: &str, no_matches: bool, no_ignores: bool, origin: &Origin) {
        let (lacks, remedy) = match (no_matches, no_ignores) {
            (false, false) => return,
            (true, true) => ("no tests", "add `matches` and `ignores`"),
            (true, false) => ("no `matches`", "add passages that it must fire on"),
            (false, true) => ("no `ignores`", "add passages that sound alike and on which it must not fire"),
        };
        self.warn(Code::HalfTested, origin, id, format!("{what} has {lacks}"), remedy);
    }

    fn condition(&mut self, what: &str, id: &str, from: &Condition, origin: &Origin, pack: Option<&RulePack>) {
        if from.at_least <= 1 {
            self.list(what, &from.any, origin);
        }
        self.list(what, &from.none, origin);
        let anchors = terms::Anchors { library: self.library, pack };
        // Cues are looked at only where a facet was found.
        if pack.is_some() && !anchors.condition(from) {
            let remedy = "add a word, or three letters before `*`, that must stand in every passage meant";
            let reason = format!("{what} has no word by which to find it: every passage must be looked at");
            self.warn(Code::NoAnchor, origin, id, reason, remedy);
        }
        if let Some(section) = from.scope.under.iter().find(|s| from.scope.not_under.contains(s)) {
            let reason = format!("{what} can never fire: `{section}` is in `under` and `not_under`");
            self.warn(Code::Unreachable, origin, id, reason, "remove it from one of them");
        }
        let forbidden: HashSet<_> = from.none.iter().map(Term::alternatives).collect();
        if let Some(term) = from.all.iter().find(|term| forbidden.contains(&term.alternatives())) {
            let reason = format!("{what} can never fire: `{}` is in `all` and `none`", term.written);
            self.warn(Code::Unreachable, origin, id, reason, "remove it from one of them");
        }
    }

    fn calibration(&mut self, pack: &RulePack) {
        let Some(calibration) = &pack.calibration else { return };
        for facet in pack.criteria.iter().flat_map(|criterion| &criterion.facets) {
            let Some((fitted, first)) = calibration.facets.get(&facet.id).zip(facet.rules.first()) else { continue };
            let folder = first.origin.file.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            let origin = Origin { file: format!("{folder}calibration.toml"), line: 1 };
            for name in fitted.points.keys().filter(|name| !name.contains('.')) {
                if !facet.rules.iter().any(|rule| rule.id == *name) {
                    let reason = format!("the calibration knows a rule `{}/{name}` that does not exist", facet.id);
                    self.warn(Code::StaleCalibration, &origin, name, reason, "run `goldthread eval --calibrate` again");
                }
            }
        }
    }
}

/// Where `text` stands in quotes after a place.
fn quoted(source: &str, text: &str, after: usize) -> Option<usize> {
    let rest = source.get(after..)?;
    ['"', '\''].iter().filter_map(|q| rest.find(&format!("{q}{text}{q}"))).min().map(|at| after + at + 1)
}
