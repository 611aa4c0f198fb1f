//! Who sees a post of the news feed.

use std::fmt;

use crate::{DepartmentId, GroupId, UserId};

/// A recipient of a post of the news feed, as `DEST` and `LOG_RIGHTS` of the `log.blogpost.*` methods name one.
///
/// ```
/// # extern crate sonet_types as sonet_async;
/// use sonet_async::log::blogpost::Add;
/// use sonet_async::{Destination, GroupId};
///
/// let post = Add::new("Welcome!").dest([Destination::from(GroupId::new(77))]);
/// ```
///
/// Identifiers of groups, users and departments convert to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Destination {
    /// Everybody who is logged in: `UA`.
    Everybody,
    /// The members of a group, in whose feed the post stands: `SG77`.
    Group(GroupId),
    /// A user: `U7`.
    User(UserId),
    /// The employees of a department: `DR7`.
    Department(DepartmentId),
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everybody => f.write_str("UA"),
            Self::Group(id) => write!(f, "SG{id}"),
            Self::User(id) => write!(f, "U{id}"),
            Self::Department(id) => write!(f, "DR{id}"),
        }
    }
}

impl From<Destination> for String {
    fn from(destination: Destination) -> Self {
        destination.to_string()
    }
}

impl From<GroupId> for Destination {
    fn from(group: GroupId) -> Self {
        Self::Group(group)
    }
}

impl From<UserId> for Destination {
    fn from(user: UserId) -> Self {
        Self::User(user)
    }
}

impl From<DepartmentId> for Destination {
    fn from(department: DepartmentId) -> Self {
        Self::Department(department)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_is_written_as_on_the_wire() {
        let written = [
            Destination::Everybody,
            GroupId::new(77).into(),
            UserId::new(7).into(),
            DepartmentId::new(1).into(),
        ]
        .map(String::from);
        assert_eq!(written, ["UA", "SG77", "U7", "DR1"]);
    }
}
