//! The comparison of what we make with what `tc` makes.

use nlsock::Protocol;
use nltests::{Message, Missing, Network, Outcome, Session, capture, is_unnamed, run};
use nlwire::pretty::Pretty;
use nlwire::request::Object;
use nlwire::route::{
    ActionRow, DeleteAction, DeleteClass, DeleteFilter, DeleteQdisc, FilterAction, GetAction,
    GetChains, GetClass, GetFilters, GetQdisc, GetQdiscs, Handle, NewAction, NewClass, NewFilter,
    NewQdisc, RTM_NEWQDISC, RTM_NEWTCLASS, RTNLGRP_TC, TrafficSettings,
};
use nlwire::{Batch, Query as _, Request};
use serde_json::Value;
use std::error::Error;
use std::thread;
use std::time::Duration;

pub(super) const ONE: Handle = Handle::new(1, 0);
/// First class of an `ets`.
pub(super) const FIRST: Handle = Handle::new(1, 1);
/// Class of the rows.
pub(super) const TEN: Handle = Handle::new(1, 0x10);
/// Number of the rows' shared action.
pub(super) const INDEX: u32 = 7;
pub(super) const IPV4: u16 = 0x0800;
pub(super) const IPV6: u16 = 0x86dd;

/// Two links with four queues each, a connection, and one for events.
pub(super) struct Bench {
    pub(super) session: Session,
    events: Session,
    pub(super) left: u32,
    pub(super) right: u32,
}

/// An object as both show it.
#[derive(Debug)]
pub(super) struct Seen {
    by_tc: String,
    by_us: String,
}

/// A request and the words that ask `tc` for the same.
pub(super) type Step<'a> = (&'a dyn Request, String);

impl Bench {
    pub(super) fn open() -> Result<Self, Box<dyn Error>> {
        run("ip", &words(LINKS))?;
        let mut network = Network::open()?;
        Ok(Self {
            left: network.index("left")?,
            right: network.index("right")?,
            session: Session::open(Protocol::ROUTE)?,
            events: Session::listen(Protocol::ROUTE, &[RTNLGRP_TC])?,
        })
    }

    /// Creates each discipline.
    pub(super) fn qdiscs<K: TrafficSettings + Copy>(
        &mut self,
        rows: &[(NewQdisc<'_, K>, &str)],
    ) -> Outcome {
        for (ours, theirs) in rows {
            let add = format!("qdisc add dev left root handle 1: {theirs}");
            self.compare(&[(&ours.handle(ONE), add)], Self::qdisc, &self.root())?;
        }
        Ok(())
    }

    /// Creates each discipline, and changes each to the next.
    pub(super) fn changed_qdiscs<K: TrafficSettings + Copy>(
        &mut self,
        rows: &[(NewQdisc<'_, K>, &str)],
    ) -> Outcome {
        self.qdiscs(rows)?;
        self.changed_qdiscs_only(rows)
    }

    /// Creates each discipline and changes it to the next, which cannot be created.
    pub(super) fn changed_qdiscs_only<K: TrafficSettings + Copy>(
        &mut self,
        rows: &[(NewQdisc<'_, K>, &str)],
    ) -> Outcome {
        for pair in rows.windows(2) {
            let [(first, add), (second, change)] = pair else {
                unreachable!("pairs");
            };
            let steps: [Step<'_>; 2] = [
                (
                    &first.handle(ONE),
                    format!("qdisc add dev left root handle 1: {add}"),
                ),
                (
                    &second.handle(ONE).change(),
                    format!("qdisc change dev left root handle 1: {change}"),
                ),
            ];
            self.compare(&steps, Self::qdisc, &self.root())?;
        }
        Ok(())
    }

    /// Creates each class in the discipline that is there, and changes each to the next.
    pub(super) fn classes<K: TrafficSettings + Copy>(
        &mut self,
        rows: &[(NewClass<'_, K>, &str)],
    ) -> Outcome {
        let delete = DeleteClass::by_handle(self.left, TEN);
        for (ours, theirs) in rows {
            let add = format!("class add dev left parent 1: classid 1:10 {theirs}");
            self.compare(&[(ours, add)], Self::class, &delete)?;
        }
        for pair in rows.windows(2) {
            let [(first, add), (second, change)] = pair else {
                unreachable!("pairs");
            };
            let steps: [Step<'_>; 2] = [
                (
                    first,
                    format!("class add dev left parent 1: classid 1:10 {add}"),
                ),
                (
                    &second.change(),
                    format!("class change dev left parent 1: classid 1:10 {change}"),
                ),
            ];
            self.compare(&steps, Self::class, &delete)?;
        }
        Ok(())
    }

    /// Creates each filter at the ingress with the priority 5. The words begin with the
    /// protocol.
    pub(super) fn filters<K: TrafficSettings + Copy>(
        &mut self,
        rows: &[(NewFilter<'_, K>, &str)],
    ) -> Outcome {
        for (ours, theirs) in rows {
            let add = format!("filter add dev left ingress prio 5 protocol {theirs}");
            self.compare(&[(&ours.priority(5), add)], Self::filter, &self.all())?;
        }
        Ok(())
    }

    /// Creates each filter, whose handle the words name, and changes each to the next.
    pub(super) fn changed_filters<K: TrafficSettings + Copy>(
        &mut self,
        rows: &[(NewFilter<'_, K>, &str)],
    ) -> Outcome {
        self.filters(rows)?;
        for pair in rows.windows(2) {
            let [(first, add), (second, change)] = pair else {
                unreachable!("pairs");
            };
            let steps: [Step<'_>; 2] = [
                (
                    &first.priority(5),
                    format!("filter add dev left ingress prio 5 protocol {add}"),
                ),
                (
                    &second.priority(5).change(),
                    format!("filter change dev left ingress prio 5 protocol {change}"),
                ),
            ];
            self.compare(&steps, Self::filter, &self.all())?;
        }
        Ok(())
    }

    /// Creates each action with the number [`INDEX`], and puts each in the place of the
    /// one before. The words may say where `tc` reads the number; otherwise it is last.
    pub(super) fn actions(&mut self, kind: &str, rows: &[(FilterAction<'_>, &str)]) -> Outcome {
        let delete = DeleteAction::one(kind, INDEX);
        let see = |bench: &mut Self| bench.action(kind);
        for (ours, theirs) in rows {
            let add = format!("actions add action {kind} {}", numbered(theirs));
            self.compare(&[(&NewAction::new(*ours), add)], see, &delete)?;
        }
        for pair in rows.windows(2) {
            let [(first, add), (second, change)] = pair else {
                unreachable!("pairs");
            };
            let steps: [Step<'_>; 2] = [
                (
                    &NewAction::new(*first),
                    format!("actions add action {kind} {}", numbered(add)),
                ),
                (
                    &NewAction::new(*second).replace(),
                    format!("actions replace action {kind} {}", numbered(change)),
                ),
            ];
            self.compare(&steps, see, &delete)?;
        }
        Ok(())
    }

    /// Creates disciplines in places other than the root.
    pub(super) fn places(
        &mut self,
        rows: &[(NewQdisc<'_>, &str)],
        delete: &DeleteQdisc<'_>,
    ) -> Outcome {
        for (ours, theirs) in rows {
            let add = format!("qdisc add dev left {theirs}");
            self.compare(&[(ours, add)], Self::place, delete)?;
        }
        Ok(())
    }

    /// Carries our requests out and looks, then those of `tc`.
    pub(super) fn compare(
        &mut self,
        steps: &[Step<'_>],
        see: impl Fn(&mut Self) -> Result<Seen, Box<dyn Error>>,
        delete: &dyn Request,
    ) -> Outcome {
        let shown: Vec<_> = steps
            .iter()
            .map(|(ours, theirs)| format!("{}, tc {theirs}", Object(*ours, 0)))
            .collect();
        for (ours, _) in steps {
            self.make(*ours)
                .map_err(|error| format_error(error, &shown))?;
        }
        let of_us = see(self).map_err(|error| format_error(error, &shown))?;
        self.delete(delete)?;
        for (_, theirs) in steps {
            tc(theirs)?;
        }
        let of_tc = see(self).map_err(|error| format_error(error, &shown))?;
        self.delete(delete)?;
        assert_eq!(of_us.by_tc, of_tc.by_tc, "shown by tc: {shown:?}");
        let [ours, theirs] = [&of_us.by_us, &of_tc.by_us].map(|tree| without_seed(tree));
        assert_eq!(ours, theirs, "shown by us: {shown:?}");
        assert!(!of_us.by_tc.is_empty(), "tc shows nothing: {shown:?}");
        assert!(!of_us.by_us.is_empty(), "we show nothing: {shown:?}");
        for line in of_us.by_us.lines() {
            assert!(!is_unnamed(line), "{line} is not in our tables: {shown:?}");
        }
        Ok(())
    }

    /// Carries a request out, and waits for its event; the kernel may lack the kind.
    pub(super) fn make(&mut self, request: &dyn Request) -> Outcome {
        let mut attempts = 0;
        loop {
            let error = match self.session.execute(request) {
                Ok(()) => return self.told(request),
                Err(error) => error,
            };
            let text = error.to_string();
            if !LACKING.iter().any(|one| text.contains(one)) {
                return Err(error.into());
            }
            // Another test may be loading the module at the moment.
            attempts += 1;
            if attempts == 5 {
                return Err(Missing(format!("kernel: {}", Object(request, 0))).into());
            }
            thread::sleep(Duration::from_millis(100));
        }
    }

    /// Deletes an object, and waits for the event.
    pub(super) fn delete(&mut self, request: &dyn Request) -> Outcome {
        self.session.execute(request)?;
        self.told(request)
    }

    /// Waits for an event of a request's type.
    fn told(&mut self, request: &dyn Request) -> Outcome {
        let mut batch = Batch::new(vec![0; 8192]);
        batch.push(request)?;
        let message = batch.messages().next().ok_or("no message")??;
        let kind = message.header().kind();
        self.events.wait_for(|event| event.kind() == kind)?;
        Ok(())
    }

    pub(super) fn root(&self) -> DeleteQdisc<'static> {
        DeleteQdisc::root(self.left)
    }

    pub(super) fn all(&self) -> DeleteFilter<'static> {
        DeleteFilter::all(self.left, Handle::CLSACT_INGRESS)
    }

    pub(super) fn qdisc(&mut self) -> Result<Seen, Box<dyn Error>> {
        let rows = self.session.rows(&GetQdiscs::all().link(self.left))?;
        let ours = rows
            .iter()
            .filter(|row| GetQdiscs::row(row.get()).handle() == ONE);
        Ok(Seen {
            by_tc: shown_by_tc(&["qdisc", "show", "dev", "left", "root"])?,
            by_us: ours.map(kept).collect(),
        })
    }

    /// Our tree of the discipline.
    pub(super) fn tree_of_qdisc(&mut self) -> Result<String, Box<dyn Error>> {
        Ok(self.qdisc()?.by_us)
    }

    /// Our tree of the filters.
    pub(super) fn tree_of_filters(&mut self) -> Result<String, Box<dyn Error>> {
        Ok(self.filter()?.by_us)
    }

    /// Our tree of the shared action.
    pub(super) fn tree_of_action(&mut self, kind: &str) -> Result<String, Box<dyn Error>> {
        Ok(self.action(kind)?.by_us)
    }

    fn place(&mut self) -> Result<Seen, Box<dyn Error>> {
        let row = self
            .session
            .row(&GetQdisc::at(self.left, Handle::INGRESS))?;
        Ok(Seen {
            by_tc: shown_by_tc(&["qdisc", "show", "dev", "left", "ingress"])?,
            by_us: kept(&row),
        })
    }

    pub(super) fn block(&mut self) -> Result<Seen, Box<dyn Error>> {
        let rows = self.session.rows(&GetFilters::of_block(22))?;
        Ok(Seen {
            by_tc: shown_by_tc(&["filter", "show", "block", "22"])?,
            by_us: rows.iter().map(tree).collect(),
        })
    }

    pub(super) fn block_chains(&mut self) -> Result<Seen, Box<dyn Error>> {
        let rows = self.session.rows(&GetChains::of_block(22))?;
        Ok(Seen {
            by_tc: shown_by_tc(&["chain", "show", "block", "22"])?,
            by_us: rows.iter().map(tree).collect(),
        })
    }

    pub(super) fn chains(&mut self) -> Result<Seen, Box<dyn Error>> {
        let rows = self
            .session
            .rows(&GetChains::of(self.left, Handle::CLSACT_INGRESS))?;
        if let Some(row) = rows.first() {
            capture("route-tc-chain", row.get().as_bytes())?;
        }
        Ok(Seen {
            by_tc: shown_by_tc(&["chain", "show", "dev", "left", "ingress"])?,
            by_us: rows.iter().map(tree).collect(),
        })
    }

    /// The first class of an `ets`.
    pub(super) fn first_class(&mut self) -> Result<Seen, Box<dyn Error>> {
        let row = self.session.row(&GetClass::by_handle(self.left, FIRST))?;
        Ok(Seen {
            by_tc: shown_by_tc(&["class", "show", "dev", "left", "classid", "1:1"])?,
            by_us: tree(&row),
        })
    }

    fn class(&mut self) -> Result<Seen, Box<dyn Error>> {
        let row = self.session.row(&GetClass::by_handle(self.left, TEN))?;
        Ok(Seen {
            by_tc: shown_by_tc(&["class", "show", "dev", "left", "classid", "1:10"])?,
            by_us: kept(&row),
        })
    }

    pub(super) fn filter(&mut self) -> Result<Seen, Box<dyn Error>> {
        let query = GetFilters::of(self.left, Handle::CLSACT_INGRESS);
        Ok(Seen {
            by_tc: shown_by_tc(&["filter", "show", "dev", "left", "ingress"])?,
            by_us: self.session.rows(&query)?.iter().map(kept).collect(),
        })
    }

    fn action(&mut self, kind: &str) -> Result<Seen, Box<dyn Error>> {
        let row = self.session.row(&GetAction::one(kind, INDEX))?;
        let _: ActionRow<'_> = GetAction::row(row.get());
        capture(&format!("route-tc-action-{kind}"), row.get().as_bytes())?;
        Ok(Seen {
            by_tc: shown_by_tc(&["actions", "get", "action", kind, "index", "7"])?,
            by_us: tree(&row),
        })
    }
}

const LINKS: &str = "link add left numtxqueues 4 numrxqueues 4 type veth \
                     peer name right numtxqueues 4 numrxqueues 4";

/// Texts of a kernel that lacks a kind or an attribute.
const LACKING: [&str; 4] = [
    "qdisc kind is unknown",
    "TC classifier not found",
    "Failed to load TC action module",
    "Unknown attribute type",
];

/// Says which row fails; a missing kind stays what it is.
fn format_error(error: Box<dyn Error>, row: &[String]) -> Box<dyn Error> {
    match error.is::<Missing>() {
        true => error,
        false => format!("{row:?}: {error}").into(),
    }
}

/// Adds the number of an action that has none yet.
fn numbered(words: &str) -> String {
    match words.contains("index 7") {
        true => words.into(),
        false => format!("{words} index 7"),
    }
}

/// Splits a command at blanks; quotes hold a word together.
fn words(command: &str) -> Vec<&str> {
    let parts = command.split('"').enumerate();
    parts
        .flat_map(|(number, part)| match number % 2 {
            0 => part.split_whitespace().collect(),
            _ => vec![part],
        })
        .collect()
}

pub(super) fn tc(command: &str) -> std::io::Result<String> {
    run("tc", &words(command))
}

/// Returns the JSON of `tc`, or its text where the JSON is broken, without what differs
/// from one moment to the next.
fn shown_by_tc(args: &[&str]) -> Result<String, Box<dyn Error>> {
    let json = run("tc", &[&["-json", "-details"], args].concat())?;
    if let Ok(mut value) = serde_json::from_str::<Value>(&json) {
        remove(&mut value);
        return Ok(serde_json::to_string_pretty(&value)?);
    }
    let text = run("tc", &[&["-details"], args].concat())?;
    Ok(steady(&text))
}

/// Numbers that the kernel counts, and those that it gives to actions.
const UNSTEADY: [&str; 11] = [
    "index",
    "ref",
    "bind",
    "references",
    "bindings",
    "installed",
    "last_used",
    "first_used",
    "expires",
    "direct_packets_stat",
    "seed",
];

fn remove(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !UNSTEADY.contains(&name.as_str()));
            fields.values_mut().for_each(remove);
        }
        Value::Array(items) => items.iter_mut().for_each(remove),
        _ => {}
    }
}

/// Leaves the numbers behind such words out.
fn steady(text: &str) -> String {
    let mut kept = String::new();
    for line in text.lines() {
        let mut skipped = false;
        for word in line.split(' ') {
            let is_number = word.starts_with(|first: char| first.is_ascii_digit());
            if !(skipped && is_number) {
                kept += word;
                kept += " ";
            }
            skipped = UNSTEADY.contains(&word);
        }
        kept += "\n";
    }
    kept
}

/// Leaves out the seed of a `netem`, which the kernel draws where the user gives none.
fn without_seed(tree: &str) -> String {
    let is_seed = |line: &&str| line.trim_start().starts_with("TCA_NETEM_PRNG_SEED");
    tree.lines().filter(|line| !is_seed(line)).collect()
}

/// Prints a message, and keeps it as a vector: the last one of its kind.
fn kept(message: &Message) -> String {
    let row = GetQdiscs::row(message.get());
    let part = match message.get().kind() {
        RTM_NEWQDISC => "qdisc",
        RTM_NEWTCLASS => "class",
        _ => "filter",
    };
    if let Ok(Some(kind)) = row.kind() {
        let name = format!("route-tc-{part}-{kind}");
        capture(&name, message.get().as_bytes()).expect("a file");
    }
    tree(message)
}

/// Attributes that count, and times.
const COUNTING: [&str; 4] = ["TCA_STATS", "TCA_XSTATS", "TCA_ACT_STATS", "TCA_RATE"];

/// Prints the attributes of a message without counters and times.
fn tree(message: &Message) -> String {
    let tree = Pretty::new(message.get().as_bytes(), Some(0)).to_string();
    let mut kept = String::new();
    // Depth of the attribute that is left out with all inside of it.
    let mut left_out = None;
    for line in tree.lines().skip(2) {
        let text = line.trim_start();
        let depth = line.len() - text.len();
        if left_out.is_some_and(|above| depth > above) {
            continue;
        }
        let name = text.split(':').next().unwrap_or_default();
        let counts = COUNTING.iter().any(|one| name.starts_with(one));
        left_out = (counts || name.ends_with("_TM") || name.ends_with("_PCNT")).then_some(depth);
        if left_out.is_none() {
            kept += line;
            kept += "\n";
        }
    }
    steady(&kept)
}

/// Returns a number of the discipline, by its name in the JSON of `tc`.
pub(super) fn number_by_tc(name: &str) -> Result<Option<u64>, Box<dyn Error>> {
    let args = [
        "-json",
        "-details",
        "-statistics",
        "qdisc",
        "show",
        "dev",
        "left",
        "root",
    ];
    let shown: Value = serde_json::from_str(&run("tc", &args)?)?;
    Ok(find(&shown, name).and_then(Value::as_u64))
}

fn find<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Object(fields) => fields
            .get(name)
            .or_else(|| fields.values().find_map(|inner| find(inner, name))),
        Value::Array(items) => items.iter().find_map(|inner| find(inner, name)),
        _ => None,
    }
}
