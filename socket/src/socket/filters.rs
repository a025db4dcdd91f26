//! Filters that the kernel runs on each datagram before queueing it
//! (`linux/filter.h`).

use nlwire::Errno;
use rustix::fd::{AsRawFd, BorrowedFd};

use crate::{Error, Operation, OptionName, Socket, sys};

/// Instruction of classic BPF, `struct sock_filter` (`linux/filter.h`).
///
/// ```text
///  0       2    3    4              8
/// +-------+----+----+--------------+
/// | code  | jt | jf | k            |
/// +-------+----+----+--------------+
/// ```
///
/// A program reads one datagram from its first `nlmsghdr` on, and returns the
/// number of bytes to keep: [`KEEP`](Self::KEEP) for all, or
/// [`DROP`](Self::DROP). Loads read big-endian numbers, so compare a field in
/// native order with [`to_be`](u16::to_be) of a number.
///
/// ```
/// use nlsock::Instruction;
///
/// const RTM_NEWLINK: u16 = 16;
/// // Keeps datagrams that begin with a message of type RTM_NEWLINK.
/// const NEW_LINKS: &[Instruction] = &[
///     Instruction::load_u16(4),
///     Instruction::skip_unless_equal(RTM_NEWLINK.to_be() as u32, 1),
///     Instruction::KEEP,
///     Instruction::DROP,
/// ];
/// let socket = nlsock::Config::new(nlsock::Protocol::ROUTE).open_socket()?;
/// socket.attach_filter(NEW_LINKS)?;
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
#[doc(alias = "sock_filter")]
pub struct Instruction {
    /// Operation code: the sum of `BPF_` constants.
    pub code: u16,
    /// Number of instructions to skip if a comparison is true.
    #[doc(alias = "jt")]
    pub if_true: u8,
    /// Number of instructions to skip if a comparison is false.
    #[doc(alias = "jf")]
    pub if_false: u8,
    /// Operand: an offset, a number or a length.
    #[doc(alias = "k")]
    pub operand: u32,
}

impl Instruction {
    /// Keeps the whole datagram: `BPF_RET | BPF_K`.
    pub const KEEP: Self = Self::statement(0x06, u32::MAX);
    /// Drops the datagram: `BPF_RET | BPF_K`.
    pub const DROP: Self = Self::statement(0x06, 0);

    /// Creates any instruction without a jump.
    #[must_use]
    #[doc(alias = "BPF_STMT")]
    pub const fn statement(code: u16, operand: u32) -> Self {
        Self::jump(code, operand, 0, 0)
    }

    /// Creates any instruction.
    ///
    /// ```
    /// use nlsock::Instruction;
    ///
    /// // `BPF_JMP | BPF_JGE | BPF_K`: skips one instruction below 1,000.
    /// const AT_LEAST: Instruction = Instruction::jump(0x35, 1000, 0, 1);
    /// ```
    #[must_use]
    #[doc(alias = "BPF_JUMP")]
    pub const fn jump(code: u16, operand: u32, if_true: u8, if_false: u8) -> Self {
        Self {
            code,
            if_true,
            if_false,
            operand,
        }
    }

    /// Loads the byte at an offset: `BPF_LD | BPF_B | BPF_ABS`.
    ///
    /// All loads drop a datagram that ends before the offset.
    #[must_use]
    pub const fn load_u8(offset: u32) -> Self {
        Self::statement(0x30, offset)
    }

    /// Loads the big-endian 16 bits at an offset: `BPF_LD | BPF_H | BPF_ABS`.
    #[must_use]
    pub const fn load_u16(offset: u32) -> Self {
        Self::statement(0x28, offset)
    }

    /// Loads the big-endian 32 bits at an offset: `BPF_LD | BPF_W | BPF_ABS`.
    #[must_use]
    pub const fn load_u32(offset: u32) -> Self {
        Self::statement(0x20, offset)
    }

    /// Skips `count` instructions if the loaded number equals `value`:
    /// `BPF_JMP | BPF_JEQ | BPF_K`.
    #[must_use]
    pub const fn skip_if_equal(value: u32, count: u8) -> Self {
        Self::jump(0x15, value, count, 0)
    }

    /// Skips `count` instructions if the loaded number differs from `value`:
    /// `BPF_JMP | BPF_JEQ | BPF_K`.
    #[must_use]
    pub const fn skip_unless_equal(value: u32, count: u8) -> Self {
        Self::jump(0x15, value, 0, count)
    }
}

impl Socket {
    /// Attaches a program of classic BPF, which replaces the filter of the
    /// socket: `SO_ATTACH_FILTER` of `socket(7)`.
    ///
    /// Datagrams in the queue were not filtered, so they are discarded. Only a
    /// datagram that another CPU queues at this moment can still arrive
    /// unfiltered. Attach a filter before joining groups, and without a request
    /// in flight: acknowledgements are filtered too.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a program that is empty, invalid, or longer than 4,096
    /// instructions, `EPERM` if the filter is locked, `ENOMEM` if the program
    /// does not fit `net.core.optmem_max`. The socket then keeps its filter.
    #[doc(alias = "SO_ATTACH_FILTER")]
    pub fn attach_filter(&self, program: &[Instruction]) -> Result<(), Error> {
        self.attach_and_drain(OptionName::AttachFilter, || {
            sys::attach_filter(self.as_fd(), program)
        })
    }

    /// Attaches a loaded eBPF program of type `BPF_PROG_TYPE_SOCKET_FILTER`,
    /// which replaces the filter of the socket: `SO_ATTACH_BPF` of `socket(7)`.
    ///
    /// Discards queued datagrams, as [`attach_filter`](Self::attach_filter)
    /// does.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a program of another type or a descriptor of another kind,
    /// `EPERM` if the filter is locked. The socket then keeps its filter.
    #[doc(alias = "SO_ATTACH_BPF")]
    pub fn attach_bpf(&self, program: BorrowedFd<'_>) -> Result<(), Error> {
        let option = OptionName::AttachBpf;
        self.attach_and_drain(option, || {
            sys::set(self.as_fd(), option, program.as_raw_fd())
        })
    }

    /// Detaches the filter of either kind: `SO_DETACH_FILTER` of `socket(7)`.
    ///
    /// # Errors
    ///
    /// `ENOENT` if the socket has no filter, `EPERM` if the filter is locked.
    #[doc(alias = "SO_DETACH_FILTER")]
    pub fn detach_filter(&self) -> Result<(), Error> {
        self.set(OptionName::DetachFilter, 0)
    }

    /// Locks the filter, or the absence of one, permanently: `SO_LOCK_FILTER`
    /// of `socket(7)`. No filter can be attached or detached afterwards.
    ///
    /// # Errors
    ///
    /// Errors of `setsockopt(2)`.
    #[doc(alias = "SO_LOCK_FILTER")]
    pub fn lock_filter(&self) -> Result<(), Error> {
        self.set(OptionName::LockFilter, 1)
    }

    /// Returns true if the filter is locked.
    ///
    /// # Errors
    ///
    /// Errors of `getsockopt(2)`.
    #[doc(alias = "SO_LOCK_FILTER")]
    pub fn is_filter_locked(&self) -> Result<bool, Error> {
        Ok(self.get(OptionName::LockFilter)? != 0)
    }

    fn attach_and_drain(
        &self,
        option: OptionName,
        attach: impl Fn() -> Result<(), Errno>,
    ) -> Result<(), Error> {
        let fail = |errno| self.error(Operation::Set(option), errno);
        // An invalid program must not change filter and queue.
        attach().map_err(fail)?;
        if self.discard_one() {
            // Nothing may be queued while the queue is emptied: on a busy
            // socket it would never be empty.
            sys::attach_filter(self.as_fd(), &[Instruction::DROP]).map_err(fail)?;
            while self.discard_one() {}
            if let Err(errno) = attach() {
                // Without a filter the socket receives too much, which is
                // better than nothing.
                let _ = self.detach_filter();
                return Err(fail(errno));
            }
        }
        Ok(())
    }

    /// Discards one datagram or one error; returns false if the queue is empty.
    fn discard_one(&self) -> bool {
        sys::receive_plain(self.as_fd(), &mut []) != Err(Errno::EAGAIN)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::Instruction;
    use crate::testing::{noop, recv_soon};
    use crate::{Config, Errno, Protocol, Socket};
    use rustix::fd::AsFd as _;

    /// Keeps acknowledgements of sequence number 7, which is at byte 8.
    const SEVEN: &[Instruction] = &[
        Instruction::load_u32(8),
        Instruction::skip_if_equal(7_u32.to_be(), 1),
        Instruction::DROP,
        Instruction::KEEP,
    ];

    fn ask(socket: &Socket, sequence: u32) {
        socket.send_vectored(&[&noop(sequence)], None).unwrap();
    }

    #[test]
    fn filters_and_drains() {
        let socket = Config::new(Protocol::ROUTE).open_socket().unwrap();
        // These are answered and queued before the program is attached.
        for sequence in 1..=20 {
            ask(&socket, sequence);
        }
        socket.attach_filter(SEVEN).unwrap();
        for sequence in 5..9 {
            ask(&socket, sequence);
        }
        assert_eq!(
            recv_soon(&socket).get(8..12),
            Some(&7_u32.to_ne_bytes()[..])
        );
        assert_eq!(socket.recv(&mut [0; 64]), Err(Errno::EAGAIN));
        // Discarded datagrams are not a loss, or a stream of events would
        // report it.
        assert_eq!(socket.memory_info().unwrap().drops, 0);

        socket.detach_filter().unwrap();
        ask(&socket, 5);
        assert_eq!(
            recv_soon(&socket).get(8..12),
            Some(&5_u32.to_ne_bytes()[..])
        );
        assert_eq!(
            socket.detach_filter().unwrap_err().errno(),
            Some(Errno::ENOENT)
        );
    }

    #[test]
    fn a_bad_program_changes_nothing() {
        let socket = Config::new(Protocol::ROUTE).open_socket().unwrap();
        socket.attach_filter(SEVEN).unwrap();
        ask(&socket, 7);
        for bad in [
            &[][..],
            &[Instruction::load_u8(0)],
            &[Instruction::KEEP; 4097],
        ] {
            let error = socket.attach_filter(bad).unwrap_err();
            assert_eq!(error.errno(), Some(Errno::EINVAL), "{error}");
        }
        let other = Config::new(Protocol::ROUTE).open_socket().unwrap();
        let error = socket.attach_bpf(other.as_fd()).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::EINVAL));
        assert_eq!(recv_soon(&socket).len(), 36);
        ask(&socket, 8);
        assert_eq!(socket.recv(&mut [0; 64]), Err(Errno::EAGAIN));
    }

    #[test]
    fn a_locked_filter_stays() {
        let socket = Config::new(Protocol::ROUTE).open_socket().unwrap();
        socket.attach_filter(SEVEN).unwrap();
        assert!(!socket.is_filter_locked().unwrap());
        socket.lock_filter().unwrap();
        assert!(socket.is_filter_locked().unwrap());
        assert!(socket.detach_filter().unwrap_err().is_permission());
        assert!(socket.attach_filter(SEVEN).unwrap_err().is_permission());
    }
    #[test]
    fn an_ebpf_program_filters_and_drains() {
        let load = |keep| crate::sys::bpf::load_filter(keep);
        let (drop, keep) = match (load(0), load(-1)) {
            (Ok(drop), Ok(keep)) => (drop, keep),
            // Most systems permit it to privileged programs only, and some lack
            // it.
            (Err(errno @ (Errno::EPERM | Errno::ENOSYS)), _) => {
                std::eprintln!("skipped, no eBPF: {errno}");
                return;
            }
            (drop, keep) => panic!("{drop:?} {keep:?}"),
        };
        let socket = Config::new(Protocol::ROUTE).open_socket().unwrap();
        ask(&socket, 1);
        socket.attach_bpf(drop.as_fd()).unwrap();
        ask(&socket, 2);
        assert_eq!(socket.recv(&mut [0; 64]), Err(Errno::EAGAIN));
        socket.attach_bpf(keep.as_fd()).unwrap();
        ask(&socket, 3);
        assert_eq!(
            recv_soon(&socket).get(8..12),
            Some(&3_u32.to_ne_bytes()[..])
        );
        socket.detach_filter().unwrap();
        let error = socket.detach_filter().unwrap_err();
        assert_eq!(error.errno(), Some(Errno::ENOENT));
    }
}
