//! Actions of filters (`linux/pkt_cls.h`, `linux/tc_act/`, tc-actions(8)).

pub mod decide;
mod firewall;
pub mod packet;
mod request;
mod schedule;
mod settings;
mod tunnel;

use super::TrafficStats2;
use crate::codec::{Bytes, Indexed, Nest, Shown, Str, Text};
use crate::numbers::{flags, numbers};
use crate::schema::Milliseconds;
use crate::structs::structs;
use crate::zerocopy::native_endian::{I32, U16, U32, U64};
use crate::{Bitfield32, FixedHeader, attributes};

#[doc(no_inline)]
pub use decide::*;
pub use firewall::*;
#[doc(no_inline)]
pub use packet::*;
pub use request::FilterAction;
pub(super) use request::put_actions;
pub use schedule::*;
pub use settings::{PoliceSettings, SkbEditSettings, TunnelKeySettings, VlanTagSettings};
pub use tunnel::*;

structs! {
    /// Fixed header of requests for shared actions.
    #[doc(alias = "tcamsg")]
    pub struct ActionHeader: 4 {
        /// Zero.
        #[doc(alias = "tca_family")]
        family: u8 as crate::AddressFamily,
        /// Padding.
        padding: u8,
        /// Padding.
        more_padding: U16,
    }

    /// Number, decision and users, with which the settings of every action
    /// begin.
    #[doc(
        alias = "tc_gen",
        alias = "tc_gact",
        alias = "tc_act_bpf",
        alias = "tc_ct",
        alias = "tc_ctinfo",
        alias = "tc_defact",
        alias = "tc_gate",
        alias = "tc_sample",
        alias = "tc_skbedit"
    )]
    pub struct ActionParameters: 20 {
        /// Number among the actions of the kind; 0 lets the kernel choose one.
        index: U32,
        /// Unused.
        capab: U32,
        /// Decision on the packet.
        action: I32 as ControlAction,
        /// Number of references; in answers only.
        #[doc(alias = "refcnt")]
        references: I32,
        /// Number of filters that have the action; in answers only.
        #[doc(alias = "bindcnt")]
        bindings: I32,
    }

    /// Times of an action in hundredths of a second: before now, or from now.
    #[doc(alias = "tcf_t")]
    pub struct ActionTimes: 32 {
        /// Time since the action was created.
        install: U64,
        /// Time since the last use of the action.
        #[doc(alias = "lastuse")]
        last_use: U64,
        /// Time until the action expires.
        expires: U64,
        /// Time since the first use of the action.
        #[doc(alias = "firstuse")]
        first_use: U64,
    }
}

impl FixedHeader for ActionHeader {}

flags! {
    /// Flags of an action ([`TCA_ACT_FLAGS`]).
    pub struct ActionFlags(u32) {
        /// Counters are shared by all processors.
        NO_PERCPU_STATS = 0x1 "TCA_ACT_FLAGS_NO_PERCPU_STATS" "no_percpu";
        /// The action is not in hardware.
        SKIP_HW = 0x2 "TCA_ACT_FLAGS_SKIP_HW" "skip_hw";
        /// The action is in hardware only.
        SKIP_SW = 0x4 "TCA_ACT_FLAGS_SKIP_SW" "skip_sw";
    }
}

flags! {
    /// Ways of reading the counters of hardware ([`TCA_ACT_HW_STATS`]).
    pub struct ActionHardwareStats(u32) {
        /// The kernel asks the hardware.
        IMMEDIATE = 0x1 "TCA_ACT_HW_STATS_IMMEDIATE" "immediate";
        /// The hardware reports now and then.
        DELAYED = 0x2 "TCA_ACT_HW_STATS_DELAYED" "delayed";
    }
}

flags! {
    /// Flags of requests for shared actions ([`TCA_ROOT_FLAGS`]).
    pub struct ActionDumpFlags(u32) {
        /// Messages hold as many actions as fit.
        LARGE = 0x1 "TCA_ACT_FLAG_LARGE_DUMP_ON" "large";
        /// Actions come without their settings.
        TERSE = 0x2 "TCA_ACT_FLAG_TERSE_DUMP" "terse";
    }
}

attributes! {
    /// Attributes of requests for shared actions (`TCA_ROOT_*`).
    pub set ActionTable, enum ActionTableAttr {
        /// Actions, numbered from 1.
        1 TCA_ROOT_TAB Actions actions: Indexed<Action>,
        /// [`ActionDumpFlags`], and the bits that count.
        2 TCA_ROOT_FLAGS Flags flags: Bitfield32,
        /// Number of actions in the message.
        3 TCA_ROOT_COUNT Count count: u32,
        /// Time within which actions were used.
        4 TCA_ROOT_TIME_DELTA TimeDelta time_delta: Shown<u32, Milliseconds>,
        /// Warning.
        5 TCA_ROOT_EXT_WARN_MSG Warning warning: Text,
    }
}

attributes! {
    /// Action on a packet that a filter matches (`TCA_ACT_*`).
    pub set Action, enum ActionAttr {
        /// Kind, such as `mirred`.
        1 TCA_ACT_KIND Kind kind: Str,
        /// Settings of the kind.
        2 TCA_ACT_OPTIONS Options options: ActionOptionsChoice,
        /// Number among the actions of the kind, for one that is there.
        3 TCA_ACT_INDEX Index index: u32,
        /// Counters.
        4 TCA_ACT_STATS Stats stats: Nest<TrafficStats2>,
        /// Padding.
        5 TCA_ACT_PAD Pad pad: Bytes,
        /// Cookie of up to 16 bytes, which the kernel keeps.
        6 TCA_ACT_COOKIE Cookie cookie: Bytes,
        /// [`ActionFlags`], and the bits that count.
        7 TCA_ACT_FLAGS Flags flags: Bitfield32,
        /// [`ActionHardwareStats`] that are wanted.
        8 TCA_ACT_HW_STATS HardwareStats hardware_stats: Bitfield32,
        /// [`ActionHardwareStats`] in use.
        9 TCA_ACT_USED_HW_STATS UsedHardwareStats used_hardware_stats: Bitfield32,
        /// Number of devices that have the action in hardware.
        10 TCA_ACT_IN_HW_COUNT InHardware in_hardware: u32,
    }
}

attributes! {
    /// Settings of an action, by its kind ([`TCA_ACT_KIND`]).
    pub choice ActionOptionsChoice, enum ActionOptions by TCA_ACT_KIND {
        "bpf" Bpf: BpfAction,
        "connmark" ConnMark: ConnMark,
        "csum" Checksum: Checksum,
        "ct" Ct: CtAction,
        "ctinfo" CtInfo: CtInfo,
        "gact" Gact: Gact,
        "gate" Gate: Gate,
        "ife" Ife: Ife,
        "mirred" Mirred: Mirred,
        "mpls" Mpls: MplsAction,
        "nat" Nat: NatAction,
        "pedit" Pedit: Pedit,
        "police" Police: Police,
        "sample" Sample: SampleAction,
        "simple" Simple: SimpleAction,
        "skbedit" SkbEdit: SkbEdit,
        "skbmod" SkbMod: SkbMod,
        "tunnel_key" TunnelKey: TunnelKey,
        "vlan" Vlan: VlanAction,
    }
}

numbers! {
    /// Decision about a packet after an action.
    pub struct ControlAction(i32) {
        /// No decision: the next filter is tried (`continue`).
        UNSPEC = -1 "TC_ACT_UNSPEC" "continue";
        /// Packet passes.
        OK = 0 "TC_ACT_OK" "pass";
        /// Packet is classified again from the first filter.
        RECLASSIFY = 1 "TC_ACT_RECLASSIFY" "reclassify";
        /// Packet is dropped.
        SHOT = 2 "TC_ACT_SHOT" "drop";
        /// Packet goes to the next action.
        PIPE = 3 "TC_ACT_PIPE" "pipe";
        /// Packet is consumed by the action.
        STOLEN = 4 "TC_ACT_STOLEN" "stolen";
        /// Packet is queued by the action.
        QUEUED = 5 "TC_ACT_QUEUED" "queued";
        /// Packet goes through the action again.
        REPEAT = 6 "TC_ACT_REPEAT" "repeat";
        /// Packet is redirected to another link.
        REDIRECT = 7 "TC_ACT_REDIRECT" "redirect";
        /// Packet is trapped: the hardware passes it to the host.
        TRAP = 8 "TC_ACT_TRAP" "trap";
    }
}

/// Numbers in the low bits of a decision.
const NUMBER: i32 = 0x0fff_ffff;

impl ControlAction {
    const JUMP: i32 = 0x1000_0000;
    const GOTO_CHAIN: i32 = 0x2000_0000;

    /// Skips a number of actions; only the low 28 bits count.
    #[doc(alias = "TC_ACT_JUMP")]
    #[must_use]
    pub const fn jump(actions: u32) -> Self {
        Self(Self::JUMP | (actions.cast_signed() & NUMBER))
    }

    /// Passes the packet to the filters of a chain; only the low 28 bits count.
    ///
    /// ```
    /// use nlwire::route::ControlAction;
    ///
    /// assert_eq!(ControlAction::goto_chain(5).chain(), Some(5));
    /// assert_eq!(ControlAction::OK.chain(), None);
    /// ```
    #[doc(alias = "TC_ACT_GOTO_CHAIN")]
    #[must_use]
    pub const fn goto_chain(chain: u32) -> Self {
        Self(Self::GOTO_CHAIN | (chain.cast_signed() & NUMBER))
    }

    /// Returns the number of skipped actions of a `jump`.
    #[must_use]
    pub const fn jumps(self) -> Option<u32> {
        self.number(Self::JUMP)
    }

    /// Returns the chain of a `goto chain`.
    #[must_use]
    pub const fn chain(self) -> Option<u32> {
        self.number(Self::GOTO_CHAIN)
    }

    const fn number(self, opcode: i32) -> Option<u32> {
        if self.0 & !NUMBER == opcode {
            Some((self.0 & NUMBER).cast_unsigned())
        } else {
            None
        }
    }
}
