//! Network namespaces (`network_namespaces(7)`): sockets opened in another
//! namespace, and code run there.
//!
//! Each function starts a thread that enters the namespace and ends, so that no
//! other thread of the program changes its namespace. A socket stays in the
//! namespace in which it was opened.

mod named;
#[cfg(test)]
mod tests;

use core::fmt;
use nlwire::Errno;
use rustix::fd::{AsFd, AsRawFd as _, BorrowedFd, OwnedFd};
use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::string::ToString;
use std::{io, panic, thread};

use crate::{Config, Conn, Error, ErrorKind, Operation, Socket, sys};

/// Network namespace in which to open a socket or to run a closure.
///
/// Names are those of `ip netns`.
///
/// ```no_run
/// use nlsock::{Config, Conn, Namespace, Protocol};
/// use nlwire::route::{GetLinks, NewLink};
///
/// let blue = Namespace::create_if_absent("blue")?;
///
/// // A connection that talks to the network of the namespace.
/// let mut conn = Config::new(Protocol::ROUTE).open_in(&blue)?;
/// conn.execute(&NewLink::bridge("br0").if_absent().up())?;
///
/// // What std opens belongs to the namespace of its thread.
/// let listener = Namespace::named("blue").run(|| std::net::TcpListener::bind("[::]:80"))?;
///
/// Namespace::delete("blue")?;
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Namespace<'a> {
    /// Namespace of an open file, such as `/proc/thread-self/ns/net`.
    Fd(BorrowedFd<'a>),
    /// Namespace of the file with this path.
    Path(&'a Path),
    /// Name of the namespace, as given by `ip netns` or
    /// [`create`](Self::create): a file name in `/run/netns`.
    Name(&'a OsStr),
    /// Namespace of the process with this ID.
    Pid(u32),
}

impl<'a> Namespace<'a> {
    /// Refers to a namespace by its name: see [`Name`](Self::Name).
    pub fn named(name: &'a (impl AsRef<OsStr> + ?Sized)) -> Self {
        Self::Name(name.as_ref())
    }

    /// Opens the namespace's file. Requests can refer to the namespace by it
    /// (`route::namespace`) even after its name is deleted.
    ///
    /// # Errors
    ///
    /// [`Operation::OpenNamespace`] fails with `ENOENT` if the namespace does
    /// not exist, `EINVAL` for a name with a slash or a file of another kind,
    /// `EACCES` without permission. A name that was created inside of
    /// `ip netns exec` is such a file elsewhere, since that has its own mounts.
    pub fn open(self) -> Result<OwnedFd, Error> {
        let path = match self {
            Self::Fd(fd) => return fd.try_clone_to_owned().map_err(|error| self.io(&error)),
            Self::Path(path) => path.to_path_buf(),
            Self::Name(name) => named::path(name).map_err(|errno| self.failed(errno))?,
            Self::Pid(pid) => ["/proc", &pid.to_string(), "ns/net"].iter().collect(),
        };
        let file = File::open::<PathBuf>(path).map_err(|error| self.io(&error))?;
        if !sys::is_namespace(file.as_fd()) {
            return Err(self.failed(Errno::EINVAL));
        }
        Ok(file.into())
    }

    /// Runs a closure in the namespace, in a thread of its own. Sockets that it
    /// opens and programs that it starts stay in the namespace.
    ///
    /// `/sys` still shows the network of the caller. The caller needs
    /// `CAP_SYS_ADMIN` in its own user namespace and in the one that owns the
    /// network namespace.
    ///
    /// ```no_run
    /// use nlsock::Namespace;
    /// use std::net::UdpSocket;
    ///
    /// let socket = Namespace::named("blue").run(|| UdpSocket::bind("[::]:53"))??;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Operation::EnterNamespace`] fails with `EINVAL` for another kind of
    /// file, `EPERM` without the capabilities. And the errors of
    /// [`open`](Self::open).
    ///
    /// # Panics
    ///
    /// Panics if the closure does.
    #[doc(alias = "setns")]
    pub fn run<R: Send>(self, closure: impl FnOnce() -> R + Send) -> Result<R, Error> {
        let opened;
        let fd = match self {
            Self::Fd(fd) => fd,
            _ => {
                opened = self.open()?;
                opened.as_fd()
            }
        };
        let fail = |errno| self.error(Operation::EnterNamespace, errno);
        on_a_thread(fail, || {
            sys::enter_network_namespace(fd).map_err(fail)?;
            Ok(closure())
        })
    }

    fn io(&self, error: &io::Error) -> Error {
        self.failed(errno(error))
    }

    fn failed(&self, errno: Errno) -> Error {
        self.error(Operation::OpenNamespace, errno)
    }

    /// Creates an error that names the namespace.
    fn error(&self, operation: Operation, errno: Errno) -> Error {
        Error::new(None, operation, ErrorKind::System(errno)).about(self.to_string())
    }
}

/// Prints `"blue"`, `"/proc/7/ns/net"`, `of process 7`, or `of descriptor 5`.
impl fmt::Display for Namespace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fd(fd) => write!(f, "of descriptor {}", fd.as_raw_fd()),
            Self::Path(path) => write!(f, "{path:?}"),
            Self::Name(name) => write!(f, "{name:?}"),
            Self::Pid(pid) => write!(f, "of process {pid}"),
        }
    }
}

/// Refers to the namespace with this name.
impl<'a> From<&'a str> for Namespace<'a> {
    fn from(name: &'a str) -> Self {
        Self::named(name)
    }
}

/// Refers to the namespace of the file with this path.
impl<'a> From<&'a Path> for Namespace<'a> {
    fn from(path: &'a Path) -> Self {
        Self::Path(path)
    }
}

/// Refers to the namespace of an open file.
impl<'a, F: AsFd> From<&'a F> for Namespace<'a> {
    fn from(file: &'a F) -> Self {
        Self::Fd(file.as_fd())
    }
}

impl Config {
    /// Opens a connection in another network namespace, given by name, by its
    /// file, or as any [`Namespace`].
    ///
    /// ```no_run
    /// use nlsock::{Config, Namespace, Protocol};
    ///
    /// let blue = Config::new(Protocol::ROUTE).open_in("blue")?;
    /// let process = Config::new(Protocol::ROUTE).open_in(Namespace::Pid(4711))?;
    /// # Ok::<(), nlsock::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The errors of [`open_socket_in`](Self::open_socket_in) and of
    /// [`open`](Self::open).
    #[doc(alias = "setns")]
    pub fn open_in<'a>(self, namespace: impl Into<Namespace<'a>>) -> Result<Conn, Error> {
        let namespace = namespace.into();
        self.open_with(|config| config.open_socket_in(namespace))
    }

    /// Opens the socket, without a connection, in another network namespace:
    /// see [`Namespace::run`].
    ///
    /// # Errors
    ///
    /// The errors of [`Namespace::run`] and of
    /// [`open_socket`](Self::open_socket).
    #[doc(alias = "setns")]
    pub fn open_socket_in<'a>(self, namespace: impl Into<Namespace<'a>>) -> Result<Socket, Error> {
        let namespace = namespace.into();
        let protocol = self.protocol();
        self.traced(|config| match namespace.run(|| config.bare()) {
            Ok(opened) => opened,
            Err(error) => Err(error.of(protocol)),
        })
    }
}

/// Runs a closure in a new thread, which may change its namespace and then
/// ends.
fn on_a_thread<R: Send>(
    fail: impl FnOnce(Errno) -> Error,
    closure: impl FnOnce() -> Result<R, Error> + Send,
) -> Result<R, Error> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().name("netns".into());
        match thread.spawn_scoped(scope, closure) {
            Ok(thread) => thread
                .join()
                .unwrap_or_else(|panic| panic::resume_unwind(panic)),
            Err(error) => Err(fail(errno(&error))),
        }
    })
}

fn errno(error: &io::Error) -> Errno {
    // The error of a path with an inner NUL has no errno.
    error.raw_os_error().map_or(Errno::EINVAL, Errno)
}
