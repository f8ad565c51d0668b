//! Pages with tables that have no upright rules through the reader.

use crate::input::pdf::sample::{Sample, lines};
use crate::input::pdf::tests::{BODY, read, told};
use std::ops::Range;

const NAMES: [&str; 4] = ["Ref", "Action", "Lead", "By when"];
const ROWS: [[&[&str]; 4]; 3] = [
    [
        &["A1"],
        &["Open a warm space in every", "ward of the county before the", "first cold week"],
        &["Housing"],
        &["May 2027"],
    ],
    [&["A2"], &["Train all staff"], &["Director", "of People"], &["June 2027"]],
    [&["A3"], &["Report every quarter to the", "board"], &["Public", "Health"], &["July 2027"]],
];
const XS: [u32; 4] = [60, 100, 300, 400];

/// Where the cells of a row stand against its tallest.
#[derive(Clone, Copy)]
enum Cells {
    Top,
    Middle,
    Bottom,
}

/// A table with so many points between its rows, and where these are.
fn table(cells: Cells, apart: u32) -> (String, Vec<Range<u32>>) {
    let mut y = 700;
    let mut out: String = XS.iter().zip(NAMES).map(|(x, name)| lines("F", 11, *x, y, &[name])).collect();
    let names = y - 4..y + 10;
    let mut places = vec![names];
    y -= 14 + apart;
    for row in ROWS {
        let most = row.iter().map(|cell| cell.len()).max().unwrap_or(0);
        for (x, cell) in XS.iter().zip(row) {
            let spare = 14 * (most - cell.len()) as u32;
            let shift = match cells {
                Cells::Top => 0,
                Cells::Middle => spare / 2,
                Cells::Bottom => spare,
            };
            out += &lines("F", 11, *x, y - shift, cell);
        }
        let end = y - 14 * (most as u32 - 1);
        places.push(end - 4..y + 10);
        y = end - 14 - apart;
    }
    (out, places)
}

fn expected() -> Vec<String> {
    let row = |row: [&[&str]; 4]| format!("t0 {}", row.map(|cell| cell.join(" ")).join(" | "));
    [format!("t0h {}", NAMES.join(" | "))].into_iter().chain(ROWS.map(row)).collect()
}

fn read_page(page: String) -> Vec<String> {
    told(&read(&Sample::default().page(page)))
}

#[test]
fn gaps_tell_rows_wherever_their_cells_stand() {
    for cells in [Cells::Top, Cells::Middle, Cells::Bottom] {
        assert_eq!(read_page(table(cells, 8).0), expected());
    }
}

#[test]
fn one_column_tells_rows_that_no_gap_parts() {
    for cells in [Cells::Top, Cells::Middle, Cells::Bottom] {
        assert_eq!(read_page(table(cells, 0).0), expected());
    }
}

#[test]
fn rules_and_shades_tell_rows() {
    for cells in [Cells::Top, Cells::Middle, Cells::Bottom] {
        let (text, places) = table(cells, 3);
        let rules: String = places.iter().map(|p| format!("60 {} m 480 {} l S\n", p.start - 1, p.start - 1)).collect();
        assert_eq!(read_page(rules + &text), expected());
        let shade = |p: &Range<u32>| format!("60 {} 420 {} re f\n", p.start - 1, p.end - p.start + 3);
        let stripes: String = places.iter().step_by(2).map(shade).collect();
        let frame = format!("58 {} 424 {} re S\n", places[3].start - 4, places[0].end - places[3].start + 8);
        assert_eq!(read_page(format!("q 0.9 g\n{stripes}Q\n{text}")), expected());
        assert_eq!(read_page(frame + &table(cells, 8).0), expected());
    }
}

#[test]
fn terms_and_what_they_mean_are_rows() {
    let terms = ["Ward", "Quarter", "Board", "Warm space", "Budget", "Carer"];
    let meanings = [
        "Part of a district",
        "Three months",
        "Those who decide",
        "Room to sit in",
        "Money set aside",
        "Who looks after",
    ];
    let rows: Vec<String> =
        terms.iter().zip(meanings).map(|(term, meaning)| format!("t0 {term} | {meaning}")).collect();
    let list = |x: u32| lines("F", 11, 60, 700, &terms) + &lines("F", 11, x, 700, &meanings);
    assert_eq!(read_page(list(160)), rows);
}

#[test]
fn texts_and_notes_side_by_side_are_no_table() {
    let columns = [
        [
            "Homes are warm and dry for",
            "everyone in the county by",
            "2030, and rents that people",
            "can pay are set each year.",
        ],
        [
            "Good jobs are open to those",
            "who have been out of work",
            "for long, with a place to",
            "learn in every market town.",
        ],
        [
            "Nobody goes hungry in any",
            "of our towns and villages,",
            "and every school has its own",
            "kitchen and its garden.",
        ],
    ];
    let page: String = [60, 230, 400].iter().zip(&columns).map(|(x, text)| lines("F", 11, *x, 700, text)).collect();
    assert_eq!(read_page(page), columns.map(|text| format!("p {}", text.join(" "))));

    let notes = ["7", "8", "9", "10", "11"].map(|n| format!("{n}      INQ00{n}     paras {n} to 20"));
    let page = lines("F", 11, 60, 700, &BODY)
        + &notes
            .iter()
            .enumerate()
            .map(|(at, note)| lines("F", 7, 60, 100 - 9 * at as u32, &[note]))
            .collect::<String>();
    assert!(!read_page(page).iter().any(|block| block.starts_with('t')));
}
