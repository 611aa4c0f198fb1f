//! A simulated Bitrix24 portal for tests and examples.
