//! Titles, scopes, callers, notices.

use super::{ADD, EVENT, LIST, Mutation, both, breaking, compatible, each};

pub(super) fn all() -> Vec<Mutation> {
    let mut all = said();
    all.extend(outdated());
    all
}

fn said() -> Vec<Mutation> {
    vec![
        both(
            "another method in the title",
            (ADD, "choir.add\n", "choir.found\n"),
            breaking("choir.add name text choir.found"),
        ),
        both(
            "another scope",
            (ADD, "[`choir`]", "[`music`]"),
            breaking("choir.add scope text music"),
        ),
        each(
            "only administrators",
            (ADD, ": any user", ": administrator"),
            (ADD, ": любой пользователь", ": администратор"),
            compatible("choir.add who text administrator"),
        )
        .in_russian("choir.add who text администратор"),
        each(
            "any user but some",
            (ADD, ": any user", ": any user except extranet users"),
            (
                ADD,
                ": любой пользователь",
                ": любой пользователь, кроме экстранет-пользователей",
            ),
            compatible("choir.add who text any user except extranet users"),
        )
        .in_russian("choir.add who text любой пользователь, кроме экстранет-пользователей"),
        each(
            "who may subscribe",
            (EVENT, ": any user", ": any employee"),
            (EVENT, ": любой пользователь", ": любой сотрудник"),
            compatible("onChoirAdd who text any employee"),
        )
        .in_russian("onChoirAdd who text любой сотрудник"),
    ]
}

fn outdated() -> Vec<Mutation> {
    vec![
        each(
            "a note with the vendor's title for it",
            (
                ADD,
                "The method `choir.add` founds a choir.\n",
                "{% note warning \"DEPRECATED\" %}\n\nDevelopment of this method has been halted. Use [choir.found](./x.md).\n\n{% endnote %}\n",
            ),
            (
                ADD,
                "Метод `choir.add` основывает хор.\n",
                "{% note warning \"DEPRECATED\" %}\n\nРазвитие этого метода остановлено. Используйте [choir.found](./x.md).\n\n{% endnote %}\n",
            ),
            compatible("choir.add name outdated DEPRECATED"),
        ),
        each(
            "a note that the method is outdated",
            (
                LIST,
                "## Method Parameters",
                "{% note alert \"\" %}\n\nThe method is outdated. Use another one.\n\n{% endnote %}\n\n## Method Parameters",
            ),
            (
                LIST,
                "## Параметры метода",
                "{% note alert \"\" %}\n\nМетод устарел. Используйте другой.\n\n{% endnote %}\n\n## Параметры метода",
            ),
            compatible("choir.list name outdated The method is outdated"),
        )
        .in_russian("choir.list name outdated Метод устарел"),
        each(
            "a note that the event is not supported",
            (
                EVENT,
                "## What the Handler Receives\n",
                "The event is no longer supported.\n\n## What the Handler Receives\n",
            ),
            (
                EVENT,
                "## Что получает обработчик\n",
                "Событие больше не поддерживается.\n\n## Что получает обработчик\n",
            ),
            compatible("onChoirAdd name outdated The event is no longer supported"),
        )
        .in_russian("onChoirAdd name outdated Событие больше не поддерживается"),
        each(
            "an outdated method by its title",
            (ADD, "# Found a Choir choir.add", "# Found a Choir choir.add (deprecated)"),
            (ADD, "# Основать хор choir.add", "# Основать хор choir.add (устарел)"),
            compatible("choir.add name outdated Found a Choir choir.add (deprecated)"),
        )
        .in_russian("choir.add name outdated Основать хор choir.add (устарел)"),
        each(
            "an outdated parameter",
            (ADD, "How many may sing ||", "How many may sing. Deprecated, use `STYLE` ||"),
            (ADD, "Сколько человек поёт ||", "Сколько человек поёт. Устарел, используйте `STYLE` ||"),
            compatible("choir.add params.SIZE outdated Deprecated, use STYLE"),
        )
        .in_russian("choir.add params.SIZE outdated Устарел, используйте STYLE"),
        each(
            "an outdated field",
            (LIST, "| Its picture ||", "| Its picture (obsolete) ||"),
            (LIST, "| Его картинка ||", "| Его картинка (устарело) ||"),
            compatible("Badge fields.url outdated Its picture (obsolete)"),
        )
        .in_russian("Badge fields.url outdated Его картинка (устарело)"),
        each(
            "an outdated error",
            (ADD, "| The hall is taken ||", "| No longer used ||"),
            (ADD, "| Зал занят ||", "| Больше не используется ||"),
            compatible("choir.add errors.NoRoom outdated No longer used"),
        )
        .in_russian("choir.add errors.NoRoom outdated Больше не используется"),
    ]
}
