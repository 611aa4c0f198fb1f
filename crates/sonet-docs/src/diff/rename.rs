//! Names that were probably changed.

use crate::page::Item;

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

/// Names in the order that they stand in.
pub(super) struct Order<'n> {
    pub(super) spec: &'n [&'n str],
    pub(super) page: &'n [&'n str],
}

/// As [`likely`], and those that stand between the same two names in the spec and on the page, if what they are `fits`.
pub(super) fn likely_or_in_place(
    missing: &[&str],
    new: &[&str],
    order: &Order<'_>,
    fits: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let mut pairs = likely(missing, new);
    for (old, name) in missing.iter().enumerate() {
        let place = around(order.spec, name);
        let taken = |pairs: &[(usize, usize)], now| {
            let mut pairs = pairs.iter();
            pairs.any(|(one, other)| *one == old || *other == now)
        };
        let mut others = new.iter().enumerate();
        let found = others.find(|(now, other)| {
            !taken(&pairs, *now) && around(order.page, other) == place && fits(old, *now)
        });
        pairs.extend(found.map(|(now, _)| (old, now)));
    }
    pairs
}

/// The names before and after one.
fn around<'n>(names: &[&'n str], name: &str) -> Option<(Option<&'n str>, Option<&'n str>)> {
    let at = names.iter().position(|other| *other == name)?;
    let before = at.checked_sub(1).and_then(|at| names.get(at));
    Some((before.copied(), names.get(at + 1).copied()))
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
