//! Attributes of every form that there is.

use ::nlwire::codec::{
    Address, Array, Be, ByteArray, Bytes, Extensible, Flag, Hardware, Headed, Indexed, Ip, Le,
    Nest, Records, Sint, Str, Struct, Uint,
};
use ::nlwire::{attributes, Bitfield32};

#[allow(unused_imports, reason = "they are there to be tripped over")]
use crate::shadow::*;
use crate::structs::Head;

attributes! {
    /// Choice by a string.
    pub choice Named, enum NamedSet by ALL_STR {
        "all" All: All,
        "small" Small: Small,
    }
}

attributes! {
    /// Choice by a number.
    pub choice Numbered, enum NumberedSet by ALL_U16: u16 {
        1 All: All,
        7 Small: Small,
    }
}

attributes! {
    /// Choice by the family.
    pub choice OfFamily, enum OfFamilySet by family {
        2 All: All,
        10 Small: Small,
    }
}

attributes! {
    pub set Small, enum SmallAttr {
        1 SMALL_NUMBER Number number: u32,
    }
}

attributes! {
    /// Set with all forms.
    pub set All, enum AllAttr {
        /// With a text of its own.
        1 ALL_U8 U8 u8_field: u8,
        2 ALL_U16 U16 u16_field: u16,
        3 ALL_U32 U32 u32_field: u32,
        4 ALL_U64 U64 u64_field: u64,
        5 ALL_I8 I8 i8_field: i8,
        6 ALL_I16 I16 i16_field: i16,
        7 ALL_I32 I32 i32_field: i32,
        8 ALL_I64 I64 i64_field: i64,
        9 ALL_BE Big big: Be<u32>,
        10 ALL_LE Little little: Le<i64>,
        11 ALL_UINT Uint uint: Uint,
        12 ALL_SINT Sint sint: Sint,
        13 ALL_FLAG Flag flag: Flag,
        14 ALL_STR Str text: Str,
        15 ALL_BYTES Bytes bytes: Bytes,
        16 ALL_HARDWARE Hardware hardware: Hardware,
        17 ALL_ARRAY6 Array6 array6: ByteArray<6>,
        18 ALL_IP Ip ip: Ip,
        19 ALL_BITFIELD Bitfield bitfield: Bitfield32,
        20 ALL_ADDRESS Address address: Address,
        21 ALL_STRUCT Struct fixed: Struct<Head>,
        22 ALL_ARRAY Array array: Array<Head>,
        23 ALL_NEST Nest nest: Nest<All>,
        24 ALL_INDEXED Indexed indexed: Indexed<Small>,
        25 ALL_RECORDS Records records: Records<Head, Small>,
        26 ALL_NAMED Named named: Named,
        27 ALL_NUMBERED Numbered numbered: Numbered,
        28 ALL_OF_FAMILY OfFamily of_family: OfFamily,
        29 ALL_EXTENSIBLE Extensible extensible: Extensible<Head>,
        30 ALL_HEADED Headed headed: Headed<Head, Small>,
    }
}

/// Reads two fields.
///
/// # Errors
/// Walk by hand, as `fields!` does it.
pub fn two(
    attributes: ::nlwire::Attrs<'_>,
) -> ::core::result::Result<::core::option::Option<(u32, bool)>, ::nlwire::DecodeError> {
    let found = ::nlwire::fields!(attributes => All { u32_field, flag })?;
    match (found.u32_field, found.flag) {
        (::core::option::Option::Some(number), ::core::option::Option::Some(flag)) => {
            ::core::result::Result::Ok(::core::option::Option::Some((number, flag)))
        }
        _ => ::core::result::Result::Ok(::core::option::Option::None),
    }
}
