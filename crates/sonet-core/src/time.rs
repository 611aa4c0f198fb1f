//! What a call cost.

use serde::{Deserialize, Serialize};

use crate::wire::{Blank, Decode as _, Float, Int, Optional, Text};

/// What a call cost, as the server says. Every field may be missing.
///
/// It serializes under the same names, with `null` for what is missing.
///
/// See <https://apidocs.bitrix24.com/api-reference/data-types.html#time>.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Time {
    /// When the request began, in Unix seconds.
    #[serde(deserialize_with = "Optional::<Float, Blank>::decode")]
    pub start: Option<f64>,
    /// When it was done, in Unix seconds.
    #[serde(deserialize_with = "Optional::<Float, Blank>::decode")]
    pub finish: Option<f64>,
    /// `finish` − `start`, in seconds.
    #[serde(deserialize_with = "Optional::<Float, Blank>::decode")]
    pub duration: Option<f64>,
    /// The time spent on the request itself, in seconds.
    #[serde(deserialize_with = "Optional::<Float, Blank>::decode")]
    pub processing: Option<f64>,
    /// `start` in ISO 8601.
    #[serde(deserialize_with = "Optional::<Text, Blank>::decode")]
    pub date_start: Option<String>,
    /// `finish` in ISO 8601.
    #[serde(deserialize_with = "Optional::<Text, Blank>::decode")]
    pub date_finish: Option<String>,
    /// What this method has cost this webhook or application within ten minutes, in seconds.
    #[serde(deserialize_with = "Optional::<Float, Blank>::decode")]
    pub operating: Option<f64>,
    /// When the oldest minute of `operating` is forgotten, in Unix seconds.
    #[serde(deserialize_with = "Optional::<Int, Blank>::decode")]
    pub operating_reset_at: Option<i64>,
}
