//! Which fields of a task an answer has.

use crate::wire::value::{Array, Value};

/// What is stored with a task, in the order of the samples.
const STORED: [&str; 48] = [
    "ID",
    "PARENT_ID",
    "TITLE",
    "DESCRIPTION",
    "CHAT_ID",
    "MARK",
    "PRIORITY",
    "MULTITASK",
    "NOT_VIEWED",
    "REPLICATE",
    "STAGE_ID",
    "SPRINT_ID",
    "BACKLOG_ID",
    "CREATED_BY",
    "CREATED_DATE",
    "RESPONSIBLE_ID",
    "CHANGED_BY",
    "CHANGED_DATE",
    "STATUS_CHANGED_BY",
    "CLOSED_BY",
    "CLOSED_DATE",
    "ACTIVITY_DATE",
    "DATE_START",
    "DEADLINE",
    "START_DATE_PLAN",
    "END_DATE_PLAN",
    "GUID",
    "XML_ID",
    "COMMENTS_COUNT",
    "SERVICE_COMMENTS_COUNT",
    "ALLOW_CHANGE_DEADLINE",
    "ALLOW_TIME_TRACKING",
    "TASK_CONTROL",
    "ADD_IN_REPORT",
    "FORKED_BY_TEMPLATE_ID",
    "TIME_ESTIMATE",
    "TIME_SPENT_IN_LOGS",
    "MATCH_WORK_TIME",
    "FORUM_TOPIC_ID",
    "FORUM_ID",
    "SITE_ID",
    "SUBORDINATE",
    "EXCHANGE_MODIFIED",
    "EXCHANGE_ID",
    "OUTLOOK_VERSION",
    "VIEWED_DATE",
    "SORTING",
    "DURATION_FACT",
];

/// What comes behind that.
const STORED_TOO: [&str; 7] = [
    "FLOW_ID",
    "DESCRIPTION_IN_BBCODE",
    "STATUS",
    "STATUS_CHANGED_DATE",
    "DURATION_PLAN",
    "DURATION_TYPE",
    "GROUP_ID",
];

/// What has to be looked up elsewhere.
const LOOKED_UP: [&str; 7] = [
    "IS_MUTED",
    "IS_PINNED",
    "IS_PINNED_IN_GROUP",
    "FAVORITE",
    "AUDITORS",
    "ACCOMPLICES",
    "CHECKLIST",
];

/// Whoever asks for one of these gets all.
const SYSTEM: [&str; 3] = ["UF_CRM_TASK", "UF_TASK_WEBDAV_FILES", "UF_MAIL_MESSAGE"];

/// Which fields are wanted.
#[derive(Debug, Clone)]
pub(super) enum Select {
    /// All but custom ones.
    All,
    /// What is stored with the task.
    Stored,
    /// These, by their codes.
    Some(Vec<String>),
}

impl Select {
    /// Reads a selection, in which fields may also be named as rows have them.
    pub(super) fn read(select: Option<&Array>, otherwise: Self) -> Self {
        let names = select.into_iter().flat_map(Array::values);
        let mut codes: Vec<String> = names
            .filter_map(Value::to_text)
            .map(|name| code(&name))
            .collect();
        if codes.is_empty() {
            return otherwise;
        }
        let everything = codes.iter().any(|code| code == "*");
        if everything {
            codes.extend(Self::All.codes());
        }
        if everything || codes.iter().any(|code| SYSTEM.contains(&code.as_str())) {
            codes.extend(SYSTEM.map(str::to_owned));
        }
        Self::Some(codes)
    }

    pub(super) fn codes(&self) -> Vec<String> {
        let stored = STORED
            .iter()
            .chain(&STORED_TOO)
            .map(|code| (*code).to_owned());
        match self {
            Self::All => stored.chain(LOOKED_UP.map(str::to_owned)).collect(),
            Self::Stored => stored.collect(),
            Self::Some(codes) => codes.clone(),
        }
    }

    pub(super) fn has(&self, code: &str) -> bool {
        match self {
            Self::Some(codes) => codes.iter().any(|own| own == code),
            Self::Stored => !LOOKED_UP.contains(&code),
            Self::All => true,
        }
    }
}

/// The code of a field that may be written in camel case, such as `subStatus`.
fn code(name: &str) -> String {
    if !name.contains(|symbol: char| symbol.is_ascii_lowercase()) {
        return name.to_owned();
    }
    let mut code = String::new();
    for symbol in name.chars() {
        if symbol.is_ascii_uppercase() && !code.is_empty() && !code.ends_with('_') {
            code.push('_');
        }
        code.push(symbol.to_ascii_uppercase());
    }
    code
}

/// The key of a field in rows.
pub(super) fn key(code: &str) -> String {
    if code == "COUNTERS" {
        return "counter".to_owned();
    }
    let mut key = String::new();
    let mut upper = false;
    for symbol in code.chars() {
        match symbol {
            '_' => upper = true,
            _ if std::mem::take(&mut upper) => key.push(symbol),
            _ => key.push(symbol.to_ascii_lowercase()),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_keys_become_each_other() {
        for (own_code, own_key) in [
            ("ID", "id"),
            ("SUB_STATUS", "subStatus"),
            ("UF_TASK_WEBDAV_FILES", "ufTaskWebdavFiles"),
            ("DESCRIPTION_IN_BBCODE", "descriptionInBbcode"),
        ] {
            assert_eq!(key(own_code), own_key);
            assert_eq!(code(own_key), own_code);
            assert_eq!(code(own_code), own_code);
        }
        assert_eq!(key("COUNTERS"), "counter");
    }
}
