//! Namespaces with names, as those of `ip netns`: each is a file in
//! `/run/netns` that the namespace is mounted on.

use nlwire::Errno;
use rustix::fd::{AsFd as _, OwnedFd};
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::vec::Vec;

use super::{Namespace, errno, on_a_thread};
use crate::{Error, ErrorKind, Operation, sys};

const FOLDER: &str = "/run/netns";

impl Namespace<'_> {
    /// Creates a namespace that lasts until it is deleted, as `ip netns add`
    /// does, and returns its open file.
    ///
    /// This needs `CAP_SYS_ADMIN`, and write access to `/run`. No process is
    /// started for it, and no thread of the program changes its namespace.
    ///
    /// # Errors
    ///
    /// Of [`Operation::CreateNamespace`]: `EEXIST` if there is one with this
    /// name, `EINVAL` for a name that no file can have, `EPERM` or `EACCES`
    /// without the privilege. `EPERM` of [`Operation::MountNamespace`].
    #[doc(alias = "ip netns add")]
    pub fn create(name: impl AsRef<OsStr>) -> Result<OwnedFd, Error> {
        let name = name.as_ref();
        let fail = |errno| Namespace::Name(name).error(Operation::CreateNamespace, errno);
        let path = path(name).map_err(fail)?;
        prepare_folder()
            .map_err(|(operation, errno)| Namespace::Name(name).error(operation, errno))?;
        // The mode of `ip netns`: nobody is to read the file that lies below.
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
            // A file without a namespace would keep its name taken.
            let _ = fs::remove_file(&path);
        })
    }

    /// Creates a namespace as [`create`](Self::create) does, or opens the one
    /// that has the name already.
    ///
    /// # Errors
    ///
    /// The errors of [`create`](Self::create) except `EEXIST`, and those of
    /// [`open`](Self::open).
    pub fn create_if_absent(name: impl AsRef<OsStr>) -> Result<OwnedFd, Error> {
        let name = name.as_ref();
        match Self::create(name) {
            Err(error) if error.is_exists() => Namespace::Name(name).open(),
            result => result,
        }
    }

    /// Creates a namespace without a name. It is gone once its file is closed
    /// and neither a thread nor a socket is left in it.
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
    /// Of [`Operation::CreateNamespace`]: `EPERM` without `CAP_SYS_ADMIN`,
    /// `ENOSPC` if the user has too many.
    #[doc(alias = "unshare")]
    pub fn unnamed() -> Result<OwnedFd, Error> {
        unshared(|errno| Error::new(None, Operation::CreateNamespace, ErrorKind::System(errno)))
    }

    /// Deletes the name of a namespace, as `ip netns delete` does. The
    /// namespace is gone once neither a thread nor a socket is left in it.
    ///
    /// # Errors
    ///
    /// Of [`Operation::DeleteNamespace`]: `ENOENT` if nothing has this name,
    /// `EINVAL` for a name that no file can have, `EPERM` or `EACCES` without
    /// the privilege.
    #[doc(alias = "ip netns delete")]
    pub fn delete(name: impl AsRef<OsStr>) -> Result<(), Error> {
        let name = name.as_ref();
        let fail = |errno| Namespace::Name(name).error(Operation::DeleteNamespace, errno);
        let path = path(name).map_err(fail)?;
        match sys::unmount(&path) {
            // A link to another file, or a file without a namespace.
            Ok(()) | Err(Errno::EINVAL) => {}
            Err(errno) => return Err(fail(errno)),
        }
        fs::remove_file(&path).map_err(|error| fail(errno(&error)))
    }

    /// Lists the names of namespaces, sorted, as `ip netns list` does.
    ///
    /// # Errors
    ///
    /// Of [`Operation::ListNamespaces`]: those of reading a folder. There are
    /// none where `/run/netns` does not exist.
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

/// Makes the folder of names one from which other mount namespaces learn what
/// is mounted and unmounted there, so that a deleted namespace is kept by none.
fn prepare_folder() -> Result<(), (Operation, Errno)> {
    let create = |error: io::Error| (Operation::CreateNamespace, errno(&error));
    let mount = |errno| (Operation::MountNamespace, errno);
    DirBuilder::new()
        .recursive(true)
        .mode(0o755)
        .create(FOLDER)
        .map_err(create)?;
    let folder = File::open(FOLDER).map_err(create)?;
    // `ip netns` locks it, too: the folder must be mounted once only. The lock
    // ends with the file.
    sys::lock(folder.as_fd()).map_err(|errno| (Operation::CreateNamespace, errno))?;
    let path = Path::new(FOLDER);
    match sys::share_mount(path) {
        // It is no mount point yet.
        Err(Errno::EINVAL) => {
            sys::mount_on_itself(path).map_err(mount)?;
            sys::share_mount(path).map_err(mount)
        }
        result => result.map_err(mount),
    }
}
