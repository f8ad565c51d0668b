//! What no file can know by itself: names defined twice, nowhere, or by way of themselves.
//!
//! Comes in: all files, lowered. Goes out: faults. Where a file could not be read at all, names
//! that it may define are not called unknown.

use super::code::Code;
use super::error::Diagnostic;
use super::lower::{Kind, Lowered, Named, Part, Role, meant};
use super::source::SourceFile;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A file with its role, the pack that it belongs to (none where it is shared), and its content.
pub(super) struct Shelved {
    pub file: SourceFile,
    pub role: Role,
    pub pack: Option<usize>,
    pub lowered: Lowered,
}

/// Looks at all files together.
pub(super) fn check(files: &[Shelved]) -> Vec<Diagnostic> {
    let mut check = Check { files, defined: HashMap::new(), faults: Vec::new() };
    check.define();
    check.resolve();
    check.cycles();
    check.faults
}

struct Check<'a> {
    files: &'a [Shelved],
    defined: HashMap<(Option<usize>, Kind, &'a str), (&'a Shelved, &'a Named)>,
    faults: Vec<Diagnostic>,
}

impl<'a> Check<'a> {
    fn define(&mut self) {
        for shelved in self.files {
            for named in shelved.lowered.defines.iter().filter(|n| n.kind != Kind::Rule) {
                let scope = if named.kind == Kind::Pack { None } else { shelved.pack };
                match self.defined.entry((scope, named.kind, &named.name)) {
                    Entry::Vacant(free) => {
                        free.insert((shelved, named));
                    }
                    Entry::Occupied(taken) => {
                        let (first, at) = taken.get();
                        let line = super::error::Place::of(&first.file.text, at.at.clone()).line;
                        let what = named.kind.word();
                        let reason =
                            format!("there is already a {what} `{}` ({}, line {line})", named.name, first.file.shown);
                        let remedy = "give one of them another name, or join them".to_owned();
                        self.faults.push(shelved.file.fault(Code::Duplicate, named.at.clone(), reason, remedy));
                    }
                }
            }
        }
    }

    fn resolve(&mut self) {
        for shelved in self.files {
            for named in &shelved.lowered.names {
                let own = self.defined.contains_key(&(shelved.pack, named.kind, named.name.as_str()));
                let shared =
                    named.kind != Kind::Facet && self.defined.contains_key(&(None, named.kind, named.name.as_str()));
                if !own && !shared && !self.unsure(shelved, named.kind) {
                    let fault = self.unknown(shelved, named);
                    self.faults.push(fault);
                }
            }
        }
    }

    /// Whether a file that may define the name could not be read.
    fn unsure(&self, from: &Shelved, kind: Kind) -> bool {
        let role = match kind {
            Kind::Concept => Role::Lexicon,
            Kind::Section => Role::Cues,
            _ => Role::Criterion,
        };
        let seen = |pack: Option<usize>| pack.is_none() || pack == from.pack;
        self.files.iter().any(|f| f.role == role && seen(f.pack) && f.lowered.part.is_none())
    }

    fn unknown(&self, from: &Shelved, named: &Named) -> Diagnostic {
        let name = named.name.as_str();
        let visible = |(scope, kind, known): &(Option<usize>, Kind, &'a str)| {
            let seen = *kind == named.kind && (scope.is_none() || *scope == from.pack);
            seen.then_some(*known)
        };
        let mut known: Vec<&str> = self.defined.keys().filter_map(visible).collect();
        known.sort_unstable();
        let meant = meant(name, known);
        let (code, reason, remedy) = match named.kind {
            Kind::Section => {
                let remedy = meant.unwrap_or_else(|| "add a [[section]] of this id to a file in rules/cues".to_owned());
                (Code::UnknownSection, format!("there is no section `{name}`"), remedy)
            }
            Kind::Facet => {
                let remedy = "remove it, or make the file anew with `goldthread eval --calibrate`".to_owned();
                (Code::UnknownFacet, format!("the pack has no facet `{name}`"), meant.unwrap_or(remedy))
            }
            _ => {
                let slot = super::SLOTS.contains(&name).then(|| format!("write @@{name}: it is a slot"));
                let remedy = format!("add [concept.{name}] to a lexicon");
                (Code::UnknownConcept, format!("there is no concept `{name}`"), slot.or(meant).unwrap_or(remedy))
            }
        };
        from.file.fault(code, named.at.clone(), reason, remedy)
    }

    fn cycles(&mut self) {
        let mut scopes: BTreeMap<Option<usize>, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
        for shelved in self.files {
            if let Some(Part::Lexicon(concepts)) = &shelved.lowered.part {
                for (name, concept) in concepts {
                    let terms = concept.terms.iter().chain(&concept.not);
                    scopes.entry(shelved.pack).or_default().insert(name, terms.flat_map(|t| t.concepts()).collect());
                }
            }
        }
        for (scope, graph) in &scopes {
            for path in rings(graph) {
                let Some((shelved, named)) = path.first().and_then(|n| self.defined.get(&(*scope, Kind::Concept, n)))
                else {
                    continue;
                };
                let shown: Vec<String> = path.iter().chain(path.first()).map(|name| format!("@{name}")).collect();
                let reason = format!("the concept `{}` stands for itself: {}", named.name, shown.join(" → "));
                let remedy = "remove one of these from the terms of the one before it".to_owned();
                self.faults.push(shelved.file.fault(Code::ConceptCycle, named.at.clone(), reason, remedy));
            }
        }
    }
}

/// Every ring that a walk through the graph closes. A node is walked from once.
fn rings<'a>(graph: &BTreeMap<&'a str, Vec<&'a str>>) -> Vec<Vec<&'a str>> {
    let mut done: HashSet<&str> = HashSet::new();
    let mut rings = Vec::new();
    for start in graph.keys().copied() {
        // The walk from `start`: each node with how many of its edges have been taken.
        let mut path: Vec<(&str, usize)> = vec![(start, 0)];
        let mut on_path: HashSet<&str> = HashSet::from([start]);
        while let Some((node, taken)) = path.last_mut() {
            let next = if done.contains(*node) { None } else { graph.get(*node).and_then(|edges| edges.get(*taken)) };
            *taken += 1;
            match next.copied() {
                None => {
                    done.insert(*node);
                    on_path.remove(*node);
                    path.pop();
                }
                Some(next) if on_path.contains(next) => {
                    rings.push(path.iter().map(|(n, _)| *n).skip_while(|n| *n != next).collect());
                }
                Some(next) if !done.contains(next) && graph.contains_key(next) => {
                    on_path.insert(next);
                    path.push((next, 0));
                }
                Some(_) => {}
            }
        }
    }
    rings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_of_a_graph() {
        let graph = |edges: &[(&'static str, &[&'static str])]| edges.iter().map(|(n, e)| (*n, e.to_vec())).collect();
        assert!(rings(&graph(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &["x"])])).is_empty());
        assert_eq!(rings(&graph(&[("a", &["a"])])), [["a"]]);
        assert_eq!(rings(&graph(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"])])), [["b", "c"]]);
    }
}
