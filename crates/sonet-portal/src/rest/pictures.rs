//! The pictures that answers point to.

use crate::domain::model::Image;
use crate::domain::state::State;
use crate::methods::pictures::{AVATARS, SYSTEM, is_system, path};
use crate::rest::http::{Request, Response};

/// What is shown where the portal has no picture of its own to show: a file from Drive, one that was
/// made with the portal, and the system's avatars.
const PLACEHOLDER: &[u8] = include_bytes!("pictures/placeholder.png");

/// The answer to a request for a picture; `None` if the request is for something else.
pub(crate) fn answer(state: &State, request: &Request) -> Option<Response> {
    let path = request.path();
    if !path.starts_with(AVATARS) && !path.starts_with(SYSTEM) {
        return None;
    }
    if !matches!(request.method(), "GET" | "HEAD") {
        let mut page = Response::page(405);
        page.push_header("Allow", "GET, HEAD");
        return Some(page);
    }
    let (kind, bytes) = match avatar_at(state, path) {
        Some(Image {
            name,
            content: Some(bytes),
            ..
        }) => (kind(name), bytes.as_slice()),
        None if !is_system(path) => return Some(Response::page(404)),
        _ => ("image/png", PLACEHOLDER),
    };
    let mut picture = Response::file(kind, bytes.to_vec());
    // Anything may have been uploaded under the name of a picture.
    picture.push_header("X-Content-Type-Options", "nosniff");
    Some(picture)
}

/// The avatar under a path.
fn avatar_at<'s>(state: &'s State, wanted: &str) -> Option<&'s Image> {
    let (id, _) = wanted.strip_prefix(AVATARS)?.split_once('/')?;
    let id: u64 = id.parse().ok()?;
    let mut images = state.groups.values().filter_map(|g| g.image.as_ref());
    images
        .find(|image| image.id == id)
        .filter(|image| path(image) == wanted)
}

/// The type of a file, by the extension that it could be uploaded with.
fn kind(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "bmp" => "image/bmp",
        "webp" => "image/webp",
        _ => "image/png",
    }
}
