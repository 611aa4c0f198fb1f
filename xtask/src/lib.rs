//! The maintainer's commands of the sonet workspace.
