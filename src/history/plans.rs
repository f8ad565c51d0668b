//! Which documents of several runs are one plan, though it was moved or renamed.
//!
//! Comes in: the documents of every run, in the order of the runs. Goes out: for each its plan. In a later run a
//! plan is the document of the same label, else of the same path, else of the same bytes, else of the same file
//! name, where only one plan may be meant. Two documents of one run are never one plan.

use crate::report::words::file_name;
use crate::store::PastDocument;
use std::collections::{BTreeSet, HashMap};

/// The plans of all runs.
#[derive(Debug, Default)]
pub(super) struct Plans {
    of: HashMap<(i64, String), usize>,
    all: Vec<Plan>,
}

/// One plan.
#[derive(Debug)]
struct Plan {
    /// Its last document.
    last: PastDocument,
    label: Option<String>,
    /// Its paths in all runs.
    paths: BTreeSet<String>,
}

/// By what a plan is known again, the surest first.
#[derive(Clone, Copy)]
enum Sign {
    Label,
    Path,
    Bytes,
    FileName,
}

impl Plans {
    /// `label` gives what the document of a path is called by its people, if anything.
    pub(super) fn of(documents: &[PastDocument], label: impl Fn(&str) -> Option<String>) -> Self {
        let mut out = Self::default();
        for run in documents.chunk_by(|a, b| a.run == b.run) {
            let labelled: Vec<_> = run.iter().map(|d| (d, label(&d.path))).collect();
            out.add(&labelled);
        }
        out
    }

    fn add(&mut self, run: &[(&PastDocument, Option<String>)]) {
        let (mut taken, mut open) = (BTreeSet::new(), run.iter().collect::<Vec<_>>());
        for sign in [Sign::Label, Sign::Path, Sign::Bytes, Sign::FileName] {
            let mut known: HashMap<String, Option<usize>> = HashMap::new();
            for (at, plan) in self.all.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
                for key in plan.keys(sign) {
                    known.entry(key).and_modify(|other| *other = None).or_insert(Some(at));
                }
            }
            open.retain(|(document, label)| {
                let plan = key(document, label.as_ref(), sign).and_then(|key| known.remove(&key)).flatten();
                let Some(plan) = plan else { return true };
                taken.insert(plan);
                self.put(plan, document, label.clone());
                false
            });
        }
        for (document, label) in open {
            self.all.push(Plan { last: (*document).clone(), label: None, paths: BTreeSet::new() });
            self.put(self.all.len() - 1, document, label.clone());
        }
    }

    fn put(&mut self, plan: usize, document: &PastDocument, label: Option<String>) {
        self.of.insert((document.run, document.path.clone()), plan);
        let plan = &mut self.all[plan];
        plan.last = document.clone();
        plan.label = label;
        plan.paths.insert(document.path.clone());
    }

    /// The plan of a document.
    pub(super) fn plan(&self, run: i64, path: &str) -> Option<usize> {
        self.of.get(&(run, path.to_owned())).copied()
    }

    pub(super) const fn len(&self) -> usize {
        self.all.len()
    }

    /// What a plan is called: its label, else its last path.
    pub(super) fn name(&self, plan: usize) -> &str {
        let plan = &self.all[plan];
        plan.label.as_deref().unwrap_or(&plan.last.path)
    }
}

impl Plan {
    fn keys(&self, sign: Sign) -> Vec<String> {
        match sign {
            Sign::Path => self.paths.iter().cloned().collect(),
            _ => key(&self.last, self.label.as_ref(), sign).into_iter().collect(),
        }
    }
}

fn key(document: &PastDocument, label: Option<&String>, sign: Sign) -> Option<String> {
    match sign {
        Sign::Label => label.cloned(),
        Sign::Path => Some(document.path.clone()),
        Sign::Bytes => document.sha256.clone(),
        Sign::FileName => Some(file_name(&document.path).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_known_again_by_the_surest_sign() {
        let document = |run: i64, path: &str, sha: &str| PastDocument {
            run,
            path: path.into(),
            sha256: (!sha.is_empty()).then(|| sha.into()),
        };
        let all = [
            document(1, "a.md", "1"),
            document(1, "old/b.md", "2"),
            document(1, "old/c.md", "3"),
            document(1, "x/d.md", "4"),
            document(1, "y/d.md", "5"),
            document(1, "plan-v7.md", "6"),
            document(2, "a.md", "1b"),
            document(2, "b-renamed.md", "2"),
            document(2, "new/c.md", "3b"),
            document(2, "plan-v8.md", "6b"),
            document(2, "z/d.md", "7"),
            document(3, "old/c.md", "3c"),
        ];
        let label = |path: &str| path.starts_with("plan-").then(|| "The plan".to_owned());
        let plans = Plans::of(&all, label);
        let of = |run, path: &str| plans.plan(run, path).unwrap();
        assert_eq!(of(1, "a.md"), of(2, "a.md"), "the same path");
        assert_eq!(of(1, "old/b.md"), of(2, "b-renamed.md"), "the same bytes");
        assert_eq!(of(1, "old/c.md"), of(2, "new/c.md"), "the same file name");
        assert_eq!(of(1, "old/c.md"), of(3, "old/c.md"), "back again");
        assert_eq!(of(1, "plan-v7.md"), of(2, "plan-v8.md"), "the same label");
        assert!(![of(1, "x/d.md"), of(1, "y/d.md")].contains(&of(2, "z/d.md")), "either may be meant");
        assert_eq!(
            (plans.len(), plans.name(of(2, "plan-v8.md")), plans.name(of(3, "old/c.md"))),
            (7, "The plan", "old/c.md")
        );
        assert_eq!(plans.plan(3, "a.md"), None);
    }
}
