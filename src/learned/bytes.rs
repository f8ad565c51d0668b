//! Products of bytes: exact on every machine, and four at once where a machine can.
//!
//! Comes in: rows of signed bytes, and weights of signed bytes. Goes out: for every row the sums of
//! their products. Sums are whole, so that no order of adding changes a bit. It knows nothing of
//! text or models.

use super::product::{PANEL, Rows, Table};
use fearless_simd::Level;

/// Weights, laid out for multiplying.
#[derive(Debug)]
pub(super) enum ByteTable {
    /// For machines that multiply bytes.
    #[cfg(target_arch = "x86_64")]
    Fours(fours::Fours),
    /// For all others, as numbers of sixteen bits.
    Pairs(Table),
}

/// Rows of signed bytes, four in each number.
#[derive(Debug, Default)]
pub(super) struct ByteRows {
    fours: Vec<i32>,
    /// The sum of each row.
    sums: Vec<i32>,
    in_row: usize,
    /// The same for machines that do not multiply bytes.
    pairs: Rows,
    one: Vec<i16>,
}

/// Rows that are worked out together.
const BLOCK: usize = 8;

impl ByteTable {
    /// A table of weights that lie in a model's file, for inputs whose number is a multiple of four.
    pub fn new(outputs: usize, inputs: usize, weights: &[u8]) -> Self {
        Self::with(Level::new(), outputs, inputs, weights)
    }

    fn with(level: Level, outputs: usize, inputs: usize, weights: &[u8]) -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(able) = level.as_avx512() {
            return Self::Fours(fours::Fours::new(able, outputs, inputs, weights));
        }
        let _ = level;
        Self::Pairs(Table::packed(outputs, inputs, weights))
    }

    /// Numbers that a row of sums takes: the outputs, and noughts up to a whole block.
    pub const fn outputs(&self) -> usize {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Fours(table) => table.outputs(),
            Self::Pairs(table) => table.outputs(),
        }
    }

    /// The sums of each row, and after them what is not said.
    pub fn sums(&self, rows: &mut ByteRows, sums: &mut Vec<i32>) {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Fours(table) => {
                sums.resize(rows.sums.len() * table.outputs(), 0);
                table.sums(&rows.fours, &rows.sums, sums);
            }
            Self::Pairs(table) => {
                rows.pair();
                table.sums(&rows.pairs, 0, 0, sums);
            }
        }
    }
}

impl ByteRows {
    /// Makes room for so many rows of so many inputs, a multiple of four. What rows hold that are not set is not said.
    pub fn resize(&mut self, count: usize, inputs: usize) {
        self.in_row = inputs / 4;
        let whole = count.next_multiple_of(BLOCK);
        self.fours.resize(whole * self.in_row, 0);
        self.sums.resize(whole, 0);
    }

    /// The inputs of a row.
    #[inline(always)]
    pub fn set(&mut self, row: usize, inputs: &[i8]) {
        let fours = &mut self.fours[row * self.in_row..(row + 1) * self.in_row];
        for (four, bytes) in fours.iter_mut().zip(inputs.as_chunks::<4>().0) {
            *four = i32::from_le_bytes(bytes.map(i8::cast_unsigned));
        }
        self.sums[row] = inputs.iter().map(|v| i32::from(*v)).sum();
    }

    /// Makes the rows ready for tables of sixteen bits.
    fn pair(&mut self) {
        let Self { fours, sums, in_row, pairs, one } = self;
        pairs.resize(sums.len(), *in_row * 4);
        for (row, fours) in fours.chunks_exact((*in_row).max(1)).enumerate() {
            one.clear();
            one.extend(fours.iter().flat_map(|four| four.to_le_bytes()).map(|b| i16::from(b.cast_signed())));
            pairs.set(row, one);
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod fours {
    //! Four products of bytes in one instruction, of which one side must be unsigned: weights are kept
    //! 128 greater than they are, and so many times the sum of a row is taken off.

    use super::{BLOCK, PANEL};
    use fearless_simd::{Avx512, i32x16, kernel, prelude::*};
    use std::arch::x86_64::{_mm512_dpbusd_epi32, _mm512_set1_epi32};

    /// Panels of outputs that are worked out together.
    const PANELS: usize = 3;

    #[derive(Debug)]
    pub struct Fours {
        able: Avx512,
        /// By panels that go together, four inputs, panel: the weights of all its outputs.
        weights: Vec<[[i32; PANEL]; PANELS]>,
        in_row: usize,
        outputs: usize,
    }

    impl Fours {
        pub fn new(able: Avx512, outputs: usize, inputs: usize, weights: &[u8]) -> Self {
            let (in_row, outputs) = (inputs / 4, outputs.next_multiple_of(PANEL * PANELS));
            let mut table = vec![[[0; PANEL]; PANELS]; outputs / (PANEL * PANELS) * in_row];
            let beyond = [0; 2 * PANEL];
            for panel in 0..outputs / PANEL {
                let fours = &mut table[panel / PANELS * in_row..][..in_row];
                for pair in 0..inputs / 2 {
                    // In a file an output's inputs of the first half lie beside those of the second.
                    let at = (panel * inputs / 2 + pair) * 2 * PANEL;
                    let both = weights.get(at..at + 2 * PANEL).unwrap_or(&beyond);
                    for (half, input) in [pair, pair + inputs / 2].into_iter().enumerate() {
                        let four = &mut fours[input / 4][panel % PANELS];
                        for (four, both) in four.iter_mut().zip(both.as_chunks::<2>().0) {
                            *four |= i32::from(both[half].wrapping_add(128)) << (input % 4 * 8);
                        }
                    }
                }
            }
            Self { able, weights: table, in_row, outputs }
        }

        pub const fn outputs(&self) -> usize {
            self.outputs
        }

        /// The sums of whole blocks of rows.
        pub fn sums(&self, inputs: &[i32], of_rows: &[i32], sums: &mut [i32]) {
            if self.in_row > 0 {
                multiply(self.able, self, inputs, of_rows, sums);
            }
        }
    }

    kernel!(
        fn multiply(able: Avx512, table: &Fours, inputs: &[i32], of_rows: &[i32], sums: &mut [i32]) {
            let (in_row, outputs) = (table.in_row, table.outputs);
            // A panel's weights stay near while all rows take them.
            for (panels, weights) in table.weights.chunks_exact(in_row).enumerate() {
                for (block, of_rows) in of_rows.as_chunks::<BLOCK>().0.iter().enumerate() {
                    let rows: [&[i32]; BLOCK] =
                        std::array::from_fn(|row| &inputs[(block * BLOCK + row) * in_row..][..in_row]);
                    let mut sum = of_rows.map(|sum| [_mm512_set1_epi32(-128 * sum); PANELS]);
                    for (four, weights) in weights.iter().enumerate() {
                        for (sum, row) in sum.iter_mut().zip(rows) {
                            let given = _mm512_set1_epi32(row[four]);
                            for (sum, weights) in sum.iter_mut().zip(weights) {
                                let weights = i32x16::simd_from(able, *weights).into();
                                *sum = _mm512_dpbusd_epi32(*sum, weights, given);
                            }
                        }
                    }
                    for (row, sum) in sum.into_iter().enumerate() {
                        let start = (block * BLOCK + row) * outputs + panels * PANEL * PANELS;
                        let out = &mut sums[start..start + PANEL * PANELS];
                        for (sum, out) in sum.into_iter().zip(out.chunks_exact_mut(PANEL)) {
                            i32x16::simd_from(able, sum).store_slice(out);
                        }
                    }
                }
            }
        }
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_machines_find_the_sums_that_a_hand_would() {
        for (outputs, inputs, count) in [(1_usize, 4_usize, 1), (20, 8, 13), (48, 16, 16), (100, 64, 9), (2, 4, 0)] {
            let number = |seed: usize| ((seed * 7919 % 256) as u8).cast_signed();
            let weight = |o: usize, i: usize| number(o * 31 + i * 17 + 1);
            let input = |row: usize, i: usize| number(row * 13 + i * 5 + 3);
            let mut weights = Vec::new();
            for panel in 0..outputs.div_ceil(PANEL) {
                for pair in 0..inputs / 2 {
                    for output in panel * PANEL..(panel + 1) * PANEL {
                        let of = |i| if output < outputs { weight(output, i).cast_unsigned() } else { 0 };
                        weights.extend([of(pair), of(pair + inputs / 2)]);
                    }
                }
            }
            for level in [Level::new(), Level::baseline()] {
                let table = ByteTable::with(level, outputs, inputs, &weights);
                let (mut rows, mut sums) = (ByteRows::default(), vec![7; 3]);
                rows.resize(count, inputs);
                (0..count).for_each(|row| rows.set(row, &(0..inputs).map(|i| input(row, i)).collect::<Vec<_>>()));
                table.sums(&mut rows, &mut sums);
                for (row, output) in (0..count).flat_map(|row| (0..outputs).map(move |output| (row, output))) {
                    let sum: i32 = (0..inputs).map(|i| i32::from(weight(output, i)) * i32::from(input(row, i))).sum();
                    assert_eq!(sums[row * table.outputs() + output], sum, "{level:?} {row} {output}");
                }
            }
        }
    }
}
