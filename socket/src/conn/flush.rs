//! Deletion of all rows that a query lists.

use alloc::vec;
use alloc::vec::Vec;

use nlwire::request::Flush;
use nlwire::{Batch, Request as _};

use crate::{Conn, Error, ErrorKind, Outcome, Transport};

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
        let list = self.list(query)?;
        let (mut batch, mut deletions) = (Batch::new(Vec::new()), Vec::new());
        for row in &list {
            let deletion = Q::deletion(&row).map_err(|error| self.state.broken(error))?;
            if let Some(deletion) = deletion {
                batch
                    .push(&deletion)
                    .map_err(|error| self.state.unwritten(error))?;
                deletions.push(deletion);
            }
        }
        let mut outcomes = vec![Outcome::default(); deletions.len()];
        match self.batch(&mut batch, &mut outcomes) {
            // A refusal counts by its outcome below.
            Err(error) if !matches!(error.kind(), ErrorKind::Refused(_)) => return Err(error),
            _ => {}
        }
        for (outcome, deletion) in outcomes.into_iter().zip(&deletions) {
            match outcome {
                Outcome::Refused(error)
                    if !error.errno().is_some_and(|errno| deletion.forgives(errno)) =>
                {
                    return Err(error);
                }
                _ => {}
            }
        }
        Ok(deletions.len())
    }
}
