//! What a comparison says, in plain sentences, so that every form says the same.

use super::{
    Change, Comparison, CriterionChange, DocumentChange, DocumentInfo, FacetChange, Fate, PassageChange, RatingState,
    Shown,
};
use super::{SideInfo, State};
use crate::assess::{Rating, Status, Verdict};
use crate::report::DocumentReport;
use crate::report::words::called::Called;
use crate::report::words::{clean, count, file_name, level, list, shorten, verdict};

/// Points or documents that are named in a sentence.
const NAMED: usize = 5;
/// Letters of a name in a sentence.
const NAME: usize = 80;

/// Why two drafts cannot be compared, if so.
pub(super) fn cannot(old: &DocumentReport, new: &DocumentReport) -> Option<String> {
    let why = |which: &str, d: &DocumentReport| {
        let reason = match (&d.error, d.warnings.first()) {
            (Some(error), _) => clean(error),
            (None, Some(warning)) => clean(&warning.message),
            (None, None) => String::new(),
        };
        let said = match d.status {
            Status::Assessed => return None,
            Status::NotAssessed => "could not be read well enough to be judged",
            Status::Unreadable => "could not be read",
        };
        let reason = if reason.is_empty() { String::new() } else { format!(": {}", reason.trim_end_matches('.')) };
        Some(format!("The {which} draft {said}{reason}."))
    };
    let told: Vec<String> = [why("old", old), why("new", new)].into_iter().flatten().collect();
    (!told.is_empty()).then(|| format!("{} Nothing counts as lost or gained.", told.join(" ")))
}

/// What a reader must know about how the two sides were judged, as sentences.
pub(super) fn judged(c: &Comparison) -> Vec<String> {
    let mut out = rules(c);
    if c.old.reviewed || c.new.reviewed {
        out.push("An officer's judgements are not compared: the verdicts are the program's.".to_owned());
    }
    out
}

/// What differs between the rules of the two sides; empty where nothing does.
fn rules(c: &Comparison) -> Vec<String> {
    if c.same_rules {
        return Vec::new();
    }
    let mut parts = Vec::new();
    if c.old.tool != c.new.tool {
        let tool = |s: &SideInfo| format!("{} {}", clean(&s.tool.name), clean(&s.tool.version));
        parts.push(format!("the program was {} and is {}", tool(&c.old), tool(&c.new)));
    }
    if c.old.rule_hash != c.new.rule_hash {
        let mut packs = Vec::new();
        for pack in &c.new.packs {
            match c.old.packs.iter().find(|p| p.id == pack.id) {
                Some(p) if p.version != pack.version => packs.push(format!(
                    "the version of \u{201c}{}\u{201d} was {} and is {}",
                    clean(&pack.title),
                    clean(&p.version),
                    clean(&pack.version)
                )),
                Some(_) => {}
                None => packs.push(format!("only the new report asks \u{201c}{}\u{201d}", clean(&pack.title))),
            }
        }
        let gone = c.old.packs.iter().filter(|p| !c.new.packs.iter().any(|n| n.id == p.id));
        packs.extend(gone.map(|p| format!("only the old report asks \u{201c}{}\u{201d}", clean(&p.title))));
        if packs.is_empty() {
            packs.push("the rule files differ".to_owned());
        }
        parts.append(&mut packs);
    }
    vec![
        format!("The two reports were made in different ways: {}.", list(&parts)),
        "A change below may come from that and not from the plan. To be sure, compare the documents themselves: both \
         are then judged alike."
            .to_owned(),
    ]
}

/// What a reader must know about one pair, as sentences.
pub(super) fn notes(c: &Comparison, d: &DocumentChange) -> Vec<String> {
    let mut out = Vec::new();
    if d.old.sha256.is_some() && d.old.sha256 == d.new.sha256 {
        out.push(if c.same_rules {
            "The two files are the same, byte for byte.".to_owned()
        } else {
            "The two files are the same, byte for byte: every change comes from the rules or the program.".to_owned()
        });
    }
    for (which, side, what) in [("new", &d.new, "lost"), ("old", &d.old, "gained")] {
        if d.cannot.is_none() && side.pages_unread > 0 {
            let pages = count(side.pages_unread, "page", "pages");
            out.push(format!(
                "{pages} of the {which} draft could not be read: what stands there may look {what} below."
            ));
        }
    }
    for (ids, which) in [(&d.asked_only_old, "old"), (&d.asked_only_new, "new")] {
        if !ids.is_empty() {
            let ids: Vec<String> = ids.iter().map(|i| clean(i)).collect();
            out.push(format!("Only the rules of the {which} report ask {}: not compared.", list(&ids)));
        }
    }
    out
}

/// Why a rating changed though none of its points did the same way, as a sentence; empty where it did not, or one did.
pub(super) fn basis(c: &CriterionChange) -> &'static str {
    let asked_more = "No single point did: one of the two reports asks other points.";
    let embedded = c.old.rating.max(c.new.rating) == Rating::Embedded;
    match c.change {
        _ if c.facets.iter().any(|f| f.change.is_like(c.change)) => "",
        Change::Same if c.old != c.new => {
            "What is sure is as before; only what the passages to check would give differs."
        }
        Change::Same | Change::NotComparable => "",
        change if embedded && change.is_weaker() => {
            "No single point is weaker: the evidence stands in fewer sections of the document."
        }
        _ if embedded => "No single point is firmer: the evidence stands in more sections of the document.",
        _ => asked_more,
    }
}

/// How many points changed how, and which are weaker, in one sentence; then the ratings that fell with no point.
pub(super) fn summary(d: &DocumentChange) -> String {
    let all = [Change::Lost, Change::Weakened, Change::Strengthened, Change::Gained];
    let some = all.into_iter().map(|change| (d.count(change), change)).filter(|(n, _)| *n > 0);
    let moved = some.map(|(n, change)| {
        let named = if change.is_weaker() { format!(" ({})", named(d, change)) } else { String::new() };
        format!("{} {}{named}", count(n, "point", "points"), change.name())
    });
    let moved: Vec<String> = moved.collect();
    let same = d.count(Change::Same);
    let said = match moved.as_slice() {
        [] => format!("No point was lost, weakened, strengthened or gained; {}.", stays(same)),
        moved => format!("{}; {}.", capital(&moved.join(", ")), stays(same)),
    };
    let fallen = d.criteria.iter().filter(|c| c.change.is_weaker() && !basis(c).is_empty());
    fallen.fold(said, |said, c| format!("{said} The rating of {} fell. {}", c.short(), basis(c)))
}

/// The names of the first points to which something happened: "P1 Poverty acted upon; P2 Money moved".
fn named(d: &DocumentChange, change: Change) -> String {
    let own = d.criteria.iter().flat_map(|c| c.facets.iter().map(move |f| (c, f)));
    let own = own.filter(|(_, f)| f.change == change).map(|(c, f)| c.point(&f.title));
    let mut names: Vec<String> = own.collect();
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    names.extend((more > 0).then(|| format!("and {more} more")));
    names.join("; ")
}

fn stays(n: usize) -> String {
    format!("{} {} as before", count(n, "point", "points"), if n == 1 { "stands" } else { "stand" })
}

pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// What the whole comparison comes to, in one sentence.
pub(super) fn headline(c: &Comparison) -> String {
    let compared = c.documents.iter().filter(|d| d.cannot.is_none());
    let weaker: Vec<String> =
        compared.clone().filter(|d| d.criteria.iter().any(is_weaker)).map(|d| shorten(&name(&d.new), NAME)).collect();
    let n = compared.clone().count();
    let documents = count(n, "document", "documents");
    let mut out = match (n, weaker.as_slice()) {
        (0, _) => "Nothing could be compared.".to_owned(),
        (1, []) => "No point is weaker in the new draft.".to_owned(),
        (1, _) if compared.flat_map(|d| &d.criteria).all(|c| !has_weaker_point(c)) => {
            "The new draft is weaker: a rating fell, though no single point did.".to_owned()
        }
        (1, _) => "The new draft is weaker in some points.".to_owned(),
        (_, []) => format!("{documents} compared: no point is weaker in any of them."),
        (_, [one]) => format!("{documents} compared: one is weaker ({one})."),
        (_, some) if some.len() <= NAMED => {
            format!("{documents} compared: {} are weaker ({}).", some.len(), some.join("; "))
        }
        (_, some) => format!("{documents} compared: {} are weaker.", some.len()),
    };
    let cannot = c.documents.iter().filter(|d| d.cannot.is_some()).count();
    if cannot > 0 && c.documents.len() > 1 {
        out.push_str(&format!(" {} cannot be compared.", count(cannot, "document", "documents")));
    }
    for (left, which) in [(&c.only_old, "old"), (&c.only_new, "new")] {
        if !left.is_empty() {
            let are = if left.len() == 1 { "is" } else { "are" };
            out.push_str(&format!(" {} {are} only in the {which} set.", count(left.len(), "document", "documents")));
        }
    }
    out
}

fn is_weaker(c: &CriterionChange) -> bool {
    c.change.is_weaker() || has_weaker_point(c)
}

fn has_weaker_point(c: &CriterionChange) -> bool {
    c.facets.iter().any(|f| f.change.is_weaker())
}

/// A rating, or the range that what is to check leaves open.
pub(super) fn rating(state: RatingState) -> String {
    match state.rating_if_checks_hold {
        Some(best) => format!("{} to {}", state.rating.name(), best.name()),
        None => state.rating.name().to_owned(),
    }
}

/// The id of the drawing of a rating.
pub(super) fn sign(state: RatingState) -> &'static str {
    match state.rating {
        Rating::Missing if state.rating_if_checks_hold.is_some() => "open",
        rating => crate::report::html::sign(rating),
    }
}

/// "was present (committed), now missing", and why where no passage tells it.
pub(super) fn facet(f: &FacetChange) -> String {
    if f.old == f.new || (f.change == Change::Same && f.old.verdict == f.new.verdict) {
        return format!("{} in both drafts", state(f.new));
    }
    let kept = |p: &PassageChange| matches!(p.fate, Fate::Same | Fate::Moved);
    let why = if !f.passages.is_empty() && f.passages.iter().all(kept) { REST } else { "" };
    format!("was {}, now {}{why}", state(f.old), state(f.new))
}

/// Why a point changes whose passages do not.
const REST: &str = ". Its passages are the same: how sure they make it rests on the rest of the document too";

fn state(s: State) -> String {
    match s.verdict {
        Verdict::Present => format!("{} ({})", verdict(s.verdict), level(s.level)),
        _ => verdict(s.verdict).to_owned(),
    }
}

/// What became of a passage, as a sentence.
pub(super) fn fate(p: &PassageChange) -> &'static str {
    let known = |s: &Option<Shown>| s.as_ref().is_some_and(|s| s.level.is_some());
    let counts = |s: &Option<Shown>| s.as_ref().is_some_and(|s| s.counts);
    let (was, is) = (counts(&p.old), counts(&p.new));
    match (p.fate, was, is) {
        (Fate::Gone, ..) => "Not found in the new draft.",
        (Fate::New, ..) => "Not found in the old draft.",
        (Fate::Same, true, false) if known(&p.new) => "Still there word for word, but no longer sure to count.",
        (Fate::Same, true, false) => "Still there word for word, but no longer recognised for this point.",
        (Fate::Same, false, true) => "Was there word for word, and counts now.",
        (Fate::Same, ..) => "Still there word for word.",
        (Fate::Moved, true, false) => {
            "Moved below another heading, word for word, where it is no longer sure to count."
        }
        (Fate::Moved, false, true) => "Moved below another heading, word for word, where it counts.",
        (Fate::Moved, ..) => "Moved below another heading, word for word.",
        (Fate::Reworded, true, false) => "Reworded, and no longer sure to count.",
        (Fate::Reworded, false, true) => "Reworded, and counts now.",
        (Fate::Reworded, ..) => "Reworded.",
    }
}

/// What became of the passages of a point that stands as before: "1 passage gone, 2 reworded".
pub(super) fn fates(f: &FacetChange) -> String {
    let named = [
        (Fate::Gone, "gone"),
        (Fate::New, "new"),
        (Fate::Reworded, "reworded"),
        (Fate::Moved, "moved"),
        (Fate::Same, "worth another level or verdict"),
    ];
    let of = |fate: Fate| f.passages.iter().filter(|p| p.fate == fate).count();
    let told = named.iter().map(|(fate, name)| (of(*fate), name)).filter(|(n, _)| *n > 0);
    list(&told.map(|(n, name)| format!("{n} {name}")).collect::<Vec<_>>())
}

/// What a document is called: its title, else the name of its file.
pub(super) fn name(d: &DocumentInfo) -> String {
    let title = d.title.as_deref().map(clean).filter(|t| !t.is_empty());
    title.unwrap_or_else(|| clean(file_name(&d.path)))
}

/// What was and what is, or one where they are the same or one is not known.
pub(super) fn step(was: String, is: String) -> String {
    match (was.as_str(), is.as_str()) {
        (was, "") if !was.is_empty() => format!("was {was}"),
        ("", _) => is,
        _ if was == is => is,
        _ => format!("{was} \u{2192} {is}"),
    }
}

/// Where a passage of a document stands: "page 4, Aims › Money", the document's own title left out.
pub(super) fn place(d: &DocumentInfo, s: &Shown) -> String {
    let page = match (s.page, s.page_label.as_deref().map(clean)) {
        (Some(page), Some(label)) if !label.is_empty() && label != page.to_string() => {
            format!("page {page} (numbered {label})")
        }
        (Some(page), _) => format!("page {page}"),
        (None, _) => String::new(),
    };
    let title = name(d);
    let headings =
        s.headings.iter().map(|h| clean(h)).enumerate().filter(|(i, h)| !h.is_empty() && (*i > 0 || *h != title));
    let headings = headings.map(|(_, h)| h).collect::<Vec<_>>().join(" \u{203a} ");
    [page, headings].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
}

/// What a passage is worth: "committed", or "committed if it holds"; empty where it is not known.
pub(super) fn worth(s: &Shown) -> String {
    match s.level {
        Some(l) if s.counts => level(l).to_owned(),
        Some(l) => format!("{} if it holds", level(l)),
        None => String::new(),
    }
}

impl Called for CriterionChange {
    fn id(&self) -> &str {
        &self.id
    }

    fn title(&self) -> &str {
        &self.title
    }
}
