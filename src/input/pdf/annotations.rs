//! What lies on a page besides its content: reviewers' remarks and the values of form fields.
//!
//! Comes in: a page. Goes out: the remarks, which are no part of the text, and glyphs for what is
//! filled into fields or ticked, at the place of the field; and the drawings of fields that say
//! what they hold in no other way. Hidden annotations, buttons to push, passwords and the targets of links are left out.

use super::info::decode;
use super::layers::Layers;
use super::marks::{Glyph, Marks};
use crate::input::inline::box_sign;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Bytes};
use hayro_syntax::page::Page;
use kurbo::{Affine, Point};

/// Most annotations that are looked at on one page.
const MAX_ANNOTATIONS: usize = 5_000;
/// Most characters that are read of one remark or field.
const MAX_CHARS: usize = 20_000;
/// Most characters of all remarks on one page.
const MAX_OF_PAGE: usize = 200_000;
/// How many fields may stand above a field.
const MAX_DEPTH: usize = 8;
/// Flags of an annotation that is not shown: hidden, not to be viewed.
const UNSEEN: u32 = 1 << 1 | 1 << 5;
/// Flag of a field that holds a password.
const PASSWORD: u32 = 1 << 13;
/// Flag of a button that is pushed and keeps no state.
const PUSHED: u32 = 1 << 16;
/// The kinds of annotation by which people remark on a text.
const REMARKS: [&[u8]; 14] = [
    b"Text",
    b"FreeText",
    b"Highlight",
    b"Underline",
    b"Squiggly",
    b"StrikeOut",
    b"Caret",
    b"Stamp",
    b"Ink",
    b"Line",
    b"Square",
    b"Circle",
    b"Polygon",
    b"PolyLine",
];

/// The annotations of a page that show, with their kind.
fn shown<'a>(page: &Page<'a>, layers: &Layers) -> impl Iterator<Item = (Dict<'a>, Name<'a>)> {
    let all = page.raw().get::<Array<'a>>("Annots").into_iter();
    let all = all.flat_map(|all| {
        all.iter::<Object<'a>>().take(MAX_ANNOTATIONS).filter_map(Object::into_dict).collect::<Vec<_>>()
    });
    let is_unseen = |a: &Dict<'a>| a.get::<u32>("F").is_some_and(|flags| flags & UNSEEN != 0);
    all.filter(move |a| !is_unseen(a) && !layers.hide_what(a)).filter_map(|a| {
        let kind = a.get::<Name<'a>>("Subtype")?;
        Some((a, kind))
    })
}

/// The drawings of a page's fields of text or choice that name no value, with their places.
pub(super) fn drawn<'a>(page: &Page<'a>, layers: &Layers) -> Vec<(Stream<'a>, [f64; 4])> {
    let widgets = shown(page, layers).filter(|(_, kind)| kind.as_ref() == b"Widget");
    let drawing = |(widget, _): (Dict<'a>, Name<'a>)| {
        let field = Field::of(&widget)?;
        let is_drawn = field.is_text() && field.value().is_none();
        let drawing = is_drawn.then(|| widget.get::<Dict<'a>>("AP")?.get::<Stream<'a>>("N"))??;
        Some((drawing, widget.get::<[f64; 4]>("Rect")?))
    };
    widgets.filter_map(drawing).collect()
}

/// Adds the values of a page's fields to its marks, and returns the remarks in the file's order.
pub(super) fn read(page: &Page<'_>, layers: &Layers, marks: &mut Marks) -> Vec<String> {
    let (mut remarks, mut chars) = (Vec::new(), 0);
    let transform = Affine::new(page.initial_transform(true).as_coeffs());
    for (annotation, kind) in shown(page, layers) {
        if kind.as_ref() == b"Widget" {
            let value = Field::of(&annotation).and_then(|field| field.value().or_else(|| field.tick(&annotation)));
            if let (Some(value), Some(area)) = (value, annotation.get::<[f64; 4]>("Rect")) {
                fill_in(&value, area, transform, marks);
            }
        } else if REMARKS.contains(&kind.as_ref())
            && let Some(text) = annotation.get::<Bytes<'_>>("Contents")
        {
            let text = tidy(&decode(text.as_bytes()));
            chars += text.len();
            if !text.is_empty() && chars <= MAX_OF_PAGE {
                remarks.push(text);
            }
        }
    }
    remarks
}

/// Text in one line, without control characters.
fn tidy(text: &str) -> String {
    let clean: String = text.chars().take(MAX_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A field, which may inherit from those above it.
struct Field<'a> {
    /// The field and those above it, innermost first.
    chain: Vec<Dict<'a>>,
    kind: Name<'a>,
    flags: u32,
}

impl<'a> Field<'a> {
    fn of(widget: &Dict<'a>) -> Option<Self> {
        let mut chain = vec![widget.clone()];
        while chain.len() < MAX_DEPTH
            && let Some(above) = chain.last().and_then(|f| f.get::<Dict<'a>>("Parent"))
        {
            chain.push(above);
        }
        let kind = chain.iter().find_map(|f| f.get::<Name<'a>>("FT"))?;
        let flags = chain.iter().find_map(|f| f.get::<u32>("Ff")).unwrap_or(0);
        Some(Self { chain, kind, flags })
    }

    /// Whether it holds text or a choice, and no password.
    fn is_text(&self) -> bool {
        match self.kind.as_ref() {
            b"Tx" => self.flags & PASSWORD == 0,
            kind => kind == b"Ch",
        }
    }

    /// What is filled in.
    fn value(&self) -> Option<String> {
        if !self.is_text() {
            return None;
        }
        let text = |o: Object<'_>| o.into_string().map(|s| decode(s.as_bytes()));
        let value = match self.chain.iter().find_map(|f| f.get::<Object<'_>>("V"))? {
            Object::String(one) => decode(one.as_bytes()),
            Object::Array(some) => some.iter::<Object<'_>>().take(100).filter_map(text).collect::<Vec<_>>().join(", "),
            _ => return None,
        };
        Some(value).filter(|v| !v.trim().is_empty())
    }

    /// The sign of a box to tick.
    fn tick(&self, widget: &Dict<'a>) -> Option<String> {
        let is_box = self.kind.as_ref() == b"Btn" && self.flags & PUSHED == 0;
        let state = widget.get::<Name<'_>>("AS");
        is_box.then(|| box_sign(state.is_some_and(|state| state.as_ref() != b"Off")).to_owned())
    }
}

/// Puts a text into its field, each of its lines on one line of the page.
fn fill_in(value: &str, area: [f64; 4], transform: Affine, marks: &mut Marks) {
    let (a, b) = (transform * Point::new(area[0], area[1]), transform * Point::new(area[2], area[3]));
    let (left, right) = (a.x.min(b.x) as f32 + 2.0, a.x.max(b.x) as f32 - 2.0);
    let (top, bottom) = (a.y.min(b.y) as f32, a.y.max(b.y) as f32);
    let page = left >= 0.0 && top >= 0.0 && left < marks.width && bottom <= marks.height;
    if !page || right - left < 1.0 {
        return;
    }
    let mut lines = value.split(['\r', '\n']).map(tidy).filter(|l| !l.is_empty()).peekable();
    let single = !value.trim().contains(['\r', '\n']);
    let size = ((bottom - top) * 0.7).clamp(4.0, 10.0);
    let mut y = if single && bottom - top < 24.0 { bottom - 0.3 * (bottom - top) } else { top + 1.2 * size };
    while let Some(line) = lines.next() {
        let count = line.chars().count() as f32;
        let dx = ((right - left) / count).min(0.5 * size);
        let mut after_space = true;
        for (at, ch) in (0_u16..).zip(line.chars()) {
            if !ch.is_whitespace() {
                let x = left + dx * f32::from(at);
                marks.glyphs.push(Glyph {
                    ch,
                    x,
                    y,
                    dx,
                    size,
                    face: u16::MAX,
                    mcid: -1,
                    after_space,
                    ..Glyph::default()
                });
            }
            after_space = ch.is_whitespace();
        }
        y += 1.2 * size;
        if lines.peek().is_some() && y > marks.height {
            break;
        }
    }
}
