//! What holds for the reading of parameters, whatever is sent. The encoder in here shares nothing
//! with the parser, and the vectors come from other programs.

use super::brackets::parse;
use super::json;
use super::output::Json;
use super::value::{Array, Value};
use proptest::collection::{hash_map, vec};
use proptest::prelude::*;
use std::collections::HashMap;
use std::fmt::Write;

/// What a client wants to send.
#[derive(Debug, Clone)]
enum Tree {
    Leaf(String),
    List(Vec<Tree>),
    Map(HashMap<String, Tree>),
}

/// How a client writes it.
#[derive(Debug, Clone, Copy)]
struct Style {
    /// `+` for a space instead of `%20`.
    plus: bool,
    /// Brackets as they are instead of `%5B` and `%5D`.
    bare_brackets: bool,
    /// `[]` for the items of a list of texts instead of their numbers.
    unnumbered: bool,
}

fn trees() -> impl Strategy<Value = Tree> {
    let leaf = any::<String>().prop_map(Tree::Leaf);
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 1..6).prop_map(Tree::List),
            // Any key but one with a bracket, and but those that PHP takes for an empty one.
            hash_map("[^\\[\\]\\s][^\\[\\]]{0,8}", inner, 1..6).prop_map(Tree::Map),
        ]
    })
}

/// Parameters under names that no PHP mangles.
fn forms() -> impl Strategy<Value = HashMap<String, Tree>> {
    hash_map("[A-Za-z_][A-Za-z0-9_]{0,8}", trees(), 0..5)
}

fn styles() -> impl Strategy<Value = Style> {
    any::<(bool, bool, bool)>().prop_map(|(plus, bare_brackets, unnumbered)| Style {
        plus,
        bare_brackets,
        unnumbered,
    })
}

fn escape(text: &str, style: Style) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                escaped.push(char::from(byte));
            }
            b' ' if style.plus => escaped.push('+'),
            _ => write!(escaped, "%{byte:02X}").unwrap(),
        }
    }
    escaped
}

fn write_tree(fields: &mut Vec<String>, name: &str, tree: &Tree, style: Style) {
    let (open, close) = if style.bare_brackets {
        ("[", "]")
    } else {
        ("%5B", "%5D")
    };
    match tree {
        Tree::Leaf(text) => fields.push(format!("{name}={}", escape(text, style))),
        Tree::List(items) => {
            let plain = items.iter().all(|item| matches!(item, Tree::Leaf(_)));
            for (n, item) in items.iter().enumerate() {
                let key = if plain && style.unnumbered {
                    String::new()
                } else {
                    n.to_string()
                };
                write_tree(fields, &format!("{name}{open}{key}{close}"), item, style);
            }
        }
        Tree::Map(map) => {
            for (key, item) in map {
                let key = escape(key, style);
                write_tree(fields, &format!("{name}{open}{key}{close}"), item, style);
            }
        }
    }
}

/// Whether a parsed value is what was meant.
fn same(value: Option<&Value>, tree: &Tree) -> bool {
    match (value, tree) {
        (Some(Value::Text(text)), Tree::Leaf(meant)) => text == meant,
        (Some(Value::Array(array)), Tree::List(items)) => {
            let mut numbered = items.iter().enumerate();
            array.is_list()
                && array.len() == items.len()
                && numbered.all(|(n, item)| same(array.get(&n.to_string()), item))
        }
        (Some(Value::Array(array)), Tree::Map(map)) => same_map(array, map),
        _ => false,
    }
}

fn same_map(array: &Array, map: &HashMap<String, Tree>) -> bool {
    let mut entries = map.iter();
    array.len() == map.len() && entries.all(|(key, tree)| same(array.get(key), tree))
}

/// The same as JSON.
fn to_json(tree: &Tree) -> serde_json::Value {
    match tree {
        Tree::Leaf(text) => text.as_str().into(),
        Tree::List(items) => items.iter().map(to_json).collect(),
        Tree::Map(map) => {
            let entries = map.iter().map(|(key, tree)| (key.clone(), to_json(tree)));
            serde_json::Value::Object(entries.collect())
        }
    }
}

proptest! {
    #[test]
    fn what_is_encoded_is_read_back(form in forms(), style in styles()) {
        let mut fields = Vec::new();
        for (name, tree) in &form {
            write_tree(&mut fields, name, tree, style);
        }
        let text = fields.join("&");
        prop_assert!(same_map(&parse(text.as_bytes()), &form), "{}", text);
    }

    #[test]
    fn json_is_read_back(form in forms()) {
        let body = to_json(&Tree::Map(form.clone())).to_string();
        let Ok(Value::Array(array)) = json::parse(body.as_bytes()) else {
            return Err(TestCaseError::fail(body));
        };
        prop_assert!(same_map(&array, &form), "{}", body);
    }

    #[test]
    fn what_is_printed_is_json(form in forms()) {
        let meant = to_json(&Tree::Map(form));
        let value = json::parse(meant.to_string().as_bytes()).unwrap();
        let printed = Json::from(&value).to_string();
        prop_assert!(printed.is_ascii());
        let read: serde_json::Value = serde_json::from_str(&printed).unwrap();
        // Printed as PHP does, maps with the keys of a list are lists; both read the same.
        let again = json::parse(read.to_string().as_bytes()).unwrap();
        prop_assert_eq!(Json::from(&again).to_string(), printed);
    }

    #[test]
    fn anything_is_read_without_a_panic(bytes in vec(any::<u8>(), 0..200)) {
        parse(&bytes);
    }

    #[test]
    fn anything_with_brackets_is_read_without_a_panic(text in "[ab\\[\\]=&%5BD+. ]{0,60}") {
        for (name, _) in parse(text.as_bytes()).iter() {
            prop_assert!(!name.is_empty() && !name.contains([' ', '.']), "{name:?} in {text:?}");
        }
    }
}

/// Texts as Python writes them: `urlencode({"k[x]": …})`, and `quote(…, safe="")` for the second.
const PYTHON: [(&str, &str, &str); 16] = [
    ("", "k%5Bx%5D=", "k%5Bx%5D="),
    ("a b", "k%5Bx%5D=a+b", "k%5Bx%5D=a%20b"),
    ("a+b", "k%5Bx%5D=a%2Bb", "k%5Bx%5D=a%2Bb"),
    ("100%", "k%5Bx%5D=100%25", "k%5Bx%5D=100%25"),
    ("a&b=c", "k%5Bx%5D=a%26b%3Dc", "k%5Bx%5D=a%26b%3Dc"),
    (
        "Яблоко",
        "k%5Bx%5D=%D0%AF%D0%B1%D0%BB%D0%BE%D0%BA%D0%BE",
        "k%5Bx%5D=%D0%AF%D0%B1%D0%BB%D0%BE%D0%BA%D0%BE",
    ),
    (
        "日本語",
        "k%5Bx%5D=%E6%97%A5%E6%9C%AC%E8%AA%9E",
        "k%5Bx%5D=%E6%97%A5%E6%9C%AC%E8%AA%9E",
    ),
    ("😀", "k%5Bx%5D=%F0%9F%98%80", "k%5Bx%5D=%F0%9F%98%80"),
    ("a[b]c", "k%5Bx%5D=a%5Bb%5Dc", "k%5Bx%5D=a%5Bb%5Dc"),
    (
        "~-_.!*'()",
        "k%5Bx%5D=~-_.%21%2A%27%28%29",
        "k%5Bx%5D=~-_.%21%2A%27%28%29",
    ),
    ("\r\n\t", "k%5Bx%5D=%0D%0A%09", "k%5Bx%5D=%0D%0A%09"),
    (
        "\"<>\\^`{|}",
        "k%5Bx%5D=%22%3C%3E%5C%5E%60%7B%7C%7D",
        "k%5Bx%5D=%22%3C%3E%5C%5E%60%7B%7C%7D",
    ),
    (
        "a/b?c#d",
        "k%5Bx%5D=a%2Fb%3Fc%23d",
        "k%5Bx%5D=a%2Fb%3Fc%23d",
    ),
    ("%41", "k%5Bx%5D=%2541", "k%5Bx%5D=%2541"),
    ("é\u{301}", "k%5Bx%5D=%C3%A9%CC%81", "k%5Bx%5D=%C3%A9%CC%81"),
    (
        "$result[a][0]",
        "k%5Bx%5D=%24result%5Ba%5D%5B0%5D",
        "k%5Bx%5D=%24result%5Ba%5D%5B0%5D",
    ),
];

#[test]
fn what_python_writes_is_read() {
    for (text, urlencoded, quoted) in PYTHON {
        for form in [urlencoded, quoted] {
            let array = parse(form.as_bytes());
            let value = array.get("k").and_then(Value::as_array).unwrap().get("x");
            assert_eq!(value, Some(&Value::Text(text.to_owned())), "{form}");
        }
    }
}

#[test]
fn what_the_manual_of_php_writes_is_read() {
    for (form, expected) in [
        // parse_str
        (
            "first=value&arr[]=foo+bar&arr[]=baz",
            r#"{"first":"value","arr":["foo bar","baz"]}"#,
        ),
        ("My Value=Something", r#"{"My_Value":"Something"}"#),
        // http_build_query: simple, with numbers, and nested
        (
            "foo=bar&baz=boom&cow=milk&php=hypertext+processor",
            r#"{"foo":"bar","baz":"boom","cow":"milk","php":"hypertext processor"}"#,
        ),
        (
            "0=foo&1=bar&2=baz&3=boom&cow=milk&php=hypertext+processor",
            r#"{"0":"foo","1":"bar","2":"baz","3":"boom","cow":"milk","php":"hypertext processor"}"#,
        ),
        (
            "user%5Bname%5D=Bob+Smith&user%5Bage%5D=47&user%5Bsex%5D=M&user%5Bdob%5D=5%2F12%2F1956&pastimes%5B0%5D=golf&pastimes%5B1%5D=opera&pastimes%5B2%5D=poker&pastimes%5B3%5D=rap&children%5Bbobby%5D%5Bage%5D=12&children%5Bbobby%5D%5Bsex%5D=M&children%5Bsally%5D%5Bage%5D=8&children%5Bsally%5D%5Bsex%5D=F&flags_0=CEO",
            r#"{"user":{"name":"Bob Smith","age":"47","sex":"M","dob":"5\/12\/1956"},"pastimes":["golf","opera","poker","rap"],"children":{"bobby":{"age":"12","sex":"M"},"sally":{"age":"8","sex":"F"}},"flags_0":"CEO"}"#,
        ),
        // The vendor's page on encoding.
        (
            "fields[TITLE]=My%20company&fields[PHONE][0][VALUE]=112233&fields[PHONE][0][VALUE_TYPE]=WORK&fields[PHONE][1][VALUE]=555888112&fields[PHONE][1][VALUE_TYPE]=OTHER",
            r#"{"fields":{"TITLE":"My company","PHONE":[{"VALUE":"112233","VALUE_TYPE":"WORK"},{"VALUE":"555888112","VALUE_TYPE":"OTHER"}]}}"#,
        ),
        (
            "fields[TITLE]=John&Martin",
            r#"{"fields":{"TITLE":"John"},"Martin":""}"#,
        ),
        (
            "fields[TITLE]=John%26Martin",
            r#"{"fields":{"TITLE":"John&Martin"}}"#,
        ),
    ] {
        let read = Json::from(&Value::Array(parse(form.as_bytes()))).to_string();
        assert_eq!(read, expected, "{form}");
    }
}
