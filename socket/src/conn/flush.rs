//! Deletion of all rows that a query lists.

use alloc::vec;
use alloc::vec::Vec;

use nlwire::request::Flush;
use nlwire::{Batch, Request as _};

use super::state::State;
use crate::{Conn, Error, ErrorKind, List, Outcome, Transport};

impl<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Conn<T, B> {
    /// Deletes what a query lists, in a batch, and returns the number of
    /// deletions. Rows that went meanwhile count as deleted, and rows that the
    /// kernel keeps, such as the rule 0, are left alone.
    ///
    /// ```no_run
    /// use nlsock::{Conn, Protocol};
    /// use nlwire::route::{GetNeighbours, NeighbourState};
    ///
    /// let mut conn = Conn::open(Protocol::ROUTE)?;
    /// conn.flush(GetNeighbours::v4().state(NeighbourState::STALE))?;
    /// # Ok::<(), nlsock::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first refusal, once all deletions were tried; and the errors of
    /// [`list`](Self::list) and [`batch`](Self::batch).
    pub fn flush<Q: Flush>(&mut self, query: Q) -> Result<usize, Error> {
        let deletions = Deletions::of(self.list(query)?, &self.state)?;
        let (mut batch, mut outcomes) = deletions.batch(&self.state)?;
        let end = self.batch(&mut batch, &mut outcomes);
        deletions.end(end, outcomes)
    }
}

/// Deletions of the rows of a list. They are made of the rows again where they
/// are needed, so that futures hold nothing but the list.
pub(crate) struct Deletions<Q>(List<Q>);

impl<Q: Flush> Deletions<Q> {
    /// Reads each row, for a first error.
    pub(crate) fn of(list: List<Q>, state: &State) -> Result<Self, Error> {
        for row in &list {
            Q::deletion(&row).map_err(|error| state.broken(error))?;
        }
        Ok(Self(list))
    }

    fn iter(&self) -> impl Iterator<Item = Q::Deletion<'_>> {
        self.0.iter().filter_map(|row| Q::deletion(&row).ok()?)
    }

    /// Writes the deletions, and makes room for their outcomes.
    pub(crate) fn batch(&self, state: &State) -> Result<(Batch<Vec<u8>>, Vec<Outcome>), Error> {
        let mut batch = Batch::new(Vec::new());
        for deletion in self.iter() {
            let pushed = batch.push(&deletion);
            pushed.map_err(|error| state.unwritten(error))?;
        }
        let outcomes = vec![Outcome::default(); batch.count()];
        Ok((batch, outcomes))
    }

    /// Returns the number of deletions, or the first refusal that is not
    /// forgiven.
    pub(crate) fn end(
        self,
        end: Result<(), Error>,
        outcomes: Vec<Outcome>,
    ) -> Result<usize, Error> {
        match end {
            // A refusal counts by its outcome below.
            Err(error) if !matches!(error.kind(), ErrorKind::Refused(_)) => return Err(error),
            _ => {}
        }
        let count = outcomes.len();
        for (outcome, deletion) in outcomes.into_iter().zip(self.iter()) {
            match outcome {
                Outcome::Refused(error)
                    if !error.errno().is_some_and(|errno| deletion.forgives(errno)) =>
                {
                    return Err(error);
                }
                _ => {}
            }
        }
        Ok(count)
    }
}
