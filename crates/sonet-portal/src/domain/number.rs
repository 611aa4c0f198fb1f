//! Identifiers as a test has them.

/// The number of an identifier that a test gives, be it signed or of a type of its own. What is no number of a portal's is 0,
/// which identifies nothing.
pub(crate) fn number(id: impl TryInto<u64>) -> u64 {
    id.try_into().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn what_is_no_number_identifies_nothing() {
        assert_eq!((number(77_u64), number(77_i64), number(77)), (77, 77, 77));
        assert_eq!((number(-1), number(i128::MAX)), (0, 0));
    }
}
