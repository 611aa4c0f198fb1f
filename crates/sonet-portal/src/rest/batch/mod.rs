//! `batch`: several calls in one request, each able to use the results of those before it.

mod command;
mod loose;
mod reference;
mod results;

use crate::methods::call::{Answer, Outcome};
use crate::methods::refusal::Refusal;
use crate::methods::{self, Run};
use crate::portal::Portal;
use crate::rest::execute::{Caller, Visit};
use crate::rules::BatchOverflow;
use crate::wire::params::Params;
use crate::wire::value::Value;
use command::{Command, MAX_REPLACED_BYTES};
use results::Results;
use std::time::{Duration, SystemTime};

/// How many commands a batch may have.
const MAX_COMMANDS: usize = 50;

/// Runs a batch; the duration is that of all its commands together.
pub(crate) fn run(
    portal: &mut Portal,
    caller: &Caller,
    params: &Params,
    now: SystemTime,
    visit: &mut Visit,
) -> (Outcome, Duration) {
    let halts = params.get("halt").is_some_and(halts);
    let mut results = Results::default();
    let mut spent = Duration::ZERO;
    let mut budget = MAX_REPLACED_BYTES;
    let references = portal.rules.batch_references;
    let Some(commands) = params.array("cmd") else {
        return (Ok(Answer::from(results.into_json())), spent);
    };
    if commands.len() > MAX_COMMANDS && portal.rules.batch_overflow == BatchOverflow::Whole {
        return (Err(Refusal::batch_too_long()), spent);
    }
    for (number, (key, command)) in commands.iter().enumerate() {
        // What is no text is no command. It is passed over, but takes its place among the fifty.
        let Value::Text(command) = command else {
            continue;
        };
        let outcome = if number < MAX_COMMANDS {
            let command = Command::read(command, references, &results, &mut budget);
            run_command(portal, caller, &command, now + spent, visit)
        } else {
            Err(Refusal::batch_too_long())
        };
        let failed = outcome.is_err();
        match outcome {
            Ok((answer, timing)) => {
                spent += timing.took;
                results.succeed(key, answer, &timing);
            }
            Err(refusal) => results.fail(key, refusal),
        }
        if failed && halts {
            break;
        }
    }
    (Ok(Answer::from(results.into_json())), spent)
}

fn run_command(
    portal: &mut Portal,
    caller: &Caller,
    command: &Command,
    now: SystemTime,
    visit: &mut Visit,
) -> Result<(Answer, crate::rest::envelope::Timing), Refusal> {
    let method = methods::find(&command.method).ok_or_else(Refusal::method_not_found)?;
    if matches!(method.run, Run::Batch) {
        return Err(Refusal::not_in_batch());
    }
    portal.call(method, caller, &command.params, now, visit)
}

/// Whether `halt` says yes. Documented are `true`, `false`, `1` and `0`; anything else is as true as
/// PHP takes it to be, but for the text `false`, which a form sends and nobody means as a yes.
fn halts(halt: &Value) -> bool {
    match halt {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Int(number) => *number != 0,
        Value::Float(number) => *number != 0.0,
        Value::Text(text) => {
            !(text.is_empty() || text == "0" || text.eq_ignore_ascii_case("false"))
        }
        Value::Array(array) => !array.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::value::Array;

    #[test]
    fn halt_has_many_forms() {
        let text = |text: &str| Value::Text(text.to_owned());
        for yes in [
            Value::Bool(true),
            Value::Int(1),
            text("1"),
            text("true"),
            text("TRUE"),
        ] {
            assert!(halts(&yes), "{yes:?}");
        }
        for no in [
            Value::Bool(false),
            Value::Int(0),
            Value::Float(0.0),
            Value::Null,
            text("0"),
            text("false"),
            text("False"),
            text(""),
            Value::Array(Array::default()),
        ] {
            assert!(!halts(&no), "{no:?}");
        }
    }
}
