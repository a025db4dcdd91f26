//! Disciplines of links with several transmit queues, and of time-sensitive
//! networks: `mqprio`, `taprio`, `etf`, `cbs`.

use crate::codec::{Bytes, Form, Many, Nest, Shown, Struct};
use crate::numbers::{flags, numbers};
use crate::schema::{Hexadecimal, Nanoseconds, Shape};
use crate::structs::structs;
use crate::zerocopy::native_endian::{I32, U16, U32};
use crate::{AttrRef, Attrs, DecodeError, Put, Writer, attributes};

structs! {
    /// Traffic classes of an `mqprio` or a `taprio`, with their transmit queues.
    #[doc(alias = "tc_mqprio_qopt")]
    pub struct MqprioOptions: 82 {
        /// Number of traffic classes.
        #[doc(alias = "num_tc")]
        classes: u8,
        /// Traffic class for each priority of a packet.
        #[doc(alias = "prio_tc_map")]
        map: [u8; 16],
        /// 1 if the hardware chooses the queues.
        #[doc(alias = "hw")]
        hardware: u8,
        /// Number of queues of each traffic class.
        count: [U16; 16],
        /// First queue of each traffic class.
        offset: [U16; 16],
    }

    /// Settings of a `cbs`. Rates are in kilobits a second.
    #[doc(alias = "tc_cbs_qopt")]
    pub struct CbsOptions: 20 {
        /// 1 if the hardware does the work.
        offload: u8,
        /// Padding.
        padding: [u8; 3],
        /// Maximum credit in bytes.
        #[doc(alias = "hicredit")]
        high_credit: I32,
        /// Minimum credit in bytes.
        #[doc(alias = "locredit")]
        low_credit: I32,
        /// Rate at which credit grows.
        #[doc(alias = "idleslope")]
        idle_slope: I32,
        /// Rate at which credit shrinks while packets are sent, negative.
        #[doc(alias = "sendslope")]
        send_slope: I32,
    }

    /// Settings of an `etf`.
    #[doc(alias = "tc_etf_qopt")]
    pub struct EtfOptions: 12 {
        /// Delta: time by which a packet leaves the queue before its own time.
        delta: I32 as Nanoseconds,
        /// Clock of the packets' times (`CLOCK_*`), 11 for TAI.
        #[doc(alias = "clockid")]
        clock: I32,
        /// Flags.
        flags: U32 as EtfFlags,
    }
}

flags! {
    /// Flags of an `etf`.
    pub struct EtfFlags(u32) {
        /// The time of a packet is its deadline.
        DEADLINE = 0x1 "TC_ETF_DEADLINE_MODE_ON" "deadline_mode";
        /// The hardware sends packets at their times.
        OFFLOAD = 0x2 "TC_ETF_OFFLOAD_ON" "offload";
        /// Packets need no socket with `SO_TXTIME`.
        SKIP_SOCK_CHECK = 0x4 "TC_ETF_SKIP_SOCK_CHECK" "skip_sock_check";
    }
}

numbers! {
    /// Choice of the hardware's settings by an `mqprio`.
    pub struct MqprioMode(u16) {
        /// Data centre bridging.
        DCB = 0 "TC_MQPRIO_MODE_DCB" "dcb";
        /// Channels.
        CHANNEL = 1 "TC_MQPRIO_MODE_CHANNEL" "channel";
    }
}

numbers! {
    /// Shaper of an `mqprio`.
    pub struct MqprioShaper(u16) {
        /// Data centre bridging.
        DCB = 0 "TC_MQPRIO_SHAPER_DCB" "dcb";
        /// Rates of the traffic classes.
        RATE = 1 "TC_MQPRIO_SHAPER_BW_RATE" "bw_rlimit";
    }
}

numbers! {
    /// Preemption of a traffic class.
    pub struct Preemption(u32) {
        /// Frames that cannot be interrupted.
        EXPRESS = 1 "TC_FP_EXPRESS" "E";
        /// Frames that express ones may interrupt.
        PREEMPTIBLE = 2 "TC_FP_PREEMPTIBLE" "P";
    }
}

attributes! {
    /// Settings of an `mqprio` behind [`MqprioOptions`] (`TCA_MQPRIO_*`).
    pub set Mqprio, enum MqprioAttr {
        /// Choice of the hardware's settings.
        1 TCA_MQPRIO_MODE Mode mode: MqprioMode,
        /// Shaper.
        2 TCA_MQPRIO_SHAPER Shaper shaper: MqprioShaper,
        /// Minimum rates of the traffic classes.
        3 TCA_MQPRIO_MIN_RATE64 MinRates min_rates: MqprioRates<'static>,
        /// Maximum rates of the traffic classes.
        4 TCA_MQPRIO_MAX_RATE64 MaxRates max_rates: MqprioRates<'static>,
        /// Traffic class.
        5 TCA_MQPRIO_TC_ENTRY Class class: Many<Nest<MqprioClass>>,
    }
}

/// Rates of an `mqprio`'s traffic classes in bytes a second, one after the
/// other: the form and the value of [`TCA_MQPRIO_MIN_RATE64`]. Inside of the nest
/// each rate has the type of the nest. The kernel takes rates only if the hardware
/// chooses the queues, by [`MqprioMode::CHANNEL`] and [`MqprioShaper::RATE`].
///
/// ```
/// use nlwire::route::{
///     MqprioAttr, MqprioMode, MqprioOptions, MqprioRates, MqprioShaper, NewQdisc, Rate,
///     TrafficKindSettings,
/// };
///
/// // tc qdisc add dev eth0 root mqprio num_tc 2 map 0 1 queues 1@0 1@1 hw 1 mode channel
/// //     shaper bw_rlimit min_rate 1mbit 2mbit
/// let mut options = MqprioOptions { classes: 2, hardware: 1, ..MqprioOptions::default() };
/// options.map[1] = 1;
/// (options.count[0], options.count[1], options.offset[1]) = (1.into(), 1.into(), 1.into());
/// let rates = [Rate::mbit(1), Rate::mbit(2)].map(Rate::bytes);
/// let settings = [
///     MqprioAttr::Mode(MqprioMode::CHANNEL),
///     MqprioAttr::Shaper(MqprioShaper::RATE),
///     MqprioAttr::MinRates(MqprioRates::of(&rates)),
/// ];
/// let settings = TrafficKindSettings::of_struct("mqprio", &options).and(&settings);
/// let qdisc = NewQdisc::new(2, settings);
/// # let _ = qdisc;
/// ```
#[derive(Clone, Copy, Debug)]
pub struct MqprioRates<'a>(Rates<'a>);

#[derive(Clone, Copy, Debug)]
enum Rates<'a> {
    Written(Attrs<'a>),
    Given(&'a [u64]),
}

crate::__format!(MqprioRates<'_>);

/// Equal if the rates are equal.
impl PartialEq for MqprioRates<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<'a> MqprioRates<'a> {
    /// Takes rates that are written already.
    #[must_use]
    pub const fn new(attributes: Attrs<'a>) -> Self {
        Self(Rates::Written(attributes))
    }

    /// Takes rates in bytes a second, up to 16, that of the first class first.
    #[must_use]
    pub const fn of(rates: &'a [u64]) -> Self {
        Self(Rates::Given(rates))
    }

    /// Returns the rates, that of the first class first.
    pub fn iter(self) -> impl Iterator<Item = Result<u64, DecodeError>> + use<'a> {
        let (written, given) = match self.0 {
            Rates::Written(attributes) => (attributes, &[][..]),
            Rates::Given(rates) => (Attrs::new(&[]), rates),
        };
        let given = given.iter().map(|rate| Ok(*rate));
        given.chain(written.map(|rate| rate?.u64()))
    }
}

impl Form for MqprioRates<'static> {
    type Value<'a> = MqprioRates<'a>;
    const SHAPE: Shape = Shape::Indexed(&<u64 as Form>::SHAPE);

    crate::codec::field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<MqprioRates<'a>, DecodeError> {
        Ok(MqprioRates::new(attribute.nested()))
    }

    fn encode<'w, 'b>(
        value: &MqprioRates<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        match value.0 {
            Rates::Written(attributes) => writer.nest_of(kind, attributes.remaining()),
            // `mqprio_parse_nlattr` refuses another type than that of the nest.
            Rates::Given(rates) => writer.nest(kind, |w| {
                for rate in rates {
                    w.u64(kind, *rate)?;
                }
                Ok(w)
            }),
        }
    }
}

attributes! {
    /// Traffic class of an `mqprio` (`TCA_MQPRIO_TC_ENTRY_*`).
    pub set MqprioClass, enum MqprioClassAttr {
        /// Number of the class.
        1 TCA_MQPRIO_TC_ENTRY_INDEX Index index: u32,
        /// Preemption.
        2 TCA_MQPRIO_TC_ENTRY_FP Preemption preemption: Preemption,
    }
}

flags! {
    /// Flags of a `taprio`.
    pub struct TaprioFlags(u32) {
        /// The hardware sends packets at times that the kernel sets.
        TXTIME_ASSIST = 0x1 "TCA_TAPRIO_ATTR_FLAG_TXTIME_ASSIST" "txtime-assist";
        /// The hardware keeps the schedule.
        FULL_OFFLOAD = 0x2 "TCA_TAPRIO_ATTR_FLAG_FULL_OFFLOAD" "full-offload";
    }
}

numbers! {
    /// Command of an entry in a schedule.
    pub struct TaprioCommand(u8) {
        /// Opens and closes gates.
        SET_GATES = 0 "TC_TAPRIO_CMD_SET_GATES" "S";
        /// Opens and closes gates, and holds preemptible frames back.
        SET_AND_HOLD = 1 "TC_TAPRIO_CMD_SET_AND_HOLD" "H";
        /// Opens and closes gates, and releases preemptible frames.
        SET_AND_RELEASE = 2 "TC_TAPRIO_CMD_SET_AND_RELEASE" "R";
    }
}

attributes! {
    /// Settings of a `taprio` (`TCA_TAPRIO_ATTR_*`).
    pub set Taprio, enum TaprioAttr {
        /// Traffic classes.
        1 TCA_TAPRIO_ATTR_PRIOMAP Classes classes: Struct<MqprioOptions>,
        /// Entries of the schedule.
        2 TCA_TAPRIO_ATTR_SCHED_ENTRY_LIST Entries entries: Nest<TaprioEntries>,
        /// Start of the schedule.
        3 TCA_TAPRIO_ATTR_SCHED_BASE_TIME BaseTime base_time: Shown<i64, Nanoseconds>,
        /// Unused.
        4 TCA_TAPRIO_ATTR_SCHED_SINGLE_ENTRY Entry entry: Nest<TaprioEntry>,
        /// Clock of the schedule (`CLOCK_*`), 11 for TAI.
        5 TCA_TAPRIO_ATTR_SCHED_CLOCKID Clock clock: i32,
        /// Padding.
        6 TCA_TAPRIO_PAD Pad pad: Bytes,
        /// Schedule that follows; in answers only.
        7 TCA_TAPRIO_ATTR_ADMIN_SCHED Next next: Nest<Taprio>,
        /// Duration of a cycle, 0 for that of all entries.
        8 TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME CycleTime cycle_time: Shown<i64, Nanoseconds>,
        /// Time by which the last cycle before a new schedule may be longer.
        9 TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME_EXTENSION CycleExtension cycle_extension: Shown<i64, Nanoseconds>,
        /// Flags.
        10 TCA_TAPRIO_ATTR_FLAGS Flags flags: TaprioFlags,
        /// Time that a packet needs from the kernel to the wire.
        11 TCA_TAPRIO_ATTR_TXTIME_DELAY Delay delay: Shown<u32, Nanoseconds>,
        /// Traffic class.
        12 TCA_TAPRIO_ATTR_TC_ENTRY Class class: Many<Nest<TaprioClass>>,
    }
}

attributes! {
    /// Entries of a schedule (`TCA_TAPRIO_SCHED_ENTRY`).
    pub set TaprioEntries, enum TaprioEntriesAttr {
        /// Entry.
        1 TCA_TAPRIO_SCHED_ENTRY Entry entry: Many<Nest<TaprioEntry>>,
    }
}

attributes! {
    /// Entry of a schedule (`TCA_TAPRIO_SCHED_ENTRY_*`).
    pub set TaprioEntry, enum TaprioEntryAttr {
        /// Number of the entry.
        1 TCA_TAPRIO_SCHED_ENTRY_INDEX Index index: u32,
        /// Command.
        2 TCA_TAPRIO_SCHED_ENTRY_CMD Command command: TaprioCommand,
        /// Open gates, a bit for each traffic class.
        3 TCA_TAPRIO_SCHED_ENTRY_GATE_MASK Gates gates: Shown<u32, Hexadecimal>,
        /// Duration.
        4 TCA_TAPRIO_SCHED_ENTRY_INTERVAL Interval interval: Shown<u32, Nanoseconds>,
    }
}

attributes! {
    /// Traffic class of a `taprio` (`TCA_TAPRIO_TC_ENTRY_*`).
    pub set TaprioClass, enum TaprioClassAttr {
        /// Number of the class.
        1 TCA_TAPRIO_TC_ENTRY_INDEX Index index: u32,
        /// Size of the largest packet in bytes, 0 for no limit.
        2 TCA_TAPRIO_TC_ENTRY_MAX_SDU MaxPacket max_packet: u32,
        /// Preemption.
        3 TCA_TAPRIO_TC_ENTRY_FP Preemption preemption: Preemption,
    }
}

attributes! {
    /// Counters of a `taprio` in hardware
    /// ([`TCA_STATS_APP`](crate::route::TCA_STATS_APP),
    /// `TCA_TAPRIO_OFFLOAD_STATS_*`).
    pub set TaprioStats, enum TaprioStatsAttr {
        /// Padding.
        1 TCA_TAPRIO_OFFLOAD_STATS_PAD Pad pad: Bytes,
        /// Number of packets dropped for being too long for any window.
        2 TCA_TAPRIO_OFFLOAD_STATS_WINDOW_DROPS WindowDrops window_drops: u64,
        /// Number of packets sent beyond the end of their window.
        3 TCA_TAPRIO_OFFLOAD_STATS_TX_OVERRUNS Overruns overruns: u64,
    }
}

attributes! {
    /// Settings of an `etf` (`TCA_ETF_*`).
    pub set Etf, enum EtfAttr {
        /// Settings.
        1 TCA_ETF_PARMS Parameters parameters: Struct<EtfOptions>,
    }
}

attributes! {
    /// Settings of a `cbs` (`TCA_CBS_*`).
    pub set Cbs, enum CbsAttr {
        /// Settings.
        1 TCA_CBS_PARMS Parameters parameters: Struct<CbsOptions>,
    }
}
