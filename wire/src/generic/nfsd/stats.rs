//! Requests in work, and statistics of the server.
//!
//! Requests in work and counters, as `nfsdctl status` and `nfsstat -s` print them:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::nfsd::*;
//!
//! let working = GetRpcStatus::all();
//! let statistics = GetServerStats::all();
//!
//! /// Prints a request's program, version and procedure, and the operations of NFSv4.
//! fn print(row: &RpcStatusRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found =
//!         fields!(row.attributes => RpcStatus { program, version, procedure, operation })?;
//!     println!(
//!         "{:?} version {:?}: {:?}",
//!         found.program, found.version, found.procedure
//!     );
//!     for operation in found.operation.into_iter().flatten() {
//!         println!("operation {}", operation?);
//!     }
//!     Ok(())
//! }
//! ```

use super::super::family::requests;
use super::{FamilyHeader, NFSD_CMD_RPC_STATUS_GET, NFSD_CMD_SERVER_STATS_GET, PROTOCOL, header};
use crate::attributes;
use crate::codec::{Be, Bytes, Ip, Many, Nest};

requests! {
    RpcStatus, RpcStatusAttr, RpcStatusRow, "request of a client";

    /// Lists the requests of clients that threads work on.
    List GetRpcStatus = NFSD_CMD_RPC_STATUS_GET {
        /// Lists the requests of all threads.
        all() {}
    }
}

requests! {
    ServerStats, ServerStatsAttr, ServerStatsRow, "statistics";

    /// Reads the statistics of the server, in several rows.
    List GetServerStats = NFSD_CMD_SERVER_STATS_GET {
        /// Reads all statistics.
        all() {}
    }
}

attributes! {
    /// Request of a client that a thread works on (`NFSD_A_RPC_STATUS_*`).
    pub set RpcStatus, enum RpcStatusAttr {
        /// Transaction identifier of the request.
        1 NFSD_A_RPC_STATUS_XID Xid xid: Be<u32>,
        /// Flags of the request in the kernel.
        2 NFSD_A_RPC_STATUS_FLAGS Flags flags: u32,
        /// Number of the RPC program.
        3 NFSD_A_RPC_STATUS_PROG Program program: u32,
        /// Version of NFS.
        4 NFSD_A_RPC_STATUS_VERSION Version version: u8,
        /// Number of the procedure.
        5 NFSD_A_RPC_STATUS_PROC Procedure procedure: u32,
        /// Time at which the work began, in nanoseconds since boot.
        6 NFSD_A_RPC_STATUS_SERVICE_TIME ServiceTime service_time: i64,
        /// Padding.
        7 NFSD_A_RPC_STATUS_PAD Pad pad: Bytes,
        /// IPv4 source address.
        8 NFSD_A_RPC_STATUS_SADDR4 SourceV4 source_v4: Ip,
        /// IPv4 destination address.
        9 NFSD_A_RPC_STATUS_DADDR4 DestinationV4 destination_v4: Ip,
        /// IPv6 source address.
        10 NFSD_A_RPC_STATUS_SADDR6 SourceV6 source_v6: Ip,
        /// IPv6 destination address.
        11 NFSD_A_RPC_STATUS_DADDR6 DestinationV6 destination_v6: Ip,
        /// Source port.
        12 NFSD_A_RPC_STATUS_SPORT SourcePort source_port: Be<u16>,
        /// Destination port.
        13 NFSD_A_RPC_STATUS_DPORT DestinationPort destination_port: Be<u16>,
        /// Operation of an NFSv4 request, an attribute for each.
        14 NFSD_A_RPC_STATUS_COMPOUND_OPS Operation operation: Many<u32>,
    }
}

attributes! {
    /// Statistics of the server (`NFSD_A_SERVER_STATS_*`).
    pub set ServerStats, enum ServerStatsAttr {
        /// Number of answers from the reply cache.
        1 NFSD_A_SERVER_STATS_RC_HITS CacheHits cache_hits: u64,
        /// Number of requests that the reply cache did not have.
        2 NFSD_A_SERVER_STATS_RC_MISSES CacheMisses cache_misses: u64,
        /// Number of requests that are never cached.
        3 NFSD_A_SERVER_STATS_RC_NOCACHE NotCached not_cached: u64,
        /// Padding.
        4 NFSD_A_SERVER_STATS_PAD Pad pad: Bytes,
        /// Number of stale file handles.
        5 NFSD_A_SERVER_STATS_FH_STALE StaleHandles stale_handles: u64,
        /// Number of bytes read.
        6 NFSD_A_SERVER_STATS_IO_READ ReadBytes read_bytes: u64,
        /// Number of bytes written.
        7 NFSD_A_SERVER_STATS_IO_WRITE WrittenBytes written_bytes: u64,
        /// Number of received packets.
        8 NFSD_A_SERVER_STATS_NETCNT Packets packets: u32,
        /// Number of packets over UDP.
        9 NFSD_A_SERVER_STATS_NETUDPCNT UdpPackets udp_packets: u32,
        /// Number of packets over TCP.
        10 NFSD_A_SERVER_STATS_NETTCPCNT TcpPackets tcp_packets: u32,
        /// Number of TCP connections.
        11 NFSD_A_SERVER_STATS_NETTCPCONN TcpConnections tcp_connections: u32,
        /// Number of requests.
        12 NFSD_A_SERVER_STATS_RPCCNT Requests requests: u32,
        /// Number of requests in a wrong format.
        13 NFSD_A_SERVER_STATS_RPCBADFMT BadFormat bad_format: u32,
        /// Number of requests that failed authentication.
        14 NFSD_A_SERVER_STATS_RPCBADAUTH BadAuth bad_auth: u32,
        /// Number of requests of unknown clients.
        15 NFSD_A_SERVER_STATS_RPCBADCLNT BadClient bad_client: u32,
        /// Count of a procedure of NFSv2, an attribute for each.
        16 NFSD_A_SERVER_STATS_PROC2_OPS V2 v2: Many<Nest<Operation>>,
        /// Count of a procedure of NFSv3, an attribute for each.
        17 NFSD_A_SERVER_STATS_PROC3_OPS V3 v3: Many<Nest<Operation>>,
        /// Count of a procedure of NFSv4, an attribute for each.
        18 NFSD_A_SERVER_STATS_PROC4_OPS V4 v4: Many<Nest<Operation>>,
        /// Count of an operation of NFSv4, an attribute for each.
        19 NFSD_A_SERVER_STATS_PROC4OPS_OPS V4Operations v4_operations: Many<Nest<Operation>>,
        /// Count of a callback of NFSv4, an attribute for each.
        20 NFSD_A_SERVER_STATS_PROC4CB_OPS V4Callbacks v4_callbacks: Many<Nest<Operation>>,
    }
}

attributes! {
    /// Count of a procedure or an operation (`NFSD_A_SERVER_PROC_ENTRY_*`).
    pub set Operation, enum OperationAttr {
        /// Number of the procedure or the operation.
        1 NFSD_A_SERVER_PROC_ENTRY_OP Number number: u32,
        /// Number of calls.
        2 NFSD_A_SERVER_PROC_ENTRY_COUNT Count count: u64,
        /// Padding.
        3 NFSD_A_SERVER_PROC_ENTRY_PAD Pad pad: Bytes,
    }
}
