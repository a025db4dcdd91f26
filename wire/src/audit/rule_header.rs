//! Fixed header of rules.

use super::{AUDIT_MAX_FIELDS, Syscalls};
use crate::FixedHeader;
use crate::schema::{Described, Shape};
use crate::structs::structs;
use crate::zerocopy::native_endian::U32;
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

structs! {
    /// Fixed header of a rule. The texts of its terms follow, without NULs.
    pub(super) struct RuleHeader: 1040 {
        list: U32,
        action: U32,
        count: U32,
        syscalls: Syscalls,
        fields: Words,
        values: Words,
        operators: Words,
        text_length: U32,
    }
}

impl FixedHeader for RuleHeader {}

/// A number for each term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, Unaligned)]
#[zerocopy(crate = "::nlwire::zerocopy")]
#[repr(transparent)]
pub(super) struct Words([U32; AUDIT_MAX_FIELDS]);

impl Words {
    const ZERO: Self = Self([U32::ZERO; AUDIT_MAX_FIELDS]);

    fn get(&self, index: usize) -> Option<u32> {
        self.0.get(index).map(|word| word.get())
    }

    pub(super) fn set(&mut self, index: usize, value: u32) {
        if let Some(word) = self.0.get_mut(index) {
            word.set(value);
        }
    }
}

impl Default for Words {
    fn default() -> Self {
        Self::ZERO
    }
}

impl Described for Words {
    const SHAPE: Shape = Shape::Array(&U32::SHAPE, 4);
}

impl RuleHeader {
    /// Returns property, comparison and value of a term.
    pub(super) fn words(&self, index: usize) -> Option<[u32; 3]> {
        Some([
            self.fields.get(index)?,
            self.operators.get(index)?,
            self.values.get(index)?,
        ])
    }
}

/// Rule without terms, in place of a message that is too short.
pub(super) static EMPTY: RuleHeader = RuleHeader {
    list: U32::ZERO,
    action: U32::ZERO,
    count: U32::ZERO,
    syscalls: Syscalls::NONE,
    fields: Words::ZERO,
    values: Words::ZERO,
    operators: Words::ZERO,
    text_length: U32::ZERO,
};
