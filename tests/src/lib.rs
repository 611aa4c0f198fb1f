//! What spans the crates: conformance of both clients, wire fixtures, snapshots.
