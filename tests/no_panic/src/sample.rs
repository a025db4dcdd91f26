//! A set with each form of nlwire, as a user declares it.

use nlwire::codec::{
    Address, Array, Be, ByteArray, Bytes, Extensible, Flag, Hardware, Headed, Indexed, Ip, Le,
    Many, Nest, Records, Secret, Shown, Sint, Str, Struct, StructAnd, Uint,
};
use nlwire::zerocopy::native_endian::U16;
use nlwire::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use nlwire::{Bitfield32, FixedHeader, Record, attributes};

/// A fixed header and a record, with a size that 4 does not divide.
#[derive(Clone, Copy, Debug, Default, PartialEq, FromBytes, IntoBytes, Immutable, Unaligned)]
#[zerocopy(crate = "nlwire::zerocopy")]
#[repr(C)]
pub struct Head {
    length: U16,
    rest: [u8; 3],
}

impl nlwire::schema::Described for Head {}

impl FixedHeader for Head {
    fn family(&self) -> u8 {
        self.rest[0]
    }
}

impl Record for Head {
    fn length(&self) -> u16 {
        self.length.get()
    }

    fn with_length(mut self, length: u16) -> Self {
        self.length = U16::new(length);
        self
    }
}

attributes! {
    pub choice ByName, enum Named by S_STR {
        "a" A: Sample,
        "bcd" B: Sample,
    }
}
attributes! {
    pub choice ByNumber, enum Numbered by S_U32: u32 {
        1 A: Sample,
        70000 B: Sample,
    }
}
attributes! {
    pub choice ByFamily, enum OfFamily by family {
        2 Inet: Sample,
        10 Inet6: Sample,
    }
}
attributes! {
    pub choice ByCase, enum Cased by S_U8: u8 {
        1 Set: Sample,
        2 Struct: Extensible<Head>,
        3 Both: StructAnd<Head, Sample>,
    }
}
attributes! {
    pub set Sample, enum SampleAttr {
        1 S_U8 U8 u8_field: u8,
        2 S_U16 U16 u16_field: u16,
        3 S_U32 U32 u32_field: u32,
        4 S_U64 U64 u64_field: u64,
        5 S_I8 I8 i8_field: i8,
        6 S_I16 I16 i16_field: i16,
        7 S_I32 I32 i32_field: i32,
        8 S_I64 I64 i64_field: i64,
        9 S_BE16 Be16 be16: Be<u16>,
        10 S_BE32 Be32 be32: Be<u32>,
        11 S_BE64 Be64 be64: Be<u64>,
        12 S_LE16 Le16 le16: Le<u16>,
        13 S_LE32 Le32 le32: Le<u32>,
        14 S_LE64 Le64 le64: Le<u64>,
        15 S_UINT Uint uint: Uint,
        16 S_SINT Sint sint: Sint,
        17 S_FLAG Flag flag: Flag,
        18 S_STR Str text: Str,
        19 S_BYTES Bytes bytes: Bytes,
        20 S_HARDWARE Hardware hardware: Hardware,
        21 S_BYTE_ARRAY ByteArray byte_array: ByteArray<3>,
        22 S_IP Ip ip: Ip,
        23 S_BITFIELD Bitfield bitfield: Bitfield32,
        24 S_ADDRESS Address address: Address,
        25 S_STRUCT Struct fixed: Struct<Head>,
        26 S_ARRAY Array array: Array<Head>,
        27 S_NEST Nest nest: Nest<Sample>,
        28 S_INDEXED Indexed indexed: Indexed<Sample>,
        29 S_RECORDS Records records: Records<Head, Sample>,
        30 S_BY_NAME ByName by_name: ByName,
        31 S_BY_NUMBER ByNumber by_number: ByNumber,
        32 S_BY_FAMILY ByFamily by_family: ByFamily,
        33 S_EXTENSIBLE Extensible extensible: Extensible<Head>,
        34 S_HEADED Headed headed: Headed<Head, Sample>,
        35 S_BY_CASE ByCase by_case: ByCase,
        36 S_MANY Many many: Many<u16>,
        37 S_SECRET Secret secret: Secret<Bytes>,
        38 S_SHOWN Shown shown: Shown<u32, Head>,
    }
}
