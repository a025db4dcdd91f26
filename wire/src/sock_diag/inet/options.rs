//! Options of a socket: `INET_DIAG_SOCKOPT`.

use crate::numbers::flags;

/// Declares the flags in the machine's order: C bit fields begin with the
/// lowest bit on little-endian machines, and with the highest bit on others.
macro_rules! options {
    ($vis:vis $type:ident: $($(#[$($doc:tt)*])* $flag:ident = $little:literal $big:literal $name:literal;)*) => {
        options! { @ "little" $vis $type: $($(#[$($doc)*])* $flag = $little $name;)* }
        options! { @ "big" $vis $type: $($(#[$($doc)*])* $flag = $big $name;)* }
    };
    (@ $endian:literal $vis:vis $type:ident: $($(#[$($doc:tt)*])* $flag:ident = $bits:literal $name:literal;)*) => {
        #[cfg(target_endian = $endian)]
        flags! {
            /// Options of a socket (`struct inet_diag_sockopt`), whose bits differ
            /// between little-endian and big-endian machines.
            $vis struct $type(u16) {
                $($(#[$($doc)*])* $flag = $bits $name $name;)*
            }
        }
    };
}

options! { pub SocketOptions:
    /// Errors are queued (`IP_RECVERR`).
    RECVERR = 0x1 0x8000 "recverr";
    /// The socket is connection-oriented: TCP, SCTP or MPTCP.
    IS_ICSK = 0x2 0x4000 "is_icsk";
    /// Addresses can be bound before they exist (`IP_FREEBIND`).
    FREEBIND = 0x4 0x2000 "freebind";
    /// The program writes IP headers (`IP_HDRINCL`).
    HDRINCL = 0x8 0x1000 "hdrincl";
    /// Multicast packets are looped back (`IP_MULTICAST_LOOP`).
    MC_LOOP = 0x10 0x800 "mc_loop";
    /// Addresses of other hosts can be used (`IP_TRANSPARENT`).
    TRANSPARENT = 0x20 0x400 "transparent";
    /// Packets of all joined groups are received (`IP_MULTICAST_ALL`).
    MC_ALL = 0x40 0x200 "mc_all";
    /// Fragments are not reassembled (`IP_NODEFRAG`).
    NODEFRAG = 0x80 0x100 "nodefrag";
    /// `bind(2)` chooses no port (`IP_BIND_ADDRESS_NO_PORT`).
    BIND_ADDRESS_NO_PORT = 0x100 0x80 "bind_address_no_port";
    /// Errors carry ICMP extensions (`IP_RECVERR_RFC4884`).
    RECVERR_RFC4884 = 0x200 0x40 "recverr_rfc4884";
    /// The connection begins with the first data sent (`TCP_FASTOPEN_CONNECT`).
    DEFER_CONNECT = 0x400 0x20 "defer_connect";
}
