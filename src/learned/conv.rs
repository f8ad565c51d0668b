//! The convolution model: word pieces to one belief a facet.
//!
//! Comes in: what is shown of a passage. Goes out: beliefs (log odds) and what each word gave to
//! them. Sums run over whole numbers, and the few fractions in a fixed order with nothing but
//! plus, times and divided by, so that every machine gives the same bits: the tables of whole
//! numbers that are multiplied hold them as fractions, exact far beyond the greatest sum there
//! is. What a piece adds to the first convolution is worked out when it is first met, and kept.

use super::file::{ConvFile, FIRST, SECOND};
use super::input::{OWN, Part};
use super::words::words;
use ndarray::Array2;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// The model, ready for any number of threads.
#[derive(Debug)]
pub(super) struct Conv {
    ids: HashMap<String, u16>,
    longest: usize,
    channels: usize,
    width: usize,
    heads: usize,
    embedding: Vec<i8>,
    /// Numbers of a piece by positions and outputs.
    first: Array2<f64>,
    first_scale: Vec<(f32, f32)>,
    /// Positions and channels by outputs.
    second: Array2<f64>,
    second_scale: Vec<(f32, f32)>,
    out: Vec<f32>,
    bias: Vec<f32>,
    project: Vec<f32>,
    centre: Vec<f32>,
    met: Vec<OnceLock<Box<[i16]>>>,
}

/// A piece as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    id: u16,
    above: bool,
    /// Bytes of the document that it stands for; empty for borders.
    at: (usize, usize),
}

/// What the model makes of a passage.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct View {
    /// One a head, in log odds.
    pub beliefs: Vec<f32>,
    /// The greatest value of each channel, then the mean.
    pooled: Vec<f32>,
    /// Where each channel is greatest.
    top: Vec<u32>,
    /// Channels by position.
    last: Vec<f32>,
    pieces: Vec<Piece>,
}

/// A piece that stands for an unknown word.
const UNKNOWN: u16 = 1;
/// A border between parts.
const BORDER: u16 = 2;
/// Values between convolutions are counted in parts of this.
const PARTS: f32 = 512.0;
/// What sums of the first convolution are divided by, as a power of two, to be kept small.
const KEPT: u32 = 6;

impl Conv {
    pub fn new(file: ConvFile, heads: usize) -> Self {
        let (width, channels) = (file.width as usize, file.channels as usize);
        let pieces = file.pieces.len();
        let longest = file.pieces.iter().map(|p| p.trim_start_matches("##").len()).max().unwrap_or(1);
        let ids = file.pieces.into_iter().zip(0..=u16::MAX).collect();
        Self {
            ids,
            longest,
            channels,
            width,
            heads,
            embedding: file.embedding,
            first: columns(&file.first, width),
            first_scale: file.first_scale,
            second: columns(&file.second, SECOND * channels),
            second_scale: file.second_scale,
            out: file.out,
            bias: file.bias,
            project: file.project,
            centre: file.centre,
            met: (0..=pieces).map(|_| OnceLock::new()).collect(),
        }
    }

    /// What the model makes of the parts of a passage.
    pub fn view(&self, text: &str, parts: &[Part]) -> View {
        let pieces = self.pieces(text, parts);
        let n = pieces.len();
        let (h, twice) = (self.channels, 2 * self.channels);
        self.meet(&pieces);
        let mut last = vec![0.0_f32; n * h];
        // By position the two before, the position itself and the two after, every other one.
        let mut windows = Array2::<f64>::zeros((n, SECOND * h));
        let mut sums = vec![0_i32; twice];
        for t in 0..n {
            self.first_sums(&pieces, t, &mut sums);
            let out = &mut last[t * h..(t + 1) * h];
            gate(&sums, &self.first_scale, (1 << KEPT) as f32, out);
            let counted: Vec<f64> = out.iter().map(|value| f64::from(whole(*value))).collect();
            for k in 0..SECOND {
                let row = (t + 2)
                    .checked_sub(2 * k)
                    .and_then(|at| windows.as_slice_mut()?.chunks_exact_mut(SECOND * h).nth(at));
                if let Some(row) = row {
                    row[k * h..(k + 1) * h].copy_from_slice(&counted);
                }
            }
        }
        let second = windows.dot(&self.second);
        let mut gated = vec![0.0_f32; h];
        for (row, last) in second.rows().into_iter().zip(last.chunks_exact_mut(h)) {
            sums.iter_mut().zip(row).for_each(|(sum, exact)| *sum = whole_sum(*exact));
            gate(&sums, &self.second_scale, 1.0 / PARTS, &mut gated);
            last.iter_mut().zip(&gated).for_each(|(l, g)| *l += g);
        }
        self.pool(last, pieces)
    }

    fn pool(&self, last: Vec<f32>, pieces: Vec<Piece>) -> View {
        let h = self.channels;
        let mut pooled = vec![f32::MIN; 2 * h];
        let mut top = vec![0_u32; h];
        pooled[h..].fill(0.0);
        for (t, row) in (0..).zip(last.chunks_exact(h)) {
            for (c, value) in row.iter().enumerate() {
                if *value > pooled[c] {
                    (pooled[c], top[c]) = (*value, t);
                }
                pooled[h + c] += value;
            }
        }
        if pieces.is_empty() {
            pooled.fill(0.0);
        }
        let count = count(pieces.len());
        pooled[h..].iter_mut().for_each(|v| *v /= count);
        let mut beliefs = self.bias.clone();
        for (value, weights) in pooled.iter().zip(self.out.chunks_exact(self.heads)) {
            beliefs.iter_mut().zip(weights).for_each(|(b, w)| *b += w * value);
        }
        View { beliefs, pooled, top, last, pieces }
    }

    /// What the words of a passage gave to one belief, as ranges of the document with points.
    /// A channel's greatest value is what its position gave; the mean comes from all.
    pub fn given(&self, view: &View, head: usize) -> Vec<(Range<usize>, f32)> {
        let h = self.channels;
        let mut by_position = vec![0.0_f32; view.pieces.len()];
        let weight = |c: usize| self.out[c * self.heads + head];
        for c in 0..h {
            if let Some(given) = by_position.get_mut(view.top[c] as usize) {
                *given += weight(c) * view.pooled[c];
            }
        }
        let count = count(view.pieces.len());
        for (given, row) in by_position.iter_mut().zip(view.last.chunks_exact(h)) {
            *given += row.iter().enumerate().map(|(c, v)| weight(h + c) * v / count).sum::<f32>();
        }
        // A position sees its neighbours: half of what it gives is theirs.
        let near = |t: usize| by_position.get(t).copied().unwrap_or(0.0);
        let mut out: Vec<(Range<usize>, f32)> = Vec::new();
        for (t, piece) in view.pieces.iter().enumerate() {
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
    pub fn vector(&self, view: &View) -> Vec<f32> {
        let numbers = self.project.len() / (2 * self.channels);
        let mut out = vec![0.0_f32; numbers];
        let centred = view.pooled.iter().zip(&self.centre).map(|(v, c)| v - c);
        for (value, weights) in centred.zip(self.project.chunks_exact(numbers.max(1))) {
            out.iter_mut().zip(weights).for_each(|(o, w)| *o += w * value);
        }
        out
    }

    fn pieces(&self, text: &str, parts: &[Part]) -> Vec<Piece> {
        let mut out = Vec::with_capacity(64);
        let mut left = OWN;
        let border = |above: bool| Piece { id: BORDER, above, at: (0, 0) };
        for part in parts {
            match *part {
                Part::Above(span, most) => {
                    self.cut(span.of(text), span.start, true, most, &mut out);
                }
                Part::AboveEnds => out.push(border(true)),
                Part::CellEnds => out.push(border(false)),
                Part::Own(span) => left -= self.cut(span.of(text), span.start, false, left, &mut out),
            }
            if left == 0 {
                break;
            }
        }
        out
    }

    /// Appends at most so many pieces of a text; tells how many there were.
    fn cut(&self, text: &str, start: usize, above: bool, most: usize, out: &mut Vec<Piece>) -> usize {
        let first = out.len();
        let mut inner = String::new();
        for word in words(text) {
            if out.len() - first >= most {
                break;
            }
            let at = (start + word.at.start, start + word.at.end);
            self.cut_word(&word.text, &mut inner, &mut |id| out.push(Piece { id, above, at }));
        }
        out.truncate(first + most);
        out.len() - first
    }

    /// The longest known piece first, then on from where it ends; unknown where none fits.
    fn cut_word(&self, word: &str, inner: &mut String, push: &mut dyn FnMut(u16)) {
        if let Some(&id) = self.ids.get(word) {
            return push(id);
        }
        let mut found = Vec::new();
        let mut from = 0;
        while from < word.len() {
            inner.clear();
            inner.push_str(if from > 0 { "##" } else { "" });
            let mark = inner.len();
            inner.push_str(&word[from..]);
            let longest = (mark + self.longest).min(inner.len());
            let ends = (mark + 1..=longest).rev().filter(|&end| inner.is_char_boundary(end));
            match ends.map(|end| (end, self.ids.get(&inner[..end]))).find(|(_, id)| id.is_some()) {
                Some((end, Some(&id))) => {
                    found.push(id);
                    from += end - mark;
                }
                _ => return push(UNKNOWN),
            }
        }
        found.into_iter().for_each(push);
    }

    /// The sums of the first convolution at one position.
    fn first_sums(&self, pieces: &[Piece], t: usize, sums: &mut [i32]) {
        let twice = 2 * self.channels;
        let above = self.met.len() - 1;
        sums.fill(0);
        for k in 0..FIRST {
            let Some(piece) = (t + k).checked_sub(FIRST / 2).and_then(|at| pieces.get(at)) else { continue };
            let mut add = |id: usize| {
                let given = self.met[id].get().map_or(&[][..], |given| &given[k * twice..(k + 1) * twice]);
                sums.iter_mut().zip(given).for_each(|(s, g)| *s += i32::from(*g));
            };
            add(usize::from(piece.id));
            if piece.above {
                add(above);
            }
        }
    }

    /// Works out what pieces add to the first convolution, by position, where that is not known.
    fn meet(&self, pieces: &[Piece]) {
        let above = pieces.iter().any(|p| p.above).then_some(self.met.len() - 1);
        let mut new: Vec<usize> = pieces.iter().map(|p| usize::from(p.id)).chain(above).collect();
        new.sort_unstable();
        new.dedup();
        new.retain(|id| self.met[*id].get().is_none());
        let numbers = |id: &usize| self.embedding[id * self.width..(id + 1) * self.width].iter().map(|n| f64::from(*n));
        let all = new.iter().flat_map(numbers).collect();
        let Ok(numbers) = Array2::from_shape_vec((new.len(), self.width), all) else { return };
        let half = f64::from(1 << (KEPT - 1));
        let unit = f64::from(1 << KEPT);
        for (id, sums) in new.iter().zip(numbers.dot(&self.first).rows()) {
            self.met[*id].get_or_init(|| sums.iter().map(|sum| nearest(((sum + half) / unit).floor())).collect());
        }
    }
}

/// Rows of small numbers as the columns of a table.
fn columns(rows: &[i8], length: usize) -> Array2<f64> {
    let of = |at: (usize, usize)| f64::from(rows[at.1 * length + at.0]);
    Array2::from_shape_fn((length, rows.len() / length.max(1)), of)
}

/// The linear half of the sums, each let through as far as the other half says.
fn gate(sums: &[i32], scale: &[(f32, f32)], unit: f32, out: &mut [f32]) {
    let h = out.len();
    for (c, value) in out.iter_mut().enumerate() {
        #[allow(clippy::cast_precision_loss, reason = "the sums were made to fit")]
        let at = |o: usize| sums[o] as f32 * (scale[o].0 * unit) + scale[o].1;
        let (linear, gate) = (at(c), at(h + c));
        *value = linear * (0.5 + 0.5 * gate / (1.0 + gate.abs()));
    }
}

/// A value between convolutions as a whole number; far-off values are cut.
fn whole(value: f32) -> i16 {
    let scaled = f64::from(value * PARTS);
    nearest(if scaled < 0.0 { (scaled - 0.5).ceil() } else { (scaled + 0.5).floor() })
}

/// A whole number as a small one; far-off values are cut.
#[allow(clippy::cast_possible_truncation, reason = "the cast cuts at the ends of its range")]
const fn nearest(whole: f64) -> i16 {
    whole as i16
}

/// A sum of products, which is whole and far smaller than the greatest whole number of 32 bits.
#[allow(clippy::cast_possible_truncation, reason = "see above")]
const fn whole_sum(exact: f64) -> i32 {
    exact as i32
}

#[allow(clippy::cast_precision_loss, reason = "passages have few pieces")]
fn count(pieces: usize) -> f32 {
    pieces.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;

    /// One channel that is half of what stands for the piece itself; the second layer adds nothing.
    fn model() -> Conv {
        let pieces = ["", "[UNK]", "[SEP]", "debt", "ad", "##vice", "bins"].map(str::to_owned).to_vec();
        let mut first = vec![0; 2 * FIRST];
        first[2 * (FIRST / 2)] = 64;
        let file = ConvFile {
            embedding: vec![0, 0, 0, 64, 8, 16, 0, 0],
            pieces,
            width: 1,
            channels: 1,
            first,
            first_scale: vec![(1.0 / 4096.0, 0.0); 2],
            second: vec![0; 2 * SECOND],
            second_scale: vec![(1.0, 0.0); 2],
            out: vec![4.0, 2.0],
            bias: vec![-1.0],
            project: vec![1.0, 0.0],
            centre: vec![0.25, 0.0],
        };
        Conv::new(file, 1)
    }

    #[test]
    fn beliefs_are_what_a_hand_would_work_out() {
        let text = "Debt advice, bins";
        let model = model();
        let view = model.view(text, &[Part::Own(Span::new(0, text.len()))]);
        // Pieces: debt 0.5, ad 0.0625, ##vice 0.125, an unknown sign 0, bins 0.
        let mean = (0.5 + 0.0625 + 0.125) / 5.0;
        assert!((view.beliefs[0] - (-1.0 + 4.0 * 0.5 + 2.0 * mean)).abs() < 1e-5, "{view:?}");
        assert_eq!(model.vector(&view), [0.25]);
        let given = model.given(&view, 0);
        let told: Vec<&str> = given.iter().map(|(at, _)| &text[at.clone()]).collect();
        assert_eq!(told, ["Debt", "advice", ",", "bins"]);
        assert!(given[0].1 > given[1].1 && given[1].1 > given[2].1 && given[3].1.abs() < 1e-6, "{given:?}");
    }

    #[test]
    fn nothing_shown_is_nothing_believed() {
        let view = model().view("", &[Part::Own(Span::new(0, 0))]);
        assert_eq!(view.beliefs, [-1.0]);
        assert!(model().given(&view, 0).is_empty());
    }

    #[test]
    fn long_passages_are_cut() {
        let text = "debt ".repeat(500);
        let view = model().view(&text, &[Part::Own(Span::new(0, text.len()))]);
        assert_eq!(view.pieces.len(), OWN);
    }
}
