//! Rules in words: `METHOD:WHEN:FAULT[,OPTION…]`.

use super::Fault;
use super::Hook;
use super::Rule;
use super::rule::{Effect, share};
use crate::portal::Portal;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// Why a rule in words can't be understood, and what would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecError(String);

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SpecError {}

const FORM: &str =
    "write METHOD:WHEN:FAULT[,OPTION...], such as `sonet_group.get:after:reset,nth=2`";

const FAULTS: &str = "the faults are reset, hang, truncate, slow=MILLISECONDS, length=+N or -N, \
                      garbage, gzip, 500, 502, 503, 429, page=STATUS, delete-group[=first|last|ID] \
                      and insert-group[=NAME]";

const OPTIONS: &str = "the options are nth=N, every=N, chance=0.0 to 1.0 and budget=N";

impl FromStr for Rule {
    type Err = SpecError;

    fn from_str(spec: &str) -> Result<Self, SpecError> {
        let wrong = |what: String| SpecError(format!("`{spec}` is not a fault: {what}"));
        let mut parts = spec.splitn(3, ':');
        let (Some(method), Some(when), Some(rest)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong(FORM.to_owned()));
        };
        if method.is_empty() {
            return Err(wrong(format!("the method is missing; {FORM}")));
        }
        if method.matches('*').count() > 1 {
            return Err(wrong("the method may have at most one *".to_owned()));
        }
        let mut words = rest.split(',');
        let fault = words.next().unwrap_or_default();
        let effect = effect(when, fault).map_err(wrong)?;
        let mut rule = Rule::new(method, effect);
        for word in words {
            option(&mut rule, word).map_err(wrong)?;
        }
        Ok(rule)
    }
}

fn effect(when: &str, word: &str) -> Result<Effect, String> {
    if !matches!(when, "before" | "after") {
        return Err(format!(
            "`{when}` is not `before` or `after`, which say when the fault happens: before or after the call is \
             executed"
        ));
    }
    if let Some(hook) = hook(word)? {
        return if when == "after" {
            Ok(Effect::Interfere(hook))
        } else {
            Err(format!(
                "`{word}` can only happen `after` the call is executed"
            ))
        };
    }
    let fault = fault(word)?;
    Ok(if when == "before" {
        Effect::Before(fault)
    } else {
        Effect::After(fault)
    })
}

fn fault(word: &str) -> Result<Fault, String> {
    let (name, value) = split(word);
    let number = |example: &str| {
        value
            .and_then(|value| value.parse::<u64>().ok())
            .ok_or(format!("`{word}` needs a number, such as `{example}`"))
    };
    Ok(match (name, value) {
        ("reset", None) => Fault::Reset,
        ("hang", None) => Fault::Hang,
        ("truncate", None) => Fault::Truncate,
        ("slow", _) => Fault::Slow(Duration::from_millis(number("slow=20")?)),
        ("length", _) => Fault::Length(value.and_then(|value| value.parse().ok()).ok_or(
            format!("`{word}` needs a difference in bytes, such as `length=+10`"),
        )?),
        ("garbage", None) => Fault::Garbage,
        ("gzip", None) => Fault::NotGzip,
        ("500", None) => Fault::Internal,
        ("502", None) => Fault::Page(502),
        ("503", None) => Fault::QueryLimit,
        ("429", None) => Fault::OperationTime,
        ("page", _) => {
            let status = number("page=504")?;
            let status = u16::try_from(status)
                .ok()
                .filter(|s| (200..600).contains(s));
            Fault::Page(status.ok_or(format!("`{word}` needs a status from 200 to 599"))?)
        }
        _ => return Err(format!("`{word}` is not a fault; {FAULTS}")),
    })
}

/// What another writer does, if the word is about one.
fn hook(word: &str) -> Result<Option<Hook>, String> {
    let (name, value) = split(word);
    Ok(match name {
        "delete-group" => {
            let which = value.unwrap_or("last").to_owned();
            let id = which.parse::<u64>().ok();
            if id.is_none() && !matches!(which.as_str(), "first" | "last") {
                return Err(format!("`{word}` needs `first`, `last` or an identifier"));
            }
            Some(Arc::new(move |portal: &mut Portal| {
                let found = if which == "first" {
                    portal.groups().next()
                } else {
                    portal.newest_groups().next()
                };
                let found = found.map(|group| group.id);
                if let Some(id) = id.or(found) {
                    portal.delete_group(id);
                }
            }))
        }
        "insert-group" => {
            let name = value.unwrap_or("Another writer's group").to_owned();
            Some(Arc::new(move |portal: &mut Portal| {
                portal.insert_group(&name);
            }))
        }
        _ => None,
    })
}

fn option(rule: &mut Rule, word: &str) -> Result<(), String> {
    let (name, value) = split(word);
    let value = value.unwrap_or_default();
    let number = || {
        let number = value.parse::<u64>().ok().filter(|number| *number > 0);
        number.ok_or(format!(
            "`{word}` needs a number of at least 1, such as `{name}=2`"
        ))
    };
    match name {
        "nth" => rule.nth = Some(number()?),
        "every" => rule.every = Some(number()?),
        "budget" => rule.budget = Some(number()?),
        "chance" => {
            let chance = value.parse::<f64>().ok();
            let chance = chance.filter(|chance| (0.0..=1.0).contains(chance));
            let chance = chance.ok_or(format!("`{word}` needs a number from 0 to 1"))?;
            rule.chance = Some(share(chance));
        }
        _ => return Err(format!("`{word}` is not an option; {OPTIONS}")),
    }
    Ok(())
}

fn split(word: &str) -> (&str, Option<&str>) {
    match word.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (word, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(spec: &str) -> String {
        match spec.parse::<Rule>() {
            Ok(rule) => format!(
                "{} {:?} {:?} {:?} {:?} {:?}",
                rule.pattern, rule.effect, rule.nth, rule.every, rule.chance, rule.budget
            ),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn reads_what_is_documented() {
        assert_eq!(
            shown("sonet_group.Create:after:reset,nth=2"),
            "sonet_group.create After(reset) Some(2) None None None"
        );
        assert_eq!(
            shown("*:before:503,chance=0.25,budget=5,every=3"),
            "* Before(503) None Some(3) Some(250000) Some(5)"
        );
        for fault in [
            "hang",
            "truncate",
            "slow=20",
            "length=+10",
            "length=-3",
            "garbage",
            "gzip",
        ] {
            assert_eq!(
                shown(&format!("*:after:{fault}")),
                format!("* After({fault}) None None None None")
            );
        }
        assert!(shown("*:before:502").contains("Before(page=502)"));
        assert!(shown("*:after:delete-group=5").contains("Interfere"));
        assert!(shown("*:after:insert-group=New").contains("Interfere"));
    }

    #[test]
    fn errors_name_what_to_do() {
        for (spec, said) in [
            ("reset", "METHOD:WHEN:FAULT"),
            (":after:reset", "the method is missing"),
            ("*.*:after:reset", "at most one *"),
            ("*:during:reset", "is not `before` or `after`"),
            ("*:after:rest", "the faults are reset, hang"),
            ("*:after:reset=1", "the faults are reset, hang"),
            ("*:after:slow", "`slow=20`"),
            ("*:after:length=x", "`length=+10`"),
            ("*:after:page=99", "from 200 to 599"),
            ("*:before:delete-group", "only happen `after`"),
            (
                "*:after:delete-group=all",
                "`first`, `last` or an identifier",
            ),
            ("*:after:reset,nth=0", "at least 1"),
            ("*:after:reset,chance=20", "from 0 to 1"),
            ("*:after:reset,often", "the options are nth=N"),
        ] {
            let error = shown(spec);
            assert!(
                error.contains(said) && error.contains(spec),
                "{spec}: {error}"
            );
        }
    }
}
