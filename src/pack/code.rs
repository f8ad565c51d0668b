//! The codes of faults, stable over versions.
//!
//! Comes in: nothing. Goes out: [`Code`], each with its meaning. A code is never given to another
//! fault; new ones go to the end.

use std::fmt;

/// Whether packs can be used in spite of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// They cannot.
    Error,
    /// They can.
    Warning,
}

macro_rules! codes {
    ($($name:ident $code:literal $meaning:literal)*) => {
        /// What kind of fault: `E` keeps packs from loading, `W` does not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $meaning] $name,)*
        }

        impl Code {
            /// Every code in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as it is printed.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What the code stands for, in one sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }
        }
    };
}

codes! {
    Unreadable "E001" "The file or folder cannot be read."
    Syntax "E002" "The file is not TOML."
    UnknownKey "E003" "The file has a key that does not exist."
    MissingKey "E004" "A key that must be there is missing."
    BadValue "E005" "A value is of the wrong kind or out of range."
    BadTerm "E006" "A term cannot be understood."
    UnknownSlot "E007" "A slot does not exist."
    UnknownConcept "E008" "No lexicon has a concept of this name."
    ConceptCycle "E009" "A concept stands for itself."
    BadRegex "E010" "A regular expression cannot be used."
    NoTests "E011" "A rule has no tests."
    Duplicate "E012" "Two things have the same id."
    UnknownSection "E013" "A scope names a section that does not exist."
    EmptyCondition "E014" "A rule or cue asks for nothing."
    AtLeast "E015" "More items are asked for than there are."
    BadId "E016" "An id has characters that it may not have."
    UnknownFacet "E017" "A calibration is for a facet that the pack does not have."
    NoPack "E018" "The folder is no pack and has none."
    StrayFile "E019" "A TOML file belongs to no pack."
    UnknownFile "E020" "The order of a pack names a file that it does not have."
    Hollow "E021" "Something that needs parts has none."
    UnusedConcept "W001" "A concept is used nowhere."
    DuplicateTerm "W002" "A concept or rule has the same term twice."
    CoveredTerm "W003" "A term finds nothing that another one does not find."
    HalfTested "W004" "A rule or cue has tests of one kind only."
    NoAnchor "W005" "A rule has no word by which to find it quickly."
    Unreachable "W006" "A rule can never fire."
    WeakFacet "W007" "No rule of a facet is sure or likely."
    IdStyle "W008" "An id is not written as ids are."
    BroadTerm "W009" "A term matches nearly any word."
    StaleCalibration "W010" "A calibration gives points to a rule that does not exist."
}

impl Code {
    /// Whether packs can be used in spite of it.
    #[must_use]
    pub fn severity(self) -> Severity {
        if self.as_str().starts_with('E') { Severity::Error } else { Severity::Warning }
    }

    /// Whether it is about speed alone: what a rule finds is as it should be.
    #[must_use]
    pub const fn is_about_speed(self) -> bool {
        matches!(self, Self::NoAnchor)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
