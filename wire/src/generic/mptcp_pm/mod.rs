//! `mptcp_pm`: path manager of Multipath TCP, as `ip mptcp` shows and sets it
//! (`linux/mptcp_pm.h`).
//!
//! The kernel's path manager works with endpoints: addresses from which, or to
//! which, connections get further subflows. A path manager in user space listens
//! to the events of [`MPTCP_PM_EV_GRP_NAME`] and names each connection by its
//! token.
//!
//! ```
//! use nlwire::generic::mptcp_pm::{EndpointFlags, NewEndpoint, SetLimits};
//!
//! # let mut buffer = [0; 256];
//! # let mut batch = nlwire::Batch::new(&mut buffer);
//! batch.push(&NewEndpoint::at([192, 0, 2, 1]).id(1).flags(EndpointFlags::SIGNAL))?;
//! batch.push(&SetLimits::to(2, 4))?;
//! # Ok::<(), nlwire::EncodeError>(())
//! ```
//!
//! Endpoints and limits are read, and all endpoints deleted, as by
//! `ip mptcp endpoint show`, `ip mptcp limits show` and `ip mptcp endpoint flush`. A
//! path manager in user space lists the addresses of one connection and withdraws one:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::mptcp_pm::*;
//!
//! let (endpoints, limits) = (GetEndpoints::all(), GetLimits::all());
//! let flush = FlushEndpoints::all();
//!
//! /// Prints the limits.
//! fn print(row: &ManagerRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => Manager { subflows, accepted })?;
//!     println!("{:?} subflows, {:?} addresses", found.subflows, found.accepted);
//!     Ok(())
//! }
//!
//! // The token is that of `Change::Established`.
//! # let token = 0x1234;
//! let announced = GetEndpoints::of_connection(token);
//! let withdraw = RemoveAddress::of(token, 3);
//! ```

mod request;

pub use request::{
    AnnounceAddress, DeleteEndpoint, DeleteSubflow, GetEndpoint, NewEndpoint, NewSubflow,
    SetEndpoint, SetSubflow, SubflowEnd,
};

use super::family::{changes, family, requests};
use crate::codec::{Be, Ip, Nest};
use crate::{LinkIndex, attributes, flags, numbers};

family! {
    name MPTCP_PM_NAME "mptcp_pm";
    version MPTCP_PM_VER 1;
    group MPTCP_PM_CMD_GRP_NAME "mptcp_pm_cmds" "unused.";
    group MPTCP_PM_EV_GRP_NAME "mptcp_pm_events" "events of connections and listeners: [`Change`].";
    command 1 MPTCP_PM_CMD_ADD_ADDR Manager "Creates an endpoint.";
    command 2 MPTCP_PM_CMD_DEL_ADDR Manager "Deletes an endpoint.";
    command 3 MPTCP_PM_CMD_GET_ADDR Manager "Reads an endpoint, or lists all.";
    command 4 MPTCP_PM_CMD_FLUSH_ADDRS Manager "Deletes all endpoints.";
    command 5 MPTCP_PM_CMD_SET_LIMITS Manager "Changes the limits.";
    command 6 MPTCP_PM_CMD_GET_LIMITS Manager "Reads the limits.";
    command 7 MPTCP_PM_CMD_SET_FLAGS Manager "Changes the flags of an endpoint or a subflow.";
    command 8 MPTCP_PM_CMD_ANNOUNCE Manager "Announces an address to the peer of a connection.";
    command 9 MPTCP_PM_CMD_REMOVE Manager "Withdraws an announced address.";
    command 10 MPTCP_PM_CMD_SUBFLOW_CREATE Manager "Creates a subflow of a connection.";
    command 11 MPTCP_PM_CMD_SUBFLOW_DESTROY Manager "Closes a subflow of a connection.";
    event 1 MPTCP_EVENT_CREATED MptcpEvent "new connection, which may not be established yet.";
    event 2 MPTCP_EVENT_ESTABLISHED MptcpEvent "established connection, which can have further subflows.";
    event 3 MPTCP_EVENT_CLOSED MptcpEvent "closed connection.";
    event 6 MPTCP_EVENT_ANNOUNCED MptcpEvent "address announced by the peer.";
    event 7 MPTCP_EVENT_REMOVED MptcpEvent "address withdrawn by the peer.";
    event 10 MPTCP_EVENT_SUB_ESTABLISHED MptcpEvent "established subflow.";
    event 11 MPTCP_EVENT_SUB_CLOSED MptcpEvent "closed subflow.";
    event 13 MPTCP_EVENT_SUB_PRIORITY MptcpEvent "changed priority of a subflow.";
    event 15 MPTCP_EVENT_LISTENER_CREATED MptcpEvent "new listening socket of the path manager (Linux 6.3).";
    event 16 MPTCP_EVENT_LISTENER_CLOSED MptcpEvent "closed listening socket of the path manager (Linux 6.3).";
}

requests! {
    Manager, ManagerAttr, ManagerRow, "path manager";

    /// Lists the endpoints.
    List GetEndpoints = MPTCP_PM_CMD_GET_ADDR {
        /// Lists all endpoints of the network namespace.
        all() {}
        /// Lists the addresses of one connection, which a path manager in user
        /// space has announced (Linux 6.10).
        of_connection(token: u32) { Token(token) }
    }
    /// Deletes all endpoints.
    Act FlushEndpoints = MPTCP_PM_CMD_FLUSH_ADDRS {
        /// Deletes all endpoints of the network namespace.
        all() {}
    }
    /// Reads the limits of the network namespace.
    Ask GetLimits = MPTCP_PM_CMD_GET_LIMITS {
        /// Reads both limits.
        all() {}
    }
    /// Changes the limits of the network namespace.
    Act SetLimits = MPTCP_PM_CMD_SET_LIMITS {
        /// Sets the maximum numbers of subflows beside the first one, and of
        /// announced addresses to accept, for each connection: 0 to 8.
        to(subflows: u32, accepted: u32) { Subflows(subflows), Accepted(accepted) }
    }
    /// Withdraws an address that was announced to the peer of a connection.
    Act RemoveAddress = MPTCP_PM_CMD_REMOVE {
        /// Withdraws the address with this identifier.
        of(token: u32, id: u8) { Token(token), LocalId(id) }
    }
}

changes! {
    /// Notification of the group [`MPTCP_PM_EV_GRP_NAME`].
    Change {
        /// New connection.
        Created(MptcpEvent) = MPTCP_EVENT_CREATED;
        /// Established connection.
        Established(MptcpEvent) = MPTCP_EVENT_ESTABLISHED;
        /// Closed connection.
        Closed(MptcpEvent) = MPTCP_EVENT_CLOSED;
        /// Address announced by the peer.
        Announced(MptcpEvent) = MPTCP_EVENT_ANNOUNCED;
        /// Address withdrawn by the peer.
        Removed(MptcpEvent) = MPTCP_EVENT_REMOVED;
        /// Established subflow.
        NewSubflow(MptcpEvent) = MPTCP_EVENT_SUB_ESTABLISHED;
        /// Closed subflow.
        DelSubflow(MptcpEvent) = MPTCP_EVENT_SUB_CLOSED;
        /// Changed priority of a subflow.
        Priority(MptcpEvent) = MPTCP_EVENT_SUB_PRIORITY;
        /// New listening socket.
        NewListener(MptcpEvent) = MPTCP_EVENT_LISTENER_CREATED;
        /// Closed listening socket.
        DelListener(MptcpEvent) = MPTCP_EVENT_LISTENER_CLOSED;
    }
}

flags! {
    /// Flags of an endpoint.
    pub struct EndpointFlags(u32) {
        /// Announces the address to the peers.
        SIGNAL = 0x1 "MPTCP_PM_ADDR_FLAG_SIGNAL" "signal";
        /// Creates subflows from the address.
        SUBFLOW = 0x2 "MPTCP_PM_ADDR_FLAG_SUBFLOW" "subflow";
        /// Creates subflows for use when all others fail.
        BACKUP = 0x4 "MPTCP_PM_ADDR_FLAG_BACKUP" "backup";
        /// Creates subflows to each address of the peer.
        FULLMESH = 0x8 "MPTCP_PM_ADDR_FLAG_FULLMESH" "fullmesh";
        /// Marks an endpoint that the kernel created for a subflow.
        IMPLICIT = 0x10 "MPTCP_PM_ADDR_FLAG_IMPLICIT" "implicit";
        /// Creates a subflow from the address for each announced address (Linux
        /// 6.18).
        LAMINAR = 0x20 "MPTCP_PM_ADDR_FLAG_LAMINAR" "laminar";
    }
}

flags! {
    /// Flags of a connection in events.
    pub struct EventFlags(u16) {
        /// The peer refuses subflows to the address of the first subflow.
        DENY_JOIN_ID0 = 0x1 "MPTCP_PM_EV_FLAG_DENY_JOIN_ID0" "deny-join-id0";
        /// The connection was accepted by a listening socket (Linux 6.18).
        SERVER_SIDE = 0x2 "MPTCP_PM_EV_FLAG_SERVER_SIDE" "server-side";
    }
}

numbers! {
    /// Reason of a reset (RFC 8684).
    pub struct ResetReason(u32) {
        UNSPECIFIED = 0 "MPTCP_RST_EUNSPEC" "unspecified";
        MPTCP = 1 "MPTCP_RST_EMPTCP" "mptcp";
        RESOURCE = 2 "MPTCP_RST_ERESOURCE" "resource";
        PROHIBITED = 3 "MPTCP_RST_EPROHIBIT" "prohibited";
        TOO_MUCH_DATA = 4 "MPTCP_RST_EWQ2BIG" "too-much-data";
        PERFORMANCE = 5 "MPTCP_RST_EBADPERF" "performance";
        MIDDLEBOX = 6 "MPTCP_RST_EMIDDLEBOX" "middlebox";
    }
}

attributes! {
    /// Endpoint: an address of a connection's end (`MPTCP_PM_ADDR_ATTR_*`).
    pub set Endpoint, enum EndpointAttr {
        /// Address family: `AF_INET` 2 or `AF_INET6` 10.
        1 MPTCP_PM_ADDR_ATTR_FAMILY Family family: u16,
        /// Identifier of the endpoint; the kernel chooses one if absent.
        2 MPTCP_PM_ADDR_ATTR_ID Id id: u8,
        /// IPv4 address.
        3 MPTCP_PM_ADDR_ATTR_ADDR4 AddressV4 address_v4: Ip,
        /// IPv6 address.
        4 MPTCP_PM_ADDR_ATTR_ADDR6 AddressV6 address_v6: Ip,
        /// TCP port, in the machine's byte order.
        5 MPTCP_PM_ADDR_ATTR_PORT Port port: u16,
        /// Flags: [`EndpointFlags`].
        6 MPTCP_PM_ADDR_ATTR_FLAGS Flags flags: EndpointFlags,
        /// Index of the link that subflows leave by.
        7 MPTCP_PM_ADDR_ATTR_IF_IDX Link link: LinkIndex,
    }
}

attributes! {
    /// Requests and answers of the path manager (`MPTCP_PM_ATTR_*`).
    pub set Manager, enum ManagerAttr {
        /// Endpoint, or local end of a subflow.
        1 MPTCP_PM_ATTR_ADDR Endpoint endpoint: Nest<Endpoint>,
        /// Maximum number of announced addresses that a connection accepts.
        2 MPTCP_PM_ATTR_RCV_ADD_ADDRS Accepted accepted: u32,
        /// Maximum number of subflows beside the first one.
        3 MPTCP_PM_ATTR_SUBFLOWS Subflows subflows: u32,
        /// Token of a connection.
        4 MPTCP_PM_ATTR_TOKEN Token token: u32,
        /// Identifier of an announced address.
        5 MPTCP_PM_ATTR_LOC_ID LocalId local_id: u8,
        /// Remote end of a subflow.
        6 MPTCP_PM_ATTR_ADDR_REMOTE Remote remote: Nest<Endpoint>,
    }
}

attributes! {
    /// Event of a connection (`MPTCP_ATTR_*`).
    pub set MptcpEvent, enum MptcpEventAttr {
        /// Token of the connection.
        1 MPTCP_ATTR_TOKEN Token token: u32,
        /// Address family: `AF_INET` 2 or `AF_INET6` 10.
        2 MPTCP_ATTR_FAMILY Family family: u16,
        /// Identifier of the local address.
        3 MPTCP_ATTR_LOC_ID LocalId local_id: u8,
        /// Identifier of the remote address.
        4 MPTCP_ATTR_REM_ID RemoteId remote_id: u8,
        /// IPv4 source address.
        5 MPTCP_ATTR_SADDR4 SourceV4 source_v4: Ip,
        /// IPv6 source address.
        6 MPTCP_ATTR_SADDR6 SourceV6 source_v6: Ip,
        /// IPv4 destination address.
        7 MPTCP_ATTR_DADDR4 DestinationV4 destination_v4: Ip,
        /// IPv6 destination address.
        8 MPTCP_ATTR_DADDR6 DestinationV6 destination_v6: Ip,
        /// TCP source port.
        9 MPTCP_ATTR_SPORT SourcePort source_port: Be<u16>,
        /// TCP destination port.
        10 MPTCP_ATTR_DPORT DestinationPort destination_port: Be<u16>,
        /// 1 if the subflow is used only when all others fail.
        11 MPTCP_ATTR_BACKUP Backup backup: u8,
        /// Errno of the subflow.
        12 MPTCP_ATTR_ERROR Error error: u8,
        /// Flags: [`EventFlags`].
        13 MPTCP_ATTR_FLAGS Flags flags: EventFlags,
        /// Timeout; unused by the kernel.
        14 MPTCP_ATTR_TIMEOUT Timeout timeout: u32,
        /// Index of the link that the subflow is bound to.
        15 MPTCP_ATTR_IF_IDX Link link: LinkIndex,
        /// Reason of a received reset.
        16 MPTCP_ATTR_RESET_REASON ResetReason reset_reason: ResetReason,
        /// Flags of a received reset: 1 if the failure is transient.
        17 MPTCP_ATTR_RESET_FLAGS ResetFlags reset_flags: u32,
        /// 1 if a listening socket accepted the connection.
        18 MPTCP_ATTR_SERVER_SIDE ServerSide server_side: u8,
    }
}
