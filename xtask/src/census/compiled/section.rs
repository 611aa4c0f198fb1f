//! The methods of a section: their code, and the program that tries it.

use std::io;
use std::path::Path;

use sonet_codegen::{self as codegen, Files, Inside, Public, RootModule};
use sonet_docs::Checkout;
use sonet_docs::diff::file_of;
use sonet_docs::examples::{MethodOutcome, Trial};
use sonet_spec::model::Spec;

use super::kept;
use crate::workspace::root;

/// The methods of a section.
pub(super) struct Section<'s> {
    name: &'s str,
    code: Files,
    trial: Trial,
}

/// What came of a section.
pub(super) struct Tried {
    /// What came of each of its methods; or what the compiler says, if their code does not compile.
    pub(super) outcomes: Result<Vec<MethodOutcome>, String>,
    /// Whether that was known from a run before.
    pub(super) is_kept: bool,
}

impl<'s> Section<'s> {
    /// Generates the code of the methods that have these pages, and collects the examples.
    pub(super) fn new(
        name: &'s str,
        spec: &Spec,
        files: &[String],
        checkout: &Checkout,
    ) -> io::Result<Self> {
        let spec = sonet_spec::part(spec, |method| files.contains(&file_of(&method.page)));
        let place = RootModule {
            inside: Inside::Library(Public {
                path: "sonet_types",
                compiled_in: None,
            }),
            made_by: "`cargo xtask docs census --compile`",
            ..RootModule::default()
        };
        Ok(Self {
            name,
            code: codegen::generate(&spec, place),
            trial: Trial::new(&spec, checkout)?,
        })
    }

    /// What comes of it, with what is built and kept in a folder.
    pub(super) fn tried(self, folder: &Path) -> io::Result<Tried> {
        let root = root();
        let kept = kept::Place::new(folder, self.name, &self.code, &self.trial.text(), &root)?;
        if let Some(outcomes) = kept.read() {
            return Ok(Tried {
                outcomes: Ok(outcomes),
                is_kept: true,
            });
        }
        let outcomes = self.trial.run(&root, folder.join("program"), &self.code)?;
        if let Ok(outcomes) = &outcomes {
            kept.write(outcomes)?;
        }
        Ok(Tried {
            outcomes,
            is_kept: false,
        })
    }
}
