//! Form bodies with PHP's brackets: `data[FIELDS][ID]=6675`.
//!
//! It is written by hand because `serde_qs`, the usual library for nested names, reads something else than PHP writes. It
//! refuses any index that does not count from 0, which the events of chat bots have (`data[BOT][15010][…]`), and so loses
//! the whole event; it makes a list of a field that stands twice; it keeps what is nested too deep as one long name; and it
//! bounds neither the number of names nor the size.
//!
//! One thing of PHP's is left out: it would replace dots and spaces in names.

use serde_json::Value;

use super::DeliveryError;
use super::tree::Node;

/// A few times what the largest events have. Whoever knows the handler's address may send to it.
pub(super) const MAX_BYTES: usize = 1024 * 1024;

/// How many names all fields may have in all, `a[b][c]` being three of them: each one may cost a thousand bytes.
const MAX_NAMES: usize = 10_000;

/// PHP's own bound. What walks the tree may call itself as often.
const MAX_DEPTH: usize = 64;

/// Reads a body; an object of texts, lists and objects.
pub(super) fn parse(body: &[u8]) -> Result<Value, DeliveryError> {
    if body.len() > MAX_BYTES {
        return Err(DeliveryError::malformed(
            None,
            "it is larger than 1 MiB, which no event is; let the server refuse such requests",
        ));
    }
    let mut root = Node::default();
    let mut names = 0;
    let fields = body.split(|&byte| byte == b'&');
    for (number, field) in (1..).zip(fields) {
        // PHP passes over these, too.
        if field.is_empty() {
            continue;
        }
        let malformed = |problem| DeliveryError::malformed(Some(number), problem);
        let (name, text) = split(field);
        let name = decode(name).map_err(malformed)?;
        let text = decode(text).map_err(malformed)?;
        let path = path(&name).map_err(malformed)?;
        names += path.len();
        if names > MAX_NAMES {
            return Err(malformed("it has more fields than an event can have"));
        }
        root.set(&path, text);
    }
    Ok(root.into_value())
}

/// The name and the text of a field; without `=`, the text is empty.
fn split(field: &[u8]) -> (&[u8], &[u8]) {
    match field.iter().position(|&byte| byte == b'=') {
        Some(at) => (&field[..at], &field[at + 1..]),
        None => (field, &[]),
    }
}

/// Undoes the escapes: `+` and `%20` are spaces.
///
/// A broken escape is an error although PHP lets it stand: a body that has one was cut, or decoded before.
fn decode(text: &[u8]) -> Result<String, &'static str> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(&byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hex(rest.next())
                .zip(hex(rest.next()))
                .map(|(high, low)| high * 16 + low)
                .ok_or("a % without two hexadecimal digits; pass the body as it came")?,
            _ => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8; pass the body as it came")
}

fn hex(digit: Option<&u8>) -> Option<u8> {
    let digit = char::from(*digit?).to_digit(16)?;
    u8::try_from(digit).ok()
}

/// Splits `a[b][]` into `a`, `b` and nothing.
fn path(name: &str) -> Result<Vec<&str>, &'static str> {
    let (first, mut rest) = name.split_at(name.find('[').unwrap_or(name.len()));
    if first.is_empty() {
        return Err("it has no name; pass the body as it came");
    }
    let mut path = vec![first];
    while !rest.is_empty() {
        let (inner, after) = rest
            .strip_prefix('[')
            .and_then(|rest| rest.split_once(']'))
            .ok_or("the brackets in its name do not match; pass the body as it came")?;
        if path.len() == MAX_DEPTH {
            return Err("it is nested deeper than an event can be");
        }
        path.push(inner);
        rest = after;
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(body: &str) -> Value {
        parse(body.as_bytes()).unwrap()
    }

    fn problem(body: impl AsRef<[u8]>) -> String {
        let error = parse(body.as_ref()).unwrap_err();
        assert!(error.is_malformed());
        error.to_string()
    }

    #[test]
    fn brackets_nest_escaped_or_not() {
        let nested = json!({"a": {"b": {"c": "1"}}, "d": "2"});
        assert_eq!(read("a[b][c]=1&d=2"), nested);
        assert_eq!(read("a%5Bb%5D%5bc%5d=1&d=2"), nested);
        assert_eq!(read("a[b][c]=&d[]=&d[]=x"), {
            json!({"a": {"b": {"c": ""}}, "d": ["", "x"]})
        });
        assert_eq!(
            read("data[BOT][15010][USER_ID]=7"),
            json!({"data": {"BOT": {"15010": {"USER_ID": "7"}}}})
        );
    }

    #[test]
    fn escapes_are_undone_once() {
        assert_eq!(read("a=x+y%20z%2B%2526"), json!({"a": "x y z+%26"}));
        assert_eq!(read("a+b=%D0%AF&%D1%8F=Я"), json!({"a b": "Я", "я": "Я"}));
        assert_eq!(read("a=1=2"), json!({"a": "1=2"}));
        // A bracket of a text is no bracket of a name.
        assert_eq!(read("a=[b]%5Bc%5D"), json!({"a": "[b][c]"}));
    }

    #[test]
    fn what_php_passes_over() {
        assert_eq!(read(""), json!({}));
        assert_eq!(read("&&a=1&"), json!({"a": "1"}));
        assert_eq!(read("a&b[]"), json!({"a": "", "b": [""]}));
        assert_eq!(read("a[[b]=1&a]b=2"), json!({"a": {"[b": "1"}, "a]b": "2"}));
    }

    #[test]
    fn malformed_fields_are_named_by_their_number() {
        for (body, text) in [
            ("a=1&b=%", "field 2: a % without two hexadecimal digits"),
            ("a=%f", "field 1: a %"),
            ("a=%fg", "field 1: a %"),
            ("a=%+1", "field 1: a %"),
            ("%zz=1", "field 1: a %"),
            ("a=1&&b=%ff", "field 3: it is not UTF-8"),
            ("%c3%28=1", "field 1: it is not UTF-8"),
            ("=1", "field 1: it has no name"),
            ("[a]=1", "field 1: it has no name"),
            ("a[b=1", "field 1: the brackets"),
            ("a[b]c=1", "field 1: the brackets"),
            ("a[b]]=1", "field 1: the brackets"),
            ("a[=1", "field 1: the brackets"),
        ] {
            let problem = problem(body);
            assert!(problem.contains(text), "{body}: {problem}");
        }
        assert!(problem(b"a=\xff").contains("UTF-8"));
    }

    #[test]
    fn everything_is_bounded() {
        let deep = |depth: usize| format!("a{}=1", "[b]".repeat(depth - 1));
        assert!(parse(deep(MAX_DEPTH).as_bytes()).is_ok());
        assert!(problem(deep(MAX_DEPTH + 1)).contains("nested deeper"));
        assert!(problem(deep(300_000)).contains("nested deeper"));
        assert!(problem("[".repeat(MAX_BYTES)).contains("no name"));

        let many = |fields: usize| vec!["a[]=1"; fields].join("&");
        assert!(parse(many(MAX_NAMES / 2).as_bytes()).is_ok());
        assert!(problem(many(MAX_NAMES / 2 + 1)).contains("more fields"));

        let long = |bytes: usize| format!("a={}", "x".repeat(bytes - 2));
        assert!(parse(long(MAX_BYTES).as_bytes()).is_ok());
        assert!(problem(long(MAX_BYTES + 1)).contains("larger than 1 MiB"));
        assert!(problem(long(10 * MAX_BYTES)).contains("larger than 1 MiB"));
    }
}
