//! Rulesets of nft(8), read whole, deleted, and written again from the rows in
//! one transaction.

use super::carry::{execute, rows};
use nlsock::{Conn, Errno, Protocol};
use nltests::{Missing, Need, Outcome, Test, run};
use nlwire::netfilter::{
    ChainRow, DeleteTable, ElementsRow, FlowTableRow, GetChains, GetElements, GetFlowTables,
    GetGeneration, GetObjects, GetRules, GetSets, GetTables, NetfilterHeader, ObjectRow,
    OwnedTransaction, Restore, Rule, RuleRow, SetRow, Table, TableFamily, TableRef, TableRow,
    Transaction,
};
use nlwire::route::NewLink;
use nlwire::{MessageRef, Query, Row};
use serde_json::Value;
use std::error::Error;

/// Declares a test for each ruleset of the folder.
macro_rules! rulesets {
    ($($name:ident)*) => {
        pub(crate) const TESTS: &[Test] = &[
            $(Test {
                name: concat!("values::rulesets::", stringify!($name)),
                needs: &[Need::Namespace, Need::Program("nft")],
                run: || comes_back(include_str!(concat!("rulesets/", stringify!($name), ".nft"))),
            },)*
            Test {
                name: "values::rulesets::an_older_generation_is_refused",
                needs: &[Need::Namespace, Need::Program("nft")],
                run: an_older_generation_is_refused,
            },
            Test {
                name: "values::rulesets::thousands_of_intervals_come_back",
                needs: &[Need::Namespace, Need::Program("nft")],
                run: thousands_of_intervals_come_back,
            },
            Test {
                name: "values::rulesets::a_chain_is_copied_into_another_table",
                needs: &[Need::Namespace, Need::Program("nft")],
                run: a_chain_is_copied_into_another_table,
            },
        ];
    };
}

rulesets! {
    bridge concatenations firewall helpers intervals maps meters nat netdev objects
}

/// Rows of a ruleset, as bytes.
struct Ruleset {
    generation: u32,
    tables: Vec<Vec<u8>>,
    chains: Vec<Vec<u8>>,
    objects: Vec<Vec<u8>>,
    flow_tables: Vec<Vec<u8>>,
    sets: Vec<Vec<u8>>,
    elements: Vec<Vec<u8>>,
    rules: Vec<Vec<u8>>,
}

fn row<S>(bytes: &[u8]) -> Result<Row<'_, NetfilterHeader, S>, Box<dyn Error>> {
    Ok(Row::of(MessageRef::new(bytes)?))
}

fn generation(conn: &mut Conn) -> Result<u32, Box<dyn Error>> {
    let rows = rows(conn, &GetGeneration)?;
    Ok(GetGeneration::row(MessageRef::new(&rows[0])?)
        .number()?
        .expect("a number"))
}

impl Ruleset {
    fn read(conn: &mut Conn) -> Result<Self, Box<dyn Error>> {
        let generation = generation(conn)?;
        let sets = rows(conn, &GetSets::all())?;
        let mut elements = Vec::new();
        for bytes in &sets {
            let set: SetRow<'_> = row(bytes)?;
            let (table, name) = (set.table()?.expect("table"), set.name()?.expect("name"));
            let table = TableRef::new(TableFamily(set.header.family), table);
            elements.extend(rows(conn, &GetElements::of(table, name))?);
        }
        Ok(Self {
            generation,
            tables: rows(conn, &GetTables::all())?,
            chains: rows(conn, &GetChains::all())?,
            objects: rows(conn, &GetObjects::all())?,
            flow_tables: rows(conn, &GetFlowTables::all())?,
            sets,
            elements,
            rules: rows(conn, &GetRules::all())?,
        })
    }

    /// Deletes all tables.
    fn delete(&self, conn: &mut Conn) -> Outcome {
        let mut changes = OwnedTransaction::new();
        for bytes in &self.tables {
            let table: TableRow<'_> = row(bytes)?;
            let family = TableFamily(table.header.family);
            changes.push(&DeleteTable::new(TableRef::new(
                family,
                table.name()?.expect("name"),
            )))?;
        }
        execute(conn, &changes)?;
        assert_eq!(run("nft", &["list", "ruleset"])?, "");
        Ok(())
    }

    /// Writes everything in one transaction.
    fn restore(&self, conn: &mut Conn) -> Outcome {
        let mut changes = OwnedTransaction::new();
        for bytes in &self.tables {
            changes.push(&Restore::from(row::<Table>(bytes)?))?;
        }
        for bytes in &self.chains {
            let chain: ChainRow<'_> = row(bytes)?;
            changes.push(&Restore::from(chain))?;
        }
        for bytes in &self.objects {
            let object: ObjectRow<'_> = row(bytes)?;
            changes.push(&Restore::from(object))?;
        }
        for bytes in &self.flow_tables {
            let table: FlowTableRow<'_> = row(bytes)?;
            changes.push(&Restore::from(table))?;
        }
        for bytes in &self.sets {
            let set: SetRow<'_> = row(bytes)?;
            changes.push(&Restore::from(set))?;
        }
        for bytes in self.elements.iter().rev() {
            let elements: ElementsRow<'_> = row(bytes)?;
            changes.push(&Restore::from(elements))?;
        }
        // The rules of a chain stand together, and in their order.
        let same = |a: &Vec<u8>, b: &Vec<u8>| {
            let (a, b) = (row::<Rule>(a).unwrap(), row::<Rule>(b).unwrap());
            a.header == b.header
                && a.table().unwrap() == b.table().unwrap()
                && a.chain().unwrap() == b.chain().unwrap()
        };
        let chains: Vec<_> = self.rules.chunk_by(same).collect();
        for bytes in chains.into_iter().rev().flatten() {
            let rule: RuleRow<'_> = row(bytes)?;
            changes.push(&Restore::from(rule))?;
        }
        execute(conn, &changes)
    }
}

/// Prints the ruleset as JSON and as text, without what passes with time and
/// without handles.
fn print() -> Result<(Value, String), Box<dyn Error>> {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.retain(|name, _| name != "handle" && name != "expires");
                members.values_mut().for_each(strip);
            }
            Value::Array(values) => values.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut json = serde_json::from_str(&run("nft", &["-j", "list", "ruleset"])?)?;
    strip(&mut json);
    let text = run("nft", &["list", "ruleset"])?;
    let mut words = text.split(' ').peekable();
    let mut kept = Vec::new();
    while let Some(word) = words.next() {
        match word {
            "expires" => drop(words.next()),
            _ => kept.push(word),
        }
    }
    Ok((json, kept.join(" ")))
}

fn load(text: &str) -> Outcome {
    let path = std::env::temp_dir().join(format!("nlwire-{}.nft", std::process::id()));
    std::fs::write(&path, text)?;
    let loaded = run("nft", &[std::ffi::OsStr::new("-f"), path.as_os_str()]);
    std::fs::remove_file(&path)?;
    loaded?;
    Ok(())
}

/// Loads a ruleset, reads it, deletes it, restores it, and compares.
fn comes_back(text: &str) -> Outcome {
    let mut route = Conn::open(Protocol::ROUTE)?;
    for name in ["br0", "br1"] {
        route.execute(&NewLink::new(name, "bridge"))?;
    }
    if let Err(error) = load(text) {
        // The kernel refuses nft itself.
        let text = error.to_string();
        if nltests::linux() <= (5, 10) && text.contains("Could not process rule") {
            let part = text.lines().nth(2).unwrap_or_default().trim();
            return Err(Missing(format!("kernel: `{part}`")).into());
        }
        return Err(error);
    }
    let (json, before) = print()?;
    assert!(before.len() > 100);
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let ruleset = Ruleset::read(&mut conn)?;
    assert!(!ruleset.rules.is_empty());
    ruleset.delete(&mut conn)?;
    ruleset.restore(&mut conn)?;
    let (again, after) = print()?;
    assert_eq!(before, after, "before:\n{before}\nafter:\n{after}");
    assert_eq!(json, again);
    // The rows are the same too, apart from handles and time.
    let restored = Ruleset::read(&mut conn)?;
    assert_eq!(ruleset.sets.len(), restored.sets.len());
    assert_eq!(ruleset.rules.len(), restored.rules.len());
    assert!(restored.generation > ruleset.generation);
    // What exists is not created again.
    let error = ruleset.restore(&mut conn).unwrap_err();
    let error = error.downcast::<nlsock::Error>()?;
    assert_eq!(error.errno(), Some(Errno::EEXIST), "{error}");
    assert!(error.to_string().contains("table "), "{error}");
    Ok(())
}

fn an_older_generation_is_refused() -> Outcome {
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let old = generation(&mut conn)?;
    load("table inet t { }")?;
    let new = generation(&mut conn)?;
    assert_eq!(new, old + 1);
    let delete = DeleteTable::new(TableRef::inet("t"));
    let changes = Transaction(&[&delete]);
    let error = conn.execute(&changes.at_generation(old)).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ERESTART), "{error}");
    assert!(run("nft", &["list", "tables"])?.contains("inet t"));
    let mut owned = OwnedTransaction::new();
    owned.push(&delete)?;
    owned.set_generation(Some(old));
    let error = conn.execute(&owned).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ERESTART), "{error}");
    owned.set_generation(Some(new));
    conn.execute(&owned)?;
    assert_eq!(run("nft", &["list", "tables"])?, "");
    Ok(())
}

/// Elements of a set that take several messages.
fn thousands_of_intervals_come_back() -> Outcome {
    let nets: Vec<_> = (0..5000)
        .map(|n| format!("10.{}.{}.0/25", n / 256, n % 256))
        .collect();
    let text = format!(
        "table ip big {{
            set nets {{ type ipv4_addr; flags interval; elements = {{ {} }}; }}
            chain c {{ ip saddr @nets accept; }}
        }}",
        nets.join(", ")
    );
    comes_back(&text)
}

fn a_chain_is_copied_into_another_table() -> Outcome {
    load(
        "table ip a {
            comment \"old\"
            set s { type ipv4_addr; elements = { 192.0.2.1 }; }
            counter n { packets 3 bytes 7 }
            chain c { ip saddr @s counter name \"n\" drop comment \"why\"; }
        }",
    )?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let ruleset = Ruleset::read(&mut conn)?;
    let copy = TableRef::ip("b");
    let [table, chain, object] = [
        &ruleset.tables[0][..],
        &ruleset.chains[0],
        &ruleset.objects[0],
    ];
    let (set, elements) = (&ruleset.sets[0][..], &ruleset.elements[0][..]);
    let changes = Transaction(&[
        &Restore::from(row::<Table>(table)?).into_table(copy),
        &Restore::from(row::<nlwire::netfilter::Chain>(chain)?).into_table(copy),
        &Restore::from(row::<nlwire::netfilter::NftObject>(object)?).into_table(copy),
        &Restore::from(row::<nlwire::netfilter::NftSet>(set)?).into_table(copy),
        &Restore::from(row::<nlwire::netfilter::SetElements>(elements)?).into_table(copy),
        &Restore::from(row::<Rule>(&ruleset.rules[0])?).into_table(copy),
    ]);
    execute(&mut conn, &changes)?;
    let list = |name| run("nft", &["list", "table", "ip", name]);
    assert_eq!(list("a")?.replace("ip a", "ip b"), list("b")?);
    // With `if_absent` what exists stays, and the rule is added again.
    let again = Transaction(&[
        &Restore::from(row::<Table>(table)?).if_absent(),
        &Restore::from(row::<Rule>(&ruleset.rules[0])?),
    ]);
    execute(&mut conn, &again)?;
    assert_eq!(list("a")?.matches("why").count(), 2);
    Ok(())
}
