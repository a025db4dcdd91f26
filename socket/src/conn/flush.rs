//! Deletion of all rows of a query.

use alloc::vec;
use alloc::vec::Vec;

use nlwire::Batch;
use nlwire::request::Flush;

use super::receive::SMALL;
use super::refusal::unwritten;
use super::state::State;
use crate::{Conn, Error, List, Outcome, Transport};

impl<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Conn<T, B> {
    /// Deletes all rows of a query in a batch, and returns the number of
    /// deletions. Rows that no longer exist count as deleted. Rows that the
    /// kernel keeps, such as rule 0, stay.
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
    /// The first refusal, after all deletions were tried; and the errors of
    /// [`list`](Self::list) and [`batch`](Self::batch).
    pub fn flush<Q: Flush>(&mut self, query: Q) -> Result<usize, Error> {
        let deletions = Deletions::of(self.list(query)?, &self.state)?;
        let (mut batch, mut outcomes) = deletions.batch(&self.state)?;
        self.batch(&mut batch, &mut outcomes)?;
        Ok(outcomes.len())
    }
}

/// Deletions of the rows of a list. They are created from the rows on demand,
/// so that futures hold only the list.
pub(crate) struct Deletions<Q>(List<Q>);

impl<Q: Flush> Deletions<Q> {
    /// Reads each row, to report an error before the first deletion.
    pub(crate) fn of(list: List<Q>, state: &State) -> Result<Self, Error> {
        for row in &list {
            Q::deletion(&row).map_err(|error| state.broken(error))?;
        }
        Ok(Self(list))
    }

    fn iter(&self) -> impl Iterator<Item = Q::Deletion<'_>> {
        self.0.iter().filter_map(|row| Q::deletion(&row).ok()?)
    }

    /// Writes the deletions, with one outcome for each.
    pub(crate) fn batch(&self, state: &State) -> Result<(Batch<Vec<u8>>, Vec<Outcome>), Error> {
        let mut batch = Batch::new(Vec::new());
        for deletion in self.iter() {
            let pushed = batch.push(&deletion);
            pushed.map_err(|error| unwritten(state, &deletion, 0, &mut [0; SMALL], error))?;
        }
        let outcomes = vec![Outcome::default(); batch.count()];
        Ok((batch, outcomes))
    }
}
