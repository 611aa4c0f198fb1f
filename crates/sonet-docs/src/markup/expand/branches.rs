//! The branches of `{% if … %}`.

use crate::markup::line::Location;
use crate::markup::problem::Problem;

/// The branches that are open, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Branches(Vec<Branch>);

#[derive(Debug)]
struct Branch {
    at: Location,
    /// Whether the lines here are published.
    taken: bool,
    /// Whether an earlier branch was.
    done: bool,
}

impl Branches {
    /// Whether what stands in them is published.
    pub(super) fn are_taken(&self) -> bool {
        self.0.iter().all(|branch| branch.taken)
    }

    /// How many are open.
    pub(super) fn depth(&self) -> usize {
        self.0.len()
    }

    /// Goes on behind `if`, `elsif`, `else` or `endif`.
    pub(super) fn follow(
        &mut self,
        word: &str,
        condition: &str,
        at: &Location,
        problems: &mut Vec<Problem>,
    ) {
        if word == "if" {
            let taken = holds(condition, at, problems);
            self.0.push(Branch {
                at: at.clone(),
                taken,
                done: taken,
            });
            return;
        }
        let Some(mut branch) = self.0.pop() else {
            let message = format!("`{{% {word} %}}` without `{{% if … %}}`");
            problems.push(Problem::new(at, message));
            return;
        };
        if word == "endif" {
            return;
        }
        branch.taken = !branch.done && (word == "else" || holds(condition, at, problems));
        branch.done |= branch.taken;
        self.0.push(branch);
    }

    /// At the end of a file, the branches end that began in it.
    pub(super) fn end_of_file(&mut self, depth: usize, problems: &mut Vec<Problem>) {
        for branch in self.0.split_off(depth) {
            let message = "`{% if … %}` without a matching `{% endif %}`";
            problems.push(Problem::new(&branch.at, message));
        }
    }
}

/// What is published is not the `dev` build. Nothing else is asked on the pages.
fn holds(condition: &str, at: &Location, problems: &mut Vec<Problem>) -> bool {
    let words: String = condition
        .chars()
        .filter(|char| !char.is_whitespace() && !matches!(char, '\'' | '"'))
        .collect();
    match words.as_str() {
        "build==dev" => false,
        "build!=dev" => true,
        _ => {
            let message = format!("nothing says whether `{condition}` holds; it is taken to hold");
            problems.push(Problem::new(at, message));
            true
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::line::Line;

    /// Whether lines are published behind each of the directives, and how many problems there are at the end.
    fn follow(directives: &[(&str, &str)]) -> (Vec<bool>, usize) {
        let at = Line::all("text").remove(0).at;
        let mut branches = Branches::default();
        let mut problems = Vec::new();
        let taken = directives.iter().map(|(word, condition)| {
            branches.follow(word, condition, &at, &mut problems);
            branches.are_taken()
        });
        let taken = taken.collect();
        branches.end_of_file(0, &mut problems);
        (taken, problems.len())
    }

    #[test]
    fn what_is_not_for_another_build_is_published() {
        let (taken, problems) = follow(&[
            ("if", "build == 'dev'"),
            ("if", "build != 'dev'"),
            ("endif", ""),
            ("elsif", "build != \"dev\""),
            ("else", ""),
            ("endif", ""),
        ]);
        assert_eq!(taken, [false, false, false, true, false, true]);
        assert_eq!(problems, 0);
    }

    #[test]
    fn what_is_not_known_or_not_closed_is_said() {
        assert_eq!(follow(&[("if", "lang == 'en'")]), (vec![true], 2));
        assert_eq!(follow(&[("else", "")]), (vec![true], 1));
    }
}
