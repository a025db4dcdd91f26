//! The codec: attribute sets declared as tables.
//!
//! [`attributes!`](crate::attributes) turns rows of type, C name, variant,
//! field and [form](self) into constants, an enum, a
//! [`Schema`](crate::schema::Schema) and typed reads and writes. A form says
//! what the value of an attribute is; the ones here cover what the kernel
//! uses, and [`Form`] can be implemented for others.
//!
//! ```
//! use nlwire::codec::{Be, Nest, Str};
//! use nlwire::{Attrs, Writer, attributes, fields};
//!
//! attributes! {
//!     /// Where a tunnel ends.
//!     pub set Endpoint, enum EndpointAttr {
//!         1 TUN_A_NAME Name name: Str,
//!         2 TUN_A_PORT Port port: Be<u16>,
//!     }
//! }
//! attributes! {
//!     /// A tunnel.
//!     pub set Tunnel, enum TunnelAttr {
//!         1 TUN_A_MTU Mtu mtu: u32,
//!         2 TUN_A_ENDPOINT Endpoint endpoint: Nest<Endpoint>,
//!     }
//! }
//!
//! let mut buffer = [0; 64];
//! let block = Writer::attributes(&mut buffer, |w| {
//!     w.put(TunnelAttr::Mtu(1400))?.nest(TUN_A_ENDPOINT, |w| {
//!         w.put(EndpointAttr::Name("west"))?.put(EndpointAttr::Port(4789))
//!     })
//! })?;
//!
//! // Every attribute, the raw one beside the typed one:
//! for item in block.typed::<Tunnel>() {
//!     let (raw, value) = item?;
//!     match value {
//!         Ok(TunnelAttr::Mtu(mtu)) => assert_eq!(mtu, 1400),
//!         Ok(TunnelAttr::Endpoint(endpoint)) => {
//!             assert_eq!(endpoint.set().map(|set| set.iter().count()), Some(2));
//!         }
//!         Ok(_) => println!("unknown: {raw:?}"),
//!         Err(error) => println!("{error}: {:?}", raw.bytes()),
//!     }
//! }
//!
//! // Or the ones that are wanted:
//! let tunnel = fields!(block => Tunnel { mtu, endpoint })?;
//! let endpoint = fields!(tunnel.endpoint.unwrap() => Endpoint { port })?;
//! assert_eq!((tunnel.mtu, endpoint.port), (Some(1400), Some(4789)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Forms
//!
//! | form | value | the kernel's policy, or an example |
//! |---|---|---|
//! | `u8` to `u64`, `i8` to `i64` | the integer, in the order of its set | `NLA_U32` |
//! | [`Be<u16>`](Be), [`Le<u16>`](Le) | integer in big-endian or little-endian order | `NLA_BE16` |
//! | [`Uint`], [`Sint`] | `u64`, `i64`, of 4 or 8 bytes | `NLA_UINT`, `NLA_SINT` |
//! | [`Flag`] | `bool` | `NLA_FLAG` |
//! | [`ByteFlag`] | `bool`, a byte in reports and a flag in requests | `IFLA_VXLAN_TTL_INHERIT` |
//! | [`WideByte`] | `u8`, sent as 8 or 16 bits | `IFLA_PORT_REQUEST` |
//! | [`Str`] | `&str` | `NLA_NUL_STRING`, `NLA_STRING` |
//! | [`Text`] | [`nlwire::Text`](crate::Text): a string of any bytes | `IFLA_IFNAME` |
//! | [`UnterminatedText`] | the same, written without its NUL | `IFLA_IFALIAS` |
//! | [`Bytes`], [`ByteArray<N>`](ByteArray) | `&[u8]`, `&[u8; N]` | `NLA_BINARY` |
//! | [`Hardware`] | `&[u8]`, printed as an address | `IFLA_ADDRESS` |
//! | [`Ip`] | [`IpAddr`](core::net::IpAddr), by its size | `IFLA_VXLAN_LOCAL6` |
//! | [`Address`] | [`AddressBytes`], by the family of the header | `RTA_DST` |
//! | [`SocketAddress`] | [`SocketAddr`](core::net::SocketAddr) | `WGPEER_A_ENDPOINT` |
//! | [`Bitfield32`](crate::Bitfield32) | itself | `NLA_BITFIELD32` |
//! | [`Struct<T>`](Struct) | `&T`; more is left out, less refused | `IFA_CACHEINFO` |
//! | [`Shown<F, D>`](Shown) | that of `F`, printed as `D`: a time, a handle, a mask | `NFTA_SET_TIMEOUT` |
//! | [`Secret<F>`](Secret) | [`Hidden`]; prints its length only | `WGDEVICE_A_PRIVATE_KEY` |
//! | [`Extensible<T>`](Extensible) | [`StructBytes`]; less is filled with zeros | `IFLA_STATS64` |
//! | [`WithArray<T>`](WithArray) | [`StructAndArray`]: a struct that ends in an array | `XFRMA_ALG_AEAD` |
//! | [`Array<T>`](Array) | `&[T]` | `NHA_GROUP` |
//! | [`Nest<S>`](Nest) | [`Set`] | `NLA_NESTED` |
//! | [`Indexed<S>`](Indexed) | [`IndexedSets`] | `NLA_NESTED_ARRAY` |
//! | [`IndexedOf<F>`](IndexedOf) | [`IndexedValues`]; types are indices or other values, at each level | `CTRL_ATTR_POLICY` |
//! | [`Records<T, S>`](Records) | [`RecordSets`] | `RTA_MULTIPATH` |
//! | [`Headed<T, S>`](Headed) | [`HeadedSet`]: a message inside | `VETH_INFO_PEER` |
//! | a `choice` of [`attributes!`](crate::attributes) | [`Chosen`] | `IFLA_INFO_DATA` |

mod address;
mod any_attributes;
mod arrays;
mod case;
mod chosen;
mod flexible;
mod forms;
mod headed;
mod indexed;
mod macros;
mod many;
mod nested;
mod padded;
mod set;
mod shown;
mod socket_address;
mod storage_address;

use crate::DecodeError;
use crate::schema::AttributeName;

pub use address::{Address, AddressBytes, Label};
pub(crate) use any_attributes::AnyAttributes;
pub use arrays::{Indexed, Records};
pub use case::{Case, StructAnd, StructAndSet};
pub use chosen::{Choice, Chosen};
pub use flexible::{Flexible, StructAndArray, WithArray};
pub(crate) use forms::field_is_value;
pub use forms::{
    Array, Be, ByteArray, ByteFlag, Bytes, Flag, Form, Hardware, Ip, Le, Number, Sint, Str, Struct,
    Text, Uint, UnterminatedText, WideByte,
};
pub use headed::{Extensible, Headed, HeadedSet, StructBytes};
pub use indexed::{IndexedOf, IndexedValues};
pub use many::{Many, Repeats};
pub use nested::{Nest, Nested};
pub use padded::PaddedName;
pub use set::{AttributeSet, Encode, IndexedSets, RecordSets, Set, SetIter};
pub use shown::{Hidden, Secret, SecretBytes, Shown};
pub use socket_address::SocketAddress;
pub(crate) use socket_address::read as read_socket_address;
pub use storage_address::StorageAddress;

/// Returns `error` with its attribute's name in the set, out of line, for
/// `fields!`: were the words of an error put where the fields go, the compiler
/// would move those word by word, too.
#[doc(hidden)]
#[cold]
#[inline(never)]
#[must_use]
pub fn refused(error: DecodeError, names: fn() -> &'static [AttributeName]) -> DecodeError {
    error.named_in(names())
}
