//! A user's browser, as far as an example needs one.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use sonet_async::StoreError;

/// Opens a page, follows its redirects with the cookie that it was given, and shows the text of the last one.
pub(crate) fn open(mut url: String) -> Result<String, StoreError> {
    let mut cookie = String::new();
    loop {
        let rest = url.strip_prefix("http://").ok_or("not http")?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let mut stream = TcpStream::connect(host)?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("cut")?;
        let header = |name: &str| {
            head.lines().find_map(|line| {
                line.to_ascii_lowercase()
                    .starts_with(name)
                    .then(|| line[name.len()..].to_owned())
            })
        };
        if let Some(set) = header("set-cookie: ") {
            set.split(';')
                .next()
                .unwrap_or_default()
                .clone_into(&mut cookie);
        }
        match header("location: ") {
            Some(next) => url = next,
            None => return Ok(body.to_owned()),
        }
    }
}
