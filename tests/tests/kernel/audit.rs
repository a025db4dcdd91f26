//! Records of the audit system: those for its daemon have a length that leaves
//! out the header.

use nlsock::{Config, Conn, Error, Event, Events, Protocol};
use nltests::{Missing, Need, Outcome, Test, in_namespace, machine_namespace};
use nlwire::{Flags, MessageType, Writer};
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[Test {
    name: "audit::a_record_comes_whole_to_a_listener_and_to_the_daemon",
    needs: &[Need::Root],
    run: a_record_comes_whole_to_a_listener_and_to_the_daemon,
}];

// linux/audit.h
const AUDIT_GET: MessageType = MessageType(1000);
const AUDIT_SET: MessageType = MessageType(1001);
/// The kernel writes records of this type even where auditing is off.
const AUDIT_USER_AVC: MessageType = MessageType(1107);
const AUDIT_NLGRP_READLOG: u32 = 1;
const AUDIT_STATUS_PID: u32 = 4;

fn a_record_comes_whole_to_a_listener_and_to_the_daemon() -> Outcome {
    // They are sent in the first network namespace only.
    let opened = in_namespace(machine_namespace()?, || {
        let config = Config::new(Protocol::AUDIT);
        let listener = config.clone().group(AUDIT_NLGRP_READLOG).open()?;
        Ok((listener, config.clone().open()?, config.open()?))
    })?;
    let (listener, mut daemon, mut sender) = match opened {
        Err(error) => return missing(&error),
        Ok(opened) => opened,
    };
    match daemon_of(&mut sender) {
        Err(error) => return missing(&error),
        Ok(0) => {}
        Ok(_) => return Err(Missing("kernel: audit without a daemon".into()).into()),
    }
    // For a moment; the kernel forgets a daemon that has ended, too.
    set_daemon(&mut daemon, std::process::id())?;
    assert_eq!(daemon_of(&mut sender)?, std::process::id());
    let (mut listener, mut daemon) = (Events::new(listener), Events::new(daemon));
    record(&mut sender)?;
    for (events, group) in [(&mut listener, AUDIT_NLGRP_READLOG), (&mut daemon, 0)] {
        events.set_timeout(Some(Duration::from_secs(10)));
        loop {
            let Some(Event::Item(event)) = events.next()? else {
                panic!("lost");
            };
            // Other records of this machine come too.
            let text = std::str::from_utf8(event.message().payload())?;
            if event.message().kind() == AUDIT_USER_AVC && text.contains("nlsock") {
                assert!(text.starts_with("audit("), "{text}");
                assert!(text.ends_with(" msg='nlsock'"), "{text}");
                assert_eq!((event.group(), event.sender().port), (group, 0));
                break;
            }
        }
    }
    set_daemon(&mut sender, 0)?;
    assert_eq!(daemon_of(&mut sender)?, 0);
    Ok(())
}

fn missing(error: &Error) -> Outcome {
    Err(Missing(format!("kernel: audit for us: {error}")).into())
}

/// Returns the process of the daemon, 0 if there is none.
fn daemon_of(conn: &mut Conn) -> Result<u32, Error> {
    let mut buffer = [0; 16];
    let request = Writer::message(&mut buffer, AUDIT_GET, Flags::empty(), &(), |w| Ok(w)).unwrap();
    // The reply comes after the ack.
    let reply = conn.call().without_ack().get(request)?;
    // struct audit_status
    let pid = reply.payload().get(12..16).unwrap();
    Ok(u32::from_ne_bytes(pid.try_into().unwrap()))
}

fn set_daemon(conn: &mut Conn, process: u32) -> Outcome {
    let mut buffer = [0; 64];
    let status = [AUDIT_STATUS_PID, 0, 0, process, 0, 0, 0, 0].map(u32::to_ne_bytes);
    let request = Writer::message(&mut buffer, AUDIT_SET, Flags::empty(), &(), |w| {
        w.append(status.as_flattened())
    })?;
    conn.execute(request)?;
    Ok(())
}

fn record(conn: &mut Conn) -> Outcome {
    let mut buffer = [0; 64];
    let request = Writer::message(&mut buffer, AUDIT_USER_AVC, Flags::empty(), &(), |w| {
        w.append(b"nlsock\0")
    })?;
    conn.execute(request)?;
    Ok(())
}
