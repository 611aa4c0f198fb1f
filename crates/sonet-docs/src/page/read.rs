//! Reads a page: its head, what it is about, and then its sections.

use super::facts::{Page, Said};
use super::{areas, head, subject};
use crate::markup;
use crate::{Checkout, words};

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
    let head = head::read(&blocks);
    problems.extend(head.problems);
    let mut page = Page {
        file: file.to_owned(),
        scope: head.scope,
        who: head.who,
        introduction: head.introduction,
        problems,
        ..Page::default()
    };
    if let Some(title) = head.title {
        page.russian = words::is_russian(&title.text);
        page.title.clone_from(&title.text);
        page.describes_a_method = subject::describes_a_method(&blocks);
        page.rest_3 = subject::is_rest_3(text);
        if let Some(subject) = subject::of_page(file, &title.text, text, &blocks) {
            page.name = Some(Said::new(subject.name, &title.at));
            page.name_doubt = subject.doubt;
            // Only then: overviews have tables of other things.
            areas::read(&blocks, &mut page);
        }
    }
    page.problems.sort();
    page.problems.dedup();
    page
}
