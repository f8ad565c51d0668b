//! Cuts the bytes of an RTF file into groups, control words and characters.
//!
//! Comes in: bytes. Goes out: tokens. It knows no control word but `\bin`, whose bytes it skips.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// A group begins.
    Open,
    /// A group ends.
    Close,
    /// A control word, with its number where it has one.
    Word(&'b str, Option<i32>),
    /// A control symbol.
    Symbol(u8),
    /// A character of the code page in force.
    Byte(u8),
}

/// The tokens of a file.
pub(super) struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Tokens<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next_byte(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn control(&mut self) -> Option<Token<'b>> {
        let first = self.next_byte()?;
        if first == b'\'' {
            let digits = self.bytes.get(self.at..self.at + 2)?;
            self.at += 2;
            let byte = std::str::from_utf8(digits).ok().and_then(|d| u8::from_str_radix(d, 16).ok());
            return Some(Token::Byte(byte.unwrap_or(b'?')));
        }
        if !first.is_ascii_alphabetic() {
            return Some(Token::Symbol(first));
        }
        let start = self.at - 1;
        while self.peek().is_some_and(|b| b.is_ascii_alphabetic()) && self.at - start < 32 {
            self.at += 1;
        }
        let word = std::str::from_utf8(self.bytes.get(start..self.at)?).unwrap_or_default();
        let from = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        while self.peek().is_some_and(|b| b.is_ascii_digit()) && self.at - from < 11 {
            self.at += 1;
        }
        let number = std::str::from_utf8(self.bytes.get(from..self.at)?).ok().and_then(|n| n.parse().ok());
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        if word == "bin" {
            let skipped = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            self.at = self.at.saturating_add(skipped).min(self.bytes.len());
        }
        Some(Token::Word(word, number))
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            return match self.next_byte()? {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => continue,
                byte => Some(Token::Byte(byte)),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_bytes() {
        let found: Vec<_> = Tokens::new(b"{\\b0 a\\'e9\\u-3 ?\\*\\bin3 {{{\n}").collect();
        let expected = [
            Token::Open,
            Token::Word("b", Some(0)),
            Token::Byte(b'a'),
            Token::Byte(0xE9),
            Token::Word("u", Some(-3)),
            Token::Byte(b'?'),
            Token::Symbol(b'*'),
            Token::Word("bin", Some(3)),
            Token::Close,
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_cut_off_ends() {
        for end in [b"\\".as_slice(), b"\\'", b"\\'4", b"\\bin9999999999 ", b"\\u-"] {
            assert!(Tokens::new(end).count() <= 1);
        }
    }
}
