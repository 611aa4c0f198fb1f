//! A portal to talk to without a socket.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test includes it and uses a part of it"
)]
#![allow(clippy::unwrap_used, reason = "it is a part of tests")]

use serde_json::{Value, json};
use sonet_portal::{Group, Portal, Request, Response, User};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// 19 March 2026, 14:01:27 in the portal's zone.
pub const NOW: u64 = 1_773_921_687;

pub fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(NOW)
}

pub struct Desk {
    pub portal: Portal,
}

impl Desk {
    pub fn new() -> Self {
        Self {
            portal: Portal::builder().groups(120).users(40).seed(1).build(),
        }
    }

    /// Calls a method by a user's webhook with a JSON body.
    pub fn send(&mut self, user: u64, method: &str, body: &str) -> Response {
        let path = self.portal.webhook_path(user).unwrap();
        self.portal
            .handle(&Request::json(format!("{path}{method}"), body), now())
    }

    /// Calls a method that has to succeed; the whole answer.
    pub fn answer(&mut self, user: u64, method: &str, body: &str) -> Value {
        let response = self.send(user, method, body);
        assert_eq!(
            response.status(),
            200,
            "{method} {body}: {}",
            response.text()
        );
        serde_json::from_slice(response.body()).unwrap()
    }

    /// Calls a method that has to succeed; its result only.
    pub fn ok(&mut self, user: u64, method: &str, body: &str) -> Value {
        self.answer(user, method, body)["result"].take()
    }

    /// Calls a method that has to succeed; its result as it is on the wire.
    pub fn raw(&mut self, user: u64, method: &str, body: &str) -> String {
        let response = self.send(user, method, body);
        assert_eq!(
            response.status(),
            200,
            "{method} {body}: {}",
            response.text()
        );
        let text = response.text();
        let result = text.strip_prefix(r#"{"result":"#).unwrap();
        let end = [r#","next":"#, r#","total":"#, r#","time":{"#]
            .into_iter()
            .filter_map(|mark| result.rfind(mark))
            .min()
            .unwrap();
        result[..end].to_owned()
    }

    /// Calls a method that has to be refused with status 400, an empty code and this text, byte by
    /// byte, and must not execute.
    #[track_caller]
    pub fn refused(&mut self, user: u64, method: &str, body: &str, text: &str) {
        self.refused_with(user, method, body, "", text);
    }

    /// The same with a code.
    #[track_caller]
    pub fn refused_with(&mut self, user: u64, method: &str, body: &str, code: &str, text: &str) {
        let executed = self.portal.executed_of(method);
        let response = self.send(user, method, body);
        let escaped = text.replace('/', "\\/");
        let expected = format!(r#"{{"error":"{code}","error_description":"{escaped}"}}"#);
        assert_eq!(
            (response.status(), response.text()),
            (400, expected),
            "{method} {body}"
        );
        assert_eq!(
            self.portal.executed_of(method),
            executed,
            "{method} executed"
        );
    }

    /// Calls a method of scrums that has to be refused with this number and this text, and must not
    /// execute.
    #[track_caller]
    pub fn refused_by(&mut self, user: u64, method: &str, body: &Value, code: u64, text: &str) {
        let executed = self.portal.executed_of(method);
        let response = self.send(user, method, &body.to_string());
        let expected = format!(r#"{{"error":{code},"error_description":"{text}"}}"#);
        assert_eq!(
            (response.status(), response.text()),
            (400, expected),
            "{method} {body}"
        );
        assert_eq!(
            self.portal.executed_of(method),
            executed,
            "{method} executed"
        );
    }

    /// What a method of scrums answers that has to succeed.
    pub fn scrum(&mut self, user: u64, method: &str, body: &Value) -> Value {
        self.ok(
            user,
            &format!("tasks.api.scrum.{method}"),
            &body.to_string(),
        )
    }

    /// A method of scrums refuses with the number 0 and this text.
    #[track_caller]
    pub fn scrum_refused(&mut self, user: u64, method: &str, body: &Value, text: &str) {
        self.refused_by(user, &format!("tasks.api.scrum.{method}"), body, 0, text);
    }

    /// The layer of parameters refuses a method of scrums.
    #[track_caller]
    pub fn scrum_unbound(&mut self, user: u64, method: &str, body: &Value, text: &str) {
        self.refused_by(user, &format!("tasks.api.scrum.{method}"), body, 100, text);
    }

    /// Makes a task of a user's; its identifier.
    pub fn add_task(&mut self, user: u64, fields: &Value) -> u64 {
        let mut all = json!({"TITLE": "Write", "RESPONSIBLE_ID": user});
        for (name, value) in fields.as_object().unwrap() {
            all[name] = value.clone();
        }
        let task = self.task(user, "add", &json!({"fields": all}));
        task["id"].as_str().unwrap().parse().unwrap()
    }

    /// The task that a method answers.
    pub fn task(&mut self, user: u64, method: &str, body: &Value) -> Value {
        let method = format!("tasks.task.{method}");
        self.ok(user, &method, &body.to_string())["task"].take()
    }

    /// Adds a post to the feed; its identifier.
    pub fn add_post(&mut self, user: u64, body: &Value) -> u64 {
        let id = self.ok(user, "log.blogpost.add", &body.to_string());
        id.as_u64().unwrap()
    }

    /// A scrum that has everything, one of its members, and an employee who is none.
    pub fn full_scrum(&self) -> (u64, u64, u64) {
        let group = self.portal.full_scrum().unwrap();
        let stranger = self.portal.stranger(group).unwrap().id;
        let members = self.portal.members(group);
        let mut active = members.iter().map(|own| own.user_id);
        let member = active.find(|id| {
            let user = self.portal.user(*id).unwrap();
            user.active && !user.admin
        });
        (group, member.unwrap(), stranger)
    }

    pub fn employee(&self) -> u64 {
        self.portal.employee().unwrap().id
    }

    /// Active users who have nothing to do with a group, the administrator aside.
    pub fn strangers(&self, group: u64, fit: fn(&User) -> bool) -> Vec<u64> {
        let related = |id| self.portal.relation(group, id).is_some();
        let users = self
            .portal
            .users()
            .filter(|user| user.active && !user.admin && fit(user));
        users
            .map(|user| user.id)
            .filter(|id| !related(*id))
            .collect()
    }

    /// The first group that fits.
    pub fn group(&self, fit: impl Fn(&Group) -> bool) -> Group {
        self.portal
            .groups()
            .find(|group| fit(group))
            .unwrap()
            .clone()
    }
}
