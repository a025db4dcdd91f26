//! Network and user namespaces: see namespaces(7), user_namespaces(7).

use nix::sched::{CloneFlags, setns, unshare};
use nix::sys::prctl;
use nix::unistd::{Gid, Uid, getegid, geteuid, setgroups, setresgid, setresuid};
use std::fs::{self, File};
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::parent_id;
use std::thread;

/// The user that owns nothing, by convention.
const NOBODY: u32 = 65534;

/// Puts the process into a new user and network namespace, where it is root.
/// The kernel refuses this to a process with more than one thread.
pub(crate) fn enter() -> Result<(), String> {
    let (user, group) = (geteuid(), getegid());
    unshare(CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWNET)
        .map_err(|error| format!("a user namespace (unshare: {error})"))?;
    // A user may map a group only after giving up setgroups(2).
    fs::write("/proc/self/setgroups", "deny")
        .and_then(|()| fs::write("/proc/self/uid_map", format!("0 {user} 1")))
        .and_then(|()| fs::write("/proc/self/gid_map", format!("0 {group} 1")))
        .map_err(|error| format!("a user namespace (maps of users and groups: {error})"))
}

/// Puts the process into a new network namespace of the machine's own user
/// namespace.
pub(crate) fn enter_as_root() -> Result<(), String> {
    if !is_real_root() {
        return Err("root".into());
    }
    unshare(CloneFlags::CLONE_NEWNET).map_err(|error| format!("root (unshare: {error})"))
}

/// Takes all privilege from the process, if it has any.
pub(crate) fn become_nobody() -> Result<(), String> {
    if !geteuid().is_root() {
        return Ok(());
    }
    let (user, group) = (Uid::from_raw(NOBODY), Gid::from_raw(NOBODY));
    setgroups(&[])
        .and_then(|()| setresgid(group, group, group))
        .and_then(|()| setresuid(user, user, user))
        // Otherwise root goes on owning /proc/self, which a process that
        // starts as this user does own.
        .and_then(|()| prctl::set_dumpable(true))
        .map_err(|error| format!("user {NOBODY} ({error})"))
}

/// Returns true for root of the machine, false for root of a user namespace.
fn is_real_root() -> bool {
    let everyone = ["0", "0", "4294967295"];
    let map = fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    geteuid().is_root() && map.split_whitespace().eq(everyone)
}

/// Makes another empty network namespace, for as long as its descriptor lives.
///
/// # Errors
/// The kernel's, which only a test with neither [`Need::Namespace`] nor
/// [`Need::Root`] should meet.
///
/// [`Need::Namespace`]: crate::Need::Namespace
/// [`Need::Root`]: crate::Need::Root
pub fn second_namespace() -> io::Result<OwnedFd> {
    on_a_thread(|| {
        unshare(CloneFlags::CLONE_NEWNET)?;
        this_namespace()
    })
}

/// Runs `f` in another network namespace, on a thread of its own; sockets
/// opened there stay there, and so do the programs it starts.
///
/// # Errors
/// The kernel's, if it refuses to enter the namespace.
pub fn in_namespace<T: Send>(
    namespace: impl AsFd + Send,
    f: impl FnOnce() -> T + Send,
) -> io::Result<T> {
    on_a_thread(|| {
        setns(namespace, CloneFlags::CLONE_NEWNET)?;
        Ok(f())
    })
}

/// The network namespace that the tests were started in, for the few protocols
/// that answer nowhere else. Only for a [`Need::Root`](crate::Need::Root)
/// test, which must change nothing in it.
///
/// # Errors
/// The kernel's, if the test may not look at the harness.
pub fn machine_namespace() -> io::Result<OwnedFd> {
    // The harness, which itself enters no namespace.
    Ok(File::open(format!("/proc/{}/ns/net", parent_id()))?.into())
}

/// The namespace of this thread: /proc/self is that of the first one.
fn this_namespace() -> io::Result<OwnedFd> {
    Ok(File::open("/proc/thread-self/ns/net")?.into())
}

/// A thread can leave its namespace without the others.
fn on_a_thread<T: Send>(f: impl FnOnce() -> io::Result<T> + Send) -> io::Result<T> {
    thread::scope(|scope| match scope.spawn(f).join() {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic),
    })
}
