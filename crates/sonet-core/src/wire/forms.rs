//! The forms that most fields of objects have, each with a name.

use super::{
    Blank, BlankObject, Empty, Essential, Flag, Int, Iso, Object, Optional, Plain, Text, Valid,
    Zero,
};

/// An identifier that has to be there.
pub type EssentialId = Essential<Valid<Plain>>;

/// An identifier that may be missing, and is where it is 0.
pub type OptionalId = Optional<Valid<Plain>, (Blank, Zero)>;

/// A text that may be missing, and is where it is empty.
pub type OptionalText = Optional<Text, Blank>;

/// An integer that may be missing.
pub type OptionalInt = Optional<Int, Blank>;

/// A flag that may be missing.
pub type OptionalFlag = Optional<Flag, Empty>;

/// A moment in ISO 8601 that may be missing.
pub type OptionalIso = Optional<Iso, Blank>;

/// A value that decodes itself, and may be missing.
pub type OptionalPlain = Optional<Plain, Blank>;

/// An object that may be missing, and is where nothing is in it.
pub type OptionalObject = Optional<Object, BlankObject>;
