//! Pages of which something is not there: includes, and what stands before the text.

use crate::fixtures::Clubs;

const OPEN: &str = "club-open.md";
const LIST: &str = "club-list.md";
const EVENT: &str = "on-club-open.md";
const GONE: &str = "{% include [more](../../_includes/gone.md) %}";

fn clubs() -> Clubs {
    Clubs::new("en")
}

fn is_unread(clubs: &Clubs) -> bool {
    clubs.compare().0.is_unread()
}

/// Changes what stands from here to there.
fn cut(clubs: Clubs, page: &str, from: &str, to: &str, with: &str) -> Clubs {
    let text = clubs.text(page);
    let from = text.find(from).unwrap();
    let to = from + text[from..].find(to).unwrap();
    let old = text[from..to].to_owned();
    clubs.page(page, &old, with)
}

#[test]
fn a_notice_that_is_absent_is_told_and_no_more() {
    for clubs in [
        clubs().remove("error-info.md"),
        clubs().remove("required.md"),
        clubs().page(
            OPEN,
            "## Code Examples",
            &format!("## Code Examples\n\n{GONE}"),
        ),
        clubs().page(OPEN, "The method `club.open` opens a club.", GONE),
    ] {
        assert!(!is_unread(&clubs), "{}", clubs.report());
        assert_eq!(clubs.messages().len(), 1, "{}", clubs.report());
    }
}

#[test]
fn facts_that_are_absent_are_not_read() {
    let gone = format!("{GONE}\n\n");
    for clubs in [
        cut(clubs(), OPEN, "#|", "## Code", &gone),
        cut(
            clubs(),
            OPEN,
            "### Returned Data\n\n#|",
            "## Error",
            &format!("### Returned Data\n\n{gone}"),
        ),
        cut(clubs(), OPEN, "#|\n|| **Code**", "|| — |", &gone),
        clubs().page(OPEN, "|| **MEMBERS**", &format!("{GONE}\n|| **MEMBERS**")),
        clubs().page(
            OPEN,
            "- `free` — nobody",
            &format!("{GONE}\n- `free` — nobody"),
        ),
        cut(
            clubs(),
            LIST,
            "#|\n|| **Name**\n`type` | **Description** ||\n|| **mode**",
            "## Code",
            &gone,
        ),
        // An example shows the names of what is in it, and not the types.
        clubs().remove("auth.md"),
        clubs()
            .remove("auth.md")
            .page(EVENT, "\"auth\"", "\"other\""),
    ] {
        assert!(is_unread(&clubs), "{}", clubs.report());
    }
}

#[test]
fn front_matter_is_left_out_and_nothing_else() {
    let front = |before: &str| {
        let text = clubs().text(OPEN).to_owned();
        let heading = text.lines().next().unwrap().to_owned();
        clubs().page(OPEN, &heading, &format!("{before}{heading}"))
    };
    for before in [
        "---\ntitle: Open\ntags:\n  - a\n- b\n\n---\n",
        "---\n---\n",
        "---\n\nA text.\n\n---\n\n",
        "---\n\n",
    ] {
        assert_eq!(front(before).messages(), [""; 0], "{before}");
    }
    assert_eq!(
        front("---\ntitle: Open\n\n").messages(),
        ["1: `---` with keys below it, and without its end"]
    );
    // What is no YAML is content.
    let clubs = clubs();
    let text = format!("---\n\n{}\n---\n\n", clubs.text(OPEN));
    let clubs = clubs
        .remove(OPEN)
        .add("api-reference/club/club-open.md", &text);
    assert_eq!(clubs.messages(), [""; 0]);
}
