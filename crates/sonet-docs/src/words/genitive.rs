//! Russian nouns in the genitive, in which they stand behind what is theirs: `Идентификатор клуба`.

/// The nouns of one thing and of several, and the English noun that names of methods and parameters have. A noun that
/// could be one of several English ones is left out.
const NOUNS: [(&str, &str, &str); 66] = [
    ("адреса", "адресов", "address"),
    ("бота", "ботов", "bot"),
    ("бронирования", "бронирований", "booking"),
    ("бэклога", "бэклогов", "backlog"),
    ("версии", "версий", "version"),
    ("группы", "групп", "group"),
    ("документа", "документов", "document"),
    ("доставки", "доставок", "delivery"),
    ("заказа", "заказов", "order"),
    ("задачи", "задач", "task"),
    ("звонка", "звонков", "call"),
    ("инфоблока", "инфоблоков", "iblock"),
    ("календаря", "календарей", "calendar"),
    ("канбана", "канбанов", "kanban"),
    ("каталога", "каталогов", "catalog"),
    ("клиента", "клиентов", "client"),
    ("команды", "команд", "command"),
    ("комментария", "комментариев", "comment"),
    ("компании", "компаний", "company"),
    ("контакта", "контактов", "contact"),
    ("корзины", "корзин", "basket"),
    ("лида", "лидов", "lead"),
    ("линии", "линий", "line"),
    ("нумератора", "нумераторов", "numerator"),
    ("обработчика", "обработчиков", "handler"),
    ("оплаты", "оплат", "payment"),
    ("отгрузки", "отгрузок", "shipment"),
    ("папки", "папок", "folder"),
    ("подразделения", "подразделений", "department"),
    ("пользователя", "пользователей", "user"),
    ("потока", "потоков", "flow"),
    ("привязки", "привязок", "binding"),
    ("приложения", "приложений", "application"),
    ("пункта", "пунктов", "item"),
    ("раздела", "разделов", "section"),
    ("реквизита", "реквизитов", "requisite"),
    ("ресурса", "ресурсов", "resource"),
    ("робота", "роботов", "robot"),
    ("роли", "ролей", "role"),
    ("сайта", "сайтов", "site"),
    ("свойства", "свойств", "property"),
    ("сделки", "сделок", "deal"),
    ("секции", "секций", "section"),
    ("склада", "складов", "store"),
    ("события", "событий", "event"),
    ("сообщения", "сообщений", "message"),
    ("сотрудника", "сотрудников", "employee"),
    ("списка", "списков", "list"),
    ("спринта", "спринтов", "sprint"),
    ("стадии", "стадий", "stage"),
    ("статуса", "статусов", "status"),
    ("страницы", "страниц", "page"),
    ("страны", "стран", "country"),
    ("счета", "счетов", "invoice"),
    ("тега", "тегов", "tag"),
    ("товара", "товаров", "product"),
    ("уведомления", "уведомлений", "notification"),
    ("узла", "узлов", "node"),
    ("файла", "файлов", "file"),
    ("хранилища", "хранилищ", "storage"),
    ("цены", "цен", "price"),
    ("чата", "чатов", "chat"),
    ("чек-листа", "чек-листов", "checklist"),
    ("шаблона", "шаблонов", "template"),
    ("элемента", "элементов", "item"),
    ("эпика", "эпиков", "epic"),
];

/// Nouns of two words that are one in English.
const PAIRS: [([&str; 2], &str); 6] = [
    (["банковского", "реквизита"], "bankdetail"),
    (["банковских", "реквизитов"], "bankdetail"),
    (["коммерческого", "предложения"], "quote"),
    (["коммерческих", "предложений"], "quote"),
    (["рабочей", "группы"], "workgroup"),
    (["рабочих", "групп"], "workgroup"),
];

/// What is identified, in English letters, by the words behind `идентификатор`: `tasktemplate` of `шаблона задачи`. Nothing
/// where one of them is unknown, or where it may be one of several things.
pub(super) fn noun(words: &[&str]) -> Option<String> {
    let from = words.iter().position(|word| !is_beside(word))?;
    let words = &words[from..];
    let (mut noun, mut rest) = one(words)?;
    // What belongs to something stands before it in Russian, and behind it in English.
    while let Some((whose, after)) = one(rest) {
        noun.insert_str(0, whose.as_str());
        rest = after;
    }
    rest.first()
        .is_none_or(|next| ends_noun(next))
        .then_some(noun)
}

/// The noun that words begin with, and what stands behind it.
fn one<'w, 't>(words: &'w [&'t str]) -> Option<(String, &'w [&'t str])> {
    let pair = PAIRS.iter().find(|(pair, _)| words.starts_with(pair));
    if let Some((pair, noun)) = pair {
        return Some(((*noun).to_owned(), &words[pair.len()..]));
    }
    let (first, rest) = words.split_first()?;
    let (_, _, noun) = NOUNS
        .iter()
        .find(|(one, several, _)| first == one || first == several)?;
    Some(((*noun).to_owned(), rest))
}

/// Adjectives that say nothing of which kind it is: `новой`, `созданного`, `текущих`.
fn is_beside(word: &str) -> bool {
    let stems = [
        "нов",
        "созда",
        "добавл",
        "измен",
        "обновл",
        "удал",
        "существующ",
        "текущ",
        "указан",
        "нужн",
        "данн",
        "иском",
        "выбран",
        "переданн",
        "загружен",
        "зарегистрирован",
    ];
    let ends = ["ого", "его", "ой", "ей", "ых", "их"];
    ends.iter().any(|end| word.ends_with(end)) && stems.iter().any(|stem| word.starts_with(stem))
        || matches!(word, "этого" | "этой" | "этих" | "crm" | "битрикс24")
}

/// Words that a noun ends before.
fn ends_noun(word: &str) -> bool {
    [
        "в",
        "во",
        "для",
        "из",
        "к",
        "на",
        "от",
        "по",
        "при",
        "с",
        "со",
        "у",
        "через",
        "crm",
        "битрикс24",
        "—",
        "-",
        "–",
    ]
    .contains(&word)
        || word.starts_with("котор")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_is_known_with_what_it_belongs_to() {
        for (words, english) in [
            ("задачи", "task"),
            ("новой задачи в канбане", "task"),
            ("созданных сделок", "deal"),
            ("шаблона задачи", "tasktemplate"),
            ("пункта чек-листа", "checklistitem"),
            ("рабочей группы", "workgroup"),
            ("коммерческого предложения crm", "quote"),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            assert_eq!(noun(&words).as_deref(), Some(english), "{words:?}");
        }
        for words in ["задачи или сделки", "двери", "новой", "задачи двери", ""]
        {
            let words: Vec<&str> = words.split(' ').collect();
            assert_eq!(noun(&words), None, "{words:?}");
        }
    }
}
