//! Which methods a program has taught the portal.

use super::handler::Handler;
use crate::methods;
use crate::methods::method::{Action, Method};
use std::collections::BTreeMap;
use std::fmt;

/// Why the portal can't be taught a method.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TeachError {
    /// The name is none of a method: it may have letters, digits, dots, `_` and `-`.
    Name(String),
    /// The portal answers the method itself. [`Portal::replace`](crate::Portal::replace) overrides it.
    Exists(String),
    /// There is no such method to replace. [`Portal::on`](crate::Portal::on) teaches a new one.
    Missing(String),
    /// The method calls others, and can't be replaced: `batch`.
    Batch,
}

impl fmt::Display for TeachError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(
                f,
                "`{name}` can't be the name of a method; use letters, digits, dots, _ and -, as in \
                 crm.deal.get"
            ),
            Self::Exists(name) => write!(
                f,
                "the portal answers `{name}` itself; call `replace` to answer it in another way"
            ),
            Self::Missing(name) => write!(
                f,
                "the portal has no method `{name}` of its own to replace; call `on` to teach it"
            ),
            Self::Batch => {
                f.write_str("`batch` can't be replaced; teach the methods that it calls")
            }
        }
    }
}

impl std::error::Error for TeachError {}

/// The methods that were taught, by their names in lower case.
#[derive(Default)]
pub(crate) struct TaughtMethods(BTreeMap<&'static str, Method>);

impl TaughtMethods {
    /// A method that was taught, by its name in whatever case.
    pub(crate) fn find(&self, name: &str) -> Option<&Method> {
        self.0.get(name.to_ascii_lowercase().as_str())
    }

    /// The names and scopes of the methods that the portal doesn't have itself.
    pub(crate) fn new_ones(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let new = self.0.values();
        new.filter(|method| methods::find(method.name).is_none())
            .map(|method| (method.name, method.scope))
    }

    /// Adds a method that the portal lacks; a later handler takes the place of an earlier one.
    pub(crate) fn add(&mut self, name: &str, handler: Handler) -> Result<&mut Method, TeachError> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        if name.is_empty() || !name.bytes().all(fits) {
            return Err(TeachError::Name(name.to_owned()));
        }
        if methods::find(name).is_some() {
            return Err(TeachError::Exists(name.to_owned()));
        }
        let name = self.name(name);
        Ok(self.put(Method {
            name,
            scope: "basic",
            storage_failure: None,
            other_failure: None,
            action: Action::Taught(handler),
        }))
    }

    /// Overrides a method of the portal's own, which keeps its scope.
    pub(crate) fn replace(&mut self, name: &str, handler: Handler) -> Result<(), TeachError> {
        let own = methods::find(name).ok_or_else(|| TeachError::Missing(name.to_owned()))?;
        if matches!(own.action, Action::Batch) {
            return Err(TeachError::Batch);
        }
        self.put(Method {
            action: Action::Taught(handler),
            ..own.clone()
        });
        Ok(())
    }

    fn put(&mut self, method: Method) -> &mut Method {
        let name = method.name;
        self.0.remove(name);
        self.0.entry(name).or_insert(method)
    }

    /// The name in lower case. It lives as long as the program, as those of the portal's own methods
    /// do; there are no more of them than a test teaches.
    fn name(&self, name: &str) -> &'static str {
        let name = name.to_ascii_lowercase();
        match self.0.get_key_value(name.as_str()) {
            Some((known, _)) => known,
            None => name.leak(),
        }
    }
}
