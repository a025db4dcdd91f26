//! Segment routing: `seg6`, `seg6local` and `rpl` (`linux/seg6_iptunnel.h`,
//! `linux/seg6_local.h`, `linux/rpl_iptunnel.h`, RFC 8754, RFC 6554).

use core::net::Ipv6Addr;

use crate::codec::{Bytes, Form, Ip, Nest, Shown, Str, field_is_value};
use crate::numbers::numbers;
use crate::schema::{Hexadecimal, Shape};
use crate::{AttrRef, Attrs, DecodeError, LinkIndex, Put, Writer, attributes};

attributes! {
    /// Segment routing header that packets get (`SEG6_IPTUNNEL_*`).
    pub set Seg6Encap, enum Seg6EncapAttr {
        /// Mode and header.
        1 SEG6_IPTUNNEL_SRH Header header: SegmentRouting<'static>,
    }
}

attributes! {
    /// Behaviour of a segment's endpoint (`SEG6_LOCAL_*`).
    pub set Seg6Local, enum Seg6LocalAttr {
        /// Behaviour.
        1 SEG6_LOCAL_ACTION Action action: Seg6Action,
        /// Header that some behaviours add.
        2 SEG6_LOCAL_SRH Header header: SegmentRoutingHeader<'static>,
        /// Routing table.
        3 SEG6_LOCAL_TABLE Table table: crate::route::RouteTable,
        /// IPv4 next hop.
        4 SEG6_LOCAL_NH4 NextHop4 next_hop4: Ip,
        /// IPv6 next hop.
        5 SEG6_LOCAL_NH6 NextHop6 next_hop6: Ip,
        /// Link index of the incoming link.
        6 SEG6_LOCAL_IIF IncomingIndex incoming_index: LinkIndex,
        /// Link index of the outgoing link.
        7 SEG6_LOCAL_OIF OutgoingIndex outgoing_index: LinkIndex,
        /// BPF program.
        8 SEG6_LOCAL_BPF Bpf bpf: Nest<Seg6LocalBpf>,
        /// Routing table of a VRF.
        9 SEG6_LOCAL_VRFTABLE VrfTable vrf_table: crate::route::RouteTable,
        /// Counters; a request turns them on by all three, whose values are not read.
        10 SEG6_LOCAL_COUNTERS Counters counters: Nest<Seg6LocalCounters>,
        /// Flavours of the behaviour.
        11 SEG6_LOCAL_FLAVORS Flavours flavours: Nest<Seg6LocalFlavours>,
    }
}

attributes! {
    /// BPF program of a segment's endpoint.
    pub set Seg6LocalBpf, enum Seg6LocalBpfAttr {
        /// File descriptor in requests, id in reports.
        1 SEG6_LOCAL_BPF_PROG Program program: u32,
        /// Name of the program.
        2 SEG6_LOCAL_BPF_PROG_NAME Name name: Str,
    }
}

attributes! {
    /// Counters of a segment's endpoint.
    pub set Seg6LocalCounters, enum Seg6LocalCountersAttr {
        /// Padding.
        1 SEG6_LOCAL_CNT_PAD Pad pad: Bytes,
        /// Number of packets processed.
        2 SEG6_LOCAL_CNT_PACKETS Packets packets: u64,
        /// Number of bytes processed.
        3 SEG6_LOCAL_CNT_BYTES ByteCount byte_count: u64,
        /// Number of packets that could not be processed.
        4 SEG6_LOCAL_CNT_ERRORS Errors errors: u64,
    }
}

attributes! {
    /// Flavours of a segment's endpoint.
    pub set Seg6LocalFlavours, enum Seg6LocalFlavoursAttr {
        /// Flavours: bit n is [`Seg6Flavour`] n.
        1 SEG6_LOCAL_FLV_OPERATION Operations operations: Shown<u32, Hexadecimal>,
        /// Number of bits of the locator's block, for compressed segments.
        2 SEG6_LOCAL_FLV_LCBLOCK_BITS BlockBits block_bits: u8,
        /// Number of bits of node and function, for compressed segments.
        3 SEG6_LOCAL_FLV_LCNODE_FN_BITS NodeBits node_bits: u8,
    }
}

attributes! {
    /// Source route of RPL that packets get (`RPL_IPTUNNEL_*`).
    pub set RplEncap, enum RplEncapAttr {
        /// Header.
        1 RPL_IPTUNNEL_SRH Header header: SegmentRoutingHeader<'static>,
    }
}

numbers! {
    /// Mode of segment routing.
    pub struct Seg6Mode(u32) {
        /// The header is put into the packet.
        INLINE = 0 "SEG6_IPTUN_MODE_INLINE" "inline";
        /// The packet goes into one of IPv6.
        ENCAP = 1 "SEG6_IPTUN_MODE_ENCAP" "encap";
        /// The Ethernet frame goes into a packet of IPv6.
        L2ENCAP = 2 "SEG6_IPTUN_MODE_L2ENCAP" "l2encap";
        /// `encap` without the first segment in the header.
        ENCAP_RED = 3 "SEG6_IPTUN_MODE_ENCAP_RED" "encap.red";
        /// `l2encap` without the first segment in the header.
        L2ENCAP_RED = 4 "SEG6_IPTUN_MODE_L2ENCAP_RED" "l2encap.red";
    }
}

numbers! {
    /// Behaviour of a segment's endpoint (RFC 8986).
    pub struct Seg6Action(u32) {
        /// Goes on to the next segment.
        END = 1 "SEG6_LOCAL_ACTION_END" "End";
        /// Goes on by a next hop.
        END_X = 2 "SEG6_LOCAL_ACTION_END_X" "End.X";
        /// Goes on by a routing table.
        END_T = 3 "SEG6_LOCAL_ACTION_END_T" "End.T";
        /// Unwraps a frame, and sends it out of a link.
        END_DX2 = 4 "SEG6_LOCAL_ACTION_END_DX2" "End.DX2";
        /// Unwraps an IPv6 packet, and sends it to a next hop.
        END_DX6 = 5 "SEG6_LOCAL_ACTION_END_DX6" "End.DX6";
        /// Unwraps an IPv4 packet, and sends it to a next hop.
        END_DX4 = 6 "SEG6_LOCAL_ACTION_END_DX4" "End.DX4";
        /// Unwraps an IPv6 packet, and routes it by a table.
        END_DT6 = 7 "SEG6_LOCAL_ACTION_END_DT6" "End.DT6";
        /// Unwraps an IPv4 packet, and routes it by a table.
        END_DT4 = 8 "SEG6_LOCAL_ACTION_END_DT4" "End.DT4";
        /// Adds a header.
        END_B6 = 9 "SEG6_LOCAL_ACTION_END_B6" "End.B6";
        /// Wraps the packet with a header.
        END_B6_ENCAP = 10 "SEG6_LOCAL_ACTION_END_B6_ENCAP" "End.B6.Encaps";
        /// Wraps the packet with MPLS labels.
        END_BM = 11 "SEG6_LOCAL_ACTION_END_BM" "End.BM";
        /// Looks the last segment up in a table.
        END_S = 12 "SEG6_LOCAL_ACTION_END_S" "End.S";
        /// Passes the packet to a function without segment routing.
        END_AS = 13 "SEG6_LOCAL_ACTION_END_AS" "End.AS";
        /// Passes the packet to a function, with its last destination.
        END_AM = 14 "SEG6_LOCAL_ACTION_END_AM" "End.AM";
        /// Runs a BPF program.
        END_BPF = 15 "SEG6_LOCAL_ACTION_END_BPF" "End.BPF";
        /// Unwraps an IP packet, and routes it by a table.
        END_DT46 = 16 "SEG6_LOCAL_ACTION_END_DT46" "End.DT46";
    }
}

numbers! {
    /// Flavour of a segment's endpoint.
    pub struct Seg6Flavour(u32) {
        /// The last but one segment removes the header.
        PSP = 1 "SEG6_LOCAL_FLV_OP_PSP" "psp";
        /// The last segment removes the header.
        USP = 2 "SEG6_LOCAL_FLV_OP_USP" "usp";
        /// The last segment unwraps the packet.
        USD = 3 "SEG6_LOCAL_FLV_OP_USD" "usd";
        /// Segments are compressed into one address.
        NEXT_CSID = 4 "SEG6_LOCAL_FLV_OP_NEXT_CSID" "next-csid";
    }
}

/// Routing header with segments, form and value of `SEG6_LOCAL_SRH` and
/// `RPL_IPTUNNEL_SRH` (`struct ipv6_sr_hdr`, `struct ipv6_rpl_sr_hdr`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct SegmentRoutingHeader<'a> {
    bytes: &'a [u8],
}

impl<'a> SegmentRoutingHeader<'a> {
    /// Takes the bytes of a routing header.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Returns the bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Returns the number of segments still to be visited.
    #[must_use]
    pub fn segments_left(&self) -> u8 {
        self.bytes.get(3).copied().unwrap_or_default()
    }

    /// Walks the addresses in the header, which of `seg6` are in reverse order:
    /// the first one is the last segment.
    pub fn addresses(&self) -> impl DoubleEndedIterator<Item = Ipv6Addr> + Clone + use<'a> {
        // The length is in units of 8 bytes, without the first of them.
        let units = self.bytes.get(1).copied().unwrap_or_default();
        let length = usize::from(units).saturating_mul(8);
        let rest = self.bytes.get(8..).unwrap_or_default();
        let addresses = rest.get(..length).unwrap_or(rest);
        addresses.chunks_exact(16).filter_map(|chunk| {
            let octets: [u8; 16] = chunk.try_into().ok()?;
            Some(Ipv6Addr::from(octets))
        })
    }
}

impl Form for SegmentRoutingHeader<'static> {
    type Value<'a> = SegmentRoutingHeader<'a>;
    const SHAPE: Shape = Shape::Bytes;

    field_is_value!();

    #[inline]
    fn decode<'a>(
        attribute: AttrRef<'a>,
        _: Attrs<'a>,
    ) -> Result<SegmentRoutingHeader<'a>, DecodeError> {
        Ok(SegmentRoutingHeader::new(attribute.bytes()))
    }

    fn encode<'w, 'b>(
        value: &SegmentRoutingHeader<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        writer.bytes(kind, value.bytes)
    }
}

/// Mode and routing header, form and value of `SEG6_IPTUNNEL_SRH`
/// (`struct seg6_iptunnel_encap`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct SegmentRouting<'a> {
    /// Mode.
    pub mode: Seg6Mode,
    /// Routing header.
    pub header: SegmentRoutingHeader<'a>,
}

impl<'a> SegmentRouting<'a> {
    /// Walks the segments in the order in which packets visit them. In mode
    /// `inline` the packet's own destination follows them.
    pub fn segments(&self) -> impl Iterator<Item = Ipv6Addr> + Clone + use<'a> {
        // Room for the packet's destination is zero.
        let inline = self.mode == Seg6Mode::INLINE;
        let addresses = self.header.addresses().rev();
        addresses.filter(move |address| !(inline && address.is_unspecified()))
    }
}

impl Form for SegmentRouting<'static> {
    type Value<'a> = SegmentRouting<'a>;
    const SHAPE: Shape = Shape::Bytes;

    field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<SegmentRouting<'a>, DecodeError> {
        // Without four bytes there is no mode: the view's error says so.
        let mode = attribute
            .view::<crate::zerocopy::native_endian::U32>()?
            .get();
        let header = attribute.bytes().get(4..).unwrap_or_default();
        Ok(SegmentRouting {
            mode: Seg6Mode(mode),
            header: SegmentRoutingHeader::new(header),
        })
    }

    fn encode<'w, 'b>(
        value: &SegmentRouting<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        let header = value.header.as_bytes();
        writer.put_with(kind, header.len().saturating_add(4), |slot| {
            let mode = value.mode.0.to_ne_bytes();
            for (to, from) in slot.iter_mut().zip(mode.iter().chain(header)) {
                *to = *from;
            }
        })
    }
}

/// Puts mode and routing header for segments in the order in which packets visit
/// them (`parse_srh` of iproute2; RFC 8754).
pub(crate) fn put_segments<'w, 'b>(
    w: &'w mut Writer<'b>,
    mode: Seg6Mode,
    segments: &[Ipv6Addr],
) -> Put<'w, 'b> {
    // Inline, the packet's own destination is the last segment; the kernel fills
    // it in.
    let own = usize::from(mode == Seg6Mode::INLINE);
    let count = segments.len().saturating_add(own);
    let last = u8::try_from(count.saturating_sub(1)).unwrap_or(u8::MAX);
    let units = u8::try_from(count.saturating_mul(2)).unwrap_or(u8::MAX);
    const SEGMENT_ROUTING: u8 = 4;
    let header = [0, units, SEGMENT_ROUTING, last, last, 0, 0, 0];
    let size = count.saturating_mul(16).saturating_add(12);
    w.put_with(SEG6_IPTUNNEL_SRH, size, |slot| {
        let front = mode.0.to_ne_bytes().into_iter().chain(header);
        let room = core::iter::repeat_n(0, own.saturating_mul(16));
        let addresses = segments.iter().rev().flat_map(Ipv6Addr::octets);
        for (to, from) in slot.iter_mut().zip(front.chain(room).chain(addresses)) {
            *to = from;
        }
    })
}

/// Puts the routing header of a source route (`rpl_validate_srh`; RFC 6554). Unlike a
/// segment routing header it begins with the first address.
pub(crate) fn put_source_route<'w, 'b>(w: &'w mut Writer<'b>, route: &[Ipv6Addr]) -> Put<'w, 'b> {
    const RPL: u8 = 3;
    let left = u8::try_from(route.len()).unwrap_or(u8::MAX);
    let units = u8::try_from(route.len().saturating_mul(2)).unwrap_or(u8::MAX);
    let header = [0, units, RPL, left, 0, 0, 0, 0];
    let size = route.len().saturating_mul(16).saturating_add(8);
    w.put_with(RPL_IPTUNNEL_SRH, size, |slot| {
        let addresses = route.iter().flat_map(Ipv6Addr::octets);
        for (to, from) in slot.iter_mut().zip(header.into_iter().chain(addresses)) {
            *to = from;
        }
    })
}
