//! What every page includes below its errors: the fields of all errors, and those of the system.

const ERROR_INFO: &str = "/error-info.md";
const SYSTEM: &str = "/system-errors.md";

/// Whether a file lists the errors of the system.
pub(super) fn is_system(file: &str) -> bool {
    file.ends_with(SYSTEM)
}

/// Whether a message names the file of a shared include.
pub(super) fn names_shared(message: &str) -> bool {
    message.contains(&format!("{ERROR_INFO}`")) || names_system(message)
}

/// Whether a message names the file with the errors of the system, which are compared wherever they are included.
pub(super) fn names_system(message: &str) -> bool {
    message.contains(&format!("{SYSTEM}`"))
}
