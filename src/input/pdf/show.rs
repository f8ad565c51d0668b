//! Text operators: the text state, and glyphs at their places.

use super::content::{Walker, affine};
use super::font::Text;
use super::marks::{Glyph, WHITE};
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Number, Object};
use hayro_syntax::page::Resources;
use kurbo::Affine;

/// How far outside the page, in points, a glyph may begin.
const BLEED: f32 = 1.0;

/// The text part of the graphics state.
#[derive(Clone, Copy)]
pub(super) struct TextState {
    matrix: Affine,
    line_matrix: Affine,
    font: Option<usize>,
    size: f64,
    char_space: f64,
    word_space: f64,
    /// 1 for no scaling.
    scale: f64,
    leading: f64,
    rise: f64,
    mode: i64,
}

impl Default for TextState {
    fn default() -> Self {
        Self {
            matrix: Affine::IDENTITY,
            line_matrix: Affine::IDENTITY,
            font: None,
            size: 1.0,
            char_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }
}

impl TextState {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line_matrix *= Affine::translate((x, y));
        self.matrix = self.line_matrix;
    }
}

impl<'a> Walker<'a, '_> {
    /// Follows an operator if it is about text.
    pub fn text_op(&mut self, op: &Op<'_, '_>, resources: &Resources<'a>) -> bool {
        match op {
            Op::ShowText(s) => self.show(s.0.as_bytes()),
            Op::ShowTexts(array) => {
                for item in array.0.iter::<Object<'_>>() {
                    match item {
                        Object::Number(n) => self.adjust(n.as_f64()),
                        Object::String(s) => self.show(s.as_bytes()),
                        _ => {}
                    }
                }
            }
            Op::NextLineAndShowText(s) => {
                self.state.text.next_line(0.0, -self.state.text.leading);
                self.show(s.0.as_bytes());
            }
            Op::ShowTextWithParameters(s) => {
                self.state.text.word_space = s.0.as_f64();
                self.state.text.char_space = s.1.as_f64();
                self.state.text.next_line(0.0, -self.state.text.leading);
                self.show(s.2.as_bytes());
            }
            _ => return self.text_state_op(op, resources),
        }
        true
    }

    fn text_state_op(&mut self, op: &Op<'_, '_>, resources: &Resources<'a>) -> bool {
        let number = Number::as_f64;
        match op {
            Op::BeginText(_) => {
                self.state.text.matrix = Affine::IDENTITY;
                self.state.text.line_matrix = Affine::IDENTITY;
            }
            Op::EndText(_) => {}
            Op::SetTextMatrix(m) => {
                self.state.text.line_matrix = affine([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]);
                self.state.text.matrix = self.state.text.line_matrix;
            }
            Op::TextFont(font) => {
                self.state.text.font = self.fonts.named(resources, font.0, self.budget);
                self.state.text.size = number(&font.1);
            }
            Op::NextLine(n) => self.state.text.next_line(number(&n.0), number(&n.1)),
            Op::NextLineAndSetLeading(n) => {
                self.state.text.leading = -number(&n.1);
                self.state.text.next_line(number(&n.0), number(&n.1));
            }
            Op::NextLineUsingLeading(_) => {
                self.state.text.next_line(0.0, -self.state.text.leading);
            }
            Op::CharacterSpacing(n) => self.state.text.char_space = number(&n.0),
            Op::WordSpacing(n) => self.state.text.word_space = number(&n.0),
            Op::HorizontalScaling(n) => self.state.text.scale = number(&n.0) / 100.0,
            Op::TextLeading(n) => self.state.text.leading = number(&n.0),
            Op::TextRise(n) => self.state.text.rise = number(&n.0),
            Op::TextRenderingMode(n) => self.state.text.mode = n.0.as_i64(),
            _ => return false,
        }
        true
    }

    fn horizontal(&mut self) -> bool {
        let font = self.state.text.font;
        font.and_then(|f| self.fonts.get(f)).is_none_or(|(f, _)| f.horizontal)
    }

    /// Moves the pen back by thousandths of an em.
    fn adjust(&mut self, thousandths: f64) {
        let move_by = -thousandths / 1000.0 * self.state.text.size;
        let by = if self.horizontal() { (move_by * self.state.text.scale, 0.0) } else { (0.0, move_by) };
        self.state.text.matrix *= Affine::translate(by);
    }

    fn show(&mut self, bytes: &[u8]) {
        let hidden = self.hidden();
        let text = self.state.text;
        let Some((font, signs)) = text.font.and_then(|f| self.fonts.get(f)) else { return };
        let [a, b, c, d, e, f] = (self.state.ctm * text.matrix).as_coeffs();
        let em = (c * text.size).hypot(d * text.size) as f32;
        let (mcid, leaf, artifact) = self.marked.last().map_or((-1, 0, false), |m| (m.mcid, m.leaf, m.artifact));
        let model = Glyph {
            ch: ' ',
            x: 0.0,
            y: 0.0,
            dx: 0.0,
            dy: 0.0,
            size: em,
            face: font.face,
            mcid,
            leaf,
            after_space: false,
            invisible: text.mode == 3 || text.mode == 7 || self.state.fill_alpha < 0.02,
            thickened: text.mode == 2,
            white: self.state.tint == WHITE,
            artifact,
        };
        let (right, bottom) = (self.marks.width + BLEED, self.marks.height + BLEED);
        let (mut pen_x, mut pen_y) = (0.0, 0.0);
        let mut at = 0;
        while at < bytes.len() {
            let (code, taken) = font.next_code(bytes, at);
            at += taken.max(1);
            let found = font.code(code, signs);
            let width = f64::from(found.advance) * text.size;
            let (px, py) = (pen_x, pen_y + text.rise);
            let space = if code == 32 && taken == 1 { text.word_space } else { 0.0 };
            let (step_x, step_y) = if font.horizontal {
                ((width + text.char_space + space) * text.scale, 0.0)
            } else {
                (0.0, width + text.char_space + space)
            };
            pen_x += step_x;
            pen_y += step_y;
            if hidden {
                continue;
            }
            let x = (a * px + c * py + e) as f32;
            let y = (b * px + d * py + f) as f32;
            let inside = x >= -BLEED && y >= -BLEED && x <= right && y <= bottom;
            if !inside || !em.is_finite() || em < 0.5 {
                continue;
            }
            let along = if font.horizontal { width * text.scale } else { text.size };
            let (dx, dy) = ((a * along) as f32, (b * along) as f32);
            let place = Glyph { x, y, dx, dy, ..model };
            self.marks.unknown += usize::from(found.text == Text::Unknown);
            put(&mut self.marks.glyphs, &mut self.pending_space, &found.text, place);
        }
        self.state.text.matrix *= Affine::translate((pen_x, pen_y));
    }
}

/// Adds the characters of a code, sharing its advance.
fn put(glyphs: &mut Vec<Glyph>, pending_space: &mut bool, text: &Text, place: Glyph) {
    let chars: &[char] = match text {
        Text::Nothing | Text::Unknown => return,
        Text::Space => {
            *pending_space = true;
            return;
        }
        Text::One(c) => &[*c],
        Text::Many(all) => all,
    };
    let share = 1.0 / chars.len().max(1) as f32;
    for (i, &ch) in chars.iter().enumerate() {
        let (dx, dy) = (place.dx * share, place.dy * share);
        let after_space = std::mem::take(pending_space);
        let (x, y) = (place.x + dx * i as f32, place.y + dy * i as f32);
        glyphs.push(Glyph { ch, x, y, dx, dy, after_space, ..place });
    }
}
