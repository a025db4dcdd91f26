//! Requests of a family of a user's.

use ::nlwire::schema::Protocol;
use ::nlwire::{
    DecodeError, EncodeError, Flags, GetFlags, MessageRef, Next, Query, Request, Writer,
};

use crate::family::SmallAttr;

/// The family.
static SMALL: Protocol = Protocol::family("small", &[]);

/// Sets a number.
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct SetNumber(pub ::core::primitive::u32);

impl Request for SetNumber {
    fn protocol(&self) -> ::core::option::Option<&'static Protocol> {
        ::core::option::Option::Some(&SMALL)
    }

    fn write(
        &self,
        _: ::core::primitive::u64,
        w: &mut Writer<'_>,
    ) -> ::core::result::Result<Next, EncodeError> {
        w.append_command(1, 1, Flags::empty(), |w| w.put(SmallAttr::Number(self.0)))?;
        ::core::result::Result::Ok(Next::End)
    }
}

/// Lists numbers.
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct GetNumbers;

impl Request for GetNumbers {
    fn protocol(&self) -> ::core::option::Option<&'static Protocol> {
        ::core::option::Option::Some(&SMALL)
    }

    fn write(
        &self,
        _: ::core::primitive::u64,
        w: &mut Writer<'_>,
    ) -> ::core::result::Result<Next, EncodeError> {
        w.append_command(2, 1, Flags::empty() | GetFlags::DUMP, |w| {
            ::core::result::Result::Ok(w)
        })?;
        ::core::result::Result::Ok(Next::End)
    }
}

impl Query for GetNumbers {
    type Row<'a> = ::core::result::Result<::core::primitive::u32, DecodeError>;

    fn row(message: MessageRef<'_>) -> Self::Row<'_> {
        message
            .attributes(4)
            .require(crate::family::SMALL_NUMBER)?
            .u32()
    }
}
