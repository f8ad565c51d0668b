use super::schema::{APPLICATION, STEPS};
use super::*;
use crate::assess::{Assessment, Rating, Status};
use crate::batch::Memory;
use crate::batch::record::{self, Whole};
use crate::input::ReadOptions;
use crate::report::{CriterionInfo, DocumentReport, Head, PackInfo, PlanNote, SCHEMA, Tool};

fn head(rules: &str) -> Head {
    let criterion = CriterionInfo {
        id: "P1".into(),
        title: "Poverty".into(),
        summary: String::new(),
        source: String::new(),
        caveat: None,
        facets: Vec::new(),
    };
    let pack = PackInfo {
        id: "p".into(),
        title: "P".into(),
        version: "1".into(),
        source: String::new(),
        summary: String::new(),
        criteria: vec![criterion],
        not_assessable: Vec::new(),
        thresholds: None,
        accuracy: None,
    };
    Head {
        schema: SCHEMA.into(),
        tool: Tool { name: "goldthread".into(), version: "1".into() },
        packs: vec![pack],
        rule_hash: rules.into(),
        skipped: Vec::new(),
        portfolio: None,
        review: None,
    }
}

fn document(path: &str, sha256: &str, rating: Rating) -> DocumentReport {
    let criterion = Assessment {
        pack: "p".into(),
        id: "P1".into(),
        title: "Poverty".into(),
        required: true,
        rating,
        rating_if_checks_hold: None,
        only_in: Vec::new(),
        facets: Vec::new(),
    };
    DocumentReport {
        path: path.into(),
        plan: PlanNote::default(),
        title: None,
        sha256: Some(sha256.into()),
        format: None,
        pages: None,
        pages_unread: Vec::new(),
        passages: 1,
        status: Status::Assessed,
        error: None,
        warnings: Vec::new(),
        criteria: vec![criterion],
        review: None,
    }
}

fn keep(run: &Run<'_>, document: &DocumentReport) {
    Memory::keep(run, document, &record::encode(document).unwrap()).unwrap();
}

fn begin<'s>(store: &'s Store, rules: &str) -> Run<'s> {
    let head = head(rules);
    store.begin(&head, Basis::new(&head, &ReadOptions::default()), 2).unwrap()
}

#[test]
fn what_is_kept_comes_back_while_nothing_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    let first = document("a.md", "aa", Rating::Partial);
    {
        let store = Store::open(&path).unwrap();
        keep(&begin(&store, "r1"), &first);
        // Not finished: as if the program had been killed.
    }
    let store = Store::open_existing(&path).unwrap();
    assert_eq!((store.runs().unwrap().len(), store.unfinished().unwrap()), (0, 1));
    let again = begin(&store, "r1");
    let record = Memory::recall(&again, "renamed.md", "aa").unwrap().unwrap();
    assert_eq!(record.brief, record::encode(&first).unwrap().brief);
    let Whole::Kept(number) = record.whole else { panic!("had back at once") };
    assert_eq!(record::decode(&Memory::whole(&again, number).unwrap()).unwrap(), first);
    assert!(Memory::recall(&again, "b.md", "bb").unwrap().is_none(), "another content");
    again.finish().unwrap();
    let run = &store.runs().unwrap()[0];
    assert_eq!((run.documents, run.unchanged, again.unchanged()), (1, 1, 1));
    let other = begin(&store, "r2");
    assert!(Memory::recall(&other, "a.md", "aa").unwrap().is_none(), "other rules");
}

#[test]
fn what_could_not_be_read_is_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("a.sqlite")).unwrap();
    let head = head("r");
    let read = ReadOptions { password: Some("wrong".into()), ..ReadOptions::default() };
    let run = store.begin(&head, Basis::new(&head, &read), 1).unwrap();
    keep(&run, &DocumentReport { status: Status::Unreadable, ..document("a.pdf", "aa", Rating::NotAssessed) });
    assert!(Memory::recall(&run, "a.pdf", "aa").unwrap().is_none());
}

#[test]
fn an_older_form_is_brought_to_todays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.sqlite");
    let old = Connection::open(&path).unwrap();
    old.execute_batch(STEPS[0]).unwrap();
    old.pragma_update(None, "application_id", APPLICATION).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    old.execute_batch(
        "INSERT INTO runs VALUES (7, '2026-05-01T10:00:00Z', '2026-05-01T10:01:00Z', '0', 'r', 1);
         INSERT INTO criteria VALUES (7, 0, 'p', 'P1', 'Poverty');
         INSERT INTO results VALUES (1, 'k', 'aa', 'assessed', NULL, x'00');
         INSERT INTO ratings VALUES (1, 'p', 'P1', 'partial', 'evident');
         INSERT INTO documents (run, path, status, result) VALUES (7, 'a.md', 'assessed', 1);",
    )
    .unwrap();
    drop(old);
    let store = Store::open(&path).unwrap();
    let runs = store.runs().unwrap();
    assert_eq!((runs[0].id, runs[0].documents, runs[0].unchanged), (7, 1, 0));
    let mut ratings = Vec::new();
    store.each_rating(&mut |r| ratings.push((r.rating, r.rating_if_checks_hold))).unwrap();
    assert_eq!(ratings, [(Rating::Partial, Some(Rating::Evident))]);
    let form: i64 = store.lock().query_row("PRAGMA user_version", [], |r| r.get(0)).unwrap();
    assert_eq!(form, STEPS.len() as i64);
    keep(&begin(&store, "r"), &document("b.md", "bb", Rating::Missing));
}

#[test]
fn files_that_are_no_store_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("text"), "this is a letter, and a rather long one, to nobody in particular").unwrap();
    let said = Store::open(&path("text")).unwrap_err().to_string();
    assert!(said.contains("give another file"), "{said}");
    Connection::open(path("other")).unwrap().execute_batch("CREATE TABLE bees (n)").unwrap();
    assert!(matches!(Store::open(&path("other")), Err(StoreError::Foreign { .. })));
    drop(Store::open(&path("new")).unwrap());
    Connection::open(path("new")).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(Store::open(&path("new")), Err(StoreError::TooNew { found: 99, .. })));
    assert!(matches!(Store::open_existing(&path("nowhere")), Err(StoreError::NotThere { .. })));
    assert!(
        Store::open(&folder.path().join("no/such/folder.sqlite")).unwrap_err().to_string().contains("folder is there")
    );
}

#[test]
fn many_programs_may_make_the_same_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..20 {
        let path = folder.path().join(format!("{round}.sqlite"));
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| Store::open(&path).unwrap());
            }
        });
    }
}

#[test]
fn two_programs_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    std::thread::scope(|scope| {
        for program in 0..2 {
            let path = &path;
            scope.spawn(move || {
                let store = Store::open(path).unwrap();
                let run = begin(&store, "r");
                for n in 0..40 {
                    // Half of the contents are met by both.
                    let hash = if n % 2 == 0 { format!("both{n}") } else { format!("{program}-{n}") };
                    keep(&run, &document(&format!("{n}.md"), &hash, Rating::Partial));
                }
                run.finish().unwrap();
            });
        }
    });
    let store = Store::open(&path).unwrap();
    let runs = store.runs().unwrap();
    assert_eq!(runs.iter().map(|r| r.documents).collect::<Vec<_>>(), [40, 40]);
    let results: i64 = store.lock().query_row("SELECT count(*) FROM results", [], |r| r.get(0)).unwrap();
    assert_eq!(results, 60);
    let mut ratings = 0;
    store.each_rating(&mut |_| ratings += 1).unwrap();
    assert_eq!(ratings, 80);
}
