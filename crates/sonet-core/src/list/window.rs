//! A part of a list that is walked by requests of its own.

use std::collections::VecDeque;

use super::by_id::ById;
use super::cursor::Position;
use super::gap::{Gap, Stretch};
use super::page_answer::PageAnswer;
use super::plan::Way;
use super::row_buffer::CheckedRows;
use super::schedule::{Stage, Wanted};
use crate::exchange::Continuation;
use crate::wire::PAGE_ROWS;
use crate::{Error, Paged};

/// A part of a list that is walked by requests of its own, one after another.
///
/// A list that is walked in one go is one window. Rows are given out of the first window only; what comes of those behind it
/// waits for its turn.
pub(super) struct Window<M: Paged> {
    /// The number of the request that is out, or was last.
    pub(super) ticket: u64,
    pub(super) state: State,
    pub(super) stage: Stage,
    pub(super) checks: Checks<M>,
    /// The batch that left what is asked for next, since the server refused it.
    pub(super) rest: Option<Continuation>,
    /// What is checked, and waits for its turn.
    pub(super) rows: Vec<CheckedRows<M::Item>>,
    /// How many rows were expected, where it was cut from a gap by identifier.
    pub(super) expected: Option<u64>,
    /// What lies between it and the next window, and was not asked for yet.
    pub(super) gaps: VecDeque<Gap>,
}

/// When the pages of a window are checked.
pub(super) enum Checks<M: Paged> {
    /// By identifier, at once: what comes before and behind a window says nothing of it.
    AtOnce(ById),
    /// By offset, in turn: a page proves something only together with all before it.
    InTurn {
        /// How many rows lie before what is asked for next.
        at: u64,
        /// How many pages are to be asked for; as many as a request can bring, if that is not known.
        left: Option<usize>,
        came: VecDeque<PageAnswer<M>>,
    },
}

#[derive(Debug)]
pub(super) enum State {
    /// Its next request can leave.
    Ready,
    Out,
    /// All that it asked for came.
    Ended,
    /// It ends with this, and the walk does, once all rows before are given out.
    Failed(Box<Error>),
}

impl<M: Paged> Window<M> {
    pub(super) fn new(stage: Stage, checks: Checks<M>) -> Self {
        Self {
            ticket: 0,
            state: State::Ready,
            stage,
            checks,
            rest: None,
            rows: Vec::new(),
            expected: None,
            gaps: VecDeque::new(),
        }
    }

    /// What is cut from a gap.
    pub(super) fn of(stretch: Stretch, way: Way) -> Self {
        match stretch {
            Stretch::Ids {
                after,
                until,
                rows,
                pages,
            } => {
                let until = until.map(|key| way.key(key));
                let walk = ById::window(way, way.behind_key(after), until);
                Self {
                    expected: Some(rows),
                    ..Self::new(Stage::Window(pages), Checks::AtOnce(walk))
                }
            }
            Stretch::Rows { from, pages } => Self::in_turn(Stage::Further, from, Some(pages)),
        }
    }

    /// So many pages by offset.
    pub(super) fn in_turn(stage: Stage, at: u64, left: Option<usize>) -> Self {
        let came = VecDeque::new();
        Self::new(stage, Checks::InTurn { at, left, came })
    }

    /// What it asks for next.
    pub(super) fn wanted(&self) -> Wanted {
        let stage = self.stage;
        match &self.checks {
            Checks::AtOnce(walk) => Wanted {
                stage,
                at: walk.at,
                until: walk.until(),
                left: walk.pages_left(),
            },
            Checks::InTurn { at, left, .. } => Wanted {
                stage,
                at: Position::Offset(*at),
                until: None,
                left: *left,
            },
        }
    }

    /// Whether all pages that were to be asked for came.
    pub(super) fn is_whole(&self) -> bool {
        matches!(
            &self.checks,
            Checks::InTurn {
                left: Some(0) | None,
                ..
            }
        )
    }

    /// Keeps a page until it can be checked.
    pub(super) fn keep(&mut self, page: PageAnswer<M>) {
        if let Checks::InTurn { at, left, came } = &mut self.checks {
            *at += PAGE_ROWS as u64;
            *left = left.map(|left| left.saturating_sub(1));
            came.push_back(page);
        }
    }

    pub(super) fn is_ready(&self) -> bool {
        matches!(self.state, State::Ready)
    }

    pub(super) fn is_out(&self) -> bool {
        matches!(self.state, State::Out)
    }

    /// Whether all of it came, and all behind it was asked for.
    pub(super) fn is_done(&self) -> bool {
        matches!(self.state, State::Ended) && self.gaps.is_empty()
    }

    /// How many rows wait for their turn.
    pub(super) fn rows(&self) -> usize {
        let unchecked = match &self.checks {
            Checks::AtOnce(_) => 0,
            Checks::InTurn { came, .. } => came.iter().map(|page| page.rows.len()).sum(),
        };
        unchecked + self.rows.iter().map(CheckedRows::len).sum::<usize>()
    }
}
