//! `batch`: several calls in one request, each able to use the results of those before it.

mod command;
mod loose;
mod reference;
mod results;

use crate::methods::call::{Answer, Outcome};
use crate::methods::refusal::Refusal;
use crate::rest::envelope::Timing;
use crate::rules::{BatchOverflow, Rules};
use crate::wire::params::Params;
use crate::wire::value::Value;
pub(crate) use command::Command;
use command::MAX_REPLACED_BYTES;
use results::Results;
use std::time::{Duration, SystemTime};

/// How many commands a batch may have.
const MAX_COMMANDS: usize = 50;

/// Runs a batch; the duration is that of all its commands together.
///
/// `run_command` runs a command at a time.
pub(crate) fn run(
    params: &Params,
    rules: &Rules,
    now: SystemTime,
    mut run_command: impl FnMut(&Command, SystemTime) -> Result<(Answer, Timing), Refusal>,
) -> (Outcome, Duration) {
    let halts = params.get("halt").is_some_and(halts);
    let mut results = Results::default();
    let mut spent = Duration::ZERO;
    let mut budget = MAX_REPLACED_BYTES;
    let references = rules.batch_references;
    let Some(commands) = params.array("cmd") else {
        return (Ok(Answer::from(results.into_json())), spent);
    };
    if commands.len() > MAX_COMMANDS && rules.batch_overflow == BatchOverflow::Whole {
        return (Err(Refusal::batch_too_long()), spent);
    }
    for (number, (key, command)) in commands.iter().enumerate() {
        // What is no text is no command. It is passed over, but takes its place among the fifty.
        let Value::Text(command) = command else {
            continue;
        };
        let outcome = if number < MAX_COMMANDS {
            let command = Command::read(command, references, &results, &mut budget);
            run_command(&command, now + spent)
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
