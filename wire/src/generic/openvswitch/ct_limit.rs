//! `ovs_ct_limit`: limits of connections for each zone.
//!
//! Zone 5 may track 10,000 connections, and each other zone 1,000, as after
//! `ovs-dpctl ct-set-limits default=1000 zone=5,limit=10000`; `ct-get-limits` and
//! `ct-del-limits zone=5` are the other two:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::openvswitch::ct_limit::*;
//!
//! let limits = [(-1, 1000), (5, 10_000)].map(|(zone, limit)| ZoneLimit {
//!     zone: zone.into(),
//!     limit: u32::into(limit),
//!     count: 0.into(),
//! });
//! let set = SetLimits::of(7, &limits);
//! let read = GetLimits::of(7);
//! let delete = DeleteLimits::of(7, &limits[1..]);
//!
//! /// Prints the connections of each zone.
//! fn print(row: &CtLimitRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     for zone in fields!(row.attributes => CtLimit { limits })?.limits.unwrap_or_default() {
//!         println!("zone {}: {} of {}", zone.zone, zone.count, zone.limit);
//!     }
//!     Ok(())
//! }
//! ```

use super::super::family::{family, requests};
use super::OvsHeader;
use crate::codec::Array;
use crate::zerocopy::native_endian::{I32, U32};
use crate::{LinkIndex, attributes, structs};

family! {
    name OVS_CT_LIMIT_FAMILY "ovs_ct_limit";
    version OVS_CT_LIMIT_VERSION 1;
    header OvsHeader;
    group OVS_CT_LIMIT_MCGROUP "ovs_ct_limit" "unused.";
    command 1 OVS_CT_LIMIT_CMD_SET CtLimit "Sets limits.";
    command 2 OVS_CT_LIMIT_CMD_DEL CtLimit "Deletes limits.";
    command 3 OVS_CT_LIMIT_CMD_GET CtLimit "Reads limits.";
}

requests! {
    CtLimit, CtLimitAttr, CtLimitRow, "limits";

    /// Sets limits of zones.
    Act SetLimits = OVS_CT_LIMIT_CMD_SET {
        /// Sets these limits in a datapath.
        of(datapath: impl Into<LinkIndex>, limits: &'a [ZoneLimit])
            @ datapath.into().get() => { Limits(limits) }
    }
    /// Deletes limits of zones.
    Act DeleteLimits = OVS_CT_LIMIT_CMD_DEL {
        /// Deletes the limits of these zones in a datapath.
        of(datapath: impl Into<LinkIndex>, zones: &'a [ZoneLimit])
            @ datapath.into().get() => { Limits(zones) }
    }
    /// Reads limits of zones, with the numbers of connections.
    Ask GetLimits = OVS_CT_LIMIT_CMD_GET {
        /// Reads all limits of a datapath.
        of(datapath: impl Into<LinkIndex>) @ datapath.into().get() => {}
    }
}

structs! {
    /// Limit of a zone.
    #[doc(alias = "ovs_zone_limit")]
    pub struct ZoneLimit: 12 {
        /// Zone; -1 for all zones without a limit of their own.
        #[doc(alias = "zone_id")]
        zone: I32,
        /// Maximum number of connections; 0 for no limit.
        limit: U32,
        /// Number of connections.
        count: U32,
    }
}

attributes! {
    /// Limits (`OVS_CT_LIMIT_ATTR_*`).
    pub set CtLimit, enum CtLimitAttr {
        /// Limits of zones.
        1 OVS_CT_LIMIT_ATTR_ZONE_LIMIT Limits limits: Array<ZoneLimit>,
    }
}
