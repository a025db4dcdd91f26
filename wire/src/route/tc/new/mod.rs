//! Creation of queueing disciplines, classes and filters.

use super::{Handle, TCA_OPTIONS, Traffic, TrafficAttr, TrafficHeader, TrafficSettings};
use crate::writer::Put;
use crate::{EncodeError, Items, LinkIndex, MessageType, NewFlags, Next, Writer};

/// Packets of all protocols.
pub(super) const ETH_P_ALL: u16 = 0x0003;

/// Puts the chain of a filter that is not in chain 0.
pub(super) fn put_chain<'w, 'b>(w: &'w mut Writer<'b>, chain: Option<u32>) -> Put<'w, 'b> {
    match chain {
        Some(chain) => w.put(TrafficAttr::Chain(chain)),
        None => Ok(w),
    }
}

/// Returns the header of an object on a link.
pub(super) fn header(link: LinkIndex, handle: Handle, parent: Handle) -> TrafficHeader {
    TrafficHeader {
        index: link,
        handle,
        parent,
        ..TrafficHeader::default()
    }
}

/// Creation of any object: its place, its flags and its kind.
#[derive(Clone, Copy, Debug)]
struct New<'a, K> {
    header: TrafficHeader,
    mode: NewFlags,
    if_absent: bool,
    kind: K,
    options: Option<&'a [u8]>,
    more: Option<&'a dyn Items<Traffic>>,
}

impl<K: TrafficSettings> New<'_, K> {
    fn at(header: TrafficHeader, kind: K) -> Self {
        Self {
            header,
            mode: NewFlags::CREATE.union(NewFlags::EXCL),
            if_absent: false,
            kind,
            options: None,
            more: None,
        }
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let w = w.put(TrafficAttr::Kind(self.kind.kind()))?;
        let w = match self.options {
            Some(options) => w.bytes(TCA_OPTIONS, options)?,
            None => self.kind.put_for(self.header.protocol(), w)?,
        };
        w.put_items(self.more)
    }

    fn write(&self, message: MessageType, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(message, self.mode, &self.header, |w| self.put(w))?;
        Ok(Next::End)
    }

    fn link(&self) -> u32 {
        self.header.index.get()
    }
}

/// Declares the methods that all objects share, and the request.
macro_rules! object {
    ($name:ident, $message:ident, $replace:expr, |$new:ident, $f:ident| $object:expr) => {
        impl<'a, K> $name<'a, K> {
            /// Sets the handle. The default, 0, lets the kernel choose.
            #[doc(alias = "tcm_handle")]
            pub fn handle(mut self, handle: impl Into<Handle>) -> Self {
                self.new.header.handle = handle.into();
                self
            }

            /// Takes the place of the object that is there, if there is one, or
            /// changes it if its kind is the same. The kernel cannot change
            /// objects of some kinds, such as an `htb`: `EINVAL` or
            /// `EOPNOTSUPP`.
            #[doc(alias = "NLM_F_REPLACE")]
            pub const fn replace(mut self) -> Self {
                self.new.mode = $replace;
                self
            }

            /// Changes the existing object; `ENOENT` if there is none.
            pub const fn change(mut self) -> Self {
                self.new.mode = NewFlags::empty();
                self
            }

            /// Leaves an object at this place as it is, whatever its kind:
            /// `EEXIST` counts as success.
            pub const fn if_absent(mut self) -> Self {
                self.new.if_absent = true;
                self
            }

            /// Adds further attributes.
            pub const fn with(mut self, more: &'a dyn Items<Traffic>) -> Self {
                self.new.more = Some(more);
                self
            }
        }

        impl<'a> $name<'a, &'a str> {
            /// Takes settings that are written already: the value of
            /// `TCA_OPTIONS`.
            #[doc(alias = "TCA_OPTIONS")]
            pub const fn options_bytes(mut self, options: &'a [u8]) -> Self {
                self.new.options = Some(options);
                self
            }
        }

        impl<K: TrafficSettings> Request for $name<'_, K> {
            fn protocol(&self) -> Option<&'static Protocol> {
                Some(&PROTOCOL)
            }

            fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
                self.new.write($message, w)
            }

            fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let ($new, $f) = (&self.new, f);
                $object
            }

            fn forgives(&self) -> &'static [Errno] {
                if self.new.if_absent {
                    &[Errno::EEXIST]
                } else {
                    &[]
                }
            }
        }
    };
}

mod class;
mod filter;
mod qdisc;

pub use class::NewClass;
pub use filter::{BpfSettings, FlowerSettings, FwSettings, NewFilter};
pub use qdisc::{CakeSettings, FqSettings, NetemSettings, NewQdisc, PrioSettings};
