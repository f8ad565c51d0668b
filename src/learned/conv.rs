//! The convolution model: word pieces to one belief a facet.
//!
//! Comes in: what is shown of a passage. Goes out: beliefs (log odds) and what each word gave to
//! them. Sums run over whole numbers, and the few fractions in a fixed order with nothing but
//! plus, times and divided by, so that every machine gives the same bits. What a piece adds to the
//! first convolution is worked out when it is first met, and kept.

use super::file::{ConvFile, FIRST, SECOND};
use super::floats::nearest;
use super::head::{Head, View};
use super::input::Part;
use super::pieces::{Piece, Pieces};
use super::product::{Rows, Table};
use fearless_simd::{Level, Simd, dispatch};
use std::sync::OnceLock;

/// The model, ready for any number of threads.
#[derive(Debug)]
pub(super) struct Conv {
    pieces: Pieces,
    channels: usize,
    width: usize,
    embedding: Vec<u8>,
    first: Table,
    first_scale: Scale,
    second: Table,
    second_scale: Scale,
    pub head: Head,
    /// What a piece adds to the first convolution, position by output.
    met: Vec<OnceLock<Box<[i16]>>>,
    /// What the pieces above a passage add besides, by the positions that they take, as bits.
    above: Vec<i32>,
    /// What adds nothing.
    nothing: Vec<i16>,
}

/// Room for what stands between the layers, and what the passage before left there.
#[derive(Debug, Default)]
pub(super) struct Room {
    between: Rows,
    whole: Vec<i16>,
    sums: Vec<i32>,
    before: Vec<Piece>,
}

/// Of the outputs of a convolution, first the linear ones, then those that let them through: what
/// sums are multiplied by, and what is added.
#[derive(Debug)]
struct Scale {
    by: Vec<f32>,
    plus: Vec<f32>,
}

/// Values between convolutions are counted in parts of this.
const PARTS: f32 = 512.0;
/// What sums of the first convolution are divided by, as a power of two, to be kept small.
const KEPT: u32 = 6;
/// Positions that the inputs of the second convolution stand apart.
const APART: usize = 2;
/// Positions after its own that a value depends on.
const SEEN: usize = FIRST / 2 + (SECOND - 1) * APART / 2;

impl Conv {
    pub fn new(file: ConvFile<'_>, heads: usize) -> Self {
        let mut conv = Self::unready(file, heads);
        let above = conv.added(&[conv.met.len()]).concat();
        let twice = 2 * conv.channels;
        let at = |set: usize, o: usize| {
            (0..FIRST).filter(|k| set >> k & 1 == 1).map(|k| i32::from(above[k * twice + o])).sum()
        };
        conv.above =
            (0..1 << FIRST).flat_map(|set| (0..twice).map(move |o| (set, o))).map(|(set, o)| at(set, o)).collect();
        conv
    }

    fn unready(file: ConvFile<'_>, heads: usize) -> Self {
        let (width, channels) = (file.width as usize, file.channels as usize);
        let (first, second) = (&file.first, &file.second);
        Self {
            met: file.pieces.iter().map(|_| OnceLock::new()).collect(),
            above: Vec::new(),
            nothing: vec![0; 2 * channels],
            pieces: Pieces::new(file.pieces),
            channels,
            width,
            embedding: file.embedding.into_owned(),
            first: Table::new(FIRST * 2 * channels, 1, width, |output, _, i| first[output * width + i].cast_signed()),
            first_scale: Scale::new(&file.first_scale, (1 << KEPT) as f32),
            second: Table::new(2 * channels, SECOND, channels, |o, k, i| {
                second[(o * SECOND + k) * channels + i].cast_signed()
            }),
            second_scale: Scale::new(&file.second_scale, 1.0 / PARTS),
            head: Head::new(file.head, channels, heads),
        }
    }

    /// What the model makes of the parts of a passage. Where it begins like the passage before it,
    /// under the same heading, what that made of the beginning is kept.
    pub fn view(&self, text: &str, parts: &[Part], view: &mut View, room: &mut Room) {
        std::mem::swap(&mut view.pieces, &mut room.before);
        self.pieces.cut(text, parts, &mut view.pieces);
        self.meet(&view.pieces);
        let alike = |(a, b): &(&Piece, &Piece)| (a.id, a.above) == (b.id, b.above);
        let begins = view.pieces.iter().zip(&room.before).take_while(alike).count();
        let from = begins.saturating_sub(SEEN);
        let level = Level::new();
        dispatch!(level, simd => simd.vectorize(#[inline(always)] || self.first_layer(view, room, from)));
        self.second.sums(&room.between, from, APART, &mut room.sums);
        dispatch!(level, simd => simd.vectorize(#[inline(always)] || self.second_layer(view, &room.sums, from)));
    }

    /// The pieces of the parts of a passage.
    pub fn pieces(&self, text: &str, parts: &[Part]) -> Vec<Piece> {
        let mut out = Vec::new();
        self.pieces.cut(text, parts, &mut out);
        out
    }

    /// Works out what pieces add to the first convolution where that is not known.
    fn meet(&self, pieces: &[Piece]) {
        let mut new: Vec<usize> = pieces.iter().map(|p| usize::from(p.id)).collect();
        new.retain(|id| self.met[*id].get().is_none());
        if new.is_empty() {
            return;
        }
        new.sort_unstable();
        new.dedup();
        for (id, added) in new.iter().zip(self.added(&new)) {
            self.met[*id].get_or_init(|| added);
        }
    }

    /// What pieces add to the first convolution, position by output.
    fn added(&self, ids: &[usize]) -> Vec<Box<[i16]>> {
        let (mut rows, mut sums) = (Rows::default(), Vec::new());
        rows.resize(ids.len(), self.width);
        for (row, id) in ids.iter().enumerate() {
            let numbers = &self.embedding[id * self.width..(id + 1) * self.width];
            rows.set(row, &numbers.iter().map(|n| i16::from(n.cast_signed())).collect::<Vec<_>>());
        }
        self.first.sums(&rows, 0, 0, &mut sums);
        let kept = |sum: &i32| near((sum + (1 << (KEPT - 1))) >> KEPT);
        let of_row = |sums: &[i32]| sums[..FIRST * 2 * self.channels].iter().map(kept).collect();
        sums.chunks_exact(self.first.outputs()).take(ids.len()).map(of_row).collect()
    }

    #[inline(always)]
    fn first_layer(&self, view: &mut View, room: &mut Room, from: usize) {
        let (View { pieces, last, .. }, Room { between, whole, .. }) = (view, room);
        let (h, n) = (self.channels, pieces.len());
        last.resize(n * h, 0.0);
        between.resize(n + (SECOND - 1) * APART, h);
        let border = (SECOND - 1) * APART / 2;
        whole.clear();
        whole.resize(h, 0);
        (0..border).chain(n + border..n + 2 * border).for_each(|row| between.set(row, whole));
        for (t, last) in last.chunks_exact_mut(h).enumerate().skip(from) {
            self.first_at(pieces, t, last);
            whole.iter_mut().zip(&*last).for_each(|(whole, value)| *whole = counted(*value));
            between.set(t + border, whole);
        }
    }

    /// What comes out of the first convolution at one position.
    #[inline(always)]
    fn first_at(&self, pieces: &[Piece], t: usize, out: &mut [f32]) {
        let (h, twice) = (out.len(), 2 * out.len());
        let mut above = 0;
        let mut given: [&[i16]; FIRST] = [&self.nothing; FIRST];
        for k in 0..FIRST {
            let Some(piece) = (t + k).checked_sub(FIRST / 2).and_then(|at| pieces.get(at)) else { continue };
            if let Some(met) = self.met[usize::from(piece.id)].get() {
                given[k] = &met[k * twice..(k + 1) * twice];
            }
            above |= usize::from(piece.above) << k;
        }
        let above = &self.above[above * twice..(above + 1) * twice];
        let half = |from: usize| {
            let ([a, b, c, d, e], above) = (given.map(|given| &given[from..][..h]), &above[from..][..h]);
            move |o: usize| above[o] + [a[o], b[o], c[o], d[o], e[o]].into_iter().map(i32::from).sum::<i32>()
        };
        self.first_scale.gate(out, half(0), half(h), |_, value| value);
    }

    /// Adds the second convolution, and takes the greatest and the mean of each channel.
    #[inline(always)]
    fn second_layer(&self, view: &mut View, sums: &[i32], from: usize) {
        let View { pooled, last, .. } = view;
        let h = self.channels;
        for (last, sums) in last.chunks_exact_mut(h).skip(from).zip(sums.chunks_exact(self.second.outputs())) {
            let (linear, gates) = (&sums[..h], &sums[h..2 * h]);
            self.second_scale.gate(last, |o| linear[o], |o| gates[o], |first, second| first + second);
        }
        self.head.pool(last, pooled);
    }
}

impl Scale {
    fn new(file: &[(f32, f32)], unit: f32) -> Self {
        Self { by: file.iter().map(|s| s.0 * unit).collect(), plus: file.iter().map(|s| s.1).collect() }
    }

    /// The linear half of the sums, each let through as far as the other half says, and put
    /// together with what is there.
    #[inline(always)]
    fn gate(
        &self,
        out: &mut [f32],
        linear: impl Fn(usize) -> i32,
        gates: impl Fn(usize) -> i32,
        with: impl Fn(f32, f32) -> f32,
    ) {
        let h = out.len();
        let (by, plus) = (&self.by[..h], &self.plus[..h]);
        let (gates_by, gates_plus) = (&self.by[h..][..h], &self.plus[h..][..h]);
        #[allow(clippy::cast_precision_loss, reason = "the sums were made to fit")]
        let at = |sum: i32, by: f32, plus: f32| sum as f32 * by + plus;
        for (c, out) in out.iter_mut().enumerate() {
            let gate = at(gates(c), gates_by[c], gates_plus[c]);
            *out = with(*out, at(linear(c), by[c], plus[c]) * (0.5 + 0.5 * gate / (1.0 + gate.abs())));
        }
    }
}

/// A value between convolutions as a whole number; far-off values are cut.
#[inline(always)]
fn counted(value: f32) -> i16 {
    nearest((value * PARTS).clamp(f32::from(i16::MIN), f32::from(i16::MAX)))
}

/// A whole number as a small one; far-off values are cut.
fn near(whole: i32) -> i16 {
    i16::try_from(whole).unwrap_or(if whole < 0 { i16::MIN } else { i16::MAX })
}

#[cfg(test)]
mod tests {
    use super::super::file::HeadFile;
    use super::super::input::OWN;
    use super::*;
    use crate::document::Span;

    /// A channel that is half of what stands for the piece itself, and one that is nothing; the
    /// second layer adds nothing.
    fn model() -> Conv {
        let pieces = ["", "[UNK]", "[SEP]", "debt", "ad", "##vice", "bins"].map(str::to_owned).to_vec();
        let mut first = vec![0; FIRST * 4 * 2];
        first[FIRST / 2 * 4 * 2] = 64;
        let file = ConvFile {
            embedding: [0, 0, 0, 64, 8, 16, 0, 0].into_iter().flat_map(|number| [number, 99]).collect(),
            pieces,
            width: 2,
            channels: 2,
            first: first.into(),
            first_scale: vec![(1.0 / 4096.0, 0.0); 4],
            second: vec![0; SECOND * 4 * 2].into(),
            second_scale: vec![(1.0, 0.0); 4],
            head: HeadFile {
                out: vec![4.0, 0.0, 2.0, 0.0],
                bias: vec![-1.0],
                project: vec![1.0, 0.0, 0.0, 0.0],
                centre: vec![0.25, 0.0, 0.0, 0.0],
            },
        };
        Conv::new(file, 1)
    }

    fn view(model: &Conv, text: &str) -> View {
        let mut view = View::default();
        model.view(text, &[Part::Own(Span::new(0, text.len()))], &mut view, &mut Room::default());
        view
    }

    #[test]
    fn beliefs_are_what_a_hand_would_work_out() {
        let text = "Debt advice, bins";
        let model = model();
        let view = view(&model, text);
        // Pieces: debt 0.5, ad 0.0625, ##vice 0.125, an unknown sign 0, bins 0.
        let mean = (0.5 + 0.0625 + 0.125) / 5.0;
        assert!((view.pooled.beliefs[0] - (-1.0 + 4.0 * 0.5 + 2.0 * mean)).abs() < 1e-5, "{view:?}");
        assert_eq!(model.head.vector(&view.pooled), [0.25]);
        let given = model.head.given(&view, 0);
        let told: Vec<&str> = given.iter().map(|(at, _)| &text[at.clone()]).collect();
        assert_eq!(told, ["Debt", "advice", ",", "bins"]);
        assert!(given[0].1 > given[1].1 && given[1].1 > given[2].1 && given[3].1.abs() < 1e-6, "{given:?}");
    }

    #[test]
    fn nothing_shown_is_nothing_believed() {
        let view = view(&model(), "");
        assert_eq!(view.pooled.beliefs, [-1.0]);
        assert!(model().head.given(&view, 0).is_empty());
    }

    #[test]
    fn long_passages_are_cut() {
        let text = "debt ".repeat(500);
        let view = view(&model(), &text);
        assert_eq!(view.pieces.len(), OWN);
    }
}
