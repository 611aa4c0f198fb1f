//! Where generated code will stand.

/// The module that re-exports all of the generated code, by its two paths.
///
/// Its crate has a feature `testing`, which switches that of `sonet-core` on: under it, objects have examples for tests.
#[derive(Debug, Clone, Copy)]
pub struct RootModule<'a> {
    /// The path within its crate, which generated code imports by: `crate`.
    pub path: &'a str,
    /// The path for a user of the crate, which examples import by: `sonet_async`.
    pub public_path: &'a str,
    /// The crate that compiles the examples, if it is not the one that they import from, but one that it re-exports.
    pub compiled_in: Option<&'a str>,
}

impl Default for RootModule<'_> {
    /// The root of `sonet-types`.
    fn default() -> Self {
        Self {
            path: "crate",
            // Consumers depend on a client, and copy what they read there.
            public_path: "sonet_async",
            compiled_in: Some("sonet_types"),
        }
    }
}
