//! Control messages of a received datagram (`cmsg(3)`).
//!
//! ```text
//!  0        8 (4 on 32-bit)  +4     +8
//! +----------+---------+---------+------------------+- - - -+
//! | len      | level   | type    | data             | pad   |
//! +----------+---------+---------+------------------+- - - -+
//!  usize      u32       u32       len - header       to usize
//! ```

use core::mem::offset_of;
use linux_raw_sys::net::{SCM_CREDENTIALS, SOL_NETLINK, SOL_SOCKET, cmsghdr, ucred};
use linux_raw_sys::netlink::{NETLINK_LISTEN_ALL_NSID, NETLINK_PKTINFO};

use crate::Received;

const LEN: usize = offset_of!(cmsghdr, cmsg_level);
const HEADER: usize = size_of::<cmsghdr>();

/// Adds the contents of the control messages to `received`.
pub(super) fn apply(mut control: &[u8], received: &mut Received) {
    while let Some((message, rest)) = split(control) {
        match (message.level, message.kind) {
            // struct nl_pktinfo { u32 group }
            (SOL_NETLINK, NETLINK_PKTINFO) => {
                if let Some(group) = message.data.first_chunk() {
                    received.group = u32::from_ne_bytes(*group);
                }
            }
            (SOL_NETLINK, NETLINK_LISTEN_ALL_NSID) => {
                received.namespace = message.data.first_chunk().copied().map(i32::from_ne_bytes);
            }
            (SOL_SOCKET, SCM_CREDENTIALS) => {
                let uid = message
                    .data
                    .get(offset_of!(ucred, uid)..)
                    .and_then(<[u8]>::first_chunk);
                received.uid = uid.copied().map(u32::from_ne_bytes);
            }
            _ => {}
        }
        control = rest;
    }
}

struct Message<'a> {
    level: u32,
    kind: u32,
    data: &'a [u8],
}

/// Splits off the first message. Returns `None` at the end, and if a length is
/// wrong.
fn split(control: &[u8]) -> Option<(Message<'_>, &[u8])> {
    let (len, rest) = control.split_first_chunk::<LEN>()?;
    let (level, rest) = rest.split_first_chunk()?;
    let (kind, _) = rest.split_first_chunk()?;
    let len = usize::from_ne_bytes(*len);
    let message = Message {
        level: u32::from_ne_bytes(*level),
        kind: u32::from_ne_bytes(*kind),
        data: control.get(HEADER..len)?,
    };
    let next = len.checked_next_multiple_of(LEN)?;
    // The last message may lack its padding.
    Some((message, control.get(next..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects, reason = "tests")]
    use super::{
        HEADER, LEN, NETLINK_LISTEN_ALL_NSID, NETLINK_PKTINFO, SCM_CREDENTIALS, SOL_NETLINK,
        SOL_SOCKET, apply,
    };
    use crate::Received;
    use std::vec::Vec;

    fn put(control: &mut Vec<u8>, level: u32, kind: u32, words: &[u32]) {
        control.extend((HEADER + size_of_val(words)).to_ne_bytes());
        control.extend(level.to_ne_bytes());
        control.extend(kind.to_ne_bytes());
        control.extend(words.iter().flat_map(|word| word.to_ne_bytes()));
        control.resize(control.len().next_multiple_of(LEN), 0);
    }

    fn all() -> Vec<u8> {
        let mut control = Vec::new();
        put(&mut control, SOL_SOCKET, SCM_CREDENTIALS, &[1, 2, 3]);
        put(&mut control, SOL_NETLINK, 77, &[9]);
        put(&mut control, SOL_NETLINK, NETLINK_PKTINFO, &[33]);
        put(&mut control, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, &[5]);
        control
    }

    #[test]
    fn each_is_found() {
        let mut received = Received::default();
        apply(&all(), &mut received);
        assert_eq!(received.uid, Some(2));
        assert_eq!(received.group, 33);
        assert_eq!(received.namespace, Some(5));
    }

    #[test]
    fn any_cut_and_any_length_is_survived() {
        let control = all();
        for end in 0..control.len() {
            apply(
                control.get(..end).unwrap_or_default(),
                &mut Received::default(),
            );
        }
        for len in [
            0,
            1,
            HEADER - 1,
            usize::MAX,
            usize::MAX - 8,
            isize::MAX.unsigned_abs(),
        ] {
            let mut control = control.clone();
            control.splice(..LEN, len.to_ne_bytes());
            let mut received = Received::default();
            apply(&control, &mut received);
            assert_eq!(received, Received::default());
        }
    }
}
