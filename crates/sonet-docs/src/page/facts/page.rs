//! A page as a whole.

use super::error::ErrorRow;
use super::example::Example;
use super::item::Item;
use super::said::Said;
use crate::markup::{Location, Problem};

#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
/// A page. Lists that it doesn't have are `None`, which is not the same as empty ones.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The file.
    pub file: String,
    /// The title.
    pub title: String,
    /// The method or event.
    pub name: Option<Said>,
    /// What is doubtful about the name: the title and the examples disagree.
    pub name_doubt: Option<NameDoubt>,
    /// The lines between the title and the first section, with their markup.
    pub introduction: Vec<String>,
    /// Whether the page has sections of a method or an event, whichever it is about.
    pub describes_a_method: bool,
    /// Whether all that its examples call are addresses of REST 3.0.
    pub rest_3: bool,
    /// Whether it is written in Russian.
    pub russian: bool,
    /// The scope.
    pub scope: Option<Said>,
    /// Who may call it or subscribe.
    pub who: Option<Said>,
    /// The parameters.
    pub params: Option<Vec<Item>>,
    /// The prefixes of filter keys.
    pub filter_operators: Option<Vec<Said>>,
    /// The fields to filter by.
    pub filter_fields: Option<Vec<Item>>,
    /// The fields to sort by.
    pub order_fields: Option<Vec<Item>>,
    /// The fields to select.
    pub select_fields: Option<Vec<Item>>,
    /// What `result` is.
    pub result: Option<Item>,
    /// Whether only examples have the key of the result that its fields stand in.
    pub is_wrapped: bool,
    /// What stands beside `result`, such as `next`.
    pub envelope: Vec<Item>,
    /// Objects that are described in the text of something else, by the name of the field that has them.
    pub structures: Vec<Item>,
    /// The errors.
    pub errors: Option<Vec<ErrorRow>>,
    /// The errors that any method may answer.
    pub system_errors: Option<Vec<ErrorRow>>,
    /// The HTTP statuses that stand in lines of their own.
    pub statuses: Vec<Status>,
    /// The sentences that call the method or event outdated.
    pub outdated: Vec<Said>,
    /// The methods to use instead of this one, if the page begins with that it is outdated.
    pub successors: Option<Vec<String>>,
    /// The numbers of rows that a page of the answer has.
    pub page_sizes: Vec<Said>,
    /// What the handler of an event receives.
    pub payload: Option<Vec<Item>>,
    /// The JSON of requests and answers.
    pub examples: Vec<Example>,
    /// What programs send, as far as they say it in literals.
    pub programs: Vec<Example>,
    /// Whether tables may stand in files that the checkout does not have.
    pub incomplete: bool,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl Page {
    /// Whether the answer is one page of many: the method takes `start`, or answers `next`.
    #[must_use]
    pub fn answers_in_pages(&self) -> bool {
        let params = self.params.iter().flatten();
        let mut places = params.chain(&self.envelope);
        places.any(|item| matches!(item.name.as_str(), "start" | "next"))
    }

    /// The first line of the page.
    #[must_use]
    pub fn start(&self) -> Location {
        Location {
            file: self.file.as_str().into(),
            line: 1,
        }
    }
}

/// A title and examples that disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameDoubt {
    /// The name in the title; empty if it has none.
    pub title: String,
    /// What is doubtful, as a sentence without its end.
    pub text: String,
}

/// A status that a page says in a line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The number.
    pub code: Said,
    /// Whether it is that of errors.
    pub error: bool,
}
