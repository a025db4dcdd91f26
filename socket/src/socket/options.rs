//! Boolean socket options of `SOL_NETLINK` (`netlink(7)`).

use crate::{Error, Operation, OptionName, Socket, sys};

impl Socket {
    pub(crate) fn set(&self, option: OptionName, value: i32) -> Result<(), Error> {
        sys::set(self.as_fd(), option, value)
            .map_err(|errno| self.error(Operation::Set(option), errno))
    }

    pub(crate) fn get(&self, option: OptionName) -> Result<i32, Error> {
        sys::get(self.as_fd(), option).map_err(|errno| self.error(Operation::Get(option), errno))
    }
}

macro_rules! switches {
    ($($(#[$doc:meta])* $c_name:literal $option:ident $getter:ident $setter:ident $details:literal)*) => {
        impl Socket {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                ///
                /// `ENOPROTOOPT` if the kernel does not know the option,
                /// `EPERM` if the option needs privileges.
                #[doc(alias = $c_name)]
                pub fn $setter(&self, on: bool) -> Result<(), Error> {
                    if on && $details {
                        self.expect_details();
                    }
                    self.set(OptionName::$option, on.into())
                }

                #[doc = concat!("Reads the option that [`", stringify!($setter), "`](Self::", stringify!($setter), ") sets.")]
                ///
                /// # Errors
                ///
                /// `ENOPROTOOPT` if the kernel does not know the option.
                #[doc(alias = $c_name)]
                pub fn $getter(&self) -> Result<bool, Error> {
                    Ok(self.get(OptionName::$option)? != 0)
                }
            )*
        }
    };
}

switches! {
    /// Adds the exact group to each datagram: `NETLINK_PKTINFO`.
    ///
    /// [`Received::group`](crate::Received::group) has the group.
    "NETLINK_PKTINFO" PacketInfo packet_info set_packet_info true

    /// Reports lost multicasts of this socket to their sender in the kernel:
    /// `NETLINK_BROADCAST_ERROR`.
    ///
    /// Conntrack, for example, then sends the event again.
    "NETLINK_BROADCAST_ERROR" BroadcastError broadcast_error set_broadcast_error false

    /// Suppresses `ENOBUFS` after losses: `NETLINK_NO_ENOBUFS`.
    ///
    /// [`MemoryInfo::drops`](crate::MemoryInfo::drops) still counts lost
    /// datagrams. [`Events`](crate::Events) then report no loss, and a request
    /// whose answer is lost waits until its timeout.
    "NETLINK_NO_ENOBUFS" NoEnobufs no_enobufs set_no_enobufs false

    /// Receives events of network namespaces with an ID in this one too:
    /// `NETLINK_LISTEN_ALL_NSID`. Needs `CAP_NET_BROADCAST`.
    ///
    /// [`Received::namespace`](crate::Received::namespace) has the ID.
    "NETLINK_LISTEN_ALL_NSID" ListenAllNamespaces listen_all_namespaces set_listen_all_namespaces true

    /// Leaves the request's payload out of refusals: `NETLINK_CAP_ACK`.
    "NETLINK_CAP_ACK" CapAck cap_ack set_cap_ack false

    /// Adds the kernel's text and the refused attribute to refusals:
    /// `NETLINK_EXT_ACK`.
    "NETLINK_EXT_ACK" ExtendedAck extended_ack set_extended_ack false

    /// Checks dump requests strictly, and filters dumps by the fields of their
    /// headers: `NETLINK_GET_STRICT_CHK`.
    "NETLINK_GET_STRICT_CHK" StrictCheck strict_check set_strict_check false

    /// Adds the user ID of the sender to each datagram: `SO_PASSCRED` of
    /// `unix(7)`.
    ///
    /// [`Received::uid`](crate::Received::uid) has the user ID.
    "SO_PASSCRED" PassCredentials pass_credentials set_pass_credentials true
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use crate::{Config, Protocol};

    #[test]
    fn every_switch_can_be_read_back() {
        let socket = Config::new(Protocol::ROUTE).open_socket().unwrap();
        macro_rules! round_trip {
            ($($getter:ident $setter:ident)*) => {$(
                for on in [true, false, true] {
                    socket.$setter(on).unwrap();
                    assert_eq!(socket.$getter().unwrap(), on, stringify!($getter));
                }
            )*};
        }
        round_trip! {
            packet_info set_packet_info
            broadcast_error set_broadcast_error
            no_enobufs set_no_enobufs
            cap_ack set_cap_ack
            extended_ack set_extended_ack
            strict_check set_strict_check
            pass_credentials set_pass_credentials
        }
        match socket.set_listen_all_namespaces(true) {
            Ok(()) => assert!(socket.listen_all_namespaces().unwrap()),
            Err(error) => assert!(error.is_permission(), "{error}"),
        }
    }
}
