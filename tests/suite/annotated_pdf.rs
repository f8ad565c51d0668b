//! Copies of PDF files with notes: the file itself stands unchanged at their beginning.

use crate::annotated::{copy_of, corpus, read, text};
use crate::forms::{HOSTILE, hostile};
use goldthread::annotate;
use goldthread::document::{Document, Furniture};
use goldthread::input::ReadOptions;
use goldthread::remark::{self, Anchor, Kind, Note, RemarkError};

fn remarks(document: &Document) -> Vec<&str> {
    let all = document.blocks.iter().filter(|b| b.furniture == Some(Furniture::Comment));
    all.map(|b| document.text_of(b)).collect()
}

fn copy(before: &[u8], notes: &[Note]) -> Result<Vec<u8>, RemarkError> {
    remark::copy(before, notes, &ReadOptions::default())
}

fn note(page: u32, passage: &str, says: &str) -> Note {
    let at = Anchor::Passage { page, text: passage.to_owned(), shown: passage.to_owned() };
    Note { at, kind: Kind::Evidence, paragraphs: vec![says.to_owned()] }
}

#[test]
fn the_file_stays_and_notes_are_added() {
    for name in ["homelessness-strategy.pdf", "estates-and-fleet-plan.pdf", "glossy-vision.pdf", "scanned-minutes.pdf"]
    {
        let before = corpus(name);
        let after = copy_of(&before);
        assert!(after.starts_with(&before), "{name}");
        assert!(after == copy_of(&before), "{name}: the same every time");
        let (old, new) = (read(&before), read(&after));
        assert_eq!(text(&old), text(&new), "{name}");
        let said = remarks(&new);
        assert!(said.iter().any(|s| s.contains("Of the five principles")), "{name}: {said:?}");
        assert!(said.len() > remarks(&old).len(), "{name}");
    }
}

/// The numbers after a key of the first dictionary with it that is found behind a place.
fn numbers(after: &[u8], from: usize, key: &str) -> Vec<f64> {
    let text = String::from_utf8_lossy(&after[from..]);
    let list = text.split(key).nth(1).unwrap().split(']').next().unwrap().to_owned();
    list.split_whitespace().map(|n| n.parse().unwrap()).collect()
}

/// A page of 600 by 400 points with lines of 12 points, first baseline at 300, and more entries.
fn page(lines: &[&str], entries: &str, more: &str) -> Vec<u8> {
    let shown: String = lines.iter().map(|l| format!("({l}) Tj 0 -14 Td ")).collect();
    let content = format!("BT /F 12 Tf 50 300 Td {shown}ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>{entries}>>"
        ),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let mut out = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (number, body) in (1..).zip(objects.iter().map(String::as_str).chain((!more.is_empty()).then_some(more))) {
        places.push(format!("{:010} 00000 n \n", out.len()));
        out.push_str(&format!("{number} 0 obj\n{body}\nendobj\n"));
    }
    let start = out.len();
    let size = places.len() + 1;
    out.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n{}trailer\n", places.concat()));
    out.push_str(&format!("<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"));
    out.into_bytes()
}

const LINES: [&str; 3] =
    ["Our plan has a long beginning. We will fund debt ad-", "vice in the poorest wards.", "The end of it."];
const PASSAGE: &str = "We will fund debt advice in the poorest wards.";

#[test]
fn highlights_lie_on_the_lines_of_their_passage() {
    let before = page(&LINES, "", "");
    let after = copy(&before, &[note(1, PASSAGE, "Counts.")]).unwrap();
    let quads = numbers(&after, before.len(), "/QuadPoints[");
    // Courier is 0.6 em wide: the passage begins with the 32nd letter of its first line.
    let near = |found: f64, wanted: f64| (found - wanted).abs() < 1.0;
    assert_eq!(quads.len(), 16, "{quads:?}");
    assert!(near(quads[0], 50.0 + 31.0 * 7.2) && near(quads[1], 309.0), "{quads:?}");
    assert!(near(quads[5], 297.4) && near(quads[8], 50.0) && near(quads[13], 283.4), "{quads:?}");
    assert_eq!(remarks(&read(&after)), ["Counts."]);
}

#[test]
fn turned_pages_have_their_highlights_in_their_own_coordinates() {
    let turned = copy(&page(&LINES, "/Rotate 90", ""), &[note(1, PASSAGE, "x")]).unwrap();
    let level = copy(&page(&LINES, "", ""), &[note(1, PASSAGE, "x")]).unwrap();
    assert_eq!(numbers(&turned, 0, "/QuadPoints["), numbers(&level, 0, "/QuadPoints["));
}

#[test]
fn annotations_that_are_there_are_kept() {
    let link = "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Mine)>>";
    let shared = format!("[{link}]");
    for (entries, more) in [(format!("/Annots[{link}]"), ""), ("/Annots 6 0 R".to_owned(), shared.as_str())] {
        let before = page(&LINES, &entries, more);
        let after = copy(&before, &[note(1, PASSAGE, "One."), note(1, "", "All.")]).unwrap();
        let mut said = remarks(&read(&after)).into_iter().map(str::to_owned).collect::<Vec<_>>();
        said.sort();
        assert_eq!(said, ["All.", "Mine", "One."]);
        let twice = copy(&after, &[note(1, PASSAGE, "Two.")]).unwrap();
        assert_eq!(remarks(&read(&twice)).len(), 4);
    }
}

#[test]
fn a_passage_that_is_not_found_is_told_at_the_top_of_its_page() {
    let after = copy(&page(&LINES, "", ""), &[note(1, "Words that stand nowhere on it", "Why.")]).unwrap();
    let said = remarks(&read(&after)).concat();
    assert!(said.contains("On this page: \u{201c}Words that stand nowhere") && said.contains("Why."), "{said}");
}

#[test]
fn what_cannot_be_added_to_is_refused() {
    let before = page(&LINES, "", "");
    let text = String::from_utf8(before.clone()).unwrap();
    let locked = text.replace("/Root 1 0 R", "/Root 1 0 R/Encrypt 9 0 R");
    let lost = text.replace("startxref\n", "startxref\n9");
    let odd = page(&LINES, "/Annots(text)", "");
    for (name, bytes) in [("locked", locked.into_bytes()), ("lost", lost.into_bytes()), ("odd", odd)] {
        let refused = copy(&bytes, &[note(1, PASSAGE, "x")]);
        assert!(refused.is_err(), "{name}");
        assert!(refused.unwrap_err().to_string().contains(" and try again") || name == "locked");
    }
    let paragraphs = Anchor::Paragraphs(goldthread::document::Place { first: 1, last: 1 });
    let wrong = Note { at: paragraphs, ..note(1, "", "x") };
    assert_eq!(copy(&before, &[wrong]), Err(RemarkError::Kind));
    assert_eq!(copy(b"# A plan in Markdown", &[]), Err(RemarkError::Kind));
}

#[test]
fn hostile_text_is_digits_in_the_file() {
    let report = hostile();
    let before = page(&LINES, "", "");
    let notes = annotate::notes(&read(&before), &report.head, &report.documents[0]).unwrap();
    let on_page = |mut n: Note| {
        if let Anchor::Passage { page, .. } = &mut n.at {
            *page = 1;
        }
        n
    };
    let notes: Vec<Note> = notes.into_iter().map(on_page).collect();
    let after = copy(&before, &notes).unwrap();
    let added = String::from_utf8(after[before.len()..].to_vec()).unwrap();
    for bad in HOSTILE {
        assert!(!added.contains(bad), "{bad}");
    }
    let said = remarks(&read(&after)).concat();
    assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}') && said.contains("script"), "{said}");
}
