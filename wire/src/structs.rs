//! How the families declare their C structs: of zerocopy's integers, so that
//! their alignment is 1 and a view starts at any address.

/// Declares structs, each with its size in bytes, which is pinned.
macro_rules! structs {
    ($(
        $(#[$meta:meta])*
        $vis:vis struct $name:ident: $size:literal {
            $($(#[$field_meta:meta])* $field:ident: $type:ty $(as $shown:ty)?),* $(,)?
        }
    )*) => {$(
        $(#[$meta])*
        #[doc = concat!("\n\n", $size, " bytes.")]
        #[derive(
            Clone,
            Copy,
            Debug,
            Default,
            PartialEq,
            Eq,
            Hash,
            $crate::zerocopy::FromBytes,
            $crate::zerocopy::IntoBytes,
            $crate::zerocopy::Immutable,
            $crate::zerocopy::Unaligned,
        )]
        #[repr(C)]
        $vis struct $name {
            $($(#[$field_meta])* $vis $field: $type),*
        }

        $crate::__format!($name);

        const _: () = assert!(size_of::<$name>() == $size);

        impl $crate::schema::Described for $name {
            const SHAPE: $crate::schema::Shape = {
                static LAYOUT: $crate::schema::Layout = $crate::schema::Layout {
                    name: stringify!($name),
                    size: $size,
                    fields: &[$($crate::schema::Field {
                        name: stringify!($field),
                        offset: core::mem::offset_of!($name, $field),
                        size: size_of::<$type>(),
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
