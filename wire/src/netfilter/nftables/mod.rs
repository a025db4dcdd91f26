//! nftables: tables, chains and rules (`linux/netfilter/nf_tables.h`, nft(8)).

pub mod act;
mod chain;
mod comparison;
mod deletion;
mod element;
pub mod expression;
mod expressions;
mod family;
mod flow_table;
mod keys;
mod list;
pub mod load;
mod named;
pub mod object;
mod object_request;
#[cfg(feature = "alloc")]
mod owned;
mod restore;
mod rule;
mod selector;
pub mod set;
mod set_request;
mod statement;
mod table;
pub mod trace;
mod transaction;
mod user_data;
mod value;

#[doc(no_inline)]
pub use act::*;
pub use chain::*;
pub use element::*;
#[doc(no_inline)]
pub use expression::*;
pub use family::{TableFamily, TableRef};
pub use flow_table::*;
pub use keys::*;
#[doc(no_inline)]
pub use load::*;
#[doc(no_inline)]
pub use object::*;
pub use object_request::*;
#[cfg(feature = "alloc")]
pub use owned::OwnedTransaction;
pub use restore::Restore;
pub use rule::*;
pub use selector::Selector;
#[doc(no_inline)]
pub use set::*;
pub use set_request::*;
pub use statement::Statement;
pub use table::*;
#[doc(no_inline)]
pub use trace::*;
pub use transaction::{Transaction, TransactionAt};
pub use user_data::UserData;
pub use value::{DataType, KeyRange, KeyType, Value};

use crate::attributes;
use crate::codec::{Be, Bytes, Indexed, Many, Nest, Str, Text};
use crate::numbers::{flags, numbers};

/// Type of each element of a list.
pub const NFTA_LIST_ELEM: u16 = 1;

attributes! {
    /// Attributes of a table (`NFTA_TABLE_*`).
    pub set Table, enum TableAttr {
        /// Name of the table.
        1 NFTA_TABLE_NAME Name name: Text,
        /// Flags: [`TableFlags`].
        2 NFTA_TABLE_FLAGS Flags flags: Be<TableFlags>,
        /// Number of chains in the table.
        3 NFTA_TABLE_USE Use chains: Be<u32>,
        /// Handle of the table.
        4 NFTA_TABLE_HANDLE Handle handle: Be<u64>,
        /// Padding.
        5 NFTA_TABLE_PAD Pad pad: Bytes,
        /// User data; `nft` keeps the comment in it.
        6 NFTA_TABLE_USERDATA UserData user_data: Bytes,
        /// Port of the owner, the socket that alone may change the table.
        7 NFTA_TABLE_OWNER Owner owner: Be<u32>,
    }
}

flags! {
    /// Flags of a table.
    pub struct TableFlags(u32) {
        /// Table that sees no packets.
        DORMANT = 0x1 "NFT_TABLE_F_DORMANT" "dormant";
        /// Table that belongs to the socket that created it, and is deleted
        /// with that socket.
        OWNER = 0x2 "NFT_TABLE_F_OWNER" "owner";
        /// Table that stays when its owner closes the socket.
        PERSIST = 0x4 "NFT_TABLE_F_PERSIST" "persist";
    }
}

attributes! {
    /// Attributes of a chain (`NFTA_CHAIN_*`). A chain with a hook is a base
    /// chain: packets arrive there by themselves.
    pub set Chain, enum ChainAttr {
        /// Name of the table.
        1 NFTA_CHAIN_TABLE Table table: Text,
        /// Handle of the chain.
        2 NFTA_CHAIN_HANDLE Handle handle: Be<u64>,
        /// Name of the chain.
        3 NFTA_CHAIN_NAME Name name: Text,
        /// Hook and priority of a base chain.
        4 NFTA_CHAIN_HOOK Hook hook: Nest<ChainHook>,
        /// Policy of a base chain: the verdict at its end, accept or drop.
        5 NFTA_CHAIN_POLICY Policy policy: Be<Verdict>,
        /// Number of rules in the chain, and of rules that jump to it.
        6 NFTA_CHAIN_USE Use users: Be<u32>,
        /// Type of a base chain: `filter`, `nat` or `route`.
        7 NFTA_CHAIN_TYPE Kind kind: Str,
        /// Counters of a base chain.
        8 NFTA_CHAIN_COUNTERS Counters counters: Nest<Counter>,
        /// Padding.
        9 NFTA_CHAIN_PAD Pad pad: Bytes,
        /// Flags: [`ChainFlags`].
        10 NFTA_CHAIN_FLAGS Flags flags: Be<ChainFlags>,
        /// Identifier of the chain in this transaction.
        11 NFTA_CHAIN_ID Id id: Be<u32>,
        /// User data; `nft` keeps the comment in it.
        12 NFTA_CHAIN_USERDATA UserData user_data: Bytes,
    }
}

flags! {
    /// Flags of a chain.
    pub struct ChainFlags(u32) {
        /// Base chain.
        BASE = 0x1 "NFT_CHAIN_BASE" "base";
        /// Chain that is offloaded to hardware.
        HW_OFFLOAD = 0x2 "NFT_CHAIN_HW_OFFLOAD" "offload";
        /// Anonymous chain, deleted with the rule that jumps to it.
        BINDING = 0x4 "NFT_CHAIN_BINDING" "binding";
    }
}

attributes! {
    /// Hook of a base chain (`NFTA_HOOK_*`).
    pub set ChainHook, enum ChainHookAttr {
        /// Hook.
        1 NFTA_HOOK_HOOKNUM Hook hook: Be<HookNumber>,
        /// Priority: chains of a hook run from the lowest to the highest.
        2 NFTA_HOOK_PRIORITY Priority priority: Be<i32>,
        /// Link name, for chains of family `netdev` and hook `ingress`.
        3 NFTA_HOOK_DEV Device device: Text,
        /// Link names, if there are several.
        4 NFTA_HOOK_DEVS Devices devices: Nest<DeviceList>,
    }
}

attributes! {
    /// Links of a hook.
    pub set DeviceList, enum DeviceListAttr {
        /// Name of one link, once for each.
        1 NFTA_DEVICE_NAME Name name: Many<Text>,
        /// Prefix of link names, as `eth*` in nft(8) (Linux 6.16).
        2 NFTA_DEVICE_PREFIX Prefix prefix: Many<Text>,
    }
}

numbers! {
    /// Hook: the point in the kernel's packet path at which chains run, for the
    /// families `ip`, `ip6`, `inet`, `bridge` and `arp`; in 8 bits.
    #[derive(
        crate::zerocopy::FromBytes,
        crate::zerocopy::IntoBytes,
        crate::zerocopy::Immutable,
        crate::zerocopy::Unaligned,
    )]
    #[doc(alias = "nf_inet_hooks")]
    pub struct Hook(u8) {
        /// Received packets before routing; in a row of family `netdev` ingress.
        PRE_ROUTING = 0 "NF_INET_PRE_ROUTING" "prerouting";
        /// Packets for this host; in family `netdev` egress.
        LOCAL_IN = 1 "NF_INET_LOCAL_IN" "input";
        /// Forwarded packets.
        FORWARD = 2 "NF_INET_FORWARD" "forward";
        /// Packets sent by this host.
        LOCAL_OUT = 3 "NF_INET_LOCAL_OUT" "output";
        /// Packets about to leave, after routing.
        POST_ROUTING = 4 "NF_INET_POST_ROUTING" "postrouting";
        /// Received packets before `prerouting`, in family `inet`.
        INGRESS = 5 "NF_INET_INGRESS" "ingress";
    }
}

numbers! {
    /// [`Hook`] in the 32 bits of [`NFTA_HOOK_HOOKNUM`].
    pub struct HookNumber(u32) {
        PRE_ROUTING = 0 "NF_INET_PRE_ROUTING" "prerouting";
        LOCAL_IN = 1 "NF_INET_LOCAL_IN" "input";
        FORWARD = 2 "NF_INET_FORWARD" "forward";
        LOCAL_OUT = 3 "NF_INET_LOCAL_OUT" "output";
        POST_ROUTING = 4 "NF_INET_POST_ROUTING" "postrouting";
        INGRESS = 5 "NF_INET_INGRESS" "ingress";
    }
}

impl From<Hook> for HookNumber {
    fn from(hook: Hook) -> Self {
        Self(hook.0.into())
    }
}

numbers! {
    /// Verdict on a packet. Numbers from 0 up decide at the hook; negative
    /// numbers steer nftables only.
    #[doc(alias = "nft_verdicts")]
    pub struct Verdict(i32) {
        /// Drops the packet.
        DROP = 0 "NF_DROP" "drop";
        /// Accepts the packet: it continues to the next base chain.
        ACCEPT = 1 "NF_ACCEPT" "accept";
        /// Takes the packet over; the kernel does not continue with it.
        STOLEN = 2 "NF_STOLEN" "stolen";
        /// Sends the packet to a queue, whose program decides. The upper 16
        /// bits are the queue number.
        QUEUE = 3 "NF_QUEUE" "queue";
        /// Runs the hook again.
        REPEAT = 4 "NF_REPEAT" "repeat";
        /// Continues with the next rule.
        CONTINUE = -1 "NFT_CONTINUE" "continue";
        /// Ends the rule and continues with the next rule.
        BREAK = -2 "NFT_BREAK" "break";
        /// Continues in another chain and, at its end, with the next rule.
        JUMP = -3 "NFT_JUMP" "jump";
        /// Continues in another chain, without coming back.
        GOTO = -4 "NFT_GOTO" "goto";
        /// Returns to the chain that jumped here.
        RETURN = -5 "NFT_RETURN" "return";
    }
}

attributes! {
    /// Attributes of a rule (`NFTA_RULE_*`).
    pub set Rule, enum RuleAttr {
        /// Name of the table.
        1 NFTA_RULE_TABLE Table table: Text,
        /// Name of the chain.
        2 NFTA_RULE_CHAIN Chain chain: Text,
        /// Handle of the rule.
        3 NFTA_RULE_HANDLE Handle handle: Be<u64>,
        /// Expressions of the rule in the order in which they run: elements of
        /// [`NFTA_LIST_ELEM`].
        4 NFTA_RULE_EXPRESSIONS Expressions expressions: Indexed<Expression>,
        /// Settings of a rule from `iptables-nft`.
        5 NFTA_RULE_COMPAT Compat compat: Nest<RuleCompat>,
        /// Handle of the previous rule. In a request, the rule to insert before
        /// or, with [`APPEND`](crate::NewFlags::APPEND), after.
        6 NFTA_RULE_POSITION Position position: Be<u64>,
        /// User data; `nft` keeps the comment in it.
        7 NFTA_RULE_USERDATA UserData user_data: Bytes,
        /// Padding.
        8 NFTA_RULE_PAD Pad pad: Bytes,
        /// Identifier of the rule in this transaction.
        9 NFTA_RULE_ID Id id: Be<u32>,
        /// Position by the identifier of a rule in this transaction; see
        /// [`Position`](Self::Position).
        10 NFTA_RULE_POSITION_ID PositionId position_id: Be<u32>,
        /// Chain by its identifier in this transaction.
        11 NFTA_RULE_CHAIN_ID ChainId chain_id: Be<u32>,
    }
}

attributes! {
    /// Settings of a rule from `iptables-nft` (`NFTA_RULE_COMPAT_*`).
    pub set RuleCompat, enum RuleCompatAttr {
        /// Transport protocol number, such as 6 for TCP.
        1 NFTA_RULE_COMPAT_PROTO Protocol protocol: Be<u32>,
        /// Flags: [`RuleCompatFlags`].
        2 NFTA_RULE_COMPAT_FLAGS Flags flags: Be<RuleCompatFlags>,
    }
}

attributes! {
    /// Generation of the ruleset, and the process that committed it
    /// (`NFTA_GEN_*`).
    pub set Generation, enum GenerationAttr {
        /// Generation number, which each transaction increases.
        1 NFTA_GEN_ID Id id: Be<u32>,
        /// Process ID of the program that committed it.
        2 NFTA_GEN_PROC_PID ProcessId process_id: Be<u32>,
        /// Name of the process that committed it.
        3 NFTA_GEN_PROC_NAME ProcessName process_name: Text,
    }
}
