//! What a token store has said to a refresh.

use std::time::Instant;

use super::RefreshRun;
use crate::error::Kind;
use crate::oauth::{Grant, KnownPair};
use crate::redact::without_texts;
use crate::refresh::stage::Stage;
use crate::store_call::StoreAnswer;
use crate::{Lease, Superseded, Tokens};

impl RefreshRun {
    /// Takes what came of the last call.
    pub(super) fn stored(&mut self, now: Instant, answer: StoreAnswer) {
        let stage = std::mem::replace(&mut self.stage, Stage::Done);
        match (stage, answer) {
            // The lease ends by its time as well.
            (Stage::Release, _) => self.store_lease.released(),
            (Stage::Return(old), _) => {
                self.store_lease.released();
                self.stage = Stage::Lease(old, None);
            }
            (Stage::Lease(old, _), StoreAnswer::Lease(Ok(lease))) => self.leased(now, old, lease),
            (Stage::Load(mut old), StoreAnswer::Tokens(Ok(found))) => {
                if let Some(found) = &found {
                    old.inherit(found);
                }
                if !self.take_over(now, &old, found) {
                    match self.lease.permanent_failure() {
                        Some(error) => self.fail_with(now, &error),
                        None => self.stage = Stage::Ask(Grant::Refresh(old), None),
                    }
                }
            }
            (Stage::Recheck(mut recheck), StoreAnswer::Tokens(Ok(found))) => {
                if !self.take_over(now, &recheck.old, found) {
                    if recheck.go_on(now) {
                        self.stage = Stage::Recheck(recheck);
                    } else {
                        let failure = self.store_lease.explained(recheck.failure);
                        self.fail(now, failure);
                    }
                }
            }
            (Stage::Prepare(Grant::Code(mut callback)), StoreAnswer::Tokens(Ok(found))) => {
                if let Some(found) = found {
                    callback.inherit(*found);
                }
                self.stage = Stage::Ask(Grant::Code(callback), None);
            }
            (Stage::Prepare(grant), StoreAnswer::Prepared(Ok(()))) => {
                self.stage = Stage::Ask(grant, None);
            }
            (Stage::Save(pair), StoreAnswer::Done(Ok(()))) => self.renew(now, pair.tokens, false),
            (Stage::Save(pair), StoreAnswer::Done(Err(error))) if error.is::<Superseded>() => {
                self.stage = Stage::Adopt(pair.tokens);
            }
            (Stage::Adopt(own), StoreAnswer::Tokens(Ok(found))) => self.adopt(now, own, found),
            (Stage::Save(_), StoreAnswer::Done(Err(error))) => {
                self.store_failed(now, "the new tokens could not be saved", &error.to_string());
            }
            (_, StoreAnswer::Prepared(Err(error))) => {
                let what = "the token store can't take new tokens, so none were requested";
                self.store_failed(now, what, &error.to_string());
            }
            (
                Stage::Lease(..) | Stage::Prepare(_),
                StoreAnswer::Lease(Err(error)) | StoreAnswer::Done(Err(error)),
            ) => {
                self.store_failed(now, "the token store failed", &error.to_string());
            }
            (
                Stage::Load(_) | Stage::Recheck(_) | Stage::Adopt(_),
                StoreAnswer::Tokens(Err(error)) | StoreAnswer::Done(Err(error)),
            ) => {
                // It may quote what it found: tokens that nobody knows here.
                let error = without_texts(&error.to_string());
                self.store_failed(now, "the token store failed", &error);
            }
            (stage, _) => self.stage = stage,
        }
    }

    /// Takes what a store says to being asked for its lease.
    fn leased(&mut self, now: Instant, old: Tokens, lease: Lease) {
        match self.store_lease.answered(now, lease) {
            Ok(None) => self.stage = Stage::Load(old),
            Ok(again) => self.stage = Stage::Lease(old, again),
            Err(kind) => self.fail(now, kind),
        }
    }

    /// Takes what another process may have saved; `false` if that is nothing new.
    fn take_over(&mut self, now: Instant, old: &Tokens, found: Option<Box<Tokens>>) -> bool {
        let Some(mut found) = found.filter(|found| found.is_other_than(old)) else {
            return false;
        };
        if found.belong_with(old) {
            found.inherit(old);
            let hosts = &self.session().config().cleartext_hosts;
            found.client_endpoint =
                KnownPair::from(old).endpoint(hosts, Some(&found.client_endpoint));
            self.renew(now, *found, true);
        } else {
            let problem =
                "the store has the tokens of another portal or user; give each a store of its own";
            self.fail(now, Kind::Store(problem.to_owned()));
        }
        true
    }

    /// Takes the pair that the store has kept instead of this one.
    fn adopt(&mut self, now: Instant, own: Tokens, found: Option<Box<Tokens>>) {
        if found
            .as_ref()
            .is_some_and(|found| !found.is_other_than(&own))
        {
            self.renew(now, own, false);
        } else if !self.take_over(now, &own, found) {
            let problem = "the token store says that it has newer tokens, and has none";
            self.fail(now, Kind::Store(problem.to_owned()));
        }
    }

    /// A store may quote what it was given.
    fn store_failed(&mut self, now: Instant, what: &str, error: &str) {
        let problem = self.lease.masked(error);
        self.fail(now, Kind::Store(format!("{what}: {problem}")));
    }
}
