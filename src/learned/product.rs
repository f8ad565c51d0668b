//! Products of whole numbers, exact on every machine and as fast as each one can.
//!
//! Comes in: rows of whole numbers of 16 bits, and weights of eight. Goes out: for every row the
//! sums of their products. Sums are whole, so that no order of adding changes a bit; which
//! instructions are used is told by the machine it runs on. It knows nothing of text or models.

use fearless_simd::{Level, dispatch, prelude::*};

/// Outputs that are worked out side by side: as many sums as the widest vectors hold.
pub(super) const PANEL: usize = 16;
/// Rows that are worked out together at most.
const BLOCK: usize = 8;

/// Weights, laid out for multiplying.
#[derive(Debug)]
pub(super) struct Table {
    /// By panel, pair of inputs, output of the panel: the weights of both inputs.
    weights: Vec<i16>,
    /// Pairs of inputs of one row, from its first and its second half.
    pairs: usize,
    /// Rows that a sum is made from.
    rows: usize,
    /// Outputs, rounded up to whole panels.
    outputs: usize,
}

impl Table {
    /// A table for sums over so many rows of so many inputs, an even number; a weight is given by
    /// its output, row and input.
    pub fn new(outputs: usize, rows: usize, inputs: usize, weight: impl Fn(usize, usize, usize) -> i8) -> Self {
        let pairs = inputs / 2;
        let panels = outputs.div_ceil(PANEL);
        let mut weights = Vec::with_capacity(panels * PANEL * rows * pairs * 2);
        for panel in 0..panels {
            for (row, pair) in (0..rows).flat_map(|row| (0..pairs).map(move |pair| (row, pair))) {
                for output in panel * PANEL..(panel + 1) * PANEL {
                    let of = |input| if output < outputs { i16::from(weight(output, row, input)) } else { 0 };
                    weights.extend([of(pair), of(pair + pairs)]);
                }
            }
        }
        Self { weights, pairs, rows, outputs: panels * PANEL }
    }

    /// A table for sums over one row of inputs, of signed bytes that lie in the order of a table's weights.
    pub fn packed(outputs: usize, inputs: usize, weights: &[u8]) -> Self {
        let weights = weights.iter().map(|w| i16::from(w.cast_signed())).collect();
        Self { weights, pairs: inputs / 2, rows: 1, outputs: outputs.next_multiple_of(PANEL) }
    }

    /// Numbers that a row of sums takes: the outputs, and noughts up to a whole panel.
    pub const fn outputs(&self) -> usize {
        self.outputs
    }

    /// The sums of each position from the first asked for: over the row of inputs there and those
    /// that follow at this distance from each other.
    pub fn sums(&self, inputs: &Rows, first: usize, distance: usize, sums: &mut Vec<i32>) {
        self.sums_with(Level::new(), inputs, first, distance, sums);
    }

    /// The same with the instructions of a level.
    fn sums_with(&self, level: Level, inputs: &Rows, first: usize, distance: usize, sums: &mut Vec<i32>) {
        let count = inputs.count.saturating_sub(distance * (self.rows - 1) + first);
        sums.resize(count.next_multiple_of(BLOCK) * self.outputs, 0);
        let work =
            Work { table: self, inputs: &inputs.pairs[(first * inputs.in_row).min(inputs.pairs.len())..], distance };
        dispatch!(level, simd => work.all(simd, count, sums));
    }
}

/// Rows of inputs, those of the first half beside those of the second.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pairs: Vec<i32>,
    in_row: usize,
    count: usize,
}

impl Rows {
    /// Makes room for so many rows of so many inputs, an even number. What rows hold that are not set is not said.
    pub fn resize(&mut self, count: usize, inputs: usize) {
        self.in_row = inputs / 2;
        self.count = count;
        // The last block of positions reads beyond the last row.
        self.pairs.resize((count + BLOCK) * self.in_row, 0);
    }

    /// The inputs of a row.
    #[inline(always)]
    pub fn set(&mut self, row: usize, inputs: &[i16]) {
        let (first, second) = inputs.split_at(self.in_row);
        let pairs = &mut self.pairs[row * self.in_row..(row + 1) * self.in_row];
        for ((pair, first), second) in pairs.iter_mut().zip(first).zip(second) {
            *pair = side_by_side(*first, *second);
        }
    }
}

/// Two numbers as they lie in memory.
const fn side_by_side(first: i16, second: i16) -> i32 {
    let ([a, b], [c, d]) = (first.to_ne_bytes(), second.to_ne_bytes());
    i32::from_ne_bytes([a, b, c, d])
}

/// What is to be multiplied.
struct Work<'a> {
    table: &'a Table,
    inputs: &'a [i32],
    distance: usize,
}

impl Work<'_> {
    #[inline(always)]
    fn all<S: Simd>(&self, simd: S, count: usize, sums: &mut [i32]) {
        simd.vectorize(
            #[inline(always)]
            || match S::i32s::LEN {
                16 => {
                    // Halves of the greatest block where that is enough.
                    let whole = (count + 3) / BLOCK * BLOCK;
                    self.blocks::<S, 1, BLOCK>(simd, 0..whole, sums);
                    self.blocks::<S, 1, 4>(simd, whole..count, sums);
                }
                8 => self.blocks::<S, 2, 4>(simd, 0..count, sums),
                _ => self.blocks::<S, 4, 2>(simd, 0..count, sums),
            },
        );
    }

    /// The sums of positions, `P` at a time, where a panel takes `Q` vectors.
    #[inline(always)]
    fn blocks<S: Simd, const Q: usize, const P: usize>(&self, simd: S, at: std::ops::Range<usize>, sums: &mut [i32]) {
        let Table { weights, pairs, rows, outputs } = self.table;
        let lanes = S::i32s::LEN;
        // A panel's weights stay near while all positions take them.
        for (panel, weights) in weights.chunks_exact(rows * pairs * 2 * PANEL).enumerate() {
            for first in at.clone().step_by(P) {
                let mut sum = [[S::i32s::splat(simd, 0); Q]; P];
                for (row, weights) in weights.chunks_exact(pairs * 2 * PANEL).enumerate() {
                    let start = |p: usize| (first + p + row * self.distance) * pairs;
                    let inputs: [&[i32]; P] = std::array::from_fn(|p| &self.inputs[start(p)..][..*pairs]);
                    for (pair, weights) in (0..*pairs).zip(weights.chunks_exact(2 * PANEL)) {
                        let weights: [S::i16s; Q] =
                            std::array::from_fn(|q| S::i16s::from_slice(simd, &weights[q * 2 * lanes..][..2 * lanes]));
                        for p in 0..P {
                            let both: S::i16s = S::i32s::splat(simd, inputs[p][pair]).bitcast();
                            for q in 0..Q {
                                sum[p][q] += both.pairwise_dot_product(weights[q]);
                            }
                        }
                    }
                }
                for (p, sum) in sum.iter().enumerate() {
                    let out = &mut sums[(first + p) * outputs + panel * PANEL..][..PANEL];
                    for (sum, out) in sum.iter().zip(out.chunks_exact_mut(lanes)) {
                        sum.store_slice(out);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every level of this machine.
    fn levels() -> Vec<Level> {
        let best = Level::new();
        let mut out = vec![best, Level::baseline()];
        #[cfg(target_arch = "x86_64")]
        {
            out.extend(best.as_avx2().map(Simd::level));
            out.extend(best.as_sse4_2().map(Simd::level));
        }
        out
    }

    #[test]
    fn all_machines_find_the_sums_that_a_hand_would() {
        for (outputs, rows, inputs, count) in
            [(1, 1, 2, 1), (20, 3, 6, 13), (16, 2, 8, 16), (40, 1, 4, 5), (2, 3, 2, 0)]
        {
            let number = |seed: usize, most: usize| (seed * 7919 % (2 * most + 1)) as i32 - most as i32;
            let weight = |o: usize, r: usize, i: usize| number(o * 31 + r * 17 + i + 1, 127) as i8;
            let input = |row: usize, i: usize| number(row * 13 + i + 5, 32767) as i16;
            let (table, mut given) = (Table::new(outputs, rows, inputs, weight), Rows::default());
            given.resize(count + 2 * (rows - 1), inputs);
            (0..count + 2 * (rows - 1))
                .for_each(|row| given.set(row, &(0..inputs).map(|i| input(row, i)).collect::<Vec<_>>()));
            for level in levels() {
                let mut sums = vec![7; 3];
                table.sums_with(level, &given, 0, 2, &mut sums);
                for (at, output) in (0..count).flat_map(|at| (0..outputs).map(move |output| (at, output))) {
                    let of = |r: usize| {
                        (0..inputs).map(move |i| i32::from(weight(output, r, i)) * i32::from(input(at + 2 * r, i)))
                    };
                    let sum: i32 = (0..rows).flat_map(of).sum();
                    assert_eq!(sums[at * table.outputs() + output], sum, "{level:?} {at} {output}");
                }
            }
        }
    }
}
