//! The fonts and styles of an RTF file, as far as they tell what a text says and is for.
//!
//! Comes in: code pages, character sets and the names of styles. Goes out: encodings and roles.

use std::collections::HashMap;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

use crate::input::pieces::Role;

/// The encoding of a Windows code page.
pub(super) fn of_code_page(number: i32) -> &'static Encoding {
    match number {
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        65001 => UTF_8,
        _ => WINDOWS_1252,
    }
}

/// The encoding of a font's character set; `None` where it is that of the file.
fn of_character_set(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    Some(of_code_page(page))
}

/// The character set of symbol fonts, whose characters are no letters.
const SYMBOLS: i32 = 2;

/// A font.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Font {
    /// Its encoding, where it is not that of the file.
    pub(super) encoding: Option<&'static Encoding>,
    /// It draws symbols.
    pub(super) is_symbol: bool,
}

/// What is defined at the head of a file.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    pub(super) fonts: HashMap<i32, Font>,
    /// The roles of paragraph styles.
    roles: HashMap<i32, Role>,
    font: i32,
    style: Option<i32>,
    name: String,
}

impl Definitions {
    /// A control word in the table of fonts.
    pub(super) fn font_word(&mut self, word: &str, number: Option<i32>) {
        match (word, number) {
            ("f", Some(font)) => self.font = font,
            ("fcharset", Some(set)) => {
                let font = Font { encoding: of_character_set(set), is_symbol: set == SYMBOLS };
                self.fonts.insert(self.font, font);
            }
            _ => {}
        }
    }

    /// A control word in the list of styles.
    pub(super) fn style_word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "s" => self.style = number,
            "cs" | "ds" | "ts" => self.style = Some(-1),
            _ => {}
        }
    }

    /// A character of the name of a style, which a semicolon ends.
    pub(super) fn style_byte(&mut self, byte: u8) {
        if byte != b';' {
            if self.name.len() < 100 {
                self.name.push(char::from(byte));
            }
            return;
        }
        let name = std::mem::take(&mut self.name);
        // The style without a number is that of all paragraphs.
        let style = self.style.take().unwrap_or(0);
        self.roles.insert(style, role_of_name(name.split(',').next().unwrap_or_default().trim()));
    }

    /// What paragraphs of a style are for.
    pub(super) fn role(&self, style: i32) -> Role {
        self.roles.get(&style).copied().unwrap_or_default()
    }
}

fn role_of_name(name: &str) -> Role {
    let name = name.to_lowercase();
    if let Some(level) = name.strip_prefix("heading ").and_then(|level| level.trim().parse().ok()) {
        return if (1..=9).contains(&level) { Role::Heading(level) } else { Role::Body };
    }
    match name.as_str() {
        "title" => Role::Title,
        "caption" => Role::Caption,
        _ if name.starts_with("toc ") || name == "contents heading" || name.starts_with("contents ") => Role::Contents,
        _ => Role::Body,
    }
}
