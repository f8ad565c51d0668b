//! The text of a review file to a [`ReviewFile`], or to everything that is wrong with it.
//!
//! Comes in: text that a person edited. Goes out: judgements with a reason and a name each. It does
//! not know what they are about.

use super::error::{ReviewError, ReviewErrors};
use super::{FORM, JudgedDocument, Point, ReviewFile};
use crate::assess::Verdict;
use crate::report::officer::Word;
use crate::report::words;
use serde::Deserialize;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    form: Spanned<String>,
    #[serde(default)]
    name: String,
    date: Option<Spanned<toml::Value>>,
    #[serde(default)]
    document: Vec<DocumentText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentText {
    path: Spanned<String>,
    #[serde(default)]
    sha256: String,
    #[serde(default)]
    point: Vec<PointText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PointText {
    pack: String,
    facet: Spanned<String>,
    program: Spanned<String>,
    #[serde(default)]
    passages: Vec<String>,
    word: Option<Spanned<String>>,
    counts: Option<Spanned<Vec<Spanned<i64>>>>,
    does_not_count: Option<Spanned<Vec<Spanned<i64>>>>,
    level: Option<Spanned<String>>,
    reason: Option<Spanned<String>>,
    name: Option<Spanned<String>>,
    date: Option<Spanned<toml::Value>>,
    #[serde(default)]
    sha256: String,
}

/// Reads a review file. `file` is its name as a person would write it.
///
/// # Errors
/// [`ReviewErrors`] with every fault, each with its place and remedy.
pub fn read(file: &str, text: &str) -> Result<ReviewFile, ReviewErrors> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut reader = Reader { file, source: text.as_str().into(), faults: Vec::new() };
    let parsed = toml::Deserializer::parse(&text)
        .map_err(|error| reader.syntax(&error))
        .and_then(|parsed| FileText::deserialize(parsed).map_err(|error| reader.schema(&error)));
    let out = parsed.map_err(|fault| ReviewErrors(vec![fault]))?;
    let out = reader.file(out);
    if reader.faults.is_empty() {
        return Ok(out);
    }
    reader.faults.sort_by_key(|f| f.place.span.start);
    Err(ReviewErrors(reader.faults))
}

struct Reader<'f> {
    file: &'f str,
    source: Arc<str>,
    faults: Vec<ReviewError>,
}

const WORDS: &str = "write \"holds\" or \"does not hold\", or leave it empty";

impl Reader<'_> {
    fn error(&self, at: Range<usize>, reason: String, remedy: &str) -> ReviewError {
        ReviewError::new(self.file, &self.source, at, reason, remedy.to_owned())
    }

    fn fault(&mut self, at: Range<usize>, reason: impl Into<String>, remedy: &str) {
        let fault = self.error(at, reason.into(), remedy);
        self.faults.push(fault);
    }

    fn syntax(&self, error: &toml::de::Error) -> ReviewError {
        let remedy = "check quotes, brackets and commas: every text stands in \"\u{2026}\" on one line and every list \
                      in [\u{2026}]";
        self.error(error.span().unwrap_or(0..0), format!("this is not TOML: {}", error.message()), remedy)
    }

    fn schema(&self, error: &toml::de::Error) -> ReviewError {
        let message = error.message();
        let mut quoted = message.split('`').skip(1).step_by(2);
        let name = quoted.next().unwrap_or_default();
        let known: Vec<&str> = quoted.collect();
        let at = error.span().unwrap_or(0..0);
        if message.starts_with("unknown field") {
            let remedy = format!("possible here: {}", known.join(", "));
            self.error(at, format!("there is no key `{name}` here"), &remedy)
        } else if message.starts_with("missing field") {
            let remedy = format!("add {name} = \u{2026}; `goldthread review report.json` writes every key");
            self.error(at, format!("the key `{name}` is missing"), &remedy)
        } else {
            let remedy = "word, level, reason, name and date are texts in quotes; counts and does_not_count are lists \
                          of numbers such as [1, 2]";
            self.error(at, format!("this is a wrong value: {message}"), remedy)
        }
    }

    fn file(&mut self, text: FileText) -> ReviewFile {
        if text.form.as_ref() != FORM {
            let reason = format!("this review has the form {:?}, this program reads {FORM:?}", text.form.as_ref());
            self.fault(text.form.span(), reason, "write it anew with `goldthread review report.json`");
        }
        let date = self.date(text.date);
        let name = text.name.trim().to_owned();
        let mut documents: Vec<JudgedDocument> = Vec::new();
        for document in text.document {
            let path = document.path.as_ref().clone();
            if documents.iter().any(|d| d.path == path) {
                let remedy = "join the two, or name the other file";
                self.fault(document.path.span(), "this document stands twice in the file", remedy);
            }
            let mut points: Vec<Point> = Vec::new();
            for point in document.point {
                let at = point.facet.span();
                let point = self.point(point, !name.is_empty());
                if points.iter().any(|p| p.pack == point.pack && p.facet == point.facet) {
                    let remedy = "keep one of the two judgements";
                    self.fault(at, "this point stands twice under its document", remedy);
                }
                points.push(point);
            }
            documents.push(JudgedDocument { path, sha256: document.sha256, points });
        }
        ReviewFile { name, date, documents }
    }

    fn point(&mut self, text: PointText, named: bool) -> Point {
        let at = text.facet.span();
        let numbers = text.passages.len();
        let own = |t: &Option<Spanned<String>>| t.as_ref().map_or("", |t| t.as_ref().trim()).to_owned();
        let (reason, name) = (own(&text.reason), own(&text.name));
        let reason_at = text.reason.as_ref().map_or_else(|| at.clone(), Spanned::span);
        let point = Point {
            pack: text.pack,
            facet: text.facet.into_inner(),
            program: self.verdict(&text.program),
            word: text.word.as_ref().and_then(|w| self.word(w)),
            counts: self.numbers(text.counts.as_ref(), numbers),
            does_not_count: self.numbers(text.does_not_count.as_ref(), numbers),
            passages: text.passages,
            level: text.level.as_ref().and_then(|l| self.level(l)),
            reason,
            name,
            date: self.date(text.date),
            sha256: text.sha256,
        };
        self.contradictions(&point, text.counts.as_ref(), text.does_not_count.as_ref(), &at);
        if point.is_judged() && point.reason.is_empty() {
            let remedy = "write reason = \"\u{2026}\": in a sentence, why; it is shown beside the judgement";
            self.fault(reason_at.clone(), "this judgement has no reason", remedy);
        }
        if point.is_judged() && point.name.is_empty() && !named {
            let remedy = "write your name at the top of the file (name = \"\u{2026}\"), or under this point";
            self.fault(text.name.as_ref().map_or(at.clone(), Spanned::span), "this judgement has no name", remedy);
        }
        if !point.is_judged() && !point.reason.is_empty() && text.word.as_ref().is_none_or(|w| w.as_ref().is_empty()) {
            let at = text.word.as_ref().map_or(reason_at, Spanned::span);
            self.fault(at, "there is a reason but no word", WORDS);
        }
        point
    }

    fn contradictions(
        &mut self,
        point: &Point,
        counts: Option<&Spanned<Vec<Spanned<i64>>>>,
        rejected: Option<&Spanned<Vec<Spanned<i64>>>>,
        at: &Range<usize>,
    ) {
        let span = |list: Option<&Spanned<Vec<Spanned<i64>>>>| list.map_or(at.clone(), Spanned::span);
        if !point.counts.is_empty() && point.word != Some(Word::Holds) {
            let remedy = "write word = \"holds\", or leave counts empty";
            self.fault(span(counts), "passages count, but the word is not \"holds\"", remedy);
        }
        if let Some(n) = point.counts.iter().find(|n| point.does_not_count.contains(n)) {
            let remedy = "leave it in one of the two lists";
            self.fault(span(rejected), format!("passage {n} counts and does not count"), remedy);
        }
        let all = !point.passages.is_empty() && (1..=point.passages.len()).all(|n| point.does_not_count.contains(&n));
        if all && point.word.is_none() {
            let remedy = "write word = \"does not hold\", or \"holds\" with the place in the reason if another passage \
                          holds it";
            self.fault(span(rejected), "every passage is rejected, but there is no word", remedy);
        }
        if point.level.is_some() && point.word != Some(Word::Holds) {
            self.fault(
                at.clone(),
                "there is a level, but the word is not \"holds\"",
                "remove the level, or add the word",
            );
        }
    }

    fn word(&mut self, word: &Spanned<String>) -> Option<Word> {
        match word.as_ref().trim().to_lowercase().as_str() {
            "" => None,
            "holds" => Some(Word::Holds),
            "does not hold" => Some(Word::DoesNotHold),
            other => {
                self.fault(word.span(), format!("{other:?} is no word of a review"), WORDS);
                None
            }
        }
    }

    fn verdict(&mut self, text: &Spanned<String>) -> Verdict {
        let all = [Verdict::Present, Verdict::Check, Verdict::Missing];
        all.into_iter().find(|v| words::verdict(*v) == text.as_ref()).unwrap_or_else(|| {
            let remedy = "this line is the program's: \"present\", \"to check\" or \"missing\"; put back what it was";
            self.fault(text.span(), format!("{:?} is nothing that the program says", text.as_ref()), remedy);
            Verdict::Missing
        })
    }

    fn level(&mut self, text: &Spanned<String>) -> Option<u8> {
        let wanted = text.as_ref().trim().to_lowercase();
        let found = (2..=4).find(|l| words::level(*l) == wanted);
        if found.is_none() && !wanted.is_empty() {
            let remedy = "write \"stated\", \"committed\" or \"accountable\", or leave the line out";
            self.fault(text.span(), format!("{wanted:?} is no level"), remedy);
        }
        found
    }

    fn numbers(&mut self, list: Option<&Spanned<Vec<Spanned<i64>>>>, most: usize) -> Vec<usize> {
        let mut out = Vec::new();
        for number in list.map(|l| l.as_ref().as_slice()).unwrap_or_default() {
            match usize::try_from(*number.as_ref()) {
                Ok(n) if (1..=most).contains(&n) => out.push(n),
                _ => {
                    let reason = format!("there is no passage {}", number.as_ref());
                    let remedy = match most {
                        0 => "no passage is listed here: say in the reason where it stands".to_owned(),
                        most => format!("the passages above are numbered 1 to {most}"),
                    };
                    self.fault(number.span(), reason, &remedy);
                }
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// A date as text or as TOML's own; years first.
    fn date(&mut self, date: Option<Spanned<toml::Value>>) -> String {
        let Some(date) = date else { return String::new() };
        let text = match date.as_ref() {
            toml::Value::String(text) => text.trim().to_owned(),
            toml::Value::Datetime(at) => at.date.map(|d| d.to_string()).unwrap_or_default(),
            other => other.to_string(),
        };
        if !text.is_empty() && !is_date(&text) {
            let remedy = "write year-month-day, such as date = \"2026-11-22\"";
            self.fault(date.span(), format!("{text:?} is no date"), remedy);
        }
        text
    }
}

fn is_date(text: &str) -> bool {
    text.parse::<toml::value::Datetime>().is_ok_and(|d| d.date.is_some() && d.time.is_none() && d.offset.is_none())
}
