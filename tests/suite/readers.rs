//! The PDF reader against an independent one, and on small files made by other programs.

use goldthread::corpus;
use goldthread::document::Legibility;
use goldthread::input::{self, InputError, ReadOptions};
use std::collections::BTreeMap;
use std::path::Path;

/// Words of letters and figures with how often they stand there.
fn words(text: &str) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        *out.entry(word.to_lowercase()).or_default() += 1;
    }
    out
}

#[test]
fn two_readers_find_the_same_words() {
    let mut compared = 0;
    for example in corpus::documents().iter().filter(|e| e.name.ends_with(".pdf")) {
        let document = input::read(example.bytes, &ReadOptions::default()).unwrap();
        if document.pages.iter().any(|p| p.legibility != Legibility::Readable) {
            continue;
        }
        let other = pdf_extract::extract_text_from_mem(example.bytes).unwrap();
        let (ours, theirs) = (words(&document.text), words(&other));
        let both: usize = ours.iter().map(|(w, n)| n.min(theirs.get(w).unwrap_or(&0))).sum();
        let all: usize = ours.values().sum::<usize>() + theirs.values().sum::<usize>();
        #[allow(clippy::cast_precision_loss, reason = "counts of words are small")]
        let f1 = 2.0 * both as f64 / all as f64;
        // The other reader parts letters that stand apart for looks: 0.91 on the vision.
        assert!(f1 > 0.9, "{}: {f1:.3}", example.name);
        compared += 1;
    }
    assert_eq!(compared, 3, "every PDF with text is compared");
}

/// A file of `samples/`, which were made with reportlab and pypdf of words of our own.
fn sample(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/samples").join(name)).unwrap()
}

fn texts(bytes: &[u8], password: Option<&str>) -> Result<Vec<String>, InputError> {
    let options = ReadOptions { password: password.map(str::to_owned), ..ReadOptions::default() };
    let document = input::read(bytes, &options)?;
    Ok(document.blocks.iter().map(|block| document.text_of(block).to_owned()).collect())
}

#[test]
fn locked_files_open_with_their_password_only() {
    let whole = ["The council will open a warm room in every ward by March, and the board will pay for it.".to_owned()];
    for open in ["rc4-40-open.pdf", "aes-128-open.pdf"] {
        assert_eq!(texts(&sample(open), None).unwrap(), whole, "{open}");
    }
    for locked in ["rc4-128-locked.pdf", "aes-256-locked.pdf", "aes-256-r5-locked.pdf"] {
        let bytes = sample(locked);
        assert_eq!(texts(&bytes, None), Err(InputError::Locked), "{locked}");
        assert_eq!(texts(&bytes, Some("bridge")), Err(InputError::WrongPassword), "{locked}");
        assert_eq!(texts(&bytes, Some("hub")).unwrap(), whole, "{locked}");
    }
}

#[test]
fn columns_boxes_and_turned_pages_are_read_in_order() {
    let starts = |name: &str| -> Vec<String> {
        let texts = texts(&sample(name), None).unwrap();
        texts.iter().map(|text| text.chars().take(14).collect()).collect()
    };
    assert_eq!(starts("three.pdf"), ["Three columns ", "A sentence 0 s", "B sentence 0 s", "C sentence 0 s"]);
    assert_eq!(starts("side.pdf"), ["Body sentence ", "Boxed sentence"]);
    assert_eq!(starts("landscape.pdf"), ["Sentence 0 of ", "Figure 1: Room"]);
    assert_eq!(starts("rotated.pdf"), ["Sentence 0 of "]);
    for name in ["three.pdf", "side.pdf", "landscape.pdf", "rotated.pdf"] {
        let text = texts(&sample(name), None).unwrap().join(" ");
        let numbers: Vec<u32> =
            text.split("entence ").skip(1).map(|rest| rest.split(' ').next().unwrap().parse().unwrap()).collect();
        assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1 || pair[1] == 0), "{name}: {numbers:?}");
    }
}

#[test]
fn raised_marks_are_no_part_of_words() {
    let odt = r#"<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
        office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>
        <style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
        </office:automatic-styles><office:body><office:text>
        <text:p>Child poverty<text:span text:style-name="T1">12</text:span> fell on the 1<text:span text:style-name="T1">st</text:span> of May.</text:p>
        </office:text></office:body></office:document>"#;
    let html = "<!DOCTYPE html><p>Child poverty<sup>12</sup> fell on the 1<sup>st</sup> of May.</p>";
    let rtf = r"{\rtf1 Child poverty{\super 12} fell on the 1\super st\nosupersub  of May.\par}";
    for bytes in [odt, html, rtf] {
        let document = input::read(bytes.as_bytes(), &ReadOptions::default()).unwrap();
        assert_eq!(document.text_of(&document.blocks[0]), "Child poverty¹² fell on the 1st of May.", "{bytes}");
    }
}
