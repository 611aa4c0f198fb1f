//! A list of numbers, to test with.

use std::marker::PhantomData;
use std::time::Instant;

use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::{Config, Documented, Effect, Method, Paged, Paging, Session};

/// A list whose rows are numbers, decoded as `T`, under the key `rows` or at the root.
pub(super) struct Numbers<T = Option<Vec<i64>>, const WRAPPED: bool = false> {
    params: Value,
    output: PhantomData<fn() -> T>,
}

impl<T, const WRAPPED: bool> Numbers<T, WRAPPED> {
    pub(super) fn new(params: Value) -> Self {
        Self {
            params,
            output: PhantomData,
        }
    }
}

impl<T, const WRAPPED: bool> Serialize for Numbers<T, WRAPPED> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.params.serialize(serializer)
    }
}

impl<T: DeserializeOwned, const WRAPPED: bool> Method for Numbers<T, WRAPPED> {
    const NAME: &'static str = "numbers";
    const EFFECT: Effect = Effect::Read;
    type Output = T;
    const ERRORS: &'static [Documented] = &[Documented::new("NothingFound", "0", "Nothing found")];
    const NOTHING: Option<&'static str> = Some("NothingFound");
}

/// What numbers are decoded as.
pub(super) trait IntoNumbers {
    fn into_numbers(self) -> Vec<i64>;
}

impl IntoNumbers for Option<Vec<i64>> {
    fn into_numbers(self) -> Vec<i64> {
        self.unwrap_or_default()
    }
}

impl<T: DeserializeOwned + IntoNumbers, const WRAPPED: bool> Paged for Numbers<T, WRAPPED> {
    type Item = i64;
    const PAGING: Paging = Paging {
        rows: if WRAPPED {
            &["result", "rows"]
        } else {
            &["result"]
        },
        filter: "filter",
        order: "order",
        cursor: "ID",
        row_cursor: "ID",
        uncounted: true,
    };

    fn rows(output: T) -> Vec<i64> {
        output.into_numbers()
    }

    fn cursor(item: &i64) -> i64 {
        *item
    }
}

/// A session of no portal.
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
pub(super) fn session() -> Session {
    let config = Config::webhook("https://example.bitrix24.com/rest/1/s3cr3t/").unwrap();
    Session::new(&config, Instant::now()).unwrap()
}
