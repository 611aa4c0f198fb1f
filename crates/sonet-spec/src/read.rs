//! From the spec's text to its model.

mod method;

use toml::de::{DeTable, DeValue};

use super::model::{
    At, Decision, Enum, EnumValue, Event, Field, FindingKind, Id, Language, Nothing, Object, Spec,
    SystemError,
};
use super::problems::Problems;
use super::source::marks;
use super::syntax;
use super::table::{SPEC, TableReader};
use crate::diagnostics::Diagnostic;

/// The version of the format that is read.
const FORMAT: i64 = 1;

const TOP: &[&str] = &[
    "format",
    "documentation",
    "partial_folders",
    "parts",
    "id",
    "enum",
    "object",
    "input",
    "method",
    "event",
    "system_error",
];
const ID: &[&str] = &["name", "doc"];
const ENUM: &[&str] = &["name", "doc", "module", "values", "decisions", "doubts"];
const ENUM_VALUE: &[&str] = &["wire", "name", "doc"];
const OBJECT: &[&str] = &[
    "name",
    "doc",
    "module",
    "extra",
    "fields",
    "decisions",
    "doubts",
];
const INPUT: &[&str] = &[
    "name",
    "doc",
    "module",
    "open",
    "params",
    "decisions",
    "doubts",
];
const FIELD: &[&str] = &[
    "name",
    "rust",
    "type",
    "essential",
    "nullable",
    "optional",
    "none",
    "doc",
];
const EVENT: &[&str] = &[
    "name",
    "wire",
    "page",
    "scope",
    "who",
    "doc",
    "payload",
    "decisions",
];
const SYSTEM_ERROR: &[&str] = &["code", "status", "decisions"];
const DECISION: &[&str] = &["on", "finding", "language", "page", "reason"];

/// What could be read of a text, and whether it is TOML at all.
pub(super) struct Read {
    /// The spec, with something harmless for everything that is wrong.
    pub(super) spec: Spec,
    /// Whether parts of it may be missing because they aren't TOML.
    pub(super) torn: bool,
}

/// Reads the spec, and reports everything that isn't the format's.
pub(super) fn read(text: &str, problems: &Problems) -> Read {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let spec = spec(text, table.get_ref(), problems);
        return Read { spec, torn: false };
    }
    let healed = syntax::heal(text, &errors, problems);
    let (table, errors) = DeTable::parse_recoverable(&healed.text);
    let found = Problems::default();
    let spec = spec(text, table.get_ref(), &found);
    if errors.is_empty() {
        let torn = |at: usize| healed.torn.iter().any(|entry| entry.contains(&at));
        // What seems to be missing may be in what could not be read.
        let found = found.into_diagnostics().into_iter();
        found
            .filter(|diagnostic| !torn(diagnostic.place()))
            .for_each(|diagnostic| problems.report(diagnostic));
    }
    Read { spec, torn: true }
}

fn spec(text: &str, table: &DeTable<'_>, problems: &Problems) -> Spec {
    TableReader::new(problems, SPEC, table, 0..0, TOP).read(|top| {
        format(top, problems);
        parts(top, problems, text);
        Spec {
            documentation: documentation(top, problems),
            partial_folders: top.texts("partial_folders"),
            ids: top.tables("id", "an id", ID, id),
            enums: top.tables("enum", "an enum", ENUM, enumeration),
            objects: top.tables("object", "an object", OBJECT, object),
            inputs: top.tables("input", "an input", INPUT, method::input),
            methods: top.tables("method", "a method", method::METHOD, method::method),
            events: top.tables("event", "an event", EVENT, event),
            system_errors: top.tables("system_error", "an error", SYSTEM_ERROR, system_error),
        }
    })
}

fn format(top: &TableReader<'_>, problems: &Problems) {
    let format = top.integer("format");
    if problems.was_read(&format) && format.value != FORMAT {
        let message = format!("the spec has the format {}", format.value);
        problems.report(
            Diagnostic::new(message)
                .at(&format.span, "unknown format")
                .help(format!("this program reads the format {FORMAT}")),
        );
    }
}

/// Whoever has read the text has read the files that it names as its parts, too; if not, methods would be missing without a
/// word.
fn parts(top: &TableReader<'_>, problems: &Problems, text: &str) {
    let parts = top.texts("parts");
    if let Some(part) = parts.get(marks(text).count()) {
        problems.report(
            Diagnostic::new(format!("`{}` was not read", part.value))
                .at(&part.span, "a file of its own")
                .help("read the spec from its file, not from its text"),
        );
    }
}

fn documentation(top: &TableReader<'_>, problems: &Problems) -> String {
    let address = top.text("documentation");
    let known = |char: char| char.is_ascii_alphanumeric() || "-._~/:".contains(char);
    let is_address = address.starts_with("https://") && address.ends_with('/');
    if problems.was_read(&address) && !(is_address && address.chars().all(known)) {
        problems.report(
            Diagnostic::new(format!("`{}` is not a base address", address.value))
                .at(&address.span, "every `page` is appended to it")
                .help("write an address that starts with `https://` and ends with `/`"),
        );
    }
    address.value
}

fn id(table: &TableReader<'_>) -> Id {
    Id {
        name: table.text("name"),
        doc: table.prose("doc").value,
    }
}

fn enumeration(table: &TableReader<'_>) -> Enum {
    table.needs_some("values", "add its values, or use `string` instead");
    Enum {
        name: table.text("name"),
        doc: table.prose("doc").value,
        module: table.optional_text("module"),
        values: table.tables("values", "a value", ENUM_VALUE, |value| EnumValue {
            wire: value.text_or_empty("wire"),
            name: value.text("name"),
            doc: value.prose("doc").value,
        }),
        decisions: decisions(table),
        doubts: table.texts("doubts"),
    }
}

fn object(table: &TableReader<'_>) -> Object {
    let extra = table.switch("extra").value;
    if !extra {
        let help = "add its fields, or `extra = true` if its keys are not known";
        table.needs_some("fields", help);
    }
    Object {
        name: table.text("name"),
        doc: table.prose("doc").value,
        module: table.optional_text("module"),
        extra,
        fields: table.tables("fields", "a field", FIELD, field),
        decisions: decisions(table),
        doubts: table.texts("doubts"),
    }
}

fn field(table: &TableReader<'_>) -> Field {
    Field {
        name: table.text("name"),
        rust: table.optional_text("rust"),
        ty: table.ty("type"),
        essential: table.switch("essential"),
        nullable: table.switch("nullable").value,
        optional: table.switch("optional").value,
        none: nothings(table),
        doc: table.prose("doc").value,
    }
}

fn nothings(table: &TableReader<'_>) -> Vec<At<Nothing>> {
    let values = table.list("none", "\"\"").into_iter();
    let nothings = values.filter_map(|value| {
        let nothing = match value.get_ref() {
            DeValue::Integer(number) if number.as_str() == "0" => Nothing::Zero,
            DeValue::String(text) if text.is_empty() => Nothing::Empty,
            DeValue::Boolean(false) => Nothing::False,
            _ => {
                table.problem(
                    Diagnostic::new("this value can't stand for \"no value\"")
                        .at(&value.span(), "not a value of `none`")
                        .help("`none` lists any of `0`, `\"\"` and `false`"),
                );
                return None;
            }
        };
        Some(At::new(nothing, value.span()))
    });
    nothings.collect()
}

fn event(table: &TableReader<'_>) -> Event {
    Event {
        name: table.text("name"),
        wire: table.text("wire"),
        page: table.text("page"),
        scope: table.text("scope"),
        who: table.prose("who").value,
        doc: table.prose("doc").value,
        payload: table.text("payload"),
        decisions: decisions(table),
    }
}

fn system_error(table: &TableReader<'_>) -> SystemError {
    SystemError {
        code: table.text("code"),
        status: table.integer("status"),
        decisions: decisions(table),
    }
}

fn decisions(table: &TableReader<'_>) -> Vec<Decision> {
    table.tables("decisions", "a decision", DECISION, |decision| Decision {
        on: decision.text("on"),
        finding: decision.optional_word("finding", &FindingKind::WORDS),
        language: decision.optional_word("language", &Language::WORDS),
        page: decision.text_or_empty("page").value,
        reason: decision.text("reason").value,
    })
}
