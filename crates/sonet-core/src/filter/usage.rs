//! What a method can do with a field.

/// The method can filter by the field.
#[diagnostic::on_unimplemented(
    message = "this field can't be filtered by",
    label = "the method only does `{Self}` with this field",
    note = "the server drops a condition on a field that it can't filter by, and answers more rows than asked for"
)]
pub trait Filterable {}

/// The method can sort by the field.
#[diagnostic::on_unimplemented(
    message = "this field can't be sorted by",
    label = "the method only does `{Self}` with this field",
    note = "the server ignores an order by a field that it does not know"
)]
pub trait Sortable {}

/// The method can be asked to answer the field.
#[diagnostic::on_unimplemented(
    message = "this field can't be selected",
    label = "the method only does `{Self}` with this field",
    note = "the server ignores a selected field that it does not know"
)]
pub trait Selectable {}

/// The field is answered; nothing can be asked about it.
#[derive(Debug)]
pub struct Answer;

/// Filters by the field.
#[derive(Debug)]
pub struct Filter;

/// Filters and sorts by the field.
#[derive(Debug)]
pub struct FilterOrder;

/// Selects the field.
#[derive(Debug)]
pub struct Select;

/// Filters by the field and selects it.
#[derive(Debug)]
pub struct FilterSelect;

/// Filters and sorts by the field and selects it.
#[derive(Debug)]
pub struct FilterOrderSelect;

impl Filterable for Filter {}
impl Filterable for FilterOrder {}
impl Filterable for FilterSelect {}
impl Filterable for FilterOrderSelect {}
impl Sortable for FilterOrder {}
impl Sortable for FilterOrderSelect {}
impl Selectable for Select {}
impl Selectable for FilterSelect {}
impl Selectable for FilterOrderSelect {}
