//! Requests for one entry of a set.

use core::fmt;

use super::member::IPSET_ATTR_DATA;
use super::{IPSET_PROTOCOL, IpSetMemberAttr, NewEntry};
use crate::netfilter::{
    IPSET_CMD_ADD, IPSET_CMD_DEL, IPSET_CMD_TEST, NFPROTO_UNSPEC, NetfilterHeader, PROTOCOL,
};
use crate::schema::Protocol;
use crate::{EncodeError, Flags, NewFlags, Next, Request, Writer};

/// Declares a request for an entry.
macro_rules! change {
    (
        $(#[$meta:meta])*
        $name:ident = $command:ident $new:literal
        $(, $(#[$lenient_meta:meta])* $lenient:ident)?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'a> {
            set: crate::Text<'a>,
            entry: NewEntry<'a>,
            exclusive: bool,
        }

        impl<'a> $name<'a> {
            #[doc = $new]
            #[must_use]
            pub fn new(set: impl Into<crate::Text<'a>>, entry: NewEntry<'a>) -> Self {
                Self { set: set.into(), entry, exclusive: true }
            }

            $(
                $(#[$lenient_meta])*
                #[must_use]
                pub const fn $lenient(mut self) -> Self {
                    self.exclusive = false;
                    self
                }
            )?
        }

        impl Request for $name<'_> {
            fn protocol(&self) -> Option<&'static Protocol> {
                Some(&PROTOCOL)
            }

            fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
                // The kernel takes the absence of this flag for leniency.
                let flags = match self.exclusive {
                    true => NewFlags::EXCL.into(),
                    false => Flags::empty(),
                };
                let header = NetfilterHeader::new(NFPROTO_UNSPEC);
                w.append_message($command, flags, &header, |w| {
                    w.put(IpSetMemberAttr::Protocol(IPSET_PROTOCOL))?
                        .put(IpSetMemberAttr::Name(self.set))?
                        .nest(IPSET_ATTR_DATA, |w| self.entry.put(w))
                })?;
                Ok(Next::End)
            }

            fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "entry of set {}", self.set)
            }
        }

        crate::__format!($name<'_>);
    };
}

change! {
    /// Adds an entry to a set: `ipset add`.
    ///
    /// ```
    /// use nlwire::netfilter::ipset::{AddEntry, NewEntry};
    ///
    /// let add = AddEntry::new("blocked", NewEntry::net("192.0.2.0/24".parse()?)).if_absent();
    /// # Ok::<(), nlwire::PrefixError>(())
    /// ```
    AddEntry = IPSET_CMD_ADD "Adds an entry to the set of this name.",
    /// Changes the timeout, counters and comment of an entry that exists, where the kernel
    /// otherwise refuses with `IPSET_ERR_EXIST`.
    if_absent
}
change! {
    /// Deletes an entry of a set: `ipset del`.
    ///
    /// ```
    /// use nlwire::netfilter::ipset::{DeleteEntry, NewEntry};
    ///
    /// let delete = DeleteEntry::new("ports", NewEntry::ports(6000, 6007)).if_there();
    /// ```
    DeleteEntry = IPSET_CMD_DEL "Deletes an entry of the set of this name.",
    /// Succeeds if there is no such entry.
    if_there
}
change! {
    /// Looks an entry up: `ipset test`. The kernel acknowledges an entry that the set has, and
    /// refuses others with `IPSET_ERR_EXIST`.
    ///
    /// ```
    /// use nlwire::netfilter::ipset::{NewEntry, TestEntry};
    ///
    /// let test = TestEntry::new("blocked", NewEntry::ip([192, 0, 2, 1].into()));
    /// ```
    TestEntry = IPSET_CMD_TEST "Looks an entry up in the set of this name."
}
