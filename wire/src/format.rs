//! `defmt::Format` for the types that cannot derive it, and for those that
//! macros make in other crates, which must not ask for features themselves.
//!
//! Views print their kind and place, and values with a `Display` print by it.
//! The rest prints by `Debug`: a bound on the values of forms, for example,
//! would make the feature change a trait.

use core::fmt::{self, Display as _};

#[cfg(feature = "defmt")]
pub use defmt;

use crate::schema::Shape;
use crate::value::Scope;
use crate::view::{Shown, Value, View};

/// Formats types by their `Debug`, where the feature is on: `A, B<'_>`, and
/// `for [T: Debug] C<T>` with the parameters of the implementation.
#[cfg(feature = "defmt")]
#[doc(hidden)]
#[macro_export]
macro_rules! __format {
    () => {};
    (for [$($parameter:tt)*] $type:ty $(, $($rest:tt)*)?) => {
        $crate::__format!(@ [<$($parameter)*>] $type);
        $($crate::__format!($($rest)*);)?
    };
    (@ [$($parameters:tt)*] $type:ty) => {
        impl $($parameters)* $crate::format::defmt::Format for $type {
            fn format(&self, f: $crate::format::defmt::Formatter<'_>) {
                $crate::format::by_debug(self, f);
            }
        }
    };
    ($type:ty $(, $($rest:tt)*)?) => {
        $crate::__format!(@ [] $type);
        $($crate::__format!($($rest)*);)?
    };
}

#[cfg(not(feature = "defmt"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __format {
    ($($any:tt)*) => {};
}

/// `Debug` of structs that the schema describes: one function, where a derive
/// would make one for each of hundreds.
#[inline(never)]
pub fn debug_struct(f: &mut fmt::Formatter<'_>, shape: Shape, bytes: &[u8]) -> fmt::Result {
    let scope = Scope::NATIVE;
    let shown = Shown::new(Some(shape), Value { bytes, scope }, false);
    let View::Struct(layout, array, value) = shown.view else {
        return shown.fmt(f);
    };
    let mut fields = f.debug_struct(layout.name);
    for (name, field) in shown.fields(layout, array, value).0 {
        fields.field(name, &format_args!("{field}"));
    }
    fields.finish()
}

/// Expansion of the macro, as defmt's own macros need a dependency of that
/// name.
#[cfg(feature = "defmt")]
pub fn by_debug<T: core::fmt::Debug>(value: &T, f: defmt::Formatter<'_>) {
    defmt::write!(f, "{}", defmt::Debug2Format(value));
}

#[cfg(feature = "defmt")]
mod impls {
    use defmt::{Display2Format, Format, Formatter, write};

    use crate::codec::AttributeSet;
    use crate::zerocopy::{FromBytes, IntoBytes};
    use crate::{
        AckFlags, AckRef, AttrRef, Attrs, Batch, Bitfield32, DeleteFlags, FixedHeader, Flags,
        GetFlags, Header, LinkIndex, MessageRef, Messages, NewFlags, Path, Record, Records, Text,
        Writer, codec, pretty, schema, text,
    };

    macro_rules! format {
        ($($type:ty: |$value:ident, $f:ident| $write:expr;)*) => {$(
            impl Format for $type {
                fn format(&self, $f: Formatter<'_>) {
                    let $value = self;
                    $write;
                }
            }
        )*};
    }

    format! {
        Header: |header, f| write!(
            f,
            "Header(length {=u32}, type {=u16}, flags {=u16:#x}, sequence {=u32}, port {=u32})",
            header.length(), header.kind().0, header.flags().bits(), header.sequence(), header.port()
        );
        MessageRef<'_>: |message, f| write!(f, "MessageRef({})", message.header());
        Messages<'_>: |messages, f| {
            write!(f, "[");
            messages.for_each(|message| write!(f, "{}, ", message));
            write!(f, "]");
        };
        AttrRef<'_>: |attribute, f| write!(
            f,
            "AttrRef({=u16} at byte {=u32}, {=usize} bytes)",
            attribute.kind(), attribute.offset(), attribute.bytes().len()
        );
        Attrs<'_>: |attributes, f| {
            write!(f, "[");
            attributes.for_each(|attribute| write!(f, "{}, ", attribute));
            write!(f, "]");
        };
        Flags: |flags, f| write!(f, "Flags({=u16:#x})", flags.bits());
        GetFlags: |flags, f| write!(f, "GetFlags({=u16:#x})", flags.bits());
        NewFlags: |flags, f| write!(f, "NewFlags({=u16:#x})", flags.bits());
        DeleteFlags: |flags, f| write!(f, "DeleteFlags({=u16:#x})", flags.bits());
        AckFlags: |flags, f| write!(f, "AckFlags({=u16:#x})", flags.bits());
        Text<'_>: |text, f| write!(f, "{=[u8]:a}", text.as_bytes());
        LinkIndex: |index, f| write!(f, "{=u32}", index.get());
        Bitfield32: |bits, f| write!(f, "{=u32:#x}/{=u32:#x}", bits.value(), bits.selector());
        AckRef<'_>: |ack, f| write!(f, "AckRef({}, {})", ack.errno(), ack.text());
        Writer<'_>: |writer, f| write!(f, "Writer({=usize} bytes)", writer.len());
        Path<'_>: |path, f| write!(f, "{}", Display2Format(path));
        pretty::Pretty<'_>: |tree, f| write!(f, "{}", Display2Format(tree));
        text::Hex<'_>: |bytes, f| write!(f, "{=[u8]:x}", bytes.0);
        text::Hardware<'_>: |address, f| write!(f, "{=[u8]:x}", address.0);
        text::Quoted<'_>: |quoted, f| write!(f, "{=[u8]:a}", quoted.0);
        text::Ip: |ip, f| write!(f, "{}", Display2Format(ip));
        text::IpPort: |address, f| write!(f, "{}", Display2Format(address));
    }

    impl<R: crate::Room> Format for Batch<R> {
        fn format(&self, f: Formatter<'_>) {
            write!(f, "Batch({=usize} messages)", self.count());
        }
    }

    impl<'a, H: FixedHeader, S> Format for crate::Row<'a, H, S> {
        fn format(&self, f: Formatter<'_>) {
            write!(f, "Row({})", self.message);
        }
    }

    #[cfg(feature = "heapless")]
    impl<const N: usize> Format for crate::AckBuf<N> {
        fn format(&self, f: Formatter<'_>) {
            self.get().format(f);
        }
    }

    impl<T: Record> Format for Records<'_, T> {
        fn format(&self, f: Formatter<'_>) {
            write!(f, "Records({=usize} bytes)", self.remaining().len());
        }
    }

    impl<S> Format for codec::SetIter<'_, S> {
        fn format(&self, f: Formatter<'_>) {
            self.attributes().format(f);
        }
    }

    crate::__format!(schema::Schema);
    crate::__format!(schema::AttributeName);
    crate::__format!(schema::Row);
    crate::__format!(schema::Shape);
    crate::__format!(for [V] codec::Hidden<V>);
    crate::__format!(for [T: FromBytes + IntoBytes + core::fmt::Debug, S: AttributeSet] codec::StructAndSet<'_, T, S>);
    crate::__format!(crate::request::Object<'_>);
    #[cfg(feature = "alloc")]
    crate::__format!(for [H: FixedHeader + core::fmt::Debug, S: AttributeSet] crate::OwnedRow<H, S>);
    crate::__format!(pretty::Family<'_>);
    crate::__format!(schema::Notation);
    crate::__format!(schema::Layout);
    crate::__format!(schema::Field);
    crate::__format!(schema::Header);
    crate::__format!(schema::Choice);
    crate::__format!(schema::By);
    crate::__format!(schema::Sibling);
    crate::__format!(schema::TypeName);
    crate::__format!(schema::VerbFlags);
    crate::__format!(schema::MessageSchema);
    crate::__format!(schema::Protocol);
    crate::__format!(codec::AddressBytes<'_>);
    crate::__format!(for [S: AttributeSet] codec::Set<'_, S>);
    crate::__format!(for [S: AttributeSet] codec::Nested<'_, S>);
    crate::__format!(for [F: codec::Form] codec::Repeats<'_, F>);
    crate::__format!(for [S: AttributeSet] codec::IndexedSets<'_, S>);
    crate::__format!(for [T: schema::Described, S: AttributeSet] codec::RecordSets<'_, T, S>);
    crate::__format!(for [C: codec::Choice] codec::Chosen<'_, C>);

    impl<T> Format for codec::StructBytes<'_, T> {
        fn format(&self, f: Formatter<'_>) {
            write!(f, "StructBytes({=[u8]:x})", self.as_bytes());
        }
    }

    impl<T: FixedHeader, S> Format for codec::HeadedSet<'_, T, S> {
        fn format(&self, f: Formatter<'_>) {
            write!(f, "HeadedSet({=[u8]:x})", self.as_bytes());
        }
    }
}
