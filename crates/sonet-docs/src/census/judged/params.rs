//! The parameters of a draft, and what it filters by.

use sonet_spec::model::{FindingKind, Param};
use sonet_spec::types::Type;

use super::Measure;
use super::comparison::Comparison;

impl Comparison<'_> {
    /// Compares the parameters at every depth, and the fields to filter by.
    pub(super) fn params(&mut self) {
        let (draft, entry) = (self.draft, self.entry);
        self.params_in("params", &draft.params, &entry.params);
        for field in &entry.filter_fields {
            let on = format!("filter_fields.{}", *field.name);
            let mut drafted = draft.filter_fields.iter();
            match drafted.find(|other| *other.name == *field.name) {
                Some(other) => {
                    self.right(Measure::FiltersFound);
                    self.param_type(&on, (&other.ty, &field.ty));
                }
                None => self.lacking(Measure::FiltersFound, &on, &field.ty),
            }
        }
        for field in &draft.filter_fields {
            let on = format!("filter_fields.{}", *field.name);
            let mut settled = entry.filter_fields.iter();
            if settled.any(|other| *other.name == *field.name) {
                self.right(Measure::FiltersTrue);
            } else {
                self.extra(Measure::FiltersTrue, &on, &field.ty);
            }
        }
    }

    fn params_in(&mut self, path: &str, drafted: &[Param], settled: &[Param]) {
        for param in settled {
            let on = format!("{path}.{}", *param.name);
            let Some(draft) = named(drafted, &param.name) else {
                self.lacking(Measure::ParamsFound, &on, &param.ty);
                self.params_in(&on, &[], &param.fields);
                continue;
            };
            self.right(Measure::ParamsFound);
            self.required(&on, draft, param);
            self.param_type(&on, (&draft.ty, &param.ty));
            self.params_in(&on, &draft.fields, &param.fields);
        }
        for draft in drafted {
            let on = format!("{path}.{}", *draft.name);
            if named(settled, &draft.name).is_some() {
                self.right(Measure::ParamsTrue);
            } else {
                self.extra(Measure::ParamsTrue, &on, &draft.ty);
                self.params_in(&on, &draft.fields, &[]);
            }
        }
    }

    fn required(&mut self, on: &str, draft: &Param, entry: &Param) {
        if draft.required == entry.required {
            return self.right(Measure::Required);
        }
        let word = |is_required| if is_required { "required" } else { "optional" };
        let words = (word(draft.required), word(entry.required));
        let ruling = self.ruling(on, &[FindingKind::Required]);
        self.differs(Measure::Required, on, words, ruling);
    }

    fn param_type(&mut self, on: &str, types: (&Type, &Type)) {
        let measure = if self.is_doubted(on) {
            Measure::TypesDoubted
        } else {
            Measure::TypesCertain
        };
        let unless = self.ruling(on, &[FindingKind::Type, FindingKind::Values]);
        self.ty(measure, on, types, unless);
    }

    /// Notes what only the entry has.
    fn lacking(&mut self, measure: Measure, on: &str, ty: &Type) {
        let ruling = self.ruling(on, &[FindingKind::Missing]);
        self.differs(measure, on, ("", &ty.to_string()), ruling);
    }

    /// Notes what only the draft has.
    fn extra(&mut self, measure: Measure, on: &str, ty: &Type) {
        let ruling = self.ruling(on, &[FindingKind::New]);
        self.differs(measure, on, (&ty.to_string(), ""), ruling);
    }
}

fn named<'p>(params: &'p [Param], name: &str) -> Option<&'p Param> {
    params.iter().find(|param| *param.name == name)
}
