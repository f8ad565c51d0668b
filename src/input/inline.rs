//! The text inside one block: white space, invisible characters, bullets.
//!
//! Comes in: raw text of a paragraph or line. Goes out: text as a person reads it. It does not
//! change words.

/// One space for each run of white space, none at the ends, and no invisible characters.
///
/// Soft hyphens and zero-width characters vanish; non-breaking spaces are spaces.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() || (c.is_control() && c != '\u{7f}') {
            gap = true;
        } else if !is_invisible(c) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
    out
}

/// The sign of a box on a form.
pub(super) const fn box_sign(ticked: bool) -> &'static str {
    if ticked { "☑" } else { "☐" }
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{7f}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{FFFC}'
    )
}

/// Bullet characters that are nothing else, so that they need no space behind them.
const BULLETS: &[char] = &[
    '•', '‣', '▪', '▫', '●', '○', '◦', '■', '□', '◆', '◇', '➢', '➤', '⮚', '►', '▶', '✓', '✔', '❖', '\u{F0B7}',
    '\u{F0A7}', '\u{F0D8}', '\u{F0FC}', '\u{F06F}', '\u{F02D}', '\u{F0E0}', '∙', '⁃', '⦁',
];

/// The text after a bullet character at the start of a line, or `None` without one.
pub(super) fn after_bullet(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let first = line.chars().next()?;
    let rest = line.get(first.len_utf8()..)?;
    let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace);
    let is_bullet = BULLETS.contains(&first)
        || (spaced && matches!(first, '-' | '*' | '·' | '–' | '—' | '+' | '\u{F0}'))
        || (first == 'o' && rest.starts_with(['\t']));
    is_bullet.then(|| rest.trim_start())
}

/// Whether a text ends as a sentence or clause does.
pub(super) fn is_closed(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', ')']).ends_with(['.', ';', ':', '!', '?', ',', '…'])
}

/// Whether a line that stands out by its looks (bold, capitals) reads like a heading: few words,
/// not closed, and nothing that anybody undertakes to do.
pub(super) fn reads_like_heading(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let promises = text.split_whitespace().any(|word| {
        matches!(word.to_lowercase().as_str(), "will" | "should" | "must" | "shall" | "has" | "have" | "is" | "are")
    });
    (1..=9).contains(&words)
        && text.len() <= 80
        && text.chars().any(char::is_alphabetic)
        && !promises
        && !text.contains('@')
        && (!is_closed(text) || text.ends_with(':') || text.ends_with('?'))
}

/// Whether a text reads like the caption of a figure or table: "Table 3: Spending by year".
pub(super) fn reads_like_caption(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let label = words.next().unwrap_or_default().to_lowercase();
    let number = words.next().unwrap_or_default();
    let verb = words.next().unwrap_or_default();
    let is_label =
        matches!(label.trim_end_matches('.'), "figure" | "fig" | "table" | "chart" | "map" | "graph" | "diagram");
    is_label
        && number.starts_with(|c: char| c.is_ascii_digit())
        && !verb.is_empty()
        && !matches!(verb, "shows" | "show" | "sets" | "lists" | "gives" | "below" | "above" | "and")
        && text.len() <= 250
        && !text.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_invisible_characters() {
        assert_eq!(tidy(" a\u{A0}\t b\n"), "a b");
        assert_eq!(tidy("co\u{AD}operate\u{200B}d"), "cooperated");
        assert_eq!(tidy("\u{FEFF}"), "");
    }

    #[test]
    fn bullets() {
        assert_eq!(after_bullet("• one"), Some("one"));
        assert_eq!(after_bullet("\u{F0B7}one"), Some("one"));
        assert_eq!(after_bullet("  - one"), Some("one"));
        assert_eq!(after_bullet("-one"), None);
        assert_eq!(after_bullet("over"), None);
    }

    #[test]
    fn captions() {
        assert!(reads_like_caption("Table 3: Spending by year"));
        assert!(!reads_like_caption("Table 3 shows that spending fell"));
        assert!(!reads_like_caption("Tables 3 and 4"));
    }

    #[test]
    fn headings_promise_nothing() {
        assert!(reads_like_heading("Working as one"));
        assert!(reads_like_heading("What we heard:"));
        assert!(!reads_like_heading("The Board will fund the hub"));
        assert!(!reads_like_heading("It ended."));
    }
}
