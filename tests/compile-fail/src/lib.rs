//! What must not compile: see the examples, and `compile_fail` among the tests of `sonet-tests`.
