//! Names that were probably changed.

use crate::docs::page::Item;

/// How alike two names must be.
const ALIKE: f64 = 0.7;

/// Which missing name has which new one; the most similar ones first, each at most once.
pub(super) fn likely(missing: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (old, name) in missing.iter().enumerate() {
        for (now, other) in new.iter().enumerate() {
            let alike = alike(name, other);
            if alike >= ALIKE {
                pairs.push((alike, old, now));
            }
        }
    }
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for (_, old, now) in pairs {
        if taken
            .iter()
            .all(|(one, other)| *one != old && *other != now)
        {
            taken.push((old, now));
        }
    }
    taken
}

/// How alike two names are, whatever their case and word marks.
fn alike(one: &str, other: &str) -> f64 {
    let letters = |name: &str| name.to_lowercase().replace(['_', ' '], "");
    strsim::normalized_damerau_levenshtein(&letters(one), &letters(other))
}

/// The items that the spec does not have.
pub(super) fn unknown<'i>(items: &'i [Item], known: &[&str]) -> Vec<&'i Item> {
    let unknown = items
        .iter()
        .filter(|item| !known.contains(&item.name.as_str()));
    unknown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_similar_names_are_paired() {
        assert_eq!(
            likely(&["GROUP_ID", "NAME"], &["groupId", "TITLE"]),
            [(0, 0)]
        );
        assert_eq!(
            likely(&["DATE_FROM", "DATE_TO"], &["DATES_TO", "DATES_FROM"]),
            [(0, 1), (1, 0)]
        );
        assert_eq!(likely(&["OPENED"], &["CLOSED"]), []);
    }
}
