//! Allocations of an open connection: none.

use allocation_counter::measure;
use nlsock::{Answer, Config, Conn, Error, Outcome, Protocol, Rows};
use nltests::{Need, Network, Test};
use nlwire::netfilter::{
    NFNL_MSG_BATCH_BEGIN, NFNL_MSG_BATCH_END, NFPROTO_INET, NFT_MSG_NEWTABLE, NetfilterHeader,
    SetVerdict, SetVerdicts, TableAttr, Verdict,
};
use nlwire::route::{GetLinks, LinkAttr, LinkHeader, NewLink, RTM_GETLINK, RTNLGRP_LINK, SetLink};
use nlwire::schema::Protocol as Family;
use nlwire::{
    Batch, Dump, FixedHeader, Flags, MessageRef, MessageType, NewFlags, Put, Query, Writer,
};

pub(crate) const TESTS: &[Test] = &[Test {
    name: "allocations::nothing_is_allocated_after_opening",
    needs: &[Need::Namespace],
    run: nothing_is_allocated_after_opening,
}];

static CONTROLLER: Family = Family::family("nlctrl", &[]);

/// Returns what `f` does, which must not allocate.
fn without_allocating<R>(what: &str, f: impl FnOnce() -> Result<R, Error>) -> R {
    let mut result = None;
    let counted = measure(|| result = Some(f()));
    assert_eq!((counted.count_total, counted.bytes_total), (0, 0), "{what}");
    result.unwrap().unwrap()
}

fn message<'b, T, F>(
    buffer: &'b mut [u8],
    kind: MessageType,
    header: &T,
    attributes: F,
) -> MessageRef<'b>
where
    T: FixedHeader,
    F: for<'w> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    Writer::message(buffer, kind, Flags::empty(), header, attributes).unwrap()
}

fn count<Q: Query>(rows: &mut Rows<'_, Q>) -> Result<usize, Error> {
    let mut count = 0;
    while rows.next()?.is_some() {
        count += 1;
    }
    Ok(count)
}

fn nothing_is_allocated_after_opening() -> nltests::Outcome {
    let mut network = Network::open()?;
    for number in 1..50 {
        network.add_link(&format!("br{number}"), "bridge")?;
    }
    let counted = measure(|| drop(Vec::<u8>::with_capacity(9)));
    assert_eq!((counted.count_total, counted.bytes_total), (1, 9));

    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut buffers = [[0; 64]; 3];
    let [first, second, third] = &mut buffers;
    let header = LinkHeader::default();
    let ping = message(first, MessageType::NOOP, &(), |w| Ok(w));
    let links = message(second, RTM_GETLINK, &header, |w| Ok(w));
    let link = message(third, RTM_GETLINK, &header, |w| {
        w.put(LinkAttr::Name("lo".into()))
    });

    without_allocating("execute", || conn.execute(ping).map(|_| ()));
    without_allocating("get", || conn.get(link).map(|_| ()));
    without_allocating("query", || conn.query(link).map(drop));
    let rows = without_allocating("dump", || count(&mut conn.query(Dump(links))?));
    assert_eq!(rows, 50);
    without_allocating("dump, given up", || conn.query(Dump(links)).map(drop));
    let rows = without_allocating("query_retry", || {
        conn.query_retry(2, Dump(links), |_, rows| count(rows))
    });
    assert_eq!(rows, 50);

    let answers = without_allocating("pipeline", || {
        let mut pipeline = conn.pipeline::<50>();
        pipeline.query(Dump(links))?;
        while !pipeline.is_full() {
            pipeline.send(ping)?;
        }
        let mut done = 0;
        while let Some((_, answer)) = pipeline.next()? {
            if let Answer::Done(_) = answer {
                done += 1;
            }
        }
        Ok(done)
    });
    assert_eq!(answers, 50);

    let mut pings = ping.as_bytes().repeat(1000);
    let mut pings = Batch::packed(&mut pings)?;
    let mut outcomes = vec![Outcome::default(); 1000];
    without_allocating("batch", || conn.batch(&mut pings, &mut outcomes));
    assert!(outcomes.iter().all(Outcome::is_done));
    without_allocating("batch with one ack", || {
        conn.call().without_ack().batch(&mut pings, &mut outcomes)
    });
    without_allocating("route", || {
        conn.execute(SetLink::by_index(1).up())?;
        count(&mut conn.query(GetLinks::all())?)
    });
    let mut events = Config::new(Protocol::ROUTE).group(RTNLGRP_LINK).events()?;
    without_allocating("two messages, and events", || {
        conn.execute(NewLink::veth("w0", "w1").up())?;
        events.next()?;
        events.try_next().map(|_| ())
    });
    let mut generic = Conn::open(Protocol::GENERIC)?;
    without_allocating("look-up", || generic.look_up(&CONTROLLER).map(|_| ()));

    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let mut buffer = [0; 256];
    let mut batch = Batch::new(&mut buffer);
    let create = Flags::REQUEST | NewFlags::CREATE;
    let inet = NetfilterHeader::new(NFPROTO_INET);
    let end = NetfilterHeader::BATCH;
    batch.append_message(NFNL_MSG_BATCH_BEGIN, Flags::REQUEST, &end, |w| Ok(w))?;
    batch.append_message(NFT_MSG_NEWTABLE, create, &inet, |w| {
        w.put(TableAttr::Name("t".into()))
    })?;
    batch.append_message(NFNL_MSG_BATCH_END, Flags::REQUEST, &end, |w| Ok(w))?;
    without_allocating("transaction", || conn.batch(&mut batch, &mut outcomes));
    let shared = &conn;
    without_allocating("verdicts", || {
        for packet in 1..10 {
            shared.send(SetVerdict::new(1, packet, Verdict::ACCEPT).mark(5))?;
        }
        shared.send(SetVerdicts::up_to(1, 20, Verdict::ACCEPT))
    });
    Ok(())
}
