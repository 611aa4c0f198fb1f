//! A page in Russian and its twin in English are drafted alike: only the words of the documentation differ.

use sonet_docs::import::Descriptions;

use crate::fixtures::Clubs;

/// A page of halls, and what it says of errors of the system in a file that all pages include.
struct Page<'p> {
    title: &'p str,
    body: &'p str,
    errors: &'p str,
}

/// The draft of a page.
fn draft(page: &Page<'_>) -> String {
    let file = "api-reference/hall/page.md".to_owned();
    let clubs = Clubs::new("en")
        .add(&file, &format!("# {}\n\n{}", page.title, page.body))
        .add("api-reference/_includes/system-errors.md", page.errors);
    clubs.draft(file, Descriptions::Quoted)
}

/// The draft without the words that document it.
fn facts(draft: &str) -> String {
    let mut out = String::new();
    let mut rest = draft;
    while let Some((before, after)) = rest.split_once("doc = ") {
        out.push_str(before);
        let (mark, after) = after.split_at(1);
        rest = after.split_once(mark).unwrap().1;
    }
    let text = out + rest;
    let lines = text.lines();
    let lines = lines.filter(|line| !line.starts_with("who = ") && !line.contains("on = \"who\""));
    lines.collect::<Vec<_>>().join("\n")
}

fn page(title: &'static str, body: &'static str) -> Page<'static> {
    let errors = "";
    Page {
        title,
        body,
        errors,
    }
}

fn assert_twins(english: &Page<'_>, russian: &Page<'_>) -> String {
    let draft = draft(english);
    assert_eq!(facts(&draft), facts(&self::draft(russian)));
    draft
}

#[test]
fn identifiers_are_known_in_both_languages() {
    let english = page(
        "Get a task of the hall hall.task.get",
        "## Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
         || **taskId***\n`integer` | Identifier of the task ||\n\
         || **keepers**\n`integer[]` | Array of user identifiers ||\n|#\n\n\
         ## Response Handling\n\n```json\n{\"result\": {\"ID\": 7, \"BY\": 3}}\n```\n\n\
         ### Returned Values\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
         || **result**\n`object` | The task ||\n\
         || **ID**\n`integer` | Task identifier ||\n\
         || **BY**\n`integer` | Identifier of the user who opened it ||\n|#\n",
    );
    let russian = page(
        "Получить задачу зала hall.task.get",
        "## Параметры\n\n#|\n|| **Название**\n`тип` | **Описание** ||\n\
         || **taskId***\n`integer` | Идентификатор задачи ||\n\
         || **keepers**\n`integer[]` | Массив идентификаторов пользователей ||\n|#\n\n\
         ## Обработка ответа\n\n```json\n{\"result\": {\"ID\": 7, \"BY\": 3}}\n```\n\n\
         ### Возвращаемые значения\n\n#|\n|| **Название**\n`тип` | **Описание** ||\n\
         || **result**\n`object` | Задача ||\n\
         || **ID**\n`integer` | Идентификатор задачи ||\n\
         || **BY**\n`integer` | Идентификатор пользователя, который ее открыл ||\n|#\n",
    );
    let draft = assert_twins(&english, &russian);
    for said in ["\"HallTaskId\", required", "\"UserId[]\"", "\"UserId\""] {
        assert!(draft.contains(said), "{said}: {draft}");
    }
}

#[test]
fn fields_that_parameters_and_answers_share_are_those_of_both() {
    let english = page(
        "Get a list of doors hall.door.list",
        "## Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
         || **filter**\n`object` | By the [fields of a door](#fields). Prefixes:\n- `>` — greater ||\n|#\n\n\
         ### Description of door fields {#fields}\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
         || **WIDTH**\n`integer` | How wide ||\n|#\n\n\
         ## Response on Success\n\n```json\n{\"result\": [{\"WIDTH\": \"90\"}]}\n```\n\n\
         ### Returned Data\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
         || **result**\n`array` | Doors with these [fields](#fields) ||\n|#\n",
    );
    let russian = page(
        "Получить список дверей hall.door.list",
        "## Параметры\n\n#|\n|| **Название**\n`тип` | **Описание** ||\n\
         || **filter**\n`object` | По [полям двери](#fields). Префиксы:\n- `>` — больше ||\n|#\n\n\
         ### Описание полей двери {#fields}\n\n#|\n|| **Название**\n`тип` | **Описание** ||\n\
         || **WIDTH**\n`integer` | Ширина ||\n|#\n\n\
         ## Ответ в случае успеха\n\n```json\n{\"result\": [{\"WIDTH\": \"90\"}]}\n```\n\n\
         ### Возвращаемые данные\n\n#|\n|| **Название**\n`тип` | **Описание** ||\n\
         || **result**\n`array` | Двери с [такими полями](#fields) ||\n|#\n",
    );
    let draft = assert_twins(&english, &russian);
    assert!(draft.contains("filter_fields = ["), "{draft}");
    let fields = "fields = [\n    { name = \"WIDTH\", type = \"integer\"";
    assert!(draft.contains(fields), "{draft}");
}

#[test]
fn what_gives_out_and_clears_is_a_write() {
    let english = page(
        "Get a list of knocks hall.knock.list",
        "## Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
         || **clear**\n`integer` | Whether they are forgotten. Default is `1` ||\n\
         || **most**\n`integer` | How many. By default, 40 ||\n|#\n",
    );
    let russian = page(
        "Получить список стуков hall.knock.list",
        "## Параметры\n\n#|\n|| **Название**\n`тип` | **Описание** ||\n\
         || **clear**\n`integer` | Забывать ли их. По умолчанию `1` ||\n\
         || **most**\n`integer` | Сколько. По умолчанию 40 ||\n|#\n",
    );
    let draft = assert_twins(&english, &russian);
    assert!(draft.contains("effect = \"write\""), "{draft}");
    assert!(draft.contains("`clear` to change something"), "{draft}");
}

#[test]
fn what_a_filter_does_not_support_makes_nothing_outdated() {
    let english = page(
        "Get a list of doors hall.door.list",
        "## Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
         || **CITY**\n`string` | Where. The filter cannot have the field `STREET` ||\n\
         || **OLD**\n`string` | The parameter is not supported ||\n|#\n",
    );
    let russian = page(
        "Получить список дверей hall.door.list",
        "## Параметры\n\n#|\n|| **Название**\n`тип` | **Описание** ||\n\
         || **CITY**\n`string` | Где. Фильтр не поддерживает поле `STREET` ||\n\
         || **OLD**\n`string` | Параметр не поддерживается ||\n|#\n",
    );
    let (english, russian) = (draft(&english), draft(&russian));
    for draft in [english, russian] {
        assert_eq!(draft.matches("deprecated = ").count(), 1, "{draft}");
    }
}

#[test]
fn what_is_needed_under_a_condition_is_left_to_the_caller() {
    let english = page(
        "Open a door hall.door.open",
        "## Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
         || **CODE***\n`string` | How it is called.\n\nRequired if `NUMBER` is not passed ||\n\
         || **WIDTH**\n`integer` | How wide.\n\nPossible values:\n- `1` — a bit\n- `2` — wide\n\n\
         Default:\n- `2`, if `CODE` is given\n- `1`, if it is not ||\n|#\n",
    );
    let russian = page(
        "Открыть дверь hall.door.open",
        "## Параметры\n\n#|\n|| **Название**\n`тип` | **Описание** ||\n\
         || **CODE***\n`string` | Как называется.\n\nОбязателен, если не передан `NUMBER` ||\n\
         || **WIDTH**\n`integer` | Ширина.\n\nВозможные значения:\n- `1` — немного\n- `2` — широко\n\n\
         По умолчанию:\n- `2`, если передан `CODE`\n- `1`, если нет ||\n|#\n",
    );
    let draft = assert_twins(&english, &russian);
    assert!(!draft.contains("required = true"), "{draft}");
    assert!(draft.contains("default = \"2, 1\""), "{draft}");
}

#[test]
fn values_stand_in_a_sentence_of_either_language() {
    let english = page(
        "Determine the light of a hall hall.light.get",
        "## Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
         || **ON**\n`string` | Whether it shines.\n\nUses the values `Y` or `N` ||\n\
         || **HUE**\n`string` | What hue. Takes the values: `red`, `blue`, or `green` ||\n|#\n",
    );
    let russian = page(
        "Определить свет зала hall.light.get",
        "## Параметры\n\n#|\n|| **Название**\n`тип` | **Описание** ||\n\
         || **ON**\n`string` | Светит ли он.\n\nИспользуются значения `Y` либо `N` ||\n\
         || **HUE**\n`string` | Какого цвета. Принимает значения: `red`, `blue`, либо `green` ||\n|#\n",
    );
    let draft = assert_twins(&english, &russian);
    assert!(draft.contains("effect = \"read\""), "{draft}");
    assert!(draft.contains("\"ON\", type = \"flag\""), "{draft}");
    assert!(draft.contains("wire = \"green\""), "{draft}");
}

#[test]
fn what_a_text_shows_of_a_call_is_not_the_whole_of_it() {
    let english = page(
        "Paint a hall hall.paint",
        "## Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
         || **CODE***\n`string` | Which ||\n|| **COLOUR**\n`string` | What colour ||\n|#\n\n\
         ## Code Examples\n\n```bash\ncurl https://**address**/rest/hall.paint -d '{\"CODE\": \"a\"}'\n```\n\n\
         ## Working with several fields\n\nTo paint it, pass\n\n```json\n{\"COLOUR\": \"red\"}\n```\n",
    );
    let russian = page(
        "Покрасить зал hall.paint",
        "## Параметры\n\n#|\n|| **Название**\n`тип` | **Описание** ||\n\
         || **CODE***\n`string` | Какой ||\n|| **COLOUR**\n`string` | Цвет ||\n|#\n\n\
         ## Примеры кода\n\n```bash\ncurl https://**address**/rest/hall.paint -d '{\"CODE\": \"a\"}'\n```\n\n\
         ## Работа с несколькими полями\n\nЧтобы покрасить, передайте\n\n```json\n{\"COLOUR\": \"red\"}\n```\n",
    );
    let draft = assert_twins(&english, &russian);
    assert!(
        draft.contains("\"CODE\", type = \"string\", required = true"),
        "{draft}"
    );
}

#[test]
fn a_mask_of_keys_leaves_an_object_open() {
    let english = page(
        "Paint a hall hall.paint",
        "## Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
         || **fields***\n`object` | How ||\n|#\n\n\
         ### Parameter fields\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
         || **COLOUR**\n`string` | What colour ||\n|| **UF_*** | Fields of one's own ||\n|#\n",
    );
    let russian = page(
        "Покрасить зал hall.paint",
        "## Параметры\n\n#|\n|| **Название**\n`тип` | **Описание** ||\n\
         || **fields***\n`object` | Как ||\n|#\n\n\
         ### Параметр fields\n\n#|\n|| **Название**\n`тип` | **Описание** ||\n\
         || **COLOUR**\n`string` | Цвет ||\n|| **UF_*** | Свои поля ||\n|#\n",
    );
    let draft = assert_twins(&english, &russian);
    assert!(
        draft.contains("open = true") && !draft.contains("UF_\""),
        "{draft}"
    );
}

#[test]
fn errors_of_the_system_are_not_those_of_the_method_even_without_their_title() {
    let english = Page {
        title: "Close a hall hall.close",
        body: "## Error Handling\n\n#|\n|| **Code** | **Description** ||\n\
               || `SHUT` | The hall is shut ||\n|#\n\n\
               {% include notitle [System errors](../_includes/system-errors.md) %}\n",
        errors: "### Statuses and System Error Codes\n\n#|\n\
                 || **Status** | **Code** | **Description** ||\n\
                 || `500` | `FIRE` | The hall burns ||\n|#\n",
    };
    let russian = Page {
        title: "Закрыть зал hall.close",
        body: "## Обработка ошибок\n\n#|\n|| **Код** | **Описание** ||\n\
               || `SHUT` | Зал закрыт ||\n|#\n\n\
               {% include notitle [системные ошибки](../_includes/system-errors.md) %}\n",
        errors: "### Статусы и коды системных ошибок\n\n#|\n\
                 || **Статус** | **Код** | **Описание** ||\n\
                 || `500` | `FIRE` | Зал горит ||\n|#\n",
    };
    let draft = assert_twins(&english, &russian);
    assert!(draft.contains("SHUT") && !draft.contains("FIRE"), "{draft}");
}

#[test]
fn a_page_says_in_its_own_language_who_may_call_a_method() {
    let body =
        "> Кто может выполнять метод: администратор зала\n\n## Параметры\n\nБез параметров.\n";
    let draft = draft(&page("Закрыть зал hall.close", body));
    assert!(draft.contains("who = \"администратор зала\""), "{draft}");
    assert!(!draft.contains("not said in English"), "{draft}");
}

#[test]
fn a_mask_of_names_stands_for_those_that_its_section_lists() {
    let body = "## Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
                || **UF_\\***\n`any` | Fields of one's own, [such as these](#own) ||\n|#\n\n\
                ### Fields of one's own {#own}\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
                || **UF_COLOUR**\n`string` | What colour ||\n|#\n";
    let draft = draft(&page("Paint a hall hall.paint", body));
    let params = "params = [\n    { name = \"UF_COLOUR\", type = \"string\"";
    assert!(draft.contains(params), "{draft}");
}
