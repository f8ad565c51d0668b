//! Bands of a page where text stands in columns.
//!
//! Comes in: items with their bounds. Goes out: the stretch of rows that share the best gutter,
//! if there is any. Rows are clusters of items whose heights overlap.

use super::geometry::Rect;

/// Something to be put into reading order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Where it lies; for a line of text, from the height of small letters to the baseline.
    pub bounds: Rect,
    /// The em of its text.
    pub size: f32,
    /// How many characters it holds.
    pub chars: usize,
    /// Which item of the caller's it is.
    pub index: usize,
    /// It is a line of text and no table or box.
    pub text: bool,
    /// It begins with a small letter, as a line does that goes on with a sentence.
    pub goes_on: bool,
}

/// Items side by side.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    /// The items, as positions in the list that was given.
    pub items: Vec<usize>,
    /// Around them.
    pub bounds: Rect,
}

/// A stretch of clusters that share a gutter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Band {
    /// First cluster.
    pub from: usize,
    /// Last cluster.
    pub to: usize,
    /// The gutter: no item of these clusters reaches into it.
    pub gutter: (f32, f32),
}

/// Groups items whose heights overlap, from the top.
pub(super) fn clusters(items: &[Item]) -> Vec<Cluster> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|a, b| items[*a].bounds.y0.total_cmp(&items[*b].bounds.y0));
    let mut out: Vec<Cluster> = Vec::new();
    for at in order {
        let item = &items[at];
        match out.last_mut() {
            Some(last) if item.bounds.y0 < last.bounds.y1 => {
                last.bounds = last.bounds.union(&item.bounds);
                last.items.push(at);
            }
            _ => out.push(Cluster { items: vec![at], bounds: item.bounds }),
        }
    }
    out
}

/// The free stretches of a cluster between and beside its items.
fn free(cluster: &Cluster, items: &[Item], frame: (f32, f32)) -> Vec<(f32, f32)> {
    let mut taken: Vec<(f32, f32)> = cluster.items.iter().map(|i| (items[*i].bounds.x0, items[*i].bounds.x1)).collect();
    taken.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out = Vec::new();
    let mut at = frame.0;
    for (from, to) in taken {
        if from > at {
            out.push((at, from));
        }
        at = at.max(to);
    }
    if at < frame.1 {
        out.push((at, frame.1));
    }
    out
}

fn common(a: &[(f32, f32)], b: &[(f32, f32)], least: f32) -> Vec<(f32, f32)> {
    let mut out = Vec::new();
    for x in a {
        for y in b {
            let both = (x.0.max(y.0), x.1.min(y.1));
            if both.1 - both.0 >= least {
                out.push(both);
            }
        }
    }
    out
}

/// The gutters that a stretch of clusters has in common, with text on both sides of each.
pub(super) fn gutters(clusters: &[Cluster], items: &[Item], least: f32) -> Vec<(f32, f32)> {
    let frame = frame(clusters);
    let mut shared = vec![frame];
    for cluster in clusters {
        shared = common(&shared, &free(cluster, items, frame), least);
    }
    shared.retain(|g| g.0 > frame.0 && g.1 < frame.1);
    shared
}

/// Boxes beside each other: those that stand one above the other together, from the left.
pub(super) fn by_column(mut boxes: Vec<Item>) -> Vec<Item> {
    boxes.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
    let mut right = f32::MIN;
    let mut columns: Vec<Vec<Item>> = Vec::new();
    for one in boxes {
        match columns.last_mut() {
            Some(column) if one.bounds.x0 < right => column.push(one),
            _ => columns.push(vec![one]),
        }
        right = right.max(one.bounds.x1);
    }
    columns.iter_mut().for_each(|column| column.sort_by(|a, b| a.bounds.y0.total_cmp(&b.bounds.y0)));
    columns.concat()
}

fn frame(clusters: &[Cluster]) -> (f32, f32) {
    let bounds = clusters.iter().fold(Rect::NOTHING, |r, c| r.union(&c.bounds));
    (bounds.x0, bounds.x1)
}

/// The best band: the one whose weaker side holds most text.
pub(super) fn best(clusters: &[Cluster], items: &[Item], least: f32) -> Option<Band> {
    let frame = frame(clusters);
    let open: Vec<Vec<(f32, f32)>> = clusters.iter().map(|c| free(c, items, frame)).collect();
    let mut best: Option<(usize, Band)> = None;
    for from in 0..clusters.len() {
        let inner = open[from].iter().any(|g| g.0 > frame.0 && g.1 < frame.1 && g.1 - g.0 >= least);
        if !inner {
            continue;
        }
        let mut shared = vec![frame];
        let mut reach: Vec<Band> = Vec::new();
        for (to, free) in open.iter().enumerate().skip(from) {
            shared = common(&shared, free, least);
            if shared.is_empty() {
                break;
            }
            reach.retain(|b| !shared.iter().any(|g| g.0 < b.gutter.1 && g.1 > b.gutter.0));
            reach.extend(shared.iter().map(|g| Band { from, to, gutter: *g }));
        }
        for band in reach {
            let weight = weight(&band, clusters, items);
            if weight > 0 && best.as_ref().is_none_or(|(w, _)| weight > *w) {
                best = Some((weight, band));
            }
        }
    }
    best.map(|(_, band)| trim(band, clusters, items))
}

/// How much text stands on the weaker side of a gutter; 0 where a side is no column.
fn weight(band: &Band, clusters: &[Cluster], items: &[Item]) -> usize {
    let middle = f32::midpoint(band.gutter.0, band.gutter.1);
    let mut sides = [(0_usize, 0_usize, Rect::NOTHING, 0.0_f32); 2];
    for cluster in &clusters[band.from..=band.to] {
        for item in cluster.items.iter().map(|i| &items[*i]) {
            let side = &mut sides[usize::from(item.bounds.x0 > middle)];
            side.0 += item.chars;
            side.1 += 1;
            side.2 = side.2.union(&item.bounds);
            side.3 = side.3.max(item.size);
        }
    }
    // A column of bullets or numbers is a part of the lines beside it.
    let column = |(chars, lines, bounds, size): &(usize, usize, Rect, f32)| {
        *lines >= 1 && *chars >= 5 * lines && bounds.width() > 3.0 * size
    };
    let lines = sides[0].1.min(sides[1].1);
    if !sides.iter().all(column) || (lines < 2 && sides[0].1.max(sides[1].1) < 3) || is_stretched(band, clusters, items)
    {
        return 0;
    }
    sides[0].0.min(sides[1].0)
}

/// Whether a band is a few lines of a narrow column whose words were set far apart to fill it: all but the
/// first of each go on with the sentence.
fn is_stretched(band: &Band, clusters: &[Cluster], items: &[Item]) -> bool {
    let goes_on = |cluster: &Cluster| {
        let left = cluster.items.iter().map(|i| items[*i].bounds.x0).fold(f32::MAX, f32::min);
        cluster.items.iter().map(|i| &items[*i]).all(|item| item.bounds.x0 <= left || item.goes_on)
    };
    band.to - band.from < 3 && clusters[band.from..=band.to].iter().all(goes_on)
}

/// Leaves off clusters at the ends that have text on one side only and stand apart.
fn trim(mut band: Band, clusters: &[Cluster], items: &[Item]) -> Band {
    let both = |c: &Cluster| {
        let left = c.items.iter().any(|i| items[*i].bounds.x1 <= band.gutter.0 + 0.1);
        let right = c.items.iter().any(|i| items[*i].bounds.x0 >= band.gutter.1 - 0.1);
        left && right
    };
    let apart = |a: &Cluster, b: &Cluster| {
        let size = b.items.iter().map(|i| items[*i].size).fold(0.0, f32::max);
        b.bounds.y0 - a.bounds.y1 > 1.3 * size
    };
    let inner: Vec<usize> = (band.from..=band.to).filter(|c| both(&clusters[*c])).collect();
    let (Some(&first), Some(&last)) = (inner.first(), inner.last()) else { return band };
    for at in (band.from..first).rev() {
        if apart(&clusters[at], &clusters[at + 1]) {
            band.from = at + 1;
            break;
        }
    }
    for at in last..band.to {
        if apart(&clusters[at], &clusters[at + 1]) {
            band.to = at;
            break;
        }
    }
    band
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(index: usize, x0: f32, x1: f32, y: f32) -> Item {
        Item {
            bounds: Rect { x0, x1, y0: y - 6.0, y1: y },
            size: 10.0,
            chars: ((x1 - x0) / 5.0) as usize,
            index,
            text: true,
            goes_on: false,
        }
    }

    #[test]
    fn a_heading_across_two_columns_is_left_out_of_the_band() {
        let mut items = vec![item(0, 50.0, 500.0, 80.0)];
        for row in 0..4 {
            let y = 120.0 + 12.0 * row as f32;
            items.push(item(items.len(), 50.0, 260.0, y));
            items.push(item(items.len(), 290.0, 500.0, y));
        }
        let clusters = clusters(&items);
        let band = best(&clusters, &items, 8.0).map(|b| (b.from, b.to, b.gutter));
        assert_eq!(band, Some((1, 4, (260.0, 290.0))));
    }

    #[test]
    fn bullets_are_no_column() {
        let mut items = Vec::new();
        for row in 0..6 {
            let y = 120.0 + 12.0 * row as f32;
            items.push(Item { chars: 1, ..item(items.len(), 50.0, 54.0, y) });
            items.push(item(items.len(), 72.0, 500.0, y));
        }
        assert!(best(&clusters(&items), &items, 8.0).is_none());
    }
}
