//! `goldthread learn`: a small model for a pack of one's own, from labelled passages.

use super::{done, print, write_whole};
use crate::cli::LearnArgs;
use anyhow::{Context, Result, bail};
use goldthread::eval;
use goldthread::learned::{Model, Sample, train};
use goldthread::pack::{Library, Own};
use goldthread::segment::segment;
use std::fmt::Write;
use std::process::ExitCode;

/// The name of the model in the pack's folder.
const FILE: &str = "model.bin";
/// Passages that must hold a facet for it to be learned.
const LEAST: usize = 8;

/// Trains a model and writes it into the pack's folder.
pub fn run(args: &LearnArgs) -> Result<ExitCode> {
    if !args.pack.join("pack.toml").is_file() {
        bail!("{}: there is no pack.toml in it; name the folder of a pack", args.pack.display());
    }
    let library = Library::with_dir(&args.pack, Own::Instead)?;
    let documents = eval::load(&args.gold)?;
    let all = library.packs.iter().flat_map(|p| &p.criteria).flat_map(|c| &c.facets).map(|f| f.id.clone());
    let count = |id: &String| {
        documents.iter().flat_map(|d| &d.records).filter(|r| r.labels.get(id).is_some_and(|l| *l >= 2)).count()
    };
    let (facets, few): (Vec<(String, usize)>, Vec<_>) =
        all.map(|id| (id.clone(), count(&id))).partition(|(_, there)| *there >= LEAST);
    if facets.is_empty() {
        bail!("no facet of the pack is held by {LEAST} of the labelled passages or more; label more of them");
    }
    let mut samples = Vec::new();
    for document in &documents {
        let s = segment(&document.document);
        for passage in &s.passages {
            if let Some(record) = document.record_of(passage.block) {
                let holds = facets.iter().map(|(id, _)| document.label(record, id) >= 2).collect();
                samples.push(Sample::of(&s, passage, holds));
            }
        }
    }
    let made_from = format!("{} labelled passages of {} documents", samples.len(), documents.len());
    let file = train(&samples, facets.iter().map(|(id, _)| id.clone()).collect(), made_from.clone());
    let bytes = file.write().context("the model")?;
    Model::read(&bytes).context("the model")?;
    let target = args.pack.join(FILE);
    write_whole(&target, &bytes)?;
    let mut out = format!("{}: learned from {made_from}\n", target.display());
    for (id, there) in &facets {
        let _ = writeln!(out, "  {id:<30} {there:>5} passages hold it");
    }
    for (id, there) in &few {
        let _ = writeln!(out, "  {id:<30} {there:>5} passages hold it: too few, left to the rules");
    }
    if library.packs.iter().all(|p| p.model.is_none()) {
        let _ = writeln!(out, "To use it, write into {}:\n  model = \"{FILE}\"", args.pack.join("pack.toml").display());
    }
    out.push_str("Then fit how much it weighs, on labelled documents that it has not learned from:\n  ");
    out.push_str("goldthread eval --rules DIR --only-own --calibrate DIR --unseen OTHER.jsonl GOLD.jsonl\n");
    print(out.as_bytes())?;
    Ok(done())
}
