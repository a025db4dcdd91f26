//! CAN buses beside `ip link`, on a bus that the kernel simulates (`dummy_can`, Linux 7.0).

use super::kinds::settings;
use super::words;
use nlsock::Protocol;
use nltests::{
    Missing, Need, Outcome, Session, Test, capture, in_namespace, ip, is_emulated,
    machine_namespace,
};
use nlwire::Request;
use nlwire::route::{
    CanAttr, CanBitTiming, CanModeFlags, GetLink, GetLinks, LinkRow, NewLink, SetLinkKind,
};

pub(crate) const TESTS: &[Test] = &[Test {
    name: "values::timings_of_buses_are_those_of_ip",
    needs: &[Need::Root, Need::Program("ip")],
    run: timings_of_buses_are_those_of_ip,
}];

fn timings_of_buses_are_those_of_ip() -> Outcome {
    // The settings of a real machine's buses are nobody's to change.
    if !is_emulated() {
        return Err(Missing("kernel: CAN buses that a test may set".into()).into());
    }
    // The bus stays in the machine's namespace.
    let compared = in_namespace(machine_namespace()?, || match compare() {
        Err(error) if error.is::<Missing>() => Ok(Some(error.to_string())),
        Err(error) => Err(error.to_string()),
        Ok(()) => Ok(None),
    })?;
    match compared? {
        Some(missing) => Err(Missing(missing).into()),
        None => Ok(()),
    }
}

/// The name of the bus.
fn bus(session: &mut Session) -> Result<String, Box<dyn std::error::Error>> {
    for row in session.rows(&GetLinks::all().kind("can"))? {
        if let Some(name) = LinkRow::of(row.get()).name()? {
            return Ok(name.to_string());
        }
    }
    Err(Missing("kernel: CAN buses".into()).into())
}

fn compare() -> Outcome {
    let mut session = Session::open(Protocol::ROUTE)?;
    let bus = bus(&mut session)?;
    let name = bus.as_str();
    let can = NewLink::can;
    let timing = CanBitTiming {
        tq: 25.into(),
        prop_seg: 29.into(),
        phase_seg1: 30.into(),
        phase_seg2: 20.into(),
        sjw: 7.into(),
        ..CanBitTiming::default()
    };
    let sampled = CanBitTiming {
        bitrate: 250_000.into(),
        sample_point: 750.into(),
        ..CanBitTiming::default()
    };
    let fd = can()
        .bit_rate(500_000)
        .mode(CanModeFlags::FD, true)
        .data_bit_rate(2_000_000);
    let cases: [(&dyn Request, &str); 6] = [
        (
            &SetLinkKind::of(name, can().bit_rate(500_000)),
            "bitrate 500000",
        ),
        (
            &SetLinkKind::of(name, can().bit_timing(sampled)),
            "bitrate 250000 sample-point 0.750",
        ),
        (
            &SetLinkKind::of(name, can().bit_timing(timing)),
            "tq 25 prop-seg 29 phase-seg1 30 phase-seg2 20 sjw 7",
        ),
        (
            &SetLinkKind::of(name, fd),
            "bitrate 500000 dbitrate 2000000 fd on",
        ),
        (
            &SetLinkKind::of(name, can().mode(CanModeFlags::FD, false)),
            "fd off",
        ),
        (
            &SetLinkKind::of(name, can().mode(CanModeFlags::LISTEN_ONLY, true)),
            "listen-only on",
        ),
    ];
    let reset = "fd off listen-only off bitrate 125000";
    let show = ["-details", "link", "show", "dev", name];
    for (ours, theirs) in cases {
        words("ip", &format!("link set {name} type can {reset}"))?;
        let before = settings(&mut session, name)?;
        session
            .execute(ours)
            .map_err(|error| format!("{theirs}: {error}"))?;
        let (our, shown) = (settings(&mut session, name)?, ip(&show)?);
        words("ip", &format!("link set {name} type can {reset}"))?;
        words("ip", &format!("link set {name} type can {theirs}"))?;
        assert_eq!(our, settings(&mut session, name)?, "{theirs}");
        assert_eq!(shown, ip(&show)?, "{theirs}");
        assert!(our != before || theirs == "fd off", "{theirs}: {our}");
    }
    let row = session.row(&GetLink::by_name(name))?;
    capture("route-kind-can", row.get().as_bytes())?;

    // One that does not fit is refused, with the kernel's reason.
    let slow = SetLinkKind::of(name, can().bit_rate(1));
    assert!(session.execute(&slow).is_err());
    let none = [CanAttr::RestartDelay(100)];
    let restart = SetLinkKind::of(name, can().settings(&none));
    assert!(session.execute(&restart).is_err());
    Ok(())
}
