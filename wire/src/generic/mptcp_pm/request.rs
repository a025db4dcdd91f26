//! Requests with the address of an endpoint or of a subflow's end.

use core::fmt;
use core::net::IpAddr;

use super::{
    EndpointAttr, EndpointFlags, MPTCP_PM_ATTR_ADDR, MPTCP_PM_ATTR_ADDR_REMOTE,
    MPTCP_PM_CMD_ADD_ADDR, MPTCP_PM_CMD_ANNOUNCE, MPTCP_PM_CMD_DEL_ADDR, MPTCP_PM_CMD_GET_ADDR,
    MPTCP_PM_CMD_SET_FLAGS, MPTCP_PM_CMD_SUBFLOW_CREATE, MPTCP_PM_CMD_SUBFLOW_DESTROY,
    MPTCP_PM_VER, ManagerAttr, ManagerRow, PROTOCOL,
};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    AddressFamily, EncodeError, Errno, Flags, LinkIndex, MessageRef, Next, Query, Request, Row,
    Writer,
};

const AF_INET: u16 = AddressFamily::INET.wide();
const AF_INET6: u16 = AddressFamily::INET6.wide();

/// End of a subflow: an address, and a TCP port where the kernel asks for one.
///
/// ```
/// use nlwire::generic::mptcp_pm::SubflowEnd;
///
/// let remote = SubflowEnd::at([192, 0, 2, 7]).port(443);
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct SubflowEnd {
    #[cfg_attr(feature = "defmt", defmt(Debug2Format))]
    address: Option<IpAddr>,
    id: Option<u8>,
    port: Option<u16>,
    #[cfg_attr(feature = "defmt", defmt(Debug2Format))]
    flags: Option<EndpointFlags>,
    link: Option<LinkIndex>,
}

impl SubflowEnd {
    /// Names this address.
    #[must_use]
    pub fn at(address: impl Into<IpAddr>) -> Self {
        Self {
            address: Some(address.into()),
            ..Self::default()
        }
    }

    /// Sets the identifier of the address.
    #[must_use]
    pub const fn id(mut self, id: u8) -> Self {
        self.id = Some(id);
        self
    }

    /// Sets the TCP port.
    #[must_use]
    pub const fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Sets the link that the subflow leaves by.
    #[must_use]
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.link = Some(link.into());
        self
    }

    fn put<'w, 'b>(&self, kind: u16, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(kind, |w| {
            if let Some(address) = self.address {
                let (family, address) = match address {
                    IpAddr::V4(_) => (AF_INET, EndpointAttr::AddressV4(address)),
                    IpAddr::V6(_) => (AF_INET6, EndpointAttr::AddressV6(address)),
                };
                w.put(EndpointAttr::Family(family))?.put(address)?;
            }
            w.put(self.id.map(EndpointAttr::Id))?
                .put(self.port.map(EndpointAttr::Port))?
                .put(self.flags.map(EndpointAttr::Flags))?
                .put(self.link.map(EndpointAttr::Link))
        })
    }

    fn write_object(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("endpoint")?;
        if let Some(id) = self.id {
            write!(f, " id {id}")?;
        }
        match self.address {
            Some(address) => write!(f, " {}", crate::text::Ip(address)),
            None => Ok(()),
        }
    }
}

/// Declares a request that names an endpoint.
macro_rules! endpoint {
    ($(#[$meta:meta])* $name:ident, $command:ident, { $($methods:tt)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[doc = concat!("\n\nCommand `", stringify!($command), "`.")]
        pub struct $name {
            end: SubflowEnd,
            if_there: bool,
        }

        impl $name {
            const fn of(end: SubflowEnd) -> Self {
                Self { end, if_there: false }
            }

            $($methods)*
        }

        impl Request for $name {
            fn protocol(&self) -> Option<&'static Protocol> {
                Some(&PROTOCOL)
            }

            fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
                w.append_command($command, MPTCP_PM_VER, Flags::empty(), |w| {
                    self.end.put(MPTCP_PM_ATTR_ADDR, w)
                })?;
                Ok(Next::End)
            }

            fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.end.write_object(f)
            }

            // The kernel answers `EINVAL` for an endpoint that does not exist.
            fn forgives(&self) -> &'static [Errno] {
                match self.if_there {
                    true => &[Errno::EINVAL],
                    false => &[],
                }
            }
        }
    };
}

endpoint! {
    /// Creates an endpoint, as `ip mptcp endpoint add` does.
    ///
    /// ```
    /// use nlwire::generic::mptcp_pm::{EndpointFlags, NewEndpoint};
    ///
    /// let flags = EndpointFlags::SUBFLOW | EndpointFlags::BACKUP;
    /// let new = NewEndpoint::at([192, 0, 2, 1]).id(3).link(2).flags(flags);
    /// ```
    NewEndpoint, MPTCP_PM_CMD_ADD_ADDR, {
        /// Creates an endpoint with this address.
        #[must_use]
        pub fn at(address: impl Into<IpAddr>) -> Self {
            Self::of(SubflowEnd::at(address))
        }

        /// Sets the identifier, 1 to 255; the kernel chooses one otherwise.
        #[must_use]
        pub const fn id(mut self, id: u8) -> Self {
            self.end.id = Some(id);
            self
        }

        /// Sets the TCP port to announce; needs [`EndpointFlags::SIGNAL`].
        #[must_use]
        pub const fn port(mut self, port: u16) -> Self {
            self.end.port = Some(port);
            self
        }

        /// Sets the flags.
        #[must_use]
        pub const fn flags(mut self, flags: EndpointFlags) -> Self {
            self.end.flags = Some(flags);
            self
        }

        /// Sets the link that subflows leave by.
        #[must_use]
        pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
            self.end = self.end.link(link);
            self
        }
    }
}

endpoint! {
    /// Changes the flags of an endpoint. The kernel changes
    /// [`EndpointFlags::BACKUP`] and [`EndpointFlags::FULLMESH`] only.
    ///
    /// ```
    /// use nlwire::generic::mptcp_pm::{EndpointFlags, SetEndpoint};
    ///
    /// let set = SetEndpoint::by_id(3, EndpointFlags::BACKUP);
    /// ```
    SetEndpoint, MPTCP_PM_CMD_SET_FLAGS, {
        /// Changes the endpoint with this identifier.
        #[must_use]
        pub fn by_id(id: u8, flags: EndpointFlags) -> Self {
            Self::of(SubflowEnd {
                id: Some(id),
                flags: Some(flags),
                ..SubflowEnd::default()
            })
        }

        /// Changes the endpoint with this address.
        #[must_use]
        pub fn at(address: impl Into<IpAddr>, flags: EndpointFlags) -> Self {
            Self::of(SubflowEnd {
                flags: Some(flags),
                ..SubflowEnd::at(address)
            })
        }
    }
}

endpoint! {
    /// Deletes an endpoint, as `ip mptcp endpoint delete` does.
    ///
    /// ```
    /// use nlwire::generic::mptcp_pm::DeleteEndpoint;
    ///
    /// let delete = DeleteEndpoint::by_id(3).if_there();
    /// ```
    DeleteEndpoint, MPTCP_PM_CMD_DEL_ADDR, {
        /// Deletes the endpoint with this identifier.
        #[must_use]
        pub fn by_id(id: u8) -> Self {
            Self::of(SubflowEnd {
                id: Some(id),
                ..SubflowEnd::default()
            })
        }

        /// Removes this address from connections whose first subflow uses it:
        /// such an address has the identifier 0.
        #[must_use]
        pub fn of_first_subflows(address: impl Into<IpAddr>) -> Self {
            Self::of(SubflowEnd::at(address).id(0))
        }

        /// Succeeds if there is no such endpoint.
        #[must_use]
        pub const fn if_there(mut self) -> Self {
            self.if_there = true;
            self
        }
    }
}

endpoint! {
    /// Reads an endpoint, as `ip mptcp endpoint show` does.
    ///
    /// ```
    /// use nlwire::generic::mptcp_pm::GetEndpoint;
    ///
    /// let query = GetEndpoint::by_id(3);
    /// ```
    GetEndpoint, MPTCP_PM_CMD_GET_ADDR, {
        /// Reads the endpoint with this identifier.
        #[must_use]
        pub fn by_id(id: u8) -> Self {
            Self::of(SubflowEnd {
                id: Some(id),
                ..SubflowEnd::default()
            })
        }
    }
}

impl Query for GetEndpoint {
    type Row<'r> = ManagerRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> ManagerRow<'_> {
        Row::of(message)
    }
}

/// Declares a request of a path manager in user space, for a connection.
macro_rules! connection {
    ($(#[$meta:meta])* $name:ident, $command:ident, $($(#[$end_meta:meta])* $end:ident: $kind:ident),*) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[doc = concat!("\n\nCommand `", stringify!($command), "`.")]
        pub struct $name {
            token: u32,
            $($end: SubflowEnd,)*
        }

        impl $name {
            /// Names the connection by its token, and the addresses.
            #[must_use]
            pub const fn of(token: u32, $($end: SubflowEnd),*) -> Self {
                Self { token, $($end),* }
            }
        }

        impl Request for $name {
            fn protocol(&self) -> Option<&'static Protocol> {
                Some(&PROTOCOL)
            }

            fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
                w.append_command($command, MPTCP_PM_VER, Flags::empty(), |w| {
                    w.put(ManagerAttr::Token(self.token))?;
                    $(self.$end.put($kind, w)?;)*
                    Ok(w)
                })?;
                Ok(Next::End)
            }

            fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "connection {:#x}", self.token)
            }
        }
    };
}

connection! {
    /// Announces an address to the peer of a connection. The address needs an
    /// [`id`](SubflowEnd::id).
    ///
    /// ```
    /// use nlwire::generic::mptcp_pm::{AnnounceAddress, SubflowEnd};
    ///
    /// let token = 0x5bd1_e995;
    /// let wlan = SubflowEnd::at([198, 51, 100, 7]).id(2);
    /// let announce = AnnounceAddress::of(token, wlan);
    /// ```
    AnnounceAddress, MPTCP_PM_CMD_ANNOUNCE, local: MPTCP_PM_ATTR_ADDR
}
connection! {
    /// Creates a subflow of a connection. The local address needs an
    /// [`id`](SubflowEnd::id), the remote one a [`port`](SubflowEnd::port).
    ///
    /// ```
    /// use nlwire::generic::mptcp_pm::{NewSubflow, SubflowEnd};
    ///
    /// let local = SubflowEnd::at([192, 0, 2, 1]).id(1);
    /// let subflow = NewSubflow::of(0x1234, local, SubflowEnd::at([192, 0, 2, 2]).port(80));
    /// ```
    NewSubflow, MPTCP_PM_CMD_SUBFLOW_CREATE,
    local: MPTCP_PM_ATTR_ADDR, remote: MPTCP_PM_ATTR_ADDR_REMOTE
}
connection! {
    /// Closes the subflow between two addresses, both with their
    /// [`port`](SubflowEnd::port).
    ///
    /// ```
    /// use nlwire::generic::mptcp_pm::{DeleteSubflow, SubflowEnd};
    ///
    /// let local = SubflowEnd::at([192, 0, 2, 1]).port(40000);
    /// let close = DeleteSubflow::of(0x1234, local, SubflowEnd::at([192, 0, 2, 2]).port(80));
    /// ```
    DeleteSubflow, MPTCP_PM_CMD_SUBFLOW_DESTROY,
    local: MPTCP_PM_ATTR_ADDR, remote: MPTCP_PM_ATTR_ADDR_REMOTE
}
connection! {
    /// Changes the priority of a subflow: [`backup`](SubflowEnd::backup) of the
    /// local end.
    ///
    /// ```
    /// use nlwire::generic::mptcp_pm::{SetSubflow, SubflowEnd};
    ///
    /// let local = SubflowEnd::at([192, 0, 2, 1]).backup(true);
    /// let backup = SetSubflow::of(0x1234, local, SubflowEnd::at([192, 0, 2, 2]));
    /// ```
    SetSubflow, MPTCP_PM_CMD_SET_FLAGS,
    local: MPTCP_PM_ATTR_ADDR, remote: MPTCP_PM_ATTR_ADDR_REMOTE
}

impl SubflowEnd {
    /// Uses the subflow only when all others fail, or with `false` always.
    #[must_use]
    pub const fn backup(mut self, on: bool) -> Self {
        self.flags = Some(match on {
            true => EndpointFlags::BACKUP,
            false => EndpointFlags::empty(),
        });
        self
    }
}
