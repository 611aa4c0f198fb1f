//! What both writing methods put onto a post.

use super::{files, text};
use crate::domain::dates;
use crate::domain::model::Post;
use crate::methods::call::Call;
use crate::wire::value::Value;

/// How many symbols of a text are its title, where it has none.
const TITLE_LENGTH: usize = 50;

/// Puts a title and a text onto a post. A text that comes without a title takes the former one away.
pub(super) fn apply_texts(call: &Call<'_>, post: &mut Post) {
    let (title, message) = (text(call, "POST_TITLE"), text(call, "POST_MESSAGE"));
    if let Some(message) = &message {
        post.text.clone_from(message);
    }
    match (title, message) {
        (Some(title), _) => (post.title, post.micro) = (title, false),
        (None, Some(message)) => {
            let line = message.lines().next().unwrap_or_default();
            (post.title, post.micro) = (line.chars().take(TITLE_LENGTH).collect(), true);
        }
        (None, None) => {}
    }
}

/// Puts onto a post how important it is, and what its custom fields refer to.
pub(super) fn apply_marks(call: &Call<'_>, post: &mut Post) {
    let flag = call.params.text("IMPORTANT");
    let number = call
        .params
        .get("UF_BLOG_POST_IMPRTNT")
        .and_then(Value::to_int);
    let number = number.map(|number| number != 0);
    if let Some(important) = flag.map(|flag| flag == "Y").or(number) {
        post.important = important;
    }
    let until = call.params.text("IMPORTANT_DATE_END");
    let until = until.or_else(|| call.params.text("UF_IMPRTANT_DATE_END"));
    if let Some(until) = until.and_then(|text| dates::parse_to_keep(&text)) {
        post.important_until = Some(until);
    }
    refer(
        post,
        "UF_GRATITUDE",
        text(call, "GRATITUDE_MEDAL").is_some(),
    );
    refer(
        post,
        "UF_BLOG_POST_VOTE",
        text(call, "UF_BLOG_POST_VOTE").is_some(),
    );
}

/// Puts onto a new post what can be given at the start only: tags and the preview of a link.
pub(super) fn apply_first(call: &Call<'_>, post: &mut Post) {
    let tags = call.params.text("TAGS").unwrap_or_default();
    let tags = tags.split(',').map(str::trim).filter(|tag| !tag.is_empty());
    post.tags = tags.map(str::to_owned).collect();
    let preview = call.params.says_yes("PARSE_PREVIEW") && post.text.contains("://");
    refer(post, "UF_BLOG_POST_URL_PRV", preview);
}

/// Lets a custom field refer to what was made with the post, which gets the post's number.
fn refer(post: &mut Post, name: &str, made: bool) {
    if made {
        post.references.insert(name.to_owned(), post.id);
    }
}

/// Adds files to a post and takes others away.
pub(super) fn apply_files(call: &mut Call<'_>, post: &mut Post, author_id: u64) {
    let deleted = files::deleted(call);
    post.files.retain(|id| !deleted.contains(id));
    if let Some(files) = files::of_drive(call) {
        post.files = files;
    }
    post.files.extend(files::upload(call, author_id));
}

/// The numbers of a post's tags, with commas between them.
pub(super) fn categories(call: &Call<'_>, post: &Post) -> String {
    let ids = post
        .tags
        .iter()
        .filter_map(|tag| call.state.feed.tag_id(tag));
    let ids: Vec<String> = ids.map(|id| id.to_string()).collect();
    ids.join(",")
}
