//! Tagged files through the reader.
#![allow(clippy::unwrap_used)]

use super::Pdf;
use super::sample::{Sample, lines};
use super::tests::{BODY, read, told};
use crate::document::BlockKind;
use crate::input::{ReadOptions, Reader};

/// Lines in a marked content sequence.
fn marked(mcid: usize, font: &str, x: u32, y: u32, text: &[&str]) -> String {
    format!("/P <</MCID {mcid}>> BDC\n{}EMC\n", lines(font, 10, x, y, text))
}

/// A tree of elements, each on one page: type, entries, kids.
fn tree(elements: &str) -> Sample {
    Sample::default().catalog("/MarkInfo<</Marked true>>/StructTreeRoot 100 0 R").object(100, elements)
}

fn element(kind: &str, kids: &str) -> String {
    format!("<</S/{kind}/Pg 10 0 R/K[{kids}]>>")
}

fn root(kids: &str, more: &str) -> String {
    format!("<</Type/StructTreeRoot{more}/K[{kids}]>>")
}

#[test]
fn tags_tell_order_headings_and_lists() {
    let page = marked(0, "F", 60, 400, &BODY)
        + &marked(1, "F", 60, 700, &["Warm spaces"])
        + &marked(2, "F", 60, 600, &["1."])
        + &marked(3, "F", 80, 600, &["Open a hub in every town"])
        + &marked(4, "F", 80, 580, &["with a kitchen"])
        + &marked(5, "B", 60, 300, &["A title by its role"]);
    let list = element(
        "L",
        &element(
            "LI",
            &(element("Lbl", "2") + &element("LBody", &("3 ".to_owned() + &element("L", &element("LI", "4"))))),
        ),
    );
    let kids = element("Title-1", "5") + &element("H2", "1") + &list + &element("P", "0");
    let document = read(&tree(&root(&kids, "/RoleMap<</Title-1/Kopf/Kopf/H1>>")).page(page));
    assert_eq!(
        told(&document),
        [
            "h1 A title by its role".to_owned(),
            "h2 Warm spaces".to_owned(),
            "l0 Open a hub in every town".to_owned(),
            "l1 with a kitchen".to_owned(),
            format!("p {}", BODY.join(" ")),
        ]
    );
}

#[test]
fn the_column_that_tags_name_first_is_read_first() {
    let column = |mcid, x, text: &str| {
        marked(mcid, "F", x, 700, &[text, "is told here, line by line, in", "a column of its own."])
    };
    let page = column(0, 60, "What is done for children") + &column(1, 320, "What is done for the old");
    let kids = element("P", "1") + &element("P", "0");
    let read = told(&read(&tree(&root(&kids, "")).page(page)));
    let begin: Vec<_> = read.iter().map(|text| &text[..26]).collect();
    assert_eq!(begin, ["p What is done for the old", "p What is done for childre"]);
}

#[test]
fn tables_have_their_headers_and_spans() {
    let cells = ["Aim", "Step", "Warm homes", "Insulate", "Advise", "Clean air"];
    let page: String =
        (0..).zip(cells).map(|(i, c)| marked(i, "F", 60 + 200 * (i as u32 % 2), 700 - 20 * i as u32, &[c])).collect();
    let wide = "<</S/TD/Pg 10 0 R/K 2/A<</O/Table/RowSpan 2>>>>";
    let row = |kids: &str| element("TR", kids);
    let head = element("THead", &row(&(element("TH", "0") + &element("TH", "1"))));
    let body = row(&(wide.to_owned() + &element("TD", "3")))
        + &row(&element("TD", "4"))
        + &row(&("<</S/TD>>".to_owned() + &element("TD", "5")));
    let document = read(&tree(&root(&element("Table", &(head + &body)), "")).page(page));
    assert_eq!(
        told(&document),
        ["t0h Aim | Step", "t0 Warm homes | Insulate", "t0 Warm homes | Advise", "t0  | Clean air"]
    );
}

#[test]
fn parts_go_on_over_the_page_and_notes_stand_behind_them() {
    let first = marked(0, "F", 60, 700, &["We will ask everyone who"]) + &marked(1, "F", 60, 60, &["7 A survey."]);
    let second = marked(0, "F", 60, 700, &["Northton holds dear."]) + &marked(1, "F", 60, 600, &["Next."]);
    let next = |mcid| format!("<</Type/MCR/Pg 12 0 R/MCID {mcid}>>");
    let kids = element("P", &("0 ".to_owned() + &element("Note", "1") + &next(0))) + &element("P", &next(1));
    let document = read(&tree(&root(&kids, "")).page(first).page(second));
    assert_eq!(told(&document), ["p We will ask everyone who Northton holds dear.", "n A survey.", "p Next."]);
    assert_eq!(document.blocks[0].locator.page, Some(1));
}

#[test]
fn items_that_tags_or_pages_cut_are_whole() {
    let first = marked(0, "F", 60, 700, &["We will help people whose mental health"])
        + &marked(1, "F", 60, 686, &["-related needs have gone"])
        + &marked(2, "F", 60, 672, &["unmet and report each year on"]);
    let second = marked(0, "F", 60, 780, &["what came of it."]) + &marked(1, "F", 60, 700, &["Another one."]);
    let body = |mcid: &str| element("LBody", mcid);
    let overleaf = |mcid| format!("<</S/LI/K<</S/LBody/Pg 12 0 R/K {mcid}>>>>");
    let items = element("LI", &(body("0") + &body("1") + &body("2"))) + &overleaf(0) + &overleaf(1);
    let document = read(&tree(&root(&element("L", &items), "")).page(first).page(second));
    let whole = "l0 We will help people whose mental health-related needs have gone unmet and report each year on what \
                 came of it.";
    assert_eq!(told(&document), [whole, "l0 Another one."]);
}

#[test]
fn text_without_tags_is_kept_at_its_place_and_actual_text_read() {
    let page = lines("F", 10, 60, 780, &["Untagged words above"])
        + &marked(0, "F", 60, 700, &BODY)
        + &marked(1, "F", 60, 600, &["Ca fe"]);
    let kids = element("P", "0") + "<</S/P/Pg 10 0 R/K 1/ActualText(Caf\\351)>>";
    let document = read(&tree(&root(&kids, "")).page(page));
    assert_eq!(
        told(&document),
        ["p Untagged words above".to_owned(), format!("p {}", BODY.join(" ")), "p Café".into()]
    );
}

#[test]
fn tags_that_hold_too_little_or_lead_up_and_down_are_not_followed() {
    let little = marked(0, "F", 60, 100, &["A tagged line at the foot"]) + &lines("F", 10, 60, 700, &BODY);
    let document = read(&tree(&root(&element("P", "0"), "")).page(little));
    assert_eq!(told(&document)[0], format!("p {}", BODY.join(" ")));
    let steps =
        ["One is first.", "Two is next.", "Three.", "Four.", "Five.", "Six.", "Seven.", "Eight.", "Nine.", "Ten."];
    let page: String = (0..).zip(steps).map(|(i, s)| marked(i, "F", 60, 780 - 40 * i as u32, &[s])).collect();
    let kids: String = (0..10).rev().map(|i| element("P", &i.to_string())).collect();
    let document = read(&tree(&root(&kids, "")).page(page));
    assert_eq!(document.text_of(&document.blocks[0]), "One is first.");
}

#[test]
fn the_order_by_place_can_be_asked_for() {
    let page = marked(0, "F", 60, 500, &BODY) + &marked(1, "F", 60, 700, &["Above it all."]);
    let sample = tree(&root(&(element("P", "0") + &element("P", "1")), "")).page(page);
    let first = |tags| {
        let document = Pdf.read(&sample.bytes(), &ReadOptions { tags, ..ReadOptions::default() }).unwrap();
        document.text_of(&document.blocks[0]).to_owned()
    };
    assert_eq!(first(false), "Above it all.");
    assert_eq!(first(true), BODY.join(" "));
}

#[test]
fn hostile_trees_end() {
    let page = marked(0, "F", 60, 700, &BODY);
    // An element that is its own kid, one with two parents, a span of a milliard rows, deep nesting.
    let deep = "<</S/Div/K ".repeat(5_000) + "0" + &">>".repeat(5_000);
    let table = "<</S/Table/K<</S/TR/K[<</S/TD/Pg 10 0 R/K 0/A<</RowSpan 999999999/ColSpan 4000000000>>>>]>>>>";
    let sample = tree(&root(&format!("101 0 R 101 0 R {table}"), "/RoleMap<</A/B/B/A>>"))
        .object(101, "<</S/A/Pg 10 0 R/K[101 0 R 102 0 R 0 -1 99999999999]>>")
        .object(102, "<</S/B/P 101 0 R/K[101 0 R 103 0 R]>>")
        .object(103, deep)
        .page(page);
    let document = read(&sample);
    assert_eq!(told(&document), [format!("p {}", BODY.join(" "))]);
    assert!(document.blocks.iter().all(|b| b.kind == BlockKind::Paragraph));
}
