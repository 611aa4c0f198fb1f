//! Parameters, and what a method filters by, sorts by and selects.

use super::{ADD, LIST, Mutation, Seen, both, breaking, compatible, each};

pub(super) fn all() -> Vec<Mutation> {
    let mut all = rows();
    all.extend(types());
    all.extend(values());
    all.extend(sentences());
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

fn values() -> Vec<Mutation> {
    let rock = || compatible("Style values.rock new rock");
    vec![
        each(
            "a new value",
            (
                ADD,
                "- `opera` — scenes",
                "- `opera` — scenes\n- `rock` — noise",
            ),
            (
                ADD,
                "- `opera` — сцены",
                "- `opera` — сцены\n- `rock` — шум",
            ),
            rock(),
        ),
        each(
            "a value that is gone",
            (ADD, "- `church` — masses\n", ""),
            (ADD, "- `church` — мессы\n", ""),
            breaking("Style values.church missing"),
        ),
        each(
            "a new value below another one",
            (
                ADD,
                "- `folk` — songs\n",
                "- `folk` — songs:\n  - `rock` — loud\n",
            ),
            (
                ADD,
                "- `folk` — песни\n",
                "- `folk` — песни:\n  - `rock` — громкие\n",
            ),
            rock(),
        ),
        each(
            "a new value two levels deep",
            (
                ADD,
                "- `folk` — songs\n- `church` — masses\n- `opera` — scenes ||",
                "- for all:\n  - `folk` — songs\n  - `church` — masses\n- for some:\n  - at home:\n    - `opera` — scenes\n    - `rock` — noise ||",
            ),
            (
                ADD,
                "- `folk` — песни\n- `church` — мессы\n- `opera` — сцены ||",
                "- для всех:\n  - `folk` — песни\n  - `church` — мессы\n- для некоторых:\n  - дома:\n    - `opera` — сцены\n    - `rock` — шум ||",
            ),
            rock(),
        ),
        each(
            "values in a sentence",
            (
                ADD,
                "Possible values:\n- `folk` — songs\n- `church` — masses\n- `opera` — scenes ||",
                "One of `folk`, `church`, `opera` or `rock` ||",
            ),
            (
                ADD,
                "Возможные значения:\n- `folk` — песни\n- `church` — мессы\n- `opera` — сцены ||",
                "Одно из `folk`, `church`, `opera` или `rock` ||",
            ),
            rock(),
        ),
        each(
            "values in a sentence with what they mean",
            (
                ADD,
                "Possible values:\n- `folk` — songs\n- `church` — masses\n- `opera` — scenes ||",
                "Can be `folk` (songs), `church` (masses), `opera` (scenes), `rock` (noise) ||",
            ),
            (
                ADD,
                "Возможные значения:\n- `folk` — песни\n- `church` — мессы\n- `opera` — сцены ||",
                "Может быть `folk` (песни), `church` (мессы), `opera` (сцены), `rock` (шум) ||",
            ),
            rock(),
        ),
        each(
            "a new value in a sentence below the list",
            (
                ADD,
                "- `opera` — scenes ||",
                "- `opera` — scenes\n\nAlso possible: `rock` ||",
            ),
            (
                ADD,
                "- `opera` — сцены ||",
                "- `opera` — сцены\n\nТакже возможно: `rock` ||",
            ),
            rock(),
        ),
        each(
            "a new value in a sentence about it",
            (
                ADD,
                "- `opera` — scenes ||",
                "- `opera` — scenes\n\nThe value `rock` is supported since 2026 ||",
            ),
            (
                ADD,
                "- `opera` — сцены ||",
                "- `opera` — сцены\n\nЗначение `rock` поддерживается с 2026 года ||",
            ),
            rock(),
        ),
        each(
            "values in a table within the cell",
            (
                ADD,
                "Possible values:\n- `folk` — songs\n- `church` — masses\n- `opera` — scenes ||",
                "#|\n|| **Value** | **Description** ||\n|| `folk` | songs ||\n|| `church` | masses ||\n|| `opera` | scenes ||\n|| `rock` | noise ||\n|#\n||",
            ),
            (
                ADD,
                "Возможные значения:\n- `folk` — песни\n- `church` — мессы\n- `opera` — сцены ||",
                "#|\n|| **Значение** | **Описание** ||\n|| `folk` | песни ||\n|| `church` | мессы ||\n|| `opera` | сцены ||\n|| `rock` | шум ||\n|#\n||",
            ),
            rock(),
        ),
        each(
            "a new value between others in a sentence",
            (
                ADD,
                "Voice: `alto` or `bass`",
                "Voice: `alto`, `tenor` or `bass`",
            ),
            (
                ADD,
                "Голос: `alto` или `bass`",
                "Голос: `alto`, `tenor` или `bass`",
            ),
            compatible("Voice values.tenor new tenor"),
        ),
        each(
            "values of what takes any",
            (
                ADD,
                "How many may sing ||",
                "How many may sing.\n\nPossible values:\n- `4`\n- `8` ||",
            ),
            (
                ADD,
                "Сколько человек поёт ||",
                "Сколько человек поёт.\n\nВозможные значения:\n- `4`\n- `8` ||",
            ),
            breaking("choir.add params.SIZE values 4, 8"),
        ),
        each(
            "values of a flag",
            (
                ADD,
                "- `N` — one has to ask\n",
                "- `N` — one has to ask\n- `M` — members may\n",
            ),
            (
                ADD,
                "- `N` — нужно спросить\n",
                "- `N` — нужно спросить\n- `M` — могут участники\n",
            ),
            breaking("choir.add params.OPENED values Y, N, M"),
        ),
        each(
            "a new mode",
            (
                LIST,
                "- `hall` — adds the `hallData` field\n",
                "- `hall` — adds the `hallData` field\n- `radio` — adds nothing\n",
            ),
            (
                LIST,
                "- `hall` — добавляет поле `hallData`\n",
                "- `hall` — добавляет поле `hallData`\n- `radio` — ничего не добавляет\n",
            ),
            compatible("Mode values.radio new radio"),
        ),
        each(
            "a new direction to sort in",
            (LIST, "- `DESC` — down", "- `DESC` — down\n- `RANDOM` — any"),
            (
                LIST,
                "- `DESC` — вниз",
                "- `DESC` — вниз\n- `RANDOM` — любое",
            ),
            breaking("choir.list params.order values ASC, DESC, RANDOM"),
        ),
    ]
}

fn sentences() -> Vec<Mutation> {
    let forty = || compatible("choir.add params.SIZE default 40");
    let size = |what, english, russian, seen| {
        let edit = (ADD, "How many may sing ||", english);
        each(what, edit, (ADD, "Сколько человек поёт ||", russian), seen)
    };
    vec![
        each(
            "another default",
            (ADD, "Default — `N`", "Default — `Y`"),
            (ADD, "По умолчанию — `N`", "По умолчанию — `Y`"),
            compatible("choir.add params.OPENED default Y"),
        ),
        each(
            "a default that is gone",
            (ADD, "\n\nDefault — `N` ||", " ||"),
            (ADD, "\n\nПо умолчанию — `N` ||", " ||"),
            compatible("choir.add params.OPENED default"),
        ),
        size(
            "a default in a sentence",
            "How many may sing. By default, `40` ||",
            "Сколько человек поёт. Значение по умолчанию: `40` ||",
            forty(),
        ),
        size(
            "a default in a sentence, without marks",
            "How many may sing. By default, 40. Never more ||",
            "Сколько человек поёт. Значение по умолчанию: 40. Не больше ||",
            forty(),
        ),
        size(
            "a default as a condition",
            "How many may sing. If omitted, `40` is used ||",
            "Сколько человек поёт. Если не указан, используется `40` ||",
            forty(),
        ),
        size(
            "a default as a longer condition",
            "How many may sing. If the parameter is not specified, the value `40` is used ||",
            "Сколько человек поёт. Если параметр не передан, будет использовано значение `40` ||",
            forty(),
        ),
        size(
            "a default before its words",
            "How many may sing, `40` by default ||",
            "Сколько человек поёт, `40` по умолчанию ||",
            forty(),
        ),
        size(
            "a default with a verb before its words",
            "How many may sing, `40` is used by default ||",
            "Сколько человек поёт, `40` используется по умолчанию ||",
            forty(),
        ),
        size(
            "a default without it",
            "How many may sing. Without it, the server uses `40` ||",
            "Сколько человек поёт. Без него используется `40` ||",
            forty(),
        ),
        size(
            "that it must be there in brackets",
            "How many may sing (mandatory) ||",
            "Сколько человек поёт (обязательно) ||",
            breaking("choir.add params.SIZE required required"),
        ),
        size(
            "a word that it must be there",
            "How many may sing. Required. ||",
            "Сколько человек поёт. Обязательный параметр. ||",
            breaking("choir.add params.SIZE required required"),
        ),
        size(
            "a sentence that it must be there",
            "How many may sing. This parameter is required ||",
            "Сколько человек поёт. Параметр обязателен ||",
            breaking("choir.add params.SIZE required required"),
        ),
        each(
            "a sentence that it need not be there",
            (
                ADD,
                "| Name of the choir ||",
                "| Name of the choir. Optional. ||",
            ),
            (
                ADD,
                "| Название хора ||",
                "| Название хора. Необязательный параметр. ||",
            ),
            breaking("choir.add params.NAME required optional"),
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
