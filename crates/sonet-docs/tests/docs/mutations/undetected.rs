//! Changes that nothing is said of, each under the title that the guide has for it.

use super::{ADD, LIST, Mutation, SYSTEM, Seen, both, each};

pub(super) fn all() -> Vec<Mutation> {
    vec![
        each(
            "a description",
            (ADD, "| Name of the choir ||", "| How it is called ||"),
            (ADD, "| Название хора ||", "| Как он называется ||"),
            Seen::Not("Descriptions"),
        ),
        each(
            "the meaning of an error",
            (ADD, "| The hall is taken ||", "| All halls are taken ||"),
            (ADD, "| Зал занят ||", "| Все залы заняты ||"),
            Seen::Not("Descriptions"),
        ),
        each(
            "the meaning of a value",
            (ADD, "- `folk` — songs", "- `folk` — old songs"),
            (ADD, "- `folk` — песни", "- `folk` — старые песни"),
            Seen::Not("Descriptions"),
        ),
        both(
            "another word for the same type",
            (LIST, "**FOUNDED**\n[`datetime`]", "**FOUNDED**\n[`date`]"),
            Seen::Not("Types that are one to the spec"),
        ),
        both(
            "the order of rows",
            (
                LIST,
                "|| **id**\n[`string`]",
                "|| **url**\n[`string`](x) | ? ||\n|| **id**\n[`string`]",
            ),
            Seen::Not("The order of rows"),
        ),
        each(
            "a value for no value",
            (LIST, "- `\"\"` — nothing yet\n", ""),
            (LIST, "- `\"\"` — пока ничего\n", ""),
            Seen::Not("Values for no value"),
        ),
        each(
            "which value goes with which",
            (
                ADD,
                "- `folk` — songs\n- `church` — masses\n- `opera` — scenes ||",
                "- for all:\n  - `folk` — songs\n  - `church` — masses\n- for some:\n  - `folk` — songs\n  - `opera` — scenes ||",
            ),
            (
                ADD,
                "- `folk` — песни\n- `church` — мессы\n- `opera` — сцены ||",
                "- для всех:\n  - `folk` — песни\n  - `church` — мессы\n- для некоторых:\n  - `folk` — песни\n  - `opera` — сцены ||",
            ),
            Seen::Not("Which value goes with which"),
        ),
        each(
            "both values of a flag",
            (
                LIST,
                "Whether anybody may join: `Y` or `N`",
                "Whether anybody may join",
            ),
            (
                LIST,
                "Можно ли вступить свободно: `Y` или `N`",
                "Можно ли вступить свободно",
            ),
            Seen::Not("Flags whose values are not listed"),
        ),
        each(
            "a status that is gone",
            (ADD, "HTTP status: **400**\n", ""),
            (ADD, "HTTP-статус: **400**\n", ""),
            Seen::Not("A status that is not said"),
        ),
        both(
            "a star beside the result",
            (LIST, "|| **total**\n", "|| **total***\n"),
            Seen::Not("Stars beside the result"),
        ),
        both(
            "the text of an error of the system",
            (SYSTEM, "Too many calls", "Not so fast"),
            Seen::Not("Texts of the system's errors"),
        ),
        both(
            "a text in an example",
            (LIST, "\"NAME\": \"Larks\"", "\"NAME\": \"Owls\""),
            Seen::Not("Data in examples"),
        ),
        both(
            "how long an example took",
            (ADD, "\"finish\": 2", "\"finish\": 2, \"pause\": 1"),
            Seen::Not("What is in `time`"),
        ),
        both(
            "what a program does with the answer",
            (ADD, "result.data()", "result.data().size"),
            Seen::Not("What programs do with an answer"),
        ),
    ]
}
