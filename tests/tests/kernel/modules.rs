//! Helpers of tests of generic families: families of modules, their groups, and the
//! programs beside them.

use nlsock::{Config, Conn, Events, Protocol};
use nltests::{Missing, Outcome, in_namespace, in_path, ip, is_emulated, machine_namespace, run};
use nlwire::LinkIndex;
use nlwire::generic::GetFamily;
use std::error::Error;
use std::time::{Duration, Instant};

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Time for what happens after an answer.
pub(crate) const TIME: Duration = Duration::from_secs(30);

/// Opens a connection; the test is skipped if the kernel lacks the family's module,
/// or else if a program is missing.
pub(crate) fn open(family: &str, module: &str, programs: &[&str]) -> Result<Conn> {
    let conn = has_family(Conn::open(Protocol::GENERIC)?, family, module)?;
    has_programs(programs)?;
    Ok(conn)
}

/// Opens a connection to a family that answers in the machine's own namespace
/// only. What it changes is the machine's, so that it must be a virtual one.
pub(crate) fn open_in_machine(family: &str, module: &str, programs: &[&str]) -> Result<Conn> {
    if !is_emulated() {
        return Err(Missing(format!("kernel: module {module} of a virtual machine")).into());
    }
    let conn = in_namespace(machine_namespace()?, || Conn::open(Protocol::GENERIC))??;
    let conn = has_family(conn, family, module)?;
    has_programs(programs)?;
    Ok(conn)
}

fn has_programs(programs: &[&str]) -> Result<()> {
    match programs.iter().find(|program| !in_path(program)) {
        Some(program) => Err(Missing(format!("program {program}")).into()),
        None => Ok(()),
    }
}

fn has_family(mut conn: Conn, family: &str, module: &str) -> Result<Conn> {
    match conn.get(GetFamily::by_name(family)) {
        Ok(_) => Ok(conn),
        Err(error) if error.is_not_found() => {
            Err(Missing(format!("kernel: module {module}")).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Returns a socket's settings with a group of a family.
pub(crate) fn with_group(conn: &mut Conn, family: &str, group: &str) -> Result<Config> {
    let found = conn.get(GetFamily::by_name(family))?.group(group)?;
    Ok(Config::new(Protocol::GENERIC).group(found.ok_or("no group")?))
}

/// Listens to a group of a family.
pub(crate) fn listen(conn: &mut Conn, family: &str, group: &str) -> Result<Events> {
    let mut events = with_group(conn, family, group)?.events()?;
    events.set_timeout(Some(TIME));
    Ok(events)
}

/// Waits for what a thread of the kernel or another process does.
pub(crate) fn wait_until(mut is_done: impl FnMut() -> Result<bool>) -> Outcome {
    let end = Instant::now() + TIME;
    while !is_done()? {
        assert!(Instant::now() < end, "it stays");
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// Runs a command without spaces in its arguments.
pub(crate) fn words(command: &str) -> Result<String> {
    let words: Vec<_> = command.split(' ').collect();
    Ok(run(words[0], &words[1..])?)
}

/// Returns the index of a link.
pub(crate) fn index(name: &str) -> Result<LinkIndex> {
    let link = ip(&["link", "show", name])?;
    let index = link[0]["ifindex"].as_u64().ok_or("no index")?;
    Ok(LinkIndex::new(u32::try_from(index)?))
}
