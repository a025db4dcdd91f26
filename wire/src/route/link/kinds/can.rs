//! CAN buses: bit timing, delay compensation and error counters
//! (`linux/can/netlink.h`, `drivers/net/can/dev/netlink.c`).

use crate::attributes;
use crate::codec::{Array, Headed, Nest, Shown, Struct};
use crate::numbers::{flags, numbers};
use crate::route::link::{Link, LinkHeader};
use crate::schema::Milliseconds;
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32};

attributes! {
    /// Settings of a CAN bus (`IFLA_CAN_*`). Hardware has a bit timing, or rates
    /// that it can choose from.
    pub set Can, enum CanAttr {
        /// Bit timing.
        1 IFLA_CAN_BITTIMING BitTiming bit_timing: Struct<CanBitTiming>,
        /// Limits of the bit timing.
        2 IFLA_CAN_BITTIMING_CONST BitTimingLimits bit_timing_limits: Struct<CanBitTimingLimits>,
        /// Frequency of the controller's clock in Hz.
        3 IFLA_CAN_CLOCK Clock clock: u32,
        /// State of the controller.
        4 IFLA_CAN_STATE State state: CanState,
        /// Mode of the controller, and the bits that a request changes.
        5 IFLA_CAN_CTRLMODE Mode mode: Struct<CanMode>,
        /// Delay before a restart after bus-off, in milliseconds; 0 for none.
        6 IFLA_CAN_RESTART_MS RestartDelay restart_delay: Shown<u32, Milliseconds>,
        /// Restart, in requests: any number.
        7 IFLA_CAN_RESTART Restart restart: u32,
        /// Error counters of the bus.
        8 IFLA_CAN_BERR_COUNTER ErrorCounters error_counters: Struct<CanErrorCounters>,
        /// Bit timing of CAN FD's data.
        9 IFLA_CAN_DATA_BITTIMING DataBitTiming data_bit_timing: Struct<CanBitTiming>,
        /// Limits of that bit timing.
        10 IFLA_CAN_DATA_BITTIMING_CONST DataBitTimingLimits data_bit_timing_limits: Struct<CanBitTimingLimits>,
        /// Termination of the bus in ohms; 0 for none.
        11 IFLA_CAN_TERMINATION Termination termination: u16,
        /// Terminations to choose from, in ohms.
        12 IFLA_CAN_TERMINATION_CONST Terminations terminations: Array<U16>,
        /// Bit rates to choose from, in bit/s.
        13 IFLA_CAN_BITRATE_CONST BitRates bit_rates: Array<U32>,
        /// Bit rates of CAN FD's data to choose from, in bit/s.
        14 IFLA_CAN_DATA_BITRATE_CONST DataBitRates data_bit_rates: Array<U32>,
        /// Maximum bit rate of the transceiver in bit/s.
        15 IFLA_CAN_BITRATE_MAX MaxBitRate max_bit_rate: u32,
        /// Delay compensation of CAN FD's transmitter.
        16 IFLA_CAN_TDC DelayCompensation delay_compensation: Nest<CanDelayCompensation>,
        /// Modes that the controller knows.
        17 IFLA_CAN_CTRLMODE_EXT ModeExt mode_ext: Nest<CanModeExt>,
        /// Bit timing of CAN XL's data.
        18 IFLA_CAN_XL_DATA_BITTIMING XlBitTiming xl_bit_timing: Struct<CanBitTiming>,
        /// Limits of that bit timing.
        19 IFLA_CAN_XL_DATA_BITTIMING_CONST XlBitTimingLimits xl_bit_timing_limits: Struct<CanBitTimingLimits>,
        /// Bit rates of CAN XL's data to choose from, in bit/s.
        20 IFLA_CAN_XL_DATA_BITRATE_CONST XlBitRates xl_bit_rates: Array<U32>,
        /// Delay compensation of CAN XL's transmitter.
        21 IFLA_CAN_XL_TDC XlDelayCompensation xl_delay_compensation: Nest<CanDelayCompensation>,
        /// Pulse-width modulation of CAN XL's transmitter.
        22 IFLA_CAN_XL_PWM PulseWidth pulse_width: Nest<CanPulseWidth>,
    }
}

attributes! {
    /// Delay compensation of a CAN transmitter, in clock periods
    /// (`IFLA_CAN_TDC_*`).
    pub set CanDelayCompensation, enum CanDelayCompensationAttr {
        /// Minimum of the value.
        1 IFLA_CAN_TDC_TDCV_MIN MinValue min_value: u32,
        /// Maximum of the value.
        2 IFLA_CAN_TDC_TDCV_MAX MaxValue max_value: u32,
        /// Minimum of the offset.
        3 IFLA_CAN_TDC_TDCO_MIN MinOffset min_offset: u32,
        /// Maximum of the offset.
        4 IFLA_CAN_TDC_TDCO_MAX MaxOffset max_offset: u32,
        /// Minimum of the filter window.
        5 IFLA_CAN_TDC_TDCF_MIN MinFilter min_filter: u32,
        /// Maximum of the filter window.
        6 IFLA_CAN_TDC_TDCF_MAX MaxFilter max_filter: u32,
        /// Value: delay from the transmitter to the receiver.
        7 IFLA_CAN_TDC_TDCV Value value: u32,
        /// Offset: distance of the second sample point from the value.
        8 IFLA_CAN_TDC_TDCO Offset offset: u32,
        /// Filter window: minimum position of the second sample point.
        9 IFLA_CAN_TDC_TDCF Filter filter: u32,
    }
}

attributes! {
    /// Modes that a CAN controller knows.
    pub set CanModeExt, enum CanModeExtAttr {
        /// Modes that can be changed.
        1 IFLA_CAN_CTRLMODE_SUPPORTED Supported supported: CanModeFlags,
    }
}

attributes! {
    /// Pulse-width modulation of a CAN XL transmitter, in clock periods
    /// (`IFLA_CAN_PWM_*`).
    pub set CanPulseWidth, enum CanPulseWidthAttr {
        /// Minimum of the short phase.
        1 IFLA_CAN_PWM_PWMS_MIN MinShort min_short: u32,
        /// Maximum of the short phase.
        2 IFLA_CAN_PWM_PWMS_MAX MaxShort max_short: u32,
        /// Minimum of the long phase.
        3 IFLA_CAN_PWM_PWML_MIN MinLong min_long: u32,
        /// Maximum of the long phase.
        4 IFLA_CAN_PWM_PWML_MAX MaxLong max_long: u32,
        /// Minimum of the offset.
        5 IFLA_CAN_PWM_PWMO_MIN MinOffset min_offset: u32,
        /// Maximum of the offset.
        6 IFLA_CAN_PWM_PWMO_MAX MaxOffset max_offset: u32,
        /// Short phase.
        7 IFLA_CAN_PWM_PWMS Short short: u32,
        /// Long phase.
        8 IFLA_CAN_PWM_PWML Long long: u32,
        /// Offset.
        9 IFLA_CAN_PWM_PWMO Offset offset: u32,
    }
}

attributes! {
    /// Pair of virtual CAN buses.
    pub set Vxcan, enum VxcanAttr {
        /// Other end, in a request that creates the pair.
        1 VXCAN_INFO_PEER Peer peer: Headed<LinkHeader, Link>,
    }
}

structs! {
    /// Bit timing of a CAN bus. A request sets the bit rate and lets the kernel
    /// work out the rest, or sets all but the bit rate.
    #[doc(alias = "can_bittiming")]
    pub struct CanBitTiming: 32 {
        /// Bit rate in bit/s.
        bitrate: U32,
        /// Sample point in tenths of a per cent.
        sample_point: U32,
        /// Time quantum in nanoseconds.
        tq: U32,
        /// Propagation segment in time quanta.
        prop_seg: U32,
        /// Phase segment 1 in time quanta.
        phase_seg1: U32,
        /// Phase segment 2 in time quanta.
        phase_seg2: U32,
        /// Synchronisation jump width in time quanta.
        sjw: U32,
        /// Prescaler of the bit rate.
        brp: U32,
    }

    /// Limits of a CAN controller's bit timing.
    #[doc(alias = "can_bittiming_const")]
    pub struct CanBitTimingLimits: 48 {
        /// Name of the controller, filled with zeros.
        name: [u8; 16],
        /// Minimum of propagation and phase segment 1, in time quanta.
        tseg1_min: U32,
        /// Maximum of propagation and phase segment 1, in time quanta.
        tseg1_max: U32,
        /// Minimum of phase segment 2 in time quanta.
        tseg2_min: U32,
        /// Maximum of phase segment 2 in time quanta.
        tseg2_max: U32,
        /// Maximum of the synchronisation jump width.
        sjw_max: U32,
        /// Minimum of the prescaler.
        brp_min: U32,
        /// Maximum of the prescaler.
        brp_max: U32,
        /// Step of the prescaler.
        brp_inc: U32,
    }

    /// Mode of a CAN controller.
    #[doc(alias = "can_ctrlmode")]
    pub struct CanMode: 8 {
        /// Bits that a request changes.
        mask: U32 as CanModeFlags,
        /// Modes that are on.
        flags: U32 as CanModeFlags,
    }

    /// Error counters of a CAN bus.
    #[doc(alias = "can_berr_counter")]
    pub struct CanErrorCounters: 4 {
        /// Errors while sending.
        tx: U16,
        /// Errors while receiving.
        rx: U16,
    }

    /// Statistics of a CAN controller
    /// ([`IFLA_INFO_XSTATS`](super::super::IFLA_INFO_XSTATS)).
    #[doc(alias = "can_device_stats")]
    pub struct CanStats: 24 {
        /// Number of errors of the bus.
        bus_error: U32,
        /// Number of changes to the state error-warning.
        error_warning: U32,
        /// Number of changes to the state error-passive.
        error_passive: U32,
        /// Number of changes to the state bus-off.
        bus_off: U32,
        /// Number of lost arbitrations.
        arbitration_lost: U32,
        /// Number of restarts of the controller.
        restarts: U32,
    }
}

numbers! {
    /// State of a CAN controller, by its error counters.
    pub struct CanState(u32) {
        /// Fewer than 96 errors.
        ERROR_ACTIVE = 0 "CAN_STATE_ERROR_ACTIVE" "ERROR-ACTIVE";
        /// Fewer than 128 errors.
        ERROR_WARNING = 1 "CAN_STATE_ERROR_WARNING" "ERROR-WARNING";
        /// Fewer than 256 errors.
        ERROR_PASSIVE = 2 "CAN_STATE_ERROR_PASSIVE" "ERROR-PASSIVE";
        /// 256 errors or more.
        BUS_OFF = 3 "CAN_STATE_BUS_OFF" "BUS-OFF";
        STOPPED = 4 "CAN_STATE_STOPPED" "STOPPED";
        SLEEPING = 5 "CAN_STATE_SLEEPING" "SLEEPING";
    }
}

flags! {
    /// Modes of a CAN controller.
    pub struct CanModeFlags(u32) {
        LOOPBACK = 0x1 "CAN_CTRLMODE_LOOPBACK" "LOOPBACK";
        LISTEN_ONLY = 0x2 "CAN_CTRLMODE_LISTENONLY" "LISTEN-ONLY";
        /// Each bit is sampled three times.
        TRIPLE_SAMPLING = 0x4 "CAN_CTRLMODE_3_SAMPLES" "TRIPLE-SAMPLING";
        /// Frames are sent once.
        ONE_SHOT = 0x8 "CAN_CTRLMODE_ONE_SHOT" "ONE-SHOT";
        /// Errors of the bus are reported.
        BERR_REPORTING = 0x10 "CAN_CTRLMODE_BERR_REPORTING" "BERR-REPORTING";
        FD = 0x20 "CAN_CTRLMODE_FD" "FD";
        /// Missing acknowledgements are ignored.
        PRESUME_ACK = 0x40 "CAN_CTRLMODE_PRESUME_ACK" "PRESUME-ACK";
        FD_NON_ISO = 0x80 "CAN_CTRLMODE_FD_NON_ISO" "FD-NON-ISO";
        /// Classic frames may have a length code above 8.
        CC_LEN8_DLC = 0x100 "CAN_CTRLMODE_CC_LEN8_DLC" "CC-LEN8-DLC";
        /// The controller measures the value of the delay compensation.
        TDC_AUTO = 0x200 "CAN_CTRLMODE_TDC_AUTO" "TDC-AUTO";
        /// A request sets the value of the delay compensation.
        TDC_MANUAL = 0x400 "CAN_CTRLMODE_TDC_MANUAL" "TDC-MANUAL";
        /// No error frames are sent.
        RESTRICTED = 0x800 "CAN_CTRLMODE_RESTRICTED" "RESTRICTED";
        XL = 0x1000 "CAN_CTRLMODE_XL" "XL";
        XL_TDC_AUTO = 0x2000 "CAN_CTRLMODE_XL_TDC_AUTO" "XL-TDC-AUTO";
        XL_TDC_MANUAL = 0x4000 "CAN_CTRLMODE_XL_TDC_MANUAL" "XL-TDC-MANUAL";
        /// The transceiver switches its mode for data.
        XL_TMS = 0x8000 "CAN_CTRLMODE_XL_TMS" "TMS";
    }
}
