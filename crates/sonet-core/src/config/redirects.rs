//! Where calls may follow a portal that has moved.

use super::Config;
use crate::Error;
use crate::address::host_alone;

impl Config {
    /// Allows calls to follow the portal to this host, or to a host under this domain, if it moves there. Default: to hosts
    /// under the same domain of the vendor, such as from `a.bitrix24.com` to `b.bitrix24.com`.
    ///
    /// Calls carry the webhook's secret, or the token, along.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: this is not a host, such as `portal.example.com`.
    pub fn allow_redirect_to(mut self, host: &str) -> Result<Self, Error> {
        let name = host_alone(host).filter(|name| !name.contains(':'));
        let Some(name) = name else {
            return Err(Error::config(
                "`Config::allow_redirect_to`: it takes a host, or a domain for all hosts under it; give its name alone, like \
                 portal.example.com",
            ));
        };
        self.redirect_hosts.push(name);
        Ok(self)
    }
}
