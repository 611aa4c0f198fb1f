//! What a spec must not say for its code to be written: beyond the language, names that are taken where they would stand.

mod collisions;
mod handwritten;
mod taken;

use sonet_spec::Context;

pub use handwritten::Handwritten;
pub use taken::is_taken;

/// Reports every name that is taken where the code of a spec would stand, `handwritten` ones among them.
pub fn check(cx: &Context<'_>, handwritten: &Handwritten) {
    taken::check(cx);
    collisions::check(cx);
    handwritten.check(cx);
}
