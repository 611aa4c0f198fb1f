//! Who is told how reading goes, such as a progress bar. What is read does not depend on it.

use std::fmt;

use rayon::prelude::*;

/// Is told how reading goes, by several threads at once.
pub trait Progress: fmt::Debug + Send + Sync {
    /// So many more pages are about to be read.
    fn inc_length(&self, pages: usize);
    /// One of them has been read.
    fn inc(&self);
    /// All that is to be read has been.
    fn finish(&self);
}

/// Pages that are being read, in one or several steps. When this is dropped, the progress is told that it is done.
#[derive(Debug)]
pub(crate) struct Reading<'c> {
    progress: Option<&'c dyn Progress>,
}

impl<'c> Reading<'c> {
    pub(super) fn new(progress: Option<&'c dyn Progress>) -> Self {
        Self { progress }
    }

    /// Reads pages on every core. The results are in the order of the pages, whichever is read first.
    pub(crate) fn each<T: Sync, R: Send>(
        &self,
        pages: &[T],
        read: impl Fn(&T) -> R + Sync,
    ) -> Vec<R> {
        self.inc_length(pages.len());
        let results = pages.par_iter().map(|page| self.told(read(page)));
        results.collect()
    }

    fn inc_length(&self, pages: usize) {
        if let Some(progress) = self.progress {
            progress.inc_length(pages);
        }
    }

    /// Tells that a page has been read, and hands on what came of it.
    fn told<R>(&self, result: R) -> R {
        if let Some(progress) = self.progress {
            progress.inc();
        }
        result
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        if let Some(progress) = self.progress {
            progress.finish();
        }
    }
}
