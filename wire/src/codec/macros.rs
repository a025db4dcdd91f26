//! `attributes!` and `fields!`.

/// Declares a set of attributes, or the sets that one attribute can hold.
///
/// # A set
///
/// ```
/// # use nlwire::{attributes, codec::{Be, Str}};
/// attributes! {
///     /// What the kernel header calls `enum tun_attr`.
///     pub set Tunnel, enum TunnelAttr {
///         1 TUN_A_NAME Name name: Str,
///         /// Text for the variant.
///         2 TUN_A_PORT Port port: Be<u16>,
///     }
/// }
/// ```
///
/// makes the constants `TUN_A_NAME` and `TUN_A_PORT`; the type `Tunnel`, which
/// names the set where a type is asked for ([`Attrs::typed`](crate::Attrs::typed),
/// [`Nest`](crate::codec::Nest), [`fields!`](crate::fields)) and holds one
/// reader a field; and the enum `TunnelAttr`, whose last variant `Other` keeps
/// attributes that the set does not name, so that a newer kernel's are never
/// lost. The enum is `Copy`, at most 32 bytes and `#[non_exhaustive]`, and a
/// [`Writer`](crate::Writer) can put it.
///
/// The columns are the attribute type, its C name, variant, field, and one of
/// the [forms](crate::codec).
///
/// # A choice
///
/// ```
/// # use nlwire::{attributes, codec::{Str}};
/// # attributes! { pub set Vlan, enum VlanAttr { 1 VLAN_ID Id id: u16 } }
/// # attributes! { pub set Vrf, enum VrfAttr { 1 VRF_TABLE Table table: u32 } }
/// attributes! {
///     /// The nest `KIND_DATA`, by the string that its sibling `KIND` holds.
///     pub choice Data, enum DataSet by KIND {
///         "vlan" Vlan: Vlan,
///         "vrf" Vrf: Vrf,
///     }
/// }
/// attributes! {
///     pub set Info, enum InfoAttr {
///         1 KIND Kind kind: Str,
///         2 KIND_DATA Data data: Data,
///     }
/// }
/// ```
///
/// makes `Data` a form: a nest whose set is chosen by a sibling, before or
/// after it. `by KIND: u16` reads a number from the sibling, and `by family`
/// takes the address family of the fixed header; both have numbers in place of
/// strings.
#[macro_export]
macro_rules! attributes {
    (
        $(#[$meta:meta])*
        $vis:vis set $set:ident, enum $attr:ident {
            $(
                $(#[$row_meta:meta])*
                $kind:literal $constant:ident $variant:ident $field:ident: $form:ty
            ),* $(,)?
        }
    ) => {
        $(
            #[doc = concat!("Attribute type ", stringify!($kind), ", [`", stringify!($attr), "::", stringify!($variant), "`].")]
            $vis const $constant: u16 = $kind;
        )*

        $(#[$meta])*
        #[doc = concat!("\n\nThe set itself, as a type; its attributes are [`", stringify!($attr), "`].")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis struct $set;

        $(#[$meta])*
        #[doc = concat!("\n\nOne attribute of the set [`", stringify!($set), "`].")]
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[non_exhaustive]
        $vis enum $attr<'a> {
            $(
                $(#[$row_meta])*
                #[doc = concat!("`", stringify!($constant), "`")]
                $variant(<$form as $crate::codec::Form>::Value<'a>),
            )*
            /// An attribute that the set does not name.
            Other($crate::AttrRef<'a>),
        }

        const _: () = assert!(
            size_of::<$attr<'static>>() <= 40,
            "an attribute's value takes more than 24 bytes: let its form lend it"
        );

        impl $set {
            $(
                #[doc = concat!("Reads `", stringify!($constant), "`, where `attribute` is one.")]
                ///
                /// # Errors
                /// Whatever the form refuses.
                #[inline]
                #[allow(dead_code, reason = "not every set is read by field")]
                $vis fn $field<'a>(
                    attribute: $crate::AttrRef<'a>,
                    siblings: $crate::Attrs<'a>,
                ) -> Option<Result<<$form as $crate::codec::Form>::Value<'a>, $crate::DecodeError>> {
                    if attribute.kind() == $kind {
                        Some(<$form as $crate::codec::Form>::decode(attribute, siblings))
                    } else {
                        None
                    }
                }
            )*
        }

        impl $crate::codec::AttributeSet for $set {
            fn schema() -> &'static $crate::schema::Schema {
                static SCHEMA: $crate::schema::Schema = $crate::schema::Schema {
                    name: stringify!($set),
                    rows: &[$($crate::schema::Row {
                        kind: $kind,
                        name: stringify!($constant),
                        shape: <$form as $crate::codec::Form>::SHAPE,
                    }),*],
                };
                &SCHEMA
            }

            type Attr<'a> = $attr<'a>;

            #[inline]
            fn decode<'a>(
                attribute: $crate::AttrRef<'a>,
                siblings: $crate::Attrs<'a>,
            ) -> Result<$attr<'a>, $crate::DecodeError> {
                Ok(match attribute.kind() {
                    $($kind => $attr::$variant(
                        <$form as $crate::codec::Form>::decode(attribute, siblings)?
                    ),)*
                    _ => $attr::Other(attribute),
                })
            }
        }

        impl $crate::codec::Encode for $attr<'_> {
            #[inline(always)]
            fn encode<'w, 'b>(
                &self,
                writer: &'w mut $crate::Writer<'b>,
            ) -> $crate::Put<'w, 'b> {
                match self {
                    $(Self::$variant(value) => {
                        <$form as $crate::codec::Form>::encode(value, $kind, writer)
                    })*
                    Self::Other(attribute) => writer.raw(*attribute),
                }
            }
        }
    };

    (
        $(#[$meta:meta])*
        $vis:vis choice $form:ident, enum $sets:ident by family {
            $($family:literal $variant:ident: $set:ty),* $(,)?
        }
    ) => {
        $crate::attributes!(@choice $(#[$meta])* $vis $form $sets { $($variant: $set,)* }
            $crate::schema::Shape::ByFamily(
                &[$(($family, <$set as $crate::codec::AttributeSet>::schema)),*]
            ),
            |attribute, _siblings| match attribute.family() {
                $($family => $sets::$variant(attribute.nested().typed()),)*
                _ => $sets::Other(attribute),
            }
        );
    };

    (
        $(#[$meta:meta])*
        $vis:vis choice $form:ident, enum $sets:ident by $sibling:ident: $int:ident {
            $($number:literal $variant:ident: $set:ty),* $(,)?
        }
    ) => {
        $crate::attributes!(@choice $(#[$meta])* $vis $form $sets { $($variant: $set,)* }
            $crate::schema::Shape::Numbered(
                $sibling,
                &[$(($number, <$set as $crate::codec::AttributeSet>::schema)),*]
            ),
            |attribute, siblings| match siblings.find($sibling)?.map(|sibling| sibling.$int()) {
                $(Some(Ok($number)) => $sets::$variant(attribute.nested().typed()),)*
                _ => $sets::Other(attribute),
            }
        );
    };

    (
        $(#[$meta:meta])*
        $vis:vis choice $form:ident, enum $sets:ident by $sibling:ident {
            $($name:literal $variant:ident: $set:ty),* $(,)?
        }
    ) => {
        $crate::attributes!(@choice $(#[$meta])* $vis $form $sets { $($variant: $set,)* }
            $crate::schema::Shape::Chosen(
                $sibling,
                &[$(($name, <$set as $crate::codec::AttributeSet>::schema)),*]
            ),
            |attribute, siblings| match siblings.find($sibling)?.map(|sibling| sibling.str()) {
                $(Some(Ok($name)) => $sets::$variant(attribute.nested().typed()),)*
                _ => $sets::Other(attribute),
            }
        );
    };

    (
        @choice $(#[$meta:meta])* $vis:vis $form:ident $sets:ident {
            $($variant:ident: $set:ty,)*
        } $shape:expr, |$attribute:ident, $siblings:ident| $decode:expr
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis struct $form;

        $(#[$meta])*
        #[doc = concat!("\n\nThe value of the form [`", stringify!($form), "`].")]
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[non_exhaustive]
        $vis enum $sets<'a> {
            $(
                #[doc = concat!("A nest of [`", stringify!($set), "`].")]
                $variant($crate::codec::Set<'a, $set>),
            )*
            /// A value whose set is not known.
            Other($crate::AttrRef<'a>),
        }

        impl $crate::codec::Form for $form {
            type Value<'a> = $sets<'a>;
            const SHAPE: $crate::schema::Shape = $shape;

            #[inline]
            fn decode<'a>(
                $attribute: $crate::AttrRef<'a>,
                $siblings: $crate::Attrs<'a>,
            ) -> Result<$sets<'a>, $crate::DecodeError> {
                Ok($decode)
            }

            fn encode<'w, 'b>(
                value: &$sets<'_>,
                kind: u16,
                writer: &'w mut $crate::Writer<'b>,
            ) -> $crate::Put<'w, 'b> {
                match value {
                    $($sets::$variant(set) => writer.nest_of(kind, set.attributes().remaining()),)*
                    $sets::Other(attribute) => {
                        writer.bytes(kind | (attribute.raw_kind() & !$crate::NLA_TYPE_MASK), attribute.bytes())
                    }
                }
            }
        }
    };
}

/// Reads the named fields of a row of attributes in one walk.
///
/// `fields!(attributes => Set { a, b })` is a `Result` of a struct with the
/// fields `a` and `b`, each an `Option` of its form's value; of several
/// attributes of one type the last counts, as in the kernel. It fails where a
/// length is broken or a named attribute has a value that does not fit; the
/// other attributes are not looked at.
#[macro_export]
macro_rules! fields {
    ($attributes:expr => $set:ty { $($field:ident),+ $(,)? }) => {
        'fields: {
            #[allow(non_camel_case_types, reason = "a type parameter for each field, so that its type is inferred")]
            struct Fields<$($field),+> {
                $($field: Option<$field>),+
            }

            let siblings: $crate::Attrs<'_> = $attributes.into();
            $(let mut $field = None;)+
            for attribute in siblings {
                let attribute = match attribute {
                    Ok(attribute) => attribute,
                    Err(error) => break 'fields Err(error),
                };
                $(
                    if let Some(value) = <$set>::$field(attribute, siblings) {
                        match value {
                            Ok(value) => $field = Some(value),
                            Err(error) => break 'fields Err(error),
                        }
                        continue;
                    }
                )+
            }
            Ok::<_, $crate::DecodeError>(Fields { $($field),+ })
        }
    };
}
