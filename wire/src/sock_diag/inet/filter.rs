//! Filters of ss(8) as values, and the program that the kernel runs for them
//! (`net/ipv4/inet_diag.c`).
//!
//! Each condition is a step that goes on behind itself if it holds, and jumps
//! forwards otherwise. A program accepts a socket if it ends exactly at its
//! end; a jump four bytes past the end rejects the socket.
//!
//! ```text
//!  All [a, b]       a --no--> reject      Any [a, b]       a --no--.
//!                   b --no--> reject                       JMP ----|--> end
//!                   end                                    b <-----'  --no--> reject
//!                                                          end
//!  Not a            a --no--> end
//!                   JMP ----> reject
//!                   end
//! ```

use core::net::{IpAddr, SocketAddr};
use core::ops::RangeInclusive;

use super::{INET_DIAG_REQ_BYTECODE, Inet, InetFilter, InetFilterCode, InetRow};
use crate::sock_diag::{AF_INET, AF_INET6};
use crate::zerocopy::IntoBytes as _;
use crate::{LinkIndex, Prefix, Put, Writer, fields};

/// Condition on a TCP, UDP, raw, SCTP or MPTCP socket, as a filter of ss(8).
///
/// ```
/// use nlwire::Prefix;
/// use nlwire::sock_diag::{GetInetSockets, SocketFilter};
///
/// // ss -4 -t '( dport = 80 or dport = 443 ) and not dst 10.0.0.0/8'
/// let web = [SocketFilter::remote_port(80), SocketFilter::remote_port(443)];
/// let private: Prefix = "10.0.0.0/8".parse()?;
/// let both = [
///     SocketFilter::Any(&web),
///     SocketFilter::Not(&SocketFilter::Remote(private)),
/// ];
/// let query = GetInetSockets::tcp().filter(SocketFilter::All(&both));
/// # Ok::<(), nlwire::PrefixError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SocketFilter<'a> {
    /// Local port is in a range, both ends included (`sport >= FROM and sport
    /// <= TO`).
    LocalPorts {
        /// Lowest port.
        from: u16,
        /// Highest port.
        to: u16,
    },
    /// Port of the peer is in a range, both ends included (`dport`).
    RemotePorts {
        /// Lowest port.
        from: u16,
        /// Highest port.
        to: u16,
    },
    /// Local address is in this network (`src`). Sockets of IPv6 that use IPv4
    /// match a network of IPv4, too.
    Local(Prefix),
    /// Address of the peer is in this network (`dst`).
    Remote(Prefix),
    /// Socket was not bound to its port by bind(2) (`autobound`): the kernel chose
    /// the port, or the connection was accepted.
    AutoBound,
    /// Socket is bound to this link; with [`LinkIndex::NONE`] to none (`dev`).
    Device(LinkIndex),
    /// Mark of sent packets is `value` in the bits of `mask` (`fwmark`). The
    /// kernel answers `EPERM` without `CAP_NET_ADMIN`.
    Mark {
        /// Value of the bits.
        value: u32,
        /// Bits that are compared.
        mask: u32,
    },
    /// Socket belongs to the control group (cgroup v2) with this ID (`cgroup`,
    /// Linux 5.9): the inode number of its directory.
    ControlGroup(u64),
    /// Condition does not hold (`not`).
    Not(&'a Self),
    /// All conditions hold (`and`); true without any.
    All(&'a [Self]),
    /// At least one condition holds (`or`); false without any.
    Any(&'a [Self]),
}

impl SocketFilter<'_> {
    /// Condition that holds for every socket.
    pub const EVERY: Self = Self::All(&[]);

    /// Returns the condition that the local port is this one (`sport = PORT`).
    #[must_use]
    pub const fn local_port(port: u16) -> Self {
        let (from, to) = (port, port);
        Self::LocalPorts { from, to }
    }

    /// Returns the condition that the port of the peer is this one (`dport =
    /// PORT`).
    #[must_use]
    pub const fn remote_port(port: u16) -> Self {
        let (from, to) = (port, port);
        Self::RemotePorts { from, to }
    }

    /// Returns the condition that the local port is in a range.
    ///
    /// ```
    /// use nlwire::sock_diag::SocketFilter;
    ///
    /// let privileged = SocketFilter::local_ports(0..=1023);
    /// assert_eq!(privileged, SocketFilter::LocalPorts { from: 0, to: 1023 });
    /// ```
    #[must_use]
    pub const fn local_ports(ports: RangeInclusive<u16>) -> Self {
        let (from, to) = (*ports.start(), *ports.end());
        Self::LocalPorts { from, to }
    }

    /// Returns the condition that the port of the peer is in a range.
    #[must_use]
    pub const fn remote_ports(ports: RangeInclusive<u16>) -> Self {
        let (from, to) = (*ports.start(), *ports.end());
        Self::RemotePorts { from, to }
    }

    /// Returns true if the condition holds for a row; `None` if the row lacks the
    /// attribute that decides.
    ///
    /// ```
    /// use nlwire::sock_diag::{InetRow, SocketFilter};
    ///
    /// fn is_server(socket: &InetRow<'_>) -> bool {
    ///     SocketFilter::local_ports(0..=1023).holds(socket) == Some(true)
    /// }
    /// ```
    #[must_use]
    pub fn holds(&self, row: &InetRow<'_>) -> Option<bool> {
        match *self {
            Self::LocalPorts { from, to } => within(row.local(), from, to),
            Self::RemotePorts { from, to } => within(row.remote(), from, to),
            Self::Local(network) => inside(row.local(), network),
            Self::Remote(network) => inside(row.remote(), network),
            Self::AutoBound => None,
            Self::Device(link) => Some(row.device() == link),
            Self::Mark { value, mask } => {
                let mark = fields!(row.attributes => Inet { mark }).ok()?.mark?;
                Some(mark & mask == value)
            }
            Self::ControlGroup(id) => {
                let group = fields!(row.attributes => Inet { control_group }).ok()?;
                Some(group.control_group? == id)
            }
            Self::Not(condition) => condition.holds(row).map(|holds| !holds),
            Self::All(conditions) => settled(conditions, row, false),
            Self::Any(conditions) => settled(conditions, row, true),
        }
    }

    /// Puts the program of a condition into a request, unless it is empty.
    pub(super) fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let length = self.length();
        if length == 0 {
            return Ok(w);
        }
        w.put_with(INET_DIAG_REQ_BYTECODE, length, |room| {
            let mut program = Program { room, at: 0 };
            program.write(self, length.saturating_add(JUMP));
        })
    }

    /// Returns the length of the program in bytes.
    fn length(&self) -> usize {
        match self {
            Self::Not(condition) => condition.length().saturating_add(JUMP),
            Self::Any([]) => JUMP,
            Self::Any(conditions) => {
                let jumps = conditions.len().saturating_sub(1).saturating_mul(JUMP);
                total(conditions).saturating_add(jumps)
            }
            Self::All(conditions) => total(conditions),
            leaf => leaf
                .steps()
                .iter()
                .flatten()
                .fold(0, |sum, step| sum.saturating_add(step.length())),
        }
    }

    /// Returns the steps of a condition without others in it.
    fn steps(&self) -> [Option<Step>; 2] {
        use InetFilterCode as Code;
        match *self {
            Self::LocalPorts { from, to } => {
                ports(from, to, [Code::S_COND, Code::S_GE, Code::S_LE])
            }
            Self::RemotePorts { from, to } => {
                ports(from, to, [Code::D_COND, Code::D_GE, Code::D_LE])
            }
            Self::Local(network) => [Some(Step::network(Code::S_COND, network)), None],
            Self::Remote(network) => [Some(Step::network(Code::D_COND, network)), None],
            Self::AutoBound => [Some(Step::new(Code::AUTO, &[])), None],
            Self::Device(link) => {
                let index = link.get().to_ne_bytes();
                [Some(Step::new(Code::DEV_COND, &[&index])), None]
            }
            Self::Mark { value, mask } => {
                let parts = [value.to_ne_bytes(), mask.to_ne_bytes()];
                let [value, mask] = &parts;
                [Some(Step::new(Code::MARK_COND, &[value, mask])), None]
            }
            Self::ControlGroup(id) => {
                let id = id.to_ne_bytes();
                [Some(Step::new(Code::CGROUP_COND, &[&id])), None]
            }
            Self::Not(_) | Self::All(_) | Self::Any(_) => [None, None],
        }
    }
}

fn within(end: Option<SocketAddr>, from: u16, to: u16) -> Option<bool> {
    let port = end?.port();
    Some(from <= port && port <= to)
}

fn inside(end: Option<SocketAddr>, network: Prefix) -> Option<bool> {
    let address = end?.ip();
    Some(network.contains(address) || network.contains(address.to_canonical()))
}

/// Returns the value that one condition settles, or the opposite if none does.
fn settled(conditions: &[SocketFilter<'_>], row: &InetRow<'_>, value: bool) -> Option<bool> {
    let mut rest = Some(!value);
    for condition in conditions {
        match condition.holds(row) {
            Some(holds) if holds == value => return Some(value),
            Some(_) => {}
            None => rest = None,
        }
    }
    rest
}

fn total(conditions: &[SocketFilter<'_>]) -> usize {
    conditions
        .iter()
        .fold(0, |sum, condition| sum.saturating_add(condition.length()))
}

/// Returns the steps for a range of ports: one for a single port, none for all.
fn ports(from: u16, to: u16, codes: [InetFilterCode; 3]) -> [Option<Step>; 2] {
    let [equal, at_least, at_most] = codes;
    if from == to {
        return [Some(Step::end(equal, from.into(), 0, 0, &[])), None];
    }
    let step = |code, port: u16| {
        let bound = InetFilter {
            no: port.into(),
            ..InetFilter::default()
        };
        Step::new(code, &[bound.as_bytes()])
    };
    let low = (from > 0).then(|| step(at_least, from));
    let high = (to < u16::MAX).then(|| step(at_most, to));
    [low, high]
}

/// Length of a step without data, such as a jump.
const JUMP: usize = 4;

/// Step of a program: a condition, and the data that it compares with.
struct Step {
    code: InetFilterCode,
    data: [u8; 24],
    length: usize,
}

impl Step {
    fn new(code: InetFilterCode, parts: &[&[u8]]) -> Self {
        let mut data = [0; 24];
        let mut length = 0_usize;
        for (to, from) in data.iter_mut().zip(parts.iter().copied().flatten()) {
            *to = *from;
            length = length.saturating_add(1);
        }
        Self { code, data, length }
    }

    /// A comparison with a `struct inet_diag_hostcond`. Port -1 is any port.
    fn end(code: InetFilterCode, port: i32, family: u8, length: u8, address: &[u8]) -> Self {
        let head = [family, length, 0, 0];
        Self::new(code, &[&head, &port.to_ne_bytes(), address])
    }

    fn network(code: InetFilterCode, network: Prefix) -> Self {
        let length = network.length();
        match network.address() {
            IpAddr::V4(address) => Self::end(code, -1, AF_INET, length, &address.octets()),
            IpAddr::V6(address) => Self::end(code, -1, AF_INET6, length, &address.octets()),
        }
    }

    const fn length(&self) -> usize {
        JUMP.saturating_add(self.length)
    }
}

/// Program that is written into an attribute.
struct Program<'p> {
    room: &'p mut [u8],
    at: usize,
}

impl Program<'_> {
    /// Writes the steps of a condition, which jump to `reject` if it fails.
    fn write(&mut self, condition: &SocketFilter<'_>, reject: usize) {
        match condition {
            SocketFilter::Not(condition) => {
                let end = self
                    .at
                    .saturating_add(condition.length())
                    .saturating_add(JUMP);
                self.write(condition, end);
                self.jump(reject);
            }
            SocketFilter::All(conditions) => {
                for condition in *conditions {
                    self.write(condition, reject);
                }
            }
            SocketFilter::Any([]) => self.jump(reject),
            SocketFilter::Any([others @ .., last]) => {
                let end = self.at.saturating_add(condition.length());
                for other in others {
                    let next = self.at.saturating_add(other.length()).saturating_add(JUMP);
                    self.write(other, next);
                    self.jump(end);
                }
                self.write(last, reject);
            }
            leaf => {
                for step in leaf.steps().iter().flatten() {
                    self.step(step, reject);
                }
            }
        }
    }

    fn jump(&mut self, to: usize) {
        self.step(&Step::new(InetFilterCode::JMP, &[]), to);
    }

    fn step(&mut self, step: &Step, no: usize) {
        let step_length = step.length();
        let head = InetFilter {
            code: step.code,
            yes: u8::try_from(step_length).unwrap_or_default(),
            // No attribute is as long as would overflow.
            no: u16::try_from(no.saturating_sub(self.at))
                .unwrap_or_default()
                .into(),
        };
        let room = self.room.get_mut(self.at..).unwrap_or_default();
        let bytes = head.as_bytes().iter().chain(&step.data);
        for (to, from) in room.iter_mut().zip(bytes.take(step_length)) {
            *to = *from;
        }
        self.at = self.at.saturating_add(step_length);
    }
}

crate::__format!(SocketFilter<'_>);
