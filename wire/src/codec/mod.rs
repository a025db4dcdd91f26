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
//!         Ok(TunnelAttr::Endpoint(endpoint)) => assert_eq!(endpoint.iter().count(), 2),
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

mod chosen;
mod forms;
mod headed;
mod macros;
mod set;

pub use chosen::{Choice, Chosen};
pub use forms::{
    Address, AddressBytes, Array, Be, ByteArray, Bytes, Flag, Form, Hardware, Indexed, Ip, Le,
    Nest, Records, Sint, Str, Struct, Uint,
};
pub use headed::{Extensible, Headed, HeadedSet, StructBytes};
pub use set::{AttributeSet, Encode, IndexedSets, RecordSets, Set, SetIter};
