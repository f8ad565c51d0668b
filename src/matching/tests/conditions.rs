//! When a condition holds, and in which window.

use super::*;

const LEXICON: &str = r#"
[concept.a]
about = "a"
terms = ["alpha"]
[concept.b]
about = "b"
terms = ["beta", "beta plus"]
"#;

fn check(condition: &str, cases: &[(&str, &[&str])]) {
    let matcher = compile(LEXICON, "", &rule("r", condition));
    for (text, want) in cases {
        assert_eq!(hits(&matcher, text), *want, "{condition} in {text}");
    }
}

#[test]
fn all_within_a_sentence() {
    check(
        "all = ['@a', '@b']",
        &[
            ("Alpha and beta.", &["alpha and beta"]),
            ("Beta and alpha.", &["beta and alpha"]),
            ("Alpha. Beta.", &[]),
            ("Alpha one two beta alpha.", &["beta alpha"]),
            ("Alpha beta here. Beta of alpha there. Alpha beta.", &["alpha beta", "alpha beta"]),
            ("Alpha beta alpha beta.", &["alpha beta"]),
            ("Alpha only.", &[]),
        ],
    );
}

#[test]
fn within() {
    check("all = ['@a', '@b']\nwithin = 'passage'", &[("Alpha. Beta.", &["alpha . beta"])]);
    check(
        "all = ['@a', '@b']\nwithin = 'clause'",
        &[("Alpha; beta.", &[]), ("Alpha, beta.", &["alpha , beta"]), ("Alpha but beta.", &[])],
    );
    check(
        "all = ['@a', '@b']\nwithin = 2",
        &[
            ("Alpha one two beta.", &["alpha one two beta"]),
            ("Alpha one two three beta.", &[]),
            ("Alpha one. Two beta.", &["alpha one . two beta"]),
            ("Alpha one two three beta, alpha.", &["beta , alpha"]),
        ],
    );
}

#[test]
fn ordered() {
    check(
        "all = ['@a', '@b']\nordered = true",
        &[
            ("Alpha then beta.", &["alpha then beta"]),
            ("Beta then alpha.", &[]),
            ("Beta then alpha then one beta.", &["alpha then one beta"]),
        ],
    );
}

#[test]
fn any_and_at_least() {
    check("any = ['@a', '@b']", &[("Alpha.", &["alpha"]), ("Alpha. Beta.", &["alpha", "beta"]), ("Gamma.", &[])]);
    check(
        "any = ['@a', '@b', 'gamma']\nat_least = 2",
        &[
            ("Alpha.", &[]),
            ("Alpha alpha.", &[]),
            ("Alpha. Beta.", &[]),
            ("Gamma of alpha.", &["gamma of alpha"]),
            ("Alpha one gamma beta.", &["gamma beta"]),
        ],
    );
    check(
        "all = ['@a']\nany = ['@b', 'gamma']",
        &[("Alpha.", &[]), ("Alpha gamma.", &["alpha gamma"]), ("Beta.", &[])],
    );
}

#[test]
fn none() {
    check(
        "all = ['@a']\nnone = ['never']",
        &[("Alpha never.", &[]), ("Alpha. Never.", &["alpha"]), ("Never. Alpha never. Alpha.", &["alpha"])],
    );
    check("all = ['@a']\nnone = ['never']\nwithin = 'passage'", &[("Alpha. Never.", &[])]);
    check("all = ['@a']\nnone = ['never']\nwithin = 'clause'", &[("Alpha; never.", &["alpha"]), ("Never alpha.", &[])]);
    check(
        "all = ['@a', '@b']\nnone = ['never']\nwithin = 3",
        &[("Alpha beta. Never.", &["alpha beta"]), ("Alpha. Beta never.", &[]), ("Never alpha beta.", &[])],
    );
}

#[test]
fn regex_confirms() {
    check(
        "all = ['@a']\nregex = ['alpha \\w+ed\\b']",
        &[("Alpha loved.", &["alpha"]), ("Alpha love. One loved.", &[]), ("Beta loved.", &[])],
    );
}

#[test]
fn slots_alone_fire() {
    check("all = ['@@money']", &[("We give £5m.", &["£ 5m"]), ("We give.", &[])]);
    check("all = ['@@money', '@a']", &[("£5m for alpha.", &["£ 5m for alpha"]), ("Alpha.", &[])]);
}

#[test]
fn near_misses_are_told() {
    let rules = format!("{}{}", rule("both", "all = ['@a', '@b']"), rule("other", "all = ['gamma']"));
    let matcher = compile(LEXICON, "", &rules);
    let document = paragraph("Alpha here. Beta there.");
    let s = segment(&document);
    let found = &matcher.scan(&s)[0];
    assert_eq!((found.rules.len(), found.near.as_slice()), (0, &[RuleId(0)][..]));
    let trace = matcher.trace(&s, 0, RuleId(0));
    assert_eq!(trace.failures, [Failure::Within]);
    assert_eq!(trace.in_words(&s), "found 'Alpha' (of @a) and 'Beta' (of @b), but not in the same sentence");
    let trace = matcher.trace(&s, 0, RuleId(1));
    assert_eq!(trace.in_words(&s), "found nothing of it, but nothing of gamma");
}

#[test]
fn traces_tell_the_reason() {
    for (condition, text, want) in [
        ("all = ['@a', '@b']", "Alpha.", "found 'Alpha' (of @a), but nothing of @b"),
        ("all = ['@a']", "Alpha.", "found 'Alpha' (of @a)"),
        (
            "all = ['@a', '@b']\nordered = true",
            "Beta alpha.",
            "found 'alpha' (of @a) and 'Beta' (of @b), but not in the order asked for",
        ),
        ("all = ['@a']\nnone = ['no']", "No alpha.", "found 'alpha' (of @a), but 'No' stands in the same sentence"),
        ("all = ['@a']\nregex = ['x']", "Alpha.", "found 'Alpha' (of @a), but the text does not match x"),
        (
            "any = ['@a', '@b', 'c']\nat_least = 2",
            "Alpha.",
            "found 'Alpha' (of @a), but only 1 of the 2 others that it needs",
        ),
        ("all = ['@a']\nabove = ['@b']", "Alpha.", "found 'Alpha' (of @a), but nothing of @b here or above"),
        (
            "all = ['@a']\nscope = { kinds = ['row'] }",
            "Alpha.",
            "found 'Alpha' (of @a), but the rule does not look at this kind of passage or section",
        ),
    ] {
        let matcher = compile(LEXICON, "", &rule("r", condition));
        let document = paragraph(text);
        let s = segment(&document);
        assert_eq!(matcher.trace(&s, 0, RuleId(0)).in_words(&s), want, "{condition} in {text}");
    }
}
