//! The few operations on fractions that the careful reading needs, the same to the bit on every machine.
//!
//! Sums run over sixteen lanes in a fixed order whatever vectors a machine has, and nothing is used
//! but plus, times, divided by and square root, which are exact by their standard. It knows nothing
//! of text or models.

/// Sums that run side by side.
pub(super) const LANES: usize = 16;

/// The sum of what is made of values.
#[inline(always)]
fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    let (blocks, rest) = values.as_chunks::<LANES>();
    for block in blocks {
        lanes.iter_mut().zip(block).for_each(|(lane, value)| *lane += of(*value));
    }
    lanes.iter_mut().zip(rest).for_each(|(lane, value)| *lane += of(*value));
    folded(lanes, |a, b| a + b)
}

/// One of all lanes: the second half to the first, until one is left.
#[inline(always)]
fn folded(mut lanes: [f32; LANES], of: impl Fn(f32, f32) -> f32) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        let (first, second) = lanes.split_at_mut(half);
        first.iter_mut().zip(second).for_each(|(a, b)| *a = of(*a, *b));
        half /= 2;
    }
    lanes[0]
}

/// Takes the mean from the values, divides by how far they spread, and scales and moves each.
#[inline(always)]
pub(super) fn normalise(values: &mut [f32], by: &[f32], plus: &[f32]) {
    #[allow(clippy::cast_precision_loss, reason = "a few hundred")]
    let count = values.len() as f32;
    let mean = sum(values, |v| v) / count;
    values.iter_mut().for_each(|v| *v -= mean);
    let spread = 1.0 / (sum(values, |v| v * v) / count + 1e-12).sqrt();
    for ((value, by), plus) in values.iter_mut().zip(by).zip(plus) {
        *value = *value * spread * by + plus;
    }
}

/// Values to shares of one: the greater, the more.
#[inline(always)]
pub(super) fn shares(values: &mut [f32]) {
    let most = most(values, |v| v);
    values.iter_mut().for_each(|v| *v = exp(*v - most));
    let whole = sum(values, |v| v);
    values.iter_mut().for_each(|v| *v /= whole);
}

/// The greatest of what is made of values.
#[inline(always)]
fn most(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let more = |most: f32, value: f32| if value > most { value } else { most };
    let mut lanes = [f32::MIN; LANES];
    let (blocks, rest) = values.as_chunks::<LANES>();
    for block in blocks {
        lanes.iter_mut().zip(block).for_each(|(lane, value)| *lane = more(*lane, of(*value)));
    }
    lanes.iter_mut().zip(rest).for_each(|(lane, value)| *lane = more(*lane, of(*value)));
    folded(lanes, more)
}

/// Log odds as a chance from 0 to 1.
#[inline(always)]
pub(super) fn chance(odds: f32) -> f32 {
    1.0 / (1.0 + exp(-odds))
}

/// A value let through as far as it is above nought: a Gaussian error unit as its usual approximation.
#[inline(always)]
pub(super) fn let_through(value: f32) -> f32 {
    value / (1.0 + exp(-1.702 * value))
}

/// The greatest byte.
const MOST: f32 = 127.0;
/// Added to a value of less than four million it leaves the nearest whole number in the last bits.
const ROUND: f32 = 12_582_912.0;

/// e to the power of a value, to about seven figures; far-off values are cut.
#[inline(always)]
fn exp(value: f32) -> f32 {
    let value = if value < -87.0 { -87.0 } else { value };
    let value = if value > 88.0 { 88.0 } else { value };
    let near = value * std::f32::consts::LOG2_E + ROUND;
    let whole = near - ROUND;
    // The logarithm of two in two parts, so that nothing is lost.
    let rest = value - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let last = 8.333_334e-3 + rest * 1.388_889e-3;
    let series = 1.0 + rest * (1.0 + rest * (0.5 + rest * (0.166_666_67 + rest * (0.041_666_67 + rest * last))));
    let power = f32::from_bits(near.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23);
    series * power
}

/// A value between the least and the greatest number of 16 bits as the nearest whole number.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "what is cut off is not part of the number")]
pub(super) const fn nearest(value: f32) -> i16 {
    (value + ROUND).to_bits().cast_signed() as i16
}

/// Values as bytes, the greatest as 127; goes out what one of them stands for.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "none is greater than 127")]
pub(super) fn whole(values: &[f32], out: &mut [i8]) -> f32 {
    let most = most(values, f32::abs).max(f32::MIN_POSITIVE);
    let by = MOST / most;
    out.iter_mut().zip(values).for_each(|(out, value)| *out = nearest(value * by) as i8);
    most / MOST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_right_to_six_figures() {
        for value in (-870..880).map(|v| v as f32 / 10.0) {
            let told = f64::from(value).exp();
            assert!((f64::from(exp(value)) / told - 1.0).abs() < 1e-6, "{value}: {} {told}", exp(value));
        }
        assert_eq!(exp(-1000.0).to_bits(), exp(-87.0).to_bits());
        assert_eq!(exp(0.0), 1.0);
    }

    #[test]
    fn shares_are_of_one_and_in_order() {
        let mut values = [1.0, 2.0, -80.0, 2.0];
        shares(&mut values);
        assert!((values.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(values[1] == values[3] && values[1] > values[0] && values[2] < 1e-30, "{values:?}");
    }

    #[test]
    fn normal_values_have_mean_nought_and_spread_one() {
        let mut values: Vec<f32> = (0..40).map(|v| (v * 7 % 13) as f32 + 5.0).collect();
        normalise(&mut values, &[2.0; 40], &[3.0; 40]);
        let mean = values.iter().sum::<f32>() / 40.0;
        let spread = (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / 40.0).sqrt();
        assert!((mean - 3.0).abs() < 1e-5 && (spread - 2.0).abs() < 1e-5, "{mean} {spread}");
    }

    #[test]
    fn the_nearest_is_found() {
        for (value, told) in [(0.4, 0), (-0.6, -1), (32767.0, 32767), (-32768.0, -32768), (1234.9, 1235), (-2.5, -2)] {
            assert_eq!(nearest(value), told, "{value}");
        }
    }

    #[test]
    fn bytes_stand_for_what_they_were() {
        let (values, mut out) = ([0.5, -1.0, 0.0, 0.25], [0; 4]);
        let unit = whole(&values, &mut out);
        assert_eq!(out, [64, -127, 0, 32]);
        assert!((unit - 1.0 / 127.0).abs() < 1e-9);
        assert_eq!(whole(&[0.0; 4], &mut out).max(0.0), f32::MIN_POSITIVE / 127.0);
        assert_eq!(out, [0; 4]);
    }
}
