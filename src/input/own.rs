//! Tells the program's own reports, which lie beside the plans that they are about and are none.
//!
//! Comes in: the bytes of a file. Goes out: whether a report says of itself that this program made it. Plans
//! with notes on them are plans still.

use super::detect::zip_of;
use std::io::Read;

/// How each form says it: in the head of the web page, in the properties of the Word paper, at the end of the
/// Markdown, at the top of the JSON, in the names of the columns.
const PAGE: &[u8] = b"<meta name=\"generator\" content=\"goldthread ";
const PAPER: &[u8] = b"<dc:creator>goldthread</dc:creator>";
const TEXT: &str = " Made by goldthread ";
const JSON: &[u8] = b"\"schema\": \"goldthread/";
const TABLE: &[u8] = b"document,title,status,pack,criterion,";

/// So many first bytes hold a page's head up to its generator, or all properties of a paper.
const HEAD: usize = 4096;

/// Whether bytes are a report of this program.
pub(super) fn is_own(bytes: &[u8]) -> bool {
    let holds = |head: &[u8], sign: &[u8]| head.windows(sign.len()).any(|window| window == sign);
    if super::detect::is_zip(bytes) {
        let mut head = Vec::new();
        let read = zip_of(bytes).and_then(|mut archive| {
            archive.by_name("docProps/core.xml").ok()?.take(HEAD as u64).read_to_end(&mut head).ok()
        });
        return read.is_some() && holds(&head, PAPER);
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    holds(head, PAGE)
        || (head.starts_with(b"{") && holds(head, JSON))
        || head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).starts_with(TABLE)
        || (bytes.starts_with(b"# ") && std::str::from_utf8(bytes).is_ok_and(|text| text.contains(TEXT)))
}
