//! Where the pictures of groups are.

use crate::domain::model::Image;
use crate::methods::address::Address;
use std::fmt::Write as _;

/// Where the avatars of groups are.
pub(crate) const AVATARS: &str = "/upload/socialnetwork/";
/// Where the system's avatars are.
pub(crate) const SYSTEM: &str = "/bitrix/images/";

/// The picture of everybody who has none of their own.
pub(crate) const NOBODY: &str = "/bitrix/images/tasks/default_avatar.png";

/// The picture of a group that has none of its own, as tasks show it.
pub(crate) const GROUP: &str = "/bitrix/images/socialnetwork/workgroup/folder.png";

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

/// Whether a path is that of a picture of the system's.
pub(crate) fn is_system(path: &str) -> bool {
    let mut all = PLACES
        .iter()
        .flat_map(|place| TYPES.map(|(_, name)| system_path(place, name)));
    path == NOBODY || path == GROUP || all.any(|own| own == path)
}
