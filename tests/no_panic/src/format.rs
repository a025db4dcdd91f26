//! A format of serde that keeps nothing, and fails behind so many values.

use core::fmt::{self, Display, Write as _};
use core::hint::black_box;
use serde::ser::{self, Serialize};

/// Number of values until it fails.
pub struct Format(pub u16);

#[derive(Debug)]
pub struct Full;

impl Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("full")
    }
}

impl core::error::Error for Full {}

impl ser::Error for Full {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

impl Format {
    fn count<T>(&mut self, value: T) -> Result<(), Full> {
        black_box(value);
        self.0 = self.0.checked_sub(1).ok_or(Full)?;
        Ok(())
    }

    fn one<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Full> {
        self.0 = self.0.checked_sub(1).ok_or(Full)?;
        value.serialize(Self(self.0))
    }
}

/// Text that goes nowhere.
struct Nowhere;

impl fmt::Write for Nowhere {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        black_box(text);
        Ok(())
    }
}

macro_rules! values {
    ($($name:ident: $type:ty;)*) => {$(
        fn $name(mut self, value: $type) -> Result<(), Full> {
            self.count(value)
        }
    )*};
}

impl ser::Serializer for Format {
    type Ok = ();
    type Error = Full;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    values! {
        serialize_bool: bool;
        serialize_i8: i8;
        serialize_i16: i16;
        serialize_i32: i32;
        serialize_i64: i64;
        serialize_u8: u8;
        serialize_u16: u16;
        serialize_u32: u32;
        serialize_u64: u64;
        serialize_f32: f32;
        serialize_f64: f64;
        serialize_char: char;
        serialize_str: &str;
        serialize_bytes: &[u8];
        serialize_unit_struct: &'static str;
    }

    fn collect_str<T: Display + ?Sized>(mut self, value: &T) -> Result<(), Full> {
        let _ = write!(Nowhere, "{value}");
        self.count(())
    }

    fn serialize_none(self) -> Result<(), Full> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(mut self, value: &T) -> Result<(), Full> {
        self.one(value)
    }

    fn serialize_unit(self) -> Result<(), Full> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Full> {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Full> {
        self.one(value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Full> {
        self.one(value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Full> {
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Full> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Full> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Full> {
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Full> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Full> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Full> {
        Ok(self)
    }
}

/// Traits of what holds values in a row, and of what holds named ones.
macro_rules! compounds {
    ($($trait:ident $name:ident;)*; $($named:ident)*) => {
        $(impl ser::$trait for Format {
            type Ok = ();
            type Error = Full;

            fn $name<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Full> {
                self.one(value)
            }

            fn end(self) -> Result<(), Full> {
                Ok(())
            }
        })*
        $(impl ser::$named for Format {
            type Ok = ();
            type Error = Full;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                _: &'static str,
                value: &T,
            ) -> Result<(), Full> {
                self.one(value)
            }

            fn end(self) -> Result<(), Full> {
                Ok(())
            }
        })*
    };
}

compounds! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
    SerializeTupleVariant serialize_field;
    ; SerializeStruct SerializeStructVariant
}

impl ser::SerializeMap for Format {
    type Ok = ();
    type Error = Full;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Full> {
        self.one(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Full> {
        self.one(value)
    }

    fn end(self) -> Result<(), Full> {
        Ok(())
    }
}
