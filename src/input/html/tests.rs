//! Hand-made web pages, one for each feature.

use crate::document::{BlockKind, Document, Format, Furniture};
use crate::input::{ReadOptions, Revisions, read};

fn page(body: &str) -> Document {
    read(format!("<!DOCTYPE html><html><body>{body}</body></html>").as_bytes(), &ReadOptions::default()).unwrap()
}

fn texts(body: &str) -> Vec<String> {
    let document = page(body);
    document.blocks.iter().map(|b| document.text_of(b).to_owned()).collect()
}

#[test]
fn blocks_of_every_kind_with_ends_left_out() {
    let document = page(
        "<h1>Plan</h1>Loose words<p>We <b>will</b>\nact<p>Next<ul><li>One<ul><li>Inner</ul><li>Two</ul>\
         <blockquote>Said</blockquote>after<br>break<br><br>new",
    );
    assert_eq!((document.format, document.title.as_deref()), (Format::Html, Some("Plan")));
    let found: Vec<_> = document.blocks.iter().map(|b| (b.kind.clone(), document.text_of(b))).collect();
    let item = |depth| BlockKind::ListItem { depth };
    let expected = [
        (BlockKind::Heading { level: 1 }, "Plan"),
        (BlockKind::Paragraph, "Loose words"),
        (BlockKind::Paragraph, "We will act"),
        (BlockKind::Paragraph, "Next"),
        (item(0), "One"),
        (item(1), "Inner"),
        (item(0), "Two"),
        (BlockKind::Paragraph, "Said"),
        (BlockKind::Paragraph, "after break"),
        (BlockKind::Paragraph, "new"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn tables_that_reach_and_nest() {
    let body = "<table><caption>Actions</caption><tr><th>Who<th>What<th>When\
        <tr><td rowspan=2>Board<td>Hub<td>May<tr><td>Fund<td>June\
        <tr><td colspan=2>Both<td>July<tr><td>A<td>B<td><table><tr><td>x<td>y<tr><td>1<td>2</table></table>After";
    let document = page(body);
    let found: Vec<_> = document.blocks.iter().map(|b| document.text_of(b)).collect();
    let expected = [
        "Actions",
        "Who | What | When",
        "Board | Hub | May",
        "Board | Fund | June",
        "Both |  | July",
        "A | B | ",
        "x | y",
        "1 | 2",
        "After",
    ];
    assert_eq!(found, expected);
    assert_eq!(document.blocks[0].kind, BlockKind::Caption);
    assert!(matches!(document.blocks[1].kind, BlockKind::TableRow { header: true, .. }));
    assert_eq!(texts("<table role=presentation><tr><td>one<td>two</table>"), ["one", "two"]);
    assert_eq!(texts("<table><tr><td><b>in</table>out</b>"), ["in", "out"]);
}

#[test]
fn what_a_page_hides_is_left_out() {
    let body = "a<script>if (1<2) x</script><style>b</style><span style='display: none'>c</span><p hidden>d</p>\
        <select><option>e</select><template><p>f</p></template><!-- g --><noscript>h</noscript>i";
    assert_eq!(texts(body), ["a", "i"]);
    assert_eq!(texts("R&amp;D &eacute; &#8211; co&shy;op &nbsp;x"), ["R&D é – coop x"]);
    assert_eq!(texts("We <del>may</del><ins>will</ins> act"), ["We will act"]);
    let original = ReadOptions { revisions: Revisions::Original, ..ReadOptions::default() };
    let document = read(b"<html><body>We <del>may</del><ins>will</ins> act", &original).unwrap();
    assert_eq!(document.text, "We may act\n");
}

#[test]
fn navigation_heads_and_feet_stand_apart() {
    let document = page(
        "<header>Site</header><nav><ul><li>Home</ul></nav><div>Cookies</div><main><p>Body</p></main><footer>Contact</footer>",
    );
    let found: Vec<_> = document.blocks.iter().map(|b| (document.text_of(b), b.furniture)).collect();
    let (head, foot) = (Some(Furniture::Header), Some(Furniture::Footer));
    assert_eq!(found, [("Body", None), ("Site", head), ("Home", head), ("Cookies", foot), ("Contact", foot)]);
    let filled_later = page("<main></main><p>Body</p>");
    assert_eq!(filled_later.blocks[0].furniture, None);
    let article = page("<article><header><h1>Plan</h1></header><p>Body</p></article><footer>x</footer>");
    assert_eq!(article.blocks[0].furniture, None);
    assert_eq!(article.blocks[2].furniture, Some(Furniture::Footer));
}

#[test]
fn titles_and_encodings() {
    let latin = b"<html><head><meta charset=iso-8859-2><title>Pl\xE1n</title></head><body>\xB9";
    let document = read(latin, &ReadOptions::default()).unwrap();
    assert_eq!((document.title.as_deref(), document.text.as_str()), (Some("Plán"), "š\n"));
    let empty = page("<script>x</script>");
    assert!(empty.blocks.is_empty() && empty.warnings.len() == 1);
}

#[test]
fn nesting_and_crowds_have_an_end() {
    let deep = page(&"<div>".repeat(5_000));
    assert!(deep.warnings[0].message.contains("nested too deeply"));
    let tables = page(&"<table><tr><td>a".repeat(300));
    assert!(!tables.warnings.is_empty());
    let wide = format!("<table><tr>{}</tr><tr><td>b</table>", "<td rowspan=9999 colspan=9999>a".repeat(300));
    assert!(!page(&wide).blocks.is_empty());
}

#[test]
fn a_part_of_a_page_is_one() {
    let kind = |text: &str| read(text.as_bytes(), &ReadOptions::default()).unwrap().format;
    assert_eq!(kind("<p>We act.</p>\n<p>Now.</p>"), Format::Html);
    assert_ne!(kind("<p align=\"center\">Logo</p>\n\n# Plan\n\nWe act.\n"), Format::Html);
    assert_ne!(kind("<we act by 2027>"), Format::Html);
}
