//! PDF files whose structure is made to hurt, not what is drawn on their pages: tags, labels, remarks,
//! fonts, filters and tables of objects.

use super::pdf::{FONT, Objects, catalog, flate, page_object, raw, stream, with_font, write};

/// How large the files come out where size is the point: 1 for what a test can bear, 16 for the
/// whole.
pub fn files(scale: usize) -> Vec<(&'static str, Vec<u8>)> {
    let million = scale * 1_000_000;
    vec![
        ("tags that lead to ten tags each", tags(&branching(14))),
        ("tags in tags", tags(&[[b"<</S/P/K".repeat(million / 4), b">>".repeat(million / 4)].concat()])),
        ("tags that stand for themselves", rename()),
        ("tags that all read as one long text", replaced(20_000 * scale.min(4))),
        ("a long label for every page", long_labels(2_000 * scale, million)),
        ("labels that count from the largest number", labels("<</S/r/St 4294967295>>")),
        ("remarks without end", remarks(50_000 * scale.min(8))),
        ("fields that are their own parents", fields()),
        ("metadata that inflate without end", metadata(40 * million)),
        ("a thousand filters", content(b"00", &format!("/Filter[{}]", "/ASCIIHexDecode".repeat(1_000)))),
        (
            "text that was packed five times",
            content(&packed(&vec![b' '; 60 * million], 5), &format!("/Filter[{}]", "/FlateDecode".repeat(5))),
        ),
        (
            "rows of pixels as wide as numbers go",
            content(
                &flate(b"q Q"),
                "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2147483647/Colors 32/BitsPerComponent 16>>",
            ),
        ),
        ("LZW codes without end", content(&[0x80, 0x0b, 0x60, 0x50].repeat(million / 4), "/Filter/LZWDecode")),
        ("one content ten thousand times", again(10_000 * scale, million)),
        ("objects that take no place in their table", table_of_nothing()),
        ("a table of all objects", raw_table("0 4294967295\n0000000000 65535 f \n")),
        ("a table of objects before zero", raw_table("-5 10\n0000000000 65535 f \n")),
        ("a stream of two thousand million objects", many_objects()),
        ("a glyph that is drawn of itself", glyph_of_itself()),
        (
            "names for a million codes",
            with_font(
                &format!(
                    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[{}]>>>>",
                    "0/a/b/c/d/e/f/g/h ".repeat(million / 16)
                ),
                &[],
            ),
        ),
        (
            "widths from below zero",
            with_font(
                "<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar -2147483648/LastChar 2147483647/Widths[500]>>",
                &[],
            ),
        ),
        ("fonts without end", many_fonts(2_000 * scale, million / 8)),
        ("locked with keys of no length", locked("/V 5/R 6/Length 0/O()/U()/OE()/UE()/Perms()/P -1")),
        (
            "locked by a filter that is not there",
            locked("/V 4/R 4/Length 99999/O(a)/U(b)/P 0/StmF/None/StrF/None/CF<<>>"),
        ),
        ("a picture that never ends", content(&[b"BI /W 9 /H 9 ID ".to_vec(), b"a".repeat(4 * million)].concat(), "")),
        ("bookmarks in bookmarks", bookmarks(million / 50)),
        ("layers without end", layers(million / 10)),
        ("letters that turn", content(&turning(20_000 * scale.min(4)), "")),
        (
            "one word without end",
            content(
                &flate(&[b"BT /F 9 Tf 60 700 Td (".to_vec(), b"a".repeat(4 * million), b") Tj ET".to_vec()].concat()),
                "/Filter/FlateDecode",
            ),
        ),
        ("parents that are their own children", parents()),
    ]
}

fn one_page() -> Objects {
    catalog("/Kids[3 0 R]/Count 1", "/StructTreeRoot 6 0 R/MarkInfo<</Marked true>>")
}

/// A page of four marked words, with the objects of a structure tree from number 6 on.
fn tags(tree: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = one_page();
    let words: String = (0..4)
        .map(|i| format!("/P <</MCID {i}>> BDC BT /F 9 Tf 60 {} Td (We will open warm rooms) Tj ET EMC ", 700 - 20 * i))
        .collect();
    objects.push(stream(words.as_bytes(), ""));
    objects.push(b"<</Type/StructTreeRoot/K 7 0 R>>".to_vec());
    objects.extend_from_slice(tree);
    write(&objects, "")
}

fn branching(deep: usize) -> Vec<Vec<u8>> {
    let element = |at: usize| {
        let next = if at + 1 < deep { at + 8 } else { 7 };
        format!("<</S/Sect/Pg 3 0 R/K[0 1 2 3 {}]>>", format!("{next} 0 R ").repeat(10)).into_bytes()
    };
    (0..deep).map(element).collect()
}

fn rename() -> Vec<u8> {
    let mut objects = one_page();
    objects.push(stream(b"/A <</MCID 0>> BDC BT /F 9 Tf 60 700 Td (We will open warm rooms) Tj ET EMC", ""));
    objects.push(b"<</K<</S/A/Pg 3 0 R/K 0/P 6 0 R>>/RoleMap<</A/B/B/C/C/A>>/ParentTree 6 0 R/Kids[6 0 R]>>".to_vec());
    write(&objects, "")
}

fn replaced(elements: usize) -> Vec<u8> {
    let kids: String = (0..elements).map(|i| format!("<</S/Span/ActualText 8 0 R/K {}>>", i % 4)).collect();
    let root = format!("<</S/P/Pg 3 0 R/K[{kids}]>>").into_bytes();
    tags(&[root, format!("({})", "warm ".repeat(20_000)).into_bytes()])
}

fn long_labels(pages: usize, prefix: usize) -> Vec<u8> {
    let kids = "<</Type/Page/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>".repeat(pages);
    let mut objects = catalog(&format!("/Kids[{kids}]/Count {pages}"), "/PageLabels<</Nums[0<</S/D/P 6 0 R>>]>>");
    objects.push(stream(b"BT /F 9 Tf 60 700 Td (A page) Tj ET", ""));
    objects.push(format!("({})", "x".repeat(prefix)).into_bytes());
    write(&objects, "")
}

fn labels(style: &str) -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1", &format!("/PageLabels<</Nums[0{style}]>>"));
    objects.push(stream(b"BT /F 9 Tf 60 700 Td (A page) Tj ET", ""));
    write(&objects, "")
}

fn remarks(many: usize) -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1", "");
    objects[2] = page_object(&format!("/Annots[{}]", "7 0 R ".repeat(many)), 5);
    objects.push(stream(b"BT /F 9 Tf 60 700 Td (A page) Tj ET", ""));
    objects.push(format!("({})", "x".repeat(30_000)).into_bytes());
    objects.push(b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents 6 0 R>>".to_vec());
    write(&objects, "")
}

fn fields() -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1", "/AcroForm<</Fields[6 0 R]>>");
    objects[2] = page_object("/Annots[6 0 R 6 0 R]", 5);
    objects.push(stream(b"BT /F 9 Tf 60 700 Td (A page) Tj ET", ""));
    objects.push(b"<</Type/Annot/Subtype/Widget/Rect[-9e9 -9e9 9e9 9e9]/Parent 6 0 R/Kids[6 0 R]>>".to_vec());
    write(&objects, "")
}

fn metadata(bytes: usize) -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1", "/Metadata 6 0 R");
    objects.push(stream(b"BT /F 9 Tf 60 700 Td (A page) Tj ET", ""));
    objects.push(stream(&flate(&vec![b' '; bytes]), "/Type/Metadata/Filter/FlateDecode"));
    write(&objects, "")
}

fn content(bytes: &[u8], entries: &str) -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1", "");
    objects.push(stream(bytes, entries));
    write(&objects, "")
}

fn packed(bytes: &[u8], times: usize) -> Vec<u8> {
    (0..times).fold(bytes.to_vec(), |bytes, _| flate(&bytes))
}

fn again(times: usize, bytes: usize) -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1", "");
    let content = format!("/Contents[{}]", "5 0 R ".repeat(times));
    objects[2] = String::from_utf8_lossy(&page_object("", 5)).replace("/Contents 5 0 R", &content).into_bytes();
    objects.push(stream(&flate(&b"q Q ".repeat(bytes / 4)), "/Filter/FlateDecode"));
    write(&objects, "")
}

/// A stream of references whose entries are of no width, two thousand million of them.
fn table_of_nothing() -> Vec<u8> {
    let table = "5 0 obj <</Type/XRef/Size 2147483647/Index[0 2147483647]/W[0 0 0]/Root 1 0 R/Length 0>> stream\n\nendstream endobj\n";
    let page = "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj 2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj 3 0 obj <</Type/Page/MediaBox[0 0 9 9]>> endobj\n";
    let at = 9 + page.len();
    raw(format!("{page}{table}startxref\n{at}\n%%EOF").as_bytes())
}

fn raw_table(table: &str) -> Vec<u8> {
    let page = "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj 2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj 3 0 obj <</Type/Page/MediaBox[0 0 9 9]>> endobj\n";
    let at = 9 + page.len();
    raw(format!("{page}xref\n{table}trailer <</Root 1 0 R/Size 99999999999>>\nstartxref\n{at}\n%%EOF").as_bytes())
}

fn many_objects() -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1", "");
    objects.push(stream(b"0 0 1 1 2 2", "/Type/ObjStm/N 2147483647/First 2147483647/Extends 5 0 R"));
    write(&objects, "")
}

fn glyph_of_itself() -> Vec<u8> {
    let font = "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 65/LastChar 67/Widths[9 9 9]\
                /Encoding<</Differences[65/A/B/C]>>/CharProcs<</A 6 0 R/B 6 0 R/C 6 0 R>>/Resources<</Font<</F 4 0 R>>>>>>";
    with_font(font, &[stream(b"9 0 d0 BT /F 9 Tf (ABCABCABC) Tj ET", "")])
}

/// Fonts that each have the same large map of characters, all of them used.
fn many_fonts(many: usize, map: usize) -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1", "");
    let names: String = (0..many).map(|i| format!("/F{i} {} 0 R", 7 + i)).collect();
    objects[2] = format!("<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<<{names}>>>>>>").into_bytes();
    let used: String = (0..many).map(|i| format!("/F{i} 9 Tf (a) Tj ")).collect();
    objects.push(stream(format!("BT 60 700 Td {used}ET").as_bytes(), ""));
    let lines = "1 beginbfrange <00> <ff> <0041> endbfrange ".repeat(map / 40);
    objects.push(stream(&flate(format!("begincmap {lines} endcmap").as_bytes()), "/Filter/FlateDecode"));
    let font = String::from_utf8_lossy(FONT).replace(">>", "/ToUnicode 6 0 R>>").into_bytes();
    objects.extend(std::iter::repeat_n(font, many));
    write(&objects, "")
}

fn locked(entries: &str) -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1", "");
    objects.push(stream(b"BT /F 9 Tf 60 700 Td (A page) Tj ET", ""));
    objects.push(format!("<</Filter/Standard{entries}>>").into_bytes());
    write(&objects, "/Encrypt 6 0 R/ID[()()]")
}

fn bookmarks(deep: usize) -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1", "/Outlines 6 0 R");
    objects.push(stream(b"BT /F 9 Tf 60 700 Td (A page) Tj ET", ""));
    objects.extend((0..deep).map(|i| format!("<</Title(A page)/First {} 0 R/Next 6 0 R>>", 7 + i).into_bytes()));
    write(&objects, "")
}

fn layers(many: usize) -> Vec<u8> {
    let off = "7 0 R ".repeat(many);
    let mut objects =
        catalog("/Kids[3 0 R]/Count 1", &format!("/OCProperties<</OCGs[{off}]/D<</OFF[{off}]/BaseState/OFF>>>>"));
    objects[2] = page_object("/Resources<</Properties<</L 6 0 R>>>>", 5);
    objects.push(stream(&b"/OC /L BDC BT /F 9 Tf (a) Tj ET EMC ".repeat(1_000), ""));
    objects.push(format!("<</Type/OCMD/OCGs[{off}]>>").into_bytes());
    objects.push(b"<</Type/OCG/Name(a)>>".to_vec());
    write(&objects, "")
}

#[allow(clippy::cast_precision_loss, reason = "any angle will do")]
fn turning(letters: usize) -> Vec<u8> {
    let mut out = String::from("BT /F 9 Tf ");
    for i in 0..letters {
        let (sin, cos) = (i as f32 * 0.01).sin_cos();
        out += &format!("{cos} {sin} {} {cos} {} {} Tm (a) Tj ", -sin, i * 7919 % 590, i * 104_729 % 840);
    }
    (out + "ET").into_bytes()
}

fn parents() -> Vec<u8> {
    let mut objects = catalog("/Kids[3 0 R]/Count 1/Parent 3 0 R", "");
    objects[2] = b"<</Type/Page/Parent 2 0 R/Kids[2 0 R]/Contents 5 0 R>>".to_vec();
    objects.push(stream(b"BT /F 9 Tf 60 700 Td (A page) Tj ET", ""));
    write(&objects, "")
}
