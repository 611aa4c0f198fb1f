//! The words of notices: with which status something is answered, how long a page is.

/// The sentences of a text, without the stops behind them.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines();
    let sentences = lines
        .flat_map(|line| line.split(". "))
        .flat_map(|text| text.split("; "));
    sentences.map(|sentence| sentence.trim().trim_end_matches('.'))
}

/// The numbers of a line such as `HTTP status: 400`. `40x` is none.
pub(crate) fn statuses(text: &str) -> Vec<String> {
    let lower = text.trim().to_lowercase();
    let starts: &[&str] = match lower.strip_prefix("http") {
        Some(_) => &["status", "code", "response", "статус", "код", "ответ"],
        None => &[
            "status",
            "response status",
            "response code",
            "статус",
            "код ответа",
        ],
    };
    let rest = lower.strip_prefix("http").unwrap_or(&lower);
    let rest = rest.trim_start_matches([' ', '-', '\u{2011}']);
    if !starts.iter().any(|start| rest.starts_with(start)) {
        return Vec::new();
    }
    let words = rest.split(|char: char| !char.is_alphanumeric());
    let codes = words.filter(|word| {
        word.len() == 3
            && word.starts_with(['2', '3', '4', '5'])
            && word.bytes().all(|byte| byte.is_ascii_digit())
    });
    codes.map(str::to_owned).collect()
}

/// The sizes of a page of an answer that a line names: in words, and in the formula for an offset.
pub(crate) fn page_sizes(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let squeezed: String = lower.chars().filter(|char| !char.is_whitespace()).collect();
    let formula = squeezed.split_once("(n-1)*").map(|(_, rest)| rest);
    let said = [
        "page size",
        "size of a page",
        "second page",
        "per page",
        "размер страницы",
        "вторую страницу",
        "на странице",
        "на страницу",
    ];
    let sentence =
        sentences(&lower).find(|sentence| said.iter().any(|word| sentence.contains(word)));
    let number = |text: &str| {
        let digits = text.split(|char: char| !char.is_ascii_digit());
        let mut digits = digits.filter(|digits| !digits.is_empty());
        digits.next().map(str::to_owned)
    };
    let said = sentence.and_then(number);
    let formula = formula.filter(|rest| rest.starts_with(|char: char| char.is_ascii_digit()));
    let mut sizes: Vec<String> = said.into_iter().chain(formula.and_then(number)).collect();
    sizes.dedup();
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_stand_in_lines_of_their_own() {
        assert_eq!(statuses("HTTP status: 200"), ["200"]);
        assert_eq!(statuses("HTTP-статус: 400, 403"), ["400", "403"]);
        assert_eq!(statuses("HTTP Status: 20x, 40x"), [""; 0]);
        assert_eq!(statuses("Status code: 403"), ["403"]);
        assert_eq!(statuses("Код ответа: 403"), ["403"]);
        assert_eq!(statuses("Response with 250 rows"), [""; 0]);
        assert_eq!(statuses("An HTTP status: 400"), [""; 0]);
    }

    #[test]
    fn sizes_of_pages_stand_in_words_and_in_a_formula() {
        assert_eq!(
            page_sizes("The page size is always static: 50 records."),
            ["50"]
        );
        assert_eq!(
            page_sizes("Размер страницы результатов — 50 записей."),
            ["50"]
        );
        assert_eq!(
            page_sizes("Formula: start = (N-1) * 100, where N is the page"),
            ["100"]
        );
        assert_eq!(
            page_sizes("To get the second page, pass 50; the third — 100"),
            ["50"]
        );
        assert_eq!(page_sizes("A stage must be a multiple of 100"), [""; 0]);
    }
}
