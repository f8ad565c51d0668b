//! Which document of one set is which of another.
//!
//! Comes in: the paths of two sets. Goes out: pairs, and what is left on each side. Names decide,
//! never the content: a plan that was rewritten is still that plan.

use std::collections::BTreeMap;

/// The paths of a set of documents below the folder that they share.
#[derive(Clone, Debug)]
pub struct Names(Vec<String>);

/// Pairs and the rest, by index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// In both sets, in the order of their names.
    pub both: Vec<(usize, usize)>,
    /// Only in the old set.
    pub only_old: Vec<usize>,
    /// Only in the new set.
    pub only_new: Vec<usize>,
}

impl Names {
    /// The names of paths with `/` between folders.
    #[must_use]
    pub fn of<'p>(paths: impl IntoIterator<Item = &'p str>) -> Self {
        let paths: Vec<&str> = paths.into_iter().collect();
        let folders = |path: &'_ str| path.split('/').count() - 1;
        let mut shared = paths.iter().map(|p| folders(p)).min().unwrap_or(0);
        if let Some(first) = paths.first() {
            let same = |path: &&str| path.split('/').zip(first.split('/')).take_while(|(a, b)| a == b).count();
            shared = paths.iter().map(same).min().unwrap_or(0).min(shared);
        }
        Self(paths.iter().map(|p| p.split('/').skip(shared).collect::<Vec<_>>().join("/")).collect())
    }
}

/// Pairs documents: one and one are a pair; else by path, then by file name, then by file name
/// without its extension (a plan that became a PDF), where that is unmistakable.
#[must_use]
pub fn pairs(old: &Names, new: &Names) -> Pairs {
    let (old, new) = (&old.0, &new.0);
    if let ([_], [_]) = (old.as_slice(), new.as_slice()) {
        return Pairs { both: vec![(0, 0)], ..Pairs::default() };
    }
    let mut out = Pairs { both: Vec::new(), only_old: (0..old.len()).collect(), only_new: (0..new.len()).collect() };
    let keys: [fn(&str) -> String; 3] = [str::to_owned, file_name, stem];
    for key in keys {
        let unique = |left: &[usize], names: &[String]| {
            let mut by_key: BTreeMap<String, Option<usize>> = BTreeMap::new();
            for &i in left {
                by_key.entry(key(&names[i])).and_modify(|other| *other = None).or_insert(Some(i));
            }
            by_key
        };
        let new_by_key = unique(&out.only_new, new);
        for (key, i) in unique(&out.only_old, old) {
            if let (Some(i), Some(Some(j))) = (i, new_by_key.get(&key)) {
                out.both.push((i, *j));
            }
        }
        out.only_old.retain(|i| !out.both.iter().any(|b| b.0 == *i));
        out.only_new.retain(|j| !out.both.iter().any(|b| b.1 == *j));
    }
    // An order that stays when old and new change places.
    out.both.sort_by_cached_key(|(i, j)| {
        let (a, b) = (&old[*i], &new[*j]);
        (a.to_lowercase().min(b.to_lowercase()), a.min(b).clone())
    });
    out
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_lowercase()
}

fn stem(path: &str) -> String {
    let name = file_name(path);
    name.rsplit_once('.').map_or(name.clone(), |(stem, _)| stem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired(old: &[&str], new: &[&str]) -> Pairs {
        pairs(&Names::of(old.iter().copied()), &Names::of(new.iter().copied()))
    }

    #[test]
    fn one_and_one_are_a_pair() {
        assert_eq!(paired(&["v1/draft.docx"], &["final.pdf"]).both, [(0, 0)]);
    }

    #[test]
    fn folders_are_paired_by_name() {
        let found = paired(
            &["2025/a.docx", "2025/b.docx", "2025/sub/c.docx", "2025/gone.md"],
            &["2026/B.pdf", "2026/a.docx", "2026/c.docx", "2026/more.md"],
        );
        assert_eq!(found, Pairs { both: vec![(0, 1), (1, 0), (2, 2)], only_old: vec![3], only_new: vec![3] });
        assert_eq!(paired(&["a/x.md", "a/y.md"], &["b/y.md", "b/x.md"]).both, [(0, 1), (1, 0)]);
    }

    #[test]
    fn names_that_stand_twice_are_no_pair_by_name() {
        let found = paired(&["x/a.md", "y/a.md"], &["a.md", "b.md"]);
        assert_eq!(found, Pairs { both: Vec::new(), only_old: vec![0, 1], only_new: vec![0, 1] });
    }
}
