//! PDF files made to hurt: each small on disk and without bounds in some other way.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write;

/// Objects of a file, numbered from 1; the first is the catalogue.
pub type Objects = Vec<Vec<u8>>;

/// How large the files come out where size is the point: 1 for what a test can bear, 16 for the
/// whole.
pub fn files(scale: usize) -> Vec<(&'static str, Vec<u8>)> {
    let million = scale * 1_000_000;
    vec![
        (
            "a content stream that inflates without end",
            page(&flate(&b"q Q ".repeat(4 * million)), "/Filter/FlateDecode"),
        ),
        (
            "a content stream deflated twice",
            page(&flate(&flate(&vec![b' '; 40 * million])), "/Filter[/FlateDecode/FlateDecode]"),
        ),
        ("a content stream cut short", page(&half(&flate(&b"BT (a) Tj ET ".repeat(million))), "/Filter/FlateDecode")),
        ("run lengths", page(&[129, b'q'].repeat(2 * million), "/Filter/RunLengthDecode")),
        ("forms that draw ten forms each", forms(10, 16)),
        ("a form that draws itself", forms(2, 1)),
        ("deep arrays in the content", page(&[b"[".repeat(million), b"]".repeat(million)].concat(), "")),
        ("deep dictionaries in the content", page(&[b"/P <<".to_vec(), b"/A <<".repeat(million)].concat(), "")),
        ("deep arrays in an object", nested(million)),
        ("graphics states without end", page(&b"q ".repeat(2 * million), "")),
        ("marked content without end", page(&b"/P BMC ".repeat(million), "")),
        (
            "glyphs without end",
            page(
                &flate(&b"BT /F 9 Tf 1 0 0 1 60 60 Tm (a heap of glyphs at one place) Tj ET ".repeat(million / 10)),
                "/Filter/FlateDecode",
            ),
        ),
        ("glyphs all over the page", page(&scattered(50_000 * scale.min(4)), "")),
        ("rules all over the page", page(&grid(100 * scale), "")),
        (
            "a table of cells all over a large page",
            with_page("/MediaBox[0 0 6000 6000]", &cells((100 * scale).min(390)), ""),
        ),
        (
            "figures that are none",
            page(b"BT /F 1e38 Tf 1e38 1e38 Td (a) Tj /F -1 Tf (b) Tj 99999999999999999999 Tz (c) Tj ET", ""),
        ),
        ("a page as large as it goes", with_page("/MediaBox[-3e38 -3e38 3e38 3e38]", b"BT /F 9 Tf (a) Tj ET", "")),
        ("character maps of all characters", cmap("1 beginbfrange <0000> <ffff> <0000> endbfrange ", 1000 * scale)),
        ("character maps of more than all", cmap("1 beginbfrange <00000000> <ffffffff> <0041> endbfrange ", 100)),
        ("character maps that use themselves", cmap("/Self usecmap ", 1000)),
        ("widths of two thousand million glyphs", widths()),
        ("a page tree that bites its tail", tree("/Kids[3 0 R 2 0 R 1 0 R]")),
        ("pages without end", many_pages(million / 20)),
        ("a count without pages", tree("/Kids[3 0 R]/Count 2147483647")),
        ("page labels that bite their tail", labels("<</Kids[4 0 R 4 0 R 4 0 R 4 0 R 4 0 R 4 0 R 4 0 R 4 0 R]>>")),
        ("tables of objects that bite their tail", looping_table()),
        ("a stream of objects without end", object_stream(million)),
        (
            "a length that leads to itself",
            raw(b"1 0 obj <</Length 1 0 R>> stream\nx\nendstream endobj trailer <</Root 1 0 R/Prev 0>>"),
        ),
    ]
}

/// A file that inflates to so many bytes of content on its second page of three.
pub fn heavy_second_page(bytes: usize) -> Vec<u8> {
    let plain = |text: &str| stream(format!("BT /F 12 Tf 60 700 Td ({text}) Tj ET").as_bytes(), "");
    let mut objects = catalog("/Kids[3 0 R 4 0 R 5 0 R]/Count 3", "");
    objects.truncate(2);
    for content in [7, 8, 9] {
        objects.push(page_object("", content));
    }
    objects.push(FONT.into());
    objects.push(plain("The first page tells of warm rooms."));
    objects.push(stream(&flate(&b"BT (a) Tj ET q ".repeat(bytes / 15)), "/Filter/FlateDecode"));
    objects.push(plain("The third page tells of debt advice."));
    for page in &mut objects[2..5] {
        *page = String::from_utf8_lossy(page).replace("/F 4 0 R", "/F 6 0 R").into_bytes();
    }
    write(&objects, "")
}

pub const FONT: &[u8] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

pub fn flate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn half(bytes: &[u8]) -> Vec<u8> {
    bytes[..bytes.len() / 2].to_vec()
}

pub fn stream(content: &[u8], entries: &str) -> Vec<u8> {
    let head = format!("<</Length {}{entries}>>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

pub fn page_object(entries: &str, content: usize) -> Vec<u8> {
    format!(
        "<</Type/Page/Parent 2 0 R{entries}/Contents {content} 0 R/Resources<</Font<</F 4 0 R>>/XObject<</X 6 0 R>>>>>>"
    )
    .into_bytes()
}

pub fn catalog(pages: &str, entries: &str) -> Objects {
    vec![
        format!("<</Type/Catalog/Pages 2 0 R{entries}>>").into_bytes(),
        format!("<</Type/Pages/MediaBox[0 0 595 842]{pages}>>").into_bytes(),
        page_object("", 5),
        FONT.into(),
    ]
}

fn page(content: &[u8], entries: &str) -> Vec<u8> {
    with_page("", content, entries)
}

fn with_page(of_page: &str, content: &[u8], of_stream: &str) -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1", "");
    objects[2] = page_object(of_page, 5);
    objects.push(stream(content, of_stream));
    write(&objects, "")
}

/// Forms that each draw the next one so many times; the last draws the first.
fn forms(times: usize, deep: usize) -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1", "");
    objects.push(stream(b"/X Do", ""));
    for at in 0..deep {
        let next = if at + 1 == deep { 6 } else { 7 + at };
        let draw = "BT /F 9 Tf (a) Tj ET /X Do ".repeat(times);
        let resources = format!("/Subtype/Form/Resources<</Font<</F 4 0 R>>/XObject<</X {next} 0 R>>>>");
        objects.push(stream(draw.as_bytes(), &resources));
    }
    write(&objects, "")
}

fn nested(deep: usize) -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1", "/Names 6 0 R/PageLabels 6 0 R/Metadata 6 0 R");
    objects.push(stream(b"BT /F 9 Tf (a) Tj ET", ""));
    objects.push([b"[".repeat(deep), b"]".repeat(deep)].concat());
    write(&objects, "")
}

fn scattered(glyphs: usize) -> Vec<u8> {
    let mut out = String::from("BT /F 7 Tf ");
    for i in 0..glyphs {
        let (x, y) = (i * 7919 % 59_500, i * 104_729 % 84_200);
        out += &format!("1 0 0 1 {}.{:02} {}.{:02} Tm (a) Tj ", x / 100, x % 100, y / 100, y % 100);
    }
    (out + "ET").into_bytes()
}

fn grid(lines: usize) -> Vec<u8> {
    let mut out = String::new();
    for i in 0..lines {
        let at = i * 500 / lines;
        out += &format!(
            "50 {0}.{1:03} m 550 {0}.{1:03} l S {0}.{1:03} 50 m {0}.{1:03} 550 l S ",
            at + 50,
            i * 500_000 / lines % 1000
        );
    }
    out.into_bytes()
}

/// A table with as many rows as columns and a letter in every cell.
fn cells(side: usize) -> Vec<u8> {
    let mut out = String::new();
    for i in 0..=side {
        let (at, end) = (14 * i + 10, 14 * side + 10);
        out += &format!("10 {at} m {end} {at} l S {at} 10 m {at} {end} l S ");
    }
    out += "BT /F 7 Tf ";
    for i in 0..side * side {
        out += &format!("1 0 0 1 {} {} Tm (a) Tj ", 14 * (i % side) + 14, 14 * (i / side) + 14);
    }
    (out + "ET").into_bytes()
}

pub fn with_font(font: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1", "");
    objects[3] = font.as_bytes().to_vec();
    objects.push(stream(b"BT /F 9 Tf 60 700 Td <004100420043> Tj (abc) Tj ET", ""));
    objects.extend_from_slice(more);
    write(&objects, "")
}

fn cmap(line: &str, times: usize) -> Vec<u8> {
    let head = "/CIDInit /ProcSet findresource begin begincmap /CMapName /Self def 1 begincodespacerange <0000> <ffff> endcodespacerange ";
    let map = format!("{head}{}endcmap end", line.repeat(times));
    let font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 6 0 R/ToUnicode 6 0 R/DescendantFonts[<</Type/Font/Subtype\
                /CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>";
    with_font(font, &[stream(&flate(map.as_bytes()), "/Type/CMap/CMapName/Self/UseCMap 6 0 R/Filter/FlateDecode")])
}

fn widths() -> Vec<u8> {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2\
                /BaseFont/X/W[0 2147483647 500 1 2147483647 600]/W2[0 2147483647 1 2 3]\
                /CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>";
    with_font(font, &[])
}

fn tree(pages: &str) -> Vec<u8> {
    let mut objects = catalog(pages, "");
    objects.push(stream(b"BT /F 9 Tf 60 700 Td (A page that is there.) Tj ET", ""));
    write(&objects, "")
}

fn many_pages(pages: usize) -> Vec<u8> {
    let kids = "<</Type/Page/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>".repeat(pages);
    tree(&format!("/Kids[{kids}]/Count {pages}"))
}

fn labels(labels: &str) -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1", "/PageLabels 4 0 R");
    objects[3] = labels.as_bytes().to_vec();
    objects.push(stream(b"q Q", ""));
    write(&objects, "")
}

fn looping_table() -> Vec<u8> {
    let whole = write(&catalog("/Kids[3 0 R]/Count 1", ""), "");
    let text = String::from_utf8_lossy(&whole);
    let start = text.find("xref\n").unwrap();
    write(&catalog("/Kids[3 0 R]/Count 1", ""), &format!("/Prev {start}"))
}

fn object_stream(objects: usize) -> Vec<u8> {
    let index: String = (0..objects).map(|i| format!("{} {} ", 10 + i, i)).collect();
    let body = flate(&[index.as_bytes(), &b"0".repeat(objects)].concat());
    let mut all = catalog("/Kids[3 0 R]/Count 1", "/PageLabels 900 0 R");
    let entries = format!("/Type/ObjStm/N {objects}/First {}/Extends 5 0 R/Filter/FlateDecode", index.len());
    all.push(stream(&body, &entries));
    write(&all, "")
}

pub fn raw(objects: &[u8]) -> Vec<u8> {
    [b"%PDF-1.7\n", objects].concat()
}

pub fn write(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n").into_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let (start, size) = (out.len(), objects.len() + 1);
    out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").into_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    out.extend(format!("trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    out
}
