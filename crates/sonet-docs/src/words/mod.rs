//! The words of the pages, in both of their languages. All of them are in lower case.
//!
//! Whatever depends on how the vendor puts a thing stands here, and nowhere else: a page with another wording asks for a
//! word in one of these lists. Nothing here knows what a block or a page is.

mod advice;
mod default;
mod description;
mod ended;
mod genitive;
mod heading;
pub(crate) mod identifier;
mod normalize;
mod notice;
mod outdated;
mod required;
mod role;
mod sentence;
pub(crate) mod types;
pub(crate) mod verbs;

pub(crate) use default::default_in;
pub(crate) use description::{deed, is_aside, may_describe, without_introduction, without_source};
pub(crate) use heading::{Column, Topic, column, has_types, role_of_heading, topic};
pub(crate) use normalize::{is_russian, normalize};
pub(crate) use notice::{page_sizes, sentences, statuses};
pub(crate) use outdated::{is_of_method, outdated, successors};
pub(crate) use required::{demanded, is_required_sometimes, one_of, requiredness};
pub(crate) use role::role;
pub(crate) use sentence::{
    Label, flag_in_words, introduces_another_value, introduces_defaults, introduces_examples,
    introduces_fields, introduces_keys, introduces_only_value, introduces_placeholders,
    introduces_values, label, no_params, says_empty, says_keyed, separates_values,
};
