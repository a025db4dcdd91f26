//! `TIPCv2`: bearers, links, nodes, sockets and names of TIPC, as `tipc` of
//! iproute2 shows and sets them (`linux/tipc_netlink.h`).
//!
//! An object is named in its nest:
//!
//! ```
//! use nlwire::generic::tipc::{BearerAttr, EnableBearer, GetLinks, TipcAttr};
//!
//! let bearer = [BearerAttr::Name("eth:eth0".into())];
//! let bearer = [TipcAttr::Bearer((&bearer).into())];
//! let enable = EnableBearer::named().with(&bearer);
//! let links = GetLinks::all();
//! ```
//!
//! A node joins network 4711 by `eth0`, gives the bearer's links a lower priority and
//! looks at the cluster, as by `tipc node set netid 4711`, `tipc bearer set priority`
//! and `tipc node list`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::tipc::*;
//!
//! let network = [NetworkAttr::Id(4711)];
//! let network = [TipcAttr::Net((&network).into())];
//! let set_network = SetNetwork::named().with(&network);
//! let networks = GetNetworks::all();
//!
//! let priority = [PropertiesAttr::Priority(5)];
//! let bearer = [
//!     BearerAttr::Name("eth:eth0".into()),
//!     BearerAttr::Properties((&priority).into()),
//! ];
//! let bearer = [TipcAttr::Bearer((&bearer).into())];
//! let set_bearer = SetBearer::named().with(&bearer);
//! let one = GetBearer::named().with(&bearer);
//! let all = GetBearers::all();
//!
//! // Default properties of links over UDP, and those that apply to each medium.
//! let window = [PropertiesAttr::Window(50)];
//! let medium = [
//!     MediaAttr::Name("udp".into()),
//!     MediaAttr::Properties((&window).into()),
//! ];
//! let medium = [TipcAttr::Media((&medium).into())];
//! let set_medium = SetMedia::named().with(&medium);
//! let media = GetMedia::all();
//! let nodes = GetNodes::all();
//!
//! /// Prints a node and whether it is up.
//! fn print(row: &TipcRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let Some(node) = fields!(row.attributes => Tipc { node })?.node else { return Ok(()) };
//!     let found = fields!(node => Node { address, up })?;
//!     println!("{:x?} up: {}", found.address, found.up.unwrap_or_default());
//!     Ok(())
//! }
//! ```
//!
//! A bearer over UDP gets the address of a node that multicast does not reach, and
//! goes, as by `tipc bearer add media udp name udp0 remoteip 192.0.2.2` and
//! `tipc bearer disable media udp name udp0`. The address is a `struct
//! sockaddr_storage`, here the 16 bytes of IPv4:
//!
//! ```
//! use nlwire::generic::tipc::*;
//!
//! // Family 2 in the machine's byte order; port 6118 and address in network order.
//! let mut remote = [0; 16];
//! remote[..2].copy_from_slice(&2_u16.to_ne_bytes());
//! remote[2..4].copy_from_slice(&6118_u16.to_be_bytes());
//! remote[4..8].copy_from_slice(&[192, 0, 2, 2]);
//!
//! let udp = [UdpAttr::Remote(&remote)];
//! let name = BearerAttr::Name("udp:udp0".into());
//! let bearer = [name, BearerAttr::Udp((&udp).into())];
//! let bearer = [TipcAttr::Bearer((&bearer).into())];
//! let add = AddRemote::named().with(&bearer);
//!
//! let named = [name];
//! let named = [TipcAttr::Bearer((&named).into())];
//! let remotes = GetRemotes::named().with(&named);
//! let disable = DisableBearer::named().with(&named);
//! ```
//!
//! Links, sockets and names, as `tipc link stat show`, `tipc link set tolerance`,
//! `tipc socket list` and `tipc nametable show` print and set them:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::tipc::*;
//!
//! let name = TipcLinkAttr::Name("1001001:eth0-1001002:eth0".into());
//! let link = [name];
//! let link = [TipcAttr::Link((&link).into())];
//! let one = GetLink::named().with(&link);
//! let reset = ResetStatistics::named().with(&link);
//! let tolerance = [PropertiesAttr::Tolerance(3000)];
//! let slower = [name, TipcLinkAttr::Properties((&tolerance).into())];
//! let slower = [TipcAttr::Link((&slower).into())];
//! let set = SetLink::named().with(&slower);
//!
//! let sockets = GetSockets::all();
//! let names = GetNames::all();
//!
//! /// Prints a socket and returns its reference if it has published names.
//! fn publisher(row: &TipcRow<'_>) -> Result<Option<u32>, nlwire::DecodeError> {
//!     let Some(socket) = fields!(row.attributes => Tipc { socket })?.socket else {
//!         return Ok(None);
//!     };
//!     let found = fields!(socket => Socket { reference, has_publications })?;
//!     println!("socket {:?}", found.reference);
//!     Ok(found.reference.filter(|_| found.has_publications.unwrap_or_default()))
//! }
//!
//! let socket = [SocketAttr::Reference(3_000_000_001)];
//! let socket = [TipcAttr::Socket((&socket).into())];
//! let published = GetPublications::named().with(&socket);
//! ```
//!
//! In a cluster of more than 32 nodes each one watches some of the others. A peer that
//! is down for good is removed, as by `tipc link monitor set threshold 32`,
//! `tipc link monitor list` and `tipc peer remove address 1.1.2`:
//!
//! ```
//! use nlwire::generic::tipc::*;
//!
//! let threshold = [MonitorAttr::ActivationThreshold(32)];
//! let threshold = [TipcAttr::Monitor((&threshold).into())];
//! let set = SetMonitor::named().with(&threshold);
//! let monitors = GetMonitors::all();
//! let bearer = [MonitorAttr::Bearer(0)];
//! let bearer = [TipcAttr::Monitor((&bearer).into())];
//! let peers = GetMonitorPeers::named().with(&bearer);
//!
//! // Zone 1, cluster 1, node 2.
//! let peer = [NetworkAttr::Address(0x0100_1002)];
//! let peer = [TipcAttr::Net((&peer).into())];
//! let remove = RemovePeer::named().with(&peer);
//! ```
//!
//! Messages are encrypted with a key of the cluster, or no more, as after
//! `tipc node set key KEY master` and `tipc node flush key`. The key's bytes begin
//! with 32 bytes for the algorithm and 4 for the length, both of `struct
//! tipc_aead_key`:
//!
//! ```
//! use nlwire::codec::Hidden;
//! use nlwire::generic::tipc::*;
//!
//! // A key of 16 bytes and a salt of 4.
//! let mut key = [0; 32 + 4 + 20];
//! key[..8].copy_from_slice(b"gcm(aes)");
//! key[32..36].copy_from_slice(&20_u32.to_ne_bytes());
//! let node = [NodeAttr::Key(Hidden(&key)), NodeAttr::MasterKey(true)];
//! let node = [TipcAttr::Node((&node).into())];
//! let set = SetKey::named().with(&node);
//! let flush = FlushKeys::all();
//! ```

mod attributes;

pub use attributes::*;

use super::family::{family, requests};

family! {
    name TIPC_GENL_V2_NAME "TIPCv2";
    version TIPC_GENL_V2_VERSION 1;
    command 1 TIPC_NL_LEGACY Tipc "Carries a message of the older interface.";
    command 2 TIPC_NL_BEARER_DISABLE Tipc "Disables a bearer.";
    command 3 TIPC_NL_BEARER_ENABLE Tipc "Enables a bearer.";
    command 4 TIPC_NL_BEARER_GET Tipc "Reads a bearer, or lists all.";
    command 5 TIPC_NL_BEARER_SET Tipc "Changes a bearer.";
    command 6 TIPC_NL_SOCK_GET Tipc "Lists the sockets.";
    command 7 TIPC_NL_PUBL_GET Tipc "Lists the publications of a socket.";
    command 8 TIPC_NL_LINK_GET Tipc "Reads a link, or lists all.";
    command 9 TIPC_NL_LINK_SET Tipc "Changes a link.";
    command 10 TIPC_NL_LINK_RESET_STATS Tipc "Resets the statistics of a link.";
    command 11 TIPC_NL_MEDIA_GET Tipc "Reads a medium, or lists all.";
    command 12 TIPC_NL_MEDIA_SET Tipc "Changes a medium.";
    command 13 TIPC_NL_NODE_GET Tipc "Lists the nodes.";
    command 14 TIPC_NL_NET_GET Tipc "Reads the network.";
    command 15 TIPC_NL_NET_SET Tipc "Changes the network.";
    command 16 TIPC_NL_NAME_TABLE_GET Tipc "Lists the name table.";
    command 17 TIPC_NL_MON_SET Tipc "Changes the monitor.";
    command 18 TIPC_NL_MON_GET Tipc "Reads the monitor, or lists those of bearers.";
    command 19 TIPC_NL_MON_PEER_GET Tipc "Lists the monitored peers of a bearer.";
    command 20 TIPC_NL_PEER_REMOVE Tipc "Removes a peer that is down.";
    command 21 TIPC_NL_BEARER_ADD Tipc "Adds a remote address to a UDP bearer.";
    command 22 TIPC_NL_UDP_GET_REMOTEIP Tipc "Lists the remote addresses of a UDP bearer.";
    command 23 TIPC_NL_KEY_SET Tipc "Sets a key.";
    command 24 TIPC_NL_KEY_FLUSH Tipc "Deletes all keys.";
    command 25 TIPC_NL_ADDR_LEGACY_GET Tipc "Reads if the address was set, not derived.";
}

requests! {
    Tipc, TipcAttr, TipcRow, "object";

    /// Lists bearers.
    List GetBearers = TIPC_NL_BEARER_GET {
        /// Lists the bearers of the network namespace.
        all() {}
    }
    /// Reads a bearer: `with` [`Bearer`](TipcAttr::Bearer) and its name.
    Ask GetBearer = TIPC_NL_BEARER_GET {
        /// Reads the bearer that the attributes name.
        named() {}
    }
    /// Enables a bearer: `with` [`Bearer`](TipcAttr::Bearer) and its name.
    Act EnableBearer = TIPC_NL_BEARER_ENABLE {
        /// Enables the bearer that the attributes name.
        named() {}
    }
    /// Changes a bearer: `with` [`Bearer`](TipcAttr::Bearer), its name and properties.
    Act SetBearer = TIPC_NL_BEARER_SET {
        /// Changes the bearer that the attributes name.
        named() {}
    }
    /// Adds a remote address to a UDP bearer: `with` [`Bearer`](TipcAttr::Bearer).
    Act AddRemote = TIPC_NL_BEARER_ADD {
        /// Adds to the bearer that the attributes name.
        named() {}
    }
    /// Disables a bearer: `with` [`Bearer`](TipcAttr::Bearer) and its name.
    Act DisableBearer = TIPC_NL_BEARER_DISABLE {
        /// Disables the bearer that the attributes name.
        named() {}
    }
    /// Lists sockets.
    List GetSockets = TIPC_NL_SOCK_GET {
        /// Lists the sockets of the network namespace.
        all() {}
    }
    /// Lists the publications of a socket: `with` [`Socket`](TipcAttr::Socket) and its reference.
    List GetPublications = TIPC_NL_PUBL_GET {
        /// Lists those of the socket that the attributes name.
        named() {}
    }
    /// Lists links.
    List GetLinks = TIPC_NL_LINK_GET {
        /// Lists the links to all nodes.
        all() {}
    }
    /// Reads a link: `with` [`Link`](TipcAttr::Link) and its name.
    Ask GetLink = TIPC_NL_LINK_GET {
        /// Reads the link that the attributes name.
        named() {}
    }
    /// Changes a link: `with` [`Link`](TipcAttr::Link), its name and properties.
    Act SetLink = TIPC_NL_LINK_SET {
        /// Changes the link that the attributes name.
        named() {}
    }
    /// Resets the statistics of a link: `with` [`Link`](TipcAttr::Link) and its name.
    Act ResetStatistics = TIPC_NL_LINK_RESET_STATS {
        /// Resets those of the link that the attributes name.
        named() {}
    }
    /// Lists media.
    List GetMedia = TIPC_NL_MEDIA_GET {
        /// Lists all media.
        all() {}
    }
    /// Changes a medium: `with` [`Media`](TipcAttr::Media), its name and properties.
    Act SetMedia = TIPC_NL_MEDIA_SET {
        /// Changes the medium that the attributes name.
        named() {}
    }
    /// Lists nodes.
    List GetNodes = TIPC_NL_NODE_GET {
        /// Lists the nodes of the cluster.
        all() {}
    }
    /// Lists the network.
    List GetNetworks = TIPC_NL_NET_GET {
        /// Lists the network of the namespace.
        all() {}
    }
    /// Changes the network: `with` [`Net`](TipcAttr::Net).
    Act SetNetwork = TIPC_NL_NET_SET {
        /// Changes the network of the namespace.
        named() {}
    }
    /// Lists the name table.
    List GetNames = TIPC_NL_NAME_TABLE_GET {
        /// Lists all publications of the cluster.
        all() {}
    }
    /// Lists monitors.
    List GetMonitors = TIPC_NL_MON_GET {
        /// Lists the monitors of all bearers.
        all() {}
    }
    /// Changes the monitor: `with` [`Monitor`](TipcAttr::Monitor).
    Act SetMonitor = TIPC_NL_MON_SET {
        /// Changes the monitor of the namespace.
        named() {}
    }
    /// Lists monitored peers: `with` [`Monitor`](TipcAttr::Monitor) and the bearer's number.
    List GetMonitorPeers = TIPC_NL_MON_PEER_GET {
        /// Lists those of the bearer that the attributes name.
        named() {}
    }
    /// Removes a peer that is down: `with` [`Net`](TipcAttr::Net) and its address.
    Act RemovePeer = TIPC_NL_PEER_REMOVE {
        /// Removes the peer that the attributes name.
        named() {}
    }
    /// Lists the remote addresses of a UDP bearer: `with` [`Bearer`](TipcAttr::Bearer).
    List GetRemotes = TIPC_NL_UDP_GET_REMOTEIP {
        /// Lists those of the bearer that the attributes name.
        named() {}
    }
    /// Sets a key: `with` [`Node`](TipcAttr::Node).
    Act SetKey = TIPC_NL_KEY_SET {
        /// Sets the key of the attributes.
        named() {}
    }
    /// Deletes all keys.
    Act FlushKeys = TIPC_NL_KEY_FLUSH {
        /// Deletes the keys of the namespace.
        all() {}
    }
}
