//! The text inside paragraphs.

use super::*;

fn run(inner: &str) -> String {
    format!("<w:r>{inner}</w:r>")
}

fn one(inner: &str) -> String {
    body_texts(&format!("<w:p>{inner}</w:p>")).join(" / ")
}

#[test]
fn separators_and_special_characters() {
    let text = one(&run(
        "<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:noBreakHyphen/><w:t>e</w:t><w:softHyphen/><w:t>f&amp;g&#x2013;h</w:t>",
    ));
    assert_eq!(text, "a b c d-ef&g–h");
}

#[test]
fn symbols_by_font() {
    let text = one(&run(
        r#"<w:t>x </w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:t> 3 </w:t><w:sym w:font="Wingdings" w:char="F0FC"/>"#,
    ));
    assert_eq!(text, "x ≥ 3 ✓");
}

#[test]
fn runs_join_without_gap_and_drawings_do_not_fuse() {
    let text = one(&format!(
        "{}{}{}{}",
        run("<w:t>im</w:t>"),
        run("<w:t>prove</w:t>"),
        run("<w:drawing/>"),
        run("<w:t>health</w:t>")
    ));
    assert_eq!(text, "improve health");
}

#[test]
fn alternative_text_is_left_out() {
    let text = one(&run(r#"<w:t>a</w:t><w:drawing><odd:docPr name="n" descr="A man"/></w:drawing><w:t>b</w:t>"#));
    assert_eq!(text, "a b");
}

#[test]
fn wrappers_are_read_through() {
    let text = one(&format!(
        r#"<w:hyperlink>{}</w:hyperlink><w:smartTag>{}</w:smartTag><w:bookmarkStart w:id="1"/><w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt><w:ins>{}</w:ins>"#,
        run("<w:t>a</w:t>"),
        run("<w:t>b</w:t>"),
        run("<w:t>c</w:t>"),
        run("<w:t>d</w:t>")
    ));
    assert_eq!(text, "abcd");
}

#[test]
fn prompts_of_empty_controls_are_left_out() {
    let text = one(&format!(
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>{}",
        run("<w:t>Click here</w:t>"),
        run("<w:t>b</w:t>")
    ));
    assert_eq!(text, "b");
    let text = one(&format!(
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}{}</w:sdtContent></w:sdt>{}",
        run("<w:rPr><w:rStyle w:val=\"Platzhaltertext\"/></w:rPr><w:t>Title</w:t>"),
        run("<w:t> of the plan</w:t>"),
        run("<w:t>b</w:t>")
    ));
    assert_eq!(text, "b");
    let filled = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>We will fund two advisers.</w:t></w:r></w:sdtContent></w:sdt>";
    assert_eq!(one(filled), "We will fund two advisers.", "the mark was left behind");
}

#[test]
fn fractions_are_not_one_number() {
    let quarter =
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f></m:oMath>";
    assert_eq!(one(quarter), "1/4");
}

#[test]
fn math_is_read_and_ruby_dropped() {
    assert_eq!(one("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), "x=1");
    let ruby =
        "<w:ruby><w:rt><w:r><w:t>top</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>base</w:t></w:r></w:rubyBase></w:ruby>";
    assert_eq!(one(&run(ruby)), "base");
}

#[test]
fn hidden_text_direct_and_by_style() {
    let styles = r#"<w:style w:type="character" w:styleId="Hid"><w:name w:val="Hid"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="HidP"><w:name w:val="HidP"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="HidP"/></w:style>"#;
    let body = format!(
        r#"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>yes</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Hid"/></w:rPr><w:t>no</w:t></w:r></w:p>{}<w:p><w:pPr><w:pStyle w:val="Sub"/></w:pPr><w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t>shown</w:t></w:r></w:p>"#,
        pp(r#"<w:pStyle w:val="Sub"/>"#, "no")
    );
    let document = document(&docx_with(&body, &[("styles", styles)]));
    assert_eq!(texts(&document), ["yes", "shown"]);
}

#[test]
fn what_hangs_on_hidden_text_or_stands_in_a_hidden_row_is_hidden() {
    let hidden = |inner: &str| format!("<w:r><w:rPr><w:vanish/></w:rPr>{inner}</w:r>");
    let boxed = format!("<w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict>", p("Boxed."));
    let note = r#"<w:footnoteReference w:id="2"/>"#;
    let row = tr(&["x", "y"]).replace("<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>");
    let body = format!(
        "<w:p>{}{}{}</w:p><w:tbl>{row}{}</w:tbl>",
        run("<w:t>Seen</w:t>"),
        hidden(&boxed),
        hidden(note),
        tr(&["a", "b"])
    );
    let notes = format!(r#"<w:footnote w:id="2">{}</w:footnote>"#, p("Note"));
    let document = document(&docx_with(&body, &[("footnotes", &notes)]));
    assert_eq!(texts(&document), ["Seen", "a | b"]);
}

#[test]
fn letters_along_a_path_are_read() {
    let art = run(r#"<w:pict><v:shape><v:textpath style="x" string="Start well"/></v:shape></w:pict>"#);
    assert_eq!(one(&format!("{art}{}", run("<w:t>together</w:t>"))), "Start well together");
}

fn field(code: &str, result: &str) -> String {
    format!(
        r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#
    )
}

#[test]
fn field_results_but_no_codes() {
    let inner = field(" PAGE ", &run("<w:t>7</w:t>"));
    let outer = field(" HYPERLINK x ", &format!("{}{inner}", run("<w:t>see </w:t>")));
    assert_eq!(one(&outer), "see 7");
    // A field within the code of another one.
    let nested = format!(
        r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>{}<w:r><w:t>code</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#,
        field("DATE", &run("<w:t>hidden</w:t>")),
        run("<w:t>result</w:t>")
    );
    assert_eq!(one(&nested), "result");
    let simple = format!(r#"<w:fldSimple w:instr="AUTHOR">{}</w:fldSimple>"#, run("<w:t>Ann</w:t>"));
    assert_eq!(one(&simple), "Ann");
}

#[test]
fn a_field_without_end_does_not_hide_the_rest() {
    let open = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>"#;
    let body = format!("{open}{}", p("words").repeat(30));
    assert!(body_texts(&body).len() >= 15);
}

#[test]
fn lines_that_are_a_list_become_items() {
    let body = "<w:p><w:r><w:t>We will:</w:t><w:br/><w:t>• open a hub</w:t><w:br/><w:t>• hire staff</w:t></w:r></w:p>";
    let document = document(&docx(body));
    assert_eq!(texts(&document), ["We will:", "open a hub", "hire staff"]);
    assert_eq!(kinds(&document), ["p", "l0", "l0"]);
}

/// A field of an older form with its properties.
fn form(properties: &str) -> String {
    format!(
        r#"<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Box"/>{properties}</w:ffData></w:fldChar></w:r><w:r><w:instrText> FORM </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
    )
}

#[test]
fn ticked_boxes_show_their_state() {
    let control = |properties: &str| {
        format!(
            r#"<w:sdt xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr>{properties}</w:sdtPr><w:sdtContent><w:r><w:t>?</w:t></w:r><w:r><w:t>?</w:t></w:r></w:sdtContent></w:sdt>"#
        )
    };
    let ticked =
        control(r#"<w14:checkbox><w14:checked w14:val="1"/><w14:checkedState w14:val="2612"/></w14:checkbox>"#);
    let empty = control(r#"<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>"#);
    let body = format!("<w:p>{ticked}<w:r><w:t> Yes </w:t></w:r>{empty}<w:r><w:t> No</w:t></w:r></w:p>");
    assert_eq!(body_texts(&body), ["☑ Yes ☐ No"]);

    let marks = [
        "<w:checkBox><w:default w:val=\"1\"/></w:checkBox>",
        "<w:checkBox><w:default w:val=\"1\"/><w:checked w:val=\"0\"/></w:checkBox>",
        "<w:checkBox><w:checked/></w:checkBox>",
        "<w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"low\"/><w:listEntry w:val=\"high\"/></w:ddList>",
    ];
    let runs: String = marks.iter().map(|m| form(m) + "<w:r><w:t xml:space=\"preserve\"> a </w:t></w:r>").collect();
    assert_eq!(body_texts(&format!("<w:p>{runs}</w:p>")), ["☑ a ☐ a ☑ a high a"]);
}

#[test]
fn a_hidden_paragraph_mark_joins_text_but_not_a_heading() {
    let hidden = |style: &str, text: &str| pp(&format!("{style}<w:rPr><w:vanish/></w:rPr>"), text);
    let shown = pp("<w:rPr><w:vanish w:val=\"0\"/></w:rPr>", "alone");
    let body = format!("{}{}{shown}{}", hidden("", "We "), p("will act."), p("end"));
    assert_eq!(body_texts(&body), ["We will act.", "alone", "end"]);
    let heading = hidden("<w:outlineLvl w:val=\"1\"/>", "Aims.");
    let read = document(&docx(&format!("{heading}{}", p("We will act."))));
    assert_eq!((texts(&read), kinds(&read)), (vec!["Aims.", "We will act."], vec!["h2".into(), "p".into()]));
}

#[test]
fn raised_marks_are_no_part_of_words() {
    let run = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let raised = "<w:vertAlign w:val=\"superscript\"/>";
    let body = [
        format!("<w:p>{}{}{}</w:p>", run("", "Child poverty"), run(raised, "12"), run("", " fell on the 1")),
        format!("<w:p>{}{}{}</w:p>", run("", "On the 1"), run(raised, "st"), run("", " of May crime")),
        format!("<w:p>{}{}{}</w:p>", run("", "Crime"), run("<w:rStyle w:val=\"Mark\"/>", "a"), run("", " rose.")),
        format!("<w:p>{}{}</w:p>", run("", "CO"), run("<w:vertAlign w:val=\"subscript\"/>", "2")),
    ]
    .concat();
    let styles = format!("<w:style w:type=\"character\" w:styleId=\"Mark\"><w:rPr>{raised}</w:rPr></w:style>");
    let read = document(&docx_with(&body, &[("styles", &styles)]));
    let texts: Vec<_> = read.blocks.iter().map(|b| read.text_of(b)).collect();
    assert_eq!(texts, ["Child poverty¹² fell on the 1", "On the 1st of May crime", "Crimeᵃ rose.", "CO2"]);
}
