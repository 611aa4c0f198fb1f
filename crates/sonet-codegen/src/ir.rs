//! The resolved form of the spec: what stands where in Rust. Nothing in it can be wrong any more.

use sonet_spec::model::Effect;

/// All that is generated.
#[derive(Debug)]
pub(super) struct Ir {
    /// Identifiers.
    pub(super) ids: Vec<Id>,
    /// Enums, objects and methods, in the order of the spec.
    pub(super) items: Vec<Item>,
    /// The documented errors of all methods, each once.
    pub(super) refusals: Vec<Refusal>,
}

/// A type with a file of its own.
#[derive(Debug)]
pub(super) struct Item {
    /// Where it lives.
    pub(super) path: Path,
    /// What it is.
    pub(super) kind: Kind,
}

/// What an item is.
#[derive(Debug)]
pub(super) enum Kind {
    /// An open set of texts.
    Enum(Enum),
    /// An object of an answer.
    Object(Object),
    /// An object of a request.
    Input(Input),
    /// A request.
    Method(Box<Method>),
}

/// A type's place below the root of the generated code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Path {
    /// Modules, outermost first.
    pub(super) modules: Vec<String>,
    /// The type.
    pub(super) name: String,
}

/// An identifier.
#[derive(Debug)]
pub(super) struct Id {
    pub(super) name: String,
    pub(super) doc: String,
}

/// An open set of texts.
#[derive(Debug)]
pub(super) struct Enum {
    pub(super) doc: String,
    pub(super) doubts: Vec<String>,
    pub(super) values: Vec<EnumValue>,
}

#[derive(Debug)]
pub(super) struct EnumValue {
    pub(super) wire: String,
    pub(super) name: String,
    pub(super) doc: String,
}

/// An object of an answer.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) doc: String,
    pub(super) extra: bool,
    pub(super) doubts: Vec<String>,
    pub(super) fields: Vec<Field>,
    /// The code of an event that it is the payload of; of several, the first.
    pub(super) event: Option<String>,
}

#[derive(Debug)]
pub(super) struct Field {
    pub(super) wire: String,
    pub(super) rust: String,
    pub(super) ty: Ty,
    /// Whether the object can do without it.
    pub(super) presence: Presence,
    pub(super) doc: String,
}

/// Whether an object can do without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// Without it, the object is none.
    Essential,
    /// It may be missing. The flag says whether `0` means that.
    Optional(bool),
}

/// A resolved type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ty {
    Text,
    Secret,
    Int,
    Decimal,
    Bool,
    Flag,
    Accepted,
    EmptyList,
    Json,
    Iso,
    /// A day of an answer or a condition.
    Date,
    /// A day of a parameter, which may be said by a moment, too.
    Day,
    Loose,
    File,
    Id(Path),
    /// The flag says whether `""` is one of its values.
    Enum(Path, bool),
    /// The flag says whether anything in it is essential.
    Object(Path, bool),
    /// An object of a request.
    Input(Path),
    List(Box<Ty>),
    /// A page of a list, whose rows stand in a key of the result or are the result.
    Page(Box<Ty>, Option<String>),
    /// Where a page begins. The flag says whether a page without a count is documented.
    PageStart(bool),
    Map(Box<Ty>),
}

impl Ty {
    /// What a list or a map holds at its innermost; of any other type, itself.
    pub(super) fn innermost(&self) -> &Self {
        match self {
            Self::List(element) | Self::Page(element, _) | Self::Map(element) => {
                element.innermost()
            }
            other => other,
        }
    }
}

/// The key of an answer that holds all it has.
#[derive(Debug)]
pub(super) struct Within {
    pub(super) key: String,
    /// Whether there may be nothing in place of it.
    pub(super) optional: bool,
}

/// An operator of a method's filter.
#[derive(Debug)]
pub(super) struct Operator {
    pub(super) name: &'static str,
    /// What stands before the name of the field, if that is not what the operator usually has.
    pub(super) other_prefix: Option<String>,
}

/// An object of a request.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) doc: String,
    pub(super) doubts: Vec<String>,
    /// Whether keys may be sent that are not listed.
    pub(super) open: bool,
    pub(super) params: Vec<Param>,
}

/// A request.
#[derive(Debug)]
pub(super) struct Method {
    pub(super) wire: String,
    pub(super) doc: String,
    /// What to use instead.
    pub(super) deprecated: Option<String>,
    pub(super) who: String,
    pub(super) scope: String,
    /// The page's whole address.
    pub(super) page: String,
    pub(super) effect: Effect,
    pub(super) lost_answer: Option<String>,
    pub(super) params: Vec<Param>,
    pub(super) output: Ty,
    pub(super) output_doc: String,
    /// The only key of the result, which holds the output.
    pub(super) within: Option<Within>,
    pub(super) doubts: Vec<String>,
    pub(super) errors: Vec<Documented>,
    /// The operators of its filter, as types of `sonet_core::filter::op`.
    pub(super) operators: Vec<Operator>,
    /// The constants for its fields.
    pub(super) columns: Vec<Column>,
    pub(super) paging: Option<Paging>,
}

impl Method {
    pub(super) fn has_operator(&self, name: &str) -> bool {
        self.operators.iter().any(|operator| operator.name == name)
    }
}

/// A parameter, or an object of parameters.
#[derive(Debug)]
pub(super) enum Param {
    One(Single),
    Group(Group),
}

impl Param {
    /// The name on the wire.
    pub(super) fn wire(&self) -> &str {
        match self {
            Self::One(single) => &single.wire,
            Self::Group(group) => &group.wire,
        }
    }
}

/// An object of parameters: a struct of its own on the wire, part of the request for a caller.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) wire: String,
    pub(super) rust: String,
    /// Whether it is sent even if nothing is in it.
    pub(super) required: bool,
    /// Whether keys may be sent that are not listed.
    pub(super) open: bool,
    pub(super) params: Vec<Param>,
}

/// A parameter.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // the spec's own marks, each by itself
pub(super) struct Single {
    pub(super) wire: String,
    pub(super) rust: String,
    pub(super) ty: ParamTy,
    pub(super) required: bool,
    pub(super) default: Option<String>,
    pub(super) non_empty: bool,
    pub(super) open: bool,
    /// Whether its method lists fields to select.
    pub(super) listed: bool,
    pub(super) once: bool,
    pub(super) values: Vec<(String, String)>,
    pub(super) clear: Option<Clear>,
    /// What to use instead.
    pub(super) deprecated: Option<String>,
    pub(super) doc: String,
}

/// What a parameter takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ParamTy {
    Value(Ty),
    Filter,
    Order,
    /// The fields that every selection has.
    Select(Vec<Selected>),
}

/// A field to select, by its constant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selected {
    pub(super) wire: String,
    pub(super) rust: String,
}

/// A setter that sends a value which clears.
#[derive(Debug)]
pub(super) struct Clear {
    pub(super) rust: String,
    pub(super) value: i64,
    pub(super) doc: String,
}

/// A constant for a field: what it holds, and what the method can do with it.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) wire: String,
    /// The constant's name.
    pub(super) rust: String,
    /// What it holds; nothing for an object or a list, which no condition compares.
    pub(super) ty: Option<Ty>,
    /// A type of `sonet_core::filter::usage`.
    pub(super) usage: &'static str,
    pub(super) doc: String,
}

/// How a method pages.
#[derive(Debug)]
pub(super) struct Paging {
    pub(super) item: Ty,
    /// The key of the result that holds the rows, where the result isn't the rows.
    pub(super) rows: Option<String>,
    pub(super) filter: String,
    pub(super) order: String,
    /// The parameter that takes the fields to answer.
    pub(super) select: Option<String>,
    /// The field to walk by; without one, a walk goes by offset.
    pub(super) cursor: Option<String>,
    pub(super) row_cursor: Option<String>,
    /// The row's field of that name, and whether it is an identifier.
    pub(super) row_field: Option<RowField>,
    pub(super) uncounted: bool,
    /// The error that says that there are no rows.
    pub(super) nothing: Option<String>,
}

/// The field of a row that a walk knows it by.
#[derive(Debug)]
pub(super) struct RowField {
    pub(super) rust: String,
    pub(super) is_essential: bool,
    /// Whether it is an identifier, and no plain number.
    pub(super) is_id: bool,
}

/// An error of one method.
#[derive(Debug)]
pub(super) struct Documented {
    pub(super) name: String,
    pub(super) code: String,
    pub(super) text: String,
    pub(super) localized: bool,
    pub(super) doc: String,
}

/// A documented error over all methods.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) name: String,
    /// The methods that answer it.
    pub(super) methods: Vec<String>,
    /// The texts that they answer it with.
    pub(super) texts: Vec<String>,
}
