//! Puts what docx-rs writes into the order and completeness that the format's schema asks for.
//!
//! docx-rs writes some properties out of their order, knows no repeated table heads, no words for a table, no language
//! and no title, numbers its paragraphs through all documents of a process, and does not compress.
//! Comes in: a paper. Goes out: the bytes of a package that depends on nothing but its content.

use super::DocxError;
use super::paper::Paper;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, escape::escape};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Elements whose children have an order, with that order. Source: ECMA-376 part 1, annex A
/// (wml.xsd). Names that docx-rs never writes are left out.
const ORDERS: &[(&str, &[&str])] = &[
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:framePr",
            "w:widowControl",
            "w:numPr",
            "w:pBdr",
            "w:shd",
            "w:tabs",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:textAlignment",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
            "w:pPrChange",
        ],
    ),
    (
        "w:rPr",
        &[
            "w:rStyle",
            "w:rFonts",
            "w:b",
            "w:bCs",
            "w:i",
            "w:iCs",
            "w:caps",
            "w:strike",
            "w:dstrike",
            "w:vanish",
            "w:color",
            "w:spacing",
            "w:w",
            "w:sz",
            "w:szCs",
            "w:highlight",
            "w:u",
            "w:bdr",
            "w:shd",
            "w:fitText",
            "w:vertAlign",
            "w:lang",
            "w:specVanish",
        ],
    ),
    ("w:settings", &["w:zoom", "w:defaultTabStop", "w:evenAndOddHeaders", "w:compat"]),
    ("w:numPr", &["w:ilvl", "w:numId"]),
    (
        "w:tblPr",
        &[
            "w:tblStyle",
            "w:tblpPr",
            "w:tblW",
            "w:jc",
            "w:tblInd",
            "w:tblBorders",
            "w:tblLayout",
            "w:tblCellMar",
            "w:tblLook",
            "w:tblCaption",
        ],
    ),
    ("w:tblBorders", &["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"]),
    ("w:tblCellMar", &["w:top", "w:left", "w:bottom", "w:right"]),
    ("w:trPr", &["w:cantSplit", "w:trHeight", "w:tblHeader", "w:ins", "w:del"]),
    ("w:tcPr", &["w:tcW", "w:gridSpan", "w:vMerge", "w:tcBorders", "w:shd", "w:tcMar", "w:textDirection", "w:vAlign"]),
    (
        "w:style",
        &[
            "w:name",
            "w:basedOn",
            "w:next",
            "w:link",
            "w:uiPriority",
            "w:semiHidden",
            "w:unhideWhenUsed",
            "w:qFormat",
            "w:pPr",
            "w:rPr",
            "w:tblPr",
            "w:tcPr",
        ],
    ),
    (
        "w:lvl",
        &[
            "w:start",
            "w:numFmt",
            "w:lvlRestart",
            "w:pStyle",
            "w:isLgl",
            "w:suff",
            "w:lvlText",
            "w:lvlJc",
            "w:pPr",
            "w:rPr",
        ],
    ),
    (
        "w:sectPr",
        &[
            "w:headerReference",
            "w:footerReference",
            "w:type",
            "w:pgSz",
            "w:pgMar",
            "w:pgNumType",
            "w:cols",
            "w:titlePg",
            "w:docGrid",
        ],
    ),
];

/// Elements that say nothing when they are empty.
const EMPTY_SAYS_NOTHING: [&str; 4] = ["w:pPr", "w:rPr", "w:trPr", "w:tblBorders"];

/// The bytes of a package.
pub(super) fn package(paper: Paper, title: &str) -> Result<Vec<u8>, DocxError> {
    let (docx, captions) = paper.finish();
    let mut raw = Cursor::new(Vec::new());
    docx.pack(&mut raw).map_err(std::io::Error::other)?;
    let mut from = ZipArchive::new(raw)?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for i in 0..from.len() {
        let mut file = from.by_index(i)?;
        if file.is_dir() {
            continue;
        }
        let name = file.name()?.into_owned();
        let mut xml = String::new();
        file.read_to_string(&mut xml)?;
        to.start_file(&name, options)?;
        to.write_all(part(&name, &xml, title, &captions)?.as_bytes())?;
    }
    Ok(to.finish()?.into_inner())
}

/// A part as it must be.
fn part(name: &str, xml: &str, title: &str, captions: &[String]) -> Result<String, quick_xml::Error> {
    match name {
        "word/document.xml" => Ok(captioned(&tidy(xml)?, captions)),
        "docProps/core.xml" => Ok(core(title)),
        "word/styles.xml" => {
            let tidy = tidy(xml)?;
            // The language of all text, for screen readers and spelling.
            let language = "<w:lang w:val=\"en-GB\" w:eastAsia=\"en-GB\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>";
            let normal = "<w:style w:type=\"paragraph\" w:styleId=\"Normal\">";
            let default = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">";
            // A style of tables has no width.
            let width = "<w:tblW w:w=\"0\" w:type=\"auto\"/>";
            let tidy = tidy.replacen("</w:rPr></w:rPrDefault>", language, 1).replacen(normal, default, 1);
            Ok(tidy.replace(width, ""))
        }
        _ if name.starts_with("word/") && name.ends_with(".xml") => tidy(xml),
        _ => Ok(xml.to_owned()),
    }
}

/// A document with words on each table in turn, for those who do not see it.
fn captioned(xml: &str, captions: &[String]) -> String {
    const END: &str = "</w:tblPr>";
    let mut captions = captions.iter();
    let mut out = String::with_capacity(xml.len());
    for piece in xml.split_inclusive(END) {
        match (piece.strip_suffix(END), captions.as_slice()) {
            (Some(before), [caption, ..]) => {
                out.push_str(&format!("{before}<w:tblCaption w:val=\"{}\"/>{END}", escape(caption)));
                captions.next();
            }
            _ => out.push_str(piece),
        }
    }
    out
}

/// The properties of the document. The dates are fixed: a report depends on nothing but its content.
fn core(title: &str) -> String {
    let title = escape(title);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dc:creator>goldthread</dc:creator><dc:language>en-GB</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">2000-01-01T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">2000-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>"
    )
}

/// An element that is open, or the part itself.
#[derive(Default)]
struct Open {
    name: String,
    start: String,
    /// The children whose order is known, each with its place, and all else in one piece.
    children: Vec<(usize, String)>,
    order: Option<&'static [&'static str]>,
}

impl Open {
    fn new(start: &BytesStart<'_>) -> Self {
        let name = start.name().as_ref().to_owned();
        let order = ORDERS.iter().find(|(n, _)| *n == name).map(|(_, order)| *order);
        Self { start: tag(start), name, children: Vec::new(), order }
    }

    fn add(&mut self, name: &str, xml: &str) {
        let Some(order) = self.order else {
            match self.children.last_mut() {
                Some((_, all)) => all.push_str(xml),
                None => self.children.push((0, xml.to_owned())),
            }
            return;
        };
        let place = order.iter().position(|n| *n == name).unwrap_or(order.len());
        self.children.push((place, xml.to_owned()));
    }

    fn close(mut self) -> (String, String) {
        if self.children.is_empty() && EMPTY_SAYS_NOTHING.contains(&self.name.as_str()) {
            return (self.name, String::new());
        }
        self.children.sort_by_key(|(place, _)| *place);
        let inner: String = self.children.into_iter().map(|(_, xml)| xml).collect();
        let xml = format!("<{}>{inner}</{}>", self.start, self.name);
        (self.name, xml)
    }
}

/// What stands in a start tag. Numbers of paragraphs and the unit of a column, which the schema does not know, are left
/// out, and the height that marks a repeated table head becomes the sign of one.
fn tag(start: &BytesStart<'_>) -> String {
    match start.name().as_ref() {
        "w:p" => "w:p".to_owned(),
        "w:trHeight" => "w:tblHeader".to_owned(),
        "w:gridCol" => start.trim_end().replace(" w:type=\"dxa\"", ""),
        _ => start.trim_end().to_owned(),
    }
}

/// The XML of a part with children in their order.
fn tidy(xml: &str) -> Result<String, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Open::default()];
    let add = |open: &mut Vec<Open>, name: &str, xml: &str| {
        if let Some(top) = open.last_mut() {
            top.add(name, xml);
        }
    };
    loop {
        match reader.read_event()? {
            Event::Start(start) => open.push(Open::new(&start)),
            Event::Empty(start) => {
                let (name, xml) = Open::new(&start).close();
                let xml = if xml.is_empty() { xml } else { format!("<{}/>", tag(&start)) };
                let name = if name == "w:trHeight" { "w:tblHeader".to_owned() } else { name };
                if !xml.is_empty() {
                    add(&mut open, &name, &xml);
                }
            }
            Event::End(_) => {
                if let Some(done) = open.pop() {
                    let (name, xml) = done.close();
                    if !xml.is_empty() {
                        add(&mut open, &name, &xml);
                    }
                }
            }
            Event::Text(text) => add(&mut open, "", &text),
            Event::GeneralRef(reference) => add(&mut open, "", &format!("&{};", &*reference)),
            Event::Decl(decl) => add(&mut open, "", &format!("<?{}?>", &*decl)),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(open.into_iter().flat_map(|o| o.children).map(|(_, xml)| xml).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_stand_in_the_order_of_the_schema() {
        let wild = "<w:tcPr><w:shd w:fill=\"1\" /><w:vAlign/><w:tcBorders/><w:tcW w:w=\"1\" /></w:tcPr>";
        assert_eq!(
            tidy(wild).unwrap(),
            "<w:tcPr><w:tcW w:w=\"1\"/><w:tcBorders/><w:shd w:fill=\"1\"/><w:vAlign/></w:tcPr>"
        );
    }

    #[test]
    fn a_marked_row_is_a_repeated_head() {
        let row = "<w:trPr><w:trHeight w:val=\"1\" w:hRule=\"atLeast\" /><w:cantSplit /></w:trPr>";
        assert_eq!(tidy(row).unwrap(), "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    }

    #[test]
    fn columns_have_no_unit() {
        assert_eq!(tidy("<w:gridCol w:w=\"9\" w:type=\"dxa\" />").unwrap(), "<w:gridCol w:w=\"9\"/>");
    }

    #[test]
    fn text_stays_as_it_is() {
        let xml = "<w:p w14:paraId=\"7\"><w:pPr><w:rPr /></w:pPr><w:t xml:space=\"preserve\"> a &amp; ]]&gt; &#xA;b </w:t></w:p>";
        assert_eq!(tidy(xml).unwrap(), "<w:p><w:t xml:space=\"preserve\"> a &amp; ]]&gt; &#xA;b </w:t></w:p>");
    }

    /// Every part of a paper with all kinds of pieces.
    fn parts() -> Vec<String> {
        let mut paper = super::super::paper::Paper::default();
        paper.chapter("One");
        paper.heading(2, "Two");
        paper.labelled("Aside", "Label", "text");
        paper.bullet("item");
        paper.numbered(&["first".to_owned(), "second".to_owned()]);
        paper.table("What <A> holds", &["A", "B"], &[1, 2], [vec!["a".into(), "b".into()]]);
        paper.table("The \"second\"", &["A"], &[1], [vec!["a".into()]]);
        let bytes = package(paper, "Title").unwrap();
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let names: Vec<String> = archive.file_names().map(|n| n.unwrap().into_owned()).collect();
        let read = |name: String| {
            let mut xml = String::new();
            archive.by_name(&name).unwrap().read_to_string(&mut xml).unwrap();
            xml
        };
        names.into_iter().filter(|n| n.starts_with("word/") && n.ends_with(".xml")).map(read).collect()
    }

    #[test]
    fn each_table_says_what_it_shows() {
        let all = parts().concat();
        let said: Vec<&str> = all.split("<w:tblCaption w:val=\"").skip(1).filter_map(|t| t.split('"').next()).collect();
        assert_eq!(said, ["What &lt;A&gt; holds", "The &quot;second&quot;"]);
    }

    #[test]
    fn all_properties_of_a_paper_are_known_and_in_order() {
        let mut seen = 0;
        for xml in parts() {
            let mut reader = Reader::from_str(&xml);
            let mut open: Vec<(String, usize)> = Vec::new();
            loop {
                let event = reader.read_event().unwrap();
                if let Event::Start(tag) | Event::Empty(tag) = &event {
                    let name = tag.name().as_ref().to_owned();
                    if let Some((parent, last)) = open.last_mut()
                        && let Some((_, order)) = ORDERS.iter().find(|(n, _)| n == parent)
                    {
                        let place = order.iter().position(|n| *n == name);
                        let place = place.unwrap_or_else(|| panic!("{name} in {parent} is not known"));
                        assert!(place >= *last, "{name} in {parent} is out of order");
                        *last = place;
                        seen += 1;
                    }
                    if matches!(event, Event::Start(_)) {
                        open.push((name, 0));
                    }
                } else if matches!(event, Event::End(_)) {
                    open.pop();
                } else if matches!(event, Event::Eof) {
                    break;
                }
            }
        }
        assert!(seen > 100, "{seen}");
    }
}
