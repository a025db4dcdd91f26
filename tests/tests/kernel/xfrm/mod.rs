//! States and policies of IPsec beside `ip xfrm`, both ways round.

mod events;
mod policies;
mod states;

use nlsock::{Config, Conn, Errno, Error, Event, Events, Protocol};
use nltests::{Missing, Need, Outcome, Test, run};
use nlwire::Request;
use nlwire::xfrm::{Change, FlushPolicies, FlushStates, GetPolicies, GetStates, Selector};

const NEEDS: &[Need] = &[Need::Namespace, Need::Program("ip")];

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "xfrm::states_are_those_of_ip",
        needs: NEEDS,
        run: states::states_are_those_of_ip,
    },
    Test {
        name: "xfrm::states_are_found_changed_and_deleted",
        needs: NEEDS,
        run: states::states_are_found_changed_and_deleted,
    },
    Test {
        name: "xfrm::spis_are_allocated",
        needs: NEEDS,
        run: states::spis_are_allocated,
    },
    Test {
        name: "xfrm::policies_are_those_of_ip",
        needs: NEEDS,
        run: policies::policies_are_those_of_ip,
    },
    Test {
        name: "xfrm::policies_are_found_changed_and_deleted",
        needs: NEEDS,
        run: policies::policies_are_found_changed_and_deleted,
    },
    Test {
        name: "xfrm::tables_and_defaults_are_those_of_ip",
        needs: NEEDS,
        run: policies::tables_and_defaults_are_those_of_ip,
    },
    Test {
        name: "xfrm::changes_of_policies_are_watched",
        needs: NEEDS,
        run: events::changes_of_policies_are_watched,
    },
    Test {
        name: "xfrm::changes_of_states_are_watched",
        needs: NEEDS,
        run: events::changes_of_states_are_watched,
    },
    Test {
        name: "xfrm::a_packet_acquires_a_state",
        needs: NEEDS,
        run: events::a_packet_acquires_a_state,
    },
    Test {
        name: "xfrm::policies_migrate",
        needs: NEEDS,
        run: policies::policies_migrate,
    },
];

/// Key of states, of which as much is taken as an algorithm needs.
const KEY: [u8; 32] = [0x5a; 32];

fn open() -> Result<Conn, Error> {
    Conn::open(Protocol::XFRM)
}

fn ip(command: &str) -> std::io::Result<String> {
    run("ip", &command.split_whitespace().collect::<Vec<_>>())
}

/// The text of `ip -s -d xfrm state` or `policy` without dates, which differ by a second, and
/// without indices of policies, which count up.
fn shown(table: &str) -> std::io::Result<String> {
    let text = ip(&format!("-s -d xfrm {table} list"))?;
    let kept = text.lines().filter(|line| !line.trim().starts_with("add "));
    Ok(kept
        .map(|line| match line.split_once(" index ") {
            Some((before, after)) => {
                let after = after.split_once(' ').map_or("", |(_, after)| after);
                format!("{before} {after}\n")
            }
            None => format!("{line}\n"),
        })
        .collect())
}

fn hex(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("0x{digits}")
}

/// Fails where the kernel has not the protocol or an algorithm of a state.
fn needed<T>(outcome: Result<T, Error>) -> Outcome {
    let Err(error) = outcome else {
        return Ok(());
    };
    let lacking = [
        Errno::EPROTONOSUPPORT,
        Errno::ENOSYS,
        Errno::ENOENT,
        Errno::EOPNOTSUPP,
    ];
    match error.errno() {
        Some(errno) if lacking.contains(&errno) => {
            Err(Missing(format!("kernel: ESP, AH, IPComp ({error})")).into())
        }
        _ => Err(error.into()),
    }
}

/// Carries out a request, and then what `ip` does; both must look the same to `ip` and to us.
fn compare(
    conn: &mut Conn,
    table: &str,
    ours: &dyn Request,
    theirs: &str,
) -> Result<String, Box<dyn std::error::Error>> {
    let (states, policies) = (FlushStates::all(), FlushPolicies::main());
    let flush: &dyn Request = match table {
        "state" => &states,
        _ => &policies,
    };
    conn.execute(flush)?;
    needed(conn.execute(ours))?;
    let text = shown(table)?;
    let rows = rows(conn, table)?;
    conn.execute(flush)?;
    ip(theirs)?;
    assert_eq!(text, shown(table)?, "{theirs}");
    assert_eq!(rows, self::rows(conn, table)?, "{theirs}");
    conn.execute(flush)?;
    Ok(text)
}

/// The attributes of all rows, secrets and all, as they came.
fn rows(conn: &mut Conn, table: &str) -> Result<Vec<Vec<u8>>, Error> {
    Ok(match table {
        "state" => {
            let states = conn.list(GetStates::all())?;
            let rows = states.iter().map(|row| row.attributes.remaining().to_vec());
            rows.collect()
        }
        _ => {
            let policies = conn.list(GetPolicies::all())?;
            let rows = policies.iter();
            rows.map(|row| row.attributes.remaining().to_vec())
                .collect()
        }
    })
}

fn v4() -> Result<Selector, Box<dyn std::error::Error>> {
    Ok(Selector::new(
        "10.0.0.0/24".parse()?,
        "10.1.0.0/24".parse()?,
    )?)
}

/// Waits for a change that `pick` knows.
fn next<T>(
    events: &mut Events,
    pick: impl Fn(Change<'_>) -> Option<T>,
) -> Result<T, Box<dyn std::error::Error>> {
    loop {
        match events.next()?.ok_or("no event")? {
            Event::Item(event) => {
                if let Some(found) = pick(Change::of(event.message())) {
                    return Ok(found);
                }
            }
            Event::Lost { .. } => return Err("events are lost".into()),
        }
    }
}

/// Receives events of these groups.
fn watch(groups: &[u32]) -> Result<Events, Error> {
    let mut conn = Config::new(Protocol::XFRM).groups(groups).open()?;
    // Longer than any event takes, where the processor is emulated, too.
    conn.set_timeout(Some(std::time::Duration::from_secs(30)));
    Ok(Events::new(conn))
}
