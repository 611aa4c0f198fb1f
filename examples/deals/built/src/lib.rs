//! The methods of the application for a program without a runtime.

/// Typed methods.
pub mod bitrix {
    include!(concat!(env!("OUT_DIR"), "/bitrix.rs"));
}

#[cfg(test)]
mod tests {
    use sonet_blocking::Method as _;

    use super::bitrix::crm::deal::{Get, Update};

    #[test]
    fn requests_are_those_of_the_spec() {
        assert_eq!(
            (Get::NAME, Update::NAME),
            ("crm.deal.get", "crm.deal.update")
        );
        let call = Update::new(7).opportunity(1500).fields_key("UF_CRM_1", "x");
        let json = sonet_blocking::serde_json::to_value(&call).unwrap();
        assert_eq!(json["fields"]["OPPORTUNITY"], "1500");
        assert_eq!(json["fields"]["UF_CRM_1"], "x");
    }
}
