//! Where `docs apply` writes what is new, what it leaves, and that nothing is found about what it wrote.

use sonet_docs::apply::{self, Outcome};

use crate::fixtures::{Clubs, of_code};

const OPEN: &str = "club-open.md";
const LIST: &str = "club-list.md";

/// What was written, after which nothing else is found than what was left.
fn applied(clubs: &Clubs) -> Outcome {
    let (outcome, source, checkout) = clubs.compare();
    let applied = apply::apply(&source, &checkout, &outcome.findings, &[&of_code]).unwrap();
    assert_eq!(
        applied.applied.len() + applied.left.len(),
        outcome.findings.len()
    );
    let after = Clubs {
        spec: applied.text.clone(),
        files: clubs.files.clone(),
    };
    let key =
        |on: &str, kind: &dyn ToString, page: &str| format!("{on} {} {page}", kind.to_string());
    let mut left: Vec<String> = applied
        .left
        .iter()
        .map(|finding| key(&finding.on, &finding.kind, &finding.page))
        .collect();
    let (again, ..) = after.compare();
    let mut said: Vec<String> = again
        .findings
        .iter()
        .map(|finding| key(&finding.on, &finding.kind, &finding.page))
        .collect();
    left.sort();
    said.sort();
    assert_eq!(said, left, "{}", after.report());
    applied
}

/// Why something was left.
fn reason(outcome: &Outcome, on: &str) -> String {
    let mut left = outcome.left.iter();
    let finding = left.find(|finding| finding.on == on);
    let finding = finding.unwrap_or_else(|| panic!("nothing is left on {on}: {outcome:#?}"));
    finding.notes.last().unwrap().clone()
}

#[test]
fn an_error_with_a_number_is_named_by_its_text() {
    let rows = "|| `0` | `The club is closed` | Closed ||\n\
        || `0` | `Nobody knows what happened to this club of yours` | Lost ||\n\
        || `ERROR_SINCE`";
    let outcome = applied(&Clubs::new("en").page(OPEN, "|| `ERROR_SINCE`", rows));
    let error = "{ name = \"TheClubIsClosed\", code = \"0\", text = \"The club is closed\"";
    assert!(outcome.text.contains(error), "{}", outcome.text);
    let on = "errors.Nobody knows what happened to this club of yours";
    assert_eq!(reason(&outcome, on), "not written: it needs a name");
}

#[test]
fn a_parameter_with_the_values_of_an_enum_has_its_type() {
    let row = "|| **REJOIN**\n[`string`](../data-types.md) | How one joins again:\n\
        - `free` — nobody is asked\n- `ask` — the owner is asked ||\n|| **MEMBERS**";
    let outcome = applied(&Clubs::new("en").page(OPEN, "|| **MEMBERS**", row));
    let param = "{ name = \"REJOIN\", type = \"Join\", doc";
    assert!(outcome.text.contains(param), "{}", outcome.text);
}

#[test]
fn what_can_be_sorted_by_comes_with_what_can_be_filtered_by() {
    let row = "|| **FOUNDED**\n`datetime` | When ||\n|| **PUBLIC**";
    let outcome = applied(&Clubs::new("en").page(LIST, "|| **PUBLIC**", row));
    assert!(
        outcome
            .text
            .contains("order_fields = [\"ID\", \"NAME\", \"FOUNDED\", \"PUBLIC\"]"),
        "{}",
        outcome.text
    );
}

/// The order of the spec is that of the page, where comments stay with what they are about.
#[test]
fn what_is_new_stands_where_the_page_has_it() {
    let clubs = Clubs::new("en")
        .spec(
            "{ name = \"NAME\", type = \"string\", required = true, doc = \"Name.\" },",
            "# The first one.\n    { name = \"NAME\", type = \"string\", required = true, doc = \"Name.\" }, # Cut.",
        )
        .page(OPEN, "|| **NAME***", "|| **AGE**\n`integer` | New ||\n|| **NAME***")
        .page(OPEN, "|| **RULES**", "|| **DEPTH**\n`integer` | New ||\n|| **RULES**")
        .page(OPEN, "- `ask` — the owner", "- `by_vote` — all are asked\n- `ask` — the owner")
        .page(LIST, "- `>` ", "- `<=` — at most\n- `>` ");
    let outcome = applied(&clubs);
    let from = outcome.text.find("params = [").unwrap();
    let params: Vec<&str> = outcome.text[from..].lines().skip(1).take(5).collect();
    let begins = [
        "    { name = \"AGE\"",
        "    # The first one.",
        "    { name = \"NAME\"",
        "    { name = \"DEPTH\"",
        "    { name = \"RULES\"",
    ];
    for (line, begin) in params.iter().zip(begins) {
        assert!(line.starts_with(begin), "{begin}\n{}", params.join("\n"));
    }
    assert!(params[2].ends_with("# Cut."), "{}", params.join("\n"));
    assert!(
        outcome
            .text
            .contains("filter_operators = [\">=\", \"<=\", \">\","),
        "{}",
        outcome.text
    );
}

#[test]
fn a_letter_names_no_value() {
    let clubs = Clubs::new("en").page(
        OPEN,
        "- `ask` — the owner",
        "- `Z` — z\n- `ask` — the owner",
    );
    assert_eq!(
        reason(&applied(&clubs), "values.Z"),
        "not written: it needs a name"
    );
}

/// An enum that two pages list has a new value on one of them only.
#[test]
fn what_another_page_contradicts_is_left() {
    let clubs = Clubs::new("en").page(
        OPEN,
        "- `free` — nobody is asked",
        "- `free` — nobody is asked\n- `by_vote` — all are asked",
    );
    let outcome = applied(&clubs);
    assert!(outcome.applied.is_empty(), "{outcome:#?}");
    let reason = reason(&outcome, "values.by_vote");
    assert!(reason.contains("says otherwise: "), "{reason}");
    assert!(reason.contains("club-list.md:"), "{reason}");
}

#[test]
fn another_code_says_what_it_does_to_callers() {
    let clubs = Clubs::new("en").page(OPEN, "|| — | `A club", "|| `NO_NAME` | `A club");
    let report = clubs.report();
    assert!(
        report.contains("breaking: club.open: the code of `NoName`"),
        "{report}"
    );
    assert!(
        report.contains("would then be recognized by its code"),
        "{report}"
    );
    assert!(applied(&clubs).applied.is_empty());
}

/// A line of a page, changed in every way that says something else.
fn changes(line: &str) -> Vec<String> {
    let mut changed = vec![String::new()];
    if let Some(rest) = line.strip_prefix("|| **") {
        let typed = format!("|| **ADDED**\n[`integer`](../data-types.md) | New ||\n{line}");
        let listed = format!("|| **ADDED**\n`string` | New: `free` or `ask` ||\n{line}");
        let file = format!("|| **ADDED**\n```file | null``` | New. Default — `1` ||\n{line}");
        changed.extend([typed, listed, file, format!("|| **OTHER_{rest}")]);
        changed.push(line.replacen("***", "**", 1));
        changed.push(line.replacen("**\n", "***\n", 1));
    }
    if let Some(rest) = line.strip_prefix("|| — ") {
        changed.push(format!("|| `SOME_CODE` {rest}"));
        changed.push(format!("|| — | `Something else` | New ||\n{line}"));
        changed.push(format!("|| `0` | `Something else` | New ||\n{line}"));
    }
    if let Some((before, _)) = line.split_once("- `") {
        for value in [
            "- `by_vote` — all",
            "- `Q` — q",
            "- `~` — like",
            "- `X[y]` `string` — y",
        ] {
            changed.push(format!("{before}{value}\n{line}"));
        }
    }
    for (from, to) in [
        ("`string`", "`integer`"),
        ("`integer`", "`string`"),
        ("`datetime`", "`date`"),
        ("Default — `N`", "Default — `Y`"),
        ("По умолчанию — `N`", "По умолчанию — `Y`"),
        ("\"ID\":", "\"MORE\": 1, \"ID\":"),
        ("null", "1"),
    ] {
        if line.contains(from) {
            changed.push(line.replacen(from, to, 1));
        }
    }
    changed
}

/// Whatever changes on a page: what is written of it is said by the spec then. Every so many changes are tried.
fn nothing_is_found_about_what_was_written(every: usize) -> usize {
    let mut written = 0;
    let mut count = 0;
    for language in ["en", "ru"] {
        let clubs = Clubs::new(language);
        for (file, text) in &clubs.files {
            let lines: Vec<&str> = text.split('\n').collect();
            for (at, line) in lines.iter().enumerate() {
                for change in changes(line) {
                    count += 1;
                    if count % every != 0 {
                        continue;
                    }
                    let mut lines = lines.clone();
                    lines[at] = &change;
                    let mut clubs = Clubs::new(language);
                    clubs.files.insert(file.clone(), lines.join("\n"));
                    if change == *line || clubs.compare().0.findings.is_empty() {
                        continue;
                    }
                    written += applied(&clubs).applied.len();
                }
            }
        }
    }
    written
}

#[test]
fn nothing_is_found_about_what_was_written_whatever_changes() {
    assert!(nothing_is_found_about_what_was_written(7) > 20);
}

#[test]
#[ignore = "takes minutes"]
fn nothing_is_found_about_what_was_written_of_any_change() {
    assert!(nothing_is_found_about_what_was_written(1) > 100);
}
