//! Sets of system calls.

use core::fmt::{self, Display, Formatter};

use super::{AUDIT_BITMASK_SIZE, AUDIT_SYSCALL_CLASSES, SyscallClass};
use crate::schema::{Described, Shape};
use crate::zerocopy::native_endian::U32;
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

/// Set of system calls by number: a bit for each of 0 to 2031, and the classes of
/// [`SyscallClass`] at the end.
///
/// ```
/// use nlwire::audit::Syscalls;
///
/// let calls = Syscalls::of(&[2, 257]);
/// assert!(calls.contains(257));
/// assert_eq!(calls.to_string(), "2,257");
/// assert_eq!(Syscalls::ALL.to_string(), "all");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, Unaligned)]
#[zerocopy(crate = "::nlwire::zerocopy")]
#[repr(transparent)]
pub struct Syscalls([U32; AUDIT_BITMASK_SIZE]);

/// Greatest number: the bits of the last word are not all calls.
const CALLS: u32 = 2048;

impl Syscalls {
    /// Empty set.
    pub const NONE: Self = Self([U32::ZERO; AUDIT_BITMASK_SIZE]);

    /// All system calls: 0 to 2031.
    pub const ALL: Self = {
        let mut words = [U32::from_bytes([0xff; 4]); AUDIT_BITMASK_SIZE];
        let [.., last] = &mut words;
        // The upper half are classes.
        *last = U32::from_bytes(0xffff_u32.to_ne_bytes());
        Self(words)
    };

    /// Returns a set of these numbers; it leaves out those from 2032 on.
    #[must_use]
    pub fn of(numbers: &[u32]) -> Self {
        let mut set = Self::NONE;
        for &number in numbers {
            if number < CALLS.saturating_sub(AUDIT_SYSCALL_CLASSES) {
                set.insert(number);
            }
        }
        set
    }

    /// Adds a class of system calls, which the kernel replaces by its calls.
    #[must_use]
    pub fn with_class(mut self, class: SyscallClass) -> Self {
        if class.0 < AUDIT_SYSCALL_CLASSES {
            self.insert(CALLS.saturating_sub(1).saturating_sub(class.0));
        }
        self
    }

    /// Returns true if the set has this number.
    #[must_use]
    pub fn contains(&self, number: u32) -> bool {
        let (index, bit) = place(number);
        self.0.get(index).is_some_and(|word| word.get() & bit != 0)
    }

    /// Returns true if the set has all system calls, as [`ALL`](Self::ALL) has.
    #[must_use]
    pub fn is_all(&self) -> bool {
        let words = self.0.split_last().map(|(_, words)| words);
        words.is_some_and(|words| words.iter().all(|word| word.get() == u32::MAX))
    }

    /// Returns true if the set is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| word.get() == 0)
    }

    /// Iterates over the numbers in ascending order.
    pub fn numbers(&self) -> impl Iterator<Item = u32> + use<'_> {
        (0..CALLS).filter(|&number| self.contains(number))
    }

    fn insert(&mut self, number: u32) {
        let (index, bit) = place(number);
        if let Some(word) = self.0.get_mut(index) {
            word.set(word.get() | bit);
        }
    }
}

/// Returns the word of a number, and its bit.
#[doc(alias = "AUDIT_WORD", alias = "AUDIT_BIT")]
fn place(number: u32) -> (usize, u32) {
    let index = usize::try_from(number / 32).unwrap_or(usize::MAX);
    (index, 1_u32.rotate_left(number % 32))
}

impl Default for Syscalls {
    fn default() -> Self {
        Self::NONE
    }
}

impl Described for Syscalls {
    const SHAPE: Shape = Shape::Array(&U32::SHAPE, 4);
}

/// `all`, or the numbers, joined by commas.
impl Display for Syscalls {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.is_all() {
            return f.write_str("all");
        }
        let mut separator = "";
        for number in self.numbers() {
            write!(f, "{separator}{number}")?;
            separator = ",";
        }
        Ok(())
    }
}

impl fmt::Debug for Syscalls {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "Syscalls({self})")
    }
}

crate::__format!(Syscalls);
