//! The windows of a walk, in the order of the list.

use std::collections::VecDeque;

use super::by_id::{ById, Rest};
use super::by_offset::ByOffset;
use super::cursor::Cursor;
use super::gap::Gap;
use super::page_answer::PageAnswer;
use super::page_info::Proof;
use super::plan::{Way, offset};
use super::row_buffer::{CheckedRows, RowBuffer};
use super::schedule::Stage;
use super::window::{Checks, State, Window};
use crate::error::Kind;
use crate::{Error, Paged, Paging};

/// The windows of a walk, in the order of the list; what lies between them and was not asked for yet is the one's before it.
pub(super) struct Windows<M: Paged> {
    way: Way,
    parts: VecDeque<Window<M>>,
    /// The number of the request that left last.
    tickets: u64,
    /// By offset: what came in the order of the list.
    by_offset: ByOffset,
    /// By identifier: how many rows there are in all, as the server said when the walk began.
    total: Option<u64>,
    /// By identifier: the key of the last row when the walk began, if it can be cut into windows.
    reach: Option<i64>,
}

impl<M: Paged> Windows<M> {
    /// The walk from a cursor on, in one window.
    pub(super) fn new(way: Way, from: Cursor) -> Self {
        let by_offset = ByOffset::new(from);
        let window = match way {
            Way::ById { .. } => Window::new(Stage::First, Checks::AtOnce(ById::new(way, from.at))),
            Way::ByOffset => Window::in_turn(Stage::First, offset(by_offset.at()), None),
        };
        Self {
            way,
            parts: VecDeque::from([window]),
            tickets: 0,
            by_offset,
            total: None,
            reach: None,
        }
    }

    /// Begins again from a cursor on. Requests that are out belong to no window then.
    pub(super) fn restart(&mut self, from: Cursor) {
        let tickets = self.tickets;
        *self = Self {
            tickets,
            ..Self::new(self.way, from)
        };
    }

    /// How many rows there are in all, as the server has told.
    pub(super) fn total(&self) -> Option<u64> {
        self.total.or(self.by_offset.total)
    }

    /// Lets what is out be asked for anew: nobody brings its answer any more.
    pub(super) fn recall(&mut self) {
        let out = self.parts.iter_mut().filter(|window| window.is_out());
        out.for_each(|window| window.state = State::Ready);
    }

    /// How many rows wait for their turn.
    pub(super) fn rows(&self) -> usize {
        self.parts.iter().map(Window::rows).sum()
    }

    /// The window at a place that [`Self::place_of`] gave.
    pub(super) fn at(&mut self, place: usize) -> &mut Window<M> {
        &mut self.parts[place]
    }

    /// The window that waits for an answer.
    pub(super) fn place_of(&self, ticket: u64) -> Option<usize> {
        let mut windows = self.parts.iter();
        windows.position(|window| window.is_out() && window.ticket == ticket)
    }

    /// The first window in order whose request can leave, under a number of its own.
    pub(super) fn next_ready(&mut self) -> Option<&mut Window<M>> {
        let is_next = |window: &Window<M>| window.is_ready() || !window.gaps.is_empty();
        let mut place = self.parts.iter().position(is_next)?;
        if !self.parts[place].is_ready() {
            self.cut(place);
            place += 1;
        }
        self.tickets += 1;
        let window = self.parts.get_mut(place)?;
        window.ticket = self.tickets;
        window.state = State::Out;
        Some(window)
    }

    /// Cuts a window from the gap behind another one.
    fn cut(&mut self, place: usize) {
        let mut gaps = std::mem::take(&mut self.parts[place].gaps);
        if let Some(gap) = gaps.pop_front() {
            let (stretch, left) = gap.cut();
            let mut window = Window::of(stretch, self.way);
            if let Some(left) = left {
                gaps.push_front(left);
            }
            window.gaps = gaps;
            self.parts.insert(place + 1, window);
        }
    }

    /// Takes the identifier of the last row of the list.
    pub(super) fn reaches(&mut self, id: i64) {
        self.reach = Some(self.way.key(id));
    }

    /// Ends a window by identifier where its rows have come to, and leaves the rest of it as a gap. Where the list can't be
    /// cut, the window goes on; `false`, where it is not known yet how far the list reaches.
    pub(super) fn split(&mut self, place: usize) -> bool {
        let Some(reach) = self.reach else {
            return false;
        };
        let Checks::AtOnce(walk) = &self.parts[place].checks else {
            return true;
        };
        let rest = walk.rest(reach);
        if rest == Rest::Whole {
            return true;
        }
        let rows = walk.came().saturating_add(walk.rows_left().unwrap_or(0));
        self.count(place, rows);
        let window = &mut self.parts[place];
        window.state = State::Ended;
        if let Rest::Gap(gap) = rest {
            window.gaps.push_front(gap);
        }
        true
    }

    /// Notes how many rows a window has. Those that were not expected are not in the last gap any more. Of a window that has few,
    /// the others are likely to have fewer as well, whatever the server counts.
    fn count(&mut self, place: usize, rows: u64) {
        let Some(expected) = self.parts[place].expected else {
            return;
        };
        let mut behind = self.parts.range_mut(place..).rev();
        if let Some(gap) = behind.find_map(|window| window.gaps.back_mut()) {
            gap.correct(expected, rows);
        }
    }

    /// Ends a window by identifier, all of whose rows came.
    pub(super) fn finish(&mut self, place: usize) {
        let window = &mut self.parts[place];
        window.state = State::Ended;
        if let Checks::AtOnce(walk) = &window.checks {
            let rows = walk.came();
            self.count(place, rows);
        }
    }

    /// Moves what is checked of the first window on, and goes on to the next one where that is all: whether there is one.
    pub(super) fn advance(
        &mut self,
        rows: &mut RowBuffer<M::Item>,
        paging: &Paging<M::Item>,
    ) -> Result<bool, Kind> {
        let Some(first) = self.parts.front_mut() else {
            return Ok(false);
        };
        first.rows.drain(..).for_each(|page| rows.put(page));
        match &mut first.checks {
            Checks::AtOnce(walk) => {
                self.total = self.total.or_else(|| walk.total_of_all());
            }
            Checks::InTurn { came, .. } => {
                while let Some(page) = came.pop_front() {
                    let checked = check_in_turn(&mut self.by_offset, page, paging);
                    let (page, proof) = checked.inspect_err(|_| came.clear())?;
                    rows.put(page);
                    if proof != Proof::More {
                        self.parts.clear();
                        return Ok(false);
                    }
                }
            }
        }
        if !first.is_done() {
            return Ok(false);
        }
        self.parts.pop_front();
        if self.parts.is_empty() && self.way == Way::ByOffset {
            self.go_on_by_offset();
        }
        Ok(true)
    }

    /// All that was asked for came, and it was not the end.
    fn go_on_by_offset(&mut self) {
        let from = offset(self.by_offset.at());
        let rows = self.by_offset.total.map(|total| total.saturating_sub(from));
        let window = match rows {
            Some(rows) if rows > 0 => {
                let (stretch, left) = Gap::Rows { from, rows }.cut();
                let mut window = Window::of(stretch, self.way);
                window.gaps.extend(left);
                window
            }
            // The server announces a page behind the last row that it counted, or counts nothing.
            counted => Window::in_turn(Stage::Further, from, counted.map(|_| 1)),
        };
        self.parts.push_back(window);
    }

    /// Ends the walk at a window. What lies behind it is of no use any more.
    pub(super) fn fail(&mut self, place: usize, error: Error) {
        self.parts.truncate(place + 1);
        if let Some(window) = self.parts.get_mut(place) {
            window.gaps.clear();
            window.state = State::Failed(Box::new(error));
        }
    }

    /// What the walk ends with, if it does.
    pub(super) fn end(&mut self) -> Option<Result<(), Error>> {
        if self.parts.is_empty() {
            return Some(Ok(()));
        }
        let is_failed = matches!(self.parts.front()?.state, State::Failed(_));
        let failed = is_failed.then(|| self.parts.pop_front()).flatten()?;
        self.parts.clear();
        match failed.state {
            State::Failed(error) => Some(Err(*error)),
            _ => None,
        }
    }
}

/// The rows of a page by offset that were not given out before, once all pages before it are checked.
fn check_in_turn<M: Paged>(
    walk: &mut ByOffset,
    page: PageAnswer<M>,
    paging: &Paging<M::Item>,
) -> Result<(CheckedRows<M::Item>, Proof), Kind> {
    let numbers = page.numbers(paging)?;
    let is_numbered = numbers.is_some();
    let mut ids = numbers.unwrap_or_else(|| walk.places(page.rows.len()));
    let PageAnswer { mut rows, info, .. } = page;
    let proof = walk.page(&ids, &info)?;
    if !is_numbered && proof == Proof::More {
        walk.must_count()?;
    }
    let skipped = walk.skipped().min(ids.len());
    rows.drain(..skipped);
    ids.drain(..skipped);
    Ok((CheckedRows::new(rows, ids), proof))
}
