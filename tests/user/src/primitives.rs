//! Crate in which even the integers are something else.

use ::nlwire::attributes;
use ::nlwire::codec::{Flag, Str};

#[allow(unused_imports, reason = "they are there to be tripped over")]
use crate::shadow::primitives::*;

attributes! {
    pub set Odd, enum OddAttr {
        1 ODD_NAME Name name: Str,
        2 ODD_FLAG Flag flag: Flag,
        3 ODD_NUMBER Number number: ::core::primitive::u32,
        4 ODD_NAMED Named named: OddNamed,
        5 ODD_NUMBERED Numbered numbered: OddNumbered,
    }
}

attributes! {
    pub choice OddNamed, enum OddNamedSet by ODD_NAME {
        "odd" Odd: Odd,
    }
}

attributes! {
    pub choice OddNumbered, enum OddNumberedSet by ODD_NUMBER: u32 {
        1 Odd: Odd,
    }
}
