//! The text of a rule file to its schema.
//!
//! Comes in: a [`SourceFile`]. Goes out: one of the structs of `schema`, or the one fault at which
//! reading stopped, in words for people who write rules rather than parsers.

use super::code::Code;
use super::error::Diagnostic;
use super::lower::meant;
use super::source::SourceFile;
use serde::de::DeserializeOwned;
use std::ops::Range;

/// Reads a file. Boxed, since a fault is large and rare.
pub(super) fn read<T: DeserializeOwned>(file: &SourceFile) -> Result<T, Box<Diagnostic>> {
    let parsed = toml::Deserializer::parse(&file.text).map_err(|error| syntax(file, &error))?;
    T::deserialize(parsed).map_err(|error| schema(file, &error))
}

impl SourceFile {
    /// Reads the file as TOML of a form; `more` says where a wrong value's right form stands.
    ///
    /// # Errors
    /// The first fault.
    pub(crate) fn parse<T: DeserializeOwned>(&self, more: &str) -> Result<T, Box<Diagnostic>> {
        read(self).map_err(|mut fault| {
            if fault.remedy == SEE {
                more.clone_into(&mut fault.remedy);
            }
            fault
        })
    }

    /// A value at a place that cannot be.
    pub(crate) fn wrong(&self, at: Range<usize>, reason: &str, remedy: &str) -> Diagnostic {
        self.fault(Code::BadValue, at, reason.to_owned(), remedy.to_owned())
    }

    /// A name at a place that nothing has, with the names that there are.
    pub(crate) fn unknown(&self, at: Range<usize>, reason: &str, name: &str, known: &[String]) -> Diagnostic {
        if known.is_empty() {
            return self.wrong(at, reason, "there are none yet: define it first, or take the name away");
        }
        let near = meant(name, known.iter().map(String::as_str)).map(|m| format!("{m} ")).unwrap_or_default();
        self.wrong(at, reason, &format!("{near}there are: {}", known.join(", ")))
    }
}

/// Where the right form of a value stands.
const SEE: &str = "see rules/README.md for what this key takes";

fn syntax(file: &SourceFile, error: &toml::de::Error) -> Box<Diagnostic> {
    let twice = error.message().contains("duplicate key");
    let (reason, remedy) = if twice {
        ("this name stands twice in one table".to_owned(), "join the two, or give one of them another name")
    } else {
        let remedy = "check quotes, brackets and commas: every text stands in \"…\" and every list in […]";
        (format!("not TOML: {}", error.message()), remedy)
    };
    at(file, Code::Syntax, error, reason, remedy.to_owned())
}

fn schema(file: &SourceFile, error: &toml::de::Error) -> Box<Diagnostic> {
    let message = error.message();
    let mut quoted = message.split('`').skip(1).step_by(2);
    let name = quoted.next().unwrap_or_default();
    let known: Vec<&str> = quoted.collect();
    let list = || {
        let meant = meant(name, known.iter().copied()).map(|m| format!("{m} ")).unwrap_or_default();
        format!("{meant}possible here: {}", known.join(", "))
    };
    let (code, reason, remedy) = if message.starts_with("unknown field") {
        (Code::UnknownKey, format!("there is no key `{name}` here"), list())
    } else if message.starts_with("missing field") {
        (Code::MissingKey, format!("the key `{name}` is missing"), format!("add {name} = …"))
    } else if message.starts_with("unknown variant") {
        (Code::BadValue, format!("`{name}` is not a value of this key"), list())
    } else {
        (Code::BadValue, plain(message), SEE.to_owned())
    };
    at(file, code, error, reason, remedy)
}

fn at(file: &SourceFile, code: Code, error: &toml::de::Error, reason: String, remedy: String) -> Box<Diagnostic> {
    Box::new(match error.span() {
        Some(span) => file.fault(code, span, reason, remedy),
        None => file.whole_fault(code, reason, remedy),
    })
}

/// What serde says, in words of TOML.
fn plain(message: &str) -> String {
    let words = [
        ("invalid type: ", "this is a wrong value: "),
        ("invalid value: ", "this is a wrong value: "),
        ("a sequence", "a list in [ ]"),
        ("a string", "a text in quotes"),
        ("a map", "a table"),
        ("a boolean", "true or false"),
        (": string ", ": the text "),
        (": integer ", ": the number "),
        (": map", ": a table"),
        (": sequence", ": a list"),
    ];
    words.iter().fold(message.to_owned(), |text, (serde, toml)| text.replace(serde, toml))
}
