//! The path under which a portal has its methods.

use super::webhook::Webhook;
use crate::{Error, Secret};

/// Where most portals have them.
pub(super) const REST: &str = "/rest";

/// Finds the path of REST in that of a portal: all of it, up to the part `rest`. `None` is the usual one.
pub(super) fn of_portal(path: &str) -> Result<Option<Box<str>>, Error> {
    if path.is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> = path.split('/').collect();
    if parts.last() == Some(&"rest") {
        return base(&parts);
    }
    Err(Error::address(
        "it has a path that does not end in /rest/; give only the scheme and the host, like \
         https://example.bitrix24.com, or everything up to /rest/",
    ))
}

/// Takes the path of a webhook apart: the path of REST, and who calls.
pub(super) fn of_webhook(path: &str) -> Result<(Option<Box<str>>, Webhook), Error> {
    if path.is_empty() {
        return Err(Error::address(
            "it has no path; copy it whole, like https://example.bitrix24.com/rest/1/secret/",
        ));
    }
    let parts: Vec<&str> = path.split('/').collect();
    let ends = parts
        .iter()
        .enumerate()
        .filter(|(_, part)| **part == "rest");
    let mut first = None;
    for (end, _) in ends {
        // A folder may be named `rest` as well.
        match webhook(&parts[end + 1..]) {
            Ok(webhook) => return Ok((base(&parts[..=end])?, webhook)),
            Err(error) => first = first.or(Some(error)),
        }
    }
    Err(first.unwrap_or_else(|| {
        Error::address("its path has no /rest/ in it; a webhook looks like /rest/1/secret/")
    }))
}

/// Whether a byte may stand in a method's name.
pub(crate) fn is_method_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_'
}

/// The path of REST, checked: what HTTP libraries would change is refused.
fn base(parts: &[&str]) -> Result<Option<Box<str>>, Error> {
    let is_name = |part: &&str| {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        !part.bytes().all(|byte| byte == b'.') && part.bytes().all(known)
    };
    if !parts.iter().all(is_name) {
        return Err(Error::address(
            "the path before /rest/ has an empty part, or a character other than letters, digits, `-`, `.`, `_` and `~`",
        ));
    }
    // Such a path would be shown, as no other is.
    let is_webhook = |parts: &[&str]| {
        let is_user = !parts[1].is_empty() && parts[1].bytes().all(|byte| byte.is_ascii_digit());
        parts[0] == "rest" && is_user
    };
    if parts.windows(3).any(is_webhook) {
        return Err(Error::address(
            "it contains a webhook's address twice, or one where a portal's address is expected; give it once",
        ));
    }
    let path = format!("/{}", parts.join("/"));
    Ok((path != REST).then(|| path.into()))
}

/// Who calls, by what stands behind `rest`.
fn webhook(parts: &[&str]) -> Result<Webhook, Error> {
    let mut parts = parts.iter().copied();
    let user = parts.next().unwrap_or_default();
    if user == "api" {
        return Err(Error::address(
            "it is an address of REST 3.0 (/rest/api/…), which has no workgroup methods; remove `api/`",
        ));
    }
    let user: u32 = Some(user)
        .filter(|user| user.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|user| user.parse().ok())
        .filter(|user| *user > 0)
        .ok_or_else(|| {
            Error::address(
                "the part after /rest/ is not a user ID; a webhook looks like /rest/1/secret/",
            )
        })?;
    let secret = parts.next().unwrap_or_default();
    if secret.is_empty() {
        return Err(Error::address(
            "the secret is missing; a webhook looks like /rest/1/secret/",
        ));
    }
    if !secret
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    {
        return Err(Error::address(
            "the secret has a character that webhooks never have; copy the address again (it may have been cut or \
             escaped)",
        ));
    }
    // A text as short as that could not be masked in errors without masking half of them.
    if secret.len() < 4 {
        return Err(Error::address(
            "the secret is too short for a webhook: it has fewer than 4 characters; copy the address again",
        ));
    }
    // A method may stand behind the secret, and nothing behind a method.
    let method = parts.next().unwrap_or_default();
    let rest = parts.next().unwrap_or_default();
    if parts.next().is_some() || !rest.is_empty() || !method.bytes().all(is_method_byte) {
        return Err(Error::address(
            "there is more than a method name after the secret; a webhook looks like /rest/1/secret/",
        ));
    }
    Ok(Webhook {
        user,
        secret: Secret::new(secret),
    })
}
