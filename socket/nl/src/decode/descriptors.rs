//! Descriptors of netlink sockets in the processes that strace shows.

use std::collections::HashMap;

use nlsock::Protocol;

/// Descriptors of each process, with the protocols of netlink sockets.
#[derive(Default)]
pub(super) struct Descriptors {
    processes: HashMap<u32, Table>,
    /// Process whose descriptor table a thread shares.
    owners: HashMap<u32, u32>,
    /// Descriptors of all processes, the latest for each number. A process
    /// whose start was not seen has inherited descriptors among these.
    latest: Table,
}

type Table = HashMap<i32, Option<Protocol>>;

impl Descriptors {
    /// Records that a descriptor was opened, with the protocol of a netlink
    /// socket.
    pub(super) fn open(&mut self, process: u32, descriptor: i32, protocol: Option<Protocol>) {
        let owner = self.owner(process);
        let table = self.processes.entry(owner).or_default();
        table.insert(descriptor, protocol);
        self.latest.insert(descriptor, protocol);
    }

    /// Records that a descriptor was closed.
    pub(super) fn close(&mut self, process: u32, descriptor: i32) {
        let owner = self.owner(process);
        let table = self.processes.entry(owner).or_default();
        table.insert(descriptor, None);
    }

    /// Records that a process started another one, which may share its
    /// descriptors. The child may have been seen before.
    pub(super) fn start(&mut self, parent: u32, child: u32, shares: bool) {
        let owner = self.owner(parent);
        if owner == child {
            return;
        }
        let seen = self.processes.remove(&child).unwrap_or_default();
        let table = self.processes.entry(owner).or_default();
        if shares {
            table.extend(seen);
            self.owners.insert(child, owner);
        } else {
            let mut copy = table.clone();
            copy.extend(seen);
            self.owners.remove(&child);
            self.processes.insert(child, copy);
        }
    }

    /// Returns the protocol of a descriptor, if it is a netlink socket.
    pub(super) fn protocol(&self, process: u32, descriptor: i32) -> Option<Protocol> {
        let table = self.processes.get(&self.owner(process));
        let known = table.and_then(|table| table.get(&descriptor));
        *known.or_else(|| self.latest.get(&descriptor))?
    }

    fn owner(&self, process: u32) -> u32 {
        self.owners.get(&process).copied().unwrap_or(process)
    }
}
