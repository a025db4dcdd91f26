//! Opening a socket in another network namespace (`network_namespaces(7)`).
//!
//! A thread is started for it, which enters the namespace and opens the socket
//! there. A socket stays in the namespace where it was opened.

use nlwire::Errno;
use rustix::fd::{AsFd, BorrowedFd};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::string::ToString;
use std::{io, thread};

use crate::{Config, Conn, Error, Operation, Protocol, Socket, sys};

/// Network namespace to open a socket in. The socket stays there.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Namespace<'a> {
    /// Namespace of an open file, such as `/proc/thread-self/ns/net`.
    Fd(BorrowedFd<'a>),
    /// Namespace of a file with this path.
    Path(&'a Path),
    /// Name that `ip netns` gave the namespace: a file name in `/run/netns`.
    Name(&'a str),
    /// Namespace of the process with this id.
    Pid(u32),
}

impl Config {
    /// Opens a connection in another network namespace.
    ///
    /// ```no_run
    /// use nlsock::{Config, Namespace, Protocol};
    ///
    /// let blue = Config::new(Protocol::ROUTE).open_in(Namespace::Name("blue"))?;
    /// # Ok::<(), nlsock::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The errors of [`open_socket_in`](Self::open_socket_in) and of
    /// [`open`](Self::open).
    #[doc(alias = "setns")]
    pub fn open_in(self, namespace: Namespace<'_>) -> Result<Conn, Error> {
        self.open_with(|config| config.open_socket_in(namespace))
    }

    /// Opens the bare socket in another network namespace.
    ///
    /// A thread is started for this and enters the namespace, so that no other
    /// thread of the program changes its own. This needs `CAP_SYS_ADMIN` in the
    /// user namespace that owns the network namespace, and in the caller's.
    ///
    /// # Errors
    ///
    /// Of operation [`Operation::Namespace`]: `ENOENT` if the namespace does not
    /// exist, `EINVAL` for another kind of descriptor and for a name with a
    /// slash, `EPERM` without the capabilities. And the errors of
    /// [`open_socket`](Self::open_socket).
    #[doc(alias = "setns")]
    pub fn open_socket_in(self, namespace: Namespace<'_>) -> Result<Socket, Error> {
        self.traced(|config| config.bare_in(namespace))
    }

    fn bare_in(self, namespace: Namespace<'_>) -> Result<Socket, Error> {
        let protocol = self.protocol();
        match namespace {
            Namespace::Fd(fd) => self.open_at(fd),
            Namespace::Path(path) => self.open_file(path),
            Namespace::Name(name) => self.open_file(&named(name).map_err(fail(protocol))?),
            Namespace::Pid(pid) => {
                let path: PathBuf = ["/proc", &pid.to_string(), "ns/net"].iter().collect();
                self.open_file(&path)
            }
        }
    }

    fn open_file(self, path: &Path) -> Result<Socket, Error> {
        let file = File::open(path).map_err(|error| fail(self.protocol())(errno(&error)))?;
        self.open_at(file.as_fd())
    }

    fn open_at(self, fd: BorrowedFd<'_>) -> Result<Socket, Error> {
        let fail = fail(self.protocol());
        let open = || {
            sys::enter_network_namespace(fd).map_err(fail)?;
            self.bare()
        };
        thread::scope(|scope| {
            thread::Builder::new()
                .name("netns".into())
                .spawn_scoped(scope, open)
                .map_err(|error| fail(errno(&error)))?
                .join()
                // Nothing in the thread panics.
                .unwrap_or_else(|_| Err(fail(Errno::EIO)))
        })
    }
}

fn named(name: &str) -> Result<PathBuf, Errno> {
    if matches!(name, "" | "." | "..") || name.contains('/') {
        return Err(Errno::EINVAL);
    }
    Ok(Path::new("/run/netns").join(name))
}

fn errno(error: &io::Error) -> Errno {
    // A path with a NUL inside has no errno.
    error.raw_os_error().map_or(Errno::EINVAL, Errno)
}

fn fail(protocol: Protocol) -> impl Fn(Errno) -> Error + Copy {
    move |errno| {
        let kind = crate::ErrorKind::System(errno);
        Error::new(Some(protocol), Operation::Namespace, kind)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::{Config, Namespace, Protocol};
    use crate::Errno;
    use std::fs::{File, read_link};
    use std::os::fd::AsFd;
    use std::path::Path;

    fn route() -> Config {
        Config::new(Protocol::ROUTE)
    }

    fn errno(namespace: Namespace<'_>) -> Option<Errno> {
        route().open_socket_in(namespace).unwrap_err().errno()
    }

    #[test]
    fn other_files_and_names_are_refused() {
        assert_eq!(
            errno(Namespace::Path(Path::new("/nowhere"))),
            Some(Errno::ENOENT)
        );
        assert_eq!(
            errno(Namespace::Path(Path::new("a\0b"))),
            Some(Errno::EINVAL)
        );
        assert_eq!(errno(Namespace::Pid(u32::MAX)), Some(Errno::ENOENT));
        for name in ["", ".", "..", "../../proc/self/ns/net", "a/b"] {
            assert_eq!(errno(Namespace::Name(name)), Some(Errno::EINVAL), "{name}");
        }
        assert_eq!(
            errno(Namespace::Name("nlsock-is-not-there")),
            Some(Errno::ENOENT)
        );
        let null = File::open("/dev/null").unwrap();
        assert_eq!(errno(Namespace::Fd(null.as_fd())), Some(Errno::EINVAL));
    }

    #[test]
    fn the_caller_stays_where_it_is() {
        let own = || read_link("/proc/thread-self/ns/net").unwrap();
        let before = own();
        let file = File::open("/proc/thread-self/ns/net").unwrap();
        for namespace in [
            Namespace::Fd(file.as_fd()),
            Namespace::Path(Path::new("/proc/thread-self/ns/net")),
            Namespace::Pid(std::process::id()),
        ] {
            // Even to enter the own one takes CAP_SYS_ADMIN.
            match route().open_socket_in(namespace) {
                Ok(socket) => assert_ne!(socket.port_id(), 0),
                Err(error) => {
                    assert_eq!(std::format!("{error}"), "route: enter namespace: EPERM");
                }
            }
            assert_eq!(own(), before);
        }
    }
}
