//! Layers (optional content groups) that a viewer does not show at first.
//!
//! Comes in: the catalogue of a file. Goes out: [`Layers`], which tell of content that belongs to a
//! layer or to a set of layers whether it is shown. Conditions written as expressions (`/VE`) are
//! not worked out: the set is judged by its members.

use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier};
use std::collections::HashSet;

/// The layers that are not shown.
#[derive(Debug, Default)]
pub(super) struct Layers {
    hidden: HashSet<ObjectIdentifier>,
}

impl Layers {
    /// What the catalogue says of the layers when the file is opened.
    pub fn read(catalog: &Dict<'_>) -> Self {
        let properties = catalog.get::<Dict<'_>>("OCProperties");
        let Some(config) = properties.as_ref().and_then(|p| p.get::<Dict<'_>>("D")) else {
            return Self::default();
        };
        let ids = |array: Option<Array<'_>>| -> Vec<ObjectIdentifier> {
            let refs = array.map(|a| a.raw_iter().filter_map(|o| Some(o.as_obj_ref()?.into())));
            refs.map(Iterator::collect).unwrap_or_default()
        };
        let mut hidden = HashSet::new();
        if config.get::<Name<'_>>("BaseState").is_some_and(|n| n.as_ref() == b"OFF") {
            hidden.extend(ids(properties.as_ref().and_then(|p| p.get("OCGs"))));
            for shown in ids(config.get("ON")) {
                hidden.remove(&shown);
            }
        }
        hidden.extend(ids(config.get("OFF")));
        Self { hidden }
    }

    /// Whether content is not shown that belongs to a layer, or to a set of layers told by `dict`.
    pub fn hide(&self, id: ObjectIdentifier, dict: Option<&Dict<'_>>) -> bool {
        if self.hidden.is_empty() {
            return false;
        }
        let members = dict.and_then(|d| d.get::<Array<'_>>("OCGs"));
        let mut members = members.iter().flat_map(|a| a.raw_iter()).peekable();
        if members.peek().is_none() {
            let only = dict.and_then(|d| d.get_ref("OCGs")).map_or(id, Into::into);
            return self.hidden.contains(&only);
        }
        let mut off = members.map(|m| m.as_obj_ref().is_some_and(|m| self.hidden.contains(&m.into())));
        let policy = dict.and_then(|d| d.get::<Name<'_>>("P"));
        match policy.as_ref().map(AsRef::as_ref) {
            Some(b"AllOn") => off.any(|off| off),
            Some(b"AnyOff") => !off.any(|off| off),
            Some(b"AllOff") => off.any(|off| !off),
            _ => off.all(|off| off),
        }
    }

    /// Whether what a dictionary describes, as a form or an annotation, belongs to what is not shown.
    pub fn hide_what(&self, dict: &Dict<'_>) -> bool {
        let layer = dict.get_ref("OC");
        layer.is_some_and(|l| self.hide(l.into(), dict.get::<Dict<'_>>("OC").as_ref()))
    }
}
