use super::*;
use crate::assess::{Assessment, Status};

fn parse(text: &str) -> Result<Config, String> {
    Config::parse(&SourceFile::new(NAME, text), PathBuf::from("plans")).map_err(|e| e.to_string())
}

fn document(path: &str) -> DocumentReport {
    let criterion = |id: &str| Assessment {
        pack: "principles".into(),
        id: id.into(),
        title: id.into(),
        required: true,
        rating: Rating::Missing,
        rating_if_checks_hold: None,
        only_in: Vec::new(),
        facets: Vec::new(),
    };
    DocumentReport {
        path: path.into(),
        plan: PlanNote::default(),
        title: None,
        sha256: None,
        format: None,
        pages: None,
        pages_unread: Vec::new(),
        passages: 1,
        status: Status::Assessed,
        error: None,
        warnings: Vec::new(),
        criteria: vec![criterion("P1"), criterion("P2")],
        review: None,
    }
}

fn applied(config: &Config, path: &str) -> DocumentReport {
    let mut document = document(path);
    config.apply(&mut document);
    document
}

const KINDS: &str = r#"
fail_under = "partial"
[[kind]]
name = "transport"
files = ["transport/**/*", "*bus*"]
required = ["P2"]
fail_under = "evident"
[[kind]]
name = "note"
required = []
[[plan]]
file = "sub/a.md"
label = "The A plan"
kind = "note"
[[plan]]
file = "*.md"
owner = "A. Officer"
"#;

#[test]
fn the_template_is_a_file_that_says_nothing() {
    let config = parse(TEMPLATE).unwrap();
    assert!(
        config.packs.is_empty() && config.outputs.is_empty() && config.store.is_none() && config.fail_under.is_none()
    );
    let all_on: String = TEMPLATE
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|l| l.contains(" = ") || l.starts_with('[')).unwrap_or("#"))
        .map(|line| format!("{line}\n"))
        .collect();
    let config = parse(&all_on).unwrap();
    assert_eq!((config.kinds.len(), config.plans.len(), config.outputs.len()), (1, 1, 2));
    assert!(config.only_own && config.store.is_some() && !config.thresholds.is_none());
}

#[test]
fn kinds_say_what_plans_must_show() {
    let config = parse(KINDS).unwrap();
    let required = |d: &DocumentReport| d.criteria.iter().map(|c| c.required).collect::<Vec<_>>();
    for path in ["plans/transport/x.pdf", "plans/transport/a/b/x.pdf", "plans/sub/Bus-plan.pdf", "./plans/./bus.pdf"] {
        let d = applied(&config, path);
        assert_eq!(d.plan.kind.as_deref(), Some("transport"), "{path}");
        assert_eq!(required(&d), [false, true], "{path}");
        assert_eq!(config.gate(&d), Some(Rating::Evident));
    }
    let d = applied(&config, "plans/sub/a.md");
    assert_eq!(d.plan.label.as_deref(), Some("The A plan"));
    assert_eq!(d.plan.owner.as_deref(), Some("A. Officer"));
    assert_eq!(required(&d), [false, false]);
    assert_eq!(config.gate(&d), Some(Rating::Partial));
    let d = applied(&config, "elsewhere/transport/x.pdf");
    assert_eq!((d.plan.kind.as_deref(), required(&d)), (None, vec![true, true]));
}

#[test]
fn faults_have_a_place() {
    for (text, said) in [
        ("pack = []", "goldthread.toml:1:1: E003: there is no key `pack` here"),
        ("packs = 3", "goldthread.toml:1:9: E005"),
        ("\npacks = [", "E002: not TOML"),
        ("fail_under = \"good\"", "goldthread.toml:1:14: E005: `good` is not a value of this key"),
        ("[[plan]]\nfile = \"a\"\nkind = \"x\"", "goldthread.toml:3:8: E005: there is no kind `x`"),
        ("[[kind]]\nname = \"a\"\nfiles = [\"a***\"]", "goldthread.toml:3:10: E005: this pattern"),
        ("[[kind]]\nname = \"a\"\n[[kind]]\nname = \"a\"", "goldthread.toml:4:8: E005: the kind `a` stands here twice"),
        ("[[kind]]\nname = \" \"", "goldthread.toml:2:8: E005: this kind has no name"),
        ("[[plan]]\nfile = \"a\"\n[[plan]]\nfile = \"a\"", "goldthread.toml:4:8: E005: the plan `a` stands here twice"),
        ("only_own = true", "goldthread.toml:1:12: E005: `only_own` leaves the built-in packs out"),
    ] {
        let error = parse(text).unwrap_err();
        assert!(error.contains(said), "{text}: {error}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_not_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(NAME);
    std::fs::write(&path, b"# first\n# caf\xe9\n").unwrap();
    let error = Config::near(folder.path()).unwrap_err().to_string();
    assert!(error.contains("line 2 has a letter that is not UTF-8: save"), "{error}");
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    let error = Config::near(folder.path()).unwrap_err().to_string();
    assert!(error.contains("cannot be read"), "{error}");
}

#[test]
fn what_is_said_of_no_plan_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let inside = |name: &str| folder.path().join(name);
    let config = Config::parse(&SourceFile::new(NAME, KINDS), inside("plans")).unwrap();
    std::fs::create_dir_all(inside("plans/sub")).unwrap();
    let files = [inside("plans/sub/b.md"), inside("plans/Bus.pdf")];
    assert_eq!(config.idle(&[inside("plans")], &files), ["sub/a.md", "transport/**/*"]);
    assert_eq!(config.idle(&[folder.path().to_owned()], &files), ["sub/a.md", "transport/**/*"]);
    assert!(config.idle(&[inside("plans/sub")], &files[..1]).is_empty(), "other plans may lie elsewhere");
    assert!(config.idle(&[inside("plans/Bus.pdf")], &files[1..]).is_empty());
}

#[test]
fn required_criteria_must_exist() {
    let config = parse(KINDS).unwrap();
    let error = config.check(&[]).unwrap_err().to_string();
    assert!(error.contains("goldthread.toml:6:13: E005: no pack in use has a criterion `P2`"), "{error}");
}

#[test]
fn thresholds_are_certainties_that_make_sense() {
    let of = |text: &str| parse(&format!("[thresholds]\n{text}")).map(|c| (c.thresholds.present, c.thresholds.missing));
    assert_eq!(of("present = 0.9\nmissing = 0.05"), Ok((Some(0.9), Some(0.05))));
    assert_eq!(of(""), Ok((None, None)));
    for wrong in ["present = 0.3", "present = 1", "missing = 5", "missing = nan"] {
        let said = of(wrong).unwrap_err();
        assert!(said.starts_with("goldthread.toml:2:") && said.contains("cannot be"), "{said}");
    }
    assert!(of("sure = 0.9").unwrap_err().contains("sure"));
}
