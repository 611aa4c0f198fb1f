//! Exports all groups to JSON Lines or CSV, and goes on where it was broken off.
//!
//! ```text
//! cargo run -p sonet-blocking --example export_blocking                 # JSON Lines to the standard output
//! cargo run -p sonet-blocking --example export_blocking -- groups.csv   # CSV by its name; run it again to go on
//! ```
//!
//! Without more, a simulated portal with 10,000 groups inside this program answers; `SONET_WEBHOOK` names one of your own.
//! The progress bar is on a terminal only.
//!
//! Beside the file stands `groups.csv.cursor` while the export is not complete: how much of the file is sound, and where to
//! go on. A row is neither lost nor written twice, wherever the export is broken off.

use std::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use sonet_blocking::sonet_group::{Get, Group};
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
    let mut export = Export::to(file)?;
    // An administrator gets all groups by it; for others it changes nothing.
    let mut pages = client.list(&Get::new().is_admin(true));
    if let Some(cursor) = export.goes_on_from {
        pages = pages.resume_from(cursor);
    }
    let mut pages = pages.pages();
    export.save(pages.cursor())?;

    let style = "{bar:40} {pos}/{len} groups, {per_sec}, {eta} left";
    let bar = ProgressBar::no_length().with_style(ProgressStyle::with_template(style)?);
    while let Some(page) = pages.next() {
        let page = page?;
        for group in &page {
            export.write(group)?;
        }
        export.save(pages.cursor())?;
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
    out: Out,
    csv: bool,
    rows: u64,
    goes_on_from: Option<Cursor>,
}

enum Out {
    Stream(io::Stdout),
    File {
        file: BufWriter<File>,
        note: PathBuf,
    },
}

impl Export {
    /// Opens a file, and goes on with it if an export was broken off there.
    fn to(path: Option<PathBuf>) -> Result<Self, Box<dyn Error>> {
        let Some(path) = path else {
            return Ok(Self {
                out: Out::Stream(io::stdout()),
                csv: false,
                rows: 0,
                goes_on_from: None,
            });
        };
        let csv = path.extension().is_some_and(|extension| extension == "csv");
        let note = PathBuf::from(format!("{}.cursor", path.display()));
        let goes_on = read_note(&note)?;
        if goes_on.is_none() && path.exists() {
            return Err(format!("{} is there already, and complete", path.display()).into());
        }
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)?;
        if let Some((_, bytes)) = goes_on {
            // What was written behind the last note may be half a row.
            file.set_len(bytes)?;
            file.seek(SeekFrom::End(0))?;
        } else if csv {
            writeln!(file, "id,name,owner,project,closed,members,created")?;
        }
        let file = BufWriter::new(file);
        Ok(Self {
            out: Out::File { file, note },
            csv,
            rows: 0,
            goes_on_from: goes_on.map(|(cursor, _)| cursor),
        })
    }

    fn write(&mut self, group: &Group) -> io::Result<()> {
        let line = if self.csv {
            csv_line(group)
        } else {
            json_line(group)
        };
        self.rows += 1;
        match &mut self.out {
            Out::Stream(out) => writeln!(out, "{line}"),
            Out::File { file, .. } => writeln!(file, "{line}"),
        }
    }

    /// Notes down that everything up to here is in the file.
    fn save(&mut self, cursor: Cursor) -> Result<(), Box<dyn Error>> {
        if let Out::File { file, note } = &mut self.out {
            file.flush()?;
            let bytes = file.get_mut().stream_position()?;
            let text = json!({ "cursor": cursor, "bytes": bytes }).to_string();
            let new = note.with_extension("new");
            fs::write(&new, text)?;
            fs::rename(&new, note)?;
        }
        Ok(())
    }

    fn finish(self) -> io::Result<u64> {
        match self.out {
            Out::Stream(mut out) => out.flush()?,
            Out::File { mut file, note } => {
                file.flush()?;
                if note.exists() {
                    fs::remove_file(note)?;
                }
            }
        }
        Ok(self.rows)
    }
}

/// Where an export was broken off, and how much of the file is sound.
fn read_note(note: &Path) -> Result<Option<(Cursor, u64)>, Box<dyn Error>> {
    if !note.exists() {
        return Ok(None);
    }
    let text: serde_json::Value = serde_json::from_str(&fs::read_to_string(note)?)?;
    let bytes = text["bytes"].as_u64().ok_or("the note has no `bytes`")?;
    let cursor = text["cursor"].as_str().ok_or("the note has no `cursor`")?;
    Ok(Some((cursor.parse()?, bytes)))
}

fn json_line(group: &Group) -> String {
    json!({
        "id": group.id,
        "name": group.name,
        "owner": group.owner_id,
        "project": group.project,
        "closed": group.closed,
        "members": group.number_of_members,
        "created": group.date_create.map(|date| date.to_rfc3339()),
    })
    .to_string()
}

fn csv_line(group: &Group) -> String {
    let name = group.name.as_deref().unwrap_or_default();
    [
        group.id.to_string(),
        format!("\"{}\"", name.replace('"', "\"\"")),
        cell(group.owner_id),
        cell(group.project),
        cell(group.closed),
        cell(group.number_of_members),
        cell(group.date_create.map(|date| date.to_rfc3339())),
    ]
    .join(",")
}

/// What the portal told; nothing where it did not.
fn cell(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
