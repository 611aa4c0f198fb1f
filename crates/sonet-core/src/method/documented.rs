//! Which documented error an answer means.

/// An error that a method documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "it describes an error; `Method::ERRORS` takes it"]
pub struct Documented {
    name: &'static str,
    code: &'static str,
    text: &'static str,
    localized: bool,
}

impl Documented {
    /// Describes an error by its name, the wire's `error`, which is often empty, and the wire's `error_description`.
    pub const fn new(name: &'static str, code: &'static str, text: &'static str) -> Self {
        Self {
            name,
            code,
            text,
            localized: false,
        }
    }

    /// Says that the text follows the portal's language, so that only the code tells. Default: it is in English always.
    pub const fn localized(mut self) -> Self {
        self.localized = true;
        self
    }

    /// The name: what [`NamedRefusal::name`](crate::NamedRefusal::name) gives, too.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The wire's `error`; often empty.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The wire's `error_description`.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// Finds the error that an answer means: by its code, and where the code says nothing or several have it, by its text.
    ///
    /// A short number as a code says nothing: most methods of `tasks.api.scrum` answer `0` whatever went wrong, and others
    /// undocumented numbers beside the documented text. Neither does `ERROR_CORE`, the old core's word for whatever went
    /// wrong. Nor does an empty text. A text may come with or without its full stop or a line break of HTML, and what stands in
    /// braces in it is the name or value at hand.
    pub(crate) fn find(errors: &[Self], code: &str, text: &str) -> Option<&'static str> {
        let has_code = |e: &&Self| says_something(e.code) && e.code.eq_ignore_ascii_case(code);
        let has_text = |e: &&Self| !e.localized && !e.text.is_empty() && is_text(e.text, text);
        let mut by_code = errors.iter().filter(has_code);
        let found = match (by_code.next(), by_code.next()) {
            (Some(only), None) => Some(only),
            (Some(_), Some(_)) => errors.iter().filter(has_code).find(has_text),
            (None, _) => errors.iter().find(has_text),
        };
        found.map(|e| e.name)
    }
}

/// The code of whatever went wrong in the old core.
const CORE: &str = "ERROR_CORE";

/// Numbers of so many digits are given out one by one, as `201440400003` is; shorter ones mean whatever went wrong.
const LONG: usize = 6;

/// Whether a code tells errors apart.
fn says_something(code: &str) -> bool {
    let is_number = code.bytes().all(|byte| byte.is_ascii_digit());
    (!is_number || code.len() >= LONG) && !code.eq_ignore_ascii_case(CORE)
}

/// Whether a text is the documented one.
fn is_text(documented: &str, text: &str) -> bool {
    fn bare(text: &str) -> &str {
        let text = text.trim();
        let text = text.strip_suffix("<br>").unwrap_or(text);
        text.trim_end().trim_end_matches('.')
    }
    let (documented, mut text) = (bare(documented), bare(text));
    let mut pieces = documented.split('{');
    let Some(rest) = pieces.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    text = rest;
    for piece in pieces {
        // A brace that nothing closes is text.
        let Some((_, behind)) = piece.split_once('}') else {
            return text.strip_prefix('{') == Some(piece);
        };
        // What is at hand may have braces itself; behind it stands what is documented.
        let end = format!("}}{behind}");
        let Some(at) = text.strip_prefix('{').and_then(|text| text.find(&end)) else {
            return false;
        };
        text = &text[1 + at + end.len()..];
    }
    text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ERRORS: &[Documented] = &[
        Documented::new("WrongGroupId", "", "Wrong group ID"),
        Documented::new("Failed", "", "Cannot complete operation."),
        Documented::new("WrongImage", "ERROR_IMAGE_ID", "Image").localized(),
    ];

    #[test]
    fn errors_are_known_by_code_or_text() {
        assert_eq!(
            Documented::find(ERRORS, "", "Wrong group ID"),
            Some("WrongGroupId")
        );
        assert_eq!(
            Documented::find(ERRORS, "100", "Wrong group ID"),
            Some("WrongGroupId")
        );
        assert_eq!(
            Documented::find(ERRORS, "", "Cannot complete operation"),
            Some("Failed")
        );
        assert_eq!(
            Documented::find(ERRORS, "error_image_id", "Bild"),
            Some("WrongImage")
        );
        assert_eq!(
            Documented::find(ERRORS, "", "Image"),
            None,
            "a localized text says nothing"
        );
        assert_eq!(Documented::find(ERRORS, "", "Wrong"), None);
        assert_eq!(Documented::find(ERRORS, "", "Wrong group ID: 7"), None);
        assert_eq!(Documented::find(ERRORS, "", ""), None);
    }

    #[test]
    fn several_errors_of_one_code_are_told_apart_by_their_texts() {
        const SHARED: &[Documented] = &[
            Documented::new("NoTitle", "ERROR_CORE", "Title not specified"),
            Documented::new("WrongStatus", "ERROR_CORE", "Invalid status<br>"),
            Documented::new("WrongPost", "ERROR_UPDATE", "Wrong post ID"),
            Documented::new("NoPost", "ERROR_UPDATE", "No post found"),
            Documented::new("NoBlog", "ERROR_BLOG", "No blog found"),
        ];
        let find = |code, text| Documented::find(SHARED, code, text);
        assert_eq!(find("ERROR_UPDATE", "No post found"), Some("NoPost"));
        assert_eq!(find("ERROR_UPDATE", "Title not specified"), None);
        assert_eq!(find("ERROR_UPDATE", "Kein Beitrag"), None);
        assert_eq!(find("ERROR_BLOG", "Kein Blog"), Some("NoBlog"));
        assert_eq!(
            find("ERROR_CORE", "Title not specified<br>"),
            Some("NoTitle")
        );
        assert_eq!(find("ERROR_CORE", "Invalid status"), Some("WrongStatus"));
        assert_eq!(find("ERROR_CORE", "Something else"), None);
        // The old core's word says nothing even where one error alone has it.
        assert_eq!(
            Documented::find(&SHARED[..1], "ERROR_CORE", "Failure"),
            None
        );
    }

    #[test]
    fn long_numbers_as_codes_tell_errors_without_a_text() {
        const LONG: &[Documented] = &[
            Documented::new("NoRight", "201440400003", "").localized(),
            Documented::new("Gone", "201440400004", ""),
            Documented::new("Full", "7", "No room"),
        ];
        let find = |code, text| Documented::find(LONG, code, text);
        assert_eq!(find("201440400003", "Kein Recht"), Some("NoRight"));
        assert_eq!(find("201440400004", "it went"), Some("Gone"));
        assert_eq!(find("201440400005", ""), None, "nothing is no text");
        assert_eq!(find("7", "else"), None);
    }

    #[test]
    fn numbers_as_codes_say_nothing() {
        const NUMBERED: &[Documented] = &[
            Documented::new("NoPermission", "0", "Access denied"),
            Documented::new(
                "MissingParameter",
                "100",
                "Could not find value for parameter {id}",
            ),
            Documented::new(
                "WrongParameter",
                "100",
                "Invalid value {text} to match with parameter {id}. Should be of type int.",
            ),
        ];
        fn find(code: &str, text: &str) -> Option<&'static str> {
            Documented::find(NUMBERED, code, text)
        }
        assert_eq!(find("0", "Access denied"), Some("NoPermission"));
        assert_eq!(find("100", "Access denied"), Some("NoPermission"));
        assert_eq!(find("0", "Something else"), None);
        assert_eq!(find("100", ""), None);
        assert_eq!(
            find("100", "Could not find value for parameter {fields}"),
            Some("MissingParameter")
        );
        assert_eq!(find("100", "Could not find value for parameter id"), None);
        for value in ["{x}", "{}", "{a{b}c}"] {
            let text = format!(
                "Invalid value {value} to match with parameter {{id}}. Should be of type int"
            );
            assert_eq!(find("100", &text), Some("WrongParameter"), "{text}");
        }
        assert!(is_text("a { b", "a { b") && !is_text("a { b", "a { c"));
    }
}
