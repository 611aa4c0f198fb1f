//! Pages by offset.

use crate::domain::page::{PAGE_SIZE, Page};
use crate::methods::call::{Answer, Call, objects};
use crate::wire::output::{Json, Object};
use crate::wire::value::Value;

/// A page of a list, with what may be told of the rest.
pub(crate) struct Paged<T> {
    rows: Vec<T>,
    total: Option<u64>,
    next: Option<u64>,
}

impl<T> Paged<T> {
    /// The whole page in which `start` lies. Below 0 nothing is counted, and nobody knows whether there
    /// is a next page either.
    pub(crate) fn cut(call: &Call<'_>, all: Vec<T>, start: Option<&Value>) -> Self {
        let start = start.and_then(Value::to_int).unwrap_or_default();
        let offset = u64::try_from(start).unwrap_or_default() / PAGE_SIZE * PAGE_SIZE;
        let page = Page::cut(all, offset, call.rules.bogus_next);
        let counts = start >= 0;
        Self {
            rows: page.rows,
            total: call.total(counts, page.total),
            next: page.next.filter(|_| counts),
        }
    }

    /// The answer: the rows as they are printed, under a key of the result if there is one.
    pub(crate) fn answer(
        self,
        under: Option<&'static str>,
        print: impl FnMut(&T) -> Object,
    ) -> Answer {
        let rows = objects(self.rows.iter().map(print).collect());
        let result = match under {
            Some(key) => Json::from(Object::new().with(key, rows)),
            None => rows,
        };
        Answer {
            result,
            total: self.total,
            next: self.next,
        }
    }
}
