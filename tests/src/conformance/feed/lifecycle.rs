//! A post and what is said about it, through both clients, held against the portal's own state.

use serde_json::json;
use sonet_core::wire::File;
use sonet_types::log::blogpost::getusers::Important;
use sonet_types::log::{blogcomment, blogpost};
use sonet_types::{Destination, Refusal};

use super::posts;
use crate::conformance::caller::{Caller, Walk};
use crate::conformance::world::{World, number};

fn a_post_lives_in_the_feed_of_a_group<C: Caller>(world: &World) {
    let (group, client) = (world.open_group(), world.admin_client::<C>());
    let member = world.member(group, sonet_portal::Role::Member);
    let stranger = world.stranger(group);
    let post = client.call(&posts::add(world)).unwrap();
    let kept = world
        .server()
        .with(|portal| portal.post(number(post)).cloned())
        .unwrap();
    assert_eq!(kept.text, "Welcome to the group!");
    assert_eq!(
        kept.destinations,
        [sonet_portal::Destination::Group(number(group))]
    );

    // The feed of the group is there for its members.
    let feed = blogpost::Get::new().log_rights([Destination::Group(group)]);
    let found = world.client::<C>(member).call(&feed).unwrap();
    let found = found.iter().next().unwrap();
    assert_eq!(found.id, post);
    assert_eq!(found.title.as_deref(), Some("Welcome"));
    assert_eq!(found.author_id, Some(world.admin()));
    assert_eq!(found.has_tags, Some(true));
    let unseen = world.client::<C>(stranger).call(&feed).unwrap();
    assert_eq!(unseen.iter().count(), 0);

    // One more sees it.
    let share = blogpost::Share::new(post, [Destination::User(stranger)]);
    client.call(&share).unwrap();
    let only = blogpost::Get::new().post_id(post);
    let seen = world.client::<C>(stranger).call(&only).unwrap();
    assert_eq!(seen.iter().count(), 1);

    world.server().with(|portal| portal.read_post(post, member));
    assert_eq!(client.call(&Important::new(post)).unwrap(), [member]);

    let change = blogpost::Update::new(post).post_message("Welcome, all of you!");
    assert_eq!(client.call(&change).unwrap(), post);
    client.call(&blogpost::Delete::new(post)).unwrap();
    let gone = client.call(&only).unwrap();
    assert_eq!(gone.iter().count(), 0);
}

fn a_post_is_commented_on<C: Caller>(world: &World) {
    let group = world.open_group();
    let member = world.member(group, sonet_portal::Role::Member);
    let (client, post) = (world.client::<C>(member), world.post_in(group));
    let add = blogcomment::Add::new(post, "Thank you").files([File::new("a.txt", b"Rust")]);
    let comment = client.call(&add).unwrap();
    let error = client.call(&add).unwrap_err();
    assert!(error.is(Refusal::DuplicateComment), "{error}");

    let said = client.call(&blogcomment::user::Get::new()).unwrap();
    let comments = said.comments.unwrap();
    assert_eq!(comments.len(), 1);
    assert_eq!(comments[0].id, comment);
    assert_eq!(comments[0].text.as_deref(), Some("Thank you"));
    let key = comments[0].attach.as_ref().unwrap()[0].to_string();
    let file = &said.files.unwrap()[&key];
    assert_eq!(file.name.as_deref(), Some("a.txt"));
    assert_eq!((file.size, file.author_id), (Some(4), Some(member)));

    client.call(&blogcomment::Delete::new(comment)).unwrap();
    let said = client.call(&blogcomment::user::Get::new()).unwrap();
    assert_eq!(said.comments, Some(Vec::new()));
}

fn a_feed_is_walked_whole<C: Caller>(world: &World) {
    let (group, client) = (world.open_group(), world.admin_client::<C>());
    world.relate(group, world.admin(), sonet_portal::Role::Member);
    let mut made: Vec<_> = (0..120).map(|_| world.post_in(group)).collect();
    let feed = blogpost::Get::new().log_rights([Destination::Group(group)]);
    let walked = client.walk(&feed, Walk::default());
    assert!(walked.error.is_none(), "{:?}", walked.error);
    let mut found: Vec<_> = walked.rows.iter().map(|post| post.id).collect();
    found.sort_unstable();
    made.sort_unstable();
    assert_eq!(found, made);
}

/// Files are taken away by an object, and it comes alone and in a batch.
fn files_are_added_and_taken_away<C: Caller>(world: &World) {
    let client = world.admin_client::<C>();
    let add = blogpost::Add::new("With files")
        .files([File::new("a.txt", b"Rust"), File::new("b.txt", b"Rust")]);
    let post = client.call(&add).unwrap();
    let files = || {
        world
            .server()
            .with(|portal| portal.post(number(post)).unwrap().files.clone())
    };
    let [first, second] = files()[..] else {
        panic!("two files were added: {:?}", files())
    };
    let title = blogpost::Update::new(post).post_title("Fewer files");
    let alone = title.clone().files(json!({ first.to_string(): "del" }));
    client.call(&alone).unwrap();
    assert_eq!(files(), [second]);
    let batched = title.files(json!({ second.to_string(): "del" }));
    let (changed,) = client.batch(&(batched,)).unwrap();
    assert_eq!(changed.unwrap(), post);
    assert!(files().is_empty());
}

on_both_clients! {
    a_post_lives_in_the_feed_of_a_group,
    a_post_is_commented_on,
    a_feed_is_walked_whole,
    files_are_added_and_taken_away,
}
