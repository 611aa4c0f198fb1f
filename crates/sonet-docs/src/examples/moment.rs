//! Dates as pages write them, for which a typed request has moments.

/// A date, or a moment without its offset, as the moment that a request may send for it; a moment as it is. The server reads
/// what has no offset in a zone of its own, so which moment it is does not matter here.
pub(super) fn with_offset(text: &str) -> Option<String> {
    // A command of a shell, a call in a program, or `**put_current_date_here**`: whoever calls has a moment.
    if text.starts_with("**") || text.ends_with(')') {
        return Some("1970-01-01T00:00:00+00:00".to_owned());
    }
    let (date, time) = match text.trim().split_once(['T', ' ']) {
        Some((date, time)) => (date, time.trim()),
        None => (text.trim(), ""),
    };
    let numbers: Vec<&str> = date.split(['-', '.', '/']).collect();
    let [first, second, third] = numbers.as_slice() else {
        return None;
    };
    // `2026-03-19`, `19.03.2026` and `03/19/2026`.
    let (year, month, day) = match (first.len(), date.contains('/')) {
        (4, _) => (first, second, third),
        (_, false) => (third, second, first),
        (_, true) => (third, first, second),
    };
    let number = |text: &str, most: u32| text.parse().ok().filter(|number: &u32| *number <= most);
    let (month, day) = (number(month, 12)?, number(day, 31)?);
    let year = number(year, 9999)?;
    let (clock, offset) = match time.find(['Z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => (time, "+00:00"),
    };
    let clock = match clock.trim().len() {
        0 => "00:00:00".to_owned(),
        5 => format!("{clock}:00"),
        _ => clock.trim().to_owned(),
    };
    Some(format!("{year:04}-{month:02}-{day:02}T{clock}{offset}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_offset_gets_one() {
        for (text, moment) in [
            ("2026-03-19T15:01:27+03:00", "2026-03-19T15:01:27+03:00"),
            ("2026-03-19T15:01:27", "2026-03-19T15:01:27+00:00"),
            ("2026-03-19 15:01", "2026-03-19T15:01:00+00:00"),
            ("2026-03-19", "2026-03-19T00:00:00+00:00"),
            ("19.03.2026", "2026-03-19T00:00:00+00:00"),
            ("03/19/2026", "2026-03-19T00:00:00+00:00"),
            ("$(date -Iseconds)", "1970-01-01T00:00:00+00:00"),
            ("formatDate(monthAgo)", "1970-01-01T00:00:00+00:00"),
        ] {
            assert_eq!(with_offset(text).as_deref(), Some(moment), "{text}");
        }
        assert_eq!(with_offset("tomorrow"), None);
        assert_eq!(with_offset("33.33.2026"), None);
    }
}
