//! `ovs_datapath`: datapaths.
//!
//! A datapath is created, widened and deleted, as by `ovs-dpctl add-dp ovs0`,
//! `ovs-dpctl set-dp` and `ovs-dpctl del-dp ovs0`; `ovs-dpctl show` reads one or all:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::openvswitch::datapath::*;
//!
//! let new = NewDatapath::by_name("ovs0").with(&[DatapathAttr::UpcallPort(0)]);
//! let cache = SetDatapath::by_name("ovs0").with(&[DatapathAttr::MasksCacheSize(512)]);
//! let one = GetDatapath::by_name("ovs0");
//! let all = GetDatapaths::all();
//! let delete = DeleteDatapath::by_name("ovs0").if_there();
//!
//! /// Prints a datapath and the packets that had no flow.
//! fn print(row: &DatapathRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => Datapath { name, stats })?;
//!     let missed = found.stats.map(|stats| stats.missed.get());
//!     println!("{:?} of link {}: missed {missed:?}", found.name, row.header.datapath);
//!     Ok(())
//! }
//! ```

use super::super::family::{changes, family, requests};
use super::OvsHeader;
use crate::codec::{Array, Struct};
use crate::zerocopy::native_endian::{U32, U64};
use crate::{LinkIndex, Text, attributes, codec, flags, structs};

family! {
    name OVS_DATAPATH_FAMILY "ovs_datapath";
    version OVS_DATAPATH_VERSION 2;
    header OvsHeader;
    group OVS_DATAPATH_MCGROUP "ovs_datapath" "datapaths: [`Change`].";
    command 1 OVS_DP_CMD_NEW Datapath "Creates a datapath, or reports one.";
    command 2 OVS_DP_CMD_DEL Datapath "Deletes a datapath, or reports that.";
    command 3 OVS_DP_CMD_GET Datapath "Reads a datapath, or lists all.";
    command 4 OVS_DP_CMD_SET Datapath "Changes a datapath, or reports that.";
}

requests! {
    Datapath, DatapathAttr, DatapathRow, "datapath";

    /// Creates a datapath: `with` [`UpcallPort`](DatapathAttr::UpcallPort).
    Act NewDatapath = OVS_DP_CMD_NEW {
        /// Creates the datapath with this name of its local port.
        by_name(name: impl Into<Text<'a>>) { Name(name.into()) }
    }
    /// Changes a datapath.
    Act SetDatapath = OVS_DP_CMD_SET {
        /// Changes the datapath with this name.
        by_name(name: impl Into<Text<'a>>) { Name(name.into()) }
        /// Changes the datapath with this link index.
        by_index(index: impl Into<LinkIndex>) @ index.into().get() => {}
    }
    /// Deletes a datapath.
    Delete(ENODEV) DeleteDatapath = OVS_DP_CMD_DEL {
        /// Deletes the datapath with this name.
        by_name(name: impl Into<Text<'a>>) { Name(name.into()) }
        /// Deletes the datapath with this link index.
        by_index(index: impl Into<LinkIndex>) @ index.into().get() => {}
    }
    /// Reads a datapath.
    Ask GetDatapath = OVS_DP_CMD_GET {
        /// Reads the datapath with this name.
        by_name(name: impl Into<Text<'a>>) { Name(name.into()) }
        /// Reads the datapath with this link index.
        by_index(index: impl Into<LinkIndex>) @ index.into().get() => {}
    }
    /// Lists the datapaths.
    List GetDatapaths = OVS_DP_CMD_GET {
        /// Lists the datapaths of the network namespace.
        all() {}
    }
}

changes! {
    /// Notification of the group [`OVS_DATAPATH_MCGROUP`].
    Change {
        /// New datapath.
        New(Datapath) = OVS_DP_CMD_NEW;
        /// Changed datapath.
        Set(Datapath) = OVS_DP_CMD_SET;
        /// Deleted datapath.
        Del(Datapath) = OVS_DP_CMD_DEL;
    }
}

flags! {
    /// Features that a program asks for.
    pub struct UserFeatures(u32) {
        /// Attributes of packets need no alignment.
        UNALIGNED = 0x1 "OVS_DP_F_UNALIGNED" "unaligned";
        /// Ports can have several netlink ports for upcalls.
        VPORT_PIDS = 0x2 "OVS_DP_F_VPORT_PIDS" "vport-pids";
        /// Traffic control and flows share recirculation.
        TC_RECIRC_SHARING = 0x4 "OVS_DP_F_TC_RECIRC_SHARING" "tc-recirc-sharing";
        /// Each CPU has a netlink port for upcalls.
        DISPATCH_UPCALL_PER_CPU = 0x8 "OVS_DP_F_DISPATCH_UPCALL_PER_CPU" "dispatch-upcall-per-cpu";
    }
}

structs! {
    /// Lookups of a datapath.
    #[doc(alias = "ovs_dp_stats")]
    pub struct DatapathStats: 32 {
        /// Number of packets with a flow.
        #[doc(alias = "n_hit")]
        hits: U64,
        /// Number of packets without a flow.
        #[doc(alias = "n_missed")]
        missed: U64,
        /// Number of packets lost on their way to the program.
        #[doc(alias = "n_lost")]
        lost: U64,
        /// Number of flows.
        #[doc(alias = "n_flows")]
        flows: U64,
    }
}

structs! {
    /// Lookups by mask.
    #[doc(alias = "ovs_dp_megaflow_stats")]
    pub struct MegaflowStats: 32 {
        /// Number of masks that lookups tried.
        #[doc(alias = "n_mask_hit")]
        mask_hits: U64,
        /// Number of masks.
        #[doc(alias = "n_masks")]
        masks: U32,
        /// Padding.
        padding: U32,
        /// Number of lookups that the cache of masks answered.
        #[doc(alias = "n_cache_hit")]
        cache_hits: U64,
        /// Padding.
        pad1: U64,
    }
}

attributes! {
    /// Datapath (`OVS_DP_ATTR_*`).
    pub set Datapath, enum DatapathAttr {
        /// Name of the local port.
        1 OVS_DP_ATTR_NAME Name name: codec::Text,
        /// Netlink port for upcalls of the local port; 0 for none.
        2 OVS_DP_ATTR_UPCALL_PID UpcallPort upcall_port: u32,
        /// Lookups.
        3 OVS_DP_ATTR_STATS Stats stats: Struct<DatapathStats>,
        /// Lookups by mask.
        4 OVS_DP_ATTR_MEGAFLOW_STATS MegaflowStats megaflow_stats: Struct<MegaflowStats>,
        /// Features: [`UserFeatures`].
        5 OVS_DP_ATTR_USER_FEATURES UserFeatures user_features: UserFeatures,
        /// Padding.
        6 OVS_DP_ATTR_PAD Pad pad: codec::Bytes,
        /// Size of the cache of masks.
        7 OVS_DP_ATTR_MASKS_CACHE_SIZE MasksCacheSize masks_cache_size: u32,
        /// Netlink port for upcalls of each CPU.
        8 OVS_DP_ATTR_PER_CPU_PIDS CpuPorts cpu_ports: Array<U32>,
        /// Link index of the local port (Linux 6.4).
        9 OVS_DP_ATTR_IFINDEX Link link: LinkIndex,
    }
}
