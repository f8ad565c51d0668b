//! Additions to the XML of one part, each at a byte of it.
//!
//! Comes in: the bytes of a part. Goes out: the same bytes with pieces of XML between them. What
//! was there is never written anew.

use super::Note;
use crate::document::Place;
use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};

/// Elements may nest so deep.
const MAX_DEPTH: usize = 1_000;
/// A byte order mark in UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The text of a part, without its byte order mark, and the bytes of the mark.
pub(super) fn text(bytes: &[u8]) -> Result<(&str, usize), String> {
    let mark = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
    let text = bytes.get(mark..).and_then(|b| std::str::from_utf8(b).ok());
    let text = text.ok_or("is not written in UTF-8")?;
    let declared = text.strip_prefix("<?xml").and_then(|t| t.split_once("?>")).map_or("", |(head, _)| head);
    let foreign = declared.to_ascii_lowercase().split_once("encoding").is_some_and(|(_, e)| !e.contains("utf-8"));
    if foreign && !text.is_ascii() {
        return Err("is not written in UTF-8".to_owned());
    }
    Ok((text, mark))
}

/// Pieces of XML by the byte before which they go.
pub(super) type Additions = BTreeMap<usize, String>;

/// The bytes with the pieces between them.
pub(super) fn splice(bytes: &[u8], mark: usize, additions: &Additions) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + additions.values().map(String::len).sum::<usize>());
    let mut from = 0;
    for (at, piece) in additions {
        let at = (at + mark).min(bytes.len());
        out.extend_from_slice(bytes.get(from..at).unwrap_or_default());
        out.extend_from_slice(piece.as_bytes());
        from = at;
    }
    out.extend_from_slice(bytes.get(from..).unwrap_or_default());
    out
}

/// Takes an event of a part, the bytes at which it begins and ends, and how many elements are open.
type Visit<'v> = dyn FnMut(&Event<'_>, (usize, usize), usize) + 'v;

/// Walks a part from its first event to its last.
fn walk(xml: &str, visit: &mut Visit<'_>) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    let mut depth = 0_usize;
    loop {
        let from = position(&reader);
        let event = reader.read_event().map_err(|error| format!("holds broken XML ({error})"))?;
        let at = (from, position(&reader));
        match &event {
            Event::Start(_) => depth += 1,
            Event::Eof if depth > 0 => return Err("ends in the middle".to_owned()),
            Event::Eof => return Ok(()),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(format!("nests deeper than {MAX_DEPTH}"));
        }
        visit(&event, at, depth);
        if matches!(event, Event::End(_)) {
            depth = depth.saturating_sub(1);
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// A paragraph of the main part.
#[derive(Clone, Debug)]
struct Found {
    prefix: String,
    depth: usize,
    /// Where a range may begin: after the paragraph's properties.
    begin: usize,
    in_properties: bool,
    end: Option<usize>,
}

/// The anchors of comments in the main part, at their places and with their ids.
pub(super) fn anchors(xml: &str, places: &[Place], ids: &[u32]) -> Result<Additions, String> {
    let wanted: BTreeSet<usize> = places.iter().flat_map(|p| [key(p.first), key(p.last)]).collect();
    let mut open: Vec<(usize, Found)> = Vec::new();
    let mut found: BTreeMap<usize, Found> = BTreeMap::new();
    walk(xml, &mut |event, (from, to), depth| match event {
        Event::Start(start) if start.local_name().as_ref() == "p" && wanted.contains(&to) => {
            let prefix = start.name().prefix().map(|p| p.as_ref().to_owned()).unwrap_or_default();
            open.push((to, Found { prefix, depth, begin: to, in_properties: false, end: None }));
        }
        Event::Start(start) if start.local_name().as_ref() == "pPr" => {
            if let Some((_, p)) = open.last_mut().filter(|(_, p)| depth == p.depth + 1) {
                p.in_properties = true;
            }
        }
        Event::Empty(start) if start.local_name().as_ref() == "pPr" => {
            if let Some((_, p)) = open.last_mut().filter(|(_, p)| depth == p.depth) {
                p.begin = to;
            }
        }
        Event::End(_) => {
            let Some((_, p)) = open.last_mut() else { return };
            if p.in_properties && depth == p.depth + 1 {
                p.in_properties = false;
                p.begin = to;
            } else if depth == p.depth {
                p.end = Some(from);
                found.extend(open.pop());
            }
        }
        _ => {}
    })?;
    let mut out = Additions::new();
    for (place, id) in places.iter().zip(ids) {
        let ends = (found.get(&key(place.first)), found.get(&key(place.last)));
        let (Some(first), Some(Found { end: Some(end), .. })) = ends else {
            return Err("does not read the same twice".to_owned());
        };
        if first.prefix.is_empty() {
            return Err("uses names without a prefix".to_owned());
        }
        let p = &first.prefix;
        out.entry(first.begin).or_default().push_str(&format!("<{p}:commentRangeStart {p}:id=\"{id}\"/>"));
        out.entry(*end).or_default().push_str(&format!(
            "<{p}:commentRangeEnd {p}:id=\"{id}\"/><{p}:r><{p}:commentReference {p}:id=\"{id}\"/></{p}:r>"
        ));
    }
    Ok(out)
}

fn key(place: u64) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

/// The ids that a part uses for comments.
pub(super) fn ids(xml: &str) -> Result<BTreeSet<u32>, String> {
    const NAMES: [&str; 4] = ["comment", "commentReference", "commentRangeStart", "commentRangeEnd"];
    let mut out = BTreeSet::new();
    walk(xml, &mut |event, _, _| {
        if let Event::Start(start) | Event::Empty(start) = event
            && NAMES.contains(&start.local_name().as_ref())
        {
            out.extend(id(start));
        }
    })?;
    Ok(out)
}

fn id(start: &BytesStart<'_>) -> Option<u32> {
    let mut all = start.attributes();
    let mut own = all.with_checks(false).flatten().filter(|a| a.key.local_name().as_ref() == "id");
    own.find_map(|a| a.value.trim().parse().ok())
}

/// Where something can be added at the end of a part's root, the root's prefix, and whether the
/// root is written as an empty element.
pub(super) struct Root {
    pub(super) end: usize,
    pub(super) name: String,
    pub(super) empty: bool,
}

/// The root of a part.
pub(super) fn root(xml: &str) -> Result<Root, String> {
    let mut root = None;
    walk(xml, &mut |event, (from, to), depth| match event {
        Event::Empty(start) if depth == 0 && root.is_none() => {
            root = Some(Root { end: to, name: start.name().as_ref().to_owned(), empty: true });
        }
        Event::End(end) if depth == 1 && root.is_none() => {
            root = Some(Root { end: from, name: end.name().as_ref().to_owned(), empty: false });
        }
        _ => {}
    })?;
    root.ok_or_else(|| "holds nothing".to_owned())
}

/// A part with a piece of XML at the end of its root.
pub(super) fn append(bytes: &[u8], piece: &str) -> Result<Vec<u8>, String> {
    let (xml, mark) = text(bytes)?;
    let root = root(xml)?;
    if !root.empty {
        return Ok(splice(bytes, mark, &Additions::from([(root.end, piece.to_owned())])));
    }
    let slash = xml.get(..root.end).and_then(|t| t.rfind('/')).ok_or("holds nothing")?;
    let opened = format!("{}>{piece}</{}>{}", &xml[..slash], root.name, &xml[root.end..]);
    Ok([bytes.get(..mark).unwrap_or_default(), opened.as_bytes()].concat())
}

/// A comment as XML, its names with a prefix.
pub(super) fn comment(prefix: &str, id: u32, note: &Note) -> String {
    let p = prefix;
    let mut out = format!("<{p}:comment {p}:id=\"{id}\" {p}:author=\"goldthread\" {p}:initials=\"gt\">");
    for (i, text) in note.paragraphs.iter().enumerate() {
        let sign = if i == 0 { format!("<{p}:r><{p}:annotationRef/></{p}:r>") } else { String::new() };
        out.push_str(&format!(
            "<{p}:p>{sign}<{p}:r><{p}:t xml:space=\"preserve\">{}</{p}:t></{p}:r></{p}:p>",
            escape(text.as_str())
        ));
    }
    out.push_str(&format!("</{p}:comment>"));
    out
}
