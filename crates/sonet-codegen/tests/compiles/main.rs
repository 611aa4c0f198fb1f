//! Whatever `cargo xtask spec` lets through compiles: specs with names that collide, are words of Rust, or are no names at all.
//! What is refused is refused on its line; what is not is generated, and given to the compiler, many specs at once.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod build;
mod pools;
mod random;
mod write;

use std::fmt::Write as _;

use build::{Built, Work};
use random::Random;
use sonet_codegen as codegen;

/// Specs that are let through, and how many were refused meanwhile.
fn let_through(random: &mut Random, count: usize) -> (Vec<String>, usize) {
    let (mut specs, mut refused) = (Vec::new(), 0);
    let handwritten = build::handwritten();
    while specs.len() < count {
        let text = write::spec(random);
        match codegen::parse("spec.toml", &text, &handwritten) {
            Ok(_) => specs.push(text),
            Err(report) => {
                refused += 1;
                let report = report.to_string();
                assert!(
                    report.contains("spec.toml:"),
                    "not on a line: {report}\n{text}"
                );
            }
        }
        assert!(
            refused < 100 * count + 1_000,
            "nearly everything is refused"
        );
    }
    (specs, refused)
}

fn assert_compiles(seed: u64, count: usize, work: Work) {
    let (specs, refused) = let_through(&mut Random::new(seed), count);
    println!(
        "seed {seed}: {} specs let through, {refused} refused",
        specs.len()
    );
    if let Built::Refused { said, of } = build::build(&specs, work) {
        let mut shown = said;
        for index in of {
            let _ = write!(shown, "\n\nspec {index}:\n{}", specs[index]);
        }
        panic!("{shown}");
    }
}

#[test]
fn what_is_let_through_compiles() {
    assert_compiles(1, 25, Work::Check);
}

/// The same with many more, with their documentation and with their examples.
#[test]
#[ignore = "takes ten minutes; run it after a change of the generator or of the checks"]
fn what_is_let_through_compiles_by_the_hundred() {
    for seed in 100..104 {
        assert_compiles(seed, 150, Work::Check);
    }
    assert_compiles(200, 100, Work::Document);
    assert_compiles(201, 100, Work::Examples);
}
