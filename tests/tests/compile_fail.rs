//! What must not compile, and what the compiler says about it.
//!
//! Each case is an example of `sonet-compile-fail` that only the feature `compile-fail` builds. The compiler's
//! own words change from version to version, so only ours are compared, and those few of its words that are stable.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const CASES: &[(&str, &str, &[&str])] = &[
    (
        "unsupported_operator",
        "E0277",
        &[
            "`sonet_types::sonet_group::Get` has no filter operator `Like`",
            "answers more rows",
        ],
    ),
    (
        "unfilterable_field",
        "E0277",
        &["this field can't be filtered by", "answers more rows"],
    ),
    (
        "unselectable_field",
        "E0277",
        &["this field can't be selected"],
    ),
    (
        "unsortable_field",
        "E0277",
        &["this field can't be sorted by"],
    ),
    (
        "order_of_a_flag",
        "E0277",
        &["values of the type `bool` have no order to compare by"],
    ),
    (
        "text_for_a_refusal",
        "E0277",
        &[
            "`&str` does not name a documented error",
            "error.is(Refusal::GroupNotFound)",
            "api.has_code(",
        ],
    ),
    (
        "text_search_in_an_id",
        "E0277",
        &["a field of the type `GroupId` can't be searched for a text"],
    ),
    (
        "field_of_another_method",
        "E0308",
        &["Condition<sonet_types::sonet_group::Get>"],
    ),
    (
        "user_for_a_group",
        "E0277",
        &[
            "a `UserId` can't be used as a `GroupId`",
            "as a number: `i64`, `i32` or `u32`",
        ],
    ),
    (
        "group_reference_for_a_user",
        "E0277",
        &["a `GroupId` can't be used as a `UserId`"],
    ),
    ("reference_to_a_list", "E0599", &["value", "Handle"]),
    ("missing_parameter", "E0061", &["2 arguments"]),
    ("owner_as_new_role", "E0599", &["Owner", "SettableRole"]),
    ("made_up_unknown", "E0624", &["private"]),
    (
        "batch_of_thirteen",
        "E0277",
        &[
            "is not a batch",
            "neither a tuple of 1 to 12 methods, nor a `Vec` or an array",
            "into a `Batch`",
        ],
    ),
    (
        "batch_of_one_method",
        "E0277",
        &[
            "`sonet_types::sonet_group::Delete` is not a batch",
            "a single method is sent by `call`",
        ],
    ),
    (
        "name_in_a_batch",
        "E0277",
        &["`&str` is not a method", "Raw::new("],
    ),
    (
        "text_for_a_group",
        "E0277",
        &[
            "a `&str` can't be used as a `GroupId`",
            "text.parse::<GroupId>()?",
        ],
    ),
    (
        "number_too_wide_for_a_group",
        "E0277",
        &[
            "a `u64` can't be used as a `GroupId`",
            "GroupId::try_from(number)?",
        ],
    ),
    (
        "maybe_a_group",
        "E0277",
        &["`Option<GroupId>` can't be used as a `GroupId`"],
    ),
    ("number_for_a_name", "E0277", &["String: From<"]),
    (
        "groups_for_users",
        "E0277",
        &["a `GroupId` can't be used as a `UserId`"],
    ),
    (
        "unknown_parameter",
        "E0599",
        &["no method named `colour`", "Create"],
    ),
    (
        "text_for_a_flag",
        "E0308",
        &["expected `bool`", "found `&str`"],
    ),
    ("field_for_a_condition", "E0308", &["Condition<"]),
    ("request_used_after_a_setter", "E0382", &["`call`", "moved"]),
    ("secret_in_a_text", "E0277", &["`Secret` doesn't implement"]),
    (
        "kinds_without_a_rest",
        "E0004",
        &["non-exhaustive patterns"],
    ),
    (
        "code_of_an_error_without_one",
        "E0599",
        &["has_code", "Option<"],
    ),
    (
        "config_without_a_question_mark",
        "E0599",
        &["no method named `rate`", "Result<"],
    ),
    ("method_without_an_answer", "E0046", &["missing: `Output`"]),
    (
        "method_that_cannot_be_sent",
        "E0277",
        &["ServerTime", "Serialize"],
    ),
    ("answer_by_hand", "E0639", &["non-exhaustive"]),
    (
        "list_in_a_for_loop",
        "E0277",
        &["`List<Get>` is not an iterator"],
    ),
    ("list_awaited", "E0277", &["`List<Get>` is not a future"]),
    (
        "list_with_a_question_mark",
        "E0277",
        &["the `?` operator can only be applied to", "List<Get>"],
    ),
    (
        "list_without_a_walk",
        "unused_must_use",
        &[
            "a list sends nothing until it is asked for a row",
            "await its `next` one",
        ],
    ),
    (
        "list_of_a_write",
        "E0277",
        &[
            "`Delete` does not answer in pages",
            "use `call`, which returns the whole answer",
        ],
    ),
    (
        "row_without_a_question_mark",
        "E0609",
        &["no field `id` on type `Result<Group"],
    ),
    (
        "page_for_a_list",
        "E0308",
        &["expected `Result<Vec<Group>", "found `Result<Page<Group>"],
    ),
    (
        "call_without_await",
        "unused_must_use",
        &["futures do nothing unless you `.await` or poll them"],
    ),
    (
        "call_by_value",
        "E0308",
        &["expected `&_`, found `Delete`", "consider borrowing here"],
    ),
    (
        "event_before_it_is_verified",
        "E0308",
        &["expected `&Event`, found `&Delivery`"],
    ),
];

#[test]
fn what_must_not_compile_does_not_and_says_why() {
    let errors = check();
    for (name, code, texts) in CASES {
        let rendered = errors
            .get(*name)
            .unwrap_or_else(|| panic!("{name} compiles"));
        assert_eq!(
            rendered.len(),
            1,
            "{name}: one mistake, one error: {rendered:#?}"
        );
        let (found, text) = &rendered[0];
        // The compiler may shorten a path in one place and print it whole in another.
        let flat = text
            .replace("generated::", "")
            .replace("sonet_group::get::", "sonet_group::");
        assert_eq!(found, code, "{name}: {text}");
        for expected in *texts {
            assert!(
                contains(&flat, expected),
                "{name}: no {expected:?} in\n{text}"
            );
        }
    }
    assert_eq!(
        errors.len(),
        CASES.len(),
        "a file without a case: {:?}",
        errors.keys()
    );
}

/// Whether the text has the words, with or without the paths before names.
fn contains(text: &str, expected: &str) -> bool {
    let bare = |text: &str| {
        text.replace("sonet_types::", "")
            .replace("sonet_group::", "")
            .replace("sonet_core::filter::op::", "")
            .replace("sonet_async::", "")
            .replace("std::option::", "")
            .replace("ids::", "")
            .replace("op::", "")
    };
    text.contains(expected) || bare(text).contains(&bare(expected))
}

/// Checks every example, and gives the errors of each: code and text.
fn check() -> BTreeMap<String, Vec<(String, String)>> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO"))
        .args([
            "check",
            "--package",
            "sonet-compile-fail",
            "--examples",
            "--features",
            "compile-fail",
        ])
        .args([
            "--keep-going",
            "--message-format",
            "json",
            "--locked",
            "--offline",
        ])
        // A folder of its own, so that it waits for no other cargo and disturbs none.
        .arg("--target-dir")
        .arg(manifest.join("../target/compile-fail"))
        .current_dir(manifest)
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let mut errors: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let (target, diagnostic) = (&message["target"], &message["message"]);
        if message["reason"] != "compiler-message" || diagnostic["level"] != "error" {
            continue;
        }
        assert_eq!(target["kind"][0], "example", "{}", diagnostic["rendered"]);
        if let Some(code) = diagnostic["code"]["code"].as_str() {
            let name = target["name"].as_str().unwrap().to_owned();
            let rendered = diagnostic["rendered"].as_str().unwrap().to_owned();
            errors
                .entry(name)
                .or_default()
                .push((code.to_owned(), rendered));
        }
    }
    assert!(
        !errors.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    errors
}
