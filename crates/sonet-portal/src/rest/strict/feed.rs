//! The parameters of the methods of the feed.

use super::shape::Shape::{Any, Attached, Date, Flag, Id, Int, Text, Texts};
use super::shape::{CUSTOM_FIELDS, Parameter};

const FILES: Parameter = ("FILES", Any);
const DEST: Parameter = ("DEST", Texts);
const SPERM: Parameter = ("SPERM", Texts);
const DRIVE: Parameter = ("UF_BLOG_POST_FILE", Texts);

/// The data of a poll have its number in their name, so that they are no parameter of the table.
const ADD: &[Parameter] = &[
    ("POST_MESSAGE", Text),
    ("POST_TITLE", Text),
    DEST,
    SPERM,
    FILES,
    ("IMPORTANT", Flag),
    ("IMPORTANT_DATE_END", Date),
    ("SITE_ID", Text),
    ("USER_ID", Id),
    ("TAGS", Text),
    ("BACKGROUND_CODE", Text),
    ("PARSE_PREVIEW", Flag),
    ("UF_BLOG_POST_FILE", Attached),
    ("UF_BLOG_POST_IMPRTNT", Int),
    ("UF_IMPRTANT_DATE_END", Date),
    ("UF_BLOG_POST_URL_PRV", Int),
    ("UF_GRATITUDE", Any),
    ("GRATITUDE_MEDAL", Text),
    ("GRATITUDE_EMPLOYEES", Any),
    ("UF_BLOG_POST_VOTE", Text),
    CUSTOM_FIELDS,
];

/// Tags, background and preview are given at the start only.
const UPDATE: &[Parameter] = &[
    ("POST_ID", Id),
    ("POST_MESSAGE", Text),
    ("POST_TITLE", Text),
    DEST,
    SPERM,
    FILES,
    ("IMPORTANT", Flag),
    ("IMPORTANT_DATE_END", Date),
    ("SITE_ID", Text),
    ("USER_ID", Id),
    DRIVE,
    ("UF_BLOG_POST_IMPRTNT", Int),
    ("UF_IMPRTANT_DATE_END", Date),
    ("UF_BLOG_POST_URL_PRV", Int),
    ("UF_GRATITUDE", Any),
    ("GRATITUDE_MEDAL", Text),
    ("GRATITUDE_EMPLOYEES", Any),
    ("UF_BLOG_POST_VOTE", Text),
    CUSTOM_FIELDS,
];

/// The parameters of a method; `None` if it isn't looked at.
pub(super) fn parameters(method: &str) -> Option<&'static [Parameter]> {
    Some(match method.strip_prefix("log.")? {
        "blogpost.add" => ADD,
        "blogpost.update" => UPDATE,
        "blogpost.get" => &[
            ("POST_ID", Id),
            ("LOG_RIGHTS", Texts),
            ("LOG_DATE_FROM", Date),
            ("LOG_DATE_TO", Date),
            ("FIRST_ID", Int),
            ("LAST_ID", Int),
            ("LIMIT", Int),
            ("start", Int),
        ],
        "blogpost.delete" | "blogpost.getusers.important" => &[("POST_ID", Id)],
        "blogpost.share" => &[("POST_ID", Id), DEST, ("USER_ID", Id)],
        "blogcomment.add" => &[("POST_ID", Id), ("TEXT", Text), FILES, ("USER_ID", Id)],
        "blogcomment.delete" => &[("COMMENT_ID", Id), ("USER_ID", Id)],
        "blogcomment.user.get" => &[
            ("USER_ID", Id),
            ("FIRST_ID", Int),
            ("LAST_ID", Int),
            ("LIMIT", Int),
        ],
        _ => return None,
    })
}
