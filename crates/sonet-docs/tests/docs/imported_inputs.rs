//! Objects in the requests of drafts: how they are drafted, and what is found of them when a page changes.

use sonet_docs::import::{self, Descriptions};
use sonet_docs::{Checkout, diff, page};
use sonet_spec as spec;

use crate::fixtures::code;

const HEAD: &str = "format = 1\ndocumentation = \"https://docs.example/\"\n";
const TABLE: &str = "#|\n|| **Name**\n`type` | **Description** ||\n";

/// A page about visits, with these parameters, tables of what is in them, and a call.
fn visit(method: &str, params: &str, tables: &str, sent: &str) -> String {
    format!(
        "# Plan a visit {method}\n\n> Scope: [`hall`](x.md)\n>\n> Who can execute the method: any user\n\n\
         ## Method Parameters\n\n{TABLE}{params}|#\n\n{tables}\
         ## Code Examples\n\n```bash\ncurl -X POST -H \"Content-Type: application/json\" -d '{sent}' https://x/rest/{method}\n```\n\n\
         ## Response Handling\n\nHTTP status: **200**\n\n```json\n{{\"result\": 5}}\n```\n\n\
         ### Returned Data\n\n{TABLE}|| **result**\n[`integer`](x.md) | How many ||\n|#\n"
    )
}

const PARAMS: &str = "|| **guests***\n[`object[]`](#guests) | Who comes ||\n\
    || **hosts**\n[`array`](x.md) | Who is there ([below](#guests)) ||\n\
    || **rooms**\n[`object`](x.md) | Where, by number ([below](#room)) ||\n\
    || **options**\n[`object`](x.md) | More ([below](#options)) ||\n";

const TABLES: &str = "### Parameter guests {#guests}\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
    || **NAME***\n[`string`](x.md) | How to call them ||\n\
    || **AGE**\n[`integer`](x.md) | How old\n\nDefault — `18` ||\n\
    || **PHONES**\n[`phone[]`](x.md) | Telephones ||\n|#\n\n\
    ### phone Type\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
    || **VALUE**\n[`string`](x.md) | The number ||\n|#\n\n\
    ### One room {#room}\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
    || **FLOOR***\n[`integer`](x.md) | Which floor ||\n\
    || **HALL**\n[`string`](x.md) | Which hall ||\n|#\n\n\
    ### Parameter options {#options}\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
    || **title**\n[`object`](x.md) | By language:\n- `de` `string` — German\n- `en` `string` — English ||\n\
    || **meal**\n[`object`](x.md) | What there is ([below](#meal)) ||\n|#\n\n\
    ### Parameter meal {#meal}\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
    || **SOUP**\n[`boolean`](x.md) | Whether there is soup ||\n|#\n\n";

const SENT: &str = r#"{"guests":[{"NAME":"Ann","AGE":30,"PHONES":[{"VALUE":"1"}]},{"NAME":"Bob"}],"hosts":[{"NAME":"Cid"}],"rooms":{"7":{"HALL":"west"}},"options":{"title":{"fr":"Visite"},"meal":{"SOUP":true}}}"#;

/// The drafts of pages, as one spec.
struct Halls {
    text: String,
    checkout: Checkout,
}

impl Halls {
    fn of(pages: &[&str]) -> Self {
        let file = |index: usize| format!("api-reference/hall/{index}.md");
        let files: Vec<String> = (0..pages.len()).map(file).collect();
        let checkout = Checkout::from_files(files.iter().cloned().zip(pages.iter().copied()));
        let (before, _) = spec::parse("spec.toml", HEAD).unwrap();
        let drafts = import::drafts(before, HEAD, &checkout, &files, code(Descriptions::Quoted));
        let drafts = drafts.unwrap().into_iter().map(|draft| draft.text);
        let text = format!("{HEAD}\n{}", drafts.collect::<Vec<_>>().join("\n"));
        Self { text, checkout }
    }

    /// What is found of the drafts on their pages.
    fn found(&self) -> Vec<String> {
        self.found_on(&self.checkout)
    }

    fn found_on(&self, checkout: &Checkout) -> Vec<String> {
        let (spec, _) =
            spec::parse("spec.toml", &self.text).unwrap_or_else(|report| panic!("{report}"));
        let mut found = Vec::new();
        for (index, method) in spec.methods.iter().enumerate() {
            let page = page::read(checkout, &format!("api-reference/hall/{index}.md")).unwrap();
            assert_eq!(page.problems, []);
            for finding in diff::method(&spec, method, &page) {
                let line = self.text[..finding.spec.start].matches('\n').count();
                let line = self.text.lines().nth(line).unwrap_or_default().trim();
                let about = format!(
                    "{} {} {} {}",
                    finding.entry, finding.on, finding.kind, finding.page
                );
                found.push(format!(
                    "{} <- {}",
                    about.trim_end(),
                    &line[..line.len().min(24)]
                ));
            }
        }
        found
    }
}

fn with_changed(page: &str, changes: &[(&str, &str)]) -> Checkout {
    let mut page = page.to_owned();
    for (from, to) in changes {
        assert!(page.contains(from), "nothing to change: {from}");
        page = page.replacen(from, to, 1);
    }
    Checkout::from_files([("api-reference/hall/0.md".to_owned(), page.as_str())])
}

#[test]
fn what_tables_list_of_parameters_becomes_inputs() {
    let page = visit("hall.visit.plan", PARAMS, TABLES, SENT);
    let halls = Halls::of(&[&page]);
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(halls.text);
    });
    assert_eq!(halls.found(), Vec::<String>::new());
}

#[test]
fn equal_inputs_of_several_pages_are_one() {
    let plan = visit("hall.visit.plan", PARAMS, TABLES, SENT);
    let repeat = visit("hall.visit.repeat", PARAMS, TABLES, SENT);
    let halls = Halls::of(&[&plan, &repeat]);
    assert_eq!(halls.text.matches("[[input]]").count(), 4, "{}", halls.text);
    assert_eq!(halls.found(), Vec::<String>::new());
}

#[test]
fn a_change_of_a_page_is_told_where_the_input_stands() {
    let page = visit("hall.visit.plan", PARAMS, TABLES, SENT);
    let halls = Halls::of(&[&page]);
    let newer = with_changed(
        &page,
        &[
            ("**NAME***\n[`string`]", "**NAME**\n[`integer`]"),
            ("Default — `18`", "Default — `21`"),
            (
                "|| **HALL**",
                "|| **DOOR***\n[`string`](x.md) | Which door ||\n|| **HALL**",
            ),
            (
                "|| **SOUP**\n[`boolean`](x.md) | Whether there is soup ||\n",
                "|| **MAIN**\n[`string`](x.md) | What else ||\n",
            ),
            ("{\"VALUE\":\"1\"}", "{\"VALUE\":\"1\",\"AREA\":\"2\"}"),
        ],
    );
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(halls.found_on(&newer).join("\n"));
    });
}

/// The calls of a page can be built, whatever its tables say.
#[test]
fn what_an_example_sends_otherwise_is_taken() {
    for (sent, ty, doubt) in [
        (
            r#"{"guests":{"NAME":"Ann"}}"#,
            "json",
            "`params.guests`: the table and the example differ on whether it is a list.",
        ),
        (
            r#"{"guests":["Ann"]}"#,
            "json",
            "`params.guests`: an example sends it in another form than its table.",
        ),
        (
            r#"{"guests":[{"NAME":"Ann","HAT":1}]}"#,
            "Guest[]",
            "`params.HAT`: only an example sends it: does the method take it?",
        ),
        (r#"{"guests":[{"AGE":1},{"NAME":["Ann"]}]}"#, "Guest[]", ""),
    ] {
        let page = visit("hall.visit.plan", PARAMS, TABLES, sent);
        let halls = Halls::of(&[&page]);
        let line = format!("{{ name = \"guests\", type = \"{ty}\", required = true");
        assert!(halls.text.contains(&line), "{}", halls.text);
        assert!(halls.text.contains(doubt), "{}", halls.text);
        assert_eq!(halls.found(), Vec::<String>::new());
        let (spec, _) = spec::parse("spec.toml", &halls.text).unwrap();
        let symbols = spec::Symbols::new(&spec);
        let input = symbols.input(&spec::types::Type::Named("Guest".to_owned()));
        let name = input.filter(|_| ty != "json").map(|input| &input.params[0]);
        assert_eq!(
            name.is_some_and(|name| *name.ty == spec::types::Type::Json),
            sent.contains("AGE")
        );
    }
}

#[test]
fn what_rows_of_an_object_say_twice_is_settled() {
    let options = "|| **options**\n[`object`](x.md) | More ([below](#options)) ||\n";
    let table = "### Parameter options {#options}\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
        || **look**\n[`object`](x.md) | Of a hall\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
        || **SHOW**\n[`string`](x.md) | Possible values:\n- `big` — one\n- `small` — two ||\n|| **HIGH***\n[`integer`](x.md) | How high ||\n|#\n||\n\
        || **look**\n[`object`](x.md) | Of a room\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
        || **SHOW**\n[`string`](x.md) | Possible values:\n- `door` — one ||\n|| **WIDE**\n[`integer`](x.md) | How wide ||\n|#\n||\n|#\n\n";
    let page = visit(
        "hall.visit.plan",
        options,
        table,
        r#"{"options":{"look":{"SHOW":"big"}}}"#,
    );
    let halls = Halls::of(&[&page]);
    assert!(halls.text.contains("type = \"Look\""), "{}", halls.text);
    assert_eq!(halls.found(), Vec::<String>::new());
}
