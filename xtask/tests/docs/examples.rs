//! Examples, held against the generated types of the workspace.

use std::path::Path;

use xtask::docs::{Checkout, examples};
use xtask::spec;

/// A page in the words of the vendor's.
const PAGE: &str = "\
# Delete sonet_group.delete

## Code Examples

```bash
curl -X POST -d '{\"GROUP_ID\":77}' https://example.com/rest/sonet_group.delete
```

## Response Handling

```json
{
    \"result\": true
}
```

## Error Handling

```json
{
    \"error\": \"\",
    \"error_description\": \"Wrong group ID\"
}
```
";

/// What is found on the page, after a change.
fn found(from: &str, to: &str) -> String {
    assert!(PAGE.contains(from), "nothing to change: {from}");
    let text = PAGE.replacen(from, to, 1);
    let file = "api-reference/sonet-group/sonet-group-delete.md";
    let checkout = Checkout::from_files([(file, text.as_str())]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (spec, _) = spec::load(&root, spec::FILE).unwrap_or_else(|report| panic!("{report}"));
    let outcome = examples::check(&spec, &checkout, &root).unwrap();
    let counts = (outcome.answers, outcome.errors, outcome.requests);
    assert_eq!(counts, (1, 1, 1), "{from} {to}");
    let found = outcome.findings.iter();
    let found = found.map(|problem| format!("{}: {}", problem.at.line, problem.message));
    found.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_an_example_has_and_the_types_have_not_is_said_with_its_line() {
    assert_eq!(found("77", "78"), "");
    for (from, to, expected) in [
        ("GROUP_ID", "GRUPPE", "6: the request has no `GRUPPE`"),
        ("GROUP_ID", "GRUPPE", "6: it lacks `GROUP_ID`"),
        ("77", "\"x\"", "6: `\"x\"` is no `GroupId`"),
        (
            "true",
            "{\"a\": 1}",
            "13: `sonet_types::sonet_group::Delete` does not decode it",
        ),
        (
            "Wrong group ID",
            "Wrong moon",
            "22: `sonet_types::sonet_group::Delete` does not tell it",
        ),
        ("\"error\"", "\"mistake\"", "does not tell it"),
    ] {
        let found = found(from, to);
        assert!(found.contains(expected), "{expected}: {found}");
    }
}

/// What `docs diff` does not look into, the types do.
#[test]
fn wrong_shapes_inside_an_answer_are_said() {
    let page = |result: &str| {
        let text = format!(
            "# Groups of a user sonet_group.user.groups\n\n## Response Handling\n\n```json\n{{\n    \"result\": {result}\n}}\n```\n"
        );
        let file = "api-reference/sonet-group/sonet-group-user-groups.md";
        let checkout = Checkout::from_files([(file, text.as_str())]);
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let (spec, _) = spec::load(&root, spec::FILE).unwrap_or_else(|report| panic!("{report}"));
        let outcome = examples::check(&spec, &checkout, &root).unwrap();
        let found = outcome.findings.iter();
        let found = found.map(|problem| format!("{}: {}", problem.at.line, problem.message));
        found.collect::<Vec<_>>().join("\n")
    };
    let row = |name: &str| {
        format!(
            "[{{ \"GROUP_ID\": \"77\",\n\"GROUP_NAME\": {name},\n\"ROLE\": \"A\", \"GROUP_IMAGE_ID\": null, \"GROUP_IMAGE\": \"\" }}]"
        )
    };
    assert_eq!(page(&row("\"Chess\"")), "");
    for name in ["[\"Chess\"]", "{ \"en\": \"Chess\" }"] {
        let found = page(&row(name));
        assert!(found.starts_with("8: "), "{name}: {found}");
    }
    assert!(!page("77").is_empty());
}
