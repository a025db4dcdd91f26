//! Requests of devlink.

use super::super::family::requests;
use super::*;
use crate::Text;

requests! {
    Devlink, DevlinkAttr, DevlinkRow, "device";

    /// Reads a device.
    Ask GetDevice = DEVLINK_CMD_GET {
        /// Reads this device of a bus.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Lists the devices.
    List GetDevices = DEVLINK_CMD_GET {
        /// Lists all devices.
        all() {}
    }
    /// Reads a port.
    Ask GetPort = DEVLINK_CMD_PORT_GET {
        /// Reads the port of a device with this index.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, port: u32) { Bus(bus.into()), Device(device.into()), Port(port) }
    }
    /// Lists ports.
    List GetPorts = DEVLINK_CMD_PORT_GET {
        /// Lists the ports of all devices.
        all() {}
        /// Lists the ports of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Changes a port.
    Act SetPort = DEVLINK_CMD_PORT_SET {
        /// Changes the port of a device with this index.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, port: u32) { Bus(bus.into()), Device(device.into()), Port(port) }
    }
    /// Creates a port, and returns it.
    Ask NewPort = DEVLINK_CMD_PORT_NEW {
        /// Creates a port of this device with a flavour.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, flavour: PortFlavour) { Bus(bus.into()), Device(device.into()), PortFlavour(flavour) }
    }
    /// Deletes a port.
    Delete(ENODEV) DeletePort = DEVLINK_CMD_PORT_DEL {
        /// Deletes the port of a device with this index.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, port: u32) { Bus(bus.into()), Device(device.into()), Port(port) }
    }
    /// Splits a port.
    Act SplitPort = DEVLINK_CMD_PORT_SPLIT {
        /// Splits the port of a device into so many.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, port: u32, count: u32) { Bus(bus.into()), Device(device.into()), Port(port), SplitCount(count) }
    }
    /// Joins the parts of a port.
    Act UnsplitPort = DEVLINK_CMD_PORT_UNSPLIT {
        /// Joins the parts of the port with this index.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, port: u32) { Bus(bus.into()), Device(device.into()), Port(port) }
    }
    /// Reads versions and serial numbers of a device.
    Ask GetInfo = DEVLINK_CMD_INFO_GET {
        /// Reads those of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Lists versions and serial numbers.
    List GetInfos = DEVLINK_CMD_INFO_GET {
        /// Lists those of all devices.
        all() {}
    }
    /// Reads the settings of the eswitch.
    Ask GetEswitch = DEVLINK_CMD_ESWITCH_GET {
        /// Reads the settings of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Changes the settings of the eswitch.
    Act SetEswitch = DEVLINK_CMD_ESWITCH_SET {
        /// Changes the settings of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Reads a parameter.
    Ask GetParam = DEVLINK_CMD_PARAM_GET {
        /// Reads the parameter of a device with this name.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, name: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), ParamName(name.into()) }
    }
    /// Lists parameters.
    List GetParams = DEVLINK_CMD_PARAM_GET {
        /// Lists the parameters of all devices.
        all() {}
        /// Lists the parameters of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Changes a parameter: `with` [`ParamType`](DevlinkAttr::ParamType),
    /// [`ParamMode`](DevlinkAttr::ParamMode) and
    /// [`ParamData`](DevlinkAttr::ParamData).
    Act SetParam = DEVLINK_CMD_PARAM_SET {
        /// Changes the parameter of a device with this name.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, name: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), ParamName(name.into()) }
    }
    /// Reads the resources of a device.
    Ask GetResources = DEVLINK_CMD_RESOURCE_DUMP {
        /// Reads the resources of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Changes the size of a resource, for the time after a reload.
    Act SetResource = DEVLINK_CMD_RESOURCE_SET {
        /// Changes the resource with this identifier.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, resource: u64, size: u64) { Bus(bus.into()), Device(device.into()), ResourceId(resource), ResourceSize(size) }
    }
    /// Reloads a device, and returns the actions that were carried out.
    Ask Reload = DEVLINK_CMD_RELOAD {
        /// Reloads this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, action: ReloadAction) { Bus(bus.into()), Device(device.into()), ReloadAction(action) }
    }
    /// Reads a health reporter.
    Ask GetHealth = DEVLINK_CMD_HEALTH_REPORTER_GET {
        /// Reads the reporter of a device with this name.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, name: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), HealthName(name.into()) }
    }
    /// Lists health reporters.
    List GetHealths = DEVLINK_CMD_HEALTH_REPORTER_GET {
        /// Lists the reporters of all devices.
        all() {}
        /// Lists the reporters of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Changes a health reporter.
    Act SetHealth = DEVLINK_CMD_HEALTH_REPORTER_SET {
        /// Names the reporter of a device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, name: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), HealthName(name.into()) }
    }
    /// Starts the recovery of a health reporter.
    Act RecoverHealth = DEVLINK_CMD_HEALTH_REPORTER_RECOVER {
        /// Names the reporter of a device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, name: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), HealthName(name.into()) }
    }
    /// Tests a health reporter.
    Act TestHealth = DEVLINK_CMD_HEALTH_REPORTER_TEST {
        /// Names the reporter of a device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, name: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), HealthName(name.into()) }
    }
    /// Deletes the dump of a health reporter.
    Act ClearHealthDump = DEVLINK_CMD_HEALTH_REPORTER_DUMP_CLEAR {
        /// Names the reporter of a device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, name: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), HealthName(name.into()) }
    }
    /// Reads the diagnosis of a health reporter, in several rows with
    /// [`Message`](DevlinkAttr::Message).
    Ask DiagnoseHealth = DEVLINK_CMD_HEALTH_REPORTER_DIAGNOSE {
        /// Names the reporter of a device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, name: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), HealthName(name.into()) }
    }
    /// Reads the dump of a health reporter, in several rows with
    /// [`Message`](DevlinkAttr::Message).
    List GetHealthDump = DEVLINK_CMD_HEALTH_REPORTER_DUMP_GET {
        /// Names the reporter of a device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, name: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), HealthName(name.into()) }
    }
    /// Reads a trap.
    Ask GetTrap = DEVLINK_CMD_TRAP_GET {
        /// Reads the trap of a device with this name.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, name: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), TrapName(name.into()) }
    }
    /// Lists traps.
    List GetTraps = DEVLINK_CMD_TRAP_GET {
        /// Lists the traps of all devices.
        all() {}
        /// Lists the traps of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Changes the action of a trap.
    Act SetTrap = DEVLINK_CMD_TRAP_SET {
        /// Changes the trap of a device with this name.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, name: impl Into<Text<'a>>, action: TrapAction) { Bus(bus.into()), Device(device.into()), TrapName(name.into()), TrapAction(action) }
    }
    /// Lists groups of traps.
    List GetTrapGroups = DEVLINK_CMD_TRAP_GROUP_GET {
        /// Lists the groups of all devices.
        all() {}
        /// Lists the groups of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Changes a group of traps.
    Act SetTrapGroup = DEVLINK_CMD_TRAP_GROUP_SET {
        /// Changes the group of a device with this name.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, name: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), TrapGroup(name.into()) }
    }
    /// Lists policers of traps.
    List GetPolicers = DEVLINK_CMD_TRAP_POLICER_GET {
        /// Lists the policers of all devices.
        all() {}
        /// Lists the policers of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Changes a policer of traps.
    Act SetPolicer = DEVLINK_CMD_TRAP_POLICER_SET {
        /// Changes the policer of a device with this identifier.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, policer: u32) { Bus(bus.into()), Device(device.into()), Policer(policer) }
    }
    /// Reads the rate object of a port.
    Ask GetRate = DEVLINK_CMD_RATE_GET {
        /// Reads the rate object of the port with this index.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, port: u32) { Bus(bus.into()), Device(device.into()), Port(port) }
    }
    /// Lists rate objects.
    List GetRates = DEVLINK_CMD_RATE_GET {
        /// Lists the rate objects of all devices.
        all() {}
        /// Lists the rate objects of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Changes a rate object.
    Act SetRate = DEVLINK_CMD_RATE_SET {
        /// Changes the rate object of the port with this index.
        of_port(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, port: u32) { Bus(bus.into()), Device(device.into()), Port(port) }
        /// Changes the node with this name.
        of_node(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, node: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), RateNode(node.into()) }
    }
    /// Creates a rate node.
    Act NewRate = DEVLINK_CMD_RATE_NEW {
        /// Creates the node with this name.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, node: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), RateNode(node.into()) }
    }
    /// Deletes a rate node.
    Delete(ENODEV) DeleteRate = DEVLINK_CMD_RATE_DEL {
        /// Deletes the node with this name.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, node: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), RateNode(node.into()) }
    }
    /// Lists regions.
    List GetRegions = DEVLINK_CMD_REGION_GET {
        /// Lists the regions of all devices.
        all() {}
        /// Lists the regions of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Takes a snapshot of a region, and returns its identifier.
    Ask NewSnapshot = DEVLINK_CMD_REGION_NEW {
        /// Takes a snapshot of the region with this name.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, region: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), RegionName(region.into()) }
    }
    /// Deletes a snapshot of a region.
    Delete(EINVAL) DeleteSnapshot = DEVLINK_CMD_REGION_DEL {
        /// Deletes the snapshot with this identifier.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, region: impl Into<Text<'a>>, snapshot: u32) { Bus(bus.into()), Device(device.into()), RegionName(region.into()), SnapshotId(snapshot) }
    }
    /// Reads a snapshot of a region, in several rows with
    /// [`RegionChunks`](DevlinkAttr::RegionChunks).
    List ReadSnapshot = DEVLINK_CMD_REGION_READ {
        /// Reads the snapshot with this identifier.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, region: impl Into<Text<'a>>, snapshot: u32) { Bus(bus.into()), Device(device.into()), RegionName(region.into()), SnapshotId(snapshot) }
    }
    /// Updates the firmware from a file in `/lib/firmware`.
    Act UpdateFlash = DEVLINK_CMD_FLASH_UPDATE {
        /// Updates this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, file: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), FlashFile(file.into()) }
    }
    /// Lists line cards.
    List GetLineCards = DEVLINK_CMD_LINECARD_GET {
        /// Lists the line cards of all devices.
        all() {}
        /// Lists the line cards of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Changes the type of a line card.
    Act SetLineCard = DEVLINK_CMD_LINECARD_SET {
        /// Changes the line card with this index.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, line_card: u32, kind: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), LineCard(line_card), LineCardType(kind.into()) }
    }
    /// Lists shared buffers.
    List GetSharedBuffers = DEVLINK_CMD_SB_GET {
        /// Lists the buffers of all devices.
        all() {}
        /// Lists the buffers of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Lists pools of shared buffers.
    List GetPools = DEVLINK_CMD_SB_POOL_GET {
        /// Lists the pools of all devices.
        all() {}
        /// Lists the pools of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Changes a pool: `with` [`PoolSize`](DevlinkAttr::PoolSize) and
    /// [`ThresholdType`](DevlinkAttr::ThresholdType).
    Act SetPool = DEVLINK_CMD_SB_POOL_SET {
        /// Changes the pool of a shared buffer with this index.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, buffer: u32, pool: u16) { Bus(bus.into()), Device(device.into()), SharedBuffer(buffer), Pool(pool) }
    }
    /// Lists pools of ports.
    List GetPortPools = DEVLINK_CMD_SB_PORT_POOL_GET {
        /// Lists the pools of all devices.
        all() {}
        /// Lists the pools of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Lists pools of traffic classes.
    List GetClassPools = DEVLINK_CMD_SB_TC_POOL_BIND_GET {
        /// Lists the pools of all devices.
        all() {}
        /// Lists the pools of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Lists the self-tests.
    Ask GetSelfTests = DEVLINK_CMD_SELFTESTS_GET {
        /// Lists the self-tests of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Runs self-tests: `with` [`SelfTests`](DevlinkAttr::SelfTests).
    Ask RunSelfTests = DEVLINK_CMD_SELFTESTS_RUN {
        /// Runs self-tests of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Lists the tables of the pipeline.
    Ask GetDpipeTables = DEVLINK_CMD_DPIPE_TABLE_GET {
        /// Lists the tables of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Lists the entries of a table.
    Ask GetDpipeEntries = DEVLINK_CMD_DPIPE_ENTRIES_GET {
        /// Lists the entries of the table with this name.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>, table: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()), DpipeTableName(table.into()) }
    }
    /// Lists the headers of the pipeline.
    Ask GetDpipeHeaders = DEVLINK_CMD_DPIPE_HEADERS_GET {
        /// Lists the headers of this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
    /// Limits the notifications that the sending socket gets.
    Act SetNotifyFilter = DEVLINK_CMD_NOTIFY_FILTER_SET {
        /// Limits the notifications to this device.
        of(bus: impl Into<Text<'a>>, device: impl Into<Text<'a>>) { Bus(bus.into()), Device(device.into()) }
    }
}
