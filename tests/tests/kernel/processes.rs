//! Events of processes: the test makes one, which starts a program.

use nlsock::{Config, Event, Events, Protocol};
use nltests::{Need, Outcome, Test, capture, in_namespace, machine_namespace};
use nlwire::connector::{
    CN_IDX_PROC, CN_VAL_PROC, Connector, PROC_CN_MCAST_IGNORE, PROC_CN_MCAST_LISTEN, ProcessEvent,
    ProcessEventData,
};
use std::process::Command;
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[Test {
    name: "processes::a_fork_an_exec_and_an_exit_are_reported",
    needs: &[Need::Root],
    run: a_fork_an_exec_and_an_exit_are_reported,
}];

fn a_fork_an_exec_and_an_exit_are_reported() -> Outcome {
    // The kernel sends them in the first network namespace only.
    let mut events = in_namespace(machine_namespace()?, || {
        let config = Config::new(Protocol::CONNECTOR);
        config.group(CN_IDX_PROC).events()
    })??;
    events.set_timeout(Some(Duration::from_secs(10)));
    tell(&events, PROC_CN_MCAST_LISTEN)?;
    let mut child = Command::new("sh").args(["-c", "exit 3"]).spawn()?;
    let process = child.id().cast_signed();
    assert_eq!(child.wait()?.code(), Some(3));

    let mut told = Vec::new();
    loop {
        let Some(Event::Item(event)) = events.next()? else {
            panic!("lost");
        };
        assert_eq!((event.group(), event.sender().port), (CN_IDX_PROC, 0));
        let message = event.message();
        let event = ProcessEvent::new(&Connector::new(message)?).ok_or("no event")?;
        let this_process = std::process::id().cast_signed();
        match event.data() {
            ProcessEventData::Answer(code) => assert_eq!(code, 0),
            ProcessEventData::Fork(fork) if fork.child.process.get() == process => {
                assert_eq!(fork.parent.process.get(), this_process);
                told.push("fork");
                capture("connector-fork", message.as_bytes())?;
            }
            ProcessEventData::Exec(id) if id.process.get() == process => {
                told.push("exec");
                capture("connector-exec", message.as_bytes())?;
            }
            ProcessEventData::Exit(exit) if exit.id.thread.get() == process => {
                assert_eq!(exit.status.get(), 3 << 8);
                assert_eq!(exit.parent.process.get(), this_process);
                told.push("exit");
                capture("connector-exit", message.as_bytes())?;
                break;
            }
            ProcessEventData::Other(bytes) => panic!("{:?}: {bytes:?}", event.kind()),
            _ => {}
        }
        assert!(event.header().timestamp.get() > 0);
    }
    assert_eq!(told, ["fork", "exec", "exit"]);
    tell(&events, PROC_CN_MCAST_IGNORE)
}

fn tell(events: &Events, what: u32) -> Outcome {
    let mut buffer = [0; 64];
    let data = what.to_ne_bytes();
    let request = Connector::write(&mut buffer, CN_IDX_PROC, CN_VAL_PROC, &data)?;
    events.conn().send_bytes(request.as_bytes())?;
    Ok(())
}
