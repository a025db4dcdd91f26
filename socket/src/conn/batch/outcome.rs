//! Result of each message of a batch.

use crate::Error;

/// Result of a message of a batch.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum Outcome {
    /// The message changed nothing: it was not sent, or its transaction was not
    /// done.
    #[default]
    NotDone,
    /// The message was sent, and its answer was lost or has not come.
    Unknown,
    /// The message was done.
    Done,
    /// The kernel refused the message.
    Refused(Error),
}

impl Outcome {
    /// Returns true if the message was done.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        matches!(self, Self::Done)
    }

    /// Returns the kernel's refusal.
    #[must_use]
    pub const fn refusal(&self) -> Option<&Error> {
        match self {
            Self::Refused(error) => Some(error),
            _ => None,
        }
    }
}
