//! The client that a package depends on.

use std::fs;
use std::io;
use std::path::Path;

use toml_edit::{DocumentMut, Item, TableLike};

/// The packages that are clients.
pub const CLIENTS: [&str; 2] = ["sonet-async", "sonet-blocking"];

/// What code in a folder calls the client that its package depends on: the one of `wanted`, if it is given.
///
/// # Errors
///
/// If none is given, and the package depends on none or on several.
pub fn name_in_code(out: &Path, wanted: Option<&str>) -> io::Result<String> {
    let Some(wanted) = wanted else {
        return only(out);
    };
    // A package that is not there yet will have it under its own name.
    let names = names(out).map(|(_, names)| names).unwrap_or_default();
    let found = names.into_iter().find(|(package, _)| *package == wanted);
    Ok(found.map_or_else(|| wanted.replace('-', "_"), |(_, name)| name))
}

fn only(out: &Path) -> io::Result<String> {
    let (manifest, names) = names(out)?;
    let why = match names.as_slice() {
        [(_, name)] => return Ok(name.clone()),
        [] => "depends on neither sonet-async nor sonet-blocking",
        _ => "depends on both clients",
    };
    let message = format!("{manifest} {why}; {GIVE}");
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

const GIVE: &str = "give `--client async` or `--client blocking`";

/// The clients that the package depends on which a folder is in, each with its name in code; and the path of its manifest.
fn names(out: &Path) -> io::Result<(String, Vec<(&'static str, String)>)> {
    let mut manifests = out
        .ancestors()
        .skip(1)
        .map(|folder| folder.join("Cargo.toml"));
    let Some(path) = manifests.find(|manifest| manifest.is_file()) else {
        let message = format!("there is no Cargo.toml above {}; {GIVE}", out.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    };
    let manifest = read(&path)?;
    let of_targets = manifest.get("target").and_then(Item::as_table_like);
    let of_targets = of_targets.into_iter().flat_map(TableLike::iter);
    let tables = of_targets.filter_map(|(_, target)| target.get("dependencies"));
    let tables = manifest.get("dependencies").into_iter().chain(tables);
    let dependencies = tables
        .filter_map(Item::as_table_like)
        .flat_map(TableLike::iter);
    let mut names = Vec::new();
    for (name, dependency) in dependencies {
        let package = package(name, dependency, &path);
        let client = CLIENTS.into_iter().find(|client| *client == package);
        let found = client.map(|client| (client, name.replace('-', "_")));
        names.extend(found.filter(|found| !names.contains(found)));
    }
    Ok((path.display().to_string(), names))
}

/// The package that a dependency is, whatever it is called.
fn package(name: &str, dependency: &Item, manifest: &Path) -> String {
    let said = |dependency: &Item| dependency.get("package")?.as_str().map(str::to_owned);
    let is_inherited = dependency.get("workspace").and_then(Item::as_bool) == Some(true);
    let package = if is_inherited {
        inherited(name, manifest).as_ref().and_then(said)
    } else {
        said(dependency)
    };
    package.unwrap_or_else(|| name.to_owned())
}

/// A dependency as the workspace has it that a manifest belongs to.
fn inherited(name: &str, manifest: &Path) -> Option<Item> {
    let mut manifests = manifest
        .ancestors()
        .skip(1)
        .map(|folder| folder.join("Cargo.toml"));
    let workspace = manifests.find_map(|manifest| read(&manifest).ok()?.remove("workspace"))?;
    workspace.get("dependencies")?.get(name).cloned()
}

fn read(manifest: &Path) -> io::Result<DocumentMut> {
    fs::read_to_string(manifest)?.parse().map_err(|error| {
        let message = format!("{}: {error}", manifest.display());
        io::Error::new(io::ErrorKind::InvalidData, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name of the client in a package with these dependencies, in a workspace with those.
    fn name(dependencies: &str, wanted: Option<&str>) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("app/src/bitrix");
        fs::create_dir_all(&out).unwrap();
        let workspace = "[workspace]\nmembers = [\"app\"]\n\n[workspace.dependencies]\n\
                         ours = { package = \"sonet-blocking\", version = \"0.1\" }\nsonet-async = \"0.1\"\n";
        fs::write(folder.path().join("Cargo.toml"), workspace).unwrap();
        let manifest = format!("[package]\nname = \"app\"\n\n{dependencies}");
        fs::write(folder.path().join("app/Cargo.toml"), manifest).unwrap();
        name_in_code(&out, wanted).map_err(|error| error.to_string())
    }

    #[test]
    fn the_client_is_the_one_that_the_package_depends_on() {
        for (dependencies, expected) in [
            ("[dependencies]\nsonet-async = \"0.1\"\n", "sonet_async"),
            (
                "[dependencies]\nsonet-blocking = { version = \"0.1\" }\n",
                "sonet_blocking",
            ),
            (
                "[dependencies]\nmy-client = { package = \"sonet-async\", version = \"0.1\" }\n",
                "my_client",
            ),
            (
                "[dependencies.mine]\npackage = \"sonet-blocking\"\nversion = \"0.1\"\n",
                "mine",
            ),
            ("[dependencies]\nours.workspace = true\n", "ours"),
            (
                "[dependencies]\nsonet-async = { workspace = true }\n",
                "sonet_async",
            ),
            (
                "[target.'cfg(unix)'.dependencies]\nsonet-async = \"0.1\"\n",
                "sonet_async",
            ),
        ] {
            assert_eq!(
                name(dependencies, None).as_deref(),
                Ok(expected),
                "{dependencies}"
            );
        }
    }

    #[test]
    fn a_client_has_to_be_given_where_nothing_tells_which() {
        for (dependencies, why) in [
            ("[dependencies]\nserde = \"1\"\n", "depends on neither"),
            (
                "[dependencies]\nsonet-async = { package = \"other\", version = \"1\" }\n",
                "depends on neither",
            ),
            (
                "[dependencies]\nsonet-async = \"0.1\"\nours.workspace = true\n",
                "depends on both",
            ),
        ] {
            let message = name(dependencies, None).unwrap_err();
            assert!(
                message.contains(why) && message.contains("give `--client async`"),
                "{message}"
            );
        }
        let both = "[dependencies]\nsonet-async = \"0.1\"\nours.workspace = true\n";
        assert_eq!(name(both, Some("sonet-blocking")).as_deref(), Ok("ours"));
        assert_eq!(name("", Some("sonet-async")).as_deref(), Ok("sonet_async"));
    }
}
