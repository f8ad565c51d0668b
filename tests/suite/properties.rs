//! What holds for any bytes: an outcome comes out, and every span is what it says.

use goldthread::assess::Status;
use goldthread::batch::{Engine, RuleOptions};
use goldthread::document::{BlockKind, Document};
use goldthread::input::{self, ReadOptions};
use goldthread::report::DocumentReport;
use proptest::prelude::*;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(&RuleOptions::default()).unwrap());

fn hold(document: &Document) {
    let text = &document.text;
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start >= end, "blocks stand in order");
        assert!(text.get(block.span.start..block.span.end).is_some(), "a block is cut");
        end = block.span.end;
        let BlockKind::TableRow { cells, .. } = &block.kind else { continue };
        let told: Vec<&str> = cells.iter().map(|c| text.get(c.start..c.end).unwrap()).collect();
        assert_eq!(told.join(" | "), document.text_of(block));
    }
}

/// Reads and judges, and holds every quote to the text.
fn judge(bytes: &[u8]) {
    let options = ReadOptions { max_pages: 50, max_inflated: 4 << 20, ..ReadOptions::default() };
    let outcome = input::read(bytes, &options);
    let report = ENGINE.check_bytes("any".into(), bytes, &options);
    match outcome {
        Ok(document) => {
            hold(&document);
            quotes(&document, &report);
        }
        Err(error) => {
            assert_eq!((report.status, report.error), (Status::Unreadable, Some(error.to_string())));
        }
    }
}

/// Every quote stands in the text, every mark in its quote, and every reason's words in the text.
fn quotes(document: &Document, report: &DocumentReport) {
    let facets = report.criteria.iter().flat_map(|c| &c.facets);
    for facet in facets {
        let evidence = facet.evidence.iter().map(|e| (&e.cited, e.rules.iter().chain(&e.cues)));
        let nearest = facet.nearest.iter().map(|n| (&n.cited, n.rules.iter().chain(&n.cues)));
        for (cited, reasons) in evidence.chain(nearest) {
            assert!(document.text.contains(&cited.quote), "{:?} is no quote", cited.quote);
            let mut end = 0;
            for (from, to) in &cited.marks {
                assert!(*from >= end && from < to, "marks are in order: {:?}", cited.marks);
                assert!(cited.quote.get(*from..*to).is_some(), "a mark is cut: {:?}", cited.marks);
                end = *to;
            }
            for words in reasons.flat_map(|r| &r.words) {
                assert!(document.text.contains(words.as_str()), "{words:?} is not in the text");
            }
        }
    }
}

/// Words and signs out of which sentences come that rules look at.
fn words() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "We",
        "will",
        "fund",
        "two",
        "debt advisers",
        "by",
        "March 2027",
        "poverty",
        "and",
        "mental\u{ad} health",
        "prevention",
        "shift",
        "resources",
        "from",
        "acute",
        "to",
        "the poorest wards",
        "not",
        "consider",
        "£2.5m",
        "Director of Public Health",
        "is responsible for",
        "\u{2022}",
        "|",
        "\n",
        "\n\n",
        "# ",
        "- ",
        "| - |",
        "\t",
        "\u{fb01}nance",
        "caf\u{e9}",
        "\u{1f600}",
        "e\u{301}",
        "\u{202e}",
        "\u{0}",
        ".",
        ":",
        ";",
        "\u{2013}",
        "‘we’",
        "deprived",
        "areas",
        "inequalit",
        "ies",
        "-\n",
        "children",
        "in-\u{a0}work",
        "GP",
        "HIC 28",
        "Principle 3",
    ];
    prop::collection::vec((prop::sample::select(WORDS), prop::sample::select(&[" ", "", "  ", "\n"][..])), 0..120)
        .prop_map(|all| all.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

/// Elements of a word processing document, in any order.
fn elements() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "<w:p>",
        "</w:p>",
        "<w:r>",
        "</w:r>",
        "<w:t>",
        "</w:t>",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<w:tab/>",
        "<w:br/>",
        "<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>",
        "<w:ins>",
        "</w:ins>",
        "<w:del>",
        "</w:del>",
        "<w:fldChar w:fldCharType=\"begin\"/>",
        "<w:fldChar w:fldCharType=\"end\"/>",
        "<w:txbxContent>",
        "</w:txbxContent>",
        "<w:sdt><w:sdtContent>",
        "</w:sdtContent></w:sdt>",
        "&#8217;",
        "&#0;",
        "<w:tcPr><w:gridSpan w:val=\"3\"/><w:vMerge/></w:tcPr>",
        "<w:lastRenderedPageBreak/>",
        "warm rooms ",
        "<",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|all| {
        let w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        format!("<w:document xmlns:w=\"{w}\"><w:body>{}</w:body></w:document>", all.concat())
    })
}

/// A package that holds only a text.
fn package(xml: &str) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(xml.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

/// A page of a PDF file with any content; the reader finds its objects without a table.
fn page(content: &[u8]) -> Vec<u8> {
    let head = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj \
                3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>\
                endobj 4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj 5 0 obj";
    let length = format!("<</Length {}>>stream\n", content.len());
    [head.as_bytes(), length.as_bytes(), content, b"\nendstream endobj trailer<</Root 1 0 R>>"].concat()
}

/// Operators that show text, in any order.
fn operators() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: &[&str] = &[
        "BT ",
        "ET ",
        "/F 10 Tf ",
        "/F 7.5 Tf ",
        "1 0 0 1 60 700 Tm ",
        "0 1 -1 0 300 300 Tm ",
        "0 -14 Td ",
        "200 0 Td ",
        "14 TL ",
        "T* ",
        "(We will open a warm room) Tj ",
        "(in every ward by 2027-) Tj ",
        "(\\225 debt) Tj ",
        "(1) Tj ",
        "[(a)-900(b)] TJ ",
        "3 Tr ",
        "0 Tr ",
        "50 Tz ",
        "-5 Tc ",
        "60 680 m 500 680 l S ",
        "60 600 m 60 720 l S ",
        "50 50 400 300 re f ",
        "q ",
        "Q ",
        "2 0 0 2 0 0 cm ",
        "/P <</MCID 0>> BDC ",
        "/Artifact BMC ",
        "EMC ",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..150).prop_map(|all| all.concat().into_bytes())
}

/// What files of some kinds begin with.
const HEADS: &[&[u8]] =
    &[b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"\xff\xfe"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_come_to_an_outcome(
        head in prop::sample::select(HEADS),
        bytes in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        judge(&[head, &bytes].concat());
    }

    #[test]
    fn any_words_come_to_an_outcome(text in words()) {
        judge(text.as_bytes());
    }

    #[test]
    fn any_elements_come_to_an_outcome(xml in elements()) {
        judge(&package(&xml));
    }

    #[test]
    fn any_operators_come_to_an_outcome(content in operators()) {
        judge(&page(&content));
    }
}
