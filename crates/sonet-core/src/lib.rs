//! The contract and the engine of the sonet clients: no I/O, no clock, no async.
