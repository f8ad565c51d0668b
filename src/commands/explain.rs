//! `goldthread explain`: why a document got its verdict on one facet.

use super::{config, done, every_pack_within, own_rules, print, read_file};
use crate::cli::ExplainArgs;
use anyhow::{Result, bail};
use goldthread::assess::certainty::{self, Certainty, nearest_first};
use goldthread::assess::verdict::Finding;
use goldthread::assess::{self, Scorecard, Verdict};
use goldthread::batch::{Engine, show};
use goldthread::matching::{Failure, List, RuleId, Trace};
use goldthread::pack::Strength;
use goldthread::report::words;
use goldthread::segment::{Segmented, segment};
use std::fmt::Write;
use std::process::ExitCode;

/// Reads one file and explains one facet.
pub fn run(args: &ExplainArgs) -> Result<ExitCode> {
    let config = config(&args.config, Some(&args.file))?;
    let engine = every_pack_within(&own_rules(&args.packs, &config), config.thresholds)?;
    let facet = find_facet(&engine, &args.facet)?;
    let document = read_file(&args.file, &args.read)?;
    let segmented = segment(&document);
    if assess::status(&segmented) != assess::Status::Assessed {
        let name = show(&args.file);
        let why = words::trouble(&engine.judge_document(name.clone(), None, &document));
        bail!("{name}: not judged: {why}");
    }
    let hits = engine.matcher.scan(&segmented);
    let readings = assess::read(&engine.matcher, &engine.learned, &segmented, &hits);
    let explained = Explained { engine: &engine, s: &segmented, facet };
    let mut out = explained.head(&readings);
    let of_facet = readings.iter().filter(|r| r.facet == facet);
    let best = of_facet.filter_map(|r| Some((r, engine.scorecard.certainty(r)?))).collect();
    let best = nearest_first(best, |(_, certainty)| *certainty, |(r, _)| r.passage);
    for (reading, certainty) in best.iter().take(args.passages) {
        explained.reading(&mut out, reading, *certainty);
    }
    let shown: Vec<usize> = best.iter().map(|(r, _)| r.passage).collect();
    let room = args.passages.saturating_sub(best.len()).max(1);
    explained.near(&mut out, &hits, &shown, room);
    print(out.as_bytes())?;
    Ok(done())
}

/// The index of a facet, or an error that lists what there is.
pub fn find_facet(engine: &Engine, id: &str) -> Result<usize> {
    let all = 0..engine.matcher.facets().len();
    if let Some(facet) = all.clone().find(|f| engine.matcher.facet(*f).id.eq_ignore_ascii_case(id)) {
        return Ok(facet);
    }
    let known: Vec<&str> = all.map(|f| engine.matcher.facet(f).id.as_str()).collect();
    // Those of the criterion that was named, if one was.
    let of_criterion = |facet: &&str| facet.get(..id.len()).is_some_and(|start| start.eq_ignore_ascii_case(id));
    let near: Vec<&str> = known.iter().copied().filter(of_criterion).collect();
    let listed = if near.is_empty() { known } else { near };
    bail!("there is no facet '{id}'; the facets are: {}", listed.join(", "))
}

struct Explained<'a, 'd> {
    engine: &'a Engine,
    s: &'a Segmented<'d>,
    facet: usize,
}

impl Explained<'_, '_> {
    fn head(&self, readings: &[assess::Reading]) -> String {
        let facet = self.engine.matcher.facet(self.facet);
        let scorecard = &self.engine.scorecard;
        let (found, reasons) = self.found(readings);
        let readable = assess::status(self.s) == assess::Status::Assessed;
        let verdict = word(if readable { found.verdict } else { Verdict::NotAssessed });
        let points = scorecard.document(self.facet);
        format!(
            "{} {}\nLooked for: {}\nVerdict: {verdict}, certainty of the document {:.2}: present from {:.2}, missing \
             below {:.2}.\nIts strongest passages by themselves come to {:.2}; the document is likely to hold {:.0} % of \
             what else\n{} asks for, and has {} passages.\n\
             {reasons} of them give a reason for {}; a passage holds it from certainty {:.2}.\n",
            facet.id,
            facet.title,
            facet.counts,
            found.certainty,
            points.present(),
            points.missing(),
            found.by_itself,
            100.0 * found.others,
            self.engine.matcher.packs()[self.engine.matcher.facets()[self.facet].pack].id,
            self.s.passages.len(),
            facet.id,
            scorecard.facet(self.facet).all.holds,
        )
    }

    /// What is found of the facet, and how many passages give a reason for it.
    fn found(&self, readings: &[assess::Reading]) -> (Finding, usize) {
        let scorecard = &self.engine.scorecard;
        let mut certainties: Vec<Vec<Certainty>> = vec![Vec::new(); self.engine.matcher.facets().len()];
        for reading in readings {
            certainties[reading.facet].extend(scorecard.certainty(reading));
        }
        let reasons = certainties[self.facet].len();
        let findings = scorecard.judge(certainties.into_iter(), self.s.passages.len());
        (findings[self.facet], reasons)
    }

    fn passage(&self, out: &mut String, index: usize) {
        let passage = &self.s.passages[index];
        let page = passage.page.map_or_else(String::new, |p| format!("page {p}, "));
        let above = self.s.headings_of(passage).join(" > ");
        let _ =
            writeln!(out, "\n{page}{}{}{above}", passage.kind.name(), if above.is_empty() { "" } else { ", under " });
        for line in textwrap::wrap(&clean(self.s.text_of(passage)), 96) {
            let _ = writeln!(out, "  | {line}");
        }
    }

    fn reading(&self, out: &mut String, reading: &assess::Reading, certainty: Certainty) {
        let card: &Scorecard = &self.engine.scorecard;
        let matcher = &self.engine.matcher;
        let points = &card.facet(self.facet).all;
        self.passage(out, reading.passage);
        let level = card.level(matcher, reading);
        let (holds, certainty) = (card.facet(self.facet).holds(certainty), certainty.all);
        let verdict =
            if holds { format!("holds it: {level:?}").to_lowercase() } else { "does not surely hold it".into() };
        let _ = writeln!(out, "  certainty {certainty:.2}: {verdict}");
        let _ = writeln!(out, "  {:+6.2}  to begin with", points.base);
        let mut signs: Vec<_> = reading.signs.iter().map(|s| (points.points(s.feature) * s.value, s)).collect();
        signs.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        for (value, sign) in signs {
            if value.abs() < 0.1 && !matches!(sign.feature, assess::Feature::Rule(_)) {
                continue;
            }
            let words: Vec<String> =
                sign.words.iter().map(|w| format!("\u{201c}{}\u{201d}", self.words(w.clone()))).collect();
            let says = assess::says(matcher, sign.feature);
            let key = certainty::key(matcher, sign.feature);
            let _ = writeln!(out, "  {value:+6.2}  {says} [{key}] {}", words.join(", "));
        }
        if reading.vetoed {
            let _ = writeln!(out, "  dropped: a rule settles that it does not hold the facet");
        }
    }

    /// Rules whose rarest words stand somewhere, but which do not fire, and why not.
    fn near(&self, out: &mut String, hits: &[goldthread::matching::PassageHits], shown: &[usize], room: usize) {
        let matcher = &self.engine.matcher;
        let weight = |rule: &RuleId| match matcher.rule(*rule).strength {
            Strength::Sure => 0,
            Strength::Likely => 1,
            _ => 2,
        };
        let mut near: Vec<(usize, usize, RuleId)> = Vec::new();
        for (passage, found) in hits.iter().enumerate() {
            for rule in found.near.iter().filter(|r| matcher.rules()[r.index()].facet == self.facet) {
                near.push((weight(rule), passage, *rule));
            }
        }
        near.sort_unstable();
        near.retain(|(w, ..)| *w < 2);
        if near.is_empty() {
            return;
        }
        let _ = writeln!(out, "\nRules that came near without firing:");
        let mut last = None;
        for (_, passage, rule) in near.iter().filter(|(_, p, _)| !shown.contains(p)).take(room) {
            if last != Some(*passage) {
                self.passage(out, *passage);
                last = Some(*passage);
            }
            let trace = matcher.trace(self.s, *passage, *rule);
            let r = matcher.rule(*rule);
            let _ = writeln!(out, "  {} ({}): {}", r.id, r.says, self.failures(&trace));
        }
    }

    fn failures(&self, trace: &Trace) -> String {
        describe(trace, &|range| self.words(range))
    }

    fn words(&self, range: std::ops::Range<usize>) -> String {
        clean(self.s.folded.span(range).of(&self.s.document.text))
    }
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Present => "present",
        Verdict::Check => "to check",
        Verdict::Missing => "missing",
        Verdict::NotAssessed => "not assessed",
    }
}

/// Why a rule does not fire, in plain words.
pub fn describe(trace: &Trace, words: &dyn Fn(std::ops::Range<usize>) -> String) -> String {
    let item = |i: &usize| trace.items[*i].written.clone();
    let list = |items: &[usize]| items.iter().map(item).collect::<Vec<_>>().join(", ");
    let found: Vec<String> = trace
        .items
        .iter()
        .filter(|i| matches!(i.list, List::All | List::Any | List::Above))
        .filter_map(|i| {
            let at = i.found.first().cloned().or_else(|| i.above.clone())?;
            Some(format!("{} as \u{201c}{}\u{201d}", i.written, words(at)))
        })
        .collect();
    let why: Vec<String> = trace
        .failures
        .iter()
        .map(|f| match f {
            Failure::Scope => "it does not look at such passages or sections".to_owned(),
            Failure::All(items) => format!("nothing of {}", list(items)),
            Failure::Any { found, needed } => format!("{found} of the {needed} needed of its choices"),
            Failure::Above(items) => format!("nothing of {} here or above", list(items)),
            Failure::Order => "in another order".to_owned(),
            Failure::Within => "not near enough to one another".to_owned(),
            Failure::None(items) => format!("held off by {}", list(items)),
            Failure::Regex(regex) => format!("{} does not match", regex.join(", ")),
        })
        .collect();
    let found = if found.is_empty() { String::new() } else { format!("found {}; ", found.join(", ")) };
    format!("{found}{}", why.join("; "))
}

/// Foreign text for a terminal: no control characters, one line.
fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).collect()
}
