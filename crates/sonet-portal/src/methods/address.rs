//! Under which addresses the portal and its token server are known.

/// The addresses that a request's answer tells.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    /// The portal's, without a slash at its end.
    portal: String,
    /// The token server's, likewise.
    auth: String,
    /// Whether the request was sent to the token server's host.
    at_token_server: bool,
    /// Whether the portal is known to have another host than the one that the request was sent to.
    portal_is_elsewhere: bool,
}

impl Address {
    /// The addresses of the portal and of the token server, without slashes at their ends.
    pub(crate) fn new(portal: String, auth: String) -> Self {
        Self {
            portal,
            auth,
            at_token_server: false,
            portal_is_elsewhere: false,
        }
    }

    /// Tells which host the request was sent to: whether it is the token server's, and whether the
    /// portal is known to have another one.
    pub(crate) fn asked_at(mut self, token_server: bool, portal_is_elsewhere: bool) -> Self {
        self.at_token_server = token_server;
        self.portal_is_elsewhere = portal_is_elsewhere;
        self
    }

    /// The portal's address.
    pub(crate) fn portal(&self) -> &str {
        &self.portal
    }

    /// The portal's host, with its port if it has one.
    pub(crate) fn domain(&self) -> &str {
        authority(&self.portal)
    }

    /// The token server's host.
    pub(crate) fn server_domain(&self) -> &str {
        authority(&self.auth)
    }

    /// What all calls to the portal begin with.
    pub(crate) fn client_endpoint(&self) -> String {
        format!("{}/rest/", self.portal)
    }

    /// What all calls to the token server begin with.
    pub(crate) fn server_endpoint(&self) -> String {
        format!("{}/rest/", self.auth)
    }

    /// Whether the request was sent to the token server's host, which may be the portal's, too.
    pub(crate) fn is_token_server(&self) -> bool {
        self.at_token_server
    }

    /// Whether the request was sent to a host that is the token server's and not the portal's.
    pub(crate) fn is_no_portal(&self) -> bool {
        self.at_token_server && self.portal_is_elsewhere
    }
}

/// The part of an address between the scheme and the path.
pub(crate) fn authority(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}
