//! `workgroup.list` selects `TYPE`, and can't sort by it.
use sonet_types::socialnetwork::api::workgroup::List;

fn main() {
    let _ = List::new().order(List::TYPE.asc());
}
