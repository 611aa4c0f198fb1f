//! The rules that are asked for, by option or in a file. Nothing here knows which rules there are.

use serde::Deserialize;
use sonet_portal::Rules;
use std::path::Path;
use toml::{Table, Value};

/// The rules that were given so far.
#[derive(Debug, Default)]
pub(crate) struct RuleArgs(Table);

impl RuleArgs {
    /// Takes the rules of a TOML file. What is wrong is told with its line.
    pub(crate) fn file(&mut self, path: &Path) -> Result<(), String> {
        let file = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("can't read the rules in {file}: {error}"))?;
        let wrong = |error: toml::de::Error| {
            let error = error.to_string();
            format!("the rules in {file} can't be used: {}", error.trim_end())
        };
        toml::from_str::<Rules>(&text).map_err(wrong)?;
        let table = toml::from_str::<Table>(&text).map_err(wrong)?;
        merge(&mut self.0, table);
        Ok(())
    }

    /// Takes a single rule, `NAME=VALUE`. A value that is none in TOML is a text.
    pub(crate) fn one(&mut self, rule: &str) -> Result<(), String> {
        let Some((name, value)) = rule.split_once('=') else {
            let advice = "write NAME=VALUE, such as server_codes=true";
            return Err(format!("--rule {rule} has no value; {advice}"));
        };
        let (name, value) = (name.trim(), value.trim());
        // Texts of JSON are texts of TOML.
        let quoted = || toml::from_str(&format!("{name} = {}", serde_json::Value::from(value)));
        let table: Table = toml::from_str(&format!("{name} = {value}"))
            .or_else(|_| quoted())
            .map_err(|error| format!("--rule {rule} can't be read: {}", error.message()))?;
        let mut all = self.0.clone();
        merge(&mut all, table);
        Rules::deserialize(all.clone())
            .map_err(|error| format!("--rule {rule} can't be used: {}", error.message()))?;
        self.0 = all;
        Ok(())
    }

    /// Takes a rule back.
    pub(crate) fn forget(&mut self, name: &str) {
        self.0.remove(name);
    }

    pub(crate) fn rules(self) -> Result<Rules, String> {
        Rules::deserialize(self.0)
            .map_err(|error| format!("the rules can't be used: {}", error.message()))
    }
}

/// Puts values into a table; of two tables under one name the values are put together.
fn merge(into: &mut Table, from: Table) {
    for (name, value) in from {
        match (into.get_mut(&name), value) {
            (Some(Value::Table(into)), Value::Table(from)) => merge(into, from),
            (_, value) => {
                into.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words in backticks that a message offers, behind `expected`.
    fn offered(message: &str) -> Vec<String> {
        let offer = message.split("expected").nth(1).unwrap_or_default();
        let quoted = offer.split('`').skip(1).step_by(2);
        quoted.map(str::to_owned).collect()
    }

    /// Some value of every form that a rule may have.
    fn candidates(name: &str) -> Vec<String> {
        let plain = [
            "true",
            "false",
            "7",
            "0.5",
            "\"https://x.example\"",
            "[\"text\"]",
        ];
        let tables = ["{ threshold = 7 }", "{ \"sonet_group.get\" = 20 }"];
        let mut values: Vec<String> = plain
            .iter()
            .chain(&tables)
            .map(|v| (*v).to_owned())
            .collect();
        // What isn't a word is told which words there are.
        let wrong = toml::from_str::<Rules>(&format!("{name} = \"no such word\""));
        let words = wrong.err().map(|error| offered(error.message()));
        values.extend(
            words
                .into_iter()
                .flatten()
                .map(|word| format!("\"{word}\"")),
        );
        values
    }

    #[test]
    fn every_rule_can_be_set() {
        let wrong = toml::from_str::<Rules>("no_such_rule = 1").unwrap_err();
        let names = offered(wrong.message());
        assert!(names.len() >= 20, "{names:?}");
        let usual = format!("{:?}", Rules::default());
        for name in &names {
            let set = candidates(name).into_iter().find(|value| {
                let rules = toml::from_str::<Rules>(&format!("{name} = {value}"));
                rules.is_ok_and(|rules| format!("{rules:?}") != usual)
            });
            let set = set.unwrap_or_else(|| panic!("no value sets {name}"));
            // The same by option.
            let mut given = RuleArgs::default();
            given.one(&format!("{name}={set}")).unwrap();
            assert_ne!(format!("{:?}", given.rules().unwrap()), usual, "{name}");
        }
    }

    #[test]
    fn the_readme_shows_a_file_that_can_be_read() {
        let readme = include_str!("../../README.md");
        let file = readme.split("```toml\n").nth(1).unwrap();
        let file = file.split("```").next().unwrap();
        let rules = toml::from_str::<Rules>(file).unwrap();
        assert_eq!(rules.strict, sonet_portal::Strict::Report);
    }

    #[test]
    fn the_later_one_counts() {
        let mut given = RuleArgs::default();
        for rule in [
            "rate.every=0.1",
            "rate = { threshold = 7 }",
            "language=russian",
            "language=english",
            "moved_to=https://new.example:81/",
            "address=\"https://old.example\"",
            "costs.\"sonet_group.get\"=20",
            "costs.'sonet_group.create'=0.5",
            "server_codes=true",
        ] {
            given.one(rule).unwrap();
        }
        given.forget("address");
        let rules = given.rules().unwrap();
        let rate = rules.rate.unwrap();
        assert_eq!(
            (rate.threshold, rate.drain, rate.every.as_millis()),
            (7, 2, 100)
        );
        assert_eq!(rules.language, sonet_portal::Language::English);
        assert_eq!(rules.moved_to.as_deref(), Some("https://new.example:81/"));
        assert_eq!((rules.address, rules.costs.len()), (None, 2));
        assert!(rules.server_codes);
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (rule, told) in [
            (
                "bogus=1",
                "unknown field `bogus`, expected one of `batch_overflow`",
            ),
            ("bogus", "has no value; write NAME=VALUE"),
            ("rate.drian=1", "unknown field `drian`"),
            ("language=klingon", "unknown variant `klingon`, expected"),
            ("server_codes=yes", "expected a boolean"),
            ("browser_user=-1", "-1"),
            (
                "costs.'sonet_group.gte'=1",
                "there is no method `sonet_group.gte`",
            ),
            ("operating_limit=soon", "expected a number of seconds"),
            ("a b=1", "can't be read"),
        ] {
            let error = RuleArgs::default().one(rule).unwrap_err();
            assert!(
                error.contains(told) && error.contains(rule),
                "{rule}: {error}"
            );
        }
    }
}
