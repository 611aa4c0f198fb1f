//! What an answer says of each command.

use http::StatusCode;
use serde_json::Value;
use serde_json::value::RawValue;

use super::answers::{Answer, BatchAnswers};
use super::command::Command;
use super::done::Done;
use super::outcome::{HALTED, Outcome};
use crate::attempts::Attempts;
use crate::envelope::ErrorBody;
use crate::error::Kind;
use crate::redact::Redactor;

const MISSING: Kind =
    Kind::NotRun("the answer of the batch has neither a result nor an error for it");

/// What came of a command, in short: what decides whether it is sent again.
pub(super) enum CommandResult {
    Done,
    Failed(Kind),
    /// The batch halted before it.
    NotRun,
}

/// What came of the commands of a request.
pub(super) struct Results {
    pub(super) short: Vec<CommandResult>,
    /// The same at length, with the results and errors themselves.
    pub(super) outcomes: Vec<Outcome>,
    /// Whether the server takes any of them for failed, and halts there if it is to.
    pub(super) failed: bool,
}

impl Results {
    /// Reads what an answer says of the commands with these places.
    pub(super) fn read(
        commands: &[Command],
        request: &[usize],
        answers: BatchAnswers,
        halt: bool,
        past: &Attempts,
        redactor: &Redactor<'_>,
    ) -> Self {
        let mut answers = answers.0;
        answers.resize_with(request.len(), Answer::default);
        let problems = problems(commands, request, &answers, redactor);
        let mut failed = false;
        let mut short = Vec::with_capacity(answers.len());
        let mut outcomes = Vec::with_capacity(answers.len());
        for ((index, mut answer), mut problem) in request.iter().zip(answers).zip(problems) {
            let Command { name, nothing, .. } = &commands[*index];
            if matches!(&problem, Some(Kind::Api(error)) if error.is_empty_list(*nothing)) {
                // An empty list to a caller, and a failure to the server, which halts at it.
                problem = None;
                answer.result = RawValue::from_string("[]".to_owned()).ok();
                failed = true;
            }
            let (result, outcome) = match (problem, Done::of(answer, past.clone())) {
                (None, Some(done)) => (CommandResult::Done, Outcome::Done(Box::new(done))),
                (None, None) if failed && halt => (
                    CommandResult::NotRun,
                    Outcome::failed(HALTED, name, past.clone()),
                ),
                (problem, _) => {
                    let kind = problem.unwrap_or(MISSING);
                    let outcome = Outcome::failed(kind.clone(), name, past.clone());
                    (CommandResult::Failed(kind), outcome)
                }
            };
            failed |= !matches!(result, CommandResult::Done);
            short.push(result);
            outcomes.push(outcome);
        }
        Self {
            short,
            outcomes,
            failed,
        }
    }
}

/// What went wrong with each command, if anything did.
fn problems(
    commands: &[Command],
    request: &[usize],
    answers: &[Answer],
    redactor: &Redactor<'_>,
) -> Vec<Option<Kind>> {
    let source = |index: usize| {
        let answer = answers.get(request.binary_search(&index).ok()?)?;
        serde_json::from_str(answer.result.as_ref()?.get()).ok()
    };
    let commands = request.iter().map(|index| &commands[*index]);
    commands
        .zip(answers)
        .map(|(command, answer)| problem(command, answer, request, source, redactor))
        .collect()
}

/// What went wrong with a command that ran, if anything did. `source` gives the results of others in its
/// request, of the commands with these places.
fn problem(
    command: &Command,
    answer: &Answer,
    request: &[usize],
    source: impl Fn(usize) -> Option<Value>,
    redactor: &Redactor<'_>,
) -> Option<Kind> {
    let has_result = answer.result.is_some();
    if let Some(error) = &answer.error {
        return Some(refused(command, error, has_result, redactor));
    }
    if !has_result {
        return None;
    }
    let leads = |path: &&super::ResultPath| {
        let result = source(path.source);
        result.is_some_and(|result| path.leads_into(&result))
    };
    let unresolved = command.references.iter().find(|path| !leads(path))?;
    Some(Kind::Unresolved(format!(
        "it ran with the text `{}` in a parameter, since the earlier result has nothing there",
        unresolved.written_in(request)
    )))
}

/// The error of a command.
fn refused(command: &Command, error: &RawValue, has_result: bool, redactor: &Redactor<'_>) -> Kind {
    let status = StatusCode::OK;
    let mut json = serde_json::Deserializer::from_str(error.get());
    let api = ErrorBody::of_command(&mut json)
        .ok()
        .and_then(|body| body.into_api(status, command.errors, redactor));
    match api {
        Some(mut api) => {
            api.beside_result |= has_result;
            Kind::Api(api)
        }
        None => Kind::Unreadable {
            status,
            problem: "it is an error in a form that no error has".to_owned(),
            excerpt: redactor.excerpt(error.get()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;
    use crate::batch::ResultPath;

    /// What came of each of so many commands: a result (`+`), an error (`-`), or nothing (`.`); and whether any failed.
    fn read(commands: &[Command], halt: bool, answer: &str) -> (String, bool) {
        let request: Vec<usize> = (0..commands.len()).collect();
        let answers = serde_json::from_str(answer).unwrap();
        let redactor = Redactor(&[] as &[&Secret]);
        let past = Attempts::default();
        let read = Results::read(commands, &request, answers, halt, &past, &redactor);
        let sign = |result: &CommandResult| match result {
            CommandResult::Done => '+',
            CommandResult::Failed(_) => '-',
            CommandResult::NotRun => '.',
        };
        (read.short.iter().map(sign).collect(), read.failed)
    }

    fn reads(count: usize) -> Vec<Command> {
        let command = || Command::referring(Vec::new());
        std::iter::repeat_with(command).take(count).collect()
    }

    #[test]
    fn what_is_behind_a_failure_did_not_run_where_the_batch_halts() {
        let answer = r#"{"result":{"c0":1},"result_error":{"c1":{"error":"NO"}}}"#;
        assert_eq!(read(&reads(4), true, answer), ("+-..".to_owned(), true));
        assert_eq!(read(&reads(4), false, answer), ("+---".to_owned(), true));
        let all = r#"{"result":{"c0":1,"c1":null}}"#;
        assert_eq!(read(&reads(2), true, all), ("++".to_owned(), false));
    }

    #[test]
    fn a_result_behind_a_reference_to_nothing_is_a_failure() {
        let path = |field: &str| ResultPath::new(1, 0).field(field);
        let commands = [
            Command::referring(Vec::new()),
            Command::referring(vec![path("ID")]),
            Command::referring(vec![path("NAME")]),
        ];
        let answer = r#"{"result":{"c0":{"ID":"5"},"c1":1,"c2":2}}"#;
        assert_eq!(read(&commands, true, answer), ("++-".to_owned(), true));
    }
}
