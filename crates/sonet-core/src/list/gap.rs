//! What of a list was not asked for yet, and how windows are cut from it.

use super::plan::pages;
use crate::batch::COMMANDS;
use crate::wire::PAGE_ROWS;

/// How many rows a window by identifier is expected to have: fewer than a request can bring, since some windows have more
/// than is expected of them.
const LIKELY_ROWS: u64 = 47 * PAGE_ROWS as u64;

/// How many pages more than are expected a window asks for, so that one that is a little fuller is whole in one request.
const SPARE_PAGES: usize = 2;

/// How many rows a request can bring.
pub(super) const REQUEST_ROWS: usize = COMMANDS * PAGE_ROWS;

/// What of a list was not asked for yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// By identifier. Keys grow as the walk goes on.
    Ids {
        /// The key that the rows are behind.
        after: i64,
        /// The key of the last row, where the gap ends before the list does.
        until: Option<i64>,
        /// As far as rows are expected: what is created meanwhile has a greater key.
        end: i64,
        /// How many rows are expected.
        rows: u64,
    },
    /// By offset.
    Rows {
        /// How many rows lie before it.
        from: u64,
        /// How many it has.
        rows: u64,
    },
}

/// What a window is to walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch {
    /// By identifier: behind one key, as far as another one.
    Ids {
        after: i64,
        until: Option<i64>,
        rows: u64,
        pages: usize,
    },
    /// By offset: so many pages behind so many rows.
    Rows { from: u64, pages: usize },
}

impl Gap {
    /// Cuts off as much of its beginning as one request is likely to bring: that, and what is left.
    pub(super) fn cut(self) -> (Stretch, Option<Self>) {
        match self {
            Self::Ids {
                after,
                until,
                end,
                rows,
            } => cut_ids(after, until, end, rows),
            Self::Rows { from, rows } => {
                let cut = rows.min(REQUEST_ROWS as u64);
                let pages = pages(cut).max(1);
                let left = Self::Rows {
                    from: from + cut,
                    rows: rows - cut,
                };
                (Stretch::Rows { from, pages }, (rows > cut).then_some(left))
            }
        }
    }

    /// Takes into account how many rows a window before it had, and how many had been expected there.
    pub(super) fn correct(&mut self, expected: u64, came: u64) {
        if let Self::Ids { rows, .. } = self {
            *rows = if came < expected / 2 {
                *rows / 2
            } else {
                rows.saturating_sub(came.saturating_sub(expected))
            };
        }
    }
}

fn cut_ids(after: i64, until: Option<i64>, end: i64, rows: u64) -> (Stretch, Option<Gap>) {
    let likely_pages = |rows: u64| pages(rows).saturating_add(SPARE_PAGES).min(COMMANDS);
    let span = i128::from(end) - i128::from(after);
    // There can't be more rows than identifiers, whatever the server counts.
    let rows = match u64::try_from(span) {
        Ok(span) => rows.min(span),
        Err(_) => rows.min(LIKELY_ROWS),
    };
    let whole = Stretch::Ids {
        after,
        until,
        rows,
        pages: likely_pages(rows),
    };
    // What is a little more than a window's is no window of its own.
    if rows <= LIKELY_ROWS + LIKELY_ROWS / 50 {
        return (whole, None);
    }
    let width = (span * i128::from(LIKELY_ROWS) / i128::from(rows)).max(1);
    let middle = i64::try_from(i128::from(after) + width).unwrap_or(end);
    if middle >= end {
        return (whole, None);
    }
    let first = Stretch::Ids {
        after,
        until: Some(middle),
        rows: LIKELY_ROWS,
        pages: likely_pages(LIKELY_ROWS),
    };
    let left = Gap::Ids {
        after: middle,
        until,
        end,
        rows: rows - LIKELY_ROWS,
    };
    (first, Some(left))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(end: i64, rows: u64) -> Gap {
        Gap::Ids {
            after: 0,
            until: None,
            end,
            rows,
        }
    }

    /// All windows of a gap.
    fn windows(gap: Gap) -> Vec<Stretch> {
        let (mut found, mut left) = (Vec::new(), Some(gap));
        while let Some(gap) = left {
            let (stretch, rest) = gap.cut();
            found.push(stretch);
            left = rest;
        }
        found
    }

    #[test]
    fn windows_lie_side_by_side_and_the_last_one_is_open() {
        for (end, rows) in [
            (10_000, 10_000),
            (1_000_000, 10_000),
            (3, 1_000_000),
            (10_000, u64::MAX),
            (i64::MAX, 100_000),
            (5, 0),
            (-7, 9_000),
        ] {
            let windows = windows(gap(end, rows));
            let mut last = 0;
            for (index, window) in windows.iter().enumerate() {
                let Stretch::Ids {
                    after,
                    until,
                    pages,
                    ..
                } = *window
                else {
                    panic!("by identifier");
                };
                assert_eq!(after, last);
                assert_eq!(until.is_none(), index + 1 == windows.len());
                assert!((1..=COMMANDS).contains(&pages));
                assert!(until.is_none_or(|until| until > after));
                last = until.unwrap_or(last);
            }
        }
    }

    #[test]
    fn a_window_has_what_a_request_brings() {
        assert_eq!(windows(gap(16_390, 16_340)).len(), 7);
        assert_eq!(windows(gap(2_390, 2_390)).len(), 1);
        assert_eq!(
            windows(gap(16_390, 1_000_000_000)).len(),
            7,
            "a total that lies"
        );
        let all = windows(gap(i64::MAX, 100_000));
        assert_eq!(all.len(), 43);
        assert!(all[..42].iter().all(|window| matches!(
            window,
            Stretch::Ids {
                rows: LIKELY_ROWS,
                pages: 49,
                ..
            }
        )));
    }

    #[test]
    fn what_windows_had_corrects_what_is_expected() {
        for (expected, came, left) in [
            (2_350, 2_350, 9_000),
            (2_350, 2_450, 8_900),
            (2_350, 1_000, 4_500),
            (0, 0, 9_000),
        ] {
            let mut expecting = gap(100_000, 9_000);
            expecting.correct(expected, came);
            assert_eq!(expecting, gap(100_000, left));
        }
    }

    #[test]
    fn by_offset_every_window_but_the_last_is_full() {
        let gap = Gap::Rows {
            from: 50,
            rows: 5_001,
        };
        let expected = [(50, 50), (2_550, 50), (5_050, 1)];
        let expected = expected.map(|(from, pages)| Stretch::Rows { from, pages });
        assert_eq!(windows(gap), expected);
    }
}
