//! Requests for timeout policies.

#![allow(
    rustdoc::private_intra_doc_links,
    reason = "a command is the low byte of a message type, which is public"
)]

use super::{Timeout, TimeoutAttr};
use crate::Text;
use crate::netfilter::{
    NFNL_SUBSYS_CTNETLINK_TIMEOUT, NetfilterHeader as FamilyHeader, PROTOCOL, header,
};
use crate::request::object::requests;

const NEW: u8 = 0;
const GET: u8 = 1;
const DELETE: u8 = 2;
const SET_DEFAULT: u8 = 3;
const GET_DEFAULT: u8 = 4;

requests! {
    Timeout, TimeoutAttr, TimeoutRow, "timeout policy" in NFNL_SUBSYS_CTNETLINK_TIMEOUT;

    /// Creates a policy. The kernel answers `EBUSY` if there is one. It needs
    /// [`TimeoutAttr::Data`]; states that are left out keep their defaults.
    Act NewTimeout = NEW {
        /// Creates a policy with a name of at most 31 bytes. The family is an `AF_*` number, and
        /// the protocol a transport protocol, such as 6 for TCP.
        of(name: Text<'a>, family: u16, protocol: u8) {
            Name(name), NetworkProtocol(family), TransportProtocol(protocol)
        }
    }
    /// Asks for a policy.
    Ask GetTimeout = GET {
        /// Asks for the policy of this name.
        named(name: Text<'a>) { Name(name) }
    }
    /// Lists policies: `nfct list timeout`.
    List GetTimeouts = GET {
        /// Lists the policies of the network namespace.
        all() {}
    }
    /// Deletes a policy. The kernel answers `EBUSY` if a rule uses it.
    Delete(ENOENT) DeleteTimeout = DELETE {
        /// Deletes the policy of this name.
        named(name: Text<'a>) { Name(name) }
    }
    /// Deletes policies: `nfct flush timeout`.
    Act FlushTimeouts = DELETE {
        /// Deletes all policies that no rule uses.
        unused() {}
    }
    /// Sets the timeouts of connections without a policy. It needs [`TimeoutAttr::Data`].
    Act SetDefaultTimeouts = SET_DEFAULT {
        /// Sets those of an address family (`AF_*`) and a transport protocol.
        of(family: u16, protocol: u8) {
            NetworkProtocol(family), TransportProtocol(protocol)
        }
    }
    /// Asks for the timeouts of connections without a policy.
    Ask GetDefaultTimeouts = GET_DEFAULT {
        /// Asks for those of an address family (`AF_*`) and a transport protocol.
        of(family: u16, protocol: u8) {
            NetworkProtocol(family), TransportProtocol(protocol)
        }
    }
}
