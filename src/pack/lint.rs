//! stub
use super::{Diagnostic, Library};
/// stub
#[must_use]
pub fn lint(_library: &Library) -> Vec<Diagnostic> {
    Vec::new()
}
