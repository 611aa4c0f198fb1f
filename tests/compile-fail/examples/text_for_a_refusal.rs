//! A text is no documented error: misspelt, it would never be met.
use sonet_core::Error;

fn main() {
    let _ = Error::config("no portal").is("GROUP_NOT_FOUND");
}
