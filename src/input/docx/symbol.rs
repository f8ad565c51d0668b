//! Characters of symbol fonts.
//!
//! Comes in: a font and a code of the private use area. Goes out: the Unicode character that
//! looks alike.

/// The character for a symbol: its font and its code in hexadecimal digits.
pub(super) fn symbol(font: &str, code: &str) -> Option<char> {
    let code = u32::from_str_radix(code.trim(), 16).ok()?;
    if !(0xF000..=0xF0FF).contains(&code) && code > 0xFF {
        return char::from_u32(code);
    }
    let low = u8::try_from(code & 0xFF).ok()?;
    let font = font.to_lowercase();
    if font.contains("wingdings") || font.contains("webdings") {
        return Some(wingding(low));
    }
    if font.contains("symbol") {
        return Some(greek(low));
    }
    Some(char::from(low))
}

fn wingding(code: u8) -> char {
    match code {
        0xFC | 0x50 => '✓',
        0xFB | 0x4F => '✗',
        0xFE | 0x52 => '☑',
        0xFD | 0x78 | 0x51 | 0x53 | 0x54 => '☒',
        0xA8 | 0x6F | 0x71 | 0xA3 => '☐',
        0xE0 | 0xE8 | 0xF0 => '→',
        0xDF | 0xEF => '←',
        0xE1 | 0xF1 => '↑',
        0xE2 | 0xF2 => '↓',
        0x4A => '☺',
        _ => '▪',
    }
}

fn greek(code: u8) -> char {
    const LETTERS: [(u8, char); 32] = [
        (0x61, 'α'),
        (0x62, 'β'),
        (0x63, 'χ'),
        (0x64, 'δ'),
        (0x65, 'ε'),
        (0x67, 'γ'),
        (0x6B, 'κ'),
        (0x6C, 'λ'),
        (0x6D, 'μ'),
        (0x70, 'π'),
        (0x72, 'ρ'),
        (0x73, 'σ'),
        (0x74, 'τ'),
        (0x77, 'ω'),
        (0x44, 'Δ'),
        (0x53, 'Σ'),
        (0x57, 'Ω'),
        (0xA3, '≤'),
        (0xB3, '≥'),
        (0xB1, '±'),
        (0xB4, '×'),
        (0xB8, '÷'),
        (0xB9, '≠'),
        (0xBB, '≈'),
        (0xB0, '°'),
        (0xA5, '∞'),
        (0xAC, '←'),
        (0xAE, '→'),
        (0xDE, '⇒'),
        (0xD0, '∠'),
        (0xE5, '∑'),
        (0x2D, '−'),
    ];
    LETTERS.iter().find(|(known, _)| *known == code).map(|(_, letter)| *letter).unwrap_or(match code {
        0x20..=0x7E => char::from(code),
        _ => '•',
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_symbols() {
        assert_eq!(symbol("Wingdings", "F0FC"), Some('✓'));
        assert_eq!(symbol("Wingdings", "F0FE"), Some('☑'));
        assert_eq!(symbol("Wingdings", "F0FD"), Some('☒'));
        assert_eq!(symbol("Wingdings 2", "F0A3"), Some('☐'));
        assert_eq!(symbol("Symbol", "F0B3"), Some('≥'));
        assert_eq!(symbol("Arial", "2014"), Some('—'));
        assert_eq!(symbol("Symbol", "zz"), None);
    }
}
