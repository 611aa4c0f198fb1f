//! Answers of methods that the portal lacks, from a file of JSON.

mod answer;
mod key;
mod method;
mod when;

use method::MethodAnswers;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use sonet_portal::{Portal, Reply, TeachError};
use std::fmt;
use std::path::Path;

/// The answers of a file, by method.
#[derive(Debug)]
pub(crate) struct Answers(Vec<(String, MethodAnswers)>);

impl Answers {
    /// Reads a file. What is wrong is told with its line and column.
    pub(crate) fn file(path: &Path) -> Result<Self, String> {
        let file = path.display();
        let text = std::fs::read_to_string(path).map_err(|error| {
            format!("can't read the answers in {file}: {error}; give --answers a file of JSON")
        })?;
        Self::parse(&text).map_err(|error| format!("the answers in {file} can't be used: {error}"))
    }

    fn parse(text: &str) -> Result<Self, String> {
        // Byte order marks are what some editors of Windows begin a file with.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = serde_json::Deserializer::from_str(text);
        let answers = Methods::default().deserialize(&mut reader);
        let read = answers.and_then(|answers| reader.end().map(|()| answers));
        read.map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let told = error.to_string();
            let place = format!(" at line {line} column {column}");
            let told = told.strip_suffix(&place).unwrap_or(&told);
            format!("line {line}, column {column}: {told}")
        })
    }

    /// Teaches a portal the methods.
    pub(crate) fn teach(self, portal: &mut Portal) -> Result<(), TeachError> {
        for (
            name,
            MethodAnswers {
                scope,
                cost,
                answers,
            },
        ) in self.0
        {
            let mut taught = portal.on(&name, move |call| {
                let fit = answers.iter().find(|answer| answer.fits(call.params()));
                fit.map_or_else(none_fits, |answer| answer.reply.clone())
            })?;
            if let Some(scope) = scope {
                taught = taught.scope(&scope);
            }
            if let Some(cost) = cost {
                taught.cost(cost);
            }
        }
        Ok(())
    }
}

fn none_fits() -> Reply {
    Reply::refusal(
        "PORTAL_NO_ANSWER",
        "No answer of --answers fits these parameters; add one that does, or a last one without `when`.",
    )
}

/// Reads all methods of a file.
struct Methods {
    /// Knows which names are free.
    portal: Portal,
}

impl Default for Methods {
    fn default() -> Self {
        let portal = Portal::builder().groups(0).users(1).build();
        Self { portal }
    }
}

impl Methods {
    /// What is wrong with the name of a method.
    fn check(&mut self, name: &str, earlier: &[(String, MethodAnswers)]) -> Result<(), String> {
        let same = |(other, _): &(String, _)| other.eq_ignore_ascii_case(name);
        if earlier.iter().any(same) {
            return Err(format!(
                "`{name}` stands twice; put all answers of a method into one list"
            ));
        }
        match self.portal.on(name, |_| Reply::result(())) {
            Ok(_) => Ok(()),
            Err(TeachError::Exists(_)) => Err(format!(
                "the portal answers `{name}` itself; remove it from the file"
            )),
            Err(error) => Err(error.to_string()),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Methods {
    type Value = Answers;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Answers, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Methods {
    type Value = Answers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "an object of methods, such as {\"crm.deal.get\": {\"result\": {\"ID\": \"7\"}}}",
        )
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut methods: A) -> Result<Answers, A::Error> {
        let mut all = Vec::new();
        while let Some(name) = methods.next_key::<String>()? {
            self.check(&name, &all).map_err(A::Error::custom)?;
            all.push((name, methods.next_value()?));
        }
        Ok(Answers(all))
    }
}

#[cfg(test)]
mod tests;
