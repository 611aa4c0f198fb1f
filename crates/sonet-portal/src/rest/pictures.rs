//! The pictures that answers point to.

use crate::domain::model::Image;
use crate::portal::Portal;
use crate::rest::address::Address;
use crate::rest::http::{Request, Response};
use std::fmt::Write as _;

/// What is shown where the portal has no picture of its own to show: a file from Drive, one that was
/// made with the portal, and the system's avatars.
const STAND_IN: &[u8] = include_bytes!("pictures/stand_in.png");

const AVATARS: &str = "/upload/socialnetwork/";
const SYSTEM: &str = "/bitrix/images/";

/// Where the system's avatars are shown.
pub(crate) const PLACES: [&str; 2] = ["mobile", "selector"];

/// The types of the system's avatars, and what each is called in addresses.
pub(crate) const TYPES: [(&str, &str); 5] = [
    ("folder", "folder"),
    ("checks", "tasks"),
    ("pie", "chart"),
    ("bag", "briefcase"),
    ("members", "group"),
];

/// The path of a group's avatar. A file's name may be anything, and only what means nothing in an
/// address stays as it is.
pub(crate) fn path(image: &Image) -> String {
    let mut path = format!("{AVATARS}{}/", image.id);
    for byte in image.name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            let _ = write!(path, "%{byte:02X}");
        }
    }
    path
}

/// The path of an avatar of the system's.
pub(crate) fn system_path(place: &str, name: &str) -> String {
    format!("{SYSTEM}{place}/{name}.png")
}

/// The whole address of a path.
pub(crate) fn address(address: &Address, path: &str) -> String {
    format!("{}{path}", address.portal())
}

impl Portal {
    /// The answer to a request for a picture; `None` if the request is for something else.
    pub(crate) fn picture(&self, request: &Request) -> Option<Response> {
        let path = request.path();
        if !path.starts_with(AVATARS) && !path.starts_with(SYSTEM) {
            return None;
        }
        if !matches!(request.method(), "GET" | "HEAD") {
            let mut page = Response::page(405);
            page.push_header("Allow", "GET, HEAD");
            return Some(page);
        }
        let (kind, bytes) = match self.avatar_at(path) {
            Some(Image {
                name,
                content: Some(bytes),
                ..
            }) => (kind(name), bytes.as_slice()),
            None if !is_system(path) => return Some(Response::page(404)),
            _ => ("image/png", STAND_IN),
        };
        let mut picture = Response::file(kind, bytes.to_vec());
        // Anything may have been uploaded under the name of a picture.
        picture.push_header("X-Content-Type-Options", "nosniff");
        Some(picture)
    }

    /// The avatar under a path.
    fn avatar_at(&self, wanted: &str) -> Option<&Image> {
        let (id, _) = wanted.strip_prefix(AVATARS)?.split_once('/')?;
        let id: u64 = id.parse().ok()?;
        let mut images = self.state.groups.values().filter_map(|g| g.image.as_ref());
        images
            .find(|image| image.id == id)
            .filter(|image| path(image) == wanted)
    }
}

/// Whether a path is that of an avatar of the system's.
fn is_system(path: &str) -> bool {
    let mut all = PLACES
        .iter()
        .flat_map(|place| TYPES.map(|(_, name)| system_path(place, name)));
    all.any(|own| own == path)
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
