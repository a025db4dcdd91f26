//! `dpll`: phase-locked loops of network cards and their pins (`linux/dpll.h`,
//! Linux 6.7).
//!
//! ```
//! use nlwire::generic::dpll::*;
//!
//! let device = FindDevice::of("ice", 0x1122_3344_5566_7788, DpllType::EEC);
//! let pins = GetPins::all();
//! let mode = SetDevice::by_id(0).with(&[DpllAttr::Mode(Mode::AUTOMATIC)]);
//! let priority = SetPin::by_id(3).with(&[PinAttr::Priority(1)]);
//! ```
//!
//! Devices and pins are read, as by `ynl --family dpll --dump device-get`, and the pin
//! of a satellite receiver is found by its label on the panel:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::dpll::*;
//!
//! let (devices, device) = (GetDevices::all(), GetDevice::by_id(0));
//! let gnss = [PinAttr::PanelLabel("GNSS-1PPS".into())];
//! let find = FindPin::of("ice", 0x1122_3344_5566_7788).with(&gnss);
//! let pin = GetPin::by_id(3);
//!
//! /// Returns true if the device follows its input.
//! fn is_locked(row: &DpllRow<'_>) -> Result<bool, nlwire::DecodeError> {
//!     let status = fields!(row.attributes => Dpll { lock_status })?.lock_status;
//!     Ok(matches!(status, Some(LockStatus::LOCKED | LockStatus::LOCKED_HOLDOVER)))
//! }
//! ```

use super::family::{changes, family, requests};
use crate::codec::{Bytes, Many, Nest, Sint, Text};
use crate::{attributes, flags, numbers};

family! {
    name DPLL_FAMILY_NAME "dpll";
    version DPLL_FAMILY_VERSION 1;
    group DPLL_MCGRP_MONITOR "monitor" "devices and pins: [`Change`].";
    command 1 DPLL_CMD_DEVICE_ID_GET Dpll "Finds the identifier of a device.";
    command 2 DPLL_CMD_DEVICE_GET Dpll "Reads a device, or lists all.";
    command 3 DPLL_CMD_DEVICE_SET Dpll "Changes a device.";
    command 4 DPLL_CMD_DEVICE_CREATE_NTF Dpll "Reports a new device.";
    command 5 DPLL_CMD_DEVICE_DELETE_NTF Dpll "Reports a deleted device.";
    command 6 DPLL_CMD_DEVICE_CHANGE_NTF Dpll "Reports a changed device.";
    command 7 DPLL_CMD_PIN_ID_GET Pin "Finds the identifier of a pin.";
    command 8 DPLL_CMD_PIN_GET Pin "Reads a pin, or lists all.";
    command 9 DPLL_CMD_PIN_SET Pin "Changes a pin.";
    command 10 DPLL_CMD_PIN_CREATE_NTF Pin "Reports a new pin.";
    command 11 DPLL_CMD_PIN_DELETE_NTF Pin "Reports a deleted pin.";
    command 12 DPLL_CMD_PIN_CHANGE_NTF Pin "Reports a changed pin.";
}

requests! {
    Dpll, DpllAttr, DpllRow, "device";

    /// Finds the identifier of a device.
    Ask FindDevice = DPLL_CMD_DEVICE_ID_GET {
        /// Finds the device of this module with a clock and a type.
        of(module: impl Into<crate::Text<'a>>, clock: u64, kind: DpllType) {
            Module(module.into()), Clock(clock), Kind(kind)
        }
    }
    /// Reads a device.
    Ask GetDevice = DPLL_CMD_DEVICE_GET {
        /// Reads the device with this identifier.
        by_id(id: u32) { Id(id) }
    }
    /// Lists the devices.
    List GetDevices = DPLL_CMD_DEVICE_GET {
        /// Lists all devices.
        all() {}
    }
    /// Changes a device.
    Act SetDevice = DPLL_CMD_DEVICE_SET {
        /// Changes the device with this identifier.
        by_id(id: u32) { Id(id) }
    }
}

requests! {
    Pin, PinAttr, PinRow, "pin";

    /// Finds the identifier of a pin: `with` labels or a type.
    Ask FindPin = DPLL_CMD_PIN_ID_GET {
        /// Finds a pin of this module with a clock.
        of(module: impl Into<crate::Text<'a>>, clock: u64) { Module(module.into()), Clock(clock) }
    }
    /// Reads a pin.
    Ask GetPin = DPLL_CMD_PIN_GET {
        /// Reads the pin with this identifier.
        by_id(id: u32) { Id(id) }
    }
    /// Lists pins.
    List GetPins = DPLL_CMD_PIN_GET {
        /// Lists the pins of all devices.
        all() {}
    }
    /// Changes a pin.
    Act SetPin = DPLL_CMD_PIN_SET {
        /// Changes the pin with this identifier.
        by_id(id: u32) { Id(id) }
    }
}

changes! {
    /// Notification of the group [`DPLL_MCGRP_MONITOR`].
    Change {
        /// New device.
        NewDevice(Dpll) = DPLL_CMD_DEVICE_CREATE_NTF;
        /// Deleted device.
        DelDevice(Dpll) = DPLL_CMD_DEVICE_DELETE_NTF;
        /// Changed device.
        Device(Dpll) = DPLL_CMD_DEVICE_CHANGE_NTF;
        /// New pin.
        NewPin(Pin) = DPLL_CMD_PIN_CREATE_NTF;
        /// Deleted pin.
        DelPin(Pin) = DPLL_CMD_PIN_DELETE_NTF;
        /// Changed pin.
        Pin(Pin) = DPLL_CMD_PIN_CHANGE_NTF;
    }
}

numbers! {
    /// Mode by which a device chooses its input.
    pub struct Mode(u32) {
        /// Takes the input that is selected.
        MANUAL = 1 "DPLL_MODE_MANUAL" "manual";
        /// Takes the valid input with the highest priority.
        AUTOMATIC = 2 "DPLL_MODE_AUTOMATIC" "automatic";
    }
}

numbers! {
    /// Lock of a device to its input.
    pub struct LockStatus(u32) {
        UNLOCKED = 1 "DPLL_LOCK_STATUS_UNLOCKED" "unlocked";
        LOCKED = 2 "DPLL_LOCK_STATUS_LOCKED" "locked";
        /// Locked, with a holdover that is ready.
        LOCKED_HOLDOVER = 3 "DPLL_LOCK_STATUS_LOCKED_HO_ACQ" "locked-ho-acq";
        /// Keeps the frequency of a lost input.
        HOLDOVER = 4 "DPLL_LOCK_STATUS_HOLDOVER" "holdover";
    }
}

numbers! {
    /// Reason of a lost lock.
    pub struct LockError(u32) {
        NONE = 1 "DPLL_LOCK_STATUS_ERROR_NONE" "none";
        UNDEFINED = 2 "DPLL_LOCK_STATUS_ERROR_UNDEFINED" "undefined";
        MEDIA_DOWN = 3 "DPLL_LOCK_STATUS_ERROR_MEDIA_DOWN" "media-down";
        OFFSET_TOO_HIGH = 4 "DPLL_LOCK_STATUS_ERROR_FRACTIONAL_FREQUENCY_OFFSET_TOO_HIGH" "fractional-frequency-offset-too-high";
    }
}

numbers! {
    /// Quality of a clock (ITU-T G.8264).
    pub struct ClockQuality(u32) {
        ITU_OPT1_PRC = 1 "DPLL_CLOCK_QUALITY_LEVEL_ITU_OPT1_PRC" "itu-opt1-prc";
        ITU_OPT1_SSU_A = 2 "DPLL_CLOCK_QUALITY_LEVEL_ITU_OPT1_SSU_A" "itu-opt1-ssu-a";
        ITU_OPT1_SSU_B = 3 "DPLL_CLOCK_QUALITY_LEVEL_ITU_OPT1_SSU_B" "itu-opt1-ssu-b";
        ITU_OPT1_EEC1 = 4 "DPLL_CLOCK_QUALITY_LEVEL_ITU_OPT1_EEC1" "itu-opt1-eec1";
        ITU_OPT1_PRTC = 5 "DPLL_CLOCK_QUALITY_LEVEL_ITU_OPT1_PRTC" "itu-opt1-prtc";
        ITU_OPT1_EPRTC = 6 "DPLL_CLOCK_QUALITY_LEVEL_ITU_OPT1_EPRTC" "itu-opt1-eprtc";
        ITU_OPT1_EEEC = 7 "DPLL_CLOCK_QUALITY_LEVEL_ITU_OPT1_EEEC" "itu-opt1-eeec";
        ITU_OPT1_EPRC = 8 "DPLL_CLOCK_QUALITY_LEVEL_ITU_OPT1_EPRC" "itu-opt1-eprc";
    }
}

numbers! {
    /// Type of a device.
    pub struct DpllType(u32) {
        /// Generates pulses, one each second.
        PPS = 1 "DPLL_TYPE_PPS" "pps";
        /// Drives the clock of Ethernet.
        EEC = 2 "DPLL_TYPE_EEC" "eec";
        GENERIC = 3 "DPLL_TYPE_GENERIC" "generic";
    }
}

numbers! {
    /// State of an optional feature.
    pub struct FeatureState(u32) {
        DISABLED = 0 "DPLL_FEATURE_STATE_DISABLE" "disable";
        ENABLED = 1 "DPLL_FEATURE_STATE_ENABLE" "enable";
    }
}

numbers! {
    /// Type of a pin.
    pub struct PinType(u32) {
        /// Selects one of other pins.
        MUX = 1 "DPLL_PIN_TYPE_MUX" "mux";
        /// Connector of the card.
        EXT = 2 "DPLL_PIN_TYPE_EXT" "ext";
        /// Clock recovered from an Ethernet port.
        SYNCE_ETH_PORT = 3 "DPLL_PIN_TYPE_SYNCE_ETH_PORT" "synce-eth-port";
        /// Oscillator of the device.
        INT_OSCILLATOR = 4 "DPLL_PIN_TYPE_INT_OSCILLATOR" "int-oscillator";
        /// Satellite receiver.
        GNSS = 5 "DPLL_PIN_TYPE_GNSS" "gnss";
        /// Oscillator of the device that is controlled by number.
        INT_NCO = 6 "DPLL_PIN_TYPE_INT_NCO" "int-nco";
    }
}

numbers! {
    /// Direction of a pin's signal.
    pub struct PinDirection(u32) {
        INPUT = 1 "DPLL_PIN_DIRECTION_INPUT" "input";
        OUTPUT = 2 "DPLL_PIN_DIRECTION_OUTPUT" "output";
    }
}

numbers! {
    /// State of a pin.
    pub struct PinState(u32) {
        CONNECTED = 1 "DPLL_PIN_STATE_CONNECTED" "connected";
        DISCONNECTED = 2 "DPLL_PIN_STATE_DISCONNECTED" "disconnected";
        /// The device may choose the pin as its input.
        SELECTABLE = 3 "DPLL_PIN_STATE_SELECTABLE" "selectable";
    }
}

numbers! {
    /// Signal of a pin.
    pub struct PinSignal(u32) {
        ACTIVE = 1 "DPLL_PIN_OPERSTATE_ACTIVE" "active";
        STANDBY = 2 "DPLL_PIN_OPERSTATE_STANDBY" "standby";
        NO_SIGNAL = 3 "DPLL_PIN_OPERSTATE_NO_SIGNAL" "no-signal";
        UNQUALIFIED = 4 "DPLL_PIN_OPERSTATE_QUAL_FAILED" "qual-failed";
    }
}

flags! {
    /// Capabilities of a pin.
    pub struct PinCapabilities(u32) {
        DIRECTION_CAN_CHANGE = 0x1 "DPLL_PIN_CAPABILITIES_DIRECTION_CAN_CHANGE" "direction-can-change";
        PRIORITY_CAN_CHANGE = 0x2 "DPLL_PIN_CAPABILITIES_PRIORITY_CAN_CHANGE" "priority-can-change";
        STATE_CAN_CHANGE = 0x4 "DPLL_PIN_CAPABILITIES_STATE_CAN_CHANGE" "state-can-change";
        /// The pin can be connected in the automatic mode.
        STATE_CONNECTED_OVERRIDE = 0x8 "DPLL_PIN_CAPABILITIES_STATE_CONNECTED_OVERRIDE" "state-connected-override";
    }
}

attributes! {
    /// Device (`DPLL_A_*`). An attribute is absent if the driver does not support it.
    pub set Dpll, enum DpllAttr {
        /// Identifier of the device.
        1 DPLL_A_ID Id id: u32,
        /// Name of the module.
        2 DPLL_A_MODULE_NAME Module module: Text,
        /// Padding.
        3 DPLL_A_PAD Pad pad: Bytes,
        /// Identifier of the clock, an EUI-64.
        4 DPLL_A_CLOCK_ID Clock clock: u64,
        /// Mode.
        5 DPLL_A_MODE Mode mode: Mode,
        /// Supported mode, an attribute for each.
        6 DPLL_A_MODE_SUPPORTED ModeSupported mode_supported: Many<Mode>,
        /// Lock to the input.
        7 DPLL_A_LOCK_STATUS LockStatus lock_status: LockStatus,
        /// Temperature in millidegrees Celsius; absent without a sensor.
        8 DPLL_A_TEMP Temperature temperature: i32,
        /// Type of the device.
        9 DPLL_A_TYPE Kind kind: DpllType,
        /// Reason of a lost lock; absent while locked, and if the driver knows none.
        10 DPLL_A_LOCK_STATUS_ERROR LockError lock_error: LockError,
        /// Quality level of the clock, an attribute for each; absent if unknown.
        11 DPLL_A_CLOCK_QUALITY_LEVEL ClockQuality clock_quality: Many<ClockQuality>,
        /// Measurement of all inputs' phase offsets; absent if it cannot be switched.
        12 DPLL_A_PHASE_OFFSET_MONITOR PhaseMonitor phase_monitor: FeatureState,
        /// Weight of a measurement in the average of phase offsets.
        13 DPLL_A_PHASE_OFFSET_AVG_FACTOR PhaseFactor phase_factor: u32,
        /// Measurement of all inputs' frequencies; absent if it cannot be switched.
        14 DPLL_A_FREQUENCY_MONITOR FrequencyMonitor frequency_monitor: FeatureState,
    }
}

attributes! {
    /// Pin: an input or output of devices (`DPLL_A_PIN_*`).
    pub set Pin, enum PinAttr {
        /// Identifier of the pin.
        1 DPLL_A_PIN_ID Id id: u32,
        /// Identifier of a parent, inside a nest.
        2 DPLL_A_PIN_PARENT_ID ParentId parent_id: u32,
        /// Name of the module.
        3 DPLL_A_PIN_MODULE_NAME Module module: Text,
        /// Padding.
        4 DPLL_A_PIN_PAD Pad pad: Bytes,
        /// Identifier of the clock, an EUI-64.
        5 DPLL_A_PIN_CLOCK_ID Clock clock: u64,
        /// Label on the board; absent if it has none.
        6 DPLL_A_PIN_BOARD_LABEL BoardLabel board_label: Text,
        /// Label on the panel; absent if it has none.
        7 DPLL_A_PIN_PANEL_LABEL PanelLabel panel_label: Text,
        /// Label on the chip's package; absent if it has none.
        8 DPLL_A_PIN_PACKAGE_LABEL PackageLabel package_label: Text,
        /// Type of the pin.
        9 DPLL_A_PIN_TYPE Kind kind: PinType,
        /// Direction of the signal, inside [`ParentDevice`](Self::ParentDevice).
        10 DPLL_A_PIN_DIRECTION Direction direction: PinDirection,
        /// Frequency in hertz; absent if the driver does not know it.
        11 DPLL_A_PIN_FREQUENCY Frequency frequency: u64,
        /// Range of frequencies that the pin has, an attribute for each.
        12 DPLL_A_PIN_FREQUENCY_SUPPORTED FrequencySupported frequency_supported: Many<Nest<Pin>>,
        /// Least frequency of a range in hertz.
        13 DPLL_A_PIN_FREQUENCY_MIN FrequencyMin frequency_min: u64,
        /// Greatest frequency of a range in hertz.
        14 DPLL_A_PIN_FREQUENCY_MAX FrequencyMax frequency_max: u64,
        /// Priority of the pin, inside [`ParentDevice`](Self::ParentDevice); 0 is the
        /// highest. It is absent for a pin that the device does not choose by priority.
        15 DPLL_A_PIN_PRIO Priority priority: u32,
        /// State of the pin towards the parent or the pair, inside their nest.
        16 DPLL_A_PIN_STATE State state: PinState,
        /// Capabilities: [`PinCapabilities`].
        17 DPLL_A_PIN_CAPABILITIES Capabilities capabilities: PinCapabilities,
        /// Device that uses the pin, an attribute for each; absent if the pin has a
        /// [`ParentPin`](Self::ParentPin).
        18 DPLL_A_PIN_PARENT_DEVICE ParentDevice parent_device: Many<Nest<Pin>>,
        /// Pin that selects this one, an attribute for each; absent if a device does.
        19 DPLL_A_PIN_PARENT_PIN ParentPin parent_pin: Many<Nest<Pin>>,
        /// Least phase adjustment in picoseconds.
        20 DPLL_A_PIN_PHASE_ADJUST_MIN PhaseAdjustMin phase_adjust_min: i32,
        /// Greatest phase adjustment in picoseconds.
        21 DPLL_A_PIN_PHASE_ADJUST_MAX PhaseAdjustMax phase_adjust_max: i32,
        /// Phase adjustment in picoseconds; absent if the driver has none.
        22 DPLL_A_PIN_PHASE_ADJUST PhaseAdjust phase_adjust: i32,
        /// Phase offset to the device in units of 1/1000 picosecond, inside
        /// [`ParentDevice`](Self::ParentDevice); absent if it is not measured.
        23 DPLL_A_PIN_PHASE_OFFSET PhaseOffset phase_offset: i64,
        /// Frequency offset in parts per million; absent if it is not measured, or has
        /// no value yet.
        24 DPLL_A_PIN_FRACTIONAL_FREQUENCY_OFFSET FrequencyOffset frequency_offset: Sint,
        /// Frequency of embedded sync in hertz; absent if the pin has none.
        25 DPLL_A_PIN_ESYNC_FREQUENCY EsyncFrequency esync_frequency: u64,
        /// Frequency range of embedded sync that the pin supports, an attribute for each.
        26 DPLL_A_PIN_ESYNC_FREQUENCY_SUPPORTED EsyncSupported esync_supported: Many<Nest<Pin>>,
        /// Pulse width of embedded sync in percent.
        27 DPLL_A_PIN_ESYNC_PULSE EsyncPulse esync_pulse: u32,
        /// Pin that makes a pair with this one, an attribute for each.
        28 DPLL_A_PIN_REFERENCE_SYNC ReferenceSync reference_sync: Many<Nest<Pin>>,
        /// Granularity of the phase adjustment in picoseconds; absent if any step will
        /// do.
        29 DPLL_A_PIN_PHASE_ADJUST_GRAN PhaseAdjustStep phase_adjust_step: u32,
        /// Frequency offset in parts per trillion; absent like that in parts per million.
        30 DPLL_A_PIN_FRACTIONAL_FREQUENCY_OFFSET_PPT FrequencyOffsetPpt frequency_offset_ppt: Sint,
        /// Measured frequency in units of 1/1000 hertz; absent while
        /// [`FrequencyMonitor`](DpllAttr::FrequencyMonitor) is disabled.
        31 DPLL_A_PIN_MEASURED_FREQUENCY MeasuredFrequency measured_frequency: u64,
        /// Signal of the pin.
        32 DPLL_A_PIN_OPERSTATE Signal signal: PinSignal,
    }
}
