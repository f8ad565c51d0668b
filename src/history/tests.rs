use super::*;
use rusqlite::Connection;

/// Three runs over two plans, one of them stopped; a plan's path, a title and an id are hostile.
fn store(path: &std::path::Path) -> Store {
    let store = Store::open(path).unwrap();
    let made = Connection::open(path).unwrap();
    made.execute_batch(
        "INSERT INTO runs VALUES (1, '2026-01-05T10:00:00Z', 'x', '0', 'r', 2), (2, '2026-04-05T10:00:00Z', NULL, '0', 'r', 2),
            (3, '2026-07-05T10:00:00Z', 'x', '0', 's', 2);
         INSERT INTO criteria VALUES (1, 0, 'p', 'P<b>1', 'Poverty <b>'), (3, 0, 'p', 'P2', 'New <b>' || char(27) || '[31m' || char(8238)), (3, 1, 'p', 'P<b>1', 'Poverty <b>');
         INSERT INTO results VALUES (1, 'k1', 'a', 'assessed', NULL, x''), (2, 'k2', 'b', 'assessed', NULL, x''),
            (3, 'k3', 'c', 'assessed', NULL, x'');
         INSERT INTO ratings VALUES (1, 'p', 'P<b>1', 'missing', NULL), (2, 'p', 'P<b>1', 'partial', 'evident'),
            (3, 'p', 'P<b>1', 'evident', NULL), (3, 'p', 'P2', 'missing', 'partial');
         INSERT INTO documents VALUES (1, '=a<b>.md', 'assessed', NULL, 1, 0), (1, 'b.md', 'assessed', NULL, 2, 0),
            (2, 'b.md', 'assessed', NULL, 1, 0),
            (3, '=a<b>.md', 'assessed', NULL, 3, 0), (3, 'b.md', 'assessed', NULL, 2, 1), (3, 'c.md', 'unreadable', 'x', NULL, 0);",
    )
    .unwrap();
    store
}

/// What a terminal or a browser would obey.
const OBEYED: [char; 2] = ['\u{1b}', '\u{202e}'];

fn history(work: impl FnOnce(&Store, &History)) {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder.path().join("a.sqlite"));
    work(&store, &History::of(&store, |_| None).unwrap());
}

#[test]
fn counts_and_moves() {
    history(|_, h| {
        assert_eq!((h.runs.len(), h.unfinished, h.plans), (2, 1, 2));
        let ids: Vec<_> = h.criteria.iter().map(|c| c.criterion.id.as_str()).collect();
        assert_eq!(ids, ["P2", "P<b>1"], "in the order of the last run");
        let p1 = &h.criteria[1].counts;
        assert_eq!(p1[0], RatingCounts { missing: 1, partial: 1, ..RatingCounts::default() });
        assert_eq!(p1[1], RatingCounts { evident: 1, partial: 1, ..RatingCounts::default() });
        assert_eq!(h.criteria[0].counts[1], RatingCounts { to_check: 1, ..RatingCounts::default() });
        let (from, to) = (Rating::Missing, Rating::Evident);
        assert_eq!(
            h.moves,
            [Move { plan: "=a<b>.md".into(), criterion: 1, run: 1, from, to, other_text: true, other_rules: true }]
        );
    });
}

#[test]
fn text_fits_and_names_what_moved() {
    history(|_, h| {
        for width in [60, 100] {
            let text = h.text(width);
            let whole = text.replace("\n      ", " ");
            assert!(!text.contains(OBEYED), "{text:?}");
            assert!(
                whole.contains(
                    "run 2: =a<b>.md: Poverty <b>: up, missing to evident (the plan changed, and other rules)"
                ),
                "{text}"
            );
            assert!(whole.contains("other rules than before") && whole.contains("1 unchanged"), "{text}");
            for line in text.lines() {
                assert!(textwrap::core::display_width(line) <= width && line == line.trim_end(), "{line}");
            }
        }
    });
}

#[test]
fn tables_hold_every_rating_and_no_formula() {
    history(|store, h| {
        let mut out = Vec::new();
        h.csv(store, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text.lines().count(), 1 + 5, "{text}");
        assert!(text.contains("\n1,2026-01-05T10:00:00Z,'=a<b>.md,p,P<b>1,missing,,r\n"), "{text}");
    });
}

#[test]
fn a_reader_that_has_gone_away_is_told_as_such() {
    struct Gone;
    impl std::io::Write for Gone {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    history(|store, h| {
        let error = h.csv(store, &mut Gone).unwrap_err();
        assert!(matches!(&error, HistoryError::Write(e) if e.kind() == std::io::ErrorKind::BrokenPipe), "{error:?}");
    });
}

#[test]
fn pages_escape_and_say_the_numbers() {
    history(|_, h| {
        let mut out = Vec::new();
        h.html(&mut out).unwrap();
        let page = String::from_utf8(out).unwrap();
        assert!(!page.contains("<b>") && page.contains("New &#60;b&#62;") && !page.contains(OBEYED), "{page}");
        assert!(page.contains("2026-07-05 10:00"), "{page}");
        assert_eq!(page.matches("<bdi>Poverty &#60;b&#62;</bdi>").count(), 2, "a chart and a move: {page}");
        assert_eq!(page.matches("role=\"img\"").count(), 2);
        assert!(page.contains("held firmly by 0 documents in the first run and by 1 in the last."), "{page}");
    });
}
