//! Foreign text in every form: it does nothing, and a reader still sees what it says.

use crate::forms::{HOSTILE, alone, assert_harmless, bytes, hostile, mail, parts, texts, together, unread};
use crate::sample;
use goldthread::compare::{Side, compare, forms::Form};
use goldthread::report::{DocumentReport, Medium, Report, words::clean};
use goldthread::review::{ReviewFile, What, read, write};

/// The text of a form, of all parts of a package; colours of the program's own left out.
fn whole(form: &str, report: &Report) -> String {
    let bytes = bytes(form, report);
    match form {
        "docx" | "xlsx" => {
            let parts = parts(&bytes).into_iter().filter(|(name, _)| !name.ends_with(".bin"));
            parts.map(|(_, part)| String::from_utf8(part).unwrap()).collect()
        }
        "terminal" => anstream::adapter::strip_str(&String::from_utf8(bytes).unwrap()).to_string(),
        _ => String::from_utf8(bytes).unwrap(),
    }
}

/// What a reader sees of a form; blanks that lay it out count as one.
fn seen(form: &str, report: &Report) -> String {
    let bytes = bytes(form, report);
    let part = |name: &str, tag: &str| {
        let all = parts(&bytes).into_iter().filter(|(n, _)| n.starts_with(name));
        all.flat_map(|(_, xml)| texts(&String::from_utf8(xml).unwrap(), tag)).collect::<Vec<_>>().join(" ")
    };
    let text = match form {
        "docx" => part("word/document.xml", "w:t"),
        "xlsx" => part("xl/worksheets/", "t"),
        "html" => {
            whole(form, report).replace("&#60;", "<").replace("&#62;", ">").replace("&#39;", "'").replace("&#38;", "&")
        }
        "md" => whole(form, report).replace('\\', ""),
        _ => whole(form, report),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const FORMS: [&str; 7] = ["terminal", "html", "docx", "xlsx", "csv", "md", "json"];

/// Looks at every form, and names all that are at fault.
fn every_form(look: impl Fn(&str) + std::panic::RefUnwindSafe) {
    let faulty: Vec<&str> = FORMS.into_iter().filter(|form| std::panic::catch_unwind(|| look(form)).is_err()).collect();
    assert!(faulty.is_empty(), "{faulty:?}");
}

#[test]
fn no_form_holds_signs_that_nobody_sees() {
    every_form(|form| {
        for report in [hostile(), sample::reviewed(sample::many()), sample::one()] {
            assert_harmless(form, &whole(form, &report));
        }
    });
}

#[test]
fn every_form_shows_what_foreign_text_says() {
    let said = ["=cmd|'/c calc'!A1", "<script>alert(1)</script>"];
    every_form(|form| {
        let seen = seen(form, &hostile());
        // A terminal names documents and wraps what is long.
        let enough = said.iter().filter(|s| seen.contains(**s)).count();
        assert!(enough == said.len() || (form == "terminal" && enough > 0), "{form}: {seen}");
    });
}

/// Fails where foreign text would be taken for markup or a formula.
fn assert_runs_nothing(form: &str, report: &Report) {
    let text = whole(form, report);
    let markup = ["<script", "<f>", "<!-- a"].into_iter().find(|m| text.contains(m));
    assert!(!["html", "docx", "xlsx"].contains(&form) || markup.is_none(), "{form}: {markup:?}");
    let formula = text.lines().find(|line| line.starts_with(['=', '@', '+']));
    assert!(form != "csv" || formula.is_none(), "{form}: {formula:?}");
    if form == "md" {
        mail(&text);
    }
}

#[test]
fn no_form_runs_foreign_text() {
    every_form(|form| assert_runs_nothing(form, &hostile()));
}

#[test]
fn each_text_is_harmless_in_every_place() {
    for text in HOSTILE {
        let told = together(text).head.portfolio.unwrap();
        assert!(told.counted == 2 && !told.common.is_empty() && !told.copies().is_empty(), "{told:?}");
        for report in [alone(text), together(text), unread(text)] {
            every_form(|form| {
                assert_harmless(form, &whole(form, &report));
                assert_runs_nothing(form, &report);
            });
        }
    }
}

/// A text of XML or HTML as it is shown.
fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).unwrap().into_owned()
}

#[test]
fn one_document_alone_is_named_as_it_is() {
    for text in HOSTILE {
        let (report, name) = (alone(text), clean(text));
        let page = whole("html", &report);
        let title = page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert_eq!(unescaped(title), format!("Golden thread report: {name}"));
        let parts = parts(&bytes("docx", &report));
        let part = |name: &str| String::from_utf8(parts[name].clone()).unwrap();
        assert_eq!(texts(&part("docProps/core.xml"), "dc:title"), [format!("Golden thread: {name}")]);
        let body = part("word/document.xml");
        let captions = body.split("<w:tblCaption w:val=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        assert!(captions.map(unescaped).any(|caption| caption.contains(&name)), "{name}");
        assert!(mail(&whole("md", &report)).contains(&name), "{name}");
        assert!(seen("xlsx", &report).contains(&name.replace("_x", "_x005F_x")), "{name}");
    }
}

/// A sample with a word of 10,000 letters in every place that a document can fill.
fn long() -> Report {
    let word = "y".repeat(10_000);
    let mut report = sample::many();
    report.head.skipped.iter_mut().for_each(|skipped| skipped.path = format!("{word}.png"));
    for plan in report.head.portfolio.iter_mut().flat_map(|p| &mut p.plans) {
        plan.path = format!("{word}.pdf");
        plan.title = Some(word.clone());
    }
    for document in &mut report.documents {
        document.path = format!("{word}.pdf");
        document.title = Some(word.clone());
        for facet in document.criteria.iter_mut().flat_map(|c| &mut c.facets) {
            let evidence = facet.evidence.iter_mut().map(|e| &mut e.cited);
            for cited in evidence.chain(facet.nearest.iter_mut().map(|n| &mut n.cited)) {
                cited.quote = format!("{word} {}", cited.quote);
                cited.headings = vec![word.clone()];
                cited.marks.clear();
            }
        }
    }
    report
}

#[test]
fn words_of_ten_thousand_letters_are_shown_and_break_nothing() {
    let medium = Medium { width: 80 };
    every_form(|form| {
        // A terminal breaks it where a column ends.
        let seen = seen(form, &long());
        assert!(seen.contains(&"y".repeat(10)), "{form}: {}", seen.chars().take(2000).collect::<String>());
        let width = Medium::default().width;
        let text = whole(form, &long());
        let broad = text.lines().find(|line| form == "terminal" && textwrap::core::display_width(line) > width);
        assert!(broad.is_none(), "{form}: {broad:?}");
    });
    for (name, part) in parts(&bytes("xlsx", &long())) {
        let cells = if name.contains("/sheet") { texts(&String::from_utf8(part).unwrap(), "t") } else { Vec::new() };
        assert!(cells.iter().all(|cell| cell.encode_utf16().count() <= 32_767), "{name}");
    }
    for form in [Form::Terminal, Form::Html, Form::Json] {
        let text = compared(form, long(), sample::many());
        assert!(text.contains(&"y".repeat(20)), "{form:?}");
        let broad = |line: &&str| form == Form::Terminal && textwrap::core::display_width(line) > medium.width;
        assert!(!text.lines().any(|line| broad(&line)), "{form:?}: {text}");
    }
    let review = write(&long(), What { evidence: true }, &ReviewFile::default());
    assert!(read("review.toml", &review).is_ok() && review.contains(&"y".repeat(20)));
}

fn nothing(_: &DocumentReport) -> Option<Vec<goldthread::compare::Text>> {
    None
}

/// The first documents of two reports compared.
fn compared(form: Form, mut old: Report, mut new: Report) -> String {
    old.documents.truncate(1);
    new.documents.truncate(1);
    comparison(form, [HOSTILE[1], HOSTILE[2]], [&old, &new])
}

/// Two reports compared.
fn comparison(form: Form, given: [&str; 2], [old, new]: [&Report; 2]) -> String {
    let side = |given, report| Side { given, report, reread: &nothing };
    let found = compare(&side(given[0], old), &side(given[1], new));
    let text = String::from_utf8(form.bytes(&found, &Medium { width: 80 }).unwrap()).unwrap();
    if form == Form::Terminal { anstream::adapter::strip_str(&text).to_string() } else { text }
}

#[test]
fn each_text_is_harmless_in_every_place_of_a_comparison() {
    for text in HOSTILE {
        let (one, many) = ([sample::one(), alone(text)], [sample::many(), together(text)]);
        for [own, hostile] in [&one, &many] {
            for sides in [[own, hostile], [hostile, own], [hostile, hostile]] {
                for form in [Form::Terminal, Form::Html, Form::Json] {
                    let written = comparison(form, [text, text], sides);
                    assert_harmless(&format!("{form:?}"), &written);
                    let markup = ["<script", "<!-- a"].into_iter().find(|m| written.contains(m));
                    assert!(form != Form::Html || markup.is_none(), "{markup:?}");
                }
            }
        }
    }
}

#[test]
fn comparisons_are_harmless_and_readable() {
    for form in [Form::Terminal, Form::Html, Form::Json] {
        let text = compared(form, hostile(), sample::many());
        assert_harmless(&format!("{form:?}"), &text);
        let said = ["=cmd|", "alert(1)"].into_iter().filter(|s| text.contains(s)).count();
        assert!(said == 2 || (form == Form::Terminal && said > 0), "{form:?}: {text}");
        assert!(form != Form::Html || !text.contains("<script"), "{form:?}");
    }
}

#[test]
fn json_loses_nothing_of_what_it_does_not_show() {
    for report in [hostile(), sample::one()] {
        let back: Report = serde_json::from_slice(&bytes("json", &report)).unwrap();
        assert_eq!(back, report);
    }
    let text = whole("json", &hostile());
    assert!(text.contains("\\u202e") && text.contains("\\u001b") && text.contains("\\u007f"));
}

#[test]
fn reviews_are_harmless_and_readable() {
    let text = write(&hostile(), What { evidence: true }, &ReviewFile::default());
    assert_harmless("review", &text);
    let back = read("review.toml", &text).unwrap();
    let paths: Vec<&String> = back.documents.iter().map(|d| &d.path).collect();
    assert!(hostile().documents.iter().filter(|d| !d.criteria.is_empty()).any(|d| paths.contains(&&d.path)));
    assert!(text.contains("alert(1)") && text.contains("=cmd|"));
    for hostile in HOSTILE {
        let text = write(&alone(hostile), What { evidence: true }, &ReviewFile::default());
        assert_harmless("review", &text);
        assert_eq!(read("review.toml", &text).unwrap().documents[0].path, hostile);
    }
}
