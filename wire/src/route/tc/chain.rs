//! Requests for chains of filters (`RTM_*CHAIN`).

use core::fmt;

use super::new::header;
use super::{Handle, TrafficAttr, TrafficHeader, TrafficRow};
use crate::route::{PROTOCOL, RTM_DELCHAIN, RTM_GETCHAIN, RTM_NEWCHAIN};
use crate::schema::Protocol;
use crate::{
    EncodeError, Errno, Flags, GetFlags, LinkIndex, MessageRef, MessageType, NewFlags, Next, Query,
    Request, Row, Writer,
};

fn write(
    message: MessageType,
    flags: Flags,
    header: &TrafficHeader,
    chain: u32,
    w: &mut Writer<'_>,
) -> Result<Next, EncodeError> {
    w.append_message(message, flags, header, |w| w.put(TrafficAttr::Chain(chain)))?;
    Ok(Next::End)
}

/// Declares a request for one chain.
macro_rules! chain {
    ($(#[$meta:meta])* $name:ident, $message:ident, $flags:expr, $forgiven:ident, $errno:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[must_use = "a request does nothing until a connection carries it out"]
        pub struct $name {
            header: TrafficHeader,
            chain: u32,
            $forgiven: bool,
        }

        impl $name {
            /// Names a chain at a parent such as [`Handle::CLSACT_INGRESS`].
            pub fn of(link: impl Into<LinkIndex>, parent: Handle, chain: u32) -> Self {
                Self {
                    header: header(link.into(), Handle::UNSPEC, parent),
                    chain,
                    $forgiven: false,
                }
            }

            /// Names a chain of a shared block.
            #[doc(alias = "tcm_block_index")]
            pub fn of_block(block: u32, chain: u32) -> Self {
                let mut named = Self::of(0, Handle::UNSPEC, chain);
                named.header = named.header.with_block(block);
                named
            }

            #[doc = concat!("Counts `", stringify!($errno), "` as success.")]
            pub const fn $forgiven(mut self) -> Self {
                self.$forgiven = true;
                self
            }
        }

        impl Request for $name {
            fn protocol(&self) -> Option<&'static Protocol> {
                Some(&PROTOCOL)
            }

            fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
                write($message, $flags, &self.header, self.chain, w)
            }

            fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let TrafficHeader { index, parent, .. } = self.header;
                write!(f, "chain {} at {parent} of link {index}", self.chain)
            }

            fn forgives(&self) -> &'static [Errno] {
                if self.$forgiven { &[Errno::$errno] } else { &[] }
            }
        }

        crate::__format!($name);
    };
}

chain! {
    /// Creates a chain of filters (`RTM_NEWCHAIN`). A chain comes with its first
    /// filter, too, and goes with its last one; one that was created stays.
    ///
    /// ```
    /// use nlwire::route::{Handle, NewChain};
    ///
    /// let chain = NewChain::of(7, Handle::CLSACT_INGRESS, 3).if_absent();
    /// # let _ = chain;
    /// ```
    #[doc(alias = "RTM_NEWCHAIN")]
    NewChain, RTM_NEWCHAIN, (NewFlags::CREATE | NewFlags::EXCL).into(), if_absent, EEXIST
}

chain! {
    /// Deletes a chain with its filters (`RTM_DELCHAIN`).
    ///
    /// ```
    /// use nlwire::route::{DeleteChain, Handle};
    ///
    /// let chain = DeleteChain::of(7, Handle::CLSACT_INGRESS, 3).if_there();
    /// # let _ = chain;
    /// ```
    #[doc(alias = "RTM_DELCHAIN")]
    DeleteChain, RTM_DELCHAIN, Flags::empty(), if_there, ENOENT
}

/// Lists the chains of a parent (`RTM_GETCHAIN` as a dump).
///
/// ```
/// use nlwire::route::{GetChains, Handle};
///
/// let received = GetChains::of(7, Handle::CLSACT_INGRESS);
/// # let _ = received;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETCHAIN")]
pub struct GetChains {
    header: TrafficHeader,
}

impl GetChains {
    /// Lists the chains of a parent such as [`Handle::CLSACT_INGRESS`].
    pub fn of(link: impl Into<LinkIndex>, parent: Handle) -> Self {
        Self {
            header: header(link.into(), Handle::UNSPEC, parent),
        }
    }

    /// Lists the chains of a shared block.
    #[doc(alias = "tcm_block_index")]
    pub fn of_block(block: u32) -> Self {
        let mut chains = Self::of(0, Handle::UNSPEC);
        chains.header = chains.header.with_block(block);
        chains
    }
}

impl Request for GetChains {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(RTM_GETCHAIN, GetFlags::DUMP, &self.header, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TrafficHeader { index, parent, .. } = self.header;
        write!(f, "chains at {parent} of link {index}")
    }
}

impl Query for GetChains {
    type Row<'r> = TrafficRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> TrafficRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, crate::DecodeError> {
        let (row, asked) = (Self::row(message), &self.header);
        // The kernel reports a chain at the discipline of its parent, whichever hook or class
        // was asked for, and a block by itself.
        let of_parent = asked.parent == Handle::UNSPEC
            || row.parent() == asked.parent
            || row.parent() == asked.parent.discipline();
        Ok(row.header.index == asked.index && of_parent)
    }
}

crate::__format!(GetChains);
