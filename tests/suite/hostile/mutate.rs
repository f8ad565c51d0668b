//! Changes bytes of a file, the same way for the same number.

/// A copy of a file with something wrong: bytes changed, taken out, doubled, or the end cut off.
pub fn mutated(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut out = bytes.to_vec();
    for _ in 0..=dice.below(12) {
        if out.is_empty() {
            break;
        }
        let at = dice.below(out.len());
        let end = (at + 1 + dice.below(64)).min(out.len());
        match dice.below(8) {
            0..=2 => out[at] ^= 1 << dice.below(8),
            3 => out[at] = b"0123456789<>[]()/ \n\0\xff"[dice.below(21)],
            4 => drop(out.drain(at..end)),
            5 => {
                let piece = out[at..end].to_vec();
                let to = dice.below(out.len());
                out.splice(to..to, piece);
            }
            6 => change_number(&mut out, at, &mut dice),
            _ if dice.below(4) == 0 => out.truncate(at),
            _ => {}
        }
    }
    out
}

/// Puts another number where the next one stands.
fn change_number(bytes: &mut [u8], from: usize, dice: &mut Dice) {
    let Some(start) = bytes[from..].iter().position(u8::is_ascii_digit) else { return };
    for byte in bytes[from + start..].iter_mut().take_while(|b| b.is_ascii_digit()) {
        *byte = b'0' + u8::try_from(dice.below(10)).unwrap_or(0);
    }
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % most.max(1) as u64).unwrap_or(0)
    }
}
