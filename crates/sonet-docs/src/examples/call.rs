//! The Rust expression that builds a request.

use serde_json::{Map, Value};

use super::construction::Construction;
use sonet_spec::Symbols;
use sonet_spec::model::Method;

/// A request that can be built.
pub(super) struct Call {
    pub(super) code: String,
    /// What it must serialize to.
    pub(super) json: Value,
}

/// Why it can't.
#[derive(Debug)]
pub(super) struct Rejection {
    pub(super) path: Vec<String>,
    pub(super) message: String,
    /// Whether it is what the request does not have.
    pub(super) is_missing: bool,
    /// Whether a decision says that the page has what the spec does not.
    pub(super) is_decided: bool,
}

impl Rejection {
    /// Of the value itself.
    pub(super) fn of(message: impl Into<String>) -> Self {
        Self {
            path: Vec::new(),
            message: message.into(),
            is_missing: false,
            is_decided: false,
        }
    }
}

/// What a request may have for what the types have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Exactly that: what a page has otherwise, the spec has to know or to decide on.
    Exact,
    /// Also what the server takes for it: names in any case, and numbers for texts.
    Loose,
}

/// Builds the requests of a method.
pub(super) struct CallBuilder<'s> {
    pub(super) symbols: &'s Symbols<'s>,
    pub(super) method: &'s Method,
    pub(super) spelling: Spelling,
}

impl CallBuilder<'_> {
    /// The expression for these parameters.
    pub(super) fn build(&self, params: &Map<String, Value>) -> Result<Call, Vec<Rejection>> {
        let construction = Construction::of_method(self.symbols, self.spelling, self.method);
        construction.build(params)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SPEC: &str = include_str!("../../tests/fixtures/club/spec.toml");

    fn call(method: &str, json: &Value) -> Result<(String, Value), Vec<String>> {
        spelled(Spelling::Exact, method, json)
    }

    fn spelled(
        spelling: Spelling,
        method: &str,
        json: &Value,
    ) -> Result<(String, Value), Vec<String>> {
        let (spec, _) = sonet_spec::parse("spec.toml", SPEC).unwrap();
        let method = spec
            .methods
            .iter()
            .find(|known| *known.name == method)
            .unwrap();
        let builder = CallBuilder {
            symbols: &Symbols::new(&spec),
            method,
            spelling,
        };
        let call = builder.build(json.as_object().unwrap());
        let rejection =
            |rejection: Rejection| format!("{}: {}", rejection.path.join("."), rejection.message);
        call.map(|call| (call.code, call.json))
            .map_err(|rejections| rejections.into_iter().map(rejection).collect())
    }

    #[test]
    fn parameters_become_arguments_and_setters() {
        let json = json!({ "PUBLIC": "Y", "NAME": "Chess", "MEMBERS": 3, "JOIN": "ask" });
        let (code, json) = call("club.open", &json).unwrap();
        assert_eq!(
            code,
            "sonet_types::club::Open::new(\"Chess\").join(sonet_types::club::Join::Ask)\
             .members([sonet_types::UserId::new(3)]).public(true)"
        );
        assert_eq!(json["MEMBERS"], json!([3]), "a list is sent for one");
    }

    #[test]
    fn conditions_orders_and_selections_are_built() {
        let json = json!({
            "filter": { "%NAME": "ch", ">=ID": 5, "@ID": [7] },
            "order": { "ID": "desc" },
            "select": ["NAME"],
            "params": { "ALL": "Y" },
        });
        let (code, _) = call("club.list", &json).unwrap();
        let setters = code.replace("sonet_types::club::List", "L");
        assert_eq!(
            setters,
            "L::new().filter(L::NAME.contains(\"ch\")).filter(L::ID.ge(sonet_types::ClubId::new(5)))\
             .filter(L::ID.one_of([sonet_types::ClubId::new(7)]))\
             .order(L::ID.desc()).all(true).select(L::NAME)"
        );
    }

    #[test]
    fn what_a_type_does_not_have_is_refused_where_it_stands() {
        let json = json!({ "PUBLIC": "maybe", "COLOUR": "red" });
        assert_eq!(
            call("club.open", &json).unwrap_err(),
            [
                "COLOUR: the request has no `COLOUR`",
                "PUBLIC: `\"maybe\"` is not of the type `flag`",
                ": it lacks `NAME`, which is required",
            ]
        );
        let json = json!({ "filter": { "~ID": [1], "AGE": 3 }, "order": { "ID": "up" } });
        assert_eq!(
            call("club.list", &json).unwrap_err(),
            [
                "filter.AGE: the method can't filter by `AGE`",
                "filter.~ID: there is no operator `~`",
                "order.ID: `up` is not a direction",
            ]
        );
    }

    #[test]
    fn what_the_server_takes_too_is_refused_unless_it_is_asked_for() {
        let json = json!({ "Name": 7 });
        assert_eq!(
            call("club.open", &json).unwrap_err(),
            [
                "Name: the request has no `Name`",
                ": it lacks `NAME`, which is required",
            ]
        );
        let number = call("club.open", &json!({ "NAME": 7 })).unwrap_err();
        assert_eq!(number, ["NAME: `7` is not of the type `string`"]);
        let (code, sent) = spelled(Spelling::Loose, "club.open", &json).unwrap();
        assert_eq!(code, "sonet_types::club::Open::new(\"7\")");
        assert_eq!(sent, json!({ "NAME": 7 }));
    }

    #[test]
    fn two_keys_of_one_parameter_are_refused() {
        let json = json!({ "Name": "Chess", "name": "Go" });
        let rejections = spelled(Spelling::Loose, "club.open", &json).unwrap_err();
        assert_eq!(rejections, ["name: the request has `NAME` twice"]);
    }
}
