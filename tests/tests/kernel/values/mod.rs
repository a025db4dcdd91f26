//! Requests as values beside `ip` and `bridge`, both ways round.

mod addresses;
mod links;
mod neighbours;
mod rules;

use nlsock::{Config, Conn, Errno, Error, Protocol, Strict};
use nlwire::{MessageRef, Part, Query, Request, Stamp};

pub(crate) use addresses::TESTS as ADDRESSES;
pub(crate) use links::TESTS as LINKS;
pub(crate) use neighbours::TESTS as NEIGHBOURS;
pub(crate) use rules::TESTS as RULES;

/// A connection that carries values out.
struct Route(Conn);

impl Route {
    fn open() -> Result<Self, Error> {
        Ok(Self(Conn::open(Protocol::ROUTE)?))
    }

    /// One with strict checking, and one without.
    fn both() -> Result<[Self; 2], Error> {
        let open = |strict| Config::new(Protocol::ROUTE).strict(strict).open();
        Ok([Self(open(Strict::Required)?), Self(open(Strict::Off)?)])
    }

    fn execute(&mut self, request: &dyn Request) -> Result<(), Error> {
        let (mut buffer, mut from) = (vec![0; 4096], 0);
        loop {
            let stamp = Stamp::default();
            let part = Part::write(request, from, &mut buffer, 0, stamp, true).unwrap();
            let message = MessageRef::new(&buffer[..part.end]).unwrap();
            match self.0.request(message) {
                Err(error) if error.errno().is_some_and(|e| request.forgives(e)) => {}
                outcome => drop(outcome?),
            }
            match part.then {
                Some(place) => from = place,
                None => return Ok(()),
            }
        }
    }

    /// Asserts that the kernel refuses a request.
    fn refused(&mut self, request: &dyn Request, errno: Errno) {
        let error = self.execute(request).unwrap_err();
        assert_eq!(error.errno(), Some(errno), "{error}");
    }

    /// Calls `read` with each row that matches.
    fn each<Q: Query>(
        &mut self,
        query: &Q,
        mut read: impl FnMut(Q::Row<'_>),
    ) -> Result<usize, Error> {
        let mut buffer = vec![0; 4096];
        let part = Part::write(query, 0, &mut buffer, 0, Stamp::default(), false).unwrap();
        let message = MessageRef::new(&buffer[..part.end]).unwrap();
        let mut count = 0;
        let mut rows = if message.flags().bits() & 0x300 == 0 {
            self.0.replies(message)?
        } else {
            self.0.dump(message)?
        };
        while let Some(row) = rows.try_next()? {
            if query.matches(row).unwrap() {
                read(Q::row(row));
                count += 1;
            }
        }
        Ok(count)
    }
}
