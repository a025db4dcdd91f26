//! `IPVS`: services, destinations and synchronization of the kernel's load
//! balancer, as `ipvsadm` shows and sets them (`linux/ip_vs.h`).
//!
//! A nest names the service, another one the destination:
//!
//! ```
//! use nlwire::generic::ipvs::{
//!     DestinationAttr, FlagsAndMask, IpvsAttr, NewDestination, NewService, ServiceAttr,
//! };
//!
//! let flags = FlagsAndMask::default();
//! // TCP (6) to port 80 of 192.0.2.1, spread by round robin.
//! let service = [
//!     ServiceAttr::Family(2),
//!     ServiceAttr::Protocol(6),
//!     ServiceAttr::Address([192, 0, 2, 1].into()),
//!     ServiceAttr::Port(80),
//!     ServiceAttr::Scheduler("rr".into()),
//!     ServiceAttr::Flags(&flags),
//!     ServiceAttr::Timeout(0),
//!     ServiceAttr::Netmask(u32::MAX),
//! ];
//! let attributes = [IpvsAttr::Service((&service).into())];
//! let new = NewService::new().with(&attributes);
//!
//! let destination = [
//!     DestinationAttr::Address([10, 0, 0, 1].into()),
//!     DestinationAttr::Port(80),
//!     DestinationAttr::Weight(1),
//! ];
//! // The first four name the service.
//! let [family, protocol, address, port, ..] = service;
//! let service = [family, protocol, address, port];
//! let attributes = [
//!     IpvsAttr::Service((&service).into()),
//!     IpvsAttr::Destination((&destination).into()),
//! ];
//! let add = NewDestination::new().with(&attributes);
//! ```
//!
//! The service is looked at, its scheduler is changed, and a destination is drained
//! before it is removed, as by `ipvsadm -L -n`, `ipvsadm -E -t 192.0.2.1:80 -s wlc`,
//! `ipvsadm -e` and `ipvsadm -d`:
//!
//! ```
//! use nlwire::generic::ipvs::*;
//! use nlwire::{Errno, Request, fields};
//!
//! let name = [
//!     ServiceAttr::Family(2),
//!     ServiceAttr::Protocol(6),
//!     ServiceAttr::Address([192, 0, 2, 1].into()),
//!     ServiceAttr::Port(80),
//! ];
//! let service = IpvsAttr::Service((&name).into());
//! let named = [service];
//! let all = GetServices::all();
//! let one = GetService::new().with(&named);
//! let destinations = GetDestinations::new().with(&named);
//!
//! let flags = FlagsAndMask::default();
//! let [family, protocol, address, port] = name;
//! let weighted = [
//!     family,
//!     protocol,
//!     address,
//!     port,
//!     ServiceAttr::Scheduler("wlc".into()),
//!     ServiceAttr::Flags(&flags),
//!     ServiceAttr::Timeout(0),
//!     ServiceAttr::Netmask(u32::MAX),
//! ];
//! let weighted = [IpvsAttr::Service((&weighted).into())];
//! let change = SetService::new().with(&weighted);
//!
//! // Weight 0: old connections go on, new ones go elsewhere.
//! let idle = [
//!     DestinationAttr::Address([10, 0, 0, 1].into()),
//!     DestinationAttr::Port(80),
//!     DestinationAttr::ForwardMethod(ForwardMethod::MASQUERADE),
//!     DestinationAttr::Weight(0),
//!     DestinationAttr::UpperThreshold(0),
//!     DestinationAttr::LowerThreshold(0),
//! ];
//! let idle = [service, IpvsAttr::Destination((&idle).into())];
//! let drain = SetDestination::new().with(&idle);
//! let remove = DeleteDestination::new().with(&idle).if_there();
//! let counters = ZeroCounters::all().with(&named);
//! let delete = DeleteService::new().with(&named).if_there();
//! assert_eq!(remove.forgives(), [Errno::ENOENT]);
//! assert_eq!(delete.forgives(), [Errno::ESRCH]);
//! let flush = FlushServices::all();
//!
//! /// Returns true for a destination without connections.
//! fn is_drained(row: &IpvsRow<'_>) -> Result<bool, nlwire::DecodeError> {
//!     let Some(destination) = fields!(row.attributes => Ipvs { destination })?.destination
//!     else {
//!         return Ok(false);
//!     };
//!     Ok(
//!         fields!(destination => Destination { active_connections })?.active_connections
//!             == Some(0),
//!     )
//! }
//! ```
//!
//! A director sends its connections to another one by `eth1`, and forgets idle TCP
//! connections after 15 minutes, as after
//! `ipvsadm --start-daemon master --mcast-interface eth1 --syncid 1` and
//! `ipvsadm --set 900 120 300`:
//!
//! ```
//! use nlwire::generic::ipvs::*;
//!
//! let version = GetIpvsInfo::new();
//! let master = [
//!     DaemonAttr::State(DaemonState::MASTER),
//!     DaemonAttr::Link("eth1".into()),
//!     DaemonAttr::SyncId(1),
//! ];
//! let master = [IpvsAttr::Daemon((&master).into())];
//! let start = StartDaemon::new().with(&master);
//! let running = GetDaemons::all();
//! let stop = StopDaemon::new().with(&master).if_there();
//!
//! let timeouts = [
//!     IpvsAttr::TcpTimeout(900),
//!     IpvsAttr::TcpFinTimeout(120),
//!     IpvsAttr::UdpTimeout(300),
//! ];
//! let change = SetConfig::new().with(&timeouts);
//! let settings = GetConfig::new();
//! ```

use core::net::{IpAddr, Ipv4Addr};

use super::family::{family, requests};
use crate::codec::{Be, Bytes, Form, Ip, Nest, Struct, Text, Uint, field_is_value};
use crate::schema::Shape;
use crate::writer::Put;
use crate::zerocopy::native_endian::U32;
use crate::{AttrRef, Attrs, DecodeError, Writer, attributes, flags, numbers, structs};

family! {
    name IPVS_GENL_NAME "IPVS";
    version IPVS_GENL_VERSION 1;
    command 1 IPVS_CMD_NEW_SERVICE Ipvs "Creates a service, or answers with one.";
    command 2 IPVS_CMD_SET_SERVICE Ipvs "Changes a service.";
    command 3 IPVS_CMD_DEL_SERVICE Ipvs "Deletes a service.";
    command 4 IPVS_CMD_GET_SERVICE Ipvs "Reads a service, or lists all.";
    command 5 IPVS_CMD_NEW_DEST Ipvs "Adds a destination, or answers with one.";
    command 6 IPVS_CMD_SET_DEST Ipvs "Changes a destination.";
    command 7 IPVS_CMD_DEL_DEST Ipvs "Removes a destination.";
    command 8 IPVS_CMD_GET_DEST Ipvs "Lists the destinations of a service.";
    command 9 IPVS_CMD_NEW_DAEMON Ipvs "Starts a synchronization daemon, or answers with one.";
    command 10 IPVS_CMD_DEL_DAEMON Ipvs "Stops a synchronization daemon.";
    command 11 IPVS_CMD_GET_DAEMON Ipvs "Lists the synchronization daemons.";
    command 12 IPVS_CMD_SET_CONFIG Ipvs "Changes the timeouts, or answers with them.";
    command 13 IPVS_CMD_GET_CONFIG Ipvs "Reads the timeouts.";
    command 14 IPVS_CMD_SET_INFO IpvsInfo "Answers with version and size.";
    command 15 IPVS_CMD_GET_INFO IpvsInfo "Reads version and size.";
    command 16 IPVS_CMD_ZERO Ipvs "Sets the counters of a service, or of all, to 0.";
    command 17 IPVS_CMD_FLUSH Ipvs "Deletes all services.";
}

requests! {
    Ipvs, IpvsAttr, IpvsRow, "service";

    /// Creates a service: `with` [`Service`](IpvsAttr::Service).
    Act NewService = IPVS_CMD_NEW_SERVICE {
        /// Creates the service that `with` describes.
        new() {}
    }
    /// Changes a service: `with` [`Service`](IpvsAttr::Service).
    Act SetService = IPVS_CMD_SET_SERVICE {
        /// Changes the service that `with` describes.
        new() {}
    }
    /// Deletes a service: `with` [`Service`](IpvsAttr::Service).
    Delete(ESRCH) DeleteService = IPVS_CMD_DEL_SERVICE {
        /// Deletes the service that `with` names.
        new() {}
    }
    /// Reads a service: `with` [`Service`](IpvsAttr::Service).
    Ask GetService = IPVS_CMD_GET_SERVICE {
        /// Reads the service that `with` names.
        new() {}
    }
    /// Lists the services.
    List GetServices = IPVS_CMD_GET_SERVICE {
        /// Lists the services of the network namespace.
        all() {}
    }
    /// Adds a destination: `with` [`Service`](IpvsAttr::Service) and
    /// [`Destination`](IpvsAttr::Destination).
    Act NewDestination = IPVS_CMD_NEW_DEST {
        /// Adds the destination that `with` describes.
        new() {}
    }
    /// Changes a destination: `with` [`Service`](IpvsAttr::Service) and
    /// [`Destination`](IpvsAttr::Destination).
    Act SetDestination = IPVS_CMD_SET_DEST {
        /// Changes the destination that `with` describes.
        new() {}
    }
    /// Removes a destination: `with` [`Service`](IpvsAttr::Service) and
    /// [`Destination`](IpvsAttr::Destination).
    Delete(ENOENT) DeleteDestination = IPVS_CMD_DEL_DEST {
        /// Removes the destination that `with` names.
        new() {}
    }
    /// Lists destinations: `with` [`Service`](IpvsAttr::Service).
    List GetDestinations = IPVS_CMD_GET_DEST {
        /// Lists the destinations of the service that `with` names.
        new() {}
    }
    /// Starts a synchronization daemon: `with` [`Daemon`](IpvsAttr::Daemon).
    Act StartDaemon = IPVS_CMD_NEW_DAEMON {
        /// Starts the daemon that `with` describes.
        new() {}
    }
    /// Stops a synchronization daemon: `with` [`Daemon`](IpvsAttr::Daemon).
    Delete(ESRCH) StopDaemon = IPVS_CMD_DEL_DAEMON {
        /// Stops the daemon with the state that `with` names.
        new() {}
    }
    /// Lists the synchronization daemons.
    List GetDaemons = IPVS_CMD_GET_DAEMON {
        /// Lists both daemons, if they run.
        all() {}
    }
    /// Reads the timeouts of connections.
    Ask GetConfig = IPVS_CMD_GET_CONFIG {
        /// Reads all timeouts.
        new() {}
    }
    /// Changes the timeouts of connections.
    Act SetConfig = IPVS_CMD_SET_CONFIG {
        /// Changes the timeouts that `with` names.
        new() {}
    }
    /// Sets counters to 0.
    Act ZeroCounters = IPVS_CMD_ZERO {
        /// Sets the counters of all services to 0, or of the one that `with`
        /// names.
        all() {}
    }
    /// Deletes all services.
    Act FlushServices = IPVS_CMD_FLUSH {
        /// Deletes the services of the network namespace.
        all() {}
    }
}

requests! {
    IpvsInfo, IpvsInfoAttr, IpvsInfoRow, "IPVS";

    /// Reads the version and the size of the connection table.
    Ask GetIpvsInfo = IPVS_CMD_GET_INFO {
        /// Reads both.
        new() {}
    }
}

flags! {
    /// Flags of a service.
    pub struct ServiceFlags(u32) {
        /// Sends a client to the same destination for some time.
        PERSISTENT = 0x1 "IP_VS_SVC_F_PERSISTENT" "persistent";
        HASHED = 0x2 "IP_VS_SVC_F_HASHED" "hashed";
        /// Schedules each packet anew.
        ONE_PACKET = 0x4 "IP_VS_SVC_F_ONEPACKET" "ops";
        /// First flag of the scheduler.
        SCHEDULER_1 = 0x8 "IP_VS_SVC_F_SCHED1" "flag-1";
        /// Second flag of the scheduler.
        SCHEDULER_2 = 0x10 "IP_VS_SVC_F_SCHED2" "flag-2";
        /// Third flag of the scheduler.
        SCHEDULER_3 = 0x20 "IP_VS_SVC_F_SCHED3" "flag-3";
    }
}

numbers! {
    /// State of a synchronization daemon.
    pub struct DaemonState(u32) {
        NONE = 0 "IP_VS_STATE_NONE" "none";
        /// Sends connections.
        MASTER = 1 "IP_VS_STATE_MASTER" "master";
        /// Receives connections.
        BACKUP = 2 "IP_VS_STATE_BACKUP" "backup";
    }
}

numbers! {
    /// Way in which packets reach a destination.
    pub struct ForwardMethod(u32) {
        /// Network address translation.
        MASQUERADE = 0 "IP_VS_CONN_F_MASQ" "Masq";
        LOCAL_NODE = 1 "IP_VS_CONN_F_LOCALNODE" "Local";
        TUNNEL = 2 "IP_VS_CONN_F_TUNNEL" "Tunnel";
        DIRECT_ROUTE = 3 "IP_VS_CONN_F_DROUTE" "Route";
        BYPASS = 4 "IP_VS_CONN_F_BYPASS" "Bypass";
    }
}

numbers! {
    /// Encapsulation of a tunnel to a destination.
    pub struct TunnelType(u8) {
        IPIP = 0 "IP_VS_CONN_F_TUNNEL_TYPE_IPIP" "ipip";
        GUE = 1 "IP_VS_CONN_F_TUNNEL_TYPE_GUE" "gue";
        GRE = 2 "IP_VS_CONN_F_TUNNEL_TYPE_GRE" "gre";
    }
}

flags! {
    /// Checksums of a tunnel with GUE or GRE; none by default.
    pub struct TunnelFlags(u16) {
        CHECKSUM = 0x1 "IP_VS_TUNNEL_ENCAP_FLAG_CSUM" "csum";
        /// Remote checksum offload of GUE.
        REMOTE_CHECKSUM = 0x2 "IP_VS_TUNNEL_ENCAP_FLAG_REMCSUM" "remcsum";
    }
}

structs! {
    /// Flags of a service, with a mask of those that a request sets.
    #[doc(alias = "ip_vs_flags")]
    pub struct FlagsAndMask: 8 {
        /// Flags: [`ServiceFlags`].
        flags: U32 as ServiceFlags,
        /// Mask of the flags that are set.
        mask: U32 as ServiceFlags,
    }
}

/// Address of the family that the attribute `FAMILY` beside it names. The kernel
/// sends 16 bytes for either family.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct PaddedIp<const FAMILY: u16>(());

impl<const FAMILY: u16> Form for PaddedIp<FAMILY> {
    type Value<'a> = IpAddr;
    const SHAPE: Shape = Shape::Bytes;

    field_is_value!();

    fn decode<'a>(attribute: AttrRef<'a>, siblings: Attrs<'a>) -> Result<IpAddr, DecodeError> {
        const AF_INET6: u16 = crate::AddressFamily::INET6.wide();
        let family = siblings
            .find(FAMILY)?
            .map(|family| family.u16())
            .transpose()?;
        match attribute.bytes().first_chunk::<4>() {
            Some(octets) if family != Some(AF_INET6) => Ok(Ipv4Addr::from(*octets).into()),
            _ => attribute.ip(),
        }
    }

    fn encode<'w, 'b>(value: &IpAddr, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        writer.ip(kind, *value)
    }
}

attributes! {
    /// Request or answer (`IPVS_CMD_ATTR_*`).
    pub set Ipvs, enum IpvsAttr {
        /// Service.
        1 IPVS_CMD_ATTR_SERVICE Service service: Nest<Service>,
        /// Destination.
        2 IPVS_CMD_ATTR_DEST Destination destination: Nest<Destination>,
        /// Synchronization daemon.
        3 IPVS_CMD_ATTR_DAEMON Daemon daemon: Nest<Daemon>,
        /// Timeout of TCP connections in seconds.
        4 IPVS_CMD_ATTR_TIMEOUT_TCP TcpTimeout tcp_timeout: u32,
        /// Timeout of TCP connections after a FIN, in seconds.
        5 IPVS_CMD_ATTR_TIMEOUT_TCP_FIN TcpFinTimeout tcp_fin_timeout: u32,
        /// Timeout of UDP in seconds.
        6 IPVS_CMD_ATTR_TIMEOUT_UDP UdpTimeout udp_timeout: u32,
    }
}

attributes! {
    /// Version and size (`IPVS_INFO_ATTR_*`).
    pub set IpvsInfo, enum IpvsInfoAttr {
        /// Version, 8 bits for each part: 0x010201 is 1.2.1.
        1 IPVS_INFO_ATTR_VERSION Version version: u32,
        /// Size of the connection table in buckets.
        2 IPVS_INFO_ATTR_CONN_TAB_SIZE TableSize table_size: u32,
    }
}

attributes! {
    /// Service (`IPVS_SVC_ATTR_*`), named by protocol, address and port, or by a
    /// firewall mark.
    pub set Service, enum ServiceAttr {
        /// Address family: `AF_INET` 2 or `AF_INET6` 10.
        1 IPVS_SVC_ATTR_AF Family family: u16,
        /// IP protocol.
        2 IPVS_SVC_ATTR_PROTOCOL Protocol protocol: u16,
        /// Address.
        3 IPVS_SVC_ATTR_ADDR Address address: PaddedIp<1>,
        /// Port.
        4 IPVS_SVC_ATTR_PORT Port port: Be<u16>,
        /// Firewall mark.
        5 IPVS_SVC_ATTR_FWMARK Mark mark: u32,
        /// Name of the scheduler, such as `rr` or `wlc`.
        6 IPVS_SVC_ATTR_SCHED_NAME Scheduler scheduler: Text,
        /// Flags, with a mask.
        7 IPVS_SVC_ATTR_FLAGS Flags flags: Struct<FlagsAndMask>,
        /// Time in seconds for which a client keeps its destination.
        8 IPVS_SVC_ATTR_TIMEOUT Timeout timeout: u32,
        /// Mask by which clients are grouped; a prefix length for IPv6.
        9 IPVS_SVC_ATTR_NETMASK Netmask netmask: Be<u32>,
        /// Statistics with counters of 32 bits.
        10 IPVS_SVC_ATTR_STATS Stats stats: Nest<IpvsStats>,
        /// Name of the persistence engine, such as `sip`.
        11 IPVS_SVC_ATTR_PE_NAME Engine engine: Text,
        /// Statistics.
        12 IPVS_SVC_ATTR_STATS64 Stats64 stats64: Nest<IpvsStats>,
    }
}

attributes! {
    /// Destination of a service (`IPVS_DEST_ATTR_*`), named by address and port.
    pub set Destination, enum DestinationAttr {
        /// Address.
        1 IPVS_DEST_ATTR_ADDR Address address: PaddedIp<11>,
        /// Port.
        2 IPVS_DEST_ATTR_PORT Port port: Be<u16>,
        /// Way in which packets reach the destination.
        3 IPVS_DEST_ATTR_FWD_METHOD ForwardMethod forward_method: ForwardMethod,
        /// Weight; 0 for no new connections.
        4 IPVS_DEST_ATTR_WEIGHT Weight weight: u32,
        /// Upper threshold of connections; 0 for none.
        5 IPVS_DEST_ATTR_U_THRESH UpperThreshold upper_threshold: u32,
        /// Lower threshold of connections; 0 for none.
        6 IPVS_DEST_ATTR_L_THRESH LowerThreshold lower_threshold: u32,
        /// Number of active connections.
        7 IPVS_DEST_ATTR_ACTIVE_CONNS ActiveConnections active_connections: u32,
        /// Number of inactive connections.
        8 IPVS_DEST_ATTR_INACT_CONNS InactiveConnections inactive_connections: u32,
        /// Number of clients that keep the destination.
        9 IPVS_DEST_ATTR_PERSIST_CONNS PersistentConnections persistent_connections: u32,
        /// Statistics with counters of 32 bits.
        10 IPVS_DEST_ATTR_STATS Stats stats: Nest<IpvsStats>,
        /// Address family; that of the service if absent.
        11 IPVS_DEST_ATTR_ADDR_FAMILY Family family: u16,
        /// Statistics.
        12 IPVS_DEST_ATTR_STATS64 Stats64 stats64: Nest<IpvsStats>,
        /// Encapsulation of a tunnel.
        13 IPVS_DEST_ATTR_TUN_TYPE TunnelType tunnel_type: TunnelType,
        /// UDP port of a tunnel.
        14 IPVS_DEST_ATTR_TUN_PORT TunnelPort tunnel_port: Be<u16>,
        /// Flags of a tunnel.
        15 IPVS_DEST_ATTR_TUN_FLAGS TunnelFlags tunnel_flags: TunnelFlags,
    }
}

attributes! {
    /// Synchronization daemon (`IPVS_DAEMON_ATTR_*`).
    pub set Daemon, enum DaemonAttr {
        /// State.
        1 IPVS_DAEMON_ATTR_STATE State state: DaemonState,
        /// Name of the link that multicast packets use.
        2 IPVS_DAEMON_ATTR_MCAST_IFN Link link: Text,
        /// Identifier of the group of directors.
        3 IPVS_DAEMON_ATTR_SYNC_ID SyncId sync_id: u32,
        /// Maximum length of a message in bytes.
        4 IPVS_DAEMON_ATTR_SYNC_MAXLEN MaxLen max_len: u16,
        /// IPv4 address of the multicast group.
        5 IPVS_DAEMON_ATTR_MCAST_GROUP GroupV4 group_v4: Ip,
        /// IPv6 address of the multicast group.
        6 IPVS_DAEMON_ATTR_MCAST_GROUP6 GroupV6 group_v6: Ip,
        /// First UDP port, in the machine's byte order.
        7 IPVS_DAEMON_ATTR_MCAST_PORT Port port: u16,
        /// TTL of multicast packets.
        8 IPVS_DAEMON_ATTR_MCAST_TTL Ttl ttl: u8,
    }
}

attributes! {
    /// Statistics of a service or a destination (`IPVS_STATS_ATTR_*`),
    /// whose counters have 32 or 64 bits.
    pub set IpvsStats, enum IpvsStatsAttr {
        /// Number of connections.
        1 IPVS_STATS_ATTR_CONNS Connections connections: Uint,
        /// Number of incoming packets.
        2 IPVS_STATS_ATTR_INPKTS InPackets in_packets: Uint,
        /// Number of outgoing packets.
        3 IPVS_STATS_ATTR_OUTPKTS OutPackets out_packets: Uint,
        /// Number of incoming bytes.
        4 IPVS_STATS_ATTR_INBYTES InBytes in_bytes: Uint,
        /// Number of outgoing bytes.
        5 IPVS_STATS_ATTR_OUTBYTES OutBytes out_bytes: Uint,
        /// Connections a second.
        6 IPVS_STATS_ATTR_CPS ConnectionRate connection_rate: Uint,
        /// Incoming packets a second.
        7 IPVS_STATS_ATTR_INPPS InPacketRate in_packet_rate: Uint,
        /// Outgoing packets a second.
        8 IPVS_STATS_ATTR_OUTPPS OutPacketRate out_packet_rate: Uint,
        /// Incoming bytes a second.
        9 IPVS_STATS_ATTR_INBPS InByteRate in_byte_rate: Uint,
        /// Outgoing bytes a second.
        10 IPVS_STATS_ATTR_OUTBPS OutByteRate out_byte_rate: Uint,
        /// Padding.
        11 IPVS_STATS_ATTR_PAD Pad pad: Bytes,
    }
}
