//! Examples, held against the generated types of the workspace.
//!
//! Each check builds a program, so that a page has all that is to be found at once.

use std::fmt::Write as _;
use std::path::Path;

use sonet_docs::Checkout;
use sonet_docs::examples::{self, Outcome};
use sonet_spec as spec;

fn check(file: &str, text: &str) -> Outcome {
    let checkout = Checkout::from_files([(file, text)]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (spec, _) = spec::load(&root, spec::FILE).unwrap_or_else(|report| panic!("{report}"));
    examples::check(&spec, &checkout, &root).unwrap()
}

/// A section with such code blocks.
fn section(heading: &str, language: &str, blocks: &[&str]) -> String {
    let mut text = format!("\n## {heading}\n");
    for block in blocks {
        let _ = write!(text, "\n```{language}\n{block}\n```\n");
    }
    text
}

/// The findings have these words, each on the line that this is on, and there are no others.
fn assert_found(outcome: &Outcome, page: &str, expected: &[(&str, &str)]) {
    let line = |mark: &str| page.lines().position(|line| line.contains(mark));
    let found: Vec<(usize, &str)> = outcome
        .findings
        .iter()
        .map(|problem| (problem.at.line, problem.message.as_str()))
        .collect();
    for (mark, words) in expected {
        let at = line(mark).unwrap() + 1;
        let here = |(line, message): &&(usize, &str)| *line == at && message.contains(words);
        assert!(found.iter().any(|one| here(&one)), "{mark}: {found:#?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
}

#[test]
fn what_an_example_has_and_the_types_have_not_is_said_with_its_line() {
    let requests = [
        r#"curl -d '{"GROUP_ID":77}' https://example.com/rest/sonet_group.delete"#,
        r#"curl -d '{"GROUP_ID":"78"}' https://example.com/rest/sonet_group.delete"#,
        r#"curl -d '{"GRUPPE":77}' https://example.com/rest/sonet_group.delete"#,
        r#"curl -d '{"GROUP_ID":"x"}' https://example.com/rest/sonet_group.delete"#,
    ];
    let answers = [
        "{\n    \"result\": true\n}",
        "{\n    \"result\": {\"a\": 1}\n}",
    ];
    let mut errors = vec![
        "{\n    \"error\": \"\",\n    \"error_description\": \"Wrong group ID\"\n}",
        "{\n    \"error\": \"\",\n    \"error_description\": \"Wrong moon\"\n}",
        "{ \"mistake\": \"\", \"error_description\": \"Wrong group ID\" }",
    ];
    // More than a client may send at once.
    errors.extend([errors[0]; 100]);
    let text = [
        "# Delete sonet_group.delete\n".to_owned(),
        section("Code Examples", "bash", &requests),
        section("Response Handling", "json", &answers),
        section("Error Handling", "json", &errors),
    ]
    .concat();
    let outcome = check("api-reference/sonet-group/sonet-group-delete.md", &text);
    let counts = (outcome.answers, outcome.errors, outcome.requests);
    assert_eq!(counts, (2, 103, 4));
    let ty = "`sonet_types::sonet_group::Delete`";
    assert_found(
        &outcome,
        &text,
        &[
            ("GRUPPE", "the request has no `GRUPPE`"),
            ("GRUPPE", "it lacks `GROUP_ID`"),
            ("\"x\"", "`\"x\"` is not of the type `GroupId`"),
            ("{\"a\": 1}", &format!("{ty} does not decode it")),
            ("Wrong moon", &format!("{ty} does not tell it")),
            ("mistake", &format!("{ty} does not tell it")),
        ],
    );
}

#[test]
fn an_error_that_is_decided_to_have_no_name_needs_none() {
    let error =
        "{ \"error\": \"ERROR_CORE\", \"error_description\": \"Task title is not specified<br>\" }";
    let text = section("Error Handling", "json", &[error]);
    let text = format!("# Create a task tasks.task.add\n{text}");
    let outcome = check("api-reference/tasks/tasks-task-add.md", &text);
    assert_eq!(outcome.errors, 0);
    assert_found(&outcome, &text, &[]);
}

/// What `docs diff` does not look into, the types do.
#[test]
fn wrong_shapes_inside_an_answer_are_said() {
    let row = |name: &str| {
        format!(
            "{{ \"result\": [{{ \"GROUP_ID\": \"77\",\n\"GROUP_NAME\": {name},\n\"ROLE\": \"A\", \
             \"GROUP_IMAGE_ID\": null, \"GROUP_IMAGE\": \"\" }}] }}"
        )
    };
    let names = ["\"Chess\"", "[\"Go\"]", "{ \"en\": \"Go\" }"].map(row);
    let mut answers: Vec<&str> = names.iter().map(String::as_str).collect();
    answers.push("{ \"result\": 77 }");
    let text = section("Response Handling", "json", &answers);
    let text = format!("# Groups of a user sonet_group.user.groups\n{text}");
    let file = "api-reference/sonet-group/sonet-group-user-groups.md";
    let outcome = check(file, &text);
    assert_eq!(outcome.answers, 4);
    let says = "does not decode it";
    assert_found(
        &outcome,
        &text,
        &[
            ("[\"Go\"]", says),
            ("{ \"en\"", says),
            ("\"result\": 77", says),
        ],
    );
}
