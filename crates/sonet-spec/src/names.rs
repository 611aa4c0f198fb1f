//! Rust names from names of the wire.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use super::model::{Field, Method, Param, Text};

/// A field, parameter or setter: `GROUP_ID` and `groupId` are `group_id`.
#[must_use]
pub fn snake(wire: &str) -> String {
    wire.to_snake_case()
}

/// A module of methods: `enum`, which Rust keeps for itself, is `enum_methods`.
#[must_use]
pub fn module(wire: &str) -> String {
    match snake(wire) {
        name if is_reserved(&name) => format!("{name}_methods"),
        name => name,
    }
}

/// A type: `invite` is `Invite`.
#[must_use]
pub fn upper_camel(wire: &str) -> String {
    wire.to_upper_camel_case()
}

/// The Rust place of a method: `sonet_group.user.invite` is `Invite` in `sonet_group::user`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RustPath {
    /// The modules below the crate's root, outermost first; empty for the root.
    pub modules: Vec<String>,
    /// The type.
    pub type_name: String,
}

impl RustPath {
    /// Derives it from a method's name on the wire, unless `rust` says what the type is called.
    #[must_use]
    pub fn of_method(wire: &str, rust: Option<&str>) -> Self {
        let (modules, last) = wire.rsplit_once('.').unwrap_or(("", wire));
        Self {
            modules: modules
                .split('.')
                .filter(|part| !part.is_empty())
                .map(module)
                .collect(),
            type_name: rust.map_or_else(|| upper_camel(last), ToOwned::to_owned),
        }
    }

    /// `sonet_group::user`, or nothing for the root.
    #[must_use]
    pub fn module(&self) -> String {
        self.modules.join("::")
    }

    /// `sonet_group::user::Invite`
    #[must_use]
    pub fn path(&self) -> String {
        join(&self.module(), &self.type_name)
    }
}

impl Method {
    /// Its place in Rust.
    #[must_use]
    pub fn path(&self) -> RustPath {
        RustPath::of_method(&self.name, self.rust.as_ref().map(|rust| rust.as_str()))
    }

    /// Where the spec says what the type is called.
    #[must_use]
    pub fn place(&self) -> &Text {
        self.rust.as_ref().unwrap_or(&self.name)
    }
}

impl Param {
    /// The name of its setter, and of its argument of `new`.
    #[must_use]
    pub fn rust_name(&self) -> String {
        explicit_or_snake(self.rust.as_ref(), &self.name)
    }
}

impl Field {
    /// Its name in the struct.
    #[must_use]
    pub fn rust_name(&self) -> String {
        explicit_or_snake(self.rust.as_ref(), &self.name)
    }
}

fn explicit_or_snake(rust: Option<&Text>, wire: &str) -> String {
    rust.map_or_else(|| snake(wire), |rust| rust.value.clone())
}

/// A type in a module, which is empty for the root.
#[must_use]
pub fn join(module: &str, type_name: &str) -> String {
    if module.is_empty() {
        type_name.to_owned()
    } else {
        format!("{module}::{type_name}")
    }
}

/// Whether it can name a field, function or module.
#[must_use]
pub fn is_snake(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .chars()
            .all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_')
        && !name.ends_with('_')
        && !name.contains("__")
}

/// Whether it can name a type, variant or error.
#[must_use]
pub fn is_upper_camel(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|char| char.is_ascii_alphanumeric())
}

/// Whether Rust keeps the word for itself, now or in the next edition.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

const RESERVED: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_become_snake_case() {
        for (wire, rust) in [
            ("GROUP_ID", "group_id"),
            ("ID", "id"),
            ("siteId", "site_id"),
            ("IS_EXTRANET", "is_extranet"),
            ("workgroup_requests_out", "workgroup_requests_out"),
            ("shouldSelectDialogId", "should_select_dialog_id"),
            ("start", "start"),
            ("dialogID", "dialog_id"),
            ("HTTPStatus", "http_status"),
        ] {
            assert_eq!(snake(wire), rust, "{wire}");
        }
    }

    #[test]
    fn methods_become_types_in_modules() {
        let path = |wire: &str| RustPath::of_method(wire, None).path();
        assert_eq!(path("sonet_group.create"), "sonet_group::Create");
        assert_eq!(path("sonet_group.user.invite"), "sonet_group::user::Invite");
        assert_eq!(
            path("socialnetwork.api.workgroup.list"),
            "socialnetwork::api::workgroup::List"
        );
        assert_eq!(path("batch"), "Batch");
        assert_eq!(path("crm.enum.fields"), "crm::enum_methods::Fields");
        assert_eq!(
            RustPath::of_method("sonet_group.setowner", Some("SetOwner")).path(),
            "sonet_group::SetOwner"
        );
    }

    #[test]
    fn identifiers_are_told_from_other_texts() {
        assert!(is_snake("group_id2"));
        for name in ["", "2fa", "_x", "x_", "a__b", "Group", "a-b", "größe"] {
            assert!(!is_snake(name), "{name}");
        }
        assert!(is_upper_camel("GroupId"));
        for name in ["", "groupId", "Group_Id", "2Fa", "GROUP-ID"] {
            assert!(!is_upper_camel(name), "{name}");
        }
        assert!(is_reserved("type") && is_reserved("Self") && !is_reserved("kind"));
    }
}
