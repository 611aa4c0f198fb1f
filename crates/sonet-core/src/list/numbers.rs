//! A list of numbers, to test with.

use std::time::Instant;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::{BesideResult, Config, Documented, Effect, Method, Page, Paged, Paging, Session};

/// A list whose rows are numbers.
pub(super) struct Numbers {
    params: Value,
}

impl Numbers {
    pub(super) fn new(params: Value) -> Self {
        Self { params }
    }
}

impl Serialize for Numbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.params.serialize(serializer)
    }
}

impl Method for Numbers {
    const NAME: &'static str = "numbers";
    const EFFECT: Effect = Effect::Read;
    type Output = Page<i64>;
    const ERRORS: &'static [Documented] = &[Documented::new("NothingFound", "0", "Nothing found")];
    const NOTHING: Option<&'static str> = Some("NothingFound");

    fn beside_result(page: &mut Page<i64>, beside: &BesideResult) {
        page.set_beside_result(beside);
    }
}

impl Paged for Numbers {
    type Item = i64;

    fn paging(&self) -> Paging<i64> {
        Paging::new("ID", |row: &i64| *row).uncounted()
    }
}

/// A session of no portal.
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
pub(super) fn session() -> Session {
    let config = Config::webhook("https://example.bitrix24.com/rest/1/s3cr3t/").unwrap();
    Session::new(&config, Instant::now()).unwrap()
}
