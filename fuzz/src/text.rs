//! Printed trees.

use std::fmt::{self, Write};

use nlwire::pretty::Pretty;

use crate::Seen;

/// A protocol, and a datagram.
pub fn pretty(data: &[u8], _: &mut Seen) {
    let Some((protocol, datagram)) = data.split_first() else {
        return;
    };
    let protocol = (*protocol < 32).then_some(*protocol);
    let tree = Pretty::new(datagram, protocol).to_string();
    assert_eq!(tree.is_empty(), datagram.is_empty());
    assert!(tree.is_empty() || tree.ends_with('\n'));
    for line in tree.lines() {
        let indent = line.len() - line.trim_start().len();
        assert!(indent % 2 == 0 && indent <= 2 * 17, "{line}");
        let bad = line.chars().find(|c| c.is_control());
        assert_eq!(bad, None, "{line}");
    }
    // A writer that fails ends it.
    let room = tree.len() / 2;
    let result = write!(Full(room), "{}", Pretty::new(datagram, protocol));
    assert_eq!(result.is_err(), tree.len() > room);
}

/// Takes so many bytes.
struct Full(usize);

impl Write for Full {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.checked_sub(text.len()).ok_or(fmt::Error)?;
        Ok(())
    }
}
