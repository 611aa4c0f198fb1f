//! What is generated.

use std::collections::{BTreeMap, BTreeSet};

use sonet_spec::names;

/// The generated files, by their path below the output folder.
pub type Files = BTreeMap<String, String>;

/// What the files of types are called: each has one of its own, beside the modules below.
pub(crate) struct Stems<'m> {
    modules: BTreeSet<&'m [String]>,
}

impl<'m> Stems<'m> {
    /// Beside these modules and those that they are in.
    pub(crate) fn new(modules: impl Iterator<Item = &'m [String]>) -> Self {
        let depths = modules.flat_map(|path| (1..=path.len()).map(|depth| &path[..depth]));
        Self {
            modules: depths.collect(),
        }
    }

    /// The file of a type: named after it, and marked as that of a type while a module has the name. Nobody outside names it.
    pub(crate) fn of(&self, modules: &[String], name: &str) -> String {
        let mut path = [modules, &[names::snake(name)]].concat();
        while self.modules.contains(path.as_slice()) {
            if let Some(stem) = path.last_mut() {
                stem.push_str("_type");
            }
        }
        path.pop().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_of_the_same_name_leaves_the_type_a_file() {
        let path = |text: &str| -> Vec<String> { text.split('.').map(str::to_owned).collect() };
        let modules = [
            path("club.room.door"),
            path("club.price"),
            path("club.price_type"),
        ];
        let stems = Stems::new(modules.iter().map(Vec::as_slice));
        assert_eq!(stems.of(&path("club"), "Room"), "room_type");
        assert_eq!(stems.of(&path("club"), "Price"), "price_type_type");
        assert_eq!(stems.of(&[], "Club"), "club_type");
        assert_eq!(stems.of(&path("club"), "Door"), "door");
        assert_eq!(stems.of(&path("club.room"), "Room"), "room");
    }
}
