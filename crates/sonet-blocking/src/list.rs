//! Lists, row by row.

use std::fmt;
use std::time::Instant;

use sonet_core::{CountMode, Cursor, Error, Paged, Pager, PagerStep, WalkRequest};

use crate::Client;
use crate::workers::Workers;

/// The rows of a list, one by one, however many pages that takes: [`Client::list`].
///
/// The order decides how the list is walked. Without one, rows come by identifier, the smallest first, whatever the
/// method's own default is. By identifier, each page asks for what lies behind the
/// last row, so that rows that come or go meanwhile shift nothing: whatever existed throughout comes once. In any other
/// order pages are counted off, and a change that shows ends the walk with an error ([`Error::is_incomplete`]); one row that
/// goes while another comes may not show.
///
/// Every row comes once and in order, or the walk ends with an error. By identifier, that rests on the rows and not on what
/// the server counts: wherever it says that there is more than came, the walk asks behind the last row, and ends only at an
/// empty list there. A total that is wrong then ends no walk and fails none, unless no row comes at all; it costs a request.
/// In another order, nothing can be proved so, and a total that is not the number of rows is an error. What no walk can notice
/// is a server that gives fewer than 50 rows, or a full page that its total calls the last, and says nothing of those that it
/// leaves out.
///
/// The first request asks for one page, since most lists have no more; further ones ask for up to 50 pages at once, 2,500
/// rows, in a batch. Memory holds the rows of one request, and in another order than by identifier the identifiers of all
/// rows. A page that the server refuses within a batch is asked for again as by itself: [`RetryPolicy`](crate::RetryPolicy) decides.
/// [`Client::with_timeout`] bounds each request, and [`Client::with_retry`] decides about its repetitions. After an error, there are no more rows;
/// [`List::cursor`] tells where to go on.
#[must_use = "a list sends nothing until it is asked for a row: ask it for the `next` one, or loop over it"]
pub struct List<M: Paged> {
    client: Client,
    pager: Pager<M>,
    /// Who makes the requests, where several may be out at once.
    workers: Option<Workers<WalkRequest<M>>>,
}

impl<M: Paged> List<M> {
    pub(crate) fn new(client: Client, pager: Pager<M>) -> Self {
        Self {
            client,
            pager,
            workers: None,
        }
    }

    /// Begins with 50 pages at once, instead of one: a request less for a list that is known to be long.
    pub fn eager(mut self) -> Self {
        self.pager.eager();
        self
    }

    /// Chooses which pages the server counts all rows for. Default: those of the first request, where the method can do
    /// without.
    pub fn count_mode(mut self, count: CountMode) -> Self {
        self.pager.count_mode(count);
        self
    }

    /// Lets up to so many requests be out at once. Default: 1, and 0 is the same.
    ///
    /// The rows are the same, once and in order, and so are the proofs: by identifier, the list is cut into windows, each of
    /// which is walked as a list of its own; in another order, pages are asked for at once and checked in turn. The walk begins
    /// with two requests at once, takes more as long as the server answers as fast as before, and fewer once it slows down or
    /// refuses. Each takes its place in the rate limit, and at most one of them waits for it, unless the count is
    /// kept by a [`LimitStore`](sonet_core::LimitStore). An error comes in its place, behind all rows before it; what is
    /// out behind it is given up.
    ///
    /// Where the server counts rows that it does not list, each window costs one more request.
    ///
    /// Memory holds the rows of so many requests, 2,500 each. The first request asks for the last identifier as well: a list of
    /// one page still takes one request, and one of up to 2,400 rows two.
    ///
    /// It has no effect where a parameter looks like a reference of a batch, in another order than by identifier
    /// where the server does not count, and by identifier where a condition bounds the far end by something else than a number.
    ///
    /// Each request has a thread of its own. Once the list is dropped, none of them begins another request; what is on its way
    /// comes to its end unheard.
    ///
    /// ```no_run
    /// # fn example(client: &sonet_blocking::Client) -> Result<(), sonet_blocking::Error> {
    /// use sonet_blocking::sonet_group::Get;
    ///
    /// for group in client.list(&Get::new()).concurrency(8) {
    ///     let group = group?;
    ///     println!("{} {}", group.id, group.name.unwrap_or_default());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn concurrency(mut self, requests: usize) -> Self
    where
        M: 'static,
        M::Output: Send,
    {
        self.pager.concurrency(requests);
        self.workers = (requests > 1).then(Workers::new);
        self
    }

    /// Goes on where another walk was broken off: behind the last row that it gave out.
    ///
    /// The method is the same as then. A cursor of another order is told by the first row, as an error; so is a list that
    /// has visibly changed since, in another order than by identifier. What this walk has done so far is forgotten.
    pub fn resume_from(mut self, cursor: Cursor) -> Self {
        self.pager.resume_from(cursor);
        if let Some(workers) = &mut self.workers {
            workers.give_up();
        }
        self
    }

    /// Where the walk is: behind the last row that was given out. It can be saved as text.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        self.pager.cursor()
    }

    /// How many rows there were in all when the walk began, as the server has counted them, once it has told. By identifier
    /// and after [`List::resume_from`], it is how many were left.
    ///
    /// It is the server's word: some methods count rows that they do not list. A walk by identifier that ended without an error
    /// has found nothing behind its last row, whatever this says. `None` where nothing was counted, or fewer rows than the
    /// first page had.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.pager.total()
    }

    /// The same rows, page by page: up to 50 in each, in order.
    pub fn pages(self) -> Pages<M> {
        Pages(self)
    }

    /// Makes the next request, or waits for one that is out; `false` at the end.
    fn fetch(&mut self) -> Result<bool, Error> {
        match (self.pager.next_step(Instant::now()), &mut self.workers) {
            (PagerStep::Request(mut request), None) => {
                let answer = self.client.run_walk_request(&mut request);
                self.pager.on_answer(Instant::now(), request, answer);
            }
            (PagerStep::Request(mut request), Some(workers)) => {
                request.set_options(self.client.options());
                workers.begin(&self.client, request);
            }
            (PagerStep::Wait, workers) => match workers.as_mut().and_then(Workers::answer) {
                Some((request, answer)) => self.pager.on_answer(Instant::now(), request, answer),
                None => self.pager.abandon(),
            },
            (PagerStep::Failed(error), workers) => {
                workers.iter_mut().for_each(Workers::give_up);
                return Err(error);
            }
            (PagerStep::End, workers) => {
                workers.iter_mut().for_each(Workers::give_up);
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The next of what has come, or comes.
    fn advance<T>(&mut self, next: fn(&mut Pager<M>) -> Option<T>) -> Option<Result<T, Error>> {
        loop {
            if let Some(found) = next(&mut self.pager) {
                return Some(Ok(found));
            }
            match self.fetch() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<M: Paged> Iterator for List<M> {
    type Item = Result<M::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.advance(Pager::next_item)
    }
}

impl<M: Paged> std::iter::FusedIterator for List<M> {}

impl<M: Paged> fmt::Debug for List<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("List").field(&self.pager).finish()
    }
}

/// The rows of a list, page by page: [`List::pages`].
#[derive(Debug)]
#[must_use = "pages are not asked for until the `next` one is"]
pub struct Pages<M: Paged>(List<M>);

impl<M: Paged> Pages<M> {
    /// Where the walk is: behind the last page that was given out.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        self.0.cursor()
    }

    /// How many rows there were in all: [`List::total`].
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.0.total()
    }
}

impl<M: Paged> Iterator for Pages<M> {
    type Item = Result<Vec<M::Item>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.advance(Pager::next_page)
    }
}

impl<M: Paged> std::iter::FusedIterator for Pages<M> {}
