//! `handshake`: TLS handshakes that the kernel asks a program for, such as
//! `tlshd` (`linux/handshake.h`).
//!
//! After [`Change::Ready`] the program accepts a request, runs the handshake on
//! the socket that the answer names, and reports its end:
//!
//! ```
//! use nlwire::generic::handshake::{AcceptRequest, DoneAttr, HandlerClass, ReportDone};
//!
//! let accept = AcceptRequest::of(HandlerClass::TLSHD);
//! # let socket = 7;
//! let done = ReportDone::of_socket(socket, 0).with(&[DoneAttr::RemoteKey(42)]);
//! ```

use super::family::{changes, family, requests};
use crate::codec::{Many, Nest, Text};
use crate::{attributes, numbers};

family! {
    name HANDSHAKE_FAMILY_NAME "handshake";
    version HANDSHAKE_FAMILY_VERSION 1;
    group HANDSHAKE_MCGRP_NONE "none" "unused.";
    group HANDSHAKE_MCGRP_TLSHD "tlshd" "requests for TLS: [`Change`].";
    command 1 HANDSHAKE_CMD_READY Accept "Reports that a request waits.";
    command 2 HANDSHAKE_CMD_ACCEPT Accept "Accepts a request.";
    command 3 HANDSHAKE_CMD_DONE Done "Reports the end of a handshake.";
}

requests! {
    Accept, AcceptAttr, AcceptRow, "handshake";

    /// Accepts a request that waits. The row has the socket, which the kernel
    /// adds to the descriptors of the process.
    Ask AcceptRequest = HANDSHAKE_CMD_ACCEPT {
        /// Accepts a request for this kind of program.
        of(class: HandlerClass) { Class(class) }
    }
}

requests! {
    Done, DoneAttr, DoneRow, "handshake";

    /// Reports the end of a handshake: `with`
    /// [`RemoteKey`](DoneAttr::RemoteKey) for each identity of the peer.
    Act ReportDone = HANDSHAKE_CMD_DONE {
        /// Reports the end on this socket: 0, or an errno.
        of_socket(descriptor: i32, status: u32) { Status(status), Socket(descriptor) }
    }
}

changes! {
    /// Notification of the group [`HANDSHAKE_MCGRP_TLSHD`].
    Change {
        /// Request that waits.
        Ready(Accept) = HANDSHAKE_CMD_READY;
    }
}

numbers! {
    /// Authentication of the peer.
    pub struct AuthMode(u32) {
        UNSPEC = 0 "HANDSHAKE_AUTH_UNSPEC" "unspec";
        UNAUTHENTICATED = 1 "HANDSHAKE_AUTH_UNAUTH" "unauth";
        /// Preshared key.
        PSK = 2 "HANDSHAKE_AUTH_PSK" "psk";
        X509 = 3 "HANDSHAKE_AUTH_X509" "x509";
    }
}

numbers! {
    /// Kind of program that runs handshakes.
    pub struct HandlerClass(u32) {
        NONE = 0 "HANDSHAKE_HANDLER_CLASS_NONE" "none";
        TLSHD = 1 "HANDSHAKE_HANDLER_CLASS_TLSHD" "tlshd";
    }
}

numbers! {
    /// Side of a handshake.
    pub struct HelloType(u32) {
        UNSPEC = 0 "HANDSHAKE_MSG_TYPE_UNSPEC" "unspec";
        CLIENT = 1 "HANDSHAKE_MSG_TYPE_CLIENTHELLO" "clienthello";
        SERVER = 2 "HANDSHAKE_MSG_TYPE_SERVERHELLO" "serverhello";
    }
}

attributes! {
    /// Accepted request (`HANDSHAKE_A_ACCEPT_*`). A notification has the kind of program
    /// alone.
    pub set Accept, enum AcceptAttr {
        /// Descriptor of the socket.
        1 HANDSHAKE_A_ACCEPT_SOCKFD Socket socket: i32,
        /// Kind of program.
        2 HANDSHAKE_A_ACCEPT_HANDLER_CLASS Class class: HandlerClass,
        /// Side of the handshake.
        3 HANDSHAKE_A_ACCEPT_MESSAGE_TYPE Hello hello: HelloType,
        /// Timeout in milliseconds; absent for none.
        4 HANDSHAKE_A_ACCEPT_TIMEOUT Timeout timeout: u32,
        /// Authentication of the peer.
        5 HANDSHAKE_A_ACCEPT_AUTH_MODE Auth auth: AuthMode,
        /// Serial number of a preshared key, an attribute for each; absent unless the
        /// peer is authenticated by [`PSK`](AuthMode::PSK).
        6 HANDSHAKE_A_ACCEPT_PEER_IDENTITY PeerKey peer_key: Many<u32>,
        /// Certificate, an attribute for each; absent unless the peer is authenticated by
        /// [`X509`](AuthMode::X509), and if the program uses its own certificate.
        7 HANDSHAKE_A_ACCEPT_CERTIFICATE Certificate certificate: Many<Nest<Certificate>>,
        /// Name of the peer, which its certificate must have; absent if the kernel knows
        /// none.
        8 HANDSHAKE_A_ACCEPT_PEERNAME PeerName peer_name: Text,
        /// Serial number of a keyring with further keys; absent for none.
        9 HANDSHAKE_A_ACCEPT_KEYRING Keyring keyring: u32,
    }
}

attributes! {
    /// Certificate, as serial numbers of keys (`HANDSHAKE_A_X509_*`).
    pub set Certificate, enum CertificateAttr {
        /// Key with the certificate.
        1 HANDSHAKE_A_X509_CERT Certificate certificate: i32,
        /// Key with the private key.
        2 HANDSHAKE_A_X509_PRIVKEY PrivateKey private_key: i32,
    }
}

attributes! {
    /// End of a handshake (`HANDSHAKE_A_DONE_*`).
    pub set Done, enum DoneAttr {
        /// Status: 0, or an errno.
        1 HANDSHAKE_A_DONE_STATUS Status status: u32,
        /// Descriptor of the socket.
        2 HANDSHAKE_A_DONE_SOCKFD Socket socket: i32,
        /// Serial number of a key that identifies the peer, an attribute for each; absent
        /// if the peer was not authenticated. The kernel takes the first five.
        3 HANDSHAKE_A_DONE_REMOTE_AUTH RemoteKey remote_key: Many<u32>,
    }
}
