//! What a term matches.

use super::*;

/// The places of one term in a text.
fn term(written: &str, text: &str) -> Vec<String> {
    let condition = format!("any = ['{written}']\nwithin = \"passage\"");
    hits(&compile("", "", &rule("r", &condition)), text)
}

#[test]
fn words() {
    for (written, text, want) in [
        ("debt advice", "Free Debt Advice here", "debt advice"),
        ("debt advice", "Free debt-advice here", "debt advice"),
        ("debt advice", "debt, advice", ""),
        ("debt advice", "debt. Advice", ""),
        ("debt advice", "debt (advice)", ""),
        ("debt advice", "indebt advice", ""),
        ("debt advice", "debt advices", ""),
        ("depriv*", "Deprivation is deep", "deprivation"),
        ("depriv*", "the deprived", "deprived"),
        ("depriv*", "undeprived", ""),
        ("depriv* area*", "most deprived areas", "deprived areas"),
        ("well-being", "well-being", "well being"),
        ("well-being", "well being", "well being"),
        ("well-being", "wellbeing", "wellbeing"),
        ("resident need*", "the resident's needs", "resident needs"),
        ("prioritise", "we prioritize", "prioritise"),
        ("organization", "an organisation", "organisation"),
        ("(debt|money|benefits) advice", "money advice", "money advice"),
        ("(citizens advice|advice agency)", "an advice agency", "advice agency"),
        ("welfare (rights|) advice", "welfare advice", "welfare advice"),
        ("welfare (rights|) advice", "welfare rights advice", "welfare rights advice"),
        ("£ 5", "£5", "£ 5"),
        ("cafe", "a café", "cafe"),
    ] {
        assert_eq!(term(written, text).first().map_or("", String::as_str), want, "{written} in {text}");
    }
}

#[test]
fn gaps() {
    for (written, text, want) in [
        ("reduc* ... poverty", "reduce child poverty", "reduce child poverty"),
        ("reduc* ... poverty", "reduce poverty", "reduce poverty"),
        ("reduc* ... poverty", "reduce a b c d e poverty", "reduce a b c d e poverty"),
        ("reduc* ... poverty", "reduce a b c d e f poverty", ""),
        ("reduc* ~2 poverty", "reduce a b poverty", "reduce a b poverty"),
        ("reduc* ~2 poverty", "reduce a b c poverty", ""),
        ("reduc* ~2 poverty", "reduce, (a) poverty", "reduce , ( a ) poverty"),
        ("reduc* ~2 poverty", "reduce: \"poverty\"", "reduce : \" poverty"),
        ("reduc* ~2 poverty", "reduce – poverty", "reduce - poverty"),
        ("reduc* ~2 poverty", "reduce; poverty", ""),
        ("reduc* ~2 poverty", "We reduce. Poverty", ""),
        ("reduc* ~2 child poverty", "reduce deep child poverty", "reduce deep child poverty"),
        ("we ~1 reduc* ~1 poverty", "we do reduce all poverty", "we do reduce all poverty"),
        ("a ~1 a ~1 a", "a a a", "a a a"),
    ] {
        assert_eq!(term(written, text).first().map_or("", String::as_str), want, "{written} in {text}");
    }
}

const LEXICON: &str = r#"
[concept.hardship]
about = "poor"
terms = ["poverty", "in debt", "@deprivation"]
not = ["poverty of ambition", "sleep depriv*"]
[concept.deprivation]
about = "deprived"
terms = ["depriv*"]
[concept.cut]
about = "less"
terms = ["reduc* ~3 @hardship", "(less|lower) @hardship"]
[concept.sum]
about = "money for it"
terms = ["@@money ~3 @cut"]
"#;

#[test]
fn concepts() {
    for (written, text, want) in [
        ("@hardship", "child poverty", "poverty"),
        ("@hardship", "deprived wards", "deprived"),
        ("@hardship", "poverty of ambition", ""),
        ("@hardship", "sleep deprivation", ""),
        ("@hardship", "sleep deprivation and poverty", "poverty"),
        ("@deprivation", "sleep deprivation", "deprivation"),
        ("@cut", "we reduce all child poverty", "reduce all child poverty"),
        ("@cut", "lower, deprivation", ""),
        ("@cut", "lower deprivation", "lower deprivation"),
        ("@cut", "reduce the poverty of ambition", ""),
        ("to @cut", "to reduce debt and deprivation", "to reduce debt and deprivation"),
        ("@sum", "£5m to reduce poverty", "£ 5m to reduce poverty"),
        ("@sum", "money to reduce poverty", ""),
        ("from @deprivation ~2 @hardship", "from deprived homes in debt", "from deprived homes in debt"),
        ("@hardship", "people in debt", "in debt"),
    ] {
        let condition = format!("any = ['{written}']\nwithin = \"passage\"");
        let found = hits(&compile(LEXICON, "", &rule("r", &condition)), text);
        assert_eq!(found.first().map_or("", String::as_str), want, "{written} in {text}");
    }
}

#[test]
fn a_pack_hides_shared_concepts() {
    let mut library = library(
        "[concept.a]\nabout = \"a\"\nterms = [\"shared\"]\n[concept.b]\nabout = \"b\"\nterms = [\"@a\"]",
        "",
        &format!("{}{}", rule("own", "all = ['@a']"), rule("by", "all = ['@b']")),
    );
    let own = crate::pack::Term::parse("own").expect("parses");
    let pack = Arc::make_mut(&mut library.packs[0]);
    pack.lexicon.concepts.insert("a".into(), crate::pack::Concept { terms: vec![own], ..Default::default() });
    let matcher = Matcher::compile(&library.packs, &library.lexicon, &library.cues).expect("compiles");
    assert_eq!(hits(&matcher, "own or shared"), ["own", "shared"]);
}

#[test]
fn faults_name_their_place() {
    let broken = |condition: &str| {
        let mut library = library("", "", &rule("r", "all = ['word']"));
        let pack = Arc::make_mut(&mut library.packs[0]);
        let condition_of = &mut pack.criteria[0].facets[0].rules[0].condition;
        match condition.split_once(' ') {
            Some(("regex", regex)) => condition_of.regex = vec![regex.to_owned()],
            Some(("under", section)) => condition_of.scope.under = vec![section.to_owned()],
            _ => condition_of.all = vec![crate::pack::Term::parse(condition).expect("parses")],
        }
        Matcher::compile(&library.packs, &library.lexicon, &library.cues).expect_err("fails").to_string()
    };
    assert_eq!(broken("@nowhere"), "T.f/r: `@nowhere` names the concept @nowhere, which is not defined");
    assert_eq!(broken("under nowhere"), "T.f/r: there is no section `nowhere`");
    assert!(broken("regex (").starts_with("T.f/r: regex parse error"));
}

#[test]
fn a_concept_in_itself_is_a_fault() {
    let mut library = library("[concept.a]\nabout = \"a\"\nterms = [\"x\"]", "", &rule("r", "all = ['@a']"));
    let a = crate::pack::Term::parse("@a").expect("parses");
    library.lexicon.concepts.entry("a".into()).or_default().terms.push(a);
    let fault = Matcher::compile(&library.packs, &library.lexicon, &library.cues).expect_err("fails");
    assert_eq!(fault.to_string(), "the concept @a contains itself");
}
