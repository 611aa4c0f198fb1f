//! The numbers of a client in a file, as Prometheus' node exporter reads them.
//!
//! ```text
//! cargo run -p sonet-blocking --example metrics_blocking -- /var/lib/node_exporter/bitrix24.prom
//! ```
//!
//! A program that serves nothing, such as a job of cron, leaves its numbers in the folder of the exporter's textfile
//! collector. Without an argument, they are printed. A simulated portal inside this program answers the calls, one of them at the
//! second attempt and one not at all.

use std::env;
use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use sonet_blocking::sonet_group::{Create, Get, user};
use sonet_blocking::{Client, GroupId, UserId};
use sonet_portal::{Fault, Portal};

fn main() -> Result<(), Box<dyn Error>> {
    let portal = Portal::builder().start()?;
    let client = Client::webhook(&portal.webhook())?;
    work(&portal, &client)?;
    let text = client.metrics().prometheus().to_string();
    match env::args_os().nth(1) {
        Some(file) => write(Path::new(&file), &text)?,
        None => io::stdout().write_all(text.as_bytes())?,
    }
    Ok(())
}

/// Writes a file whole: the exporter may read at any time, and reads what ends in `.prom`.
fn write(file: &Path, text: &str) -> io::Result<()> {
    let mut name = file
        .file_name()
        .unwrap_or(OsStr::new("bitrix24.prom"))
        .to_owned();
    name.push(".new");
    let new = file.with_file_name(name);
    fs::write(&new, text)?;
    fs::rename(new, file)
}

/// Calls that succeed, one that is sent twice, and one that fails.
fn work(portal: &sonet_portal::Server, client: &Client) -> Result<(), Box<dyn Error>> {
    let group = client.call(&Create::new("Rust"))?;
    let _ = client.call(&Get::new())?;
    portal
        .faults()
        .on("sonet_group.get")
        .nth(1)
        .before(Fault::Page(502));
    let _ = client.call(&Get::new())?;
    let calls = (user::Get::new(group), Get::new());
    let _ = client.batch(&calls)?;
    if let Err(error) = client.call(&user::Invite::new(GroupId::new(999_999), [UserId::new(1)])) {
        eprintln!("as expected: {error}");
    }
    Ok(())
}
