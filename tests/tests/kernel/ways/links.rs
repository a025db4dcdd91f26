//! Fake kernel with a table of links.

use nlsock::fake::{Answer, Kernel};
use nlwire::route::{LinkHeader, RTM_DELLINK, RTM_GETLINK, RTM_NEWLINK};
use nlwire::{Errno, Flags, GetFlags, MessageRef};
use std::collections::BTreeMap;

const IFLA_IFNAME: u16 = 3;

/// Creates a kernel that knows the link `lo`.
pub(super) fn kernel() -> Kernel {
    let mut links = BTreeMap::from([("lo".to_owned(), 1)]);
    let mut last = 1;
    Kernel::answering(move |message, answer| match message.kind() {
        RTM_NEWLINK => match links.get(&name(message)) {
            Some(_) => answer.error(Errno::EEXIST),
            None => {
                last += 1;
                links.insert(name(message), last);
                answer.ack();
            }
        },
        RTM_DELLINK => match links.remove(&name(message)) {
            Some(_) => answer.ack(),
            None => answer.error(Errno::ENODEV),
        },
        RTM_GETLINK if message.flags().contains(GetFlags::DUMP.into()) => {
            for (name, index) in &links {
                row(answer, Flags::MULTI, name, *index);
            }
            answer.done(0, Flags::empty());
        }
        RTM_GETLINK => match links.get(&name(message)) {
            Some(index) => {
                row(answer, Flags::empty(), &name(message), *index);
                answer.ack();
            }
            None => answer.error(Errno::ENODEV),
        },
        _ => answer.ack(),
    })
}

fn name(message: MessageRef<'_>) -> String {
    let name = message.attributes(16).require(IFLA_IFNAME);
    name.and_then(|name| name.str()).unwrap().to_owned()
}

fn row(answer: &mut Answer, flags: Flags, name: &str, index: u32) {
    let header = LinkHeader {
        index: index.into(),
        ..LinkHeader::default()
    };
    answer.reply(RTM_NEWLINK, flags, &header, |w| w.str(IFLA_IFNAME, name));
}
