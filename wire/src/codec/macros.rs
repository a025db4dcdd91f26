//! `attributes!` and `fields!`.

/// Declares a set of attributes, or the sets that one attribute can hold.
///
/// # A set
///
/// ```
/// # use nlwire::{attributes, codec::{Be, Str}};
/// attributes! {
///     /// Settings of a tunnel (`enum tun_attr`).
///     pub set Tunnel, enum TunnelAttr {
///         1 TUN_A_NAME Name name: Str,
///         /// UDP port of the tunnel.
///         2 TUN_A_PORT Port port: Be<u16>,
///     }
/// }
/// ```
///
/// declares three things:
///
/// - the constants `TUN_A_NAME` and `TUN_A_PORT`;
/// - the type `Tunnel`, which names the set where a type is expected, as in
///   [`Attrs::typed`](crate::Attrs::typed), [`Nest`](crate::codec::Nest) and
///   [`fields!`](crate::fields);
/// - the enum `TunnelAttr`, one attribute. [`Writer::put`](crate::Writer::put)
///   writes it. Its last variant `Other` keeps attributes that the set does not
///   name, such as those of a newer kernel. The enum is `Copy`, at most 32 bytes
///   and `#[non_exhaustive]`.
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
///     /// Nest `KIND_DATA`; the string of its sibling `KIND` selects the set.
///     pub choice DataChoice, enum Data by KIND {
///         "vlan" Vlan: Vlan,
///         "vrf" Vrf: Vrf,
///     }
/// }
/// attributes! {
///     pub set Info, enum InfoAttr {
///         1 KIND Kind kind: Str,
///         2 KIND_DATA Data data: DataChoice,
///     }
/// }
/// ```
///
/// declares the form `DataChoice`: a nest whose set is selected by a sibling,
/// which may come before or after the nest. `by` is followed by:
///
/// | selector | the set is selected by |
/// |---|---|
/// | `KIND` | the string of the sibling `KIND` |
/// | `KIND: u16` | the number of the sibling, in the machine's byte order |
/// | `KIND: u32_be` | the number of the sibling, in network order |
/// | `above KIND` | the string of `KIND` beside the nest that holds the value |
/// | `family` | the address family of the fixed header |
///
/// Numbers and families take the place of the strings in the rows. A last row
/// `_ Rest: Set` is the default. The right side of a row is a set or a struct:
/// see [`Case`](crate::codec::Case).
///
/// [`fields!`](crate::fields) returns a `Data`, whose last variant `Other` stands
/// for sets that are not named. `DataChoice` itself is an enum of the same
/// variants without values. In `InfoAttr` the value is a
/// [`Chosen`](crate::codec::Chosen) of 24 bytes, which a `Data` or an array of
/// attributes converts into:
///
/// ```
/// # use nlwire::{attributes, fields, codec::{Set, Str}, Attrs, Writer};
/// # attributes! { pub set Vlan, enum VlanAttr { 1 VLAN_ID Id id: u16 } }
/// # attributes! { pub choice DataChoice, enum Data by KIND { "vlan" Vlan: Vlan } }
/// # attributes! { pub set Info, enum InfoAttr { 1 KIND Kind kind: Str, 2 KIND_DATA Data data: DataChoice } }
/// let mut buffer = [0; 32];
/// let block = Writer::attributes(&mut buffer, |w| {
///     w.put([InfoAttr::Kind("vlan"), InfoAttr::Data((&[VlanAttr::Id(7)]).into())])
/// })?;
///
/// match fields!(block => Info { data })?.data {
///     Some(Data::Vlan(vlan)) => assert_eq!(fields!(vlan => Vlan { id })?.id, Some(7)),
///     other => println!("{other:?}"),
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
            #[doc = ::core::concat!("Attribute type ", ::core::stringify!($kind), ", [`", ::core::stringify!($attr), "::", ::core::stringify!($variant), "`].")]
            $vis const $constant: ::core::primitive::u16 = $kind;
        )*

        $(#[$meta])*
        #[doc = ::core::concat!("\n\nThe set itself, as a type; its attributes are [`", ::core::stringify!($attr), "`].")]
        // Rows only for rustdoc, as the compiler reads each of them.
        #[cfg_attr(doc, doc = "\n\n| C name | variant | field | [form](nlwire::codec) |\n|---|---|---|---|")]
        $(#[cfg_attr(doc, doc = ::core::concat!(
            "| [`", ::core::stringify!($constant), "`] | [`", ::core::stringify!($variant), "`](",
            ::core::stringify!($attr), "::", ::core::stringify!($variant), ") | `",
            ::core::stringify!($field), "` | `", ::core::stringify!($form), "` |"
        ))])*
        #[derive(::core::fmt::Debug)]
        $vis struct $set;

        $(#[$meta])*
        #[doc = ::core::concat!("\n\nOne attribute of the set [`", ::core::stringify!($set), "`](type@", ::core::stringify!($set), ").")]
        #[derive(::core::marker::Copy, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        #[non_exhaustive]
        $vis enum $attr<'a> {
            $(
                $(#[$row_meta])*
                #[doc = ::core::concat!("`", ::core::stringify!($constant), "`")]
                $variant(<$form as $crate::codec::Form>::Value<'a>),
            )*
            /// An attribute that the set does not name.
            Other($crate::AttrRef<'a>),
        }

        // Derived, it would name the type of each value again.
        impl ::core::clone::Clone for $attr<'_> {
            #[inline]
            fn clone(&self) -> Self {
                *self
            }
        }

        $crate::__format!($set);
        $crate::__format!($attr<'_>);

        const _: () = ::core::assert!(
            ::core::mem::size_of::<$attr<'static>>() <= 32,
            "an attribute's value takes more than 24 bytes: let its form lend it"
        );

        impl $set {
            $(
                #[doc(hidden)]
                #[inline]
                #[allow(dead_code, reason = "not every set is read by field")]
                $vis fn $field<'a>(
                    attribute: $crate::AttrRef<'a>,
                    siblings: $crate::Attrs<'a>,
                ) -> ::core::option::Option<::core::result::Result<<$form as $crate::codec::Form>::Field<'a>, $crate::DecodeError>> {
                    if attribute.kind() == $kind {
                        ::core::option::Option::Some(<$form as $crate::codec::Form>::field(attribute, siblings))
                    } else {
                        ::core::option::Option::None
                    }
                }
            )*
        }

        impl $set {
            const NAMES: &'static [$crate::schema::AttributeName] = &[
                $($crate::schema::AttributeName {
                    kind: $kind,
                    name: ::core::stringify!($constant),
                    field: ::core::stringify!($field),
                }),*
            ];
        }

        impl $crate::codec::AttributeSet for $set {
            fn names() -> &'static [$crate::schema::AttributeName] {
                Self::NAMES
            }

            fn schema() -> &'static $crate::schema::Schema {
                static SCHEMA: $crate::schema::Schema = $crate::schema::Schema {
                    name: ::core::stringify!($set),
                    names: <$set>::NAMES,
                    shapes: &[$(<$form as $crate::codec::Form>::SHAPE),*],
                };
                &SCHEMA
            }

            type Attr<'a> = $attr<'a>;

            #[inline]
            fn decode<'a>(
                attribute: $crate::AttrRef<'a>,
                siblings: $crate::Attrs<'a>,
            ) -> ::core::result::Result<$attr<'a>, $crate::DecodeError> {
                // A table without rows uses none.
                let _ = siblings;
                ::core::result::Result::Ok(match attribute.kind() {
                    $($kind => $attr::$variant(
                        <$form as $crate::codec::Form>::decode(attribute, siblings)?
                    ),)*
                    _ => $attr::Other(attribute),
                })
            }
        }

        impl $crate::codec::Encode for $attr<'_> {
            type Set = $set;

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
            $($family:literal $variant:ident: $set:ty),* $(, _ $rest:ident: $rest_set:ty)? $(,)?
        }
    ) => {
        $crate::__choice!(@choice $(#[$meta])* $vis $form $sets
            { $($variant: $set,)* $($rest: $rest_set,)? } { $($rest: $rest_set)? }
            $crate::schema::By::Family(&[$(($family, <$set as $crate::codec::Case>::SHAPE)),*]),
            |attribute, _siblings| match attribute.family() {
                $($family => $form::$variant,)*
                _ => $crate::__choice!(@otherwise $form $($rest)?),
            }
        );
    };

    (
        $(#[$meta:meta])*
        $vis:vis choice $form:ident, enum $sets:ident by $sibling:ident: $int:ident {
            $($number:literal $variant:ident: $set:ty),* $(, _ $rest:ident: $rest_set:ty)? $(,)?
        }
    ) => {
        $crate::__choice!(@choice $(#[$meta])* $vis $form $sets
            { $($variant: $set,)* $($rest: $rest_set,)? } { $($rest: $rest_set)? }
            $crate::schema::By::Number(
                $crate::schema::Sibling::Beside($sibling),
                $crate::__choice!(@order $int),
                &[$(($number, <$set as $crate::codec::Case>::SHAPE)),*],
            ),
            |attribute, siblings| match siblings.find_sibling($sibling)?.map(|sibling| sibling.$int()) {
                $(::core::option::Option::Some(::core::result::Result::Ok($number)) => $form::$variant,)*
                _ => $crate::__choice!(@otherwise $form $($rest)?),
            }
        );
    };

    (
        $(#[$meta:meta])*
        $vis:vis choice $form:ident, enum $sets:ident by above $sibling:ident {
            $($name:literal $variant:ident: $set:ty),* $(, _ $rest:ident: $rest_set:ty)? $(,)?
        }
    ) => {
        $crate::__choice!(@choice $(#[$meta])* $vis $form $sets
            { $($variant: $set,)* $($rest: $rest_set,)? } { $($rest: $rest_set)? }
            $crate::schema::By::Text(
                $crate::schema::Sibling::Above($sibling),
                &[$(($name, <$set as $crate::codec::Case>::SHAPE)),*],
            ),
            |attribute, _siblings| $form::Other
        );

        impl $form {
            /// Returns which set it is where the attribute beside the nest has
            /// this text.
            #[must_use]
            #[allow(dead_code, reason = "for whoever reads the nest")]
            $vis fn named(text: &[::core::primitive::u8]) -> Self {
                match ::core::str::from_utf8(text) {
                    $(::core::result::Result::Ok($name) => Self::$variant,)*
                    _ => $crate::__choice!(@otherwise $form $($rest)?),
                }
            }
        }
    };

    (
        $(#[$meta:meta])*
        $vis:vis choice $form:ident, enum $sets:ident by $sibling:ident {
            $($name:literal $variant:ident: $set:ty),* $(, _ $rest:ident: $rest_set:ty)? $(,)?
        }
    ) => {
        $crate::__choice!(@choice $(#[$meta])* $vis $form $sets
            { $($variant: $set,)* $($rest: $rest_set,)? } { $($rest: $rest_set)? }
            $crate::schema::By::Text(
                $crate::schema::Sibling::Beside($sibling),
                &[$(($name, <$set as $crate::codec::Case>::SHAPE)),*],
            ),
            |attribute, siblings| match siblings.find_sibling($sibling)?.map(|sibling| sibling.str()) {
                $(::core::option::Option::Some(::core::result::Result::Ok($name)) => $form::$variant,)*
                _ => $crate::__choice!(@otherwise $form $($rest)?),
            }
        );
    };
}

/// Parts of the choices of [`attributes!`].
#[doc(hidden)]
#[macro_export]
macro_rules! __choice {
    (@otherwise $form:ident) => { $form::Other };
    (@otherwise $form:ident $rest:ident) => { $form::$rest };
    (@otherwise_shape) => { $crate::schema::Shape::Nest($crate::schema::unnamed) };
    (@otherwise_shape $rest:ident: $set:ty) => { <$set as $crate::codec::Case>::SHAPE };
    (@order u16_be) => { ::core::option::Option::Some($crate::ByteOrder::Big) };
    (@order u32_be) => { ::core::option::Option::Some($crate::ByteOrder::Big) };
    (@order u64_be) => { ::core::option::Option::Some($crate::ByteOrder::Big) };
    (@order u16_le) => { ::core::option::Option::Some($crate::ByteOrder::Little) };
    (@order u32_le) => { ::core::option::Option::Some($crate::ByteOrder::Little) };
    (@order u64_le) => { ::core::option::Option::Some($crate::ByteOrder::Little) };
    (@order $int:ident) => { ::core::option::Option::None };

    (
        @choice $(#[$meta:meta])* $vis:vis $form:ident $sets:ident {
            $($variant:ident: $set:ty,)*
        } { $($rest:ident: $rest_set:ty)? } $by:expr, |$attribute:ident, $siblings:ident| $choose:expr
    ) => {
        $(#[$meta])*
        #[doc = ::core::concat!("\n\nA form, and which of its sets a value is of: see [`", ::core::stringify!($sets), "`].")]
        #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug, ::core::cmp::PartialEq, ::core::cmp::Eq)]
        #[non_exhaustive]
        $vis enum $form {
            $(
                #[doc = ::core::concat!("[`", ::core::stringify!($set), "`]")]
                $variant,
            )*
            /// A set that is not known.
            Other,
        }

        $(#[$meta])*
        #[doc = ::core::concat!("\n\nThe sets of the form [`", ::core::stringify!($form), "`].")]
        #[derive(::core::marker::Copy, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        #[non_exhaustive]
        $vis enum $sets<'a> {
            $(
                #[doc = ::core::concat!("[`", ::core::stringify!($set), "`]")]
                $variant(<$set as $crate::codec::Case>::Value<'a>),
            )*
            /// A value whose set is not known, and which may be no nest.
            Other($crate::Attrs<'a>),
        }

        impl ::core::clone::Clone for $sets<'_> {
            #[inline]
            fn clone(&self) -> Self {
                *self
            }
        }

        $crate::__format!($form);
        $crate::__format!($sets<'_>);

        impl $crate::codec::Choice for $form {
            type Sets<'a> = $sets<'a>;

            #[inline]
            fn set(self, attributes: $crate::Attrs<'_>) -> $sets<'_> {
                match self {
                    $(Self::$variant => $sets::$variant(<$set as $crate::codec::Case>::read(attributes)),)*
                    Self::Other => $sets::Other(attributes),
                }
            }
        }

        impl<'a> $sets<'a> {
            /// Returns the attributes, untyped. The value of an unknown set may
            /// be something else than attributes.
            #[inline]
            #[must_use]
            $vis fn attributes(self) -> $crate::Attrs<'a> {
                match self {
                    $(Self::$variant(value) => <$set as $crate::codec::Case>::bytes(value),)*
                    Self::Other(attributes) => attributes,
                }
            }

            /// Returns which set it is.
            #[inline]
            #[must_use]
            $vis const fn choice(self) -> $form {
                match self {
                    $(Self::$variant(_) => $form::$variant,)*
                    Self::Other(_) => $form::Other,
                }
            }
        }

        impl<'a> ::core::convert::From<$sets<'a>> for $crate::codec::Chosen<'a, $form> {
            fn from(set: $sets<'a>) -> Self {
                match set {
                    $($sets::$variant(value) => Self::of_case::<$set>(value, $form::$variant),)*
                    $sets::Other(attributes) => Self::of(attributes, $form::Other),
                }
            }
        }

        impl $crate::codec::Form for $form {
            type Value<'a> = $crate::codec::Chosen<'a, $form>;
            type Field<'a> = $sets<'a>;
            const SHAPE: $crate::schema::Shape = {
                static CHOICE: $crate::schema::Choice = $crate::schema::Choice {
                    by: $by,
                    otherwise: $crate::__choice!(@otherwise_shape $($rest: $rest_set)?),
                };
                $crate::schema::Shape::Choice(&CHOICE)
            };

            #[inline]
            fn decode<'a>(
                $attribute: $crate::AttrRef<'a>,
                $siblings: $crate::Attrs<'a>,
            ) -> ::core::result::Result<Self::Value<'a>, $crate::DecodeError> {
                let choice = $choose;
                ::core::result::Result::Ok($crate::codec::Chosen::new($attribute, choice))
            }

            #[inline]
            fn field<'a>(
                $attribute: $crate::AttrRef<'a>,
                $siblings: $crate::Attrs<'a>,
            ) -> ::core::result::Result<Self::Field<'a>, $crate::DecodeError> {
                let choice = $choose;
                ::core::result::Result::Ok($crate::codec::Choice::set(choice, $attribute.nested()))
            }

            #[inline]
            fn encode<'w, 'b>(
                value: &Self::Value<'_>,
                kind: ::core::primitive::u16,
                writer: &'w mut $crate::Writer<'b>,
            ) -> $crate::Put<'w, 'b> {
                value.encode(kind, writer)
            }
        }
    };
}

/// Reads the named fields of a row of attributes in one walk.
///
/// `fields!(attributes => Set { a, b })?` is a struct with the fields `a` and
/// `b`, each an `Option`; other attributes are skipped. An error in one of the
/// fields is an error of the row.
///
/// `fields!(attributes => Set { a?, b? })` lets each field keep its own error,
/// and has no other: each field is a `Result` of an `Option`, so that absent and
/// broken differ. A broken length is the error of the fields behind it.
///
/// ```
/// # #[cfg(feature = "route")] {
/// use nlwire::route::{IFLA_MTU, Link, LinkAttr};
/// use nlwire::{Writer, fields};
///
/// let mut buffer = [0; 64];
/// let attributes = Writer::attributes(&mut buffer, |w| {
///     w.put(LinkAttr::Name("eth0".into()))?.u16(IFLA_MTU, 1500)
/// })?;
///
/// let error = fields!(attributes => Link { name, mtu }).map(|_| ()).unwrap_err();
/// assert_eq!(error.to_string(), "IFLA_MTU at byte 12: expected 4 bytes, found 2");
///
/// let link = fields!(attributes => Link { name?, mtu?, master? });
/// assert_eq!(link.name?, Some("eth0".into()));
/// assert_eq!(link.mtu, Err(error));
/// assert_eq!(link.master, Ok(None));
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Of several attributes of one type the last counts, as in the kernel. An
/// attribute that may repeat ([`Many`](crate::codec::Many)) gives an iterator
/// over all of them.
#[macro_export]
macro_rules! fields {
    ($attributes:expr => $set:ty { $($field:ident ?),+ $(,)? }) => {{
        #[allow(non_camel_case_types, reason = "a type parameter for each field, so that its type is inferred")]
        struct Fields<$($field),+> {
            $($field: ::core::result::Result<::core::option::Option<$field>, $crate::DecodeError>),+
        }

        let siblings: $crate::Attrs<'_> = ::core::convert::Into::into($attributes);
        $(let mut $field = ::core::result::Result::Ok(::core::option::Option::None);)+
        for attribute in siblings {
            let attribute = match attribute {
                ::core::result::Result::Ok(attribute) => attribute,
                ::core::result::Result::Err(error) => {
                    let error = $crate::codec::refused(error, <$set as $crate::codec::AttributeSet>::names);
                    $(
                        if let ::core::result::Result::Ok(::core::option::Option::None) = $field {
                            $field = ::core::result::Result::Err(error);
                        }
                    )+
                    break;
                }
            };
            $(
                if let ::core::option::Option::Some(value) = <$set>::$field(attribute, siblings) {
                    $field = match value {
                        ::core::result::Result::Ok(value) => ::core::result::Result::Ok(::core::option::Option::Some(value)),
                        ::core::result::Result::Err(error) => ::core::result::Result::Err(
                            $crate::codec::refused(error, <$set as $crate::codec::AttributeSet>::names)
                        ),
                    };
                    continue;
                }
            )+
        }
        Fields { $($field),+ }
    }};

    ($attributes:expr => $set:ty { $($field:ident),+ $(,)? }) => {
        'fields: {
            #[allow(non_camel_case_types, reason = "a type parameter for each field, so that its type is inferred")]
            struct Fields<$($field),+> {
                $($field: ::core::option::Option<$field>),+
            }

            let siblings: $crate::Attrs<'_> = ::core::convert::Into::into($attributes);
            $(let mut $field = ::core::option::Option::None;)+
            for attribute in siblings {
                let attribute = match attribute {
                    ::core::result::Result::Ok(attribute) => attribute,
                    ::core::result::Result::Err(error) => break 'fields ::core::result::Result::Err(
                        $crate::codec::refused(error, <$set as $crate::codec::AttributeSet>::names)
                    ),
                };
                $(
                    if let ::core::option::Option::Some(value) = <$set>::$field(attribute, siblings) {
                        match value {
                            ::core::result::Result::Ok(value) => $field = ::core::option::Option::Some(value),
                            ::core::result::Result::Err(error) => break 'fields ::core::result::Result::Err(
                                $crate::codec::refused(error, <$set as $crate::codec::AttributeSet>::names)
                            ),
                        }
                        continue;
                    }
                )+
            }
            ::core::result::Result::Ok::<_, $crate::DecodeError>(Fields { $($field),+ })
        }
    };
}
