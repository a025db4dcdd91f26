//! Links: `struct ifinfomsg` and `IFLA_*` (`linux/if_link.h`).
//!
//! [`NewLink`] creates a link, [`SetLink`] and [`SetLinkKind`] change one,
//! [`DeleteLink`] deletes one, [`GetLinks`] lists links and [`GetLink`] reads one.
//! The fixed header is [`LinkHeader`], the attributes are [`Link`]:
//!
//! ```text
//!  0        1         2           4            8       12          16
//! +--------+---------+-----------+------------+-------+-----------+
//! | family | padding | link type | link index | flags | change    |
//! +--------+---------+-----------+------------+-------+-----------+
//! ```

pub mod bridge;
mod change;
mod family;
mod get;
pub mod inet;
pub mod inet6;
pub mod info;
mod kind;
pub mod kinds;
mod new;
mod select;
mod settings;
mod stats;
pub mod tunnel;
mod tunnel_flags;
pub mod vf;

use crate::zerocopy::native_endian::{U16, U32};

#[doc(no_inline)]
pub use bridge::*;
pub use change::*;
pub use family::*;
pub use get::*;
#[doc(no_inline)]
pub use inet::*;
#[doc(no_inline)]
pub use inet6::*;
#[doc(no_inline)]
pub use info::*;
pub use kind::*;
#[doc(no_inline)]
pub use kinds::*;
pub use new::{LinkSettings, NewLink, VethPeer};
pub use select::LinkRef;
pub use settings::*;
pub use stats::*;
#[doc(no_inline)]
pub use tunnel::*;
pub use tunnel_flags::{Ip6TunnelFlags, IpTunnelFlags, SitFlags};
#[doc(no_inline)]
pub use vf::*;

use crate::codec::{Bytes, Extensible, Hardware, Many, Nest, Str, Text, Uint, UnterminatedText};
use crate::numbers::{flags, numbers};
use crate::structs::structs;
use crate::{FixedHeader, LinkIndex, attributes};

structs! {
    /// Fixed header of links.
    #[doc(alias = "ifinfomsg")]
    pub struct LinkHeader: 16 {
        /// [`AF_UNSPEC`](super::AF_UNSPEC), or a family that the message is about,
        /// such as [`AF_BRIDGE`](super::AF_BRIDGE).
        #[doc(alias = "ifi_family")]
        family: u8 as crate::AddressFamily,
        /// Zero.
        reserved: u8,
        /// Hardware type: see [`link_type`](Self::link_type).
        #[doc(alias = "ifi_type")]
        link_type: U16 as kind::SentLinkType,
        /// Link index; 0 if the kernel chooses one, or if the request has a name.
        #[doc(alias = "ifi_index")]
        index: LinkIndex,
        /// Flags: see [`flags`](Self::flags).
        #[doc(alias = "ifi_flags")]
        flags: U32 as LinkFlags,
        /// Mask of the flags that a request changes, 0 for all of them; in a report, the flags
        /// that have changed.
        #[doc(alias = "ifi_change")]
        change: U32 as crate::schema::Hexadecimal,
    }
}

impl LinkHeader {
    /// Returns the hardware type.
    #[must_use]
    pub const fn link_type(&self) -> LinkType {
        LinkType(self.link_type.get())
    }

    /// Returns the flags.
    #[must_use]
    pub const fn flags(&self) -> LinkFlags {
        LinkFlags::from_bits_retain(self.flags.get())
    }
}

impl FixedHeader for LinkHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

flags! {
    /// Flags of a link, which print as iproute2 does: `NO-CARRIER` stands for [`UP`](Self::UP)
    /// without [`RUNNING`](Self::RUNNING).
    #[doc(alias = "ifi_flags")]
    pub struct LinkFlags(u32) lead (0x41, 0x01, "NO-CARRIER") {
        /// Loopback link.
        LOOPBACK = 0x8 "IFF_LOOPBACK" "LOOPBACK";
        /// Broadcast address present.
        BROADCAST = 0x2 "IFF_BROADCAST" "BROADCAST";
        /// Point-to-point link with one peer.
        POINTOPOINT = 0x10 "IFF_POINTOPOINT" "POINTOPOINT";
        /// Multicast supported.
        MULTICAST = 0x1000 "IFF_MULTICAST" "MULTICAST";
        /// Link without ARP: no address resolution.
        NOARP = 0x80 "IFF_NOARP" "NOARP";
        /// All-multicast mode: every multicast packet is received.
        ALLMULTI = 0x200 "IFF_ALLMULTI" "ALLMULTI";
        /// Promiscuous mode: every packet is received.
        PROMISC = 0x100 "IFF_PROMISC" "PROMISC";
        /// Master of a load balancer.
        MASTER = 0x400 "IFF_MASTER" "MASTER";
        /// Slave of a load balancer.
        SLAVE = 0x800 "IFF_SLAVE" "SLAVE";
        /// Debugging is on.
        DEBUG = 0x4 "IFF_DEBUG" "DEBUG";
        /// Dynamic addresses, which are lost when the link goes down.
        DYNAMIC = 0x8000 "IFF_DYNAMIC" "DYNAMIC";
        /// Automatic choice of the medium.
        AUTOMEDIA = 0x4000 "IFF_AUTOMEDIA" "AUTOMEDIA";
        /// Medium can be chosen.
        PORTSEL = 0x2000 "IFF_PORTSEL" "PORTSEL";
        /// Trailers are avoided.
        NOTRAILERS = 0x20 "IFF_NOTRAILERS" "NOTRAILERS";
        /// Administratively up.
        UP = 0x1 "IFF_UP" "UP";
        /// Carrier: the driver signals that the physical layer is up.
        LOWER_UP = 0x1_0000 "IFF_LOWER_UP" "LOWER_UP";
        /// Dormant: the link waits for an event, such as authentication.
        DORMANT = 0x2_0000 "IFF_DORMANT" "DORMANT";
        /// Echo of sent packets (CAN).
        ECHO = 0x4_0000 "IFF_ECHO" "ECHO";
        /// Operational: packets can pass.
        RUNNING = 0x40 "IFF_RUNNING";
    }
}

flags! {
    /// Extra parts that a request for links includes or excludes ([`IFLA_EXT_MASK`]).
    pub struct ExtFilter(u32) {
        /// Virtual functions.
        VF = 0x1 "RTEXT_FILTER_VF" "vf";
        /// VLANs of bridge ports, one by one.
        BRVLAN = 0x2 "RTEXT_FILTER_BRVLAN" "brvlan";
        /// VLANs of bridge ports, in ranges.
        BRVLAN_COMPRESSED = 0x4 "RTEXT_FILTER_BRVLAN_COMPRESSED" "brvlan-compressed";
        /// Statistics left out.
        SKIP_STATS = 0x8 "RTEXT_FILTER_SKIP_STATS" "skip-stats";
        /// Media Redundancy Protocol (MRP).
        MRP = 0x10 "RTEXT_FILTER_MRP" "mrp";
        /// Settings of Connectivity Fault Management (CFM).
        CFM_CONFIG = 0x20 "RTEXT_FILTER_CFM_CONFIG" "cfm-config";
        /// State of Connectivity Fault Management (CFM).
        CFM_STATUS = 0x40 "RTEXT_FILTER_CFM_STATUS" "cfm-status";
        /// Multiple Spanning Tree (MST).
        MST = 0x80 "RTEXT_FILTER_MST" "mst";
    }
}

attributes! {
    /// Attributes of a link (`IFLA_*`).
    pub set Link, enum LinkAttr {
        /// MAC address; the local address of an IP tunnel.
        1 IFLA_ADDRESS Address address: Hardware,
        /// Broadcast address; the remote address of an IP tunnel.
        2 IFLA_BROADCAST Broadcast broadcast: Hardware,
        /// Name, at most 15 bytes.
        3 IFLA_IFNAME Name name: Text,
        /// MTU in bytes.
        4 IFLA_MTU Mtu mtu: u32,
        /// Index of the lower device, in the namespace [`IFLA_LINK_NETNSID`].
        5 IFLA_LINK Lower lower: LinkIndex,
        /// Name of the queueing discipline.
        6 IFLA_QDISC Qdisc qdisc: Str,
        /// Statistics, 32-bit counters.
        7 IFLA_STATS Stats stats: Extensible<LinkStats>,
        /// Unused.
        8 IFLA_COST Cost cost: Bytes,
        /// Unused.
        9 IFLA_PRIORITY Priority priority: Bytes,
        /// Index of the master: a bridge, bond or VRF, for example.
        10 IFLA_MASTER Master master: LinkIndex,
        /// Event of the wireless extensions.
        11 IFLA_WIRELESS Wireless wireless: Bytes,
        /// Data of the header's address family, such as a bridge port's settings.
        12 IFLA_PROTINFO ProtocolInfo protocol_info: ProtocolInfoChoice,
        /// Transmit queue length in packets.
        13 IFLA_TXQLEN TxQueueLen tx_queue_len: u32,
        /// Hardware map: memory, I/O port, interrupt and DMA channel.
        14 IFLA_MAP Map map: Extensible<LinkMap>,
        /// Unused.
        15 IFLA_WEIGHT Weight weight: u32,
        /// Operational state (RFC 2863).
        16 IFLA_OPERSTATE OperState oper_state: OperState,
        /// Link mode: the rule by which the operational state becomes up.
        17 IFLA_LINKMODE Mode mode: LinkMode,
        /// Kind of virtual link, and its settings.
        18 IFLA_LINKINFO Info info: Nest<LinkInfo>,
        /// Process id whose network namespace the link moves to.
        19 IFLA_NET_NS_PID NamespacePid namespace_pid: u32,
        /// Alias, at most 255 bytes without a NUL; an empty alias removes the present one.
        20 IFLA_IFALIAS Alias alias: UnterminatedText,
        /// Number of virtual functions.
        21 IFLA_NUM_VF VfCount vf_count: u32,
        /// Virtual functions. The list may exceed the 65535 bytes of an attribute.
        22 IFLA_VFINFO_LIST VfList vf_list: Nest<VfList>,
        /// Statistics, 64-bit counters.
        23 IFLA_STATS64 Stats64 stats64: Extensible<LinkStats64>,
        /// Port profiles of the virtual functions.
        24 IFLA_VF_PORTS VfPorts vf_ports: Nest<VfPorts>,
        /// Port profile of the physical function.
        25 IFLA_PORT_SELF PortSelf port_self: Nest<VfPort>,
        /// Settings for each address family; VLANs of a bridge port.
        26 IFLA_AF_SPEC AfSpec af_spec: AfSpecChoice,
        /// Group, by which links can be changed together.
        27 IFLA_GROUP Group group: u32,
        /// File descriptor of the network namespace that the link moves to.
        28 IFLA_NET_NS_FD NamespaceFd namespace_fd: u32,
        /// Extra parts that a request includes or excludes.
        29 IFLA_EXT_MASK ExtMask ext_mask: ExtFilter,
        /// Promiscuity: number of users that need promiscuous mode.
        30 IFLA_PROMISCUITY Promiscuity promiscuity: u32,
        /// Number of transmit queues.
        31 IFLA_NUM_TX_QUEUES TxQueues tx_queues: u32,
        /// Number of receive queues.
        32 IFLA_NUM_RX_QUEUES RxQueues rx_queues: u32,
        /// 1 if the link has a carrier.
        33 IFLA_CARRIER Carrier carrier: u8,
        /// Physical port id, the same for links that share a port.
        34 IFLA_PHYS_PORT_ID PhysPortId phys_port_id: Bytes,
        /// Number of carrier changes.
        35 IFLA_CARRIER_CHANGES CarrierChanges carrier_changes: u32,
        /// Id of the switch whose port the link is.
        36 IFLA_PHYS_SWITCH_ID PhysSwitchId phys_switch_id: Bytes,
        /// Namespace id of the lower device.
        37 IFLA_LINK_NETNSID LowerNetnsid lower_netnsid: i32,
        /// Name of the physical port.
        38 IFLA_PHYS_PORT_NAME PhysPortName phys_port_name: Text,
        /// 1 if user space holds the link down (protodown).
        39 IFLA_PROTO_DOWN ProtoDown proto_down: u8,
        /// Maximum number of segments in a GSO packet.
        40 IFLA_GSO_MAX_SEGS GsoMaxSegs gso_max_segs: u32,
        /// Maximum size of a GSO packet in bytes; [`IFLA_GSO_IPV4_MAX_SIZE`] is for IPv4.
        41 IFLA_GSO_MAX_SIZE GsoMaxSize gso_max_size: u32,
        /// Padding.
        42 IFLA_PAD Pad pad: Bytes,
        /// XDP programs.
        43 IFLA_XDP Xdp xdp: Nest<Xdp>,
        /// Event that caused the report.
        44 IFLA_EVENT Event event: LinkEvent,
        /// Id of the namespace that the link has moved to.
        45 IFLA_NEW_NETNSID NewNetnsid new_netnsid: i32,
        /// Id of the namespace that a request is about.
        46 IFLA_TARGET_NETNSID TargetNetnsid target_netnsid: i32,
        /// Number of times that the carrier came up.
        47 IFLA_CARRIER_UP_COUNT CarrierUps carrier_ups: u32,
        /// Number of times that the carrier went down.
        48 IFLA_CARRIER_DOWN_COUNT CarrierDowns carrier_downs: u32,
        /// Link index after the move to another namespace.
        49 IFLA_NEW_IFINDEX NewIndex new_index: LinkIndex,
        /// Minimum [`Mtu`](Self::Mtu), in bytes.
        50 IFLA_MIN_MTU MinMtu min_mtu: u32,
        /// Maximum [`Mtu`](Self::Mtu), in bytes; 0 for no limit.
        51 IFLA_MAX_MTU MaxMtu max_mtu: u32,
        /// Alternative names, each an [`AltName`](Self::AltName).
        52 IFLA_PROP_LIST Properties properties: Nest<Link>,
        /// Alternative name, at most 127 bytes.
        53 IFLA_ALT_IFNAME AltName alt_name: Many<Text>,
        /// Permanent MAC address of the hardware.
        54 IFLA_PERM_ADDRESS PermanentAddress permanent_address: Hardware,
        /// Reasons for [`IFLA_PROTO_DOWN`].
        55 IFLA_PROTO_DOWN_REASON ProtoDownReason proto_down_reason: Nest<ProtoDownReason>,
        /// Name of the parent device, such as a PCI address.
        56 IFLA_PARENT_DEV_NAME ParentName parent_name: Text,
        /// Bus name of the parent device, such as `pci`.
        57 IFLA_PARENT_DEV_BUS_NAME ParentBus parent_bus: Str,
        /// Maximum size of a GRO packet in bytes; [`IFLA_GRO_IPV4_MAX_SIZE`] is for IPv4.
        58 IFLA_GRO_MAX_SIZE GroMaxSize gro_max_size: u32,
        /// Maximum size in bytes of a packet that the hardware segments (TSO).
        59 IFLA_TSO_MAX_SIZE TsoMaxSize tso_max_size: u32,
        /// Maximum number of segments that the hardware creates from one packet (TSO).
        60 IFLA_TSO_MAX_SEGS TsoMaxSegs tso_max_segs: u32,
        /// Number of users that need all-multicast mode.
        61 IFLA_ALLMULTI AllMulti all_multi: u32,
        /// Devlink port, a nest of devlink's attributes.
        62 IFLA_DEVLINK_PORT DevlinkPort devlink_port: Nest<LinkDevlinkPort>,
        /// Maximum size of an IPv4 GSO packet in bytes.
        63 IFLA_GSO_IPV4_MAX_SIZE GsoIpv4MaxSize gso_ipv4_max_size: u32,
        /// Maximum size of an IPv4 GRO packet in bytes.
        64 IFLA_GRO_IPV4_MAX_SIZE GroIpv4MaxSize gro_ipv4_max_size: u32,
        /// DPLL pin of the link's clock, a nest of DPLL's attributes.
        65 IFLA_DPLL_PIN DpllPin dpll_pin: Nest<LinkDpllPin>,
        /// Maximum time that the hardware can delay a packet for pacing, in nanoseconds.
        66 IFLA_MAX_PACING_OFFLOAD_HORIZON MaxPacingHorizon max_pacing_horizon: Uint,
        /// 1 if the link cannot move to another namespace.
        67 IFLA_NETNS_IMMUTABLE NetnsImmutable netns_immutable: u8,
        /// Headroom in bytes that the driver needs before a packet.
        68 IFLA_HEADROOM Headroom headroom: u16,
        /// Tailroom in bytes that the driver needs after a packet.
        69 IFLA_TAILROOM Tailroom tailroom: u16,
    }
}

/// Older name of [`IFLA_TARGET_NETNSID`].
pub const IFLA_IF_NETNSID: u16 = IFLA_TARGET_NETNSID;

attributes! {
    /// Port of a link in devlink ([`IFLA_DEVLINK_PORT`]).
    pub set LinkDevlinkPort, enum LinkDevlinkPortAttr {
        /// Name of the device's bus.
        1 DEVLINK_ATTR_BUS_NAME Bus bus: Str,
        /// Name of the device.
        2 DEVLINK_ATTR_DEV_NAME Device device: Str,
        /// Number of the port.
        3 DEVLINK_ATTR_PORT_INDEX Port port: u32,
    }
}

attributes! {
    /// Pin that a link's clock comes from ([`IFLA_DPLL_PIN`]).
    pub set LinkDpllPin, enum LinkDpllPinAttr {
        /// Id of the pin.
        1 DPLL_A_PIN_ID Id id: u32,
    }
}

attributes! {
    /// Reasons for holding a link down ([`IFLA_PROTO_DOWN_REASON`]).
    pub set ProtoDownReason, enum ProtoDownReasonAttr {
        /// Mask of the bits that a request changes.
        1 IFLA_PROTO_DOWN_REASON_MASK Mask mask: u32,
        /// Reasons, one bit each.
        2 IFLA_PROTO_DOWN_REASON_VALUE Value value: u32,
    }
}

attributes! {
    /// XDP programs of a link ([`IFLA_XDP`]).
    pub set Xdp, enum XdpAttr {
        /// File descriptor of the program to attach; -1 detaches.
        1 IFLA_XDP_FD Fd fd: i32,
        /// Place that programs are attached to.
        2 IFLA_XDP_ATTACHED Attached attached: XdpAttached,
        /// Place to attach the program to, and conditions.
        3 IFLA_XDP_FLAGS Flags flags: XdpFlags,
        /// Program id.
        4 IFLA_XDP_PROG_ID ProgramId program_id: u32,
        /// Id of the program in the driver.
        5 IFLA_XDP_DRV_PROG_ID DriverProgramId driver_program_id: u32,
        /// Id of the generic XDP program.
        6 IFLA_XDP_SKB_PROG_ID GenericProgramId generic_program_id: u32,
        /// Id of the program in the hardware.
        7 IFLA_XDP_HW_PROG_ID HardwareProgramId hardware_program_id: u32,
        /// File descriptor of the program to be replaced.
        8 IFLA_XDP_EXPECTED_FD ExpectedFd expected_fd: i32,
    }
}

numbers! {
    /// Event of a link.
    pub struct LinkEvent(u32) {
        NONE = 0 "IFLA_EVENT_NONE" "NONE";
        /// Reset by the driver.
        REBOOT = 1 "IFLA_EVENT_REBOOT" "REBOOT";
        /// Change of offload features.
        FEATURES = 2 "IFLA_EVENT_FEATURES" "FEATURE CHANGE";
        /// Change of the active port of a bond.
        BONDING_FAILOVER = 3 "IFLA_EVENT_BONDING_FAILOVER" "BONDING FAILOVER";
        /// Announcement of the address to neighbours (gratuitous ARP).
        NOTIFY_PEERS = 4 "IFLA_EVENT_NOTIFY_PEERS" "NOTIFY PEERS";
        /// Multicast groups rejoined.
        IGMP_RESEND = 5 "IFLA_EVENT_IGMP_RESEND" "RESEND IGMP";
        /// Change of a bond's options.
        BONDING_OPTIONS = 6 "IFLA_EVENT_BONDING_OPTIONS" "BONDING OPTION";
    }
}

numbers! {
    /// Place that XDP programs are attached to.
    pub struct XdpAttached(u8) {
        NONE = 0 "XDP_ATTACHED_NONE" "none";
        /// Driver (native XDP).
        DRIVER = 1 "XDP_ATTACHED_DRV" "xdp";
        /// Generic XDP, in the network stack.
        GENERIC = 2 "XDP_ATTACHED_SKB" "xdpgeneric";
        /// Hardware.
        HARDWARE = 3 "XDP_ATTACHED_HW" "xdpoffload";
        /// Several places.
        MULTIPLE = 4 "XDP_ATTACHED_MULTI" "xdpmulti";
    }
}

flags! {
    /// Place to attach an XDP program to, and conditions.
    pub struct XdpFlags(u32) {
        /// Attach only if no other program is attached.
        UPDATE_IF_NOEXIST = 0x1 "XDP_FLAGS_UPDATE_IF_NOEXIST" "noexist";
        /// Generic XDP, in the network stack.
        GENERIC = 0x2 "XDP_FLAGS_SKB_MODE" "generic";
        /// Driver (native XDP).
        DRIVER = 0x4 "XDP_FLAGS_DRV_MODE" "drv";
        /// Hardware offload.
        HARDWARE = 0x8 "XDP_FLAGS_HW_MODE" "offload";
        /// Replacement: fails unless [`IFLA_XDP_EXPECTED_FD`] is attached.
        REPLACE = 0x10 "XDP_FLAGS_REPLACE" "replace";
    }
}
