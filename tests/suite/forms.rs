//! Forms for offices: tables, mails, Word. Made from a report full of hostile text.

use crate::sample;
use goldthread::report::{self, DocumentReport, Medium, Portfolio, Report};

/// What foreign text may try, one after another.
pub const HOSTILE: [&str; 8] = [
    "=cmd|'/c calc'!A1",
    "]]></w:t><script>alert(1)</script>",
    "\u{202e}txet \u{2066}right\u{200f} to left",
    "\u{1b}[31mred\u{1b}[0m \u{1b}]0;title\u{7}",
    "\u{0}\u{b}\u{ffff} lone \u{1f}controls\u{7f}",
    "@SUM(1) | a \"quoted\" cell, with\r\nlines",
    "![x](javascript:alert(1)) &lt;b&gt; _x000D_ *a*",
    "{{7*7}} ${x} %n <!-- a comment -- >",
];

/// The sample with hostile text in every place that a document, a path or a pack's title can fill.
pub fn hostile() -> Report {
    let mut next = HOSTILE.iter().cycle().map(|h| format!("{h} or so"));
    filled(sample::many(), || next.next().unwrap())
}

/// One document under an officer's review, with one text in every place that it, a path, a pack's title or the
/// officer can fill.
pub fn alone(text: &str) -> Report {
    let mut report = sample::reviewed(filled(sample::one(), || text.to_owned()));
    let file = report.head.review.as_mut().unwrap();
    file.absent[0].path = text.to_owned();
    let review = report.documents[0].review.as_mut().unwrap();
    for place in [&mut file.path, &mut review.file, &mut review.judged] {
        *place = text.to_owned();
    }
    for point in &mut review.points {
        (point.reason, point.name) = (text.to_owned(), text.to_owned());
    }
    report
}

/// Many documents with one text in every place. Two hold the same passages, and one of them is there twice, so that what
/// is told of all plans together is there too.
pub fn together(text: &str) -> Report {
    let mut report = sample::many();
    let other = DocumentReport { sha256: Some("cd".repeat(32)), ..report.documents[0].clone() };
    report.documents.extend([other.clone(), other]);
    let long = format!("{text} and the partners will pay for advice on debt in all of the surgeries of the county");
    let mut report = filled(report, || long.clone());
    for (document, n) in report.documents.iter_mut().zip(1..) {
        (document.path, document.title) = (format!("{n} {text}"), Some(text.to_owned()));
    }
    report.head.portfolio = Some(Portfolio::of(&report).unwrap());
    report
}

/// One document that could not be read, with one text in every place.
pub fn unread(text: &str) -> Report {
    let broken = sample::many().documents.split_off(2);
    filled(Report { documents: broken, ..sample::one() }, || text.to_owned())
}

/// A report with other text in every place that a document, a path or a pack's title can fill.
fn filled(mut report: Report, mut take: impl FnMut() -> String) -> Report {
    for document in &mut report.documents {
        document.path = take();
        document.title = Some(take());
        document.error = document.error.as_ref().map(|_| take());
        document.warnings.iter_mut().for_each(|w| w.message = take());
        for facet in document.criteria.iter_mut().flat_map(|c| &mut c.facets) {
            let evidence = facet.evidence.iter_mut().map(|e| &mut e.cited);
            for cited in evidence.chain(facet.nearest.iter_mut().map(|n| &mut n.cited)) {
                cited.quote = format!("{} {}", take(), cited.quote);
                cited.headings = vec![take(), take()];
                cited.columns.iter_mut().for_each(|column| *column = take());
                cited.page_label = Some(take());
                cited.lead_in = Some(take());
            }
            facet.nearest.iter_mut().for_each(|n| n.why = take());
        }
    }
    for skipped in &mut report.head.skipped {
        (skipped.path, skipped.why) = (take(), take());
    }
    report.head.packs.iter_mut().for_each(|pack| pack.title = take());
    report.head.portfolio = report.head.portfolio.is_some().then(|| Portfolio::of(&report).unwrap());
    report
}

pub fn bytes(form: &str, report: &Report) -> Vec<u8> {
    report::reporter(form).unwrap().bytes(report, &Medium::default()).unwrap()
}

fn text(form: &str, report: &Report) -> String {
    String::from_utf8(bytes(form, report)).unwrap()
}

/// Long words cut.
pub fn readable(text: &str) -> String {
    text.replace(&"x".repeat(200), "x…x").replace("\r\n", "\n")
}

/// Fails where a text holds what no reader shows but every reader obeys.
pub fn assert_harmless(form: &str, text: &str) {
    let bad = |c: char| {
        (c.is_control() && c != '\n' && c != '\r')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{ffff}')
    };
    assert_eq!(text.chars().find(|c| bad(*c)), None, "{form}");
}

#[test]
fn md_of_one_document() {
    insta::assert_snapshot!(readable(&text("md", &sample::one())));
}

#[test]
fn md_of_many_documents() {
    insta::assert_snapshot!(readable(&text("md", &sample::many())));
}

#[test]
fn md_with_a_review() {
    insta::assert_snapshot!(readable(&text("md", &sample::reviewed(sample::one()))));
}

/// What a form shows to a reader, in one piece.
fn shown(form: &str, report: &Report) -> String {
    match form {
        "docx" => texts(&paper(report)["word/document.xml"], "w:t").join(" ").replace("  ", " "),
        "xlsx" => sheets(report).iter().flat_map(|s| texts(s, "t")).collect::<Vec<_>>().join("\n"),
        _ => text(form, report),
    }
}

#[test]
fn every_form_shows_an_officers_word_beside_the_programs() {
    for form in ["docx", "xlsx", "csv", "md"] {
        for report in [sample::one(), sample::many()] {
            let (without, with) = (shown(form, &report), shown(form, &sample::reviewed(report.clone())));
            assert_harmless(form, &with);
            for machines in ["partial to evident", "missing", "to check", "present"] {
                assert!(!without.contains(machines) || with.contains(machines), "{form} hides {machines}");
            }
            let short = form == "md" && report.documents.len() > 1;
            let reason = if short { "P1: Poverty acted upon (officer: present)" } else { "I asked the team." };
            for officers in ["officer", "evident", reason] {
                assert!(with.contains(officers), "{form}: {officers}");
            }
            let absent = if form == "md" { "plans/z\\|z.pdf (2 judgements)" } else { "plans/z|z.pdf (2 judgements)" };
            assert!(form == "csv" || with.contains(absent), "{form}: documents that are not here");
            assert!(form == "csv" || !without.contains("fficer"), "{form}: an officer without a review");
        }
    }
}

/// Excel takes a sheet with a row twice for a damaged one.
#[test]
fn rows_of_a_sheet_come_once_and_in_order() {
    for report in [sample::one(), sample::many()] {
        for (name, part) in parts(&bytes("xlsx", &report)).iter().filter(|(name, _)| name.contains("/sheet")) {
            let xml = String::from_utf8(part.clone()).unwrap();
            let numbers = xml.split("<row r=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse().unwrap());
            let numbers: Vec<u32> = numbers.collect();
            assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{name}: {numbers:?}");
        }
    }
}

#[test]
fn every_form_shows_what_is_words_only() {
    for form in ["docx", "xlsx", "md", "csv"] {
        for report in [sample::one(), sample::many()] {
            let shown = shown(form, &report);
            let short = form == "md" && report.documents.len() > 1;
            assert!(shown.contains(if short { "routine, words only" } else { "only in a heading" }), "{form}");
            let foreword = if form == "xlsx" || form == "csv" { "only in the foreword (page 2)" } else { "" };
            assert!(shown.contains(foreword), "{form}");
        }
    }
}

#[test]
fn the_table_says_what_was_read_by_text_recognition() {
    let mut report = sample::one();
    report.documents[0].criteria[0].facets[0].evidence[0].cited.recognised = true;
    let csv = text("csv", &report);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let at = |name: &str| report::csv::HEADER.iter().position(|h| *h == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let recognised: Vec<&str> = rows.iter().map(|r| &r[at("recognised")]).collect();
    assert_eq!(recognised, ["yes", "no", "no", "no", "", "no"]);
}

#[test]
fn csv_with_a_review() {
    insta::assert_snapshot!(readable(&text("csv", &sample::reviewed(sample::one()))));
}

#[test]
fn csv_of_many_documents() {
    insta::assert_snapshot!(readable(&text("csv", &sample::many())));
}

/// What a reader sees of a mail; fails where it holds markup or a link.
pub fn mail(md: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let mut shown = String::new();
    for event in Parser::new_ext(md, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Html(t) | Event::InlineHtml(t) => panic!("markup: {t}"),
            Event::Start(t @ (Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_))) => panic!("{t:?}"),
            Event::Text(t) => shown.push_str(&t),
            _ => {}
        }
    }
    shown
}

#[test]
fn hostile_text_is_harmless_in_md() {
    let md = text("md", &hostile());
    assert_harmless("md", &md);
    let shown = mail(&md);
    for readable in ["=cmd|'/c calc'!A1", "<script>alert(1)</script>", "![x](javascript:alert(1)) &lt;b&gt;"] {
        assert!(shown.contains(readable), "{readable}");
    }
}

#[test]
fn hostile_text_is_harmless_in_csv() {
    let csv = text("csv", &hostile());
    assert_harmless("csv", &csv);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(reader.headers().unwrap(), &report::csv::HEADER.to_vec());
    let mut rows = 0;
    for row in reader.records() {
        let row = row.unwrap();
        assert_eq!(row.len(), report::csv::HEADER.len());
        for cell in &row {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{cell}");
        }
        rows += 1;
    }
    assert_eq!(rows, 8);
    assert!(csv.contains("'=cmd|'/c calc'!A1"));
}

/// The parts of a package, by name.
pub fn parts(package: &[u8]) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(package)).unwrap();
    (0..archive.len())
        .map(|i| {
            let mut file = archive.by_index(i).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// The texts of a part's elements of a name, with references resolved; fails where it is no XML.
pub fn texts(xml: &str, wanted: &str) -> Vec<String> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut out, mut inside) = (Vec::<String>::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) if e.name().as_ref() == wanted => {
                inside = true;
                out.push(String::new());
            }
            Event::End(e) if e.name().as_ref() == wanted => inside = false,
            Event::Text(t) if inside => out.last_mut().unwrap().push_str(&t),
            Event::GeneralRef(r) if inside => {
                let text = quick_xml::escape::unescape(&format!("&{};", &*r)).unwrap().into_owned();
                out.last_mut().unwrap().push_str(&text);
            }
            Event::Eof => return out,
            _ => {}
        }
    }
}

fn sheets(report: &Report) -> Vec<String> {
    let parts = parts(&bytes("xlsx", report));
    (1..=if report.documents.len() > 1 { 8 } else { 6 })
        .map(|n| String::from_utf8(parts[&format!("xl/worksheets/sheet{n}.xml")].clone()).unwrap())
        .collect()
}

#[test]
fn xlsx_of_many_documents() {
    let sheets = sheets(&sample::many());
    let lines = sheets.join("\n").replace("</row>", "</row>\n").replace("</cols>", "</cols>\n");
    insta::assert_snapshot!(readable(&lines));
}

#[test]
fn every_sheet_prints_one_page_wide_with_its_head_on_every_page() {
    for report in [sample::one(), sample::many(), sample::reviewed(sample::many())] {
        let sheets = sheets(&report);
        for sheet in &sheets {
            assert!(sheet.contains("<pageSetUpPr fitToPage=\"1\"/>") && sheet.contains("fitToHeight=\"0\""));
            assert!(
                sheet.contains("orientation=\"landscape\"") && !sheet.contains("fitToWidth"),
                "one page is the default"
            );
        }
        let book = String::from_utf8(parts(&bytes("xlsx", &report))["xl/workbook.xml"].clone()).unwrap();
        for name in ["_xlnm.Print_Area", "_xlnm.Print_Titles"] {
            assert_eq!(book.matches(name).count(), sheets.len(), "{name}");
        }
    }
}

#[test]
fn xlsx_is_the_same_every_time() {
    assert!(bytes("xlsx", &sample::many()) == bytes("xlsx", &sample::many()));
}

/// Mail programs and search folders show them without opening the file.
#[test]
fn properties_of_a_workbook_hold_the_programs_own_words_alone() {
    let properties = |report: &Report| {
        let parts = parts(&bytes("xlsx", report));
        ["docProps/core.xml", "docProps/app.xml"].map(|name| String::from_utf8(parts[name].clone()).unwrap())
    };
    let [core, app] = properties(&sample::many());
    assert_eq!(texts(&core, "dc:title"), ["Golden thread: results"]);
    assert_eq!(texts(&core, "dcterms:created"), texts(&core, "dcterms:modified"), "a date that is always the same");
    assert!(texts(&app, "vt:lpstr").contains(&"Evidence".to_owned()), "{app}");
    for text in HOSTILE {
        assert_eq!(properties(&together(text)), [core.as_str(), app.as_str()]);
    }
}

#[test]
fn hostile_text_is_harmless_in_xlsx() {
    for sheet in sheets(&hostile()) {
        assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink"), "a formula or a link");
        assert_harmless("xlsx", &sheet);
        assert!(sheet.contains("<autoFilter") && sheet.contains("state=\"frozen\""));
        for text in texts(&sheet, "t") {
            assert!(text.encode_utf16().count() <= 32_767);
        }
    }
    let all = sheets(&hostile()).iter().flat_map(|s| texts(s, "t")).collect::<Vec<_>>().join("\n");
    for readable in ["=cmd|'/c calc'!A1", "]]></w:t><script>alert(1)</script>", "&lt;b&gt;", "_x005F_x000D_"] {
        assert!(all.contains(readable), "{readable}");
    }
}

fn paper(report: &Report) -> std::collections::BTreeMap<String, String> {
    let parts = parts(&bytes("docx", report)).into_iter();
    parts.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

fn body(report: &Report) -> String {
    paper(report)["word/document.xml"].replace("</w:p>", "</w:p>\n")
}

#[test]
fn docx_of_one_document() {
    insta::assert_snapshot!(readable(&body(&sample::one())));
}

#[test]
fn docx_of_many_documents() {
    insta::assert_snapshot!(readable(&body(&sample::many())));
}

#[test]
fn docx_is_the_same_every_time() {
    assert!(bytes("docx", &sample::many()) == bytes("docx", &sample::many()));
}

#[test]
fn docx_is_a_paper_that_anyone_can_use() {
    for report in [sample::one(), sample::many(), hostile()] {
        let parts = paper(&report);
        let (body, styles) = (&parts["word/document.xml"], &parts["word/styles.xml"]);
        assert_eq!(body.matches("<w:tbl>").count(), body.matches("<w:tblHeader/>").count(), "repeated heads");
        assert!(styles.contains("<w:lang w:val=\"en-GB\""), "a language");
        for style in ["heading 1", "heading 2", "heading 3", "Title"] {
            assert!(styles.contains(&format!("<w:name w:val=\"{style}\"/>")), "{style}");
        }
        assert!(parts["word/footer1.xml"].contains("PAGE"), "page numbers");
        assert!(parts["docProps/core.xml"].contains("<dc:title>Golden thread"), "a title");
        assert!(!body.contains("paraId") && !body.contains("trHeight"));
        assert!(!body.contains("<w:drawing"), "a drawing would need a text alternative");
        let levels = body.split("<w:pStyle w:val=\"Heading").skip(1).map(|s| s.as_bytes()[0] - b'0');
        levels.fold(0, |before, level| {
            assert!(level <= before + 1, "heading {level} after {before}");
            level
        });
    }
}

#[test]
fn hostile_text_is_harmless_in_docx() {
    let parts = paper(&hostile());
    for (name, xml) in &parts {
        assert_harmless(name, xml);
        let _ = texts(xml, "w:t");
    }
    let shown = texts(&parts["word/document.xml"], "w:t").join("\n");
    for readable in ["=cmd|'/c calc'!A1", "]]></w:t><script>alert(1)</script>", "&lt;b&gt;", "<!-- a comment -- >"] {
        assert!(shown.contains(readable), "{readable}");
    }
    assert!(parts.keys().all(|name| !name.contains("vba") && !name.contains("media")));
}
