//! `log.blogpost.*`

use serde_json::json;
use sonet_core::PageStart;
use sonet_core::wire::File;
use sonet_types::log::blogpost::getusers::Important;
use sonet_types::log::blogpost::{Add, Delete, Get, Share, Update};
use sonet_types::{Destination, PostId};

use crate::conformance::refusal::{Attempt, Unchecked, by_admin};
use crate::conformance::times::moment;
use crate::conformance::world::{NOTHING, World};

pub(in crate::conformance) fn add(world: &World) -> Add {
    Add::new("Welcome to the group!")
        .post_title("Welcome")
        .dest([Destination::from(world.open_group())])
        .files([File::new("a.txt", b"Rust")])
        .important(true)
        .important_date_end(moment("2031-01-31T18:00:00+02:00"))
        .site_id("s1")
        .user_id(world.admin())
        .tags("welcome,rust")
        .background_code("magic")
        .parse_preview(false)
}

pub(in crate::conformance) fn update(world: &World) -> Update {
    Update::new(world.post_in(world.open_group()))
        .post_title("Welcome")
        .post_message("Welcome, all of you!")
        .dest([Destination::Everybody])
        .files(json!([["b.txt", "UnVzdA=="]]))
        .important(false)
        .important_date_end(moment("2031-01-31T18:00:00+02:00"))
        .site_id("s1")
        .user_id(world.admin())
}

pub(in crate::conformance) fn get(world: &World) -> Get {
    Get::new()
        .post_id(world.post_in(world.open_group()))
        .log_rights([Destination::Everybody])
        .log_date_from(moment("2020-01-01T00:00:00Z"))
        .log_date_to(moment("2040-01-01T00:00:00Z"))
        .start(PageStart::at_row(0))
}

pub(in crate::conformance) fn delete(world: &World) -> Delete {
    Delete::new(world.post_in(world.open_group()))
}

pub(in crate::conformance) fn share(world: &World) -> Share {
    Share::new(
        world.post_in(world.open_group()),
        [Destination::User(world.employee())],
    )
    .user_id(world.admin())
}

pub(in crate::conformance) fn readers(world: &World) -> Important {
    Important::new(world.post_in(world.open_group()))
}

/// A call with a word for the post, and with all else that it needs.
fn a_word<M>(world: &World) -> Attempt<Unchecked<M>> {
    let params = json!({ "POST_ID": "word", "POST_MESSAGE": "a", "DEST": ["UA"] });
    by_admin(world, Unchecked::new(params))
}

fn missing() -> PostId {
    PostId::from(NOTHING)
}

fn a_post_has_a_text(world: &World) -> Attempt<Unchecked<Add>> {
    by_admin(world, Unchecked::new(json!({ "POST_TITLE": "Welcome" })))
}

fn a_post_has_recipients(world: &World) -> Attempt<Add> {
    by_admin(world, Add::new("Welcome").dest(["nobody"]))
}

fn there_is_no_feed_to_add_to(world: &World) -> Attempt<Add> {
    world.without_blog();
    by_admin(world, Add::new("Welcome"))
}

fn who_writes_by_mail_has_no_blog(world: &World) -> Attempt<Add> {
    by_admin(world, Add::new("Welcome").user_id(world.mail_user()))
}

fn a_post_is_not_stored(world: &World) -> Attempt<Add> {
    world.fail_next("log.blogpost.add");
    by_admin(world, Add::new("Welcome"))
}

fn a_word_says_not_which_post_to_change(world: &World) -> Attempt<Unchecked<Update>> {
    a_word(world)
}

fn a_change_leaves_some_text(world: &World) -> Attempt<Update> {
    by_admin(world, Update::new(world.post_in(world.open_group())))
}

fn there_is_no_feed_to_change(world: &World) -> Attempt<Update> {
    world.without_blog();
    by_admin(world, Update::new(missing()).post_title("a"))
}

fn a_stranger_changes_no_post(world: &World) -> Attempt<Update> {
    let group = world.open_group();
    let call = Update::new(world.post_in(group)).post_title("a");
    Attempt::by(world.stranger(group), call)
}

fn a_post_that_is_not_there_is_not_changed(world: &World) -> Attempt<Update> {
    by_admin(world, Update::new(missing()).post_title("a"))
}

fn a_post_of_nobodys_blog_is_not_changed(world: &World) -> Attempt<Update> {
    let post = world.post_of(world.mail_user(), sonet_portal::Destination::Everybody);
    by_admin(world, Update::new(post).post_title("a"))
}

fn a_change_is_not_stored(world: &World) -> Attempt<Update> {
    world.fail_next("log.blogpost.update");
    by_admin(
        world,
        Update::new(world.post_in(world.open_group())).post_title("a"),
    )
}

fn a_post_that_is_not_there_is_not_deleted(world: &World) -> Attempt<Delete> {
    by_admin(world, Delete::new(missing()))
}

fn there_is_no_feed_to_delete_from(world: &World) -> Attempt<Delete> {
    world.without_blog();
    by_admin(world, Delete::new(missing()))
}

fn a_stranger_deletes_no_post(world: &World) -> Attempt<Delete> {
    let group = world.open_group();
    Attempt::by(world.stranger(group), Delete::new(world.post_in(group)))
}

fn a_post_is_not_deleted(world: &World) -> Attempt<Delete> {
    world.fail_next("log.blogpost.delete");
    by_admin(world, delete(world))
}

fn a_post_that_is_not_there_is_not_shared(world: &World) -> Attempt<Share> {
    by_admin(world, Share::new(missing(), ["UA"]))
}

fn there_is_no_feed_to_share_in(world: &World) -> Attempt<Share> {
    let post = world.post_in(world.open_group());
    world.without_blog();
    by_admin(world, Share::new(post, ["UA"]))
}

fn nobody_is_called_so(world: &World) -> Attempt<Share> {
    by_admin(
        world,
        Share::new(world.post_in(world.open_group()), ["nobody"]),
    )
}

fn a_stranger_shares_no_post(world: &World) -> Attempt<Share> {
    let group = world.open_group();
    Attempt::by(
        world.stranger(group),
        Share::new(world.post_in(group), ["UA"]),
    )
}

fn a_post_is_not_shared_with_a_group_that_one_is_not_in(world: &World) -> Attempt<Share> {
    let group = world.open_group();
    let secret = world.secret_group();
    let author = world.stranger(secret);
    let post = world.post_of(author, sonet_portal::Destination::Everybody);
    assert_ne!(group, secret);
    Attempt::by(author, Share::new(post, [Destination::Group(secret)]))
}

fn a_word_says_not_whose_readers(world: &World) -> Attempt<Unchecked<Important>> {
    a_word(world)
}

refusals! {
    Add:
        PostNotAdded, "Blog post hasn't been added" => a_post_has_a_text,
        NoDestination, "No destination specified" => a_post_has_recipients,
        ModuleNotInstalled, "Blog module is not installed" => there_is_no_feed_to_add_to,
        BlogNotFound, "Blog not found" => who_writes_by_mail_has_no_blog,
        CannotAddPost, "Cannot add blog post" => a_post_is_not_stored,
    ;
    Update:
        WrongPostId, "Wrong post ID" => a_word_says_not_which_post_to_change,
        EmptyPost, "Message title is not specified." => a_change_leaves_some_text,
        ModuleNotInstalled, "Blog module is not installed." => there_is_no_feed_to_change,
        NoPermission, "No write perms" => a_stranger_changes_no_post,
        PostNotFound, "No post found" => a_post_that_is_not_there_is_not_changed,
        BlogNotFound, "No blog found" => a_post_of_nobodys_blog_is_not_changed,
        CannotUpdatePost, "Cannot update blog post" => a_change_is_not_stored,
    ;
    Delete:
        WrongPostId, "Wrong post ID" => a_post_that_is_not_there_is_not_deleted,
        ModuleNotInstalled, "Blog module is not installed." => there_is_no_feed_to_delete_from,
        NoPermission, "You do not have permission to delete this message" => a_stranger_deletes_no_post,
        CannotDeletePost, "Error deleting message" => a_post_is_not_deleted,
    ;
    Share:
        WrongPostId, "Wrong post ID" => a_post_that_is_not_there_is_not_shared,
        ModuleNotInstalled, "Blog module not installed" => there_is_no_feed_to_share_in,
        WrongDestinations, "Wrong destinations" => nobody_is_called_so,
        NoReadPermission, "No read perms" => a_stranger_shares_no_post,
        NoPermission, "No access to one or more message recipients" => a_post_is_not_shared_with_a_group_that_one_is_not_in,
    ;
    Important:
        WrongPostId, "Wrong post ID" => a_word_says_not_whose_readers,
}
