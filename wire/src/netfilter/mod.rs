//! `NETLINK_NETFILTER`: connection tracking, packet queues and logs, nftables
//! and ipset (`linux/netfilter/nfnetlink.h` and the headers beside it).
//!
//! ```text
//!  0        1         2          4
//! +--------+---------+----------+------------
//! | family | version | resource | attributes
//! +--------+---------+----------+------------
//! ```
//!
//! The upper byte of a message type is the subsystem, the lower byte the
//! command: [`IPCTNL_MSG_CT_GET`] is 0x101. Integers are in network order.
//!
//! | messages | attributes |
//! |---|---|
//! | `IPCTNL_MSG_CT_*` | [`Conntrack`], [`ConntrackCpuStats`], [`ConntrackStats`] |
//! | `IPCTNL_MSG_EXP_*` | [`Expectation`], [`ExpectationCpuStats`] |
//! | `NFQNL_MSG_*` | [`QueuePacket`], [`QueueConfig`] |
//! | `NFULNL_MSG_*` | [`LogPacket`], [`LogConfig`] |
//! | `IPSET_CMD_*` | [`ipset`] |
//! | `NFNL_MSG_ACCT_*` | [`acct`] |
//! | `IPCTNL_MSG_TIMEOUT_*` | [`timeout`] |
//! | `NFNL_MSG_CTHELPER_*` | [`helper`] |
//! | `NFNL_MSG_HOOK_GET` | [`hooks`] |
//! | `NFT_MSG_*` | [`Table`], [`Chain`], [`Rule`], [`NftSet`], [`SetElements`], [`NftObject`], [`FlowTable`], [`Trace`], [`Generation`] |
//!
//! A [`Transaction`] makes changes of nftables atomic: either all of them
//! happen or none.
//!
//! ```
//! use nlwire::netfilter::{
//!     Hook, NewChain, NewRule, NewTable, Selector, Statement, TableRef, Transaction, priority,
//! };
//!
//! let table = TableRef::inet("filter");
//! let ssh = [Selector::TCP_DPORT.is(22), Statement::counter(), Statement::accept()];
//! let changes = Transaction(&[
//!     &NewTable::new(table),
//!     &NewChain::new(table, "input").filter(Hook::LOCAL_IN, priority::FILTER),
//!     &NewRule::new(table, "input", &ssh),
//! ]);
//! let mut room = [0; 1024];
//! let mut batch = nlwire::Batch::new(&mut room[..]);
//! batch.push(&changes)?;
//! assert_eq!(batch.count(), 5); // With the begin and the end.
//! # Ok::<(), nlwire::EncodeError>(())
//! ```
//!
//! | to | value |
//! |---|---|
//! | change nftables | [`Transaction`] or `OwnedTransaction` of [`NewTable`], [`NewChain`], [`NewRule`], [`NewSet`], [`NewElements`] and their deletions |
//! | list nftables | [`GetTables`], [`GetChains`], [`GetRules`], [`GetSets`], [`GetElements`], [`GetObjects`], [`GetFlowTables`] |
//! | write what was listed | [`Restore`] |
//! | list, find and flush connections | [`GetConnections`], [`GetConnection`], [`FlushConnections`] |
//! | create, change and delete one | [`NewConnection`], [`SetConnection`], [`DeleteConnection`] |
//! | list, create and delete expectations | [`GetExpectations`], [`NewExpectation`], [`DeleteExpectation`] |
//! | decide on packets | [`BindQueue`], [`SetVerdict`], [`SetVerdicts`] |
//! | receive logged packets | [`BindLog`] |
//! | create, fill and list sets of ipset(8) | [`ipset`] |
//! | count packets for nfacct(8) | [`acct`] |
//! | set timeouts of connections | [`timeout`] |
//! | read notifications | [`Change`] |

pub mod acct;
mod change;
pub mod conntrack;
pub mod expectation;
pub mod helper;
pub mod hooks;
pub mod ipset;
pub mod log;
pub mod nftables;
mod protocol;
pub mod queue;
pub mod timeout;

use crate::zerocopy::big_endian::U16;

pub use change::Change;
#[doc(no_inline)]
pub use conntrack::*;
#[doc(no_inline)]
pub use expectation::*;
#[doc(no_inline)]
pub use log::*;
#[doc(no_inline)]
pub use nftables::*;
pub use protocol::*;
#[doc(no_inline)]
pub use queue::*;

use crate::codec::Be;
use crate::numbers::numbers;
use crate::structs::structs;
use crate::{FixedHeader, attributes};

structs! {
    /// Fixed header of each message.
    #[doc(alias = "nfgenmsg")]
    pub struct NetfilterHeader: 4 {
        /// Family (`NFPROTO_*`); 0 for any.
        #[doc(alias = "nfgen_family")]
        family: u8 as NetfilterFamily,
        /// Version: 0 (`NFNETLINK_V0`).
        version: u8,
        /// Resource ID: the queue number, the log group, the CPU number of
        /// statistics, or the subsystem of a batch.
        #[doc(alias = "res_id")]
        resource: U16,
    }
}

impl NetfilterHeader {
    /// Header of the messages that begin and end a batch of nftables.
    pub const BATCH: Self = Self::of(NFPROTO_UNSPEC, 10);

    /// Describes a message about this family.
    #[must_use]
    pub const fn new(family: u8) -> Self {
        Self::of(family, 0)
    }

    /// Describes a message about this family and this queue or group.
    #[must_use]
    pub const fn of(family: u8, resource: u16) -> Self {
        Self {
            family,
            version: 0,
            resource: U16::new(resource),
        }
    }
}

/// Returns the header of a request about an object of this family.
fn header(_: u8, family: u32) -> NetfilterHeader {
    NetfilterHeader::new(u8::try_from(family).unwrap_or(NFPROTO_UNSPEC))
}

impl FixedHeader for NetfilterHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

/// Any family, or none.
pub const NFPROTO_UNSPEC: u8 = 0;
/// Both IPv4 and IPv6.
pub const NFPROTO_INET: u8 = 1;
/// IPv4.
pub const NFPROTO_IPV4: u8 = 2;
/// ARP.
pub const NFPROTO_ARP: u8 = 3;
/// Packets of a network device at ingress and egress.
pub const NFPROTO_NETDEV: u8 = 5;
/// Bridges.
pub const NFPROTO_BRIDGE: u8 = 7;
/// IPv6.
pub const NFPROTO_IPV6: u8 = 10;

numbers! {
    /// Family of a message; prints the names of nft(8).
    pub struct NetfilterFamily(u8) {
        /// Any family, or none.
        UNSPEC = 0 "NFPROTO_UNSPEC" "unspec";
        /// IPv4 and IPv6.
        INET = 1 "NFPROTO_INET" "inet";
        /// IPv4.
        IPV4 = 2 "NFPROTO_IPV4" "ip";
        /// ARP.
        ARP = 3 "NFPROTO_ARP" "arp";
        /// Packets of a network device at ingress and egress.
        NETDEV = 5 "NFPROTO_NETDEV" "netdev";
        /// Bridges.
        BRIDGE = 7 "NFPROTO_BRIDGE" "bridge";
        /// IPv6.
        IPV6 = 10 "NFPROTO_IPV6" "ip6";
    }
}

attributes! {
    /// Attributes of the message that begins a batch (`NFNL_BATCH_*`).
    pub set NetfilterBatch, enum NetfilterBatchAttr {
        /// Generation that the batch is written for. The kernel refuses the
        /// batch with `ERESTART` if another generation is current.
        1 NFNL_BATCH_GENID Generation generation: Be<u32>,
    }
}
