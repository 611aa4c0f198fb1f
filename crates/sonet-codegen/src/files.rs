//! What is generated.

use std::collections::BTreeMap;

/// The generated files, by their path below the output folder.
pub type Files = BTreeMap<String, String>;
