//! Needs of a test: privileges, programs and time.

use crate::namespace;
use std::error::Error;
use std::fmt;
use std::os::unix::fs::PermissionsExt;

/// Need of a test. A test whose need is missing is skipped, and says so on one
/// line of standard error: `skipped NAME: needs REASON`.
///
/// At most one of `Namespace`, `Root` and `Nobody` makes sense in a test.
/// With none of them it runs as the caller, in the caller's network, where it
/// must change nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Need {
    /// A user namespace, in which the test is root, and in it an empty network
    /// namespace. No privilege is needed where the kernel lets users make
    /// them, and a test under real root has no more rights than any other.
    Namespace,
    /// Real root: an empty network namespace, but the machine's own user
    /// namespace, for what the kernel grants nobody else (forced buffer sizes,
    /// audit, process events).
    Root,
    /// A user without any privilege, in the network of the caller: user 65534
    /// if the caller is real root, or else the caller itself.
    Nobody,
    /// This program, somewhere in `PATH`.
    Program(&'static str),
    /// The feature `slow`, for a test that takes more than a few seconds.
    Slow,
}

/// A need that this machine does not meet.
///
/// A test that finds out by itself returns this as its error, and is skipped
/// like any other: `Err(Missing("kernel module vcan".into()).into())`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing(pub String);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "needs {}", self.0)
    }
}

impl Error for Missing {}

/// Returns true in a virtual machine whose processor is emulated: what is to be
/// fast is not, and modules may come and go.
pub fn is_emulated() -> bool {
    std::env::var_os("NLTESTS_EMULATED").is_some()
}

/// Returns the version of the running kernel, such as 6 and 18, or zeros without
/// `/proc`. For differences between kernels that no answer shows.
#[must_use]
pub fn linux() -> (u32, u32) {
    let release = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut numbers = release.split(['.', '-']).map(|part| part.parse().ok());
    let mut next = || numbers.next().flatten().unwrap_or_default();
    (next(), next())
}

impl Need {
    /// Gives this process what the test needs, before it starts a thread.
    pub(crate) fn meet(self) -> Result<(), Missing> {
        let met = match self {
            Need::Namespace => namespace::enter(),
            Need::Root => namespace::enter_as_root(),
            Need::Nobody => namespace::become_nobody(),
            Need::Program(name) if in_path(name) => Ok(()),
            Need::Program(name) => Err(format!("program {name}")),
            Need::Slow if cfg!(feature = "slow") => Ok(()),
            Need::Slow => Err("feature slow".into()),
        };
        met.map_err(Missing)
    }

    /// Returns true if the process changes by it; these come last, as a namespace
    /// made for a test that is then skipped is time lost.
    pub(crate) fn changes_the_process(self) -> bool {
        matches!(self, Need::Namespace | Need::Root | Need::Nobody)
    }
}

/// Returns true if a program is somewhere in `PATH`, for a test that needs it only
/// where the kernel has something else.
pub fn in_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .filter_map(|folder| folder.join(program).metadata().ok())
        .any(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_need_says_which() {
        assert_eq!(Need::Program("sh").meet(), Ok(()));
        let missing = Need::Program("no-such-program").meet();
        assert_eq!(missing, Err(Missing("program no-such-program".into())));
    }
}
