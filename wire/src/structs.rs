//! How the families declare their C structs: of zerocopy's integers, so that
//! their alignment is 1 and a view starts at any address.

/// Declares structs, each with its size in bytes, which is pinned.
macro_rules! structs {
    ($(
        $(#[$meta:meta])*
        pub struct $name:ident: $size:literal {
            $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)?
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
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type),*
        }

        $crate::__format!($name);

        const _: () = assert!(size_of::<$name>() == $size);
    )*};
}

pub(crate) use structs;
