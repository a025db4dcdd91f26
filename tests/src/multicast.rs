//! A multicast router: the socket of a table, without which the table does not exist.

use rustix::net::{AddressFamily, SocketFlags, SocketType, ipproto, socket_with};
use std::io;
use std::net::Ipv6Addr;
use std::os::fd::{AsRawFd as _, OwnedFd};

/// Options of the socket, the same for both families (`linux/mroute.h`).
const MRT_INIT: i32 = 200;
const MRT_ADD_VIF: i32 = 202;
const MRT_ADD_MFC: i32 = 204;
/// Index in place of an address names the link.
const VIFF_USE_IFINDEX: u8 = 8;

/// The socket that a multicast routing daemon holds. The table goes with it.
#[derive(Debug)]
pub struct MulticastRouter {
    socket: OwnedFd,
    level: i32,
}

impl MulticastRouter {
    /// Creates the default table of IPv4, whose virtual interfaces 0, 1 and so on are
    /// these links.
    ///
    /// # Errors
    /// The kernel's refusal, as of each of these functions.
    pub fn v4(links: &[u32]) -> io::Result<Self> {
        let socket = raw(AddressFamily::INET, ipproto::IGMP)?;
        let level = libc::IPPROTO_IP;
        let router = Self { socket, level };
        router.set(MRT_INIT, &1_i32.to_ne_bytes())?;
        for (number, link) in (0_u16..).zip(links) {
            // `struct vifctl`: number, flags, threshold, rate limit, link, remote address.
            let mut settings = [number.to_ne_bytes(), [VIFF_USE_IFINDEX, 1]].concat();
            settings.extend([0; 4]);
            settings.extend(link.to_ne_bytes());
            settings.extend([0; 4]);
            router.set(MRT_ADD_VIF, &settings)?;
        }
        Ok(router)
    }

    /// Creates the default table of IPv6.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn v6(links: &[u32]) -> io::Result<Self> {
        let socket = raw(AddressFamily::INET6, ipproto::ICMPV6)?;
        let level = libc::IPPROTO_IPV6;
        let router = Self { socket, level };
        router.set(MRT_INIT, &1_i32.to_ne_bytes())?;
        for (number, link) in (0_u16..).zip(links) {
            let link = u16::try_from(*link).map_err(io::Error::other)?;
            // `struct mif6ctl`: number, flags, threshold, link, rate limit.
            let mut settings = [number.to_ne_bytes(), [0, 1], link.to_ne_bytes()].concat();
            settings.extend([0; 6]);
            router.set(MRT_ADD_VIF, &settings)?;
        }
        Ok(router)
    }

    /// Creates a route of IPv6 from virtual interface 0 to virtual interface 1.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn add_v6(&self, source: Ipv6Addr, group: Ipv6Addr) -> io::Result<()> {
        let family = libc::AF_INET6.to_ne_bytes();
        // `struct mf6cctl`: two socket addresses, the incoming interface, padding, and
        // a mask of the outgoing ones.
        let mut settings = Vec::new();
        for address in [source, group] {
            settings.extend(family.iter().take(2));
            settings.extend([0; 6]);
            settings.extend(address.octets());
            settings.extend([0; 4]);
        }
        settings.extend([0; 4]);
        settings.extend(2_u32.to_ne_bytes());
        settings.extend([0; 28]);
        self.set(MRT_ADD_MFC, &settings)
    }

    fn set(&self, option: i32, value: &[u8]) -> io::Result<()> {
        let length = u32::try_from(value.len()).map_err(io::Error::other)?;
        // SAFETY: the kernel reads the given number of bytes of `value`, and the
        // socket is open.
        #[allow(unsafe_code, reason = "no crate has the options of multicast routing")]
        let result = unsafe {
            libc::setsockopt(
                self.socket.as_raw_fd(),
                self.level,
                option,
                value.as_ptr().cast(),
                length,
            )
        };
        match result {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }
}

/// Opens a raw socket.
fn raw(family: AddressFamily, protocol: rustix::net::Protocol) -> io::Result<OwnedFd> {
    let flags = SocketFlags::CLOEXEC;
    Ok(socket_with(family, SocketType::RAW, flags, Some(protocol))?)
}
