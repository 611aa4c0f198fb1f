//! Which commands of an answered batch are asked for again.

use super::command::Command;
use super::result::CommandResult;
use crate::Effect;
use crate::error::Kind;

/// The commands of a request to send again, by their places in the batch and in its order; `decides` says of a command that
/// failed whether it may be, as if it had been a call of its own.
///
/// Nothing runs twice by that but reads, and nothing in another order: a command is sent again only where none behind it
/// has run, where all of them are reads, or where the batch says that its order means nothing.
pub(super) fn to_retry(
    commands: &[Command],
    request: &[usize],
    results: &[CommandResult],
    in_any_order: bool,
    mut decides: impl FnMut(&Command, &Kind) -> bool,
) -> Vec<usize> {
    let reads = request
        .iter()
        .all(|index| commands[*index].effect == Effect::Read);
    let mut chosen = vec![false; request.len()];
    // What did not run behind it would come along, so the last one decides first.
    let mut is_last = true;
    for (place, result) in results.iter().enumerate().rev() {
        chosen[place] = match result {
            CommandResult::NotRun => true,
            CommandResult::Failed(kind) => {
                (in_any_order || reads || is_last)
                    && reaches(commands, request, place)
                    && decides(&commands[request[place]], kind)
            }
            CommandResult::Done => false,
        };
        is_last &= chosen[place];
    }
    // What did not run belongs to the command that failed before it.
    let has_failed = |result: &CommandResult| matches!(result, CommandResult::Failed(_));
    let did_not_run = |result: &CommandResult| matches!(result, CommandResult::NotRun);
    let Some(first) = results.iter().position(has_failed) else {
        return Vec::new();
    };
    if !chosen[first] && results[first..].iter().any(did_not_run) {
        return Vec::new();
    }
    for place in (0..request.len()).rev() {
        if chosen[place] {
            for source in sources(commands, request, place) {
                chosen[source] = true;
            }
        }
    }
    let indices = request.iter().zip(chosen);
    indices
        .filter_map(|(index, chosen)| chosen.then_some(*index))
        .collect()
}

/// Whether all that refers to an earlier result, from this place on, can be sent again with it: that is a read.
fn reaches(commands: &[Command], request: &[usize], from: usize) -> bool {
    let mut needed = vec![false; request.len()];
    for place in (0..request.len()).rev() {
        if place >= from || needed[place] {
            for source in sources(commands, request, place) {
                needed[source] = true;
                if source < from && commands[request[source]].effect != Effect::Read {
                    return false;
                }
            }
        }
    }
    true
}

/// The places of the commands that this one refers to.
fn sources(commands: &[Command], request: &[usize], place: usize) -> impl Iterator<Item = usize> {
    let references = commands[request[place]].references.iter();
    references.filter_map(|path| request.binary_search(&path.source).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::ResultPath;

    /// Commands with these effects, of which each of these pairs refers from the first to the second.
    fn commands(effects: &str, references: &[(usize, usize)]) -> Vec<Command> {
        let command = |(index, effect)| {
            let sources = references.iter().filter(|pair| pair.0 == index);
            let mut command =
                Command::referring(sources.map(|pair| ResultPath::new(1, pair.1)).collect());
            command.effect = match effect {
                'r' => Effect::Read,
                _ => Effect::Write,
            };
            command
        };
        effects.chars().enumerate().map(command).collect()
    }

    /// What is sent again where a command came (`+`), may be repeated (`~`), failed for good (`-`), or did not run (`.`).
    fn sent_again(
        effects: &str,
        came: &str,
        in_any_order: bool,
        references: &[(usize, usize)],
    ) -> Vec<usize> {
        let commands = commands(effects, references);
        let request: Vec<usize> = (0..commands.len()).collect();
        let came: Vec<CommandResult> = came
            .chars()
            .map(|came| match came {
                '+' => CommandResult::Done,
                '.' => CommandResult::NotRun,
                _ => CommandResult::Failed(Kind::NotRun(if came == '~' { "~" } else { "-" })),
            })
            .collect();
        let decides = |_: &Command, kind: &Kind| matches!(kind, Kind::NotRun("~"));
        to_retry(&commands, &request, &came, in_any_order, decides)
    }

    #[test]
    fn of_reads_those_that_were_refused() {
        assert_eq!(sent_again("rrrr", "++++", false, &[]), [0; 0]);
        assert_eq!(sent_again("rrrr", "+~+~", false, &[]), [1, 3]);
        assert_eq!(sent_again("rrrr", "-~++", false, &[]), [1]);
        assert_eq!(sent_again("rrrr", "+~..", false, &[]), [1, 2, 3]);
        assert_eq!(sent_again("rrrr", "+-..", false, &[]), [0; 0]);
    }

    #[test]
    fn writes_run_in_their_order() {
        assert_eq!(sent_again("wwww", "+~++", false, &[]), [0; 0]);
        assert_eq!(sent_again("wrwr", "+~++", false, &[]), [0; 0]);
        assert_eq!(sent_again("wwww", "++~~", false, &[]), [2, 3]);
        assert_eq!(sent_again("wwww", "+~+~", false, &[]), [3]);
        assert_eq!(sent_again("wwww", "+~-~", false, &[]), [3]);
        assert_eq!(sent_again("wwww", "+~..", false, &[]), [1, 2, 3]);
        assert_eq!(sent_again("wwww", "+~+-", true, &[]), [1]);
    }

    #[test]
    fn what_is_referred_to_comes_along_where_it_is_a_read() {
        let chain = [(1, 0), (2, 1), (3, 0)];
        assert_eq!(sent_again("rrrr", "+~..", false, &chain), [0, 1, 2, 3]);
        assert_eq!(sent_again("rrrr", "++~.", false, &chain), [0, 1, 2, 3]);
        assert_eq!(sent_again("rrwr", "++~.", false, &[(3, 2)]), [2, 3]);
        assert_eq!(sent_again("wrrr", "+~..", false, &[(3, 0)]), [0; 0]);
        assert_eq!(sent_again("wrrr", "~...", false, &[(3, 0)]), [0, 1, 2, 3]);
        assert_eq!(sent_again("wrrr", "++~.", false, &[(1, 0)]), [2, 3]);
    }
}
