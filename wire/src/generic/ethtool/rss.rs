//! Receive side scaling: distribution of packets over queues by a hash.

use super::request::messages;
use super::{
    Act, Action, ETHTOOL_MSG_RSS_CREATE_ACT, ETHTOOL_MSG_RSS_DELETE_ACT, Get, Header, LinkRow,
};
use crate::attributes;
use crate::codec::{Array, Bytes, Nest, Shown, Uint};
use crate::numbers::flags;
use crate::zerocopy::native_endian::U32;

/// Receive side scaling of a link, in one RSS context.
pub type RssRow<'a> = LinkRow<'a, Rss>;
/// Reads the receive side scaling of a link, or of all links. `with` an
/// [`RssAttr::Context`] it reads that context; [`Get::every`] lists all
/// contexts of the link.
///
/// ```
/// use nlwire::generic::ethtool::{GetRss, RssAttr};
///
/// let one = GetRss::by_name("eth0").with(&[RssAttr::Context(1)]);
/// let all = GetRss::by_name("eth0").every();
/// ```
#[doc(alias = "ETHTOOL_MSG_RSS_GET")]
pub type GetRss<'a> = Get<'a, Rss>;
/// Changes the receive side scaling of a link.
///
/// Packets go to queues 0 and 1 in turn, by the hash of addresses and ports, as
/// after `ethtool -X eth0 equal 2`:
///
/// ```
/// use nlwire::generic::ethtool::{HashFunctions, RssAttr, SetRss};
/// use nlwire::zerocopy::native_endian::U32;
///
/// let queues = [0, 1].map(U32::new);
/// let spread = [
///     RssAttr::HashFunction(HashFunctions::TOEPLITZ),
///     RssAttr::Indirection(&queues),
/// ];
/// let change = SetRss::by_name("eth0", &spread);
/// ```
#[doc(alias = "ETHTOOL_MSG_RSS_SET")]
pub type SetRss<'a> = Act<'a, Rss>;
/// Creates an RSS context. [`Act::with_reply`] asks for its number, which the
/// kernel chooses unless [`RssAttr::Context`] names one.
#[doc(alias = "ETHTOOL_MSG_RSS_CREATE_ACT")]
pub type CreateRss<'a> = Act<'a, RssCreation>;
/// Deletes the RSS context that [`RssAttr::Context`] names.
///
/// ```
/// use nlwire::generic::ethtool::{DeleteRss, RssAttr};
///
/// let delete = DeleteRss::by_name("eth0", &[RssAttr::Context(1)]);
/// ```
#[doc(alias = "ETHTOOL_MSG_RSS_DELETE_ACT")]
pub type DeleteRss<'a> = Act<'a, RssDeletion>;

messages! {
    Rss: ETHTOOL_A_RSS_HEADER, get ETHTOOL_MSG_RSS_GET, set ETHTOOL_MSG_RSS_SET;
}

/// Creation of an RSS context; see [`CreateRss`].
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct RssCreation;

impl Action for RssCreation {
    type Set = Rss;
    const COMMAND: u8 = ETHTOOL_MSG_RSS_CREATE_ACT;
    // The kernel replies whether the flag is set or not.
    const HAS_REPLY: bool = true;
}

/// Deletion of an RSS context; see [`DeleteRss`].
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct RssDeletion;

impl Action for RssDeletion {
    type Set = Rss;
    const COMMAND: u8 = ETHTOOL_MSG_RSS_DELETE_ACT;
}

attributes! {
    /// Receive side scaling of a link (`ETHTOOL_A_RSS_*`).
    pub set Rss, enum RssAttr {
        /// Link.
        1 ETHTOOL_A_RSS_HEADER Header header: Nest<Header>,
        /// Number of the RSS context; default 0, the link's own.
        2 ETHTOOL_A_RSS_CONTEXT Context context: u32,
        /// Hash function.
        3 ETHTOOL_A_RSS_HFUNC HashFunction hash_function: HashFunctions,
        /// Indirection table: a queue for each range of hashes.
        4 ETHTOOL_A_RSS_INDIR Indirection indirection: Array<U32>,
        /// Hash key.
        5 ETHTOOL_A_RSS_HKEY HashKey hash_key: Bytes,
        /// Transformation of the fields before the hash.
        6 ETHTOOL_A_RSS_INPUT_XFRM Transformation transformation: HashTransformation,
        /// First context of a list; only in requests.
        7 ETHTOOL_A_RSS_START_CONTEXT StartContext start_context: u32,
        /// Fields that are hashed, for each kind of packet.
        8 ETHTOOL_A_RSS_FLOW_HASH FlowHash flow_hash: Nest<FlowHash>,
    }
}

flags! {
    /// Hash function of receive side scaling: one bit.
    pub struct HashFunctions(u32) {
        TOEPLITZ = 0x1 "ETH_RSS_HASH_TOP" "toeplitz";
        XOR = 0x2 "ETH_RSS_HASH_XOR" "xor";
        CRC32 = 0x4 "ETH_RSS_HASH_CRC32" "crc32";
    }
}

flags! {
    /// Transformation of fields before the hash, so that both directions of a
    /// connection have the same one.
    pub struct HashTransformation(u32) {
        /// Both addresses, and both ports, are joined by XOR.
        SYMMETRIC_XOR = 0x1 "RXH_XFRM_SYM_XOR" "symmetric-xor";
        /// Joined by OR in one copy, by XOR in the other.
        SYMMETRIC_OR_XOR = 0x2 "RXH_XFRM_SYM_OR_XOR" "symmetric-or-xor";
    }
}

attributes! {
    /// Fields that are hashed, for each kind of packet (`ETHTOOL_A_FLOW_*`):
    /// [`HashFields`].
    pub set FlowHash, enum FlowHashAttr {
        /// Ethernet.
        1 ETHTOOL_A_FLOW_ETHER Ether ether: Shown<Uint, HashFields>,
        /// IPv4.
        2 ETHTOOL_A_FLOW_IP4 Ip4 ip4: Shown<Uint, HashFields>,
        /// IPv6.
        3 ETHTOOL_A_FLOW_IP6 Ip6 ip6: Shown<Uint, HashFields>,
        /// TCP over IPv4.
        4 ETHTOOL_A_FLOW_TCP4 Tcp4 tcp4: Shown<Uint, HashFields>,
        /// TCP over IPv6.
        5 ETHTOOL_A_FLOW_TCP6 Tcp6 tcp6: Shown<Uint, HashFields>,
        /// UDP over IPv4.
        6 ETHTOOL_A_FLOW_UDP4 Udp4 udp4: Shown<Uint, HashFields>,
        /// UDP over IPv6.
        7 ETHTOOL_A_FLOW_UDP6 Udp6 udp6: Shown<Uint, HashFields>,
        /// SCTP over IPv4.
        8 ETHTOOL_A_FLOW_SCTP4 Sctp4 sctp4: Shown<Uint, HashFields>,
        /// SCTP over IPv6.
        9 ETHTOOL_A_FLOW_SCTP6 Sctp6 sctp6: Shown<Uint, HashFields>,
        /// IPsec AH over IPv4.
        10 ETHTOOL_A_FLOW_AH4 Ah4 ah4: Shown<Uint, HashFields>,
        /// IPsec AH over IPv6.
        11 ETHTOOL_A_FLOW_AH6 Ah6 ah6: Shown<Uint, HashFields>,
        /// IPsec ESP over IPv4.
        12 ETHTOOL_A_FLOW_ESP4 Esp4 esp4: Shown<Uint, HashFields>,
        /// IPsec ESP over IPv6.
        13 ETHTOOL_A_FLOW_ESP6 Esp6 esp6: Shown<Uint, HashFields>,
        /// IPsec AH or ESP over IPv4.
        14 ETHTOOL_A_FLOW_AH_ESP4 AhEsp4 ah_esp4: Shown<Uint, HashFields>,
        /// IPsec AH or ESP over IPv6.
        15 ETHTOOL_A_FLOW_AH_ESP6 AhEsp6 ah_esp6: Shown<Uint, HashFields>,
        /// GTP-U over IPv4.
        16 ETHTOOL_A_FLOW_GTPU4 Gtpu4 gtpu4: Shown<Uint, HashFields>,
        /// GTP-U over IPv6.
        17 ETHTOOL_A_FLOW_GTPU6 Gtpu6 gtpu6: Shown<Uint, HashFields>,
        /// GTP-C over IPv4.
        18 ETHTOOL_A_FLOW_GTPC4 Gtpc4 gtpc4: Shown<Uint, HashFields>,
        /// GTP-C over IPv6.
        19 ETHTOOL_A_FLOW_GTPC6 Gtpc6 gtpc6: Shown<Uint, HashFields>,
        /// GTP-C with a tunnel endpoint identifier, over IPv4.
        20 ETHTOOL_A_FLOW_GTPC_TEID4 GtpcTeid4 gtpc_teid4: Shown<Uint, HashFields>,
        /// GTP-C with a tunnel endpoint identifier, over IPv6.
        21 ETHTOOL_A_FLOW_GTPC_TEID6 GtpcTeid6 gtpc_teid6: Shown<Uint, HashFields>,
        /// GTP-U with an extension header, over IPv4.
        22 ETHTOOL_A_FLOW_GTPU_EH4 GtpuEh4 gtpu_eh4: Shown<Uint, HashFields>,
        /// GTP-U with an extension header, over IPv6.
        23 ETHTOOL_A_FLOW_GTPU_EH6 GtpuEh6 gtpu_eh6: Shown<Uint, HashFields>,
        /// GTP-U uplink over IPv4.
        24 ETHTOOL_A_FLOW_GTPU_UL4 GtpuUl4 gtpu_ul4: Shown<Uint, HashFields>,
        /// GTP-U uplink over IPv6.
        25 ETHTOOL_A_FLOW_GTPU_UL6 GtpuUl6 gtpu_ul6: Shown<Uint, HashFields>,
        /// GTP-U downlink over IPv4.
        26 ETHTOOL_A_FLOW_GTPU_DL4 GtpuDl4 gtpu_dl4: Shown<Uint, HashFields>,
        /// GTP-U downlink over IPv6.
        27 ETHTOOL_A_FLOW_GTPU_DL6 GtpuDl6 gtpu_dl6: Shown<Uint, HashFields>,
    }
}

flags! {
    /// Fields that are hashed.
    pub struct HashFields(u32) {
        /// Destination MAC address.
        MAC_DESTINATION = 0x2 "RXH_L2DA" "l2da";
        VLAN = 0x4 "RXH_VLAN" "vlan";
        /// IP protocol.
        PROTOCOL = 0x8 "RXH_L3_PROTO" "l3-proto";
        /// Source IP address.
        SOURCE = 0x10 "RXH_IP_SRC" "ip-src";
        /// Destination IP address.
        DESTINATION = 0x20 "RXH_IP_DST" "ip-dst";
        /// Source port: bytes 0 and 1 behind the IP header.
        SOURCE_PORT = 0x40 "RXH_L4_B_0_1" "l4-b-0-1";
        /// Destination port: bytes 2 and 3 behind the IP header.
        DESTINATION_PORT = 0x80 "RXH_L4_B_2_3" "l4-b-2-3";
        /// Tunnel endpoint identifier of GTP.
        GTP_TEID = 0x100 "RXH_GTP_TEID" "gtp-teid";
        /// IPv6 flow label.
        FLOW_LABEL = 0x200 "RXH_IP6_FL" "ip6-fl";
        /// Discard of the packets.
        DISCARD = 0x8000_0000 "RXH_DISCARD" "discard";
    }
}
