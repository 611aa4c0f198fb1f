//! Where a batch is split into requests.

use std::ops::Range;

use super::COMMANDS;
use super::command::{Command, invalid};
use crate::error::Kind;

/// The commands of each request, as few requests as possible, and no reference cut.
pub(super) fn split(commands: &[Command], may_split: bool) -> Result<Vec<Range<usize>>, Kind> {
    let all = commands.len();
    if all > COMMANDS && !may_split {
        return Err(invalid(format!(
            "a batch has {COMMANDS} commands at most, and this one has {all}; add `Batch::split` to send it in several \
             requests"
        )));
    }
    let mut chunks = Vec::new();
    let mut begin = 0;
    while begin < all {
        let farthest = all.min(begin + COMMANDS);
        let end = (begin + 1..=farthest).rev().find(|at| !cuts(commands, *at));
        let Some(end) = end else {
            return Err(invalid(format!(
                "more than {COMMANDS} commands are connected by references, from command {begin} on, and references do not \
                 reach into another request"
            )));
        };
        chunks.push(begin..end);
        begin = end;
    }
    Ok(chunks)
}

/// Whether a command behind this place refers to one before it.
fn cuts(commands: &[Command], at: usize) -> bool {
    let behind = commands[at..].iter().flat_map(|c| &c.references);
    behind.into_iter().any(|path| path.source < at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::ResultPath;

    /// Commands, of which each of these pairs refers from the first to the second.
    fn commands(all: usize, references: &[(usize, usize)]) -> Vec<Command> {
        let sources = |index| references.iter().filter(move |pair| pair.0 == index);
        let command = |index| {
            let references = sources(index).map(|pair| ResultPath::new(1, pair.1));
            Command::referring(references.collect())
        };
        (0..all).map(command).collect()
    }

    #[test]
    fn requests_are_as_few_as_possible() {
        let chunks = |all| split(&commands(all, &[]), true).unwrap();
        assert_eq!(chunks(0), []);
        assert_eq!(chunks(50).len(), 1);
        assert_eq!(chunks(51), [0..50, 50..51]);
        assert_eq!(chunks(120), [0..50, 50..100, 100..120]);
    }

    #[test]
    fn no_reference_is_cut() {
        let connected = commands(100, &[(50, 49), (52, 50), (99, 98)]);
        assert_eq!(split(&connected, true).unwrap(), [0..49, 49..98, 98..100]);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let error = |commands: &[Command], may_split| match split(commands, may_split) {
            Err(Kind::Invalid(invalid)) => invalid.to_string(),
            other => panic!("{other:?}"),
        };
        assert!(error(&commands(51, &[]), false).contains("and this one has 51"));
        let chained: Vec<_> = (10..70).map(|index| (index, index - 1)).collect();
        let error = error(&commands(70, &chained), true);
        assert!(error.contains("from command 9 on"), "{error}");
    }
}
