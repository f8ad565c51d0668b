//! Reads the words of a diagram (SmartArt), which stand in a part of their own.
//!
//! Comes in: the data of a diagram. Goes out: its words as the items of a list, as deep as their
//! boxes hang below each other. It does not look at how the diagram is drawn.

use std::collections::{BTreeMap, HashMap};

use super::xml::{Flow, Ns, Tag, Visit};
use crate::input::pieces::{Paragraph, Piece, Role};

/// Deepest box that is looked for.
const DEEPEST: u8 = 8;

/// Reads one diagram.
#[derive(Debug, Default)]
pub(in crate::input) struct Diagram {
    /// The paragraphs of each box, in the order in which the boxes are listed.
    boxes: Vec<(String, Vec<String>)>,
    /// The boxes below another one, in their order.
    below: HashMap<String, BTreeMap<(u32, usize), String>>,
    /// The box that all others hang from.
    root: Option<String>,
    in_box: bool,
    in_text: bool,
    links: usize,
}

impl Diagram {
    /// The words as pieces that stand on a page.
    pub(in crate::input) fn finish(mut self, page: u32) -> Vec<Piece> {
        let mut out = Vec::new();
        if let Some(root) = self.root.take() {
            self.walk(&root, 0, page, &mut out);
        }
        // Boxes that hang from nothing.
        let rest = std::mem::take(&mut self.boxes);
        out.extend(rest.into_iter().flat_map(|(_, texts)| texts).map(|text| piece(text, 0, page)));
        out
    }

    fn walk(&mut self, id: &str, depth: u8, page: u32, out: &mut Vec<Piece>) {
        // What was taken out is not met again, so a ring ends.
        for child in self.below.remove(id).unwrap_or_default().into_values() {
            let found = self.boxes.iter_mut().find(|(known, _)| *known == child);
            let texts = found.map(|(_, texts)| std::mem::take(texts)).unwrap_or_default();
            out.extend(texts.into_iter().map(|text| piece(text, depth, page)));
            if depth < DEEPEST {
                self.walk(&child, depth + 1, page, out);
            }
        }
    }

    fn add(&mut self, text: &str) {
        if let Some(last) = self.boxes.last_mut().and_then(|(_, texts)| texts.last_mut()) {
            last.push_str(text);
        }
    }

    fn link(&mut self, tag: &Tag<'_>) {
        if matches!(tag.attr("type").as_deref(), None | Some("parOf"))
            && let (Some(from), Some(to)) = (tag.attr("srcId"), tag.attr("destId"))
        {
            let order = tag.attr("srcOrd").and_then(|n| n.parse().ok()).unwrap_or(u32::MAX);
            self.links += 1;
            self.below.entry(from.into_owned()).or_default().insert((order, self.links), to.into_owned());
        }
    }
}

fn piece(text: String, depth: u8, page: u32) -> Piece {
    Piece::Paragraph(Paragraph { text, page, role: Role::Item(depth), ..Paragraph::default() })
}

impl Visit for Diagram {
    fn start(&mut self, tag: &Tag<'_>) -> Flow {
        match (tag.ns, tag.name) {
            (Ns::Diagram, "pt") => {
                let id = tag.attr("modelId").unwrap_or_default().into_owned();
                match tag.attr("type").as_deref() {
                    None | Some("node" | "asst") => self.boxes.push((id, Vec::new())),
                    Some("doc") => {
                        self.root = Some(id);
                        return Flow::Skip;
                    }
                    _ => return Flow::Skip,
                }
            }
            (Ns::Diagram, "cxn") => self.link(tag),
            (Ns::Diagram, "t") => self.in_box = true,
            (Ns::Art, "p") if self.in_box => {
                if let Some((_, texts)) = self.boxes.last_mut() {
                    texts.push(String::new());
                }
            }
            (Ns::Art, "t") => self.in_text = self.in_box,
            (Ns::Art, "br") if self.in_box => self.add(" "),
            _ => {}
        }
        Flow::Into
    }

    fn end(&mut self, ns: Ns, name: &str) {
        match (ns, name) {
            (Ns::Diagram, "t") => self.in_box = false,
            (Ns::Art, "t") => self.in_text = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.add(text);
        }
    }
}
