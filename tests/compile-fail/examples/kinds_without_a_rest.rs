//! There may be more kinds of errors later, so a `match` has a rest.
use sonet_core::{Error, ErrorKind};

fn main() {
    match Error::config("no portal").kind() {
        ErrorKind::Config => {}
    }
}
