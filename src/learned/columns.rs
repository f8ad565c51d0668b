//! Sums of rows of fractions, each row by its weight: what positions see of each other.
//!
//! Several sums over the same rows are worked out side by side. Each is added up row by row,
//! whatever stands beside it, so that every machine gives the same bits. It knows nothing of text or models.

use super::floats::LANES;

/// Sums that are worked out side by side.
pub(super) const TOGETHER: usize = 4;

/// Rows of numbers, a block of columns of all rows after the other.
#[derive(Debug, Default)]
pub(super) struct Columns {
    blocks: Vec<[f32; LANES]>,
    rows: usize,
}

impl Columns {
    /// Makes room for so many rows of so many columns, all noughts.
    pub fn clear(&mut self, rows: usize, columns: usize) {
        self.rows = rows;
        self.blocks.clear();
        self.blocks.resize(rows * columns.div_ceil(LANES), [0.0; LANES]);
    }

    /// Numbers that a sum takes: the columns, and noughts up to a whole block.
    pub fn width(&self) -> usize {
        self.blocks.len() / self.rows.max(1) * LANES
    }

    /// Sets a column of all rows.
    #[inline(always)]
    pub fn set_column(&mut self, column: usize, values: &[f32]) {
        let rows = &mut self.blocks[column / LANES * self.rows..][..self.rows];
        rows.iter_mut().zip(values).for_each(|(row, value)| row[column % LANES] = *value);
    }

    /// Sets a row.
    #[inline(always)]
    pub fn set_row(&mut self, row: usize, values: &[f32]) {
        for (block, values) in self.blocks.chunks_exact_mut(self.rows).zip(values.chunks(LANES)) {
            block[row][..values.len()].copy_from_slice(values);
        }
    }

    /// The sums of the rows for several lists of weights, one for each row, after each other.
    #[inline(always)]
    pub fn weighed(&self, weights: [&[f32]; TOGETHER], out: &mut [f32]) {
        let (rows, width) = (self.rows, self.width());
        let weights = weights.map(|w| &w[..rows]);
        for (block, columns) in self.blocks.chunks_exact(rows.max(1)).enumerate() {
            let mut sums = [[0.0; LANES]; TOGETHER];
            for (row, values) in columns.iter().enumerate() {
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += weights[row] * value);
                }
            }
            for (at, sum) in sums.iter().enumerate() {
                out[at * width + block * LANES..][..LANES].copy_from_slice(sum);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_what_a_hand_would_find() {
        let value = |row: usize, column: usize| (row * 7 + column * 3) as f32 % 11.0;
        let weight = |at: usize, row: usize| (at * 5 + row) as f32 % 4.0 - 1.0;
        for (rows, columns) in [(1, 1), (5, 16), (3, 37)] {
            let (mut by_row, mut by_column) = (Columns::default(), Columns::default());
            by_row.clear(rows, columns);
            by_column.clear(rows, columns);
            (0..rows).for_each(|r| by_row.set_row(r, &(0..columns).map(|c| value(r, c)).collect::<Vec<_>>()));
            (0..columns).for_each(|c| by_column.set_column(c, &(0..rows).map(|r| value(r, c)).collect::<Vec<_>>()));
            let weights: [Vec<f32>; TOGETHER] = std::array::from_fn(|at| (0..rows).map(|r| weight(at, r)).collect());
            let mut out = vec![0.0; TOGETHER * by_row.width()];
            for of in [&by_row, &by_column] {
                of.weighed(std::array::from_fn(|at| weights[at].as_slice()), &mut out);
                for (at, column) in (0..TOGETHER).flat_map(|at| (0..of.width()).map(move |column| (at, column))) {
                    let told: f32 =
                        if column < columns { (0..rows).map(|r| weight(at, r) * value(r, column)).sum() } else { 0.0 };
                    assert_eq!(out[at * of.width() + column], told, "{rows} {columns} {at} {column}");
                }
            }
        }
    }
}
