//! What all plans come to together, in the order of the page.

use crate::report::words::called::Called;
use crate::report::words::{clean, count};
use crate::report::{Carrier, Head, PackInfo, Portfolio, words};

/// Links to plans that stand in one line; the rest are counted.
const LINKED: usize = 5;
/// Common passages on the page.
const COMMON: usize = 40;

/// All plans together.
pub(super) struct Together {
    pub counted: String,
    pub copies: Vec<Plans>,
    pub packs: Vec<PackTogether>,
    pub common: Vec<Common>,
    pub more_common: usize,
}

/// Some plans.
pub(super) struct Plans {
    pub links: Vec<Link>,
    pub more: usize,
}

/// A plan by its number and name.
pub(super) struct Link {
    pub n: usize,
    pub name: String,
}

/// One pack over all plans.
pub(super) struct PackTogether {
    pub main: bool,
    pub title: String,
    pub rows: Vec<Row>,
    pub unowned: usize,
}

/// One criterion over all plans.
pub(super) struct Row {
    pub id: String,
    pub title: String,
    pub owned: bool,
    pub best: Vec<Best>,
    pub names_only: Option<Plans>,
    pub passages: String,
}

/// A plan that carries a criterion.
pub(super) struct Best {
    pub link: Link,
    pub rating: &'static str,
    pub place: String,
    pub quote: String,
}

/// A passage that plans have in common.
pub(super) struct Common {
    pub plans: Plans,
    pub many: String,
    pub quote: String,
    pub facets: String,
}

impl Together {
    /// The parts of the page; nothing where fewer than two plans are counted and none is a copy.
    pub(super) fn of(all: &Portfolio, head: &Head) -> Option<Self> {
        let copies: Vec<Plans> = all.copies().into_iter().map(|group| plans(all, group.into_iter())).collect();
        if all.counted < 2 && copies.is_empty() {
            return None;
        }
        let common = all.common.iter().take(COMMON).map(|c| Common {
            plans: plans(all, c.plans.iter().copied()),
            many: count(c.plans.len(), "plan", "plans"),
            quote: clean(&c.quote),
            facets: all.points_of(c),
        });
        Some(Self {
            counted: words::counted(all),
            copies,
            packs: head.packs.iter().enumerate().map(|(i, pack)| of_pack(all, pack, i == 0)).collect(),
            common: common.collect(),
            more_common: all.common.len().saturating_sub(COMMON),
        })
    }
}

fn of_pack(all: &Portfolio, pack: &PackInfo, main: bool) -> PackTogether {
    let own = all.criteria.iter().enumerate().filter(|(_, c)| c.pack == pack.id);
    let rows: Vec<Row> = own.map(|(place, _)| row(all, place)).collect();
    PackTogether { main, title: clean(&pack.title), unowned: rows.iter().filter(|r| !r.owned).count(), rows }
}

fn row(all: &Portfolio, place: usize) -> Row {
    let criterion = &all.criteria[place];
    let names = |p: &crate::report::Plan| p.same_as.is_none() && p.names_only.contains(&place);
    let names_only = all.plans.iter().enumerate().filter(|(_, p)| names(p)).map(|(i, _)| i);
    let (passages, different) = criterion.facets.iter().fold((0, 0), |(a, b), f| (a + f.passages, b + f.different));
    let mut said = count(different, "passage", "passages");
    if passages > different {
        said.push_str(&format!(" ({passages} with common text)"));
    }
    Row {
        id: criterion.handle(),
        title: clean(&criterion.title),
        owned: criterion.is_owned(),
        best: criterion.best.iter().map(|c| best(all, c)).collect(),
        names_only: (criterion.names_only > 0).then(|| plans(all, names_only)),
        passages: said,
    }
}

fn best(all: &Portfolio, carrier: &Carrier) -> Best {
    Best {
        link: link(all, carrier.plan),
        rating: carrier.rating.name(),
        place: carrier.page.map_or_else(String::new, |p| format!("page {p}")),
        quote: carrier.quote.clone(),
    }
}

fn plans(all: &Portfolio, plans: impl Iterator<Item = usize>) -> Plans {
    let mut links: Vec<Link> = plans.map(|plan| link(all, plan)).collect();
    let more = links.len().saturating_sub(LINKED);
    links.truncate(LINKED);
    Plans { links, more }
}

fn link(all: &Portfolio, plan: usize) -> Link {
    Link { n: plan + 1, name: all.plans.get(plan).map_or_else(String::new, crate::report::Plan::name) }
}
