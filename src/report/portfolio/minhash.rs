//! How alike two texts are, told from a few numbers each (MinHash, Broder 1997).
//!
//! Comes in: words. Goes out: a sketch; the share of rows in which two sketches agree is about the
//! share of runs of three words that the texts have in common. The numbers are the same on every
//! machine.

/// Numbers of a sketch.
pub(super) const ROWS: usize = 32;
/// Parts of a sketch: texts that agree in one whole part are looked at more closely. With four rows
/// a part, texts that share four fifths are found 98 times in 100, and texts that share a third
/// are looked at 10 times in 100.
pub(super) const BANDS: usize = 8;
/// Rows in which sketches of nearly the same text agree at least: about three quarters.
const NEAR: usize = 24;
/// Words of a run.
const SHINGLE: usize = 3;

/// The numbers of one text.
pub(super) type Sketch = [u32; ROWS];

/// The sketch of a text.
pub(super) fn sketch(words: &[String]) -> Sketch {
    let mut out = [u32::MAX; ROWS];
    for run in words.windows(SHINGLE.min(words.len().max(1))) {
        let seed = hash(run);
        for (row, n) in out.iter_mut().zip(1_u64..) {
            *row = (*row).min((mix(seed ^ mix(n)) >> 32) as u32);
        }
    }
    out
}

/// Whether two texts are nearly the same.
pub(super) fn near(a: &Sketch, b: &Sketch) -> bool {
    a.iter().zip(b).filter(|(a, b)| a == b).count() >= NEAR
}

/// One part of a sketch as a number.
pub(super) fn band(sketch: &Sketch, band: usize) -> u64 {
    let rows = ROWS / BANDS;
    sketch[band * rows..(band + 1) * rows].iter().fold(0, |key, row| mix(key ^ u64::from(*row)))
}

/// A hash of words in order (FNV-1a, then mixed).
pub(super) fn hash(words: &[String]) -> u64 {
    let bytes = words.iter().flat_map(|w| w.bytes().chain([b' ']));
    mix(bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)))
}

/// Spreads a number over all bits (the finaliser of SplitMix64).
const fn mix(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn nearly_the_same_is_near() {
        let text: Vec<String> = (0..60).map(|n| format!("word{n}")).collect();
        let mut other = text.clone();
        other[30] = "changed".to_owned();
        assert!(near(&sketch(&text), &sketch(&other)));
        let far: Vec<String> = (30..90).map(|n| format!("word{n}")).collect();
        assert!(!near(&sketch(&text), &sketch(&far)), "half in common");
    }

    #[test]
    fn numbers_are_the_same_everywhere() {
        assert_eq!(hash(&words("we will act")), 0x63672250dd1fa114);
        assert_eq!(sketch(&words("we will act on debt"))[0], 1018591341);
    }
}
