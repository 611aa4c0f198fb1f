//! What becomes of the pages that come.

use std::time::Instant;

use super::Pager;
use crate::batch::TypedAnswers;
use crate::error::Kind;
use crate::list::page_answer::PageAnswer;
use crate::list::page_info::Proof;
use crate::list::request::PageRequest;
use crate::list::row_buffer::CheckedRows;
use crate::list::schedule::Stage;
use crate::list::walk_request::WalkRequest;
use crate::list::window::{Checks, State};
use crate::page::Form;
use crate::{Effect, Error, Invalid, Paged, Reply, trace};

impl<M: Paged> Pager<M> {
    /// Takes the outcome of several pages.
    ///
    /// A page that the server refused is asked for again where it would be if it had been asked for alone.
    pub(super) fn take_pages(
        &mut self,
        now: Instant,
        place: usize,
        request: WalkRequest<M>,
        reply: Reply<TypedAnswers<PageRequest<M>>>,
    ) {
        let mut answers = reply.result.0;
        if answers.is_empty() {
            let problem = "the answer of the batch has no pages".to_owned();
            return self.fail(place, Kind::Walk(problem));
        }
        if self.windows.at(place).stage == Stage::Survey {
            // What was not asked for must not be taken for the last page, nor that for one of the first.
            answers.truncate(request.pages);
            if answers.len() == request.pages {
                let last = request.pages - 1;
                let page = answers.pop();
                self.survey(
                    page.map(|page| PageAnswer::in_batch(&self.session, last, page, false)),
                );
            }
        }
        let mut some_came = false;
        for (index, answer) in answers.into_iter().enumerate() {
            let counted = self.is_counted(place, index);
            let page = PageAnswer::in_batch(&self.session, index, answer, counted);
            match page.and_then(|page| self.take(place, page)) {
                Ok(Proof::More) => some_came = true,
                Ok(proof) => return self.proceed(place, proof),
                Err(kind) => {
                    let Some(mut rest) = request.into_continuation(now) else {
                        return self.fail(place, kind);
                    };
                    // Where none came, the same is asked for again, with the count that it would have brought.
                    if some_came {
                        rest.reset();
                        self.windows.at(place).stage = Stage::Further;
                    }
                    // The walk goes on with it as the call for that page alone would.
                    if rest.should_retry(now, &self.method, Effect::Read, &kind) {
                        self.windows.at(place).rest = Some(rest);
                    } else {
                        let error = Error::new(&self.method, kind);
                        let error = error.of(&self.method, rest.past(now));
                        self.windows.fail(place, error);
                    }
                    return;
                }
            }
        }
        self.proceed(place, Proof::More);
    }

    /// Takes the last page of the list. Where it has no row, the list is walked in one go.
    fn survey(&mut self, last: Option<Result<PageAnswer<M>, Kind>>) {
        let last = last.and_then(Result::ok);
        let row = last.as_ref().and_then(|page| page.rows.first());
        if let Some(id) = row.and_then(|row| self.paging.id_of(row)) {
            self.windows.reaches(id);
        }
    }

    /// Whether the page at this place of the request that is out is counted.
    pub(super) fn is_counted(&mut self, place: usize, index: usize) -> bool {
        let stage = self.windows.at(place).stage;
        let schedule = self.schedule.as_ref();
        schedule.is_ok_and(|schedule| schedule.counted(stage).covers(index))
    }

    /// Checks the rows of a page, and takes those that were not given out before.
    pub(super) fn take(&mut self, place: usize, page: PageAnswer<M>) -> Result<Proof, Kind> {
        self.check_place(&page.form)?;
        let window = self.windows.at(place);
        let Checks::AtOnce(walk) = &mut window.checks else {
            window.keep(page);
            return Ok(Proof::More);
        };
        let ids = page.ids(&self.paging)?;
        let proof = walk.page(&ids, &page.info)?;
        window.rows.push(CheckedRows::new(page.rows, ids));
        Ok(proof)
    }

    /// The rows stand where the method says: references of a batch lead there.
    fn check_place(&self, form: &Form) -> Result<(), Kind> {
        let Form::List(key) = form else { return Ok(()) };
        if *key == self.paging.names.rows {
            return Ok(());
        }
        let problem = match key {
            Some(key) => {
                format!("the rows came in `{key}` of the result; say so with `rows_in({key:?})`")
            }
            None => "the result itself is the list of rows; leave `rows_in` out".to_owned(),
        };
        Err(Kind::Invalid(Invalid::new("rows_in", problem)))
    }

    /// Goes on after what the pages of a window have proved.
    pub(super) fn proceed(&mut self, place: usize, proof: Proof) {
        let window = self.windows.at(place);
        window.stage = Stage::after(proof);
        match &window.checks {
            Checks::AtOnce(walk) if proof == Proof::End => {
                if let Some((total, came)) = walk.contradiction() {
                    trace::miscounted(&self.method, total, came);
                }
                self.windows.finish(place);
            }
            Checks::AtOnce(_) if proof == Proof::More && self.pace.most() > 1 => self.cut(place),
            Checks::InTurn { .. } if window.is_whole() => window.state = State::Ended,
            _ => {}
        }
    }

    /// Leaves what is behind the rows of a window to other windows.
    fn cut(&mut self, place: usize) {
        let knows_reach = self.windows.split(place);
        // Where the last page of the list was refused, it is asked for once more.
        if !knows_reach && self.surveys == 1 {
            self.windows.at(place).stage = Stage::Survey;
        }
    }

    /// Moves on to what is checked and next in order.
    pub(super) fn settle(&mut self) {
        loop {
            match self.windows.advance(&mut self.rows, &self.paging) {
                Ok(true) => {}
                Ok(false) => break,
                Err(kind) => self.fail(0, kind),
            }
        }
        if let Some(end) = self.windows.end() {
            self.end = Some(end);
        }
    }

    pub(super) fn fail(&mut self, place: usize, kind: Kind) {
        let error = Error::new(&self.method, kind);
        self.windows.fail(place, error);
    }
}
