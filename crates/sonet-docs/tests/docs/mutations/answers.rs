//! What a method answers, and its errors.

use super::{ADD, FIELDS, LIST, Mutation, SYSTEM, Seen, both, breaking, compatible, each};

pub(super) fn all() -> Vec<Mutation> {
    let mut all = rows();
    all.extend(values());
    all.extend(envelope());
    all.extend(errors());
    all.extend(system());
    all
}

fn rows() -> Vec<Mutation> {
    vec![
        both(
            "the type of a result",
            (ADD, "**result**\n[`integer`]", "**result**\n[`string`]"),
            breaking("choir.add result type string"),
        ),
        both(
            "the type of a list",
            (LIST, "**result**\n[`array`]", "**result**\n[`object`]"),
            breaking("choir.list result type object"),
        ),
        both(
            "the type of a field",
            (LIST, "**STYLE**\n[`enum`]", "**STYLE**\n[`integer`]"),
            breaking("Choir fields.STYLE type integer"),
        ),
        both(
            "the type of a field in an object",
            (LIST, "**url**\n[`string`]", "**url**\n[`integer`]"),
            breaking("Badge fields.url type integer"),
        ),
        both(
            "the type of a key that is data",
            (FIELDS, "**SIZE**\n[`integer`]", "**SIZE**\n[`string`]"),
            compatible("choir.getFields result.SIZE type string"),
        ),
        both(
            "a new key that is data",
            (
                FIELDS,
                "|| **SIZE**\n",
                "|| **CITY**\n[`string`](x) | ? ||\n|| **SIZE**\n",
            ),
            compatible("choir.getFields result.CITY new CITY"),
        ),
        each(
            "a table of keys that is gone",
            (
                FIELDS,
                "### Returned Data\n\n#|\n|| **Name**\n`type` | **Description** ||\n|| **NAME**\n[`string`](../data-types.md) | Name ||\n|| **SIZE**\n[`integer`](../data-types.md) | How many may sing ||\n|#\n",
                "",
            ),
            (
                FIELDS,
                "### Возвращаемые данные\n\n#|\n|| **Название**\n`тип` | **Описание** ||\n|| **NAME**\n[`string`](../data-types.md) | Название ||\n|| **SIZE**\n[`integer`](../data-types.md) | Сколько человек поёт ||\n|#\n",
                "",
            ),
            compatible("choir.getFields result missing"),
        ),
        both(
            "a new field",
            (
                LIST,
                "|| **BADGE**\n",
                "|| **CITY**\n`string` | ? ||\n|| **BADGE**\n",
            ),
            compatible("Choir fields.CITY new CITY"),
        ),
        both(
            "a new field in an object",
            (
                LIST,
                "|| **url**\n",
                "|| **colour**\n`string` | ? ||\n|| **url**\n",
            ),
            compatible("Badge fields.colour new colour"),
        ),
        both(
            "a new field in an object of an example",
            (LIST, "\"url\": \"\"", "\"url\": \"\", \"colour\": \"red\""),
            compatible("Badge fields.colour new colour"),
        ),
        each(
            "a new field in a list of fields",
            (
                LIST,
                "  - `title` — title\n",
                "  - `title` — title\n  - `colour` — colour\n",
            ),
            (
                LIST,
                "  - `title` — заголовок\n",
                "  - `title` — заголовок\n  - `colour` — цвет\n",
            ),
            compatible("HallData fields.colour new colour"),
        ),
        both(
            "an object in place of a text in an example",
            (LIST, "\"NAME\": \"Larks\"", "\"NAME\": null"),
            breaking("Choir fields.NAME null null"),
        ),
        both(
            "a field that may be absent",
            (LIST, "            \"OPENED\": \"Y\",\n", ""),
            breaking("Choir fields.OPENED not_in_example"),
        ),
    ]
}

fn values() -> Vec<Mutation> {
    let rock = || compatible("Style values.rock new rock");
    vec![
        each(
            "a new value of a field",
            (
                LIST,
                "- `\"\"` — nothing",
                "- `rock` — noise\n- `\"\"` — nothing",
            ),
            (LIST, "- `\"\"` — пока", "- `rock` — шум\n- `\"\"` — пока"),
            rock(),
        ),
        each(
            "a new value in a list of fields",
            (
                LIST,
                "    - `opera` — scenes ||",
                "    - `opera` — scenes\n    - `rock` — noise ||",
            ),
            (
                LIST,
                "    - `opera` — сцены ||",
                "    - `opera` — сцены\n    - `rock` — шум ||",
            ),
            rock(),
        ),
        both(
            "a new value only in an example",
            (LIST, "\"STYLE\": \"folk\"", "\"STYLE\": \"rock\""),
            rock(),
        ),
        both(
            "a new value in an object of an example",
            (LIST, "\"style\": \"folk\"", "\"style\": \"rock\""),
            rock(),
        ),
        both(
            "a new value of a flag only in an example",
            (LIST, "\"OPENED\": \"Y\"", "\"OPENED\": \"M\""),
            breaking("Choir fields.OPENED values M"),
        ),
    ]
}

fn envelope() -> Vec<Mutation> {
    let row = |what, row: [&'static str; 2], seen| {
        each(what, (LIST, row[0], ""), (LIST, row[1], ""), seen)
    };
    vec![
        both(
            "the type of `next`",
            (LIST, "**next**\n[`integer`]", "**next**\n[`string`]"),
            compatible("choir.list result.next type string"),
        ),
        both(
            "the type of `total`",
            (LIST, "**total**\n[`integer`]", "**total**\n[`array`]"),
            compatible("choir.list result.total type array"),
        ),
        both(
            "the type of `time`",
            (ADD, "**time**\n[`time`]", "**time**\n[`string`]"),
            compatible("choir.add result.time type string"),
        ),
        row(
            "`next` gone",
            [
                "|| **next**\n[`integer`](../data-types.md) | Offset of the next page ||\n",
                "|| **next**\n[`integer`](../data-types.md) | Смещение следующей страницы ||\n",
            ],
            compatible("choir.list result.next missing"),
        )
        .and((LIST, "    \"next\": 50,\n", "")),
        row(
            "`next` only in an example",
            [
                "|| **next**\n[`integer`](../data-types.md) | Offset of the next page ||\n",
                "|| **next**\n[`integer`](../data-types.md) | Смещение следующей страницы ||\n",
            ],
            compatible("choir.list result.next not_in_table"),
        ),
        row(
            "`total` gone",
            [
                "|| **total**\n[`integer`](../data-types.md) | How many there are ||\n",
                "|| **total**\n[`integer`](../data-types.md) | Сколько их ||\n",
            ],
            compatible("choir.list result.total missing"),
        )
        .and((LIST, "\"next\": 50,\n    \"total\": 51", "\"next\": 50")),
        each(
            "a page with `next` where there were none",
            (
                ADD,
                "|| **time**\n",
                "|| **next**\n`integer` | More ||\n|| **time**\n",
            ),
            (
                ADD,
                "|| **time**\n",
                "|| **next**\n`integer` | Ещё ||\n|| **time**\n",
            ),
            compatible("choir.add paged new next"),
        ),
        both(
            "a new key beside the result",
            (ADD, "\"result\": 12,", "\"result\": 12, \"hall\": 1,"),
            compatible("choir.add result.hall new hall"),
        ),
    ]
}

fn errors() -> Vec<Mutation> {
    vec![
        each(
            "the status of the errors",
            (ADD, "status: **400**", "status: **403**"),
            (ADD, "статус: **400**", "статус: **403**"),
            compatible("choir.add errors status 403"),
        ),
        each(
            "the status of an answer",
            (ADD, "status: **200**", "status: **202**"),
            (ADD, "статус: **200**", "статус: **202**"),
            compatible("choir.add result status 202"),
        ),
        each(
            "the status of one error",
            (
                ADD,
                "|| **Code** | **Description** | **Value** ||\n|| `NO_NAME` | `A choir needs a name` | `NAME` is empty ||\n|| `NO_ROOM` | `There is no room` | The hall is taken ||",
                "|| **Status** | **Code** | **Description** | **Value** ||\n|| `400` | `NO_NAME` | `A choir needs a name` | `NAME` is empty ||\n|| `409` | `NO_ROOM` | `There is no room` | The hall is taken ||",
            ),
            (
                ADD,
                "|| **Код** | **Описание** | **Значение** ||\n|| `NO_NAME` | `A choir needs a name` | `NAME` пуст ||\n|| `NO_ROOM` | `There is no room` | Зал занят ||",
                "|| **Статус** | **Код** | **Описание** | **Значение** ||\n|| `400` | `NO_NAME` | `A choir needs a name` | `NAME` пуст ||\n|| `409` | `NO_ROOM` | `There is no room` | Зал занят ||",
            ),
            compatible("choir.add errors.NoRoom status 409"),
        ),
        both(
            "a new error",
            (
                ADD,
                "|| `NO_ROOM`",
                "|| `NO_LUCK` | `No luck` | ? ||\n|| `NO_ROOM`",
            ),
            compatible("choir.add errors.NO_LUCK new NO_LUCK"),
        ),
        each(
            "an error that is gone",
            (
                ADD,
                "|| `NO_ROOM` | `There is no room` | The hall is taken ||\n",
                "",
            ),
            (
                ADD,
                "|| `NO_ROOM` | `There is no room` | Зал занят ||\n",
                "",
            ),
            breaking("choir.add errors.NoRoom missing"),
        ),
        both(
            "the code of an error",
            (ADD, "|| `NO_ROOM`", "|| `FULL`"),
            breaking("choir.add errors.NoRoom renamed FULL"),
        ),
        both(
            "the text of an error",
            (ADD, "`There is no room`", "`Full`"),
            compatible("choir.add errors.NoRoom text Full"),
        ),
        both(
            "an error only in an example",
            (
                ADD,
                "\"error\": \"NO_NAME\",\n    \"error_description\": \"A choir needs a name\"",
                "\"error\": \"NO_LUCK\",\n    \"error_description\": \"No luck\"",
            ),
            compatible("choir.add errors.No luck new No luck"),
        ),
    ]
}

fn system() -> Vec<Mutation> {
    vec![
        both(
            "a new error of the system",
            (
                SYSTEM,
                "|| `401`",
                "|| `402` | `PAY_FIRST`\nPay | ? ||\n|| `401`",
            ),
            compatible("PAY_FIRST code new PAY_FIRST"),
        ),
        each(
            "an error of the system that is gone",
            (
                SYSTEM,
                "|| `401` | `WHO_ARE_YOU`\nUnknown caller | The token is not valid ||\n",
                "",
            ),
            (
                SYSTEM,
                "|| `401` | `WHO_ARE_YOU`\nUnknown caller | Токен не подходит ||\n",
                "",
            ),
            compatible("WHO_ARE_YOU code missing"),
        ),
        both(
            "the status of an error of the system",
            (SYSTEM, "|| `503`", "|| `429`"),
            compatible("TOO_LOUD status status 429"),
        ),
        each(
            "errors of the system without a heading",
            (
                SYSTEM,
                "|| **Status** | **Code**\n**Error Message** | **Description** ||\n",
                "",
            ),
            (
                SYSTEM,
                "|| **Статус** | **Код**\n**Сообщение об ошибке** | **Описание** ||\n",
                "",
            ),
            Seen::Unread,
        ),
    ]
}
