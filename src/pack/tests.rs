use super::*;
use std::path::PathBuf;

/// Files written one after another, each after a line `== path`.
fn files(text: &str) -> Vec<SourceFile> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(path) = line.strip_prefix("== ") {
            files.push((path.to_owned(), String::new()));
        } else if let Some((_, text)) = files.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    files.iter().map(|(path, text)| SourceFile::new(path, text)).collect()
}

fn golden() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/packs")
}

fn load_and_lint(text: &str) -> String {
    match Library::from_files(files(text)) {
        Err(errors) => errors.render(Paint::Plain),
        Ok(library) => {
            let shown: Vec<_> = lint(&library).iter().map(|w| w.render(Paint::Plain)).collect();
            shown.join("\n\n")
        }
    }
}

/// `tests/packs/E001.txt` holds a broken pack and, after `== expected`, the pictures of its faults.
/// `GOLDEN=write cargo test` writes them anew.
#[test]
fn every_code_has_its_picture() {
    for code in Code::ALL {
        if *code == Code::Unreadable || *code == Code::NoPack {
            continue; // These need folders: see below.
        }
        let path = golden().join(format!("{code}.txt"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
        let (pack, expected) = text.split_once("== expected\n").unwrap_or((&text, ""));
        let shown = load_and_lint(pack);
        if std::env::var_os("GOLDEN").is_some() {
            std::fs::write(&path, format!("{pack}== expected\n{shown}\n")).expect("writes");
            continue;
        }
        assert_eq!(shown.trim_end(), expected.trim_end(), "{code}");
        assert!(shown.contains(&format!("[{code}]")), "{code} is not shown:\n{shown}");
    }
}

#[test]
fn folders() {
    let dir = tempfile::tempdir().expect("a folder");
    let missing = dir.path().join("nowhere");
    let fault = |dir: &std::path::Path| Library::with_dir(dir, Own::Instead).expect_err("a fault").0[0].code;
    assert_eq!(fault(&missing), Code::Unreadable);
    assert_eq!(fault(dir.path()), Code::NoPack);

    let good = std::fs::read_to_string(golden().join("good.txt")).expect("reads");
    for file in files(&good) {
        let path = dir.path().join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("makes");
        std::fs::write(path, file.text.replace('\n', "\r\n")).expect("writes");
    }
    let memory = Library::from_files(files(&good)).unwrap_or_else(|e| panic!("{}", e.render(Paint::Plain)));
    let disk = Library::with_dir(dir.path(), Own::Instead).unwrap_or_else(|e| panic!("{}", e.render(Paint::Plain)));
    assert!(disk.whole);
    assert_eq!((&disk.packs, &disk.lexicon), (&memory.packs, &memory.lexicon));
    let ids: Vec<_> = disk.packs[0].criteria.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids, ["C2", "C10"], "in the order of the numbers in file names");

    std::fs::write(dir.path().join("town").join("bad.toml"), [0xff]).expect("writes");
    assert_eq!(fault(dir.path()), Code::Unreadable);
}

#[test]
fn good_packs_are_good() {
    let good = std::fs::read_to_string(golden().join("good.txt")).expect("reads");
    assert_eq!(load_and_lint(&good), "");
    let library = Library::from_files(files(&good)).expect("loads");
    let pack = &library.packs[0];
    assert_eq!(library.concept(pack, "hardship").map(|c| c.about.as_str()), Some("the town's own"));
    assert_eq!(library.lexicon.concepts["hardship"].about, "being poor");
    let rule = &pack.criteria[0].facets[0].rules[0];
    assert_eq!(rule.origin, Origin { file: "town/c2.toml".into(), line: 14 });
    assert_eq!(rule.condition.within, Within::Words(12));
    assert_eq!(rule.matches[1].kind, crate::segment::PassageKind::Row);
    assert_eq!(rule.matches[1].level, Some(Level::Accountable));
    assert_eq!(library.hash.len(), 64);
    let again = Library::from_files(files(&good).into_iter().rev().collect()).expect("loads");
    assert_eq!(library.hash, again.hash);
}

#[test]
fn the_rules_compiled_in_load() {
    if let Err(errors) = Library::builtin() {
        panic!("{}", errors.render(Paint::Plain));
    }
}

#[test]
fn faults_that_follow_from_others_are_not_told() {
    let text = "== lexicon/a.toml\n[concept.x\n== p/pack.toml\nid=\"p\"\ntitle=\"\"\nversion=\"1\"\nsource=\"\"\n\
        == p/lexicon.toml\n[concept.y]\nterms = [\"@x\"]\n== p/c.toml\nid = 1\n";
    let errors = Library::from_files(files(text)).expect_err("faults");
    let codes: Vec<_> = errors.0.iter().map(|e| e.code).collect();
    assert_eq!(codes, [Code::Syntax, Code::BadValue]);
}

#[test]
fn ten_thousand_terms_load_quickly() {
    let mut text = String::new();
    for file in 0..40 {
        text.push_str(&format!("== lexicon/l{file}.toml\n"));
        for concept in 0..10 {
            text.push_str(&format!("[concept.c{file}_{concept}]\nterms = [\n"));
            for term in 0..25 {
                text.push_str(&format!("\"low-income household* (in|with) ... word{term} (a|b c|) debt\",\n"));
            }
            text.push_str("]\n");
        }
    }
    let files = files(&text);
    let start = std::time::Instant::now();
    let library = Library::from_files(files).expect("loads");
    let taken = start.elapsed();
    assert_eq!(library.lexicon.concepts.len(), 400);
    assert!(taken.as_millis() < if cfg!(debug_assertions) { 2000 } else { 100 }, "{taken:?}");
    eprintln!("{taken:?}");
}
