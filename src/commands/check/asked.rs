//! What a run is asked for, settled before any work is done, so that what cannot be is told at once.

use crate::cli::CheckArgs;
use crate::commands::{annotate, asked_packs, outputs, read_options, readers, review, rules};
use anyhow::{Context, Result, bail};
use goldthread::batch::{Found, Rules, find, show};
use goldthread::config::Config;
use goldthread::input::{InputError, ReadOptions, load};
use goldthread::report::{self, Head, Reporter};
use goldthread::review::Bound;
use goldthread::store::Store;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Everything that a run needs.
pub struct Asked<'a> {
    pub args: &'a CheckArgs,
    pub config: &'a Config,
    pub outputs: Vec<(PathBuf, &'static dyn Reporter)>,
    pub copies: Vec<&'a Path>,
    /// What goes to standard output.
    pub screen: Option<&'static dyn Reporter>,
    pub rules: Rules,
    pub files: Vec<PathBuf>,
    pub head: Head,
    pub review: Option<Arc<Bound>>,
    pub store: Option<Store>,
    pub read: ReadOptions,
}

impl<'a> Asked<'a> {
    /// Settles everything: outputs first, which cost nothing, then rules, files and the store.
    pub fn settle(args: &'a CheckArgs, config: &'a Config) -> Result<Self> {
        let wanted = if args.forms.outputs.is_empty() { &config.outputs } else { &args.forms.outputs };
        let outputs = outputs(wanted.iter().filter(|path| !annotate::is_copy(path)), report::file_reporter)?;
        let screen = args.forms.screen().map(report::reporter).transpose().context("--format")?;
        start_threads(args)?;
        let store = args.store.as_ref().or(config.store.as_ref());
        let readers = readers(&args.read)?;
        // A reader starts while the packs are loaded, unless nothing may have changed.
        let readers = if store.is_some_and(|path| path.is_file()) { readers } else { readers.ready() };
        let rules = rules(&asked_packs(&args.packs, config), config.thresholds, readers)?;
        let written: Vec<&Path> = wanted.iter().map(PathBuf::as_path).collect();
        let read = read_options(&args.read);
        let own = |path: &Path| {
            let is_report = |bytes: Vec<u8>| matches!(rules.readers().read(&bytes, &read), Err(InputError::OwnReport));
            annotate::is_copy(path) || load(path, &read).is_ok_and(is_report)
        };
        let Found { files, skipped } =
            find(&args.paths)?.without(&written, store.map(PathBuf::as_path), &args.paths, own)?;
        if let (Some(store), Some(path)) = (store, wanted.iter().find(|path| Some(*path) == store)) {
            bail!("{} is to hold a report and is the store {}: give one of them another name", show(path), show(store));
        }
        let copies = annotate::copies(wanted, &files)?;
        let mut head = rules.head(skipped);
        // Whoever asks other packs this once need not change what kinds of plan must show.
        if args.packs.packs.is_empty() {
            config.check(&head.packs)?;
        }
        let review = args.review.as_ref().map(|file| {
            let paths: Vec<String> = files.iter().map(|f| show(f)).collect();
            review::bound(file, &paths)
        });
        let review = review.transpose()?.map(Arc::new);
        head.review = review.as_ref().and_then(|r| r.said());
        let store = store.map(|path| Store::open(path)).transpose()?;
        Ok(Self { args, config, outputs, copies, screen, rules, files, head, review, store, read })
    }
}

/// As many threads as asked for; before anything uses them.
fn start_threads(args: &CheckArgs) -> Result<()> {
    let Some(jobs) = args.jobs else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs));
    pool.build_global().context("--jobs: the threads could not be started")
}
