//! Requests for helpers in user space.

#![allow(
    rustdoc::private_intra_doc_links,
    reason = "a command is the low byte of a message type, which is public"
)]

use super::{HelperAttr, UserHelper};
use crate::Text;
use crate::netfilter::{NFNL_SUBSYS_CTHELPER, NetfilterHeader as FamilyHeader, PROTOCOL, header};
use crate::request::object::requests;

const NEW: u8 = 0;
const GET: u8 = 1;
const DELETE: u8 = 2;

requests! {
    UserHelper, HelperAttr, HelperRow, "helper" in NFNL_SUBSYS_CTHELPER;

    /// Creates a helper, or changes one that exists. It needs [`HelperAttr::Tuple`]; a new one
    /// also [`HelperAttr::Policies`] and [`HelperAttr::DataLen`].
    Act NewHelper = NEW {
        /// Creates a helper with a name of at most 15 bytes.
        named(name: Text<'a>) { Name(name) }
    }
    /// Asks for a helper.
    Ask GetHelper = GET {
        /// Asks for the helper of this name.
        named(name: Text<'a>) { Name(name) }
    }
    /// Lists helpers: `nfct list helper`.
    List GetHelpers = GET {
        /// Lists all helpers in user space.
        all() {}
    }
    /// Deletes a helper.
    Delete(ENOENT) DeleteHelper = DELETE {
        /// Deletes the helper of this name, for all protocols.
        named(name: Text<'a>) { Name(name) }
    }
    /// Deletes helpers: `nfct flush helper`.
    Act FlushHelpers = DELETE {
        /// Deletes all helpers in user space.
        all() {}
    }
}
