//! The careful model: layers of attention over word pieces, for the passages that the quick one finds likeliest.
//!
//! Comes in: the pieces of several passages. Goes out: for each its beliefs (log odds), and where a
//! passage is to be explained what stands at each position. Products are of whole numbers, and
//! fractions run in a fixed order, so that every machine gives the same bits and a passage comes
//! out the same whatever stands beside it.

use super::Beliefs;
use super::bytes::{ByteRows, ByteTable};
use super::columns::{Columns, TOGETHER};
use super::file::{CarefulFile, LayerFile, NormFile, ProductFile};
use super::floats::{chance, let_through, normalise, shares, whole};
use super::head::{Head, Pooled};
use super::pieces::Piece;
use fearless_simd::{Level, Simd, dispatch};
use std::collections::BTreeSet;
use std::ops::Range;

/// The model, ready for any number of threads.
#[derive(Debug)]
pub(super) struct Careful {
    from: f32,
    most: usize,
    room: usize,
    worth: f32,
    limit: usize,
    /// How much of the quick model's belief is added to its own.
    pub keeps: f32,
    channels: usize,
    parts: usize,
    embedding: Vec<u8>,
    embedding_unit: Vec<f32>,
    widen: Product,
    places: Vec<f32>,
    kinds: Vec<f32>,
    norm: NormFile,
    layers: Vec<Layer>,
    pub head: Head,
}

#[derive(Debug)]
struct Layer {
    see: Product,
    tell: Product,
    seen: NormFile,
    up: Product,
    down: Product,
    thought: NormFile,
}

/// A layer of weights, with what its sums are multiplied by and what is added.
#[derive(Debug)]
struct Product {
    table: ByteTable,
    inputs: usize,
    by: Vec<f32>,
    plus: Vec<f32>,
}

/// Room for what stands between the layers.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// What stands at each position.
    last: Vec<f32>,
    wide: Vec<f32>,
    seen: Vec<f32>,
    rows: ByteRows,
    units: Vec<f32>,
    one: Vec<i8>,
    sums: Vec<i32>,
    /// What positions are found by, and what they offer.
    found: Columns,
    offers: Columns,
    scores: Vec<f32>,
    looked: Vec<f32>,
}

/// Positions that are worked out together, about; weights are fetched once for all of them.
const AT_ONCE: usize = 160;

impl Careful {
    pub fn new(file: CarefulFile<'_>, heads: usize) -> Self {
        let (channels, rank) = (file.channels as usize, file.rank as usize);
        let layer = |l: LayerFile<'_>| Layer {
            see: Product::new(l.see, channels),
            tell: Product::new(l.tell, channels),
            seen: l.seen,
            up: Product::new(l.up, channels),
            down: Product::new(l.down, file.inner as usize),
            thought: l.thought,
        };
        Self {
            from: file.from,
            most: file.most as usize,
            room: file.room as usize,
            worth: file.worth,
            limit: file.limit as usize,
            keeps: file.keeps,
            channels,
            parts: file.parts as usize,
            embedding: file.embedding.into_owned(),
            embedding_unit: file.embedding_unit,
            widen: Product::new(file.widen, rank),
            places: file.places,
            kinds: file.kinds,
            norm: file.norm,
            layers: file.layers.into_iter().map(layer).collect(),
            head: Head::new(file.head, channels, heads),
        }
    }

    /// The passages to read, by what the quick model believes of all and how many pieces each has: for each facet
    /// those few that it finds likeliest; then, as far as there is room, those that it expects to hold most facets.
    /// There is more room for passages that are worth it than for others: a plan is read nearly whole, and of a long
    /// report what may hold something.
    pub fn again(&self, quick: &Beliefs, lengths: &[usize]) -> Vec<usize> {
        let mut out = self.likeliest(quick);
        let length = |at: usize| lengths[at].min(self.places.len() / self.channels);
        let mut taken: usize = out.iter().map(|at| length(*at)).sum();
        let expected = |row: &[f32]| row.iter().map(|belief| chance(*belief)).sum::<f32>();
        let mut others: Vec<(f32, usize)> =
            quick.rows().enumerate().filter(|(at, _)| !out.contains(at)).map(|(at, row)| (expected(row), at)).collect();
        others.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (expected, at) in others {
            let room = if expected >= self.worth { self.limit } else { self.room };
            if taken + length(at) <= room {
                taken += length(at);
                out.insert(at);
            }
        }
        out.into_iter().collect()
    }

    fn likeliest(&self, quick: &Beliefs) -> BTreeSet<usize> {
        let mut out = BTreeSet::new();
        for head in 0..quick.heads {
            let mut likely: Vec<(f32, usize)> = quick
                .rows()
                .zip(0..)
                .map(|(beliefs, at)| (beliefs[head], at))
                .filter(|(belief, _)| *belief >= self.from)
                .collect();
            likely.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            out.extend(likely.iter().take(self.most).map(|(_, at)| *at));
        }
        out
    }

    /// The pieces that are seen of a passage.
    pub fn seen<'p>(&self, pieces: &'p [Piece]) -> &'p [Piece] {
        &pieces[..pieces.len().min(self.places.len() / self.channels)]
    }

    /// Reads passages; tells of each, by its number, with what stands at its positions.
    pub fn read(&self, passages: &[Vec<Piece>], room: &mut Room, mut tell: impl FnMut(usize, &Pooled, &[f32])) {
        let level = Level::new();
        let (mut first, mut pooled) = (0, Pooled::default());
        while first < passages.len() {
            let (mut next, mut count) = (first, 0);
            while next < passages.len() && (count == 0 || count + self.seen(&passages[next]).len() <= AT_ONCE) {
                count += self.seen(&passages[next]).len();
                next += 1;
            }
            let some = &passages[first..next];
            dispatch!(level, simd => simd.vectorize(#[inline(always)] || self.begin(some, room)));
            for layer in &self.layers {
                self.layer(level, layer, some, room);
            }
            for (at, rows) in self.places_of(some).enumerate() {
                let last = &room.last[rows.start * self.channels..rows.end * self.channels];
                dispatch!(level, simd => simd.vectorize(#[inline(always)] || self.head.pool(last, &mut pooled)));
                tell(first + at, &pooled, last);
            }
            first = next;
        }
    }

    /// The rows that each passage takes.
    fn places_of<'a>(&'a self, passages: &'a [Vec<Piece>]) -> impl Iterator<Item = Range<usize>> + 'a {
        passages.iter().scan(0, |start, p| {
            let rows = *start..*start + self.seen(p).len();
            *start = rows.end;
            Some(rows)
        })
    }

    /// What the pieces stand for, before any layer.
    #[inline(always)]
    fn begin(&self, passages: &[Vec<Piece>], room: &mut Room) {
        let (c, rank) = (self.channels, self.widen.inputs);
        let pieces = || passages.iter().flat_map(|p| self.seen(p).iter().enumerate());
        let count = pieces().count();
        room.rows.resize(count, rank);
        room.one.resize(rank, 0);
        room.units.clear();
        for (row, (_, piece)) in pieces().enumerate() {
            let id = usize::from(piece.id);
            let numbers = &self.embedding[id * rank..(id + 1) * rank];
            room.one.iter_mut().zip(numbers).for_each(|(one, n)| *one = n.cast_signed());
            room.rows.set(row, &room.one);
            room.units.push(self.embedding_unit[id]);
        }
        self.widen.sums(room);
        let Room { last, sums, units, .. } = room;
        last.resize(count * c, 0.0);
        self.widen.scaled(sums, units, last);
        for (row, (at, piece)) in last.chunks_exact_mut(c).zip(pieces()) {
            let (place, kind) = (&self.places[at * c..][..c], &self.kinds[usize::from(piece.above) * c..][..c]);
            row.iter_mut().zip(place).zip(kind).for_each(|((v, place), kind)| *v += place + kind);
            normalise(row, &self.norm.by, &self.norm.plus);
        }
    }

    /// One layer: every position looks at the others, then thinks for itself.
    fn layer(&self, level: Level, layer: &Layer, passages: &[Vec<Piece>], room: &mut Room) {
        let c = self.channels;
        let mut last = std::mem::take(&mut room.last);
        let mut wide = std::mem::take(&mut room.wide);
        let mut seen = std::mem::take(&mut room.seen);
        seen.resize(last.len(), 0.0);
        layer.see.of(level, &last, &mut wide, room);
        for rows in self.places_of(passages).filter(|rows| !rows.is_empty()) {
            let (wide, seen) = (&wide[rows.start * 3 * c..rows.end * 3 * c], &mut seen[rows.start * c..rows.end * c]);
            dispatch!(level, simd => simd.vectorize(#[inline(always)] || self.look(wide, seen, room)));
        }
        layer.tell.of(level, &seen, &mut wide, room);
        dispatch!(level, simd => simd.vectorize(#[inline(always)] || add(&mut last, &wide, &layer.seen)));
        layer.up.of(level, &last, &mut wide, room);
        dispatch!(level, simd => simd.vectorize(#[inline(always)] || wide.iter_mut().for_each(|v| *v = let_through(*v))));
        layer.down.of(level, &wide, &mut seen, room);
        dispatch!(level, simd => simd.vectorize(#[inline(always)] || add(&mut last, &seen, &layer.thought)));
        (room.last, room.wide, room.seen) = (last, wide, seen);
    }

    /// What each position of a passage sees of all: what they offer, by how well they fit what it asks.
    #[inline(always)]
    fn look(&self, wide: &[f32], out: &mut [f32], room: &mut Room) {
        let (c, size) = (self.channels, self.channels / self.parts);
        let rows = || wide.chunks_exact(3 * c);
        let n = rows().len();
        let Room { found, offers, scores, looked, .. } = room;
        for part in (0..c).step_by(size) {
            found.clear(size, n);
            offers.clear(n, size);
            for (t, row) in rows().enumerate() {
                found.set_column(t, &row[c + part..][..size]);
                offers.set_row(t, &row[2 * c + part..][..size]);
            }
            let (many, broad) = (found.width(), offers.width());
            scores.resize(TOGETHER * many, 0.0);
            looked.resize(TOGETHER * broad, 0.0);
            for (group, out) in out.chunks_mut(TOGETHER * c).enumerate() {
                // Where a group is not full, its last position stands in.
                let position = |at: usize| (group * TOGETHER + at).min(n - 1);
                found.weighed(std::array::from_fn(|at| &wide[position(at) * 3 * c + part..][..size]), scores);
                for scores in scores.chunks_exact_mut(many) {
                    scores[n..].fill(f32::MIN);
                    shares(scores);
                }
                offers.weighed(std::array::from_fn(|at| &scores[at * many..][..n]), looked);
                for (out, looked) in out.chunks_exact_mut(c).zip(looked.chunks_exact(broad)) {
                    out[part..][..size].copy_from_slice(&looked[..size]);
                }
            }
        }
    }
}

/// Adds what a layer found to what was there.
#[inline(always)]
fn add(last: &mut [f32], found: &[f32], norm: &NormFile) {
    let c = norm.by.len();
    for (row, found) in last.chunks_exact_mut(c).zip(found.chunks_exact(c)) {
        row.iter_mut().zip(found).for_each(|(v, f)| *v += f);
        normalise(row, &norm.by, &norm.plus);
    }
}

impl Product {
    fn new(file: ProductFile<'_>, inputs: usize) -> Self {
        let outputs = file.by.len();
        Self { table: ByteTable::new(outputs, inputs, &file.weights), inputs, by: file.by, plus: file.plus }
    }

    /// The products of rows of inputs.
    fn of(&self, level: Level, inputs: &[f32], out: &mut Vec<f32>, room: &mut Room) {
        let count = inputs.len() / self.inputs;
        dispatch!(level, simd => simd.vectorize(#[inline(always)] || self.set(inputs, count, room)));
        self.sums(room);
        out.resize(count * self.by.len(), 0.0);
        let Room { sums, units, .. } = room;
        dispatch!(level, simd => simd.vectorize(#[inline(always)] || self.scaled(sums, units, out)));
    }

    #[inline(always)]
    fn set(&self, inputs: &[f32], count: usize, room: &mut Room) {
        room.rows.resize(count, self.inputs);
        room.one.resize(self.inputs, 0);
        room.units.clear();
        for (row, inputs) in inputs.chunks_exact(self.inputs).enumerate() {
            room.units.push(whole(inputs, &mut room.one));
            room.rows.set(row, &room.one);
        }
    }

    fn sums(&self, room: &mut Room) {
        self.table.sums(&mut room.rows, &mut room.sums);
    }

    #[inline(always)]
    fn scaled(&self, sums: &[i32], units: &[f32], out: &mut [f32]) {
        let outputs = self.by.len();
        for ((out, sums), unit) in out.chunks_exact_mut(outputs).zip(sums.chunks_exact(self.table.outputs())).zip(units)
        {
            for (((out, sum), by), plus) in out.iter_mut().zip(sums).zip(&self.by).zip(&self.plus) {
                #[allow(clippy::cast_precision_loss, reason = "the same on every machine")]
                let sum = *sum as f32;
                *out = sum * (by * unit) + plus;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const C: usize = 8;
    const INNER: usize = 16;
    const RANK: usize = 4;

    /// Numbers without a pattern, between -1 and 1.
    struct Numbers(u64);

    impl Numbers {
        fn next(&mut self) -> f32 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 40) as f32 / (1 << 23) as f32 - 1.0
        }

        fn many(&mut self, n: usize) -> Vec<f32> {
            (0..n).map(|_| self.next()).collect()
        }

        fn norm(&mut self) -> NormFile {
            NormFile { by: self.many(C), plus: self.many(C) }
        }

        /// Weights as they lie in a file, and by output and input.
        fn product(&mut self, inputs: usize, outputs: usize) -> (ProductFile<'static>, Vec<Vec<f32>>) {
            let whole: Vec<Vec<i8>> =
                (0..outputs).map(|_| (0..inputs).map(|_| (self.next() * 127.0) as i8).collect()).collect();
            let (by, plus) = (vec![1.0 / 300.0; outputs], self.many(outputs));
            let mut weights = Vec::new();
            for panel in 0..outputs.div_ceil(16) {
                for pair in 0..inputs / 2 {
                    for output in panel * 16..(panel + 1) * 16 {
                        let of = |i: usize| whole.get(output).map_or(0, |row| row[i]).cast_unsigned();
                        weights.extend([of(pair), of(pair + inputs / 2)]);
                    }
                }
            }
            let plain = whole.iter().map(|row| row.iter().map(|w| f32::from(*w) / 300.0).collect()).collect();
            (ProductFile { weights: weights.into(), by, plus }, plain)
        }
    }

    fn times(weights: &[Vec<f32>], file: &ProductFile<'_>, row: &[f32]) -> Vec<f32> {
        let dot = |w: &Vec<f32>| w.iter().zip(row).map(|(a, b)| a * b).sum::<f32>();
        weights.iter().zip(&file.plus).map(|(w, plus)| dot(w) + plus).collect()
    }

    fn normal(row: &[f32], norm: &NormFile) -> Vec<f32> {
        let mean = row.iter().sum::<f32>() / C as f32;
        let spread = (row.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / C as f32).sqrt();
        row.iter().zip(&norm.by).zip(&norm.plus).map(|((v, by), plus)| (v - mean) / spread * by + plus).collect()
    }

    fn sum(a: &[f32], b: &[f32]) -> Vec<f32> {
        a.iter().zip(b).map(|(a, b)| a + b).collect()
    }

    /// A model without a pattern, and what it makes of the pieces 1, 2, 0 by plain sums.
    fn model() -> (Careful, Vec<f32>) {
        let mut n = Numbers(7);
        let embedding: Vec<u8> = n.many(3 * RANK).iter().map(|v| ((v * 127.0) as i8).cast_unsigned()).collect();
        let [widen, see, tell, up, down] =
            [(RANK, C), (C, 3 * C), (C, C), (C, INNER), (INNER, C)].map(|(inputs, outputs)| n.product(inputs, outputs));
        let (places, kinds) = (n.many(4 * C), n.many(2 * C));
        let [norm, seen, thought] = [(); 3].map(|()| n.norm());
        let mut rows: Vec<Vec<f32>> = Vec::new();
        for (t, id) in [1, 2, 0].into_iter().enumerate() {
            let numbers: Vec<f32> =
                embedding[id * RANK..][..RANK].iter().map(|e| f32::from(e.cast_signed()) / 64.0).collect();
            let kind = if t == 0 { &kinds[C..] } else { &kinds[..C] };
            rows.push(normal(&sum(&sum(&times(&widen.1, &widen.0, &numbers), &places[t * C..][..C]), kind), &norm));
        }
        let wide: Vec<Vec<f32>> = rows.iter().map(|row| times(&see.1, &see.0, row)).collect();
        for (row, asks) in rows.iter_mut().zip(&wide) {
            let mut sees = vec![0.0; C];
            for part in [0, C / 2] {
                let fit =
                    |other: &Vec<f32>| (0..C / 2).map(|i| asks[part + i] * other[C + part + i]).sum::<f32>().exp();
                let all: f32 = wide.iter().map(fit).sum();
                for other in &wide {
                    (0..C / 2).for_each(|i| sees[part + i] += fit(other) / all * other[2 * C + part + i]);
                }
            }
            *row = normal(&sum(row, &times(&tell.1, &tell.0, &sees)), &seen);
            let up: Vec<f32> = times(&up.1, &up.0, row).iter().map(|v| v / (1.0 + (-1.702 * v).exp())).collect();
            *row = normal(&sum(row, &times(&down.1, &down.0, &up)), &thought);
        }
        let last = rows.concat();
        let [widen, see, tell, up, down] = [widen, see, tell, up, down].map(|p| p.0);
        let file = CarefulFile {
            from: 0.5,
            most: 2,
            room: 9,
            worth: 1.0,
            limit: 9,
            keeps: 0.5,
            channels: C as u32,
            parts: 2,
            inner: INNER as u32,
            rank: RANK as u32,
            embedding: embedding.into(),
            embedding_unit: vec![1.0 / 64.0; 3],
            widen,
            places,
            kinds,
            norm,
            layers: vec![LayerFile { see, tell, seen, up, down, thought }],
            head: super::super::file::HeadFile { out: vec![1.0; 2 * C], bias: vec![0.5], ..Default::default() },
        };
        (Careful::new(file, 1), last)
    }

    fn pieces(ids: &[u16]) -> Vec<Piece> {
        ids.iter().enumerate().map(|(t, id)| Piece { id: *id, above: t == 0, at: (t, t + 1) }).collect()
    }

    #[test]
    fn what_stands_at_each_position_is_what_plain_sums_give() {
        let (model, told) = model();
        let mut read = 0;
        model.read(&[pieces(&[1, 2, 0])], &mut Room::default(), |_, pooled, last| {
            read += 1;
            assert_eq!(last.len(), told.len());
            for (own, told) in last.iter().zip(&told) {
                // As near as bytes come.
                assert!((own - told).abs() < 2e-2, "{last:?} {told:?}");
            }
            let most = |c: usize| (0..3).map(|t| last[t * C + c]).fold(f32::MIN, f32::max);
            let mean = |c: usize| (0..3).map(|t| last[t * C + c]).sum::<f32>() / 3.0;
            let belief = 0.5 + (0..C).map(|c| most(c) + mean(c)).sum::<f32>();
            assert!((pooled.beliefs[0] - belief).abs() < 1e-4);
        });
        assert_eq!(read, 1);
    }

    #[test]
    fn each_facet_has_its_likeliest_read_and_then_what_holds_most_while_there_is_room() {
        let model = model().0;
        let rows = [[0.6, -1.0], [0.9, -1.0], [0.6, 0.4], [3.0, 0.5], [0.0, -3.0]];
        let beliefs = |rows: &[[f32; 2]]| Beliefs { heads: 2, all: rows.concat() };
        let quick = beliefs(&rows);
        // Passages 1 and 3 are the likeliest for the first facet, 3 alone for the second.
        assert_eq!(model.again(&quick, &[5; 5]), [1, 3], "four pieces are seen of each, and nine is the most");
        assert_eq!(model.again(&quick, &[1, 4, 1, 4, 1]), [1, 2, 3], "2 holds more than 0");
        assert_eq!(model.again(&quick, &[2, 3, 4, 3, 1]), [0, 1, 3, 4], "2 is too long for what is left");
        assert_eq!(model.again(&beliefs(&rows[..3]), &[4; 3]), [0, 1], "the earlier of equals");
        assert!(model.again(&beliefs(&[]), &[]).is_empty());
        let model = Careful { worth: 1.0, limit: 12, ..model };
        // Passage 1 is expected to hold 0.98 facets, passage 2 1.24.
        assert_eq!(model.again(&quick, &[4; 5]), [1, 2, 3], "2 is worth more room, 0 is not");
        assert_eq!(model.again(&quick, &[4, 4, 1, 4, 0]), [1, 2, 3, 4]);
        assert_eq!(Careful { limit: 11, ..model }.again(&quick, &[4; 5]), [1, 3], "even that has an end");
    }

    #[test]
    fn what_stands_beside_a_passage_changes_nothing() {
        let model = model().0;
        let passages = [pieces(&[1, 2, 0]), pieces(&[2]), pieces(&[0, 0, 1, 2, 1, 1]), Vec::new(), pieces(&[1, 1])];
        let beliefs = |some: &[Vec<Piece>]| {
            let mut out = Vec::new();
            model.read(some, &mut Room::default(), |_, pooled, _| out.push(pooled.beliefs[0].to_bits()));
            out
        };
        let alone: Vec<u32> = passages.iter().flat_map(|p| beliefs(std::slice::from_ref(p))).collect();
        assert_eq!(beliefs(&passages), alone);
        assert_eq!(alone.len(), passages.len());
        let many: Vec<Vec<Piece>> = passages.iter().cycle().take(100).cloned().collect();
        assert_eq!(beliefs(&many), alone.repeat(20));
    }
}
