//! Results of the messages of a batch.

use crate::Error;

/// Result of a message of a batch.
///
/// ```
/// use nlsock::{Conn, Outcome, Protocol};
/// use nlwire::Batch;
/// use nlwire::route::GetLink;
///
/// let mut conn = Conn::open(Protocol::ROUTE)?;
/// let mut batch = Batch::new(Vec::new());
/// for name in ["lo", "no-such-link"] {
///     batch.push(&GetLink::by_name(name))?;
/// }
/// let mut outcomes = [Outcome::NotDone, Outcome::NotDone];
/// let first_refusal = conn.batch(&mut batch, &mut outcomes).unwrap_err();
/// assert!(first_refusal.is_not_found());
/// assert!(outcomes[0].is_done());
/// println!("{}", outcomes[1].refusal().ok_or("no refusal")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
