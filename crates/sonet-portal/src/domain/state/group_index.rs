//! Which groups there are of which class, and whose they are: what lists would otherwise have to look
//! through all groups for.

use crate::domain::model::{EXTRANET_SITE, Group, MAIN_SITE, Relation};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

/// How many classes there are.
const CLASSES: usize = 8;

/// What decides who sees a group that is no member of it, and under which site. All groups of a class
/// are seen, or not, together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Class {
    pub(crate) visible: bool,
    pub(crate) main: bool,
    pub(crate) extranet: bool,
}

impl Class {
    /// The class of a group.
    pub(crate) fn of(group: &Group) -> Self {
        let on = |site: &str| group.sites.iter().any(|own| own == site);
        Self {
            visible: group.visible,
            main: on(MAIN_SITE),
            extranet: on(EXTRANET_SITE),
        }
    }

    /// All classes, each at its place.
    fn all() -> impl Iterator<Item = Self> {
        (0..CLASSES).map(|place| Self {
            visible: place & 1 != 0,
            main: place & 2 != 0,
            extranet: place & 4 != 0,
        })
    }

    fn place(self) -> usize {
        usize::from(self.visible) | usize::from(self.main) << 1 | usize::from(self.extranet) << 2
    }
}

/// The identifiers of groups, class by class and in order.
#[derive(Clone, Default)]
struct IdsByClass([Vec<u64>; CLASSES]);

impl IdsByClass {
    fn put(&mut self, class: Class, id: u64) {
        let ids = &mut self.0[class.place()];
        if let Err(at) = ids.binary_search(&id) {
            ids.insert(at, id);
        }
    }

    fn take(&mut self, class: Class, id: u64) {
        let ids = &mut self.0[class.place()];
        if let Ok(at) = ids.binary_search(&id) {
            ids.remove(at);
        }
    }
}

/// All groups by class, and each user's own.
#[derive(Clone, Default)]
pub(super) struct GroupIndex {
    all: IdsByClass,
    /// The groups that a user is a member of.
    own: HashMap<u64, IdsByClass>,
}

impl GroupIndex {
    pub(super) fn of(
        groups: &BTreeMap<u64, Group>,
        relations: &BTreeMap<(u64, u64), Relation>,
    ) -> Self {
        let mut index = Self::default();
        for (id, group) in groups {
            index.all.put(Class::of(group), *id);
        }
        let members = relations.values().filter(|own| own.role.is_member());
        for own in members {
            if let Some(group) = groups.get(&own.group_id) {
                index.join(own.user_id, Class::of(group), own.group_id);
            }
        }
        index
    }

    /// A group becomes another one's class, or comes, or goes; `members` are who belongs to it.
    pub(super) fn move_group(
        &mut self,
        id: u64,
        from: Option<Class>,
        to: Option<Class>,
        members: impl Iterator<Item = u64>,
    ) {
        if from == to {
            return;
        }
        from.inspect(|class| self.all.take(*class, id));
        to.inspect(|class| self.all.put(*class, id));
        for user in members {
            let own = self.own.entry(user).or_default();
            from.inspect(|class| own.take(*class, id));
            to.inspect(|class| own.put(*class, id));
        }
    }

    /// A user becomes a member of a group.
    pub(super) fn join(&mut self, user: u64, class: Class, id: u64) {
        self.own.entry(user).or_default().put(class, id);
    }

    /// A user is a member no longer.
    pub(super) fn leave(&mut self, user: u64, class: Class, id: u64) {
        if let Some(own) = self.own.get_mut(&user) {
            own.take(class, id);
        }
    }

    /// The groups of those classes that a user sees anyway, and of the others the user's own.
    pub(super) fn seen(
        &self,
        user: u64,
        admits: impl Fn(Class) -> bool,
        listed: impl Fn(Class) -> bool,
    ) -> Ids<'_> {
        let own = self.own.get(&user);
        let lists = Class::all().filter(|class| admits(*class)).map(|class| {
            let from = if listed(class) { Some(&self.all) } else { own };
            from.map_or(&[][..], |from| &from.0[class.place()])
        });
        Ids(lists.filter(|ids| !ids.is_empty()).collect())
    }
}

/// Identifiers in several lists, each of them in order, none in two of them.
#[derive(Debug, Clone)]
pub(crate) struct Ids<'a>(Vec<&'a [u64]>);

impl<'a> Ids<'a> {
    /// Those of one list, which is in order.
    pub(crate) fn of(ids: &'a [u64]) -> Self {
        Self(vec![ids])
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|ids| ids.len()).sum()
    }

    /// Those within bounds.
    pub(crate) fn within(&self, bounds: &RangeInclusive<u64>) -> Self {
        let cut = |ids: &&'a [u64]| {
            let from = ids.partition_point(|id| id < bounds.start());
            let to = ids.partition_point(|id| id <= bounds.end());
            &ids[from..to.max(from)]
        };
        Self(self.0.iter().map(cut).collect())
    }

    /// Whether one is among them.
    pub(crate) fn contains(&self, id: u64) -> bool {
        self.0.iter().any(|ids| ids.binary_search(&id).is_ok())
    }

    /// The first ones are left out. They are not walked over: the one to begin with is searched for
    /// by halves.
    pub(crate) fn skip(&self, count: usize) -> Self {
        let before = |id: u64| -> usize {
            let counts = self.0.iter();
            counts.map(|ids| ids.partition_point(|own| *own < id)).sum()
        };
        if count >= self.len() {
            return Self(Vec::new());
        }
        // The largest identifier that has no more than so many before it is the one to begin with.
        let (mut low, mut high) = (0, u64::MAX);
        while low < high {
            let middle = high - (high - low) / 2;
            if before(middle) <= count {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        self.within(&(low..=u64::MAX))
    }

    /// The last ones are left out.
    pub(crate) fn skip_back(&self, count: usize) -> Self {
        let Some(kept) = self.len().checked_sub(count).filter(|kept| *kept > 0) else {
            return Self(Vec::new());
        };
        let last = self.skip(kept - 1).next_up();
        self.within(&(0..=last.unwrap_or_default()))
    }

    /// All of them upwards.
    pub(crate) fn up(mut self) -> impl Iterator<Item = u64> + use<'a> {
        std::iter::from_fn(move || {
            let next = self.next_up()?;
            let ids = self.0.iter_mut().find(|ids| ids.first() == Some(&next))?;
            *ids = &ids[1..];
            Some(next)
        })
    }

    /// All of them downwards.
    pub(crate) fn down(mut self) -> impl Iterator<Item = u64> + use<'a> {
        std::iter::from_fn(move || {
            let largest = self.0.iter_mut().filter(|ids| !ids.is_empty());
            let ids = largest.min_by_key(|ids| Reverse(ids.last().copied()))?;
            let (last, rest) = ids.split_last()?;
            *ids = rest;
            Some(*last)
        })
    }

    fn next_up(&self) -> Option<u64> {
        self.0.iter().filter_map(|ids| ids.first()).min().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_one_list() {
        let lists: [&[u64]; 4] = [&[1, 4, 9], &[], &[2, 3, 7, 8], &[20]];
        let ids = Ids(lists.to_vec());
        let all = [1, 2, 3, 4, 7, 8, 9, 20];
        assert_eq!(ids.len(), all.len());
        assert_eq!(ids.clone().up().collect::<Vec<_>>(), all);
        let down: Vec<u64> = ids.clone().down().collect();
        assert!(down.iter().eq(all.iter().rev()));
        for count in 0..10 {
            let rest = all.iter().copied().skip(count);
            assert!(ids.skip(count).up().eq(rest), "{count}");
            let rest = all.iter().rev().copied().skip(count);
            assert!(ids.skip_back(count).down().eq(rest), "{count}");
        }
        let within = |bounds| ids.within(&bounds).up().collect::<Vec<_>>();
        assert_eq!(within(3..=8), [3, 4, 7, 8]);
        assert!(within(10..=19).is_empty());
        #[allow(clippy::reversed_empty_ranges)]
        let none = within(8..=3);
        assert!(none.is_empty());
        assert!(ids.contains(7) && !ids.contains(5));
        assert_eq!(Ids(Vec::new()).skip(0).up().count(), 0);
        let extremes: [&[u64]; 1] = [&[0, u64::MAX]];
        let extremes = Ids(extremes.to_vec());
        assert!(extremes.skip(1).up().eq([u64::MAX]));
        assert!(extremes.skip_back(1).down().eq([0]));
    }
}
