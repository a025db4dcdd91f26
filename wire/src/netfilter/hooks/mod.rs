//! Functions at the hooks of netfilter: `nft list hooks`
//! (`linux/netfilter/nfnetlink_hook.h`, Linux 5.14).
//!
//! ```
//! use nlwire::netfilter::hooks::GetHooks;
//! use nlwire::netfilter::{HookNumber, NetfilterFamily};
//!
//! // nft list hooks ip, of one hook.
//! let input = GetHooks::of(NetfilterFamily::IPV4, HookNumber::LOCAL_IN);
//! ```

mod request;

pub use request::*;

use super::{HookNumber, NetfilterFamily};
use crate::attributes;
use crate::codec::{Be, Nest, Str, Text};
use crate::numbers::numbers;

attributes! {
    /// Function at a hook (`NFNLA_HOOK_*`).
    pub set HookEntry, enum HookEntryAttr {
        /// Hook.
        1 NFNLA_HOOK_HOOKNUM Hook hook: Be<HookNumber>,
        /// Priority: functions run from the lowest number to the highest.
        2 NFNLA_HOOK_PRIORITY Priority priority: Be<i32>,
        /// Name of the link; in requests only.
        3 NFNLA_HOOK_DEV Link link: Text,
        /// Name of the function in the kernel.
        4 NFNLA_HOOK_FUNCTION_NAME Function function: Str,
        /// Name of the kernel module; absent if the function is built in.
        5 NFNLA_HOOK_MODULE_NAME Module module: Str,
        /// Chain whose rules the function runs.
        6 NFNLA_HOOK_CHAIN_INFO Chain chain: Nest<HookChainInfo>,
    }
}

attributes! {
    /// Origin of a function at a hook (`NFNLA_HOOK_INFO_*`).
    pub set HookChainInfo, enum HookChainInfoAttr {
        /// Base chain of nftables.
        1 NFNLA_HOOK_INFO_DESC Description description: Nest<HookChain>,
        /// Kind of origin.
        2 NFNLA_HOOK_INFO_TYPE Kind kind: Be<HookKind>,
    }
}

numbers! {
    /// Kind of what runs at a hook.
    #[doc(alias = "nfnl_hook_chaintype")]
    pub struct HookKind(u32) {
        /// Base chain of nftables.
        NFTABLES = 1 "NFNL_HOOK_TYPE_NFTABLES" "nftables";
        /// BPF program, whose attributes are not read here (Linux 6.4).
        BPF = 2 "NFNL_HOOK_TYPE_BPF" "bpf";
        /// Flow table (Linux 6.18).
        FLOW_TABLE = 3 "NFNL_HOOK_TYPE_NFT_FLOWTABLE" "flowtable";
    }
}

attributes! {
    /// Base chain at a hook (`NFNLA_CHAIN_*`).
    pub set HookChain, enum HookChainAttr {
        /// Name of the table.
        1 NFNLA_CHAIN_TABLE Table table: Text,
        /// Family of the table.
        2 NFNLA_CHAIN_FAMILY Family family: NetfilterFamily,
        /// Name of the chain.
        3 NFNLA_CHAIN_NAME Name name: Text,
    }
}
