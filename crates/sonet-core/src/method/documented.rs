//! Which documented error an answer means.

/// An error that a method documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Documented {
    /// The spec's name of it.
    pub name: &'static str,
    /// The wire's `error`; often empty.
    pub code: &'static str,
    /// The wire's `error_description`.
    pub text: &'static str,
    /// Whether the text follows the portal's language, so that only the code tells.
    pub localized: bool,
}

impl Documented {
    /// Finds the error that an answer means: by its code, and where the code says nothing, by its text.
    ///
    /// A number as a code says nothing: most methods of `tasks.api.scrum` answer `0` whatever went wrong, and others
    /// undocumented numbers beside the documented text. A text may come with or without its full stop, and what stands in
    /// braces in it is the name or value at hand.
    pub(crate) fn find(errors: &[Self], code: &str, text: &str) -> Option<&'static str> {
        let by_code = errors
            .iter()
            .find(|e| says_something(e.code) && e.code.eq_ignore_ascii_case(code));
        let by_text = || {
            errors
                .iter()
                .find(|e| !e.localized && is_text(e.text, text))
        };
        by_code.or_else(by_text).map(|e| e.name)
    }
}

/// Whether a code tells errors apart.
fn says_something(code: &str) -> bool {
    !code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is the documented one.
fn is_text(documented: &str, text: &str) -> bool {
    fn bare(text: &str) -> &str {
        text.trim().trim_end_matches('.')
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
        Documented {
            name: "WrongGroupId",
            code: "",
            text: "Wrong group ID",
            localized: false,
        },
        Documented {
            name: "Failed",
            code: "",
            text: "Cannot complete operation.",
            localized: false,
        },
        Documented {
            name: "WrongImage",
            code: "ERROR_IMAGE_ID",
            text: "Image",
            localized: true,
        },
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
    fn numbers_as_codes_say_nothing() {
        const NUMBERED: &[Documented] = &[
            Documented {
                name: "NoPermission",
                code: "0",
                text: "Access denied",
                localized: false,
            },
            Documented {
                name: "MissingParameter",
                code: "100",
                text: "Could not find value for parameter {id}",
                localized: false,
            },
            Documented {
                name: "WrongParameter",
                code: "100",
                text: "Invalid value {text} to match with parameter {id}. Should be of type int.",
                localized: false,
            },
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
