//! Methods of a connection that open it and carry requests out.

use core::time::Duration;

use nlwire::schema::Protocol as Family;
use nlwire::{AckRef, Batch, MessageType, Query, Request, Room};

use super::execution::{Execution, Options};
use super::family::{GetFamily, read_number};
use super::receive::{Patience, Step};
#[cfg(feature = "alloc")]
use crate::List;
use crate::socket::waiting::Deadline;
use crate::{
    BatchReplies, Call, Config, Conn, Error, ErrorKind, Operation, Outcome, Pipeline, Protocol,
    Rows, Transport,
};

impl Conn {
    /// Opens a connection with the default configuration. [`Config`] opens one
    /// with other settings.
    ///
    /// # Errors
    ///
    /// The errors of [`Config::open`].
    pub fn open(protocol: Protocol) -> Result<Self, Error> {
        Config::new(protocol).open()
    }
}

impl<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Conn<T, B> {
    /// Carries out a request, and returns the last acknowledgement, which may
    /// carry a warning or a cookie. Replies are skipped.
    ///
    /// The connection fills in the sequence number, the port ID,
    /// `NLM_F_REQUEST` and `NLM_F_ACK`. It looks up a generic family's number
    /// once. A request of several messages that wait for each other is sent as
    /// one datagram after the other, with a single outcome.
    ///
    /// ```no_run
    /// use nlsock::{Conn, Protocol};
    /// use nlwire::route::{DeleteLink, NewLink};
    ///
    /// let mut conn = Conn::open(Protocol::ROUTE)?;
    /// conn.execute(&NewLink::bridge("br0").mtu(1400).up().if_absent())?;
    /// conn.execute(&DeleteLink::by_name("br1").if_there())?;
    /// # Ok::<(), nlsock::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Refused`] with the kernel's text and the attribute's path,
    /// unless the request forgives the errno; see also
    /// [`refusal`](Self::refusal). [`ErrorKind::WrongProtocol`] and
    /// [`ErrorKind::Encode`], before anything of the message is sent.
    /// [`ErrorKind::Timeout`], [`ErrorKind::Cancelled`],
    /// [`ErrorKind::Overrun`], [`ErrorKind::Truncated`], [`ErrorKind::Decode`]
    /// for a malformed answer, and [`ErrorKind::System`]. The connection stays
    /// usable after each.
    pub fn execute(&mut self, request: impl Request) -> Result<AckRef<'_>, Error> {
        self.call().execute(request)
    }

    /// Carries out a request and returns its single row, once it is
    /// acknowledged.
    ///
    /// ```
    /// use nlsock::{Conn, Protocol};
    /// use nlwire::route::GetLink;
    ///
    /// let mut conn = Conn::open(Protocol::ROUTE)?;
    /// println!("MTU {:?}", conn.get(&GetLink::by_name("lo"))?.mtu()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Replies`] if there is no row, or more than one, and the
    /// errors of [`execute`](Self::execute).
    pub fn get<Q: Query>(&mut self, query: Q) -> Result<Q::Row<'_>, Error> {
        self.call().get(query)
    }

    /// Carries out a query and returns its rows as they arrive. The query is a
    /// dump if the flags of its message say so.
    ///
    /// The kernel cannot dump a row of more than 32,448 bytes, such as a route
    /// with 2,500 next hops: it leaves the row out, without a sign in the
    /// answer. A single reply or an event still has such an object whole.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::BufferTooSmall`] for a dump into less than 32 KiB, before
    /// anything is sent; the errors of sending; see [`Rows::next`] for others.
    pub fn query<Q: Query>(&mut self, query: Q) -> Result<Rows<'_, Q, T, B>, Error> {
        self.call().query(query)
    }

    /// Returns a whole table. The table is received before the first row is
    /// read, and again if it changed meanwhile, within the timeout: at least ten
    /// times, and as often as five seconds permit.
    ///
    /// The kernel reports no changes during dumps of neighbours, rules and IPv6
    /// routes. Such a list may lack a row if another one is deleted meanwhile.
    /// Neighbours may also be missing or repeated if their hash table grows. A
    /// `Mirror` of these tables notices the changes and reads the table again.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Interrupted`] if the table changed each time, and the errors
    /// of [`query`](Self::query).
    #[cfg(feature = "alloc")]
    pub fn list<Q: Query>(&mut self, query: Q) -> Result<List<Q>, Error> {
        self.call().list(query)
    }

    /// Returns a table as [`list`](Self::list) does, or the last attempt if the
    /// table changed each time: see [`List::is_complete`].
    ///
    /// # Errors
    ///
    /// The errors of [`query`](Self::query).
    #[cfg(feature = "alloc")]
    pub fn list_partial<Q: Query>(&mut self, query: Q) -> Result<List<Q>, Error> {
        self.call().list_partial(query)
    }

    /// Carries out a query, and again if the table changed during the dump, up
    /// to `attempts` times within one timeout. It needs no allocator.
    ///
    /// `read` gets the number of the attempt, from 0, and reads the rows. It is
    /// called again if it returns the error [`ErrorKind::Interrupted`] after
    /// the last row. Rows kept from an earlier attempt may be incomplete or
    /// repeated; discard them at the start of each attempt.
    ///
    /// ```
    /// use nlsock::{Conn, Error, Protocol};
    /// use nlwire::route::GetLinks;
    ///
    /// let mut conn = Conn::open(Protocol::ROUTE)?;
    /// let count = conn.query_retry(5, GetLinks::all(), |_attempt, rows| {
    ///     let mut count = 0;
    ///     while let Some(_link) = rows.next()? {
    ///         count += 1;
    ///     }
    ///     Ok::<_, Error>(count)
    /// })?;
    /// assert!(count >= 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The errors of `read`; [`ErrorKind::Interrupted`] if the table changed
    /// each time; and the errors of [`query`](Self::query).
    pub fn query_retry<Q, R, E, F>(&mut self, attempts: u32, query: Q, read: F) -> Result<R, E>
    where
        Q: Query,
        E: From<Error>,
        F: FnMut(u32, &mut Rows<'_, &Q, T, B>) -> Result<R, E>,
    {
        self.call().query_retry(attempts, query, read)
    }

    /// Sends a batch in as few datagrams as their answers permit, and stores
    /// the result of each message in the outcome with the same index.
    ///
    /// The kernel carries the messages out in order, and continues after a
    /// refused one. The messages of an nftables transaction, from
    /// `NFNL_MSG_BATCH_BEGIN` to `NFNL_MSG_BATCH_END`, happen together or not
    /// at all. They form one datagram, for which the send buffer is enlarged.
    /// Without the end message the kernel only checks them.
    ///
    /// The numbers of generic families are looked up for each batch, since no
    /// message of it is sent again if a number has changed.
    ///
    /// ```no_run
    /// use nlsock::{Conn, Outcome, Protocol};
    /// use nlwire::Batch;
    /// use nlwire::route::NewLink;
    ///
    /// let names = ["br0", "br1", "br2"];
    /// let mut batch = Batch::new(Vec::new());
    /// for name in names {
    ///     batch.push(&NewLink::bridge(name).up())?;
    /// }
    /// let mut outcomes = vec![Outcome::default(); batch.count()];
    /// let result = Conn::open(Protocol::ROUTE)?.batch(&mut batch, &mut outcomes);
    /// for (name, outcome) in names.iter().zip(&outcomes) {
    ///     if let Some(error) = outcome.refusal() {
    ///         eprintln!("{name}: {error}");
    ///     }
    /// }
    /// result?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Refused`] with the first refusal; all other messages were
    /// sent. [`ErrorKind::Overrun`] if answers were lost; nothing more was sent
    /// then. [`ErrorKind::WrongProtocol`] and [`ErrorKind::TooFewOutcomes`],
    /// before anything is sent. `EMSGSIZE` for a datagram longer than the
    /// system permits. And the errors of [`execute`](Self::execute). The
    /// outcomes are right in any case.
    pub fn batch<R: Room>(
        &mut self,
        batch: &mut Batch<R>,
        outcomes: &mut [Outcome],
    ) -> Result<(), Error> {
        self.call().batch(batch, outcomes)
    }

    /// Sends a batch as [`batch`](Self::batch) does, and returns the replies to
    /// its messages, such as objects for `NLM_F_ECHO`.
    ///
    /// # Errors
    ///
    /// The errors of sending; see [`BatchReplies::next`] for others.
    pub fn batch_replies<'m, R: Room>(
        &mut self,
        batch: &'m mut Batch<R>,
        outcomes: &'m mut [Outcome],
    ) -> Result<BatchReplies<'_, 'm, T, B>, Error> {
        self.call().batch_replies(batch, outcomes)
    }

    /// Starts a pipeline, which sends up to `N` requests before the first is
    /// answered.
    ///
    /// ```
    /// use nlsock::{Answer, Conn, Protocol};
    /// use nlwire::route::GetLink;
    ///
    /// let mut conn = Conn::open(Protocol::ROUTE)?;
    /// let mut pipeline = conn.pipeline::<8>();
    /// let loopback = pipeline.query(GetLink::by_name("lo"))?;
    /// let missing = pipeline.query(GetLink::by_name("no-such-link"))?;
    /// while let Some((ticket, answer)) = pipeline.next()? {
    ///     match answer {
    ///         Answer::Reply(link) => println!("{}", link.header()),
    ///         Answer::Done(_) => assert_eq!(ticket, loopback),
    ///         Answer::Failed(error) => {
    ///             assert_eq!(ticket, missing);
    ///             assert!(error.is_not_found());
    ///         }
    ///         _ => {}
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn pipeline<const N: usize>(&mut self) -> Pipeline<'_, N, T, B> {
        self.call().pipeline()
    }

    /// Looks up the number of a generic family, and remembers it. Requests look
    /// it up by themselves if they can wait; see [`ErrorKind::NotLookedUp`]. The
    /// number changes if the kernel's module is loaded again.
    ///
    /// # Errors
    ///
    /// `ENOENT` if no such family is registered, and the errors of
    /// [`execute`](Self::execute).
    pub fn look_up(&mut self, family: &'static Family) -> Result<MessageType, Error> {
        let deadline = self.call().options(false)?.deadline;
        self.look_up_until(family, deadline)
    }

    pub(crate) fn look_up_until(
        &mut self,
        family: &'static Family,
        deadline: Deadline,
    ) -> Result<MessageType, Error> {
        let options = Options {
            deadline,
            ack: true,
            query: false,
            schema: None,
        };
        let (request, mut number) = (GetFamily(family), None);
        let mut execution = Execution::new(options);
        execution.start(self, &request)?;
        while let Step::Ready(Some(span)) = execution.advance(self, &request, Patience::Wait)? {
            number = read_number(span.message(self.buffer.as_ref()));
        }
        self.note_family(family, number)
    }

    /// Remembers the number of a generic family that was looked up.
    pub(crate) fn note_family(
        &mut self,
        family: &'static Family,
        number: Option<MessageType>,
    ) -> Result<MessageType, Error> {
        let kind = ErrorKind::Replies { found: 0 };
        let number = number.ok_or_else(|| self.state.error(Operation::Read, kind))?;
        self.state.set_family(family, number);
        Ok(number)
    }

    /// Starts a call with its own timeout instead of the connection's.
    ///
    /// ```no_run
    /// # fn f(conn: &mut nlsock::Conn, request: nlwire::MessageRef<'_>) -> Result<(), nlsock::Error> {
    /// use std::time::Duration;
    ///
    /// conn.with_timeout(Duration::from_secs(1)).execute(request)?;
    /// # Ok(())
    /// # }
    /// ```
    pub const fn with_timeout(&mut self, timeout: Duration) -> Call<'_, T, B> {
        self.call().with_timeout(timeout)
    }

    /// Starts a call that asks for no acknowledgement: see
    /// [`Call::without_ack`].
    pub const fn without_ack(&mut self) -> Call<'_, T, B> {
        self.call().without_ack()
    }

    /// Starts a call with its own options.
    pub const fn call(&mut self) -> Call<'_, T, B> {
        Call::new(self)
    }
}
