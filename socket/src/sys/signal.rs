//! Signals, for tests of interrupted calls.

use crate::Canceller;
use std::sync::OnceLock;

static CANCELLER: OnceLock<Canceller> = OnceLock::new();

extern "C" fn ignore(_: libc::c_int) {}

extern "C" fn cancel(_: libc::c_int) {
    if let Some(canceller) = CANCELLER.get() {
        canceller.cancel();
    }
}

/// Makes `SIGALRM` cancel.
pub(crate) fn cancel_on_alarm(canceller: Canceller) {
    CANCELLER.get_or_init(|| canceller);
}

/// Thread to send signals to, which must still run.
#[derive(Clone, Copy)]
pub(crate) struct Thread(libc::pthread_t);

// SAFETY: A handle that any thread may use; it is a pointer with musl only.
unsafe impl Send for Thread {}

impl Thread {
    pub(crate) fn current() -> Self {
        // SAFETY: Always succeeds.
        Self(unsafe { libc::pthread_self() })
    }

    /// Interrupts the thread's system call.
    pub(crate) fn interrupt(self) {
        self.kill(libc::SIGUSR1, ignore);
    }

    /// Sends the thread `SIGALRM`.
    pub(crate) fn alarm(self) {
        self.kill(libc::SIGALRM, cancel);
    }

    fn kill(self, signal: libc::c_int, handler: extern "C" fn(libc::c_int)) {
        // SAFETY: The handlers do nothing that a handler must not do, and the
        // thread still runs.
        unsafe {
            libc::signal(signal, handler as *const () as libc::sighandler_t);
            assert_eq!(libc::pthread_kill(self.0, signal), 0);
        }
    }
}
