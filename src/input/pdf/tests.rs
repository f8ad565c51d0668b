//! Whole files through the reader.
#![allow(clippy::unwrap_used)]

use super::Pdf;
use super::sample::{Sample, lines, rules};
use crate::document::{BlockKind, Document, Furniture, Legibility};
use crate::input::{InputError, ReadOptions, Reader};

pub(super) fn read(sample: &Sample) -> Document {
    Pdf.read(&sample.bytes(), &ReadOptions::default()).unwrap()
}

/// Each block as a letter for its kind and its text; furniture in angle brackets.
pub(super) fn told(document: &Document) -> Vec<String> {
    let tell = |b: &crate::document::Block| {
        let kind = match &b.kind {
            BlockKind::Heading { level } => format!("h{level}"),
            BlockKind::Paragraph => "p".into(),
            BlockKind::ListItem { depth } => format!("l{depth}"),
            BlockKind::TableRow { table, header, .. } => {
                format!("t{table}{}", if *header { "h" } else { "" })
            }
            BlockKind::Footnote => "n".into(),
            BlockKind::Caption => "c".into(),
        };
        let text = document.text_of(b);
        match b.furniture {
            Some(furniture) => format!("<{furniture:?}> {text}"),
            None => format!("{kind} {text}"),
        }
    };
    document.blocks.iter().map(tell).collect()
}

pub(super) const BODY: [&str; 4] = [
    "The council will open a warm space in every ward of the county by next",
    "winter, and each of them will be run together with the people who use it.",
    "Money for the first three years has been set aside in the budget, and the",
    "board will hear every quarter how many people came through the doors.",
];

#[test]
fn headings_bullets_and_paragraphs() {
    let page = lines("B", 20, 60, 780, &["Fair start"])
        + &lines("B", 12, 60, 740, &["Warm spaces"])
        + &lines("F", 10, 60, 720, &BODY)
        + &lines(
            "F",
            10,
            60,
            650,
            &[
                "• A first item that is long enough to go over the end of its line, as",
                "  items often do",
                "• A second one",
            ],
        )
        + &lines("F", 10, 60, 590, &["A new paragraph stands by itself below the list."]);
    let document = read(&Sample::default().page(page).info("/Title (Microsoft Word - fair.doc)"));
    assert_eq!(
        told(&document),
        [
            "h1 Fair start",
            "h2 Warm spaces",
            &format!("p {}", BODY.join(" ")),
            "l0 A first item that is long enough to go over the end of its line, as items often do",
            "l0 A second one",
            "p A new paragraph stands by itself below the list.",
        ]
    );
    assert_eq!(document.title.as_deref(), Some("Fair start"));
    assert!(document.warnings.is_empty());
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let left = [
        "The left column tells of what is",
        "done for children in the town and",
        "in the villages around it, and is",
        "read before the other one that is",
        "set beside it on the page.",
    ];
    let right = [
        "The right column is about older",
        "people, who are to be asked what",
        "they would like to have changed",
        "before anything is decided, and",
        "it comes last of all.",
    ];
    let page = lines("B", 18, 60, 780, &["A heading across both of the columns"])
        + &lines("F", 10, 60, 740, &left)
        + &lines("F", 10, 320, 737, &right);
    let document = read(&Sample::default().page(page));
    assert_eq!(
        told(&document),
        [
            "h1 A heading across both of the columns".to_owned(),
            format!("p {}", left.join(" ")),
            format!("p {}", right.join(" ")),
        ]
    );
}

#[test]
fn hyphens_at_line_ends() {
    let mut body = BODY.to_vec();
    body.extend([
        "Our aim is the well-being of everyone. We asked people what the well-",
        "being of a town is made of.",
    ]);
    let document = read(&Sample::default().page(lines("F", 10, 60, 720, &body)));
    assert!(document.text.contains("what the well-being of a town"), "{}", document.text);
}

#[test]
fn ruled_tables_give_rows_and_go_on_over_a_page() {
    let cell = |x, y, font: &str, text: &[&str]| lines(font, 10, x, y, text);
    let head = cell(62, 768, "B", &["Action"]) + &cell(262, 768, "B", &["Lead"]);
    let first = rules(&[60, 260, 500], &[680, 720, 760, 780])
        + &head
        + &cell(62, 748, "F", &["Open a warm space", "in every ward"])
        + &cell(262, 748, "F", &["Head of Communities"])
        + &cell(62, 708, "F", &["Train staff"])
        + &cell(262, 708, "F", &["Head of People"]);
    let second = rules(&[60, 260, 500], &[720, 760, 780])
        + &head
        + &cell(62, 748, "F", &["Report each year"])
        + &cell(262, 748, "F", &["Director"]);
    let document = read(&Sample::default().page(first).page(second));
    assert_eq!(
        told(&document),
        [
            "t0h Action | Lead",
            "t0 Open a warm space in every ward | Head of Communities",
            "t0 Train staff | Head of People",
            "<Header> Action | Lead",
            "t0 Report each year | Director",
        ]
    );
    assert_eq!(document.blocks[4].locator.page, Some(2));
}

#[test]
fn what_a_cell_says_holds_for_the_rows_that_it_spans() {
    let at = |x, y, text: &str| lines("F", 10, x, y, &[text]);
    let page = rules(&[260, 500], &[680, 720, 760, 780])
        + "60 680 m 60 780 l S 60 680 m 260 680 l S 60 760 m 260 760 l S 60 780 m 260 780 l S "
        + &at(66, 766, "Aim")
        + &at(266, 766, "What we do")
        + &at(66, 744, "Less debt")
        + &at(266, 744, "Fund two advisers")
        + &at(266, 704, "Waive court fees");
    let document = read(&Sample::default().page(page));
    let expected = ["t0h Aim | What we do", "t0 Less debt | Fund two advisers", "t0 Less debt | Waive court fees"];
    assert_eq!(told(&document), expected);
    assert_eq!(document.shown_of(&document.blocks[2]), " | Waive court fees");
}

#[test]
fn a_name_over_two_columns_names_both() {
    let at = |font, x, y, text: &str| lines(font, 10, x, y, &[text]);
    let page = rules(&[60, 200, 500], &[700, 720, 740, 780])
        + "200 760 m 500 760 l S 350 700 m 350 760 l S "
        + &at("B", 64, 764, "Action")
        + &at("B", 204, 766, "Who leads it")
        + &at("B", 204, 746, "Council")
        + &at("B", 354, 746, "Health")
        + &at("F", 64, 726, "Open a hub")
        + &at("F", 204, 726, "Ann Lee")
        + &at("F", 354, 726, "Dr Bo")
        + &at("F", 64, 706, "Train staff")
        + &at("F", 204, 706, "Cy Day")
        + &at("F", 354, 706, "Dr Ed");
    let document = read(&Sample::default().page(page.clone()).page(page));
    let head = ["t0h Action | Who leads it | Who leads it", "t0h Action | Council | Health"];
    let rows = ["t0 Open a hub | Ann Lee | Dr Bo", "t0 Train staff | Cy Day | Dr Ed"];
    let overleaf = ["<Header> Action | Who leads it | Who leads it", "<Header> Action | Council | Health"];
    assert_eq!(told(&document), [head, rows, overleaf, rows].concat());
    assert_eq!(document.shown_of(&document.blocks[0]), "Action | Who leads it | ");
}

#[test]
fn letters_that_a_font_does_not_tell_are_told_by_words() {
    let sign = "/N 10 Tf (t) Tj /F 10 Tf ";
    let page = format!(
        "BT /F 10 Tf 60 700 Td (Na) Tj {sign} (onal ac) Tj {sign} (on and par) Tj {sign} (cular needs of patients.) Tj ET"
    );
    let document = read(&Sample::default().page(page));
    assert_eq!(document.text.trim(), "National action and particular needs of patients.");
    assert!(document.warnings[0].message.starts_with("Some letters on page 1, as in “National”"));
}

#[test]
fn tables_without_rules_are_told_by_their_rows() {
    let rows = [
        ["District", "Residents", "Share"],
        ["Northton", "12,400", "21%"],
        ["Westham", "9,300", "17%"],
        ["Eastby", "15,000", "28%"],
    ];
    let mut page = lines("F", 10, 60, 780, &BODY);
    for (i, row) in rows.iter().enumerate() {
        for (x, cell) in [60, 200, 330].iter().zip(row) {
            page += &lines(if i == 0 { "B" } else { "F" }, 10, *x, 690 - 16 * i as u32, &[cell]);
        }
    }
    let document = read(&Sample::default().page(page));
    assert_eq!(
        told(&document)[1..],
        [
            "t0h District | Residents | Share",
            "t0 Northton | 12,400 | 21%",
            "t0 Westham | 9,300 | 17%",
            "t0 Eastby | 15,000 | 28%",
        ]
    );
}

#[test]
fn running_lines_are_furniture_and_paragraphs_go_on_behind_them() {
    let page = |n: u32, body: &[&str]| {
        lines("F", 8, 60, 810, &["Healthy county strategy"])
            + &lines("F", 10, 60, 720, body)
            + &lines("F", 8, 290, 30, &[&format!("Page {n}")])
    };
    let cut = ["We will work with every partner that has a part in keeping people well, and"];
    let sample = Sample::default()
        .page(page(1, &[&BODY[..], &cut].concat()))
        .page(page(2, &["publish what came of it."]))
        .page(page(3, &BODY))
        .catalog("/PageLabels<</Nums[0<</S/r>>1<</S/D>>]>>");
    let document = read(&sample);
    let all = told(&document);
    let head = "<Header> Healthy county strategy";
    assert_eq!(all.iter().filter(|t| *t == head).count(), 3);
    assert!(all.contains(&"<PageNumber> Page 2".to_owned()));
    assert!(document.text.contains("keeping people well, and publish what came of it."), "{all:#?}");
    let labels: Vec<_> = document.pages.iter().map(|p| p.label.as_deref()).collect();
    assert_eq!(labels, [Some("i"), Some("1"), Some("2")]);
    assert!(document.blocks.iter().filter(|b| b.furniture.is_some()).count() == 6);
}

#[test]
fn footnotes_leave_the_text() {
    let page = lines("F", 10, 60, 720, &BODY)
        + "BT /F 10 Tf 60 660 Td (Most people agree) Tj /F 6 Tf 4 Ts (1) Tj 0 Ts /F 10 Tf ( with this.) Tj ET\n"
        + &lines("F", 8, 60, 60, &["1 Survey of residents, 2025."]);
    let document = read(&Sample::default().page(page));
    let all = told(&document);
    assert!(all[0].ends_with("through the doors."), "{all:#?}");
    assert_eq!(all[1..], ["p Most people agree¹ with this.", "n Survey of residents, 2025."]);
}

#[test]
fn scans_blank_and_garbled_pages_are_named() {
    let picture = "q 595 0 0 842 0 0 cm /I Do Q\n";
    let garbled = lines("N", 10, 60, 720, &BODY);
    let sample =
        Sample::default().page(lines("F", 10, 60, 720, &BODY)).page(picture).page(picture).page("").page(garbled);
    let document = read(&sample);
    let legibility: Vec<_> = document.pages.iter().map(|p| p.legibility).collect();
    assert_eq!(
        legibility,
        [Legibility::Readable, Legibility::NoText, Legibility::NoText, Legibility::Blank, Legibility::Garbled,]
    );
    let warnings: Vec<_> = document.warnings.iter().map(|w| w.message.as_str()).collect();
    assert!(warnings[0].starts_with("Pages 2 and 3 hold pictures but no text: scanned pages cannot be read."));
    assert!(warnings[0].ends_with("install tesseract (Debian and Ubuntu: tesseract-ocr) and ask for it with --ocr."));
    assert!(warnings[1].starts_with("Page 5 holds text whose characters"));
    // Nor does a font without widths and characters leave its page blank.
    let bare = Sample::default().page(lines("W", 10, 60, 720, &BODY));
    assert_eq!(read(&bare).pages[0].legibility, Legibility::Garbled);
}

#[test]
fn the_text_layer_of_a_scan_is_read_where_nothing_else_is() {
    let hidden = "3 Tr\n".to_owned() + &lines("F", 10, 60, 720, &BODY);
    let document = read(&Sample::default().page(hidden.clone()));
    assert_eq!(document.blocks.len(), 1);
    let shown = lines("F", 10, 60, 500, &BODY) + &hidden;
    assert_eq!(read(&Sample::default().page(shown)).blocks.len(), 1);
    // A stamp on a scan leaves its text layer; a picture behind shown text does not bring one back.
    let scan = "q 595 0 0 842 0 0 cm /I Do Q\n".to_owned();
    let stamp = lines("F", 9, 400, 810, &["Agenda Item 7, Appendix A"]) + &lines("F", 9, 400, 20, &["Page 12"]);
    let stamped = read(&Sample::default().page(scan.clone() + "q\n" + &hidden + "Q\n" + &stamp));
    assert!(stamped.text.contains(BODY[2]) && stamped.text.contains("Agenda Item 7"), "{}", stamped.text);
    let other = hidden.replace("warm", "cold");
    let behind = read(&Sample::default().page(scan + &lines("F", 10, 60, 500, &BODY) + &other));
    assert!(behind.text.contains("warm space") && !behind.text.contains("cold"), "{}", behind.text);
}

#[test]
fn damaged_files_are_refused_with_a_reason_or_read_in_part() {
    let whole = Sample::default().page(lines("F", 10, 60, 720, &BODY)).bytes();
    let options = ReadOptions::default();
    assert_eq!(Pdf.read(b"", &options), Err(InputError::Empty));
    assert!(matches!(Pdf.read(b"%PDF-1.7\nnothing", &options), Err(InputError::Damaged(_))));
    for end in (0..whole.len()).step_by(97) {
        // Whatever is cut off: no panic, and an error or a document.
        let read = Pdf.read(&whole[..end], &options);
        assert!(read.is_err() || read.is_ok_and(|document| document.broken_off), "cut off after {end}");
    }
    let broken_off = |behind: &[u8]| Pdf.read(&[&whole, behind].concat(), &options).unwrap().broken_off;
    assert!(!broken_off(b"") && !broken_off(&b"<p>Sent by a gateway</p>".repeat(2_000)));
    assert!(broken_off(b"\n12 0 obj\n<</Length 99>>\nstream\nBT"));
    assert!(Pdf.recognises(&whole) && !Pdf.recognises(b"PK\x03\x04"));
}

#[test]
fn folders_of_files_and_forms_that_a_program_draws_are_told() {
    let page = || Sample::default().page(lines("F", 10, 60, 720, &BODY));
    let folder = read(&page().catalog("/Collection<<>>"));
    assert!(folder.warnings[0].message.contains("portfolio"), "{:?}", folder.warnings);
    assert_eq!(folder.pages[0].legibility, Legibility::Readable);
    let drawn = read(&page().catalog("/NeedsRendering true/AcroForm<</XFA[]/Fields[]>>"));
    assert!(drawn.warnings[0].message.contains("XFA"), "{:?}", drawn.warnings);
    assert_eq!(drawn.pages[0].legibility, Legibility::NotRead);
    assert!(read(&page().catalog("/AcroForm<</XFA[]/Fields[]>>")).warnings.is_empty());
}

#[test]
fn pages_beyond_the_limit_are_told() {
    let sample = Sample::default().page("").page("").page("");
    let options = ReadOptions { max_pages: 1, ..ReadOptions::default() };
    let document = Pdf.read(&sample.bytes(), &options).unwrap();
    let legibility: Vec<_> = document.pages.iter().map(|p| p.legibility).collect();
    assert_eq!(legibility, [Legibility::Blank, Legibility::NotRead, Legibility::NotRead]);
    assert!(document.warnings[0].message.contains("not read: pages 2 and 3"));
}

#[test]
fn contents_references_and_glossary_are_furniture() {
    let page = lines("B", 14, 60, 790, &["Contents"])
        + &lines(
            "F",
            10,
            60,
            770,
            &["Foreword ............................ 3", "Our aims ............................ 5"],
        )
        + &lines("B", 14, 60, 720, &["Foreword"])
        + &lines("F", 10, 60, 700, &BODY)
        + &lines("B", 14, 60, 600, &["References"])
        + &lines("F", 10, 60, 580, &["Smith, A. (2020) Warm spaces and health. Northton Press."]);
    let document = read(&Sample::default().page(page));
    let kinds: Vec<_> = document.blocks.iter().map(|b| b.furniture).collect();
    let (c, r) = (Some(Furniture::Contents), Some(Furniture::References));
    assert_eq!(kinds, [None, c, c, None, None, None, r], "{:#?}", told(&document));
}

#[test]
fn remarks_are_kept_apart_and_fields_read_at_their_place() {
    let page = lines("F", 10, 60, 720, &BODY) + &lines("F", 10, 60, 600, &["Name of the lead:"]);
    let text = |kind: &str, more: &str| format!("<</Type/Annot/Subtype/{kind}/Rect[180 596 400 612]{more}>>");
    let sample = Sample::default()
        .page(page)
        .annotation(0, &text("Text", "/Contents(Is this\\rtrue?)"))
        .annotation(0, &text("Highlight", "/F 2/Contents(hidden)"))
        .annotation(0, &text("Link", "/A<</S/URI/URI(https://example.org)>>"))
        .annotation(0, &text("Widget", "/T(a)/Parent 100 0 R"))
        .annotation(0, &text("Widget", "/FT/Tx/Ff 8192/V(secret)"))
        .object(100, "<</FT/Tx/V(Jo Bloggs)/Parent 100 0 R>>");
    let body = format!("p {}", BODY.join(" "));
    assert_eq!(told(&read(&sample)), [body.as_str(), "p Name of the lead: Jo Bloggs", "<Comment> Is this true?"]);
}

#[test]
fn the_outline_confirms_headings_and_their_levels() {
    let heading = |y, text: &str| lines("B", 10, 60, y, &[text]);
    let page = lines("F", 16, 60, 790, &["We all deserve a life in a warm home"])
        + &heading(760, "Our aims")
        + &lines("F", 10, 60, 745, &BODY)
        + &heading(670, "Warm homes")
        + &lines("F", 10, 60, 655, &BODY)
        + &heading(580, "Clean air")
        + &lines("F", 10, 60, 565, &BODY);
    let entry = |title: &str, more: &str| format!("<</Title({title})/Parent 100 0 R{more}>>");
    let sample = Sample::default()
        .page(page)
        .catalog("/Outlines 100 0 R")
        .object(100, "<</First 101 0 R/Last 101 0 R>>")
        .object(101, entry("Our  Aims", "/First 102 0 R/Next 101 0 R"))
        .object(102, entry("Warm homes", "/Next 103 0 R"))
        .object(103, entry("Clean air", "/Next 102 0 R/First 101 0 R"));
    let document = read(&sample);
    let body = format!("p {}", BODY.join(" "));
    let all =
        ["p We all deserve a life in a warm home", "h1 Our aims", &body, "h2 Warm homes", &body, "h2 Clean air", &body];
    assert_eq!(told(&document), all);
}
