//! Values for tests of code that uses the methods.

use chrono::{DateTime, FixedOffset};

/// An object of an answer as a portal could give it, for tests.
///
/// Generated for every object. All of its fields are public, so that a test sets what it is about.
pub trait Example: Sized {
    /// An object with everything in it.
    ///
    /// Which values these are may change with any version: a test sets those that it looks at.
    fn example() -> Self;

    /// The same with changes: `Group::example_with(|group| group.closed = Some(true))`.
    fn example_with(change: impl FnOnce(&mut Self)) -> Self {
        let mut example = Self::example();
        change(&mut example);
        example
    }
}

/// The moment that examples have for every date: 2026-03-19T15:01:27+02:00.
#[must_use]
pub fn moment() -> DateTime<FixedOffset> {
    let offset = FixedOffset::east_opt(2 * 60 * 60);
    DateTime::from_timestamp(1_773_925_287, 0)
        .zip(offset)
        .map(|(utc, offset)| utc.with_timezone(&offset))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn the_moment_is_the_one_that_is_said() {
        assert_eq!(moment().to_rfc3339(), "2026-03-19T15:01:27+02:00");
    }
}
