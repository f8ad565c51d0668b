//! Which concepts are used.

use super::Lint;
use crate::pack::{Code, Concept, Condition, Cues, Lexicon, RulePack, Term};
use std::collections::HashSet;

impl Lint<'_> {
    /// Warns of concepts that no rule, cue or used concept names.
    pub(super) fn unused(&mut self) {
        let library = self.library;
        let mut walk = Walk { shared: &library.lexicon, own: None, used: HashSet::new(), used_own: HashSet::new() };
        walk.cues(&library.cues);
        let mut unused: Vec<(&String, &Concept)> = Vec::new();
        for pack in &library.packs {
            (walk.own, walk.used_own) = (Some(&pack.lexicon), HashSet::new());
            walk.pack(pack);
            unused.extend(pack.lexicon.concepts.iter().filter(|(name, _)| !walk.used_own.contains(name.as_str())));
        }
        if library.whole {
            unused.extend(library.lexicon.concepts.iter().filter(|(name, _)| !walk.used.contains(name.as_str())));
        }
        for (name, concept) in unused {
            let reason = format!("the concept `{name}` is used nowhere");
            self.warn(Code::UnusedConcept, &concept.origin, name, reason, "use it in a rule, or remove it");
        }
    }
}

/// A walk from rules and cues to the concepts that they name.
struct Walk<'a> {
    shared: &'a Lexicon,
    own: Option<&'a Lexicon>,
    used: HashSet<&'a str>,
    used_own: HashSet<&'a str>,
}

impl<'a> Walk<'a> {
    fn terms<'t>(&mut self, terms: impl IntoIterator<Item = &'t Term>)
    where
        'a: 't,
    {
        let names = terms.into_iter().flat_map(Term::concepts);
        let mut open: Vec<(&str, Option<&'a Lexicon>)> = names.map(|name| (name, self.own)).collect();
        while let Some((name, own)) = open.pop() {
            let in_own = own.and_then(|lexicon| lexicon.concepts.get_key_value(name));
            let Some((name, concept)) = in_own.or_else(|| self.shared.concepts.get_key_value(name)) else { continue };
            let used = if in_own.is_some() { &mut self.used_own } else { &mut self.used };
            if used.insert(name) {
                // Shared concepts see only shared ones.
                let own = if in_own.is_some() { own } else { None };
                let terms = concept.terms.iter().chain(&concept.not);
                open.extend(terms.flat_map(Term::concepts).map(|name| (name, own)));
            }
        }
    }

    fn condition(&mut self, from: &'a Condition) {
        self.terms(from.all.iter().chain(&from.any).chain(&from.none).chain(&from.above));
    }

    fn cues(&mut self, cues: &'a Cues) {
        for cue in &cues.cues {
            self.condition(&cue.condition);
        }
        self.terms(cues.slots.values().flat_map(|slot| slot.terms.iter().chain(&slot.not)));
        self.terms(cues.sections.iter().flat_map(|section| &section.headings));
        self.terms(cues.columns.iter().flat_map(|column| &column.headers));
    }

    fn pack(&mut self, pack: &'a RulePack) {
        for facet in pack.criteria.iter().flat_map(|criterion| &criterion.facets) {
            for rule in &facet.rules {
                self.condition(&rule.condition);
            }
        }
    }
}
