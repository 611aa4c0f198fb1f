//! How errors are worded where the real server is known to differ from its documentation, and in
//! another language.

use crate::methods::refusal::{Code, Refusal};
use crate::rules::{Language, Rules};

/// Rewords a refusal by the portal's rules.
pub(crate) fn apply(method: &str, refusal: Refusal, rules: &Rules) -> Refusal {
    let mut refusal = refusal;
    if rules.server_codes {
        if let Some(code) = server_code(method, &refusal.description) {
            refusal.code = code;
        }
    }
    if rules.language == Language::Russian {
        if let Some(text) = russian(&refusal.code) {
            text.clone_into(&mut refusal.description);
        }
    }
    refusal
}

/// The code that the server's own core puts into the place of the documented one.
fn server_code(method: &str, description: &str) -> Option<Code> {
    Some(match (method, description) {
        ("sonet_group.setowner", "Invalid workgroup/project ID" | "Invalid user ID") => {
            Code::Number(100)
        }
        ("sonet_group.setowner", "Insufficient permissions to complete the operation.") => {
            Code::Number(403)
        }
        ("sonet_group.setowner", "Cannot complete operation.") => Code::Number(510),
        ("sonet_group.user.request", "Cannot request to join group") => {
            Code::Text("ERROR_CREATE_USER2GROUP")
        }
        _ => return None,
    })
}

/// The texts that depend on the portal's language. Those of the groups' methods without a code are
/// English everywhere. Only the second one is quoted from the documentation.
fn russian(code: &Code) -> Option<&'static str> {
    match code {
        Code::Text("SONET_CONTROLLER_WORKGROUP_EMPTY") => {
            Some("Не указан идентификатор рабочей группы.")
        }
        Code::Text("SONET_CONTROLLER_WORKGROUP_NOT_FOUND") => Some("Рабочая группа не найдена."),
        Code::Text("ERROR_IMAGE_ID") => Some("Неверное изображение: недопустимый тип файла"),
        _ => None,
    }
}
