//! Tables.

use super::*;

fn table(rows: &str) -> String {
    format!("<w:tbl><w:tblPr/>{rows}</w:tbl>")
}

fn cell(properties: &str, inner: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>")
}

#[test]
fn rows_with_cells_and_header() {
    let look = r#"<w:tbl><w:tblPr><w:tblLook w:firstRow="1"/></w:tblPr>"#;
    let body = format!(
        "{look}{}{}</w:tbl>{}",
        tr(&["Who", "When"]),
        tr(&["Board", ""]),
        table(&format!("{}{}", tr(&["a", "b"]), tr(&["c", "d"])))
    );
    let document = document(&docx(&body));
    assert_eq!(texts(&document), ["Who | When", "Board | ", "a | b", "c | d"]);
    assert_eq!(kinds(&document), ["head", "row", "row", "row"]);
    let BlockKind::TableRow { table, cells, .. } = &document.blocks[2].kind else { panic!("a row") };
    assert_eq!((*table, cells.len()), (1, 2));
}

#[test]
fn headers_by_repetition_bits_and_bold() {
    let repeated = "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc></w:tr>";
    let rows = tr(&["x", "y"]);
    assert_eq!(kinds(&document(&docx(&table(&format!("{repeated}{rows}"))))), ["head", "row"]);
    let bits = format!(r#"<w:tbl><w:tblPr><w:tblLook w:val="04A0"/></w:tblPr>{}{rows}</w:tbl>"#, tr(&["A", "B"]));
    assert_eq!(kinds(&document(&docx(&bits))), ["head", "row"]);
    let bold = tr(&["A", "B"]).replace("<w:r>", "<w:r><w:rPr><w:b/></w:rPr>");
    assert_eq!(kinds(&document(&docx(&table(&format!("{bold}{rows}"))))), ["head", "row"]);
    let sentence = format!(
        r#"<w:tbl><w:tblPr><w:tblLook w:firstRow="1"/></w:tblPr>{}{rows}</w:tbl>"#,
        tr(&["Aim 1", "The Board will fund a hub by May."])
    );
    assert_eq!(kinds(&document(&docx(&sentence))), ["row", "row"]);
}

#[test]
fn merged_cells_repeat_downwards() {
    let rows = [
        format!("<w:tr>{}{}</w:tr>", cell(r#"<w:vMerge w:val="restart"/>"#, &p("Aim 1")), cell("", &p("Hub"))),
        format!("<w:tr>{}{}</w:tr>", cell("<w:vMerge/>", "<w:p/>"), cell("", &p("Van"))),
        format!("<w:tr>{}{}</w:tr>", cell("", &p("Aim 2")), cell("", &p("Bus"))),
        format!("<w:tr>{}</w:tr>", cell(r#"<w:gridSpan w:val="2"/>"#, &p("All"))),
    ];
    let document = document(&docx(&table(&rows.concat())));
    assert_eq!(texts(&document), ["Aim 1 | Hub", "Aim 1 | Van", "Aim 2 | Bus", "All"]);
    // What a reader of the file sees there is told.
    let shown: Vec<_> = document.blocks.iter().map(|b| document.shown_of(b)).collect();
    assert_eq!(shown, ["Aim 1 | Hub", " | Van", "Aim 2 | Bus", "All"]);
}

#[test]
fn a_span_keeps_the_columns_behind_it() {
    let rows = format!(
        "{}<w:tr>{}{}</w:tr>",
        tr(&["a", "b", "c"]),
        cell(r#"<w:gridSpan w:val="2"/>"#, &p("Total")),
        cell("", &p("5"))
    );
    assert_eq!(body_texts(&table(&rows))[1], "Total |  | 5");
}

#[test]
fn a_name_over_two_columns_names_both() {
    let wide = cell(r#"<w:gridSpan w:val="2"/>"#, &p("Who leads"));
    let head = format!("<w:tr><w:trPr><w:tblHeader/></w:trPr>{}{wide}</w:tr>", cell("", &p("Action")));
    let document = document(&docx(&table(&format!("{head}{}", tr(&["Open", "Board", "Jo"])))));
    assert_eq!(texts(&document), ["Action | Who leads | Who leads", "Open | Board | Jo"]);
    assert_eq!(document.shown_of(&document.blocks[0]), "Action | Who leads | ");
}

#[test]
fn paragraphs_and_bullets_of_a_cell() {
    let bullet = |text: &str| pp(r#"<w:numPr><w:numId w:val="1"/></w:numPr>"#, text);
    let inner = format!("{}{}{}{}", p("We will"), bullet("open"), bullet("hire."), p("Then rest"));
    let rows = format!("<w:tr>{}{}</w:tr>{}", cell("", &inner), cell("", &p("x")), tr(&["y", "z"]));
    assert_eq!(body_texts(&table(&rows))[0], "We will; open; hire. Then rest | x");
}

#[test]
fn a_table_of_one_cell_is_no_row() {
    let inner = format!("{}{}", pp(r#"<w:outlineLvl w:val="0"/>"#, "Aims"), p("We act."));
    let document = document(&docx(&table(&format!("<w:tr>{}</w:tr>", cell("", &inner)))));
    assert_eq!(kinds(&document), ["h1", "p"]);
}

#[test]
fn nested_tables() {
    let inner = table(&format!("{}{}", tr(&["a", "b"]), tr(&["c", "d"])));
    let rows = format!(
        "<w:tr>{}{}</w:tr>{}",
        cell("", &format!("{}{inner}<w:p/>", p("Outer"))),
        cell("", &p("x")),
        tr(&["y", "z"])
    );
    let document = document(&docx(&table(&rows)));
    assert_eq!(texts(&document), ["Outer | x", "a | b", "c | d", "y | z"]);
    let narrow = table(&format!("{}{}", tr(&["one"]), tr(&["two"])));
    let rows = format!(
        "<w:tr>{}{}</w:tr>{}",
        cell("", &format!("{}{narrow}<w:p/>", p("Outer"))),
        cell("", &p("x")),
        tr(&["y", "z"])
    );
    assert_eq!(body_texts(&table(&rows))[0], "Outer one two | x");
}

#[test]
fn a_row_over_two_pages_counts_one_break() {
    let broken = "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:lastRenderedPageBreak/><w:t>b</w:t></w:r></w:p>";
    let rows = format!("<w:tr>{}{}</w:tr>{}", cell("", broken), cell("", broken), tr(&["y", "z"]));
    let document = document(&docx(&table(&rows)));
    let pages: Vec<_> = document.blocks.iter().filter_map(|b| b.locator.page).collect();
    assert_eq!(pages, [1, 2]);
}
