//! Options of router advertisements (RFC 8106, RFC 8910, RFC 8781).

use core::fmt;
use core::iter::FusedIterator;
use core::net::Ipv6Addr;

use crate::Text;

/// Option of a router advertisement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NdOption<'a> {
    /// DNS servers (RDNSS of RFC 8106).
    DnsServers {
        /// Lifetime in seconds; `u32::MAX` for no limit, 0 withdraws the servers.
        lifetime: u32,
        /// Addresses.
        servers: DnsServers<'a>,
    },
    /// Domains in which names are searched (DNSSL of RFC 8106).
    DnsSearch {
        /// Lifetime in seconds; `u32::MAX` for no limit, 0 withdraws the domains.
        lifetime: u32,
        /// Domains.
        domains: DnsDomains<'a>,
    },
    /// URI of a captive portal (RFC 8910).
    CaptivePortal(Text<'a>),
    /// Option of another kind, or a broken one.
    Other {
        /// Type of the option.
        kind: u8,
        /// Bytes behind type and length.
        bytes: &'a [u8],
    },
}

crate::__format!(NdOption<'_>);

const RDNSS: u8 = 25;
const DNSSL: u8 = 31;
const CAPTIVE_PORTAL: u8 = 37;

impl<'a> NdOption<'a> {
    /// Reads an option: its type, and the bytes behind type and length.
    #[must_use]
    pub fn new(kind: u8, bytes: &'a [u8]) -> Self {
        let timed = bytes.split_first_chunk::<6>();
        match (kind, timed) {
            (RDNSS, Some(([_, _, lifetime @ ..], servers))) => Self::DnsServers {
                lifetime: u32::from_be_bytes(*lifetime),
                servers: DnsServers { rest: servers },
            },
            (DNSSL, Some(([_, _, lifetime @ ..], domains))) => Self::DnsSearch {
                lifetime: u32::from_be_bytes(*lifetime),
                domains: DnsDomains { rest: domains },
            },
            (CAPTIVE_PORTAL, _) => {
                let end = bytes.iter().position(|byte| *byte == 0);
                let uri = end.and_then(|end| bytes.get(..end)).unwrap_or(bytes);
                Self::CaptivePortal(Text::new(uri))
            }
            _ => Self::Other { kind, bytes },
        }
    }
}

/// Iterator over the options of a router advertisement. Ends at one whose
/// length cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NdOptionIter<'a> {
    rest: &'a [u8],
}

impl<'a> NdOptionIter<'a> {
    /// Walks options: a type, a length in units of 8 bytes, and the rest.
    #[must_use]
    pub const fn new(options: &'a [u8]) -> Self {
        Self { rest: options }
    }
}

impl<'a> Iterator for NdOptionIter<'a> {
    type Item = NdOption<'a>;

    fn next(&mut self) -> Option<NdOption<'a>> {
        let [kind, units, ..] = *self.rest else {
            return None;
        };
        let length = usize::from(units).saturating_mul(8);
        let (Some(bytes), Some(rest)) = (self.rest.get(2..length), self.rest.get(length..)) else {
            self.rest = &[];
            return None;
        };
        self.rest = rest;
        Some(NdOption::new(kind, bytes))
    }
}

impl FusedIterator for NdOptionIter<'_> {}

/// Iterator over DNS servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DnsServers<'a> {
    rest: &'a [u8],
}

impl Iterator for DnsServers<'_> {
    type Item = Ipv6Addr;

    fn next(&mut self) -> Option<Ipv6Addr> {
        let (address, rest) = self.rest.split_first_chunk::<16>()?;
        self.rest = rest;
        Some(Ipv6Addr::from(*address))
    }
}

impl FusedIterator for DnsServers<'_> {}

/// Iterator over domains, which are in the notation of DNS messages. Ends at the
/// padding, or at a broken domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DnsDomains<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for DnsDomains<'a> {
    type Item = DnsDomain<'a>;

    fn next(&mut self) -> Option<DnsDomain<'a>> {
        let mut rest = self.rest;
        let start = rest;
        loop {
            let Some((length, behind)) = rest.split_first() else {
                // A domain without its end.
                self.rest = &[];
                return None;
            };
            if *length == 0 {
                let size = start.len().saturating_sub(rest.len());
                self.rest = behind;
                // Padding is a row of zeros.
                return match start.get(..size) {
                    Some(labels) if size > 0 => Some(DnsDomain { labels }),
                    _ => {
                        self.rest = &[];
                        None
                    }
                };
            }
            // Labels have up to 63 bytes; the upper bits would be a pointer.
            match behind.get(usize::from(*length)..) {
                Some(next) if *length < 64 => rest = next,
                _ => {
                    self.rest = &[];
                    return None;
                }
            }
        }
    }
}

impl FusedIterator for DnsDomains<'_> {}

/// Domain of labels. `Display` joins the labels by dots; bytes other than
/// printable ASCII, and dots inside of labels, print as `\DDD`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DnsDomain<'a> {
    labels: &'a [u8],
}

impl<'a> DnsDomain<'a> {
    /// Walks the labels.
    pub fn labels(&self) -> impl Iterator<Item = &'a [u8]> + Clone + use<'a> {
        let mut rest = self.labels;
        core::iter::from_fn(move || {
            let (length, behind) = rest.split_first()?;
            let (label, next) = behind.split_at_checked(usize::from(*length))?;
            rest = next;
            Some(label)
        })
    }
}

impl fmt::Display for DnsDomain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, label) in self.labels().enumerate() {
            if number > 0 {
                f.write_str(".")?;
            }
            for byte in label {
                match byte {
                    b'.' | b'\\' => write!(f, "\\{:03}", byte)?,
                    0x21..=0x7e => fmt::Write::write_char(f, char::from(*byte))?,
                    _ => write!(f, "\\{:03}", byte)?,
                }
            }
        }
        Ok(())
    }
}

impl fmt::Debug for DnsDomain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

crate::__format!(
    DnsDomain<'_>,
    DnsServers<'_>,
    DnsDomains<'_>,
    NdOptionIter<'_>
);
