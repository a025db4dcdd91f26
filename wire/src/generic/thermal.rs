//! `thermal`: zones, trip points and cooling devices, and their events
//! (`linux/thermal.h`).
//!
//! A list is one nest, in which each object begins with its identifier:
//! attributes are read in their order.
//!
//! ```
//! use nlwire::generic::thermal::*;
//! use nlwire::{DecodeError, fields};
//!
//! let query = GetZones::all();
//! let temperature = GetZone::temperature(0);
//! let at_70_degrees = NewThreshold::of_zone(0, 70_000, Direction::UP);
//! let no_more = DeleteThreshold::of_zone(0, 70_000, Direction::UP).if_there();
//!
//! fn print(row: &ThermalRow<'_>) -> Result<(), DecodeError> {
//!     let zones = fields!(row.attributes => Thermal { zones })?.zones;
//!     for item in zones.into_iter().flat_map(|zones| zones.iter()) {
//!         match item?.1? {
//!             ThermalAttr::ZoneId(id) => print!("zone {id}: "),
//!             ThermalAttr::ZoneName(name) => println!("{name}"),
//!             _ => {}
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//!
//! Zone 0 in detail, and its thresholds, as the library `thermal` of the kernel's tools
//! reads them:
//!
//! ```
//! use nlwire::generic::thermal::*;
//! use nlwire::{DecodeError, fields};
//!
//! let (trips, governor, mode) = (
//!     GetTrips::of_zone(0),
//!     GetGovernor::of_zone(0),
//!     GetMode::of_zone(0),
//! );
//! let coolers = GetCoolers::all();
//! let thresholds = GetThresholds::of_zone(0);
//! let flush = FlushThresholds::of_zone(0);
//! // Rows of this list have no sequence number.
//! assert!(nlwire::Request::is_unnumbered(&coolers));
//!
//! /// Prints the trip points of a row; each begins with its identifier.
//! fn print(row: &ThermalRow<'_>) -> Result<(), DecodeError> {
//!     let trips = fields!(row.attributes => Thermal { trips })?.trips;
//!     for item in trips.into_iter().flat_map(|trips| trips.iter()) {
//!         match item?.1? {
//!             ThermalAttr::TripId(id) => print!("trip point {id}: "),
//!             ThermalAttr::TripTemperature(temperature) => println!("{temperature}"),
//!             _ => {}
//!         }
//!     }
//!     Ok(())
//! }
//! ```

use super::family::{changes, family, requests};
use crate::codec::{Nest, Text};
use crate::{attributes, numbers};

family! {
    name THERMAL_GENL_FAMILY_NAME "thermal";
    version THERMAL_GENL_VERSION 1;
    group THERMAL_GENL_SAMPLING_GROUP_NAME "sampling" "temperatures: [`Change::Sample`].";
    group THERMAL_GENL_EVENT_GROUP_NAME "event" "events: [`Change`].";
    command 1 THERMAL_GENL_CMD_TZ_GET_ID Thermal "Lists the zones.";
    command 2 THERMAL_GENL_CMD_TZ_GET_TRIP Thermal "Lists the trip points of a zone.";
    command 3 THERMAL_GENL_CMD_TZ_GET_TEMP Thermal "Reads the temperature of a zone.";
    command 4 THERMAL_GENL_CMD_TZ_GET_GOV Thermal "Reads the governor of a zone.";
    command 5 THERMAL_GENL_CMD_TZ_GET_MODE Thermal "Reads the mode of a zone.";
    command 6 THERMAL_GENL_CMD_CDEV_GET Thermal "Lists the cooling devices.";
    command 7 THERMAL_GENL_CMD_THRESHOLD_GET Thermal "Lists the thresholds of a zone (Linux 6.13).";
    command 8 THERMAL_GENL_CMD_THRESHOLD_ADD Thermal "Adds a threshold (Linux 6.13).";
    command 9 THERMAL_GENL_CMD_THRESHOLD_DELETE Thermal "Deletes a threshold (Linux 6.13).";
    command 10 THERMAL_GENL_CMD_THRESHOLD_FLUSH Thermal "Deletes the thresholds of a zone (Linux 6.13).";
    event 0 THERMAL_GENL_SAMPLING_TEMP Thermal "temperature of a zone.";
    event 1 THERMAL_GENL_EVENT_TZ_CREATE Thermal "new zone.";
    event 2 THERMAL_GENL_EVENT_TZ_DELETE Thermal "deleted zone.";
    event 3 THERMAL_GENL_EVENT_TZ_DISABLE Thermal "disabled zone.";
    event 4 THERMAL_GENL_EVENT_TZ_ENABLE Thermal "enabled zone.";
    event 5 THERMAL_GENL_EVENT_TZ_TRIP_UP Thermal "temperature above a trip point.";
    event 6 THERMAL_GENL_EVENT_TZ_TRIP_DOWN Thermal "temperature below a trip point.";
    event 7 THERMAL_GENL_EVENT_TZ_TRIP_CHANGE Thermal "changed trip point.";
    event 8 THERMAL_GENL_EVENT_TZ_TRIP_ADD Thermal "new trip point.";
    event 9 THERMAL_GENL_EVENT_TZ_TRIP_DELETE Thermal "deleted trip point.";
    event 10 THERMAL_GENL_EVENT_CDEV_ADD Thermal "cooling device bound to a zone.";
    event 11 THERMAL_GENL_EVENT_CDEV_DELETE Thermal "cooling device of no zone any more.";
    event 12 THERMAL_GENL_EVENT_CDEV_STATE_UPDATE Thermal "changed state of a cooling device.";
    event 13 THERMAL_GENL_EVENT_TZ_GOV_CHANGE Thermal "changed governor of a zone.";
    event 14 THERMAL_GENL_EVENT_CPU_CAPABILITY_CHANGE Thermal "changed capabilities of CPUs.";
    event 15 THERMAL_GENL_EVENT_THRESHOLD_ADD Thermal "new threshold (Linux 6.13).";
    event 16 THERMAL_GENL_EVENT_THRESHOLD_DELETE Thermal "deleted threshold (Linux 6.13).";
    event 17 THERMAL_GENL_EVENT_THRESHOLD_FLUSH Thermal "deleted thresholds of a zone (Linux 6.13).";
    event 18 THERMAL_GENL_EVENT_THRESHOLD_UP Thermal "temperature above a threshold (Linux 6.13).";
    event 19 THERMAL_GENL_EVENT_THRESHOLD_DOWN Thermal "temperature below a threshold (Linux 6.13).";
}

requests! {
    Thermal, ThermalAttr, ThermalRow, "zone";

    /// Lists the zones in one row, in the nest [`Zones`](ThermalAttr::Zones).
    Unnumbered GetZones = THERMAL_GENL_CMD_TZ_GET_ID {
        /// Lists all zones.
        all() {}
    }
    /// Reads the temperature of a zone.
    Ask GetZone = THERMAL_GENL_CMD_TZ_GET_TEMP {
        /// Reads the temperature of the zone with this identifier.
        temperature(id: u32) { ZoneId(id) }
    }
    /// Lists the trip points of a zone, in the nest [`Trips`](ThermalAttr::Trips).
    Ask GetTrips = THERMAL_GENL_CMD_TZ_GET_TRIP {
        /// Lists the trip points of the zone with this identifier.
        of_zone(id: u32) { ZoneId(id) }
    }
    /// Reads the governor of a zone.
    Ask GetGovernor = THERMAL_GENL_CMD_TZ_GET_GOV {
        /// Reads the governor of the zone with this identifier.
        of_zone(id: u32) { ZoneId(id) }
    }
    /// Reads the mode of a zone.
    Ask GetMode = THERMAL_GENL_CMD_TZ_GET_MODE {
        /// Reads the mode of the zone with this identifier.
        of_zone(id: u32) { ZoneId(id) }
    }
    /// Lists the cooling devices in one row, in the nest [`Coolers`](ThermalAttr::Coolers).
    Unnumbered GetCoolers = THERMAL_GENL_CMD_CDEV_GET {
        /// Lists all cooling devices.
        all() {}
    }
    /// Lists the thresholds of a zone, in the nest
    /// [`Thresholds`](ThermalAttr::Thresholds) (Linux 6.13).
    Ask GetThresholds = THERMAL_GENL_CMD_THRESHOLD_GET {
        /// Lists the thresholds of the zone with this identifier.
        of_zone(id: u32) { ZoneId(id) }
    }
    /// Adds a threshold to a zone (Linux 6.13).
    Act NewThreshold = THERMAL_GENL_CMD_THRESHOLD_ADD {
        /// Reports when the temperature in millidegrees Celsius is crossed.
        of_zone(id: u32, temperature: i32, direction: Direction) {
            ZoneId(id), ThresholdTemperature(temperature), ThresholdDirection(direction)
        }
    }
    /// Deletes a threshold of a zone (Linux 6.13).
    Delete(ENOENT) DeleteThreshold = THERMAL_GENL_CMD_THRESHOLD_DELETE {
        /// Deletes the threshold with this temperature in millidegrees Celsius.
        of_zone(id: u32, temperature: i32, direction: Direction) {
            ZoneId(id), ThresholdTemperature(temperature), ThresholdDirection(direction)
        }
    }
    /// Deletes the thresholds of a zone (Linux 6.13).
    Act FlushThresholds = THERMAL_GENL_CMD_THRESHOLD_FLUSH {
        /// Deletes the thresholds of the zone with this identifier.
        of_zone(id: u32) { ZoneId(id) }
    }
}

changes! {
    /// Notification of the groups [`THERMAL_GENL_SAMPLING_GROUP_NAME`] and
    /// [`THERMAL_GENL_EVENT_GROUP_NAME`].
    Change {
        /// Temperature of a zone.
        Sample(Thermal) = THERMAL_GENL_SAMPLING_TEMP;
        /// New zone.
        NewZone(Thermal) = THERMAL_GENL_EVENT_TZ_CREATE;
        /// Deleted zone.
        DelZone(Thermal) = THERMAL_GENL_EVENT_TZ_DELETE;
        /// Disabled zone.
        Disabled(Thermal) = THERMAL_GENL_EVENT_TZ_DISABLE;
        /// Enabled zone.
        Enabled(Thermal) = THERMAL_GENL_EVENT_TZ_ENABLE;
        /// Temperature above a trip point.
        TripUp(Thermal) = THERMAL_GENL_EVENT_TZ_TRIP_UP;
        /// Temperature below a trip point.
        TripDown(Thermal) = THERMAL_GENL_EVENT_TZ_TRIP_DOWN;
        /// Changed trip point.
        Trip(Thermal) = THERMAL_GENL_EVENT_TZ_TRIP_CHANGE;
        /// New trip point.
        NewTrip(Thermal) = THERMAL_GENL_EVENT_TZ_TRIP_ADD;
        /// Deleted trip point.
        DelTrip(Thermal) = THERMAL_GENL_EVENT_TZ_TRIP_DELETE;
        /// Cooling device that was bound to a zone.
        NewCooler(Thermal) = THERMAL_GENL_EVENT_CDEV_ADD;
        /// Cooling device that no zone has any more.
        DelCooler(Thermal) = THERMAL_GENL_EVENT_CDEV_DELETE;
        /// Changed state of a cooling device.
        Cooler(Thermal) = THERMAL_GENL_EVENT_CDEV_STATE_UPDATE;
        /// Changed governor of a zone.
        Governor(Thermal) = THERMAL_GENL_EVENT_TZ_GOV_CHANGE;
        /// Changed capabilities of CPUs.
        Cpus(Thermal) = THERMAL_GENL_EVENT_CPU_CAPABILITY_CHANGE;
        /// New threshold.
        NewThreshold(Thermal) = THERMAL_GENL_EVENT_THRESHOLD_ADD;
        /// Deleted threshold.
        DelThreshold(Thermal) = THERMAL_GENL_EVENT_THRESHOLD_DELETE;
        /// Deleted thresholds of a zone.
        FlushThresholds(Thermal) = THERMAL_GENL_EVENT_THRESHOLD_FLUSH;
        /// Temperature above a threshold.
        ThresholdUp(Thermal) = THERMAL_GENL_EVENT_THRESHOLD_UP;
        /// Temperature below a threshold.
        ThresholdDown(Thermal) = THERMAL_GENL_EVENT_THRESHOLD_DOWN;
    }
}

numbers! {
    /// Type of a trip point: the action at its temperature.
    pub struct TripType(u32) {
        /// Cools by devices such as fans.
        ACTIVE = 0 "THERMAL_TRIP_ACTIVE" "active";
        /// Cools by less performance.
        PASSIVE = 1 "THERMAL_TRIP_PASSIVE" "passive";
        /// Notifies the driver.
        HOT = 2 "THERMAL_TRIP_HOT" "hot";
        /// Shuts the machine down.
        CRITICAL = 3 "THERMAL_TRIP_CRITICAL" "critical";
    }
}

numbers! {
    /// Mode of a zone.
    pub struct Mode(u32) {
        DISABLED = 0 "THERMAL_DEVICE_DISABLED" "disabled";
        ENABLED = 1 "THERMAL_DEVICE_ENABLED" "enabled";
    }
}

numbers! {
    /// Direction in which a threshold is crossed.
    pub struct Direction(u32) {
        UP = 1 "THERMAL_THRESHOLD_WAY_UP" "up";
        DOWN = 2 "THERMAL_THRESHOLD_WAY_DOWN" "down";
        BOTH = 3 "THERMAL_THRESHOLD_WAY_BOTH" "both";
    }
}

attributes! {
    /// Zones, trip points and cooling devices (`THERMAL_GENL_ATTR_*`).
    /// Temperatures are in millidegrees Celsius.
    pub set Thermal, enum ThermalAttr {
        /// List of zones: identifier and name of each.
        1 THERMAL_GENL_ATTR_TZ Zones zones: Nest<Thermal>,
        /// Identifier of a zone.
        2 THERMAL_GENL_ATTR_TZ_ID ZoneId zone_id: u32,
        /// Temperature of a zone.
        3 THERMAL_GENL_ATTR_TZ_TEMP Temperature temperature: i32,
        /// List of trip points: identifier, type, temperature and hysteresis.
        4 THERMAL_GENL_ATTR_TZ_TRIP Trips trips: Nest<Thermal>,
        /// Identifier of a trip point.
        5 THERMAL_GENL_ATTR_TZ_TRIP_ID TripId trip_id: u32,
        /// Type of a trip point.
        6 THERMAL_GENL_ATTR_TZ_TRIP_TYPE TripType trip_type: TripType,
        /// Temperature of a trip point.
        7 THERMAL_GENL_ATTR_TZ_TRIP_TEMP TripTemperature trip_temperature: i32,
        /// Hysteresis of a trip point.
        8 THERMAL_GENL_ATTR_TZ_TRIP_HYST TripHysteresis trip_hysteresis: i32,
        /// Mode of a zone.
        9 THERMAL_GENL_ATTR_TZ_MODE Mode mode: Mode,
        /// Name of a zone.
        10 THERMAL_GENL_ATTR_TZ_NAME ZoneName zone_name: Text,
        /// Weight of a cooling device in a zone; unused by the kernel.
        11 THERMAL_GENL_ATTR_TZ_CDEV_WEIGHT CoolerWeight cooler_weight: u32,
        /// List of governors; unused by the kernel.
        12 THERMAL_GENL_ATTR_TZ_GOV Governors governors: Nest<Thermal>,
        /// Name of the zone's governor.
        13 THERMAL_GENL_ATTR_TZ_GOV_NAME ZoneGovernor zone_governor: Text,
        /// List of cooling devices: identifier and name of each.
        14 THERMAL_GENL_ATTR_CDEV Coolers coolers: Nest<Thermal>,
        /// Identifier of a cooling device.
        15 THERMAL_GENL_ATTR_CDEV_ID CoolerId cooler_id: u32,
        /// Current state of a cooling device.
        16 THERMAL_GENL_ATTR_CDEV_CUR_STATE CoolerState cooler_state: u32,
        /// Maximum state of a cooling device.
        17 THERMAL_GENL_ATTR_CDEV_MAX_STATE CoolerMaxState cooler_max_state: u32,
        /// Name of a cooling device.
        18 THERMAL_GENL_ATTR_CDEV_NAME CoolerName cooler_name: Text,
        /// Name of a governor.
        19 THERMAL_GENL_ATTR_GOV_NAME GovernorName governor_name: Text,
        /// List of CPUs: number, performance and efficiency of each.
        20 THERMAL_GENL_ATTR_CPU_CAPABILITY Cpus cpus: Nest<Thermal>,
        /// Number of a CPU.
        21 THERMAL_GENL_ATTR_CPU_CAPABILITY_ID CpuId cpu_id: u32,
        /// Performance of a CPU, 0 to 1023.
        22 THERMAL_GENL_ATTR_CPU_CAPABILITY_PERFORMANCE CpuPerformance cpu_performance: u32,
        /// Efficiency of a CPU, 0 to 1023.
        23 THERMAL_GENL_ATTR_CPU_CAPABILITY_EFFICIENCY CpuEfficiency cpu_efficiency: u32,
        /// List of thresholds: temperature and direction of each.
        24 THERMAL_GENL_ATTR_THRESHOLD Thresholds thresholds: Nest<Thermal>,
        /// Temperature of a threshold.
        25 THERMAL_GENL_ATTR_THRESHOLD_TEMP ThresholdTemperature threshold_temperature: i32,
        /// Direction of a threshold.
        26 THERMAL_GENL_ATTR_THRESHOLD_DIRECTION ThresholdDirection threshold_direction: Direction,
        /// Temperature of the zone before an event.
        27 THERMAL_GENL_ATTR_TZ_PREV_TEMP PreviousTemperature previous_temperature: i32,
    }
}
