//! The PDF reader against an independent one.

use goldthread::corpus;
use goldthread::document::Legibility;
use goldthread::input::{self, ReadOptions};
use std::collections::BTreeMap;

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
