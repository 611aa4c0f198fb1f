//! Pages of clubs, which are not the vendor's but written as the vendor writes.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use sonet_codegen::Handwritten;
use sonet_docs::Checkout;
use sonet_docs::diff::{self, Outcome};
use sonet_docs::import::{self, Code, Descriptions, Draft};
use sonet_spec::diagnostics::Source;
use sonet_spec::{self as spec, Context};

/// Where the fixtures are.
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// What the generator asks of a spec, beside what people wrote in this workspace.
pub(crate) fn of_code(cx: &Context<'_>) {
    static HANDWRITTEN: LazyLock<Handwritten> = LazyLock::new(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        Handwritten::of_workspace(&root).unwrap()
    });
    sonet_codegen::check(cx, &HANDWRITTEN);
}

/// What drafts are made with here.
pub(crate) fn code(descriptions: Descriptions) -> Code<'static> {
    Code {
        further: &[&of_code],
        taken: &sonet_codegen::is_taken,
        descriptions,
    }
}

/// The pages of one language, and the spec that they are quiet about. Both can be changed before they are compared.
pub(crate) struct Clubs {
    pub(crate) spec: String,
    pub(crate) files: BTreeMap<String, String>,
}

impl Clubs {
    pub(crate) fn new(language: &str) -> Self {
        Self::of("club", language)
    }

    /// Pages of choirs, which have each kind of fact once.
    pub(crate) fn choirs(language: &str) -> Self {
        Self::of("choir", language)
    }

    fn of(folder: &str, language: &str) -> Self {
        let root = fixtures().join(folder);
        let mut files = BTreeMap::new();
        collect(&root.join(language), "", &mut files);
        Self {
            spec: std::fs::read_to_string(root.join("spec.toml")).unwrap(),
            files,
        }
    }

    /// Changes a page.
    pub(crate) fn page(mut self, page: &str, from: &str, to: &str) -> Self {
        let name = self.name(page);
        let text = self.files.get_mut(&name).unwrap();
        replace(text, from, to);
        self
    }

    /// Makes a page one about another method, in its title and its examples.
    pub(crate) fn renamed(mut self, page: &str, from: &str, to: &str) -> Self {
        let name = self.name(page);
        let text = self.files.get_mut(&name).unwrap();
        assert!(text.contains(from), "nothing to rename: {from}");
        *text = text.replace(from, to);
        self
    }

    /// Changes the spec.
    pub(crate) fn spec(mut self, from: &str, to: &str) -> Self {
        replace(&mut self.spec, from, to);
        self
    }

    pub(crate) fn remove(mut self, page: &str) -> Self {
        let name = self.name(page);
        self.files.remove(&name).unwrap();
        self
    }

    pub(crate) fn add(mut self, file: &str, text: &str) -> Self {
        self.files.insert(file.to_owned(), text.to_owned());
        self
    }

    pub(crate) fn text(&self, page: &str) -> &str {
        &self.files[&self.name(page)]
    }

    fn name(&self, page: &str) -> String {
        let mut names = self.files.keys().filter(|name| name.ends_with(page));
        let name = names
            .next()
            .unwrap_or_else(|| panic!("there is no page {page}"));
        name.clone()
    }

    pub(crate) fn compare(&self) -> (Outcome, Source, Checkout) {
        let checkout = Checkout::from_files(
            self.files
                .iter()
                .map(|(name, text)| (name.clone(), text.as_str())),
        );
        let (spec, source) =
            spec::parse("spec.toml", &self.spec).unwrap_or_else(|report| panic!("{report}"));
        (diff::diff(&spec, &checkout).unwrap(), source, checkout)
    }

    /// The drafts of some of the pages.
    pub(crate) fn drafts(
        &self,
        files: &[String],
        descriptions: Descriptions,
    ) -> io::Result<Vec<Draft>> {
        let (_, source, checkout) = self.compare();
        let (spec, _) = spec::parse("spec.toml", &source.text).unwrap();
        import::drafts(spec, &source.text, &checkout, files, code(descriptions))
    }

    /// The draft of one of the pages, which the spec takes.
    pub(crate) fn draft(&self, file: String, descriptions: Descriptions) -> String {
        let draft = self.drafts(&[file], descriptions).unwrap().remove(0);
        assert!(draft.mistakes.is_none(), "{}", draft.text);
        draft.text
    }

    /// The findings and problems, each in a line.
    pub(crate) fn messages(&self) -> Vec<String> {
        let (outcome, ..) = self.compare();
        let findings = outcome.findings.iter();
        let findings =
            findings.map(|finding| format!("{} {} {}", finding.on, finding.kind, finding.page));
        let problems = outcome.problems.iter();
        let problems = problems.map(|problem| format!("{}: {}", problem.at.line, problem.message));
        findings.chain(problems).collect()
    }

    /// What a maintainer sees.
    pub(crate) fn report(&self) -> String {
        let (outcome, source, checkout) = self.compare();
        diff::human(&outcome, &source, &checkout, false)
    }
}

fn replace(text: &mut String, from: &str, to: &str) {
    assert!(text.contains(from), "nothing to change: {from}");
    *text = text.replacen(from, to, 1);
}

fn collect(folder: &Path, name: &str, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let file = entry.file_name().into_string().unwrap();
        let name = if name.is_empty() {
            file
        } else {
            format!("{name}/{file}")
        };
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &name, files);
        } else {
            files.insert(name, std::fs::read_to_string(entry.path()).unwrap());
        }
    }
}
