//! Filters, orders and selections that compile only where the method understands them.
//!
//! The server drops a condition that it does not know and answers more rows than asked for. So a field is a constant of
//! its method, typed by what it holds and by what the method can do with it:
//!
//! ```
//! # mod sonet_async { pub mod sonet_group {
//! #     use sonet_core::filter::{Condition, Field, Sorting, op, usage};
//! #     pub struct Get;
//! #     impl op::Supports<op::Contains> for Get {}
//! #     impl op::Supports<op::Greater> for Get {}
//! #     impl Get {
//! #         pub const ID: Field<Self, i64, usage::FilterOrder> = Field::new("ID");
//! #         pub const NAME: Field<Self, String, usage::FilterOrder> = Field::new("NAME");
//! #         pub fn new() -> Self { Self }
//! #         pub fn filter(self, _: Condition<Self>) -> Self { self }
//! #         pub fn order(self, _: Sorting<Self>) -> Self { self }
//! #     }
//! # } }
//! use sonet_async::sonet_group::Get;
//!
//! let call = Get::new()
//!     .filter(Get::NAME.contains("Pro"))
//!     .filter(Get::ID.gt(100))
//!     .order(Get::NAME.asc());
//! ```

pub mod op;
pub mod usage;

mod condition;
mod open;
mod operand;
mod order;

pub use condition::{Condition, Filter};
pub use open::OpenField;
pub use operand::{Operand, Ordered, Textual};
pub use order::{Order, Sorting};

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use op::Supports;
use usage::{Filterable, Selectable, Sortable};

/// Ties a value to types that it has none of.
type Owner<T> = PhantomData<fn() -> T>;

/// A field of the method `M` that holds a `V`, for the uses `U`.
pub struct Field<M, V, U> {
    name: &'static str,
    owner: Owner<(M, V, U)>,
}

impl<M, V, U> Field<M, V, U> {
    /// The field with this name on the wire.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            owner: PhantomData,
        }
    }

    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<M, V, U> Clone for Field<M, V, U> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, V, U> Copy for Field<M, V, U> {}

impl<M, V, U> fmt::Debug for Field<M, V, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({})", self.name)
    }
}

/// Conditions. Each compiles only where the method filters by the field and has the operator. The bounds stand on the
/// functions: there, the compiler says which one fails, and why.
impl<M, V, U> Field<M, V, U> {
    /// The field has this value.
    pub fn eq(self, value: impl Into<V>) -> Condition<M>
    where
        U: Filterable,
        V: Operand,
        M: Supports<op::Equal>,
    {
        Condition::new(
            <M as Supports<op::Equal>>::PREFIX,
            self.name,
            value.into().to_wire(),
        )
    }

    /// The field has another value.
    pub fn ne(self, value: impl Into<V>) -> Condition<M>
    where
        U: Filterable,
        V: Operand,
        M: Supports<op::NotEqual>,
    {
        Condition::new(
            <M as Supports<op::NotEqual>>::PREFIX,
            self.name,
            value.into().to_wire(),
        )
    }

    /// The field is greater than this value.
    pub fn gt(self, value: impl Into<V>) -> Condition<M>
    where
        U: Filterable,
        V: Operand,
        M: Supports<op::Greater>,
        V: Ordered,
    {
        Condition::new(
            <M as Supports<op::Greater>>::PREFIX,
            self.name,
            value.into().to_wire(),
        )
    }

    /// The field is greater than this value, or equal to it.
    pub fn ge(self, value: impl Into<V>) -> Condition<M>
    where
        U: Filterable,
        V: Operand,
        M: Supports<op::GreaterOrEqual>,
        V: Ordered,
    {
        Condition::new(
            <M as Supports<op::GreaterOrEqual>>::PREFIX,
            self.name,
            value.into().to_wire(),
        )
    }

    /// The field is less than this value.
    pub fn lt(self, value: impl Into<V>) -> Condition<M>
    where
        U: Filterable,
        V: Operand,
        M: Supports<op::Less>,
        V: Ordered,
    {
        Condition::new(
            <M as Supports<op::Less>>::PREFIX,
            self.name,
            value.into().to_wire(),
        )
    }

    /// The field is less than this value, or equal to it.
    pub fn le(self, value: impl Into<V>) -> Condition<M>
    where
        U: Filterable,
        V: Operand,
        M: Supports<op::LessOrEqual>,
        V: Ordered,
    {
        Condition::new(
            <M as Supports<op::LessOrEqual>>::PREFIX,
            self.name,
            value.into().to_wire(),
        )
    }

    /// The field lies between two values, both included.
    pub fn between(self, from: impl Into<V>, to: impl Into<V>) -> Condition<M>
    where
        U: Filterable,
        V: Operand,
        M: Supports<op::Between>,
        V: Ordered,
    {
        Condition::range(
            <M as Supports<op::Between>>::PREFIX,
            self.name,
            from.into().to_wire(),
            to.into().to_wire(),
        )
    }

    /// The field lies outside two values.
    pub fn not_between(self, from: impl Into<V>, to: impl Into<V>) -> Condition<M>
    where
        U: Filterable,
        V: Operand,
        M: Supports<op::NotBetween>,
        V: Ordered,
    {
        Condition::range(
            <M as Supports<op::NotBetween>>::PREFIX,
            self.name,
            from.into().to_wire(),
            to.into().to_wire(),
        )
    }

    /// The field has one of these values. Without any, the request is refused before it is sent.
    pub fn one_of<T: Into<V>>(self, values: impl IntoIterator<Item = T>) -> Condition<M>
    where
        U: Filterable,
        V: Operand,
        M: Supports<op::In>,
    {
        let values = values.into_iter().map(|value| value.into().to_wire());
        Condition::set(<M as Supports<op::In>>::PREFIX, self.name, values)
    }

    /// The field has none of these values. Without any, the request is refused before it is sent.
    pub fn none_of<T: Into<V>>(self, values: impl IntoIterator<Item = T>) -> Condition<M>
    where
        U: Filterable,
        V: Operand,
        M: Supports<op::NotIn>,
    {
        let values = values.into_iter().map(|value| value.into().to_wire());
        Condition::set(<M as Supports<op::NotIn>>::PREFIX, self.name, values)
    }

    /// The field contains this text.
    pub fn contains(self, text: impl Into<V>) -> Condition<M>
    where
        U: Filterable,
        V: Operand,
        M: Supports<op::Contains>,
        V: Textual,
    {
        Condition::new(
            <M as Supports<op::Contains>>::PREFIX,
            self.name,
            text.into().to_wire(),
        )
    }

    /// The field does not contain this text.
    pub fn not_contains(self, text: impl Into<V>) -> Condition<M>
    where
        U: Filterable,
        V: Operand,
        M: Supports<op::NotContains>,
        V: Textual,
    {
        Condition::new(
            <M as Supports<op::NotContains>>::PREFIX,
            self.name,
            text.into().to_wire(),
        )
    }

    /// The field matches this pattern, in which `%` stands for any text.
    pub fn like(self, pattern: impl Into<V>) -> Condition<M>
    where
        U: Filterable,
        V: Operand,
        M: Supports<op::Like>,
        V: Textual,
    {
        Condition::new(
            <M as Supports<op::Like>>::PREFIX,
            self.name,
            pattern.into().to_wire(),
        )
    }

    /// The field does not match this pattern, in which `%` stands for any text.
    pub fn not_like(self, pattern: impl Into<V>) -> Condition<M>
    where
        U: Filterable,
        V: Operand,
        M: Supports<op::NotLike>,
        V: Textual,
    {
        Condition::new(
            <M as Supports<op::NotLike>>::PREFIX,
            self.name,
            pattern.into().to_wire(),
        )
    }

    /// The field is found by the server's own string search.
    pub fn search(self, text: impl Into<V>) -> Condition<M>
    where
        U: Filterable,
        V: Operand,
        M: Supports<op::Search>,
        V: Textual,
    {
        Condition::new(
            <M as Supports<op::Search>>::PREFIX,
            self.name,
            text.into().to_wire(),
        )
    }
}

/// Orders.
impl<M, V, U> Field<M, V, U> {
    /// Sorts by this field, smallest first.
    pub fn asc(self) -> Sorting<M>
    where
        U: Sortable,
    {
        Sorting::new(self.name.into(), "ASC")
    }

    /// Sorts by this field, greatest first.
    pub fn desc(self) -> Sorting<M>
    where
        U: Sortable,
    {
        Sorting::new(self.name.into(), "DESC")
    }
}

/// Adds a field to a selection that a generated request keeps; a field that is there already is not added twice.
pub fn select<M, V, U: Selectable>(selection: &mut Vec<&'static str>, field: Field<M, V, U>) {
    if !selection.contains(&field.name) {
        selection.push(field.name);
    }
}

/// Adds a field by its name to an open selection that a generated request keeps; a field that is there already is not added
/// twice.
pub fn select_open(selection: &mut Vec<Cow<'static, str>>, name: Cow<'static, str>) {
    if !selection.contains(&name) {
        selection.push(name);
    }
}
