//! What the file declares of itself: its title and the labels of its pages.

use super::inflate::Budget;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Bytes};

/// How deep a tree of page labels may be.
const MAX_DEPTH: usize = 12;
/// How many parts it may have.
const MAX_NODES: usize = 10_000;
/// Most bytes of metadata in which a title is looked for.
const MAX_METADATA: u64 = 4 << 20;
/// Most characters before the number of a page label.
const MAX_PREFIX: usize = 60;
/// PDFDocEncoding of the bytes 0x80 to 0x9e.
const DOC_80: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ŁŒŠŸŽłıœšž";

/// Text of a string in UTF-16, UTF-8 or PDFDocEncoding.
pub(super) fn decode(bytes: &[u8]) -> String {
    let utf16 = |rest: &[u8], read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|p| read([p[0], p[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|b| doc_encoded(*b)).collect(),
    }
}

fn doc_encoded(byte: u8) -> char {
    match byte {
        0x80..=0x9e => DOC_80.chars().nth(usize::from(byte) - 0x80).unwrap_or('\u{fffd}'),
        0xa0 => '€',
        _ => char::from(byte),
    }
}

/// The document catalogue.
pub(super) fn catalog(pdf: &Pdf) -> Dict<'_> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default()
}

/// Whether the file is a folder of other files (a portfolio), its pages only a cover.
pub(super) fn is_folder(catalog: &Dict<'_>) -> bool {
    catalog.contains_key("Collection")
}

/// Whether a program draws the pages from a form (XFA), what the file shows standing in their place.
pub(super) fn is_drawn(catalog: &Dict<'_>) -> bool {
    let form = catalog.get::<Dict<'_>>("AcroForm");
    catalog.get::<bool>("NeedsRendering") == Some(true) && form.is_some_and(|form| form.contains_key("XFA"))
}

/// The title that the file declares, unless a program made it up.
pub(super) fn title(pdf: &Pdf, catalog: &Dict<'_>) -> Option<String> {
    let info = pdf.metadata().title.as_ref().map(|t| decode(t));
    info.and_then(|t| sensible(&t)).or_else(|| {
        let xmp = catalog.get::<Stream<'_>>("Metadata")?;
        sensible(&xmp_title(&String::from_utf8_lossy(&Budget::new(MAX_METADATA).decode(&xmp).ok()?))?)
    })
}

/// The first `dc:title` of XMP metadata.
fn xmp_title(xmp: &str) -> Option<String> {
    let title = xmp.split_once("<dc:title>")?.1.split_once("</dc:title>")?.0;
    let item = title.split_once("<rdf:li")?.1.split_once('>')?.1.split_once("</rdf:li>")?.0;
    let plain = item.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    Some(plain.replace("&apos;", "'").replace("&#39;", "'").replace("&amp;", "&"))
}

/// The title without white space around it, or `None` where it is a file name or the like.
fn sensible(title: &str) -> Option<String> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let low = title.to_lowercase();
    let made_up = ["microsoft word", "microsoft powerpoint", "powerpoint presentation", "untitled"];
    let endings = [".doc", ".docx", ".pdf", ".indd", ".ppt", ".pptx", ".qxd", ".rtf", ".odt", ".xlsx"];
    let odd = title.chars().filter(|c| c.is_control() || *c == '\u{fffd}').count();
    let worded = title.chars().filter(|c| c.is_alphabetic()).count();
    let bad = made_up.iter().any(|m| low.starts_with(m))
        || endings.iter().any(|e| low.ends_with(e))
        || odd > 0
        || worded < 4
        || (!title.contains(' ') && (title.contains('_') || title.len() < 8));
    (!bad).then_some(title)
}

/// The label of each page, where the file declares any.
pub(super) fn page_labels(catalog: &Dict<'_>, pages: usize) -> Vec<Option<String>> {
    let mut labels = vec![None; pages];
    let Some(root) = catalog.get::<Dict<'_>>("PageLabels") else { return labels };
    let mut ranges = Vec::new();
    let mut left = MAX_NODES;
    collect(&root, &mut ranges, 0, &mut left);
    ranges.sort_by_key(|(from, _)| *from);
    for (i, (from, style)) in ranges.iter().enumerate() {
        let end = ranges.get(i + 1).map_or(pages, |(next, _)| *next).min(pages);
        for (step, label) in labels.iter_mut().take(end).skip(*from).enumerate() {
            *label = Some(style.label(step as u32)).filter(|l| !l.is_empty());
        }
    }
    labels
}

/// How the pages of a range are numbered.
struct Style {
    prefix: String,
    kind: u8,
    first: u32,
}

fn collect(node: &Dict<'_>, ranges: &mut Vec<(usize, Style)>, depth: usize, left: &mut usize) {
    if depth > MAX_DEPTH || *left == 0 {
        return;
    }
    *left -= 1;
    if let Some(numbers) = node.get::<Array<'_>>("Nums") {
        let mut from = None;
        for item in numbers.iter::<Object<'_>>().take(2 * MAX_NODES) {
            match (from.take(), item) {
                (Some(at), Object::Dict(dict)) => ranges.push((at, Style::new(&dict))),
                (_, Object::Number(n)) => from = usize::try_from(n.as_i64()).ok(),
                _ => {}
            }
        }
    }
    if let Some(kids) = node.get::<Array<'_>>("Kids") {
        kids.iter::<Dict<'_>>().take(5_000).for_each(|kid| collect(&kid, ranges, depth + 1, left));
    }
}

impl Style {
    fn new(dict: &Dict<'_>) -> Self {
        // Every page of a range repeats it.
        let prefix = dict.get::<Bytes<'_>>("P").map(|p| decode(p.as_bytes()).chars().take(MAX_PREFIX).collect());
        let kind = dict.get::<Name<'_>>("S").and_then(|s| s.as_ref().first().copied());
        let first = dict.get::<u32>("St").unwrap_or(1).max(1);
        Self { prefix: prefix.unwrap_or_default(), kind: kind.unwrap_or(0), first }
    }

    fn label(&self, step: u32) -> String {
        let n = self.first.saturating_add(step);
        let number = match self.kind {
            b'D' => n.to_string(),
            b'R' => roman(n).to_uppercase(),
            b'r' => roman(n),
            b'A' => letters(n).to_uppercase(),
            b'a' => letters(n),
            _ => String::new(),
        };
        format!("{}{number}", self.prefix)
    }
}

/// Lower-case Roman numerals; figures beyond 3999.
pub(super) fn roman(mut n: u32) -> String {
    if n == 0 || n > 3999 {
        return n.to_string();
    }
    let steps = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (value, sign) in steps {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}

/// a to z, aa to zz and so on.
fn letters(n: u32) -> String {
    let letter = char::from(b'a' + ((n.max(1) - 1) % 26) as u8);
    let times = ((n.max(1) - 1) / 26 + 1).min(20) as usize;
    letter.to_string().repeat(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_programs_make_up_are_dropped() {
        assert_eq!(sensible(" Healthy  Lives 2030 ").as_deref(), Some("Healthy Lives 2030"));
        for bad in ["Microsoft Word - plan.doc", "plan_final.docx", "untitled", "JHWS_v14", ""] {
            assert_eq!(sensible(bad), None, "{bad}");
        }
        let xmp = "<dc:title><rdf:Alt><rdf:li xml:lang=\"x\">A &amp; B</rdf:li></rdf:Alt></dc:title>";
        assert_eq!(xmp_title(xmp).as_deref(), Some("A & B"));
    }

    #[test]
    fn strings_decode_and_numerals_count() {
        assert_eq!(decode(&[0xfe, 0xff, 0x20, 0x19]), "’");
        assert_eq!(decode(b"a\x84b"), "a—b");
        assert_eq!((roman(14), roman(1999)), ("xiv".into(), "mcmxcix".into()));
        assert_eq!((letters(2), letters(27)), ("b".into(), "aa".into()));
    }
}
