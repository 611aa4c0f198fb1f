//! Changes of whole pages, and of decisions on what only a page has.

use sonet_docs::apply;

use super::{ADD, AUTH, LIST, SYSTEM, found};
use crate::fixtures::{Clubs, of_code};

const OUTDATED: &str = "api-reference/choir/outdated/choir-add.md";

fn lines(pages: &Clubs) -> Vec<String> {
    let (outcome, ..) = pages.compare();
    found(&outcome).into_iter().map(|(line, _)| line).collect()
}

fn languages() -> [Clubs; 2] {
    ["en", "ru"].map(Clubs::choirs)
}

#[test]
fn a_page_that_is_now_among_the_outdated_ones_is_left_to_a_person() {
    for pages in languages() {
        let text = pages.text(ADD).to_owned();
        let pages = pages.remove(ADD).add(OUTDATED, &text);
        assert_eq!(
            lines(&pages),
            [format!("choir.add page outdated {OUTDATED}")]
        );
        let (outcome, source, checkout) = pages.compare();
        let applied = apply::apply(&source, &checkout, &outcome.findings, &[&of_code]).unwrap();
        assert_eq!(applied.text, source.text, "its address is not rewritten");
        assert_eq!(applied.left.len(), 1);
    }
}

#[test]
fn a_second_page_about_a_method_is_said() {
    for pages in languages() {
        let text = pages.text(ADD).to_owned();
        let other = "api-reference/choir/more/add.md";
        let twice = Clubs {
            spec: pages.spec.clone(),
            files: pages.files.clone(),
        }
        .add(other, &text);
        assert_eq!(lines(&twice), [format!("choir.add page new {other}")]);
        assert_eq!(
            lines(&pages.add(OUTDATED, &text)),
            [format!("choir.add page outdated {OUTDATED}")]
        );
    }
}

#[test]
fn includes_that_carry_facts_must_be_there() {
    for file in [AUTH, SYSTEM] {
        for pages in languages() {
            assert!(pages.remove(file).compare().0.is_unread(), "{file}");
        }
    }
    for pages in languages() {
        assert!(!pages.remove("error-info.md").compare().0.is_unread());
    }
}

#[test]
fn lines_may_end_as_on_windows() {
    for mut pages in languages() {
        for text in pages.files.values_mut() {
            *text = text.replace('\n', "\r\n");
        }
        let (outcome, ..) = pages.compare();
        assert_eq!(found(&outcome), [], "{}", pages.report());
        assert_eq!(outcome.problems, []);
        // They are no part of what is quoted, either.
        let changed = pages.page(ADD, "[`choir`]", "[`music`]");
        assert_eq!(lines(&changed), ["choir.add scope text music"]);
    }
}

/// A row that only the page has, and a decision on it.
fn decided(row: &str, quote: &str) -> Clubs {
    let place = "result = { type = \"ChoirId\"";
    let decision = format!(
        "decisions = [\n    {{ on = \"params.HALL\", finding = \"new\", page = \"{quote}\", reason = \"Not for us.\" }},\n]\n{place}"
    );
    Clubs::choirs("en").spec(place, &decision).page(
        ADD,
        "|| **SIZE**\n",
        &format!("{row}|| **SIZE**\n"),
    )
}

#[test]
fn a_decision_on_a_new_row_is_on_its_star_and_its_type() {
    let row = "|| **HALL**\n`string` | Where ||\n";
    assert_eq!(lines(&decided(row, "HALL: string")), [""; 0]);
    let new = "choir.add params.HALL new HALL";
    for (changed, quote) in [
        ("|| **HALL***\n`string` | Where ||\n", "HALL: string"),
        ("|| **HALL**\n`integer` | Where ||\n", "HALL: string"),
        (row, "HALL"),
        (row, "HALL*: string"),
    ] {
        let pages = decided(changed, quote);
        assert_eq!(lines(&pages), [new], "{changed}");
        assert!(pages.report().contains("the spec has a decision on it"));
    }
    let gone = decided("", "HALL: string");
    assert_eq!(lines(&gone), ["choir.add params.HALL decision"]);
    let bare = "|| **HALL** | Where ||\n";
    assert_eq!(lines(&decided(bare, "HALL")), [""; 0]);
}

#[test]
fn a_decision_on_what_only_an_example_has_goes_with_it() {
    let sent = |to: &str| {
        decided("", "HALL").page(
            ADD,
            r#"{"NAME":"Larks","#,
            &format!(r#"{{"NAME":"Larks",{to}"#),
        )
    };
    assert_eq!(lines(&sent(r#""HALL":"x","#)), [""; 0]);
    assert_eq!(lines(&sent("")), ["choir.add params.HALL decision"]);
}

#[test]
fn what_a_decision_says_is_outdated_stays_quiet_in_both_languages() {
    let place = "result = { type = \"Choir[]\"";
    let decision = format!(
        "decisions = [\n    {{ on = \"name\", finding = \"outdated\", page = \"The method is outdated\", reason = \"It works.\" }},\n]\n{place}"
    );
    for (pages, note) in languages()
        .into_iter()
        .zip(["The method is outdated.", "Метод устарел."])
    {
        let pages = pages.spec(place, &decision);
        let heading = pages.text(LIST).lines().next().unwrap().to_owned();
        let noted = pages.page(LIST, &heading, &format!("{heading}\n\n{note}"));
        assert_eq!(lines(&noted), [""; 0]);
    }
}
