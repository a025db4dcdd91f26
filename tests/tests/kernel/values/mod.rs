//! Requests as values beside `ip`, `bridge`, `nft`, `conntrack` and `ss`, both
//! ways round.

mod addresses;
mod can;
mod carry;
mod conntrack;
mod counted;
mod encapsulations;
mod ends;
mod firewall;
mod flush;
mod kinds;
mod links;
mod lists;
mod lookups;
mod neighbours;
mod next_hops;
mod routers;
mod routes;
mod rules;
mod rulesets;
mod small;
mod stacked;
mod tables;
mod traces;
mod traffic;
mod verdicts;
mod wireguard;

use nlsock::{Conn, Errno, Error, Protocol, Strict};
use nltests::{Message, Missing, Network, Outcome, Session, config, run};
use nlwire::request::Object;
use nlwire::route::DeleteForwardingEntry;
use nlwire::{Query, Request};

pub(crate) use addresses::TESTS as ADDRESSES;
pub(crate) use can::TESTS as CAN;
pub(crate) use conntrack::TESTS as CONNTRACK;
pub(crate) use counted::TESTS as COUNTED;
pub(crate) use encapsulations::TESTS as ENCAPSULATIONS;
pub(crate) use ends::TESTS as ENDS;
pub(crate) use firewall::TESTS as FIREWALL;
pub(crate) use flush::TESTS as FLUSH;
pub(crate) use kinds::TESTS as KINDS;
pub(crate) use links::TESTS as LINKS;
pub(crate) use lists::TESTS as LISTS;
pub(crate) use lookups::TESTS as LOOKUPS;
pub(crate) use neighbours::TESTS as NEIGHBOURS;
pub(crate) use next_hops::TESTS as NEXT_HOPS;
pub(crate) use routers::TESTS as ROUTERS;
pub(crate) use routes::TESTS as ROUTES;
pub(crate) use rules::TESTS as RULES;
pub(crate) use rulesets::TESTS as RULESETS;
pub(crate) use small::TESTS as SMALL;
pub(crate) use stacked::TESTS as STACKED;
pub(crate) use tables::TESTS as TABLES;
pub(crate) use traces::TESTS as TRACES;
pub(crate) use traffic::TESTS as TRAFFIC;
pub(crate) use verdicts::TESTS as VERDICTS;
pub(crate) use wireguard::TESTS as WIREGUARD;

/// A connection that carries values out.
struct Route(Conn);

impl Route {
    fn open() -> Result<Self, Error> {
        Ok(Self(config(Protocol::ROUTE).open()?))
    }

    /// Opens a connection with strict checking, and one without.
    fn both() -> Result<[Self; 2], Error> {
        let open = |strict| config(Protocol::ROUTE).strict(strict).open();
        Ok([Self(open(Strict::Required)?), Self(open(Strict::Off)?)])
    }

    fn execute(&mut self, request: &dyn Request) -> Result<(), Error> {
        self.0.execute(request).map(|_| ())
    }

    /// Asserts that the kernel refuses a request.
    fn refused(&mut self, request: &dyn Request, errno: Errno) {
        let error = self.execute(request).unwrap_err();
        assert_eq!(error.errno(), Some(errno), "{error}");
    }

    /// Calls `read` with each row.
    fn each<Q: Query>(
        &mut self,
        query: &Q,
        mut read: impl FnMut(Q::Row<'_>),
    ) -> Result<usize, Error> {
        let mut count = 0;
        let mut rows = self.0.query(query)?;
        while let Some(row) = rows.next()? {
            read(row);
            count += 1;
        }
        Ok(count)
    }
}

/// Two veth ends that are up, the left one with an address of each family.
fn connected() -> Result<(Session, u32, u32), Box<dyn std::error::Error>> {
    let mut network = Network::open()?;
    let [left, right] = network.add_veth("left", "right")?;
    // No addresses of the kernel's own, whose routes come while a test runs.
    for name in ["left", "right"] {
        words("ip", &format!("link set {name} addrgenmode none"))?;
    }
    for index in [1, left, right] {
        network.set_up(index)?;
    }
    network.add_address(left, "10.0.0.1".parse()?, 16)?;
    // No detection of duplicates, which would delay the route.
    words("ip", "addr add 2001:db8::1/64 dev left nodad")?;
    words("ip", "addr add 2001:db8:a::1/64 dev right nodad")?;
    Ok((Session::open(Protocol::ROUTE)?, left, right))
}

/// Skips a test where only root of the machine may delete forwarding entries, as in
/// Linux 5.10 (`rtnl_fdb_del`): there even one that is absent is refused to others.
pub(crate) fn may_delete_forwarding_entries() -> Outcome {
    let absent = DeleteForwardingEntry::of_link(1, [2, 0, 0, 0, 0, 1]);
    match Conn::open(Protocol::ROUTE)?.execute(&absent) {
        Err(error) if error.errno() == Some(Errno::EPERM) => {
            let what = "deletions of forwarding entries in a user namespace";
            Err(Missing(format!("kernel: {what}")).into())
        }
        _ => Ok(()),
    }
}

/// Runs a program with words that blanks part.
pub(crate) fn words(program: &str, words: &str) -> std::io::Result<String> {
    run(program, &words.split_whitespace().collect::<Vec<_>>())
}

/// Creates one object by our request and by the tool's words, and compares what
/// the kernel lists: `same` makes text of a row. `delete` deletes by the row
/// each time.
fn compare<Q: Query>(
    session: &mut Session,
    query: &Q,
    ours: &dyn Request,
    (program, theirs): (&str, &str),
    same: impl Fn(&Message) -> String,
    delete: impl Fn(&mut Session, &Message) -> Outcome,
) -> Outcome {
    let before: Vec<_> = session.rows(query)?.iter().map(&same).collect();
    let new = |session: &mut Session| -> Result<Vec<Message>, Box<dyn std::error::Error>> {
        let rows = session.rows(query)?;
        Ok(rows
            .into_iter()
            .filter(|row| !before.contains(&same(row)))
            .collect())
    };
    let object = Object(ours, 0).to_string();
    let made = session.execute(ours);
    assert!(made.is_ok(), "{object}, {theirs}: {}", made.unwrap_err());
    let of_us = new(session)?;
    assert!(!of_us.is_empty(), "{object}, {theirs}");
    for row in &of_us {
        delete(session, row)?;
    }
    let left = new(session)?.len();
    assert_eq!(left, 0, "{object} stays after its deletion");
    words(program, theirs)?;
    let of_them = new(session)?;
    let [our, their] = [&of_us, &of_them].map(|rows| rows.iter().map(&same).collect::<Vec<_>>());
    assert_eq!(our, their, "{object}, {theirs}");
    for row in &of_them {
        delete(session, row)?;
    }
    let left = new(session)?.len();
    assert_eq!(left, 0, "{object} of {program} stays after its deletion");
    Ok(())
}
