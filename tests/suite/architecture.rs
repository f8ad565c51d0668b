//! Modules use only modules before them on a document's way.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module with the modules that it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("document", &[]),
    ("input", &["document"]),
    ("remark", &["input", "document"]),
    ("sandbox", &["remark", "input", "document"]),
    ("segment", &["document"]),
    ("shipped", &[]),
    ("pack", &["shipped", "segment", "document"]),
    ("matching", &["shipped", "pack", "segment", "document"]),
    ("learned", &["segment", "document"]),
    ("assess", &["learned", "matching", "pack", "segment", "document"]),
    ("eval", &["assess", "learned", "matching", "pack", "segment", "document"]),
    ("report", &["assess", "document", "segment"]),
    ("annotate", &["report", "assess", "remark", "document"]),
    ("compare", &["report", "assess", "segment", "document"]),
    ("review", &["report", "assess", "pack", "segment", "document"]),
    ("corpus", &[]),
    (
        "batch",
        &["report", "assess", "learned", "matching", "pack", "segment", "sandbox", "remark", "input", "document"],
    ),
    ("config", &["report", "assess", "pack"]),
    ("store", &["batch", "report", "assess", "input"]),
    ("history", &["store", "report", "assess"]),
];

/// Lines that a file may have, its tests included.
const LONGEST: usize = 500;

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn sources() -> Vec<(String, String, PathBuf)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    all.sort();
    all.into_iter()
        .map(|path| {
            let inner = path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
            let module = inner.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
            (module, fs::read_to_string(&path).unwrap(), path)
        })
        .collect()
}

/// Every `crate::name` in code that is no test.
fn uses(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn modules_use_only_earlier_ones() {
    let mut wrong = Vec::new();
    for (module, text, path) in sources() {
        if ["lib", "main", "cli", "commands"].contains(&module.as_str()) {
            continue;
        }
        let (_, may) =
            MAY_USE.iter().find(|(m, _)| *m == module).unwrap_or_else(|| panic!("{module} is not in the table"));
        for used in uses(&text) {
            let known = MAY_USE.iter().any(|(m, _)| *m == used);
            if known && used != module && !may.contains(&used.as_str()) {
                wrong.push(format!("{}: {module} uses {used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_short() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text, _)| text.lines().count() > LONGEST)
        .map(|(_, text, path)| format!("{}: {} lines", path.display(), text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}
