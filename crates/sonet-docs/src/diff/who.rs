//! Who may call a method, as people say it.

use crate::words;

/// Who may do something, whatever the language says it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Anyone,
    Administrator,
    Owner,
    /// A moderator.
    Moderator,
    /// A user with some right.
    Permitted,
    /// Not everybody of those.
    Excepted,
}

/// Reads who may do something; what stands after a semicolon is about something else.
pub(super) fn who(text: &str) -> Vec<Role> {
    let text = words::normalize(text.split(';').next().unwrap_or_default());
    let has = |stems: &[&str]| stems.iter().any(|stem| text.contains(stem));
    let condition = [
        " with ",
        " who ",
        " right",
        " permission",
        " access",
        " с ",
        "прав",
        "доступ",
    ];
    let except = [
        "except",
        "other than",
        "excluding",
        "but not",
        "unless",
        "кроме",
        "исключ",
        "но не ",
        "если не ",
    ];
    let user = has(&["user", "пользовател"]);
    let roles = [
        (
            Role::Anyone,
            has(&["any user", "любой пользователь"]) && !has(&condition),
        ),
        (
            Role::Administrator,
            has(&["administrator", "администратор"]),
        ),
        (Role::Owner, has(&["owner", "владел"])),
        (Role::Moderator, has(&["moderator", "модератор"])),
        (Role::Permitted, user && has(&condition)),
        (Role::Excepted, has(&except)),
    ];
    let held = roles.into_iter().filter(|(_, held)| *held);
    held.map(|(role, _)| role).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_is_the_same_in_both_languages() {
        for (english, russian) in [
            ("any user", "любой пользователь"),
            ("an administrator", "администратор"),
            (
                "administrator or owner of the club",
                "администратор или владелец клуба",
            ),
            (
                "a user who may open clubs",
                "пользователь с правом открывать клубы",
            ),
            ("any user; an administrator sees all", "любой пользователь"),
        ] {
            assert_eq!(who(english), who(russian), "{english}");
        }
        assert_eq!(
            who("any user except extranet users"),
            who("любой пользователь, кроме экстранет-пользователей")
        );
        assert_ne!(who("any user"), who("any user except guests"));
        assert_ne!(who("the owner"), who("the owner or a moderator"));
        assert_ne!(who("any user"), who("any user with access to the club"));
    }
}
