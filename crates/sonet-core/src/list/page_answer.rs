//! A page that came.

use http::StatusCode;

use super::page_info::{PageInfo, RequestedAs};
use super::request::PageRequest;
use crate::batch::TypedAnswer;
use crate::error::Kind;
use crate::page::Form;
use crate::{Page, Paged, Paging, Reply, Session};

/// The rows of a page, and what its answer says of it.
pub(super) struct PageAnswer<M: Paged> {
    pub(super) rows: Vec<M::Item>,
    pub(super) form: Form,
    pub(super) info: PageInfo,
}

impl<M: Paged> PageAnswer<M> {
    /// The identifiers of the rows, in the same order.
    pub(super) fn ids(&self, paging: &Paging<M::Item>) -> Result<Vec<i64>, Kind> {
        let ids = self.rows.iter().map(|row| match paging.id.of(row) {
            Ok(Some(id)) => Ok(id),
            Ok(None) => Err("identifier"),
            Err(field) => Err(field),
        });
        ids.collect::<Result<_, _>>()
            .map_err(|field| Kind::Walk(format!("a row came without a number in its `{field}`")))
    }

    /// By what the rows are known in a walk by offset; `None` if not all of them have an identifier.
    pub(super) fn numbers(&self, paging: &Paging<M::Item>) -> Result<Option<Vec<i64>>, Kind> {
        let known = self.rows.iter().all(|row| paging.id.of(row) != Ok(None));
        known.then(|| self.ids(paging)).transpose()
    }

    /// What came in a request of its own.
    pub(super) fn alone(reply: Reply<Page<M::Item>>, counted: bool) -> Self {
        let (rows, form) = reply.result.into_parts();
        let info = PageInfo {
            total: reply.total,
            next: reply.next.is_some(),
            is_list: is_list(&form, &rows),
            counted,
            requested_as: RequestedAs::Alone,
        };
        Self { rows, form, info }
    }

    /// What came in a batch, in this place.
    pub(super) fn in_batch(
        session: &Session,
        index: usize,
        answer: TypedAnswer<PageRequest<M>>,
        counted: bool,
    ) -> Result<Self, Kind> {
        let mut info = PageInfo {
            total: answer.total,
            next: answer.next.is_some(),
            is_list: true,
            counted,
            requested_as: if index == 0 {
                RequestedAs::First
            } else {
                RequestedAs::Behind
            },
        };
        if let Some(body) = answer.error {
            let error =
                session.redacting(|redactor| body.into_api(StatusCode::OK, M::ERRORS, redactor));
            if let Some(mut error) = error {
                error.beside_result |= answer.output.is_some();
                if error.is_empty_list(M::NOTHING) {
                    return Ok(Self {
                        rows: Vec::new(),
                        form: Form::Unknown,
                        info,
                    });
                }
                return Err(Kind::Api(error));
            }
        }
        let Some(output) = answer.output else {
            return Err(Kind::Walk(
                "the answer of the batch lacks a page".to_owned(),
            ));
        };
        let (rows, form) = output.into_parts();
        info.is_list = is_list(&form, &rows);
        Ok(Self { rows, form, info })
    }
}

/// Whether rows are a list for certain, so that none of them proves that there are none.
fn is_list<T>(form: &Form, rows: &[T]) -> bool {
    match form {
        Form::List(_) => true,
        Form::NoList => false,
        Form::Unknown => !rows.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::numbers::{Numbers, session};
    use super::*;
    use crate::batch::TypedAnswers;

    /// What came of each page of a batch.
    fn pages(json: &str) -> Vec<Result<PageAnswer<Numbers>, Kind>> {
        let answers: TypedAnswers<PageRequest<Numbers>> = serde_json::from_str(json).unwrap();
        let session = session();
        let answers = answers.0.into_iter().enumerate();
        answers
            .map(|(index, answer)| PageAnswer::in_batch(&session, index, answer, true))
            .collect()
    }

    #[test]
    fn a_page_of_a_batch_comes_with_what_stands_beside_it() {
        let pages = pages(
            r#"{"result":{"c0":[1,2],"c1":null},"result_total":{"c0":"7"},"result_next":{"c0":50}}"#,
        );
        let [Ok(first), Ok(second)] = &pages[..] else {
            panic!("two pages came");
        };
        assert_eq!(first.rows, [1, 2]);
        assert_eq!((first.info.total, first.info.next), (Some(7), true));
        assert_eq!(first.info.requested_as, RequestedAs::First);
        assert!(first.info.is_list);
        assert!(second.rows.is_empty() && !second.info.is_list);
        assert_eq!(second.info.requested_as, RequestedAs::Behind);
    }

    #[test]
    fn no_rows_may_come_as_an_error() {
        let nothing = r#"{"error":"0","error_description":"Nothing found"}"#;
        let refused = r#"{"error":"0","error_description":"Access denied"}"#;
        let pages = pages(&format!(
            r#"{{"result":{{"c2":[1]}},"result_error":{{"c0":{nothing},"c1":{refused},"c2":{nothing}}}}}"#
        ));
        assert!(matches!(&pages[0], Ok(page) if page.rows.is_empty() && page.info.is_list));
        assert!(matches!(&pages[1], Err(Kind::Api(_))));
        assert!(
            matches!(&pages[2], Err(Kind::Api(_))),
            "rows and an error at once are no answer"
        );
    }

    #[test]
    fn a_page_that_did_not_come_is_missing() {
        let pages = pages(r#"{"result":{"c1":[1]}}"#);
        assert!(matches!(&pages[0], Err(Kind::Walk(_))));
        assert!(pages[1].is_ok());
    }
}
