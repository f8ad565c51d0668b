//! The words that every form for people uses, so that they all say the same.
//!
//! Comes in: parts of a report. Goes out: plain sentences and harmless text. Knows no form.

pub mod called;
pub mod method;
mod quote;

pub use quote::quote;

use super::{DocumentReport, PackInfo, PlanNote, Portfolio};
use crate::assess::{
    Aside, AsideKind, Assessment, Cited, Evidence, FacetAssessment, FoundBy, Rating, Reason, Status, Verdict,
};

/// Foreign text without control and direction characters; white space becomes spaces.
#[must_use]
pub fn harmless(text: &str) -> String {
    let kept = text.chars().filter(|c| !is_invisible(*c));
    kept.map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}

/// [`harmless`] text on one line, with single spaces.
#[must_use]
pub fn clean(text: &str) -> String {
    harmless(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that show nothing but change how what is around them shows.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

/// The beginning of a text, cut between words.
#[must_use]
pub fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{} \u{2026}", cut.trim_end_matches([',', ';', ':', ' ']))
}

/// The name of a level.
#[must_use]
pub const fn level(level: u8) -> &'static str {
    match level {
        0 => "none",
        1 => "named",
        2 => "stated",
        3 => "committed",
        _ => "accountable",
    }
}

/// Which of the two readers found a passage, in a few words.
#[must_use]
pub const fn found_by(found_by: FoundBy) -> &'static str {
    match found_by {
        FoundBy::Rules => "a rule",
        FoundBy::Learned => "the trained model, no rule",
        FoundBy::Both => "a rule and the trained model",
    }
}

/// Whether the trained model has a say in what is shown of points that are missing or to check.
#[must_use]
pub fn model_read(document: &DocumentReport) -> bool {
    let nearest = document.criteria.iter().flat_map(|c| &c.facets).flat_map(|f| &f.nearest);
    nearest.flat_map(|n| &n.rules).any(Reason::is_model)
}

/// The name of a verdict.
#[must_use]
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Present => "present",
        Verdict::Check => "to check",
        Verdict::Missing => "missing",
        Verdict::NotAssessed => "not assessed",
    }
}

/// The name of a status.
#[must_use]
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Assessed => "assessed",
        Status::NotAssessed => "not assessed",
        Status::Unreadable => "unreadable",
    }
}

/// A rating, or the range that what is to check leaves open ("partial to evident").
#[must_use]
pub fn rating(criterion: &Assessment) -> String {
    match criterion.rating_if_checks_hold {
        Some(best) => format!("{} to {}", criterion.rating.name(), best.name()),
        None => criterion.rating.name().to_owned(),
    }
}

/// What is called so that only stands where words cost nothing.
pub const WORDS_ONLY: &str = "words only";

/// [`rating`], and whether all that it rests on stands where words cost nothing: "partial, words only".
#[must_use]
pub fn rating_marked(criterion: &Assessment) -> String {
    let mark = if criterion.only_in.is_empty() { String::new() } else { format!(", {WORDS_ONLY}") };
    format!("{}{mark}", rating(criterion))
}

/// Where a point is said or named that stands only where words cost nothing, as a sentence; empty
/// where it stands elsewhere, or nowhere.
#[must_use]
pub fn words_only(facet: &FacetAssessment) -> String {
    if facet.only_in.is_empty() {
        return String::new();
    }
    let said = if facet.verdict == Verdict::Present { "Said" } else { "Named" };
    format!("{said} {}.", only_in(&facet.only_in))
}

/// Asides in a phrase: "only in the foreword (page 2) and in quotations (page 7)".
#[must_use]
pub fn only_in(asides: &[Aside]) -> String {
    let place = |aside: &Aside| {
        let place = match aside.kind {
            AsideKind::Foreword => "in the foreword",
            AsideKind::Vision => "in the vision",
            AsideKind::Values => "under values and principles",
            AsideKind::Quotation => "in words of others",
            AsideKind::Heading => "in a heading",
        };
        let mut told = Vec::new();
        if aside.kind == AsideKind::Heading {
            told.push(format!("\u{201c}{}\u{201d}", shorten(&clean(&aside.heading), 80)));
        }
        told.extend(aside.page.map(|page| format!("page {page}")));
        if told.is_empty() { place.to_owned() } else { format!("{place} ({})", told.join(", ")) }
    };
    format!("only {}", list(&asides.iter().map(place).collect::<Vec<_>>()))
}

/// Whether passages to check decide if a criterion is missing at all.
#[must_use]
pub fn open(criterion: &Assessment) -> bool {
    criterion.rating == Rating::Missing && criterion.rating_if_checks_hold.is_some()
}

/// A number in words up to twelve.
#[must_use]
pub fn number(n: usize) -> String {
    const WORDS: [&str; 13] =
        ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.get(n).map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

/// "1 page", "2 pages".
#[must_use]
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Parts joined as in a sentence: "a, b and c".
#[must_use]
pub fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// What a document is called by its people, else its title, else its file name.
#[must_use]
pub fn name(document: &DocumentReport) -> String {
    name_of(&document.plan, document.title.as_deref(), &document.path)
}

/// The same from its parts.
#[must_use]
pub fn name_of(note: &PlanNote, title: Option<&str>, path: &str) -> String {
    let said = |text: Option<&str>| text.map(clean).filter(|t| !t.is_empty());
    said(note.label.as_deref()).or_else(|| said(title)).unwrap_or_else(|| clean(file_name(path)))
}

/// What a document is called by its people, else its path.
#[must_use]
pub fn label_or_path(note: &PlanNote, path: &str) -> String {
    let label = note.label.as_deref().map(clean).filter(|t| !t.is_empty());
    label.unwrap_or_else(|| clean(path))
}

/// Who owns a document, as its people say; empty where nobody is named.
#[must_use]
pub fn owner(document: &DocumentReport) -> String {
    document.plan.owner.as_deref().map(clean).unwrap_or_default()
}

/// Its path, and who owns it: "plans/transport.pdf. Owner: Director of Transport".
#[must_use]
pub fn file_and_owner(document: &DocumentReport) -> String {
    let (path, owner) = (clean(&document.path), owner(document));
    if owner.is_empty() { path } else { format!("{path}. Owner: {owner}") }
}

/// The last part of a path.
#[must_use]
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Where a passage stands: "page 4 (numbered iv)", and whether it was read by text recognition;
/// empty where the format has no pages.
#[must_use]
pub fn page(cited: &Cited) -> String {
    let how = if cited.recognised { ", read by OCR" } else { "" };
    match (cited.page, cited.page_label.as_deref().map(clean)) {
        (Some(page), Some(label)) if !label.is_empty() && label != page.to_string() => {
            format!("page {page} (numbered {label}){how}")
        }
        (Some(page), _) => format!("page {page}{how}"),
        (None, _) => String::new(),
    }
}

/// Where a passage stands, in full: "page 4, under Aims > Money", the document's own title left out;
/// empty where nothing is known.
#[must_use]
pub fn place(document: &DocumentReport, cited: &Cited) -> String {
    let title = name(document);
    let all = cited.headings.iter().map(|h| clean(h)).enumerate();
    let headings: Vec<String> = all.filter(|(i, h)| !h.is_empty() && (*i > 0 || *h != title)).map(|(_, h)| h).collect();
    let under = if headings.is_empty() { String::new() } else { format!("under {}", headings.join(" > ")) };
    let parts = [page(cited), under].into_iter().filter(|p| !p.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

/// The firmest passage of a criterion, the surest first among equals.
#[must_use]
pub fn firmest(criterion: &Assessment) -> Option<&Evidence> {
    let all = criterion.facets.iter().flat_map(|f| &f.evidence);
    all.max_by(|a, b| a.level.cmp(&b.level).then(a.certainty.total_cmp(&b.certainty)))
}

/// How much of a document could be read, as a sentence.
#[must_use]
pub fn coverage(document: &DocumentReport) -> String {
    if document.status == Status::Unreadable {
        return "Nothing of it could be read.".to_owned();
    }
    let passages = count(document.passages, "passage was", "passages were");
    match document.pages_read() {
        Some((0, all)) => format!("None of its {} could be read.", count(all, "page", "pages")),
        Some((read, all)) if read < all => {
            format!("{read} of its {all} pages could be read; {passages} looked at.")
        }
        Some((_, 1)) => format!("Its one page could be read; {passages} looked at."),
        Some((_, all)) => format!("All {all} pages could be read; {passages} looked at."),
        None => format!("Its text was read; {passages} looked at."),
    }
}

/// Why a document could not be judged; empty where it could.
#[must_use]
pub fn trouble(document: &DocumentReport) -> String {
    match (&document.error, document.status) {
        (_, Status::Assessed) => String::new(),
        (Some(error), _) => clean(error),
        (None, _) => document.warnings.iter().map(|w| clean(&w.message)).collect::<Vec<_>>().join(" "),
    }
}

/// Everything that kept a document from being read whole, each with its page where it has one.
#[must_use]
pub fn troubles(document: &DocumentReport) -> Vec<String> {
    let error = document.error.iter().map(|e| clean(e));
    let warnings = document.warnings.iter().map(|w| match w.page {
        Some(page) => format!("Page {page}: {}", clean(&w.message)),
        None => clean(&w.message),
    });
    error.chain(warnings).collect()
}

/// The ratings of one pack in one sentence: "Of the five principles, this document holds two firmly
/// and two in part; one is missing."
#[must_use]
pub fn ratings(pack: &PackInfo, document: &DocumentReport) -> String {
    let own: Vec<&Assessment> = document.criteria.iter().filter(|c| c.pack == pack.id).collect();
    let of = |wanted: fn(&Assessment) -> bool| own.iter().filter(|c| wanted(c)).count();
    let firm = of(|c| c.rating >= Rating::Evident);
    let partly = of(|c| c.rating == Rating::Partial);
    let missing = of(|c| c.rating == Rating::Missing && !self::open(c));
    let open = of(self::open);
    let whole = |n: usize| if n == own.len() && n > 1 { format!("all {}", number(n)) } else { number(n) };
    let mut held = Vec::new();
    if firm > 0 {
        held.push(format!("{} firmly", whole(firm)));
    }
    if partly > 0 {
        held.push(format!("{} in part", whole(partly)));
    }
    let mut said = match held.as_slice() {
        [] => "this document does not surely hold any".to_owned(),
        held => format!("this document holds {}", list(held)),
    };
    for (n, one, many) in
        [(missing, "is missing", "are missing"), (open, "depends on passages to check", "depend on passages to check")]
    {
        if n > 0 {
            said.push_str(&format!("; {} {}", whole(n), if n == 1 { one } else { many }));
        }
    }
    let higher = of(|c| c.rating_if_checks_hold.is_some() && !self::open(c));
    if higher > 0 {
        said.push_str(&format!("; {} may be held more firmly, by passages to check", whole(higher)));
    }
    format!("Of {}, {said}.", subject(pack))
}

/// The verdicts on the points of one pack in one sentence; empty where nothing was judged or every
/// criterion is its own single point.
#[must_use]
pub fn points(pack: &PackInfo, document: &DocumentReport) -> String {
    let facets = || document.criteria.iter().filter(|c| c.pack == pack.id).flat_map(|c| &c.facets);
    let of = |v: Verdict| facets().filter(|f| f.verdict == v).count();
    let (present, missing, check) = (of(Verdict::Present), of(Verdict::Missing), of(Verdict::Check));
    let all = present + missing + check;
    if all == 0 || all == pack.criteria.len() {
        return String::new();
    }
    let points = count(all, "point", "points");
    let mut parts = Vec::new();
    for (n, said) in [(present, "present"), (missing, "missing"), (check, "for you to check")] {
        match n {
            0 => {}
            n if n == all => return format!("All {points} behind them are {said}."),
            n => parts.push(format!("{n} {} {said}", be(n))),
        }
    }
    format!("Of the {points} behind them, {}.", list(&parts))
}

const fn be(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

/// What a pack's criteria are called in a sentence: its title where that says how many they are.
#[must_use]
pub fn subject(pack: &PackInfo) -> String {
    let n = pack.criteria.len();
    let title = clean(&pack.title);
    match title.strip_prefix("The ").or_else(|| title.strip_prefix("the ")) {
        Some(rest) if rest.split(' ').any(|w| w == number(n) || w == n.to_string()) => format!("the {rest}"),
        _ if n == 1 => format!("the one criterion of \u{201c}{title}\u{201d}"),
        _ => format!("the {n} criteria of \u{201c}{title}\u{201d}"),
    }
}

/// What was checked and how much of it could be judged, in one sentence: from the numbers of documents
/// that could be judged, that could not be read well enough to be judged, and that could not be read.
#[must_use]
pub fn headline_of([judged, unclear, unreadable]: [usize; 3]) -> String {
    let mut parts = vec![format!("{judged} could be judged")];
    for (n, said) in [(unclear, "could not be read well enough to be judged"), (unreadable, "could not be read")] {
        if n > 0 {
            parts.push(format!("{n} {said}"));
        }
    }
    format!("{}: {}.", count(judged + unclear + unreadable, "document", "documents"), list(&parts))
}

/// How many plans the totals count, in one sentence.
#[must_use]
pub fn counted(portfolio: &Portfolio) -> String {
    let copies = portfolio.plans.iter().filter(|p| p.same_as.is_some()).count();
    let mut said = format!("All plans together: {}", count(portfolio.counted, "plan", "plans"));
    if copies > 0 {
        said.push_str(&format!("; {} counted once", count(copies, "copy is", "copies are")));
    }
    said
}

/// A share from 0 to 1 as a whole number of a hundred.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{:.0}", share.clamp(0.0, 1.0) * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_is_harmless() {
        assert_eq!(clean("a\u{1b}[31mb\n\u{202e}c\td"), "a [31mb c d");
    }

    #[test]
    fn long_quotes_are_cut_between_words() {
        assert_eq!(shorten("one, two three", 10), "one, two \u{2026}");
        assert_eq!(shorten("one, two three", 5), "one \u{2026}");
        assert_eq!(shorten("one", 9), "one");
    }

    #[test]
    fn lists_read_as_sentences() {
        let parts = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(list(&parts), "a, b and c");
        assert_eq!(list(&parts[..1]), "a");
    }
}
