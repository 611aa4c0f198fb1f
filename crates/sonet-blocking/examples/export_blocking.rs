//! Exports all groups with all their fields to JSON Lines or CSV, and goes on where it was broken off.
//!
//! ```text
//! cargo run -p sonet-blocking --example export_blocking                 # JSON Lines to the standard output
//! cargo run -p sonet-blocking --example export_blocking -- groups.csv   # CSV by its name; run it again to go on
//! ```
//!
//! Without more, a simulated portal with 10,000 groups inside this program answers; `SONET_WEBHOOK` names one of your own.
//! The progress bar is on a terminal only.
//!
//! Every answer serializes under the names and in the forms of the wire. As JSON, it is read back equal. In CSV, a cell is
//! empty where the portal told nothing, and JSON where a value has parts; see `cell` for what spreadsheets would run.
//!
//! Beside the file stands `groups.csv.cursor` while the export is not complete: how much of the file is sound, and where to
//! go on. A row is neither lost nor written twice, wherever the export is broken off.

use std::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use indexmap::IndexMap;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::{Value, json};
use sonet_blocking::sonet_group::Get;
use sonet_blocking::{Client, Cursor};
use sonet_portal::Portal;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("failed: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).map(PathBuf::from);
    let (client, _portal) = if let Ok(webhook) = std::env::var("SONET_WEBHOOK") {
        (Client::webhook(&webhook)?, None)
    } else {
        let portal = Portal::builder().groups(10_000).start()?;
        (Client::webhook(&portal.webhook())?, Some(portal))
    };
    let (mut export, goes_on_from) = Export::to(file)?;
    // An administrator gets all groups by it; for others it changes nothing.
    let mut pages = client.list(&Get::new().is_admin(true));
    if let Some(cursor) = goes_on_from {
        pages = pages.resume_from(cursor);
    }
    let mut pages = pages.pages();
    export.note(pages.cursor())?;

    let style = "{bar:40} {pos}/{len} groups, {per_sec}, {eta} left";
    let bar = ProgressBar::no_length().with_style(ProgressStyle::with_template(style)?);
    while let Some(page) = pages.next() {
        let page = page?;
        export.write(&page)?;
        export.note(pages.cursor())?;
        if let Some(total) = pages.total() {
            bar.set_length(total);
        }
        bar.inc(page.len() as u64);
    }
    bar.finish_and_clear();
    let rows = export.finish()?;
    eprintln!("{rows} groups in {} requests", client.metrics().requests);
    Ok(())
}

/// Where the rows go.
struct Export {
    /// The file, and the note beside it; the standard output without them.
    file: Option<(File, PathBuf)>,
    csv: bool,
    bytes: u64,
    rows: usize,
}

impl Export {
    /// Opens a file, and goes on with it if an export was broken off there.
    fn to(path: Option<PathBuf>) -> Result<(Self, Option<Cursor>), Box<dyn Error>> {
        let mut export = Self {
            file: None,
            csv: false,
            bytes: 0,
            rows: 0,
        };
        let Some(path) = path else {
            return Ok((export, None));
        };
        let note = PathBuf::from(format!("{}.cursor", path.display()));
        let goes_on = read_note(&note)?;
        if goes_on.is_none() && path.exists() {
            return Err(format!("{} is there already, and complete", path.display()).into());
        }
        let mut options = OpenOptions::new();
        let mut file = options
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)?;
        if let Some((_, bytes)) = goes_on {
            // What was written behind the last note may be half a row.
            file.set_len(bytes)?;
            file.seek(SeekFrom::End(0))?;
            export.bytes = bytes;
        }
        export.csv = path.extension().is_some_and(|extension| extension == "csv");
        export.file = Some((file, note));
        Ok((export, goes_on.map(|(cursor, _)| cursor)))
    }

    fn write(&mut self, rows: &[impl Serialize]) -> Result<(), Box<dyn Error>> {
        let text = if self.csv {
            csv(rows, self.bytes == 0)?
        } else {
            json_lines(rows)?
        };
        match &mut self.file {
            Some((file, _)) => file.write_all(&text)?,
            None => io::stdout().write_all(&text)?,
        }
        self.bytes += text.len() as u64;
        self.rows += rows.len();
        Ok(())
    }

    /// Notes down that everything up to here is in the file.
    fn note(&self, cursor: Cursor) -> Result<(), Box<dyn Error>> {
        if let Some((_, note)) = &self.file {
            let text = json!({ "cursor": cursor, "bytes": self.bytes }).to_string();
            let new = note.with_extension("new");
            fs::write(&new, text)?;
            fs::rename(&new, note)?;
        }
        Ok(())
    }

    fn finish(self) -> io::Result<usize> {
        if let Some((_, note)) = self.file {
            fs::remove_file(note)?;
        }
        Ok(self.rows)
    }
}

/// Where an export was broken off, and how much of the file is sound.
fn read_note(note: &Path) -> Result<Option<(Cursor, u64)>, Box<dyn Error>> {
    if !note.exists() {
        return Ok(None);
    }
    let text: Value = serde_json::from_str(&fs::read_to_string(note)?)?;
    let bytes = text["bytes"].as_u64().ok_or("the note has no `bytes`")?;
    let cursor = text["cursor"].as_str().ok_or("the note has no `cursor`")?;
    Ok(Some((cursor.parse()?, bytes)))
}

fn json_lines(rows: &[impl Serialize]) -> serde_json::Result<Vec<u8>> {
    let mut text = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut text, row)?;
        text.push(b'\n');
    }
    Ok(text)
}

/// The `csv` crate takes no structs with lists or objects in them, so each row becomes JSON first, in the order of its fields.
/// All rows have the same fields: one without a value is `null`.
fn csv(rows: &[impl Serialize], with_header: bool) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    for (index, row) in rows.iter().enumerate() {
        let row: IndexMap<String, Value> = serde_json::from_str(&serde_json::to_string(row)?)?;
        if with_header && index == 0 {
            csv.write_record(row.keys())?;
        }
        csv.write_record(row.values().map(cell))?;
    }
    Ok(csv.into_inner()?)
}

/// A text as it is, nothing for `null`, JSON for everything else.
///
/// A spreadsheet runs a text that begins like a formula, such as `=HYPERLINK(…)`, and anybody may name a group so: an
/// apostrophe in front keeps it a text. A program that reads the file takes it off again, or reads JSON Lines.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
            format!("'{text}")
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
