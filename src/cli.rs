//! The command line as types: what may be written, with its help.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Checks whether strategies and plans hold the golden thread.
///
/// goldthread reads strategies and plans (PDF, DOCX, ODT, RTF, PPTX, web pages, text) and tells for each how far it
/// holds the principles and recommendations that it is supposed to follow: the words that prove it,
/// page by page, what is missing, and what a person should check. It works offline; documents never
/// leave this machine.
#[derive(Debug, Parser)]
#[command(name = "goldthread", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  goldthread demo                                   see it work on embedded example documents
  goldthread check draft.docx                       what is missing, where it is thin, what proves it
  goldthread check plans/ -o gaps.html -o all.json  a folder of plans; a web report and data
  goldthread check plans/ -o paper.docx -o all.xlsx  a committee paper and a workbook; also csv, md
  goldthread check draft.docx -o draft.annotated.docx  the draft itself, with comments in Word (or .pdf)
  goldthread check draft.docx --fail-under partial  exit code 1 if a principle is missing
  goldthread compare draft-1.docx draft-2.docx      what was lost, weakened, strengthened, gained
  goldthread explain draft.docx --facet P3.shift    why this verdict?
  goldthread text draft.docx                        what was read
  goldthread check plans/ --store results.sqlite    read only what changed since the last run
  goldthread history --store results.sqlite         how ratings moved from run to run
  goldthread rules show P1                          what is looked for, in plain words

Exit codes: 0 done, 1 below the gate of --fail-under or --fail-if-weaker, 2 error, 3 done but some
documents could not be judged, 130 stopped by Ctrl-C.";

/// The command of a process that reads for another one.
pub const READER: &str = "reader";

/// What goldthread can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check the embedded example documents and write a web report
    Demo(DemoArgs),
    /// Check documents: files, or folders with everything below them
    Check(CheckArgs),
    /// Compare two drafts, or two folders of them: what was lost, weakened, strengthened, gained
    Compare(CompareArgs),
    /// Write the open points of a report as a file for an officer to judge
    Review(ReviewArgs),
    /// Say why a document got its verdict on one facet
    Explain(ExplainArgs),
    /// Show what was read of a file, one block a line
    Text(TextArgs),
    /// List, show, test and try rules
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Show how ratings moved over the runs that a store holds
    History(HistoryArgs),
    /// Write a commented goldthread.toml, which says how a folder of plans is checked
    Init(InitArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write one for each command into a folder
    Man(ManArgs),
    /// Measure agreement with labelled passages, or fit the packs' points to them
    Eval(EvalArgs),
    /// Train a small model for a pack of your own from labelled passages
    Learn(LearnArgs),
    /// Read files for another goldthread: requests on standard input, answers on standard output
    #[command(name = READER, hide = true)]
    Reader,
}

/// Which rules to use.
#[derive(Clone, Debug, Args)]
pub struct PackArgs {
    /// Ask only this pack; may be given several times [default: every pack but those that `rules list`
    /// says are asked by name]
    #[arg(long = "pack", value_name = "ID")]
    pub packs: Vec<String>,
    /// Use the packs in this folder besides the built-in ones
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// Leave the built-in packs out
    #[arg(long, requires = "rules")]
    pub only_own: bool,
    /// Judge by the rules alone, without the trained model
    #[arg(long, alias = "no-model")]
    pub no_learned: bool,
}

/// How files are read.
#[derive(Clone, Debug, Args)]
pub struct ReadArgs {
    /// Open locked files with this password
    #[arg(long, value_name = "WORD")]
    pub password: Option<String>,
    /// Read tracked changes of Word files as accepted, or the text as it was
    #[arg(long, value_enum, default_value_t = Revisions::Accepted)]
    pub revisions: Revisions,
    /// Read scanned pages of PDF files by text recognition: needs tesseract (Debian: tesseract-ocr)
    #[arg(long)]
    pub ocr: bool,
    /// Read files in this process itself, so that a hostile one can end it: to compare and to debug
    #[arg(long, hide = true)]
    pub in_process: bool,
}

/// What is written, and where to.
#[derive(Clone, Debug, Args)]
pub struct FormArgs {
    /// The form on standard output [default: terminal, or none with --quiet]
    #[arg(long, value_name = "FORM")]
    pub format: Option<String>,
    /// Write to this file, its form told by the extension; may be given several times
    #[arg(short, long = "output", value_name = "FILE")]
    pub outputs: Vec<PathBuf>,
    /// Nothing on standard output and no progress; errors only
    #[arg(short, long)]
    pub quiet: bool,
}

impl FormArgs {
    /// The form on standard output by its name, if any.
    pub fn screen(&self) -> Option<&str> {
        self.format.as_deref().or(if self.quiet { None } else { Some("terminal") })
    }
}

/// How tracked changes are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Revisions {
    /// As if every change were accepted
    Accepted,
    /// As if every change were rejected
    Original,
}

/// `goldthread demo`
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Where the web report goes
    #[arg(short, long, value_name = "FILE", default_value = "goldthread-demo.html")]
    pub output: PathBuf,
    #[command(flatten)]
    pub packs: PackArgs,
}

/// `goldthread check`
#[derive(Debug, Args)]
#[command(after_help = CHECK_FORMS)]
pub struct CheckArgs {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub packs: PackArgs,
    #[command(flatten)]
    pub read: ReadArgs,
    #[command(flatten)]
    pub forms: FormArgs,
    /// Exit with code 1 if any required criterion is rated below this; with --review an officer's
    /// word counts
    #[arg(long, value_name = "RATING")]
    pub fail_under: Option<Gate>,
    /// Lay an officer's judgements over the result: a file made with `goldthread review`
    #[arg(long, value_name = "FILE")]
    pub review: Option<PathBuf>,
    /// How many documents to work on at a time [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// Keep results in this file: unchanged documents are not read again, and a run that was
    /// stopped goes on where it was
    #[arg(long, value_name = "FILE")]
    pub store: Option<PathBuf>,
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// Which `goldthread.toml` to use.
#[derive(Debug, Args)]
pub struct ConfigArgs {
    /// Use this goldthread.toml [default: the nearest in or above the folder of the first path]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Use no goldthread.toml
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,
}

const CHECK_FORMS: &str = "\
Forms of -o: html, docx, xlsx, csv, md and json; NAME.annotated.docx or NAME.annotated.pdf is a copy of the
document with notes.";

/// `goldthread history`
#[derive(Debug, Args)]
#[command(after_help = HISTORY_EXAMPLES)]
pub struct HistoryArgs {
    /// The file that `check --store` keeps results in [default: that of the goldthread.toml here]
    #[arg(long, value_name = "FILE")]
    pub store: Option<PathBuf>,
    /// Write a web page with charts (.html) or every rating (.csv); may be given several times
    #[arg(short, long = "output", value_name = "FILE")]
    pub outputs: Vec<PathBuf>,
    /// Every rating of every run as CSV on standard output
    #[arg(long)]
    pub csv: bool,
}

const HISTORY_EXAMPLES: &str = "\
Examples:
  goldthread check plans/ --store results.sqlite           now, and again in six months
  goldthread history --store results.sqlite                what moved
  goldthread history --store results.sqlite -o moved.html  the same as charts";

/// `goldthread init`
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
}

/// `goldthread completions`
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `goldthread man`
#[derive(Debug, Args)]
pub struct ManArgs {
    /// The folder
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// `goldthread review`
#[derive(Debug, Args)]
#[command(after_help = REVIEW_EXAMPLES)]
pub struct ReviewArgs {
    /// A report made with `check -o FILE.json`
    #[arg(value_name = "REPORT")]
    pub report: PathBuf,
    /// The review file; what is filled in there is kept [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// List points that are present, too, so that evidence can be accepted or rejected
    #[arg(long)]
    pub evidence: bool,
    /// Overwrite the review file, whatever is filled in there
    #[arg(long, requires = "output")]
    pub force: bool,
}

const REVIEW_EXAMPLES: &str = "\
The file says how to fill it in: a word, a reason and a name for each point that you judge.
Examples:
  goldthread check draft.docx -o report.json         judge the draft
  goldthread review report.json -o review.toml       what is to check and what is missing, to fill in
  goldthread check draft.docx --review review.toml   your judgements beside the program's
  goldthread review report-2.json -o review.toml     the next draft: what you judged is kept";

/// `goldthread compare`
#[derive(Debug, Args)]
#[command(after_help = COMPARE_EXAMPLES)]
pub struct CompareArgs {
    /// The old draft, a folder of drafts, or a report made with `check -o FILE.json`
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The new draft, a folder of drafts, or a report
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    #[command(flatten)]
    pub packs: PackArgs,
    #[command(flatten)]
    pub read: ReadArgs,
    #[command(flatten)]
    pub config: ConfigArgs,
    #[command(flatten)]
    pub forms: FormArgs,
    /// Exit with code 1 if anything required is weaker, or it cannot be told
    #[arg(long)]
    pub fail_if_weaker: bool,
}

const COMPARE_EXAMPLES: &str = "\
Two documents are compared whatever their names; folders are paired by name. Forms: html and json.
Examples:
  goldthread compare draft-1.docx draft-2.docx               what changed, with the passages of both
  goldthread compare plans-2025/ plans-2026/ -o changes.html  folders, as a web page
  goldthread compare last-week.json draft-2.docx             a report made earlier, and a document
  goldthread compare old.docx new.docx --fail-if-weaker      exit code 1 if a required point was lost or
                                                             weakened, a document is gone, or one cannot be read";

/// Ratings that a gate may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Gate {
    /// Something of it is present
    Partial,
    /// All of it is present, something committed
    Evident,
    /// Evident, accountable and in three sections or more
    Embedded,
}

/// `goldthread explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The document
    pub file: PathBuf,
    /// The facet, such as P3.shift
    #[arg(long, value_name = "ID")]
    pub facet: String,
    /// How many passages to show
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub passages: usize,
    #[command(flatten)]
    pub packs: PackArgs,
    #[command(flatten)]
    pub read: ReadArgs,
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// `goldthread text`
#[derive(Debug, Args)]
pub struct TextArgs {
    /// The document
    pub file: PathBuf,
    /// One JSON object a line, with the span of each block
    #[arg(long, conflicts_with = "plain")]
    pub json: bool,
    /// Body text alone, pages apart by a form feed
    #[arg(long)]
    pub plain: bool,
    #[command(flatten)]
    pub read: ReadArgs,
}

/// `goldthread rules`
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// List packs, criteria and facets
    List(PackArgs),
    /// Show a criterion in plain words: what it asks, what counts, where it comes from
    Show {
        /// The criterion or facet, such as P1 or P1.recognised
        id: String,
        #[command(flatten)]
        packs: PackArgs,
    },
    /// Run every rule's own matches and ignores
    Test(PackArgs),
    /// Look for mistakes in packs: unused concepts, rules without tests, unreachable rules
    Lint(PackArgs),
    /// Show what fires in a sentence, a file, or standard input ("-")
    Try {
        /// The sentence, the path of a text file, or "-"
        text: String,
        #[command(flatten)]
        packs: PackArgs,
    },
}

/// `goldthread eval`
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// Labelled files: one JSON object a line with id, doc, text and labels
    #[arg(required = true, value_name = "GOLD")]
    pub gold: Vec<PathBuf>,
    #[command(flatten)]
    pub packs: PackArgs,
    /// Only facets whose id begins so; may be given several times
    #[arg(long, value_name = "ID")]
    pub facet: Vec<String>,
    /// Fit points on the other documents, measure on those left out, in so many parts
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..=20))]
    pub folds: Option<u16>,
    /// Fit points and thresholds to these files and write each pack's calibration.toml below this folder
    #[arg(long, value_name = "DIR")]
    pub calibrate: Option<PathBuf>,
    /// Keep points and thresholds as they are, and note in each pack's calibration.toml below this folder how often they
    /// are right on these files
    #[arg(long, value_name = "DIR", conflicts_with_all = ["calibrate", "folds", "fit_on", "readers", "facet", "no_learned"])]
    pub measure: Option<PathBuf>,
    /// With --calibrate: a labelled file that rules were not written from; thresholds are set on it
    #[arg(long, value_name = "FILE", requires = "calibrate")]
    pub unseen: Vec<PathBuf>,
    /// Fit points to this labelled file and measure on the others given; may be given several
    /// times. With --folds it is added to what each part is fitted on
    #[arg(long, value_name = "FILE", conflicts_with = "calibrate")]
    pub fit_on: Vec<PathBuf>,
    /// Figures of the rules alone, the trained model alone and both, side by side
    #[arg(long, requires = "folds", conflicts_with_all = ["errors", "no_learned"])]
    pub readers: bool,
    /// One table a labelled file instead of one for all
    #[arg(long)]
    pub by_file: bool,
    /// Figures of each document, or of each facet
    #[arg(long, value_enum, default_value_t = By::Facet)]
    pub by: By,
    /// List every false hit and miss with its passage and the rules concerned
    #[arg(long)]
    pub errors: bool,
    /// Write what is said of each document on each facet, with its passages, to this file: one JSON
    /// object a line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["readers", "calibrate"])]
    pub dump: Option<PathBuf>,
    /// Figures as JSON
    #[arg(long)]
    pub json: bool,
}

/// Options of `learn`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  goldthread learn labelled.jsonl --pack rules/my-pack

The model is written into the pack's folder as model.bin; the line model = \"model.bin\" in its
pack.toml puts it to use. It reads beside the rules and judges nothing by itself.")]
pub struct LearnArgs {
    /// Labelled files: one JSON object a line with id, doc, text and labels
    #[arg(required = true, value_name = "GOLD")]
    pub gold: Vec<PathBuf>,
    /// The folder of the pack
    #[arg(long, value_name = "DIR")]
    pub pack: PathBuf,
}

/// What figures are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// One line a facet
    Facet,
    /// One line a document and facet
    Document,
}
