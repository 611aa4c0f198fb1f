//! All rules of a server.

use super::Fault;
use super::Hook;
use super::Rule;
use super::SpecError;
use super::rule::{Effect, share};
use crate::domain::seed::Random;
use crate::portal::Portal;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What goes wrong at a server. A call is counted by every rule that it matches; of several faults
/// that are due the first rule's happens.
///
/// ```
/// use sonet_portal::{Fault, Portal};
///
/// # fn main() -> std::io::Result<()> {
/// let server = Portal::builder().start()?;
/// let faults = server.faults();
/// // The second group is created, and nobody hears of it.
/// faults.on("sonet_group.create").nth(2).after(Fault::Reset);
/// // Every fifth call or so is refused, at most three of them.
/// faults.on("*").chance(0.2).budget(3).before(Fault::QueryLimit);
/// // The tokens are new ones, and nobody hears of them.
/// faults.on("oauth/token").nth(1).after(Fault::Reset);
/// // Somebody else deletes a group between the first and the second page.
/// faults.on("sonet_group.get").nth(1).interfere(|portal| {
///     let newest = portal.groups().last().map(|group| group.id);
///     newest.map(|id| portal.delete_group(id));
/// });
/// # Ok(())
/// # }
/// ```
pub struct Faults(Mutex<Table>);

struct Table {
    rules: Vec<Rule>,
    random: Random,
    happened: u64,
}

/// What happens to one call.
#[derive(Default)]
pub(crate) struct Plan {
    pub(crate) before: Option<Fault>,
    pub(crate) after: Option<Fault>,
    pub(crate) hooks: Vec<Hook>,
}

impl Plan {
    /// The plan in words, for the log.
    pub(crate) fn words(&self) -> Option<String> {
        let before = self.before.as_ref().map(|fault| format!("before: {fault}"));
        let after = self.after.as_ref().map(|fault| format!("after: {fault}"));
        let other = (!self.hooks.is_empty()).then(|| "another writer".to_owned());
        let all: Vec<String> = [before, after, other].into_iter().flatten().collect();
        (!all.is_empty()).then(|| all.join(", "))
    }
}

impl Faults {
    pub(crate) fn new(rules: Vec<Rule>, seed: u64) -> Self {
        Self(Mutex::new(Table {
            rules,
            // Chances do not take from the numbers that the data is drawn from.
            random: Random::new(seed ^ 0xfa17_fa17),
            happened: 0,
        }))
    }

    /// Begins a rule about a method, such as `sonet_group.get`. One `*` in the name stands for
    /// anything: `sonet_group.*`, `*.get`, `*`. A `batch` is one call of the method `batch`.
    ///
    /// The token server goes by the name `oauth/token`, and the page that asks the user by
    /// `oauth/authorize`. A `*` alone stands for both of them, too. When an answer of the token server
    /// is lost *after* execution, the old refresh token is used up and nobody knows the new one.
    ///
    /// What a browser asks before it calls, by the HTTP method `OPTIONS`, is not a call, and has the
    /// name `options`.
    ///
    /// Nothing happens until the rule ends in [`FaultsOf::before`], [`FaultsOf::after`] or
    /// [`FaultsOf::interfere`].
    pub fn on(&self, method: &str) -> FaultsOf<'_> {
        FaultsOf {
            faults: self,
            // What it will be is told by the last word.
            rule: Rule::new(method, Effect::Before(Fault::Reset)),
        }
    }

    /// Adds a rule in words, as `--fault` takes it: `METHOD:WHEN:FAULT[,OPTION…]`. The program's
    /// `--help` lists them.
    pub fn add(&self, spec: &str) -> Result<(), SpecError> {
        let rule = spec.parse()?;
        self.table().rules.push(rule);
        Ok(())
    }

    /// Removes all rules.
    pub fn clear(&self) {
        self.table().rules.clear();
    }

    /// Begins the random numbers behind [`FaultsOf::chance`] anew.
    pub fn seed(&self, seed: u64) {
        self.table().random = Random::new(seed);
    }

    /// Returns how many times anything has happened.
    #[must_use]
    pub fn happened(&self) -> u64 {
        self.table().happened
    }

    /// Counts a call of a method and tells what happens to it.
    pub(crate) fn plan(&self, name: &str) -> Plan {
        let mut table = self.table();
        let Table {
            rules,
            random,
            happened,
        } = &mut *table;
        let mut plan = Plan::default();
        let name = name.to_ascii_lowercase();
        let mut due: Vec<&mut Rule> = rules
            .iter_mut()
            .filter(|rule| rule.matches(&name))
            .filter_map(|rule| rule.hits(random).then_some(rule))
            .collect();
        for rule in &mut due {
            if let (Effect::Before(fault), None) = (&rule.effect, &plan.before) {
                plan.before = Some(fault.clone());
                rule.spend();
                *happened += 1;
            }
        }
        // What never reaches the portal has no answer that anything could happen to.
        if plan.before.is_some() {
            return plan;
        }
        for rule in due {
            match &rule.effect {
                Effect::After(fault) if plan.after.is_none() => plan.after = Some(fault.clone()),
                Effect::Interfere(hook) => plan.hooks.push(Arc::clone(hook)),
                Effect::Before(_) | Effect::After(_) => continue,
            }
            rule.spend();
            *happened += 1;
        }
        plan
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.table().rules).finish()
    }
}

/// A rule that is being made.
#[derive(Debug)]
#[must_use = "the rule does nothing until it ends in `before`, `after` or `interfere`"]
pub struct FaultsOf<'a> {
    faults: &'a Faults,
    rule: Rule,
}

impl FaultsOf<'_> {
    /// Only the n-th call from now on, counted from 1.
    pub fn nth(mut self, n: u64) -> Self {
        self.rule.nth = Some(n);
        self
    }

    /// Only each n-th call from now on.
    pub fn every(mut self, n: u64) -> Self {
        self.rule.every = Some(n);
        self
    }

    /// Only with this probability, from 0 to 1.
    pub fn chance(mut self, probability: f64) -> Self {
        self.rule.chance = Some(share(probability));
        self
    }

    /// So many times at most.
    pub fn budget(mut self, times: u64) -> Self {
        self.rule.budget = Some(times);
        self
    }

    /// Lets it go wrong before the portal gets to see the call: it does not execute.
    pub fn before(self, fault: Fault) {
        self.end(Effect::Before(fault));
    }

    /// Lets it go wrong after the portal has executed the call.
    pub fn after(self, fault: Fault) {
        self.end(Effect::After(fault));
    }

    /// Lets another writer change the data as soon as the answer is made, before any other call.
    ///
    /// The portal is locked meanwhile: use what is handed over, and nothing of the server.
    pub fn interfere(self, hook: impl Fn(&mut Portal) + Send + Sync + 'static) {
        self.end(Effect::Interfere(Arc::new(hook)));
    }

    fn end(mut self, effect: Effect) {
        self.rule.effect = effect;
        self.faults.table().rules.push(self.rule);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn struck(faults: &Faults, calls: usize) -> Vec<usize> {
        (1..=calls)
            .filter(|_| faults.plan("a.b").before.is_some())
            .collect()
    }

    fn faults() -> Faults {
        Faults::new(Vec::new(), 1)
    }

    #[test]
    fn a_rule_picks_its_calls() {
        let all = faults();
        all.on("A.B").before(Fault::Reset);
        assert_eq!(struck(&all, 3), [1, 2, 3]);
        let nth = faults();
        nth.on("a.*").nth(2).before(Fault::Reset);
        assert_eq!(struck(&nth, 5), [2]);
        let every = faults();
        every.on("*").every(2).budget(2).before(Fault::Reset);
        assert_eq!(struck(&every, 9), [2, 4]);
        assert_eq!(every.happened(), 2);
        let end = faults();
        end.on("*.B").nth(1).before(Fault::Reset);
        assert_eq!(struck(&end, 2), [1]);
        let other = faults();
        other.on("a.b*a.b").before(Fault::Reset);
        other.on("a").before(Fault::Reset);
        other.on("a.b.*").before(Fault::Reset);
        assert_eq!(struck(&other, 3), [] as [usize; 0]);
    }

    #[test]
    fn slashes_around_a_path_make_no_difference() {
        let faults = faults();
        for pattern in ["oauth/token", "/OAuth/token/", "oauth/*", "/oauth/tok*"] {
            faults.on(pattern).before(Fault::Reset);
            assert!(faults.plan("oauth/token").before.is_some(), "{pattern}");
            assert!(faults.plan("oauth.token").before.is_none(), "{pattern}");
            faults.clear();
        }
    }

    #[test]
    fn chance_is_seeded_and_about_right() {
        let run = |seed| {
            let faults = Faults::new(Vec::new(), seed);
            faults.on("*").chance(0.2).before(Fault::Reset);
            struck(&faults, 1_000)
        };
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
        assert!((120..280).contains(&run(1).len()));
        let never = faults();
        never.on("*").chance(0.0).before(Fault::Reset);
        assert_eq!(struck(&never, 100).len(), 0);
    }

    #[test]
    fn one_fault_happens_to_a_call() {
        let faults = faults();
        faults.on("*").after(Fault::Hang);
        faults.on("*").nth(2).before(Fault::Reset);
        faults.on("*").budget(1).after(Fault::Garbage);
        faults.on("*").budget(1).interfere(|_| {});
        let words: Vec<_> = (0..3).map(|_| faults.plan("x").words()).collect();
        let words: Vec<_> = words.iter().map(|words| words.as_deref()).collect();
        let first = Some("after: hang, another writer");
        assert_eq!(words, [first, Some("before: reset"), Some("after: hang")]);
        faults.clear();
        assert_eq!(faults.plan("x").words(), None);
    }
}
