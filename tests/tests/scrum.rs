//! The Scrum methods: the body of every request, and every answer in each form that the documentation shows or that
//! servers are known to give.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod driver;

use chrono::{DateTime, FixedOffset};
use driver::{reply, result};
use serde::Serialize;
use serde_json::{Value, json};
use sonet_core::{Effect, Error, Method, OpenEnum};
use sonet_types::tasks::api::scrum::{backlog, epic, kanban, sprint, task};
use sonet_types::{BacklogId, EntityId, Refusal, SprintId, UserId};

fn body(request: &impl Serialize) -> String {
    serde_json::to_string(request).unwrap()
}

fn moment(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn refused<M: Method>(method: &M, status: u16, code: &Value, text: &str) -> Error {
    let body = json!({ "error": code, "error_description": text });
    match reply(method, status, &body) {
        Err(error) => error,
        Ok(_) => panic!("{text} is no error"),
    }
}

#[test]
fn requests_about_backlogs() {
    use backlog::{Add, Delete, Get, GetFields, Update};
    insta::assert_snapshot!(body(&Add::new(125, 6)), @r#"{"fields":{"groupId":125,"createdBy":6}}"#);
    insta::assert_snapshot!(body(&Add::new(125, 6).modified_by(7)), @r#"{"fields":{"groupId":125,"createdBy":6,"modifiedBy":7}}"#);
    insta::assert_snapshot!(body(&Update::new(3)), @r#"{"id":3,"fields":{}}"#);
    let update = Update::new(3).group_id(125).created_by(6).modified_by(7);
    insta::assert_snapshot!(body(&update), @r#"{"id":3,"fields":{"groupId":125,"createdBy":6,"modifiedBy":7}}"#);
    insta::assert_snapshot!(body(&Get::new(125)), @r#"{"id":125}"#);
    insta::assert_snapshot!(body(&Delete::new(3)), @r#"{"id":3}"#);
    insta::assert_snapshot!(body(&GetFields::new()), @"{}");
}

#[test]
fn requests_about_epics() {
    use epic::{Add, Delete, Get, GetFields, List, Update};
    insta::assert_snapshot!(body(&Add::new("Payments", 125)), @r#"{"fields":{"name":"Payments","groupId":125}}"#);
    let add = Add::new("Payments", 125)
        .description("Cards \"and\" cash")
        .color("#69dafc")
        .files(["n428", "n345"])
        .created_by(6)
        .modified_by(7);
    insta::assert_snapshot!("epic_add", body(&add));
    let update = Update::new(4)
        .name("Payments")
        .description("")
        .group_id(125)
        .color("#bbecf1")
        .files(Vec::<String>::new())
        .created_by(6)
        .modified_by(7);
    insta::assert_snapshot!("epic_update", body(&update));
    insta::assert_snapshot!(body(&Get::new(4)), @r#"{"id":4}"#);
    insta::assert_snapshot!(body(&Delete::new(4)), @r#"{"id":4}"#);
    insta::assert_snapshot!(body(&GetFields::new()), @"{}");
    insta::assert_snapshot!(body(&List::new()), @"{}");
    let list = List::new()
        .filter(List::GROUP_ID.eq(125))
        .filter(List::ID.ge(1))
        .filter(List::NAME.like("%pay%"))
        .filter(List::DESCRIPTION.ne("old"))
        .filter(List::COLOR.not_contains("#"))
        .filter(List::CREATED_BY.eq(UserId::new(6)))
        .order(List::NAME.desc())
        .order(List::ID.asc())
        .select(List::ID)
        .select(List::MODIFIED_BY)
        .start(sonet_core::PageStart::at_row(50));
    insta::assert_snapshot!("epic_list", body(&list));
}

#[test]
fn requests_about_sprints() {
    use sprint::{
        Add, Complete, Delete, Get, GetFields, List, SprintStatus::Active, SprintStatus::Planned,
        Start, Update,
    };
    insta::assert_snapshot!(body(&Add::new(125, "First")), @r#"{"fields":{"groupId":125,"name":"First"}}"#);
    let add = Add::new(125, "First")
        .sort(1)
        .date_start(moment("2026-03-02T00:00:00+02:00"))
        .date_end(moment("2026-03-16T00:00:00+02:00"))
        .status(Planned)
        .created_by(6)
        .modified_by(7);
    insta::assert_snapshot!("sprint_add", body(&add));
    let update = Update::new(2)
        .group_id(125)
        .name("Second")
        .sort(2)
        .date_start(moment("2026-03-02T00:00:00Z"))
        .date_end(moment("2026-03-16T00:00:00Z"))
        .status(Active)
        .created_by(6)
        .modified_by(7);
    insta::assert_snapshot!("sprint_update", body(&update));
    insta::assert_snapshot!(body(&Start::new(2)), @r#"{"id":2}"#);
    insta::assert_snapshot!(body(&Complete::new(125)), @r#"{"id":125}"#);
    insta::assert_snapshot!(body(&Get::new(2)), @r#"{"id":2}"#);
    insta::assert_snapshot!(body(&Delete::new(2)), @r#"{"id":2}"#);
    insta::assert_snapshot!(body(&GetFields::new()), @"{}");
    let list = List::new()
        .filter(List::GROUP_ID.eq(125))
        .filter(List::DATE_END.ge(moment("2026-03-02T00:00:00Z")))
        .filter(List::STATUS.eq(Active))
        .order(List::SORT.asc())
        .select(List::ID)
        .select(List::DATE_START);
    insta::assert_snapshot!("sprint_list", body(&list));
}

#[test]
fn requests_about_the_kanban() {
    use kanban::{
        AddStage, AddTask, DeleteStage, DeleteTask, GetFields, GetStages, StageType, UpdateStage,
    };
    let add = AddStage::new(5, "To do");
    insta::assert_snapshot!(body(&add), @r#"{"fields":{"sprintId":5,"name":"To do"}}"#);
    let add = add.kind(StageType::New).sort(100).color("00C4FB");
    insta::assert_snapshot!(body(&add), @r#"{"fields":{"sprintId":5,"name":"To do","type":"NEW","sort":100,"color":"00C4FB"}}"#);
    let update = UpdateStage::new(58)
        .sprint_id(5)
        .name("Doing")
        .kind(StageType::Work)
        .sort(200)
        .color("47D1E2");
    insta::assert_snapshot!(body(&update), @r#"{"stageId":58,"fields":{"sprintId":5,"name":"Doing","type":"WORK","sort":200,"color":"47D1E2"}}"#);
    insta::assert_snapshot!(body(&UpdateStage::new(58)), @r#"{"stageId":58,"fields":{}}"#);
    insta::assert_snapshot!(body(&GetStages::new(5)), @r#"{"sprintId":5}"#);
    insta::assert_snapshot!(body(&DeleteStage::new(58)), @r#"{"stageId":58}"#);
    insta::assert_snapshot!(body(&AddTask::new(5, 751, 58)), @r#"{"sprintId":5,"taskId":751,"stageId":58}"#);
    insta::assert_snapshot!(body(&DeleteTask::new(5, 751)), @r#"{"sprintId":5,"taskId":751}"#);
    insta::assert_snapshot!(body(&GetFields::new()), @"{}");
}

#[test]
fn requests_about_tasks() {
    use task::{Get, GetFields, Update};
    insta::assert_snapshot!(body(&Get::new(751)), @r#"{"id":751}"#);
    insta::assert_snapshot!(body(&GetFields::new()), @"{}");
    insta::assert_snapshot!(body(&Update::new(751)), @r#"{"id":751,"fields":{}}"#);
    let update = Update::new(751).story_points("8").epic_id(4).sort(1);
    insta::assert_snapshot!(body(&update.clone().entity_id(SprintId::new(5))), @r#"{"id":751,"fields":{"entityId":5,"storyPoints":"8","epicId":4,"sort":1}}"#);
    assert_eq!(
        update.clone().entity_id(BacklogId::new(5)),
        update.entity_id(EntityId::new(5))
    );
}

#[test]
fn what_is_refused_before_it_is_sent() {
    let check = |error: Option<sonet_core::Invalid>| error.map(|error| error.parameter());
    for nameless in [
        epic::Add::new("", 125).check(),
        epic::Update::new(4).name(" ").check(),
        sprint::Add::new(125, "").check(),
        sprint::Update::new(2).name("").check(),
        kanban::AddStage::new(5, "").check(),
        kanban::UpdateStage::new(58).name("").check(),
    ] {
        assert_eq!(check(nameless.err()), Some("name"));
    }
    let status = sprint::SprintStatus::from("paused".to_owned());
    assert_eq!(
        check(sprint::Update::new(2).status(status).check().err()),
        Some("status")
    );
    assert_eq!(
        check(task::Update::new(751).epic_id(0).check().err()),
        Some("epicId")
    );
}

#[test]
fn what_may_be_repeated() {
    assert_eq!(epic::Update::new(4).name("x").effect(), Effect::Repeatable);
    assert_eq!(epic::Update::new(4).files(["n1"]).effect(), Effect::Write);
    assert_eq!(backlog::Update::new(3).group_id(1).effect(), Effect::Write);
    let status = sprint::SprintStatus::Active;
    assert_eq!(
        sprint::Update::new(2).status(status).effect(),
        Effect::Write
    );
    assert_eq!(sprint::Complete::new(125).effect(), Effect::Write);
    // Somebody may have moved the task on since.
    assert_eq!(task::Update::new(1).sort(2).effect(), Effect::Repeatable);
    assert_eq!(task::Update::new(1).entity_id(2).effect(), Effect::Write);
    assert_eq!(kanban::GetStages::new(5).effect(), Effect::Read);
}

/// Nothing that adds, deletes, starts or completes is repeated, nor is what moves a task.
#[test]
fn what_may_be_repeated_of_each_method() {
    use Effect::{Read, Repeatable, Write};
    fn of<M: Method>(_: &M) -> Effect {
        M::EFFECT
    }
    for effect in [
        of(&backlog::Get::new(1)),
        of(&backlog::GetFields::new()),
        of(&epic::Get::new(1)),
        of(&epic::List::new()),
        of(&epic::GetFields::new()),
        of(&sprint::Get::new(1)),
        of(&sprint::List::new()),
        of(&sprint::GetFields::new()),
        of(&kanban::GetStages::new(1)),
        of(&kanban::GetFields::new()),
        of(&task::Get::new(1)),
        of(&task::GetFields::new()),
    ] {
        assert_eq!(effect, Read);
    }
    for effect in [
        of(&backlog::Update::new(1)),
        of(&epic::Update::new(1)),
        of(&sprint::Update::new(1)),
        of(&kanban::UpdateStage::new(1)),
        of(&task::Update::new(1)),
    ] {
        assert_eq!(effect, Repeatable);
    }
    for effect in [
        of(&backlog::Add::new(1, 1)),
        of(&backlog::Delete::new(1)),
        of(&epic::Add::new("x", 1)),
        of(&epic::Delete::new(1)),
        of(&sprint::Add::new(1, "x")),
        of(&sprint::Start::new(1)),
        of(&sprint::Complete::new(1)),
        of(&sprint::Delete::new(1)),
        of(&kanban::AddStage::new(1, "x")),
        of(&kanban::DeleteStage::new(1)),
        of(&kanban::AddTask::new(1, 1, 1)),
        of(&kanban::DeleteTask::new(1, 1)),
    ] {
        assert_eq!(effect, Write);
    }
}

#[test]
fn a_backlog() {
    for row in [
        json!({ "id": 1, "groupId": 125, "createdBy": 6, "modifiedBy": 0 }),
        json!({ "id": "1", "groupId": "125", "createdBy": "6", "modifiedBy": null }),
    ] {
        let backlog = result(&backlog::Get::new(125), &row).unwrap();
        assert_eq!(backlog.id, BacklogId::new(1));
        assert_eq!(backlog.created_by, Some(UserId::new(6)));
        assert_eq!(backlog.modified_by, None);
        assert!(result(&backlog::Add::new(125, 6), &row).is_ok());
        assert!(result(&backlog::Update::new(1), &row).is_ok());
    }
    let error = result(&backlog::Get::new(125), &json!([])).unwrap_err();
    assert!(error.is_decode(), "{error}");
}

/// A deletion answers an empty list.
#[test]
fn deletions() {
    for nothing in [json!([]), json!({}), Value::Null, json!(true)] {
        assert!(result(&backlog::Delete::new(3), &nothing).is_ok());
        assert!(result(&epic::Delete::new(4), &nothing).is_ok());
        assert!(result(&sprint::Delete::new(2), &nothing).is_ok());
    }
    for something in [json!([1]), json!(false)] {
        let error = result(&epic::Delete::new(4), &something).unwrap_err();
        assert!(error.is_decode(), "{error}");
    }
    assert!(result(&kanban::DeleteStage::new(58), &json!(true)).is_ok());
    assert!(result(&kanban::DeleteStage::new(58), &json!(false)).is_err());
}

#[test]
fn available_fields() {
    let fields =
        json!({ "fields": { "name": { "type": "string" }, "files": { "type": "array" } } });
    let answer = result(&epic::GetFields::new(), &fields).unwrap();
    assert_eq!(answer.fields["files"].kind.as_deref(), Some("array"));
    assert!(result(&backlog::GetFields::new(), &fields).is_ok());
    assert!(result(&sprint::GetFields::new(), &fields).is_ok());
    assert!(result(&kanban::GetFields::new(), &fields).is_ok());
    assert!(result(&task::GetFields::new(), &fields).is_ok());
    let none = result(&task::GetFields::new(), &json!({ "fields": [] })).unwrap();
    assert!(none.fields.is_empty());
}

#[test]
fn an_epic() {
    let mut row = json!({
        "id": 4, "groupId": 125, "name": "Payments", "description": "", "createdBy": 6, "modifiedBy": 0,
        "color": "#69dafc"
    });
    let epic = result(&epic::Add::new("Payments", 125), &row).unwrap();
    assert_eq!((epic.description, epic.modified_by), (None, None));
    assert_eq!(epic.files, None);
    assert!(result(&epic::Update::new(4), &row).is_ok());
    row["files"] = json!({ "ID": "136", "VALUE": [428], "SETTINGS": { "SIZE": null } });
    insta::assert_debug_snapshot!(result(&epic::Get::new(4), &row).unwrap());
    row["files"] = json!([]);
    assert!(result(&epic::Get::new(4), &row).is_ok());
}

fn sprint(status: &str) -> Value {
    json!({
        "id": 2, "groupId": 125, "entityType": "sprint", "name": "First", "goal": "", "sort": 1, "createdBy": 6,
        "modifiedBy": 6, "dateStart": "2026-03-02T00:00:00+02:00", "dateEnd": "2026-03-16T00:00:00+02:00",
        "status": status
    })
}

#[test]
fn a_sprint() {
    let planned = sprint("planned");
    insta::assert_debug_snapshot!(result(&sprint::Get::new(2), &planned).unwrap());
    assert!(result(&sprint::Add::new(125, "First"), &planned).is_ok());
    assert!(result(&sprint::Update::new(2), &planned).is_ok());
    let active = result(&sprint::Start::new(2), &sprint("active")).unwrap();
    assert_eq!(active.status, Some(sprint::SprintStatus::Active));
    let over = result(&sprint::Complete::new(125), &sprint("completed")).unwrap();
    assert_eq!(over.status, Some(sprint::SprintStatus::Completed));

    let mut undated = sprint("archived");
    (undated["dateStart"], undated["dateEnd"]) = (Value::Null, json!(""));
    let undated = result(&sprint::Get::new(2), &undated).unwrap();
    assert_eq!((undated.date_start, undated.date_end), (None, None));
    assert!(!undated.status.unwrap().is_known());
    let mut wrong = sprint("planned");
    wrong["dateStart"] = json!("soon");
    let odd = result(&sprint::Get::new(2), &wrong).unwrap();
    assert_eq!((odd.date_start, odd.sort), (None, Some(1)));
    wrong["id"] = json!({ "x": 2 });
    let error = result(&sprint::Get::new(2), &wrong).unwrap_err();
    assert_eq!(error.path(), Some("result.id"));
}

#[test]
fn lists() {
    let rows = json!([{ "id": "4", "name": "Payments", "createdBy": 0, "color": "" }, { "id": 5, "groupId": 125 }]);
    insta::assert_debug_snapshot!(result(&epic::List::new(), &rows).unwrap());
    let mut planned = sprint("planned");
    planned["dateEnd"] = Value::Null;
    let rows = result(&sprint::List::new(), &json!([planned, { "id": 3 }])).unwrap();
    assert_eq!(rows.rows()[0].sort, Some(1));
    assert_eq!(
        (rows.rows()[0].date_end, rows.rows()[1].date_end),
        (None, None)
    );
    // PHP lists whose keys have gaps.
    let gaps = result(
        &epic::List::new(),
        &json!({ "0": { "id": 1 }, "2": { "id": 2 } }),
    );
    assert_eq!(gaps.unwrap().len(), 2);
    let error = result(&epic::List::new(), &json!([{ "name": "x" }])).unwrap_err();
    assert!(error.is_decode(), "a row without its identifier: {error}");
}

/// A list without rows comes as an error, and as an empty list.
#[test]
fn lists_without_rows() {
    assert!(result(&epic::List::new(), &json!([])).unwrap().is_empty());
    for status in [200, 400] {
        for code in [json!(0), json!("0"), json!("")] {
            let body = json!({ "error": code, "error_description": "Could not load list" });
            let epics = reply(&epic::List::new(), status, &body).unwrap().result;
            assert!(epics.is_empty());
            let sprints = reply(&sprint::List::new(), status, &body).unwrap().result;
            assert!(sprints.is_empty());
        }
        // Anything else is what it was.
        let error = refused(&epic::List::new(), status, &json!(0), "Access denied");
        assert_eq!(Refusal::of(&error), None);
        let other = refused(
            &kanban::GetStages::new(5),
            status,
            &json!(0),
            "Could not load list",
        );
        assert_eq!(Refusal::of(&other), None);
    }
    let beside =
        json!({ "result": [{ "id": 1 }], "error": 0, "error_description": "Could not load list" });
    assert!(reply(&epic::List::new(), 200, &beside).is_err());
}

#[test]
fn stages() {
    let rows = json!([
        { "id": "58", "name": "To do", "sort": "100", "type": "NEW", "sprintId": "5", "color": "00C4FB" },
        { "id": 59, "name": "Parked", "sort": 200, "type": "PARKED", "color": "" },
    ]);
    insta::assert_debug_snapshot!(result(&kanban::GetStages::new(5), &rows).unwrap());
    for id in [json!(61), json!("61")] {
        let stage = result(&kanban::AddStage::new(5, "Done"), &id).unwrap();
        assert_eq!(stage.get(), 61);
    }
    assert!(result(&kanban::UpdateStage::new(58), &json!(true)).is_ok());
    assert!(result(&kanban::AddTask::new(5, 751, 58), &json!(true)).is_ok());
    assert!(result(&kanban::DeleteTask::new(5, 751), &json!(true)).is_ok());
}

#[test]
fn a_task() {
    let row = json!({ "entityId": 5, "storyPoints": "1/2", "epicId": 4, "sort": 1, "createdBy": 6, "modifiedBy": 6 });
    insta::assert_debug_snapshot!(result(&task::Get::new(751), &row).unwrap());
    let bare = json!({ "entityId": "5", "storyPoints": "", "epicId": 0, "sort": "1", "createdBy": 6, "modifiedBy": 0 });
    let bare = result(&task::Get::new(751), &bare).unwrap();
    assert_eq!((bare.story_points, bare.epic_id), (None, None));

    // What the portal's own pages get, where a call gets the `data` of it.
    let page = json!({ "status": "success", "data": true, "errors": [] });
    for done in [json!(true), page] {
        assert!(result(&task::Update::new(751), &done).is_ok(), "{done}");
    }
    let failed = json!({ "status": "error", "data": null, "errors": [{ "message": "x" }] });
    assert!(result(&task::Update::new(751), &failed).is_err());
}

/// Numbers as codes, with any status: the text tells.
#[test]
fn errors_are_told_by_their_texts() {
    for (status, code) in [
        (400, json!(0)),
        (200, json!(0)),
        (400, json!("0")),
        (403, json!("")),
    ] {
        let refusal =
            |text: &str| Refusal::of(&refused(&sprint::Start::new(2), status, &code, text));
        assert_eq!(refusal("Access denied"), Some(Refusal::NoPermission));
        assert_eq!(refusal("Sprint not found"), Some(Refusal::SprintNotFound));
        assert_eq!(
            refusal("Sprint must be planned"),
            Some(Refusal::SprintNotPlanned)
        );
        assert_eq!(refusal("Sprint must be fun"), None);
    }
    let error = refused(&task::Get::new(751), 200, &json!(0), "Task not found");
    assert_eq!(Refusal::of(&error), Some(Refusal::TaskNotFound));
    let missing = "Could not find value for parameter {id}";
    let error = refused(&task::Get::new(751), 400, &json!(100), missing);
    assert_eq!(Refusal::of(&error), Some(Refusal::MissingParameter));
    let wrong = "Invalid value {seven} to match with parameter {id}. Should be value of type int.";
    let error = refused(&task::Get::new(751), 400, &json!(100), wrong);
    assert_eq!(Refusal::of(&error), Some(Refusal::WrongParameter));
}

/// Every documented error of every method is told from the others, as documented.
#[test]
fn every_documented_error_has_its_name() {
    fn all<M: Method>(method: &M) {
        for error in M::ERRORS {
            let code: Value = error.code().parse::<i64>().unwrap().into();
            let text = error.text().replace("{stringValue}", "{x}");
            if M::NOTHING == Some(error.name()) {
                continue;
            }
            for status in [200, 400] {
                let refused = refused(method, status, &code, &text);
                let name = Refusal::of(&refused).map(Refusal::name);
                assert_eq!(name, Some(error.name()), "{}: {text}", M::NAME);
            }
        }
    }
    all(&backlog::Add::new(1, 1));
    all(&backlog::Update::new(1));
    all(&backlog::Get::new(1));
    all(&backlog::Delete::new(1));
    all(&epic::Add::new("x", 1));
    all(&epic::Update::new(1));
    all(&epic::Get::new(1));
    all(&epic::List::new());
    all(&epic::Delete::new(1));
    all(&sprint::Add::new(1, "x"));
    all(&sprint::Update::new(1));
    all(&sprint::Start::new(1));
    all(&sprint::Complete::new(1));
    all(&sprint::Get::new(1));
    all(&sprint::List::new());
    all(&sprint::Delete::new(1));
    all(&kanban::AddStage::new(1, "x"));
    all(&kanban::UpdateStage::new(1));
    all(&kanban::GetStages::new(1));
    all(&kanban::DeleteStage::new(1));
    all(&kanban::AddTask::new(1, 1, 1));
    all(&kanban::DeleteTask::new(1, 1));
    all(&task::Get::new(1));
    all(&task::Update::new(1));
}
