//! No TLS. A user's settings may still bring some along.

use sonet_core::Error;
use ureq::config::Config;
use ureq::unversioned::transport::{ConnectionDetails, Connector, Transport};

use crate::parts::Settings;

#[derive(Debug, Clone)]
pub(crate) struct Tls;

impl Tls {
    #[allow(clippy::unnecessary_wraps, reason = "with TLS it can fail")]
    pub(crate) fn new(_: &sonet_core::Config) -> Result<Self, Error> {
        Ok(Self)
    }

    #[allow(clippy::unused_self, reason = "with TLS it is used")]
    pub(crate) fn mark(&self, settings: Settings) -> Settings {
        settings
    }

    #[allow(clippy::unused_self, reason = "with TLS it is used")]
    pub(crate) fn is_in(&self, _: &Config) -> bool {
        false
    }
}

impl<In: Transport> Connector<In> for Tls {
    type Out = In;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<In>, ureq::Error> {
        Ok(chained)
    }
}
