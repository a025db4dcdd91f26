//! `SEG6`: keys and source address of IPv6 segment routing, as `ip sr` shows
//! and sets them (`linux/seg6_genl.h`).
//!
//! ```
//! use nlwire::generic::seg6::*;
//!
//! // ip sr tunsrc set 2001:db8::1, ip sr tunsrc show
//! let set = SetTunnelSource::to("2001:db8::1".parse()?);
//! let query = GetTunnelSource::new();
//! // ip sr hmac set 7 sha256 and show; set with an empty secret deletes
//! let key = SetKey::new(7, Algorithm::SHA256, b"secret");
//! let keys = GetKeys::all();
//! let delete = DeleteKey::by_id(7).if_there();
//! # Ok::<(), core::net::AddrParseError>(())
//! ```

use core::fmt;
use core::net::{IpAddr, Ipv6Addr};

use super::family::{family, requests};
use crate::codec::{Bytes, Hidden, Ip, Secret};
use crate::schema::Protocol;
use crate::{EncodeError, Flags, Next, Request, Writer, attributes, numbers};

family! {
    name SEG6_GENL_NAME "SEG6";
    version SEG6_GENL_VERSION 1;
    command 1 SEG6_CMD_SETHMAC Segments "Sets or deletes a key.";
    command 2 SEG6_CMD_DUMPHMAC Segments "Lists the keys.";
    command 3 SEG6_CMD_SET_TUNSRC Segments "Sets the source address of encapsulated packets.";
    command 4 SEG6_CMD_GET_TUNSRC Segments "Reads the source address of encapsulated packets.";
}

requests! {
    Segments, SegmentsAttr, SegmentsRow, "segment routing";

    /// Lists the keys (HMAC). Kernels without that option answer `ENOTSUPP`.
    List GetKeys = SEG6_CMD_DUMPHMAC {
        /// Lists all keys.
        all() {}
    }
    /// Reads the source address of encapsulated packets.
    Ask GetTunnelSource = SEG6_CMD_GET_TUNSRC {
        /// Reads the address of the network namespace; `::` if none is set.
        new() {}
    }
    /// Sets the source address of encapsulated packets.
    Act SetTunnelSource = SEG6_CMD_SET_TUNSRC {
        /// Sets this address; `::` lets the kernel choose one for each packet.
        to(address: Ipv6Addr) { Address(IpAddr::V6(address)) }
    }
    /// Deletes a key. The kernel answers `ENOENT` if there is none.
    Delete(ENOENT) DeleteKey = SEG6_CMD_SETHMAC {
        /// Deletes the key with this identifier.
        by_id(id: u32) { KeyId(id), SecretLen(0), Algorithm(Algorithm::SHA256) }
    }
}

numbers! {
    /// Hash algorithm of a key.
    pub struct Algorithm(u8) {
        SHA1 = 1 "SEG6_HMAC_ALGO_SHA1" "sha1";
        SHA256 = 2 "SEG6_HMAC_ALGO_SHA256" "sha256";
    }
}

/// Sets a key, as `ip sr hmac set` does. A key with the same identifier is
/// replaced.
///
/// ```
/// use nlwire::generic::seg6::{Algorithm, SetKey};
///
/// let set = SetKey::new(7, Algorithm::SHA1, b"secret");
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "SEG6_CMD_SETHMAC")]
pub struct SetKey<'a> {
    id: u32,
    algorithm: Algorithm,
    secret: Hidden<&'a [u8]>,
}

impl<'a> SetKey<'a> {
    /// Sets the key with this identifier, at least 1, to a secret of 1 to 64
    /// bytes.
    #[must_use]
    pub const fn new(id: u32, algorithm: Algorithm, secret: &'a [u8]) -> Self {
        Self {
            id,
            algorithm,
            secret: Hidden(secret),
        }
    }
}

impl Request for SetKey<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        // The kernel refuses a length beyond 64 with `EINVAL`.
        let length = u8::try_from(self.secret.0.len()).unwrap_or(u8::MAX);
        w.append_command(SEG6_CMD_SETHMAC, VERSION, Flags::empty(), |w| {
            w.put(SegmentsAttr::KeyId(self.id))?
                .put(SegmentsAttr::SecretLen(length))?
                .put(SegmentsAttr::Secret(self.secret))?
                .put(SegmentsAttr::Algorithm(self.algorithm))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "key {}", self.id)
    }
}

crate::__format!(SetKey<'_>);

attributes! {
    /// Key or source address of segment routing (`SEG6_ATTR_*`).
    pub set Segments, enum SegmentsAttr {
        /// IPv6 source address of encapsulated packets.
        1 SEG6_ATTR_DST Address address: Ip,
        /// Prefix length; unused.
        2 SEG6_ATTR_DSTLEN Length length: i32,
        /// Identifier of a key.
        3 SEG6_ATTR_HMACKEYID KeyId key_id: u32,
        /// Secret of the key, at most 64 bytes.
        4 SEG6_ATTR_SECRET Secret secret: Secret<Bytes>,
        /// Length of the secret in bytes; 0 deletes the key.
        5 SEG6_ATTR_SECRETLEN SecretLen secret_len: u8,
        /// Hash algorithm of the key.
        6 SEG6_ATTR_ALGID Algorithm algorithm: Algorithm,
        /// Unused.
        7 SEG6_ATTR_HMACINFO Info info: Bytes,
    }
}
