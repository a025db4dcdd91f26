//! A point in time until which a call may wait.

use core::time::Duration;

use crate::sys::now;

/// A moment of `CLOCK_MONOTONIC` in nanoseconds; `None` waits for ever.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Option<u64>);

impl Deadline {
    /// Returns the moment `timeout` from now. Reads no clock when there is
    /// nothing to measure.
    #[inline]
    pub(crate) fn after(timeout: Option<Duration>) -> Self {
        Self(timeout.map(|timeout| {
            if timeout.is_zero() {
                0
            } else {
                now().saturating_add(nanos(timeout))
            }
        }))
    }

    /// Returns how long is left: zero when the moment has passed, `None` when
    /// it never comes.
    pub(crate) fn remaining(self) -> Option<Duration> {
        self.0.map(|moment| match moment {
            0 => Duration::ZERO,
            _ => Duration::from_nanos(moment.saturating_sub(now())),
        })
    }

    /// Whether the moment has passed.
    pub(crate) fn is_over(self) -> bool {
        self.remaining().is_some_and(|left| left.is_zero())
    }
}

/// The fast part of the clock, as a poor man's random number.
pub(crate) fn low_nanos() -> u32 {
    u32::try_from(now() & u64::from(u32::MAX)).unwrap_or(1)
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::Deadline;
    use core::time::Duration;

    #[test]
    fn never_passes_without_a_timeout() {
        assert_eq!(Deadline::after(None).remaining(), None);
        let far = Deadline::after(Some(Duration::MAX)).remaining();
        assert!(far > Some(Duration::from_secs(1 << 32)));
    }

    #[test]
    fn runs_out() {
        let zero = Deadline::after(Some(Duration::ZERO));
        assert_eq!(zero.remaining(), Some(Duration::ZERO));
        let short = Deadline::after(Some(Duration::from_millis(2)));
        assert!(short.remaining() <= Some(Duration::from_millis(2)));
        std::thread::sleep(Duration::from_millis(4));
        assert_eq!(short.remaining(), Some(Duration::ZERO));
    }
}
