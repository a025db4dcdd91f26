//! Traffic control: queueing disciplines and classes.

use nlwire::route::{
    Handle, RTM_DELQDISC, RTM_DELTCLASS, RTM_GETQDISC, RTM_GETTCLASS, RTM_NEWQDISC, RTM_NEWTCLASS,
    Traffic, TrafficAttr, TrafficHeader,
};
use nlwire::zerocopy::native_endian::{I32, U32};
use nlwire::{NewFlags, Put, Writer, fields};

use super::CREATE;
use crate::table::{Query, Row, Table, change};
use crate::{Conn, Error, Mapping, Socket, Transport};

/// A queueing discipline, a class or a filter.
pub type TrafficRow<'a> = Row<'a, TrafficHeader, Traffic>;
/// Queueing disciplines, classes or filters.
pub type TrafficRows<'c, 'r, T = Socket, B = Mapping> = Table<'c, 'r, TrafficHeader, Traffic, T, B>;

impl<'a> TrafficRow<'a> {
    /// Returns the index of the link.
    #[must_use]
    #[doc(alias = "tcm_ifindex")]
    #[inline]
    pub const fn link(&self) -> u32 {
        self.header.index.get().cast_unsigned()
    }

    /// Returns its handle, such as `1:` of a discipline and `1:10` of a class.
    #[must_use]
    #[doc(alias = "tcm_handle")]
    #[inline]
    pub const fn handle(&self) -> Handle {
        self.header.handle
    }

    /// Returns what it hangs on.
    #[must_use]
    #[doc(alias = "tcm_parent")]
    #[inline]
    pub const fn parent(&self) -> Handle {
        self.header.parent
    }

    /// Returns the kind, such as `htb`.
    #[must_use]
    #[doc(alias = "TCA_KIND")]
    #[inline]
    pub fn kind(&self) -> Option<&'a str> {
        fields!(self.attributes => Traffic { kind }).ok()?.kind
    }
}

/// A queueing discipline or a class to be made, changed or deleted.
///
/// ```no_run
/// use nlsock::route::{self, TrafficSpec};
/// use nlwire::route::{Handle, HtbAttr, HtbGlobal, TCA_OPTIONS};
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let link = route::link_index(&mut conn, "eth0")?;
/// let htb = TrafficSpec::new(link, "htb").handle(Handle::new(1, 0));
/// route::add_qdisc(&mut conn, htb, |w| {
///     w.nest(TCA_OPTIONS, |w| {
///         w.put(HtbAttr::Global(&HtbGlobal {
///             version: 3.into(),
///             rate2quantum: 10.into(),
///             default_class: 0x10.into(),
///             ..HtbGlobal::default()
///         }))
///     })
/// })?;
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "describes a discipline or a class"]
pub struct TrafficSpec<'s> {
    link: u32,
    kind: &'s str,
    handle: Handle,
    parent: Handle,
}

impl<'s> TrafficSpec<'s> {
    /// Describes one of a kind at the root of a link, with a handle that the
    /// kernel chooses.
    pub const fn new(link: u32, kind: &'s str) -> Self {
        Self {
            link,
            kind,
            handle: Handle::UNSPEC,
            parent: Handle::ROOT,
        }
    }

    /// Has a handle.
    #[doc(alias = "tcm_handle")]
    pub const fn handle(mut self, handle: Handle) -> Self {
        self.handle = handle;
        self
    }

    /// Hangs on a class, on a discipline, or on [`Handle::INGRESS`].
    #[doc(alias = "tcm_parent")]
    pub const fn parent(mut self, parent: Handle) -> Self {
        self.parent = parent;
        self
    }

    const fn header(&self) -> TrafficHeader {
        header(self.link, self.handle, self.parent)
    }

    #[inline]
    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.put(TrafficAttr::Kind(self.kind))
    }
}

/// Which classes to list: those of a link.
#[derive(Clone, Copy, Debug)]
pub struct ClassQuery(Query<TrafficHeader>);

impl ClassQuery {
    /// Asks for the classes of a link.
    #[must_use]
    pub const fn of(link: u32) -> Self {
        let header = header(link, Handle::UNSPEC, Handle::UNSPEC);
        Self(Query::new(RTM_GETTCLASS, header))
    }
}

/// Lists the queueing disciplines of all links: `RTM_GETQDISC`.
///
/// ```
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let mut qdiscs = nlsock::route::qdiscs(&mut conn)?;
/// while let Some(qdisc) = qdiscs.next()? {
///     println!("{:?} {} on link {}", qdisc.kind(), qdisc.handle(), qdisc.link());
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::dump`].
#[doc(alias = "RTM_GETQDISC")]
pub fn qdiscs<T, B>(conn: &mut Conn<T, B>) -> Result<TrafficRows<'_, 'static, T, B>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    static ALL: Query<[u8; 20]> = Query::new(RTM_GETQDISC, [0; 20]);
    ALL.list(conn)
}

/// Lists classes: `RTM_GETTCLASS`.
///
/// ```
/// use nlsock::route::{self, ClassQuery};
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let of_loopback = ClassQuery::of(1);
/// let mut classes = route::classes(&mut conn, &of_loopback)?;
/// while let Some(class) = classes.next()? {
///     println!("{:?} {} of {}", class.kind(), class.handle(), class.parent());
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::dump`]. A link that is not there has no classes.
#[doc(alias = "RTM_GETTCLASS")]
pub fn classes<'c, 'r, T, B>(
    conn: &'c mut Conn<T, B>,
    query: &'r ClassQuery,
) -> Result<TrafficRows<'c, 'r, T, B>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    query.0.list(conn)
}

/// Declares the requests that make and change a discipline, a class or a filter.
macro_rules! requests {
    ($spec:ident: $($(#[$text:meta])* $name:ident $kind:ident $flags:expr;)*) => {$(
        $(#[$text])*
        pub fn $name<T, B, F>(
            conn: &mut Conn<T, B>,
            spec: $spec<'_>,
            options: F,
        ) -> Result<(), Error>
        where
            T: Transport,
            B: AsRef<[u8]> + AsMut<[u8]>,
            F: for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
        {
            change(conn, $kind, $flags, &spec.header(), |w| options(spec.put(w)?))
        }
    )*};
}

pub(super) use requests;

requests! { TrafficSpec:
    /// Makes a queueing discipline: `RTM_NEWQDISC`. `options` puts the nest
    /// `TCA_OPTIONS`, or nothing for the kernel's defaults.
    ///
    /// ```no_run
    /// use nlsock::route::{self, TrafficSpec};
    /// use nlwire::route::Handle;
    ///
    /// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
    /// let ingress = TrafficSpec::new(2, "ingress").parent(Handle::INGRESS);
    /// route::add_qdisc(&mut conn, ingress.handle(Handle::new(0xffff, 0)), |w| Ok(w))?;
    /// # Ok::<(), nlsock::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Conn::request`]: `EEXIST` if there is one at this place, `ENOENT`
    /// for a kind that this kernel does not have;
    /// [`ErrorKind::Encode`](crate::ErrorKind::Encode) for options that take
    /// more than some 450 bytes.
    #[doc(alias = "RTM_NEWQDISC")]
    add_qdisc RTM_NEWQDISC CREATE;

    /// Changes a queueing discipline: `RTM_NEWQDISC`, without `NLM_F_CREATE`.
    ///
    /// # Errors
    ///
    /// As [`add_qdisc`]: `ENOENT` if there is none.
    #[doc(alias = "RTM_NEWQDISC")]
    change_qdisc RTM_NEWQDISC NewFlags::empty();

    /// Makes a class: `RTM_NEWTCLASS`.
    ///
    /// # Errors
    ///
    /// As [`add_qdisc`].
    #[doc(alias = "RTM_NEWTCLASS")]
    add_class RTM_NEWTCLASS CREATE;

    /// Changes a class: `RTM_NEWTCLASS`, without `NLM_F_CREATE`.
    ///
    /// # Errors
    ///
    /// As [`add_qdisc`]: `ENOENT` if there is none.
    #[doc(alias = "RTM_NEWTCLASS")]
    change_class RTM_NEWTCLASS NewFlags::empty();
}

/// Deletes a queueing discipline with its classes and filters: `RTM_DELQDISC`.
///
/// ```no_run
/// use nlsock::route::{self, TrafficSpec};
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// route::delete_qdisc(&mut conn, TrafficSpec::new(2, "htb"))?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::request`]: `ENOENT` or `EINVAL` if there is none at this place or
/// it has another handle or kind.
#[doc(alias = "RTM_DELQDISC")]
pub fn delete_qdisc<T, B>(conn: &mut Conn<T, B>, spec: TrafficSpec<'_>) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let none = NewFlags::empty();
    change(conn, RTM_DELQDISC, none, &spec.header(), |w| spec.put(w))
}

/// Deletes a class: `RTM_DELTCLASS`.
///
/// # Errors
///
/// As [`Conn::request`]: `ENOENT` if there is none, `EBUSY` if it has classes
/// below it.
#[doc(alias = "RTM_DELTCLASS")]
pub fn delete_class<T, B>(conn: &mut Conn<T, B>, spec: TrafficSpec<'_>) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let none = NewFlags::empty();
    change(conn, RTM_DELTCLASS, none, &spec.header(), |w| Ok(w))
}

pub(super) const fn header(link: u32, handle: Handle, parent: Handle) -> TrafficHeader {
    TrafficHeader {
        family: 0,
        reserved: [0; 3],
        index: I32::new(link.cast_signed()),
        handle,
        parent,
        info: U32::new(0),
    }
}
