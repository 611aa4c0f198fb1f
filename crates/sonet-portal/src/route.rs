//! The paths that calls come in by.

/// A path of the REST interface.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Route<'a> {
    /// The user's identifier and the secret, where the path has them.
    pub(crate) webhook: Option<(&'a str, &'a str)>,
    /// The method as it was written, perhaps empty, without `.json`.
    pub(crate) method: &'a str,
}

impl<'a> Route<'a> {
    /// Reads a path; `None` if it doesn't belong to the REST interface.
    pub(crate) fn parse(path: &'a str) -> Option<Self> {
        let rest = path.strip_prefix("/rest/")?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let mut pieces = rest.split('/');
        let (first, second, third) = (pieces.next().unwrap_or(""), pieces.next(), pieces.next());
        if pieces.next().is_some() {
            return None;
        }
        let (webhook, method) = match (second, third) {
            (None, _) => (None, first),
            (Some(secret), method) => (Some((first, secret)), method.unwrap_or("")),
        };
        Some(Self {
            webhook,
            method: method.strip_suffix(".json").unwrap_or(method),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_each_form_of_a_path() {
        let webhook = Some(("1", "secret"));
        for (path, webhook, method) in [
            ("/rest/1/secret/sonet_group.get", webhook, "sonet_group.get"),
            (
                "/rest/1/secret/sonet_group.get.json",
                webhook,
                "sonet_group.get",
            ),
            (
                "/rest/1/secret/sonet_group.get/",
                webhook,
                "sonet_group.get",
            ),
            (
                "/rest/1/secret/sonet_group.get.json/",
                webhook,
                "sonet_group.get",
            ),
            ("/rest/1/secret/", webhook, ""),
            ("/rest/sonet_group.get.json", None, "sonet_group.get"),
            ("/rest/", None, ""),
        ] {
            assert_eq!(
                Route::parse(path),
                Some(Route { webhook, method }),
                "{path}"
            );
        }
        for foreign in [
            "/",
            "/rest",
            "/restful/x",
            "/rest/1/secret/method/more",
            "rest/x",
        ] {
            assert_eq!(Route::parse(foreign), None, "{foreign}");
        }
    }
}
