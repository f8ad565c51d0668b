//! The path that is being drawn: what of it is a rule or a filled area.
//!
//! Comes in: points in page space. Goes out: thin rules and rectangles in the page's marks.
//! Curves and slanted lines are of no use here.

use super::geometry::Rect;
use super::marks::Marks;
use kurbo::Point;

/// A filled rectangle up to this thickness, in points, is a rule.
const THIN: f32 = 2.6;
/// Rules shorter than this, in points, are dots and dashes of something else.
const SHORT: f32 = 1.5;
/// Most rules in one direction that are collected of one page.
const MAX_RULES: usize = 20_000;

/// One run of joined lines.
#[derive(Clone, Debug, Default)]
struct Figure {
    points: Vec<(f32, f32)>,
    curved: bool,
    closed: bool,
}

/// The lines since the last painting.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    figures: Vec<Figure>,
    points: usize,
}

impl Path {
    /// Begins a run of lines.
    pub fn move_to(&mut self, p: Point) {
        self.points += 1;
        if self.points > MAX_RULES {
            return;
        }
        self.figures.push(Figure { points: vec![(p.x as f32, p.y as f32)], ..Figure::default() });
    }

    /// Adds a straight line.
    pub fn line_to(&mut self, p: Point) {
        self.points += 1;
        if self.points > MAX_RULES {
            return;
        }
        if let Some(figure) = self.figures.last_mut() {
            figure.points.push((p.x as f32, p.y as f32));
        }
    }

    /// Adds a curve, of which only its end is kept.
    pub fn curve_to(&mut self, p: Point) {
        if let Some(figure) = self.figures.last_mut() {
            figure.curved = true;
        }
        self.line_to(p);
    }

    /// Joins the end of the run with its beginning.
    pub fn close(&mut self) {
        if let Some(figure) = self.figures.last_mut() {
            figure.closed = true;
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.figures.clear();
        self.points = 0;
    }

    /// Hands the rules and areas of the path to the marks.
    pub fn paint(&self, fill: bool, stroke: bool, tint: u32, marks: &mut Marks) {
        for figure in &self.figures {
            let bounds = figure.bounds();
            marks.curves += usize::from(figure.curved);
            if figure.is_upright_rectangle() || (fill && !stroke && figure.is_thin(&bounds)) {
                paint_rectangle(&bounds, fill, stroke, tint, marks);
            } else if stroke && !figure.curved {
                figure.stroke(marks);
            } else if fill && bounds.width() > 20.0 && bounds.height() > 8.0 && figure.is_frame(&bounds) {
                marks.add_fill(bounds, tint);
            }
        }
    }
}

impl Figure {
    fn bounds(&self) -> Rect {
        self.points.iter().fold(Rect::NOTHING, |r, &(x, y)| r.union(&Rect { x0: x, y0: y, x1: x, y1: y }))
    }

    fn is_thin(&self, bounds: &Rect) -> bool {
        bounds.width() <= THIN || bounds.height() <= THIN
    }

    /// Whether it is a rectangle with rounded corners: every point lies on its bounds.
    fn is_frame(&self, bounds: &Rect) -> bool {
        let on = |a: f32, b: f32| (a - b).abs() < 0.5;
        (4..=14).contains(&self.points.len())
            && self
                .points
                .iter()
                .all(|(x, y)| on(*x, bounds.x0) || on(*x, bounds.x1) || on(*y, bounds.y0) || on(*y, bounds.y1))
    }

    fn is_upright_rectangle(&self) -> bool {
        let corners = match self.points.as_slice() {
            all @ [first, .., last] if all.len() == 5 && near(*first, *last) => &all[..4],
            all if all.len() == 4 => all,
            _ => return false,
        };
        let square = |a: (f32, f32), b: (f32, f32)| ((a.0 - b.0).abs() < 0.3) != ((a.1 - b.1).abs() < 0.3);
        !self.curved && (0..4).all(|i| square(corners[i], corners[(i + 1) % 4]))
    }

    fn stroke(&self, marks: &mut Marks) {
        for pair in self.points.windows(2) {
            let r = Rect::around(pair[0].0, pair[0].1, pair[1].0, pair[1].1);
            add_rule(&r, marks);
        }
        if let (true, [first, .., last]) = (self.closed, self.points.as_slice()) {
            add_rule(&Rect::around(first.0, first.1, last.0, last.1), marks);
        }
    }
}

fn near(a: (f32, f32), b: (f32, f32)) -> bool {
    (a.0 - b.0).abs() < 0.3 && (a.1 - b.1).abs() < 0.3
}

fn paint_rectangle(r: &Rect, fill: bool, stroke: bool, tint: u32, marks: &mut Marks) {
    if r.width() <= THIN || r.height() <= THIN {
        add_rule(r, marks);
        return;
    }
    if fill {
        marks.add_fill(*r, tint);
    }
    if stroke {
        for edge in [Rect { y1: r.y0, ..*r }, Rect { y0: r.y1, ..*r }, Rect { x1: r.x0, ..*r }, Rect { x0: r.x1, ..*r }]
        {
            add_rule(&edge, marks);
        }
    }
}

/// Adds a thin upright or level rectangle as a rule along its middle.
fn add_rule(r: &Rect, marks: &mut Marks) {
    let (w, h) = (r.width(), r.height());
    if h <= THIN && w >= SHORT && w >= h && marks.level.len() < MAX_RULES {
        let y = f32::midpoint(r.y0, r.y1);
        marks.level.push(Rect { x0: r.x0, y0: y, x1: r.x1, y1: y });
    } else if w <= THIN && h >= SHORT && h > w && marks.upright.len() < MAX_RULES {
        let x = f32::midpoint(r.x0, r.x1);
        marks.upright.push(Rect { x0: x, y0: r.y0, x1: x, y1: r.y1 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thin_rectangles_are_rules_and_frames_have_four() {
        let mut marks = Marks::default();
        let mut path = Path::default();
        for (x, y) in [(10.0, 10.0), (100.0, 10.0), (100.0, 10.5), (10.0, 10.5)] {
            let p = Point::new(x, y);
            if x == 10.0 && y == 10.0 { path.move_to(p) } else { path.line_to(p) }
        }
        path.close();
        path.paint(true, false, 1, &mut marks);
        assert_eq!((marks.level.len(), marks.upright.len(), marks.fills.len()), (1, 0, 0));
        path.clear();
        for (x, y) in [(10.0, 10.0), (100.0, 10.0), (100.0, 60.0), (10.0, 60.0)] {
            let p = Point::new(x, y);
            if x == 10.0 && y == 10.0 { path.move_to(p) } else { path.line_to(p) }
        }
        path.close();
        path.paint(true, true, 1, &mut marks);
        assert_eq!((marks.level.len(), marks.upright.len(), marks.fills.len()), (3, 2, 1));
    }
}
