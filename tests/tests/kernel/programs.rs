//! Programs of eBPF that filters, actions, links and routes run, beside `tc` and `ip`.

use crate::values::words;
use nlsock::Protocol;
use nltests::{Missing, Need, Network, Outcome, Program, Session, Test, ip, load_bpf, run};
use nlwire::pretty::Pretty;
use nlwire::request::Object;
use nlwire::route::{
    ActionParameters, BpfActionAttr, BpfEncapAttr, BpfProgramAttr, ControlAction, DeleteAction,
    DeleteRoute, EncapKind, Encapsulation, FilterAction, GetAction, GetFilters, GetLink, GetRoutes,
    Handle, Link, LinkAttr, LinkRow, NewAction, NewFilter, NewQdisc, NewRoute, Seg6Action,
    Seg6LocalAttr, Seg6LocalBpfAttr, SetLink, Xdp, XdpAttached, XdpAttr, XdpFlags,
};
use nlwire::{Errno, Prefix, Request, fields};
use serde_json::Value;
use std::error::Error;
use std::os::fd::{AsRawFd as _, OwnedFd};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "programs::filters_run_those_of_tc",
        needs: &[Need::Root, Need::Program("tc")],
        run: filters_run_those_of_tc,
    },
    Test {
        name: "programs::actions_run_those_of_tc",
        needs: &[Need::Root, Need::Program("tc")],
        run: actions_run_those_of_tc,
    },
    Test {
        name: "programs::links_run_those_of_ip",
        needs: &[Need::Root, Need::Program("ip")],
        run: links_run_those_of_ip,
    },
    Test {
        name: "programs::routes_run_those_of_ip",
        needs: &[Need::Root, Need::Program("ip")],
        run: routes_run_those_of_ip,
    },
];

/// Loads a program; a kernel may lack its type.
fn load(program: Program, name: &str, result: i32) -> Result<OwnedFd, Box<dyn Error>> {
    load_bpf(program, name, result).map_err(|error| match error.raw_os_error() {
        Some(code) if code == Errno::EINVAL.0 => {
            Missing(format!("kernel: programs of type {program:?}")).into()
        }
        _ => format!("{program:?}: {error}").into(),
    })
}

fn number(fd: &OwnedFd) -> u32 {
    fd.as_raw_fd().unsigned_abs()
}

/// Carries a request out; a kernel may lack the kind.
fn make(session: &mut Session, request: &dyn Request) -> Outcome {
    session.execute(request).map_err(|error| {
        let text = error.to_string();
        match error.errno() {
            Some(Errno::ENOENT | Errno::EOPNOTSUPP) => {
                Missing(format!("kernel: {}", Object(request, 0))).into()
            }
            _ if text.contains("TC action module") => {
                Missing(format!("kernel: {}", Object(request, 0))).into()
            }
            _ => text.into(),
        }
    })
}

/// A session, and a veth with both ends up.
fn veth() -> Result<(Session, [u32; 2]), Box<dyn Error>> {
    let mut network = Network::open()?;
    let links = network.add_veth("left", "right")?;
    for index in links {
        network.set_up(index)?;
    }
    Ok((Session::open(Protocol::ROUTE)?, links))
}

/// Asserts that our tree has the id and the tag that `tc` shows.
fn agrees(tree: &str, program: &Value, attributes: [&str; 2]) {
    let [id, tag] = attributes;
    let shown = format!("{id}: {}\n", program["id"]);
    assert!(tree.contains(&shown), "{shown}: {tree}");
    let digits = program["tag"].as_str().unwrap();
    let shown = tree.lines().find(|line| line.trim().starts_with(tag));
    let shown: String = shown
        .unwrap_or_else(|| panic!("{tag}: {tree}"))
        .chars()
        .collect();
    let hexadecimal: String = shown.chars().filter(|one| *one != ':').collect();
    assert!(hexadecimal.ends_with(digits), "{digits}: {tree}");
}

fn filters_run_those_of_tc() -> Outcome {
    let (mut session, [left, _]) = veth()?;
    let program = load(Program::Filter, "pass", 0)?;
    make(&mut session, &NewQdisc::clsact(left))?;
    let place = Handle::CLSACT_INGRESS;
    let filter = NewFilter::bpf(left, place, number(&program), "pass").direct_action();
    make(&mut session, &filter.priority(5))?;
    let words = ["-json", "filter", "show", "dev", "left", "ingress"];
    let shown: Value = serde_json::from_str(&run("tc", &words)?)?;
    let filters = shown.as_array().unwrap().iter();
    let options = filters
        .map(|one| &one["options"])
        .find(|one| one["prog"].is_object());
    let options = options.unwrap_or_else(|| panic!("{shown}"));
    assert_eq!(options["bpf_name"], "pass");
    assert_eq!(options["direct-action"], true);
    let rows = session.rows(&GetFilters::of(left, place))?;
    let tree: String = rows.iter().map(tree).collect();
    agrees(&tree, &options["prog"], ["TCA_BPF_ID", "TCA_BPF_TAG"]);
    assert!(tree.contains("TCA_BPF_FLAGS: direct-action"), "{tree}");
    Ok(())
}

fn tree(message: &nltests::Message) -> String {
    let family = Some(nlwire::route::NETLINK_ROUTE);
    Pretty::new(message.get().as_bytes(), family).to_string()
}

fn actions_run_those_of_tc() -> Outcome {
    let (mut session, _) = veth()?;
    let program = load(Program::Action, "act", 0)?;
    let parameters = ActionParameters {
        index: 7.into(),
        action: ControlAction::PIPE.0.into(),
        ..ActionParameters::default()
    };
    let settings = [
        BpfActionAttr::Parameters(&parameters),
        BpfActionAttr::Descriptor(number(&program)),
        BpfActionAttr::Name("act"),
    ];
    make(
        &mut session,
        &NewAction::new(FilterAction::of("bpf", &settings)),
    )?;
    let words = ["-json", "actions", "get", "action", "bpf", "index", "7"];
    let shown: Value = serde_json::from_str(&run("tc", &words)?)?;
    let mut actions = shown.as_array().unwrap().iter();
    let action = actions.find_map(|one| one["actions"].get(0));
    let action = action.unwrap_or_else(|| panic!("{shown}"));
    assert_eq!(action["bpf_name"], "act");
    let row = session.row(&GetAction::one("bpf", 7))?;
    let attributes = ["TCA_ACT_BPF_ID", "TCA_ACT_BPF_TAG"];
    agrees(&tree(&row), &action["prog"], attributes);
    session.execute(&DeleteAction::one("bpf", 7))?;
    Ok(())
}

fn links_run_those_of_ip() -> Outcome {
    let (mut session, [left, _]) = veth()?;
    let first = load(Program::Xdp, "first", 2)?;
    let second = load(Program::Xdp, "second", 2)?;
    let attach = |session: &mut Session, fd: i32, flags, expected: Option<&OwnedFd>| {
        let expected = expected.map_or(-1, |fd| fd.as_raw_fd());
        let settings = [
            XdpAttr::Fd(fd),
            XdpAttr::Flags(flags),
            XdpAttr::ExpectedFd(expected),
        ];
        let attributes = [LinkAttr::Xdp((&settings).into())];
        session.execute(&SetLink::by_index(left).with(&attributes))
    };
    let seen = |session: &mut Session| -> Result<_, Box<dyn Error>> {
        let message = session.row(&GetLink::by_index(left))?;
        let row = LinkRow::of(message.get());
        let xdp = fields!(row.attributes => Link { xdp })?
            .xdp
            .ok_or("IFLA_XDP")?;
        let xdp = fields!(xdp => Xdp { attached, program_id })?;
        Ok((xdp.attached, xdp.program_id.map(Value::from)))
    };
    attach(&mut session, first.as_raw_fd(), XdpFlags::GENERIC, None)?;
    let of_ip = ip(&["-details", "link", "show", "left"])?[0]["xdp"].clone();
    // 2 is generic.
    assert_eq!(of_ip["mode"], 2, "{of_ip}");
    let id = of_ip["prog"]["id"].clone();
    assert_eq!(
        seen(&mut session)?,
        (Some(XdpAttached::GENERIC), Some(id.clone()))
    );

    // Another program takes the place of the one that is named, and of no other.
    let replace = XdpFlags::GENERIC | XdpFlags::REPLACE;
    let refused = attach(&mut session, second.as_raw_fd(), replace, Some(&second));
    assert_eq!(refused.unwrap_err().errno(), Some(Errno::EEXIST));
    attach(&mut session, second.as_raw_fd(), replace, Some(&first))?;
    let of_ip = ip(&["link", "show", "left"])?[0]["xdp"]["prog"]["id"].clone();
    assert_ne!(of_ip, id);
    assert_eq!(
        seen(&mut session)?,
        (Some(XdpAttached::GENERIC), Some(of_ip))
    );
    attach(&mut session, -1, XdpFlags::GENERIC, None)?;
    assert_eq!(seen(&mut session)?, (Some(XdpAttached::NONE), None));
    Ok(())
}

fn routes_run_those_of_ip() -> Outcome {
    let (mut session, [left, _]) = veth()?;
    words("ip", "addr add 10.0.0.1/24 dev left")?;
    words("ip", "addr add 2001:db8::1/64 dev left nodad")?;
    let input = load(Program::RouteInput, "input", 0)?;
    let transmit = load(Program::RouteTransmit, "transmit", 0)?;
    let segment = load(Program::Segment, "segment", 0)?;
    let [input, transmit] = [(&input, "input"), (&transmit, "transmit")]
        .map(|(fd, name)| [BpfProgramAttr::Fd(number(fd)), BpfProgramAttr::Name(name)]);
    let programs = [
        BpfEncapAttr::Input((&input).into()),
        BpfEncapAttr::Transmit((&transmit).into()),
        BpfEncapAttr::Headroom(24),
    ];
    let of_route = Encapsulation::of(EncapKind::BPF, &programs);
    let prefix: Prefix = "198.51.100.0/24".parse()?;
    make(
        &mut session,
        &NewRoute::to(prefix).link(left).encapsulation(of_route),
    )?;
    let shown = words("ip", "-details route show 198.51.100.0/24")?;
    assert!(shown.contains("in input xmit transmit"), "{shown}");
    let rows = session.rows(&GetRoutes::v4().to(prefix))?;
    let ours = tree(&rows[0]);
    for line in ["RTA_ENCAP_TYPE: bpf", "\"input\"", "\"transmit\""] {
        assert!(ours.contains(line), "{line}: {ours}");
    }
    session.execute(&DeleteRoute::of_row(&nlwire::Row::of(rows[0].get())))?;

    let program = [
        Seg6LocalBpfAttr::Program(number(&segment)),
        Seg6LocalBpfAttr::Name("segment"),
    ];
    let ends = [
        Seg6LocalAttr::Action(Seg6Action::END_BPF),
        Seg6LocalAttr::Bpf((&program).into()),
    ];
    let of_segment = Encapsulation::of(EncapKind::SEG6_LOCAL, &ends);
    let prefix: Prefix = "2001:db8:7::/64".parse()?;
    make(
        &mut session,
        &NewRoute::to(prefix).link(left).encapsulation(of_segment),
    )?;
    let shown = words("ip", "-details -6 route show 2001:db8:7::/64")?;
    assert!(shown.contains("action End.BPF endpoint segment"), "{shown}");
    let rows = session.rows(&GetRoutes::v6().to(prefix))?;
    let ours = tree(&rows[0]);
    for line in ["SEG6_LOCAL_ACTION: End.BPF", "\"segment\""] {
        assert!(ours.contains(line), "{line}: {ours}");
    }
    Ok(())
}
