//! `NETLINK_KOBJECT_UEVENT`: device events (`lib/kobject_uevent.c` of the
//! kernel, udev(7)). The datagrams are texts instead of netlink messages, each
//! ended by a NUL.
//!
//! The kernel multicasts to [`UEVENT_GROUP_KERNEL`]. udevd processes these
//! events and multicasts them to [`UEVENT_GROUP_UDEV`], with a header of its
//! own:
//!
//! ```
//! use nlwire::uevent::Uevent;
//!
//! let datagram = b"add@/devices/virtual/net/br0\0ACTION=add\0SUBSYSTEM=net\0SEQNUM=7\0";
//! let event = Uevent::new(datagram).ok_or("no event")?;
//! assert_eq!(event.action(), Some(&b"add"[..]));
//! assert_eq!(event.path(), Some(&b"/devices/virtual/net/br0"[..]));
//! assert_eq!(event.get("SUBSYSTEM"), Some(&b"net"[..]));
//! assert_eq!((event.sequence(), event.is_from_udev()), (Some(7), false));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::bytes::front;
use crate::zerocopy::{big_endian, native_endian};

use crate::structs::structs;

/// Protocol number for socket(2).
pub const NETLINK_KOBJECT_UEVENT: u8 = 15;
/// Multicast group of the kernel's events.
pub const UEVENT_GROUP_KERNEL: u32 = 1;
/// Multicast group of udevd's events, which come from a process of root.
pub const UEVENT_GROUP_UDEV: u32 = 2;

structs! {
    /// Header of udevd's events. BPF filters of libudev compare the hashes.
    pub struct UdevHeader: 40 {
        /// Prefix: `libudev` and a NUL.
        prefix: [u8; 8],
        /// Version magic: 0xfeedcafe.
        magic: big_endian::U32,
        /// Size of this header in bytes.
        header_size: native_endian::U32,
        /// Offset of the properties in bytes.
        properties_offset: native_endian::U32,
        /// Length of the properties in bytes.
        properties_length: native_endian::U32,
        /// Hash of the subsystem's name.
        subsystem_hash: big_endian::U32,
        /// Hash of the device type's name; 0 without one.
        device_type_hash: big_endian::U32,
        /// Upper half of a Bloom filter of the tags.
        tags_high: big_endian::U32,
        /// Lower half of the Bloom filter.
        tags_low: big_endian::U32,
    }
}

impl UdevHeader {
    const PREFIX: [u8; 8] = *b"libudev\0";
    const MAGIC: u32 = 0xfeed_cafe;
}

/// Device event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Uevent<'a> {
    udev: Option<&'a UdevHeader>,
    /// Action and path of a kernel event, from `add@/devices/..`.
    summary: Option<(&'a [u8], &'a [u8])>,
    pairs: Pairs<'a>,
}

impl<'a> Uevent<'a> {
    /// Reads a datagram; returns `None` if it is neither a kernel event nor a
    /// udevd event.
    #[must_use]
    pub fn new(datagram: &'a [u8]) -> Option<Self> {
        match front::<UdevHeader>(datagram) {
            Some((header, _)) if header.prefix == UdevHeader::PREFIX => {
                Self::udev(header, datagram)
            }
            _ => Self::kernel(datagram),
        }
    }

    fn udev(header: &'a UdevHeader, datagram: &'a [u8]) -> Option<Self> {
        if header.magic.get() != UdevHeader::MAGIC {
            return None;
        }
        let start = usize::try_from(header.properties_offset.get()).ok()?;
        let length = usize::try_from(header.properties_length.get()).ok()?;
        let rest = datagram.get(start..)?.get(..length)?;
        Some(Self {
            udev: Some(header),
            summary: None,
            pairs: Pairs { rest },
        })
    }

    fn kernel(datagram: &'a [u8]) -> Option<Self> {
        let (summary, rest) = split_at(datagram, 0)?;
        let (action, path) = split_at(summary, b'@')?;
        Some(Self {
            udev: None,
            summary: Some((action, path)),
            pairs: Pairs { rest },
        })
    }

    /// Returns the action: `add`, `remove`, `change`, `move`, `online`,
    /// `offline`, `bind` or `unbind`.
    #[must_use]
    pub fn action(&self) -> Option<&'a [u8]> {
        match self.summary {
            Some((action, _)) => Some(action),
            None => self.get("ACTION"),
        }
    }

    /// Returns the device's path below `/sys`.
    #[must_use]
    pub fn path(&self) -> Option<&'a [u8]> {
        match self.summary {
            Some((_, path)) => Some(path),
            None => self.get("DEVPATH"),
        }
    }

    /// Returns the sequence number, which increases with each event.
    #[must_use]
    pub fn sequence(&self) -> Option<u64> {
        core::str::from_utf8(self.get("SEQNUM")?).ok()?.parse().ok()
    }

    /// Returns the value of the first property with this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'a [u8]> {
        let mut pairs = self.pairs;
        pairs
            .find(|(found, _)| *found == key.as_bytes())
            .map(|(_, value)| value)
    }

    /// Iterates over the properties: pairs of key and value.
    #[must_use]
    pub const fn pairs(&self) -> Pairs<'a> {
        self.pairs
    }

    /// Returns true if udevd sent the event, and false if the kernel did.
    #[must_use]
    pub const fn is_from_udev(&self) -> bool {
        self.udev.is_some()
    }

    /// Returns the header of a udevd event.
    #[must_use]
    pub const fn udev_header(&self) -> Option<&'a UdevHeader> {
        self.udev
    }
}

/// Properties of a device event: pairs of key and value. A text without `=` is
/// a key with an empty value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Pairs<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Pairs<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (pair, rest) = split_at(self.rest, 0).unwrap_or((self.rest, &[]));
        self.rest = rest;
        Some(split_at(pair, b'=').unwrap_or((pair, &[])))
    }
}

impl core::iter::FusedIterator for Pairs<'_> {}

/// Returns the bytes before the first separator and those after it.
fn split_at(bytes: &[u8], separator: u8) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|&byte| byte == separator)?;
    Some((bytes.get(..at)?, bytes.get(at.checked_add(1)?..)?))
}
