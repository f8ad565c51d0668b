//! Reports in every form, made from a report with hostile text.

use crate::sample;
use goldthread::input::{self, InputError, ReadOptions};
use goldthread::report::{self, DocumentReport, Head, Medium, Report, ReportError, Source, Visit};
use std::collections::BTreeSet;
use std::path::Path;

fn write(form: &str, report: &Report, width: usize) -> String {
    let bytes = report::reporter(form).unwrap().bytes(report, &Medium { width }).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn pages() -> [String; 2] {
    [write("html", &sample::one(), 100), write("html", &sample::many(), 100)]
}

/// The page without its style, and with long words cut.
fn readable(html: &str) -> String {
    let (head, rest) = html.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    let long = "x".repeat(200);
    let lines = rest.lines().map(str::trim_end).filter(|line| !line.is_empty());
    format!("{head}<style></style>\n{}\n", lines.collect::<Vec<_>>().join("\n")).replace(&long, "x…x")
}

#[test]
fn page_of_one_document() {
    insta::assert_snapshot!(readable(&pages()[0]));
}

#[test]
fn page_of_many_documents() {
    insta::assert_snapshot!(readable(&pages()[1]));
}

#[test]
fn terminal_of_one_document() {
    insta::assert_snapshot!(plain(&write("terminal", &sample::one(), 80)));
}

#[test]
fn terminal_of_many_documents() {
    insta::assert_snapshot!(plain(&write("terminal", &sample::many(), 80)));
}

/// The tags of a page: name, attributes, and whether it closes.
fn tags(html: &str) -> Vec<(String, String, bool)> {
    let body = html.split("<style>").next().unwrap().to_owned() + html.split("</style>").nth(1).unwrap();
    let inner = body.split('<').skip(1).map(|t| t.split_once('>').unwrap().0.to_owned());
    inner
        .filter(|t| !t.starts_with('!'))
        .map(|t| {
            let closes = t.starts_with('/');
            let t = t.trim_start_matches('/');
            let (name, attributes) = t.split_once(' ').unwrap_or((t, ""));
            (name.to_owned(), attributes.to_owned(), closes)
        })
        .collect()
}

#[test]
fn tags_nest() {
    const BLOCKS: [&str; 14] =
        ["p", "div", "section", "ul", "ol", "dl", "table", "blockquote", "details", "h2", "h3", "h4", "h5", "nav"];
    for page in pages() {
        let mut open: Vec<String> = Vec::new();
        for (name, attributes, closes) in tags(&page) {
            if closes {
                assert_eq!(open.pop().as_deref(), Some(name.as_str()), "open: {open:?}");
            } else if name != "meta" && !attributes.ends_with('/') {
                let in_paragraph = open.last().is_some_and(|o| o == "p" || o == "a" || o == "summary");
                assert!(!(in_paragraph && BLOCKS.contains(&name.as_str())), "{name} in {open:?}");
                open.push(name);
            }
        }
        assert_eq!(open, Vec::<String>::new());
    }
}

/// Values of an attribute all over a page.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let before = format!(" {attribute}=\"");
    page.split(before.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn links_lead_to_the_page_itself() {
    for page in pages() {
        let ids: Vec<&str> = values(&page, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "an id twice");
        let named = ["href", "aria-labelledby", "aria-describedby"].into_iter().flat_map(|a| values(&page, a));
        for target in named {
            let id = target.strip_prefix('#').unwrap_or(target);
            assert!(unique.contains(id), "nothing has the id {target}");
        }
        for loads in [" src=", "url(", "@import", "<link", "<script", "<img", "<iframe", "http://", "https://", " on"] {
            let found = page.match_indices(loads).map(|(i, _)| &page[i..(i + 40).min(page.len())]);
            let found: Vec<&str> = found
                .filter(|f| {
                    loads != " on"
                        || f.split('=').next().unwrap().trim().chars().all(char::is_alphabetic) && f.contains("=\"")
                })
                .collect();
            assert!(found.is_empty(), "{loads}: {found:?}");
        }
    }
}

#[test]
fn drawings_stay_within_their_frames_and_have_names() {
    for page in pages() {
        for attribute in ["x", "x1", "x2", "cx"] {
            for value in values(&page, attribute) {
                let share: f64 = value.trim_end_matches('%').parse().unwrap();
                assert!((0.0..=100.0).contains(&share) || !value.ends_with('%'), "{attribute}={value}");
            }
        }
        for drawing in page.split("<svg ").skip(1) {
            let (attributes, rest) = drawing.split_once('>').unwrap();
            let named = attributes.contains("role=\"img\"") && rest.starts_with("<title id=");
            assert!(named || attributes.contains("aria-hidden=\"true\""), "{attributes}");
        }
    }
}

/// The same document again and again, never held more than once.
struct Again {
    head: Head,
    document: DocumentReport,
    times: usize,
}

impl Source for Again {
    fn head(&self) -> &Head {
        &self.head
    }

    fn len(&self) -> usize {
        self.times
    }

    fn each(&self, visit: &mut Visit<'_>) -> Result<(), ReportError> {
        (0..self.times).try_for_each(|_| visit(&self.document))
    }

    fn gather(&self) -> Result<Report, ReportError> {
        panic!("a page of many documents must not hold them all")
    }
}

#[test]
fn page_of_ten_thousand_documents_can_be_opened() {
    let page = |times: usize| {
        let source = Again { head: sample::one().head, document: sample::document(), times };
        String::from_utf8(report::reporter("html").unwrap().bytes(&source, &Medium::default()).unwrap()).unwrap()
    };
    let (detailed, short, long) = (page(200), page(201), page(10_000));
    assert_eq!(detailed.matches("<section class=\"document brief\"").count(), 200);
    assert!(!short.contains("<blockquote") && short.contains("The passages are not on this page."));
    assert!(short.contains("Data used") && short.contains("Missing from every one."));
    assert!(long.len() < 8_000_000, "{} bytes", long.len());
    assert_eq!(long.matches("<tr>").count(), short.matches("<tr>").count() + 10_000 - 201);
}

#[test]
fn headings_are_in_order() {
    for page in pages() {
        let levels: Vec<u32> = tags(&page)
            .iter()
            .filter(|(name, _, closes)| !closes && name.len() == 2 && name.starts_with('h') && name != "hr")
            .map(|(name, ..)| name[1..].parse().unwrap())
            .collect();
        assert_eq!(levels.iter().filter(|l| **l == 1).count(), 1);
        assert_eq!(levels[0], 1);
        for pair in levels.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "h{} after h{}", pair[1], pair[0]);
        }
    }
}

#[test]
fn foreign_text_is_harmless_everywhere() {
    for report in [sample::one(), sample::many()] {
        for (form, text) in
            [("html", write("html", &report, 100)), ("terminal", plain(&write("terminal", &report, 100)))]
        {
            let bad =
                |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || c == '\u{2066}');
            assert_eq!(text.chars().find(|c| bad(*c)), None, "{form}");
        }
        assert!(!write("terminal", &report, 100).contains("\u{1b}[31mred"));
    }
}

/// Text without colours.
fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[test]
fn terminal_lines_fit() {
    for report in [sample::one(), sample::many()] {
        for width in [60, 80, 100, 140] {
            for line in plain(&write("terminal", &report, width)).lines() {
                assert!(textwrap::core::display_width(line) <= width, "{width}: {line}");
                assert_eq!(line, line.trim_end(), "{width}");
            }
        }
    }
}

#[test]
fn the_schema_is_published() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/report.schema.json");
    let schema = report::json::schema().unwrap();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &schema).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        published == schema,
        "docs/report.schema.json is out of date: run `UPDATE=1 cargo test --test suite schema` and commit it"
    );
}

#[test]
fn json_of_one_document() {
    insta::assert_snapshot!(write("json", &sample::one(), 100));
}

#[test]
fn json_follows_the_schema() {
    let schema = serde_json::from_str(&report::json::schema().unwrap()).unwrap();
    for report in [sample::one(), sample::many()] {
        let value = serde_json::from_str(&write("json", &report, 100)).unwrap();
        jsonschema::validate(&schema, &value).unwrap();
        let back: Report = serde_json::from_value(value).unwrap();
        assert_eq!(back, report);
    }
}

#[test]
fn a_report_is_never_read_as_a_plan() {
    for form in ["html", "docx", "md"] {
        for report in [sample::one(), sample::many()] {
            let bytes = report::reporter(form).unwrap().bytes(&report, &Medium::default()).unwrap();
            assert_eq!(input::read(&bytes, &ReadOptions::default()).err(), Some(InputError::OwnReport), "{form}");
        }
    }
}
