//! Encapsulations beside MPLS, IP tunnels and segment routing: IOAM, XFRM, BPF
//! and ILA (`linux/ioam6_iptunnel.h`, `linux/lwtunnel.h`, `linux/ila.h`), and
//! options of IP tunnels.

use crate::codec::{Be, Bytes, Ip, Many, Nest, Shown, Str, Struct};
use crate::numbers::numbers;
use crate::schema::Hexadecimal;
use crate::structs::structs;
use crate::zerocopy::big_endian::{U16, U32};
use crate::{LinkIndex, attributes};

attributes! {
    /// Options of an IP tunnel (`LWTUNNEL_IP_OPTS_*`).
    pub set TunnelOptions, enum TunnelOptionsAttr {
        /// Option of Geneve.
        1 LWTUNNEL_IP_OPTS_GENEVE Geneve geneve: Many<Nest<GeneveOption>>,
        /// Options of VXLAN.
        2 LWTUNNEL_IP_OPTS_VXLAN Vxlan vxlan: Nest<VxlanOption>,
        /// Options of ERSPAN.
        3 LWTUNNEL_IP_OPTS_ERSPAN Erspan erspan: Nest<ErspanOption>,
    }
}

attributes! {
    /// Option of Geneve.
    pub set GeneveOption, enum GeneveOptionAttr {
        /// Class of the option, in network order.
        1 LWTUNNEL_IP_OPT_GENEVE_CLASS Class class: Be<u16>,
        /// Type of the option.
        2 LWTUNNEL_IP_OPT_GENEVE_TYPE Kind kind: u8,
        /// Data, a multiple of 4 bytes.
        3 LWTUNNEL_IP_OPT_GENEVE_DATA Data data: Bytes,
    }
}

attributes! {
    /// Options of VXLAN.
    pub set VxlanOption, enum VxlanOptionAttr {
        /// Group policy.
        1 LWTUNNEL_IP_OPT_VXLAN_GBP GroupPolicy group_policy: Shown<u32, Hexadecimal>,
    }
}

attributes! {
    /// Options of ERSPAN.
    pub set ErspanOption, enum ErspanOptionAttr {
        /// Version: 1 or 2.
        1 LWTUNNEL_IP_OPT_ERSPAN_VER Version version: u8,
        /// Index of version 1, in network order.
        2 LWTUNNEL_IP_OPT_ERSPAN_INDEX Index index: Be<u32>,
        /// Direction of version 2: 0 received, 1 sent.
        3 LWTUNNEL_IP_OPT_ERSPAN_DIR Direction direction: u8,
        /// Hardware id of version 2.
        4 LWTUNNEL_IP_OPT_ERSPAN_HWID HardwareId hardware_id: u8,
    }
}

attributes! {
    /// In-situ measurement of RFC 9197 (`IOAM6_IPTUNNEL_*`).
    pub set Ioam6Encap, enum Ioam6EncapAttr {
        /// Mode.
        1 IOAM6_IPTUNNEL_MODE Mode mode: Ioam6Mode,
        /// Destination of the outer header.
        2 IOAM6_IPTUNNEL_DST Destination destination: Ip,
        /// Header of the trace.
        3 IOAM6_IPTUNNEL_TRACE Trace trace: Struct<Ioam6Trace>,
        /// Number of packets that are traced, of [`FrequencyOf`](Self::FrequencyOf).
        4 IOAM6_IPTUNNEL_FREQ_K Frequency frequency: u32,
        /// Number of packets, of which some are traced.
        5 IOAM6_IPTUNNEL_FREQ_N FrequencyOf frequency_of: u32,
        /// Source of the outer header.
        6 IOAM6_IPTUNNEL_SRC Source source: Ip,
    }
}

structs! {
    /// Header of a trace.
    #[doc(alias = "ioam6_trace_hdr")]
    pub struct Ioam6Trace: 8 {
        /// Namespace, in network order.
        namespace: U16,
        /// Length of a node's data in units of 4 bytes in the upper 5 bits, and
        /// flags.
        node_len: u8 as Hexadecimal,
        /// Remaining room in units of 4 bytes.
        remaining: u8,
        /// Kinds of data, in the upper 24 bits, in network order.
        trace_type: U32 as Hexadecimal,
    }
}

impl Ioam6Trace {
    /// Creates the header of a trace through the nodes of a namespace.
    ///
    /// `kinds` has 24 bits, of which the highest is bit 0 of RFC 9197, hop limit and node.
    /// `room` is in bytes: 4 to 244, a multiple of 4. The kernel sets the length of a node's
    /// data.
    ///
    /// ```
    /// use nlwire::route::{EncapKind, Encapsulation, Hop, Ioam6EncapAttr, Ioam6Mode, Ioam6Trace};
    ///
    /// // ip -6 route add .. encap ioam6 mode encap tundst 2001:db8::2
    /// //     trace prealloc type 0xc00000 ns 7 size 24 dev eth0
    /// let trace = Ioam6Trace::new(7, 0xc00000, 24);
    /// let settings = [
    ///     Ioam6EncapAttr::Mode(Ioam6Mode::ENCAP),
    ///     Ioam6EncapAttr::Destination("2001:db8::2".parse()?),
    ///     Ioam6EncapAttr::Trace(&trace),
    /// ];
    /// let hop = Hop::on(7).encapsulation(Encapsulation::of(EncapKind::IOAM6, &settings));
    /// # let _ = hop;
    /// # Ok::<(), std::net::AddrParseError>(())
    /// ```
    #[must_use]
    #[doc(alias = "ioam6_trace_hdr")]
    pub fn new(namespace: u16, kinds: u32, room: u8) -> Self {
        Self {
            namespace: namespace.into(),
            node_len: 0,
            remaining: room / 4,
            trace_type: (kinds << 8).into(),
        }
    }
}

numbers! {
    /// Mode of in-situ measurement.
    pub struct Ioam6Mode(u8) {
        /// The trace is put into the packet.
        INLINE = 1 "IOAM6_IPTUNNEL_MODE_INLINE" "inline";
        /// The packet goes into one of IPv6.
        ENCAP = 2 "IOAM6_IPTUNNEL_MODE_ENCAP" "encap";
        /// `inline` for packets of this host, `encap` for others.
        AUTO = 3 "IOAM6_IPTUNNEL_MODE_AUTO" "auto";
    }
}

attributes! {
    /// XFRM interface that packets leave by (`LWT_XFRM_*`).
    pub set XfrmEncap, enum XfrmEncapAttr {
        /// Interface id, which policies and states name.
        1 LWT_XFRM_IF_ID Id id: u32,
        /// Link index of the lower device.
        2 LWT_XFRM_LINK Link link: LinkIndex,
    }
}

attributes! {
    /// BPF programs that see packets of a route (`LWT_BPF_*`).
    pub set BpfEncap, enum BpfEncapAttr {
        /// Program for packets received.
        1 LWT_BPF_IN Input input: Nest<BpfProgram>,
        /// Program for packets of this host.
        2 LWT_BPF_OUT Output output: Nest<BpfProgram>,
        /// Program for packets about to be sent, which it may change.
        3 LWT_BPF_XMIT Transmit transmit: Nest<BpfProgram>,
        /// Number of bytes needed before a packet, up to 256.
        4 LWT_BPF_XMIT_HEADROOM Headroom headroom: u32,
    }
}

attributes! {
    /// BPF program (`LWT_BPF_PROG_*`).
    pub set BpfProgram, enum BpfProgramAttr {
        /// File descriptor, in requests.
        1 LWT_BPF_PROG_FD Fd fd: u32,
        /// Name.
        2 LWT_BPF_PROG_NAME Name name: Str,
    }
}

attributes! {
    /// Identifier locator addressing: translation of the upper half of addresses
    /// (`ILA_ATTR_*`). Routes have the locator and the modes only.
    pub set IlaEncap, enum IlaEncapAttr {
        /// Locator, the upper half of addresses, in network order.
        1 ILA_ATTR_LOCATOR Locator locator: Shown<Be<u64>, Hexadecimal>,
        /// Identifier, the lower half of addresses, in network order.
        2 ILA_ATTR_IDENTIFIER Identifier identifier: Shown<Be<u64>, Hexadecimal>,
        /// Locator that is translated, in network order.
        3 ILA_ATTR_LOCATOR_MATCH LocatorMatch locator_match: Shown<Be<u64>, Hexadecimal>,
        /// Link index.
        4 ILA_ATTR_IFINDEX Index index: LinkIndex,
        /// Direction.
        5 ILA_ATTR_DIR Direction direction: u32,
        /// Padding.
        6 ILA_ATTR_PAD Pad pad: Bytes,
        /// Treatment of checksums.
        7 ILA_ATTR_CSUM_MODE Checksum checksum: IlaChecksum,
        /// Type of the identifier.
        8 ILA_ATTR_IDENT_TYPE IdentifierKind identifier_kind: IlaIdentifier,
        /// Place of the translation.
        9 ILA_ATTR_HOOK_TYPE Hook hook: IlaHook,
    }
}

numbers! {
    /// Treatment of checksums by identifier locator addressing.
    pub struct IlaChecksum(u8) {
        /// Checksum of TCP or UDP is changed.
        ADJUST_TRANSPORT = 0 "ILA_CSUM_ADJUST_TRANSPORT" "adj-transport";
        /// The identifier is changed so that the checksum stays.
        NEUTRAL_MAP = 1 "ILA_CSUM_NEUTRAL_MAP" "neutral-map";
        NO_ACTION = 2 "ILA_CSUM_NO_ACTION" "no-action";
        /// `neutral-map`, if a bit of the identifier says so.
        NEUTRAL_MAP_AUTO = 3 "ILA_CSUM_NEUTRAL_MAP_AUTO" "neutral-map-auto";
    }
}

numbers! {
    /// Type of an identifier.
    pub struct IlaIdentifier(u8) {
        /// Interface id.
        IID = 0 "ILA_ATYPE_IID" "iid";
        /// Locally unique.
        LUID = 1 "ILA_ATYPE_LUID" "luid";
        /// Virtual IPv4 address.
        VIRT_V4 = 2 "ILA_ATYPE_VIRT_V4" "virt-v4";
        /// Virtual IPv6 unicast address.
        VIRT_UNI_V6 = 3 "ILA_ATYPE_VIRT_UNI_V6" "virt-uni-v6";
        /// Virtual IPv6 multicast address.
        VIRT_MULTI_V6 = 4 "ILA_ATYPE_VIRT_MULTI_V6" "virt-multi-v6";
        NONLOCAL_ADDR = 5 "ILA_ATYPE_NONLOCAL_ADDR" "nonlocal-addr";
        /// The identifier names its type.
        USE_FORMAT = 32 "ILA_ATYPE_USE_FORMAT" "use-format";
    }
}

numbers! {
    /// Place of identifier locator addressing.
    pub struct IlaHook(u8) {
        OUTPUT = 0 "ILA_HOOK_ROUTE_OUTPUT" "output";
        INPUT = 1 "ILA_HOOK_ROUTE_INPUT" "input";
    }
}
