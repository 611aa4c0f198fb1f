//! What comes of a batch: five maps with the commands' keys.

use crate::methods::call::Answer;
use crate::methods::refusal::Refusal;
use crate::rest::envelope::{self, Timing};
use crate::wire::output::{Json, Object};

type Map = Vec<(String, Json)>;

/// The five maps.
#[derive(Default)]
pub(super) struct Results {
    result: Map,
    error: Map,
    total: Map,
    next: Map,
    time: Map,
}

impl Results {
    pub(super) fn succeed(&mut self, key: &str, answer: Answer, timing: &Timing) {
        let add = |map: &mut Map, value: Json| map.push((key.to_owned(), value));
        add(&mut self.result, answer.result);
        if let Some(total) = answer.total {
            add(&mut self.total, Json::number(total));
        }
        if let Some(next) = answer.next {
            add(&mut self.next, Json::number(next));
        }
        add(&mut self.time, envelope::time(timing).into());
    }

    /// Notes an error. Errors have no time, and a missing scope is told without a text.
    pub(super) fn fail(&mut self, key: &str, refusal: Refusal) {
        let description = if refusal.code == Refusal::INSUFFICIENT_SCOPE {
            String::new()
        } else {
            refusal.description
        };
        let error = Object::new()
            .with("error", refusal.code)
            .with("error_description", description);
        self.error.push((key.to_owned(), error.into()));
    }

    /// What a path of keys leads to, beginning with a command's key.
    pub(super) fn follow(&self, path: &[&str]) -> Option<&Json> {
        let (key, path) = path.split_first()?;
        let (_, result) = self.result.iter().find(|(own, _)| own == key)?;
        path.iter().try_fold(result, |json, key| json.at(key))
    }

    /// What a word stands for in a reference: the results, or one of the other maps.
    pub(super) fn map(&self, word: &str) -> Option<&[(String, Json)]> {
        Some(match word {
            "result" => &self.result,
            "error" => &self.error,
            "total" => &self.total,
            "next" => &self.next,
            "time" => &self.time,
            _ => return None,
        })
    }

    pub(super) fn into_json(self) -> Object {
        Object::new()
            .with("result", Json::php_array(self.result))
            .with("result_error", Json::php_array(self.error))
            .with("result_total", Json::php_array(self.total))
            .with("result_next", Json::php_array(self.next))
            .with("result_time", Json::php_array(self.time))
    }
}
