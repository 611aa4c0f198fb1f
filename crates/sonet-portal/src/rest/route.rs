//! The paths that calls come in by.

/// A path of the REST interface.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Route<'a> {
    /// Whether it is the address of REST 3.0, which other methods are called by.
    pub(crate) rest_3: bool,
    /// The user's identifier and the secret, where the path has them.
    pub(crate) webhook: Option<(&'a str, &'a str)>,
    /// The method as it was written, perhaps empty, without `.json`.
    pub(crate) method: &'a str,
}

impl<'a> Route<'a> {
    /// Reads a path; `None` if it doesn't belong to the REST interface.
    pub(crate) fn parse(path: &'a str) -> Option<Self> {
        let rest = path.strip_prefix("/rest/")?;
        let (rest, rest_3) = match rest.strip_prefix("api/") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
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
            rest_3,
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
        let rest_3 = true;
        for (path, rest_3, webhook, method) in [
            ("/rest/1/secret/profile", false, webhook, "profile"),
            ("/rest/1/secret/profile.json", false, webhook, "profile"),
            ("/rest/1/secret/profile/", false, webhook, "profile"),
            ("/rest/1/secret/profile.json/", false, webhook, "profile"),
            ("/rest/1/secret/", false, webhook, ""),
            ("/rest/profile.json", false, None, "profile"),
            ("/rest/api.test.list", false, None, "api.test.list"),
            ("/rest/api", false, None, "api"),
            ("/rest/", false, None, ""),
            ("/rest/api/1/secret/profile/", rest_3, webhook, "profile"),
            ("/rest/api/1/secret", rest_3, webhook, ""),
            ("/rest/api/profile", rest_3, None, "profile"),
            ("/rest/api/", rest_3, None, ""),
        ] {
            let route = Route {
                rest_3,
                webhook,
                method,
            };
            assert_eq!(Route::parse(path), Some(route), "{path}");
        }
        for foreign in [
            "/",
            "/rest",
            "/restful/x",
            "/rest/1/secret/method/more",
            "/rest/api/1/secret/method/more",
            "rest/x",
        ] {
            assert_eq!(Route::parse(foreign), None, "{foreign}");
        }
    }
}
