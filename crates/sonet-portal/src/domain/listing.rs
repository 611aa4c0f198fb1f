//! Pages of the lists of groups.
//!
//! What an order or a filter by identifier asks for is found, however many groups there are. What else a
//! filter says is held against one group after another, until the page is full: all of them only
//! where a `total` has to be told, or where another order needs them.

use crate::domain::filter::{Direction, Filter, Order};
use crate::domain::model::Group;
use crate::domain::page::{PAGE_ROWS, Page};
use crate::domain::state::{Ids, State};

/// A list that is asked for.
pub(crate) struct Listing<'a> {
    pub(crate) state: &'a State,
    /// The groups that the list may show.
    pub(crate) seen: Ids<'a>,
    pub(crate) filter: &'a Filter,
    pub(crate) order: &'a Order,
    /// Whether all that the list has are counted. Otherwise a page has neither a total nor a next one.
    pub(crate) counts: bool,
}

impl<'a> Listing<'a> {
    /// The page that begins after so many groups.
    pub(crate) fn page(&self, start: u64, bogus_next: bool) -> Page<&'a Group> {
        self.look(start, bogus_next, |_| {})
    }

    /// The same, telling each group that is looked at.
    fn look(&self, start: u64, bogus_next: bool, looked_at: impl Fn(&Group)) -> Page<&'a Group> {
        let skipped = usize::try_from(start).unwrap_or(usize::MAX);
        let wanted = self.filter.ids();
        let seen = self.seen.within(&wanted.bounds);
        let listed = wanted.listed.map(|listed| {
            let listed = listed.iter().filter_map(|id| u64::try_from(*id).ok());
            listed.filter(|id| seen.contains(*id)).collect::<Vec<_>>()
        });
        let ids = match &listed {
            Some(listed) => Ids::of(listed),
            None => seen,
        };
        let groups = |ids, direction| self.groups(ids, direction, &looked_at);
        let Some(direction) = self.order.of_ids() else {
            let matches = groups(ids, Direction::Ascending);
            let mut matches: Vec<_> = matches.filter(|own| self.filter.matches(own)).collect();
            self.order.sort(&mut matches);
            return Page::cut(matches, start, bogus_next);
        };
        if wanted.whole {
            let total = ids.len() as u64;
            let rest = match direction {
                Direction::Ascending => ids.skip(skipped),
                Direction::Descending => ids.skip_back(skipped),
            };
            let rows = groups(rest, direction).take(PAGE_ROWS);
            return Page::of(rows.collect(), total, start, bogus_next);
        }
        let matches = groups(ids, direction).filter(|own| self.filter.matches(own));
        if self.counts {
            return Page::cut(matches.collect(), start, bogus_next);
        }
        let rows = matches.skip(skipped).take(PAGE_ROWS);
        Page::uncounted(rows.collect())
    }

    /// Groups one after another, telling each that is looked at.
    fn groups<'b>(
        &'b self,
        ids: Ids<'b>,
        direction: Direction,
        looked_at: &'b impl Fn(&Group),
    ) -> Box<dyn Iterator<Item = &'a Group> + 'b> {
        let state = self.state;
        let group = move |id| {
            let group = state.groups.get(&id);
            group.inspect(|group| looked_at(group))
        };
        match direction {
            Direction::Ascending => Box::new(ids.up().filter_map(group)),
            Direction::Descending => Box::new(ids.down().filter_map(group)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::access;
    use crate::domain::filter::Dialect;
    use crate::domain::model::{InitiatedBy, Role, User};
    use crate::domain::seed::{self, Random};
    use crate::wire::json;
    use std::cell::Cell;

    fn filter(text: &str) -> Filter {
        let value = json::parse(text.as_bytes()).unwrap();
        Filter::read(Dialect::SonetGroup, value.as_array())
    }

    fn order(text: &str) -> Order {
        let value = json::parse(text.as_bytes()).unwrap();
        Order::read(Dialect::SonetGroup, value.as_array())
    }

    /// A page, and how many groups were looked at for it.
    fn look(
        state: &State,
        user: &User,
        (filter, order): (&Filter, &Order),
        start: u64,
        counts: bool,
    ) -> (Vec<u64>, u64, usize) {
        let listing = Listing {
            state,
            seen: access::seen(state, user, false, |_| true),
            filter,
            order,
            counts,
        };
        let looked_at = Cell::new(0);
        let page = listing.look(start, false, |_| looked_at.set(looked_at.get() + 1));
        let rows = page.rows.iter().map(|group| group.id).collect();
        (rows, page.total, looked_at.get())
    }

    /// All that a list shows, told by looking at every group.
    fn searched(state: &State, user: &User, filter: &Filter, order: &Order) -> Vec<u64> {
        let groups = state.groups.values();
        let seen = groups.filter(|group| access::sees(state, user, group));
        let mut found: Vec<_> = seen.filter(|group| filter.matches(group)).collect();
        order.sort(&mut found);
        found.into_iter().map(|group| group.id).collect()
    }

    /// A walk by identifier looks at what it shows, in a large portal as in a small one.
    #[test]
    fn a_walk_looks_at_no_group_that_it_does_not_show() {
        for count in [300, 6_000] {
            let state = seed::state(count, 12, 1);
            for user in [1, 2, 4].map(|id| &state.users[&id]) {
                for (direction, condition) in [("ASC", ">ID"), ("DESC", "<ID")] {
                    let order = order(&format!(r#"{{"ID":"{direction}"}}"#));
                    let all = searched(&state, user, &filter("{}"), &order);
                    let mut walked = Vec::new();
                    loop {
                        let filter = match walked.last() {
                            Some(last) => filter(&format!(r#"{{"{condition}":{last}}}"#)),
                            None => filter("{}"),
                        };
                        let (rows, total, looked_at) =
                            look(&state, user, (&filter, &order), 0, true);
                        assert_eq!(looked_at, rows.len());
                        assert_eq!(total, (all.len() - walked.len()) as u64);
                        if rows.is_empty() {
                            break;
                        }
                        walked.extend(rows);
                    }
                    assert_eq!(walked, all, "{count} {} {direction}", user.id);
                    let mut paged = Vec::new();
                    while paged.len() < all.len() {
                        let start = paged.len() as u64;
                        let query = (&filter("{}"), &order);
                        let (rows, _, looked_at) = look(&state, user, query, start, true);
                        assert_eq!(looked_at, rows.len());
                        paged.extend(rows);
                    }
                    assert_eq!(paged, all, "by offset");
                }
            }
        }
    }

    #[test]
    fn what_is_not_counted_ends_with_the_page() {
        let state = seed::state(6_000, 12, 1);
        let user = &state.users[&2];
        let order = order(r#"{"ID":"ASC"}"#);
        let middle = *state.groups.keys().nth(3_000).unwrap();
        let filter_after = filter(&format!(r#"{{">ID":{middle},"CLOSED":"N","%NAME":"a"}}"#));
        let query = (&filter_after, &order);
        let (rows, total, looked_at) = look(&state, user, query, 0, false);
        assert_eq!((rows.len(), total), (50, 0));
        assert!(looked_at < 300, "{looked_at}");
        let (counted, total, looked_at) = look(&state, user, query, 0, true);
        assert_eq!(counted, rows);
        assert!(total > 1_000 && looked_at > 2_000, "{total} {looked_at}");
        let listed = filter(&format!(r#"{{"ID":[{middle},7,99999999,"x"]}}"#));
        let (rows, _, looked_at) = look(&state, user, (&listed, &order), 0, true);
        assert!(rows.len() <= 2 && looked_at <= 2, "{rows:?} {looked_at}");
    }

    /// What is kept of groups and members stays true whatever happens to them.
    #[test]
    fn lists_show_what_a_search_finds() {
        let mut state = seed::state(130, 14, 3);
        let mut random = Random::new(7);
        let users: Vec<User> = state.users.values().cloned().collect();
        for round in 0..60 {
            for _ in 0..4 {
                change(&mut state, &mut random);
            }
            if round % 20 == 19 {
                let first = *state.groups.keys().next().unwrap();
                state.group_mut(first).unwrap().visible = false;
            }
            let middle = random.below(300);
            for (filter_text, order_text) in [
                ("{}".to_owned(), r#"{"ID":"ASC"}"#),
                ("{}".to_owned(), r#"{"NAME":"ASC"}"#),
                (format!(r#"{{">ID":{middle}}}"#), r#"{"ID":"DESC"}"#),
                (format!(r#"{{"<=ID":{middle},"OPENED":"N"}}"#), "{}"),
                (
                    format!(r#"{{"!ID":[{middle},9],"ID":[9,12,{middle}]}}"#),
                    "{}",
                ),
            ] {
                let (filter, order) = (filter(&filter_text), order(order_text));
                for user in &users {
                    let all = searched(&state, user, &filter, &order);
                    for start in [0, 50, 100] {
                        let due: Vec<u64> = all.iter().copied().skip(start).take(50).collect();
                        let query = (&filter, &order);
                        let (rows, total, _) = look(&state, user, query, start as u64, true);
                        let told = (rows, total);
                        assert_eq!(
                            told,
                            (due.clone(), all.len() as u64),
                            "{filter_text} {}",
                            user.id
                        );
                        let (rows, ..) = look(&state, user, query, start as u64, false);
                        assert_eq!(rows, due);
                    }
                }
            }
        }
    }

    fn change(state: &mut State, random: &mut Random) {
        let groups: Vec<u64> = state.groups.keys().copied().collect();
        let users: Vec<u64> = state.users.keys().copied().collect();
        let group = *random.pick(&groups).unwrap();
        let user = *random.pick(&users).unwrap();
        let roles = [Role::Owner, Role::Moderator, Role::Member, Role::Awaiting];
        let role = *random.pick(&roles).unwrap();
        match random.below(8) {
            0 => state.relate(group, user, role, InitiatedBy::Group),
            1 => state.set_role(group, user, role),
            2 => state.unrelate(group, user),
            3 => state.add_member(group, user, role),
            4 => state.set_owner(group, user),
            5 => state.remove_group(group),
            6 => {
                let mut new = state.groups[&group].clone();
                new.id = state.next_group_id();
                state.insert_group(new);
            }
            _ => {
                let mut other = state.groups[&group].clone();
                other.visible = !other.visible;
                if random.one_in(2) {
                    other.sites = vec!["ex".to_owned()];
                }
                state.put_group(other);
            }
        }
    }
}
