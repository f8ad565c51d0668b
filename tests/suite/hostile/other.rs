//! OpenDocument texts, presentations, RTF files and web pages made to hurt.

use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const ODT: &str = "application/vnd.oasis.opendocument.text";
const SPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0""#;

/// How large the files come out where size is the point: 1 for what a test can bear, 16 for the
/// whole.
pub fn files(scale: usize) -> Vec<(&'static str, Vec<u8>)> {
    let million = scale * 1_000_000;
    let rtf = |body: &str, times: usize| format!("{{\\rtf1 {}", body.repeat(times)).into_bytes();
    let html = |body: &str, times: usize| format!("<!DOCTYPE html>{}", body.repeat(times)).into_bytes();
    vec![
        ("ODT paragraphs without end", odt("", "<text:p>warm rooms</text:p>", 100 * million, "")),
        ("an ODT text without end", odt("<text:p>", "warm rooms ", 100 * million, "</text:p>")),
        ("deep ODT tables", odt("", "<table:table><table:table-row><table:table-cell>", 5 * million, "")),
        ("deep ODT lists", odt("", "<text:list><text:list-item>", million, "")),
        ("ODT frames in paragraphs in frames", odt("", "<text:p>a<draw:text-box>", million, "")),
        (
            "ODT cells as wide as numbers go",
            odt(
                "<table:table><table:table-row>",
                "<table:covered-table-cell table:number-columns-repeated=\"2147483647\"/>",
                million,
                "</table:table-row></table:table>",
            ),
        ),
        (
            "ODT styles that are their own parents",
            odt(
                "<style:style style:family=\"paragraph\" style:name=\"a\" style:parent-style-name=\"a\"/>",
                "<text:p text:style-name=\"a\">b</text:p>",
                million,
                "",
            ),
        ),
        (
            "ODT changes that are never closed",
            odt("<text:p>", "<text:change-start text:change-id=\"a\"/>", million, "b</text:p>"),
        ),
        ("slides without end", pptx(20_000 * scale.min(4))),
        ("RTF groups without end", rtf("{", million)),
        ("RTF notes in notes", rtf("{\\footnote a", million / 10)),
        ("RTF rows without end", rtf("\\trowd\\cellx1\\intbl a\\cell\\row ", million / 4)),
        ("RTF bytes that are skipped for ever", b"{\\rtf1 a\\bin2147483647 b".to_vec()),
        ("RTF control words without end", rtf("\\a", 4 * million)),
        ("RTF cells that never end", rtf("\\intbl a\\par ", million / 2)),
        ("elements of a page without end", html("<p>a", 2 * million)),
        ("deep elements of a page", html("<div>", million)),
        ("inline elements of a page, never closed", html("<b><i>a", million)),
        (
            "cells that reach over all rows",
            html("<table>", 1).into_iter().chain(b"<tr><td rowspan=0>a".repeat(million / 20)).collect(),
        ),
        ("attributes of an element without end", html("<p ", 1).into_iter().chain(b"a ".repeat(4 * million)).collect()),
        ("ends without beginnings", html("</p></td></table></ul>", million / 5)),
        ("a page of one comment", html("<!--", million)),
    ]
}

/// An OpenDocument text whose body repeats something up to so many bytes.
fn odt(open: &str, piece: &str, bytes: usize, close: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let fast = SimpleFileOptions::default().compression_level(Some(1)).large_file(true);
    writer.start_file("mimetype", fast).unwrap();
    writer.write_all(ODT.as_bytes()).unwrap();
    writer.start_file("content.xml", fast).unwrap();
    let head = format!("<office:document-content {SPACES}><office:body><office:text>{open}");
    writer.write_all(head.as_bytes()).unwrap();
    let many = piece.repeat(1_000);
    for _ in 0..(bytes / many.len()).max(1) {
        writer.write_all(many.as_bytes()).unwrap();
    }
    writer.write_all(format!("{close}</office:text></office:body></office:document-content>").as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

/// A presentation that shows one slide so many times, with a diagram that holds itself.
fn pptx(slides: usize) -> Vec<u8> {
    let a = "http://schemas.openxmlformats.org/drawingml/2006";
    let p = "http://schemas.openxmlformats.org/presentationml/2006/main";
    let slide = format!(
        "<p:sld xmlns:p=\"{p}\" xmlns:a=\"{a}/main\" xmlns:d=\"{a}/diagram\" xmlns:r=\"r\"><p:sp><p:txBody><a:p><a:r><a:t>a</a:t></a:r></a:p></p:txBody></p:sp><d:relIds r:dm=\"d\"/></p:sld>"
    );
    let box_ =
        "<d:pt modelId=\"1\"><d:t><a:p><a:r><a:t>b</a:t></a:r></a:p></d:t></d:pt><d:pt modelId=\"0\" type=\"doc\"/>";
    let data = format!(
        "<d:x xmlns:d=\"{a}/diagram\" xmlns:a=\"{a}/main\">{box_}<d:cxn srcId=\"0\" destId=\"1\"/><d:cxn srcId=\"1\" destId=\"0\"/><d:cxn srcId=\"1\" destId=\"1\"/></d:x>"
    );
    let ids = "<p:sldId id=\"1\" r:id=\"s\"/>".repeat(slides);
    let main = format!("<p:presentation xmlns:p=\"{p}\" xmlns:r=\"r\">{ids}</p:presentation>");
    let link = |id: &str, target: &str| format!("<x><Relationship Id=\"{id}\" Type=\"x/y\" Target=\"{target}\"/></x>");
    let parts = [
        ("ppt/presentation.xml", main),
        ("ppt/_rels/presentation.xml.rels", link("s", "slides/s.xml")),
        ("ppt/slides/s.xml", slide),
        ("ppt/slides/_rels/s.xml.rels", link("d", "../d.xml")),
        ("ppt/d.xml", data),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
