//! The kinds of custom fields that posts have.

use crate::wire::output::{Json, Object};

/// A kind of custom field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    /// The preview of a link.
    Preview,
    Integer,
    /// Files on Drive.
    Drive,
    Moment,
    Poll,
    Mail,
}

impl Kind {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Preview => "url_preview",
            Self::Integer => "integer",
            Self::Drive => "disk_file",
            Self::Moment => "datetime",
            Self::Poll => "vote",
            Self::Mail => "mail_message",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::File => "Bitrix\\Main\\UserField\\Types\\FileType",
            Self::Preview => "Bitrix\\Main\\UrlPreview\\UrlPreviewUserType",
            Self::Integer => "Bitrix\\Main\\UserField\\Types\\IntegerType",
            Self::Drive => "Bitrix\\Disk\\Uf\\FileUserType",
            Self::Moment => "Bitrix\\Main\\UserField\\Types\\DateTimeType",
            Self::Poll => "Bitrix\\Vote\\Uf\\VoteUserType",
            Self::Mail => "Bitrix\\Mail\\MessageUserType",
        }
    }

    fn description(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Preview => "Link preview content",
            Self::Integer => "Integer",
            Self::Drive => "File (Drive)",
            Self::Moment => "Date with time",
            Self::Poll => "Poll",
            Self::Mail => "Email",
        }
    }

    fn base(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Moment => "datetime",
            _ => "int",
        }
    }

    /// The field's own name, but for mail.
    pub(super) fn xml_id(self, name: &'static str) -> &'static str {
        if self == Self::Mail { "" } else { name }
    }

    pub(super) fn is_multiple(self) -> bool {
        matches!(self, Self::File | Self::Drive)
    }

    pub(super) fn settings(self) -> Json {
        match self {
            Self::File => Object::new()
                .with("SIZE", 20_i64)
                .with("LIST_WIDTH", 0_i64)
                .with("LIST_HEIGHT", 0_i64)
                .with("MAX_SHOW_SIZE", 0_i64)
                .with("MAX_ALLOWED_SIZE", 0_i64)
                .with("EXTENSIONS", Json::List(Vec::new()))
                .with("TARGET_BLANK", Json::flag(true))
                .with("DEFAULT_VIEW", Json::Null)
                .into(),
            Self::Preview => Object::new().into(),
            Self::Integer => Object::new()
                .with("SIZE", 20_i64)
                .with("MIN_VALUE", 0_i64)
                .with("MAX_VALUE", 0_i64)
                .with("DEFAULT_VALUE", Json::Null)
                .into(),
            Self::Drive => Object::new()
                .with("IBLOCK_ID", Json::Null)
                .with("SECTION_ID", Json::Null)
                .with("UF_TO_SAVE_ALLOW_EDIT", false)
                .into(),
            Self::Moment => {
                let default = Object::new().with("TYPE", "NONE").with("VALUE", "");
                Object::new()
                    .with("DEFAULT_VALUE", default)
                    .with("USE_SECOND", Json::flag(true))
                    .with("USE_TIMEZONE", Json::flag(false))
                    .into()
            }
            Self::Poll => {
                let delay = Object::new().with("DELAY", "10").with("DELAY_TYPE", "D");
                Object::new()
                    .with("CHANNEL_ID", 1_i64)
                    .with("UNIQUE", 8_i64)
                    .with("UNIQUE_IP_DELAY", delay)
                    .with("NOTIFY", "I")
                    .into()
            }
            Self::Mail => Json::Null,
        }
    }

    /// The description of the kind itself.
    pub(super) fn user_type(self) -> Object {
        let handler = |function: &'static str| vec![self.class(), function];
        let mut told = Object::new()
            .with("USER_TYPE_ID", self.code())
            .with("CLASS_NAME", self.class());
        if matches!(self, Self::File | Self::Integer | Self::Moment) {
            told.set("EDIT_CALLBACK", handler("renderEdit"));
            told.set("VIEW_CALLBACK", handler("renderView"));
            told.set("USE_FIELD_COMPONENT", true);
        }
        told.set("DESCRIPTION", self.description());
        told.set("BASE_TYPE", self.base());
        match self {
            Self::Drive => told.set("TAG", vec!["DISK FILE ID", "DOCUMENT ID"]),
            Self::Mail => {
                told.set("VIEW_CALLBACK", handler("getPublicView"));
                told.set("EDIT_CALLBACK", handler("getPublicEdit"));
                told.set("onBeforeSave", handler("onBeforeSave"));
                told.set("onDelete", handler("onDelete"));
            }
            _ => {}
        }
        told
    }

    pub(super) fn custom_data(self) -> Object {
        match self {
            Self::Drive => Object::new().with("PHOTO_TEMPLATE", "gallery"),
            _ => Object::new(),
        }
    }
}
