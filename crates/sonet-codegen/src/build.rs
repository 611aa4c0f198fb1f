//! For the build script of a consumer: code from a spec, each time that the spec changes.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use crate::check::Handwritten;
use crate::files::Files;
use crate::root_module::RootModule;
use sonet_spec::diagnostics::Source;

/// Generates code from a spec in a build script.
///
/// ```no_run
/// // in the `main` of build.rs
/// sonet_codegen::Build::new("api.toml").client("sonet_async").run();
/// ```
///
/// The crate then includes what was generated, in a module that has the name of the file, `bitrix` by default:
///
/// ```ignore
/// mod bitrix {
///     include!(concat!(env!("OUT_DIR"), "/bitrix.rs"));
/// }
/// ```
///
/// It reads the spec, and nothing else: no documentation, no network. `cargo sonet generate` writes the same code into files
/// of the crate, which can be read and reviewed.
#[derive(Debug, Clone)]
#[must_use = "nothing is generated until `run`"]
pub struct Build {
    spec: PathBuf,
    client: String,
    module: String,
    out: Option<PathBuf>,
}

impl Build {
    /// Names the spec, relative to the package.
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self {
            spec: spec.into(),
            client: "sonet_async".to_owned(),
            module: "crate::bitrix".to_owned(),
            out: None,
        }
    }

    /// Names the client that the package depends on: `sonet_async` or `sonet_blocking`. Default: `sonet_async`.
    pub fn client(mut self, client: impl Into<String>) -> Self {
        self.client = client.into();
        self
    }

    /// Names the module that includes the code; the last part of it is the name of the file. Default: `crate::bitrix`.
    pub fn module(mut self, path: impl Into<String>) -> Self {
        self.module = path.into();
        self
    }

    /// Names the folder that the file is written to. Default: the one that Cargo gives a build script, `OUT_DIR`.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out = Some(folder.into());
        self
    }

    /// Generates the code, and tells Cargo to do so again when the spec changes. Where that fails, the build script ends, and
    /// every mistake in the spec is shown with its line.
    pub fn run(&self) {
        // Said first: where the spec or a part of it can't be read, Cargo still watches its first file.
        println!("cargo::rerun-if-changed={}", self.name());
        let source = self.source().inspect(|source| {
            for part in source.parts().iter().skip(1) {
                println!("cargo::rerun-if-changed={}", part.name);
            }
        });
        if let Err(problem) = source.and_then(|source| self.write(&source)) {
            eprintln!("{problem}");
            process::exit(1);
        }
    }

    /// Generates the code: the path of the file.
    ///
    /// # Errors
    ///
    /// Every mistake in the spec, as a text for people, or that something can't be read or written.
    pub fn try_run(&self) -> Result<PathBuf, String> {
        self.write(&self.source()?)
    }

    fn name(&self) -> String {
        self.spec.display().to_string()
    }

    /// The text of the spec with its parts.
    fn source(&self) -> Result<Source, String> {
        let source = sonet_spec::read(Path::new(""), &self.name());
        source.map_err(|report| report.render(false))
    }

    /// Writes the code of a spec.
    fn write(&self, source: &Source) -> Result<PathBuf, String> {
        let spec = &source.name;
        let parsed = crate::parse(spec, &source.text, &Handwritten::default());
        let (parsed, _) = parsed.map_err(|report| report.render(false))?;
        check_path(&self.module)?;
        let client = self.client.replace('-', "_");
        check_path(&client)?;
        let made_by = format!("`sonet_codegen::Build` from {spec}");
        let root = RootModule::of_application(&self.module, &client, &made_by);
        let code = in_one_file(&crate::generate(&parsed, root));
        let out = self
            .out
            .clone()
            .or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
        let out = out.ok_or("there is no `OUT_DIR`: this is for a build script")?;
        let name = self.module.rsplit("::").next().unwrap_or_default();
        let file = out.join(format!("{name}.rs"));
        // A file that is as it should be keeps its date, so that nothing that includes it is built again.
        if fs::read_to_string(&file).is_ok_and(|old| old == code) {
            return Ok(file);
        }
        fs::write(&file, code).map_err(|error| format!("{}: {error}", file.display()))?;
        Ok(file)
    }
}

/// Checks that a text is the path of a module or a crate: names of Rust with `::` between them.
///
/// # Errors
///
/// What is no name, as a sentence.
pub fn check_path(path: &str) -> Result<(), String> {
    for name in path.split("::") {
        if name != "crate" && syn::parse_str::<syn::Ident>(name).is_err() {
            return Err(format!("`{path}` is no path of Rust: `{name}` is no name"));
        }
    }
    Ok(())
}

/// The files as one, which can be included: modules within each other, and no attributes of the whole.
fn in_one_file(files: &Files) -> String {
    let mut code = String::new();
    let _ = writeln!(
        code,
        "#[allow(dead_code, unused_imports, unreachable_pub, clippy::all, clippy::pedantic, clippy::nursery)]\n\
         mod __generated {{\n{}}}\npub use __generated::*;",
        module(files, Path::new(""))
    );
    code
}

/// What is in a folder of modules.
fn module(files: &Files, folder: &Path) -> String {
    let name = |file: &Path| file.to_string_lossy().replace('\\', "/");
    let text = |file: &Path| files.get(&name(file)).map_or("", String::as_str);
    let mut code = String::new();
    for line in body(text(&folder.join("mod.rs"))) {
        let declared = |prefix: &str| line.strip_prefix(prefix)?.strip_suffix(';');
        if let Some(inner) = declared("pub mod ") {
            let _ = writeln!(
                code,
                "pub mod {inner} {{\n{}}}",
                module(files, &folder.join(inner))
            );
        } else if let Some(inner) = declared("mod ") {
            let file = folder.join(format!("{inner}.rs"));
            let lines: Vec<&str> = body(text(&file)).collect();
            let _ = writeln!(code, "mod {inner} {{\n{}\n}}", lines.join("\n"));
        } else {
            let _ = writeln!(code, "{line}");
        }
    }
    code
}

/// The lines of a file without those that only a file may begin with.
fn body(text: &str) -> impl Iterator<Item = &str> {
    let is_of_file =
        |line: &&str| line.starts_with("//") && !line.starts_with("///") || line.starts_with("#![");
    text.lines().filter(move |line| !is_of_file(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_lie_within_each_other() {
        let file = |name: &str, text: &str| (name.to_owned(), format!("// Generated.\n\n{text}"));
        let files = Files::from([
            file(
                "mod.rs",
                "//! All.\n#![allow(dead_code)]\npub mod a;\nmod b;\npub use b::B;\n",
            ),
            file("b.rs", "/// One.\npub struct B;\n"),
            file("a/mod.rs", "mod c;\npub use c::C;\n"),
            file("a/c.rs", "pub struct C;\n"),
        ]);
        let code = in_one_file(&files);
        let parsed = syn::parse_file(&code).unwrap();
        assert_eq!(parsed.items.len(), 2, "{code}");
        assert!(
            code.contains("/// One.") && !code.contains("#![") && !code.contains("//!"),
            "{code}"
        );
        assert!(code.contains("pub mod a {"), "{code}");
    }

    #[test]
    fn who_uses_a_deprecated_method_is_warned_and_the_generated_code_is_not() {
        let spec = r#"
            format = 1
            documentation = "https://example.com/"

            [[method]]
            name = "club.count"
            page = "a.html"
            scope = "club"
            effect = "read"
            who = "any user"
            doc = "Counts."
            deprecated = "Use `club.total`."
            result = { type = "integer", doc = "How many." }

            [[method]]
            name = "club.total"
            page = "b.html"
            scope = "club"
            effect = "read"
            who = "any user"
            doc = "Counts."
            params = [
                { name = "KIND", type = "integer", doc = "Of which kind." },
                { name = "GENRE", type = "integer", deprecated = "Use `KIND`.", doc = "The same.", clear = {
                    rust = "any_genre", value = 0, doc = "Of any kind.",
                } },
            ]
            result = { type = "integer", doc = "How many." }
        "#;
        let Ok((parsed, _)) = crate::parse("club.toml", spec, &Handwritten::default()) else {
            panic!("the spec has no mistake")
        };
        let root = RootModule::of_application("crate::api", "sonet_async", "a test");
        let files = crate::generate(&parsed, root);
        let count = &files["club/count.rs"];
        assert!(
            count.contains("#[deprecated(note = \"Use `club.total`.\")]\n"),
            "{count}"
        );
        // Who sets what is outdated is warned, and who reads the request is not.
        let total = &files["club/total.rs"];
        assert!(
            !total.contains("pub struct Total {\n    #[deprecated"),
            "{total}"
        );
        for setter in [
            "#[deprecated(note = \"Use `KIND`.\")]\n    pub fn genre",
            "pub fn any_genre",
        ] {
            assert!(total.contains(setter), "{setter}: {total}");
        }
        assert_eq!(total.matches("#[deprecated").count(), 2, "{total}");
        let module = &files["club/mod.rs"];
        assert!(
            module.contains("#[allow(deprecated)]\nmod count;\nmod total;\n"),
            "{module}"
        );
        assert!(
            module.contains("#[allow(deprecated)]\npub use count::Count;\npub use total::Total;"),
            "{module}"
        );
        assert!(in_one_file(&files).contains("#[allow(deprecated)]\nmod count {"));
    }

    #[test]
    fn what_is_wrong_with_a_spec_is_said_with_its_line() {
        let folder = env::temp_dir().join(format!("sonet-build-{}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        let spec = folder.join("api.toml");
        fs::write(
            &spec,
            "format = 1\ndocumentation = \"https://example.com/\"\n[[method]]\nname = 3\n",
        )
        .unwrap();
        let build = Build::new(&spec).out_dir(&folder);
        let problem = build.try_run().unwrap_err();
        assert!(problem.contains("api.toml:4:8"), "{problem}");
        fs::write(
            &spec,
            "format = 1\ndocumentation = \"https://example.com/\"\n",
        )
        .unwrap();
        let outcome = build.clone().client("sonet-blocking").try_run();
        assert!(outcome.is_ok(), "{outcome:?}");
        let problem = build.module("crate::my-api").try_run().unwrap_err();
        assert_eq!(
            problem,
            "`crate::my-api` is no path of Rust: `my-api` is no name"
        );
        assert!(
            Build::new("none.toml")
                .try_run()
                .unwrap_err()
                .starts_with("error: none.toml can't be read: ")
        );
        fs::remove_dir_all(&folder).unwrap();
    }
}
