//! Walks the content stream of a page and collects its [`Marks`].
//!
//! Comes in: a page with its resources. Goes out: glyphs, rules, filled areas and the places of
//! pictures, in page space. It decodes no picture, shading or outline, and knows colours only so
//! far as to tell white from not white.

use super::annotations;
use super::font::Fonts;
use super::geometry::Rect;
use super::inflate::Budget;
use super::layers::Layers;
use super::marks::{Fill, Marks, WHITE, stand_for};
use super::path::Path;
use super::show::TextState;
use super::tags::Tags;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Dict, Name, Number, ObjectIdentifier, Stream, dict_or_stream};
use hayro_syntax::page::{Page, Resources};
use kurbo::{Affine, Point};
use std::collections::HashMap;

/// Most glyphs that are collected of one page.
const MAX_GLYPHS: usize = 200_000;
/// Most operators that are followed on one page, forms included.
const MAX_OPERATORS: usize = 5_000_000;
/// How deep forms may stand in forms.
const MAX_DEPTH: usize = 16;
/// The matrix that changes nothing.
const UNCHANGED: [f64; 6] = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
/// Most graphics states that may be kept.
const MAX_STATES: usize = 512;

/// The part of the graphics state that matters here.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub ctm: Affine,
    pub fill_alpha: f32,
    /// The fill colour, as a number that is the same for the same colour.
    pub tint: u32,
    pub text: TextState,
}

/// An open marked content sequence.
pub(super) struct Marked {
    /// Its number in the structure tree, its own or the one around it.
    pub mcid: i32,
    /// The leaf of the structure tree that holds it; 0 for none.
    pub leaf: u32,
    /// It stands in an artifact.
    pub artifact: bool,
    /// It belongs to a layer that is not shown.
    hidden: bool,
    /// What its glyphs stand for, and where they begin.
    actual: Option<(String, usize)>,
}

/// Collects the marks of one page.
pub(super) struct Walker<'a, 'f> {
    pub fonts: &'f mut Fonts<'a>,
    pub budget: &'f mut Budget,
    pub marks: Marks,
    pub state: State,
    pub marked: Vec<Marked>,
    pub pending_space: bool,
    states: Vec<State>,
    path: Path,
    operators: usize,
    /// The forms that are being drawn: none may draw itself.
    forms: Vec<ObjectIdentifier>,
    layers: &'f Layers,
    tags: Option<&'f Tags>,
    /// The leaves of the content that is being walked, by marked content number.
    leaves: Option<&'f HashMap<i32, u32>>,
}

/// The marks of a page.
pub(super) fn read_page<'a>(
    page: &Page<'a>,
    fonts: &mut Fonts<'a>,
    budget: &mut Budget,
    layers: &Layers,
    tags: Option<&Tags>,
) -> Marks {
    let (width, height) = page.render_dimensions();
    let initial = page.initial_transform(true).as_coeffs();
    let content = budget.content(page.raw());
    let state = State { ctm: Affine::new(initial), fill_alpha: 1.0, tint: 1, text: TextState::default() };
    let lost = budget.lost();
    let mut walker = Walker {
        fonts,
        budget,
        marks: Marks { width, height, cut: content.is_err(), lost, ..Marks::default() },
        state,
        marked: Vec::new(),
        pending_space: false,
        states: Vec::new(),
        path: Path::default(),
        operators: 0,
        forms: Vec::new(),
        layers,
        tags,
        leaves: tags.and_then(|t| t.of_content(page.raw().obj_id())),
    };
    walker.walk(TypedIter::new(&content.unwrap_or_default()), page.resources(), 0);
    for (drawing, area) in annotations::drawn(page, layers) {
        walker.state = state;
        walker.draw_field(&drawing, area, page.resources());
    }
    walker.marks
}

impl<'a> Walker<'a, '_> {
    fn walk(&mut self, mut ops: TypedIter<'_>, resources: &Resources<'a>, depth: usize) {
        let states = self.states.len();
        let marked = self.marked.len();
        while let Some(op) = ops.next() {
            self.operators += 1;
            if self.operators > MAX_OPERATORS || self.marks.glyphs.len() > MAX_GLYPHS {
                self.marks.cut = true;
                break;
            }
            if !self.text_op(&op, resources) && !self.path_op(&op) && !self.state_op(&op, resources, states) {
                self.object_op(&op, resources, depth);
            }
        }
        while self.marked.len() > marked {
            self.end_marked();
        }
        if let Some(kept) = self.states.get(states).copied() {
            self.state = kept;
            self.states.truncate(states);
        }
    }

    fn state_op(&mut self, op: &Op<'_, '_>, resources: &Resources<'a>, floor: usize) -> bool {
        match op {
            Op::SaveState(_) if self.states.len() < MAX_STATES => self.states.push(self.state),
            Op::RestoreState(_) => {
                if self.states.len() > floor
                    && let Some(kept) = self.states.pop()
                {
                    self.state = kept;
                }
            }
            Op::Transform(m) => self.state.ctm *= affine([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]),
            Op::SetGraphicsState(name) => {
                if let Some(dict) = resources.get_ext_g_state(name.0)
                    && let Some(alpha) = dict.get::<Number>("ca")
                {
                    self.state.fill_alpha = alpha.as_f32();
                }
            }
            Op::NonStrokeColorDeviceGray(c) => self.state.tint = tint(&[c.0.as_f32()]),
            Op::NonStrokeColorDeviceRgb(c) => {
                self.state.tint = tint(&[c.0.as_f32(), c.1.as_f32(), c.2.as_f32()]);
            }
            Op::NonStrokeColorCmyk(c) => {
                let all = [c.0.as_f32(), c.1.as_f32(), c.2.as_f32(), c.3.as_f32()];
                self.state.tint = tint(&all);
            }
            Op::NonStrokeColor(c) => {
                let all: Vec<f32> = c.0.iter().map(Number::as_f32).collect();
                self.state.tint = tint(&all);
            }
            Op::NonStrokeColorNamed(c) => {
                let all: Vec<f32> = c.0.iter().map(Number::as_f32).collect();
                self.state.tint = if c.1.is_none() { tint(&all) } else { 1 };
            }
            Op::ColorSpaceNonStroke(_) => self.state.tint = 1,
            _ => return false,
        }
        true
    }

    fn path_op(&mut self, op: &Op<'_, '_>) -> bool {
        let ctm = self.state.ctm;
        let at = |x: &Number, y: &Number| ctm * Point::new(x.as_f64(), y.as_f64());
        match op {
            Op::MoveTo(p) => self.path.move_to(at(&p.0, &p.1)),
            Op::LineTo(p) => self.path.line_to(at(&p.0, &p.1)),
            Op::CubicTo(p) => self.path.curve_to(at(&p.4, &p.5)),
            Op::CubicStartTo(p) => self.path.curve_to(at(&p.2, &p.3)),
            Op::CubicEndTo(p) => self.path.curve_to(at(&p.2, &p.3)),
            Op::ClosePath(_) => self.path.close(),
            Op::RectPath(r) => {
                let (x, y, w, h) = (r.0.as_f64(), r.1.as_f64(), r.2.as_f64(), r.3.as_f64());
                self.path.move_to(ctm * Point::new(x, y));
                self.path.line_to(ctm * Point::new(x + w, y));
                self.path.line_to(ctm * Point::new(x + w, y + h));
                self.path.line_to(ctm * Point::new(x, y + h));
                self.path.close();
            }
            Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) | Op::FillPathEvenOdd(_) => {
                self.paint(true, false)
            }
            Op::StrokePath(_) => self.paint(false, true),
            Op::CloseAndStrokePath(_) => {
                self.path.close();
                self.paint(false, true);
            }
            Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => self.paint(true, true),
            Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                self.path.close();
                self.paint(true, true);
            }
            Op::EndPath(_) => self.path.clear(),
            _ => return false,
        }
        true
    }

    fn paint(&mut self, fill: bool, stroke: bool) {
        if !self.hidden() && self.state.fill_alpha > 0.02 {
            self.path.paint(fill, stroke, self.state.tint, &mut self.marks);
        }
        self.path.clear();
    }

    fn object_op(&mut self, op: &Op<'_, '_>, resources: &Resources<'a>, depth: usize) {
        match op {
            Op::XObject(name) => self.draw_object(name.0, resources, depth),
            Op::InlineImage(_) => self.draw_image(None),
            Op::BeginMarkedContent(tag) => self.begin_marked(tag.0, None, false),
            Op::BeginMarkedContentWithProperties(bdc) => {
                let name = bdc.1.clone().into_name();
                let named = name.as_ref().and_then(|n| resources.properties.get::<Dict<'_>>(n));
                let layer = name.as_ref().and_then(|n| resources.properties.get_ref(n));
                let hidden = layer.is_some_and(|l| self.layers.hide(l.into(), named.as_ref()));
                let inline = dict_or_stream(bdc.1).map(|(dict, _)| dict.clone());
                match named {
                    Some(dict) => self.begin_marked(bdc.0, Some(&dict), hidden),
                    None => self.begin_marked(bdc.0, inline.as_ref(), hidden),
                }
            }
            Op::EndMarkedContent(_) => self.end_marked(),
            _ => {}
        }
    }

    fn begin_marked(&mut self, tag: &[u8], properties: Option<&Dict<'_>>, hidden: bool) {
        let around = self.marked.last();
        let mcid = properties.and_then(|p| p.get::<i32>("MCID"));
        let leaf = mcid.and_then(|mcid| self.leaves?.get(&mcid).copied());
        let actual = properties
            .filter(|_| tag == b"Span")
            .and_then(|p| p.get::<hayro_syntax::object::String<'_>>("ActualText"))
            .map(|s| super::info::decode(s.as_bytes()));
        let begin = self.marks.glyphs.len();
        self.marked.push(Marked {
            mcid: mcid.or(around.map(|m| m.mcid)).unwrap_or(-1),
            leaf: leaf.or(around.map(|m| m.leaf)).unwrap_or(0),
            artifact: tag == b"Artifact" || around.is_some_and(|m| m.artifact),
            hidden: hidden || around.is_some_and(|m| m.hidden),
            actual: actual.map(|text| (text, begin)),
        });
    }

    /// Ends a sequence; where the file says what its glyphs stand for, they come to read so.
    fn end_marked(&mut self) {
        let Some(Marked { actual: Some((text, begin)), .. }) = self.marked.pop() else { return };
        let shown = self.marks.glyphs.split_off(begin.min(self.marks.glyphs.len()));
        stand_for(&shown, &text, &mut self.marks.glyphs);
    }

    /// Whether a layer that is not shown is open.
    pub fn hidden(&self) -> bool {
        self.marked.last().is_some_and(|m| m.hidden)
    }

    fn draw_object(&mut self, name: &Name<'_>, resources: &Resources<'a>, depth: usize) {
        let Some(stream) = resources.get_x_object(name) else { return };
        let dict = stream.dict();
        if self.hidden() || self.layers.hide_what(dict) {
            return;
        }
        match dict.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => self.draw_image(Some(stream.obj_id())),
            Some(b"Form") if depth < MAX_DEPTH => self.draw_form(&stream, resources, depth),
            _ => {}
        }
    }

    fn draw_form(&mut self, stream: &Stream<'a>, resources: &Resources<'a>, depth: usize) {
        let id = stream.obj_id();
        if self.forms.contains(&id) {
            return;
        }
        let Ok(data) = self.budget.decode(stream) else {
            self.marks.cut = true;
            return;
        };
        let dict = stream.dict();
        let own = dict.get::<Dict<'a>>("Resources").map(Resources::new);
        let kept = self.state;
        if let Some(matrix) = dict.get::<[f64; 6]>("Matrix") {
            self.state.ctm *= Affine::new(matrix);
        }
        let around = self.leaves;
        // A form with tags of its own counts its marked content by itself.
        if dict.contains_key("StructParents") {
            self.leaves = self.tags.and_then(|t| t.of_content(Some(stream.obj_id())));
        }
        self.path.clear();
        self.forms.push(id);
        self.walk(TypedIter::new(data.as_ref()), own.as_ref().unwrap_or(resources), depth + 1);
        self.forms.pop();
        self.path.clear();
        (self.state, self.leaves) = (kept, around);
    }

    /// Draws the appearance of a form field: the box of the drawing fills the area of the field.
    fn draw_field(&mut self, stream: &Stream<'a>, area: [f64; 4], resources: &Resources<'a>) {
        let Some(own) = stream.dict().get::<[f64; 4]>("BBox") else { return };
        let matrix = Affine::new(stream.dict().get::<[f64; 6]>("Matrix").unwrap_or(UNCHANGED));
        let corners = |[a, b, c, d]: [f64; 4]| kurbo::Rect::new(a, b, c, d);
        let (from, to) = (matrix.transform_rect_bbox(corners(own)), corners(area));
        if from.width() > 0.0 && from.height() > 0.0 {
            let scale = Affine::scale_non_uniform(to.width() / from.width(), to.height() / from.height());
            self.state.ctm *=
                Affine::translate(to.origin().to_vec2()) * scale * Affine::translate(-from.origin().to_vec2());
            self.draw_form(stream, resources, 0);
        }
    }

    fn draw_image(&mut self, id: Option<ObjectIdentifier>) {
        if self.hidden() {
            return;
        }
        let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)];
        let mut area = Rect::NOTHING;
        for corner in corners {
            let p = self.state.ctm * Point::from(corner);
            let (x, y) = (p.x as f32, p.y as f32);
            area = area.union(&Rect { x0: x, y0: y, x1: x, y1: y });
        }
        let page = Rect { x0: 0.0, y0: 0.0, x1: self.marks.width, y1: self.marks.height };
        let area = area.intersect(&page);
        if area.area() > 0.0 && self.marks.images.len() < 10_000 {
            self.marks.images.push(area);
            let larger = self.marks.picture.is_none_or(|(most, _)| area.area() > most.area());
            self.marks.picture = id.filter(|_| larger).map(|id| (area, id)).or(self.marks.picture);
        }
    }
}

impl Marks {
    /// Notes a filled area, up to a limit.
    pub fn add_fill(&mut self, area: Rect, tint: u32) {
        if self.fills.len() < 20_000 {
            self.fills.push(Fill { area, tint });
        }
    }
}

/// The matrix of six operands.
pub(super) fn affine(m: [&Number; 6]) -> Affine {
    Affine::new(m.map(Number::as_f64))
}

/// A number for a colour: white by light in gray and RGB, and by no ink in CMYK.
fn tint(components: &[f32]) -> u32 {
    let white = match components.len() {
        1 | 3 => components.iter().all(|c| *c > 0.97),
        4 => components.iter().all(|c| *c < 0.03),
        _ => false,
    };
    if white {
        return WHITE;
    }
    let step = |sum: u32, c: &f32| sum.wrapping_mul(257).wrapping_add((c.clamp(0.0, 1.0) * 255.0) as u32 + 1);
    components.iter().fold(1, step).max(1)
}
