//! The text of a rule file to its schema.
//!
//! Comes in: a [`SourceFile`]. Goes out: one of the structs of `schema`, or the one fault at which
//! reading stopped, in words for people who write rules rather than parsers.

use super::code::Code;
use super::error::Diagnostic;
use super::lower::meant;
use super::source::SourceFile;
use serde::de::DeserializeOwned;

/// Reads a file. Boxed, since a fault is large and rare.
pub(super) fn read<T: DeserializeOwned>(file: &SourceFile) -> Result<T, Box<Diagnostic>> {
    let parsed = toml::Deserializer::parse(&file.text).map_err(|error| syntax(file, &error))?;
    T::deserialize(parsed).map_err(|error| schema(file, &error))
}

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
        (Code::BadValue, message.to_owned(), "see rules/README.md for what this key takes".to_owned())
    };
    at(file, code, error, reason, remedy)
}

fn at(file: &SourceFile, code: Code, error: &toml::de::Error, reason: String, remedy: String) -> Box<Diagnostic> {
    Box::new(match error.span() {
        Some(span) => file.fault(code, span, reason, remedy),
        None => file.whole_fault(code, reason, remedy),
    })
}
