//! Fonts of a file: character codes to text and advance, each code looked up once.
//!
//! Comes in: font dictionaries. Goes out: [`Font`] with a table of its codes, and its [`Face`].

use super::inflate::Budget;
use super::marks::Face;
use super::untold::Signs;
use hayro_cmap::BfString;
use hayro_font::{FontCache, FontData, FontGlyph, FontQuery};
use hayro_syntax::object::array::FlexArrayIter;
use hayro_syntax::object::{Array, Dict, Name, Number, ObjectIdentifier, Stream};
use hayro_syntax::page::Resources;
use std::collections::HashMap;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// Codes beyond this are looked up each time.
const TABLED_CODES: usize = 1 << 16;
/// Most glyphs that the ranges of a font's widths may name, each counted as often as it is named:
/// there are 65,536 at most.
const MAX_RANGED: u64 = 1 << 20;

/// What a character code stands for.
#[derive(Clone, Debug)]
pub(super) struct Code {
    /// How far the pen moves, in ems: along the line, or down it in vertical writing.
    pub advance: f32,
    /// The characters; none for a glyph that shows nothing.
    pub text: Text,
}

/// The characters of a code.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Text {
    /// Nothing to read.
    Nothing,
    /// The font tells neither a character nor a width.
    Unknown,
    /// White space.
    Space,
    /// A single character.
    One(char),
    /// A ligature.
    Many(Box<[char]>),
}

/// A font with what is known of it so far.
pub(super) struct Font<'a> {
    inner: Option<hayro_font::Font<'a>>,
    index: Vec<u32>,
    codes: Vec<Code>,
    pictograms: bool,
    /// Which of the file's faces it is.
    pub face: u16,
    /// Its text runs from left to right.
    pub horizontal: bool,
}

/// The fonts of a file that were met so far.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    resolver: hayro_font::FontResolverFn,
    cmaps: hayro_font::CMapResolverFn,
    fonts: Vec<Font<'a>>,
    by_id: HashMap<ObjectIdentifier, usize>,
    /// How each face looks.
    pub faces: Vec<Face>,
    signs: Signs,
}

impl<'a> Fonts<'a> {
    /// No font yet.
    pub fn new() -> Self {
        Self {
            cache: FontCache::new(),
            resolver: Arc::new(|query| -> Option<(FontData, u32)> {
                Some(match query {
                    FontQuery::Standard(font) => font.get_font_data(),
                    FontQuery::Fallback(query) => query.pick_standard_font().get_font_data(),
                })
            }),
            cmaps: Arc::new(hayro_cmap::load_embedded),
            fonts: Vec::new(),
            by_id: HashMap::new(),
            faces: Vec::new(),
            signs: Signs::default(),
        }
    }

    /// The font that the resources of a page know by a name.
    pub fn named(&mut self, resources: &Resources<'a>, name: &Name<'_>, budget: &Budget) -> Option<usize> {
        let id = resources.fonts.get_ref(name).map(ObjectIdentifier::from);
        if let Some(known) = id.and_then(|id| self.by_id.get(&id)) {
            return Some(*known);
        }
        let dict = resources.get_font(name)?;
        let bearable = streams(&dict).iter().all(|stream| budget.allows(stream)) && ranged(&dict) <= MAX_RANGED;
        let inner = if bearable { self.cache.font(&dict, &self.resolver, &self.cmaps) } else { None };
        let mut face = face_of(&dict);
        if let Some(font) = inner.as_ref().filter(|_| !face.bold) {
            heed_program(font, &mut face);
        }
        let font = Font {
            horizontal: inner.as_ref().is_none_or(hayro_font::Font::is_horizontal),
            inner,
            index: Vec::new(),
            codes: Vec::new(),
            pictograms: face.pictograms,
            face: u16::try_from(self.faces.len()).unwrap_or(u16::MAX),
        };
        self.faces.push(face);
        self.fonts.push(font);
        let at = self.fonts.len() - 1;
        if let Some(id) = id {
            self.by_id.insert(id, at);
        }
        Some(at)
    }

    /// A font that [`Self::named`] returned, and the signs for what it does not tell.
    pub fn get(&mut self, at: usize) -> Option<(&mut Font<'a>, &mut Signs)> {
        Some((self.fonts.get_mut(at)?, &mut self.signs))
    }
}

impl Font<'_> {
    /// The next code of a string, and how many bytes it took (at least 1).
    pub fn next_code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        match &self.inner {
            Some(font) => font.read_code(bytes, at),
            None => (bytes.get(at).copied().map_or(0, u32::from), 1),
        }
    }

    /// What a code stands for; a sign of its own where the font does not tell.
    pub fn code(&mut self, code: u32, signs: &mut Signs) -> Code {
        let slot = code as usize;
        if slot >= TABLED_CODES {
            return self.look_up(code);
        }
        if slot >= self.index.len() {
            self.index.resize(slot + 1, u32::MAX);
        }
        if let Some(known) = self.codes.get(self.index[slot] as usize) {
            return known.clone();
        }
        let mut found = self.look_up(code);
        if found.text == Text::One(char::REPLACEMENT_CHARACTER) {
            found.text = Text::One(signs.next());
        }
        self.index[slot] = self.codes.len() as u32;
        self.codes.push(found.clone());
        found
    }

    fn look_up(&self, code: u32) -> Code {
        let Some(font) = &self.inner else {
            return Code { advance: 0.5, text: Text::One('\u{fffd}') };
        };
        let glyph = match font.glyph(hayro_font::GlyphId::NOTDEF, code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let advance = font.code_advance(code);
        let advance = if self.horizontal { advance.x } else { advance.y } as f32 / 1000.0;
        Code { advance, text: text_of(glyph, self.pictograms, advance) }
    }
}

/// The characters to read for what the font says, with ligatures taken apart.
fn text_of(found: Option<BfString>, pictograms: bool, advance: f32) -> Text {
    let raw = match found {
        Some(BfString::Char(c)) => c.to_string(),
        Some(BfString::String(s)) => s,
        None if advance == 0.0 => return Text::Unknown,
        None => '\u{fffd}'.to_string(),
    };
    let mut chars = Vec::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '\u{fb00}'..='\u{fb06}' | '\u{3f0}'..='\u{3ff}' => chars.extend(c.to_string().nfkc()),
            '\u{f020}'..='\u{f0ff}' => chars.push(private(c, pictograms)),
            '\u{f0000}'.. => chars.push(char::REPLACEMENT_CHARACTER),
            '\t' | '\n' | '\r' => chars.push(' '),
            '\0'..='\u{1f}' | '\u{7f}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' => {}
            _ => chars.push(c),
        }
    }
    match chars.as_slice() {
        [] => Text::Nothing,
        all if all.iter().all(|c| c.is_whitespace()) => Text::Space,
        [one] => Text::One(*one),
        _ => {
            chars.retain(|c| !c.is_whitespace());
            Text::Many(chars.into())
        }
    }
}

/// A character of the private area that Windows symbol fonts use.
fn private(c: char, pictograms: bool) -> char {
    let low = u32::from(c) - 0xf000;
    match (pictograms, low) {
        (_, 0x20 | 0xa0) => ' ',
        (true, 0xfc | 0x50) => '\u{2713}',
        (true, 0xd8 | 0xe8 | 0xf0) => '\u{27a2}',
        (true, _) => '\u{2022}',
        (false, 0xb7 | 0xa7) => '\u{2022}',
        (false, 0x21..=0x7e) => char::from_u32(low).unwrap_or(c),
        _ => c,
    }
}

/// The font of many glyphs that a font of this kind is built on.
fn descendant<'a>(dict: &Dict<'a>) -> Option<Dict<'a>> {
    dict.get::<Array<'a>>("DescendantFonts")?.iter::<Dict<'a>>().next()
}

/// How many glyphs the ranges of widths name, each of which would take its place in a table.
fn ranged(dict: &Dict<'_>) -> u64 {
    let below = descendant(dict);
    let widths = |key: &str| below.as_ref()?.get::<Array<'_>>(key);
    let level = widths("W").map_or(0, |w| named_by(&w, |items| items.next::<(u32, u32, f32)>().map(|r| (r.0, r.1))));
    let upright = |w| named_by(&w, |items| items.next::<(u32, u32, f32, f32, f32)>().map(|r| (r.0, r.1)));
    level.saturating_add(widths("W2").map_or(0, upright))
}

/// Goes over widths, which are lists from a glyph on or ranges, and adds up the ranges.
fn named_by<'a>(widths: &Array<'a>, range: impl Fn(&mut FlexArrayIter<'a>) -> Option<(u32, u32)>) -> u64 {
    let (mut items, mut all) = (widths.flex_iter(), 0_u64);
    loop {
        if items.next::<(u32, Array<'_>)>().is_some() {
            continue;
        }
        let Some((first, last)) = range(&mut items) else { return all };
        all = all.saturating_add(u64::from(last.saturating_sub(first)) + 1);
    }
}

/// The streams that a font is read from.
fn streams<'a>(dict: &Dict<'a>) -> Vec<Stream<'a>> {
    let fonts = [Some(dict.clone()), descendant(dict)];
    let with_descriptors = fonts.into_iter().flatten().flat_map(|d| [d.get::<Dict<'a>>("FontDescriptor"), Some(d)]);
    let keys = ["ToUnicode", "Encoding", "CIDToGIDMap", "FontFile", "FontFile2", "FontFile3"];
    with_descriptors.flatten().flat_map(|d| keys.map(|key| d.get::<Stream<'a>>(key))).flatten().collect()
}

/// Adds what the embedded font program tells of its look, as names may be stripped.
fn heed_program(font: &hayro_font::Font<'_>, face: &mut Face) {
    if let FontGlyph::Outline(glyph) = font.glyph(hayro_font::GlyphId::NOTDEF, 0)
        && let Some(data) = glyph.font_data()
    {
        face.bold |= data.weight.is_some_and(|w| (600..=1000).contains(&w));
        face.italic |= data.is_italic;
    }
}

/// How a font looks, from its name and its descriptor.
fn face_of(dict: &Dict<'_>) -> Face {
    let name = dict.get::<Name<'_>>("BaseFont").map(|n| n.as_str().to_lowercase());
    let name = name.unwrap_or_default();
    let name = name.split_once('+').map_or(name.as_str(), |(_, rest)| rest);
    let descriptor = dict.get::<Dict<'_>>("FontDescriptor").or_else(|| {
        let below = dict.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
        below.get::<Dict<'_>>("FontDescriptor")
    });
    let number = |key: &str| {
        let found = descriptor.as_ref().and_then(|d| d.get::<Number>(key));
        found.map_or(0.0, |n| n.as_f64())
    };
    let flags = number("Flags") as u32;
    let any = |words: &[&str]| words.iter().any(|w| name.contains(w));
    let not_bold = any(&["semilight", "demilight"]);
    Face {
        bold: !not_bold
            && (any(&["bold", "black", "heavy", "semib", "demi", "-bd", "extrab", "ultra"])
                || number("FontWeight") >= 600.0
                || flags & (1 << 18) != 0),
        italic: any(&["italic", "oblique", "-it"]) || flags & (1 << 6) != 0 || number("ItalicAngle") != 0.0,
        pictograms: any(&["symbol", "wingdings", "webdings", "dingbats", "awesome"]) && !any(&["segoe ui symbol"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_are_taken_apart_and_spaces_told() {
        let one = |c| text_of(Some(BfString::Char(c)), false, 0.5);
        assert_eq!(one('\u{fb03}'), Text::Many(['f', 'f', 'i'].into()));
        assert_eq!(one('\u{a0}'), Text::Space);
        assert_eq!(one('\u{200b}'), Text::Nothing);
        assert_eq!(one('\u{f041}'), Text::One('A'));
        assert_eq!(text_of(Some(BfString::Char('\u{f0b7}')), true, 0.5), Text::One('\u{2022}'));
        assert_eq!(text_of(None, false, 0.5), Text::One('\u{fffd}'));
    }
}
