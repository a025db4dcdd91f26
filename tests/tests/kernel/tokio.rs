//! Requests and events in the reactor of tokio.

use super::events::link;
use super::pipelines::{LINKS, make_links};
use nlsock::{
    Answer, AsyncConn, AsyncEvents, Config, Conn, ErrorKind, Event, Instruction, Protocol, Resync,
};
use nltests::{Churn, Need, Network, Outcome, Routes, Test, all_routes, apply};
use nlwire::codec::AttributeSet as _;
use nlwire::generic::GenericHeader;
use nlwire::route::{
    DeleteLink, GetLink, GetLinks, LinkAttr, LinkHeader, NewLink, RTM_GETLINK, RTM_NEWLINK,
    RTNLGRP_IPV4_ROUTE, RTNLGRP_LINK,
};
use nlwire::schema::MessageSchema;
use nlwire::schema::Protocol as Described;
use nlwire::{
    Batch, DecodeError, Dump, EncodeError, Flags, MessageRef, MessageType, Next, Query, Request,
    Writer, attributes,
};
use std::error::Error;
use std::future::Future;
use std::ops::ControlFlow;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Mutex;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "tokio::one_thread_does_what_a_connection_does",
        needs: &[Need::Namespace],
        run: || {
            Ok(runtime()?
                .block_on(all())
                .map_err(|error| error.to_string())?)
        },
    },
    Test {
        name: "tokio::many_threads_do_what_a_connection_does",
        needs: &[Need::Namespace],
        run: many_threads_do_what_a_connection_does,
    },
    Test {
        name: "tokio::a_call_is_as_it_was_set_up",
        needs: &[Need::Namespace],
        run: || runtime()?.block_on(a_call_is_as_it_was_set_up()),
    },
    Test {
        name: "tokio::a_future_that_is_dropped_takes_nothing",
        needs: &[Need::Namespace],
        run: || runtime()?.block_on(a_future_that_is_dropped_takes_nothing()),
    },
    Test {
        name: "tokio::a_dump_is_repeated_when_links_come_and_go",
        needs: &[Need::Namespace],
        run: a_dump_is_repeated_when_links_come_and_go,
    },
    Test {
        name: "tokio::replies_of_a_batch_are_lent",
        needs: &[Need::Namespace],
        run: || runtime()?.block_on(replies_of_a_batch_are_lent()),
    },
    Test {
        name: "tokio::answers_are_read_without_waiting",
        needs: &[Need::Namespace],
        run: || runtime()?.block_on(answers_are_read_without_waiting()),
    },
    Test {
        name: "tokio::a_thousand_tasks_share_eight_connections",
        needs: &[Need::Namespace],
        run: a_thousand_tasks_share_eight_connections,
    },
    Test {
        name: "tokio::a_table_is_kept",
        needs: &[Need::Namespace],
        run: || runtime()?.block_on(a_table_is_kept()),
    },
];

/// `BPF_RET | BPF_K`: keeps no byte of any datagram.
const DROP: Instruction = Instruction::statement(0x06, 0);

fn runtime() -> std::io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

fn many_threads_do_what_a_connection_does() -> Outcome {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let task = async { all().await.map_err(|error| error.to_string()) };
    Ok(runtime.block_on(runtime.spawn(task))??)
}

fn noop(buffer: &mut [u8]) -> MessageRef<'_> {
    let flags = Flags::empty();
    Writer::message(buffer, MessageType::NOOP, flags, &(), |w| Ok(w)).unwrap()
}

fn link_named<'b>(buffer: &'b mut [u8], name: &str) -> MessageRef<'b> {
    let header = LinkHeader::default();
    Writer::message(buffer, RTM_GETLINK, Flags::empty(), &header, |w| {
        w.put(LinkAttr::Name(name.into()))
    })
    .unwrap()
}

/// Each call, and each error, is that of a connection that waits.
async fn all() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut conn = AsyncConn::open(Protocol::ROUTE)?;
    let mut waiting = Conn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    assert_eq!(conn.execute(noop(&mut buffer)).await?.code(), 0);
    let reply = conn
        .get(link_named(&mut buffer, "lo"))
        .await?
        .payload()
        .len();
    assert_eq!(
        reply,
        waiting.get(link_named(&mut buffer, "lo"))?.payload().len()
    );

    let absent = link_named(&mut buffer, "absent");
    let error = conn.get(absent).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(
        error.to_string(),
        waiting.get(absent).unwrap_err().to_string()
    );
    let kind = conn.get(noop(&mut buffer)).await.unwrap_err().kind();
    assert_eq!(kind, ErrorKind::Replies { found: 0 });

    let header = LinkHeader::default();
    let links = Writer::message(&mut buffer, RTM_GETLINK, Flags::empty(), &header, |w| Ok(w))?;
    let mut rows = conn.query(Dump(links)).await?;
    assert!(rows.next().await?.is_some());
    assert!(rows.next().await?.is_none());

    let mut pings = noop(&mut buffer).as_bytes().repeat(300);
    let mut pings = Batch::packed(&mut pings)?;
    let mut outcomes = vec![nlsock::Outcome::default(); 300];
    conn.batch(&mut pings, &mut outcomes).await?;
    assert!(outcomes.iter().all(nlsock::Outcome::is_done));
    let mut pipeline = conn.pipeline::<2>();
    let ticket = pipeline.send(noop(&mut buffer))?;
    let links = Writer::message(&mut buffer, RTM_GETLINK, Flags::empty(), &header, |w| Ok(w))?;
    let dump = pipeline.query(Dump(links))?;
    let mut answers = Vec::new();
    while let Some((ticket, answer)) = pipeline.next().await? {
        answers.push((ticket, matches!(answer, Answer::Reply(_))));
    }
    assert_eq!(answers, [(ticket, false), (dump, true), (dump, false)]);

    // What nobody answers takes as long as it may.
    let events = Config::new(Protocol::ROUTE).group(RTNLGRP_LINK).events()?;
    let mut events = AsyncEvents::new(events)?;
    events.set_timeout(Some(Duration::from_millis(5)));
    assert_eq!(events.next().await.unwrap_err().kind(), ErrorKind::Timeout);
    // And it is woken when something happens.
    events.set_timeout(Some(Duration::from_secs(10)));
    let change = thread::spawn(|| {
        thread::sleep(Duration::from_millis(20));
        Network::open()?.add_link("br0", "bridge")
    });
    assert!(matches!(events.next().await?, Some(Event::Item(_))));
    change.join().unwrap()?;
    conn.conn().transport().attach_filter(&[DROP])?;
    conn.set_timeout(Some(Duration::from_millis(5)));
    let error = conn.execute(noop(&mut buffer)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    conn.conn().transport().detach_filter()?;
    // What is answered may take longer on a busy machine.
    conn.set_timeout(Some(Duration::from_secs(10)));
    assert_eq!(conn.execute(noop(&mut buffer)).await?.code(), 0);
    Ok(())
}

attributes! {
    /// A description of the controller's requests that is not nlwire's.
    set Asked, enum AskedAttr {
        1 ASKED_ID Id id: u16,
    }
}

static ASKED: MessageSchema =
    MessageSchema::new::<GenericHeader>(MessageType(0), "ASK", Asked::schema);

async fn a_call_is_as_it_was_set_up() -> Outcome {
    let mut conn = AsyncConn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let name = link_named(&mut buffer, "lo");
    let reply = conn.call().without_ack().get(name).await?;
    assert_eq!(reply.kind(), RTM_NEWLINK);
    let mut replies = conn.call().without_ack().query(name).await?;
    assert!(replies.next().await?.is_some());
    assert!(replies.next().await?.is_none());
    let mut again = conn.call().without_ack().pipeline::<1>();
    again.send(noop(&mut buffer))?;
    assert!(again.next().await?.is_some());

    // Of a batch, the last message alone is acknowledged.
    let mut pings = noop(&mut buffer).as_bytes().repeat(3);
    let mut pings = Batch::packed(&mut pings)?;
    let mut outcomes = vec![nlsock::Outcome::default(); 3];
    let call = conn.call().without_ack();
    call.batch(&mut pings, &mut outcomes).await?;
    assert!(outcomes.iter().all(nlsock::Outcome::is_done));
    let asked = |message: MessageRef<'_>| message.flags().contains(Flags::ACK);
    let asked: Vec<_> = pings.messages().flatten().map(asked).collect();
    assert_eq!(asked, [false, false, true]);

    let noop = noop(&mut buffer);
    conn.conn().transport().attach_filter(&[DROP])?;
    let call = conn.with_timeout(Duration::from_millis(5));
    assert_eq!(
        call.execute(noop).await.unwrap_err().kind(),
        ErrorKind::Timeout
    );
    conn.conn().transport().detach_filter()?;
    assert_eq!(conn.execute(noop).await?.code(), 0);

    let mut conn = AsyncConn::open(Protocol::GENERIC)?;
    let header = GenericHeader::new(3, 1);
    let get = Writer::message(&mut buffer, MessageType(16), Flags::empty(), &header, |w| {
        w.u8(1, 9)
    })?;
    let error = conn.call().described_by(&ASKED).get(get).await.unwrap_err();
    assert!(
        error.to_string().ends_with(", at ASKED_ID (byte 20)"),
        "{error}"
    );
    Ok(())
}

/// Polls a future up to `count` times, and drops it.
async fn poll_times<F: Future>(count: u32, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    for _ in 0..count {
        let mut context = Context::from_waker(Waker::noop());
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Some(output);
        }
        tokio::task::yield_now().await;
    }
    None
}

async fn a_future_that_is_dropped_takes_nothing() -> Outcome {
    let mut churn = Churn::open(link()?, 5000)?;
    let mut conn = AsyncConn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let routes = all_routes(&mut buffer)?;
    let mut noops = [0; 16];
    let noop = noop(&mut noops);
    for count in 1..=20 {
        let config = Config::new(Protocol::ROUTE).group(RTNLGRP_IPV4_ROUTE);
        let config = config.receive_buffer(1 << 20);
        // What another listener hears, that waits for nothing.
        let mut other = config.clone().events()?;
        let mut events = AsyncEvents::new(config.events()?)?;
        let (mut seen, mut expected) = (Vec::new(), Vec::new());
        for _ in 0..1000 / Churn::BATCH {
            // Nothing is there, so that each poll is of a wait.
            assert!(poll_times(count, events.next()).await.is_none());
            churn.change()?;
            // Requests that are left while they wait: a filter drops answers.
            conn.conn().transport().attach_filter(&[DROP])?;
            assert!(poll_times(count, conn.execute(noop)).await.is_none());
            let mut pings = noop.as_bytes().repeat(3);
            let mut pings = Batch::packed(&mut pings)?;
            let mut outcomes = vec![nlsock::Outcome::default(); 3];
            let batch = conn.batch(&mut pings, &mut outcomes);
            assert!(poll_times(count, batch).await.is_none());
            conn.conn().transport().detach_filter()?;
            // A dump, left after as many rows.
            let mut rows = conn.query(Dump(routes)).await?;
            for _ in 0..count {
                poll_times(1, rows.next()).await.transpose()?;
            }
            drop(rows);
            assert_eq!(conn.execute(noop).await?.code(), 0);
            while let Some(event) = poll_times(count, events.next()).await.transpose()? {
                let Some(Event::Item(event)) = event else {
                    panic!("lost");
                };
                seen.push(event.message().as_bytes().to_vec());
            }
            while let Poll::Ready(Some(Event::Item(event))) = other.try_next()? {
                expected.push(event.message().as_bytes().to_vec());
            }
        }
        assert_eq!(seen.len(), 1000, "{count} polls");
        assert!(seen == expected, "{count} polls: other events");
    }
    Ok(())
}

/// On threads that take the future from one another.
fn a_dump_is_repeated_when_links_come_and_go() -> Outcome {
    make_links()?;
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let task = async { changing_links().await.map_err(|error| error.to_string()) };
    Ok(runtime.block_on(runtime.spawn(task))??)
}

/// Links, none of which can be compared.
struct Broken;

impl Request for Broken {
    fn protocol(&self) -> Option<&'static Described> {
        None
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        GetLinks::all().write(from, w)
    }
}

impl Query for Broken {
    type Row<'a> = MessageRef<'a>;

    fn row(message: MessageRef<'_>) -> MessageRef<'_> {
        message
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        message.attributes(16).require(0x3fff).map(|_| true)
    }
}

async fn changing_links() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut conn = AsyncConn::open(Protocol::ROUTE)?;
    let stop = Arc::new(AtomicBool::new(false));
    let churning = thread::spawn({
        let stop = Arc::clone(&stop);
        move || {
            let mut conn = Conn::open(Protocol::ROUTE).unwrap();
            while !stop.load(Ordering::Relaxed) {
                conn.execute(NewLink::veth("w0", "w1")).unwrap();
                conn.execute(DeleteLink::by_name("w0")).unwrap();
            }
        }
    });
    for _ in 0..10 {
        let list = conn.list(GetLinks::all()).await?;
        assert!(list.is_complete());
        let names = list
            .iter()
            .map(|row| row.name().map(|name| name.unwrap().to_string()));
        let mut names = names.collect::<Result<Vec<_>, _>>()?;
        names.retain(|name| !name.starts_with('w'));
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!((names.len(), count), (LINKS, LINKS));
        // What was received may be had all the same.
        assert!(conn.list_partial(GetLinks::all()).await?.len() >= LINKS);
    }
    // An error from the query does not cause a repetition.
    let kind = conn.list(Broken).await.unwrap_err().kind();
    assert!(matches!(kind, ErrorKind::Decode(_)), "{kind:?}");

    // One timeout bounds all attempts.
    conn.set_timeout(Some(Duration::from_millis(20)));
    let begun = Instant::now();
    while let Ok(list) = conn.list(GetLinks::all()).await {
        assert!(list.is_complete());
        if begun.elapsed() > Duration::from_secs(5) {
            break;
        }
    }
    assert!(begun.elapsed() < Duration::from_secs(15));
    stop.store(true, Ordering::Relaxed);
    churning.join().unwrap();
    Ok(())
}

async fn replies_of_a_batch_are_lent() -> Outcome {
    let mut conn = AsyncConn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let mut messages = noop(&mut buffer).as_bytes().to_vec();
    messages.extend_from_slice(link_named(&mut buffer, "lo").as_bytes());
    messages.extend_from_slice(link_named(&mut buffer, "absent").as_bytes());
    let mut messages = Batch::packed(&mut messages)?;
    let mut outcomes = vec![nlsock::Outcome::default(); 3];
    let mut replies = conn.batch_replies(&mut messages, &mut outcomes).await?;
    let Some((1, reply)) = replies.next().await? else {
        panic!("no reply to the second message");
    };
    assert_eq!(reply.kind(), RTM_NEWLINK);
    let error = replies.next().await.unwrap_err();
    assert!(error.is_not_found());
    assert!(replies.next().await?.is_none());
    assert!(outcomes[0].is_done() && outcomes[1].is_done());
    assert!(outcomes[2].refusal().is_some());

    // An abandoned call leaves the connection usable.
    let replies = conn.batch_replies(&mut messages, &mut outcomes).await?;
    drop(replies);
    assert_eq!(conn.execute(noop(&mut buffer)).await?.code(), 0);
    // It takes no longer than it may.
    conn.conn().transport().attach_filter(&[DROP])?;
    conn.set_timeout(Some(Duration::from_millis(5)));
    let mut replies = conn.batch_replies(&mut messages, &mut outcomes).await?;
    let error = replies.next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(replies.next().await?.is_none());
    Ok(())
}

async fn answers_are_read_without_waiting() -> Outcome {
    let mut conn = AsyncConn::open(Protocol::ROUTE)?;
    let mut rows = conn.query(GetLinks::all()).await?;
    let mut names = Vec::new();
    loop {
        match rows.try_next()? {
            Poll::Ready(Some(link)) => names.push(link.name()?.unwrap().to_string()),
            Poll::Ready(None) => break,
            Poll::Pending => tokio::task::yield_now().await,
        }
    }
    assert_eq!(names, ["lo"]);

    let mut pipeline = conn.pipeline::<2>();
    let ticket = pipeline.query(GetLink::by_name("lo"))?;
    let (mut replies, mut done) = (0, 0);
    loop {
        match pipeline.try_next()? {
            Poll::Ready(Some((which, Answer::Reply(_)))) if which == ticket => replies += 1,
            Poll::Ready(Some((which, Answer::Done(_)))) if which == ticket => done += 1,
            Poll::Ready(Some((_, answer))) => panic!("{answer:?}"),
            Poll::Ready(None) => break,
            Poll::Pending => tokio::task::yield_now().await,
        }
    }
    assert_eq!((replies, done), (1, 1));

    let mut buffer = [0; 64];
    let mut messages = link_named(&mut buffer, "lo").as_bytes().to_vec();
    let mut messages = Batch::packed(&mut messages)?;
    let mut outcomes = [nlsock::Outcome::default()];
    let mut answers = conn.batch_replies(&mut messages, &mut outcomes).await?;
    let mut replies = 0;
    loop {
        match answers.try_next()? {
            Poll::Ready(Some((0, _))) => replies += 1,
            Poll::Ready(Some((index, _))) => panic!("a reply to message {index}"),
            Poll::Ready(None) => break,
            Poll::Pending => tokio::task::yield_now().await,
        }
    }
    assert_eq!(replies, 1);
    assert!(outcomes[0].is_done());

    // Nothing arrives: no call waits.
    conn.conn().transport().attach_filter(&[DROP])?;
    let mut rows = conn.query(GetLinks::all()).await?;
    assert!(rows.try_next()?.is_pending());
    Ok(())
}

async fn a_table_is_kept() -> Outcome {
    let mut churn = Churn::open(link()?, 1000)?;
    let config = Config::new(Protocol::ROUTE).group(RTNLGRP_IPV4_ROUTE);
    let mut events = AsyncEvents::new(config.events()?)?;
    let mut conn = AsyncConn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let request = all_routes(&mut buffer)?;
    let (mut routes, mut starts, mut count) = (Routes::new(), 0, 0);
    let kept = events.resync(&mut conn, Dump(request), |change| {
        match change {
            Resync::Start => {
                starts += 1;
                routes.clear();
            }
            Resync::Row(row) => apply(&mut routes, row).unwrap(),
            // The first time more than the queue holds, the second time less.
            Resync::Whole if starts == 1 => (0..50).for_each(|_| churn.change().unwrap()),
            Resync::Whole => churn.change().unwrap(),
            Resync::Event(event) => {
                apply(&mut routes, event.message()).unwrap();
                count += 1;
                if starts == 2 && routes == churn.routes() {
                    return ControlFlow::Break(());
                }
            }
        }
        ControlFlow::Continue(())
    });
    tokio::time::timeout(Duration::from_secs(10), kept).await??;
    assert_eq!(starts, 2);
    assert!(count > 0);
    Ok(())
}

/// Each task asks ten times over a connection that it waits for; every seventh
/// drops a request that has begun.
fn a_thousand_tasks_share_eight_connections() -> Outcome {
    let open = |_| Ok(Arc::new(Mutex::new(AsyncConn::open(Protocol::ROUTE)?)));
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let conns = (0..8)
            .map(open)
            .collect::<Result<Vec<_>, nlsock::Error>>()?;
        let mut tasks = Vec::new();
        for (number, conn) in (0..1000).zip(conns.iter().cycle()) {
            let conn = Arc::clone(conn);
            tasks.push(tokio::spawn(async move {
                for _ in 0..10 {
                    let mut conn = conn.lock().await;
                    if number % 7 == 0 {
                        let mut future = pin!(conn.get(GetLink::by_name("lo")));
                        let mut context = Context::from_waker(Waker::noop());
                        drop(future.as_mut().poll(&mut context));
                    }
                    assert_eq!(conn.get(GetLink::by_name("lo")).await?.index().get(), 1);
                }
                Ok::<_, nlsock::Error>(())
            }));
        }
        for task in tasks {
            task.await??;
        }
        Ok(())
    })
}
