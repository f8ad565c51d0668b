use super::*;
use proptest::prelude::*;

fn shown(written: &str) -> String {
    match Term::parse(written) {
        Ok(term) => {
            let one = |e: &Element| match e {
                Element::Word(WordPattern::Exact(word)) => word.clone(),
                Element::Word(WordPattern::Prefix(stem)) => format!("{stem}*"),
                Element::Concept(name) => format!("@{name}"),
                Element::Slot(name) => format!("@@{name}"),
                Element::Gap(words) => format!("~{words}"),
            };
            let alternative = |a: &Vec<Element>| a.iter().map(one).collect::<Vec<_>>().join(" ");
            term.alternatives().iter().map(alternative).collect::<Vec<_>>().join(" / ")
        }
        Err(error) => format!("{}..{} {}", error.at.start, error.at.end, error.reason),
    }
}

#[test]
fn terms() {
    for (written, alternatives) in [
        ("Debt  advice", "debt advice"),
        ("depriv*", "depriv*"),
        ("prioritiz*", "prioritis*"),
        ("organization", "organisation"),
        ("well-being", "well being / wellbeing"),
        ("low-income*", "low income* / lowincome*"),
        ("face-to-face", "face to face / faceto face / face toface / facetoface"),
        ("(debt|money) advice", "debt advice / money advice"),
        ("(debt|debt) advice", "debt advice"),
        ("welfare (rights|) advice", "welfare rights advice / welfare advice"),
        ("(smoke|tobacco)-free", "smoke free / smokefree / tobacco free / tobaccofree"),
        ("post-(war|covid)", "post war / postwar / post covid / postcovid"),
        ("(health |)equity", "health equity / equity"),
        ("(health |)(equity|need)", "health equity / health need / equity / need"),
        ("(us |the ~3 |)to", "us to / the ~3 to / to"),
        ("gap(| in (the |our |)market)", "gap / gap in the market / gap in our market / gap in market"),
        ("living ~3 (lives|)", "living ~3 lives / living"),
        ("(no ...|) debt (~3 paid|...)", "no ~5 debt ~3 paid / no ~5 debt / debt ~3 paid / debt"),
        ("co-*", "co"),
        ("pay-as-*", "pay as / payas"),
        ("(a|b (c|d)) e", "a e / b c e / b d e"),
        ("reduc* ... poverty", "reduc* ~5 poverty"),
        ("reduc*...poverty", "reduc* ~5 poverty"),
        ("reduc* ~2 poverty", "reduc* ~2 poverty"),
        ("reduc* (... the|) ~2 poverty", "reduc* ~5 the ~2 poverty / reduc* ~2 poverty"),
        ("a ... ~2 b", "a ~7 b"),
        ("from @acute_care ~6 to @community_setting", "from @acute_care ~6 to @community_setting"),
        ("@@money (a|per) year", "@@money a year / @@money per year"),
        ("children's (social care|services)", "children social care / children services"),
        ("don’t know", "dont know"),
        ("R&D", "r and d"),
        ("£30k & 24/7", "£ 30k and 24 7"),
        ("10% 2025-26", "10 % 2025 26"),
        ("N.H.S trust", "nhs trust"),
        ("café", "cafe"),
    ] {
        assert_eq!(shown(written), alternatives, "{written}");
    }
}

#[test]
fn faults() {
    for (written, fault) in [
        ("", "0..1 this term is empty"),
        (" ", "0..1 this term is empty"),
        ("(a|)", "0..4 this term can be left out altogether"),
        ("*", "0..1 `*` stands alone"),
        ("prioriti*e", "8..9 `*` stands only at the end of a word"),
        ("£*", "2..3 `*` follows no word"),
        ("... poverty", "0..11 this term begins with a gap"),
        ("poverty ~3", "0..10 this term ends with a gap"),
        ("(~3|...)", "0..8 this term can be left out altogether"),
        ("poverty ~", "8..9 this gap has no usable width"),
        ("poverty ~99999999999999999999 a", "8..29 this gap has no usable width"),
        ("(a|b", "0..1 this bracket is never closed"),
        ("a) b", "1..2 this bracket was never opened"),
        ("a|b", "1..2 `|` stands outside brackets"),
        ("deb(t|ts)", "3..4 a choice cannot be part of a word"),
        ("(a|b)(c|d)", "5..6 a choice cannot be part of a word"),
        ("(debt |money)s", "13..14 a choice cannot be part of a word"),
        ("(debt|money)s", "12..13 a choice cannot be part of a word"),
        ("housing, benefits", "7..8 `,` is punctuation, and a term is words"),
        ("N.H.S. trust", "5..6 `.` is punctuation, and a term is words"),
        ("@Hardship", "0..9 `Hardship` is no name of a concept or slot"),
        ("in @@cash", "3..9 there is no slot `@@cash`"),
        ("a@b", "1..2 a concept cannot be part of a word"),
        ("well-", "5..6 a hyphen joins nothing here"),
        ("-free", "0..1 a hyphen joins nothing here"),
        ("a / b", "2..3 there is no word here"),
        ("((((((((((a))))))))))", "8..9 too many brackets stand in brackets"),
    ] {
        assert_eq!(shown(written), fault, "{written}");
    }
    let wide = "(a|b|c|d|e|f|g|h|i|j) ".repeat(4);
    assert!(shown(&wide).contains("more than 4096"));
    let hyphens = ["a"; 14].join("-");
    assert!(shown(&hyphens).contains("more than 4096"));
}

proptest! {
    #[test]
    fn never_panics_and_points_inside(written in "[a-z*()|~.@ \\-…é£,0-9]{0,40}") {
        match Term::parse(&written) {
            Ok(term) => prop_assert!(!term.alternatives().is_empty() && term.alternatives().iter().all(|a| !a.is_empty())),
            Err(error) => prop_assert!(error.at.start <= written.len() && error.at.start < error.at.end),
        }
    }

    #[test]
    fn a_plain_word_is_found_where_it_is_written(word in "[A-Za-z0-9'’éüz]{1,12}") {
        let mut folded = Folded::default();
        let tokens = folded.push(&word, Span::new(0, word.len()));
        prop_assume!(!tokens.is_empty());
        let term = Term::parse(&word).expect("a word is a term");
        let words: Vec<_> = tokens.map(|t| Element::Word(WordPattern::Exact(folded.word_at(t).to_owned()))).collect();
        prop_assert_eq!(term.alternatives(), vec![words]);
    }
}
