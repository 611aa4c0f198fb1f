//! Who may call a method, as people say it.

use crate::words;

/// Who may do something, whatever the language says it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
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
pub(crate) fn roles(text: &str) -> Vec<Role> {
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
    fn roles_are_the_same_in_both_languages() {
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
            assert_eq!(roles(english), roles(russian), "{english}");
        }
        assert_eq!(
            roles("any user except extranet users"),
            roles("любой пользователь, кроме экстранет-пользователей")
        );
        assert_ne!(roles("any user"), roles("any user except guests"));
        assert_ne!(roles("the owner"), roles("the owner or a moderator"));
        assert_ne!(roles("any user"), roles("any user with access to the club"));
    }
}
