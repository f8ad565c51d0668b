//! Maps with a quick hash, for keys that are numbers and short words, and lists of short lists.
//!
//! The hash does not withstand keys chosen to collide: whoever writes such a text makes only the
//! check of that text slow.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};

/// A map with a quick hash.
pub(crate) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// Multiplies and turns, eight bytes at a time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Quick(u64);

impl Quick {
    const fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0xf135_7aea_2e62_a9c5);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.add(u64::from_le_bytes(*eight));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.add(u64::from_le_bytes(last) ^ ((rest.len() as u64) << 56));
    }

    fn write_u8(&mut self, number: u8) {
        self.add(u64::from(number));
    }

    fn write_u16(&mut self, number: u16) {
        self.add(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.add(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.add(number as u64);
    }

    fn finish(&self) -> u64 {
        // The high bits are the mixed ones, and maps look at the low ones first.
        self.0.rotate_left(26)
    }
}

/// Different short lists in one piece of memory, each once, numbered in the order in which they
/// came.
#[derive(Clone, Debug)]
pub(crate) struct Slices<T> {
    items: Vec<T>,
    ends: Vec<usize>,
    /// By hash: the last list with it.
    last: QuickMap<u64, usize>,
    /// By list: the one before it with the same hash.
    before: Vec<Option<usize>>,
}

impl<T> Default for Slices<T> {
    fn default() -> Self {
        Self { items: Vec::new(), ends: Vec::new(), last: QuickMap::default(), before: Vec::new() }
    }
}

impl<T: Copy + Eq + Hash> Slices<T> {
    /// The number of a list, and whether it is new.
    pub(crate) fn add(&mut self, list: &[T]) -> (usize, bool) {
        let hash = BuildHasherDefault::<Quick>::default().hash_one(list);
        let last = self.last.get(&hash).copied();
        let mut at = last;
        while let Some(known) = at {
            if self.get(known) == list {
                return (known, false);
            }
            at = self.before[known];
        }
        let number = self.ends.len();
        self.items.extend_from_slice(list);
        self.ends.push(self.items.len());
        self.before.push(last);
        self.last.insert(hash, number);
        (number, true)
    }

    /// A list by its number.
    pub(crate) fn get(&self, number: usize) -> &[T] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start..self.ends[number]]
    }

    /// How many lists there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }
}
