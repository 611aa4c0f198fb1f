//! Everything about a spec that its model can't say by itself.

use super::Symbols;
use super::model::Spec;
use super::problems::Problems;

pub(super) fn check(spec: &Spec, _problems: &Problems) {
    let _symbols = Symbols::new(spec);
}
