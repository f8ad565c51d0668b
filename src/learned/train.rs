//! Labelled passages to a linear model, in seconds and always the same one.
//!
//! Logistic regression by stochastic gradient descent with a step of its own for each weight
//! (AdaGrad: Duchi, Hazan, Singer 2011), then eight-bit weights. It does not decide how much the
//! model weighs beside rules: that is calibrated on other documents.

use super::file::{LinearFile, ModelFile, Net};
use super::input;
use super::linear::{length, traits};
use crate::segment::{Passage, Segmented};

/// A labelled passage as the model sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    slots: Vec<usize>,
    /// Whether it holds each facet.
    pub holds: Vec<bool>,
}

/// Two to the power of this many weights a facet.
const BITS: u32 = 16;
/// Times that all passages are gone through.
const ROUNDS: usize = 16;
/// The first step.
const STEP: f32 = 0.5;
/// What draws weights to nothing.
const PULL: f32 = 2e-5;
/// Passages that hold a rare facet count more, at most so much.
const RARE: f32 = 4.0;

impl Sample {
    /// A passage with whether it holds each facet.
    #[must_use]
    pub fn of(s: &Segmented<'_>, passage: &Passage, holds: Vec<bool>) -> Self {
        let parts = input::parts(s, passage);
        let slots = traits(&s.document.text, &parts, BITS).into_iter().map(|t| t.slot).collect();
        Self { slots, holds }
    }
}

/// Trains a model for these facets.
#[must_use]
pub fn train(samples: &[Sample], facets: Vec<String>, made_from: String) -> ModelFile<'static> {
    let mut linear = LinearFile { bits: BITS, ..LinearFile::default() };
    for head in 0..facets.len() {
        let (weights, bias) = fit(samples, head);
        let greatest = weights.iter().fold(f32::MIN_POSITIVE, |most, w| most.max(w.abs()));
        let scale = greatest / f32::from(i8::MAX);
        #[allow(clippy::cast_possible_truncation, reason = "the scale keeps it within eight bits")]
        linear.weights.extend(weights.iter().map(|w| (w / scale).round() as i8));
        linear.scale.push((scale, bias));
    }
    ModelFile { made_from, facets, net: Net::Linear(linear), careful: None, examples: Vec::new(), probes: Vec::new() }
}

fn fit(samples: &[Sample], head: usize) -> (Vec<f32>, f32) {
    let (mut weights, mut seen) = (vec![0.0_f32; 1 << BITS], vec![1e-3_f32; 1 << BITS]);
    let (mut bias, mut bias_seen) = (-2.0_f32, 1e-3_f32);
    let there = samples.iter().filter(|s| s.holds[head]).count().max(1);
    #[allow(clippy::cast_precision_loss, reason = "counts of passages are small")]
    let rare = ((samples.len() - there) as f32 / there as f32).sqrt().clamp(1.0, RARE);
    for round in 0..ROUNDS {
        for index in order(samples.len(), round) {
            let sample = &samples[index];
            let value = 1.0 / length(sample.slots.len());
            let sum = bias + sample.slots.iter().map(|s| weights[*s]).sum::<f32>() * value;
            let (goal, weight) = if sample.holds[head] { (1.0, rare) } else { (0.0, 1.0) };
            let slope = weight * (1.0 / (1.0 + (-sum).exp()) - goal);
            for &slot in &sample.slots {
                let slope = slope * value + PULL * weights[slot];
                seen[slot] += slope * slope;
                weights[slot] -= STEP * slope / seen[slot].sqrt();
            }
            bias_seen += slope * slope;
            bias -= STEP * slope / bias_seen.sqrt();
        }
    }
    (weights, bias)
}

/// Every index once, in an order of each round's own (a linear congruential generator).
fn order(count: usize, round: usize) -> Vec<usize> {
    let mut out: Vec<usize> = (0..count).collect();
    let mut state = 0x2545_f491_4f6c_dd1d_u64.wrapping_add(round as u64);
    for last in (1..count).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from((state >> 33) % (last as u64 + 1)).unwrap_or(0);
        out.swap(last, other);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Model;
    use super::*;
    use crate::document::{BlockKind, Document, Locator};
    use crate::segment::segment;

    const BINS: [&str; 3] =
        ["Bins are emptied on Monday.", "We will buy green bins for the town.", "New bins came in spring."];
    const ADVICE: [&str; 3] =
        ["We will fund debt advice.", "Debt advice in every surgery.", "The partners pay for advice on debt."];

    fn document(texts: &[&str]) -> Document {
        let mut d = Document::default();
        for text in texts {
            d.push(BlockKind::Paragraph, text, Locator::default(), None);
        }
        d
    }

    #[test]
    fn it_learns_what_sets_passages_apart_and_says_by_which_words() {
        let d = document(&[BINS, ADVICE].concat());
        let s = segment(&d);
        let sample = |(i, p)| Sample::of(&s, p, vec![i >= BINS.len()]);
        let samples: Vec<Sample> = s.passages.iter().enumerate().map(sample).collect();
        let file = train(&samples, vec!["F".into()], "six passages".into());
        let model = Model::read(&file.write().unwrap()).unwrap();
        let new = document(&["Our surgeries offer debt advice.", "The bins are green."]);
        let s = segment(&new);
        let beliefs = model.beliefs(&s, &s.passages);
        assert!(beliefs.of(0)[0] > 0.0 && beliefs.of(1)[0] < 0.0, "{beliefs:?}");
        let grounds = model.grounds(&s.document.text, &model.look(&s, &s.passages[0]), 0);
        let words: Vec<&str> = grounds.words.iter().map(|w| w.of(&new.text)).collect();
        assert!(words.iter().any(|w| w.contains("debt advice")), "{words:?}");
        assert_eq!(train(&samples, vec!["F".into()], "six passages".into()), file, "always the same");
    }
}
