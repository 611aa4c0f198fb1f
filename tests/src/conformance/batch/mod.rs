//! Several methods in one request.

mod failures;
mod outcomes;
mod references;
