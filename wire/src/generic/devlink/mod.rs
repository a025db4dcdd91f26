//! `devlink`: devices, ports, parameters, health, traps, rates and firmware of
//! network cards and switches, as `devlink` of iproute2 shows and sets them
//! (`linux/devlink.h`).
//!
//! A device is named by its bus and its name there:
//!
//! ```
//! use nlwire::generic::devlink::{DevlinkAttr, EswitchMode, GetInfo, GetPorts, SetEswitch};
//!
//! let ports = GetPorts::all();
//! let versions = GetInfo::of("pci", "0000:01:00.0");
//! let mode = [DevlinkAttr::EswitchMode(EswitchMode::SWITCHDEV)];
//! let set = SetEswitch::of("pci", "0000:01:00.0").with(&mode);
//! ```
//!
//! Commands of `devlink`, and the values that do the same:
//!
//! ```
//! use nlwire::generic::devlink::*;
//!
//! let (bus, device) = ("pci", "0000:01:00.0");
//! // devlink port show, add, del, set, split and unsplit
//! let one = GetPort::of(bus, device, 1);
//! let new = NewPort::of(bus, device, PortFlavour::PCI_SF);
//! let delete = DeletePort::of(bus, device, 32768).if_there();
//! let set = SetPort::of(bus, device, 1).with(&[DevlinkAttr::PortType(PortType::ETHERNET)]);
//! let split = SplitPort::of(bus, device, 1, 4);
//! let unsplit = UnsplitPort::of(bus, device, 1);
//! // devlink dev param show and set, reload, flash
//! let sriov = GetParam::of(bus, device, "enable_sriov");
//! let value = [DevlinkAttr::ParamMode(ParamMode::DRIVER_INIT), DevlinkAttr::ParamData(&[1])];
//! let set = SetParam::of(bus, device, "max_macs").with(&value);
//! let reload = Reload::of(bus, device, ReloadAction::DRIVER_REINIT);
//! let flash = UpdateFlash::of(bus, device, "vendor/card.mfa2");
//! // devlink health show, set, recover, diagnose, test, dump show and dump clear
//! let fw = GetHealth::of(bus, device, "fw");
//! let set = SetHealth::of(bus, device, "fw").with(&[DevlinkAttr::HealthAutoRecover(1)]);
//! let recover = RecoverHealth::of(bus, device, "fw");
//! let diagnose = DiagnoseHealth::of(bus, device, "fw");
//! let test = TestHealth::of(bus, device, "fw");
//! let dump = GetHealthDump::of(bus, device, "fw");
//! let clear = ClearHealthDump::of(bus, device, "fw");
//! // devlink trap show, set, group set and policer set
//! let trap = GetTrap::of(bus, device, "blackhole_route");
//! let set = SetTrap::of(bus, device, "blackhole_route", TrapAction::TRAP);
//! let group = SetTrapGroup::of(bus, device, "l3_drops");
//! let policer = SetPolicer::of(bus, device, 1).with(&[DevlinkAttr::PolicerRate(1000)]);
//! // devlink port function rate show, set, add and del
//! let rate = GetRate::of(bus, device, 1);
//! let leaf = SetRate::of_port(bus, device, 1).with(&[DevlinkAttr::RateMax(125_000_000)]);
//! let add = NewRate::of(bus, device, "group1");
//! let node = SetRate::of_node(bus, device, "group1").with(&[DevlinkAttr::RateShare(1)]);
//! let delete = DeleteRate::of(bus, device, "group1").if_there();
//! // devlink region new, dump and del
//! let snapshot = NewSnapshot::of(bus, device, "cr-space");
//! let read = ReadSnapshot::of(bus, device, "cr-space", 1);
//! let delete = DeleteSnapshot::of(bus, device, "cr-space", 1).if_there();
//! // devlink resource set, sb pool set, lc set, dpipe table dump
//! let resource = SetResource::of(bus, device, 1, 98304);
//! let pool = SetPool::of(bus, device, 0, 4).with(&[DevlinkAttr::PoolSize(1_048_576)]);
//! let card = SetLineCard::of(bus, device, 8, "16x100G");
//! let entries = GetDpipeEntries::of(bus, device, "mlxsw_host4");
//! ```
//!
//! `EINVAL` is the answer of many drivers to what they do not have.
//!
//! Devices with their versions, and the eswitch of one, as `devlink dev`,
//! `devlink dev info` and `devlink dev eswitch show pci/0000:01:00.0` print them:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::devlink::*;
//! use nlwire::request::Object;
//!
//! let (bus, device) = ("pci", "0000:01:00.0");
//! let devices = GetDevices::all();
//! let one = GetDevice::of(bus, device);
//! let versions = GetInfos::all();
//! let eswitch = GetEswitch::of(bus, device);
//! assert_eq!(
//!     Object(&eswitch, 0).to_string(),
//!     r#"device {DEVLINK_ATTR_BUS_NAME: "pci", DEVLINK_ATTR_DEV_NAME: "0000:01:00.0"}"#,
//! );
//!
//! /// Prints the versions that run. A driver that reports none has its name alone.
//! fn print(row: &DevlinkRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => Devlink { device, driver, running_version })?;
//!     println!("{:?} with driver {:?}", found.device, found.driver);
//!     for version in found.running_version.into_iter().flatten() {
//!         let version = fields!(version? => Devlink { version_name, version })?;
//!         println!("{:?} {:?}", version.version_name, version.version);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! A supervisor that looks at one device: its notifications alone, the errors that
//! its reporters found, and its self-tests, as `devlink health show` and
//! `devlink dev selftests run pci/0000:01:00.0 id flash` do:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::devlink::*;
//!
//! let (bus, device) = ("pci", "0000:01:00.0");
//! let only = SetNotifyFilter::of(bus, device);
//! let reporters = GetHealths::of(bus, device);
//! let tests = GetSelfTests::of(bus, device);
//! let flash = [SelfTestsAttr::Flash(true)];
//! let flash = [DevlinkAttr::SelfTests((&flash).into())];
//! let run = RunSelfTests::of(bus, device).with(&flash);
//!
//! /// Prints a reporter and the errors that it has found and recovered from.
//! fn print(row: &DevlinkRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let Some(reporter) =
//!         fields!(row.attributes => Devlink { health_reporter })?.health_reporter
//!     else {
//!         return Ok(());
//!     };
//!     let found =
//!         fields!(reporter => Devlink { health_name, health_errors, health_recoveries })?;
//!     println!(
//!         "{:?}: {:?} errors, {:?} recoveries",
//!         found.health_name, found.health_errors, found.health_recoveries
//!     );
//!     Ok(())
//! }
//! ```
//!
//! Inventory of a switch: each list takes all devices, or one of them:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::devlink::*;
//!
//! let (bus, device) = ("pci", "0000:03:00.0");
//! // devlink sb show, sb pool show, sb port pool show and sb tc bind show
//! let buffers = GetSharedBuffers::all();
//! let pools = GetPools::of(bus, device);
//! let port_pools = GetPortPools::of(bus, device);
//! let class_pools = GetClassPools::of(bus, device);
//! // devlink trap show, trap group show and trap policer show
//! let traps = GetTraps::of(bus, device);
//! let groups = GetTrapGroups::of(bus, device);
//! let policers = GetPolicers::of(bus, device);
//! // devlink dpipe table show and dpipe header show
//! let tables = GetDpipeTables::of(bus, device);
//! let headers = GetDpipeHeaders::of(bus, device);
//! // devlink lc show, dev param show, port function rate show and region show
//! let line_cards = GetLineCards::of(bus, device);
//! let parameters = GetParams::of(bus, device);
//! let rates = GetRates::all();
//! let regions = GetRegions::of(bus, device);
//! // devlink resource show
//! let resources = GetResources::of(bus, device);
//!
//! /// Prints the resources. One without an occupancy does not count its use.
//! fn print(row: &DevlinkRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let Some(resources) = fields!(row.attributes => Devlink { resources })?.resources else {
//!         return Ok(());
//!     };
//!     for resource in fields!(resources => Devlink { resource })?
//!         .resource
//!         .into_iter()
//!         .flatten()
//!     {
//!         let found = fields!(resource? => Devlink { resource_name, resource_size, resource_occupancy })?;
//!         println!(
//!             "{:?}: {:?} of {:?}",
//!             found.resource_name, found.resource_occupancy, found.resource_size
//!         );
//!     }
//!     Ok(())
//! }
//! ```

pub mod attributes;
mod request;
pub mod values;

#[doc(no_inline)]
pub use attributes::*;
pub use request::*;
#[doc(no_inline)]
pub use values::*;

use super::family::{changes, family};

family! {
    name DEVLINK_GENL_NAME "devlink";
    version DEVLINK_GENL_VERSION 1;
    group DEVLINK_GENL_MCGRP_CONFIG_NAME "config" "all notifications: [`Change`].";
    command 1 DEVLINK_CMD_GET Devlink "Reads a device, or lists all.";
    command 2 DEVLINK_CMD_SET Devlink "Changes a device.";
    command 3 DEVLINK_CMD_NEW Devlink "Reports a device.";
    command 4 DEVLINK_CMD_DEL Devlink "Reports a deleted device.";
    command 5 DEVLINK_CMD_PORT_GET Devlink "Reads a port, or lists all.";
    command 6 DEVLINK_CMD_PORT_SET Devlink "Changes a port.";
    command 7 DEVLINK_CMD_PORT_NEW Devlink "Creates a port, or reports one.";
    command 8 DEVLINK_CMD_PORT_DEL Devlink "Deletes a port, or reports that.";
    command 9 DEVLINK_CMD_PORT_SPLIT Devlink "Splits a port.";
    command 10 DEVLINK_CMD_PORT_UNSPLIT Devlink "Joins the parts of a port.";
    command 11 DEVLINK_CMD_SB_GET Devlink "Reads a shared buffer, or lists all.";
    command 12 DEVLINK_CMD_SB_SET Devlink "Changes a shared buffer.";
    command 13 DEVLINK_CMD_SB_NEW Devlink "Reports a shared buffer.";
    command 14 DEVLINK_CMD_SB_DEL Devlink "Reports a deleted shared buffer.";
    command 15 DEVLINK_CMD_SB_POOL_GET Devlink "Reads a pool of a shared buffer, or lists all.";
    command 16 DEVLINK_CMD_SB_POOL_SET Devlink "Changes a pool of a shared buffer.";
    command 17 DEVLINK_CMD_SB_POOL_NEW Devlink "Reports a pool of a shared buffer.";
    command 18 DEVLINK_CMD_SB_POOL_DEL Devlink "Reports a deleted pool of a shared buffer.";
    command 19 DEVLINK_CMD_SB_PORT_POOL_GET Devlink "Reads a pool of a port, or lists all.";
    command 20 DEVLINK_CMD_SB_PORT_POOL_SET Devlink "Changes a pool of a port.";
    command 21 DEVLINK_CMD_SB_PORT_POOL_NEW Devlink "Reports a pool of a port.";
    command 22 DEVLINK_CMD_SB_PORT_POOL_DEL Devlink "Reports a deleted pool of a port.";
    command 23 DEVLINK_CMD_SB_TC_POOL_BIND_GET Devlink "Reads a pool of a traffic class, or lists all.";
    command 24 DEVLINK_CMD_SB_TC_POOL_BIND_SET Devlink "Changes a pool of a traffic class.";
    command 25 DEVLINK_CMD_SB_TC_POOL_BIND_NEW Devlink "Reports a pool of a traffic class.";
    command 26 DEVLINK_CMD_SB_TC_POOL_BIND_DEL Devlink "Reports a deleted pool of a traffic class.";
    command 27 DEVLINK_CMD_SB_OCC_SNAPSHOT Devlink "Takes a snapshot of the occupancy.";
    command 28 DEVLINK_CMD_SB_OCC_MAX_CLEAR Devlink "Sets the maximum occupancy to the current one.";
    command 29 DEVLINK_CMD_ESWITCH_GET Devlink "Reads an eswitch, or lists all.";
    command 30 DEVLINK_CMD_ESWITCH_SET Devlink "Changes an eswitch.";
    command 31 DEVLINK_CMD_DPIPE_TABLE_GET Devlink "Lists the tables of the pipeline.";
    command 32 DEVLINK_CMD_DPIPE_ENTRIES_GET Devlink "Lists the entries of a table.";
    command 33 DEVLINK_CMD_DPIPE_HEADERS_GET Devlink "Lists the headers of the pipeline.";
    command 34 DEVLINK_CMD_DPIPE_TABLE_COUNTERS_SET Devlink "Enables or disables the counters of a table.";
    command 35 DEVLINK_CMD_RESOURCE_SET Devlink "Changes the size of a resource.";
    command 36 DEVLINK_CMD_RESOURCE_DUMP Devlink "Reads the resources.";
    command 37 DEVLINK_CMD_RELOAD Devlink "Reloads a device.";
    command 38 DEVLINK_CMD_PARAM_GET Devlink "Reads a parameter, or lists all.";
    command 39 DEVLINK_CMD_PARAM_SET Devlink "Changes a parameter.";
    command 40 DEVLINK_CMD_PARAM_NEW Devlink "Reports a parameter.";
    command 41 DEVLINK_CMD_PARAM_DEL Devlink "Reports a deleted parameter.";
    command 42 DEVLINK_CMD_REGION_GET Devlink "Reads a region, or lists all.";
    command 43 DEVLINK_CMD_REGION_SET Devlink "Changes a region.";
    command 44 DEVLINK_CMD_REGION_NEW Devlink "Takes a snapshot of a region, or reports one.";
    command 45 DEVLINK_CMD_REGION_DEL Devlink "Deletes a snapshot of a region, or reports that.";
    command 46 DEVLINK_CMD_REGION_READ Devlink "Reads a snapshot of a region.";
    command 47 DEVLINK_CMD_PORT_PARAM_GET Devlink "Reads a parameter of a port, or lists all.";
    command 48 DEVLINK_CMD_PORT_PARAM_SET Devlink "Changes a parameter of a port.";
    command 49 DEVLINK_CMD_PORT_PARAM_NEW Devlink "Reports a parameter of a port.";
    command 50 DEVLINK_CMD_PORT_PARAM_DEL Devlink "Reports a deleted parameter of a port.";
    command 51 DEVLINK_CMD_INFO_GET Devlink "Reads versions and serial numbers.";
    command 52 DEVLINK_CMD_HEALTH_REPORTER_GET Devlink "Reads a health reporter, or lists all.";
    command 53 DEVLINK_CMD_HEALTH_REPORTER_SET Devlink "Changes a health reporter.";
    command 54 DEVLINK_CMD_HEALTH_REPORTER_RECOVER Devlink "Recovers a health reporter.";
    command 55 DEVLINK_CMD_HEALTH_REPORTER_DIAGNOSE Devlink "Reads the diagnosis of a health reporter.";
    command 56 DEVLINK_CMD_HEALTH_REPORTER_DUMP_GET Devlink "Reads the dump of a health reporter.";
    command 57 DEVLINK_CMD_HEALTH_REPORTER_DUMP_CLEAR Devlink "Deletes the dump of a health reporter.";
    command 58 DEVLINK_CMD_FLASH_UPDATE Devlink "Updates the firmware.";
    command 59 DEVLINK_CMD_FLASH_UPDATE_END Devlink "Reports the end of a firmware update.";
    command 60 DEVLINK_CMD_FLASH_UPDATE_STATUS Devlink "Reports the progress of a firmware update.";
    command 61 DEVLINK_CMD_TRAP_GET Devlink "Reads a trap, or lists all.";
    command 62 DEVLINK_CMD_TRAP_SET Devlink "Changes a trap.";
    command 63 DEVLINK_CMD_TRAP_NEW Devlink "Reports a trap.";
    command 64 DEVLINK_CMD_TRAP_DEL Devlink "Reports a deleted trap.";
    command 65 DEVLINK_CMD_TRAP_GROUP_GET Devlink "Reads a group of traps, or lists all.";
    command 66 DEVLINK_CMD_TRAP_GROUP_SET Devlink "Changes a group of traps.";
    command 67 DEVLINK_CMD_TRAP_GROUP_NEW Devlink "Reports a group of traps.";
    command 68 DEVLINK_CMD_TRAP_GROUP_DEL Devlink "Reports a deleted group of traps.";
    command 69 DEVLINK_CMD_TRAP_POLICER_GET Devlink "Reads a policer of traps, or lists all.";
    command 70 DEVLINK_CMD_TRAP_POLICER_SET Devlink "Changes a policer of traps.";
    command 71 DEVLINK_CMD_TRAP_POLICER_NEW Devlink "Reports a policer of traps.";
    command 72 DEVLINK_CMD_TRAP_POLICER_DEL Devlink "Reports a deleted policer of traps.";
    command 73 DEVLINK_CMD_HEALTH_REPORTER_TEST Devlink "Tests a health reporter.";
    command 74 DEVLINK_CMD_RATE_GET Devlink "Reads a rate object, or lists all.";
    command 75 DEVLINK_CMD_RATE_SET Devlink "Changes a rate object.";
    command 76 DEVLINK_CMD_RATE_NEW Devlink "Creates a rate node, or reports one.";
    command 77 DEVLINK_CMD_RATE_DEL Devlink "Deletes a rate node, or reports that.";
    command 78 DEVLINK_CMD_LINECARD_GET Devlink "Reads a line card, or lists all.";
    command 79 DEVLINK_CMD_LINECARD_SET Devlink "Changes a line card.";
    command 80 DEVLINK_CMD_LINECARD_NEW Devlink "Reports a line card.";
    command 81 DEVLINK_CMD_LINECARD_DEL Devlink "Reports a deleted line card.";
    command 82 DEVLINK_CMD_SELFTESTS_GET Devlink "Lists the self-tests.";
    command 83 DEVLINK_CMD_SELFTESTS_RUN Devlink "Runs self-tests.";
    command 84 DEVLINK_CMD_NOTIFY_FILTER_SET Devlink "Limits the notifications of a socket to a device.";
}

changes! {
    /// Notification of the group [`DEVLINK_GENL_MCGRP_CONFIG_NAME`].
    Change {
        /// New or changed device.
        NewDevice(Devlink) = DEVLINK_CMD_NEW;
        /// Deleted device.
        DelDevice(Devlink) = DEVLINK_CMD_DEL;
        /// New or changed port.
        NewPort(Devlink) = DEVLINK_CMD_PORT_NEW;
        /// Deleted port.
        DelPort(Devlink) = DEVLINK_CMD_PORT_DEL;
        /// New or changed parameter.
        NewParam(Devlink) = DEVLINK_CMD_PARAM_NEW;
        /// Deleted parameter.
        DelParam(Devlink) = DEVLINK_CMD_PARAM_DEL;
        /// New region or snapshot.
        NewRegion(Devlink) = DEVLINK_CMD_REGION_NEW;
        /// Deleted region or snapshot.
        DelRegion(Devlink) = DEVLINK_CMD_REGION_DEL;
        /// Health reporter that found an error, or recovered.
        Health(Devlink) = DEVLINK_CMD_HEALTH_REPORTER_RECOVER;
        /// Firmware update that began.
        Flash(Devlink) = DEVLINK_CMD_FLASH_UPDATE;
        /// Progress of a firmware update.
        FlashStatus(Devlink) = DEVLINK_CMD_FLASH_UPDATE_STATUS;
        /// Firmware update that ended.
        FlashEnd(Devlink) = DEVLINK_CMD_FLASH_UPDATE_END;
        /// New or changed trap.
        NewTrap(Devlink) = DEVLINK_CMD_TRAP_NEW;
        /// Deleted trap.
        DelTrap(Devlink) = DEVLINK_CMD_TRAP_DEL;
        /// New or changed group of traps.
        NewTrapGroup(Devlink) = DEVLINK_CMD_TRAP_GROUP_NEW;
        /// Deleted group of traps.
        DelTrapGroup(Devlink) = DEVLINK_CMD_TRAP_GROUP_DEL;
        /// New or changed policer.
        NewPolicer(Devlink) = DEVLINK_CMD_TRAP_POLICER_NEW;
        /// Deleted policer.
        DelPolicer(Devlink) = DEVLINK_CMD_TRAP_POLICER_DEL;
        /// New or changed rate object.
        NewRate(Devlink) = DEVLINK_CMD_RATE_NEW;
        /// Deleted rate object.
        DelRate(Devlink) = DEVLINK_CMD_RATE_DEL;
        /// New or changed line card.
        NewLineCard(Devlink) = DEVLINK_CMD_LINECARD_NEW;
        /// Deleted line card.
        DelLineCard(Devlink) = DEVLINK_CMD_LINECARD_DEL;
    }
}
