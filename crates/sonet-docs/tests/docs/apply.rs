//! What findings become in the spec.

use sonet_docs::apply;
use sonet_docs::diff;

use crate::fixtures::{Clubs, of_code};

const OPEN: &str = "club-open.md";
const LIST: &str = "club-list.md";

/// The patch, and what is left.
fn applied(clubs: &Clubs) -> String {
    let (outcome, source, checkout) = clubs.compare();
    let applied = apply::apply(&source, &checkout, &outcome.findings, &[&of_code]).unwrap();
    let left = applied.left.iter().map(|finding| {
        let reason = finding.notes.last().map_or("", String::as_str);
        format!("{}: {}\n    {reason}\n", finding.entry, finding.message)
    });
    let patch = apply::patch(&source, &applied.text);
    format!(
        "{patch}\n{} written, left:\n{}",
        applied.applied.len(),
        left.collect::<String>()
    )
}

#[test]
fn what_breaks_nothing_is_written() {
    let rows = "|| **BADGE**\n[`file`](../x.md) | New ||
|| **HIDDEN**\n`string` | Possible values:\n- `Y` — yes\n- `N` — no\n\nDefault — `N` ||
|| **MEMBERS**";
    let field = "|| **SINCE**\n```datetime | null``` | New ||\n|| **wallData**";
    let clubs = Clubs::new("en")
        .page(OPEN, "|| **MEMBERS**", rows)
        .page(OPEN, "Default — `N`", "Default — `Y`")
        .page(OPEN, "- `free` — nobody is asked", "- `free` — nobody is asked\n- `by_vote` — all are asked")
        .page(OPEN, "|| `ERROR_SINCE`", "|| — | `No more clubs` | Too many ||\n|| `ERROR_FULL` | `It is full` | Full ||\n|| `ERROR_SINCE`")
        .page(LIST, "    - `free` — nobody is asked\n", "    - `free` — nobody is asked\n    - `by_vote` — all are asked\n")
        .page(LIST, "\n- `free` — nobody is asked\n", "\n- `free` — nobody is asked\n- `by_vote` — all are asked\n")
        .page(LIST, "- `!=` — is not", "- `!=` — is not\n- `=` — is")
        .page(LIST, "|| **PUBLIC**\n[`string`](../data-types.md) | Whether strangers see it: `Y` or `N` ||",
            "|| **PUBLIC**\n`string` | Whether: `Y` or `N` ||\n|| **SINCE**\n`datetime` | When ||")
        .page(LIST, "|| **OWNER** | Owner ||", "|| **OWNER** | Owner ||\n|| **RULES** | Rules ||")
        .page(LIST, "|| **ALL**\n", "|| **DEPTH**\n`integer` | New ||\n|| **ALL**\n")
        .page(LIST, "|| **wallData**", field);
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(applied(&clubs));
    });
}

#[test]
fn what_needs_a_person_is_left() {
    let rows = "|| **KIND**\n`string` | Possible values:\n- `a` — one\n- `b` — two ||
|| **LEADER_ID**\n`integer` | Whose? ||
|| **THINGS**\n`array` | Of what? ||
|| **EITHER**\n```string | integer``` | Which? ||
|| **MEMBERS**";
    let clubs = Clubs::new("en")
        .page(OPEN, "|| **MEMBERS**", rows)
        .page(OPEN, "|| **RULES**\n", "|| **RULE**\n")
        .page(OPEN, "a user with the right to open clubs", "any user")
        .page(
            LIST,
            "|| **OWNER** | Owner ||",
            "|| **OWNER** | Owner ||\n|| **AGE** | Age ||",
        )
        .page(LIST, "- `!=` — is not", "- `!=` — is not\n- `@` — one of")
        .add(
            "api-reference/club/club-close.md",
            "# Close a club club.close\n",
        );
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(applied(&clubs));
    });
}

/// What was written is not found again.
#[test]
fn a_second_time_there_is_nothing_to_write() {
    let row = "|| **BADGE**\n[`file`](../x.md) | New ||\n|| **MEMBERS**";
    let mut clubs = Clubs::new("en").page(OPEN, "|| **MEMBERS**", row);
    let (outcome, source, checkout) = clubs.compare();
    let applied = apply::apply(&source, &checkout, &outcome.findings, &[&of_code]);
    clubs.spec = applied.unwrap().text;
    let (outcome, source, checkout) = clubs.compare();
    assert!(
        outcome.findings.is_empty(),
        "{}",
        diff::human(&outcome, &source, &checkout, false)
    );
}

#[test]
fn a_page_that_moved_is_followed() {
    let open = Clubs::new("en").text(OPEN).to_owned();
    let mut clubs = Clubs::new("en")
        .remove(OPEN)
        .add("api-reference/clubs/open.md", &open);
    let (outcome, source, checkout) = clubs.compare();
    let applied = apply::apply(&source, &checkout, &outcome.findings, &[&of_code]).unwrap();
    assert!(
        applied.text.contains("page = \"clubs/open.html\"\nscope"),
        "{}",
        applied.text
    );
    clubs.spec = applied.text;
    assert!(clubs.compare().0.findings.is_empty());
}
