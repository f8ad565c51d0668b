//! Comments into a package: four parts at most change, all others are copied as they lie there.
//!
//! Comes in: the bytes of a DOCX file and notes. Goes out: the bytes of its copy. Parts are inflated
//! within the reader's limits.

use super::part::{self, anchors, append, comment};
use super::{Note, RemarkError};
use crate::document::Place;
use crate::input::{CommentParts, ReadOptions, comment_parts};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

const TYPES: &str = "[Content_Types].xml";
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
/// Namespaces and relationship types of transitional and of strict documents.
const TRANSITIONAL: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
];
const STRICT: [&str; 2] = [
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
];

/// A copy of a package with comments.
pub(super) fn with_comments(bytes: &[u8], notes: &[Note], options: &ReadOptions) -> Result<Vec<u8>, RemarkError> {
    let CommentParts { main, comments } = comment_parts(bytes, options).ok_or(RemarkError::Kind)?;
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut left = options.max_inflated;
    let mut load = |archive: &mut Archive<'_>, name: &str| read(archive, name, &mut left);
    let (main, body) = load(&mut archive, &main)?;
    let xml = part::text(&body).map_err(|why| wrong(&main, why))?;
    let mut used = part::ids(xml.0).map_err(|why| wrong(&main, why))?;
    let mut changed: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let existing = match &comments {
        Some(name) => Some(load(&mut archive, name)?),
        None => None,
    };
    if let Some((name, bytes)) = &existing {
        let (text, _) = part::text(bytes).map_err(|why| wrong(name, why))?;
        used.extend(part::ids(text).map_err(|why| wrong(name, why))?);
    }
    let ids: Vec<u32> = (0..).filter(|id| !used.contains(id)).take(notes.len()).collect();
    let places: Option<Vec<Place>> = notes.iter().map(|note| note.at.paragraphs()).collect();
    let places = places.ok_or(RemarkError::Kind)?;
    let additions = anchors(xml.0, &places, &ids).map_err(|why| wrong(&main, why))?;
    changed.insert(main.clone(), part::splice(&body, xml.1, &additions));
    let all = |prefix: &str| notes.iter().zip(&ids).map(|(n, id)| comment(prefix, *id, n)).collect::<String>();
    match existing {
        Some((name, bytes)) => {
            let (text, _) = part::text(&bytes).map_err(|why| wrong(&name, why))?;
            let root = part::root(text).map_err(|why| wrong(&name, why))?;
            let Some((prefix, "comments")) = root.name.split_once(':') else {
                return Err(wrong(&name, "uses names without a prefix".to_owned()));
            };
            let new = append(&bytes, &all(prefix)).map_err(|why| wrong(&name, why))?;
            changed.insert(name, new);
        }
        None => {
            let [namespace, kind] = if xml.0.contains(STRICT[0]) { STRICT } else { TRANSITIONAL };
            let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
            let slash = if folder.is_empty() { "" } else { "/" };
            let name = free(&archive, &format!("{folder}{slash}comments"));
            let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
            let comments = format!("{head}<w:comments xmlns:w=\"{namespace}\">{}</w:comments>", all("w"));
            let target = name.rsplit('/').next().unwrap_or(&name);
            let link = format!("<Relationship Id=\"goldthreadComments\" Type=\"{kind}\" Target=\"{target}\"/>");
            let rels = format!("{folder}{slash}_rels/{file}.rels");
            link_to(&mut archive, &mut load, &mut changed, &rels, &link)?;
            let entry = format!("<Override PartName=\"/{name}\" ContentType=\"{COMMENTS_TYPE}\"/>");
            link_to(&mut archive, &mut load, &mut changed, TYPES, &entry)?;
            changed.insert(name, comments.into_bytes());
        }
    }
    copy(archive, changed)
}

/// Reads a part.
type Load<'l, 'b> = dyn FnMut(&mut Archive<'b>, &str) -> Result<(String, Vec<u8>), RemarkError> + 'l;

/// Adds a link at the end of a part that lists parts. Where there is no list of relationships yet, it is begun.
fn link_to<'b>(
    archive: &mut Archive<'b>,
    load: &mut Load<'_, 'b>,
    changed: &mut BTreeMap<String, Vec<u8>>,
    name: &str,
    link: &str,
) -> Result<(), RemarkError> {
    let (name, bytes) = if position(archive, name).is_none() && name != TYPES {
        let empty = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>";
        (name.to_owned(), empty.as_bytes().to_vec())
    } else {
        load(archive, name)?
    };
    let text = part::text(&bytes).map_err(|why| wrong(&name, why))?.0;
    let root = part::root(text).map_err(|why| wrong(&name, why))?;
    if root.name.contains(':') {
        return Err(wrong(&name, "uses names with a prefix".to_owned()));
    }
    let new = append(&bytes, link).map_err(|why| wrong(&name, why))?;
    changed.insert(name, new);
    Ok(())
}

fn wrong(part: &str, why: String) -> RemarkError {
    RemarkError::Part { part: part.to_owned(), why }
}

/// The number of an entry by its path, which is told without regard to case.
fn position(archive: &Archive<'_>, name: &str) -> Option<usize> {
    let same = |i: &usize| {
        let own = archive.name_for_index(*i).and_then(Result::ok);
        own.is_some_and(|own| own.replace('\\', "/").trim_start_matches('/').eq_ignore_ascii_case(name))
    };
    // As with the reader, the last of several rules.
    (0..archive.len()).rev().find(same)
}

/// A part's name as the package writes it, and its bytes.
fn read(archive: &mut Archive<'_>, name: &str, left: &mut u64) -> Result<(String, Vec<u8>), RemarkError> {
    let index = position(archive, name).ok_or_else(|| wrong(name, "is not in the package".to_owned()))?;
    let own = archive.name_for_index(index).and_then(Result::ok).map(|n| n.into_owned()).unwrap_or_default();
    let mut bytes = Vec::new();
    archive.by_index(index)?.take(*left + 1).read_to_end(&mut bytes)?;
    match left.checked_sub(bytes.len() as u64) {
        Some(rest) => *left = rest,
        None => return Err(wrong(&own, "is too large".to_owned())),
    }
    Ok((own, bytes))
}

/// A path that no part has yet.
fn free(archive: &Archive<'_>, stem: &str) -> String {
    let numbered = (1..).map(|n| format!("{stem}{n}.xml"));
    let mut all = std::iter::once(format!("{stem}.xml")).chain(numbered);
    all.find(|name| position(archive, name).is_none()).unwrap_or_default()
}

/// The package with some parts changed or new and all others as they are.
fn copy(mut archive: Archive<'_>, mut changed: BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, RemarkError> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for i in 0..archive.len() {
        let name = archive.name_for_index(i).and_then(Result::ok).map(|n| n.into_owned());
        match name.and_then(|name| Some((changed.remove(&name)?, name))) {
            Some((bytes, name)) => {
                out.start_file(name, options)?;
                out.write_all(&bytes)?;
            }
            None => out.raw_copy_file(archive.by_index_raw(i)?)?,
        }
    }
    for (name, bytes) in changed {
        out.start_file(name, options)?;
        out.write_all(&bytes)?;
    }
    Ok(out.finish()?.into_inner())
}
