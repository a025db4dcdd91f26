//! Look-up of generic families by name (`linux/genetlink.h`).

use nlwire::schema::Protocol as Family;
use nlwire::{EncodeError, Flags, MessageRef, MessageType, Next, Request, Writer};

const GENL_ID_CTRL: MessageType = MessageType(16);
/// `struct genlmsghdr` with `CTRL_CMD_GETFAMILY` and version 1.
const GET_FAMILY: [u8; 4] = [3, 1, 0, 0];
const CTRL_ATTR_FAMILY_ID: u16 = 1;
const CTRL_ATTR_FAMILY_NAME: u16 = 2;
/// Largest name of a family in bytes, without its NUL (`GENL_NAMSIZ`).
const LONGEST: usize = 15;

/// Request that looks up a family by its name. It needs no feature, so that a
/// family declared in another crate works without `generic`.
#[derive(Debug)]
pub(crate) struct GetFamily(pub(crate) &'static Family);

impl GetFamily {
    fn name(&self) -> &'static str {
        self.0.family.unwrap_or_default()
    }
}

impl Request for GetFamily {
    fn protocol(&self) -> Option<&'static Family> {
        None
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(GENL_ID_CTRL, Flags::empty(), &(), |w| {
            let w = w.append(&GET_FAMILY)?;
            match self.name() {
                // No family has a longer name, and the kernel would call it
                // invalid. None has the number 0.
                name if name.len() > LONGEST => w.u16(CTRL_ATTR_FAMILY_ID, 0),
                name => w.str(CTRL_ATTR_FAMILY_NAME, name),
            }
        })?;
        Ok(Next::End)
    }

    /// Only errors with an allocator have objects, and formatting takes 5 KiB.
    #[cfg(feature = "alloc")]
    fn object(&self, _: u64, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "family {:?}", self.name())
    }
}

/// Reads the number of a family from the controller's reply.
pub(crate) fn read_number(reply: MessageRef<'_>) -> Option<MessageType> {
    let number = reply
        .attributes(GET_FAMILY.len())
        .require(CTRL_ATTR_FAMILY_ID);
    Some(MessageType(number.ok()?.u16().ok()?))
}
