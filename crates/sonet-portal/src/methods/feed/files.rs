//! The files of posts and comments, as calls bring them.

use crate::domain::model::FeedFile;
use crate::methods::call::Call;
use crate::methods::group_avatar::BASE64;
use crate::wire::value::{Array, Value};
use base64::Engine as _;
use std::collections::BTreeSet;

/// What begins each picture in PNG, and where such a one tells its width and height.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const EXTENT: usize = 16;

/// Stores what `FILES` uploads for a user and returns the new identifiers. What is no pair of a name
/// and a content in Base64 is passed over.
pub(super) fn upload(call: &mut Call<'_>, author_id: u64) -> Vec<u64> {
    let files = call.params.array("FILES");
    let uploads = files.into_iter().flat_map(Array::values).filter_map(pair);
    let uploads: Vec<(String, Vec<u8>)> = uploads.collect();
    let mut ids = Vec::new();
    for (name, content) in uploads {
        let id = call.state.next_file_id();
        call.state.take_file_id(id);
        let file = FeedFile {
            id,
            name,
            size: content.len() as u64,
            extent: extent(&content),
            author_id,
            created: call.now,
        };
        call.state.feed.files.insert(id, file);
        ids.push(id);
    }
    ids
}

/// The identifiers that `FILES` takes away: those whose value is `del`.
pub(super) fn deleted(call: &Call<'_>) -> BTreeSet<u64> {
    let files = call.params.array("FILES");
    let entries = files.into_iter().flat_map(Array::iter);
    let deleted = entries.filter(|(_, value)| value.to_text().as_deref() == Some("del"));
    deleted.filter_map(|(id, _)| id.parse().ok()).collect()
}

/// The files of Drive in `UF_BLOG_POST_FILE`; an empty list for `empty`. `FILES` counts before it.
pub(super) fn of_drive(call: &Call<'_>) -> Option<Vec<u64>> {
    if call.params.get("FILES").is_some() {
        return None;
    }
    let files = call.params.array("UF_BLOG_POST_FILE")?;
    let texts = files.values().filter_map(Value::to_text);
    let ids = texts.filter_map(|text| text.strip_prefix('n')?.parse().ok());
    Some(ids.collect())
}

fn pair(value: &Value) -> Option<(String, Vec<u8>)> {
    let pair = value.as_array()?;
    let name = pair.get("0")?.to_text()?;
    let content = BASE64.decode(pair.get("1")?.to_text()?.trim()).ok()?;
    Some((name, content))
}

/// The width and height of a picture in PNG.
fn extent(content: &[u8]) -> Option<(u32, u32)> {
    let told = content.strip_prefix(PNG)?.get(EXTENT - PNG.len()..)?;
    let (width, rest) = told.split_first_chunk::<4>()?;
    let (height, _) = rest.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*height)))
}
