//! Replies to changes of data centre bridging.

use super::{DCB_ATTR_IFNAME, DCB_ATTR_SET_ALL, DcbHeader};
use crate::{AttrRef, DecodeError, Errno, MessageRef, Row};

pub use dcb_result::{DcbResult, DcbResultAttr};

/// Row of a reply to [`SetDcb`](super::SetDcb): the driver's result, in the
/// attribute that was changed.
pub type DcbReply<'a> = Row<'a, DcbHeader, DcbResult>;

impl DcbReply<'_> {
    /// Returns the driver's result: 0 for success, 1 for most failures, and for
    /// some the lowest byte of a negative errno.
    ///
    /// `DCB_CMD_SET_ALL` never fails by its result: drivers return 1 if nothing
    /// had changed.
    ///
    /// ```
    /// use nlwire::route::{DCB_ATTR_STATE, DcbReply, RTM_SETDCB};
    /// use nlwire::{Flags, Writer};
    ///
    /// let mut buffer = [0; 64];
    /// let header = nlwire::route::DcbHeader::default();
    /// let message = Writer::message(&mut buffer, RTM_SETDCB, Flags::empty(), &header, |w| {
    ///     w.u8(DCB_ATTR_STATE, 1)
    /// })?;
    /// assert_eq!(DcbReply::of(message).result()?, Some(1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Fails if an attribute is malformed.
    pub fn result(&self) -> Result<Option<u8>, DecodeError> {
        for attribute in self.attributes {
            let attribute = attribute?;
            if attribute.kind() != DCB_ATTR_IFNAME {
                return Ok(Some(attribute.u8()?));
            }
        }
        Ok(None)
    }
}

/// Returns true for a reply: a notification of a change has settings.
pub(in crate::route) fn is_reply(message: &MessageRef<'_>, is_request: bool) -> bool {
    let (_, attributes) = message.split_zero_extended::<DcbHeader>();
    let is_result = |attribute: AttrRef<'_>| {
        attribute.kind() != DCB_ATTR_IFNAME && attribute.bytes().len() == 1
    };
    !is_request && attributes.map_while(Result::ok).any(is_result)
}

/// Returns the errno of a reply, if the driver failed.
pub(super) fn failure(message: MessageRef<'_>) -> Option<Errno> {
    let reply = DcbReply::of(message);
    let first = reply.attributes.map_while(Result::ok).next()?;
    if first.kind() == DCB_ATTR_SET_ALL {
        return None;
    }
    match reply.result().ok()?? {
        0 => None,
        // A driver's own number.
        1..=0x7f => Some(Errno::EIO),
        code => Some(Errno(0x100_i32.saturating_sub(code.into()))),
    }
}

pub mod dcb_result {
    //! Results of changes. The attributes have the names of those in requests, and
    //! another form.

    use crate::attributes;

    attributes! {
        /// Result of a change of data centre bridging (`DCB_ATTR_*`): 0 for
        /// success.
        pub set DcbResult, enum DcbResultAttr {
            /// Result of `DCB_CMD_SSTATE`.
            2 DCB_ATTR_STATE State state: u8,
            /// Result of `DCB_CMD_PFC_SSTATE`.
            3 DCB_ATTR_PFC_STATE PfcState pfc_state: u8,
            /// Result of `DCB_CMD_PFC_SCFG`.
            4 DCB_ATTR_PFC_CFG Pfc pfc: u8,
            /// Result of `DCB_CMD_PGTX_SCFG` and `DCB_CMD_PGRX_SCFG`.
            6 DCB_ATTR_PG_CFG Groups groups: u8,
            /// Result of `DCB_CMD_SET_ALL`; 1 may mean that nothing changed.
            7 DCB_ATTR_SET_ALL SetAll set_all: u8,
            /// Result of `DCB_CMD_SNUMTCS`.
            10 DCB_ATTR_NUMTCS NumTcs num_tcs: u8,
            /// Result of `DCB_CMD_BCN_SCFG`.
            11 DCB_ATTR_BCN Bcn bcn: u8,
            /// Result of `DCB_CMD_SAPP`.
            12 DCB_ATTR_APP App app: u8,
            /// Result of `DCB_CMD_IEEE_SET` and `DCB_CMD_IEEE_DEL`.
            13 DCB_ATTR_IEEE Ieee ieee: u8,
            /// Result of `DCB_CMD_SDCBX`.
            14 DCB_ATTR_DCBX Dcbx dcbx: u8,
            /// Result of `DCB_CMD_SFEATCFG`.
            15 DCB_ATTR_FEATCFG Features features: u8,
        }
    }
}
