//! `psample`: packets that traffic control and network cards sample
//! (`linux/psample.h`). Collectors of sFlow listen to it.
//!
//! ```
//! use nlwire::generic::psample::{Change, GetGroups, Sample};
//! use nlwire::{DecodeError, MessageRef, fields};
//!
//! // `psample -l`
//! let groups = GetGroups::all();
//!
//! fn print(message: MessageRef<'_>) -> Result<(), DecodeError> {
//!     if let Change::Sample(row) = Change::of(message) {
//!         let found = fields!(row.attributes => Sample { group, original_len, data })?;
//!         println!("{:?}: {:?} bytes", found.group, found.original_len);
//!     }
//!     Ok(())
//! }
//! ```

use super::family::{changes, family, requests};
use crate::attributes;
use crate::codec::{Be, Bytes, Flag, Ip, Nest};

family! {
    name PSAMPLE_GENL_NAME "psample";
    version PSAMPLE_GENL_VERSION 1;
    group PSAMPLE_NL_MCGRP_CONFIG_NAME "config" "new and deleted groups: [`Change`].";
    group PSAMPLE_NL_MCGRP_SAMPLE_NAME "packets" "sampled packets: [`Change`].";
    command 0 PSAMPLE_CMD_SAMPLE Sample "Reports a sampled packet.";
    command 1 PSAMPLE_CMD_GET_GROUP Sample "Lists the groups.";
    command 2 PSAMPLE_CMD_NEW_GROUP Sample "Reports a new group.";
    command 3 PSAMPLE_CMD_DEL_GROUP Sample "Reports a deleted group.";
}

requests! {
    Sample, SampleAttr, SampleRow, "group of samples";

    /// Lists the groups of samples.
    List GetGroups = PSAMPLE_CMD_GET_GROUP {
        /// Lists the groups of the network namespace.
        all() {}
    }
}

changes! {
    /// Notification of the groups [`PSAMPLE_NL_MCGRP_SAMPLE_NAME`] and
    /// [`PSAMPLE_NL_MCGRP_CONFIG_NAME`].
    Change {
        /// Sampled packet.
        Sample(Sample) = PSAMPLE_CMD_SAMPLE;
        /// New group of samples.
        NewGroup(Sample) = PSAMPLE_CMD_NEW_GROUP;
        /// Deleted group of samples.
        DelGroup(Sample) = PSAMPLE_CMD_DEL_GROUP;
    }
}

attributes! {
    /// Sampled packet, or group of samples (`PSAMPLE_ATTR_*`).
    pub set Sample, enum SampleAttr {
        /// Index of the link that the packet arrived on, cut to 16 bits; absent if
        /// unknown.
        0 PSAMPLE_ATTR_IIFINDEX InLink in_link: u16,
        /// Index of the link that the packet leaves by, cut to 16 bits; absent if
        /// unknown.
        1 PSAMPLE_ATTR_OIFINDEX OutLink out_link: u16,
        /// Length of the packet in bytes, before it was cut.
        2 PSAMPLE_ATTR_ORIGSIZE OriginalLen original_len: u32,
        /// Number of the group.
        3 PSAMPLE_ATTR_SAMPLE_GROUP Group group: u32,
        /// Sequence number of the sample in its group.
        4 PSAMPLE_ATTR_GROUP_SEQ Sequence sequence: u32,
        /// Sample rate: one packet of so many.
        5 PSAMPLE_ATTR_SAMPLE_RATE Rate rate: u32,
        /// Packet from its first header on, perhaps cut.
        6 PSAMPLE_ATTR_DATA Data data: Bytes,
        /// Number of users of the group.
        7 PSAMPLE_ATTR_GROUP_REFCOUNT Users users: u32,
        /// Tunnel that the packet arrived through.
        8 PSAMPLE_ATTR_TUNNEL Tunnel tunnel: Nest<SampleTunnel>,
        /// Padding.
        9 PSAMPLE_ATTR_PAD Pad pad: Bytes,
        /// Traffic class that the packet leaves by.
        10 PSAMPLE_ATTR_OUT_TC OutClass out_class: u16,
        /// Occupancy of that traffic class in bytes.
        11 PSAMPLE_ATTR_OUT_TC_OCC OutClassBytes out_class_bytes: u64,
        /// Time from arrival to departure, in nanoseconds.
        12 PSAMPLE_ATTR_LATENCY Latency latency: u64,
        /// Time of the sample in nanoseconds since 1970.
        13 PSAMPLE_ATTR_TIMESTAMP Timestamp timestamp: u64,
        /// Ethernet protocol of the packet.
        14 PSAMPLE_ATTR_PROTO Protocol protocol: u16,
        /// Cookie of the action that sampled the packet (Linux 6.11).
        15 PSAMPLE_ATTR_USER_COOKIE Cookie cookie: Bytes,
        /// True if the rate is a probability in units of `1 / u32::MAX` (Linux
        /// 6.11).
        16 PSAMPLE_ATTR_SAMPLE_PROBABILITY IsProbability is_probability: Flag,
    }
}

attributes! {
    /// Tunnel of a sampled packet (`PSAMPLE_TUNNEL_KEY_ATTR_*`).
    pub set SampleTunnel, enum SampleTunnelAttr {
        /// Tunnel identifier.
        0 PSAMPLE_TUNNEL_KEY_ATTR_ID Id id: Be<u64>,
        /// IPv4 source address.
        1 PSAMPLE_TUNNEL_KEY_ATTR_IPV4_SRC SourceV4 source_v4: Ip,
        /// IPv4 destination address.
        2 PSAMPLE_TUNNEL_KEY_ATTR_IPV4_DST DestinationV4 destination_v4: Ip,
        /// TOS of the outer header.
        3 PSAMPLE_TUNNEL_KEY_ATTR_TOS Tos tos: u8,
        /// TTL of the outer header.
        4 PSAMPLE_TUNNEL_KEY_ATTR_TTL Ttl ttl: u8,
        /// True if the outer header forbids fragments.
        5 PSAMPLE_TUNNEL_KEY_ATTR_DONT_FRAGMENT DontFragment dont_fragment: Flag,
        /// True if the tunnel has checksums.
        6 PSAMPLE_TUNNEL_KEY_ATTR_CSUM Checksum checksum: Flag,
        /// True for a frame of operations and maintenance.
        7 PSAMPLE_TUNNEL_KEY_ATTR_OAM Oam oam: Flag,
        /// Options of Geneve.
        8 PSAMPLE_TUNNEL_KEY_ATTR_GENEVE_OPTS Geneve geneve: Bytes,
        /// Source port of UDP.
        9 PSAMPLE_TUNNEL_KEY_ATTR_TP_SRC SourcePort source_port: Be<u16>,
        /// Destination port of UDP.
        10 PSAMPLE_TUNNEL_KEY_ATTR_TP_DST DestinationPort destination_port: Be<u16>,
        /// Options of VXLAN; the kernel sends none.
        11 PSAMPLE_TUNNEL_KEY_ATTR_VXLAN_OPTS Vxlan vxlan: Bytes,
        /// IPv6 source address.
        12 PSAMPLE_TUNNEL_KEY_ATTR_IPV6_SRC SourceV6 source_v6: Ip,
        /// IPv6 destination address.
        13 PSAMPLE_TUNNEL_KEY_ATTR_IPV6_DST DestinationV6 destination_v6: Ip,
        /// Padding.
        14 PSAMPLE_TUNNEL_KEY_ATTR_PAD Pad pad: Bytes,
        /// Metadata of ERSPAN (`struct erspan_metadata`).
        15 PSAMPLE_TUNNEL_KEY_ATTR_ERSPAN_OPTS Erspan erspan: Bytes,
        /// True for a bridge without addresses of its own.
        16 PSAMPLE_TUNNEL_KEY_ATTR_IPV4_INFO_BRIDGE Bridge bridge: Flag,
    }
}
