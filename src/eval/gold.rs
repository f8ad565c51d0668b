//! Labelled passages as documents.

use crate::document::{BlockKind, Document, Locator};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One labelled passage: a line of a labelled file.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct GoldRecord {
    /// Unique in its file.
    pub id: String,
    /// The document that it belongs to.
    pub doc: String,
    /// The passage.
    pub text: String,
    /// Facet to level, 1 to 4; facets that are not there are 0.
    pub labels: BTreeMap<String, u8>,
    /// How the ids of the facets begin that the reader was asked about; without it, all facets. Of
    /// facets that nobody was asked about nothing is counted and nothing learned.
    #[serde(default)]
    pub asked: Option<Vec<String>>,
    /// Whether its document has further passages that are not in the file: what is not among those
    /// that are tells nothing of what is missing.
    #[serde(default)]
    pub sampled: bool,
    /// The headings above it, outermost first.
    #[serde(default)]
    pub headings: Vec<String>,
    /// paragraph, bullet, row or footnote, where known.
    #[serde(default)]
    pub kind: Option<String>,
    /// A row's column names.
    #[serde(default)]
    pub header: Option<Vec<String>>,
    /// The page, where known.
    #[serde(default)]
    pub page: Option<u32>,
}

/// The labelled passages of one document in order, as a document.
#[derive(Clone, Debug, Default)]
pub struct GoldDocument {
    /// The labelled file that it came from.
    pub file: String,
    /// Its name there.
    pub name: String,
    /// Its passages.
    pub records: Vec<GoldRecord>,
    /// The same as a document.
    pub document: Document,
    blocks: Vec<Option<usize>>,
}

/// Why labelled passages could not be read.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// The file could not be read.
    #[error("{path}: cannot be read: {source}; give the path of a file with one JSON object a line")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line is not what it should be.
    #[error("{path}:{line}: {source}; every line needs id, doc, text and labels (facet to level 1-4)")]
    Line {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// Why.
        source: serde_json::Error,
    },
    /// A label is no level.
    #[error("{path}:{line}: the level of {facet} is {level}; levels are 0 to 4")]
    Level {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// The facet.
        facet: String,
        /// What stands there.
        level: u8,
    },
    /// The file holds no passage.
    #[error("{path}: holds no labelled passage")]
    Empty {
        /// The file.
        path: PathBuf,
    },
}

/// Reads labelled files; documents come in the order in which they first appear.
///
/// # Errors
/// [`GoldError`] names the file and the line.
pub fn load(paths: &[PathBuf]) -> Result<Vec<GoldDocument>, GoldError> {
    let mut out = Vec::new();
    for path in paths {
        let documents = load_file(path)?;
        if documents.is_empty() {
            return Err(GoldError::Empty { path: path.clone() });
        }
        out.extend(documents);
    }
    Ok(out)
}

fn load_file(path: &Path) -> Result<Vec<GoldDocument>, GoldError> {
    let text = std::fs::read_to_string(path).map_err(|source| GoldError::File { path: path.to_owned(), source })?;
    let file = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let mut documents: Vec<GoldDocument> = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let line_number = index + 1;
        let record: GoldRecord = serde_json::from_str(line).map_err(|source| GoldError::Line {
            path: path.to_owned(),
            line: line_number,
            source,
        })?;
        if let Some((facet, level)) = record.labels.iter().find(|(_, l)| **l > 4) {
            let (facet, level) = (facet.clone(), *level);
            return Err(GoldError::Level { path: path.to_owned(), line: line_number, facet, level });
        }
        match documents.iter_mut().find(|d| d.name == record.doc) {
            Some(document) => document.records.push(record),
            None => documents.push(GoldDocument {
                file: file.clone(),
                name: record.doc.clone(),
                records: vec![record],
                ..GoldDocument::default()
            }),
        }
    }
    documents.iter_mut().for_each(GoldDocument::build);
    Ok(documents)
}

impl GoldDocument {
    /// The record that a block of the document is, if it is one.
    #[must_use]
    pub fn record_of(&self, block: usize) -> Option<usize> {
        self.blocks.get(block).copied().flatten()
    }

    /// The level that the readers gave a record for a facet.
    #[must_use]
    pub fn label(&self, record: usize, facet: &str) -> u8 {
        self.records[record].labels.get(facet).copied().unwrap_or(0)
    }

    /// Whether all passages of the document are here.
    #[must_use]
    pub fn whole(&self) -> bool {
        !self.records.iter().any(|r| r.sampled)
    }

    /// Whether the reader of a record was asked about a facet.
    #[must_use]
    pub fn asked(&self, record: usize, facet: &str) -> bool {
        self.records[record].asked.as_ref().is_none_or(|ids| ids.iter().any(|id| facet.starts_with(id.as_str())))
    }

    fn build(&mut self) {
        let mut document = Document::default();
        let mut headings: &[String] = &[];
        let mut header: &[String] = &[];
        let mut table = 0;
        for record in &self.records {
            let locator = Locator { page: record.page };
            let same = headings.iter().zip(&record.headings).take_while(|(a, b)| a == b).count();
            for (depth, heading) in record.headings.iter().enumerate().skip(same) {
                let level = u8::try_from(depth + 1).unwrap_or(9).min(9);
                document.push(BlockKind::Heading { level }, heading, locator, None);
                self.blocks.push(None);
            }
            if same < record.headings.len() || same < headings.len() {
                header = &[];
            }
            headings = &record.headings;
            let columns = record.header.as_deref().unwrap_or(&[]);
            match record.kind.as_deref() {
                Some("row") => {
                    if columns != header {
                        table += 1;
                        header = columns;
                        document.push_row(table, true, columns, locator, None);
                        self.blocks.push(None);
                    }
                    let cells: Vec<&str> = record.text.split(" | ").collect();
                    document.push_row(table, false, &cells, locator, None);
                }
                Some("bullet") => {
                    document.push(BlockKind::ListItem { depth: 0 }, &record.text, locator, None);
                }
                Some("footnote") => {
                    document.push(BlockKind::Footnote, &record.text, locator, None);
                }
                _ => {
                    document.push(BlockKind::Paragraph, &record.text, locator, None);
                }
            }
            let record = self.blocks.iter().flatten().count();
            self.blocks.push(Some(record));
        }
        self.document = document;
    }
}
