//! Calls that carry out a request, with the same request value.

use nlsock::fake::{Expected, Kernel};
use nlsock::{
    Answer, AsyncConn, Config, Conn, ErrorKind, Events, Outcome as Sent, Protocol, Resync,
    Transport,
};
use nltests::{Need, Network, Outcome, Test};
use nlwire::netfilter::{DeleteTable, NewChain, NewTable, TableRef, Transaction};
use nlwire::route::{
    DeleteLink, GetAddresses, GetLink, GetLinks, NewAddress, NewLink, RTM_NEWLINK, RTM_SETLINK,
    VethPeer,
};
use nlwire::schema::{MessageSchema, Protocol as Family};
use nlwire::{
    Batch, EncodeError, Errno, Flags, MessageType, Next, Request, Writer, attributes, codec,
};
use std::ops::ControlFlow;
use std::time::Duration;

mod links;
mod parts;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "ways::one_request_serves_all_calls",
        needs: &[Need::Namespace],
        run: one_request_serves_all_calls,
    },
    Test {
        name: "ways::one_request_serves_all_calls_without_a_kernel",
        needs: &[Need::Nobody],
        run: one_request_serves_all_calls_without_a_kernel,
    },
    Test {
        name: "ways::futures_of_values_are_spawned",
        needs: &[Need::Namespace],
        run: futures_of_values_are_spawned,
    },
    Test {
        name: "ways::a_value_is_what_a_test_expects",
        needs: &[Need::Nobody],
        run: a_value_is_what_a_test_expects,
    },
    Test {
        name: "ways::a_veth_of_a_name_that_is_taken_leaves_the_other_alone",
        needs: &[Need::Namespace],
        run: a_veth_of_a_name_that_is_taken_leaves_the_other_alone,
    },
    Test {
        name: "ways::an_object_of_100_kb_is_set_in_parts",
        needs: &[Need::Nobody],
        run: an_object_of_100_kb_is_set_in_parts,
    },
    Test {
        name: "ways::an_object_that_comes_in_parts_is_one_row_of_a_list",
        needs: &[Need::Nobody],
        run: parts::an_object_that_comes_in_parts_is_one_row_of_a_list,
    },
    Test {
        name: "ways::a_transaction_in_a_pipeline_has_one_answer",
        needs: &[Need::Namespace],
        run: a_transaction_in_a_pipeline_has_one_answer,
    },
    Test {
        name: "ways::a_family_is_asked_again_once",
        needs: &[Need::Nobody],
        run: a_family_is_asked_again_once,
    },
];

fn is_there<T, B>(conn: &mut Conn<T, B>, name: &str) -> bool
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    match conn.get(GetLink::by_name(name)) {
        Ok(_) => true,
        Err(error) => {
            assert!(error.is_not_found(), "{error}");
            false
        }
    }
}

fn one_request_serves_all_calls() -> Outcome {
    let _network = Network::open()?;
    let mut events = Config::new(Protocol::ROUTE).group(1).events()?;
    carry_out(
        &mut Conn::open(Protocol::ROUTE)?,
        &mut events,
        &mut Conn::open(Protocol::NETFILTER)?,
    )
}

fn one_request_serves_all_calls_without_a_kernel() -> Outcome {
    let kernel = links::kernel();
    let over = |kernel: &Kernel, protocol| {
        let mut conn = Conn::over(kernel.clone(), vec![0; 1 << 16], protocol, 7);
        conn.set_timeout(Some(Duration::from_secs(10)));
        conn
    };
    let mut events = Events::new(over(&Kernel::new(), Protocol::ROUTE));
    carry_out(
        &mut over(&kernel, Protocol::ROUTE),
        &mut events,
        &mut over(&kernel, Protocol::NETFILTER),
    )
}

/// Carries the same values out in all ways: `conn` knows the link `lo` alone.
fn carry_out<T, B>(
    conn: &mut Conn<T, B>,
    events: &mut Events<T, B>,
    other: &mut Conn<T, B>,
) -> Outcome
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let new = NewLink::new("w0", "bridge");
    let delete = DeleteLink::by_name("w0");

    // Blocking, by value and by reference, with a timeout of its own.
    conn.execute(new)?;
    assert!(is_there(conn, "w0"));
    conn.with_timeout(Duration::from_secs(5)).execute(&delete)?;
    assert!(!is_there(conn, "w0"));
    let error = conn.execute(&delete).unwrap_err();
    assert_eq!(error.to_string(), "route: RTM_DELLINK link \"w0\": ENODEV");
    conn.execute(delete.if_there())?;

    // One row without an acknowledgement, and rows.
    let name = conn.without_ack().get(GetLink::by_name("lo"))?;
    assert_eq!(name.message.kind(), RTM_NEWLINK);
    let mut links = conn.query(GetLinks::all())?;
    let mut count = 0;
    while links.next()?.is_some() {
        count += 1;
    }
    let retried = conn.query_retry(5, GetLinks::all(), |_, rows| {
        let mut count = 0;
        while rows.next()?.is_some() {
            count += 1;
        }
        Ok::<_, nlsock::Error>(count)
    })?;
    let list = conn.list(GetLinks::all())?;
    assert_eq!((count, retried, list.len()), (list.len(), count, count));
    let kept = list.iter().next().map(|row| row.to_owned()).unwrap();
    assert_eq!(kept.as_row().message.kind(), RTM_NEWLINK);

    // Many in one system call.
    let mut batch = Batch::new(Vec::new());
    batch.push(&new)?;
    batch.push(&NewLink::new("w1", "bridge"))?;
    batch.push(&new)?;
    let mut outcomes = vec![Sent::default(); batch.count()];
    let error = conn.batch(&mut batch, &mut outcomes).unwrap_err();
    assert!(error.is_exists(), "{error}");
    let done: Vec<_> = outcomes.iter().map(Sent::is_done).collect();
    assert_eq!(done, [true, true, false]);

    // What may be absent is absent.
    let absent = DeleteLink::by_name("w7");
    let mut batch = Batch::new(Vec::new());
    batch.push(&absent.if_there())?;
    let mut outcomes = vec![Sent::default(); batch.count()];
    conn.batch(&mut batch, &mut outcomes)?;
    assert!(outcomes.iter().all(Sent::is_done));
    batch.push(&absent)?;
    let mut outcomes = vec![Sent::default(); batch.count()];
    let error = conn.batch(&mut batch, &mut outcomes).unwrap_err();
    assert_eq!(error.to_string(), "route: RTM_DELLINK: ENODEV");
    let done: Vec<_> = outcomes.iter().map(Sent::is_done).collect();
    assert_eq!(done, [true, false]);
    let mut pipeline = conn.pipeline::<8>();
    pipeline.send(absent.if_there())?;
    let (_, answer) = pipeline.next()?.unwrap();
    assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
    pipeline.send(absent)?;
    let (_, answer) = pipeline.next()?.unwrap();
    assert!(matches!(answer, Answer::Failed(error) if error.is_not_found()));

    // Several in flight.
    let mut pipeline = conn.pipeline::<8>();
    let first = pipeline.send(&delete)?;
    let rows = pipeline.query(GetLink::by_name("w1"))?;
    let waits = pipeline
        .send(NewLink::veth("w2", VethPeer::new("w3").up()))
        .unwrap_err();
    assert_eq!(waits.kind(), ErrorKind::Encode(EncodeError::Waits));
    let mut seen = Vec::new();
    while let Some((ticket, answer)) = pipeline.next()? {
        let what = match answer {
            Answer::Reply(_) => "row",
            Answer::Done(_) => "done",
            _ => "failed",
        };
        seen.push((ticket, what));
    }
    assert_eq!(seen, [(first, "done"), (rows, "row"), (rows, "done")]);

    // A table that is followed.
    let followed = events.resync(conn, GetLinks::all(), |change| match change {
        Resync::Row(row) if row.name() == Ok(Some("w1".into())) => ControlFlow::Break(true),
        Resync::Whole => ControlFlow::Break(false),
        _ => ControlFlow::Continue(()),
    })?;
    assert!(followed);

    // Beside a thread that receives.
    conn.send(DeleteLink::by_name("w1"))?;
    assert!(!is_there(conn, "w1"));

    // A connection of another protocol refuses it by its object.
    let error = other.execute(new).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongProtocol);
    assert!(error.to_string().contains("link \"w0\""), "{error}");
    Ok(())
}

fn futures_of_values_are_spawned() -> Outcome {
    let _network = Network::open()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut conn = AsyncConn::open(Protocol::ROUTE)?;
        let task = tokio::spawn(async move {
            let new = NewLink::new("w0", "bridge");
            conn.execute(new).await?;
            conn.execute(NewLink::veth("w1", "w2").up()).await?;
            let mut batch = Batch::new(Vec::new());
            batch.push(&DeleteLink::by_name("w0")).unwrap();
            batch.push(&DeleteLink::by_name("w0").if_there()).unwrap();
            let mut outcomes = vec![Sent::default(); 2];
            conn.batch(&mut batch, &mut outcomes).await?;
            assert!(outcomes.iter().all(Sent::is_done));
            conn.execute(DeleteLink::by_name("w0").if_there()).await?;
            let up = conn.get(GetLink::by_name("w1")).await?.header.flags();
            let list = conn.list(GetLinks::all()).await?;
            let mut rows = conn.query(GetLinks::all()).await?;
            let mut count = 0;
            while rows.next().await?.is_some() {
                count += 1;
            }
            assert_eq!((list.len(), up.bits() & 1), (count, 1));
            conn.execute(NewAddress::of(1, "192.0.2.1/32".parse().unwrap()))
                .await?;
            assert_eq!(conn.flush(GetAddresses::v4().link(1)).await?, 1);
            let mut pipeline = conn.pipeline::<4>();
            pipeline.send(DeleteLink::by_name("w1"))?;
            pipeline.send(DeleteLink::by_name("w1").if_there())?;
            while let Some((_, answer)) = pipeline.next().await? {
                assert!(matches!(answer, Answer::Done(_)));
            }
            Ok::<_, nlsock::Error>(count)
        });
        assert_eq!(task.await??, 3);
        Ok(())
    })
}

fn a_value_is_what_a_test_expects() -> Outcome {
    let kernel = Kernel::new();
    let veth = NewLink::veth("w0", VethPeer::new("w1").up());
    kernel.expect(Expected::request(&veth), |_, answer| answer.ack());
    let up = Expected::new(RTM_SETLINK)
        .header_len(16)
        .attribute(3, b"w1\0");
    kernel.expect(up, |_, answer| answer.ack());
    kernel.expect(
        Expected::request(&DeleteLink::by_name("w0")),
        |_, answer| {
            answer.error(Errno::ENODEV);
        },
    );
    let mut conn = Conn::over(kernel.clone(), vec![0; 4096], Protocol::ROUTE, 7);
    conn.set_timeout(Some(Duration::from_secs(5)));
    conn.execute(veth)?;
    conn.execute(DeleteLink::by_name("w0").if_there())?;
    kernel.assert_finished();
    Ok(())
}

fn a_veth_of_a_name_that_is_taken_leaves_the_other_alone() -> Outcome {
    let _network = Network::open()?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    conn.execute(NewLink::new("w0", "bridge"))?;
    let error = conn.execute(NewLink::veth("w0", "w1").up()).unwrap_err();
    assert!(error.is_exists(), "{error}");
    assert!(
        error
            .to_string()
            .starts_with("route: RTM_NEWLINK link \"w0\""),
        "{error}"
    );
    let link = conn.get(GetLink::by_name("w0"))?;
    assert_eq!(link.header.flags().bits() & 1, 0, "still down");
    conn.execute(NewLink::veth("w2", VethPeer::new("w3").up()).up())?;
    for name in ["w2", "w3"] {
        let link = conn.get(GetLink::by_name(name))?;
        assert_eq!(link.header.flags().bits() & 1, 1, "up");
    }
    Ok(())
}

attributes! {
    /// Device of a family that the test declares.
    pub(crate) set Device, enum DeviceAttr {
        /// Name.
        1 TUN_A_NAME Name name: codec::Str,
        /// Peers.
        2 TUN_A_PEERS Peers peers: codec::Bytes,
    }
}

static TUN: Family = Family::family(
    "tun",
    &[MessageSchema::command(
        1,
        "TUN_CMD_SET_DEVICE",
        <Device as codec::AttributeSet>::schema,
    )],
);

/// Sets the peers of a device, in as many parts as it takes.
#[derive(Debug)]
struct SetDevice(Vec<u32>);

impl Request for SetDevice {
    fn protocol(&self) -> Option<&'static Family> {
        Some(&TUN)
    }

    fn object(&self, _: u64, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("device \"tun0\"")
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let mut at = (from as usize, 0);
        w.append_message(MessageType(0), Flags::empty(), &(), |w| {
            w.append(&[1_u8, 1, 0, 0])?.str(TUN_A_NAME, "tun0")?;
            w.nest(TUN_A_PEERS, |w| {
                at = w.fill(&self.0, at, |w, peer, _| w.u32(1, *peer).map(|_| 0))?;
                Ok(w)
            })
        })?;
        Ok(if at.0 < self.0.len() {
            Next::Then(at.0 as u64)
        } else {
            Next::End
        })
    }
}

/// Answers the look-up of a family.
fn family(kernel: &Kernel, number: u16) {
    kernel.expect(Expected::new(MessageType(16)), move |_, answer| {
        answer.reply(MessageType(16), Flags::empty(), &(), |w| {
            w.append(&[1_u8, 2, 0, 0])?.u16(1, number)
        });
        answer.ack();
    });
}

fn an_object_of_100_kb_is_set_in_parts() -> Outcome {
    let peers: Vec<u32> = (0..12_800).collect();
    for room in [4096, 1 << 20] {
        let (sender, received) = std::sync::mpsc::channel();
        let kernel = Kernel::answering(move |message, answer| {
            if message.kind() == MessageType(16) {
                answer.reply(MessageType(16), Flags::empty(), &(), |w| {
                    w.append(&[1_u8, 2, 0, 0])?.u16(1, 40)
                });
                return answer.ack();
            }
            assert_eq!(message.kind(), MessageType(40));
            let peers = message.attributes(4).require(TUN_A_PEERS).unwrap().nested();
            for peer in peers {
                sender.send(peer.unwrap().u32().unwrap()).unwrap();
            }
            answer.ack();
        });
        let mut conn = Conn::over(kernel.clone(), vec![0; room], Protocol::GENERIC, 7);
        conn.execute(&SetDevice(peers.clone()))?;
        let parts = kernel.sent().len() - 1;
        assert_eq!(parts, if room == 4096 { 26 } else { 2 });
        assert_eq!(received.try_iter().collect::<Vec<_>>(), peers);
        // The number is remembered, and a refused part is named.
        let kernel = Kernel::new();
        family(&kernel, 40);
        let any = || Expected::new(MessageType(40));
        kernel.expect(any(), |_, answer| answer.ack());
        kernel.expect(any(), |_, answer| answer.error(Errno::ENOSPC));
        let mut conn = Conn::over(kernel.clone(), vec![0; room], Protocol::GENERIC, 7);
        let error = conn.execute(SetDevice(peers.clone())).unwrap_err();
        assert_eq!(
            error.to_string(),
            "generic: TUN_CMD_SET_DEVICE device \"tun0\" (message 2): ENOSPC"
        );
        kernel.assert_finished();
    }
    Ok(())
}

fn a_transaction_in_a_pipeline_has_one_answer() -> Outcome {
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let (table, missing) = (TableRef::inet("ways"), TableRef::inet("missing"));
    let (new, delete) = (NewTable::new(table), DeleteTable::new(table));
    let chain = NewChain::new(missing, "c");
    let good = Transaction(&[&new, &NewChain::new(table, "c")]);
    let bad = Transaction(&[&NewChain::new(table, "d"), &chain]);
    let gone = Transaction(&[&delete]);
    let mut pipeline = conn.pipeline::<3>();
    let tickets = [
        pipeline.send(&good)?,
        pipeline.send(&bad)?,
        pipeline.send(&gone)?,
    ];
    for (number, ticket) in tickets.into_iter().enumerate() {
        let (of, answer) = pipeline.next()?.unwrap();
        assert_eq!(of, ticket);
        match answer {
            Answer::Done(_) => assert_ne!(number, 1),
            Answer::Failed(error) => {
                assert_eq!((number, error.errno()), (1, Some(Errno::ENOENT)), "{error}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(pipeline.next()?.is_none());
    // A request that waits for its own first message suits no pipeline.
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let error = conn
        .pipeline::<2>()
        .send(NewLink::veth("w2", VethPeer::new("w3").up()).up())
        .unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::Encode(EncodeError::Waits),
        "{error}"
    );
    assert!(!is_there(&mut conn, "w2"));
    Ok(())
}

fn a_family_is_asked_again_once() -> Outcome {
    let kernel = Kernel::new();
    let mut conn = Conn::over(kernel.clone(), vec![0; 4096], Protocol::GENERIC, 7);
    let set = SetDevice(vec![1]);
    let expect = |kind: u16, errno: Option<Errno>| {
        kernel.expect(
            Expected::new(MessageType(kind)),
            move |_, answer| match errno {
                Some(errno) => answer.error(errno),
                None => answer.ack(),
            },
        );
    };
    family(&kernel, 40);
    expect(40, None);
    conn.execute(&set)?;
    // The module went and came back under another number.
    expect(40, Some(Errno::ENOENT));
    family(&kernel, 41);
    expect(41, None);
    conn.execute(&set)?;
    // The number is the same, and so the object is missing.
    expect(41, Some(Errno::ENOENT));
    family(&kernel, 41);
    let error = conn.execute(&set).unwrap_err();
    assert_eq!(
        error.to_string(),
        "generic: TUN_CMD_SET_DEVICE device \"tun0\": ENOENT"
    );
    assert_eq!(
        conn.refusal().and_then(|ack| ack.errno()),
        Some(Errno::ENOENT)
    );
    // A family that is not there is named.
    let mut conn = Conn::over(kernel.clone(), vec![0; 4096], Protocol::GENERIC, 7);
    kernel.expect(Expected::new(MessageType(16)), |_, answer| {
        answer.error(Errno::ENOENT);
    });
    let error = conn.execute(&set).unwrap_err();
    assert!(
        error.to_string().ends_with("family \"tun\": ENOENT"),
        "{error}"
    );
    // A batch and a pipeline look it up each time, before anything is in flight.
    let mut batch = Batch::new(Vec::new());
    batch.push(&set)?;
    family(&kernel, 42);
    expect(42, None);
    conn.batch(&mut batch, &mut [Sent::default()])?;
    let mut pipeline = conn.pipeline::<2>();
    family(&kernel, 43);
    expect(43, None);
    pipeline.send(&set)?;
    assert!(matches!(pipeline.next()?, Some((_, Answer::Done(_)))));
    kernel.assert_finished();
    Ok(())
}
