//! The resolved form of the spec: what stands where in Rust. Nothing in it can be wrong any more.

use crate::spec::model::Effect;

/// All that is generated.
#[derive(Debug)]
pub struct Ir {
    /// Identifiers.
    pub ids: Vec<Id>,
    /// Enums, objects and methods, in the order of the spec.
    pub items: Vec<Item>,
    /// The documented errors of all methods, each once.
    pub refusals: Vec<Refusal>,
}

/// A type with a file of its own.
#[derive(Debug)]
pub struct Item {
    /// Where it lives.
    pub path: Path,
    /// What it is.
    pub kind: Kind,
}

/// What an item is.
#[derive(Debug)]
pub enum Kind {
    /// An open set of texts.
    Enum(Enum),
    /// An object of an answer.
    Object(Object),
    /// A request.
    Method(Box<Method>),
}

/// A type's place below the root of the generated code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// Modules, outermost first.
    pub modules: Vec<String>,
    /// The type.
    pub name: String,
}

/// An identifier.
#[derive(Debug)]
pub struct Id {
    pub name: String,
    pub doc: String,
}

/// An open set of texts.
#[derive(Debug)]
pub struct Enum {
    pub doc: String,
    pub values: Vec<EnumValue>,
}

#[derive(Debug)]
pub struct EnumValue {
    pub wire: String,
    pub name: String,
    pub doc: String,
}

/// An object of an answer.
#[derive(Debug)]
pub struct Object {
    pub doc: String,
    pub extra: bool,
    pub fields: Vec<Field>,
}

#[derive(Debug)]
pub struct Field {
    pub wire: String,
    pub rust: String,
    pub ty: Ty,
    /// Whether it may be missing, and what means that.
    pub presence: Presence,
    pub doc: String,
}

/// Whether a value may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is always there.
    Always,
    /// It may be missing: absent, `null`, or one of the declared values.
    Maybe { zero: bool, empty: bool, no: bool },
}

/// A resolved type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ty {
    Text,
    Secret,
    Int,
    Bool,
    Flag,
    Accepted,
    Iso,
    Loose,
    File,
    Id(Path),
    /// The flag says whether `""` is one of its values.
    Enum(Path, bool),
    Object(Path),
    List(Box<Ty>),
    Map(Box<Ty>),
}

/// A request.
#[derive(Debug)]
pub struct Method {
    pub wire: String,
    pub doc: String,
    pub who: String,
    pub scope: String,
    /// The page's whole address.
    pub page: String,
    pub effect: Effect,
    pub lost_answer: Option<String>,
    pub params: Vec<Param>,
    pub output: Ty,
    pub output_doc: String,
    pub errors: Vec<Documented>,
    /// The operators of its filter, as types of `sonet_core::filter::op`.
    pub operators: Vec<&'static str>,
    /// The constants for its fields.
    pub columns: Vec<Column>,
    pub paging: Option<Paging>,
}

/// A parameter, or an object of parameters.
#[derive(Debug)]
pub enum Param {
    One(Single),
    Group(Group),
}

/// An object of parameters: a struct of its own on the wire, part of the request for a caller.
#[derive(Debug)]
pub struct Group {
    pub wire: String,
    pub rust: String,
    pub params: Vec<Single>,
}

/// A parameter.
#[derive(Debug)]
pub struct Single {
    pub wire: String,
    pub rust: String,
    pub ty: ParamTy,
    pub required: bool,
    pub default: Option<String>,
    pub non_empty: bool,
    pub open: bool,
    pub once: bool,
    pub values: Vec<(String, String)>,
    pub clear: Option<Clear>,
    pub doc: String,
}

/// What a parameter takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParamTy {
    Value(Ty),
    Filter,
    Order,
    Select,
}

/// A setter that sends a value which clears.
#[derive(Debug)]
pub struct Clear {
    pub rust: String,
    pub value: i64,
    pub doc: String,
}

/// A constant for a field: what it holds, and what the method can do with it.
#[derive(Debug)]
pub struct Column {
    pub wire: String,
    /// The constant's name.
    pub rust: String,
    /// What a condition on it holds; nothing where it can't be filtered by.
    pub ty: Option<Ty>,
    /// A type of `sonet_core::filter::usage`.
    pub usage: &'static str,
    pub doc: String,
}

/// How a method pages.
#[derive(Debug)]
pub struct Paging {
    pub item: Ty,
    /// The keys of the rows, from the answer's root.
    pub rows: Vec<String>,
    /// The output's field that holds the rows, where the output isn't the rows.
    pub field: Option<String>,
    pub filter: String,
    pub order: String,
    pub cursor: String,
    pub row_cursor: String,
    pub uncounted: bool,
}

/// An error of one method.
#[derive(Debug)]
pub struct Documented {
    pub name: String,
    pub code: String,
    pub text: String,
    pub localized: bool,
    pub doc: String,
}

/// A documented error over all methods.
#[derive(Debug)]
pub struct Refusal {
    pub name: String,
    /// The methods that answer it.
    pub methods: Vec<String>,
    /// The texts that they answer it with.
    pub texts: Vec<String>,
}
