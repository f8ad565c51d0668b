//! Tests of the whole room, by subject.

mod conditions;
mod context;
mod oracle;
mod terms;

use super::*;
use crate::document::{BlockKind, Document, Locator};
use crate::pack::{Library, SourceFile};
use crate::segment::segment;

/// Compiles a pack of one facet. `rules` is the TOML of its rules; see [`rule`].
fn compile(lexicon: &str, cues: &str, rules: &str) -> Matcher {
    let library = library(lexicon, cues, rules);
    Matcher::compile(&library.packs, &library.lexicon, &library.cues).expect("compiles")
}

fn library(lexicon: &str, cues: &str, rules: &str) -> Library {
    let facet = "id = \"T\"\ntitle = \"T\"\nsummary = \"s\"\nsource = \"s\"\n[[facet]]\nid = \"T.f\"\ntitle = \"t\"\n\
                 counts = \"c\"\nnot_enough = \"n\"\nwhy = \"w\"\nquestion = \"q?\"\n";
    let pack = "id = \"p\"\ntitle = \"P\"\nversion = \"1\"\nsource = \"s\"\nsummary = \"s\"\n";
    let files = vec![
        SourceFile::new("p/pack.toml", pack),
        SourceFile::new("p/t.toml", &format!("{facet}{rules}")),
        SourceFile::new("lexicon/l.toml", lexicon),
        SourceFile::new("cues/c.toml", cues),
    ];
    Library::from_files(files).unwrap_or_else(|e| panic!("{}", e.render(crate::pack::Paint::Plain)))
}

/// The TOML of a rule with this condition.
fn rule(id: &str, condition: &str) -> String {
    format!("[[facet.rule]]\nid = \"{id}\"\nsays = \"says\"\nstrength = \"sure\"\nmatches = [\"x\"]\n{condition}\n")
}

/// A document of one paragraph.
fn paragraph(text: &str) -> Document {
    let mut document = Document::default();
    document.push(BlockKind::Paragraph, text, Locator::default(), None);
    document
}

/// The words of every hit in the first passage of a text.
fn hits(matcher: &Matcher, text: &str) -> Vec<String> {
    let document = paragraph(text);
    let s = segment(&document);
    let found = matcher.scan(&s);
    found
        .first()
        .map_or_else(Vec::new, |p| p.rules.iter().map(|h| s.folded.slice(h.tokens.clone()).to_owned()).collect())
}

/// Whether any rule fires in the last passage of a document.
fn fires(matcher: &Matcher, document: &Document) -> bool {
    matcher.scan(&segment(document)).last().is_some_and(|p| !p.rules.is_empty())
}
