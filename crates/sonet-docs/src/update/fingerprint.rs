//! Whether a page is as it was.

use std::io;

use crate::Checkout;
use crate::markup;

/// What a page is known by, with everything that it includes.
pub(super) fn fingerprint(checkout: &Checkout, file: &str) -> io::Result<String> {
    let text = checkout.read(file)?;
    let lines = markup::lines(checkout, file, &text, &mut Vec::new());
    let bytes = lines
        .iter()
        .flat_map(|line| line.text.bytes().chain([b'\n']));
    Ok(format!("{:016x}", fnv(bytes)))
}

/// FNV-1a: the same on every machine and in every version.
fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_published_hash() {
        assert_eq!(fnv("".bytes()), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv("foobar".bytes()), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn what_a_page_includes_is_part_of_it() {
        let of = |included: &str| {
            let checkout = Checkout::from_files([
                ("a/page.md", "# Page\n\n{% include [x](../b.md) %}\n"),
                ("b.md", included),
            ]);
            fingerprint(&checkout, "a/page.md").unwrap()
        };
        assert_eq!(of("one\n"), of("one\n"));
        assert_ne!(of("one\n"), of("two\n"));
    }
}
