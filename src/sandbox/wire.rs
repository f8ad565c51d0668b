//! What a parent and its reader processes say to each other, as bytes.
//!
//! Comes in: a stream of bytes. Goes out: messages, each one byte for its kind, its length and its
//! content. A message that is longer than allowed or of no known kind ends the talk.

use crate::document::Document;
use crate::input::{InputError, ReadOptions, Step};
use crate::remark::{Note, RemarkError};
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use std::time::Duration;

/// Most bytes of an answer's blocks, of its text, or of a copy.
const LONGEST: u64 = 600 << 20;

const PAGE: u8 = b'p';
const REST: u8 = b'r';
const TEXT: u8 = b't';
const DOCUMENT: u8 = b'd';
const FAILURE: u8 = b'f';
const COPY: u8 = b'c';
const NO_COPY: u8 = b'n';
const REQUEST: u8 = b'q';
const BYTES: u8 = b'b';

/// How far a reader process may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Longest time for one step: opening a file, reading one of its pages, putting pages together.
    pub step: Duration,
    /// Longest time for all pages of a file; the pages that are left then are not read.
    pub total: Duration,
    /// Most memory of the process, in bytes, besides four times the size of the file. Where the
    /// system knows no such limit (Windows; macOS in part) only time and the limits of
    /// [`ReadOptions`] hold.
    pub memory: u64,
    /// Stack of the thread that reads, in bytes.
    pub stack: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { step: Duration::from_secs(30), total: Duration::from_secs(300), memory: 1 << 30, stack: 64 << 20 }
    }
}

/// What a reader process is asked for; the bytes of the file follow.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub options: ReadOptions,
    pub limits: Limits,
    /// Size of the file, in bytes.
    pub size: u64,
    /// Notes to be put into a copy of the file; `None` where its document is wanted.
    pub notes: Option<Vec<Note>>,
}

/// What a reader process says.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    /// It begins with a step.
    Step(Step),
    /// It is done.
    Done(Result<Document, InputError>),
    /// It has made a copy.
    Copied(Result<Vec<u8>, RemarkError>),
}

fn frame(out: &mut impl Write, kind: u8, content: &[u8]) -> io::Result<()> {
    let mut head = [kind; 9];
    head[1..].copy_from_slice(&(content.len() as u64).to_le_bytes());
    out.write_all(&head)?;
    out.write_all(content)
}

/// The next message, or `None` at the end of the stream.
fn unframe(from: &mut impl Read, longest: u64) -> io::Result<Option<(u8, Vec<u8>)>> {
    let mut head = [0; 9];
    if from.read(&mut head[..1])? == 0 {
        return Ok(None);
    }
    from.read_exact(&mut head[1..])?;
    let [kind, length @ ..] = head;
    let length = u64::from_le_bytes(length);
    if length > longest {
        return Err(nonsense());
    }
    let mut content = Vec::new();
    content.try_reserve_exact(usize::try_from(length).map_err(|_| nonsense())?).map_err(io::Error::other)?;
    from.take(length).read_to_end(&mut content)?;
    if content.len() as u64 == length { Ok(Some((kind, content))) } else { Err(nonsense()) }
}

fn nonsense() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

/// Asks for a document.
pub(super) fn ask(out: &mut impl Write, request: &Request, bytes: &[u8]) -> io::Result<()> {
    frame(out, REQUEST, &serde_json::to_vec(request)?)?;
    frame(out, BYTES, bytes)?;
    out.flush()
}

/// The next request, or `None` when there is nobody to ask any more.
pub(super) fn asked(from: &mut impl Read, on_request: impl Fn(&Request)) -> io::Result<Option<(Request, Vec<u8>)>> {
    let Some((REQUEST, request)) = unframe(from, LONGEST)? else { return Ok(None) };
    let request: Request = serde_json::from_slice(&request)?;
    on_request(&request);
    match unframe(from, request.size)? {
        Some((BYTES, bytes)) => Ok(Some((request, bytes))),
        _ => Err(nonsense()),
    }
}

/// Says something.
pub(super) fn say(out: &mut impl Write, said: Said) -> io::Result<()> {
    match said {
        Said::Step(Step::Page(page)) => frame(out, PAGE, &page.to_le_bytes())?,
        Said::Step(Step::Rest) => frame(out, REST, &[])?,
        Said::Done(Ok(mut document)) => {
            frame(out, TEXT, std::mem::take(&mut document.text).as_bytes())?;
            frame(out, DOCUMENT, &serde_json::to_vec(&document)?)?;
        }
        Said::Done(Err(error)) => frame(out, FAILURE, &serde_json::to_vec(&error)?)?,
        Said::Copied(Ok(copy)) => frame(out, COPY, &copy)?,
        Said::Copied(Err(error)) => frame(out, NO_COPY, &serde_json::to_vec(&error)?)?,
    }
    out.flush()
}

/// What is said next, or `None` when nothing is said any more.
pub(super) fn hear(from: &mut impl Read) -> io::Result<Option<Said>> {
    let said = match unframe(from, LONGEST)? {
        None => return Ok(None),
        Some((PAGE, content)) => {
            Said::Step(Step::Page(u32::from_le_bytes(content.try_into().map_err(|_| nonsense())?)))
        }
        Some((REST, _)) => Said::Step(Step::Rest),
        Some((FAILURE, error)) => Said::Done(Err(serde_json::from_slice(&error)?)),
        Some((COPY, copy)) => Said::Copied(Ok(copy)),
        Some((NO_COPY, error)) => Said::Copied(Err(serde_json::from_slice(&error)?)),
        Some((TEXT, text)) => {
            let Some((DOCUMENT, rest)) = unframe(from, LONGEST)? else { return Err(nonsense()) };
            let mut document: Document = serde_json::from_slice(&rest)?;
            document.text = String::from_utf8(text).map_err(|_| nonsense())?;
            Said::Done(Ok(document))
        }
        Some(_) => return Err(nonsense()),
    };
    Ok(Some(said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Furniture, Legibility, Locator, Page};

    fn document() -> Document {
        let mut document = Document { title: Some("Plan".into()), ..Document::default() };
        let at = Locator { page: Some(2) };
        document.push(BlockKind::Heading { level: 1 }, "Aims", at, None);
        document.push(BlockKind::ListItem { depth: 1 }, "a caf\u{e9}", at, Some(Furniture::Contents));
        document.push_row(3, true, &["a", "", "b"], Locator::default(), None);
        document.pages.push(Page { label: Some("iv".into()), legibility: Legibility::Garbled });
        document.warn(Some(1), "x");
        document
    }

    #[test]
    fn what_is_said_is_heard() {
        let failures = [InputError::Locked, InputError::Unsupported { found: "a".into(), remedy: "b".into() }];
        let failures = failures.map(|f| Said::Done(Err(f)));
        let copies = [Said::Copied(Ok(b"%PDF".to_vec())), Said::Copied(Err(RemarkError::Encrypted))];
        let steps = [Said::Step(Step::Page(7)), Said::Step(Step::Rest), Said::Done(Ok(document()))];
        let failures: Vec<Said> = failures.into_iter().chain(copies).collect();
        let mut bytes = Vec::new();
        for said in steps.iter().chain(&failures) {
            let said = match said {
                Said::Step(step) => Said::Step(*step),
                Said::Done(outcome) => Said::Done(outcome.clone()),
                Said::Copied(outcome) => Said::Copied(outcome.clone()),
            };
            say(&mut bytes, said).unwrap();
        }
        let mut from = bytes.as_slice();
        for said in steps.into_iter().chain(failures) {
            assert_eq!(hear(&mut from).unwrap(), Some(said));
        }
        assert_eq!(hear(&mut from).unwrap(), None);
    }

    #[test]
    fn requests_are_taken_with_their_bytes() {
        let options = ReadOptions { max_pages: 3, leave_out: [2].into(), ..ReadOptions::default() };
        let request = Request { options, limits: Limits::default(), size: 3, notes: None };
        let mut bytes = Vec::new();
        ask(&mut bytes, &request, b"abc").unwrap();
        let (taken, file) = asked(&mut bytes.as_slice(), |r| assert_eq!(r.size, 3)).unwrap().unwrap();
        assert_eq!((taken.options.max_pages, taken.options.leave_out, file), (3, [2].into(), b"abc".to_vec()));
    }

    #[test]
    fn nonsense_ends_the_talk() {
        let mut whole = Vec::new();
        say(&mut whole, Said::Done(Ok(document()))).unwrap();
        for end in 1..whole.len() {
            assert!(hear(&mut &whole[..end]).is_err(), "cut at {end}");
        }
        for at in 0..whole.len() {
            let mut other = whole.clone();
            other[at] ^= 0x40;
            // Whatever it comes to, it comes to an end.
            let _ = hear(&mut other.as_slice());
        }
        assert!(hear(&mut b"tAAAAAAAA".as_slice()).is_err());
        assert!(hear(&mut b"x\0\0\0\0\0\0\0\0".as_slice()).is_err());
    }
}
