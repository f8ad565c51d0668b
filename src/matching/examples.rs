//! Runs the tests that rules and cues carry: `matches` and `ignores`.
//!
//! Comes in: a [`Matcher`]. Goes out: every [`ExampleFailure`], with what happened instead. It
//! builds a small document from each example; it does not look at the level that an example may
//! expect, which is the assessment's.

use super::{Matcher, RuleId, Trace};
use crate::document::{BlockKind, Document, Locator};
use crate::pack::{Example, Origin, Rule};
use crate::segment::{PassageKind, Segmented, segment};
use rayon::prelude::*;

/// An example on which a rule or cue does not do what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFailure {
    /// The pack, or `None` for a cue.
    pub pack: Option<String>,
    /// The rule as `facet/rule`, or the cue's id.
    pub id: String,
    /// Where it stands in its file.
    pub origin: Origin,
    /// The text of the example.
    pub text: String,
    /// Whether the rule should have fired.
    pub should_fire: bool,
    /// What happened instead, in plain words.
    pub why: String,
}

impl std::fmt::Display for ExampleFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let expected = if self.should_fire { "should fire on" } else { "should not fire on" };
        let Origin { file, line } = &self.origin;
        write!(f, "{file}:{line}: {} {expected} \u{201c}{}\u{201d}: {}", self.id, self.text, self.why)
    }
}

/// How the tests went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExampleRun {
    /// How many examples were run.
    pub run: usize,
    /// Those that failed, in the order of the rules, then of the cues.
    pub failures: Vec<ExampleFailure>,
}

/// Runs the examples of all rules and cues.
#[must_use]
pub fn run(matcher: &Matcher) -> ExampleRun {
    let rules = (0..matcher.rules().len()).into_par_iter().map(|r| rule(matcher, r));
    let cues = (0..matcher.cues().len()).into_par_iter().map(|c| cue(matcher, c));
    let mut out = ExampleRun::default();
    for one in rules.chain(cues).collect::<Vec<_>>() {
        out.run += one.run;
        out.failures.extend(one.failures);
    }
    out
}

/// The document that an example stands for. The passage meant is the last one.
#[must_use]
pub fn document(example: &Example) -> Document {
    let mut document = Document::default();
    let nowhere = Locator::default();
    for (level, heading) in (1..=9).zip(&example.headings) {
        document.push(BlockKind::Heading { level }, heading, nowhere, None);
    }
    if !example.header.is_empty() || example.kind == PassageKind::Row {
        if !example.header.is_empty() {
            let names: Vec<&str> = example.header.iter().map(String::as_str).collect();
            document.push_row(0, true, &names, nowhere, None);
        }
        let cells: Vec<&str> = example.text.split('|').map(str::trim).collect();
        document.push_row(0, false, &cells, nowhere, None);
        return document;
    }
    let mut kind = example.kind;
    if let Some(lead_in) = &example.lead_in {
        let lead_in = lead_in.trim_end();
        let colon = if lead_in.ends_with(':') { "" } else { ":" };
        document.push(BlockKind::Paragraph, &format!("{lead_in}{colon}"), nowhere, None);
        kind = PassageKind::Bullet;
    }
    let block = match kind {
        PassageKind::Bullet => BlockKind::ListItem { depth: 0 },
        PassageKind::Footnote => BlockKind::Footnote,
        PassageKind::Paragraph | PassageKind::Row => BlockKind::Paragraph,
    };
    document.push(block, &example.text, nowhere, None);
    document
}

fn rule(matcher: &Matcher, index: usize) -> ExampleRun {
    let info = matcher.rules()[index];
    let Ok(id) = u32::try_from(index).map(RuleId) else { return ExampleRun::default() };
    let Rule { id: name, matches, ignores, origin, .. } = matcher.rule(id);
    let pack = Some(matcher.packs()[info.pack].id.clone());
    let name = format!("{}/{name}", matcher.facet(info.facet).id);
    run_each(matches, ignores, |s, passage, should_fire, text| {
        let trace = matcher.trace(s, passage, id);
        let fires = !trace.fires.is_empty();
        (fires != should_fire).then(|| ExampleFailure {
            pack: pack.clone(),
            id: name.clone(),
            origin: origin.clone(),
            text: text.to_owned(),
            should_fire,
            why: why(&trace, s),
        })
    })
}

fn cue(matcher: &Matcher, index: usize) -> ExampleRun {
    let cue = &matcher.cues()[index];
    run_each(&cue.matches, &cue.ignores, |s, passage, should_fire, text| {
        let fires = matcher.cues_of(s, passage).iter().any(|c| c.cue == Some(index));
        (fires != should_fire).then(|| ExampleFailure {
            pack: None,
            id: cue.id.clone(),
            origin: cue.origin.clone(),
            text: text.to_owned(),
            should_fire,
            why: why(&matcher.trace_cue(s, passage, index), s),
        })
    })
}

fn run_each(
    matches: &[Example],
    ignores: &[Example],
    test: impl Fn(&Segmented<'_>, usize, bool, &str) -> Option<ExampleFailure>,
) -> ExampleRun {
    let mut out = ExampleRun::default();
    let all = matches.iter().map(|e| (e, true)).chain(ignores.iter().map(|e| (e, false)));
    for (example, should_fire) in all {
        let document = document(example);
        let s = segment(&document);
        out.run += 1;
        // A text without a word gives no passage; nothing fires there.
        let last = s.passages.len().checked_sub(1);
        out.failures.extend(test(&s, last.unwrap_or(0), should_fire, &example.text));
    }
    out
}

/// What happened instead.
fn why(trace: &Trace, s: &Segmented<'_>) -> String {
    match trace.fires.first() {
        Some(tokens) => {
            let words = s.folded.span(tokens.clone()).of(&s.document.text);
            format!("it fires on '{words}': {}", trace.in_words(s))
        }
        None => trace.in_words(s),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_examples() {
        let example = Example {
            text: "Fund advice | Money team".into(),
            headings: vec!["Plan".into()],
            header: vec!["Action".into(), "Lead".into()],
            ..Example::default()
        };
        let d = document(&example);
        let s = segment(&d);
        assert_eq!(s.passages[0].cells.len(), 2);
        assert_eq!(s.headings_of(&s.passages[0]), ["Plan"]);
        let example = Example { text: "advice".into(), lead_in: Some("We will".into()), ..Example::default() };
        let d = document(&example);
        let s = segment(&d);
        assert_eq!((s.passages.len(), s.passages[1].lead_in), (2, Some(0)));
    }
}
