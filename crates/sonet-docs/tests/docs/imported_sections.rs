//! Drafts of pages with headings, rows and objects as other sections of the documentation have them.

use sonet_docs::import;
use sonet_spec as spec;

use crate::fixtures::{Clubs, of_code};

/// The draft of a page about `club.door.VERB`, which has this text below its title.
fn draft(verb: &str, text: &str) -> String {
    let file = "api-reference/club/door.md".to_owned();
    let name = verb.to_lowercase();
    let page = format!(
        "# {verb} a door club.door.{name}\n\n\
         > Scope: [`club`](x.md)\n>\n> Who can execute the method: any user\n\n{text}"
    );
    let system = "### Statuses and System Error Codes\n\n#|\n|| **Status** | **Code**\n**Error Message** | **Description** ||\n\
                  || `503` | `LIFT_STUCK`\nThe lift is stuck | Nobody gets in ||\n|#\n";
    let clubs = Clubs::new("en")
        .add("_includes/system-errors.md", system)
        .add(&file, &page);
    let (_, source, checkout) = clubs.compare();
    let (spec, _) = spec::parse("spec.toml", &source.text).unwrap();
    let drafts = import::drafts(
        spec,
        &source.text,
        &checkout,
        &[file],
        &[&of_code],
        &sonet_codegen::is_taken,
        import::Descriptions::Quoted,
    );
    let draft = drafts.unwrap().remove(0);
    assert!(draft.mistakes.is_none(), "{}", draft.text);
    draft.text
}

/// A table of parameters or fields.
fn table(rows: &[&str]) -> String {
    format!(
        "#|\n|| **Name**\n`type` | **Description** ||\n{}\n|#\n\n",
        rows.join("\n")
    )
}

fn params(rows: &[&str]) -> String {
    format!("## Method Parameters\n\n{}", table(rows))
}

/// A request that a page shows.
fn request(verb: &str, body: &str) -> String {
    format!(
        "## Code Examples\n\n```bash\n\
         curl https://**address**/rest/**user**/**code**/club.door.{verb} -d '{body}'\n```\n\n"
    )
}

/// The line of a draft that has this name in it.
fn line<'d>(draft: &'d str, name: &str) -> &'d str {
    let name = format!("name = \"{name}\"");
    let mut lines = draft.lines();
    let found = lines.find(|line| line.contains(&name));
    found.unwrap_or_else(|| panic!("no {name} in {draft}")).trim()
}

#[test]
fn an_answer_is_one_below_any_heading() {
    let answer = "```json\n{\"result\": true, \"time\": {\"start\": 1.5}}\n```\n\n";
    for heading in ["Response on Success", "Successful Response", "What the Door Says"] {
        let draft = draft(
            "Close",
            &[
                params(&["|| **ID***\n`integer` | Which ||"]),
                request("close", r#"{"ID": 7}"#),
                format!("## {heading}\n\n{answer}"),
            ]
            .concat(),
        );
        assert!(line(&draft, "ID").contains("required = true"), "{draft}");
        assert!(!draft.contains("name = \"time\""), "{draft}");
        assert!(draft.contains("result = { type = \"accepted\""), "{draft}");
    }
}

#[test]
fn errors_of_the_system_are_none_of_the_method_without_their_heading() {
    let own = "#|\n|| **Code** | **Description** ||\n|| `LOCKED` | It is locked ||\n|#\n\n";
    for (title, own) in [("", own), (" notitle", own), (" notitle", "")] {
        let include = format!("{{% include{title} [all](../../_includes/system-errors.md) %}}\n");
        let draft = draft("Open", &format!("## Error Handling\n\n{own}{include}"));
        assert!(!draft.contains("LIFT_STUCK"), "{draft}");
        assert_eq!(draft.contains("LOCKED"), !own.is_empty(), "{draft}");
    }
}
