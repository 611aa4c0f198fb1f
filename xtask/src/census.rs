//! `cargo xtask docs census`: how many methods of a checkout get drafts whose code parses.

mod compiled;

use std::process::ExitCode;
use std::time::Instant;

use sonet_codegen::{self as codegen, Handwritten, RootModule};
use sonet_docs::Checkout;
use sonet_docs::census::{self, Figures, Floor, Pipeline};
use sonet_spec::Context;
use sonet_spec::model::Spec;

use crate::arguments::Census;
use crate::workspace;
use cargo_sonet::output::{UNREAD, fail, print, unreadable};
use cargo_sonet::progress::with_progress;

/// Takes the census, prints it, and says what is below the floor.
pub(crate) fn run(wanted: &Census) -> Result<ExitCode, ExitCode> {
    let began = Instant::now();
    let floor = wanted.at_least.as_deref().map(floor).transpose()?;
    let checkout = Checkout::open(&wanted.checkout).map_err(|error| unreadable(&error))?;
    let (judged, ..) = workspace::load().map_err(|_| ExitCode::from(UNREAD))?;
    // A draft stands in a crate of its own, with nothing beside it.
    let alone = Handwritten::default();
    let names = |cx: &Context<'_>| codegen::check(cx, &alone);
    let pipeline = Pipeline {
        check: &names,
        taken: &codegen::is_taken,
        judged: &judged,
        generate: &generate,
    };
    let checkout = with_progress(checkout);
    let pages = census::take(&checkout, &pipeline);
    let mut pages = pages.map_err(|error| unreadable(&error))?;
    if wanted.compile {
        compiled::told("followed every page alone", began);
        compiled::run(&checkout, &mut pages)?;
    }
    let printed = if wanted.json {
        print(&census::json(&pages).map_err(|error| fail(&error))?)
    } else {
        print(&census::human(&pages, wanted.verbose))
    };
    let missed = floor.map(|floor| floor.missed(&Figures::of(&pages)));
    for sentence in missed.iter().flatten() {
        eprintln!("error: {sentence}");
    }
    match missed {
        Some(missed) if !missed.is_empty() => Err(ExitCode::FAILURE),
        _ => Ok(printed),
    }
}

fn floor(file: &std::path::Path) -> Result<Floor, ExitCode> {
    let text = std::fs::read_to_string(file);
    let text = text.map_err(|error| {
        unreadable(&std::io::Error::new(
            error.kind(),
            format!("{}: {error}", file.display()),
        ))
    })?;
    toml::from_str(&text).map_err(|error| {
        unreadable(&std::io::Error::other(format!(
            "{}: {error}",
            file.display()
        )))
    })
}

/// Generates code of a spec, and parses it. It is not compiled.
fn generate(spec: &Spec) -> Result<(), String> {
    for (file, text) in codegen::generate(spec, RootModule::default()) {
        syn::parse_file(&text).map_err(|error| format!("`{file}` does not parse: {error}"))?;
    }
    Ok(())
}
