//! The request that deletes sets.

use core::fmt;

use super::{IPSET_PROTOCOL, IpSetAttr};
use crate::netfilter::{IPSET_CMD_DESTROY, NFPROTO_UNSPEC, NetfilterHeader, PROTOCOL};
use crate::schema::Protocol;
use crate::{EncodeError, Errno, NewFlags, Next, Request, Text, Writer};

/// Deletes sets that no rule and no other set uses: `ipset destroy`.
///
/// ```
/// use nlwire::netfilter::ipset::DestroySets;
///
/// let one = DestroySets::named("blocked").if_there();
/// let all = DestroySets::all();
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "IPSET_CMD_DESTROY")]
pub struct DestroySets<'a> {
    name: Option<Text<'a>>,
    if_there: bool,
}

impl<'a> DestroySets<'a> {
    /// Deletes all sets.
    #[must_use]
    pub const fn all() -> Self {
        Self {
            name: None,
            if_there: false,
        }
    }

    /// Deletes the set of this name.
    #[must_use]
    pub fn named(name: impl Into<Text<'a>>) -> Self {
        Self {
            name: Some(name.into()),
            if_there: false,
        }
    }

    /// Succeeds if there is no such set.
    #[must_use]
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DestroySets<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = NetfilterHeader::new(NFPROTO_UNSPEC);
        // Newer kernels take the absence of the flag for leniency.
        w.append_message(IPSET_CMD_DESTROY, NewFlags::EXCL, &header, |w| {
            w.put(IpSetAttr::Protocol(IPSET_PROTOCOL))?
                .put(self.name.map(IpSetAttr::Name))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            Some(name) => write!(f, "set {name}"),
            None => f.write_str("all sets"),
        }
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENOENT] } else { &[] }
    }
}

crate::__format!(DestroySets<'_>);
