//! Links: `struct ifinfomsg` and `IFLA_*` (`linux/if_link.h`).
//!
//! ```text
//!  0        1         2           4            8       12          16
//! +--------+---------+-----------+------------+-------+-----------+
//! | family | padding | link type | link index | flags | change    |
//! +--------+---------+-----------+------------+-------+-----------+
//! ```

mod bridge;
mod bridge_port;
mod change;
mod family;
mod get;
mod info;
mod kind;
mod new;
mod select;
mod settings;
mod stats;
mod tunnel;
mod vf;

use crate::zerocopy::native_endian::{U16, U32};

pub use bridge::*;
pub use bridge_port::*;
pub use change::*;
pub use family::*;
pub use get::*;
pub use info::*;
pub use kind::*;
pub use new::{LinkSettings, NewLink, VethPeer};
pub use select::LinkRef;
pub use settings::*;
pub use stats::*;
pub use tunnel::*;
pub use vf::*;

use crate::codec::{Bytes, Extensible, Hardware, Many, Nest, Str, Text, Uint, UnterminatedText};
use crate::numbers::{flags, numbers};
use crate::structs::structs;
use crate::{FixedHeader, attributes};

structs! {
    /// The fixed header of links.
    #[doc(alias = "ifinfomsg")]
    pub struct LinkHeader: 16 {
        /// [`AF_UNSPEC`](super::AF_UNSPEC), or a family that the message is about,
        /// such as [`AF_BRIDGE`](super::AF_BRIDGE).
        #[doc(alias = "ifi_family")]
        family: u8 as crate::AddressFamily,
        /// Zero.
        reserved: u8,
        /// The type of link: see [`kind`](Self::kind).
        #[doc(alias = "ifi_type")]
        kind: U16,
        /// The link's number, 0 where the kernel shall choose or a name is given.
        #[doc(alias = "ifi_index")]
        index: U32,
        /// Flags: see [`flags`](Self::flags).
        #[doc(alias = "ifi_flags")]
        flags: U32 as LinkFlags,
        /// Which flags a request changes; in a report, which have changed. 0 in a
        /// request stands for all of them.
        #[doc(alias = "ifi_change")]
        change: U32 as crate::schema::Hexadecimal,
    }
}

impl LinkHeader {
    /// Returns the type of link.
    #[must_use]
    pub const fn kind(&self) -> LinkKind {
        LinkKind(self.kind.get())
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
    /// The flags of a link, which print as iproute2 does: `NO-CARRIER` stands
    /// for [`UP`](Self::UP) without [`RUNNING`](Self::RUNNING).
    #[doc(alias = "ifi_flags")]
    pub struct LinkFlags(u32) lead (0x41, 0x01, "NO-CARRIER") {
        /// The loopback.
        LOOPBACK = 0x8 "IFF_LOOPBACK" "LOOPBACK";
        /// It has a broadcast address.
        BROADCAST = 0x2 "IFF_BROADCAST" "BROADCAST";
        /// It has one peer.
        POINTOPOINT = 0x10 "IFF_POINTOPOINT" "POINTOPOINT";
        /// It can do multicast.
        MULTICAST = 0x1000 "IFF_MULTICAST" "MULTICAST";
        /// It needs no address resolution.
        NOARP = 0x80 "IFF_NOARP" "NOARP";
        /// It receives every multicast.
        ALLMULTI = 0x200 "IFF_ALLMULTI" "ALLMULTI";
        /// It receives everything.
        PROMISC = 0x100 "IFF_PROMISC" "PROMISC";
        /// Master of a load balancer.
        MASTER = 0x400 "IFF_MASTER" "MASTER";
        /// Slave of a load balancer.
        SLAVE = 0x800 "IFF_SLAVE" "SLAVE";
        /// Debugging is on.
        DEBUG = 0x4 "IFF_DEBUG" "DEBUG";
        /// Its addresses are lost when it goes down.
        DYNAMIC = 0x8000 "IFF_DYNAMIC" "DYNAMIC";
        /// It chooses its medium.
        AUTOMEDIA = 0x4000 "IFF_AUTOMEDIA" "AUTOMEDIA";
        /// Its medium can be chosen.
        PORTSEL = 0x2000 "IFF_PORTSEL" "PORTSEL";
        /// Trailers are avoided.
        NOTRAILERS = 0x20 "IFF_NOTRAILERS" "NOTRAILERS";
        /// Up by the administrator's will.
        UP = 0x1 "IFF_UP" "UP";
        /// The hardware has a carrier.
        LOWER_UP = 0x1_0000 "IFF_LOWER_UP" "LOWER_UP";
        /// It waits for something, such as authentication.
        DORMANT = 0x2_0000 "IFF_DORMANT" "DORMANT";
        /// It echoes what is sent.
        ECHO = 0x4_0000 "IFF_ECHO" "ECHO";
        /// Packets can pass.
        RUNNING = 0x40 "IFF_RUNNING";
    }
}

flags! {
    /// What a request for links wants more or less of ([`IFLA_EXT_MASK`]).
    pub struct ExtFilter(u32) {
        /// The virtual functions.
        VF = 0x1 "RTEXT_FILTER_VF" "vf";
        /// The VLANs of bridge ports, one by one.
        BRVLAN = 0x2 "RTEXT_FILTER_BRVLAN" "brvlan";
        /// The VLANs of bridge ports, in ranges.
        BRVLAN_COMPRESSED = 0x4 "RTEXT_FILTER_BRVLAN_COMPRESSED" "brvlan-compressed";
        /// No statistics.
        SKIP_STATS = 0x8 "RTEXT_FILTER_SKIP_STATS" "skip-stats";
        /// The media redundancy protocol.
        MRP = 0x10 "RTEXT_FILTER_MRP" "mrp";
        /// The settings of connectivity fault management.
        CFM_CONFIG = 0x20 "RTEXT_FILTER_CFM_CONFIG" "cfm-config";
        /// Its state.
        CFM_STATUS = 0x40 "RTEXT_FILTER_CFM_STATUS" "cfm-status";
        /// Multiple spanning trees.
        MST = 0x80 "RTEXT_FILTER_MST" "mst";
    }
}

attributes! {
    /// The attributes of a link (`IFLA_*`).
    pub set Link, enum LinkAttr {
        /// The link-layer address; of IP tunnels the own end.
        1 IFLA_ADDRESS Address address: Hardware,
        /// The broadcast address; of IP tunnels the other end.
        2 IFLA_BROADCAST Broadcast broadcast: Hardware,
        /// The name, at most 15 bytes.
        3 IFLA_IFNAME Name name: Text,
        /// The largest packet, in bytes.
        4 IFLA_MTU Mtu mtu: u32,
        /// The link beneath, by its index in [`IFLA_LINK_NETNSID`].
        5 IFLA_LINK Lower lower: u32,
        /// The name of the queueing discipline.
        6 IFLA_QDISC Qdisc qdisc: Str,
        /// Counters of 32 bits.
        7 IFLA_STATS Stats stats: Extensible<LinkStats>,
        /// Unused.
        8 IFLA_COST Cost cost: Bytes,
        /// Unused.
        9 IFLA_PRIORITY Priority priority: Bytes,
        /// The index of the bridge, bond or VRF that it belongs to.
        10 IFLA_MASTER Master master: u32,
        /// An event of the wireless extensions.
        11 IFLA_WIRELESS Wireless wireless: Bytes,
        /// What the header's family knows of it.
        12 IFLA_PROTINFO ProtocolInfo protocol_info: ProtocolInfoChoice,
        /// How many packets its queue holds.
        13 IFLA_TXQLEN TxQueueLen tx_queue_len: u32,
        /// Where its hardware is.
        14 IFLA_MAP Map map: Extensible<LinkMap>,
        /// Unused.
        15 IFLA_WEIGHT Weight weight: u32,
        /// The operational state of RFC 2863.
        16 IFLA_OPERSTATE OperState oper_state: OperState,
        /// How it gets up.
        17 IFLA_LINKMODE Mode mode: LinkMode,
        /// The kind of virtual link, and its settings.
        18 IFLA_LINKINFO Info info: Nest<LinkInfo>,
        /// The namespace to move it to, by a process in it.
        19 IFLA_NET_NS_PID NamespacePid namespace_pid: u32,
        /// Alias: up to 255 bytes, written without a NUL; an empty one removes it.
        20 IFLA_IFALIAS Alias alias: UnterminatedText,
        /// How many virtual functions it has.
        21 IFLA_NUM_VF VfCount vf_count: u32,
        /// Its virtual functions; the list may be longer than an attribute can be.
        22 IFLA_VFINFO_LIST VfList vf_list: Nest<VfList>,
        /// Counters of 64 bits.
        23 IFLA_STATS64 Stats64 stats64: Extensible<LinkStats64>,
        /// The ports of its virtual functions.
        24 IFLA_VF_PORTS VfPorts vf_ports: Nest<VfPorts>,
        /// Its own port.
        25 IFLA_PORT_SELF PortSelf port_self: Nest<VfPort>,
        /// What address families know of it; of a bridge port, its VLANs.
        26 IFLA_AF_SPEC AfSpec af_spec: AfSpecChoice,
        /// The group, by which links can be changed together.
        27 IFLA_GROUP Group group: u32,
        /// The namespace to move it to, by a file descriptor.
        28 IFLA_NET_NS_FD NamespaceFd namespace_fd: u32,
        /// What a request wants more or less of.
        29 IFLA_EXT_MASK ExtMask ext_mask: ExtFilter,
        /// How many want it to receive everything.
        30 IFLA_PROMISCUITY Promiscuity promiscuity: u32,
        /// How many queues it sends from.
        31 IFLA_NUM_TX_QUEUES TxQueues tx_queues: u32,
        /// How many queues it receives into.
        32 IFLA_NUM_RX_QUEUES RxQueues rx_queues: u32,
        /// 1: it has a carrier.
        33 IFLA_CARRIER Carrier carrier: u8,
        /// The physical port, the same for links that share one.
        34 IFLA_PHYS_PORT_ID PhysPortId phys_port_id: Bytes,
        /// How often the carrier came and went.
        35 IFLA_CARRIER_CHANGES CarrierChanges carrier_changes: u32,
        /// The switch that it is a port of.
        36 IFLA_PHYS_SWITCH_ID PhysSwitchId phys_switch_id: Bytes,
        /// The id of the namespace of the link beneath.
        37 IFLA_LINK_NETNSID LowerNetnsid lower_netnsid: i32,
        /// The name of the physical port.
        38 IFLA_PHYS_PORT_NAME PhysPortName phys_port_name: Text,
        /// 1: held down, for a reason that user space has.
        39 IFLA_PROTO_DOWN ProtoDown proto_down: u8,
        /// The most segments to pass at once.
        40 IFLA_GSO_MAX_SEGS GsoMaxSegs gso_max_segs: u32,
        /// The most bytes to pass at once, of IPv6 where IPv4 has its own.
        41 IFLA_GSO_MAX_SIZE GsoMaxSize gso_max_size: u32,
        /// Nothing, to align what follows.
        42 IFLA_PAD Pad pad: Bytes,
        /// The programs that see packets first.
        43 IFLA_XDP Xdp xdp: Nest<Xdp>,
        /// Event that is reported.
        44 IFLA_EVENT Event event: LinkEvent,
        /// The id of the namespace that it has moved to.
        45 IFLA_NEW_NETNSID NewNetnsid new_netnsid: i32,
        /// The id of the namespace that is asked about.
        46 IFLA_TARGET_NETNSID TargetNetnsid target_netnsid: i32,
        /// How often the carrier came.
        47 IFLA_CARRIER_UP_COUNT CarrierUps carrier_ups: u32,
        /// How often it went.
        48 IFLA_CARRIER_DOWN_COUNT CarrierDowns carrier_downs: u32,
        /// The index where it has moved to.
        49 IFLA_NEW_IFINDEX NewIndex new_index: i32,
        /// The least [`Mtu`](Self::Mtu), in bytes.
        50 IFLA_MIN_MTU MinMtu min_mtu: u32,
        /// The largest [`Mtu`](Self::Mtu), in bytes; 0 for no limit.
        51 IFLA_MAX_MTU MaxMtu max_mtu: u32,
        /// Alternative names, each an [`AltName`](Self::AltName).
        52 IFLA_PROP_LIST Properties properties: Nest<Link>,
        /// An alternative name, at most 127 bytes.
        53 IFLA_ALT_IFNAME AltName alt_name: Many<Text>,
        /// The link-layer address that the hardware came with.
        54 IFLA_PERM_ADDRESS PermanentAddress permanent_address: Hardware,
        /// Why it is held down.
        55 IFLA_PROTO_DOWN_REASON ProtoDownReason proto_down_reason: Nest<ProtoDownReason>,
        /// The name of its hardware device.
        56 IFLA_PARENT_DEV_NAME ParentName parent_name: Text,
        /// The name of that device's bus.
        57 IFLA_PARENT_DEV_BUS_NAME ParentBus parent_bus: Str,
        /// The most bytes to receive at once, of IPv6 where IPv4 has its own.
        58 IFLA_GRO_MAX_SIZE GroMaxSize gro_max_size: u32,
        /// The most bytes that the hardware can segment.
        59 IFLA_TSO_MAX_SIZE TsoMaxSize tso_max_size: u32,
        /// The most segments that it can make.
        60 IFLA_TSO_MAX_SEGS TsoMaxSegs tso_max_segs: u32,
        /// How many want it to receive every multicast.
        61 IFLA_ALLMULTI AllMulti all_multi: u32,
        /// The port in devlink, a nest of its attributes.
        62 IFLA_DEVLINK_PORT DevlinkPort devlink_port: Bytes,
        /// The most bytes to pass at once, of IPv4.
        63 IFLA_GSO_IPV4_MAX_SIZE GsoIpv4MaxSize gso_ipv4_max_size: u32,
        /// The most bytes to receive at once, of IPv4.
        64 IFLA_GRO_IPV4_MAX_SIZE GroIpv4MaxSize gro_ipv4_max_size: u32,
        /// The pin that its clock comes from, a nest of its attributes.
        65 IFLA_DPLL_PIN DpllPin dpll_pin: Bytes,
        /// How far ahead the hardware can hold packets back, in nanoseconds.
        66 IFLA_MAX_PACING_OFFLOAD_HORIZON MaxPacingHorizon max_pacing_horizon: Uint,
        /// 1: it cannot move to another namespace.
        67 IFLA_NETNS_IMMUTABLE NetnsImmutable netns_immutable: u8,
        /// How many bytes it needs before a packet.
        68 IFLA_HEADROOM Headroom headroom: u16,
        /// How many bytes it needs behind a packet.
        69 IFLA_TAILROOM Tailroom tailroom: u16,
    }
}

/// The older name of [`IFLA_TARGET_NETNSID`].
pub const IFLA_IF_NETNSID: u16 = IFLA_TARGET_NETNSID;

attributes! {
    /// Why a link is held down ([`IFLA_PROTO_DOWN_REASON`]).
    pub set ProtoDownReason, enum ProtoDownReasonAttr {
        /// Which bits a request changes.
        1 IFLA_PROTO_DOWN_REASON_MASK Mask mask: u32,
        /// The reasons, one a bit.
        2 IFLA_PROTO_DOWN_REASON_VALUE Value value: u32,
    }
}

attributes! {
    /// The programs that see packets first ([`IFLA_XDP`]).
    pub set Xdp, enum XdpAttr {
        /// The program to attach, by a file descriptor; -1 for none.
        1 IFLA_XDP_FD Fd fd: i32,
        /// Place that programs are attached to.
        2 IFLA_XDP_ATTACHED Attached attached: XdpAttached,
        /// Place to attach the program to, and conditions.
        3 IFLA_XDP_FLAGS Flags flags: XdpFlags,
        /// The program's id.
        4 IFLA_XDP_PROG_ID ProgramId program_id: u32,
        /// The id of the program in the driver.
        5 IFLA_XDP_DRV_PROG_ID DriverProgramId driver_program_id: u32,
        /// The id of the program behind the driver.
        6 IFLA_XDP_SKB_PROG_ID GenericProgramId generic_program_id: u32,
        /// The id of the program in hardware.
        7 IFLA_XDP_HW_PROG_ID HardwareProgramId hardware_program_id: u32,
        /// The program that shall be replaced, by a file descriptor.
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
        /// Neighbours are told the address once more.
        NOTIFY_PEERS = 4 "IFLA_EVENT_NOTIFY_PEERS" "NOTIFY PEERS";
        /// Multicast groups are joined once more.
        IGMP_RESEND = 5 "IFLA_EVENT_IGMP_RESEND" "RESEND IGMP";
        /// Change of a bond's options.
        BONDING_OPTIONS = 6 "IFLA_EVENT_BONDING_OPTIONS" "BONDING OPTION";
    }
}

numbers! {
    /// Place that XDP programs are attached to.
    pub struct XdpAttached(u8) {
        NONE = 0 "XDP_ATTACHED_NONE" "none";
        /// The driver.
        DRIVER = 1 "XDP_ATTACHED_DRV" "xdp";
        /// Behind the driver.
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
        /// Fails if a program is attached.
        UPDATE_IF_NOEXIST = 0x1 "XDP_FLAGS_UPDATE_IF_NOEXIST" "noexist";
        /// Behind the driver.
        GENERIC = 0x2 "XDP_FLAGS_SKB_MODE" "generic";
        /// In the driver.
        DRIVER = 0x4 "XDP_FLAGS_DRV_MODE" "drv";
        /// In hardware.
        HARDWARE = 0x8 "XDP_FLAGS_HW_MODE" "offload";
        /// Fails unless [`IFLA_XDP_EXPECTED_FD`] is attached.
        REPLACE = 0x10 "XDP_FLAGS_REPLACE" "replace";
    }
}
