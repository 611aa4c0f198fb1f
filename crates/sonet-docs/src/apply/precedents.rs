//! What the spec has already, and what that says about what is new.

use crate::page::Item;
use crate::words::types;
use sonet_spec::model::{Enum, Spec};
use sonet_spec::{Symbol, Symbols, names};

/// What stands where only a person can say it.
pub(crate) const UNDESCRIBED: &str = "Not described yet.";

/// What the spec has already: what is new is written as that is.
pub(crate) struct Precedents<'s> {
    pub(super) spec: &'s Spec,
    /// What the names of the methods and modules begin with whose names of identifiers say something; nothing for all of them.
    near: String,
    /// The name of the type of the method that is drafted: nothing else in its file can be called so.
    own: Option<String>,
    pub(crate) symbols: Symbols<'s>,
}

impl<'s> Precedents<'s> {
    pub(crate) fn new(spec: &'s Spec) -> Self {
        Self {
            spec,
            near: String::new(),
            own: None,
            symbols: Symbols::new(spec),
        }
    }

    /// The same for what is beside a method: elsewhere, a name may stand for something else.
    pub(crate) fn near(spec: &'s Spec, method: &str) -> Self {
        let first = method.split('.').next().unwrap_or_default();
        Self {
            near: names::module(first),
            own: Some(names::RustPath::of_method(method, None).type_name),
            ..Self::new(spec)
        }
    }

    fn is_near(&self, module: &str, separator: &str) -> bool {
        let first = module.split(separator).next().unwrap_or_default();
        self.near.is_empty() || names::module(first) == self.near
    }

    /// The type of a row, if only one fits.
    pub(crate) fn type_of(&self, item: &Item) -> Result<String, String> {
        let open = |what: &str| Err(format!("{what}, which needs a decision"));
        let types: Vec<String> = item
            .types
            .iter()
            .filter(|ty| *ty != "null")
            .map(|ty| types::resolved(ty))
            .collect();
        let types: Vec<&str> = types.iter().map(String::as_str).collect();
        let ty = match types.as_slice() {
            [ty] => ty,
            // A list serves both.
            [one, list] if list.strip_suffix("[]") == Some(one) => list,
            [] => return open("the page has no type"),
            _ => return open("the page has several types"),
        };
        let values: Vec<&str> = item
            .values
            .iter()
            .map(|value| value.text.as_str())
            .collect();
        let is_flag = !values.is_empty() && values.iter().all(|value| matches!(*value, "Y" | "N"));
        let plain = values.is_empty() || values == ["true", "false"];
        match *ty {
            "string" | "char" | "boolean" if is_flag => Ok("flag".to_owned()),
            "string" | "char" | "enum" if !plain => {
                let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
                let known = self.enum_of(&values);
                known.ok_or_else(|| "it takes some values only, which needs a decision".to_owned())
            }
            _ if !plain => open("it takes some values only"),
            "integer" | "int" | "user" => self.id(&item.name),
            "timestamp" => Ok("integer".to_owned()),
            "decimal" => Ok("decimal".to_owned()),
            "string" | "text" | "char" => Ok("string".to_owned()),
            "boolean" | "bool" => Ok("boolean".to_owned()),
            "datetime" => Ok("datetime".to_owned()),
            "file" => Ok("file".to_owned()),
            "string[]" => Ok("string[]".to_owned()),
            "integer[]" => self.id(&item.name).map(|ty| format!("{ty}[]")),
            other => open(&format!("no page says what is in `{other}`")),
        }
    }

    /// A number, unless the name is that of an identifier. What others of this name are, it is too.
    fn id(&self, name: &str) -> Result<String, String> {
        let params = self
            .spec
            .methods
            .iter()
            .filter(|method| self.is_near(&method.name, "."))
            .flat_map(|method| method.all_params());
        let params = params.map(|param| (&param.name, &param.ty));
        let objects = self.spec.objects.iter().filter(|object| {
            let module = object.module.as_ref().map_or("", |module| module.as_str());
            self.is_near(module, "::")
        });
        let fields = objects.flat_map(|object| &object.fields);
        let fields = fields.map(|field| (&field.name, &field.ty));
        let same = params
            .chain(fields)
            .filter(|(other, _)| other.eq_ignore_ascii_case(name));
        let types = same.filter_map(|(_, ty)| ty.innermost_of_lists().name());
        let mut ids: Vec<&str> = types.filter(|ty| self.is_id(ty)).collect();
        ids.sort_unstable();
        ids.dedup();
        match ids.as_slice() {
            [one] => Ok((*one).to_owned()),
            [] if !name.to_ascii_lowercase().ends_with("id") => Ok("integer".to_owned()),
            _ => Err(format!(
                "no page says what `{name}` identifies, which needs a decision"
            )),
        }
    }

    /// The name of an error that another method has, too.
    pub(crate) fn error_name(&self, code: &str, text: &str) -> Option<String> {
        let mut errors = self.spec.methods.iter().flat_map(|method| &method.errors);
        let same = errors.find(|error| *error.code == code && *error.text == text);
        same.map(|error| error.name.value.clone())
    }

    /// The enum that has exactly these values.
    pub(crate) fn enum_of(&self, values: &[String]) -> Option<String> {
        let same = |def: &&Enum| {
            let mut wires = def.values.iter().map(|value| &value.wire.value);
            let is_free = self.own.as_ref() != Some(&def.name.value);
            is_free && def.values.len() == values.len() && wires.all(|wire| values.contains(wire))
        };
        let mut enums = self.spec.enums.iter().filter(same);
        let found = enums.next()?;
        // Of two with the same codes, a person knows which one is meant.
        enums.next().is_none().then(|| found.name.value.clone())
    }

    /// Whether the name is that of an identifier.
    pub(crate) fn is_id(&self, name: &str) -> bool {
        matches!(self.symbols.get(name), Some(Symbol::Id(_)))
    }

    /// Whether the name is taken.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.symbols.get(name).is_some()
    }
}
