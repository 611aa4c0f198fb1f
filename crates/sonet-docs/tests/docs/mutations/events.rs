//! What the handler of an event receives.

use super::{AUTH, EVENT, Mutation, both, breaking, compatible, each};

pub(super) fn all() -> Vec<Mutation> {
    vec![
        both(
            "the name that is delivered",
            (EVENT, "\"ONCHOIRADD\"", "\"ONCHOIRNEW\""),
            breaking("onChoirAdd wire text ONCHOIRNEW"),
        ),
        both(
            "the type of what is delivered",
            (EVENT, "**ID**\n[`integer`]", "**ID**\n[`object`]"),
            breaking("ChoirEventFields fields.ID type object"),
        ),
        both(
            "the type in an include",
            (AUTH, "**domain***\n[`string`]", "**domain***\n[`integer`]"),
            breaking("ChoirEventAuth fields.domain type integer"),
        ),
        each(
            "a value in an include",
            (
                AUTH,
                "- `F` — of everybody\n",
                "- `F` — of everybody\n- `T` — to try\n",
            ),
            (AUTH, "- `F` — общее\n", "- `F` — общее\n- `T` — пробное\n"),
            compatible("Status values.T new T"),
        ),
        both(
            "a value of an example",
            (EVENT, "\"status\": \"L\"", "\"status\": \"T\""),
            compatible("Status values.T new T"),
        ),
        both(
            "a new key that is delivered",
            (
                EVENT,
                "\"domain\": \"choir.example\"",
                "\"domain\": \"choir.example\", \"city\": \"\"",
            ),
            compatible("ChoirEventAuth fields.city new city"),
        ),
    ]
}
