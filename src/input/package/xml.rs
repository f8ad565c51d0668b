//! Walks the XML of one part and hands its elements to a visitor.
//!
//! Comes in: the bytes of a part in any encoding. Goes out: elements by namespace, and text with
//! its references resolved. It takes one branch of alternate content, expands no entity, and
//! knows nothing of paragraphs.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use std::str::FromStr;

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{NamespaceResolver, QName, ResolveResult};
use quick_xml::reader::NsReader;

/// Deepest nesting of elements that is followed.
const MAX_DEPTH: usize = 1_000;
/// Most namespace declarations that may be in force at one place.
const MAX_BINDINGS: usize = 1_024;

/// The namespaces that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Ns {
    /// WordprocessingML.
    Word,
    /// What Word added to it in 2010.
    Word14,
    /// Markup compatibility: alternate content.
    Compat,
    /// Office mathematics.
    Math,
    /// DrawingML: text in shapes, and tables on slides.
    Art,
    /// The older language of drawings.
    Vml,
    /// PresentationML.
    Slide,
    /// The data of a diagram (SmartArt).
    Diagram,
    /// OpenDocument: the office module.
    Office,
    /// OpenDocument: text.
    Text,
    /// OpenDocument: tables.
    Table,
    /// OpenDocument: drawings.
    Draw,
    /// OpenDocument: styles.
    Style,
    /// Any other.
    Other,
}

impl Ns {
    fn of(resolved: &ResolveResult<'_>) -> Self {
        let ResolveResult::Bound(namespace) = resolved else {
            return Self::Other;
        };
        match namespace.0 {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.microsoft.com/office/word/2010/wordml" => Self::Word14,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compat,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "http://schemas.openxmlformats.org/drawingml/2006/main" | "http://purl.oclc.org/ooxml/drawingml/main" => {
                Self::Art
            }
            "http://schemas.openxmlformats.org/presentationml/2006/main"
            | "http://purl.oclc.org/ooxml/presentationml/main" => Self::Slide,
            "http://schemas.openxmlformats.org/drawingml/2006/diagram"
            | "http://purl.oclc.org/ooxml/drawingml/diagram" => Self::Diagram,
            "urn:schemas-microsoft-com:vml" => Self::Vml,
            "urn:oasis:names:tc:opendocument:xmlns:office:1.0" => Self::Office,
            "urn:oasis:names:tc:opendocument:xmlns:text:1.0" => Self::Text,
            "urn:oasis:names:tc:opendocument:xmlns:table:1.0" => Self::Table,
            "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" => Self::Draw,
            "urn:oasis:names:tc:opendocument:xmlns:style:1.0" => Self::Style,
            _ => Self::Other,
        }
    }
}

/// A start tag.
pub(in crate::input) struct Tag<'t> {
    /// The namespace of the element.
    pub(in crate::input) ns: Ns,
    /// The name without its prefix.
    pub(in crate::input) name: &'t str,
    /// The byte at which it ends.
    pub(in crate::input) at: u64,
    start: &'t BytesStart<'t>,
}

impl Tag<'_> {
    /// The value of an attribute by its name without prefix.
    pub(in crate::input) fn attr(&self, name: &str) -> Option<Cow<'_, str>> {
        self.start
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name)
            .map(|attribute| {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                value.unwrap_or(attribute.value)
            })
    }

    /// The id of the relationship that the element leads along: the attribute `id` with a prefix.
    pub(in crate::input) fn link(&self) -> Option<Cow<'_, str>> {
        let is_link = |key: QName<'_>| key.prefix().is_some() && key.local_name().as_ref() == "id";
        let found = self.start.attributes().with_checks(false).flatten().find(|attribute| is_link(attribute.key));
        found.map(|attribute| attribute.value)
    }

    /// The attribute `val`.
    pub(in crate::input) fn val(&self) -> Option<Cow<'_, str>> {
        self.attr("val")
    }

    /// The attribute `val` as a number.
    pub(in crate::input) fn number<T: FromStr>(&self) -> Option<T> {
        self.val()?.trim().parse().ok()
    }

    /// Whether an on/off property is on: it is unless `val` says otherwise.
    pub(in crate::input) fn on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// What to do with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Flow {
    /// Visit what is inside.
    Into,
    /// Pass over it whole; its end is not reported either.
    Skip,
    /// Read no further.
    Stop,
}

/// Takes the elements of a part in order.
pub(in crate::input) trait Visit {
    /// An element begins. An empty element ends at once.
    fn start(&mut self, tag: &Tag<'_>) -> Flow;
    /// An element that was gone into ends.
    fn end(&mut self, ns: Ns, name: &str);
    /// Character data.
    fn text(&mut self, text: &str);
}

/// Reads a part to its end.
///
/// An error says why reading stopped early; the visitor keeps what it was given.
pub(in crate::input) fn walk<R: BufRead>(source: R, visitor: &mut impl Visit) -> Result<(), String> {
    let mut reader = NsReader::from_reader(Utf8::new(source));
    reader.config_mut().allow_dangling_amp = true;
    reader.resolver_mut().set_max_namespace_bindings(MAX_BINDINGS);
    let mut buffer = Vec::new();
    let mut place = Place::default();
    loop {
        buffer.clear();
        let (resolved, event) =
            reader.read_resolved_event_into(&mut buffer).map_err(|error| format!("its XML is broken: {error}"))?;
        let ns = Ns::of(&resolved);
        place.at = reader.buffer_position();
        let more = match event {
            Event::Start(start) => place.start(ns, &start, reader.resolver(), visitor)?,
            Event::Empty(start) => {
                let more = place.start(ns, &start, reader.resolver(), visitor)?;
                place.end(ns, start.local_name().as_ref(), visitor);
                more
            }
            Event::End(end) => {
                place.end(ns, end.local_name().as_ref(), visitor);
                true
            }
            Event::Text(text) => place.text(&text.xml10_content(), visitor),
            Event::CData(text) => place.text(&text, visitor),
            Event::GeneralRef(reference) => match resolve(&reference) {
                Some(c) => place.text(c.encode_utf8(&mut [0; 4]), visitor),
                None => true,
            },
            Event::Eof if place.depth > 0 => return Err("it ends in the middle".to_owned()),
            Event::Eof => return Ok(()),
            _ => true,
        };
        if !more {
            return Ok(());
        }
    }
}

/// The character that a reference stands for. Entities of a document type are not expanded.
fn resolve(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// Where the walk stands.
#[derive(Default)]
struct Place {
    depth: usize,
    /// The byte after the last tag.
    at: u64,
    /// The depth of the element that is being passed over.
    skipped: Option<usize>,
    /// For each open alternate content, whether a branch was taken.
    taken: Vec<bool>,
}

impl Place {
    fn start(
        &mut self,
        ns: Ns,
        start: &BytesStart<'_>,
        resolver: &NamespaceResolver,
        visitor: &mut impl Visit,
    ) -> Result<bool, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(format!("its elements nest deeper than {MAX_DEPTH}"));
        }
        if self.skipped.is_some() {
            return Ok(true);
        }
        let local = start.local_name();
        let tag = Tag { ns, name: local.as_ref(), at: self.at, start };
        let flow = if ns == Ns::Compat { self.alternate(&tag, resolver) } else { visitor.start(&tag) };
        if flow == Flow::Skip {
            self.skipped = Some(self.depth);
        }
        Ok(flow != Flow::Stop)
    }

    /// Takes the first choice that is understood, else the fallback.
    fn alternate(&mut self, tag: &Tag<'_>, resolver: &NamespaceResolver) -> Flow {
        match tag.name {
            "AlternateContent" => self.taken.push(false),
            "Choice" | "Fallback" => {
                let understood = tag.name == "Fallback"
                    || tag.attr("Requires").is_some_and(|prefixes| {
                        prefixes.split_whitespace().all(|prefix| is_understood(prefix, resolver))
                    });
                match self.taken.last_mut() {
                    Some(taken) if understood && !*taken => *taken = true,
                    _ => return Flow::Skip,
                }
            }
            _ => {}
        }
        Flow::Into
    }

    fn end(&mut self, ns: Ns, name: &str, visitor: &mut impl Visit) {
        let depth = self.depth;
        self.depth = depth.saturating_sub(1);
        match self.skipped {
            Some(at) if at == depth => self.skipped = None,
            Some(_) => {}
            None if ns == Ns::Compat => {
                if name == "AlternateContent" {
                    self.taken.pop();
                }
            }
            None => visitor.end(ns, name),
        }
    }

    fn text(&self, text: &str, visitor: &mut impl Visit) -> bool {
        if self.skipped.is_none() {
            visitor.text(text);
        }
        true
    }
}

/// Whether the namespace of a prefix is one of those whose text is written in WordprocessingML.
fn is_understood(prefix: &str, resolver: &NamespaceResolver) -> bool {
    let name = format!("{prefix}:x");
    let (resolved, _) = resolver.resolve_element(QName(&name));
    let ResolveResult::Bound(namespace) = resolved else {
        return false;
    };
    ["http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/"]
        .iter()
        .any(|known| namespace.0.starts_with(known))
}

/// Decodes bytes of any encoding to UTF-8; what is not valid becomes U+FFFD.
struct Utf8<R> {
    inner: R,
    decoder: Option<Decoder>,
    out: Vec<u8>,
    from: usize,
    to: usize,
    done: bool,
}

impl<R: BufRead> Utf8<R> {
    fn new(inner: R) -> Self {
        Self { inner, decoder: None, out: vec![0; 32 << 10], from: 0, to: 0, done: false }
    }
}

/// The encoding of an XML text, from its first bytes or its declaration.
fn encoding_of(head: &[u8]) -> &'static Encoding {
    match head {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xFE, 0xFF, ..] | [0, b'<', ..] => UTF_16BE,
        _ => declared(head).unwrap_or(UTF_8),
    }
}

fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = std::str::from_utf8(head.get(..head.len().min(120))?).ok()?;
    let declaration = head.strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start();
    let value = value.strip_prefix('=')?.trim_start();
    let label = value.split(['"', '\'']).nth(1)?;
    let found = Encoding::for_label(label.as_bytes())?;
    // The declaration was readable byte by byte, so it lies if it names UTF-16.
    found.is_ascii_compatible().then_some(found)
}

impl<R: BufRead> BufRead for Utf8<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.from >= self.to && !self.done {
            let input = self.inner.fill_buf()?;
            let last = input.is_empty();
            let decoder = self.decoder.get_or_insert_with(|| encoding_of(input).new_decoder_with_bom_removal());
            let (_, read, written, _) = decoder.decode_to_utf8(input, &mut self.out, last);
            // With the last call the decoder may still hold back output.
            self.done = last && written == 0;
            if last && written > 0 {
                self.decoder = Some(UTF_8.new_decoder_without_bom_handling());
            }
            (self.from, self.to) = (0, written);
            self.inner.consume(read);
        }
        Ok(self.out.get(self.from..self.to).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.from = (self.from + amount).min(self.to);
    }
}

impl<R: BufRead> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let n = available.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..n), available.get(..n)) {
            to.copy_from_slice(from);
        }
        self.consume(n);
        Ok(n)
    }
}
