//! `workgroup.list` filters by `SITE_ID`, and can't select it.
use sonet_types::socialnetwork::api::workgroup::List;

fn main() {
    let _ = List::new().select(List::SITE_ID);
}
