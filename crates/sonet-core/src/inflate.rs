//! Compressed bodies.

use std::io::Read as _;

use bytes::Bytes;
use flate2::bufread::MultiGzDecoder;
use http::header::CONTENT_ENCODING;

/// Why a body could not be decompressed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum InflateError {
    /// It does not fit into the limit.
    TooLarge,
    /// It is not what its header says.
    Broken(String),
}

/// The body as text bytes, of at most `limit` bytes.
///
/// The core does this itself so that every driver behaves the same, whatever its HTTP client can do, and so that a small
/// body can't grow without a bound. A client that decompresses by itself removes the header, and its body passes.
pub(crate) fn inflate(
    response: &mut http::Response<Bytes>,
    limit: u64,
) -> Result<Bytes, InflateError> {
    let coding = response
        .headers()
        .get(CONTENT_ENCODING)
        .map(|coding| coding.as_bytes().to_vec());
    let body = std::mem::take(response.body_mut());
    let plain = match coding.as_deref() {
        None | Some(b"" | b"identity") => body,
        // What says that it is compressed and has nothing in it is nothing.
        Some(_) if body.is_empty() => body,
        Some(coding) if is_gzip(coding) => gunzip(&body, limit)?,
        Some(coding) => {
            let coding = String::from_utf8_lossy(coding);
            return Err(InflateError::Broken(format!(
                "unknown content coding {coding:?}"
            )));
        }
    };
    if plain.len() as u64 > limit {
        Err(InflateError::TooLarge)
    } else {
        Ok(plain)
    }
}

fn is_gzip(coding: &[u8]) -> bool {
    coding.eq_ignore_ascii_case(b"gzip") || coding.eq_ignore_ascii_case(b"x-gzip")
}

fn gunzip(body: &[u8], limit: u64) -> Result<Bytes, InflateError> {
    let mut plain = Vec::new();
    MultiGzDecoder::new(body)
        .take(limit.saturating_add(1))
        .read_to_end(&mut plain)
        .map_err(|error| InflateError::Broken(format!("the gzip body is broken: {error}")))?;
    Ok(plain.into())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn response(coding: &str, body: Vec<u8>) -> http::Response<Bytes> {
        http::Response::builder()
            .header(CONTENT_ENCODING, coding)
            .body(body.into())
            .unwrap()
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn gzip_is_undone_and_bounded() {
        let body = gzip(&[b' '; 10_000]);
        assert!(body.len() < 100);
        assert_eq!(
            inflate(&mut response("gzip", body.clone()), 10_000)
                .unwrap()
                .len(),
            10_000
        );
        assert_eq!(
            inflate(&mut response("gzip", body), 9_999),
            Err(InflateError::TooLarge)
        );
    }

    #[test]
    fn what_is_not_gzip_is_said() {
        let broken = |mut response| match inflate(&mut response, 100) {
            Err(InflateError::Broken(text)) => text,
            other => panic!("{other:?}"),
        };
        assert!(broken(response("gzip", b"{}".to_vec())).contains("gzip body is broken"));
        let mut cut = gzip(b"hello");
        cut.truncate(cut.len() - 6);
        assert!(broken(response("gzip", cut)).contains("gzip body is broken"));
        assert!(
            inflate(&mut response("gzip", vec![]), 100)
                .unwrap()
                .is_empty()
        );
        assert!(broken(response("br", b"x".to_vec())).contains("unknown content coding \"br\""));
    }

    #[test]
    fn a_plain_body_is_bounded_too() {
        assert_eq!(
            inflate(&mut response("identity", vec![0; 11]), 10),
            Err(InflateError::TooLarge)
        );
    }
}
