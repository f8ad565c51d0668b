//! What a page shows, as the content stream leaves it: glyphs, thin rules, filled areas and
//! pictures. Nothing is rasterised and no glyph outline is looked at.

use super::geometry::Rect;
use hayro_syntax::object::ObjectIdentifier;
use std::collections::BTreeMap;

/// One character at its place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Glyph {
    /// The character; U+FFFD where the font does not tell.
    pub ch: char,
    /// Start of the glyph on its baseline.
    pub x: f32,
    /// The baseline.
    pub y: f32,
    /// How far the pen moves, without character and word spacing.
    pub dx: f32,
    /// How far the pen moves downwards.
    pub dy: f32,
    /// The height of an em.
    pub size: f32,
    /// Which face of the document it is set in.
    pub face: u16,
    /// Marked content number, or -1.
    pub mcid: i32,
    /// Which leaf of the structure tree holds it, counted from 1 in reading order; 0 for none.
    pub leaf: u32,
    /// White space was shown just before it.
    pub after_space: bool,
    /// Shown with rendering mode 3, or fully transparent: the text layer of a scan.
    pub invisible: bool,
    /// Painted with its outline stroked too, which makes it look bold.
    pub thickened: bool,
    /// Painted white.
    pub white: bool,
    /// Marked by the file as an artifact: running head, page number, ornament.
    pub artifact: bool,
}

/// A filled area larger than a rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fill {
    /// Where it lies.
    pub area: Rect,
    /// Its colour; [`WHITE`] is as good as not there.
    pub tint: u32,
}

/// Fewer characters than this may be a stamp on a scan.
const STAMP: usize = 120;

/// The colour of paper.
pub(super) const WHITE: u32 = 0;

/// Everything that was collected of one page.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    /// Width of the page as it is viewed.
    pub width: f32,
    /// Height of the page as it is viewed.
    pub height: f32,
    /// The characters in the order in which they are shown.
    pub glyphs: Vec<Glyph>,
    /// Level rules: `y0` and `y1` are the same.
    pub level: Vec<Rect>,
    /// Upright rules: `x0` and `x1` are the same.
    pub upright: Vec<Rect>,
    /// Filled areas.
    pub fills: Vec<Fill>,
    /// Where pictures lie.
    pub images: Vec<Rect>,
    /// The picture that covers most of the page, where it is an object of the file.
    pub picture: Option<(Rect, ObjectIdentifier)>,
    /// How many curved figures are painted: drawings, or text turned into outlines.
    pub curves: usize,
    /// How many codes are shown of which the font tells neither a character nor a width.
    pub unknown: usize,
    /// A limit was reached, so that the end of the page is missing.
    pub cut: bool,
    /// Whether what is drawn, or a part of it, is not in the file or cannot be decoded.
    pub lost: bool,
}

/// How a face looks, as far as it tells headings from text.
#[derive(Clone, Debug, Default)]
pub(super) struct Face {
    /// Bold or heavier.
    pub bold: bool,
    /// Italic or oblique.
    pub italic: bool,
    /// A font of pictograms, where letters are not letters (Symbol, Wingdings).
    pub pictograms: bool,
}

/// Hands on glyphs as the text that they stand for, at their place where they share a baseline;
/// as they are where they do not.
pub(super) fn stand_for(glyphs: &[Glyph], text: &str, out: &mut Vec<Glyph>) {
    let Some(first) = glyphs.first() else { return };
    let flat = glyphs.iter().all(|g| (g.y - first.y).abs() < 0.7 * first.size && g.x >= first.x - first.size);
    let signs: Vec<char> = text.chars().filter(|c| !c.is_control()).collect();
    if !flat || signs.len() > 4 * glyphs.len() + 4 {
        out.extend_from_slice(glyphs);
        return;
    }
    let end = glyphs.iter().map(|g| g.x + g.dx).fold(first.x, f32::max);
    let step = (end - first.x) / signs.len().max(1) as f32;
    let mut after_space = first.after_space;
    for (at, ch) in signs.into_iter().enumerate() {
        if ch.is_whitespace() {
            after_space = true;
            continue;
        }
        let (x, after_space) = (first.x + step * at as f32, std::mem::take(&mut after_space));
        out.push(Glyph { ch, x, dx: step, after_space, ..*first });
    }
}

impl Marks {
    /// Turns the page by a quarter, so that text that runs upwards (`up`) or downwards comes to
    /// run from left to right.
    pub fn turn(&mut self, up: bool) {
        let (w, h) = (self.width, self.height);
        let point = |x: f32, y: f32| if up { (h - y, x) } else { (y, w - x) };
        let rect = |r: &Rect| {
            let ((ax, ay), (bx, by)) = (point(r.x0, r.y0), point(r.x1, r.y1));
            Rect::around(ax, ay, bx, by)
        };
        for g in &mut self.glyphs {
            (g.x, g.y) = point(g.x, g.y);
            (g.dx, g.dy) = if up { (-g.dy, g.dx) } else { (g.dy, -g.dx) };
        }
        let turned = |rects: &[Rect]| rects.iter().map(rect).collect::<Vec<_>>();
        let level = turned(&self.upright);
        self.upright = turned(&self.level);
        self.level = level;
        self.images = turned(&self.images);
        for fill in &mut self.fills {
            fill.area = rect(&fill.area);
        }
        (self.width, self.height) = (h, w);
    }

    /// Takes out the glyphs that do not run from left to right, and turns them so that they do:
    /// one list for each direction, with steps of 5 degrees.
    pub fn take_turned(&mut self) -> Vec<Vec<Glyph>> {
        let level = |g: &Glyph| g.dx >= 0.0 && g.dy.abs() <= 0.05 * g.dx.max(0.01);
        if self.glyphs.iter().all(level) {
            return Vec::new();
        }
        let (kept, turned): (Vec<Glyph>, Vec<Glyph>) = self.glyphs.iter().partition(|g| level(g));
        self.glyphs = kept;
        let mut lists: BTreeMap<i32, Vec<Glyph>> = BTreeMap::new();
        for g in turned {
            let length = g.dx.hypot(g.dy).max(1e-6);
            let (cos, sin) = (g.dx / length, g.dy / length);
            let step = (g.dy.atan2(g.dx).to_degrees() / 5.0).round() as i32;
            let (x, y) = (g.x * cos + g.y * sin, g.y * cos - g.x * sin);
            lists.entry(step).or_default().push(Glyph { x, y, dx: length, dy: 0.0, ..g });
        }
        lists.into_values().collect()
    }

    /// Forgets the invisible text where the page shows text, else takes it for the text. What is stamped
    /// on a scan ("Agenda Item 7", "Page 12") is not the text of the page.
    pub fn settle_invisible(&mut self) {
        let visible = self.glyphs.iter().filter(|g| !g.invisible).count();
        let pictured: f32 = self.images.iter().map(Rect::area).sum();
        let is_scan = pictured > 0.5 * self.width * self.height;
        let stamped = is_scan && visible < STAMP && visible * 5 < self.glyphs.len();
        if !stamped && (visible >= 20 || visible * 2 >= self.glyphs.len()) {
            self.glyphs.retain(|g| !g.invisible);
        }
    }
}
