//! The properties of paragraphs, runs and tables that matter to the text.
//!
//! Comes in: the element of a property. Goes out: what it sets in the open paragraph.

use super::paragraph::Open;
use super::styles::NumRef;
use crate::input::package::xml::Tag;

/// A property of a paragraph.
pub(super) fn paragraph_property(open: &mut Open, tag: &Tag<'_>) {
    if open.in_run_properties {
        if matches!(tag.name, "vanish" | "specVanish") {
            open.mark_hidden = Some(tag.on() || open.mark_hidden == Some(true));
        }
        return;
    }
    match tag.name {
        "pStyle" => open.style = tag.val().map(Into::into),
        "outlineLvl" => open.outline = tag.number(),
        "numPr" => open.numbering = Some(NumRef::default()),
        "numId" => open.numbering.get_or_insert_default().id = tag.val().map(Into::into),
        "ilvl" => open.numbering.get_or_insert_default().level = tag.number(),
        _ => {}
    }
}

/// A property of a run.
pub(super) fn run_property(open: &mut Open, tag: &Tag<'_>) {
    match tag.name {
        "rStyle" => open.run.style = tag.val().map(Into::into),
        "vanish" => open.run.hidden = Some(tag.on()),
        "b" => open.run.bold = Some(tag.on()),
        "vertAlign" => open.run.raised = Some(tag.val().as_deref() == Some("superscript")),
        _ => {}
    }
}

/// Whether a table look sets the first row apart, by its attribute or its bits.
pub(super) fn look_has_first_row(tag: &Tag<'_>) -> bool {
    match tag.attr("firstRow").as_deref() {
        Some(value) => matches!(value, "1" | "true" | "on"),
        None => tag.val().and_then(|bits| u32::from_str_radix(&bits, 16).ok()).is_some_and(|bits| bits & 0x20 != 0),
    }
}
