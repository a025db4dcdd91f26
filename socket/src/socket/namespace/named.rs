//! Named network namespaces, as those of `ip netns`: each is mounted on a file
//! in `/run/netns`.

use nlwire::Errno;
use rustix::fd::{AsFd as _, OwnedFd};
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;
use std::vec::Vec;

use super::{Namespace, errno, on_a_thread};
use crate::{Error, ErrorKind, Operation, sys};

const FOLDER: &str = "/run/netns";
/// Number of milliseconds that the creation of a namespace by others may take.
const CREATION: u32 = 200;

impl Namespace<'_> {
    /// Creates a named namespace, as `ip netns add` does, and returns its open
    /// file. The namespace lasts until its name is deleted.
    ///
    /// The caller needs `CAP_SYS_ADMIN`, and write access to `/run`. No process
    /// is started, and no thread of the program changes its namespace.
    ///
    /// # Errors
    ///
    /// [`Operation::CreateNamespace`] fails with `EEXIST` if the name exists,
    /// `EINVAL` for a name that no file can have, `EPERM` or `EACCES` without
    /// the privilege. [`Operation::MountNamespace`] fails with `EPERM`.
    #[doc(alias = "ip netns add")]
    pub fn create(name: impl AsRef<OsStr>) -> Result<OwnedFd, Error> {
        let name = name.as_ref();
        let fail = |errno| Namespace::Name(name).error(Operation::CreateNamespace, errno);
        let path = path(name).map_err(fail)?;
        prepare_folder()
            .map_err(|(operation, errno)| Namespace::Name(name).error(operation, errno))?;
        // The mode of `ip netns`: nobody may read the file under the mount.
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o000)
            .open(&path);
        drop(file.map_err(|error| fail(errno(&error)))?);
        let created = unshared(fail).and_then(|namespace| {
            let mounted = sys::mount_on(namespace.as_fd(), &path);
            let fail = |errno| Namespace::Name(name).error(Operation::MountNamespace, errno);
            mounted.map(|()| namespace).map_err(fail)
        });
        created.inspect_err(|_| {
            // A file without a namespace would block the name.
            let _ = fs::remove_file(&path);
        })
    }

    /// Creates a namespace as [`create`](Self::create) does, or opens the
    /// existing one with this name.
    ///
    /// # Errors
    ///
    /// The errors of [`create`](Self::create) except `EEXIST`, and the errors
    /// of [`open`](Self::open).
    pub fn create_if_absent(name: impl AsRef<OsStr>) -> Result<OwnedFd, Error> {
        let name = name.as_ref();
        let mut attempts = 0..CREATION;
        loop {
            let result = match Self::create(name) {
                Err(error) if error.is_exists() => Namespace::Name(name).open(),
                result => return result,
            };
            // Another thread or program may be between the creation of the file
            // and its mount, or may have deleted the file.
            let is_passing =
                |error: &Error| matches!(error.errno(), Some(Errno::EINVAL | Errno::ENOENT));
            if !result.as_ref().is_err_and(is_passing) || attempts.next().is_none() {
                return result;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Creates a namespace without a name. The kernel deletes it once its file
    /// is closed and no thread or socket is left in it.
    ///
    /// ```no_run
    /// use nlsock::{Config, Namespace, Protocol};
    /// use nlwire::route::GetLinks;
    ///
    /// let namespace = Namespace::unnamed()?;
    /// let mut conn = Config::new(Protocol::ROUTE).open_in(&namespace)?;
    /// assert_eq!(conn.list(GetLinks::all())?.len(), 1);
    /// # Ok::<(), nlsock::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Operation::CreateNamespace`] fails with `EPERM` without
    /// `CAP_SYS_ADMIN`, `ENOSPC` if the user has too many namespaces.
    #[doc(alias = "unshare")]
    pub fn unnamed() -> Result<OwnedFd, Error> {
        unshared(|errno| Error::new(None, Operation::CreateNamespace, ErrorKind::System(errno)))
    }

    /// Deletes the name of a namespace, as `ip netns delete` does. The kernel
    /// deletes the namespace once no thread or socket is left in it.
    ///
    /// # Errors
    ///
    /// [`Operation::DeleteNamespace`] fails with `ENOENT` if the name does not
    /// exist, `EINVAL` for a name that no file can have, `EPERM` or `EACCES`
    /// without the privilege.
    #[doc(alias = "ip netns delete")]
    pub fn delete(name: impl AsRef<OsStr>) -> Result<(), Error> {
        let name = name.as_ref();
        let fail = |errno| Namespace::Name(name).error(Operation::DeleteNamespace, errno);
        let path = path(name).map_err(fail)?;
        match sys::unmount(&path) {
            // The name is a link to another file, or a file without a
            // namespace.
            Ok(()) | Err(Errno::EINVAL) => {}
            Err(errno) => return Err(fail(errno)),
        }
        fs::remove_file(&path).map_err(|error| fail(errno(&error)))
    }

    /// Lists the names of namespaces, sorted, as `ip netns list` does.
    ///
    /// # Errors
    ///
    /// [`Operation::ListNamespaces`] fails with errors of reading the folder.
    /// Without `/run/netns` the list is empty.
    #[doc(alias = "ip netns list")]
    pub fn list() -> Result<Vec<OsString>, Error> {
        let entries = match fs::read_dir(FOLDER) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => {
                other.and_then(|entries| entries.map(|entry| Ok(entry?.file_name())).collect())
            }
        };
        let mut names: Vec<_> = entries.map_err(|error| {
            let kind = ErrorKind::System(errno(&error));
            Error::new(None, Operation::ListNamespaces, kind)
        })?;
        names.sort_unstable();
        Ok(names)
    }
}

/// Returns the path of a namespace's file.
pub(super) fn path(name: &OsStr) -> Result<PathBuf, Errno> {
    let bytes = name.as_bytes();
    if matches!(bytes, b"" | b"." | b"..") || bytes.contains(&b'/') || bytes.contains(&0) {
        return Err(Errno::EINVAL);
    }
    Ok(Path::new(FOLDER).join(name))
}

/// Creates a namespace in a thread, and returns its file.
fn unshared(fail: impl Fn(Errno) -> Error + Copy + Send + Sync) -> Result<OwnedFd, Error> {
    on_a_thread(fail, || {
        sys::leave_network_namespace().map_err(fail)?;
        let file = File::open("/proc/thread-self/ns/net");
        Ok(file.map_err(|error| fail(errno(&error)))?.into())
    })
}

/// Makes the folder of names a shared mount, so that other mount namespaces
/// follow its mounts and unmounts. Otherwise they would keep a deleted
/// namespace alive.
fn prepare_folder() -> Result<(), (Operation, Errno)> {
    let create = |error: io::Error| (Operation::CreateNamespace, errno(&error));
    let mount = |errno| (Operation::MountNamespace, errno);
    DirBuilder::new()
        .recursive(true)
        .mode(0o755)
        .create(FOLDER)
        .map_err(create)?;
    let folder = File::open(FOLDER).map_err(create)?;
    // `ip netns` takes the same lock: the folder must be mounted once only. The
    // lock ends with the file.
    sys::lock(folder.as_fd()).map_err(|errno| (Operation::CreateNamespace, errno))?;
    let path = Path::new(FOLDER);
    match sys::share_mount(path) {
        // The folder is not a mount point yet.
        Err(Errno::EINVAL) => {
            sys::mount_on_itself(path).map_err(mount)?;
            sys::share_mount(path).map_err(mount)
        }
        result => result.map_err(mount),
    }
}
