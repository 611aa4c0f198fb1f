//! The commands of one request.

use std::fmt;

use serde::{Serialize, Serializer};

use super::answers::BatchAnswers;
use super::command::Command;
use super::typed::key;
use crate::{Effect, Method, Time};

/// The commands of one request: what a [`BatchRequest`](crate::BatchRequest) sends.
#[derive(Serialize)]
pub struct BatchCall {
    #[serde(serialize_with = "flag")]
    halt: bool,
    #[serde(rename = "cmd", serialize_with = "by_key")]
    commands: Vec<String>,
    #[serde(skip)]
    methods: Vec<String>,
    #[serde(skip)]
    effect: Effect,
    #[serde(skip)]
    is_untyped: bool,
}

impl BatchCall {
    /// The request with the commands that have these places in the batch.
    pub(super) fn new(halt: bool, request: &[usize], commands: &[Command]) -> Self {
        let own = || request.iter().map(|index| &commands[*index]);
        Self {
            halt,
            commands: own().map(|command| command.text(request)).collect(),
            methods: own().map(|command| command.name.clone()).collect(),
            effect: effect(own()),
            is_untyped: own().any(|command| command.is_untyped),
        }
    }

    /// How many commands it has.
    pub(super) fn len(&self) -> usize {
        self.commands.len()
    }
}

/// What may be done after a lost answer: no more than with any of the commands.
pub(super) fn effect<'a>(commands: impl Iterator<Item = &'a Command>) -> Effect {
    let effects = commands.map(|command| command.effect);
    effects.fold(Effect::Read, |all, one| match (all, one) {
        (Effect::Write, _) | (_, Effect::Write) => Effect::Write,
        (Effect::Repeatable, _) | (_, Effect::Repeatable) => Effect::Repeatable,
        (Effect::Read, Effect::Read) => Effect::Read,
    })
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form of serde")]
fn flag<S: Serializer>(halt: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u8((*halt).into())
}

fn by_key<S: Serializer>(commands: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    let commands = commands.iter().enumerate();
    serializer.collect_map(commands.map(|(index, command)| (key(index), command)))
}

impl Method for BatchCall {
    const NAME: &'static str = "batch";
    const EFFECT: Effect = Effect::Write;
    type Output = BatchAnswers;

    fn effect(&self) -> Effect {
        self.effect
    }

    fn runs(&self) -> Vec<String> {
        self.methods.clone()
    }

    /// What is kept for now is text; but each of its commands decodes its part of it.
    fn is_untyped(&self) -> bool {
        self.is_untyped
    }

    fn costs(answers: &BatchAnswers) -> Vec<(usize, Time)> {
        let answers = answers.0.iter().enumerate();
        answers
            .filter_map(|(index, answer)| Some((index, answer.time()?)))
            .collect()
    }

    fn exhausted(answers: &BatchAnswers) -> Vec<usize> {
        let answers = answers.0.iter().enumerate();
        answers
            .filter(|(_, answer)| answer.is_out_of_time())
            .map(|(index, _)| index)
            .collect()
    }
}

impl fmt::Debug for BatchCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BatchCall({} commands)", self.commands.len())
    }
}
