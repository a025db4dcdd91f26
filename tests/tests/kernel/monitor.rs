//! `nl monitor` beside many changes.

use nltests::{Need, Network, Outcome, Test, nl_program};
use rustix::process::{Pid, Signal, kill_process};
use std::error::Error;
use std::io::{BufRead as _, BufReader, Lines};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "monitor::names_are_read_once",
        needs: &[Need::Namespace],
        run: names_are_read_once,
    },
    Test {
        name: "monitor::a_loss_is_reported_and_the_stream_goes_on",
        needs: &[Need::Namespace],
        run: a_loss_is_reported_and_the_stream_goes_on,
    },
    Test {
        name: "monitor::a_name_that_changed_is_known",
        needs: &[Need::Namespace],
        run: a_name_that_changed_is_known,
    },
];

/// A monitor that listens, with its output.
struct Monitor {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    errors: ChildStderr,
}

impl Monitor {
    fn start(network: &mut Network) -> Result<Self, Box<dyn Error>> {
        let mut child = Command::new(nl_program()?)
            .arg("monitor")
            .env("NLDEBUG", "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().ok_or("no output")?;
        let lines = BufReader::new(stdout).lines();
        let mut errors = child.stderr.take().ok_or("no errors")?;
        // It asks for names after it has joined the groups, and NLDEBUG
        // shows the question.
        let mut seen = Vec::new();
        while !String::from_utf8_lossy(&seen).contains("RTM_GETLINK") {
            let mut byte = [0; 1];
            std::io::Read::read_exact(&mut errors, &mut byte)?;
            seen.extend(byte);
        }
        network.add_link("first", "bridge")?;
        let mut monitor = Self {
            child,
            lines,
            errors,
        };
        monitor.find("name first,")?;
        Ok(monitor)
    }

    /// Reads lines up to one with this text.
    fn find(&mut self, text: &str) -> Result<String, Box<dyn Error>> {
        for line in &mut self.lines {
            let line = line?;
            if line.contains(text) {
                return Ok(line);
            }
        }
        Err(format!("no line has {text}").into())
    }

    /// Ends the monitor, and returns what it wrote to standard error.
    fn end(mut self) -> Result<String, Box<dyn Error>> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(std::io::read_to_string(self.errors)?)
    }

    fn signal(&self, signal: Signal) -> Outcome {
        let pid = Pid::from_raw(self.child.id().try_into()?).ok_or("no process")?;
        Ok(kill_process(pid, signal)?)
    }
}

fn names_are_read_once() -> Outcome {
    let mut network = Network::open()?;
    let monitor = Monitor::start(&mut network)?;
    // Standard error is read while the monitor writes it.
    let (mut lines, errors) = (monitor.lines, monitor.errors);
    let mut child = monitor.child;
    let errors = std::thread::spawn(move || std::io::read_to_string(errors).unwrap());
    for number in 0..20 {
        network.add_link(&format!("br{number}"), "bridge")?;
    }
    for line in &mut lines {
        if line?.contains("name br19,") {
            break;
        }
    }
    child.kill()?;
    child.wait()?;
    let errors = errors.join().unwrap();
    assert!(errors.contains("RTM_NEWLINK"), "{errors}");
    assert!(!errors.contains("RTM_GETLINK"), "{errors}");
    Ok(())
}

fn a_loss_is_reported_and_the_stream_goes_on() -> Outcome {
    let mut network = Network::open()?;
    let monitor = Monitor::start(&mut network)?;
    monitor.signal(Signal::STOP)?;
    // More than a receive buffer holds.
    for number in 0..150 {
        network.add_link(&format!("br{number}"), "bridge")?;
    }
    monitor.signal(Signal::CONT)?;
    let Monitor {
        mut child,
        lines,
        errors,
    } = monitor;
    let errors = std::thread::spawn(move || std::io::read_to_string(errors).unwrap());
    let reader = std::thread::spawn(move || {
        lines
            .map_while(Result::ok)
            .any(|line| line.contains("name last,"))
    });
    // What is added before the loss is found is lost as well.
    while !reader.is_finished() {
        let index = network.add_link("last", "bridge")?;
        network.delete_link(index)?;
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(reader.join().unwrap(), "it goes on");
    child.kill()?;
    child.wait()?;
    let errors = errors.join().unwrap();
    assert!(errors.contains("nl: changes were lost\n"), "{errors}");
    Ok(())
}

fn a_name_that_changed_is_known() -> Outcome {
    let mut network = Network::open()?;
    let mut monitor = Monitor::start(&mut network)?;
    let index = network.add_link("old", "bridge")?;
    let header = nlwire::route::LinkHeader {
        index: index.into(),
        ..Default::default()
    };
    network.change(
        nlwire::route::RTM_SETLINK,
        nlwire::NewFlags::empty(),
        &header,
        |w| w.put(nlwire::route::LinkAttr::Name("new".into())),
    )?;
    network.add_address(index, "192.0.2.1".parse()?, 24)?;
    let address = monitor.find("new address: ")?;
    assert!(address.contains("name new,"), "{address}");
    network.delete_link(index)?;
    // The link is gone, and its name is known.
    let gone = monitor.find("deleted link: ")?;
    assert!(gone.contains("name new,"), "{gone}");
    let errors = monitor.end()?;
    assert!(!errors.contains("nl: changes"), "{errors}");
    Ok(())
}
