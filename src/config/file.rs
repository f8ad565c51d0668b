//! The keys of `goldthread.toml`, and the commented file that `goldthread init` writes.

use serde::Deserialize;
use toml::Spanned;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ConfigFile {
    pub packs: Vec<String>,
    pub rules: Option<String>,
    pub only_own: Option<Spanned<bool>>,
    pub fail_under: Option<Gate>,
    pub thresholds: ThresholdsFile,
    pub store: Option<String>,
    pub outputs: Vec<String>,
    pub kind: Vec<KindFile>,
    pub plan: Vec<PlanFile>,
}

/// `[thresholds]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ThresholdsFile {
    pub present: Option<Spanned<f64>>,
    pub missing: Option<Spanned<f64>>,
}

/// `[[kind]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KindFile {
    pub name: Spanned<String>,
    #[serde(default)]
    pub files: Vec<Spanned<String>>,
    pub required: Option<Vec<Spanned<String>>>,
    pub fail_under: Option<Gate>,
}

/// `[[plan]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanFile {
    pub file: Spanned<String>,
    pub label: Option<String>,
    pub owner: Option<String>,
    pub kind: Option<Spanned<String>>,
}

/// Ratings that a gate may ask for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Gate {
    Partial,
    Evident,
    Embedded,
}

/// The file that `goldthread init` writes: every key, explained, and nothing switched on.
pub const TEMPLATE: &str = include_str!("template.toml");
