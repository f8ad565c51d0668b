//! What the elements of web pages are for.
//!
//! Comes in: a name. Goes out: its group. It knows no page.

/// What is to be done about an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// Its content does not show, or is no text of the page.
    Silent,
    /// It stands on lines of its own.
    Block,
    /// It has no content and no end.
    Void,
    /// It stands in a line.
    Inline,
}

pub(super) fn group(name: &str) -> Group {
    match name {
        "script" | "style" | "template" | "noscript" | "svg" | "iframe" | "object" | "canvas" | "audio" | "video"
        | "select" | "datalist" | "button" | "rt" | "rp" | "noframes" | "applet" | "map" => Group::Silent,
        "br" | "img" | "hr" | "input" | "meta" | "link" | "col" | "area" | "base" | "embed" | "param" | "source"
        | "track" | "wbr" | "frame" => Group::Void,
        "address" | "article" | "aside" | "blockquote" | "body" | "center" | "dd" | "details" | "dialog" | "dir"
        | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "h1" | "h2" | "h3"
        | "h4" | "h5" | "h6" | "head" | "header" | "hgroup" | "html" | "legend" | "li" | "main" | "menu" | "nav"
        | "ol" | "p" | "pre" | "search" | "section" | "summary" | "table" | "caption" | "thead" | "tbody" | "tfoot"
        | "tr" | "td" | "th" | "title" | "ul" => Group::Block,
        _ => Group::Inline,
    }
}

/// The level of a heading element.
pub(super) fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// The elements that a start tag ends where their own end tag was left out.
pub(super) fn ends(name: &str) -> &'static [&'static str] {
    match name {
        "li" => &["li"],
        "dt" | "dd" => &["dt", "dd"],
        "td" | "th" => &["td", "th"],
        "tr" => &["tr", "td", "th"],
        "thead" | "tbody" | "tfoot" => &["thead", "tbody", "tfoot", "tr", "td", "th", "caption"],
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => &["p", "h1", "h2", "h3", "h4", "h5", "h6"],
        "body" => &["head", "title"],
        _ if group(name) == Group::Block => &["p"],
        _ => &[],
    }
}

/// The elements that such an end does not reach out of.
pub(super) fn holds_in(name: &str) -> bool {
    matches!(name, "ul" | "ol" | "menu" | "dir" | "dl" | "table" | "td" | "th" | "caption" | "body" | "html")
}
