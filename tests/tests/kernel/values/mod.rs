//! Requests as values beside `ip` and `bridge`, both ways round.

mod addresses;
mod links;
mod neighbours;
mod rules;

use nlsock::{Config, Conn, Errno, Error, Protocol, Strict};
use nlwire::{Query, Request};

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
        self.0.execute(request).map(|_| ())
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
        let mut count = 0;
        let mut rows = self.0.query(query)?;
        while let Some(row) = rows.next()? {
            read(row);
            count += 1;
        }
        Ok(count)
    }
}
