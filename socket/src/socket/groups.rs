//! Multicast groups: `NETLINK_ADD_MEMBERSHIP`, `NETLINK_DROP_MEMBERSHIP` and
//! `NETLINK_LIST_MEMBERSHIPS` (`netlink(7)`).

use nlwire::Errno;

use crate::{Error, Operation, OptionName, Socket, sys};

/// Number of words for 2,048 groups. Generic netlink has the most groups, about
/// 50.
const WORDS: usize = 64;
/// Last group with a bit in the mask of a sender's address.
const MASK_END: u32 = 32;

impl Socket {
    /// Joins a multicast group, numbered from 1: `NETLINK_ADD_MEMBERSHIP`.
    ///
    /// Datagrams sent to the group are queued from now on, and each datagram is
    /// received with its group and sender. A group above 32 also enables
    /// [`set_packet_info`](Self::set_packet_info).
    ///
    /// Join before threads share the socket: a datagram that another thread
    /// receives at this moment can still look like an answer of the kernel.
    ///
    /// # Errors
    ///
    /// `EINVAL` for group 0 and for groups that the protocol does not have,
    /// `EPERM` for groups that need privileges.
    #[doc(alias = "NETLINK_ADD_MEMBERSHIP")]
    pub fn join(&self, group: u32) -> Result<(), Error> {
        self.expect_senders();
        if group > MASK_END {
            // Without this option the group of a datagram reads as 0.
            let _ = self.set_packet_info(true);
        }
        self.set(OptionName::AddMembership, group.cast_signed())
    }

    /// Leaves a multicast group: `NETLINK_DROP_MEMBERSHIP`.
    ///
    /// Queued datagrams stay. Leaving a group that was not joined succeeds.
    ///
    /// # Errors
    ///
    /// `EINVAL` for group 0 and for groups that the protocol does not have.
    #[doc(alias = "NETLINK_DROP_MEMBERSHIP")]
    pub fn leave(&self, group: u32) -> Result<(), Error> {
        self.set(OptionName::DropMembership, group.cast_signed())
    }

    /// Reads the groups that the socket has joined: `NETLINK_LIST_MEMBERSHIPS`.
    ///
    /// # Errors
    ///
    /// `ENOPROTOOPT` before Linux 4.2, `EOVERFLOW` if the protocol has more
    /// than 2,048 groups.
    #[doc(alias = "NETLINK_LIST_MEMBERSHIPS")]
    pub fn memberships(&self) -> Result<Memberships, Error> {
        let option = OptionName::ListMemberships;
        let mut words = [0; WORDS];
        let error = |errno| self.error(Operation::Get(option), errno);
        let bytes = sys::get_words(self.as_fd(), option, &mut words).map_err(error)?;
        if bytes > size_of_val(&words) {
            return Err(error(Errno::EOVERFLOW));
        }
        Ok(Memberships { words, next: 0 })
    }
}

/// Groups that a socket has joined, in ascending order, from 1 to 2,048.
///
/// ```
/// use nlsock::{Config, Protocol};
///
/// // RTNLGRP_LINK and RTNLGRP_NSID
/// let socket = Config::new(Protocol::ROUTE).groups(&[1, 28]).open_socket()?;
/// for group in socket.memberships()? {
///     println!("group {group}");
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "an iterator"]
pub struct Memberships {
    /// Bit (n - 1) % 32 of word (n - 1) / 32 for group n.
    words: [u32; WORDS],
    /// Index of the first word that may have more groups.
    next: usize,
}

impl Memberships {
    pub(crate) const EMPTY: Self = Self {
        words: [0; WORDS],
        next: 0,
    };

    /// Adds a group. Returns false for 0 and for groups above 2,048.
    pub(crate) fn insert(&mut self, group: u32) -> bool {
        let Some(bit) = group.checked_sub(1) else {
            return false;
        };
        let word = usize::try_from(bit / 32).ok();
        let Some(word) = word.and_then(|word| self.words.get_mut(word)) else {
            return false;
        };
        *word |= 1_u32.wrapping_shl(bit % 32);
        true
    }

    /// Returns true if the iterator still has this group.
    #[must_use]
    pub fn contains(&self, group: u32) -> bool {
        self.clone().any(|joined| joined == group)
    }
}

impl Iterator for Memberships {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        while let Some(word) = self.words.get_mut(self.next) {
            if *word == 0 {
                self.next = self.next.saturating_add(1);
                continue;
            }
            let bit = word.trailing_zeros();
            // Clears the lowest bit that is set.
            *word &= word.wrapping_sub(1);
            let base = u32::try_from(self.next).ok()?.checked_mul(32)?;
            return base.checked_add(bit)?.checked_add(1);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::{Memberships, WORDS};
    use crate::{Config, Errno, Protocol};
    use std::vec::Vec;

    #[test]
    fn groups_are_joined_listed_and_left() {
        let socket = Config::new(Protocol::ROUTE).open_socket().unwrap();
        assert_eq!(socket.memberships().unwrap().count(), 0);
        // RTNLGRP_NEXTHOP, RTNLGRP_LINK, RTNLGRP_NSID
        for group in [32, 1, 28] {
            socket.join(group).unwrap();
        }
        let joined: Vec<u32> = socket.memberships().unwrap().collect();
        assert_eq!(joined, [1, 28, 32]);
        socket.leave(28).unwrap();
        assert!(!socket.memberships().unwrap().contains(28));
        assert!(socket.memberships().unwrap().contains(32));
    }

    #[test]
    fn a_group_that_no_mask_holds_turns_packet_info_on() {
        let socket = Config::new(Protocol::ROUTE).open_socket().unwrap();
        socket.join(32).unwrap();
        assert!(!socket.packet_info().unwrap());
        // RTNLGRP_BRVLAN
        socket.join(33).unwrap();
        assert!(socket.packet_info().unwrap());
    }

    #[test]
    fn groups_that_do_not_exist_are_refused() {
        let socket = Config::new(Protocol::ROUTE).open_socket().unwrap();
        for group in [0, 4096, u32::MAX] {
            let error = socket.join(group).unwrap_err();
            assert_eq!(error.errno(), Some(Errno::EINVAL));
        }
        let error = socket.leave(0).unwrap_err();
        assert_eq!(
            std::format!("{error}"),
            "route: set NETLINK_DROP_MEMBERSHIP: EINVAL"
        );
    }

    #[test]
    fn bits_become_groups() {
        let mut words = [0; WORDS];
        words[0] = 0b101;
        words[1] = 1 << 31;
        words[WORDS - 1] = 1 << 31;
        let groups: Vec<u32> = Memberships { words, next: 0 }.collect();
        assert_eq!(groups, [1, 3, 64, 2048]);
    }
}
