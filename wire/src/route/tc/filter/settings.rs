//! Filters that compare words of packets, and filters that match all packets,
//! for requests.

use core::net::IpAddr;

use crate::bytes::low32;
use crate::route::tc::action::put_actions;
use crate::route::tc::{
    FilterAction, FilterFlags, Handle, MatchAllAttr, TCA_MATCHALL_ACT, TCA_OPTIONS, TCA_U32_ACT,
    TCA_U32_SEL, TrafficSettings, U32FilterAttr, U32Flags, U32Key, U32Mark, U32Rule, U32Selector,
};
use crate::writer::Put;
use crate::{EncodeError, Prefix, Writer};

/// Number of keys that a value stores; two IPv6 addresses and ports take 9.
const KEYS: usize = 12;

/// Settings of a `u32` filter, which compares words of packets.
#[derive(Clone, Copy, Debug)]
pub struct U32Settings<'a> {
    keys: [U32Key; KEYS],
    count: usize,
    more_keys: &'a [U32Key],
    mark: Option<(u32, u32)>,
    pub(in crate::route::tc) class: Handle,
    pub(in crate::route::tc) flags: FilterFlags,
    pub(in crate::route::tc) action: Option<FilterAction<'a>>,
    pub(in crate::route::tc) actions: &'a [FilterAction<'a>],
}

impl<'a> U32Settings<'a> {
    pub(in crate::route::tc) fn new() -> Self {
        Self {
            keys: [U32Key::default(); KEYS],
            count: 0,
            more_keys: &[],
            mark: None,
            class: Handle::UNSPEC,
            flags: FilterFlags::empty(),
            action: None,
            actions: &[],
        }
    }

    /// Adds a key, or joins it with one of the same word, as tc(8) does. Bits
    /// that contradict the word's stay a key of their own, which never matches.
    pub(in crate::route::tc) fn push(&mut self, key: U32Key) {
        let (mask, value) = (key.mask.get(), key.value.get());
        for other in self.keys.iter_mut().take(self.count) {
            let agrees = (other.value.get() ^ value) & other.mask.get() & mask == 0;
            if other.offset == key.offset && other.offset_mask == key.offset_mask && agrees {
                other.mask = (other.mask.get() | mask).into();
                other.value = (other.value.get() | value).into();
                return;
            }
        }
        if let Some(free) = self.keys.get_mut(self.count) {
            *free = key;
        }
        self.count = self.count.saturating_add(1);
    }

    pub(in crate::route::tc) const fn set_keys(&mut self, keys: &'a [U32Key]) {
        self.more_keys = keys;
    }

    pub(in crate::route::tc) const fn set_mark(&mut self, value: u32, mask: u32) {
        self.mark = Some((value, mask));
    }

    /// Compares an address of the IP header, whose offset is that of IPv4 or
    /// IPv6. Words that the prefix does not reach into have no key.
    pub(in crate::route::tc) fn push_prefix(&mut self, prefix: Prefix, v4: i32, v6: i32) {
        let (bits, offset) = match prefix.network().address() {
            IpAddr::V4(address) => (u128::from(address.to_bits()) << 96, v4),
            IpAddr::V6(address) => (address.to_bits(), v6),
        };
        let mut rest = u32::from(prefix.length());
        for (word, offset) in bits
            .to_be_bytes()
            .chunks_exact(4)
            .zip((offset..).step_by(4))
        {
            if rest == 0 {
                return;
            }
            let mask = match u32::MAX.checked_shr(rest) {
                Some(free) => !free,
                None => u32::MAX,
            };
            rest = rest.saturating_sub(32);
            let value = <[u8; 4]>::try_from(word).map_or(0, u32::from_be_bytes);
            self.push(U32Key {
                mask: mask.into(),
                value: value.into(),
                offset: offset.into(),
                ..U32Key::default()
            });
        }
    }

    fn keys(&self) -> Result<&[U32Key], EncodeError> {
        let stored = self.keys.get(..self.count).ok_or(EncodeError::TooMany {
            attribute: TCA_U32_SEL,
            limit: 12,
            count: low32(self.count),
        })?;
        match (stored.is_empty(), self.more_keys.is_empty()) {
            (_, true) => Ok(stored),
            (true, false) => Ok(self.more_keys),
            (false, false) => Err(EncodeError::TooMany {
                attribute: TCA_U32_SEL,
                limit: 12,
                count: low32(stored.len().saturating_add(self.more_keys.len())),
            }),
        }
    }
}

impl TrafficSettings for U32Settings<'_> {
    fn kind(&self) -> &str {
        "u32"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let keys = self.keys()?;
        let rule = U32Rule {
            flags: U32Flags::TERMINAL.bits(),
            ..U32Rule::default()
        };
        w.nest(TCA_OPTIONS, |mut w| {
            if self.class != Handle::UNSPEC {
                w = w.put(U32FilterAttr::Class(self.class.bits()))?;
            }
            w = put_actions(w, TCA_U32_ACT, self.action, self.actions)?;
            if let Some((value, mask)) = self.mark {
                w = w.put(U32FilterAttr::Mark(&U32Mark {
                    value: value.into(),
                    mask: mask.into(),
                    ..U32Mark::default()
                }))?;
            }
            if !self.flags.is_empty() {
                w = w.put(U32FilterAttr::Flags(self.flags))?;
            }
            // A selector without keys matches all packets.
            let rule = &rule;
            w.put(U32FilterAttr::Selector(U32Selector { rule, keys }))
        })
    }
}

/// Settings of a `matchall` filter, which matches all packets.
#[derive(Clone, Copy, Debug)]
pub struct MatchAllSettings<'a> {
    pub(in crate::route::tc) class: Handle,
    pub(in crate::route::tc) flags: FilterFlags,
    pub(in crate::route::tc) action: Option<FilterAction<'a>>,
    pub(in crate::route::tc) actions: &'a [FilterAction<'a>],
}

impl MatchAllSettings<'_> {
    pub(in crate::route::tc) const NEW: Self = Self {
        class: Handle::UNSPEC,
        flags: FilterFlags::empty(),
        action: None,
        actions: &[],
    };
}

impl TrafficSettings for MatchAllSettings<'_> {
    fn kind(&self) -> &str {
        "matchall"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(TCA_OPTIONS, |mut w| {
            if self.class != Handle::UNSPEC {
                w = w.put(MatchAllAttr::Class(self.class.bits()))?;
            }
            if !self.flags.is_empty() {
                w = w.put(MatchAllAttr::Flags(self.flags))?;
            }
            put_actions(w, TCA_MATCHALL_ACT, self.action, self.actions)
        })
    }
}

crate::__format!(U32Settings<'_>, MatchAllSettings<'_>);
