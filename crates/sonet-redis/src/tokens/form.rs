//! How a pair lies in the server: as JSON, or encrypted.

use sonet_core::{StoreError, Tokens};

#[cfg(feature = "encryption")]
use super::seal::Seal;

/// What JSON begins with, and nothing that is encrypted.
const JSON: u8 = b'{';

/// Writes pairs and reads them.
#[derive(Debug, Default)]
pub(super) struct Form {
    #[cfg(feature = "encryption")]
    pub(super) seal: Seal,
}

#[cfg_attr(
    not(feature = "encryption"),
    allow(clippy::unused_self, reason = "without it there is no key to look for")
)]
impl Form {
    /// What is kept of a pair, as that generation of the application in `scope`.
    pub(super) fn write(
        &self,
        tokens: &Tokens,
        scope: &str,
        generation: u64,
    ) -> Result<Vec<u8>, StoreError> {
        let json = serde_json::to_vec(tokens)?;
        #[cfg(feature = "encryption")]
        if let Some(sealed) = self.seal.write(&json, scope, generation)? {
            return Ok(sealed);
        }
        #[cfg(not(feature = "encryption"))]
        let _ = (scope, generation);
        Ok(json)
    }

    /// The pair that was kept.
    pub(super) fn read(
        &self,
        kept: &[u8],
        scope: &str,
        generation: u64,
    ) -> Result<Tokens, StoreError> {
        if kept.first() == Some(&JSON) {
            #[cfg(feature = "encryption")]
            self.seal.may_read_unencrypted()?;
            return parse(kept);
        }
        #[cfg(feature = "encryption")]
        return parse(&self.seal.read(kept, scope, generation)?);
        #[cfg(not(feature = "encryption"))]
        {
            let _ = (scope, generation);
            Err("they are encrypted, or damaged: build with the feature `encryption` of sonet-redis, and give \
                 `RedisTokens::encrypted` their key"
                .into())
        }
    }
}

fn parse(json: &[u8]) -> Result<Tokens, StoreError> {
    // The text of serde's own error may quote a token.
    serde_json::from_slice(json).map_err(|error| {
        let column = error.column();
        format!(
            "they are damaged, see column {column}; let a user authorize the application again, and save its tokens with \
             `RedisTokens::save`"
        )
        .into()
    })
}
