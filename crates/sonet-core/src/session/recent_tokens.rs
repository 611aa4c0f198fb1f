//! The access tokens that requests were made with.

use std::collections::VecDeque;

use crate::Secret;

/// How many access tokens are kept. Each is valid for an hour.
const MOST: usize = 8;

/// The access tokens that requests were made with: an answer that is read later may have one in it.
#[derive(Debug, Default)]
pub(super) struct RecentTokens(VecDeque<Secret>);

impl RecentTokens {
    /// Keeps a token that a request is made with.
    pub(super) fn push(&mut self, token: &Secret) {
        if self.0.back() == Some(token) {
            return;
        }
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(token.clone());
    }

    /// The tokens, the newest last.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Secret> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_kept_each_once() {
        let mut tokens = RecentTokens::default();
        for number in 0..20 {
            let token = Secret::new(format!("token {}", number / 2));
            tokens.push(&token);
        }
        let kept: Vec<_> = tokens.iter().map(Secret::expose).collect();
        assert_eq!((kept.len(), kept[0], kept[7]), (8, "token 2", "token 9"));
    }
}
