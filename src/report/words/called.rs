//! What criteria and points are called where people read.
//!
//! Comes in: an id and a title. Goes out: names. An id that its source itself uses as a number (P1, R12) is a handle that
//! people know; any other is for machines, and only data and what is typed at a terminal hold it.

use super::clean;
use crate::assess::Assessment;
use crate::report::{CriterionAcross, CriterionInfo};

/// Most letters before the figures of a handle, and most figures.
const LETTERS: usize = 3;
const FIGURES: usize = 3;

/// A criterion, by its names.
pub trait Called {
    /// Its id, unique in its pack.
    fn id(&self) -> &str;

    /// Its title.
    fn title(&self) -> &str;

    /// Its handle, such as "P1"; empty where its id is for machines.
    fn handle(&self) -> String {
        let id = clean(self.id());
        let letters = id.chars().take_while(char::is_ascii_alphabetic).count();
        let figures = id.chars().skip(letters).take_while(char::is_ascii_digit).count();
        let fits = (1..=LETTERS).contains(&letters) && (1..=FIGURES).contains(&figures);
        if fits && letters + figures == id.len() { id } else { String::new() }
    }

    /// Its name: "P1 Poverty".
    fn named(&self) -> String {
        clean(&format!("{} {}", self.handle(), self.title()))
    }

    /// Its name where there is little room: its handle, else its title.
    fn short(&self) -> String {
        let handle = self.handle();
        if handle.is_empty() { clean(self.title()) } else { handle }
    }

    /// The name of a point of it by the point's title: "P1: Poverty acted upon".
    fn point(&self, title: &str) -> String {
        let handle = self.handle();
        if handle.is_empty() { clean(title) } else { format!("{handle}: {}", clean(title)) }
    }

    /// The name of a point with that of its criterion, which is said once where both have the same title.
    fn whole(&self, title: &str) -> String {
        if self.title() == title { self.named() } else { format!("{}: {}", self.named(), clean(title)) }
    }
}

impl Called for Assessment {
    fn id(&self) -> &str {
        &self.id
    }

    fn title(&self) -> &str {
        &self.title
    }
}

impl Called for CriterionInfo {
    fn id(&self) -> &str {
        &self.id
    }

    fn title(&self) -> &str {
        &self.title
    }
}

impl Called for CriterionAcross {
    fn id(&self) -> &str {
        &self.id
    }

    fn title(&self) -> &str {
        &self.title
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Named(&'static str);

    impl Called for Named {
        fn id(&self) -> &str {
            self.0
        }

        fn title(&self) -> &str {
            "Poverty"
        }
    }

    #[test]
    fn ids_for_machines_are_not_shown() {
        for (id, named, short, point) in [
            ("P1", "P1 Poverty", "P1", "P1: Debt"),
            ("R12", "R12 Poverty", "R12", "R12: Debt"),
            ("A.shift_focus", "Poverty", "Poverty", "Debt"),
            ("poverty", "Poverty", "Poverty", "Debt"),
            ("P<b>1", "Poverty", "Poverty", "Debt"),
            ("P1é", "Poverty", "Poverty", "Debt"),
            ("", "Poverty", "Poverty", "Debt"),
        ] {
            let one = Named(id);
            assert_eq!(
                (one.named(), one.short(), one.point("Debt")),
                (named.into(), short.into(), point.into()),
                "{id}"
            );
        }
        assert_eq!(Named("P1").whole("Poverty"), "P1 Poverty");
        assert_eq!(Named("P1").whole("Debt"), "P1 Poverty: Debt");
    }
}
