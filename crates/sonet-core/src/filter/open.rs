//! Fields that no page lists: a portal's own, and those of another page.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use super::op::{self, Supports};
use super::{Condition, Owner, Sorting};

/// A field of the method `M` by its name on the wire, where the method takes more fields than its page lists: those of a
/// portal, such as `UF_CRM_1`, and those that another page lists. What `open_field` of a request makes.
///
/// Nothing checks the name. A server drops a condition on a field that it does not know, and answers more rows than asked
/// for; a typed [`Field`](super::Field) of the method, where there is one, can't be wrong in this way.
///
/// Values are sent as they are: text, numbers, `true`, lists. Many methods take `"Y"` where they mean `true`.
#[must_use = "a field is of use in a condition, an order or a selection"]
pub struct OpenField<M> {
    name: Cow<'static, str>,
    owner: Owner<M>,
}

impl<M> OpenField<M> {
    /// The field with this name on the wire, without an operator in front of it.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            owner: Owner::default(),
        }
    }

    /// The name on the wire.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The condition whose key is the name alone: for most methods, the field has this value.
    pub fn is(self, value: impl Into<Value>) -> Condition<M> {
        Condition::new("", &self.name, value.into())
    }

    /// The condition with this operator in front of the name, whether or not the method's page documents it: `"!%"`.
    pub fn compared(self, operator: &str, value: impl Into<Value>) -> Condition<M> {
        Condition::new(operator, &self.name, value.into())
    }

    /// The field lies between two values, both included.
    pub fn between(self, from: impl Into<Value>, to: impl Into<Value>) -> Condition<M>
    where
        M: Supports<op::Between>,
    {
        Condition::range(
            <M as Supports<op::Between>>::PREFIX,
            &self.name,
            from.into(),
            to.into(),
        )
    }

    /// The field lies outside two values.
    pub fn not_between(self, from: impl Into<Value>, to: impl Into<Value>) -> Condition<M>
    where
        M: Supports<op::NotBetween>,
    {
        Condition::range(
            <M as Supports<op::NotBetween>>::PREFIX,
            &self.name,
            from.into(),
            to.into(),
        )
    }

    /// The field has one of these values. Without any, the request is refused before it is sent.
    pub fn one_of<V: Into<Value>>(self, values: impl IntoIterator<Item = V>) -> Condition<M>
    where
        M: Supports<op::In>,
    {
        Condition::set(
            <M as Supports<op::In>>::PREFIX,
            &self.name,
            values.into_iter().map(Into::into),
        )
    }

    /// The field has none of these values. Without any, the request is refused before it is sent.
    pub fn none_of<V: Into<Value>>(self, values: impl IntoIterator<Item = V>) -> Condition<M>
    where
        M: Supports<op::NotIn>,
    {
        Condition::set(
            <M as Supports<op::NotIn>>::PREFIX,
            &self.name,
            values.into_iter().map(Into::into),
        )
    }

    /// Sorts by this field, smallest first.
    pub fn asc(self) -> Sorting<M> {
        Sorting::new(self.name, "ASC")
    }

    /// Sorts by this field, greatest first.
    pub fn desc(self) -> Sorting<M> {
        Sorting::new(self.name, "DESC")
    }
}

macro_rules! conditions {
    ($($(#[$doc:meta])* $name:ident, $op:ident;)*) => {
        /// Conditions that compile only where the method's page documents the operator.
        impl<M> OpenField<M> {
            $(
                $(#[$doc])*
                pub fn $name(self, value: impl Into<Value>) -> Condition<M>
                where
                    M: Supports<op::$op>,
                {
                    Condition::new(<M as Supports<op::$op>>::PREFIX, &self.name, value.into())
                }
            )*
        }
    };
}

conditions! {
    /// The field has this value.
    eq, Equal;
    /// The field has another value.
    ne, NotEqual;
    /// The field is greater than this value.
    gt, Greater;
    /// The field is greater than this value, or equal to it.
    ge, GreaterOrEqual;
    /// The field is less than this value.
    lt, Less;
    /// The field is less than this value, or equal to it.
    le, LessOrEqual;
    /// The field contains this text.
    contains, Contains;
    /// The field does not contain this text.
    not_contains, NotContains;
    /// The field matches this pattern, in which `%` stands for any text.
    like, Like;
    /// The field does not match this pattern, in which `%` stands for any text.
    not_like, NotLike;
    /// The field is found by the server's own string search.
    search, Search;
}

impl<M> Clone for OpenField<M> {
    fn clone(&self) -> Self {
        Self {
            name: self.name.clone(),
            owner: Owner::default(),
        }
    }
}

impl<M> fmt::Debug for OpenField<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenField({})", self.name)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Filter, Order};
    use super::*;

    struct Deals;
    impl Supports<op::Greater> for Deals {}
    impl Supports<op::In> for Deals {}

    fn field(name: &'static str) -> OpenField<Deals> {
        OpenField::new(name)
    }

    #[test]
    fn any_value_goes_under_any_name() {
        let mut filter = Filter::default();
        filter.push(field("UF_CRM_1").is("x"));
        filter.push(field("ID").gt(5));
        filter.push(field("STAGE_ID").one_of(["NEW", "WON"]));
        filter.push(field("OPPORTUNITY").compared("><", json!([1, 2.5])));
        assert!(filter.check("filter").is_ok());
        assert_eq!(
            serde_json::to_value(&filter).unwrap(),
            json!({ "UF_CRM_1": "x", ">ID": 5, "@STAGE_ID": ["NEW", "WON"], "><OPPORTUNITY": [1, 2.5] })
        );
    }

    #[test]
    fn a_condition_on_no_value_is_refused() {
        let none: [i64; 0] = [];
        for condition in [
            field("STAGE_ID").one_of(none),
            field("STAGE_ID").compared("!@", json!([])),
            field("UF_CRM_1").is(json!([])),
        ] {
            let mut filter = Filter::default();
            filter.push(condition);
            let refused = filter.check("filter").unwrap_err();
            assert_eq!(refused.parameter(), "filter");
            assert!(refused.to_string().contains("has no value"), "{refused}");
        }
        let mut filter = Filter::default();
        filter.push(field("STAGE_ID").one_of(["NEW"]));
        filter.push(field("UF_CRM_1").is(""));
        assert_eq!(filter.check("filter"), Ok(()));
    }

    #[test]
    fn an_order_takes_names_that_are_known_at_run_time() {
        let mut order = Order::default();
        order.push(OpenField::<Deals>::new(format!("UF_{}", 7)).desc());
        assert_eq!(
            serde_json::to_value(&order).unwrap(),
            json!({ "UF_7": "DESC" })
        );
        assert!(order.check("order").is_ok());
        order.push(field("UF_7").asc());
        assert!(order.check("order").is_err());
    }
}
