//! The program as its user meets it: every case of `tests/cli/*.toml` is one call.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What the case shows.
    name: String,
    /// `CORPUS` stands for the folder of example documents.
    args: Vec<String>,
    /// The exit code.
    code: i32,
    /// Files that are there before, by path.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// Files that are there before, copied from the project, by path.
    #[serde(default)]
    copies: BTreeMap<String, String>,
    /// Texts that standard output must hold.
    #[serde(default)]
    stdout: Vec<String>,
    /// Texts that standard output must not hold.
    #[serde(default)]
    not_stdout: Vec<String>,
    /// Texts that standard error must hold.
    #[serde(default)]
    stderr: Vec<String>,
    /// Files that must be there after and not be empty.
    #[serde(default)]
    writes: Vec<String>,
}

fn goldthread(folder: &Path, args: &[String]) -> Output {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let args = args.iter().map(|a| a.replace("CORPUS", &corpus.to_string_lossy()));
    Command::new(env!("CARGO_BIN_EXE_goldthread")).args(args).current_dir(folder).output().unwrap()
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let (mut run, mut failures) = (0, Vec::new());
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let cases: Cases = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        for case in cases.case {
            run += 1;
            let found = check(&case);
            failures.extend(found.into_iter().map(|f| format!("{}: {}: {f}", file.display(), case.name)));
        }
    }
    assert!(run > 10);
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn check(case: &Case) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let copies = case.copies.iter().map(|(path, from)| (path, fs::read(project.join(from)).unwrap()));
    for (path, bytes) in case.files.iter().map(|(path, text)| (path, text.clone().into_bytes())).chain(copies) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let output = goldthread(folder.path(), &case.args);
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let mut out = Vec::new();
    if output.status.code() != Some(case.code) {
        out.push(format!("exit code {:?}\n{stdout}\n{stderr}", output.status.code()));
    }
    out.extend(case.stdout.iter().filter(|t| !stdout.contains(*t)).map(|t| format!("no {t:?} on stdout\n{stdout}")));
    out.extend(case.not_stdout.iter().filter(|t| stdout.contains(*t)).map(|t| format!("{t:?} on stdout\n{stdout}")));
    out.extend(case.stderr.iter().filter(|t| !stderr.contains(*t)).map(|t| format!("no {t:?} on stderr\n{stderr}")));
    for path in &case.writes {
        if fs::metadata(folder.path().join(path)).map_or(0, |m| m.len()) == 0 {
            out.push(format!("{path} was not written"));
        }
    }
    if stderr.contains("panicked") {
        out.push(format!("a panic\n{stderr}"));
    }
    out
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let run = |jobs: &str| {
        let args = ["check", "CORPUS", "--format", "json", "--jobs", jobs].map(str::to_owned);
        let output = goldthread(folder.path(), &args);
        assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let one = run("1");
    assert!(one.len() > 10_000);
    assert!(one == run("8"), "the report depends on the number of threads");
}
