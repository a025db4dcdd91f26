//! The settings of filters of traffic, which are called classifiers too, and of
//! the actions that they end in (`linux/pkt_cls.h`, `linux/tc_act/tc_gact.h`,
//! `linux/tc_act/tc_mirred.h`, tc-u32(8), tc-matchall(8), tc-actions(8)).

use crate::zerocopy::native_endian::{I16, I32, U16, U32, U64};
use crate::zerocopy::{FromBytes as _, IntoBytes as _, big_endian};

use super::{TrafficHeader, TrafficStats2};
use crate::bytes::low32;
use crate::codec::{Array, Bytes, Extensible, Form, Indexed, Nest, Shown, Str, Struct, Text};
use crate::numbers::{flags, numbers};
use crate::schema::{Hexadecimal, Shape, TrafficHandle};
use crate::structs::structs;
use crate::{
    AttrRef, Attrs, Bitfield32, DecodeError, DecodeErrorKind, EncodeError, NLA_TYPE_MASK, Put,
    Writer, attributes,
};

impl TrafficHeader {
    /// Returns the header with the place of a filter: its priority, the lowest
    /// number first, and the protocol that it sees (`ETH_P_*`).
    #[must_use]
    #[doc(alias = "tcm_info", alias = "TC_H_MAKE")]
    pub const fn with_filter(mut self, priority: u16, protocol: u16) -> Self {
        let [a, b] = priority.to_be_bytes();
        // The kernel casts the lower half to 16 bits in network order.
        let [c, d] = protocol.to_be().to_be_bytes();
        self.info = U32::new(u32::from_be_bytes([a, b, c, d]));
        self
    }

    /// Returns the priority of a filter, 0 for none.
    #[must_use]
    #[doc(alias = "tcm_info")]
    pub const fn priority(&self) -> u16 {
        let [a, b, ..] = self.info.get().to_be_bytes();
        u16::from_be_bytes([a, b])
    }

    /// Returns the protocol that a filter sees (`ETH_P_*`).
    #[must_use]
    #[doc(alias = "tcm_info")]
    pub const fn protocol(&self) -> u16 {
        let [.., c, d] = self.info.get().to_be_bytes();
        u16::from_be(u16::from_be_bytes([c, d]))
    }
}

flags! {
    /// Where a filter is.
    pub struct FilterFlags(u32) {
        /// Not in hardware.
        SKIP_HW = 0x1 "TCA_CLS_FLAGS_SKIP_HW" "skip_hw";
        /// In hardware only.
        SKIP_SW = 0x2 "TCA_CLS_FLAGS_SKIP_SW" "skip_sw";
        /// It is in hardware; in answers only.
        IN_HW = 0x4 "TCA_CLS_FLAGS_IN_HW" "in_hw";
        /// It is not in hardware; in answers only.
        NOT_IN_HW = 0x8 "TCA_CLS_FLAGS_NOT_IN_HW" "not_in_hw";
        /// The driver is to say why it refuses.
        VERBOSE = 0x10 "TCA_CLS_FLAGS_VERBOSE" "verbose";
    }
}

attributes! {
    /// The settings of `u32`, which compares words of the packet
    /// (`TCA_U32_*`).
    pub set U32Filter, enum U32FilterAttr {
        /// Class of packets that match: a [`Handle`](super::Handle)'s bits.
        1 TCA_U32_CLASSID Class class: Shown<u32, TrafficHandle>,
        /// Hash table of the filter.
        2 TCA_U32_HASH HashTable hash_table: Shown<u32, Hexadecimal>,
        /// Hash table that is looked into next.
        3 TCA_U32_LINK Link link: Shown<u32, Hexadecimal>,
        /// How many buckets this hash table has, a power of two up to 256.
        4 TCA_U32_DIVISOR Divisor divisor: u32,
        /// What is compared.
        5 TCA_U32_SEL Selector selector: U32Selector<'static>,
        /// A limit of the rate, in the old form.
        6 TCA_U32_POLICE Police police: Bytes,
        /// What becomes of packets that match, one after the other, from 1.
        7 TCA_U32_ACT Actions actions: Indexed<Action>,
        /// The link that packets must have come by.
        8 TCA_U32_INDEV InputDevice input_device: Text,
        /// How many packets came by, how many matched, and each key.
        9 TCA_U32_PCNT Counters counters: Array<U64>,
        /// The mark that packets must have.
        10 TCA_U32_MARK Mark mark: Struct<U32Mark>,
        /// Where it is.
        11 TCA_U32_FLAGS Flags flags: FilterFlags,
        /// Nothing, to align what follows.
        12 TCA_U32_PAD Pad pad: Bytes,
    }
}

structs! {
    /// How a `u32` goes on; its keys follow.
    #[doc(alias = "tc_u32_sel")]
    pub struct U32Rule: 16 {
        /// [`U32Flags`].
        flags: u8,
        /// By how many bits the value of an offset is shifted.
        #[doc(alias = "offshift")]
        offset_shift: u8,
        /// How many keys follow; [`U32Selector`] puts their number here.
        #[doc(alias = "nkeys")]
        key_count: u8,
        /// Zero.
        padding: u8,
        /// The bits of the packet that make an offset.
        #[doc(alias = "offmask")]
        offset_mask: big_endian::U16,
        /// What is added to it.
        #[doc(alias = "off")]
        offset: U16,
        /// Where those bits are.
        #[doc(alias = "offoff")]
        offset_position: I16,
        /// Where the bits are that choose the bucket of the next hash table.
        #[doc(alias = "hoff")]
        hash_position: I16,
        /// Which these are.
        #[doc(alias = "hmask")]
        hash_mask: big_endian::U32,
    }

    /// What a word of the packet must be.
    #[doc(alias = "tc_u32_key")]
    pub struct U32Key: 16 {
        /// The bits that are compared.
        mask: big_endian::U32,
        /// What they must be; others must be zero here.
        #[doc(alias = "val")]
        value: big_endian::U32,
        /// Where the word is, in bytes from the network header.
        #[doc(alias = "off")]
        offset: I32,
        /// -1: counted from the next header, which an offset has found.
        #[doc(alias = "offmask")]
        offset_mask: I32,
    }

    /// The mark that a packet must have.
    #[doc(alias = "tc_u32_mark")]
    pub struct U32Mark: 12 {
        /// What it must be.
        #[doc(alias = "val")]
        value: U32,
        /// The bits that are compared.
        mask: U32,
        /// How many packets had it; in answers only.
        success: U32,
    }
}

flags! {
    /// What else a `u32` does.
    pub struct U32Flags(u8) {
        /// Its class or its actions decide.
        TERMINAL = 0x1 "TC_U32_TERMINAL" "terminal";
        /// The next header is at `offset`.
        OFFSET = 0x2 "TC_U32_OFFSET" "offset";
        /// It is where a word of the packet says.
        VAROFFSET = 0x4 "TC_U32_VAROFFSET" "varoffset";
        /// The keys to come count from the next header.
        EAT = 0x8 "TC_U32_EAT" "eat";
    }
}

/// What a `u32` compares, the form and the value of [`TCA_U32_SEL`]: all keys
/// must match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct U32Selector<'a> {
    /// How it goes on.
    pub rule: &'a U32Rule,
    /// The keys, at most 255.
    pub keys: &'a [U32Key],
}

impl Form for U32Selector<'static> {
    type Value<'a> = U32Selector<'a>;
    const SHAPE: Shape = Shape::Bytes;

    crate::codec::field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<U32Selector<'a>, DecodeError> {
        let rule: &U32Rule = attribute.view()?;
        let rest = attribute.bytes().get(size_of::<U32Rule>()..);
        let count = usize::from(rule.key_count);
        match <[U32Key]>::ref_from_prefix_with_elems(rest.unwrap_or_default(), count) {
            Ok((keys, _)) => Ok(U32Selector { rule, keys }),
            Err(_) => Err(attribute.error(DecodeErrorKind::TooShort {
                minimum: u32::from(rule.key_count)
                    .saturating_add(1)
                    .saturating_mul(16),
                found: low32(attribute.bytes().len()),
            })),
        }
    }

    fn encode<'w, 'b>(
        value: &U32Selector<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        let count = value.keys.len();
        let Ok(key_count) = u8::try_from(count) else {
            // The kernel would not miss those that are not counted.
            return Err(EncodeError::TooMany {
                attribute: kind & NLA_TYPE_MASK,
                limit: u8::MAX.into(),
                count: low32(count),
            });
        };
        let rule = U32Rule {
            key_count,
            ..*value.rule
        };
        let (rule, keys) = (rule.as_bytes(), value.keys.as_bytes());
        writer.put_with(kind, rule.len().saturating_add(keys.len()), |slot| {
            for (to, from) in slot.iter_mut().zip(rule.iter().chain(keys)) {
                *to = *from;
            }
        })
    }
}

attributes! {
    /// The settings of `matchall`, which every packet matches
    /// (`TCA_MATCHALL_*`).
    pub set MatchAll, enum MatchAllAttr {
        /// The class for packets, a [`Handle`](super::Handle)'s bits.
        1 TCA_MATCHALL_CLASSID Class class: u32,
        /// What becomes of packets, one after the other, from 1.
        2 TCA_MATCHALL_ACT Actions actions: Indexed<Action>,
        /// Where it is.
        3 TCA_MATCHALL_FLAGS Flags flags: FilterFlags,
        /// How many packets there were.
        4 TCA_MATCHALL_PCNT Counter counter: Array<U64>,
        /// Nothing, to align what follows.
        5 TCA_MATCHALL_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// An action (`TCA_ACT_*`): what becomes of a packet that a filter matches.
    pub set Action, enum ActionAttr {
        /// The kind, such as `mirred`.
        1 TCA_ACT_KIND Kind kind: Str,
        /// The settings of that kind.
        2 TCA_ACT_OPTIONS Options options: ActionOptionsChoice,
        /// Its number among those of its kind, where it is one that is there.
        3 TCA_ACT_INDEX Index index: u32,
        /// Counters.
        4 TCA_ACT_STATS Stats stats: Nest<TrafficStats2>,
        /// Nothing, to align what follows.
        5 TCA_ACT_PAD Pad pad: Bytes,
        /// Whatever its maker put there, up to 16 bytes.
        6 TCA_ACT_COOKIE Cookie cookie: Bytes,
        /// Flags (`TCA_ACT_FLAGS_*`), and which of these count.
        7 TCA_ACT_FLAGS Flags flags: Bitfield32,
        /// Which counters of the hardware are wanted (`TCA_ACT_HW_STATS_*`).
        8 TCA_ACT_HW_STATS HardwareStats hardware_stats: Bitfield32,
        /// Which of these there are.
        9 TCA_ACT_USED_HW_STATS UsedHardwareStats used_hardware_stats: Bitfield32,
        /// In how many devices it is.
        10 TCA_ACT_IN_HW_COUNT InHardware in_hardware: u32,
    }
}

attributes! {
    /// The settings [`TCA_ACT_OPTIONS`], by [`TCA_ACT_KIND`].
    pub choice ActionOptionsChoice, enum ActionOptions by TCA_ACT_KIND {
        "gact" Gact: Gact,
        "mirred" Mirred: Mirred,
    }
}

numbers! {
    /// What happens to a packet after an action.
    pub struct ControlAction(i32) {
        /// What the filter says, or its class.
        UNSPEC = -1 "TC_ACT_UNSPEC" "continue";
        /// It goes on.
        OK = 0 "TC_ACT_OK" "pass";
        /// All filters see it again.
        RECLASSIFY = 1 "TC_ACT_RECLASSIFY" "reclassify";
        /// It is dropped.
        SHOT = 2 "TC_ACT_SHOT" "drop";
        /// The next action sees it.
        PIPE = 3 "TC_ACT_PIPE" "pipe";
        /// The action has taken it.
        STOLEN = 4 "TC_ACT_STOLEN" "stolen";
        /// The action has queued it.
        QUEUED = 5 "TC_ACT_QUEUED" "queued";
        /// The action sees it again.
        REPEAT = 6 "TC_ACT_REPEAT" "repeat";
        /// It has gone to another link.
        REDIRECT = 7 "TC_ACT_REDIRECT" "redirect";
        /// The hardware hands it to the host.
        TRAP = 8 "TC_ACT_TRAP" "trap";
    }
}

numbers! {
    /// What `mirred` does with a packet.
    pub struct MirredAction(i32) {
        /// Another link sends it.
        EGRESS_REDIR = 1 "TCA_EGRESS_REDIR" "egress redirect";
        /// Another link sends a copy.
        EGRESS_MIRROR = 2 "TCA_EGRESS_MIRROR" "egress mirror";
        /// Another link receives it.
        INGRESS_REDIR = 3 "TCA_INGRESS_REDIR" "ingress redirect";
        /// Another link receives a copy.
        INGRESS_MIRROR = 4 "TCA_INGRESS_MIRROR" "ingress mirror";
    }
}

structs! {
    /// A `gact`, which does nothing but decide.
    #[doc(alias = "tc_gact")]
    pub struct GactParameters: 20 {
        /// Its number among those of its kind; 0, and the kernel chooses one.
        index: U32,
        /// Unused.
        capab: U32,
        /// What happens then, a [`ControlAction`].
        action: I32,
        /// How many hold it; in answers only.
        #[doc(alias = "refcnt")]
        references: I32,
        /// How many filters have it; in answers only.
        #[doc(alias = "bindcnt")]
        bindings: I32,
    }

    /// That a `gact` decides otherwise now and then.
    #[doc(alias = "tc_gact_p")]
    pub struct GactProbability: 8 {
        /// When: by chance (1) or by number (2).
        #[doc(alias = "ptype")]
        kind: U16,
        /// One packet of how many.
        #[doc(alias = "pval")]
        one_of: U16,
        /// What happens to that, a [`ControlAction`].
        #[doc(alias = "paction")]
        action: I32,
    }

    /// A `mirred`, which sends packets to another link, or copies.
    #[doc(alias = "tc_mirred")]
    pub struct MirredParameters: 28 {
        /// Its number among those of its kind; 0, and the kernel chooses one.
        index: U32,
        /// Unused.
        capab: U32,
        /// What happens then, a [`ControlAction`]: stolen where it is
        /// redirected, pipe where it is mirrored.
        action: I32,
        /// How many hold it; in answers only.
        #[doc(alias = "refcnt")]
        references: I32,
        /// How many filters have it; in answers only.
        #[doc(alias = "bindcnt")]
        bindings: I32,
        /// What it does, a [`MirredAction`].
        #[doc(alias = "eaction")]
        direction: I32,
        /// The index of the link.
        #[doc(alias = "ifindex")]
        link: U32,
    }

    /// When an action was used, in hundredths of a second before now.
    #[doc(alias = "tcf_t")]
    pub struct ActionTimes: 32 {
        /// Since it was made.
        install: U64,
        /// Since it was used last.
        #[doc(alias = "lastuse")]
        last_use: U64,
        /// Until it goes.
        expires: U64,
        /// Since it was used first.
        #[doc(alias = "firstuse")]
        first_use: U64,
    }
}

attributes! {
    /// The settings of a `gact` (`TCA_GACT_*`).
    pub set Gact, enum GactAttr {
        /// When it was used.
        1 TCA_GACT_TM Times times: Extensible<ActionTimes>,
        /// What it does.
        2 TCA_GACT_PARMS Parameters parameters: Struct<GactParameters>,
        /// That it decides otherwise now and then.
        3 TCA_GACT_PROB Probability probability: Struct<GactProbability>,
        /// Nothing, to align what follows.
        4 TCA_GACT_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// The settings of a `mirred` (`TCA_MIRRED_*`).
    pub set Mirred, enum MirredAttr {
        /// When it was used.
        1 TCA_MIRRED_TM Times times: Extensible<ActionTimes>,
        /// What it does.
        2 TCA_MIRRED_PARMS Parameters parameters: Struct<MirredParameters>,
        /// Nothing, to align what follows.
        3 TCA_MIRRED_PAD Pad pad: Bytes,
        /// Block to whose ports packets go.
        4 TCA_MIRRED_BLOCKID Block block: u32,
    }
}
