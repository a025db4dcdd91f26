//! `ovs_meter`: meters, which limit the rate of flows.
//!
//! A meter drops what exceeds 1 Mbit/s, as the rule
//! `ovs-ofctl add-meter br0 meter=1,kbps,band=type=drop,rate=1000` has
//! `ovs-vswitchd` do. Flows name it by [`ActionAttr::Meter`](super::flow::ActionAttr::Meter):
//!
//! ```
//! use nlwire::codec::IndexedSets;
//! use nlwire::generic::openvswitch::meter::*;
//! use nlwire::{Writer, fields};
//!
//! let limits = GetMeterFeatures::of(7);
//! let mut buffer = [0; 64];
//! let bands = Writer::attributes(&mut buffer, |w| {
//!     w.nest(0, |w| {
//!         w.put([
//!             BandAttr::Kind(BandType::DROP),
//!             BandAttr::Rate(1000),
//!             BandAttr::Burst(0),
//!         ])
//!     })
//! })?;
//! let attributes = [
//!     MeterAttr::Kilobits(true),
//!     MeterAttr::Bands(IndexedSets::of(bands)),
//! ];
//! let set = SetMeter::of(7, 1).with(&attributes);
//! let read = GetMeter::of(7, 1);
//! let delete = DeleteMeter::of(7, 1);
//!
//! /// Prints the packets that a meter has seen.
//! fn print(row: &MeterRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => Meter { id, stats })?;
//!     println!(
//!         "meter {:?}: {:?}",
//!         found.id,
//!         found.stats.map(|stats| stats.packets.get())
//!     );
//!     Ok(())
//! }
//! # Ok::<(), nlwire::EncodeError>(())
//! ```

use super::super::family::{family, requests};
use super::{FlowStats, OvsHeader};
use crate::codec::{Bytes, Flag, Indexed, Struct};
use crate::{LinkIndex, attributes, numbers};

family! {
    name OVS_METER_FAMILY "ovs_meter";
    version OVS_METER_VERSION 1;
    header OvsHeader;
    group OVS_METER_MCGROUP "ovs_meter" "unused.";
    command 1 OVS_METER_CMD_FEATURES Meter "Reads the limits of a datapath.";
    command 2 OVS_METER_CMD_SET Meter "Creates or changes a meter.";
    command 3 OVS_METER_CMD_DEL Meter "Deletes a meter.";
    command 4 OVS_METER_CMD_GET Meter "Reads a meter.";
}

requests! {
    Meter, MeterAttr, MeterRow, "meter";

    /// Reads the maximum numbers of meters and bands.
    Ask GetMeterFeatures = OVS_METER_CMD_FEATURES {
        /// Reads the limits of this datapath.
        of(datapath: impl Into<LinkIndex>) @ datapath.into().get() => {}
    }
    /// Creates or changes a meter: `with` [`Bands`](MeterAttr::Bands).
    Act SetMeter = OVS_METER_CMD_SET {
        /// Changes the meter of a datapath with this identifier.
        of(datapath: impl Into<LinkIndex>, id: u32) @ datapath.into().get() => { Id(id) }
    }
    /// Deletes a meter.
    Act DeleteMeter = OVS_METER_CMD_DEL {
        /// Deletes the meter of a datapath with this identifier.
        of(datapath: impl Into<LinkIndex>, id: u32) @ datapath.into().get() => { Id(id) }
    }
    /// Reads a meter.
    Ask GetMeter = OVS_METER_CMD_GET {
        /// Reads the meter of a datapath with this identifier.
        of(datapath: impl Into<LinkIndex>, id: u32) @ datapath.into().get() => { Id(id) }
    }
}

numbers! {
    /// Type of a band.
    pub struct BandType(u32) {
        UNSPEC = 0 "OVS_METER_BAND_TYPE_UNSPEC";
        /// Drops packets above the rate.
        DROP = 1 "OVS_METER_BAND_TYPE_DROP" "drop";
    }
}

attributes! {
    /// Meter (`OVS_METER_ATTR_*`).
    pub set Meter, enum MeterAttr {
        /// Identifier of the meter.
        1 OVS_METER_ATTR_ID Id id: u32,
        /// Counts rates in kilobits a second, not in packets.
        2 OVS_METER_ATTR_KBPS Kilobits kilobits: Flag,
        /// Packets and bytes.
        3 OVS_METER_ATTR_STATS Stats stats: Struct<FlowStats>,
        /// Bands.
        4 OVS_METER_ATTR_BANDS Bands bands: Indexed<Band>,
        /// Time of the last packet, in milliseconds since boot.
        5 OVS_METER_ATTR_USED Used used: u64,
        /// Sets the statistics to 0.
        6 OVS_METER_ATTR_CLEAR Clear clear: Flag,
        /// Maximum number of meters.
        7 OVS_METER_ATTR_MAX_METERS MaxMeters max_meters: u32,
        /// Maximum number of bands of a meter.
        8 OVS_METER_ATTR_MAX_BANDS MaxBands max_bands: u32,
        /// Padding.
        9 OVS_METER_ATTR_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Band of a meter (`OVS_BAND_ATTR_*`).
    pub set Band, enum BandAttr {
        /// Type.
        1 OVS_BAND_ATTR_TYPE Kind kind: BandType,
        /// Rate, in the unit of the meter.
        2 OVS_BAND_ATTR_RATE Rate rate: u32,
        /// Burst, in the unit of the meter without the second.
        3 OVS_BAND_ATTR_BURST Burst burst: u32,
        /// Packets and bytes above the rate.
        4 OVS_BAND_ATTR_STATS Stats stats: Struct<FlowStats>,
    }
}
