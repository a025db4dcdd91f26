//! Notifications of the controller.

use super::{
    CTRL_CMD_DELFAMILY, CTRL_CMD_DELMCAST_GRP, CTRL_CMD_NEWFAMILY, CTRL_CMD_NEWMCAST_GRP,
    FamilyRow, GENL_ID_CTRL,
};
use crate::{MessageRef, Row};

/// Notification of the controller: families and groups that are registered and
/// unregistered. The group `notify` receives it. Messages of other families are
/// [`Other`](Self::Other).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Change<'a> {
    /// Registered family.
    NewFamily(FamilyRow<'a>),
    /// Unregistered family.
    DelFamily(FamilyRow<'a>),
    /// Multicast groups that a family has registered.
    NewGroup(FamilyRow<'a>),
    /// Multicast groups that a family has unregistered.
    DelGroup(FamilyRow<'a>),
    /// Any other message.
    Other(MessageRef<'a>),
}

impl<'a> Change<'a> {
    /// Reads a message by its type and its command.
    #[must_use]
    pub fn of(message: MessageRef<'a>) -> Self {
        let command = message.payload().first().copied();
        match (message.kind(), command) {
            (GENL_ID_CTRL, Some(CTRL_CMD_NEWFAMILY)) => Self::NewFamily(Row::of(message)),
            (GENL_ID_CTRL, Some(CTRL_CMD_DELFAMILY)) => Self::DelFamily(Row::of(message)),
            (GENL_ID_CTRL, Some(CTRL_CMD_NEWMCAST_GRP)) => Self::NewGroup(Row::of(message)),
            (GENL_ID_CTRL, Some(CTRL_CMD_DELMCAST_GRP)) => Self::DelGroup(Row::of(message)),
            _ => Self::Other(message),
        }
    }
}

crate::__format!(Change<'_>);
