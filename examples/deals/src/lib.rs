//! What the application does, with typed methods that no crate has.

// `cargo sonet generate api.toml --out src/bitrix` wrote it.
#[rustfmt::skip]
pub mod bitrix;
pub mod raise;
