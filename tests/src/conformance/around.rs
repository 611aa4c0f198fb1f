//! Every method around a group, whose answers are held against the spec.

use serde_json::json;

use super::caller::Caller;
use super::shapes::Walk;
use super::world::World;

/// What their names begin with.
pub(super) const METHODS: [&str; 3] = ["user.", "log.", "tasks.task."];

/// Calls them all, such that every field is in some answer.
pub(super) fn all<C: Caller>(walk: &mut Walk, client: &C, world: &World) {
    let (admin, employee) = (world.admin(), world.employee());
    walk.answer(client, "user.current", json!({}));
    walk.answer(client, "user.fields", json!({}));
    walk.answer(client, "user.get", json!({}));
    walk.answer(client, "user.search", json!({ "FILTER": { "FIND": "a" } }));

    let file = json!([["a.txt", "UnVzdA=="]]);
    let post = walk.answer(
        client,
        "log.blogpost.add",
        json!({ "POST_MESSAGE": "Welcome", "TAGS": "a", "FILES": file, "IMPORTANT": "Y" }),
    );
    let change = json!({ "POST_ID": post, "POST_TITLE": "Welcome" });
    walk.answer(client, "log.blogpost.update", change);
    let share = json!({ "POST_ID": post, "DEST": [format!("U{employee}")] });
    walk.answer(client, "log.blogpost.share", share);
    walk.answer(client, "log.blogpost.get", json!({ "POST_ID": post }));
    let readers = json!({ "POST_ID": post });
    walk.answer(client, "log.blogpost.getusers.important", readers);
    let comment = json!({ "POST_ID": post, "TEXT": "Thank you", "FILES": file });
    let comment = walk.answer(client, "log.blogcomment.add", comment);
    walk.answer(client, "log.blogcomment.user.get", json!({}));
    let gone = json!({ "COMMENT_ID": comment });
    walk.answer(client, "log.blogcomment.delete", gone);
    walk.answer(client, "log.blogpost.delete", json!({ "POST_ID": post }));

    let fields = json!({
        "TITLE": "Read", "RESPONSIBLE_ID": employee, "AUDITORS": [admin], "ACCOMPLICES": [admin],
        "DEADLINE": "2031-01-31T18:00:00+02:00", "UF_CRM_TASK": ["D_1"],
    });
    let task = walk.answer(client, "tasks.task.add", json!({ "fields": fields }));
    let task = json!({ "taskId": task["task"]["id"] });
    let change = json!({ "taskId": task["taskId"], "fields": { "TITLE": "Read it" } });
    walk.answer(client, "tasks.task.update", change);
    walk.answer(client, "tasks.task.start", task.clone());
    let heir = json!({ "taskId": task["taskId"], "userId": admin });
    walk.answer(client, "tasks.task.delegate", heir);
    walk.answer(client, "tasks.task.get", task.clone());
    walk.answer(
        client,
        "tasks.task.list",
        json!({ "select": ["*", "UF_CRM_TASK"] }),
    );
    walk.answer(client, "tasks.task.complete", task.clone());
    walk.answer(client, "tasks.task.delete", task);
}
