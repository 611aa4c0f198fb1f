//! Parameters, and what a method filters by, sorts by and selects.

use super::{ADD, LIST, Mutation, Seen, both, breaking, compatible, each};

pub(super) fn all() -> Vec<Mutation> {
    let mut all = rows();
    all.extend(types());
    all.extend(lists());
    all.extend(examples());
    all
}

fn rows() -> Vec<Mutation> {
    vec![
        both(
            "a new parameter",
            (
                ADD,
                "|| **SIZE**\n",
                "|| **HALL**\n`string` | ? ||\n|| **SIZE**\n",
            ),
            compatible("choir.add params.HALL new HALL"),
        ),
        both(
            "a new parameter that must be there",
            (
                ADD,
                "|| **SIZE**\n",
                "|| **HALL***\n`string` | ? ||\n|| **SIZE**\n",
            ),
            breaking("choir.add params.HALL new HALL"),
        ),
        both(
            "a new parameter in another one",
            (
                ADD,
                "|| **VOICE**\n",
                "|| **AGE**\n`integer` | ? ||\n|| **VOICE**\n",
            ),
            compatible("choir.add params.LEADER.AGE new AGE"),
        ),
        each(
            "a parameter that is gone",
            (
                ADD,
                "|| **SIZE**\n[`integer`](../data-types.md) | How many may sing ||\n",
                "",
            ),
            (
                ADD,
                "|| **SIZE**\n[`integer`](../data-types.md) | Сколько человек поёт ||\n",
                "",
            ),
            breaking("choir.add params.SIZE missing"),
        ),
        both(
            "a parameter with another name",
            (ADD, "|| **SIZE**\n", "|| **SIZES**\n"),
            breaking("choir.add params.SIZE renamed SIZES"),
        ),
        both(
            "a parameter that must be there",
            (ADD, "|| **SIZE**\n", "|| **SIZE***\n"),
            breaking("choir.add params.SIZE required required"),
        ),
        both(
            "a parameter that need not",
            (ADD, "|| **NAME***\n", "|| **NAME**\n"),
            breaking("choir.add params.NAME required optional"),
        ),
    ]
}

fn types() -> Vec<Mutation> {
    vec![
        both(
            "the type of a parameter",
            (ADD, "**SIZE**\n[`integer`]", "**SIZE**\n[`string`]"),
            breaking("choir.add params.SIZE type string"),
        ),
        both(
            "the type of a parameter in another one",
            (ADD, "**VOICE**\n[`string`]", "**VOICE**\n[`integer`]"),
            breaking("choir.add params.LEADER.VOICE type integer"),
        ),
        both(
            "a type that is gone",
            (ADD, "**SIZE**\n[`integer`](../data-types.md)", "**SIZE**\n"),
            compatible("choir.add params.SIZE type"),
        ),
        each(
            "the type of a field to filter by",
            (
                LIST,
                "[`string`](../data-types.md) | Whether anybody may join: ",
                "[`integer`](../data-types.md) | Whether anybody may join: ",
            ),
            (
                LIST,
                "[`string`](../data-types.md) | Можно ли вступить свободно: ",
                "[`integer`](../data-types.md) | Можно ли вступить свободно: ",
            ),
            breaking("choir.list filter_fields.OPENED type integer"),
        ),
        both(
            "the type of a field to select",
            (
                LIST,
                "**FOUNDED**\n[`datetime`]",
                "**FOUNDED**\n[`integer`]",
            ),
            compatible("choir.list select_fields.FOUNDED type integer"),
        ),
    ]
}

fn lists() -> Vec<Mutation> {
    vec![
        both(
            "a new prefix",
            (LIST, "- `<` — ", "- `%` — \n- `<` — "),
            compatible("choir.list filter_operators.% new %"),
        ),
        each(
            "a new field to filter by",
            (
                LIST,
                "|| **OPENED**\n[`string`]",
                "|| **CITY**\n`string` | City ||\n|| **OPENED**\n[`string`]",
            ),
            (
                LIST,
                "|| **OPENED**\n[`string`]",
                "|| **CITY**\n`string` | Город ||\n|| **OPENED**\n[`string`]",
            ),
            compatible("choir.list filter_fields.CITY new CITY"),
        ),
        both(
            "a field to filter by that must be there",
            (
                LIST,
                "|| **OPENED**\n[`string`]",
                "|| **OPENED***\n[`string`]",
            ),
            breaking("choir.list filter_fields.OPENED required required"),
        ),
        each(
            "a new field to select",
            (
                LIST,
                "|| **FOUNDED**\n",
                "|| **CITY**\n`string` | City ||\n|| **FOUNDED**\n",
            ),
            (
                LIST,
                "|| **FOUNDED**\n",
                "|| **CITY**\n`string` | Город ||\n|| **FOUNDED**\n",
            ),
            compatible("choir.list select_fields.CITY new CITY"),
        ),
        both(
            "a field to select that must be there",
            (LIST, "|| **FOUNDED**\n", "|| **FOUNDED***\n"),
            compatible("choir.list select_fields.FOUNDED required required"),
        ),
        each(
            "a table that became a list, with one more entry",
            (
                ADD,
                "#|\n|| **Name**\n`type` | **Description** ||\n|| **ID***\n[`integer`](../data-types.md) | User ||\n|| **VOICE**\n[`string`](../data-types.md) | Voice: `alto` or `bass` ||\n|#",
                "- **ID*** [`integer`](../data-types.md) — user\n- **VOICE** [`string`](../data-types.md) — voice: `alto` or `bass`\n- **AGE** [`integer`](../data-types.md) — age",
            ),
            (
                ADD,
                "#|\n|| **Название**\n`тип` | **Описание** ||\n|| **ID***\n[`integer`](../data-types.md) | Пользователь ||\n|| **VOICE**\n[`string`](../data-types.md) | Голос: `alto` или `bass` ||\n|#",
                "- **ID*** [`integer`](../data-types.md) — пользователь\n- **VOICE** [`string`](../data-types.md) — голос: `alto` или `bass`\n- **AGE** [`integer`](../data-types.md) — возраст",
            ),
            compatible("choir.add params.LEADER.AGE new AGE"),
        ),
        each(
            "a list without types, with one more entry",
            (
                ADD,
                "#|\n|| **Name**\n`type` | **Description** ||\n|| **NAME***\n[`string`](../data-types.md) | Name of the choir ||\n|| **OPENED**\n[`string`](../data-types.md) | Whether anybody may join.\n\nPossible values:\n- `Y` — anybody may\n- `N` — one has to ask\n\nDefault — `N` ||\n|| **STYLE**\n[`string`](../data-types.md) | What is sung.\n\nPossible values:\n- `folk` — songs\n- `church` — masses\n- `opera` — scenes ||\n|| **SIZE**\n[`integer`](../data-types.md) | How many may sing ||\n|| **LEADER**\n[`object`](../data-types.md) | Who leads, see [below](#leader) ||\n|#",
                "- `NAME`* — name\n- `OPENED` — whether anybody may join. Default — `N`\n- `STYLE` — one of `folk`, `church` or `opera`\n- `SIZE` — how many\n- `HALL` — where\n- `LEADER` — who leads, see [below](#leader)",
            ),
            (
                ADD,
                "#|\n|| **Название**\n`тип` | **Описание** ||\n|| **NAME***\n[`string`](../data-types.md) | Название хора ||\n|| **OPENED**\n[`string`](../data-types.md) | Можно ли вступить свободно.\n\nВозможные значения:\n- `Y` — можно\n- `N` — нужно спросить\n\nПо умолчанию — `N` ||\n|| **STYLE**\n[`string`](../data-types.md) | Что поют.\n\nВозможные значения:\n- `folk` — песни\n- `church` — мессы\n- `opera` — сцены ||\n|| **SIZE**\n[`integer`](../data-types.md) | Сколько человек поёт ||\n|| **LEADER**\n[`object`](../data-types.md) | Кто руководит, смотрите [ниже](#leader) ||\n|#",
                "- `NAME`* — название\n- `OPENED` — можно ли вступить. По умолчанию — `N`\n- `STYLE` — одно из `folk`, `church` или `opera`\n- `SIZE` — сколько\n- `HALL` — где\n- `LEADER` — кто руководит, смотрите [ниже](#leader)",
            ),
            compatible("choir.add params.HALL new HALL"),
        ),
        each(
            "the size of a page",
            (
                LIST,
                "page size of results is 50 records",
                "page size of results is 100 records",
            ),
            (
                LIST,
                "Размер страницы результатов — 50 записей",
                "Размер страницы результатов — 100 записей",
            ),
            breaking("choir.list paged values 100"),
        ),
        both(
            "the size of a page in its formula",
            (LIST, "(N - 1) * 50", "(N - 1) * 100"),
            breaking("choir.list paged values 100"),
        ),
    ]
}

fn examples() -> Vec<Mutation> {
    vec![
        both(
            "a parameter in a command",
            (ADD, r#"{"NAME":"Larks","#, r#"{"NAME":"Larks","HALL":"x","#),
            compatible("choir.add params.HALL new HALL"),
        ),
        both(
            "a parameter only in JavaScript",
            (
                ADD,
                "'OPENED': \"Y\",",
                "'OPENED': \"Y\",\n            HALL: [1, 2],",
            ),
            compatible("choir.add params.HALL new HALL"),
        ),
        both(
            "a parameter in another one only in JavaScript",
            (ADD, "{ ID: 3 }", "{ ID: 3, age: rows.length > 2 ? 3 : 4 }"),
            compatible("choir.add params.LEADER.age new age"),
        ),
        both(
            "a parameter only in TypeScript",
            (
                LIST,
                "params: { mode: 'hall' },",
                "params: { mode: 'hall', fast: true },",
            ),
            compatible("choir.list params.params.fast new fast"),
        ),
        both(
            "a field to filter by only in TypeScript",
            (LIST, "filter: { '>=ID': 5 }", "filter: { '>=CITY': 5 }"),
            compatible("choir.list filter_fields.CITY new CITY"),
        ),
        both(
            "a parameter only in PHP",
            (
                ADD,
                "'LEADER' => ['ID' => 3]",
                "'LEADER' => ['ID' => 3],\n            'HALL' => 'x'",
            ),
            compatible("choir.add params.HALL new HALL"),
        ),
        both(
            "an example that is no JSON",
            (ADD, r#""LEADER":{"ID":3}}'"#, r#""LEADER":{"ID":3}'"#),
            Seen::Unread,
        ),
    ]
}
