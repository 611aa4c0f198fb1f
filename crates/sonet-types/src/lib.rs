//! The workgroup methods of Bitrix24 as Rust types, generated from the sonet spec.
