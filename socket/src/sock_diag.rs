//! Processes of sockets, as `/proc/PID/fd` names them (proc_pid_fd(5)): the kernel
//! knows a socket by its inode number only.

use alloc::borrow::ToOwned as _;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use std::fs;
use std::io;
use std::path::Path;

/// Processes that have sockets open, by the inode numbers of the sockets.
///
/// ```
/// use nlsock::sock_diag::Processes;
/// use nlsock::{Conn, Protocol};
/// use nlwire::sock_diag::{GetInetSockets, TcpStates};
///
/// // ss -4 -tlnp
/// let processes = Processes::read()?;
/// let mut conn = Conn::open(Protocol::SOCK_DIAG)?;
/// for socket in &conn.list(GetInetSockets::tcp().states(TcpStates::LISTEN))? {
///     println!("{:?} {:?}", socket.local(), processes.of(socket.inode()));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Processes {
    by_inode: BTreeMap<u64, Vec<Process>>,
    unreadable: usize,
}

/// Process that has a socket open.
///
/// ```
/// use nlsock::sock_diag::Processes;
/// use std::net::UdpSocket;
/// use std::os::fd::AsRawFd as _;
/// use std::os::unix::fs::MetadataExt as _;
///
/// let socket = UdpSocket::bind("127.0.0.1:0")?;
/// let path = format!("/proc/self/fd/{}", socket.as_raw_fd());
/// let inode = std::fs::metadata(path)?.ino();
/// let processes = Processes::read()?;
/// let [process] = processes.of(inode) else { panic!("another process has it, too") };
/// assert_eq!(process.id, std::process::id());
/// // ("server",pid=812,fd=3), as ss(8) prints it
/// println!("({process})");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    /// Process ID.
    pub id: u32,
    /// File descriptor of the socket in the process.
    pub descriptor: u32,
    /// Name of the process (`/proc/PID/comm`), at most 15 bytes; other bytes than
    /// UTF-8 are replaced.
    pub name: String,
}

impl Processes {
    /// Reads the open files of all processes. A process that ends meanwhile is
    /// left out.
    ///
    /// # Errors
    ///
    /// Fails if `/proc` cannot be read.
    pub fn read() -> io::Result<Self> {
        let mut processes = Self::default();
        for entry in fs::read_dir("/proc")? {
            let entry = entry?;
            if let Some(id) = number(&entry) {
                processes.add(id, &entry.path());
            }
        }
        Ok(processes)
    }

    /// Returns the processes that have the socket with this inode number open,
    /// once for each of their descriptors.
    pub fn of(&self, inode: impl Into<u64>) -> &[Process] {
        self.by_inode
            .get(&inode.into())
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Returns the number of processes whose open files this program may not
    /// read: those of other users need `CAP_SYS_PTRACE`.
    #[must_use]
    pub const fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// Adds the sockets of a process.
    fn add(&mut self, id: u32, folder: &Path) {
        let files = match fs::read_dir(folder.join("fd")) {
            Ok(files) => files,
            Err(error) => {
                let is_forbidden = error.kind() == io::ErrorKind::PermissionDenied;
                self.unreadable = self.unreadable.saturating_add(is_forbidden.into());
                return;
            }
        };
        let name = fs::read(folder.join("comm")).unwrap_or_default();
        let name = String::from_utf8_lossy(name.trim_ascii_end());
        for file in files.flatten() {
            let Some(inode) = fs::read_link(file.path()).ok().and_then(|to| inode(&to)) else {
                continue;
            };
            let process = Process {
                id,
                descriptor: number(&file).unwrap_or_default(),
                name: (*name).to_owned(),
            };
            self.by_inode.entry(inode).or_default().push(process);
        }
    }
}

impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?},pid={},fd={}", self.name, self.id, self.descriptor)
    }
}

/// Returns the number that is the name of a file.
fn number(entry: &fs::DirEntry) -> Option<u32> {
    entry.file_name().to_str()?.parse().ok()
}

/// Returns the inode number of a link to a socket, such as `socket:[21043]`.
fn inode(link: &Path) -> Option<u64> {
    let text = link.to_str()?;
    let number = text.strip_prefix("socket:[")?.strip_suffix(']')?;
    number.parse().ok()
}
