//! Steps in which an error can occur.

use core::fmt;

/// Step in which an [`Error`](crate::Error) occurred. Its `Display` names the
/// system call if the step has several.
///
/// ```
/// use nlsock::{Conn, Operation, Protocol};
/// use nlwire::route::GetLink;
///
/// let mut conn = Conn::open(Protocol::ROUTE)?;
/// let error = conn.get(GetLink::by_name("a-name-of-more-than-15-bytes")).unwrap_err();
/// println!("{:?} failed", error.operation());
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// Opening the socket, `socket(2)`.
    Open,
    /// Opening the descriptor that ends waits, `eventfd(2)`.
    #[doc(alias = "eventfd")]
    OpenCanceller,
    /// Allocating the receive buffer, `mmap(2)`.
    #[doc(alias = "mmap")]
    OpenBuffer,
    /// Duplicating a descriptor, `fcntl(2)`.
    #[doc(alias = "F_DUPFD_CLOEXEC")]
    Duplicate,
    /// Adding a descriptor to the reactor of tokio, `epoll_ctl(2)`.
    #[doc(alias = "epoll_ctl")]
    Register,
    /// Reading the port ID of the socket, `getsockname(2)`.
    #[doc(alias = "getsockname")]
    Name,
    /// Taking over a descriptor that was opened elsewhere.
    Adopt,
    /// Opening the file of a network namespace, `open(2)`.
    OpenNamespace,
    /// Entering a network namespace, `setns(2)`.
    #[doc(alias = "setns")]
    EnterNamespace,
    /// Creating a network namespace, `unshare(2)`, and the file with its name.
    #[doc(alias = "unshare")]
    CreateNamespace,
    /// Mounting a network namespace on the file with its name, `mount(2)`.
    MountNamespace,
    /// Deleting the name of a network namespace, `umount2(2)` and `unlink(2)`.
    DeleteNamespace,
    /// Listing the names of network namespaces, `getdents(2)`.
    ListNamespaces,
    /// Binding to a port ID, `bind(2)`.
    Bind,
    /// Connecting to the kernel, `connect(2)`.
    Connect,
    /// Setting an option, `setsockopt(2)`.
    Set(OptionName),
    /// Reading an option, `getsockopt(2)`.
    Get(OptionName),
    /// Sending a datagram, `sendmsg(2)`.
    Send,
    /// Receiving a datagram, `recv(2)` or `recvmsg(2)`.
    Receive,
    /// Waiting for the socket, `ppoll(2)`.
    Wait,
    /// Closing the socket, `close(2)`.
    Close,
    /// Writing a request into a buffer.
    Write,
    /// Reading a message that was received.
    Read,
    /// Request or dump, by its message type.
    Request(u16),
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("open: socket"),
            Self::OpenCanceller => f.write_str("open: eventfd"),
            Self::OpenBuffer => f.write_str("open: mmap"),
            Self::Duplicate => f.write_str("fcntl"),
            Self::Register => f.write_str("epoll_ctl"),
            Self::Name => f.write_str("getsockname"),
            Self::Adopt => f.write_str("adopt"),
            Self::OpenNamespace => f.write_str("open namespace"),
            Self::EnterNamespace => f.write_str("enter namespace"),
            Self::CreateNamespace => f.write_str("create namespace"),
            Self::MountNamespace => f.write_str("mount namespace"),
            Self::DeleteNamespace => f.write_str("delete namespace"),
            Self::ListNamespaces => f.write_str("list namespaces"),
            Self::Bind => f.write_str("bind"),
            Self::Connect => f.write_str("connect"),
            Self::Set(option) => write!(f, "set {option}"),
            Self::Get(option) => write!(f, "get {option}"),
            Self::Send => f.write_str("send"),
            Self::Receive => f.write_str("receive"),
            Self::Wait => f.write_str("wait"),
            Self::Close => f.write_str("close"),
            Self::Write => f.write_str("write"),
            Self::Read => f.write_str("read"),
            Self::Request(kind) => write!(f, "request {kind}"),
        }
    }
}

/// Socket option of `SOL_NETLINK` (`netlink(7)`) or `SOL_SOCKET`
/// (`socket(7)`). Its `Display` is the C name.
///
/// ```
/// use nlsock::OptionName;
///
/// assert_eq!(OptionName::ReceiveBuffer.to_string(), "SO_RCVBUF");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum OptionName {
    /// `NETLINK_ADD_MEMBERSHIP`
    AddMembership,
    /// `NETLINK_DROP_MEMBERSHIP`
    DropMembership,
    /// `NETLINK_LIST_MEMBERSHIPS`
    ListMemberships,
    /// `NETLINK_PKTINFO`
    PacketInfo,
    /// `NETLINK_BROADCAST_ERROR`
    BroadcastError,
    /// `NETLINK_NO_ENOBUFS`
    NoEnobufs,
    /// `NETLINK_LISTEN_ALL_NSID`
    ListenAllNamespaces,
    /// `NETLINK_CAP_ACK`
    CapAck,
    /// `NETLINK_EXT_ACK`
    ExtendedAck,
    /// `NETLINK_GET_STRICT_CHK`
    StrictCheck,
    /// `SO_DOMAIN`
    Domain,
    /// `SO_PROTOCOL`
    Protocol,
    /// `SO_RCVBUF`
    ReceiveBuffer,
    /// `SO_RCVBUFFORCE`
    ReceiveBufferForce,
    /// `SO_SNDBUF`
    SendBuffer,
    /// `SO_SNDBUFFORCE`
    SendBufferForce,
    /// `SO_MEMINFO`
    MemoryInfo,
    /// `SO_PASSCRED`
    PassCredentials,
    /// `SO_ATTACH_FILTER`
    AttachFilter,
    /// `SO_DETACH_FILTER`
    DetachFilter,
    /// `SO_LOCK_FILTER`
    LockFilter,
    /// `SO_ATTACH_BPF`
    AttachBpf,
}

impl OptionName {
    /// Returns the C name, such as `NETLINK_PKTINFO`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AddMembership => "NETLINK_ADD_MEMBERSHIP",
            Self::DropMembership => "NETLINK_DROP_MEMBERSHIP",
            Self::ListMemberships => "NETLINK_LIST_MEMBERSHIPS",
            Self::PacketInfo => "NETLINK_PKTINFO",
            Self::BroadcastError => "NETLINK_BROADCAST_ERROR",
            Self::NoEnobufs => "NETLINK_NO_ENOBUFS",
            Self::ListenAllNamespaces => "NETLINK_LISTEN_ALL_NSID",
            Self::CapAck => "NETLINK_CAP_ACK",
            Self::ExtendedAck => "NETLINK_EXT_ACK",
            Self::StrictCheck => "NETLINK_GET_STRICT_CHK",
            Self::Domain => "SO_DOMAIN",
            Self::Protocol => "SO_PROTOCOL",
            Self::ReceiveBuffer => "SO_RCVBUF",
            Self::ReceiveBufferForce => "SO_RCVBUFFORCE",
            Self::SendBuffer => "SO_SNDBUF",
            Self::SendBufferForce => "SO_SNDBUFFORCE",
            Self::MemoryInfo => "SO_MEMINFO",
            Self::PassCredentials => "SO_PASSCRED",
            Self::AttachFilter => "SO_ATTACH_FILTER",
            Self::DetachFilter => "SO_DETACH_FILTER",
            Self::LockFilter => "SO_LOCK_FILTER",
            Self::AttachBpf => "SO_ATTACH_BPF",
        }
    }
}

impl fmt::Display for OptionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
