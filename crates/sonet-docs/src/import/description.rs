//! What documents the generated code: the page's own words, as one line.

use super::rustdoc;
use crate::apply::UNDESCRIBED;
use crate::markup::inline;
use crate::page::Page;
use crate::words;

/// What a reader of the generated documentation sees where a page says nothing.
const UNSAID: &str = "The vendor's page does not describe it.";

/// How long a description may be, in bytes.
const LENGTH: usize = 200;

/// Who describes what is drafted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Descriptions {
    /// The page: a draft quotes the beginning of what it says of each thing.
    Quoted,
    /// A person, in words of their own: a draft says where they are missing.
    Own,
}

impl Descriptions {
    /// The description of something that the page says these sentences of, which may have markup.
    pub(super) fn of(self, sentences: &str) -> String {
        self.or(|| described(sentences))
    }

    /// The description of the method: what it does, or else its page's title.
    pub(super) fn of_method(self, page: &Page, name: &str) -> String {
        self.or(|| {
            let lines = page.introduction.iter();
            let mut deeds = lines.filter_map(|line| {
                let line = inline::with_code(line);
                words::deed(&line, name).and_then(described)
            });
            let title = || described(&without(&page.title, name));
            deeds.next().or_else(title)
        })
    }

    /// Who may call the method, unless a person describes it in English and the page says it in Russian.
    pub(super) fn of_callers(self, page: &Page) -> Option<&str> {
        let said = page.who.as_ref().map(|said| said.text.trim());
        let is_foreign = self == Self::Own && page.russian;
        said.filter(|said| !said.is_empty() && !is_foreign)
    }

    /// What warns of a parameter that a sentence of the page calls outdated.
    pub(super) fn of_outdated(self, sentence: &str) -> String {
        let says_more = self == Self::Quoted && sentence.split_whitespace().count() > 2;
        let said = says_more.then(|| ended(&capitalized(&bounded(&rustdoc::words(sentence)))));
        let said = said.map(|said| rustdoc::safe(&said));
        said.unwrap_or_else(|| "The vendor calls it outdated.".to_owned())
    }

    fn or(self, said: impl FnOnce() -> Option<String>) -> String {
        match self {
            Self::Own => UNDESCRIBED.to_owned(),
            Self::Quoted => said().unwrap_or_else(|| UNSAID.to_owned()),
        }
    }
}

/// A title without the name of its method.
fn without(title: &str, name: &str) -> String {
    let words = title.split_whitespace();
    let words: Vec<&str> = words.filter(|word| *word != name).collect();
    words.join(" ")
}

/// The first sentences that say what something is, in a line; nothing if none does.
fn described(sentences: &str) -> Option<String> {
    let first = |says: fn(&str) -> bool| {
        let mut lines = sentences.lines().filter_map(|line| in_line(line, says));
        lines.next()
    };
    // Where nothing else describes it, what begins like an aside may.
    let said = first(|sentence| !words::is_aside(sentence)).or_else(|| first(words::may_describe));
    said.map(|line| rustdoc::safe(&line))
}

/// The sentences of a line that say what something is, as many as there is room for.
fn in_line(line: &str, says: fn(&str) -> bool) -> Option<String> {
    let line = without_asides(&rustdoc::words(&inline::with_code(line)));
    let line = line.trim_start_matches(|char: char| ".,:;-—–#>*+|)".contains(char) || char == ' ');
    let mut kept = split(line)
        .into_iter()
        .map(words::without_source)
        .filter(|sentence| says(&sentence.replace('`', "")))
        .map(words::without_introduction)
        .filter(|sentence| sentence.chars().filter(|char| char.is_alphabetic()).count() > 1);
    let first = ended(&capitalized(&bounded(kept.next()?)));
    Some(kept.fold(first, |known, sentence| {
        let longer = format!("{known} {}", ended(&capitalized(sentence)));
        if longer.len() <= LENGTH {
            longer
        } else {
            known
        }
    }))
}

/// The sentences of a line, without their ends.
fn split(line: &str) -> Vec<&str> {
    let codes = inline::code_spans(line);
    let in_code = |at: usize| codes.iter().any(|(range, _)| range.contains(&at));
    let mut sentences = Vec::new();
    let mut from = 0;
    let ends = line.match_indices(' ').map(|(at, _)| at);
    for at in ends.filter(|at| line[..*at].ends_with(['.', ';', '?', '!'])) {
        let before = line[from..at].trim_end_matches(['.', ';']);
        let last = before.rsplit([' ', '(']).next().unwrap_or_default();
        let is_short = matches!(
            last,
            "e.g" | "i.e" | "etc" | "vs" | "No" | "т.е" | "т.д" | "т.п"
        );
        let is_number = last.len() < 2;
        if !in_code(at) && !is_short && !is_number {
            sentences.push(before);
            from = at + 1;
        }
    }
    sentences.push(&line[from..]);
    let trimmed = sentences.into_iter().map(str::trim);
    trimmed
        .map(|sentence| sentence.trim_end_matches('.'))
        .collect()
}

/// The text without what it says in parentheses of other things.
fn without_asides(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once('(') {
        let Some((inside, after)) = inside
            .split_once(')')
            .filter(|(in_it, _)| !in_it.contains('('))
        else {
            break;
        };
        if words::is_aside(&inside.replace('`', "")) {
            out.push_str(before.trim_end());
        } else {
            out.extend([before, "(", inside, ")"]);
        }
        rest = after;
    }
    out + rest
}

/// A sentence of which there is room, cut between words.
fn bounded(sentence: &str) -> String {
    if sentence.len() <= LENGTH {
        return sentence.to_owned();
    }
    let codes = inline::code_spans(sentence);
    let in_code = |at: &usize| codes.iter().any(|(range, _)| range.contains(at));
    let blanks = sentence.match_indices(' ').map(|(at, _)| at);
    let blanks = blanks.take_while(|at| *at <= LENGTH);
    let end = blanks.filter(|at| !in_code(at)).last();
    let cut = end.map_or("", |end| &sentence[..end]);
    format!("{}…", cut.trim_end_matches([',', '—', '–', '-', ' ']))
}

/// The sentence with its end.
fn ended(sentence: &str) -> String {
    let has_end = sentence.ends_with(['.', '!', '?', '…']);
    format!("{sentence}{}", if has_end { "" } else { "." })
}

/// The sentence with a capital letter, unless its first word is a name.
fn capitalized(sentence: &str) -> String {
    let word = sentence.split_whitespace().next().unwrap_or_default();
    let is_name = word.contains(['_', '.', '/']) || word.chars().skip(1).any(char::is_uppercase);
    let mut chars = sentence.chars();
    match chars.next() {
        Some(first) if !is_name => first.to_uppercase().chain(chars).collect(),
        _ => sentence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentences_that_say_what_something_is_are_taken() {
        for (page, said) in [
            ("the club's **number**", "The club's number."),
            (
                "Who may enter. Default — `Y`\nMore of that",
                "Who may enter.",
            ),
            (
                "Possible values:\nThe [kind](kinds.md) of `club`. See [here](x.md)",
                "The kind of `club`.",
            ),
            ("Description of the door", "Description of the door."),
            ("Detailed picture", "Detailed picture."),
            ("Default value of the door", "Default value of the door."),
            (
                "Required parameter `ID` is not passed",
                "Required parameter `ID` is not passed.",
            ),
            ("Doors, which can be obtained with club.door.list", "Doors."),
            (
                "One, if open; otherwise none",
                "One, if open. Otherwise none.",
            ),
            ("Doors by `{a: b}`, where", "Doors by `{a: b}`."),
            (
                "Doors (described below), e.g. one. Or more.",
                "Doors, e.g. one. Or more.",
            ),
            ("The doors:", "The doors."),
            ("Is it open? Possible values:", "Is it open?"),
            ("— `a_b`, a door", "`a_b`, a door."),
            ("ufDoor of `x. y`", "ufDoor of `x. y`."),
            ("Дверь клуба. По умолчанию — `Y`", "Дверь клуба."),
        ] {
            assert_eq!(described(page).as_deref(), Some(said), "{page}");
        }
        for page in [
            "",
            "-",
            "Required.",
            "Required parameter",
            "`x`\n1. 2",
            "See [more](x.md).",
            "Default — `Y` for guests",
            "Description of its fields is given below",
        ] {
            assert_eq!(described(page), None, "{page}");
        }
    }

    #[test]
    fn what_is_long_is_cut_between_words() {
        let long = format!("{} `{}", "door ".repeat(36), "a ".repeat(30)) + "`";
        let said = described(&long).unwrap();
        assert!(said.ends_with("door…"), "{said}");
        assert!(said.len() <= LENGTH + 3, "{said}");
        let two = format!("A door. {}", "Another ".repeat(30));
        assert_eq!(described(&two).as_deref(), Some("A door."));
    }

    #[test]
    fn a_method_is_described_by_what_it_does() {
        let page = |title: &str, introduction: &[&str]| Page {
            title: title.to_owned(),
            introduction: introduction.iter().map(|line| (*line).to_owned()).collect(),
            ..Page::default()
        };
        let of = |page: &Page| Descriptions::Quoted.of_method(page, "club.open");
        let title = "Open a club club.open";
        let lines = [
            "Clubs are old.",
            "The method `club.open` opens [a club](x.md). It is big.",
        ];
        assert_eq!(of(&page(title, &lines)), "Opens a club. It is big.");
        assert_eq!(of(&page(title, &lines[..1])), "Open a club.");
        assert_eq!(of(&page("club.open", &[])), UNSAID);
        let own = Descriptions::Own.of_method(&page(title, &lines), "club.open");
        assert_eq!(own, UNDESCRIBED);
    }
}
