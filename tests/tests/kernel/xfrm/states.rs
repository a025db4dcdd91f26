//! States beside `ip xfrm state`.

use super::{KEY, compare, hex, ip, needed, open};
use nlsock::{Conn, Errno, Error};
use nltests::{Outcome, capture};
use nlwire::fields;
use nlwire::pretty::Pretty;
use nlwire::xfrm::{
    AllocateSpi, DeleteState, Encapsulation, ExtraFlags, FlushStates, GetAevent, GetState,
    GetStateTable, GetStates, IpsecProtocol, LifetimeLimits, Mode, NETLINK_XFRM, NewState,
    Selector, SetAevent, SetState, StateFlags, StateId, StateTable, Xfrm, XfrmAttr,
    interface_id_of, mark_of,
};
use std::net::IpAddr;

pub(super) fn states_are_those_of_ip() -> Outcome {
    let mut conn = open()?;
    let (here, there): (IpAddr, IpAddr) = ("10.0.0.1".parse()?, "10.0.0.2".parse()?);
    let (here6, there6): (IpAddr, IpAddr) = ("fd00::1".parse()?, "fd00::2".parse()?);
    let ends = "src 10.0.0.1 dst 10.0.0.2";
    let ends6 = "src fd00::1 dst fd00::2";
    let (k16, k20, k32) = (&KEY[..16], &KEY[..20], &KEY[..]);
    let (h16, h20, h32) = (hex(k16), hex(k20), hex(k32));

    let esp = NewState::esp(here, there, 0x1000).aead("rfc4106(gcm(aes))", k20, 128);
    let text = compare(
        &mut conn,
        "state",
        &esp.tunnel().reqid(7).replay_window(32),
        &format!(
            "xfrm state add {ends} proto esp spi 0x1000 mode tunnel reqid 7 replay-window 32 \
             aead rfc4106(gcm(aes)) {h20} 128"
        ),
    )?;
    assert!(
        text.contains("spi 0x00001000") && text.contains(&h20),
        "{text}"
    );

    let limits = LifetimeLimits::none()
        .age(10, 20)
        .since_use(30, 40)
        .bytes(50, 60)
        .packets(70, 80);
    let selector = Selector::new("10.1.0.0/16".parse()?, "10.2.0.0/24".parse()?)?
        .protocol(17)
        .source_port(5)
        .destination_port(6);
    compare(
        &mut conn,
        "state",
        &NewState::esp(here, there, 0x1001)
            .encryption("cbc(aes)", k16)
            .truncated_authentication("hmac(sha256)", k32, 128)
            .tunnel()
            .mark(0x7, 0xff)
            .output_mark(0x9, 0xf)
            .interface_id(0x22)
            .limits(limits)
            .selector(selector)
            .flags(StateFlags::NOECN | StateFlags::DECAP_DSCP | StateFlags::AF_UNSPEC)
            .extra_flags(ExtraFlags::DONT_ENCAP_DSCP),
        &format!(
            "xfrm state add {ends} proto esp spi 0x1001 mode tunnel mark 0x7 mask 0xff \
             output-mark 0x9 mask 0xf if_id 0x22 flag noecn flag decap-dscp flag af-unspec \
             extra-flag dont-encap-dscp sel src 10.1.0.0/16 dst 10.2.0.0/24 proto udp sport 5 \
             dport 6 limit time-soft 10 limit time-hard 20 limit time-use-soft 30 \
             limit time-use-hard 40 limit byte-soft 50 limit byte-hard 60 limit packet-soft 70 \
             limit packet-hard 80 enc cbc(aes) {h16} auth-trunc hmac(sha256) {h32} 128"
        ),
    )?;

    compare(
        &mut conn,
        "state",
        &NewState::esp(here, there, 0x1002)
            .encryption("cbc(aes)", k16)
            .authentication("hmac(sha1)", k20)
            .esn()
            .replay_window(100)
            .encapsulation(Encapsulation::udp(4500, 4501).original("192.0.2.9".parse()?)),
        &format!(
            "xfrm state add {ends} proto esp spi 0x1002 mode transport flag esn \
             replay-window 100 encap espinudp 4500 4501 192.0.2.9 \
             enc cbc(aes) {h16} auth hmac(sha1) {h20}"
        ),
    )?;

    let padded = [XfrmAttr::PaddedSize(200)];
    compare(
        &mut conn,
        "state",
        &esp.tunnel().with(&padded),
        &format!(
            "xfrm state add {ends} proto esp spi 0x1000 mode tunnel tfcpad 200 \
             aead rfc4106(gcm(aes)) {h20} 128"
        ),
    )?;

    compare(
        &mut conn,
        "state",
        &NewState::ah(here6, there6, 0x1003).authentication("hmac(sha256)", k32),
        &format!(
            "xfrm state add {ends6} proto ah spi 0x1003 mode transport auth hmac(sha256) {h32}"
        ),
    )?;
    compare(
        &mut conn,
        "state",
        &NewState::comp(here, there, 0x100).compression("deflate"),
        &format!("xfrm state add {ends} proto comp spi 0x100 mode transport comp deflate"),
    )?;
    Ok(())
}

pub(super) fn states_are_found_changed_and_deleted() -> Outcome {
    let mut conn = open()?;
    let (here, there): (IpAddr, IpAddr) = ("10.0.0.1".parse()?, "10.0.0.2".parse()?);
    let key = &KEY[..20];
    let state = |spi| NewState::esp(here, there, spi).aead("rfc4106(gcm(aes))", key, 128);
    needed(conn.execute(state(0x2000).reqid(5).mark(3, 0xff)))?;
    let again = conn.execute(state(0x2000).reqid(5).mark(3, 0xff));
    assert_eq!(again.unwrap_err().errno(), Some(Errno::EEXIST));
    conn.execute(state(0x2000).mark(3, 0xff).if_absent())?;
    // A state created by `ip` is read as it was set.
    ip(&format!(
        "xfrm state add src fd00::1 dst fd00::2 proto esp spi 0x3000 mode tunnel reqid 9 \
         if_id 0x4 replay-window 64 enc cbc(aes) {} auth-trunc hmac(sha256) {} 128 \
         encap espinudp 4500 4501 fd00::9",
        hex(&KEY[..16]),
        hex(&KEY)
    ))?;
    let id = StateId::new("fd00::2".parse()?, IpsecProtocol::ESP, 0x3000);
    let row = conn.get(GetState::new(id))?;
    assert_eq!(
        (row.mode(), row.reqid(), row.spi()),
        (Mode::TUNNEL, 9, 0x3000)
    );
    assert_eq!(row.source(), Some("fd00::1".parse()?));
    assert_eq!(interface_id_of(row.attributes)?, Some(4));
    assert_eq!(row.replay_window()?, 64);
    let encryption = row.encryption()?.unwrap();
    assert_eq!(
        (encryption.name(), encryption.key()),
        ("cbc(aes)".into(), &KEY[..16])
    );
    let authentication = row.authentication()?.unwrap();
    assert_eq!(authentication.fixed.icv_bits.get(), 128);
    assert_eq!(authentication.key(), KEY);
    let encapsulation = row.encapsulation()?.unwrap();
    assert_eq!(encapsulation.destination_port.get(), 4501);
    let printed = format!("{row:?}");
    assert!(printed.contains("key secret of 32 bytes"), "{printed}");
    assert!(
        !printed.contains("5a5a") && !printed.contains("90, 90"),
        "{printed}"
    );
    let tree = Pretty::new(row.message.as_bytes(), Some(NETLINK_XFRM));
    assert!(!tree.to_string().contains("5a5a"), "{tree}");
    capture("xfrm-state", row.message.as_bytes())?;

    let marked = StateId::new(there, IpsecProtocol::ESP, 0x2000);
    let row = conn.get(GetState::new(marked).mark(3, 0xff))?;
    assert_eq!(mark_of(row.attributes)?, Some((3, 0xff)));
    let count = |conn: &mut Conn, query: GetStates| Ok::<_, Error>(conn.list(query)?.len());
    let all = GetStates::all();
    assert_eq!(count(&mut conn, all)?, 2);
    assert_eq!(count(&mut conn, all.protocol(IpsecProtocol::AH))?, 0);
    assert_eq!(count(&mut conn, all.protocol(IpsecProtocol::ANY))?, 2);
    assert_eq!(count(&mut conn, all.reqid(9))?, 1);
    assert_eq!(count(&mut conn, all.source("10.0.0.0/24".parse()?))?, 1);
    assert_eq!(count(&mut conn, all.destination("fd00::/16".parse()?))?, 1);
    assert_eq!(
        count(&mut conn, all.destination("10.0.1.0/24".parse()?))?,
        0
    );

    // An update takes over the limits and leaves the keys.
    let limits = LifetimeLimits::none().age(100, 200);
    conn.execute(
        SetState::esp(here, there, 0x2000)
            .mark(3, 0xff)
            .aead("rfc4106(gcm(aes))", key, 128)
            .limits(limits),
    )?;
    assert!(ip("-s xfrm state list")?.contains("expire add: soft 100(sec), hard 200(sec)"));
    let absent = SetState::esp(here, there, 0x2222).aead("rfc4106(gcm(aes))", key, 128);
    assert_eq!(
        conn.execute(absent).unwrap_err().errno(),
        Some(Errno::ESRCH)
    );
    conn.execute(absent.if_there())?;

    conn.execute(
        SetAevent::new(id)
            .replay_threshold(77)
            .timer_threshold(3000),
    )?;
    let row = conn.get(GetAevent::new(id).with_thresholds())?;
    let found =
        fields!(row.attributes => Xfrm { replay_threshold, timer_threshold, lifetime_use })?;
    assert_eq!(found.replay_threshold, Some(77));
    // 3,000 ticks at 100, 250, 300 or 1,000 a second.
    let tenths = found.timer_threshold.ok_or("no threshold")?;
    assert!([300, 120, 100, 30].contains(&tenths), "{tenths}");
    assert_eq!(found.lifetime_use.unwrap().packets.get(), 0);

    assert_eq!(
        conn.execute(DeleteState::new(marked)).unwrap_err().errno(),
        Some(Errno::ESRCH),
        "the mark is a part of the name"
    );
    conn.execute(DeleteState::new(marked).mark(3, 0xff))?;
    conn.execute(DeleteState::new(marked).mark(3, 0xff).if_there())?;
    let flushed = conn.flush(GetStates::all())?;
    assert_eq!(flushed, 1);
    assert_eq!(ip("xfrm state list")?, "");
    Ok(())
}

pub(super) fn spis_are_allocated() -> Outcome {
    let mut conn = open()?;
    let (here, there): (IpAddr, IpAddr) = ("10.0.0.1".parse()?, "10.0.0.2".parse()?);
    let query = AllocateSpi::new(here, there, IpsecProtocol::ESP);
    let row = conn.get(query.tunnel().reqid(5).range(0x400..=0x4ff))?;
    let spi = row.spi();
    assert!((0x400..=0x4ff).contains(&spi), "{spi:#x}");
    assert_eq!((row.mode(), row.reqid()), (Mode::TUNNEL, 5));
    let id = row.id();
    let text = ip("xfrm state list")?;
    assert!(
        text.contains(&format!("proto esp spi {spi:#010x} reqid 5 mode tunnel")),
        "{text}"
    );
    assert!(text.contains(&format!("sel {} ", row.selector())), "{text}");
    let comp = AllocateSpi::new("fd00::1".parse()?, "fd00::2".parse()?, IpsecProtocol::COMP);
    assert!(conn.get(comp)?.spi() <= 0xffff);
    assert_eq!(
        conn.list(GetStates::all().protocol(IpsecProtocol::COMP))?
            .len(),
        1
    );
    assert_eq!(
        conn.list(GetStates::all().source("10.0.0.0/8".parse()?))?
            .len(),
        1
    );

    let found = conn.get(GetState::new(id))?;
    assert_eq!(found.id(), id);
    capture("xfrm-larval", found.message.as_bytes())?;
    let counters = conn.get(GetAevent::new(id))?;
    assert_eq!((counters.id(), counters.source()), (id, Some(here)));
    assert_eq!(counters.replay()?.unwrap().received.get(), 0);
    let table = conn.get(GetStateTable::new())?;
    let found = fields!(table.attributes => StateTable { count, hash })?;
    assert_eq!(found.count, Some(2));
    assert!(found.hash.unwrap().buckets.get() > 0);
    assert!(ip("xfrm state count")?.contains("SAD count 2"));

    let mixed = AllocateSpi::new(here, "fd00::2".parse()?, IpsecProtocol::ESP);
    assert!(conn.get(mixed).is_err_and(|error| error.errno().is_none()));
    conn.execute(DeleteState::new(id))?;
    assert_eq!(
        conn.get(GetState::new(id)).unwrap_err().errno(),
        Some(Errno::ESRCH)
    );
    conn.execute(FlushStates::of(IpsecProtocol::AH))?;
    assert_eq!(conn.list(GetStates::all())?.len(), 1);
    conn.execute(FlushStates::of(IpsecProtocol::COMP))?;
    assert_eq!(ip("xfrm state list")?, "");
    Ok(())
}
