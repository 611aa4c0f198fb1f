//! A blocking client for the workgroups and projects of Bitrix24, on ureq.
