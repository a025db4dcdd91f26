//! Traffic control: filters, which sort packets into classes or have actions
//! decide on them.

use nlwire::route::{
    Handle, RTM_DELTFILTER, RTM_GETTFILTER, RTM_NEWTFILTER, TrafficAttr, TrafficHeader,
};
use nlwire::{NewFlags, Put, Writer};

use super::traffic::{header, requests};
use super::{CREATE, TrafficRow, TrafficRows};
use crate::table::{Query, change};
use crate::{Conn, Error, Transport};

/// Packets of all protocols, such as [`FilterSpec::protocol`] takes.
const ETH_P_ALL: u16 = 0x0003;

impl TrafficRow<'_> {
    /// Returns the priority of a filter, the lowest number first.
    #[must_use]
    #[doc(alias = "tcm_info")]
    #[inline]
    pub const fn priority(&self) -> u16 {
        self.header.priority()
    }

    /// Returns the protocol that a filter sees (`ETH_P_*`), such as 0x0800 for
    /// IPv4.
    #[must_use]
    #[doc(alias = "tcm_info")]
    #[inline]
    pub const fn protocol(&self) -> u16 {
        self.header.protocol()
    }
}

/// A filter to be made, changed or deleted.
///
/// What `left` receives for 192.0.2.0/24 leaves by `right`:
///
/// ```no_run
/// use nlsock::route::{self, FilterSpec, TrafficSpec};
/// use nlwire::route::{
///     ActionAttr, ControlAction, Handle, MirredAction, MirredAttr, MirredParameters,
///     TCA_ACT_OPTIONS, TCA_OPTIONS, TCA_U32_ACT, U32FilterAttr, U32Flags, U32Key, U32Rule,
///     U32Selector,
/// };
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let left = route::link_index(&mut conn, "left")?;
/// let right = route::link_index(&mut conn, "right")?;
/// let ingress = TrafficSpec::new(left, "ingress").parent(Handle::INGRESS);
/// route::add_qdisc(&mut conn, ingress.handle(Handle::new(0xffff, 0)), |w| Ok(w))?;
///
/// let rule = U32Rule { flags: U32Flags::TERMINAL.bits(), ..U32Rule::default() };
/// let key = U32Key {
///     mask: 0xffff_ff00.into(),
///     value: 0xc000_0200.into(),
///     offset: 16.into(),
///     ..U32Key::default()
/// };
/// let redirect = MirredParameters {
///     action: ControlAction::STOLEN.0.into(),
///     direction: MirredAction::EGRESS_REDIR.0.into(),
///     link: right.into(),
///     ..MirredParameters::default()
/// };
/// let ipv4 = FilterSpec::new(left, Handle::new(0xffff, 0), "u32").protocol(0x0800).priority(5);
/// route::add_filter(&mut conn, ipv4, |w| {
///     w.nest(TCA_OPTIONS, |w| {
///         w.put(U32FilterAttr::Selector(U32Selector { rule: &rule, keys: &[key] }))?
///             .nest(TCA_U32_ACT, |w| {
///                 w.nest(1, |w| {
///                     w.put(ActionAttr::Kind("mirred"))?
///                         .nest(TCA_ACT_OPTIONS, |w| w.put(MirredAttr::Parameters(&redirect)))
///                 })
///             })
///     })
/// })?;
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "describes a filter"]
pub struct FilterSpec<'s> {
    link: u32,
    kind: &'s str,
    handle: Handle,
    parent: Handle,
    priority: u16,
    protocol: u16,
    chain: Option<u32>,
}

impl<'s> FilterSpec<'s> {
    /// Describes one of a kind that hangs on a discipline, a class, or
    /// [`Handle::INGRESS`], and sees packets of all protocols.
    pub const fn new(link: u32, parent: Handle, kind: &'s str) -> Self {
        Self {
            link,
            kind,
            handle: Handle::UNSPEC,
            parent,
            priority: 0,
            protocol: ETH_P_ALL,
            chain: None,
        }
    }

    /// Has a handle, which its kind makes sense of.
    #[doc(alias = "tcm_handle")]
    pub const fn handle(mut self, handle: Handle) -> Self {
        self.handle = handle;
        self
    }

    /// Has a priority, the lowest number first; the kernel chooses one for a
    /// new filter otherwise. Those of one priority are of one kind and
    /// protocol.
    #[doc(alias = "tcm_info")]
    pub const fn priority(mut self, priority: u16) -> Self {
        self.priority = priority;
        self
    }

    /// Sees packets of one protocol (`ETH_P_*`), such as 0x0800 for IPv4.
    #[doc(alias = "tcm_info")]
    pub const fn protocol(mut self, protocol: u16) -> Self {
        self.protocol = protocol;
        self
    }

    /// Is in a chain other than 0, which an action of another filter leads to.
    #[doc(alias = "TCA_CHAIN")]
    pub const fn chain(mut self, chain: u32) -> Self {
        self.chain = Some(chain);
        self
    }

    const fn header(&self) -> TrafficHeader {
        header(self.link, self.handle, self.parent).with_filter(self.priority, self.protocol)
    }

    #[inline]
    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let w = w.put(TrafficAttr::Kind(self.kind))?;
        match self.chain {
            Some(chain) => w.put(TrafficAttr::Chain(chain)),
            None => Ok(w),
        }
    }
}

/// Which filters to list: those of a discipline or a class.
#[derive(Clone, Copy, Debug)]
pub struct FilterQuery(Query<TrafficHeader>);

impl FilterQuery {
    /// Asks for the filters that hang on a discipline, a class, or
    /// [`Handle::INGRESS`].
    #[must_use]
    pub const fn of(link: u32, parent: Handle) -> Self {
        let header = header(link, Handle::UNSPEC, parent);
        Self(Query::new(RTM_GETTFILTER, header))
    }
}

/// Lists filters: `RTM_GETTFILTER`.
///
/// ```
/// use nlsock::route::{self, FilterQuery};
/// use nlwire::route::Handle;
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let of_loopback = FilterQuery::of(1, Handle::INGRESS);
/// let mut filters = route::filters(&mut conn, &of_loopback)?;
/// while let Some(filter) = filters.next()? {
///     println!("{} {:?} {}", filter.priority(), filter.kind(), filter.handle());
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::dump`].
#[doc(alias = "RTM_GETTFILTER")]
pub fn filters<'c, 'r, T, B>(
    conn: &'c mut Conn<T, B>,
    query: &'r FilterQuery,
) -> Result<TrafficRows<'c, 'r, T, B>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    query.0.list(conn)
}

requests! { FilterSpec:
    /// Makes a filter: `RTM_NEWTFILTER`. `options` puts the nest
    /// `TCA_OPTIONS`. [`FilterSpec`] shows one.
    ///
    /// # Errors
    ///
    /// As [`Conn::request`]: `EEXIST` if there is one with this handle,
    /// `EINVAL` if there is nothing to hang on or the priority is that of
    /// another kind or protocol, `ENOENT` for a kind or an action that this
    /// kernel does not have;
    /// [`ErrorKind::Encode`](crate::ErrorKind::Encode) for options that take
    /// more than some 450 bytes.
    #[doc(alias = "RTM_NEWTFILTER")]
    add_filter RTM_NEWTFILTER CREATE;

    /// Changes the filter with this handle and priority: `RTM_NEWTFILTER`,
    /// without `NLM_F_CREATE`.
    ///
    /// # Errors
    ///
    /// As [`add_filter`]: `ENOENT` if there is none, or without a priority.
    #[doc(alias = "RTM_NEWTFILTER")]
    change_filter RTM_NEWTFILTER NewFlags::empty();
}

/// Deletes the filter with this handle, and without one all of this priority:
/// `RTM_DELTFILTER`.
///
/// ```no_run
/// use nlsock::route::{self, FilterSpec};
/// use nlwire::route::Handle;
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let matchall = FilterSpec::new(2, Handle::new(0xffff, 0), "matchall");
/// route::delete_filter(&mut conn, matchall.priority(5))?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::request`]: `ENOENT` if there is none, or without a priority;
/// `EINVAL` if it is of another kind, or there is nothing to hang on.
#[doc(alias = "RTM_DELTFILTER")]
pub fn delete_filter<T, B>(conn: &mut Conn<T, B>, spec: FilterSpec<'_>) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let none = NewFlags::empty();
    change(conn, RTM_DELTFILTER, none, &spec.header(), |w| spec.put(w))
}

#[cfg(all(test, feature = "test-util", feature = "alloc"))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::fake::{Expected, Kernel};
    use crate::{Errno, Protocol};

    /// Priority 5 and protocol 0x0800 as the kernel has them: in memory the
    /// protocol is in network order.
    fn ipv4() -> TrafficHeader {
        let info = 5 << 16 | u32::from(0x0800_u16.to_be());
        TrafficHeader {
            info: info.into(),
            ..header(7, Handle::from_bits(0x8000_0800), Handle::new(1, 0))
        }
    }

    #[test]
    fn requests_have_the_place_of_the_filter() {
        let kernel = Kernel::new();
        let expected = |kind, flags: NewFlags| {
            let expected = Expected::new(kind);
            let expected = expected.flags(nlwire::Flags::REQUEST | flags);
            let expected = expected
                .header(&ipv4())
                .attribute(nlwire::route::TCA_KIND, b"u32\0");
            expected.attribute(nlwire::route::TCA_CHAIN, &9_u32.to_ne_bytes())
        };
        let none = NewFlags::empty();
        kernel.expect(expected(RTM_NEWTFILTER, CREATE), |_, answer| answer.ack());
        kernel.expect(expected(RTM_NEWTFILTER, none), |_, answer| answer.ack());
        kernel.expect(expected(RTM_DELTFILTER, none), |_, answer| {
            answer.refuse(Errno::ENOENT, None, None);
        });
        let mut conn = Conn::over(kernel.clone(), [0; 4096], Protocol::ROUTE, 7);
        let spec = FilterSpec::new(7, Handle::new(1, 0), "u32");
        let spec = spec.handle(Handle::from_bits(0x8000_0800)).priority(5);
        let spec = spec.protocol(0x0800).chain(9);
        add_filter(&mut conn, spec, |w| Ok(w)).unwrap();
        change_filter(&mut conn, spec, |w| Ok(w)).unwrap();
        assert!(delete_filter(&mut conn, spec).unwrap_err().is_not_found());
        kernel.assert_finished();
        assert_eq!((ipv4().priority(), ipv4().protocol()), (5, 0x0800));
    }
}
