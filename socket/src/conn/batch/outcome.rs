//! Results of the messages of a batch.

use crate::Error;

/// Result of a message of a batch.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum Outcome {
    /// The message changed nothing: it was not sent, or its transaction failed.
    #[default]
    NotDone,
    /// The message was sent, but its answer was lost or has not arrived.
    Unknown,
    /// The kernel carried the message out.
    Done,
    /// The kernel refused the message.
    Refused(Error),
}

impl Outcome {
    /// Returns true if the kernel carried the message out.
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
