//! Requests for actions that filters share (`RTM_*ACTION`).

use core::fmt;

use super::{
    ActionAttr, ActionDumpFlags, ActionHeader, ActionTable, ActionTableAttr, FilterAction,
    TCA_ROOT_TAB,
};
use crate::route::{PROTOCOL, RTM_DELACTION, RTM_GETACTION, RTM_NEWACTION};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    Bitfield32, DecodeError, EncodeError, Errno, Flags, GetFlags, MessageRef, MessageType,
    NewFlags, Next, Query, Request, Row, Writer, fields,
};

/// Message with shared actions: one, or as many as fit of a list.
pub type ActionRow<'a> = Row<'a, ActionHeader, ActionTable>;

/// Writes a request that names an action, or a kind for all of its actions.
fn write_named(
    message: MessageType,
    flags: Flags,
    (kind, index): (&str, Option<u32>),
    w: &mut Writer<'_>,
) -> Result<Next, EncodeError> {
    let header = ActionHeader::default();
    w.append_message(message, flags, &header, |w| put_name(kind, index, w))?;
    Ok(Next::End)
}

fn put_name<'w, 'b>(kind: &str, index: Option<u32>, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
    w.nest(TCA_ROOT_TAB, |w| {
        w.nest(1, |w| {
            let w = w.put(ActionAttr::Kind(kind))?;
            match index {
                Some(index) => w.put(ActionAttr::Index(index)),
                None => Ok(w),
            }
        })
    })
}

/// Creates a shared action (`RTM_NEWACTION`), which filters then name by its
/// kind and number. Only root of the machine may, not that of a user namespace: `EPERM`.
///
/// ```
/// use nlwire::route::{FilterAction, NewAction};
///
/// let drop = NewAction::new(FilterAction::drop().index(7));
/// // In a filter:
/// let shared = FilterAction::new("gact").index(7);
/// # let _ = (drop, shared);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_NEWACTION")]
pub struct NewAction<'a> {
    action: FilterAction<'a>,
    mode: NewFlags,
}

impl<'a> NewAction<'a> {
    /// Creates an action; `EEXIST` if its number is taken.
    pub const fn new(action: FilterAction<'a>) -> Self {
        Self {
            action,
            mode: NewFlags::CREATE.union(NewFlags::EXCL),
        }
    }

    /// Takes the place of the action that has the number, if there is one.
    #[doc(alias = "NLM_F_REPLACE")]
    pub const fn replace(mut self) -> Self {
        self.mode = NewFlags::CREATE.union(NewFlags::REPLACE);
        self
    }
}

impl Request for NewAction<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = ActionHeader::default();
        w.append_message(RTM_NEWACTION, self.mode, &header, |w| {
            w.nest(TCA_ROOT_TAB, |w| w.nest(1, |w| self.action.put(w)))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "action {}", self.action.name())
    }
}

/// Deletes a shared action (`RTM_DELACTION`), or all actions of a kind.
///
/// ```
/// use nlwire::route::DeleteAction;
///
/// let one = DeleteAction::one("gact", 7).if_there();
/// # let _ = one;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_DELACTION")]
pub struct DeleteAction<'a> {
    kind: &'a str,
    index: Option<u32>,
    if_there: bool,
}

impl<'a> DeleteAction<'a> {
    /// Deletes an action by its kind and number. The kernel keeps it as long as a
    /// filter has it: `EPERM`.
    pub const fn one(kind: &'a str, index: u32) -> Self {
        Self {
            kind,
            index: Some(index),
            if_there: false,
        }
    }

    /// Deletes all actions of a kind that no filter has.
    #[doc(alias = "NLM_F_ROOT")]
    pub const fn all(kind: &'a str) -> Self {
        Self {
            kind,
            index: None,
            if_there: false,
        }
    }

    /// Counts an action that is not there as success.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteAction<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        // Flushing is asked for by the flag that elsewhere asks for a table.
        let flags = match self.index {
            Some(_) => Flags::empty(),
            None => GetFlags::ROOT.into(),
        };
        write_named(RTM_DELACTION, flags, (self.kind, self.index), w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.index {
            Some(index) => write!(f, "action {} {index}", self.kind),
            None => write!(f, "actions {}", self.kind),
        }
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENOENT] } else { &[] }
    }
}

/// Reads a shared action (`RTM_GETACTION`), or fails with `ENOENT`.
///
/// ```
/// use nlwire::route::GetAction;
///
/// let one = GetAction::one("gact", 7);
/// # let _ = one;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETACTION")]
pub struct GetAction<'a> {
    kind: &'a str,
    index: u32,
}

impl<'a> GetAction<'a> {
    /// Reads an action by its kind and number.
    pub const fn one(kind: &'a str, index: u32) -> Self {
        Self { kind, index }
    }
}

impl Request for GetAction<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let name = (self.kind, Some(self.index));
        write_named(RTM_GETACTION, Flags::empty(), name, w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "action {} {}", self.kind, self.index)
    }
}

impl Query for GetAction<'_> {
    type Row<'r> = ActionRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> ActionRow<'_> {
        Row::of(message)
    }
}

/// Lists the shared actions of a kind (`RTM_GETACTION` as a dump). A row holds as
/// many as fit a message.
///
/// ```
/// use nlwire::route::GetActions;
///
/// let of_kind = GetActions::of("gact");
/// # let _ = of_kind;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETACTION")]
pub struct GetActions<'a> {
    kind: &'a str,
}

impl<'a> GetActions<'a> {
    /// Lists the actions of a kind.
    pub const fn of(kind: &'a str) -> Self {
        Self { kind }
    }
}

impl Request for GetActions<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let (header, large) = (ActionHeader::default(), ActionDumpFlags::LARGE.bits());
        w.append_message(RTM_GETACTION, GetFlags::DUMP, &header, |w| {
            put_name(self.kind, None, w)?.put(ActionTableAttr::Flags(Bitfield32::new(large, large)))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "actions {}", self.kind)
    }
}

impl Query for GetActions<'_> {
    type Row<'r> = ActionRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> ActionRow<'_> {
        Row::of(message)
    }

    // The kernel reports a kind without actions as a message without any.
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        let row = Self::row(message);
        Ok(fields!(row.attributes => ActionTable { actions })?
            .actions
            .is_some())
    }
}

crate::__format!(
    NewAction<'_>,
    DeleteAction<'_>,
    GetAction<'_>,
    GetActions<'_>
);
