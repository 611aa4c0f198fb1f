//! What the application does with events.

use std::collections::BTreeMap;

use sonet_async::events::Event;
use sonet_async::sonet_group::Get;
use sonet_async::{Client, Error, GroupId};

/// The names of the portal's groups, kept up to date by its events.
///
/// An event only says which group it is about, and what that is like now is read. So it does no harm if an event comes
/// twice, or late, or after one that is newer.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Mirror(BTreeMap<GroupId, String>);

impl Mirror {
    /// Follows an event.
    pub(crate) async fn follow(&mut self, client: &Client, event: &Event) -> Result<(), Error> {
        match event {
            Event::GroupAdded(event) | Event::GroupUpdated(event) => {
                self.read(client, event.data.fields.id).await?;
            }
            Event::GroupDeleted(event) => drop(self.0.remove(&event.data.fields.id)),
            _ => {}
        }
        Ok(())
    }

    async fn read(&mut self, client: &Client, id: GroupId) -> Result<(), Error> {
        let page = client.call(&Get::new().filter(Get::ID.eq(id))).await?;
        match page.into_rows_of_this_page().pop() {
            Some(group) => drop(self.0.insert(id, group.name.unwrap_or_default())),
            // Deleted in the meantime.
            None => drop(self.0.remove(&id)),
        }
        Ok(())
    }

    /// The names, for people.
    pub(crate) fn text(&self) -> String {
        if self.0.is_empty() {
            return "(no groups)".to_owned();
        }
        let names = self.0.iter().map(|(id, name)| format!("{id} {name}"));
        names.collect::<Vec<_>>().join(", ")
    }
}
