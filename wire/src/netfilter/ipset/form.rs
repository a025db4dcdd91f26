//! Forms of this protocol: marked integers, and addresses in a nest.

use core::marker::PhantomData;
use core::net::IpAddr;

use crate::attributes;
use crate::codec::{AttributeSet, Be, Form, Ip, field_is_value};
use crate::schema::Shape;
use crate::writer::Put;
use crate::{AttrRef, Attrs, DecodeError, DecodeErrorKind, NLA_F_NET_BYTEORDER, Writer};

/// Integer in network order whose attribute says so by `NLA_F_NET_BYTEORDER`.
/// The kernel refuses others with `IPSET_ERR_PROTOCOL`.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct NetOrder<T>(PhantomData<T>);

impl<T: 'static> Form for NetOrder<T>
where
    Be<T>: Form,
{
    type Value<'a> = <Be<T> as Form>::Value<'a>;
    type Field<'a> = <Be<T> as Form>::Field<'a>;
    const SHAPE: Shape = <Be<T> as Form>::SHAPE;

    fn decode<'a>(
        attribute: AttrRef<'a>,
        siblings: Attrs<'a>,
    ) -> Result<Self::Value<'a>, DecodeError> {
        <Be<T> as Form>::decode(attribute, siblings)
    }

    fn field<'a>(
        attribute: AttrRef<'a>,
        siblings: Attrs<'a>,
    ) -> Result<Self::Field<'a>, DecodeError> {
        <Be<T> as Form>::field(attribute, siblings)
    }

    fn encode<'w, 'b>(
        value: &Self::Value<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        <Be<T> as Form>::encode(value, kind | NLA_F_NET_BYTEORDER, writer)
    }
}

/// IP address in a nest, whose attribute type says which family it is of.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct IpAddressNest(());

impl Form for IpAddressNest {
    type Value<'a> = IpAddr;
    const SHAPE: Shape = Shape::Nest(<IpSetAddress as AttributeSet>::schema);

    field_is_value!();

    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<IpAddr, DecodeError> {
        for inner in attribute.nested() {
            let inner = inner?;
            if matches!(
                inner.kind(),
                IPSET_ATTR_IPADDR_IPV4 | IPSET_ATTR_IPADDR_IPV6
            ) {
                return inner.ip();
            }
        }
        Err(attribute.error(DecodeErrorKind::Missing))
    }

    fn encode<'w, 'b>(value: &IpAddr, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let inner = match value {
            IpAddr::V4(_) => IPSET_ATTR_IPADDR_IPV4,
            IpAddr::V6(_) => IPSET_ATTR_IPADDR_IPV6,
        };
        writer.nest(kind, |w| w.ip(inner | NLA_F_NET_BYTEORDER, *value))
    }
}

/// Integer that requests send in network order, and answers in the machine's:
/// `IPSET_ATTR_MARKMASK`.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct AnsweredInHostOrder(());

impl Form for AnsweredInHostOrder {
    type Value<'a> = u32;
    const SHAPE: Shape = Shape::Directed(&<u32 as Form>::SHAPE, &<Be<u32> as Form>::SHAPE);

    field_is_value!();

    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<u32, DecodeError> {
        match attribute.is_net_byteorder() {
            true => attribute.u32_be(),
            false => attribute.u32(),
        }
    }

    fn encode<'w, 'b>(value: &u32, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        writer.u32_be(kind | NLA_F_NET_BYTEORDER, *value)
    }
}

attributes! {
    /// Address (`IPSET_ATTR_IPADDR_*`).
    pub set IpSetAddress, enum IpSetAddressAttr {
        /// IPv4 address.
        1 IPSET_ATTR_IPADDR_IPV4 V4 v4: Ip,
        /// IPv6 address.
        2 IPSET_ATTR_IPADDR_IPV6 V6 v6: Ip,
    }
}
