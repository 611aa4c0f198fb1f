//! Values, defaults and what must be there, in the many words that pages have for them.

use super::{ADD, LIST, Mutation, breaking, compatible, each};

pub(super) fn all() -> Vec<Mutation> {
    let mut all = values();
    all.extend(in_sentences());
    all.extend(of_all_kinds());
    all.extend(sentences());
    all
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
    ]
}

fn in_sentences() -> Vec<Mutation> {
    let rock = || compatible("Style values.rock new rock");
    vec![
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
    ]
}

fn of_all_kinds() -> Vec<Mutation> {
    vec![
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
