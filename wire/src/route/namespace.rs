//! Ids that a network namespace has for others: `NETNSA_*`
//! (`linux/net_namespace.h`).

use core::fmt;

use super::{AF_UNSPEC, FamilyHeader, PROTOCOL, RTM_GETNSID, RTM_NEWNSID};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    DecodeError, EncodeError, Errno, Flags, GetFlags, MessageRef, NamespaceFd, Next, Query,
    Request, Row, Writer, attributes, fields,
};

attributes! {
    /// Id of a network namespace (`NETNSA_*`).
    pub set NamespaceId, enum NamespaceIdAttr {
        /// Id; [`NETNSA_NSID_NOT_ASSIGNED`] in a report stands for none.
        1 NETNSA_NSID Id id: i32,
        /// Process in the namespace, in requests.
        2 NETNSA_PID Pid pid: u32,
        /// File descriptor of the namespace, in requests.
        3 NETNSA_FD Fd fd: u32,
        /// Id of the namespace that is asked, in requests.
        4 NETNSA_TARGET_NSID Target target: i32,
        /// Id in the caller's namespace, if the request was about another.
        5 NETNSA_CURRENT_NSID Current current: i32,
    }
}

/// Id of a namespace that has none, in a report; in a request, the kernel
/// chooses one.
pub const NETNSA_NSID_NOT_ASSIGNED: i32 = -1;

/// Id of a namespace, an answer to [`GetNamespaceIds`].
pub type NamespaceIdRow<'a> = Row<'a, FamilyHeader, NamespaceId>;

/// The getters fail for an attribute of a wrong length.
impl Row<'_, FamilyHeader, NamespaceId> {
    /// Returns the id, if the namespace has one.
    ///
    /// # Errors
    /// An id of a wrong length.
    #[doc(alias = "NETNSA_NSID")]
    pub fn id(&self) -> Result<Option<u32>, DecodeError> {
        let id = fields!(self.attributes => NamespaceId { id })?.id;
        Ok(id.and_then(|id| u32::try_from(id).ok()))
    }

    /// Returns the id in the caller's namespace, if the request was about another.
    ///
    /// # Errors
    /// An id of a wrong length.
    #[doc(alias = "NETNSA_CURRENT_NSID")]
    pub fn current(&self) -> Result<Option<u32>, DecodeError> {
        let id = fields!(self.attributes => NamespaceId { current })?.current;
        Ok(id.and_then(|id| u32::try_from(id).ok()))
    }
}

/// Namespace that a request names.
#[derive(Clone, Copy, Debug)]
enum Namespace<'a> {
    Fd(NamespaceFd<'a>),
    Process(u32),
    Id(i32),
}

impl Namespace<'_> {
    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        match *self {
            Self::Fd(fd) => w.u32(NETNSA_FD, fd.bits()),
            Self::Process(pid) => w.u32(NETNSA_PID, pid),
            Self::Id(id) => w.i32(NETNSA_NSID, id),
        }
    }
}

impl fmt::Display for Namespace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fd(fd) => write!(f, "namespace of descriptor {}", fd.as_raw()),
            Self::Process(pid) => write!(f, "namespace of process {pid}"),
            Self::Id(id) => write!(f, "namespace {id}"),
        }
    }
}

/// Gives a namespace an id (`ip netns set`): `EEXIST` if the namespace has one,
/// or if the id belongs to another.
///
/// ```
/// use nlwire::NamespaceFd;
/// use nlwire::route::NewNamespaceId;
///
/// let blue = NamespaceFd::from_raw(7);
/// let request = NewNamespaceId::of(blue).id(5);
/// # let _ = request;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_NEWNSID")]
pub struct NewNamespaceId<'a> {
    namespace: Namespace<'a>,
    id: i32,
    if_absent: bool,
}

impl<'a> NewNamespaceId<'a> {
    const fn new(namespace: Namespace<'a>) -> Self {
        Self {
            namespace,
            id: NETNSA_NSID_NOT_ASSIGNED,
            if_absent: false,
        }
    }

    /// Gives an id to a namespace, which the kernel chooses.
    pub const fn of(namespace: NamespaceFd<'a>) -> Self {
        Self::new(Namespace::Fd(namespace))
    }

    /// Gives an id to the namespace of a process, which the kernel chooses.
    pub const fn of_process(pid: u32) -> Self {
        Self::new(Namespace::Process(pid))
    }

    /// Chooses the id, up to `i32::MAX`.
    pub const fn id(mut self, id: u32) -> Self {
        self.id = id.cast_signed();
        self
    }

    /// Leaves an id that the namespace has: `EEXIST` counts as success.
    pub const fn if_absent(mut self) -> Self {
        self.if_absent = true;
        self
    }
}

impl Request for NewNamespaceId<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(RTM_NEWNSID, Flags::empty(), &FamilyHeader::default(), |w| {
            w.i32(NETNSA_NSID, self.id)?;
            self.namespace.put(w)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "id of {}", self.namespace)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_absent {
            &[Errno::EEXIST]
        } else {
            &[]
        }
    }
}

/// Reads the id of a namespace; the row's [`id`](NamespaceIdRow::id) is `None`
/// if it has none.
///
/// ```
/// use nlwire::route::GetNamespaceId;
///
/// // The namespace of process 1, as this namespace calls it.
/// let id = GetNamespaceId::of_process(1);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETNSID")]
pub struct GetNamespaceId<'a> {
    namespace: Namespace<'a>,
    target: Option<i32>,
}

impl<'a> GetNamespaceId<'a> {
    const fn new(namespace: Namespace<'a>) -> Self {
        Self {
            namespace,
            target: None,
        }
    }

    /// Reads the id of a namespace.
    pub const fn of(namespace: NamespaceFd<'a>) -> Self {
        Self::new(Namespace::Fd(namespace))
    }

    /// Reads the id of the namespace of a process.
    pub const fn of_process(pid: u32) -> Self {
        Self::new(Namespace::Process(pid))
    }

    /// Reads the id of the namespace with this id, for [`seen_by`](Self::seen_by).
    pub const fn by_id(id: u32) -> Self {
        Self::new(Namespace::Id(id.cast_signed()))
    }

    /// Asks for the id that another namespace has for it.
    #[doc(alias = "NETNSA_TARGET_NSID")]
    pub const fn seen_by(mut self, id: u32) -> Self {
        self.target = Some(id.cast_signed());
        self
    }
}

impl Request for GetNamespaceId<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(RTM_GETNSID, Flags::empty(), &FamilyHeader::default(), |w| {
            let w = self.namespace.put(w)?;
            match self.target {
                Some(target) => w.i32(NETNSA_TARGET_NSID, target),
                None => Ok(w),
            }
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "id of {}", self.namespace)
    }
}

impl Query for GetNamespaceId<'_> {
    type Row<'a> = NamespaceIdRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> NamespaceIdRow<'_> {
        Row::of(message)
    }
}

/// Lists ids of namespaces (`ip netns list-id`).
///
/// ```
/// use nlwire::route::GetNamespaceIds;
///
/// let all = GetNamespaceIds::all();
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETNSID")]
pub struct GetNamespaceIds {
    target: Option<i32>,
}

impl GetNamespaceIds {
    /// Lists all ids in the caller's namespace.
    pub fn all() -> Self {
        Self::default()
    }

    /// Lists the ids that another namespace has.
    #[doc(alias = "NETNSA_TARGET_NSID")]
    pub const fn seen_by(mut self, id: u32) -> Self {
        self.target = Some(id.cast_signed());
        self
    }
}

impl Request for GetNamespaceIds {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = FamilyHeader::new(AF_UNSPEC);
        w.append_message(RTM_GETNSID, GetFlags::DUMP, &header, |w| {
            match self.target {
                Some(target) => w.i32(NETNSA_TARGET_NSID, target),
                None => Ok(w),
            }
        })?;
        Ok(Next::End)
    }
}

impl Query for GetNamespaceIds {
    type Row<'a> = NamespaceIdRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> NamespaceIdRow<'_> {
        Row::of(message)
    }
}

crate::__format!(NewNamespaceId<'_>, GetNamespaceId<'_>, GetNamespaceIds);
