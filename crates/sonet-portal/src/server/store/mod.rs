//! A portal's data in an `SQLite` file.

mod private;

use crate::domain::state::{Changes, State};
use crate::rest::snapshot::Snapshot;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;
use std::path::{Path, PathBuf};

/// What the header of the file says, so that no other program's data is taken for a portal's.
const APPLICATION: i64 = 0x534f_4e45;

/// What the tables look like. Files of another version are refused.
const VERSION: i64 = 1;

const TABLES: &str = "
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE users (id INTEGER PRIMARY KEY, data TEXT NOT NULL) STRICT;
    CREATE TABLE groups (id INTEGER PRIMARY KEY, data TEXT NOT NULL) STRICT;
    CREATE TABLE relations (
        group_id INTEGER NOT NULL, user_id INTEGER NOT NULL, data TEXT NOT NULL,
        PRIMARY KEY (group_id, user_id)
    ) STRICT, WITHOUT ROWID;
";

/// An open file.
#[derive(Debug)]
pub(crate) struct Store {
    connection: Connection,
    path: PathBuf,
}

/// What a file remembers: the number that the data was drawn from, and the data.
pub(crate) struct Stored {
    pub(crate) seed: u64,
    pub(crate) state: State,
    /// None in the file of an earlier version.
    pub(crate) access: Option<Snapshot>,
}

impl Store {
    /// Opens a file, or makes it. All the portal's secrets are in it, so that nobody else may read it,
    /// and a file that isn't a portal's is left as it is.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        private::make(path).map_err(|error| told(path, &error.to_string()))?;
        let failed = |error: rusqlite::Error| told(path, &error.to_string());
        let mut connection = Connection::open(path).map_err(failed)?;
        let tables = examine(&connection).map_err(failed)?;
        let other = "it holds the data of another program or version";
        let tables = tables.ok_or_else(|| told(path, other))?;
        private::tighten(path).map_err(|error| {
            told(
                path,
                &format!("others may read it, and that can't be changed: {error}"),
            )
        })?;
        if tables == 0 {
            lay_out(&mut connection).map_err(failed)?;
        }
        Ok(Self {
            connection,
            path: path.to_owned(),
        })
    }

    /// Reads the data; `None` from a new file.
    pub(crate) fn load(&self) -> io::Result<Option<Stored>> {
        self.try_load()
            .map_err(|error| told(&self.path, &error.to_string()))
    }

    /// Writes what has changed, all of it or nothing.
    pub(crate) fn save(
        &mut self,
        seed: u64,
        changes: &Changes,
        access: Option<&Snapshot>,
    ) -> io::Result<()> {
        let saved = self.connection.transaction().and_then(|transaction| {
            write(&transaction, seed, changes)?;
            if let Some(access) = access {
                let query = "INSERT OR REPLACE INTO meta VALUES ('access', ?1)";
                transaction.execute(query, [text(access)?])?;
            }
            transaction.commit()
        });
        saved.map_err(|error| told(&self.path, &error.to_string()))
    }

    fn try_load(&self) -> rusqlite::Result<Option<Stored>> {
        let Some(seed) = self.meta("seed")? else {
            return Ok(None);
        };
        let mut state = State::default();
        state.apply(Changes {
            users: self.all("SELECT data FROM users")?,
            groups: self.all("SELECT data FROM groups")?,
            relations: self.all("SELECT data FROM relations")?,
            // An earlier version's file has none.
            scrum: self.one("scrum")?,
            tasks: self.one("tasks")?,
            feed: self.one("feed")?,
            last_group_id: self.meta("last_group_id")?.unwrap_or_default(),
            last_file_id: self.meta("last_file_id")?.unwrap_or_default(),
            ..Changes::default()
        });
        state.adopt_tasks();
        let access = self.one("access")?;
        Ok(Some(Stored {
            seed,
            state,
            access,
        }))
    }

    fn meta(&self, name: &str) -> rusqlite::Result<Option<u64>> {
        let query = "SELECT value FROM meta WHERE name = ?1";
        let value: Option<String> = self
            .connection
            .query_row(query, [name], |row| row.get(0))
            .optional()?;
        Ok(value.and_then(|text| text.parse().ok()))
    }

    /// What `meta` has under a name.
    fn one<T: DeserializeOwned>(&self, name: &str) -> rusqlite::Result<Option<T>> {
        let query = format!("SELECT value FROM meta WHERE name = '{name}'");
        Ok(self.all(&query)?.into_iter().next())
    }

    fn all<T: DeserializeOwned>(&self, query: &str) -> rusqlite::Result<Vec<T>> {
        let mut statement = self.connection.prepare(query)?;
        let rows = statement.query_map([], |row| {
            let text: String = row.get(0)?;
            serde_json::from_str(&text).map_err(|error| {
                let kind = rusqlite::types::Type::Text;
                rusqlite::Error::FromSqlConversionFailure(0, kind, Box::new(error))
            })
        })?;
        rows.collect()
    }
}

/// How many tables a file has; `None` if they are not a portal's.
fn examine(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let number = |query| connection.query_row(query, [], |row| row.get::<_, i64>(0));
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    let application = number("PRAGMA application_id")?;
    let version = number("PRAGMA user_version")?;
    let own = tables == 0 || (application == APPLICATION && version == VERSION);
    Ok(own.then_some(tables))
}

/// Makes the tables in a new file.
fn lay_out(connection: &mut Connection) -> rusqlite::Result<()> {
    let new = connection.transaction()?;
    new.execute_batch(TABLES)?;
    new.pragma_update(None, "application_id", APPLICATION)?;
    new.pragma_update(None, "user_version", VERSION)?;
    new.commit()
}

fn write(to: &Transaction<'_>, seed: u64, changes: &Changes) -> rusqlite::Result<()> {
    for (name, value) in [
        ("seed", seed),
        ("last_group_id", changes.last_group_id),
        ("last_file_id", changes.last_file_id),
    ] {
        let query = "INSERT OR REPLACE INTO meta VALUES (?1, ?2)";
        to.execute(query, params![name, value.to_string()])?;
    }
    let scrum = changes.scrum.as_ref().map(text);
    let tasks = changes.tasks.as_ref().map(text);
    let feed = changes.feed.as_ref().map(text);
    for (name, data) in [("scrum", scrum), ("tasks", tasks), ("feed", feed)] {
        if let Some(data) = data.transpose()? {
            let query = "INSERT OR REPLACE INTO meta VALUES (?1, ?2)";
            to.execute(query, params![name, data])?;
        }
    }
    let mut lost = to.prepare("DELETE FROM groups WHERE id = ?1")?;
    for id in &changes.lost_groups {
        lost.execute([*id])?;
    }
    let mut lost = to.prepare("DELETE FROM relations WHERE group_id = ?1 AND user_id = ?2")?;
    for (group_id, user_id) in &changes.lost_relations {
        lost.execute([*group_id, *user_id])?;
    }
    let mut put = to.prepare("INSERT OR REPLACE INTO users VALUES (?1, ?2)")?;
    for user in &changes.users {
        put.execute(params![user.id, text(user)?])?;
    }
    let mut put = to.prepare("INSERT OR REPLACE INTO groups VALUES (?1, ?2)")?;
    for group in &changes.groups {
        put.execute(params![group.id, text(group)?])?;
    }
    let mut put = to.prepare("INSERT OR REPLACE INTO relations VALUES (?1, ?2, ?3)")?;
    for own in &changes.relations {
        put.execute(params![own.group_id, own.user_id, text(own)?])?;
    }
    Ok(())
}

fn text(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

/// An error that says which file, and what to do.
fn told(path: &Path, what: &str) -> io::Error {
    let path = path.display();
    io::Error::other(format!(
        "can't keep the portal's data in {path}: {what}; name a new file, or one that a portal wrote"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::seed;

    /// A file that is removed even if the test fails.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let name = format!("sonet-portal-{}-{name}", std::process::id());
            let path = std::env::temp_dir().join(name);
            let _ = std::fs::remove_file(&path);
            Self(path)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    #[test]
    fn what_is_saved_is_loaded() {
        let file = Scratch::new("saved.sqlite");
        let mut state = seed::state(30, 12, 7);
        let id = *state.groups.keys().next().unwrap();
        if let Some(image) = &mut state.group_mut(id).unwrap().image {
            image.content = Some(vec![0, 255, 7]);
        }
        {
            let mut store = Store::open(&file.0).unwrap();
            assert!(store.load().unwrap().is_none());
            let all = state.changes_since(&State::default());
            store.save(u64::MAX, &all, None).unwrap();
        }
        let mut store = Store::open(&file.0).unwrap();
        let stored = store.load().unwrap().unwrap();
        assert_eq!(stored.seed, u64::MAX);
        assert_eq!(format!("{:?}", stored.state), format!("{state:?}"));
        let earlier = state.clone();
        state.remove_group(id);
        let changes = state.changes_since(&earlier);
        store.save(7, &changes, None).unwrap();
        let stored = store.load().unwrap().unwrap();
        assert_eq!(format!("{:?}", stored.state), format!("{state:?}"));
        assert_eq!(stored.seed, 7);
    }

    #[test]
    fn the_tasks_of_an_earlier_versions_file_get_cards() {
        let file = Scratch::new("earlier.sqlite");
        let state = seed::state(30, 12, 7);
        let mut store = Store::open(&file.0).unwrap();
        let all = state.changes_since(&State::default());
        store.save(7, &all, None).unwrap();
        let query = "DELETE FROM meta WHERE name IN ('tasks', 'feed')";
        store.connection.execute(query, []).unwrap();
        let user = "UPDATE users SET data = json_remove(data, '$.profile')";
        store.connection.execute(user, []).unwrap();
        let stored = store.load().unwrap().unwrap().state;
        assert!(stored.all_tasks().eq(state.all_tasks()));
        assert_eq!(stored.users[&2].profile, crate::Profile::default());
    }

    #[test]
    fn applications_tokens_and_handlers_are_kept() {
        use std::time::{Duration, UNIX_EPOCH};
        let now = UNIX_EPOCH + Duration::from_secs(1_773_921_687);
        let file = Scratch::new("kept.sqlite");
        let mut portal = crate::Portal::builder().build();
        let app = portal.add_app(Some("https://app.example/"), &["sonet_group"]);
        let tokens = portal.issue_tokens(&app.client_id, 2, now).unwrap();
        let hook = portal.webhook_path_with_scope(2, &["sonet_group"]).unwrap();
        portal.add_outgoing_webhook("http://127.0.0.1:9/", &["onSonetGroupAdd"]);
        let mut store = Store::open(&file.0).unwrap();
        let changes = portal.changes_since(&State::default());
        store
            .save(1, &changes, Some(&portal.access_snapshot()))
            .unwrap();
        let stored = store.load().unwrap().unwrap();
        let mut later = crate::Portal::builder().build();
        assert!(stored.access.is_some());
        later.restore(stored.state, stored.access);
        assert!(later.access_snapshot() == portal.access_snapshot());
        let create = |path: &str| crate::Request::json(path, r#"{"NAME":"A"}"#);
        let token = format!("/rest/sonet_group.create?auth={}", tokens.access_token);
        for path in [token, format!("{hook}sonet_group.create")] {
            assert_eq!(later.handle(&create(&path), now).status(), 200);
        }
        assert_eq!(later.take_deliveries().len(), 2);
        let refresh = format!(
            "grant_type=refresh_token&client_id={}&client_secret={}&refresh_token={}",
            app.client_id, app.client_secret, tokens.refresh_token
        );
        let refresh = crate::Request::form("/oauth/token/", &refresh);
        assert_eq!(later.handle(&refresh, now).status(), 200);
        assert_eq!(later.handle(&refresh, now).status(), 400, "once only");
        let next = |portal: &mut crate::Portal| portal.issue_tokens(&app.client_id, 2, now);
        assert_ne!(next(&mut later), Some(tokens), "nothing is drawn twice");
    }

    #[test]
    fn other_files_are_left_alone() {
        let text = Scratch::new("text");
        std::fs::write(&text.0, "Dear diary, today nothing happened at all.").unwrap();
        let error = Store::open(&text.0).unwrap_err().to_string();
        assert!(error.contains("name a new file"), "{error}");
        let other = Scratch::new("other.sqlite");
        let connection = Connection::open(&other.0).unwrap();
        connection.execute_batch("CREATE TABLE x (y)").unwrap();
        let error = Store::open(&other.0).unwrap_err().to_string();
        assert!(error.contains("another program"), "{error}");
        assert!(Store::open(Path::new("/nonexistent/x")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_the_file() {
        use std::fs::{self, Permissions};
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let file = Scratch::new("private.sqlite");
        let journal = PathBuf::from(format!("{}-journal", file.0.display()));
        let store = Store::open(&file.0).unwrap();
        assert_eq!(mode(&file.0), 0o600);
        let begin = "BEGIN IMMEDIATE; INSERT OR REPLACE INTO meta VALUES ('x', 'y')";
        store.connection.execute_batch(begin).unwrap();
        assert_eq!(mode(&journal), 0o600, "the journal has it all, too");
        drop(store);
        // One of an earlier version, or of a careless copy.
        fs::set_permissions(&file.0, Permissions::from_mode(0o644)).unwrap();
        let store = Store::open(&file.0).unwrap();
        assert_eq!(mode(&file.0), 0o600);
        store.connection.execute_batch(begin).unwrap();
        assert_eq!(mode(&journal), 0o600);
        // An empty file has nothing of anybody else.
        let empty = Scratch::new("empty.sqlite");
        fs::write(&empty.0, "").unwrap();
        fs::set_permissions(&empty.0, Permissions::from_mode(0o666)).unwrap();
        Store::open(&empty.0).unwrap();
        assert_eq!(mode(&empty.0), 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_not_the_portals_keeps_its_mode() {
        use std::fs::{self, Permissions};
        use std::os::unix::fs::PermissionsExt;
        let other = Scratch::new("others.sqlite");
        let connection = Connection::open(&other.0).unwrap();
        connection.execute_batch("CREATE TABLE x (y)").unwrap();
        drop(connection);
        fs::set_permissions(&other.0, Permissions::from_mode(0o644)).unwrap();
        assert!(Store::open(&other.0).is_err());
        let mode = fs::metadata(&other.0).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o644);
        let folder = std::env::temp_dir();
        let before = fs::metadata(&folder).unwrap().permissions();
        let error = Store::open(&folder).unwrap_err().to_string();
        assert!(error.contains("it is not a file"), "{error}");
        assert_eq!(fs::metadata(&folder).unwrap().permissions(), before);
    }
}
