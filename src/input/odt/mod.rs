//! Reads OpenDocument texts (ODT), packed or as one flat XML file.
//!
//! Comes in: the bytes of the file. Goes out: a document with its headings, paragraphs, list items
//! and table rows in reading order, notes after the block that refers to them, and heads, feet and
//! comments as furniture. Hidden text, alternative texts and drawings' data are left out. It does
//! not read presentations and spreadsheets.

mod body;
mod styles;
#[cfg(test)]
mod tests;

use self::body::Body;
use super::package::xml::{Flow, Ns, Tag, Visit, walk};
use super::package::{Outcome, Package, Title};
use super::pieces::Sink;
use super::{InputError, ReadOptions, Reader, detect};
use crate::document::{Document, Format};

/// What the file `mimetype` of a package or the root of a flat file names.
const KIND: &str = "application/vnd.oasis.opendocument.text";

/// Reads OpenDocument texts.
#[derive(Clone, Copy, Debug)]
pub struct Odt;

impl Reader for Odt {
    fn format(&self) -> Format {
        Format::Odt
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        if detect::is_zip(bytes) {
            return detect::open_document_kind(bytes).is_some_and(|kind| is_text(&kind));
        }
        let head = super::text::decode(bytes.get(..bytes.len().min(4096)).unwrap_or_default());
        let head = head.trim_start_matches('\u{FEFF}').trim_start();
        head.starts_with("<?xml") && head.contains("<office:document") && head.contains(&format!("mimetype=\"{KIND}"))
    }

    fn read(&self, bytes: &[u8], options: &ReadOptions) -> Result<Document, InputError> {
        let mut document = Document { format: Format::Odt, ..Document::default() };
        let sink = Sink::new(&mut document, Default::default(), options);
        let mut body = Body::new(options.revisions, sink);
        let mut title = Title::default();
        let (outcome, styles) = if detect::is_zip(bytes) {
            let mut package = Package::open(bytes, options)?;
            if is_locked(&mut package) {
                return Err(InputError::Locked);
            }
            // Properties that cannot be read are no loss.
            let _ = package.visit("meta.xml", &mut title);
            let styles = package.visit("styles.xml", &mut body);
            (package.visit("content.xml", &mut body), styles)
        } else {
            let _ = walk(bytes, &mut title);
            (walk(bytes, &mut body).map_or_else(Outcome::Partial, |()| Outcome::Whole), Outcome::Whole)
        };
        let too_deep = body.is_too_deep();
        let shown = body.finish();
        document.title = title.finish().or(shown);
        tell(&mut document, "the text", outcome, options)?;
        tell(&mut document, "the list of styles", styles, options)?;
        if too_deep {
            document.warn(None, "its parts are nested too deeply; what comes after the first such part was not read");
        }
        if document.blocks.is_empty() {
            document.warn(None, "the document holds no text");
        }
        Ok(document)
    }
}

/// Whether a kind is a text or a template of one.
fn is_text(kind: &str) -> bool {
    matches!(kind.strip_prefix(KIND), Some("" | "-template" | "-master"))
}

/// Notes that a part was not read whole.
fn tell(document: &mut Document, name: &str, outcome: Outcome, options: &ReadOptions) -> Result<(), InputError> {
    let is_empty = document.blocks.is_empty();
    match outcome {
        Outcome::Missing if name == "the text" => {
            return Err(InputError::Damaged("it is an OpenDocument text without its text".to_owned()));
        }
        Outcome::Partial(why) if is_empty => {
            return Err(InputError::Damaged(format!("{name} could not be read: {why}")));
        }
        outcome => {
            if let Some(said) = outcome.warning(name, options)? {
                document.warn(None, said);
            }
        }
    }
    Ok(())
}

/// Whether the parts of a package are encrypted.
fn is_locked(package: &mut Package<'_>) -> bool {
    struct Manifest(bool);
    impl Visit for Manifest {
        fn start(&mut self, tag: &Tag<'_>) -> Flow {
            self.0 |= matches!(tag.name, "encryption-data" | "encrypted-key");
            Flow::Into
        }
        fn end(&mut self, _: Ns, _: &str) {}
        fn text(&mut self, _: &str) {}
    }
    let mut manifest = Manifest(false);
    let _ = package.visit("META-INF/manifest.xml", &mut manifest);
    manifest.0
}
