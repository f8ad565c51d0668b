//! From what stands at each position of a passage to a belief a facet.
//!
//! Comes in: channels by position. Goes out: the greatest and the mean value of each channel, a
//! belief for each facet, what each position gave to it, and a few numbers by which passages are
//! compared. It does not know how the channels came about.

use super::file::HeadFile;
use super::pieces::Piece;
use std::ops::Range;

/// The last layer of a model.
#[derive(Debug)]
pub(super) struct Head {
    file: HeadFile,
    channels: usize,
    heads: usize,
}

/// What a model makes of a passage.
#[derive(Debug, Default)]
pub(super) struct View {
    pub pooled: Pooled,
    /// Channels by position.
    pub last: Vec<f32>,
    pub pieces: Vec<Piece>,
}

/// What the last layer makes of a passage.
#[derive(Clone, Debug, Default)]
pub(super) struct Pooled {
    /// One a head, in log odds.
    pub beliefs: Vec<f32>,
    /// The greatest value of each channel, then the mean.
    values: Vec<f32>,
    /// Where each channel is greatest.
    top: Vec<u32>,
}

impl Head {
    pub const fn new(file: HeadFile, channels: usize, heads: usize) -> Self {
        Self { file, channels, heads }
    }

    /// Takes the greatest and the mean of each channel, and works out the beliefs.
    #[inline(always)]
    pub fn pool(&self, last: &[f32], out: &mut Pooled) {
        let h = self.channels;
        let Pooled { beliefs, values, top } = out;
        values.clear();
        values.resize(h, if last.is_empty() { 0.0 } else { f32::MIN });
        values.resize(2 * h, 0.0);
        top.clear();
        top.resize(h, 0);
        let (most, mean) = values.split_at_mut(h);
        for (t, last) in (0..).zip(last.chunks_exact(h)) {
            for (((value, most), mean), top) in last.iter().zip(&mut *most).zip(&mut *mean).zip(&mut *top) {
                let more = *value > *most;
                *most = if more { *value } else { *most };
                *top = if more { t } else { *top };
                *mean += value;
            }
        }
        let count = count(last.len() / h);
        mean.iter_mut().for_each(|v| *v /= count);
        beliefs.clone_from(&self.file.bias);
        for (value, weights) in values.iter().zip(self.file.out.chunks_exact(self.heads)) {
            beliefs.iter_mut().zip(weights).for_each(|(b, w)| *b += w * value);
        }
    }

    /// What the words of a passage gave to one belief, as ranges of the document with points.
    /// A channel's greatest value is what its position gave; the mean comes from all.
    pub fn given(&self, view: &View, head: usize) -> Vec<(Range<usize>, f32)> {
        let View { pooled, last, pieces } = view;
        let h = self.channels;
        let mut by_position = vec![0.0_f32; pieces.len()];
        let weight = |c: usize| self.file.out[c * self.heads + head];
        for c in 0..h {
            if let Some(given) = by_position.get_mut(pooled.top[c] as usize) {
                *given += weight(c) * pooled.values[c];
            }
        }
        let count = count(pieces.len());
        for (given, row) in by_position.iter_mut().zip(last.chunks_exact(h)) {
            *given += row.iter().enumerate().map(|(c, v)| weight(h + c) * v / count).sum::<f32>();
        }
        // A position sees its neighbours: half of what it gives is theirs.
        let near = |t: usize| by_position.get(t).copied().unwrap_or(0.0);
        let mut out: Vec<(Range<usize>, f32)> = Vec::new();
        for (t, piece) in pieces.iter().enumerate() {
            if piece.above || piece.at.0 == piece.at.1 {
                continue;
            }
            let points = 0.5 * near(t) + 0.25 * (near(t.wrapping_sub(1)) + near(t + 1));
            match out.last_mut() {
                Some((at, sum)) if at.start == piece.at.0 => *sum += points,
                _ => out.push((piece.at.0..piece.at.1, points)),
            }
        }
        out
    }

    /// A passage as few small numbers, to be compared with those of the examples.
    pub fn vector(&self, pooled: &Pooled) -> Vec<f32> {
        let numbers = self.file.project.len() / (2 * self.channels);
        let mut out = vec![0.0_f32; numbers];
        let centred = pooled.values.iter().zip(&self.file.centre).map(|(v, c)| v - c);
        for (value, weights) in centred.zip(self.file.project.chunks_exact(numbers.max(1))) {
            out.iter_mut().zip(weights).for_each(|(o, w)| *o += w * value);
        }
        out
    }
}

#[allow(clippy::cast_precision_loss, reason = "passages have few pieces")]
fn count(pieces: usize) -> f32 {
    pieces.max(1) as f32
}
