//! Values as their shapes say: what trees, `Debug` and serialisation print.

use core::fmt::{self, Display, Formatter};
use core::net::{IpAddr, SocketAddr};

use crate::bytes::{after, low32};
use crate::codec::{AddressBytes, Label, read_socket_address};
use crate::schema::{Described as _, Field, Layout, Notation, Shape};
use crate::text::{Hardware, Hex, Ip, IpPort, Quoted};
use crate::value::Scope;
use crate::{AddressFamily, AttrRef, Bitfield32, ByteOrder};

/// Number of levels that are shown as such.
pub(crate) const DEPTH: usize = 16;

const AF_INET: u8 = AddressFamily::INET.0;

/// Bytes of a value, and what its set hands down.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) scope: Scope,
}

impl<'a> From<AttrRef<'a>> for Value<'a> {
    fn from(attribute: AttrRef<'a>) -> Self {
        Self {
            bytes: attribute.bytes(),
            scope: attribute.scope,
        }
    }
}

/// Value that is not a nest, by its shape.
#[derive(Clone, Copy)]
pub(crate) enum View<'a> {
    Bytes(&'a [u8]),
    Unsigned(u64),
    Signed(i64),
    Hex(u64),
    Unit(i128, &'static str),
    Name(&'static str),
    Flags(Bits),
    Handle(u32),
    Present,
    Text(&'a [u8]),
    Hardware(&'a [u8]),
    Ip(IpAddr),
    Socket(SocketAddr),
    Bitfield32(Bitfield32, Notation),
    /// A struct, and the array that takes the rest of its value.
    Struct(&'static Layout, Option<&'static Field>, Value<'a>),
    Array(&'static Shape, usize, Value<'a>),
    /// The length of a value that is not shown.
    Secret(usize),
}

impl Shape {
    /// The value by this shape, as bytes where it does not fit.
    pub(crate) fn view<'a>(&self, value: Value<'a>, secrets: bool) -> View<'a> {
        let bytes = View::Bytes(value.bytes);
        match *self {
            Self::Flag if value.bytes.is_empty() => View::Present,
            Self::Unsigned(order, notation) => match value.unsigned(order) {
                Some(number) => integer(number.into(), number, notation),
                None => bytes,
            },
            Self::Signed(order, notation) => match value.unsigned(order) {
                Some(number) => {
                    let signed = extend_sign(number, value.bytes.len());
                    integer(signed.into(), number, notation)
                }
                None => bytes,
            },
            Self::UnixName if value.bytes.first() == Some(&0) => View::Text(value.bytes),
            Self::Str | Self::UnixName => match value.bytes {
                [text @ .., 0] | text => View::Text(text),
            },
            Self::Padded => {
                let end = value.bytes.iter().rposition(|&byte| byte != 0);
                let length = end.map_or(0, |end| end.saturating_add(1));
                View::Text(value.bytes.get(..length).unwrap_or_default())
            }
            Self::Hardware => View::Hardware(value.bytes),
            Self::Address if AddressBytes::is_stack(value.bytes, value.scope) => value.labels(),
            Self::SocketAddress => match read_socket_address(value.bytes) {
                Some(address) => View::Socket(address),
                None => bytes,
            },
            Self::FamilyAddress => value.behind_family().unwrap_or(bytes),
            Self::Ip | Self::Address => match AddressBytes::of_bytes(value.bytes, value.scope) {
                Some(ip) => View::Ip(ip),
                None => bytes,
            },
            Self::WideAddress => {
                let v4 = value
                    .bytes
                    .get(..4)
                    .filter(|_| value.scope.family == AF_INET);
                match AddressBytes::of_bytes(v4.unwrap_or(value.bytes), value.scope) {
                    Some(ip) => View::Ip(ip),
                    None => bytes,
                }
            }
            Self::Bitfield32(notation) => match crate::bytes::front(value.bytes) {
                Some((bits, [])) => View::Bitfield32(*bits, notation),
                _ => bytes,
            },
            Self::Struct(layout) => View::Struct(layout, None, value),
            Self::Flexible(Self::Struct(layout), array) => View::Struct(layout, Some(array), value),
            Self::Array(element, size) => View::Array(element, size, value),
            Self::Secret(_) if !secrets => View::Secret(value.bytes.len()),
            // A secret of another secret is as secret.
            Self::Secret(shape) => match shape {
                Self::Secret(_) => bytes,
                shape => shape.view(value, secrets),
            },
            _ => bytes,
        }
    }
}

impl<'a> Value<'a> {
    /// The number in the first bytes.
    pub(crate) fn start(self, length: usize) -> Option<u64> {
        let bytes = self.bytes.get(..length)?;
        Self { bytes, ..self }.unsigned(None)
    }

    /// A label stack of MPLS.
    fn labels(self) -> View<'a> {
        View::Array(&Label::SHAPE, size_of::<Label>(), self)
    }

    /// An address whose family is in front of it.
    fn behind_family(self) -> Option<View<'a>> {
        let family = u8::try_from(self.start(2)?).ok()?;
        let bytes = self.bytes.get(2..)?;
        let scope = Scope {
            family,
            ..self.scope
        };
        match AddressBytes::of_bytes(bytes, scope) {
            _ if AddressBytes::is_stack(bytes, scope) => Some(Self { bytes, scope }.labels()),
            Some(ip) if family != 0 => Some(View::Ip(ip)),
            _ => None,
        }
    }

    fn unsigned(self, order: Option<ByteOrder>) -> Option<u64> {
        let mut wide = [0; 8];
        let order = match order.unwrap_or(self.scope.order) {
            ByteOrder::Native if cfg!(target_endian = "big") => ByteOrder::Big,
            order => order,
        };
        if !matches!(self.bytes.len(), 1 | 2 | 4 | 8) {
            return None;
        }
        let places = wide.iter_mut().zip(self.bytes);
        if order == ByteOrder::Big {
            let (reversed, bytes) = (wide.iter_mut(), self.bytes.iter().rev());
            reversed.zip(bytes).for_each(|(to, from)| *to = *from);
        } else {
            places.for_each(|(to, from)| *to = *from);
        }
        Some(u64::from_le_bytes(wide))
    }
}

fn integer(number: i128, bits: u64, notation: Notation) -> View<'static> {
    match notation {
        Notation::Hex => View::Hex(bits),
        Notation::Names(names) => {
            let mut names = names.iter();
            match names.find(|(named, _)| i128::from(*named) == number) {
                Some((_, name)) => View::Name(name),
                None => plain(number, bits),
            }
        }
        Notation::Flags(names) => View::Flags(Bits { bits, names }),
        Notation::Handle => match u32::try_from(bits) {
            Ok(handle) => View::Handle(handle),
            Err(_) => View::Hex(bits),
        },
        Notation::Label => View::Unsigned(bits >> 12),
        Notation::Unit(unit) => View::Unit(number, unit),
        Notation::Decimal => plain(number, bits),
    }
}

fn plain(number: i128, bits: u64) -> View<'static> {
    match i64::try_from(number) {
        Ok(number) if number < 0 => View::Signed(number),
        _ => View::Unsigned(bits),
    }
}

/// Takes the top bit of a value of `length` bytes for its sign.
fn extend_sign(value: u64, length: usize) -> i64 {
    let unused = 64_u32.saturating_sub(low32(length).saturating_mul(8));
    value.unbounded_shl(unused).cast_signed() >> unused.min(63)
}

/// Flags, and the names of their bits.
#[derive(Clone, Copy)]
pub(crate) struct Bits {
    pub(crate) bits: u64,
    pub(crate) names: &'static [(u64, u64, &'static str)],
}

impl Bits {
    /// Names of the bits that are set.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        crate::numbers::names(self.names, self.bits)
    }

    /// Bits without a name.
    pub(crate) fn rest(self) -> u64 {
        let named = self.names.iter();
        let set = named.filter(|(mask, bits, _)| self.bits & mask == *bits);
        set.fold(self.bits, |rest, (_, bits, _)| rest & !bits)
    }
}

impl Display for Bits {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for name in self.names() {
            write!(f, "{separator}{name}")?;
            separator = ",";
        }
        match self.rest() {
            0 if separator.is_empty() => f.write_str("0"),
            0 => Ok(()),
            rest => write!(f, "{separator}{rest:#x}"),
        }
    }
}

/// A handle of traffic control as tc(8) prints it: `root`, `none`, `1:`, `1:a`,
/// `:a`.
pub(crate) struct Handle(pub(crate) u32);

impl Display for Handle {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (major, minor) = (self.0 >> 16, self.0 & 0xffff);
        match (self.0, major, minor) {
            (0, ..) => f.write_str("none"),
            (u32::MAX, ..) => f.write_str("root"),
            (_, _, 0) => write!(f, "{major:x}:"),
            (_, 0, _) => write!(f, ":{minor:x}"),
            _ => write!(f, "{major:x}:{minor:x}"),
        }
    }
}

/// A view, with what its fields and elements need.
#[derive(Clone, Copy)]
pub(crate) struct Shown<'a> {
    pub(crate) view: View<'a>,
    pub(crate) secrets: bool,
    /// Structs around it.
    pub(crate) depth: usize,
}

impl<'a> Shown<'a> {
    pub(crate) fn new(shape: Option<Shape>, value: Value<'a>, secrets: bool) -> Self {
        Self {
            view: shape.unwrap_or(Shape::Bytes).view(value, secrets),
            secrets,
            depth: 0,
        }
    }

    /// A field or an element; what is too deep is bytes.
    pub(crate) fn inner(&self, shape: &Shape, value: Value<'a>) -> Self {
        let shape = if self.depth < DEPTH {
            shape
        } else {
            &Shape::Bytes
        };
        Self {
            view: shape.view(value, self.secrets),
            secrets: self.secrets,
            depth: self.depth.saturating_add(1),
        }
    }

    /// The fields of a struct that were sent, and the bytes behind them, which are those of the
    /// array if there is one.
    pub(crate) fn fields(
        self,
        layout: &'static Layout,
        array: Option<&'static Field>,
        value: Value<'a>,
    ) -> (impl Iterator<Item = (&'static str, Self)>, &'a [u8]) {
        let whole = layout.fields.iter().map_while(move |field| {
            let rest = value.bytes.get(field.offset..)?;
            Some((field, rest.get(..field.size)?))
        });
        let end = whole
            .clone()
            .last()
            .map_or(0, |(field, _)| field.offset.saturating_add(field.size));
        // A struct may say of which family its addresses are; 0 leaves it to what is around.
        let mut own = whole.clone().filter(|(field, _)| field.is_family());
        let own = own.next().and_then(|(_, bytes)| {
            let number = Value { bytes, ..value }.unsigned(None)?;
            u8::try_from(number).ok().filter(|&family| family != 0)
        });
        let scope = Scope {
            family: own.unwrap_or(value.scope.family),
            ..value.scope
        };
        let shown = whole.filter_map(move |(field, bytes)| {
            let is_empty = field.is_padding() && bytes.iter().all(|&byte| byte == 0);
            let value = Value { bytes, scope };
            (!is_empty).then(|| (field.name, self.inner(&field.shape, value)))
        });
        let rest = after(value.bytes, end);
        let elements = array.filter(|_| !rest.is_empty()).map(|array| {
            let value = Value { bytes: rest, scope };
            (array.name, self.inner(&array.shape, value))
        });
        let rest = if array.is_some() { &[] } else { rest };
        (shown.chain(elements), rest)
    }

    /// The elements of an array, and the bytes behind them.
    pub(crate) fn elements(
        self,
        element: &'static Shape,
        size: usize,
        value: Value<'a>,
    ) -> (impl Iterator<Item = Self>, &'a [u8]) {
        let mut chunks = value.bytes.chunks_exact(size.max(1));
        let rest = chunks.clone().remainder();
        let shown = core::iter::from_fn(move || {
            Some(self.inner(
                element,
                Value {
                    bytes: chunks.next()?,
                    ..value
                },
            ))
        });
        (shown, rest)
    }
}

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.view {
            View::Bytes(bytes) => Hex(bytes).fmt(f),
            View::Unsigned(number) => write!(f, "{number}"),
            View::Signed(number) => write!(f, "{number}"),
            View::Hex(number) => write!(f, "{number:#x}"),
            View::Unit(number, unit) => write!(f, "{number} {unit}"),
            View::Name(name) => f.write_str(name),
            View::Flags(bits) => bits.fmt(f),
            View::Handle(handle) => Handle(handle).fmt(f),
            View::Present => Ok(()),
            View::Text(text) => Quoted(text).fmt(f),
            View::Hardware(bytes) => Hardware(bytes).fmt(f),
            View::Ip(ip) => Ip(ip).fmt(f),
            View::Socket(address) => IpPort(address).fmt(f),
            View::Bitfield32(bits, Notation::Flags(names)) => {
                let [value, selector] = [bits.value(), bits.selector()].map(|bits| Bits {
                    bits: bits.into(),
                    names,
                });
                write!(f, "{value}/{selector}")
            }
            View::Bitfield32(bits, _) => bits.fmt(f),
            View::Struct(layout, array, value) if self.depth == 0 => {
                self.write_fields(f, layout, array, value)
            }
            View::Struct(layout, array, value) => {
                f.write_str("{")?;
                self.write_fields(f, layout, array, value)?;
                f.write_str("}")
            }
            View::Array(element, size, value) => {
                let (elements, rest) = self.elements(element, size, value);
                f.write_str("[")?;
                let mut separator = "";
                for element in elements {
                    write!(f, "{separator}{element}")?;
                    separator = ", ";
                }
                if !rest.is_empty() {
                    write!(f, "{separator}{}", Hex(rest))?;
                }
                f.write_str("]")
            }
            View::Secret(length) => write!(f, "secret of {length} bytes"),
        }
    }
}

impl<'a> Shown<'a> {
    fn write_fields(
        self,
        f: &mut Formatter<'_>,
        layout: &'static Layout,
        array: Option<&'static Field>,
        value: Value<'a>,
    ) -> fmt::Result {
        let (fields, rest) = self.fields(layout, array, value);
        let mut separator = "";
        for (name, field) in fields {
            write!(f, "{separator}{name} {field}")?;
            separator = ", ";
        }
        // What a compiler fills up, or a newer kernel leaves at 0.
        if rest.iter().all(|&byte| byte == 0) {
            return Ok(());
        }
        write!(f, "{separator}{}", Hex(rest))
    }
}
