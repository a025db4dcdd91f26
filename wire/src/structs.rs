//! `structs!`: C structs of zerocopy's integers, whose alignment is 1, so that a
//! view starts at any address.

/// Declares C structs, each with its size in bytes, which is pinned.
///
/// Fields are bytes, arrays, other such structs, and integers of
/// [`zerocopy`](crate::zerocopy), so that a struct is borrowed from any address.
/// `as` names the type that says how a field prints: one of
/// [`numbers!`](macro@crate::numbers) or [`flags!`](macro@crate::flags), or a notation such
/// as [`Milliseconds`](crate::schema::Milliseconds).
///
/// ```
/// use nlwire::codec::Struct;
/// use nlwire::schema::Seconds;
/// use nlwire::zerocopy::network_endian::U16;
/// use nlwire::zerocopy::native_endian::U32;
/// use nlwire::{FixedHeader, Writer, attributes, numbers, structs};
///
/// numbers! {
///     /// Mode of a tunnel.
///     pub struct TunnelMode(u8) {
///         BRIDGED = 1 "TUN_MODE_BRIDGED" "bridged";
///     }
/// }
/// structs! {
///     /// `struct tun_ends`.
///     pub struct Ends: 8 {
///         /// UDP port.
///         port: U16,
///         /// Mode.
///         mode: u8 as TunnelMode,
///         padding: u8,
///         /// Time until the ends are forgotten, in seconds.
///         timeout: U32 as Seconds,
///     }
/// }
/// attributes! {
///     pub set Tunnel, enum TunnelAttr { 1 TUN_A_ENDS Ends ends: Struct<Ends> }
/// }
/// // What stands in front of the attributes of a message is such a struct, too.
/// impl FixedHeader for Ends {}
///
/// let ends = Ends { port: 4789.into(), mode: 1, timeout: 30.into(), ..Ends::default() };
/// let mut buffer = [0; 64];
/// let block = Writer::attributes(&mut buffer, |w| w.put(TunnelAttr::Ends(&ends)))?;
/// assert_eq!(
///     format!("{:?}", block.typed::<Tunnel>()),
///     "{TUN_A_ENDS: port 4789, mode bridged, timeout 30 s}",
/// );
/// # Ok::<(), nlwire::EncodeError>(())
/// ```
///
/// The derives ask for a dependency that is called `nlwire`.
#[macro_export]
macro_rules! structs {
    ($(
        $(#[$meta:meta])*
        $vis:vis struct $name:ident: $size:literal {
            $($(#[$field_meta:meta])* $field:ident: $type:ty $(as $shown:ty)?),* $(,)?
        }
    )*) => {$(
        $(#[$meta])*
        #[doc = ::core::concat!("\n\n", $size, " bytes.")]
        #[derive(
            ::core::clone::Clone,
            ::core::marker::Copy,
            ::core::default::Default,
            ::core::cmp::PartialEq,
            ::core::cmp::Eq,
            ::core::hash::Hash,
            $crate::zerocopy::FromBytes,
            $crate::zerocopy::IntoBytes,
            $crate::zerocopy::Immutable,
            $crate::zerocopy::Unaligned,
        )]
        #[zerocopy(crate = "::nlwire::zerocopy")]
        #[repr(C)]
        $vis struct $name {
            $($(#[$field_meta])* $vis $field: $type),*
        }

        /// The fields as the schema prints them: `LinkHeader { index: 2, flags: UP }`.
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::format::debug_struct(
                    f,
                    <Self as $crate::schema::Described>::SHAPE,
                    $crate::zerocopy::IntoBytes::as_bytes(self),
                )
            }
        }

        $crate::__format!($name);

        const _: () = ::core::assert!(::core::mem::size_of::<$name>() == $size);

        impl $crate::schema::Described for $name {
            const SHAPE: $crate::schema::Shape = {
                static LAYOUT: $crate::schema::Layout = $crate::schema::Layout {
                    name: ::core::stringify!($name),
                    size: $size,
                    fields: &[$($crate::schema::Field {
                        name: ::core::stringify!($field),
                        offset: ::core::mem::offset_of!($name, $field),
                        size: ::core::mem::size_of::<$type>(),
                        shape: <$type as $crate::schema::Described>::SHAPE
                            $(.shown_as(<$shown as $crate::schema::Described>::SHAPE))?,
                    }),*],
                };
                $crate::schema::Shape::Struct(&LAYOUT)
            };
        }
    )*};
}

pub(crate) use structs;
