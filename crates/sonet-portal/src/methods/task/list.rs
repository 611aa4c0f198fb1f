//! `tasks.task.list`

use super::row;
use super::search::{self, TaskField};
use super::select::Select;
use super::value::View;
use super::{Checked, INTERNAL, seen};
use crate::domain::filter::{Conditions, Direction, Sorting, TableDialect};
use crate::domain::model::Task;
use crate::domain::task_access;
use crate::methods::call::{Call, Outcome};
use crate::methods::paging::Paged;
use crate::methods::refusal::Refusal;
use crate::wire::output::{Json, Object};
use crate::wire::value::{Array, Value};

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let call = &*call;
    let sorting = sorting(call.params.array("order"))?;
    let filter = Filter::read(call.params.array("filter"));
    let select = Select::read(call.params.array("select"), Select::Stored);
    let tasks = call.state.all_tasks();
    let tasks: Vec<Task> = tasks
        .filter(|task| task_access::sees(call.state, &call.user, task))
        .filter(|task| filter.lets(&View::new(call, task)))
        .collect();
    let tasks = sorting.sort(tasks, |task, field| (field.of)(&View::new(call, task)));
    let extras = Extras::read(call.params.array("params"));
    let page = Paged::cut(call, tasks, call.params.get("start"));
    Ok(page.answer(Some("tasks"), |task| {
        let mut row = row::listed(&View::new(call, task), &select);
        extras.add(&mut row, task);
        row
    }))
}

/// The order: the newest first, unless it is said otherwise. What can't be ordered by is an error.
fn sorting(order: Option<&Array>) -> Checked<Sorting<&'static TaskField>> {
    let mut names = order
        .into_iter()
        .flat_map(Array::iter)
        .map(|(name, _)| name);
    if names.any(|name| search::ordered(name).is_none()) {
        let text = format!("Invalid sorting key{INTERNAL}");
        return Err(Refusal::coded(400, "0", &text));
    }
    let own = order.filter(|order| !order.is_empty());
    Ok(match (own, search::ordered("ID")) {
        (None, Some(id)) => Sorting::by(id, Direction::Descending),
        _ => Sorting::read(own, search::ordered),
    })
}

/// What tasks have to meet.
struct Filter {
    conditions: Conditions<&'static TaskField>,
    /// Those that are no part of another task which the user sees.
    roots: bool,
    favorites: bool,
}

impl Filter {
    fn read(filter: Option<&Array>) -> Self {
        let entries = || filter.into_iter().flat_map(Array::iter);
        let yes = |array: Option<&Array>, name: &str| {
            let value = array.and_then(|array| array.get(name));
            let text = value.and_then(Value::to_text);
            text.is_some_and(|text| matches!(text.as_str(), "Y" | "1" | "true"))
        };
        let further = filter.and_then(|filter| filter.get("::SUBFILTER-PARAMS"));
        Self {
            conditions: Conditions::read(TableDialect::Tasks, entries(), search::filtered),
            roots: yes(filter, "ONLY_ROOT_TASKS"),
            favorites: yes(further.and_then(Value::as_array), "FAVORITE"),
        }
    }

    fn lets(&self, view: &View<'_>) -> bool {
        let parent = || view.task.parent_id.and_then(|id| seen(view.call, id));
        self.conditions.hold(|field| (field.of)(view))
            && (!self.roots || parent().is_none())
            && (!self.favorites || view.is_favorite())
    }
}

/// What `params` adds to rows.
struct Extras {
    results: bool,
    timers: bool,
    description: bool,
}

impl Extras {
    fn read(params: Option<&Array>) -> Self {
        let wanted = |name: &str| {
            let value = params.and_then(|params| params.get(name));
            let text = value.and_then(Value::to_text).unwrap_or_default();
            !matches!(text.as_str(), "" | "0" | "N" | "false")
        };
        Self {
            results: wanted("WITH_RESULT_INFO"),
            timers: wanted("WITH_TIMER_INFO"),
            description: wanted("WITH_PARSED_DESCRIPTION"),
        }
    }

    /// No task of this portal has a result or a timer.
    fn add(&self, row: &mut Object, task: &Task) {
        if self.results {
            row.set("taskRequireResult", Json::flag(task.wants_result()));
            row.set("taskHasOpenResult", Json::flag(false));
            row.set("taskHasResult", Json::flag(false));
        }
        if self.timers {
            row.set("timeElapsed", Json::Null);
            row.set("timerIsRunningForCurrentUser", Json::flag(false));
        }
        if self.description {
            row.set("parsedDescription", task.description.as_str());
        }
    }
}
