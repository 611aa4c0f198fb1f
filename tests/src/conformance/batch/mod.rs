//! Several methods in one request.

mod at_once;
mod failures;
mod outcomes;
mod references;
