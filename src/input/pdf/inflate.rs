//! Streams of a PDF file, inflated as far as the limit allows.
//!
//! Comes in: a stream. Goes out: its bytes, or nothing where they would be more than may still be
//! inflated of the file. What the parser inflates by itself, tables of objects, is not counted.

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Stream};
use std::borrow::Cow;
use std::io::{self, Read};

/// No byte of deflated data becomes more bytes than this.
const DEFLATE: u64 = 1032;
/// Nor of LZW data: a code of 12 bits stands for at most 4,096 bytes.
const LZW: u64 = 2731;

/// What may still be inflated of a file.
#[derive(Debug)]
pub(super) struct Budget {
    left: u64,
    /// Whether a stream of the page's content could not be had.
    lost: bool,
}

impl Budget {
    /// At most so many bytes.
    pub const fn new(bytes: u64) -> Self {
        Self { left: bytes, lost: false }
    }

    /// The bytes of a stream. An error is a limit that was reached; a stream that cannot be read is
    /// empty.
    pub fn decode<'a>(&mut self, stream: &Stream<'a>) -> Result<Cow<'a, [u8]>, OverLimit> {
        if !self.allows(stream) {
            return Err(OverLimit);
        }
        let data = stream.decoded_data().unwrap_or_else(|_| {
            self.lost = true;
            Cow::default()
        });
        self.left = self.left.checked_sub(data.len() as u64).ok_or(OverLimit)?;
        Ok(data)
    }

    /// The content of a page, of one stream or of many, a line feed after each.
    pub fn content<'a>(&mut self, page: &Dict<'a>) -> Result<Cow<'a, [u8]>, OverLimit> {
        self.lost = false;
        if let Some(stream) = page.get::<Stream<'a>>("Contents") {
            return self.decode(&stream);
        }
        let Some(streams) = page.get::<Array<'a>>("Contents") else {
            self.lost = page.contains_key("Contents");
            return Ok(Cow::default());
        };
        let (mut all, mut had) = (Vec::new(), 0);
        for stream in streams.iter::<Stream<'a>>() {
            all.extend_from_slice(&self.decode(&stream)?);
            all.push(b'\n');
            had += 1;
        }
        self.lost |= had < streams.raw_iter().count();
        Ok(all.into())
    }

    /// Whether a part of the content that was asked for last is not in the file or cannot be decoded.
    pub const fn lost(&self) -> bool {
        self.lost
    }

    /// Whether a stream, inflated, stays within the limit. Only of one that might not is it tried.
    pub fn allows(&self, stream: &Stream<'_>) -> bool {
        let filters = stream.filters();
        let raw = stream.raw_data();
        let most = filters.iter().fold(raw.len() as u64, |most, filter| most.saturating_mul(growth(*filter)));
        most <= self.left || (filters.iter().all(|f| *f == Filter::FlateDecode) && self.fits(&raw, filters.len()))
    }

    /// Whether data that was deflated so many times stays within the limit, at every step.
    fn fits(&self, data: &[u8], times: usize) -> bool {
        let most = self.left.saturating_add(1);
        let mut data = Cow::Borrowed(data);
        for _ in 1..times {
            let mut next = Vec::new();
            // Damaged data counts as far as it goes.
            let _ = ZlibDecoder::new(data.as_ref()).take(most).read_to_end(&mut next);
            if next.len() as u64 == most {
                return false;
            }
            data = next.into();
        }
        let data = data.as_ref();
        length(ZlibDecoder::new(data), most) < most && length(DeflateDecoder::new(data), most) < most
    }
}

/// How many bytes there are to read, up to a limit.
fn length(from: impl Read, most: u64) -> u64 {
    let mut from = from.take(most);
    // Damaged data counts as far as it goes.
    let _ = io::copy(&mut from, &mut io::sink());
    most - from.limit()
}

/// A stream that inflates to more than the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OverLimit;

/// How many bytes one byte may become.
const fn growth(filter: Filter) -> u64 {
    match filter {
        Filter::FlateDecode => DEFLATE,
        Filter::LzwDecode => LZW,
        Filter::RunLengthDecode => 64,
        Filter::Ascii85Decode => 4,
        _ => 1,
    }
}
