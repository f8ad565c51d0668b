//! Pages of other makes through the reader: boxes, layers, labels, fields, odd fonts.

use super::sample::{Sample, lines};
use super::tests::{BODY, read, told};
use crate::document::Legibility;

const HOMES: [&str; 3] = ["Homes are warm and", "dry for everyone in", "the county by 2030."];
const WORK: [&str; 3] = ["Good jobs are open", "to people who have", "been out of work."];
const FOOD: [&str; 3] = ["Nobody goes hungry", "in any of our towns", "and villages again."];

/// A frame with lines in it.
fn framed(x: u32, y: u32, text: &[&str]) -> String {
    format!("{} {} 150 70 re S\n", x - 7, y - 50) + &lines("F", 10, x, y, text)
}

#[test]
fn boxes_are_read_one_by_one() {
    let text = |parts: [[&str; 3]; 3]| parts.map(|lines| format!("p {}", lines.join(" ")));
    let row = framed(60, 700, &HOMES) + &framed(220, 700, &WORK) + &framed(380, 700, &FOOD);
    assert_eq!(told(&read(&Sample::default().page(row))), text([HOMES, WORK, FOOD]));
    // A box that leads to two others is read before them, though its upper edge is lower.
    let drawing = framed(60, 700, &HOMES) + &framed(300, 740, &WORK) + &framed(300, 660, &FOOD);
    let arrows = "203 685 m 293 725 l S 203 685 m 293 645 l S\n";
    assert_eq!(told(&read(&Sample::default().page(drawing + arrows))), text([HOMES, WORK, FOOD]));
}

#[test]
fn layers_that_are_not_shown_are_not_read() {
    let layer = |name: &str, y, text: &str| format!("/OC /{name} BDC\n{}EMC\n", lines("F", 10, 60, y, &[text]));
    let page = lines("F", 10, 60, 720, &BODY)
        + &layer("Off", 640, "A draft that was left out")
        + &layer("All", 620, "A part of two layers, one of them off")
        + &layer("Any", 600, "Either layer shows this")
        + &layer("Not", 580, "It stands in for the layer that is off")
        + "/X Do\n";
    let form = "<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/OC 110 0 R/Length 40>>\nstream\n\
                BT /F 10 Tf 60 400 Td (Not shown) Tj ET \nendstream";
    let remark = "<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/Contents(Unseen)/OC 110 0 R>>";
    let sample = Sample::default()
        .page(page)
        .catalog("/OCProperties<</OCGs[110 0 R 111 0 R]/D<</OFF[110 0 R]>>>>")
        .named("Properties", "/Off 110 0 R/All 112 0 R/Any 113 0 R/Not 114 0 R")
        .named("XObject", "/X 115 0 R")
        .annotation(0, remark)
        .object(110, "<</Type/OCG/Name(Draft)>>")
        .object(111, "<</Type/OCG/Name(Final)>>")
        .object(112, "<</Type/OCMD/OCGs[110 0 R 111 0 R]/P/AllOn>>")
        .object(113, "<</Type/OCMD/OCGs[110 0 R 111 0 R]>>")
        .object(114, "<</Type/OCMD/OCGs[110 0 R]/P/AllOff>>")
        .object(115, form);
    let body = format!("p {}", BODY.join(" "));
    let shown = [&body, "p Either layer shows this", "p It stands in for the layer that is off"];
    assert_eq!(told(&read(&sample)), shown);
}

#[test]
fn printed_page_numbers_have_prefixes_letters_and_beginnings() {
    let labels = "/PageLabels<</Kids[110 0 R 111 0 R]>>";
    let sample = (0..6).fold(Sample::default(), |sample, _| sample.page(""));
    let sample = sample
        .catalog(labels)
        .object(110, "<</Limits[0 1]/Nums[0<</P(Cover)>>1<</S/R/St 4>>]>>")
        .object(111, "<</Limits[3 5]/Nums[3<</S/A/St 26/P(App-)>>5<</S/D/St 10/P<FEFF00412D>>>]>>");
    let labels: Vec<_> = read(&sample).pages.into_iter().map(|p| p.label.unwrap_or_default()).collect();
    assert_eq!(labels, ["Cover", "IV", "V", "App-Z", "App-AA", "A10"]);
}

#[test]
fn choices_of_fields_are_read() {
    let page = lines("F", 10, 60, 720, &["Area of the plan:"]) + &lines("F", 10, 60, 700, &["Aims that it has:"]);
    let field = |y: u32, value: &str| {
        format!("<</Type/Annot/Subtype/Widget/FT/Ch/T(a)/V{value}/Rect[180 {} 400 {}]>>", y - 4, y + 12)
    };
    let sample = Sample::default()
        .page(page)
        .annotation(0, &field(720, "(North ward)"))
        .annotation(0, &field(700, "[(Homes)(Work)]"));
    let read = read(&sample).text;
    assert!(read.contains("North ward") && read.contains("Homes, Work"), "{read}");
}

#[test]
fn fields_that_are_only_drawn_are_read_and_boxes_tell_their_state() {
    let page = lines("F", 10, 60, 720, &["Lead officer:"])
        + &lines("F", 10, 90, 660, &["Agreed"])
        + &lines("F", 10, 90, 620, &["Refused"]);
    let drawing = "q BT /F 10 Tf 4 5 Td (Jo Bloggs) Tj ET Q";
    let widget = |more: &str| format!("<</Type/Annot/Subtype/Widget/T(a)/AP<</N 100 0 R>>{more}>>");
    let sample = Sample::default()
        .page(page)
        .annotation(0, &widget("/FT/Tx/Rect[140 715 340 735]"))
        .annotation(0, &widget("/FT/Tx/V(secret)/Ff 8192/Rect[140 500 340 520]"))
        .annotation(0, &widget("/FT/Btn/AS/Yes/Rect[60 656 76 672]"))
        .annotation(0, &widget("/FT/Btn/AS/Off/Rect[60 616 76 632]"))
        .annotation(0, &widget("/FT/Btn/Ff 65536/Rect[60 416 76 432]"))
        .object(100, format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F 3 0 R>>>>/Length {}>>\nstream\n{drawing}\nendstream",
            drawing.len()
        ));
    let document = read(&sample);
    assert_eq!(told(&document), ["p Lead officer:", "p Jo Bloggs", "l0 ☑ Agreed", "l0 ☐ Refused"]);
}

#[test]
fn rows_far_apart_stay_rows_beside_a_wider_gap() {
    let y = [720, 700, 680, 640];
    let labels = ["Lead officer:", "Area:", "Aims:", "Shown:"];
    let values = ["Jo Bloggs", "North ward", "Homes, work", "On request"];
    let at =
        |x: u32, text: [&str; 4]| -> String { y.iter().zip(text).map(|(y, t)| lines("F", 10, x, *y, &[t])).collect() };
    let document = read(&Sample::default().page(lines("F", 10, 60, 800, &BODY) + &at(60, labels) + &at(220, values)));
    let text = &document.text;
    for (label, value) in labels.iter().zip(values) {
        assert!(text.contains(&format!("{label} | {value}")), "{text}");
    }
}

/// A font of glyph numbers without characters, as a careless printer driver writes it.
fn of_numbers(widths: &str) -> Sample {
    let below = "<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Arial/CIDSystemInfo<</Registry(Adobe)\
                 /Ordering(Identity)/Supplement 0>>/FontDescriptor 112 0 R";
    Sample::default()
        .named("Font", "/H 110 0 R")
        .object(110, "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Arial/Encoding/Identity-H/DescendantFonts[111 0 R]>>")
        .object(111, format!("{below}{widths}>>"))
        .object(112, "<</Type/FontDescriptor/FontName/ABCDEF+Arial/Flags 4/FontBBox[0 -200 1000 900]>>")
}

/// Lines in the font of glyph numbers.
fn numbered(y: u32, text: &[&str]) -> String {
    let code = |line: &&str| line.bytes().map(|b| format!("{:04X}", b - 29)).collect::<String>();
    let shown: String = text.iter().map(|line| format!("<{}> Tj T* ", code(line))).collect();
    format!("BT /H 10 Tf 14 TL 60 {y} Td {shown}ET\n")
}

#[test]
fn a_font_of_glyph_numbers_alone_is_told() {
    for widths in ["/DW 500", "", "/DW 0"] {
        let document = read(&of_numbers(widths).page(numbered(720, &BODY)));
        assert_eq!(document.pages[0].legibility, Legibility::Garbled, "{widths}");
        assert!(document.warnings[0].message.starts_with("Page 1 holds text whose characters"));
    }
    // Nor is a sentence in it passed over on a page that can be read.
    for widths in ["/DW 500", "/DW 0"] {
        let page = lines("F", 10, 60, 800, &BODY.repeat(6)) + &numbered(300, &BODY[..1]);
        let document = read(&of_numbers(widths).page(page));
        assert_eq!(document.pages[0].legibility, Legibility::Readable, "{widths}");
        let said: Vec<_> = document.warnings.iter().map(|w| w.message.as_str()).collect();
        assert_eq!(said, ["Some of the text on page 1 has no meaning outside the file: it cannot be read."]);
    }
}
