//! The commands of one request.

use std::fmt;

use serde::{Serialize, Serializer};

use super::answers::Answers;
use super::command::Command;
use super::parts::key;
use crate::{Effect, Method, Time};

/// The commands of one request: what [`crate::BatchRun::next_chunk`] asks for.
#[derive(Serialize)]
pub struct Chunk {
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

impl Chunk {
    /// The request with these commands, of which the first has this place in the batch.
    pub(super) fn new(halt: bool, begin: usize, commands: &[Command]) -> Self {
        Self {
            halt,
            commands: commands.iter().map(|c| c.text(begin)).collect(),
            methods: commands.iter().map(|c| c.name.clone()).collect(),
            effect: effect(commands),
            is_untyped: commands.iter().any(|c| c.is_untyped),
        }
    }
}

/// What may be done after a lost answer: no more than with any of the commands.
pub(super) fn effect(commands: &[Command]) -> Effect {
    let among = |effect| commands.iter().any(|command| command.effect == effect);
    if among(Effect::Write) {
        Effect::Write
    } else if among(Effect::Repeatable) {
        Effect::Repeatable
    } else {
        Effect::Read
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form of serde")]
fn flag<S: Serializer>(halt: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u8((*halt).into())
}

fn by_key<S: Serializer>(commands: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    let commands = commands.iter().enumerate();
    serializer.collect_map(commands.map(|(index, command)| (key(index), command)))
}

impl Method for Chunk {
    const NAME: &'static str = "batch";
    const EFFECT: Effect = Effect::Write;
    type Output = Answers;

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

    fn costs(answers: &Answers) -> Vec<(usize, Time)> {
        let answers = answers.0.iter().enumerate();
        answers
            .filter_map(|(index, answer)| Some((index, answer.time()?)))
            .collect()
    }
}

impl fmt::Debug for Chunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Chunk({} commands)", self.commands.len())
    }
}
