//! Attributes of devlink.

use super::values::*;
use crate::codec::{Bytes, Flag, Hardware, Many, Nest, Text, Uint};
use crate::{Bitfield32, LinkIndex, attributes};

attributes! {
    /// Device, port, or another object of a device (`DEVLINK_ATTR_*`). A row has the
    /// attributes of its object alone.
    pub set Devlink, enum DevlinkAttr {
        /// Bus of the device, such as `pci`.
        1 DEVLINK_ATTR_BUS_NAME Bus bus: Text,
        /// Name of the device on its bus, such as `0000:01:00.0`.
        2 DEVLINK_ATTR_DEV_NAME Device device: Text,
        /// Index of the port.
        3 DEVLINK_ATTR_PORT_INDEX Port port: u32,
        /// Type of the port.
        4 DEVLINK_ATTR_PORT_TYPE PortType port_type: PortType,
        /// Requested type of the port; absent if the type was never changed.
        5 DEVLINK_ATTR_PORT_DESIRED_TYPE PortDesiredType port_desired_type: PortType,
        /// Link index of the port; absent without a link, and for InfiniBand.
        6 DEVLINK_ATTR_PORT_NETDEV_IFINDEX PortLink port_link: LinkIndex,
        /// Link name of the port; absent without a link, and for InfiniBand.
        7 DEVLINK_ATTR_PORT_NETDEV_NAME PortLinkName port_link_name: Text,
        /// Name of the port's InfiniBand device; absent for Ethernet.
        8 DEVLINK_ATTR_PORT_IBDEV_NAME PortIbName port_ib_name: Text,
        /// Number of parts that a port is split into.
        9 DEVLINK_ATTR_PORT_SPLIT_COUNT SplitCount split_count: u32,
        /// Number of the port that was split into this one and others; absent for a port
        /// that is whole.
        10 DEVLINK_ATTR_PORT_SPLIT_GROUP SplitGroup split_group: u32,
        /// Index of the shared buffer.
        11 DEVLINK_ATTR_SB_INDEX SharedBuffer shared_buffer: u32,
        /// Size of the shared buffer in bytes.
        12 DEVLINK_ATTR_SB_SIZE SharedBufferSize shared_buffer_size: u32,
        /// Number of ingress pools.
        13 DEVLINK_ATTR_SB_INGRESS_POOL_COUNT IngressPools ingress_pools: u16,
        /// Number of egress pools.
        14 DEVLINK_ATTR_SB_EGRESS_POOL_COUNT EgressPools egress_pools: u16,
        /// Number of ingress traffic classes.
        15 DEVLINK_ATTR_SB_INGRESS_TC_COUNT IngressClasses ingress_classes: u16,
        /// Number of egress traffic classes.
        16 DEVLINK_ATTR_SB_EGRESS_TC_COUNT EgressClasses egress_classes: u16,
        /// Index of the pool.
        17 DEVLINK_ATTR_SB_POOL_INDEX Pool pool: u16,
        /// Direction of the pool's packets.
        18 DEVLINK_ATTR_SB_POOL_TYPE PoolType pool_type: PoolType,
        /// Size of the pool in bytes.
        19 DEVLINK_ATTR_SB_POOL_SIZE PoolSize pool_size: u32,
        /// Type of the pool's thresholds.
        20 DEVLINK_ATTR_SB_POOL_THRESHOLD_TYPE ThresholdType threshold_type: ThresholdType,
        /// Threshold.
        21 DEVLINK_ATTR_SB_THRESHOLD Threshold threshold: u32,
        /// Index of the traffic class.
        22 DEVLINK_ATTR_SB_TC_INDEX TrafficClass traffic_class: u16,
        /// Current occupancy in bytes.
        23 DEVLINK_ATTR_SB_OCC_CUR Occupancy occupancy: u32,
        /// Maximum occupancy in bytes.
        24 DEVLINK_ATTR_SB_OCC_MAX MaxOccupancy max_occupancy: u32,
        /// Mode of the eswitch; absent if the driver has no modes.
        25 DEVLINK_ATTR_ESWITCH_MODE EswitchMode eswitch_mode: EswitchMode,
        /// Headers that a virtual function passes along with a packet; absent if the
        /// driver cannot set them.
        26 DEVLINK_ATTR_ESWITCH_INLINE_MODE EswitchInlineMode eswitch_inline_mode: EswitchInlineMode,
        /// Tables of the pipeline.
        27 DEVLINK_ATTR_DPIPE_TABLES DpipeTables dpipe_tables: Nest<Devlink>,
        /// Table of the pipeline, an attribute for each.
        28 DEVLINK_ATTR_DPIPE_TABLE DpipeTable dpipe_table: Many<Nest<Devlink>>,
        /// Name of the table.
        29 DEVLINK_ATTR_DPIPE_TABLE_NAME DpipeTableName dpipe_table_name: Text,
        /// Size of the table in entries.
        30 DEVLINK_ATTR_DPIPE_TABLE_SIZE DpipeTableSize dpipe_table_size: u64,
        /// Matches of the table.
        31 DEVLINK_ATTR_DPIPE_TABLE_MATCHES DpipeMatches dpipe_matches: Nest<Devlink>,
        /// Actions of the table.
        32 DEVLINK_ATTR_DPIPE_TABLE_ACTIONS DpipeActions dpipe_actions: Nest<Devlink>,
        /// 1 if the counters of the table are enabled.
        33 DEVLINK_ATTR_DPIPE_TABLE_COUNTERS_ENABLED DpipeCounters dpipe_counters: u8,
        /// Entries of the table.
        34 DEVLINK_ATTR_DPIPE_ENTRIES DpipeEntries dpipe_entries: Nest<Devlink>,
        /// Entry, an attribute for each.
        35 DEVLINK_ATTR_DPIPE_ENTRY DpipeEntry dpipe_entry: Many<Nest<Devlink>>,
        /// Index of the entry.
        36 DEVLINK_ATTR_DPIPE_ENTRY_INDEX DpipeEntryIndex dpipe_entry_index: u64,
        /// Values of the entry's matches.
        37 DEVLINK_ATTR_DPIPE_ENTRY_MATCH_VALUES DpipeMatchValues dpipe_match_values: Nest<Devlink>,
        /// Values of the entry's actions.
        38 DEVLINK_ATTR_DPIPE_ENTRY_ACTION_VALUES DpipeActionValues dpipe_action_values: Nest<Devlink>,
        /// Counter of the entry.
        39 DEVLINK_ATTR_DPIPE_ENTRY_COUNTER DpipeCounter dpipe_counter: u64,
        /// Match, an attribute for each.
        40 DEVLINK_ATTR_DPIPE_MATCH DpipeMatch dpipe_match: Many<Nest<Devlink>>,
        /// Value of a match, an attribute for each.
        41 DEVLINK_ATTR_DPIPE_MATCH_VALUE DpipeMatchValue dpipe_match_value: Many<Nest<Devlink>>,
        /// Type of the match.
        42 DEVLINK_ATTR_DPIPE_MATCH_TYPE DpipeMatchType dpipe_match_type: DpipeMatchType,
        /// Action, an attribute for each.
        43 DEVLINK_ATTR_DPIPE_ACTION DpipeAction dpipe_action: Many<Nest<Devlink>>,
        /// Value of an action, an attribute for each.
        44 DEVLINK_ATTR_DPIPE_ACTION_VALUE DpipeActionValue dpipe_action_value: Many<Nest<Devlink>>,
        /// Type of the action.
        45 DEVLINK_ATTR_DPIPE_ACTION_TYPE DpipeActionType dpipe_action_type: DpipeActionType,
        /// Value.
        46 DEVLINK_ATTR_DPIPE_VALUE DpipeValue dpipe_value: Bytes,
        /// Mask of the value.
        47 DEVLINK_ATTR_DPIPE_VALUE_MASK DpipeValueMask dpipe_value_mask: Bytes,
        /// Meaning of the value in the kernel, such as a link index.
        48 DEVLINK_ATTR_DPIPE_VALUE_MAPPING DpipeValueMapping dpipe_value_mapping: u32,
        /// Headers of the pipeline.
        49 DEVLINK_ATTR_DPIPE_HEADERS DpipeHeaders dpipe_headers: Nest<Devlink>,
        /// Header, an attribute for each.
        50 DEVLINK_ATTR_DPIPE_HEADER DpipeHeader dpipe_header: Many<Nest<Devlink>>,
        /// Name of the header.
        51 DEVLINK_ATTR_DPIPE_HEADER_NAME DpipeHeaderName dpipe_header_name: Text,
        /// Identifier of the header.
        52 DEVLINK_ATTR_DPIPE_HEADER_ID DpipeHeaderId dpipe_header_id: DpipeHeader,
        /// Fields of the header.
        53 DEVLINK_ATTR_DPIPE_HEADER_FIELDS DpipeFields dpipe_fields: Nest<Devlink>,
        /// 1 if the kernel knows the header: [`DpipeHeader`].
        54 DEVLINK_ATTR_DPIPE_HEADER_GLOBAL DpipeHeaderGlobal dpipe_header_global: u8,
        /// Index of the header among those of the same kind.
        55 DEVLINK_ATTR_DPIPE_HEADER_INDEX DpipeHeaderIndex dpipe_header_index: u32,
        /// Field, an attribute for each.
        56 DEVLINK_ATTR_DPIPE_FIELD DpipeField dpipe_field: Many<Nest<Devlink>>,
        /// Name of the field.
        57 DEVLINK_ATTR_DPIPE_FIELD_NAME DpipeFieldName dpipe_field_name: Text,
        /// Identifier of the field.
        58 DEVLINK_ATTR_DPIPE_FIELD_ID DpipeFieldId dpipe_field_id: u32,
        /// Width of the field in bits.
        59 DEVLINK_ATTR_DPIPE_FIELD_BITWIDTH DpipeFieldWidth dpipe_field_width: u32,
        /// Meaning of the field.
        60 DEVLINK_ATTR_DPIPE_FIELD_MAPPING_TYPE DpipeFieldMapping dpipe_field_mapping: DpipeFieldMapping,
        /// Padding.
        61 DEVLINK_ATTR_PAD Pad pad: Bytes,
        /// Encapsulation by the eswitch; absent if the driver cannot set it.
        62 DEVLINK_ATTR_ESWITCH_ENCAP_MODE EswitchEncapMode eswitch_encap_mode: EswitchEncapMode,
        /// Resources.
        63 DEVLINK_ATTR_RESOURCE_LIST Resources resources: Nest<Devlink>,
        /// Resource, an attribute for each.
        64 DEVLINK_ATTR_RESOURCE Resource resource: Many<Nest<Devlink>>,
        /// Name of the resource.
        65 DEVLINK_ATTR_RESOURCE_NAME ResourceName resource_name: Text,
        /// Identifier of the resource.
        66 DEVLINK_ATTR_RESOURCE_ID ResourceId resource_id: u64,
        /// Size of the resource.
        67 DEVLINK_ATTR_RESOURCE_SIZE ResourceSize resource_size: u64,
        /// Size of the resource after the next reload.
        68 DEVLINK_ATTR_RESOURCE_SIZE_NEW ResourceSizeNew resource_size_new: u64,
        /// 1 if the new size is valid.
        69 DEVLINK_ATTR_RESOURCE_SIZE_VALID ResourceSizeValid resource_size_valid: u8,
        /// Minimum size of the resource.
        70 DEVLINK_ATTR_RESOURCE_SIZE_MIN ResourceSizeMin resource_size_min: u64,
        /// Maximum size of the resource.
        71 DEVLINK_ATTR_RESOURCE_SIZE_MAX ResourceSizeMax resource_size_max: u64,
        /// Granularity of the size.
        72 DEVLINK_ATTR_RESOURCE_SIZE_GRAN ResourceSizeStep resource_size_step: u64,
        /// Unit of the size.
        73 DEVLINK_ATTR_RESOURCE_UNIT ResourceUnit resource_unit: ResourceUnit,
        /// Occupancy of the resource; absent if the driver does not count it.
        74 DEVLINK_ATTR_RESOURCE_OCC ResourceOccupancy resource_occupancy: u64,
        /// Identifier of the resource that a table uses.
        75 DEVLINK_ATTR_DPIPE_TABLE_RESOURCE_ID DpipeTableResource dpipe_table_resource: u64,
        /// Number of units that an entry of the table takes.
        76 DEVLINK_ATTR_DPIPE_TABLE_RESOURCE_UNITS DpipeTableUnits dpipe_table_units: u64,
        /// Flavour of the port.
        77 DEVLINK_ATTR_PORT_FLAVOUR PortFlavour port_flavour: PortFlavour,
        /// Number of the port, as on the panel; absent for ports of PCI functions.
        78 DEVLINK_ATTR_PORT_NUMBER PortNumber port_number: u32,
        /// Number of the part of a split port; absent for a port that is whole.
        79 DEVLINK_ATTR_PORT_SPLIT_SUBPORT_NUMBER SubportNumber subport_number: u32,
        /// Parameter.
        80 DEVLINK_ATTR_PARAM Param param: Nest<Devlink>,
        /// Name of the parameter.
        81 DEVLINK_ATTR_PARAM_NAME ParamName param_name: Text,
        /// True if several drivers have the parameter.
        82 DEVLINK_ATTR_PARAM_GENERIC ParamGeneric param_generic: Flag,
        /// Type of the parameter's values.
        83 DEVLINK_ATTR_PARAM_TYPE ParamType param_type: ValueType,
        /// Values of the parameter.
        84 DEVLINK_ATTR_PARAM_VALUES_LIST ParamValues param_values: Nest<Devlink>,
        /// Value of the parameter, an attribute for each mode.
        85 DEVLINK_ATTR_PARAM_VALUE ParamValue param_value: Many<Nest<Devlink>>,
        /// Value of the type that [`ParamType`](Self::ParamType) names; a flag is
        /// present or absent.
        86 DEVLINK_ATTR_PARAM_VALUE_DATA ParamData param_data: Bytes,
        /// Time at which the value takes effect.
        87 DEVLINK_ATTR_PARAM_VALUE_CMODE ParamMode param_mode: ParamMode,
        /// Name of the region.
        88 DEVLINK_ATTR_REGION_NAME RegionName region_name: Text,
        /// Size of the region in bytes.
        89 DEVLINK_ATTR_REGION_SIZE RegionSize region_size: u64,
        /// Snapshots of the region.
        90 DEVLINK_ATTR_REGION_SNAPSHOTS RegionSnapshots region_snapshots: Nest<Devlink>,
        /// Snapshot, an attribute for each.
        91 DEVLINK_ATTR_REGION_SNAPSHOT RegionSnapshot region_snapshot: Many<Nest<Devlink>>,
        /// Identifier of the snapshot.
        92 DEVLINK_ATTR_REGION_SNAPSHOT_ID SnapshotId snapshot_id: u32,
        /// Chunks of the snapshot.
        93 DEVLINK_ATTR_REGION_CHUNKS RegionChunks region_chunks: Nest<Devlink>,
        /// Chunk, an attribute for each.
        94 DEVLINK_ATTR_REGION_CHUNK RegionChunk region_chunk: Many<Nest<Devlink>>,
        /// Data of the chunk.
        95 DEVLINK_ATTR_REGION_CHUNK_DATA ChunkData chunk_data: Bytes,
        /// Offset of the chunk in the region.
        96 DEVLINK_ATTR_REGION_CHUNK_ADDR ChunkAddress chunk_address: u64,
        /// Length of the range to read.
        97 DEVLINK_ATTR_REGION_CHUNK_LEN ChunkLen chunk_len: u64,
        /// Name of the driver.
        98 DEVLINK_ATTR_INFO_DRIVER_NAME Driver driver: Text,
        /// Serial number of the device.
        99 DEVLINK_ATTR_INFO_SERIAL_NUMBER SerialNumber serial_number: Text,
        /// Version that never changes, an attribute for each.
        100 DEVLINK_ATTR_INFO_VERSION_FIXED FixedVersion fixed_version: Many<Nest<Devlink>>,
        /// Version that runs, an attribute for each.
        101 DEVLINK_ATTR_INFO_VERSION_RUNNING RunningVersion running_version: Many<Nest<Devlink>>,
        /// Version in flash memory, an attribute for each.
        102 DEVLINK_ATTR_INFO_VERSION_STORED StoredVersion stored_version: Many<Nest<Devlink>>,
        /// Component that has the version.
        103 DEVLINK_ATTR_INFO_VERSION_NAME VersionName version_name: Text,
        /// Version.
        104 DEVLINK_ATTR_INFO_VERSION_VALUE Version version: Text,
        /// Size of a cell in the pool, in bytes.
        105 DEVLINK_ATTR_SB_POOL_CELL_SIZE PoolCellSize pool_cell_size: u32,
        /// Formatted message of a health reporter, whose attributes are read in
        /// their order.
        106 DEVLINK_ATTR_FMSG Message message: Nest<Devlink>,
        /// Begin of an object.
        107 DEVLINK_ATTR_FMSG_OBJ_NEST_START ObjectStart object_start: Flag,
        /// Begin of a name and its value.
        108 DEVLINK_ATTR_FMSG_PAIR_NEST_START PairStart pair_start: Flag,
        /// Begin of an array.
        109 DEVLINK_ATTR_FMSG_ARR_NEST_START ArrayStart array_start: Flag,
        /// End of what began last.
        110 DEVLINK_ATTR_FMSG_NEST_END End end: Flag,
        /// Name of a pair.
        111 DEVLINK_ATTR_FMSG_OBJ_NAME ObjectName object_name: Text,
        /// Type of the value behind it.
        112 DEVLINK_ATTR_FMSG_OBJ_VALUE_TYPE ObjectValueType object_value_type: ValueType,
        /// Value.
        113 DEVLINK_ATTR_FMSG_OBJ_VALUE_DATA ObjectValue object_value: Bytes,
        /// Health reporter.
        114 DEVLINK_ATTR_HEALTH_REPORTER HealthReporter health_reporter: Nest<Devlink>,
        /// Name of the health reporter.
        115 DEVLINK_ATTR_HEALTH_REPORTER_NAME HealthName health_name: Text,
        /// State of the health reporter.
        116 DEVLINK_ATTR_HEALTH_REPORTER_STATE HealthState health_state: HealthState,
        /// Number of errors.
        117 DEVLINK_ATTR_HEALTH_REPORTER_ERR_COUNT HealthErrors health_errors: u64,
        /// Number of recoveries.
        118 DEVLINK_ATTR_HEALTH_REPORTER_RECOVER_COUNT HealthRecoveries health_recoveries: u64,
        /// Time of the dump that is kept, in milliseconds since boot; absent for none.
        119 DEVLINK_ATTR_HEALTH_REPORTER_DUMP_TS HealthDumpTime health_dump_time: u64,
        /// Time in milliseconds between two recoveries; absent if the reporter cannot
        /// recover.
        120 DEVLINK_ATTR_HEALTH_REPORTER_GRACEFUL_PERIOD HealthGracePeriod health_grace_period: u64,
        /// 1 if the reporter recovers on its own; absent if it cannot recover.
        121 DEVLINK_ATTR_HEALTH_REPORTER_AUTO_RECOVER HealthAutoRecover health_auto_recover: u8,
        /// Name of the firmware file.
        122 DEVLINK_ATTR_FLASH_UPDATE_FILE_NAME FlashFile flash_file: Text,
        /// Component to update.
        123 DEVLINK_ATTR_FLASH_UPDATE_COMPONENT FlashComponent flash_component: Text,
        /// Step of the update.
        124 DEVLINK_ATTR_FLASH_UPDATE_STATUS_MSG FlashStep flash_step: Text,
        /// Number of bytes done in this step.
        125 DEVLINK_ATTR_FLASH_UPDATE_STATUS_DONE FlashDone flash_done: u64,
        /// Number of bytes of this step.
        126 DEVLINK_ATTR_FLASH_UPDATE_STATUS_TOTAL FlashTotal flash_total: u64,
        /// Number of the port's PCI physical function.
        127 DEVLINK_ATTR_PORT_PCI_PF_NUMBER PciPf pci_pf: u16,
        /// Number of the port's PCI virtual function.
        128 DEVLINK_ATTR_PORT_PCI_VF_NUMBER PciVf pci_vf: u16,
        /// Statistics of a trap.
        129 DEVLINK_ATTR_STATS Stats stats: Nest<TrapStats>,
        /// Name of the trap.
        130 DEVLINK_ATTR_TRAP_NAME TrapName trap_name: Text,
        /// Action of the trap.
        131 DEVLINK_ATTR_TRAP_ACTION TrapAction trap_action: TrapAction,
        /// Type of the trap.
        132 DEVLINK_ATTR_TRAP_TYPE TrapType trap_type: TrapType,
        /// True if several drivers have the trap.
        133 DEVLINK_ATTR_TRAP_GENERIC TrapGeneric trap_generic: Flag,
        /// Metadata of trapped packets.
        134 DEVLINK_ATTR_TRAP_METADATA TrapMetadata trap_metadata: Nest<TrapMetadata>,
        /// Name of the trap's group.
        135 DEVLINK_ATTR_TRAP_GROUP_NAME TrapGroup trap_group: Text,
        /// 1 if the last reload failed.
        136 DEVLINK_ATTR_RELOAD_FAILED ReloadFailed reload_failed: u8,
        /// Time of the dump that is kept, in nanoseconds since 1970; absent for none.
        137 DEVLINK_ATTR_HEALTH_REPORTER_DUMP_TS_NS HealthDumpTimeNs health_dump_time_ns: u64,
        /// Descriptor of the network namespace to reload into.
        138 DEVLINK_ATTR_NETNS_FD NamespaceDescriptor namespace_descriptor: u32,
        /// Process whose network namespace to reload into.
        139 DEVLINK_ATTR_NETNS_PID NamespacePid namespace_pid: u32,
        /// Identifier of the network namespace.
        140 DEVLINK_ATTR_NETNS_ID NamespaceId namespace_id: i32,
        /// 1 if the reporter takes a dump on its own; absent if it takes none.
        141 DEVLINK_ATTR_HEALTH_REPORTER_AUTO_DUMP HealthAutoDump health_auto_dump: u8,
        /// Identifier of the policer.
        142 DEVLINK_ATTR_TRAP_POLICER_ID Policer policer: u32,
        /// Rate of the policer in packets a second.
        143 DEVLINK_ATTR_TRAP_POLICER_RATE PolicerRate policer_rate: u64,
        /// Burst of the policer in packets.
        144 DEVLINK_ATTR_TRAP_POLICER_BURST PolicerBurst policer_burst: u64,
        /// Function of the port.
        145 DEVLINK_ATTR_PORT_FUNCTION PortFunction port_function: Nest<PortFunction>,
        /// Serial number of the board.
        146 DEVLINK_ATTR_INFO_BOARD_SERIAL_NUMBER BoardSerialNumber board_serial_number: Text,
        /// Number of lanes of the port; absent if the driver does not report it.
        147 DEVLINK_ATTR_PORT_LANES PortLanes port_lanes: u32,
        /// 1 if the port can be split.
        148 DEVLINK_ATTR_PORT_SPLITTABLE PortSplittable port_splittable: u8,
        /// 1 if the port belongs to an external controller.
        149 DEVLINK_ATTR_PORT_EXTERNAL PortExternal port_external: u8,
        /// Number of the port's controller.
        150 DEVLINK_ATTR_PORT_CONTROLLER_NUMBER Controller controller: u32,
        /// Timeout of this step in seconds.
        151 DEVLINK_ATTR_FLASH_UPDATE_STATUS_TIMEOUT FlashTimeout flash_timeout: u64,
        /// Parts of the flash memory to overwrite: bit 0 settings, bit 1
        /// identifiers.
        152 DEVLINK_ATTR_FLASH_UPDATE_OVERWRITE_MASK FlashOverwrite flash_overwrite: Bitfield32,
        /// Action of the reload.
        153 DEVLINK_ATTR_RELOAD_ACTION ReloadAction reload_action: ReloadAction,
        /// Actions that were carried out: bit n is action n.
        154 DEVLINK_ATTR_RELOAD_ACTIONS_PERFORMED ReloadActions reload_actions: Bitfield32,
        /// Limits of the reload: bit n is limit n.
        155 DEVLINK_ATTR_RELOAD_LIMITS ReloadLimits reload_limits: Bitfield32,
        /// Statistics of the device.
        156 DEVLINK_ATTR_DEV_STATS DeviceStats device_stats: Nest<Devlink>,
        /// Statistics of reloads.
        157 DEVLINK_ATTR_RELOAD_STATS ReloadStats reload_stats: Nest<Devlink>,
        /// Count of reloads with a limit, an attribute for each.
        158 DEVLINK_ATTR_RELOAD_STATS_ENTRY ReloadCount reload_count: Many<Nest<Devlink>>,
        /// Limit of the counted reloads.
        159 DEVLINK_ATTR_RELOAD_STATS_LIMIT ReloadLimit reload_limit: ReloadLimit,
        /// Number of reloads.
        160 DEVLINK_ATTR_RELOAD_STATS_VALUE Reloads reloads: u32,
        /// Statistics of reloads that other hosts started.
        161 DEVLINK_ATTR_REMOTE_RELOAD_STATS RemoteReloadStats remote_reload_stats: Nest<Devlink>,
        /// Action with its statistics, an attribute for each.
        162 DEVLINK_ATTR_RELOAD_ACTION_INFO ReloadActionInfo reload_action_info: Many<Nest<Devlink>>,
        /// Statistics of an action.
        163 DEVLINK_ATTR_RELOAD_ACTION_STATS ReloadActionStats reload_action_stats: Many<Nest<Devlink>>,
        /// Number of the port's PCI subfunction.
        164 DEVLINK_ATTR_PORT_PCI_SF_NUMBER PciSf pci_sf: u32,
        /// Type of the rate object.
        165 DEVLINK_ATTR_RATE_TYPE RateType rate_type: RateType,
        /// Guaranteed rate in bytes a second.
        166 DEVLINK_ATTR_RATE_TX_SHARE RateShare rate_share: u64,
        /// Maximum rate in bytes a second.
        167 DEVLINK_ATTR_RATE_TX_MAX RateMax rate_max: u64,
        /// Name of the rate node.
        168 DEVLINK_ATTR_RATE_NODE_NAME RateNode rate_node: Text,
        /// Name of the parent node. It is absent in answers for none; an empty name in a
        /// request removes the parent.
        169 DEVLINK_ATTR_RATE_PARENT_NODE_NAME RateParent rate_parent: Text,
        /// Maximum number of snapshots of the region.
        170 DEVLINK_ATTR_REGION_MAX_SNAPSHOTS MaxSnapshots max_snapshots: u32,
        /// Index of the line card.
        171 DEVLINK_ATTR_LINECARD_INDEX LineCard line_card: u32,
        /// State of the line card.
        172 DEVLINK_ATTR_LINECARD_STATE LineCardState line_card_state: LineCardState,
        /// Type of the line card. It is absent in answers for a card without a type; an
        /// empty one in a request removes the type.
        173 DEVLINK_ATTR_LINECARD_TYPE LineCardType line_card_type: Text,
        /// Types that the line card can have:
        /// [`LineCardType`](Self::LineCardType) for each.
        174 DEVLINK_ATTR_LINECARD_SUPPORTED_TYPES LineCardTypes line_card_types: Nest<Devlink>,
        /// Device of a line card or a port; absent for none.
        175 DEVLINK_ATTR_NESTED_DEVLINK NestedDevice nested_device: Nest<Devlink>,
        /// Self-tests.
        176 DEVLINK_ATTR_SELFTESTS SelfTests self_tests: Nest<SelfTests>,
        /// Priority of the rate object.
        177 DEVLINK_ATTR_RATE_TX_PRIORITY RatePriority rate_priority: u32,
        /// Weight among rate objects of the same priority.
        178 DEVLINK_ATTR_RATE_TX_WEIGHT RateWeight rate_weight: u32,
        /// Reads the region itself, not a snapshot.
        179 DEVLINK_ATTR_REGION_DIRECT RegionDirect region_direct: Flag,
        /// Share of a traffic class, an attribute for each.
        180 DEVLINK_ATTR_RATE_TC_BWS RateClass rate_class: Many<Nest<RateClass>>,
        /// Time in milliseconds in which errors count as one burst; absent if the
        /// reporter cannot recover.
        181 DEVLINK_ATTR_HEALTH_REPORTER_BURST_PERIOD HealthBurstPeriod health_burst_period: u64,
        /// Default value of a parameter, in the parameter's type.
        182 DEVLINK_ATTR_PARAM_VALUE_DEFAULT ParamDefault param_default: Bytes,
        /// Sets a parameter to its default.
        183 DEVLINK_ATTR_PARAM_RESET_DEFAULT ParamReset param_reset: Flag,
        /// Index of the device.
        184 DEVLINK_ATTR_INDEX Index index: Uint,
        /// Objects whose resources are read: [`ResourceScope`].
        185 DEVLINK_ATTR_RESOURCE_SCOPE_MASK ResourceScope resource_scope: ResourceScope,
        /// Device of the parent rate node.
        186 DEVLINK_ATTR_PARENT_DEV ParentDevice parent_device: Nest<Devlink>,
    }
}

attributes! {
    /// Function of a port (`DEVLINK_PORT_FUNCTION_ATTR_*`).
    pub set PortFunction, enum PortFunctionAttr {
        /// Hardware address.
        1 DEVLINK_PORT_FUNCTION_ATTR_HW_ADDR Address address: Hardware,
        /// Requested state.
        2 DEVLINK_PORT_FN_ATTR_STATE State state: FunctionState,
        /// State in the driver.
        3 DEVLINK_PORT_FN_ATTR_OPSTATE OperState oper_state: FunctionOperState,
        /// Capabilities: bits of [`FunctionCaps`].
        4 DEVLINK_PORT_FN_ATTR_CAPS Caps caps: Bitfield32,
        /// Device of the function.
        5 DEVLINK_PORT_FN_ATTR_DEVLINK Device device: Nest<Devlink>,
        /// Maximum number of event queues.
        6 DEVLINK_PORT_FN_ATTR_MAX_IO_EQS MaxEventQueues max_event_queues: u32,
    }
}

attributes! {
    /// Statistics of a trap (`DEVLINK_ATTR_STATS_*`).
    pub set TrapStats, enum TrapStatsAttr {
        /// Number of trapped packets.
        0 DEVLINK_ATTR_STATS_RX_PACKETS Packets packets: u64,
        /// Number of trapped bytes.
        1 DEVLINK_ATTR_STATS_RX_BYTES Bytes bytes: u64,
        /// Number of packets that the device dropped.
        2 DEVLINK_ATTR_STATS_RX_DROPPED Dropped dropped: u64,
    }
}

attributes! {
    /// Metadata of trapped packets (`DEVLINK_ATTR_TRAP_METADATA_TYPE_*`).
    pub set TrapMetadata, enum TrapMetadataAttr {
        /// True if packets come with their port.
        0 DEVLINK_ATTR_TRAP_METADATA_TYPE_IN_PORT InPort in_port: Flag,
        /// True if packets come with the cookie of a flow rule.
        1 DEVLINK_ATTR_TRAP_METADATA_TYPE_FA_COOKIE Cookie cookie: Flag,
    }
}

attributes! {
    /// Self-tests (`DEVLINK_ATTR_SELFTEST_ID_*`).
    pub set SelfTests, enum SelfTestsAttr {
        /// Test of the flash memory.
        1 DEVLINK_ATTR_SELFTEST_ID_FLASH Flash flash: Flag,
    }
}

attributes! {
    /// Share of a traffic class (`DEVLINK_RATE_TC_ATTR_*`).
    pub set RateClass, enum RateClassAttr {
        /// Traffic class, 0 to 7.
        1 DEVLINK_RATE_TC_ATTR_INDEX Class class: u8,
        /// Share in percent.
        2 DEVLINK_RATE_TC_ATTR_BW Share share: u32,
    }
}
