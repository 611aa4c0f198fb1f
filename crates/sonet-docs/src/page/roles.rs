//! The fields to filter by, to sort by and to select: they are not parts of the parameter, but of the method.

use super::facts::{Item, Page};
use super::parts::Parts;
use crate::words::role;

/// Finds them where parameters lead to their sections.
pub(super) fn led_to(params: &mut [Item], parts: &mut Parts, page: &mut Page) {
    led_to_in(params, parts, page, &mut Vec::new());
}

fn led_to_in(items: &mut [Item], parts: &mut Parts, page: &mut Page, seen: &mut Vec<usize>) {
    for item in items {
        let part = parts.of(item);
        let Some(role) = role(&item.name) else {
            if let Some(at) = part.filter(|at| !seen.contains(at)) {
                seen.push(at);
                led_to_in(&mut parts.0[at].items.clone(), parts, page, seen);
            }
            continue;
        };
        if role == "filter" && !item.operators.is_empty() {
            page.filter_operators = Some(item.operators.clone());
        }
        if let Some(at) = part {
            let part = &mut parts.0[at];
            part.used = true;
            let fields = fields(page, role).get_or_insert_default();
            fields.extend(part.items.iter().cloned());
            // They are no fields of the parameter.
            item.links.clear();
            item.absent |= !part.absent.is_empty();
        }
    }
}

/// Finds them in sections whose heading says what they are, where nothing leads to them.
pub(super) fn left_over(parts: &mut Parts, page: &mut Page) {
    for part in parts.0.iter_mut().filter(|part| !part.used) {
        let Some(role) = part.role else { continue };
        let fields = fields(page, role);
        if fields.is_none() {
            part.used = true;
            *fields = Some(part.items.clone());
        }
    }
}

fn fields<'p>(page: &'p mut Page, role: &str) -> &'p mut Option<Vec<Item>> {
    match role {
        "filter" => &mut page.filter_fields,
        "order" => &mut page.order_fields,
        _ => &mut page.select_fields,
    }
}
