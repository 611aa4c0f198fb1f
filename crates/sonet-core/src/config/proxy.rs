//! Which way connections take.

use super::Config;
use crate::Secret;

/// Where the proxy comes from.
#[derive(Debug, Clone, Default)]
pub enum ProxySetting {
    /// The environment says whether there is one.
    #[default]
    Environment,
    /// There is none.
    None,
    /// It is this one. The address may hold a password.
    Address(Secret),
}

impl Config {
    /// Reaches servers through this proxy, whatever the environment says: `http://proxy.example.com:3128`. Default:
    /// the one that the environment names in `HTTPS_PROXY` or `ALL_PROXY`, if any.
    ///
    /// - **Kinds**: `http` and `https`, and with the client's feature `socks` also `socks5` and `socks4`, which look names
    ///   up on this machine, `socks5h` and `socks4a`, which leave that to the proxy. Without a scheme, it is `http`.
    /// - **Credentials** stand in the address, percent-encoded: `http://user:p%40ss@proxy.example.com:3128`. No error and no
    ///   `Debug` output shows them.
    /// - **What it sees**: hosts and ports. A proxy passes encrypted connections on. What is not encrypted goes through no
    ///   proxy, and this machine is never reached through one.
    ///
    /// [`Config::proxy_bypass`] names hosts that are reached without it; `NO_PROXY` has no effect then.
    ///
    /// ```
    /// # extern crate sonet_core as sonet_async;
    /// use sonet_async::Config;
    ///
    /// let config = Config::webhook("https://example.bitrix24.com/rest/1/secret/")?
    ///     .proxy("http://proxy.example.com:3128")
    ///     .proxy_bypass("portal.example.com, 10.0.0.0/8");
    /// # Ok::<(), sonet_async::Error>(())
    /// ```
    ///
    /// An address that can't be used is told when the client is made.
    pub fn proxy(mut self, address: impl Into<Secret>) -> Self {
        self.proxy = ProxySetting::Address(address.into());
        self
    }

    /// Reaches every server directly, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxySetting::None;
        self
    }

    /// Reaches these hosts without a proxy. Default: those that `NO_PROXY` lists, where the environment names the proxy.
    ///
    /// It takes hosts, which stand for what is under them, too, IP addresses and networks, with commas between them:
    /// `example.com, 192.168.1.10, 10.0.0.0/8`. Each call adds to those before, and to `NO_PROXY` where the
    /// environment names the proxy.
    ///
    /// What is no host and no network is told when the client is made.
    pub fn proxy_bypass(mut self, hosts: impl Into<String>) -> Self {
        self.proxy_bypass.push(hosts.into());
        self
    }

    /// For drivers: where the proxy comes from.
    #[doc(hidden)]
    #[must_use]
    pub fn proxy_setting(&self) -> &ProxySetting {
        &self.proxy
    }

    /// For drivers: the hosts to reach without a proxy, as they were given.
    #[doc(hidden)]
    #[must_use]
    pub fn proxy_bypasses(&self) -> &[String] {
        &self.proxy_bypass
    }
}
