//! Names that were probably changed.

/// How alike two names must be.
const MIN_SIMILARITY: f64 = 0.7;

/// Which missing name has which new one, by their indexes. Each has at most one.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Renames(Vec<(usize, usize)>);

impl Renames {
    /// Pairs the names that are alike, the most similar ones first.
    pub(crate) fn likely(missing: &[&str], new: &[&str]) -> Self {
        let mut pairs = Vec::new();
        for (old, name) in missing.iter().enumerate() {
            for (now, other) in new.iter().enumerate() {
                let similarity = similarity(name, other);
                if similarity >= MIN_SIMILARITY {
                    pairs.push((similarity, old, now));
                }
            }
        }
        pairs.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut renames = Self::default();
        for (_, old, now) in pairs {
            renames.pair(old, now);
        }
        renames
    }

    /// As [`Renames::likely`], and pairs those that stand between the same two names in the spec and on the page, if what
    /// they are `fits`.
    pub(crate) fn likely_or_in_place(
        missing: &[&str],
        new: &[&str],
        order: &Order<'_>,
        fits: impl Fn(usize, usize) -> bool,
    ) -> Self {
        let mut renames = Self::likely(missing, new);
        for (old, name) in missing.iter().enumerate() {
            let place = around(order.spec, name);
            let mut others = new.iter().enumerate();
            let found = others.find(|(now, other)| {
                renames.is_free(old, *now) && around(order.page, other) == place && fits(old, *now)
            });
            if let Some((now, _)) = found {
                renames.pair(old, now);
            }
        }
        renames
    }

    /// The new name of a missing one.
    pub(crate) fn new_of(&self, missing: usize) -> Option<usize> {
        let mut pairs = self.0.iter();
        pairs.find(|(old, _)| *old == missing).map(|(_, now)| *now)
    }

    /// Whether a new name is that of nothing missing.
    pub(crate) fn is_new(&self, new: usize) -> bool {
        self.0.iter().all(|(_, now)| *now != new)
    }

    fn pair(&mut self, old: usize, now: usize) {
        if self.is_free(old, now) {
            self.0.push((old, now));
        }
    }

    fn is_free(&self, old: usize, now: usize) -> bool {
        self.new_of(old).is_none() && self.is_new(now)
    }
}

/// Names in the order that they stand in.
pub(crate) struct Order<'n> {
    pub(crate) spec: &'n [&'n str],
    pub(crate) page: &'n [&'n str],
}

/// The names before and after one.
fn around<'n>(names: &[&'n str], name: &str) -> Option<(Option<&'n str>, Option<&'n str>)> {
    let at = names.iter().position(|other| *other == name)?;
    let before = at.checked_sub(1).and_then(|at| names.get(at));
    Some((before.copied(), names.get(at + 1).copied()))
}

/// How alike two names are, whatever their case and word marks.
fn similarity(one: &str, other: &str) -> f64 {
    let letters = |name: &str| name.to_lowercase().replace(['_', ' '], "");
    strsim::normalized_damerau_levenshtein(&letters(one), &letters(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_similar_names_are_paired() {
        assert_eq!(
            Renames::likely(&["GROUP_ID", "NAME"], &["groupId", "TITLE"]),
            Renames(vec![(0, 0)])
        );
        assert_eq!(
            Renames::likely(&["DATE_FROM", "DATE_TO"], &["DATES_TO", "DATES_FROM"]),
            Renames(vec![(0, 1), (1, 0)])
        );
        assert_eq!(
            Renames::likely(&["OPENED"], &["CLOSED"]),
            Renames::default()
        );
    }

    #[test]
    fn names_at_the_same_place_are_paired_where_they_fit() {
        let order = Order {
            spec: &["ID", "OWNER", "NAME"],
            page: &["ID", "CREATED_BY", "NAME"],
        };
        let renames =
            |fits| Renames::likely_or_in_place(&["OWNER"], &["CREATED_BY"], &order, |_, _| fits);
        let paired = renames(true);
        assert_eq!(paired.new_of(0), Some(0));
        assert!(!paired.is_new(0));
        let unpaired = renames(false);
        assert_eq!(unpaired.new_of(0), None);
        assert!(unpaired.is_new(0));
    }
}
