//! Where passages stand on their pages.
//!
//! Comes in: a PDF file and passages that were read of it. Goes out: for each the lines that it fills, as
//! areas in the coordinates of its pages, which is how PDF annotations are placed. It reads nothing new and changes
//! nothing; a passage that cannot be found again is told as such.

use super::align::{Letters, Run, letters};
use super::content;
use super::font::Fonts;
use super::inflate::Budget;
use super::info;
use super::layers::Layers;
use super::marks::Glyph;
use super::open;
use crate::input::{InputError, ReadOptions, Step};
use hayro_syntax::page::Page;
use kurbo::{Affine, Point};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Less than this share of the letters in a stretch of a page is another passage.
const LEAST_SHARE: f64 = 0.6;
/// Fewer letters left over are no text on the next page.
const LEAST_REST: usize = 12;
/// How far letters reach above and below their baseline, in ems.
const ASCENT: f64 = 0.76;
const DESCENT: f64 = 0.22;

/// A passage to be found.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'t> {
    /// The page on which it begins, counted from 1.
    pub page: u32,
    /// Its text.
    pub text: &'t str,
}

/// Four corners in the coordinates of a page: upper left, upper right, lower left, lower right, as the
/// text is read.
pub type Corners = [(f64, f64); 4];

/// The lines of a passage on one page.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    /// Which of the passages, counted from 0.
    pub wanted: usize,
    /// The page, counted from 1.
    pub page: u32,
    /// Its lines in the order in which they are shown.
    pub lines: Vec<Corners>,
}

/// What is still to be found on a page.
struct Job {
    wanted: usize,
    letters: Vec<char>,
    /// It began on the page before.
    is_rest: bool,
}

/// Finds passages, and tells them by page in the order asked.
///
/// # Errors
/// [`InputError`] where the file cannot be opened.
pub fn locate(bytes: &[u8], wanted: &[Wanted<'_>], options: &ReadOptions) -> Result<Vec<Lines>, InputError> {
    let search = || {
        let pdf = open(bytes, options)?;
        let hidden = Layers::read(&info::catalog(&pdf));
        let mut fonts = Fonts::new();
        let mut budget = Budget::new(options.max_inflated);
        let mut jobs: BTreeMap<u32, Vec<Job>> = BTreeMap::new();
        for (at, one) in wanted.iter().enumerate() {
            let job = Job { wanted: at, letters: letters(one.text).collect(), is_rest: false };
            jobs.entry(one.page).or_default().push(job);
        }
        let mut out = Vec::new();
        while let Some((number, all)) = jobs.pop_first() {
            let Some(page) = number.checked_sub(1).and_then(|at| pdf.pages().get(at as usize)) else { continue };
            if !options.watch.goes_on(Step::Page(number)) {
                break;
            }
            let read = AssertUnwindSafe(|| {
                let mut marks = content::read_page(page, &mut fonts, &mut budget, &hidden, None);
                marks.settle_invisible();
                Shown::new(page, marks.glyphs)
            });
            let Ok(shown) = catch_unwind(read) else { continue };
            for job in all {
                let (lines, rest) = shown.find(&job);
                if !lines.is_empty() {
                    out.push(Lines { wanted: job.wanted, page: number, lines });
                }
                if let Some(letters) = rest {
                    jobs.entry(number + 1).or_default().push(Job { wanted: job.wanted, letters, is_rest: true });
                }
            }
        }
        Ok(out)
    };
    catch_unwind(AssertUnwindSafe(search))
        .unwrap_or_else(|_| Err(InputError::Damaged("its parts contradict each other".into())))
}

/// A page with the letters that it shows.
struct Shown {
    glyphs: Vec<Glyph>,
    letters: Letters,
    /// The glyph of each letter.
    of: Vec<usize>,
    /// From the page as it is viewed to the page's own coordinates.
    back: Affine,
}

impl Shown {
    fn new(page: &Page<'_>, glyphs: Vec<Glyph>) -> Self {
        let mut sign = [0; 4];
        let (of, all) = glyphs
            .iter()
            .enumerate()
            .flat_map(|(at, g)| letters(g.ch.encode_utf8(&mut sign)).map(|c| (at, c)).collect::<Vec<_>>())
            .unzip();
        let back = Affine::new(page.initial_transform(true).as_coeffs()).inverse();
        Self { glyphs, letters: Letters::new(all), of, back }
    }

    /// The lines of a passage, and the letters that may stand on the next page.
    fn find(&self, job: &Job) -> (Vec<Corners>, Option<Vec<char>>) {
        let runs = self.letters.runs(&job.letters);
        let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return (Vec::new(), None) };
        let stretch = if job.is_rest { 0 } else { first.text.start }..last.text.end;
        let covered: usize = runs.iter().map(|r| r.text.len()).sum();
        if (covered as f64) < LEAST_SHARE * stretch.len() as f64 {
            return (Vec::new(), None);
        }
        let left = job.letters.len() - last.text.end;
        let rest = (left >= LEAST_REST && !job.is_rest).then(|| job.letters[last.text.end..].to_vec());
        // What is missed at its end may as well be on this page, hard to find.
        let stands_here = first.text.start < LEAST_REST || rest.is_none();
        if stands_here { (self.lines(&runs), rest) } else { (Vec::new(), None) }
    }

    /// The areas of runs, line by line.
    fn lines(&self, runs: &[Run]) -> Vec<Corners> {
        let mut glyphs: Vec<usize> = Vec::new();
        for run in runs {
            let (Some(from), Some(to)) = (self.of.get(run.page.start), self.of.get(run.page.end - 1)) else { continue };
            glyphs.extend(*from..=*to);
        }
        glyphs.sort_unstable();
        glyphs.dedup();
        let mut lines: Vec<Line> = Vec::new();
        for glyph in glyphs.iter().map(|at| &self.glyphs[*at]) {
            if !lines.last_mut().is_some_and(|line| line.take(glyph)) {
                lines.push(Line::new(glyph));
            }
        }
        lines.iter().map(|line| line.corners(self.back)).collect()
    }
}

/// A stretch of glyphs on one baseline.
struct Line {
    start: Point,
    /// The direction of its text, of length 1.
    along: kurbo::Vec2,
    from: f64,
    to: f64,
    size: f64,
}

impl Line {
    fn new(glyph: &Glyph) -> Self {
        let step = kurbo::Vec2::new(f64::from(glyph.dx), f64::from(glyph.dy));
        let length = step.hypot();
        let along = if length > 1e-6 { step / length } else { kurbo::Vec2::new(1.0, 0.0) };
        let start = Point::new(f64::from(glyph.x), f64::from(glyph.y));
        Self { start, along, from: 0.0, to: length, size: f64::from(glyph.size) }
    }

    /// Takes a glyph in that follows on the same line.
    fn take(&mut self, glyph: &Glyph) -> bool {
        let next = Self::new(glyph);
        let way = next.start - self.start;
        let (along, off) = (way.dot(self.along), way.cross(self.along).abs());
        let size = self.size.max(next.size);
        let same = self.along.dot(next.along) > 0.99 && off < 0.6 * size;
        if !same || along < self.from - size || along > self.to + 2.5 * size {
            return false;
        }
        (self.from, self.to) = (self.from.min(along), self.to.max(along + next.to));
        self.size = size;
        true
    }

    fn corners(&self, back: Affine) -> Corners {
        let up = kurbo::Vec2::new(self.along.y, -self.along.x) * self.size;
        let at = |along: f64, above: f64| {
            let point = back * (self.start + self.along * along + up * above);
            (point.x, point.y)
        };
        [at(self.from, ASCENT), at(self.to, ASCENT), at(self.from, -DESCENT), at(self.to, -DESCENT)]
    }
}
