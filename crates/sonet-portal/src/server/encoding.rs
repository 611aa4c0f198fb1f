//! Compression of answers.

use crate::rest::http::{Request, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// Smaller answers aren't worth it.
const MIN_BYTES: usize = 1024;

/// Compresses an answer if the request allows it.
pub(super) fn compress(request: &Request, response: &mut Response) {
    if response.body().len() <= MIN_BYTES || !accepts_gzip(request) {
        return;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let written = encoder
        .write_all(response.body())
        .and_then(|()| encoder.finish());
    if let Ok(compressed) = written {
        response.replace_body(compressed);
        response.push_header("Content-Encoding", "gzip");
        response.push_header("Vary", "Accept-Encoding");
    }
}

fn accepts_gzip(request: &Request) -> bool {
    let accepted = request
        .header("accept-encoding")
        .unwrap_or_default()
        .to_ascii_lowercase();
    accepted.split(',').any(|coding| {
        let (name, options) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = options.trim().strip_prefix("q=").map(str::trim);
        let refused = weight.is_some_and(|weight| weight.parse() == Ok(0.0_f32));
        name.trim() == "gzip" && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_to_ask_for_gzip() {
        for (header, accepted) in [
            ("gzip", true),
            ("deflate, GZIP;q=0.5", true),
            ("gzip;q=0", false),
            ("gzip; q=0.0", false),
            ("br", false),
            ("", false),
        ] {
            let request = Request::get("/").with_header("Accept-Encoding", header);
            assert_eq!(accepts_gzip(&request), accepted, "{header}");
        }
    }
}
