//! Requests for functions at hooks.

#![allow(
    rustdoc::private_intra_doc_links,
    reason = "a command is the low byte of a message type, which is public"
)]

use super::{HookEntry, HookEntryAttr};
use crate::Text;
use crate::netfilter::{
    HookNumber, NFNL_SUBSYS_HOOK, NFPROTO_NETDEV, NetfilterFamily, NetfilterHeader as FamilyHeader,
    PROTOCOL, header,
};
use crate::request::object::requests;

const GET: u8 = 0;

requests! {
    HookEntry, HookEntryAttr, HookRow, "hook" in NFNL_SUBSYS_HOOK;

    /// Lists the functions at a hook, in the order in which they run.
    List GetHooks = GET {
        /// Lists those of a family. Hooks of [`NetfilterFamily::INET`] are those of IPv4 and
        /// IPv6.
        of(family: NetfilterFamily, hook: HookNumber) @ family.0.into() => { Hook(hook) }
        /// Lists those of a link: hook 0 is ingress, and 1 is egress.
        of_link(name: Text<'a>, hook: HookNumber) @ NFPROTO_NETDEV.into() => {
            Hook(hook), Link(name)
        }
    }
}
