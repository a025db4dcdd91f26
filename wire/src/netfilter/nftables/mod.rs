//! nftables: tables, chains and rules (`linux/netfilter/nf_tables.h`, nft(8)).

mod chain;
mod comparison;
mod element;
mod expression;
mod expressions;
mod family;
mod keys;
#[cfg(feature = "alloc")]
mod owned;
mod rule;
mod selector;
mod set;
mod set_request;
mod statement;
mod table;
mod transaction;
mod user_data;
mod value;

pub use chain::*;
pub use element::*;
pub use expression::*;
pub use family::{TableFamily, TableRef};
pub use keys::*;
#[cfg(feature = "alloc")]
pub use owned::OwnedTransaction;
pub use rule::*;
pub use selector::Selector;
pub use set::*;
pub use set_request::*;
pub use statement::Statement;
pub use table::*;
pub use transaction::Transaction;
pub use user_data::UserData;
pub use value::{DataType, KeyType, Value};

use crate::attributes;
use crate::codec::{Be, Bytes, Indexed, Many, Nest, Str, Text};
use crate::numbers::{flags, numbers};

/// The type of each element of a list.
pub const NFTA_LIST_ELEM: u16 = 1;

attributes! {
    /// The attributes of a table (`NFTA_TABLE_*`).
    pub set Table, enum TableAttr {
        /// Its name.
        1 NFTA_TABLE_NAME Name name: Text,
        /// Flags.
        2 NFTA_TABLE_FLAGS Flags flags: Be<TableFlags>,
        /// How many chains it has.
        3 NFTA_TABLE_USE Use chains: Be<u32>,
        /// Its number.
        4 NFTA_TABLE_HANDLE Handle handle: Be<u64>,
        /// Nothing, to align what follows.
        5 NFTA_TABLE_PAD Pad pad: Bytes,
        /// Whatever its maker put there.
        6 NFTA_TABLE_USERDATA UserData user_data: Bytes,
        /// The port that alone may change it.
        7 NFTA_TABLE_OWNER Owner owner: Be<u32>,
    }
}

flags! {
    /// Flags of a table.
    pub struct TableFlags(u32) {
        /// It does nothing.
        DORMANT = 0x1 "NFT_TABLE_F_DORMANT" "dormant";
        /// It belongs to the socket that made it, and goes with it.
        OWNER = 0x2 "NFT_TABLE_F_OWNER" "owner";
        /// It stays when its owner goes.
        PERSIST = 0x4 "NFT_TABLE_F_PERSIST" "persist";
    }
}

attributes! {
    /// The attributes of a chain (`NFTA_CHAIN_*`). One with a hook is a base
    /// chain, which packets come to by themselves.
    pub set Chain, enum ChainAttr {
        /// Its table.
        1 NFTA_CHAIN_TABLE Table table: Text,
        /// Its number.
        2 NFTA_CHAIN_HANDLE Handle handle: Be<u64>,
        /// Its name.
        3 NFTA_CHAIN_NAME Name name: Text,
        /// Where packets come to it.
        4 NFTA_CHAIN_HOOK Hook hook: Nest<ChainHook>,
        /// What becomes of packets at its end: accept or drop.
        5 NFTA_CHAIN_POLICY Policy policy: Be<Verdict>,
        /// How many rules it has, and how many lead to it.
        6 NFTA_CHAIN_USE Use users: Be<u32>,
        /// What it is for: `filter`, `nat` or `route`.
        7 NFTA_CHAIN_TYPE Kind kind: Str,
        /// What has come to it.
        8 NFTA_CHAIN_COUNTERS Counters counters: Nest<Counter>,
        /// Nothing, to align what follows.
        9 NFTA_CHAIN_PAD Pad pad: Bytes,
        /// Flags.
        10 NFTA_CHAIN_FLAGS Flags flags: Be<ChainFlags>,
        /// Its number in this batch.
        11 NFTA_CHAIN_ID Id id: Be<u32>,
        /// Whatever its maker put there.
        12 NFTA_CHAIN_USERDATA UserData user_data: Bytes,
    }
}

flags! {
    /// Flags of a chain.
    pub struct ChainFlags(u32) {
        /// It has a hook.
        BASE = 0x1 "NFT_CHAIN_BASE" "base";
        /// It is in hardware.
        HW_OFFLOAD = 0x2 "NFT_CHAIN_HW_OFFLOAD" "offload";
        /// It goes with the rule that leads to it.
        BINDING = 0x4 "NFT_CHAIN_BINDING" "binding";
    }
}

attributes! {
    /// Where packets come to a chain (`NFTA_HOOK_*`).
    pub set ChainHook, enum ChainHookAttr {
        /// The hook.
        1 NFTA_HOOK_HOOKNUM Hook hook: Be<HookNumber>,
        /// Its place among the chains of the hook, the lowest first.
        2 NFTA_HOOK_PRIORITY Priority priority: Be<i32>,
        /// The link, of `netdev` chains.
        3 NFTA_HOOK_DEV Device device: Text,
        /// Several links.
        4 NFTA_HOOK_DEVS Devices devices: Nest<DeviceList>,
    }
}

attributes! {
    /// Links of a hook.
    pub set DeviceList, enum DeviceListAttr {
        /// The name of one; there are many.
        1 NFTA_DEVICE_NAME Name name: Many<Text>,
        /// What the names of several begin with (Linux 6.16).
        2 NFTA_DEVICE_PREFIX Prefix prefix: Many<Text>,
    }
}

numbers! {
    /// Where packets are looked at, of the families IPv4, IPv6, `inet` and
    /// `bridge`; in 8 bits.
    #[derive(
        crate::zerocopy::FromBytes,
        crate::zerocopy::IntoBytes,
        crate::zerocopy::Immutable,
        crate::zerocopy::Unaligned,
    )]
    #[doc(alias = "nf_inet_hooks")]
    pub struct Hook(u8) {
        /// What has come in, before it is routed; of `netdev`, as it comes in.
        PRE_ROUTING = 0 "NF_INET_PRE_ROUTING" "prerouting";
        /// What is for this host; of `netdev`, as it leaves.
        LOCAL_IN = 1 "NF_INET_LOCAL_IN" "input";
        /// What goes through.
        FORWARD = 2 "NF_INET_FORWARD" "forward";
        /// What this host sends.
        LOCAL_OUT = 3 "NF_INET_LOCAL_OUT" "output";
        /// What is about to leave.
        POST_ROUTING = 4 "NF_INET_POST_ROUTING" "postrouting";
        /// As it comes in, of `inet`.
        INGRESS = 5 "NF_INET_INGRESS" "ingress";
    }
}

numbers! {
    /// A [`Hook`] in the 32 bits of [`NFTA_HOOK_HOOKNUM`].
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
    /// What becomes of a packet. Positive numbers end its way through the hook,
    /// negative ones belong to nftables.
    #[doc(alias = "nft_verdicts")]
    pub struct Verdict(i32) {
        /// It is dropped.
        DROP = 0 "NF_DROP" "drop";
        /// It goes on.
        ACCEPT = 1 "NF_ACCEPT" "accept";
        /// Whoever said so keeps it.
        STOLEN = 2 "NF_STOLEN" "stolen";
        /// A program decides. The upper 16 bits are the queue.
        QUEUE = 3 "NF_QUEUE" "queue";
        /// It goes through the hook once more.
        REPEAT = 4 "NF_REPEAT" "repeat";
        /// The next rule decides.
        CONTINUE = -1 "NFT_CONTINUE" "continue";
        /// The rule ends, the next one decides.
        BREAK = -2 "NFT_BREAK" "break";
        /// Another chain decides, and if it does not, the next rule.
        JUMP = -3 "NFT_JUMP" "jump";
        /// Another chain decides.
        GOTO = -4 "NFT_GOTO" "goto";
        /// The chain that led here decides.
        RETURN = -5 "NFT_RETURN" "return";
    }
}

attributes! {
    /// The attributes of a rule (`NFTA_RULE_*`).
    pub set Rule, enum RuleAttr {
        /// Its table.
        1 NFTA_RULE_TABLE Table table: Text,
        /// Its chain.
        2 NFTA_RULE_CHAIN Chain chain: Text,
        /// Its number.
        3 NFTA_RULE_HANDLE Handle handle: Be<u64>,
        /// What it does, one after the other: elements of [`NFTA_LIST_ELEM`].
        4 NFTA_RULE_EXPRESSIONS Expressions expressions: Indexed<Expression>,
        /// What it has of iptables.
        5 NFTA_RULE_COMPAT Compat compat: Nest<RuleCompat>,
        /// The rule before it; in a request, the one to be put before or, with
        /// [`APPEND`](crate::NewFlags::APPEND), behind.
        6 NFTA_RULE_POSITION Position position: Be<u64>,
        /// Whatever its maker put there: nft(8) keeps comments in it.
        7 NFTA_RULE_USERDATA UserData user_data: Bytes,
        /// Nothing, to align what follows.
        8 NFTA_RULE_PAD Pad pad: Bytes,
        /// Its number in this batch.
        9 NFTA_RULE_ID Id id: Be<u32>,
        /// As [`Position`](Self::Position), by a number in this batch.
        10 NFTA_RULE_POSITION_ID PositionId position_id: Be<u32>,
        /// Its chain, by a number in this batch.
        11 NFTA_RULE_CHAIN_ID ChainId chain_id: Be<u32>,
    }
}

attributes! {
    /// What a rule has of iptables (`NFTA_RULE_COMPAT_*`).
    pub set RuleCompat, enum RuleCompatAttr {
        /// The transport protocol.
        1 NFTA_RULE_COMPAT_PROTO Protocol protocol: Be<u32>,
        /// Flags.
        2 NFTA_RULE_COMPAT_FLAGS Flags flags: Be<RuleCompatFlags>,
    }
}

attributes! {
    /// Which generation of the rules this is, and whose (`NFTA_GEN_*`).
    pub set Generation, enum GenerationAttr {
        /// Its number, which each batch increases.
        1 NFTA_GEN_ID Id id: Be<u32>,
        /// The process that made it.
        2 NFTA_GEN_PROC_PID ProcessId process_id: Be<u32>,
        /// That process's name.
        3 NFTA_GEN_PROC_NAME ProcessName process_name: Text,
    }
}
