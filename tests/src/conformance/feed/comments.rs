//! `log.blogcomment.*`

use serde_json::json;
use sonet_core::wire::File;
use sonet_types::log::blogcomment::{Add, Delete, user};

use crate::conformance::refusal::{Attempt, Unchecked};
use crate::conformance::world::{NOTHING, World};

pub(in crate::conformance) fn add(world: &World) -> Add {
    Add::new(world.post_in(world.open_group()), "Thank you")
        .files([File::new("a.txt", b"Rust")])
        .user_id(world.admin())
}

pub(in crate::conformance) fn delete(world: &World) -> Delete {
    let post = world.post_in(world.open_group());
    Delete::new(world.comment_of(world.employee(), post, "Thank you")).user_id(world.admin())
}

pub(in crate::conformance) fn get(world: &World) -> user::Get {
    user::Get::new()
        .user_id(world.admin())
        .first_id(1)
        .last_id(NOTHING)
        .limit(10)
}

fn there_is_no_feed_to_comment_in(world: &World) -> Attempt<Add> {
    let call = add(world);
    world.without_blog();
    Attempt::by(world.admin(), call)
}

fn a_post_that_is_not_there_is_not_commented_on(world: &World) -> Attempt<Add> {
    Attempt::by(world.admin(), Add::new(NOTHING, "Thank you"))
}

fn a_post_of_nobodys_blog_is_not_commented_on(world: &World) -> Attempt<Add> {
    let post = world.post_of(world.mail_user(), sonet_portal::Destination::Everybody);
    Attempt::by(world.admin(), Add::new(post, "Thank you"))
}

fn nothing_is_said_twice(world: &World) -> Attempt<Add> {
    let post = world.post_in(world.open_group());
    world.comment_of(world.admin(), post, "Thank you");
    Attempt::by(world.admin(), Add::new(post, "Thank you"))
}

fn what_is_archived_is_not_commented_on(world: &World) -> Attempt<Add> {
    let group = world.open_group();
    let member = world.member(group, sonet_portal::Role::Member);
    let post = world.post_in(group);
    world.change_group(group, |group| group.closed = true);
    Attempt::by(member, Add::new(post, "Thank you"))
}

fn a_comment_is_not_stored(world: &World) -> Attempt<Add> {
    world.fail_next("log.blogcomment.add");
    let post = world.post_in(world.open_group());
    Attempt::by(world.admin(), Add::new(post, "Thank you"))
}

fn a_word_says_not_which_comment(world: &World) -> Attempt<Unchecked<Delete>> {
    let params = json!({ "COMMENT_ID": "word" });
    Attempt::by(world.admin(), Unchecked::new(params))
}

fn there_is_no_feed_to_delete_from(world: &World) -> Attempt<Delete> {
    world.without_blog();
    Attempt::by(world.admin(), Delete::new(NOTHING))
}

fn a_stranger_deletes_no_comment(world: &World) -> Attempt<Delete> {
    let group = world.open_group();
    let comment = world.comment_of(world.owner(group), world.post_in(group), "Thank you");
    Attempt::by(world.stranger(group), Delete::new(comment))
}

fn a_comment_that_is_not_there_is_not_deleted(world: &World) -> Attempt<Delete> {
    Attempt::by(world.admin(), Delete::new(NOTHING))
}

refusals! {
    Add:
        ModuleNotInstalled, "No blog module installed" => there_is_no_feed_to_comment_in,
        PostNotFound, "No post found" => a_post_that_is_not_there_is_not_commented_on,
        BlogNotFound, "No blog found" => a_post_of_nobodys_blog_is_not_commented_on,
        DuplicateComment, "Duplicate comment" => nothing_is_said_twice,
        NoPermission, "No permissions" => what_is_archived_is_not_commented_on,
        CannotAddComment, "Blog comment hasn't been added" => a_comment_is_not_stored,
    ;
    Delete:
        WrongCommentId, "Wrong comment ID" => a_word_says_not_which_comment,
        ModuleNotInstalled, "Blog module not installed" => there_is_no_feed_to_delete_from,
        NoPermission, "No delete perms" => a_stranger_deletes_no_comment,
        CommentNotFound, "No comment found" => a_comment_that_is_not_there_is_not_deleted,
}
