//! An asynchronous client for the workgroups and projects of Bitrix24, on reqwest and tokio.
