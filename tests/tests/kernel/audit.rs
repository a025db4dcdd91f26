//! The audit system: status, rules and records, beside auditctl. What changes it runs in a
//! virtual machine only, since there is one system for all namespaces.

use nix::fcntl::{Flock, FlockArg};
use nlsock::{Config, Conn, Error, Event, Events, Protocol};
use nltests::{
    Message, Missing, Need, Outcome, Session, Test, capture, in_namespace, is_emulated,
    machine_namespace, run,
};
use nlwire::audit::{
    AUDIT_NLGRP_READLOG, Arch, AuditState, Change, DeleteRule, FeatureFlags, FieldPair, FileAccess,
    FilterList, GetFeatures, GetRules, GetSignalSender, GetStatus, GetTty, NewRule, Record,
    RecordType, ResetCounter, Rule, RuleField, RuleOperator, RuleRow, RuleText, SendRecord,
    SetFeatures, SetStatus, Term,
};
use nlwire::{Errno, Query as _, Request};
use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::fmt::Debug;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{env, fs, process};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "audit::the_status_is_that_of_auditctl",
        needs: &[Need::Root, Need::Program("auditctl")],
        run: the_status_is_that_of_auditctl,
    },
    Test {
        name: "audit::settings_both_ways_round",
        needs: &[Need::Root, Need::Program("auditctl")],
        run: settings_both_ways_round,
    },
    Test {
        name: "audit::rules_both_ways_round",
        needs: &[Need::Root, Need::Program("auditctl")],
        run: rules_both_ways_round,
    },
    Test {
        name: "audit::a_system_call_is_an_event",
        needs: &[Need::Root],
        run: a_system_call_is_an_event,
    },
    Test {
        name: "audit::a_record_comes_whole_to_a_listener_and_to_the_daemon",
        needs: &[Need::Root],
        run: a_record_comes_whole_to_a_listener_and_to_the_daemon,
    },
];

/// Waits until no other of these tests runs: they share one audit system.
fn alone() -> Result<Flock<File>, Box<dyn StdError>> {
    let file = File::create(env::temp_dir().join("nltests-audit"))?;
    Ok(Flock::lock(file, FlockArg::LockExclusive).map_err(|(_, errno)| errno)?)
}

/// Fails where a change would be one of the machine that runs the tests.
fn machine_of_its_own() -> Result<Flock<File>, Box<dyn StdError>> {
    if is_emulated() {
        return alone();
    }
    Err(
        Missing("kernel: an audit system that tests may change, as in a virtual machine".into())
            .into(),
    )
}

fn session() -> Result<Session, Box<dyn StdError>> {
    let mut session = Session::open(Protocol::AUDIT).map_err(missing)?;
    session.row(&GetStatus::new()).map_err(missing)?;
    Ok(session)
}

/// A kernel without an audit system, or a namespace of processes that it does not answer.
fn missing(error: Error) -> Missing {
    Missing(format!("kernel: audit for us: {error}"))
}

fn auditctl(args: &[&str]) -> Result<String, Box<dyn StdError>> {
    Ok(run("auditctl", args)?)
}

/// Names and numbers that `auditctl -s` prints, with the words behind the name.
fn printed() -> Result<BTreeMap<String, String>, Box<dyn StdError>> {
    let text = auditctl(&["-s"])?;
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    // The backlog differs from moment to moment.
    let lines = lines.filter(|(name, _)| *name != "backlog");
    Ok(lines
        .map(|(name, value)| (name.into(), value.into()))
        .collect())
}

/// The status as `auditctl -s` prints it.
fn ours(session: &mut Session) -> Result<BTreeMap<String, String>, Box<dyn StdError>> {
    let reply = session.row(&GetStatus::new())?;
    capture("audit-status", reply.get().as_bytes())?;
    let status = GetStatus::row(reply.get());
    let reply = session.row(&GetFeatures::new())?;
    capture("audit-features", reply.get().as_bytes())?;
    let features = GetFeatures::row(reply.get());
    let immutable = FeatureFlags::LOGIN_UID_IMMUTABLE.bits();
    let is_locked = features.locked.get() & immutable != 0;
    let is_on = u32::from(features.on.get() & immutable != 0);
    let numbers = [
        ("enabled", status.state),
        ("failure", status.failure),
        ("pid", status.daemon),
        ("rate_limit", status.rate_limit),
        ("backlog_limit", status.backlog_limit),
        ("lost", status.lost),
        ("backlog_wait_time", status.backlog_wait_time),
        ("backlog_wait_time_actual", status.backlog_wait_time_actual),
    ];
    let mut lines: BTreeMap<_, _> = numbers
        .map(|(name, number)| (name.to_owned(), number.to_string()))
        .into();
    let lock = if is_locked { "locked" } else { "unlocked" };
    lines.insert("loginuid_immutable".into(), format!("{is_on} {lock}"));
    Ok(lines)
}

fn the_status_is_that_of_auditctl() -> Outcome {
    let _alone = alone()?;
    let mut session = session()?;
    assert_eq!(ours(&mut session)?, printed()?);
    // Requests of a connection that has more than one reply before.
    let reply = session.row(&GetTty::new())?;
    capture("audit-tty", reply.get().as_bytes())?;
    assert_eq!(GetTty::row(reply.get()).enabled.get(), 0);
    let reply = session.row(&GetSignalSender::new())?;
    capture("audit-signal", reply.get().as_bytes())?;
    let sender = GetSignalSender::row(reply.get()).sender;
    assert_eq!(sender.uid.get() == u32::MAX, sender.pid.get() == u32::MAX);
    // The end of a list may be all of it.
    let rules = session.rows(&GetRules::all())?;
    let lines = auditctl(&["-l"])?;
    let lines = lines.lines().filter(|line| *line != "No rules");
    assert_eq!(rules.len(), lines.count());
    Ok(())
}

fn settings_both_ways_round() -> Outcome {
    let _alone = machine_of_its_own()?;
    let mut session = session()?;
    auditctl(&["-b", "512", "-r", "77", "-f", "0"])?;
    let found = ours(&mut session)?;
    assert_eq!(
        (&*found["backlog_limit"], &*found["rate_limit"]),
        ("512", "77")
    );
    assert_eq!(found, printed()?);
    session.execute(&SetStatus::new().backlog_limit(1024).rate_limit(0))?;
    let found = printed()?;
    assert_eq!(
        (&*found["backlog_limit"], &*found["rate_limit"]),
        ("1024", "0")
    );
    assert_eq!(found["failure"], "0");
    session.execute(&SetStatus::new().backlog_wait_time(1500))?;
    assert_eq!(printed()?["backlog_wait_time"], "1500");
    session.execute(&SetFeatures::new().on(FeatureFlags::ONLY_UNSET_LOGIN_UID))?;
    let reply = session.row(&GetFeatures::new())?;
    let features = FeatureFlags::from_bits_retain(GetFeatures::row(reply.get()).on.get());
    assert_eq!(features, FeatureFlags::ONLY_UNSET_LOGIN_UID);
    session.execute(&SetFeatures::new().off(features))?;
    let reply = session.row(&GetFeatures::new())?;
    assert_eq!(GetFeatures::row(reply.get()).on.get(), 0);
    session.execute(&ResetCounter::lost())?;
    assert_eq!(ours(&mut session)?, printed()?);
    Ok(())
}

/// Architecture of this program, and the numbers of `openat` and `kill`.
#[cfg(target_arch = "s390x")]
const CALLS: (Arch, u32, u32) = (Arch::S390X, 288, 37);
#[cfg(target_arch = "aarch64")]
const CALLS: (Arch, u32, u32) = (Arch::AARCH64, 56, 129);
#[cfg(not(any(target_arch = "s390x", target_arch = "aarch64")))]
const CALLS: (Arch, u32, u32) = (Arch::X86_64, 257, 62);

fn rules_both_ways_round() -> Outcome {
    let _alone = machine_of_its_own()?;
    let (arch, openat, kill) = CALLS;
    let arch = RuleField::ARCH.equal(arch);
    let mut wrong = Vec::new();
    let mut check = |line: &str, rule: Rule<'_>, terms: &[Term<'_>]| {
        if let Err(error) = both_ways(line, rule.with(terms), terms) {
            wrong.push(format!("{line}: {error}"));
            // Each rule begins with an empty list.
            auditctl(&["-D"])?;
        }
        Ok::<_, Box<dyn StdError>>(())
    };
    check(
        "-a always,exit -F arch=b64 -S openat -F auid>=1000 -F auid!=unset -F key=open",
        Rule::always(FilterList::EXIT).syscalls(&[openat]),
        &[
            arch,
            RuleField::LOGIN_UID.compare(RuleOperator::GREATER_OR_EQUAL, 1000),
            RuleField::LOGIN_UID.compare(RuleOperator::NOT_EQUAL, -1),
            RuleText::KEY.equal("open"),
        ],
    )?;
    check(
        "-w /etc/passwd -p wa -k users",
        Rule::always(FilterList::EXIT),
        &[
            RuleText::PATH.equal("/etc/passwd"),
            RuleField::ACCESS.equal(FileAccess::WRITE | FileAccess::ATTRIBUTES),
            RuleText::KEY.equal("users"),
        ],
    )?;
    check(
        "-A always,exit -F arch=b64 -S kill -F a1=9 -F exit=-EPERM -F dir=/etc -k one -k two",
        Rule::always(FilterList::EXIT).first().syscalls(&[kill]),
        &[
            arch,
            RuleField::ARG1.equal(9),
            RuleField::EXIT.equal(-1),
            RuleText::DIRECTORY.equal("/etc"),
            RuleText::KEY.equal("one\u{1}two"),
        ],
    )?;
    check(
        "-a always,exit -F arch=b64 -S all -C uid!=obj_uid -F filetype=dir -F success=0 -F a2&=0x40",
        Rule::always(FilterList::EXIT),
        &[
            arch,
            RuleField::PAIR.compare(RuleOperator::NOT_EQUAL, FieldPair::UID_OBJ_UID),
            RuleField::FILE_TYPE.equal(0o040_000),
            RuleField::SUCCESS.equal(false),
            RuleField::ARG2.compare(RuleOperator::BIT_TEST, 0x40),
        ],
    )?;
    check(
        "-a never,exclude -F msgtype=CWD",
        Rule::never(FilterList::EXCLUDE),
        &[RuleField::RECORD_TYPE.equal(RecordType::CWD)],
    )?;
    check(
        "-a never,user -F uid=0",
        Rule::never(FilterList::USER),
        &[RuleField::UID.equal(0)],
    )?;
    check(
        "-a never,task -F gid=100",
        Rule::never(FilterList::TASK),
        &[RuleField::GID.equal(100)],
    )?;
    check(
        "-a never,filesystem -F fstype=0x74726163",
        Rule::never(FilterList::FILESYSTEM),
        &[RuleField::FILESYSTEM.equal(0x7472_6163)],
    )?;
    assert_eq!(wrong, [""; 0]);
    Ok(())
}

/// Adds a rule by auditctl and by ours, and deletes it by the other; the kernel lists the
/// same both times.
fn both_ways(line: &str, rule: Rule<'_>, terms: &[Term<'_>]) -> Outcome {
    let mut session = session()?;
    let args: Vec<_> = line.split(' ').collect();
    auditctl(&args)?;
    let theirs = only(&mut session)?;
    let row = RuleRow::of(theirs.get());
    // The kernel forgets the place.
    same(&row.to_string(), &rule.to_string().replacen("-A", "-a", 1))?;
    let found: Vec<_> = row.terms().collect::<Result<_, _>>()?;
    same(&found, &terms)?;
    capture(
        &format!("audit-rule-{}", row.list()),
        theirs.get().as_bytes(),
    )?;
    let listed = auditctl(&["-l"])?;
    // A rule for the front has a mark that listed rules lack, so the kernel finds none
    // like it (`audit_compare_rule`).
    if !line.starts_with("-A") {
        let error = session.execute(&NewRule::of(rule)).err();
        let errno = error.ok_or("the rule is another")?.errno();
        same(&errno, &Some(Errno::EEXIST))?;
    }
    session.execute(&DeleteRule::of(rule))?;
    same(&session.rows(&GetRules::all())?.len(), &0)?;

    session.execute(&NewRule::of(rule))?;
    same(
        &only(&mut session)?.get().payload(),
        &theirs.get().payload(),
    )?;
    same(&auditctl(&["-l"])?, &listed)?;
    let mut args = args;
    args[0] = match args[0] {
        "-w" => "-W",
        _ => "-d",
    };
    auditctl(&args)?;
    same(&session.rows(&GetRules::all())?.len(), &0)?;
    // A rule as it was listed, and one that is gone.
    session.execute(&NewRule::of(rule))?;
    let again = only(&mut session)?;
    session.execute(&DeleteRule::of_row(RuleRow::of(again.get())))?;
    session
        .execute(&DeleteRule::of(rule))
        .err()
        .ok_or("the rule stayed")?;
    session.execute(&DeleteRule::of(rule).if_there())?;
    Ok(())
}

fn same<T: PartialEq<U> + Debug, U: Debug>(found: &T, expected: &U) -> Outcome {
    if found == expected {
        return Ok(());
    }
    Err(format!("{found:?}, not {expected:?}").into())
}

/// The only rule.
fn only(session: &mut Session) -> Result<Message, Box<dyn StdError>> {
    let mut rules = session.rows(&GetRules::all())?;
    assert_eq!(rules.len(), 1);
    Ok(rules.pop().ok_or("no rule")?)
}

fn a_system_call_is_an_event() -> Outcome {
    let _alone = machine_of_its_own()?;
    let (mut listener, mut conn) = in_namespace(machine_namespace()?, || {
        let config = Config::new(Protocol::AUDIT);
        let listener = config.clone().group(AUDIT_NLGRP_READLOG).events()?;
        Ok::<_, Error>((listener, config.open()?))
    })?
    .map_err(missing)?;
    listener.set_timeout(Some(Duration::from_secs(10)));
    // The kernel writes a name with a space as hexadecimal digits.
    let path = env::temp_dir().join(format!("audit {}", process::id()));
    fs::write(&path, "")?;
    let terms = [
        RuleText::PATH.equal(path.to_str().ok_or("no text")?),
        RuleField::ACCESS.equal(FileAccess::READ),
        RuleText::KEY.equal("nlsock test"),
    ];
    let rule = Rule::always(FilterList::EXIT).with(&terms);
    conn.execute(NewRule::of(rule))?;
    conn.execute(SetStatus::new().state(AuditState::ON))?;
    // The kernel watches processes that began after auditing was on for the first time.
    let child = Command::new("cat").arg(&path).stdout(Stdio::null()).spawn();
    let ended = child.map(|mut child| (child.id(), child.wait()));
    conn.execute(SetStatus::new().state(AuditState::OFF))?;
    conn.execute(DeleteRule::of(rule))?;
    fs::remove_file(&path)?;
    let (child, status) = ended?;
    assert!(status?.success());

    // All records up to the end of the event; others may be between them.
    let mut records = BTreeMap::new();
    let mut wanted = None;
    loop {
        let Some(Event::Item(event)) = listener.next()? else {
            panic!("lost");
        };
        let Change::Record(record) = Change::of(event.message()) else {
            continue;
        };
        let id = record.id();
        let is_ours = |record: Record<'_>| {
            record.kind() == RecordType::SYSCALL
                && record
                    .get("key")
                    .is_some_and(|key| key.decoded() == "nlsock test")
        };
        if is_ours(record) {
            wanted = id;
        }
        if id != wanted || id.is_none() {
            continue;
        }
        let kind = record.kind();
        if kind == RecordType::EOE {
            break;
        }
        let name = kind.name().ok_or("no name")?.to_lowercase();
        capture(&format!("audit-record-{name}"), event.message().as_bytes())?;
        records.insert(kind, record.text().as_bytes().to_vec());
    }
    let record = |kind| Record::of(kind, &records[&kind]);
    let call = record(RecordType::SYSCALL);
    let get = |key| call.get(key).ok_or("a field is missing");
    assert_eq!(get("arch")?.hex_number(), Some(CALLS.0.0.into()));
    assert_eq!(get("syscall")?.number(), Some(CALLS.1.into()));
    assert_eq!(get("pid")?.number(), Some(child.into()));
    assert_eq!(get("success")?.text(), "yes");
    assert_eq!(get("comm")?.decoded(), "cat");
    assert!(get("exe")?.text().as_bytes().starts_with(b"/"));
    let named = record(RecordType::PATH).get("name").ok_or("no name")?;
    assert_eq!(Path::new(&named.decoded().to_string()), path);
    assert_eq!(named.raw().len(), 2 * path.as_os_str().len());
    let title = record(RecordType::PROCTITLE)
        .get("proctitle")
        .ok_or("no title")?;
    let line = format!("cat {}", path.display());
    assert_eq!(title.decoded().to_string(), line);
    let directory = record(RecordType::CWD).get("cwd").ok_or("no directory")?;
    assert_eq!(
        Path::new(&directory.decoded().to_string()),
        env::current_dir()?
    );
    Ok(())
}

fn a_record_comes_whole_to_a_listener_and_to_the_daemon() -> Outcome {
    let _alone = machine_of_its_own()?;
    // They are sent in the first network namespace only.
    let opened = in_namespace(machine_namespace()?, || {
        let config = Config::new(Protocol::AUDIT);
        let listener = config.clone().group(AUDIT_NLGRP_READLOG).open()?;
        Ok::<_, Error>((listener, config.clone().open()?, config.open()?))
    })?;
    let (listener, mut daemon, mut sender) = opened.map_err(missing)?;
    match daemon_of(&mut sender).map_err(missing)? {
        0 => {}
        _ => return Err(Missing("kernel: audit without a daemon".into()).into()),
    }
    // For a moment; the kernel forgets a daemon that has ended, too.
    execute(&mut daemon, &SetStatus::new().daemon(process::id()))?;
    assert_eq!(daemon_of(&mut sender)?, process::id());
    let (mut listener, mut daemon) = (Events::new(listener), Events::new(daemon));
    // The kernel makes records of this type even while auditing is off.
    execute(&mut sender, &SendRecord::of(RecordType::USER_AVC, "nlsock"))?;
    for (events, group) in [(&mut listener, AUDIT_NLGRP_READLOG), (&mut daemon, 0)] {
        events.set_timeout(Some(Duration::from_secs(10)));
        loop {
            let Some(Event::Item(event)) = events.next()? else {
                panic!("lost");
            };
            // Records of other events come as well.
            let Change::Record(record) = Change::of(event.message()) else {
                continue;
            };
            let message = record.get("msg");
            if message.is_some_and(|message| message.text() == "nlsock") {
                capture("audit-record-user_avc", event.message().as_bytes())?;
                assert_eq!(record.kind(), RecordType::USER_AVC);
                assert!(record.id().is_some(), "{record}");
                let process = record.get("pid").and_then(|pid| pid.number());
                assert_eq!(process, Some(process::id().into()));
                assert_eq!((event.group(), event.sender().port), (group, 0));
                break;
            }
        }
    }
    execute(&mut sender, &SetStatus::new().daemon(0))?;
    assert_eq!(daemon_of(&mut sender)?, 0);
    Ok(())
}

fn execute(conn: &mut Conn, request: &dyn Request) -> Result<(), Error> {
    conn.execute(request).map(|_| ())
}

/// Returns the process of the daemon, 0 if there is none.
fn daemon_of(conn: &mut Conn) -> Result<u32, Error> {
    Ok(conn.get(GetStatus::new())?.daemon.get())
}
