//! Not every error is one that the server answered.
use sonet_core::Error;

fn main() {
    let _ = Error::config("no portal").api().has_code("ERROR_CORE");
}
