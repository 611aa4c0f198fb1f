//! The table of what is right, and the list of what is not.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Judged, Measure, Ruling, Tally};

/// Renders the sums, and the differences method by method; those that are no mistakes only if `all` are wanted. Nothing if no
/// method has been judged.
pub(in crate::census) fn table<'r>(
    sums: &BTreeMap<Measure, Tally>,
    judged: impl Iterator<Item = (&'r str, &'r Judged)>,
    all: bool,
) -> String {
    let mut out = String::new();
    let judged: Vec<_> = judged.collect();
    if judged.is_empty() {
        return out;
    }
    let _ = writeln!(
        out,
        "\n{:18} {:>6} {:>8} {:>8} {:>6} {:>6} {:>7}",
        "judged", "right", "refined", "decided", "open", "wrong", "share"
    );
    for (measure, tally) in sums {
        let Tally {
            right,
            refined,
            decided,
            open,
            wrong,
        } = tally;
        let share = tally.share();
        let (whole, tenth) = (share / 10, share % 10);
        let name = measure.word().replace('_', " ");
        let _ = writeln!(
            out,
            "{name:18} {right:6} {refined:8} {decided:8} {open:6} {wrong:6} {whole:3}.{tenth} %"
        );
    }
    let _ = writeln!(
        out,
        "\nof the {} methods that the project's own spec has, drafted as if it had none; refined: right, and said more \
         exactly there;\ndecided: as the page has it, while the spec records why it is otherwise; open: what takes anything; \
         share: right and\nrefined, of all that is not decided",
        judged.len()
    );
    for (name, judged) in judged {
        let differences = judged.differences.iter();
        for difference in differences.filter(|difference| all || difference.is_mistake()) {
            let ruling = difference.ruling.word();
            let what = difference.measure.word().replace('_', " ");
            let of = |text: &str| match text {
                "" => "nothing".to_owned(),
                text => format!("`{text}`"),
            };
            let (drafted, judged) = (of(&difference.drafted), of(&difference.judged));
            let on = &difference.on;
            let _ = writeln!(
                out,
                "{ruling}: {name}: {what}: `{on}`: {drafted} is drafted, and {judged} judged"
            );
        }
    }
    out
}

impl super::Difference {
    /// Whether nothing excuses it.
    fn is_mistake(&self) -> bool {
        matches!(self.ruling, Ruling::Open | Ruling::Wrong)
    }
}
