//! Many documents on a terminal: a matrix, and what they come to together.

use super::grid::{self, Cell};
use super::{bold, colour, legend, lost, paragraph, review, skipped, tone};
use crate::assess::{Rating, Status};
use crate::report::words::called::Called;
use crate::report::words::{clean, shorten};
use crate::report::{Carrier, CriterionAcross, Head, PackInfo, Plan, Portfolio, RatingMark, words};
use anstyle::{AnsiColor, Style};
use std::fmt::Write;
use textwrap::core::display_width;

/// Columns of one criterion in a matrix, and the fewest for the names of documents.
const CRITERION: usize = 11;
const DOCUMENT: usize = 12;
/// Plans that are named in one line.
const NAMED: usize = 8;
/// Common passages that are shown, and letters of a quote.
const COMMON: usize = 8;
const SHORT: usize = 140;

/// Writes all of it.
pub(super) fn write(out: &mut String, head: &Head, all: &Portfolio, width: usize) {
    let mut first = 0;
    for pack in &head.packs {
        let _ = writeln!(out, "{}", bold(&clean(&pack.title), width));
        let own = first..first + pack.criteria.len();
        first = own.end;
        if grid::width(&vec![CRITERION; pack.criteria.len()]) + DOCUMENT + 2 <= width {
            matrix(out, pack, (all, own), width);
        } else {
            counts(out, (all, own), width);
        }
        out.push('\n');
    }
    together(out, all, width);
    let reviews = all.plans.iter().filter_map(|p| Some((p.path.as_str(), p.review.clone()?)));
    review::summary(out, head, &reviews.collect::<Vec<_>>(), width);
    let troubles = all.not_judged().map(|(_, p)| (p.path.as_str(), p.status, p.trouble.clone().unwrap_or_default()));
    lost(out, &troubles.collect::<Vec<_>>(), width);
    skipped(out, &head.skipped, width);
    let marks = || all.plans.iter().filter(|p| p.status == Status::Assessed).flat_map(|p| &p.ratings);
    let facets = || all.criteria.iter().flat_map(|c| &c.facets);
    legend(out, marks().any(|m| m.rating_if_checks_hold.is_some()), facets().any(|f| f.missing > 0), width);
    if marks().any(|m| m.words_only) {
        let said = "\"words only\": all that speaks for it stands in a foreword, a vision, values, words of others or a \
                    heading.";
        paragraph(out, "", said, width);
    }
}

type Columns<'p> = (&'p Portfolio, std::ops::Range<usize>);

/// A row a document, a column a criterion.
fn matrix(out: &mut String, pack: &PackInfo, (all, own): Columns<'_>, width: usize) {
    let n = own.len();
    // A document that was not judged has its status there, whatever the number of criteria.
    let marks = grid::width(&vec![CRITERION; n]).max(grid::width(&[display_width(words::status(Status::NotAssessed))]));
    let names = name_width(&all.plans, width - marks - 2);
    let columns: Vec<usize> = std::iter::once(names).chain(std::iter::repeat_n(CRITERION, n)).collect();
    let head = pack.criteria.iter().map(|c| Cell::wrapped(&c.short(), CRITERION, Style::new().underline()));
    let corner = Cell::wrapped("document", names, Style::new().underline());
    grid::row(out, &columns, &std::iter::once(corner).chain(head).collect::<Vec<_>>());
    for plan in &all.plans {
        let mut row = vec![Cell::wrapped(&words::label_or_path(&plan.note, &plan.path), names, Style::new())];
        if plan.status == Status::Assessed {
            row.extend(plan.ratings.get(own.clone()).unwrap_or_default().iter().map(|m| {
                let cell = Cell::wrapped(m.rating.name(), CRITERION, mark_tone(m));
                let cell = match m.rating_if_checks_hold {
                    Some(best) => cell.then(&format!("to {}", best.name()), CRITERION, Style::new()),
                    None => cell,
                };
                let cell = if m.words_only { cell.then(words::WORDS_ONLY, CRITERION, Style::new()) } else { cell };
                review::below(cell, m.officer.map(|o| o.to_string()).as_deref(), CRITERION)
            }));
        } else {
            row.push(Cell::wrapped(words::status(plan.status), width / 2, colour(AnsiColor::Magenta)));
        }
        grid::row(out, &columns, &row);
    }
}

/// Too many criteria to stand side by side: how many have which rating.
fn counts(out: &mut String, (all, own): Columns<'_>, width: usize) {
    const RATINGS: [Rating; 4] = [Rating::Embedded, Rating::Evident, Rating::Partial, Rating::Missing];
    const COUNTS: [usize; 5] = [8, 7, 7, 7, 8];
    let names = name_width(&all.plans, width - grid::width(&COUNTS) - 2);
    let columns: Vec<usize> = std::iter::once(names).chain(COUNTS).collect();
    let style = Style::new().underline();
    let mut head = vec![Cell::wrapped("document", names, style)];
    head.extend(RATINGS.iter().map(|r| Cell::wrapped(r.name(), 8, tone(*r).underline())));
    head.push(Cell::wrapped("to check", 8, style));
    grid::row(out, &columns, &head);
    for plan in &all.plans {
        let mut row = vec![Cell::wrapped(&words::label_or_path(&plan.note, &plan.path), names, Style::new())];
        if plan.status == Status::Assessed {
            let own = plan.ratings.get(own.clone()).unwrap_or_default();
            for rating in RATINGS {
                let n = own.iter().filter(|m| m.rating == rating && !m.open()).count();
                row.push(Cell::wrapped(&n.to_string(), 8, Style::new()));
            }
            row.push(Cell::wrapped(&own.iter().filter(|m| m.open()).count().to_string(), 8, Style::new()));
        } else {
            row.push(Cell::wrapped(words::status(plan.status), 30, colour(AnsiColor::Magenta)));
        }
        grid::row(out, &columns, &row);
    }
}

fn mark_tone(mark: &RatingMark) -> Style {
    if mark.open() { colour(AnsiColor::Cyan) } else { tone(mark.rating) }
}

/// The columns that names of documents take, at most so many.
fn name_width(plans: &[Plan], most: usize) -> usize {
    let longest = plans.iter().map(|p| display_width(&words::label_or_path(&p.note, &p.path))).max().unwrap_or(0);
    longest.max("document".len()).min(most)
}

/// What the plans come to together: only said where there is more than one to count.
fn together(out: &mut String, all: &Portfolio, width: usize) {
    let copies = all.copies();
    if all.counted < 2 && copies.is_empty() {
        return;
    }
    let _ = writeln!(out, "{}", bold(&words::counted(all), width));
    for group in copies {
        paragraph(out, "  ", &format!("The same file: {}.", named(all, group.into_iter())), width);
    }
    if all.counted < 2 {
        return;
    }
    let pack = all.criteria.first().map(|c| c.pack.as_str());
    let main = || all.criteria.iter().filter(|c| Some(c.pack.as_str()) == pack);
    lines(out, "Who carries it best", main().map(|c| (c.short(), best(all, c))), width);
    let unheld = all.unheld().filter(|(c, _)| Some(c.pack.as_str()) == pack);
    lines(out, "No plan carries", unheld.map(|(c, f)| (c.handle(), facet_left(f))), width);
    lines(out, "No plan owns", all.unowned().map(|c| (c.handle(), left(all, c))), width);
    common(out, all, width);
    let only = main().zip(0..).filter(|(c, _)| c.names_only > 0).map(|(c, i)| {
        let plans = all.plans.iter().enumerate().filter(|(_, p)| p.names_only.contains(&i) && p.same_as.is_none());
        (c.short(), named(all, plans.map(|(n, _)| n)))
    });
    lines(out, "Named, and nothing committed", only, width);
}

/// Passages that plans have in common.
fn common(out: &mut String, all: &Portfolio, width: usize) {
    let said = all.common.iter().take(COMMON).map(|c| {
        let plans = words::count(c.plans.len(), "plan", "plans");
        let quote = shorten(&c.quote, SHORT);
        (plans, format!("\u{201c}{quote}\u{201d} ({})", all.points_of(c)))
    });
    lines(out, "Common text, counted once", said, width);
    if all.common.len() > COMMON {
        paragraph(out, "    ", &format!("{} more; the JSON report lists all", all.common.len() - COMMON), width);
    }
}

/// A titled list of names, each with what is said of it; nothing where it is empty.
fn lines(out: &mut String, title: &str, all: impl Iterator<Item = (String, String)>, width: usize) {
    let mut all = all.peekable();
    if all.peek().is_some() {
        let _ = writeln!(out, "\n  {title}:");
    }
    for (name, said) in all {
        let name = if name.is_empty() { name } else { format!("{name}: ") };
        paragraph(out, "    ", &format!("{name}{said}"), width);
    }
}

fn best(all: &Portfolio, criterion: &CriterionAcross) -> String {
    match criterion.best.first() {
        Some(Carrier { plan, rating, page, quote, .. }) => {
            let page = page.map_or_else(String::new, |p| format!(", page {p}"));
            format!("{} ({}{page}): \u{201c}{}\u{201d}", name(all, *plan), rating.name(), shorten(quote, SHORT))
        }
        None => "no plan".to_owned(),
    }
}

fn facet_left(facet: &crate::report::FacetAcross) -> String {
    let open = match facet.to_check {
        0 => String::new(),
        n => format!(" (passages to check in {})", words::count(n, "plan", "plans")),
    };
    format!("{}{open}", clean(&facet.title))
}

fn left(all: &Portfolio, criterion: &CriterionAcross) -> String {
    let part = match criterion.ratings.partial {
        0 => String::new(),
        n => {
            let first = criterion.best.first().map_or_else(String::new, |c| format!(", such as {}", name(all, c.plan)));
            format!(" ({} in part{first})", words::count(n, "plan holds it", "plans hold it"))
        }
    };
    let open = match criterion.ratings.to_check {
        0 => String::new(),
        n => format!(" (passages to check in {})", words::count(n, "plan", "plans")),
    };
    format!("{}{part}{open}", clean(&criterion.title))
}

fn name(all: &Portfolio, plan: usize) -> String {
    all.plans.get(plan).map_or_else(String::new, |p| words::label_or_path(&p.note, &p.path))
}

/// The first plans by name, and how many more there are.
fn named(all: &Portfolio, plans: impl Iterator<Item = usize>) -> String {
    let plans: Vec<usize> = plans.collect();
    let mut parts: Vec<String> = plans.iter().take(NAMED).map(|p| name(all, *p)).collect();
    if plans.len() > NAMED {
        parts.push(format!("{} more", plans.len() - NAMED));
    }
    words::list(&parts)
}
