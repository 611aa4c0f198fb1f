//! What a method does, by the first word of its title and the words of its name.

use super::normalize;
use sonet_spec::names;

/// What the name of a method that reads begins with, behind the last dot.
const READS: [&str; 14] = [
    "access", "check", "count", "counters", "current", "fields", "find", "get", "has", "is",
    "list", "search", "select", "types",
];

/// Words of writes, which may stand anywhere in a name.
const WRITES: [&str; 104] = [
    "accept",
    "activate",
    "add",
    "answer",
    "append",
    "apply",
    "approve",
    "archive",
    "assign",
    "attach",
    "bind",
    "cancel",
    "change",
    "clear",
    "close",
    "commit",
    "complete",
    "confirm",
    "connect",
    "convert",
    "copy",
    "create",
    "deactivate",
    "decline",
    "defer",
    "delegate",
    "delete",
    "destroy",
    "detach",
    "disable",
    "disapprove",
    "disconnect",
    "edit",
    "enable",
    "exclude",
    "execute",
    "expel",
    "finish",
    "follow",
    "hide",
    "increment",
    "insert",
    "install",
    "invite",
    "join",
    "kick",
    "launch",
    "leave",
    "mark",
    "merge",
    "move",
    "mute",
    "notify",
    "pause",
    "pay",
    "pin",
    "publish",
    "purge",
    "put",
    "read",
    "refuse",
    "register",
    "reject",
    "release",
    "remove",
    "rename",
    "renew",
    "reopen",
    "replace",
    "reset",
    "restore",
    "resume",
    "revoke",
    "run",
    "save",
    "send",
    "set",
    "skip",
    "start",
    "stop",
    "submit",
    "subscribe",
    "switch",
    "terminate",
    "transfer",
    "unarchive",
    "unassign",
    "unbind",
    "undo",
    "unfollow",
    "unhide",
    "uninstall",
    "unlink",
    "unmute",
    "unpin",
    "unpublish",
    "unread",
    "unregister",
    "unset",
    "unsubscribe",
    "update",
    "upload",
    "upsert",
    "write",
];

/// What the title of a page about a method that reads begins with. To return or to show something may be to change it.
const TITLES: [&str; 27] = [
    "check",
    "count",
    "counts",
    "determine",
    "fetch",
    "find",
    "get",
    "getting",
    "gets",
    "list",
    "obtain",
    "receive",
    "retrieve",
    "search",
    "view",
    "получить",
    "получение",
    "найти",
    "поиск",
    "список",
    "проверить",
    "узнать",
    "посчитать",
    "просмотреть",
    "просмотр",
    "рассчитать",
    "определить",
];

/// Whether a method reads, by its name alone: its last part begins as reads do, and no word of a write is in it. The parts
/// before the last one may be the names of things.
pub(crate) fn reads_by_name(last: &str) -> bool {
    let words: Vec<&str> = last.split('_').collect();
    let begins = words
        .first()
        .is_some_and(|word| READS.contains(word) || gets(word));
    // `can_add`, `user_list`: a noun before what is read of it.
    let ends = words.last().is_some_and(|word| READS.contains(word));
    (begins || ends) && !words.iter().any(|word| WRITES.contains(word))
}

/// Whether a word is `get` with what is got behind it, as in `getlist`, and no word of a write is in that.
fn gets(word: &str) -> bool {
    // A short one may be in any word, as `set` is in `settings`.
    let writes = |rest: &str| {
        let mut long = WRITES.iter().filter(|word| word.len() > 3);
        long.any(|word| rest.contains(word))
    };
    word.strip_prefix("get").is_some_and(|rest| !writes(rest))
}

/// Whether a part of a name is what is done to something, such as `read` in `notify.read.list`.
pub(crate) fn is_write(part: &str) -> bool {
    WRITES.contains(&part)
}

/// Whether the title of a page says that its method reads, and does nothing else.
pub(crate) fn reads_by_title(title: &str) -> bool {
    let title = normalize(title);
    let words: Vec<&str> = title.split(' ').collect();
    let adds = |pair: &[&str]| matches!(pair[0], "and" | "or" | "и" | "или") && is_deed(pair[1]);
    TITLES.contains(&words[0]) && !words.windows(2).any(adds)
}

/// Whether a word of a title is what its method does, other than read: `delete`, `удалить`.
fn is_deed(word: &str) -> bool {
    let ends = ["ать", "еть", "ить", "уть", "ыть", "ять"];
    let is_infinitive = ends.iter().any(|end| word.ends_with(end));
    (is_write(word) || is_infinitive) && !TITLES.contains(&word)
}

/// What an introduction says that a method does beside reading, as in "If there is none, it creates one". What else it could
/// do may be a noun as well.
const DEEDS: [&str; 14] = [
    "adds",
    "clears",
    "creates",
    "deletes",
    "marks",
    "removes",
    "resets",
    "добавляет",
    "очищает",
    "помечает",
    "сбрасывает",
    "создает",
    "создаёт",
    "удаляет",
];

/// What an introduction says that its method does other than read.
pub(crate) fn deed(introduction: &str) -> Option<&str> {
    let mut words = introduction.split(|char: char| !char.is_alphabetic());
    words.find(|word| DEEDS.contains(&word.to_lowercase().as_str()))
}

/// Whether a parameter changes something where it is set, such as `clear` in a method that gives out what it clears, or
/// `markRead`.
pub(crate) fn writes_by_param(name: &str) -> bool {
    let name = names::snake(name);
    // Some words before another say which rows are read, such as `skip_closed`.
    let begins = ["clear_", "delete_", "mark_", "remove_", "reset_"];
    // A page of a list starts somewhere.
    (name != "start" && is_write(&name)) || begins.iter().any(|word| name.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_settled_is_a_write() {
        for read in [
            "get",
            "list",
            "get_by_id",
            "getsettings",
            "user_list",
            "fields",
            "search",
        ] {
            assert!(reads_by_name(read), "{read}");
        }
        for write in [
            "cancel_list",
            "add",
            "read_all",
            "get_and_remove",
            "getandremove",
            "list_approve",
            "invite_list",
            "list_update",
            "enable",
            "",
        ] {
            assert!(!reads_by_name(write), "{write}");
        }
        assert!(is_write("read") && is_write("delegate"));
        assert!(reads_by_title("Get a list of clubs club.list"));
        assert!(reads_by_title("Получить клуб club.get"));
        assert!(!reads_by_title("Mark as read club.read.list"));
        assert!(!reads_by_title("Return the club to its owner club.get"));
        assert!(!reads_by_title("Show the club to everybody club.get"));
        assert!(!reads_by_title("Get and close a club club.get"));
        assert!(!reads_by_title("Получить клуб и закрыть его club.get"));
        assert!(reads_by_title(
            "Просмотреть область и стоимость клуба club.get"
        ));
        assert!(!reads_by_title("Get or create a club club.get"));
        assert!(!reads_by_title("Получить или создать клуб club.get"));
        assert!(writes_by_param("CLEAR") && writes_by_param("markRead"));
        assert!(!writes_by_param("start") && !writes_by_param("SKIP_CLOSED"));
        assert_eq!(
            deed("It gives out a club, or creates one."),
            Some("creates")
        );
        assert_eq!(
            deed("Возвращает клуб. Создает его, если его нет"),
            Some("Создает")
        );
        assert_eq!(deed("It returns when a club was created"), None);
    }
}
