//! Requests for one page, and for many.

use std::fmt;
use std::marker::PhantomData;

use serde::ser::SerializeMap as _;
use serde::{Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::batch::{Query, TypedAnswers, key};
use crate::error::OUT_OF_TIME;
use crate::{Documented, Effect, Method, Paged, Time};

/// One page of a list.
#[doc(hidden)]
pub struct PageRequest<M> {
    name: String,
    params: Box<RawValue>,
    method: PhantomData<fn() -> M>,
}

impl<M> PageRequest<M> {
    pub(super) fn new(name: &str, params: Box<RawValue>) -> Self {
        Self {
            name: name.to_owned(),
            params,
            method: PhantomData,
        }
    }
}

impl<M> fmt::Debug for PageRequest<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PageRequest({})", self.name)
    }
}

impl<M> Serialize for PageRequest<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.params.serialize(serializer)
    }
}

impl<M: Paged> Method for PageRequest<M> {
    const NAME: &'static str = M::NAME;
    const EFFECT: Effect = Effect::Read;
    type Output = M::Output;
    const ERRORS: &'static [Documented] = M::ERRORS;
    const NOTHING: Option<&'static str> = M::NOTHING;

    fn name(&self) -> &str {
        &self.name
    }

    fn decode<'de, D: Deserializer<'de>>(result: D) -> Result<M::Output, D::Error> {
        M::decode(result)
    }
}

/// Several pages of a list, in one batch.
#[doc(hidden)]
pub struct PagesRequest<M> {
    name: String,
    pages: Vec<Query>,
    method: PhantomData<fn() -> M>,
}

impl<M> PagesRequest<M> {
    pub(super) fn new(name: &str, pages: Vec<Query>) -> Self {
        Self {
            name: name.to_owned(),
            pages,
            method: PhantomData,
        }
    }
}

impl<M> PagesRequest<M> {
    /// How many pages it asks for.
    pub(super) fn len(&self) -> usize {
        self.pages.len()
    }
}

impl<M> fmt::Debug for PagesRequest<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PagesRequest({} times {})", self.pages.len(), self.name)
    }
}

impl<M> Serialize for PagesRequest<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        // After a page that failed, the next one would ask for rows behind a text that is no identifier.
        map.serialize_entry("halt", &1)?;
        map.serialize_entry("cmd", &Commands(self))?;
        map.end()
    }
}

struct Commands<'a, M>(&'a PagesRequest<M>);

impl<M> Serialize for Commands<'_, M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let PagesRequest { name, pages, .. } = self.0;
        let commands = pages.iter().enumerate();
        serializer.collect_map(
            commands.map(|(index, page)| (key(index), format!("{name}?{}", page.encode()))),
        )
    }
}

impl<M: Paged> Method for PagesRequest<M> {
    const NAME: &'static str = "batch";
    const EFFECT: Effect = Effect::Read;
    type Output = TypedAnswers<PageRequest<M>>;

    fn runs(&self) -> Vec<String> {
        vec![self.name.clone(); self.pages.len()]
    }

    /// The values are cumulative, so the last one counts.
    fn costs(output: &Self::Output) -> Vec<(usize, Time)> {
        let parts = output.0.iter().enumerate();
        let mut costs = parts.filter_map(|(index, part)| Some((index, part.time?.into())));
        costs.next_back().into_iter().collect()
    }

    fn exhausted(output: &Self::Output) -> Vec<usize> {
        let mut parts = output.0.iter();
        let place = parts.position(|part| {
            let error = part.error.as_ref();
            error.is_some_and(|error| error.has_code(&[OUT_OF_TIME]))
        });
        place.into_iter().collect()
    }
}
