//! The signs by which a line is told: rules, tabs, bullets, numbers.
//!
//! Comes in: a line. Goes out: what its signs say, and the text behind them.

use crate::input::inline::after_bullet;

/// Whether a line is a rule of signs.
pub(super) fn is_rule(text: &str) -> bool {
    text.len() >= 3 && ['=', '-', '_', '*', '~'].iter().any(|sign| text.chars().all(|c| c == *sign))
}

/// Whether a line has cells separated by tabs.
pub(super) fn is_row(text: &str) -> bool {
    let cells = text.split('\t').filter(|cell| !cell.trim().is_empty());
    cells.count() >= 2 && after_bullet(text).is_none() && after_number(text.trim()).is_none()
}

/// The text after an "o" that stands for a bullet.
pub(super) fn after_letter_o(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("o ")?.trim_start();
    rest.starts_with(char::is_uppercase).then_some(rest)
}

/// The number at the start of a line and the text after it: "1.", "2.1", "(a)", "iv)".
pub(super) fn after_number(text: &str) -> Option<(&str, &str)> {
    let (number, rest) = match text.split_once(char::is_whitespace) {
        Some((number, rest)) => (number, rest.trim_start()),
        None => (text, ""),
    };
    let inner = number.trim_start_matches('(').trim_end_matches([')', '.', ':']);
    let marked = number.len() > inner.len();
    let dotted = inner.contains('.');
    let is_number = match inner {
        "" => false,
        digits if digits.chars().all(|c| c.is_ascii_digit() || c == '.') => {
            digits.len() <= 8
                && (marked || (dotted && !rest.is_empty()))
                && digits.split('.').all(|part| (1..=2).contains(&part.len()))
        }
        letters => {
            marked
                && (letters.len() == 1 || matches!(letters, "ii" | "iii" | "iv" | "vi" | "vii" | "viii" | "ix"))
                && letters.chars().all(|c| c.is_ascii_lowercase())
        }
    };
    is_number.then_some((number, rest))
}
