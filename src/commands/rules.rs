//! `goldthread rules`: list, show, test, lint and try rules.

use super::explain::describe;
use super::{done, engine, every_pack, print, readers_apart};
use crate::cli::{PackArgs, RulesCommand};
use anyhow::{Context, Result, bail};
use goldthread::assess;
use goldthread::batch::Engine;
use goldthread::document::Document;
use goldthread::input::ReadOptions;
use goldthread::matching::examples;
use goldthread::pack::{Criterion, Paint, RulePack, lint};
use goldthread::report::words::count;
use goldthread::segment::segment;
use std::fmt::Write;
use std::io::{IsTerminal, Read};
use std::path::Path;
use std::process::ExitCode;

/// Runs one of the commands.
pub fn run(command: &RulesCommand) -> Result<ExitCode> {
    match command {
        RulesCommand::List(packs) => list(&every_pack(packs)?),
        RulesCommand::Show { id, packs } => show(&every_pack(packs)?, id),
        RulesCommand::Test(packs) => test(&every_pack(packs)?),
        RulesCommand::Lint(packs) => lint_packs(packs),
        RulesCommand::Try { text, packs } => try_text(&engine(packs)?, text),
    }
}

fn list(engine: &Engine) -> Result<ExitCode> {
    let mut out = String::new();
    for pack in &engine.library.packs {
        let asked = if pack.by_default { String::new() } else { format!(" (asked with --pack {})", pack.id) };
        let _ = writeln!(out, "{} {}: {}{asked}", pack.id, pack.version, pack.title);
        for criterion in &pack.criteria {
            let _ = writeln!(out, "  {:<22} {}", criterion.id, criterion.title);
            let own = criterion.facets.iter().filter(|f| f.id != criterion.id);
            for facet in own {
                let _ = writeln!(out, "    {:<20} {} ({} rules)", facet.id, facet.title, facet.rules.len());
            }
        }
        if !pack.not_assessable.is_empty() {
            let ids: Vec<&str> = pack.not_assessable.iter().map(|n| n.id.as_str()).collect();
            let _ = writeln!(out, "  not assessable: {}", ids.join(" "));
        }
    }
    print(out.as_bytes())?;
    Ok(done())
}

fn show(engine: &Engine, id: &str) -> Result<ExitCode> {
    let mut out = String::new();
    for pack in &engine.library.packs {
        for criterion in &pack.criteria {
            let whole = criterion.id.eq_ignore_ascii_case(id);
            if whole || criterion.facets.iter().any(|f| f.id.eq_ignore_ascii_case(id)) {
                show_criterion(&mut out, pack, criterion, if whole { None } else { Some(id) });
            }
        }
        for n in pack.not_assessable.iter().filter(|n| n.id.eq_ignore_ascii_case(id)) {
            let _ = writeln!(out, "{} ({}): not assessable: {}", n.id, pack.title, n.why);
        }
    }
    if out.is_empty() {
        bail!("there is no criterion or facet '{id}'; `goldthread rules list` lists all");
    }
    print(out.as_bytes())?;
    Ok(done())
}

fn show_criterion(out: &mut String, pack: &RulePack, criterion: &Criterion, only: Option<&str>) {
    let _ = writeln!(out, "{} {}\n{}", criterion.id, criterion.title, fill(&criterion.summary, ""));
    if let Some(caveat) = &criterion.caveat {
        let _ = writeln!(out, "Mind: {}", fill(caveat, ""));
    }
    let _ = writeln!(out, "Source: {} (pack {} {})", criterion.source, pack.id, pack.version);
    for facet in criterion.facets.iter().filter(|f| only.is_none_or(|id| f.id.eq_ignore_ascii_case(id))) {
        let _ = writeln!(out, "\n{} {}", facet.id, facet.title);
        for (name, text) in [
            ("counts", &facet.counts),
            ("not enough", &facet.not_enough),
            ("why it matters", &facet.why),
            ("to ask", &facet.question),
        ] {
            if !text.is_empty() {
                let _ = writeln!(out, "{}", fill(&format!("{name}: {text}"), "  "));
            }
        }
        let _ = writeln!(out, "  reasons, a passage \u{2026}");
        for rule in &facet.rules {
            let strength = format!("{:?}", rule.strength).to_lowercase();
            let _ = writeln!(out, "    {strength:<7} {} [{}]", rule.says, rule.id);
        }
    }
}

fn fill(text: &str, indent: &str) -> String {
    let options = textwrap::Options::new(96).initial_indent(indent).subsequent_indent(indent);
    textwrap::fill(text, options)
}

fn test(engine: &Engine) -> Result<ExitCode> {
    let outcome = examples::run(&engine.matcher);
    let mut levels = Vec::new();
    let mut checked = 0;
    for facet in 0..engine.matcher.facets().len() {
        for rule in &engine.matcher.facet(facet).rules {
            for example in rule.matches.iter().filter(|e| e.level.is_some()) {
                checked += 1;
                let given = assess::level_of_example(&engine.judge(), facet, example);
                if Some(given) != example.level {
                    let id = &engine.matcher.facet(facet).id;
                    levels.push(format!(
                        "{id}/{}: expected level {:?}, given {given:?}: {}",
                        rule.id, example.level, example.text
                    ));
                }
            }
        }
    }
    let mut out = String::new();
    for failure in &outcome.failures {
        let _ = writeln!(out, "{failure}");
    }
    for failure in &levels {
        let _ = writeln!(out, "{failure}");
    }
    let failed = outcome.failures.len() + levels.len();
    let _ = writeln!(out, "{} passed, {failed} failed", outcome.run + checked - failed);
    print(out.as_bytes())?;
    if failed > 0 {
        bail!("{failed} expectations of the rules do not hold");
    }
    Ok(done())
}

fn lint_packs(packs: &PackArgs) -> Result<ExitCode> {
    let engine = every_pack(packs)?;
    let warnings = lint(&engine.library);
    let paint = if std::io::stdout().is_terminal() { Paint::Coloured } else { Paint::Plain };
    let mut out = String::new();
    for warning in &warnings {
        let _ = writeln!(out, "{}\n", warning.render(paint));
    }
    let slow = warnings.iter().filter(|w| w.code.is_about_speed()).count();
    let wrong = count(warnings.len() - slow, "warning", "warnings");
    let speed = if slow > 0 { format!(", and {slow} about speed alone") } else { String::new() };
    let _ = writeln!(out, "{wrong}{speed}");
    print(out.as_bytes())?;
    if warnings.len() > slow {
        bail!("{wrong}");
    }
    Ok(done())
}

fn try_text(engine: &Engine, text: &str) -> Result<ExitCode> {
    let document = document(text)?;
    let s = segment(&document);
    let hits = engine.matcher.scan(&s);
    let readings = assess::read(&engine.matcher, &engine.learned, &s, &hits);
    let mut out = String::new();
    let words = |range: std::ops::Range<usize>| s.folded.span(range).of(&document.text).to_owned();
    for (index, passage) in s.passages.iter().enumerate() {
        let _ = writeln!(out, "{}", s.text_of(passage));
        for reading in readings.iter().filter(|r| r.passage == index) {
            let facet = engine.matcher.facet(reading.facet);
            let Some(certainty) = engine.scorecard.certainty(reading) else { continue };
            let card = engine.scorecard.facet(reading.facet);
            let (holds, certainty) = (card.holds(certainty), certainty.all);
            let level = engine.scorecard.level(&engine.matcher, reading);
            let level = if holds { format!("{level:?}").to_lowercase() } else { "not surely".to_owned() };
            let _ = writeln!(out, "  {:<20} certainty {certainty:.2}, {level}", facet.id);
            for sign in &reading.signs {
                let points = card.all.points(sign.feature) * sign.value;
                let quoted: Vec<String> =
                    sign.words.iter().map(|w| format!("\u{201c}{}\u{201d}", words(w.clone()))).collect();
                if points != 0.0 || matches!(sign.feature, assess::Feature::Rule(_)) {
                    let key = assess::certainty::key(&engine.matcher, sign.feature);
                    let _ = writeln!(out, "    {points:+5.1} {key:<24} {}", quoted.join(", "));
                }
            }
        }
        for rule in &hits[index].near {
            let trace = engine.matcher.trace(&s, index, *rule);
            let info = engine.matcher.rules()[rule.index()];
            let facet = engine.matcher.facet(info.facet);
            let name = format!("{}/{}", facet.id, engine.matcher.rule(*rule).id);
            let _ = writeln!(out, "  near: {name}: {}", describe(&trace, &words));
        }
    }
    print(out.as_bytes())?;
    Ok(done())
}

/// A sentence, the text of a file, or standard input, as a document.
fn document(text: &str) -> Result<Document> {
    let bytes = if text == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context("standard input")?;
        bytes
    } else if Path::new(text).is_file() {
        std::fs::read(text).with_context(|| text.to_owned())?
    } else {
        let is_name = !text.contains(char::is_whitespace) && Path::new(text).extension().is_some();
        if is_name {
            bail!("{text}: there is no such file, and one word is no sentence");
        }
        text.as_bytes().to_vec()
    };
    Ok(readers_apart()?.read(&bytes, &ReadOptions::default())?)
}
