//! Files that travel inside a request.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Serialize, Serializer};

/// A file in a request: its name and its content, sent as `["avatar.png", "<base64>"]`.
///
/// The server tells the type by the name's ending. It stores whatever the text decodes to, so the content is taken as
/// bytes and encoded here.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct File {
    name: String,
    base64: String,
}

impl File {
    /// Takes a file's name, with its ending, and its content.
    pub fn new(name: impl Into<String>, content: impl AsRef<[u8]>) -> Self {
        Self {
            name: name.into(),
            base64: STANDARD.encode(content),
        }
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "File({:?}, {} bytes of Base64)",
            self.name,
            self.base64.len()
        )
    }
}

impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.name, &self.base64).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_a_name_and_base64() {
        let file = File::new("a.png", b"\x89PNG");
        assert_eq!(
            serde_json::to_string(&file).unwrap(),
            r#"["a.png","iVBORw=="]"#
        );
        assert_eq!(format!("{file:?}"), r#"File("a.png", 8 bytes of Base64)"#);
    }
}
