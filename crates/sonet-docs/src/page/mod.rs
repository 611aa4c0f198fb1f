//! What a page says about a method or an event, each thing with its line.

mod about;
mod absent;
mod curl;
mod entries;
mod error;
mod example;
mod form;
mod head;
mod item;
mod lead;
mod name;
mod notice;
mod part;
mod program;
mod prose;
mod says;
mod section;
mod shell;

use crate::markup::{self, Place, Problem};
use crate::{Checkout, words};

pub(crate) use about::is_event;
pub use about::{NameDoubt, name_of};
pub use error::ErrorRow;
pub use example::{Example, Kind as ExampleKind};
pub use item::{Default, Item};
pub use notice::Status;
pub(crate) use says::ENVELOPE;

/// A text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The text.
    pub text: String,
    /// Its line.
    pub at: Place,
}

impl Said {
    pub(crate) fn new(text: impl Into<String>, at: &Place) -> Self {
        Self {
            text: text.into(),
            at: at.clone(),
        }
    }
}

/// A page. Lists that it doesn't have are `None`, which is not the same as empty ones.
#[derive(Debug, Clone)]
pub struct Page {
    /// The file.
    pub file: String,
    /// The method or event.
    pub name: Option<Said>,
    /// What is doubtful about the name: the title and the examples disagree.
    pub name_doubt: Option<NameDoubt>,
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
    /// The first line of the page.
    #[must_use]
    pub fn start(&self) -> Place {
        Place {
            file: self.file.as_str().into(),
            line: 1,
        }
    }
}

/// Reads a page of a checkout.
pub fn read(checkout: &Checkout, file: &str) -> std::io::Result<Page> {
    let text = checkout.read(file)?;
    Ok(parse(checkout, file, &text))
}

/// Reads the text of a page; its includes come from the checkout.
#[must_use]
pub fn parse(checkout: &Checkout, file: &str, text: &str) -> Page {
    let mut problems = Vec::new();
    let lines = markup::lines(checkout, file, text, &mut problems);
    let blocks = markup::parse(&lines, &mut problems);
    let mut head = head::read(&blocks);
    let name = about::name(file, text, &blocks, &mut head);
    problems.extend(head.problems);
    let mut page = Page {
        file: file.to_owned(),
        russian: head.title.as_deref().is_some_and(words::is_russian),
        name,
        name_doubt: head.name_doubt,
        scope: head.scope,
        who: head.who,
        params: None,
        filter_operators: None,
        filter_fields: None,
        order_fields: None,
        select_fields: None,
        result: None,
        envelope: Vec::new(),
        structures: Vec::new(),
        errors: None,
        system_errors: None,
        statuses: Vec::new(),
        outdated: Vec::new(),
        page_sizes: Vec::new(),
        payload: None,
        examples: Vec::new(),
        programs: Vec::new(),
        incomplete: false,
        problems,
    };
    // Overviews have tables of other things.
    if page.name.is_some() {
        says::read(&blocks, &mut page);
    }
    page.problems.sort();
    page.problems.dedup();
    page
}
