//! Tracked changes.

use super::*;

const RUNS: &str = r#"<w:p><w:r><w:t>We </w:t></w:r><w:del w:id="1"><w:r><w:delText>may </w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>will </w:t></w:r></w:ins><w:r><w:t>act.</w:t></w:r></w:p>"#;

#[test]
fn insertions_and_deletions() {
    let bytes = docx(RUNS);
    assert_eq!(texts(&document(&bytes)), ["We will act."]);
    assert_eq!(texts(&original(&bytes)), ["We may act."]);
}

#[test]
fn an_insertion_that_was_deleted_again_is_nowhere() {
    let body = "<w:p><w:r><w:t>a</w:t></w:r><w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:ins></w:p>";
    let bytes = docx(body);
    assert_eq!(texts(&document(&bytes)), ["a"]);
    assert_eq!(texts(&original(&bytes)), ["a"]);
}

#[test]
fn moves() {
    let body = "<w:p><w:moveFrom><w:r><w:t>first </w:t></w:r></w:moveFrom><w:r><w:t>middle</w:t></w:r><w:moveTo><w:r><w:t> last</w:t></w:r></w:moveTo></w:p>";
    let bytes = docx(body);
    assert_eq!(texts(&document(&bytes)), ["middle last"]);
    assert_eq!(texts(&original(&bytes)), ["first middle"]);
}

#[test]
fn a_deleted_paragraph_mark_joins() {
    let body = format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>We will </w:t></w:r></w:p>{}", p("act."));
    let bytes = docx(&body);
    assert_eq!(texts(&document(&bytes)), ["We will act."]);
    assert_eq!(texts(&original(&bytes)), ["We will", "act."]);
    let inserted = docx(&body.replace("w:del", "w:ins"));
    assert_eq!(texts(&original(&inserted)), ["We will act."]);
}

#[test]
fn deleted_rows_and_cells_vanish() {
    let gone = tr(&["x", "y"]).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>");
    let new = tr(&["new", "row"]).replace("<w:tr>", "<w:tr><w:trPr><w:ins/></w:trPr>");
    let bytes = docx(&format!("<w:tbl>{}{gone}{new}</w:tbl>", tr(&["a", "b"])));
    assert_eq!(texts(&document(&bytes)), ["a | b", "new | row"]);
    assert_eq!(texts(&original(&bytes)), ["a | b", "x | y"]);
}

#[test]
fn former_properties_do_not_count() {
    let body = pp(r#"<w:pPrChange><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:pPrChange>"#, "Text");
    assert_eq!(kinds(&document(&docx(&body))), ["p"]);
    assert_eq!(kinds(&original(&docx(&body))), ["h1"]);
}

#[test]
fn notes_referred_to_in_deleted_text_are_gone() {
    let body = r#"<w:p><w:r><w:t>a</w:t></w:r><w:del><w:r><w:footnoteReference w:id="2"/></w:r></w:del></w:p>"#;
    let notes = format!(r#"<w:footnote w:id="2">{}</w:footnote>"#, p("Note"));
    let bytes = docx_with(body, &[("footnotes", &notes)]);
    assert_eq!(texts(&document(&bytes)), ["a"]);
    assert_eq!(texts(&original(&bytes)), ["a", "Note"]);
}
