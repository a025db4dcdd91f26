//! Network namespaces and their mounts: `setns(2)`, `unshare(2)`, `mount(2)`,
//! `umount2(2)`, `flock(2)`.

use nlwire::Errno;
use rustix::fd::{AsRawFd as _, BorrowedFd};
use rustix::fs::{FlockOperation, flock, fstatfs};
use rustix::mount::{
    MountPropagationFlags, UnmountFlags, mount_bind, mount_bind_recursive, mount_change,
};
use rustix::thread::{LinkNameSpaceType, UnshareFlags, move_into_link_name_space, unshare_unsafe};
use std::format;
use std::path::Path;

use super::errno;

/// Moves the calling thread into the network namespace of a descriptor.
pub(crate) fn enter_network_namespace(fd: BorrowedFd<'_>) -> Result<(), Errno> {
    move_into_link_name_space(fd, Some(LinkNameSpaceType::Network)).map_err(errno)
}

/// Returns true if a descriptor is of a namespace. The file under the mount of a
/// name is none: it shows while the name is created, and in another mount
/// namespace than that of the mount.
pub(crate) fn is_namespace(fd: BorrowedFd<'_>) -> bool {
    let magic = i128::from(linux_raw_sys::general::NSFS_MAGIC);
    fstatfs(fd).is_ok_and(|system| i128::from(system.f_type) == magic)
}

/// Moves the calling thread into a new network namespace.
pub(crate) fn leave_network_namespace() -> Result<(), Errno> {
    // SAFETY: The table of descriptors stays shared; only `FILES` is unsafe.
    unsafe { unshare_unsafe(UnshareFlags::NEWNET) }.map_err(errno)
}

/// Mounts the namespace of a descriptor on a file.
pub(crate) fn mount_on(namespace: BorrowedFd<'_>, path: &Path) -> Result<(), Errno> {
    let source = format!("/proc/self/fd/{}", namespace.as_raw_fd());
    mount_bind(source.as_str(), path).map_err(errno)
}

/// Turns a folder into a mount point.
pub(crate) fn mount_on_itself(path: &Path) -> Result<(), Errno> {
    mount_bind_recursive(path, path).map_err(errno)
}

/// Shares a mount point with other mount namespaces. `EINVAL` if the path is
/// not a mount point.
pub(crate) fn share_mount(path: &Path) -> Result<(), Errno> {
    mount_change(
        path,
        MountPropagationFlags::SHARED | MountPropagationFlags::REC,
    )
    .map_err(errno)
}

/// Unmounts a file, even while it is in use. `EINVAL` if nothing is mounted
/// there, and for a symbolic link.
pub(crate) fn unmount(path: &Path) -> Result<(), Errno> {
    rustix::mount::unmount(path, UnmountFlags::DETACH | UnmountFlags::NOFOLLOW).map_err(errno)
}

/// Locks a file until it is closed, and waits while another program has it
/// locked.
pub(crate) fn lock(fd: BorrowedFd<'_>) -> Result<(), Errno> {
    flock(fd, FlockOperation::LockExclusive).map_err(errno)
}
