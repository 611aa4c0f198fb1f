//! The avatar that `IMAGE` and `IMAGE_FILE_ID` give to a group.

use crate::domain::model::Image;
use crate::methods::refusal::Refusal;
use crate::wire::params::Params;
use crate::wire::value::Value;
use base64::Engine;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// What becomes of a group's avatar.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Avatar {
    /// Nothing was said about it.
    Unchanged,
    Removed,
    Set(Image),
}

const EXTENSIONS: [&str; 6] = ["png", "jpg", "jpeg", "gif", "bmp", "webp"];

/// Base64 with or without padding, as the portal's language reads it.
pub(super) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Reads the avatar's parameters. A file from Drive wins, and then `IMAGE` is not even looked at.
/// The identifier 0 means "none" to `sonet_group.update` and nothing to `sonet_group.create`.
pub(crate) fn read(params: &Params, zero_removes: bool, id: u64) -> Result<Avatar, Refusal> {
    let file_id = params.get("IMAGE_FILE_ID").and_then(Value::to_int);
    match file_id {
        Some(0) if zero_removes => return Ok(Avatar::Removed),
        Some(file) if file > 0 => {
            return Ok(Avatar::Set(Image {
                id,
                name: format!("drive{file}.png"),
                content: None,
            }));
        }
        _ => {}
    }
    match params.get("IMAGE") {
        None => Ok(Avatar::Unchanged),
        Some(Value::Text(text)) if text.is_empty() => Ok(Avatar::Unchanged),
        Some(image) => upload(image, id).map(Avatar::Set).ok_or_else(|| {
            Refusal::coded(
                400,
                "ERROR_IMAGE_ID",
                "Image is incorrect: Invalid file type",
            )
        }),
    }
}

/// An upload is a pair of a file's name and its content in Base64; the name tells the type.
fn upload(image: &Value, id: u64) -> Option<Image> {
    let pair = image.as_array()?;
    let (Some(Value::Text(name)), Some(Value::Text(content))) = (pair.get("0"), pair.get("1"))
    else {
        return None;
    };
    let (_, extension) = name.rsplit_once('.')?;
    let known = EXTENSIONS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(extension));
    let content = BASE64
        .decode(content.trim())
        .ok()
        .filter(|bytes| !bytes.is_empty());
    known.then(|| Image {
        id,
        name: name.clone(),
        content,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn avatar(body: &str, zero_removes: bool) -> Result<Avatar, Refusal> {
        read(&Params::of_json(body).unwrap(), zero_removes, 9)
    }

    #[test]
    fn an_upload_keeps_its_bytes() {
        let Ok(Avatar::Set(image)) = avatar(r#"{"IMAGE":["a.PNG","aGk="]}"#, false) else {
            panic!("no image")
        };
        assert_eq!((image.id, image.name.as_str()), (9, "a.PNG"));
        assert_eq!(image.content.as_deref(), Some(&b"hi"[..]));
    }

    #[test]
    fn broken_base64_is_stored_without_an_error() {
        for body in [
            r#"{"IMAGE":["a.png","data:image/png;base64,aGk="]}"#,
            r#"{"IMAGE":["a.png",""]}"#,
        ] {
            let Ok(Avatar::Set(image)) = avatar(body, false) else {
                panic!("{body}")
            };
            assert_eq!(image.content, None);
        }
    }

    #[test]
    fn what_is_no_image_is_refused() {
        for body in [
            r#"{"IMAGE":["a.txt","aGk="]}"#,
            r#"{"IMAGE":["png","aGk="]}"#,
            r#"{"IMAGE":["a.png"]}"#,
            r#"{"IMAGE":"aGk="}"#,
            r#"{"IMAGE":5}"#,
        ] {
            assert_eq!(
                avatar(body, false).unwrap_err().code,
                crate::methods::refusal::Code::Text("ERROR_IMAGE_ID"),
                "{body}"
            );
        }
    }

    #[test]
    fn a_file_from_drive_wins() {
        let body = r#"{"IMAGE_FILE_ID":"5","IMAGE":["a.txt",""]}"#;
        assert!(
            matches!(avatar(body, false), Ok(Avatar::Set(image)) if image.name == "drive5.png")
        );
        let zero = r#"{"IMAGE_FILE_ID":0,"IMAGE":["a.png","aGk="]}"#;
        assert_eq!(avatar(zero, true), Ok(Avatar::Removed));
        assert!(matches!(avatar(zero, false), Ok(Avatar::Set(_))));
        assert_eq!(avatar("{}", true), Ok(Avatar::Unchanged));
    }
}
