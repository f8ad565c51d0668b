//! The looks of the paper: its styles, lists and shades. Its words are elsewhere.

use crate::assess::{Assessment, Rating};
use crate::report::words;
use docx_rs::{
    AbstractNumbering, Docx, Footer, IndentLevel, Level, LevelJc, LevelText, LineSpacing, NumPages, NumberFormat,
    Numbering, NumberingId, PageMargin, PageNum, Paragraph, Run, RunFonts, SpecialIndentType, Start, Style, StyleType,
};

/// The width of the text on A4 paper, in twentieths of a point.
pub(super) const WIDTH: usize = 9_638;

/// Bullets, and the first of the numbered lists.
pub(super) const BULLETS: usize = 2;
const NUMBERS: usize = 3;

/// Ground and letters of a rating's or verdict's cell, as hexadecimal colours. Each pair has a
/// contrast of 7 to 1 or more, and the grounds differ in grey, too.
pub(super) type Shade = (&'static str, &'static str);

pub(super) const HEAD: Shade = ("1F3A5F", "FFFFFF");
pub(super) const PLAIN: Shade = ("FFFFFF", "000000");
pub(super) const GREY: Shade = ("E3E3E3", "222222");

/// The shade of a rating.
pub(super) fn shade(criterion: &Assessment) -> Shade {
    match criterion.rating {
        _ if words::open(criterion) => ("D4E4F7", "08305C"),
        Rating::NotAssessed => GREY,
        Rating::Missing => ("F4C7C3", "6B0F09"),
        Rating::Partial => ("FFE6A8", "4D3700"),
        Rating::Evident => ("C9E8CF", "0B3F1C"),
        Rating::Embedded => ("14532B", "FFFFFF"),
    }
}

/// A document with the styles of the paper and no content.
pub(super) fn empty() -> Docx {
    let font = || RunFonts::new().ascii("Arial").hi_ansi("Arial").cs("Arial").east_asia("Arial");
    let mut docx = Docx::new()
        .page_size(11_906, 16_838)
        .page_margin(PageMargin {
            top: 1_134,
            left: 1_134,
            bottom: 1_134,
            right: 1_134,
            header: 567,
            footer: 567,
            gutter: 0,
        })
        .default_fonts(font())
        .default_size(22)
        .default_line_spacing(LineSpacing::new().after(120).line(276))
        .footer(footer());
    for style in [
        heading("Title", "Title", 40, (0, 120)),
        heading("Subtitle", "Subtitle", 24, (0, 240)).color("444444"),
        heading("Heading1", "heading 1", 30, (360, 120)).outline_lvl(0),
        heading("Heading2", "heading 2", 25, (280, 100)).outline_lvl(1),
        heading("Heading3", "heading 3", 22, (220, 80)).outline_lvl(2),
        text("Quote", "Quote", 21).indent(Some(340), None, None, None),
        text("Aside", "Aside", 19).indent(Some(340), None, None, None).color("333333"),
        text("TableText", "Table Text", 19).line_spacing(LineSpacing::new().after(40)),
        text("TableHead", "Table Head", 19).line_spacing(LineSpacing::new().after(40)).bold(),
        text("Small", "Small", 18).color("333333"),
        text("Gap", "Gap", 6).line_spacing(LineSpacing::new().after(100)),
        Style::new("Grid", StyleType::Table).name("Table Grid"),
    ] {
        docx = docx.add_style(style);
    }
    let bullets = AbstractNumbering::new(BULLETS).add_level(level("bullet", "\u{2022}"));
    docx.add_abstract_numbering(bullets).add_numbering(Numbering::new(BULLETS, BULLETS))
}

/// A document with one more numbered list, which begins at "a"; gives its number.
pub(super) fn numbered(docx: Docx, lists: usize) -> (Docx, usize) {
    let id = NUMBERS + lists;
    let letters = AbstractNumbering::new(id).add_level(level("lowerLetter", "(%1)"));
    (docx.add_abstract_numbering(letters).add_numbering(Numbering::new(id, id)), id)
}

/// A paragraph as an item of a list.
pub(super) fn item(paragraph: Paragraph, list: usize) -> Paragraph {
    paragraph.numbering(NumberingId::new(list), IndentLevel::new(0))
}

fn level(format: &str, text: &str) -> Level {
    let (start, format) = (Start::new(1), NumberFormat::new(format));
    Level::new(0, start, format, LevelText::new(text), LevelJc::new("left")).indent(
        Some(425),
        Some(SpecialIndentType::Hanging(425)),
        None,
        None,
    )
}

fn heading(id: &str, name: &str, size: usize, (before, after): (u32, u32)) -> Style {
    let spacing = LineSpacing::new().before(before).after(after);
    text(id, name, size).next("Normal").bold().color("1F3A5F").line_spacing(spacing)
}

fn text(id: &str, name: &str, size: usize) -> Style {
    Style::new(id, StyleType::Paragraph).name(name).based_on("Normal").size(size)
}

/// "Page 2 of 9", with fields.
fn footer() -> Footer {
    let text = |t: &str| Run::new().add_text(t).size(18);
    let paragraph = Paragraph::new()
        .style("Small")
        .add_run(text("goldthread \u{b7} the tool points to passages, people decide \u{b7} page "))
        .add_page_num(PageNum::new())
        .add_run(text(" of "))
        .add_num_pages(NumPages::new());
    Footer::new().add_paragraph(paragraph)
}
