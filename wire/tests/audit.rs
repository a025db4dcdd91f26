//! The audit system: requests by their bytes, rules both ways round, and records as the
//! kernel writes them.
#![cfg(all(feature = "audit", feature = "serde"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use nlwire::audit::{
    AUDIT_ADD_RULE, AUDIT_GET, AUDIT_LIST_RULES, AUDIT_MAKE_EQUIV, AUDIT_SET, Arch, AuditState,
    Change, DeleteRule, FailureAction, FeatureFlags, FieldPair, FileAccess, FilterList,
    GetFeatures, GetRules, GetSignalSender, GetStatus, GetTty, KernelFeatures, MakeEquivalent,
    NETLINK_AUDIT, NewRule, Record, RecordType, ResetCounter, Rule, RuleAction, RuleField,
    RuleNumber, RuleOperator, RuleRow, RuleText, SendRecord, SetFeatures, SetStatus, SetTty,
    StatusMask, SyscallClass, Syscalls, Term, TrimTrees,
};
use nlwire::pretty::Pretty;
use nlwire::request::Object;
use nlwire::{
    Batch, DecodeErrorKind, EncodeError, Errno, Flags, MessageRef, MessageType, Query, Request,
    Writer,
};

fn written(request: &dyn Request) -> Vec<u8> {
    let mut buffer = [0; 4096];
    let mut batch = Batch::new(&mut buffer[..]);
    batch.push(request).unwrap();
    batch.as_bytes().to_vec()
}

/// Type and payload of a request.
fn parts(request: &dyn Request) -> (u16, Vec<u8>) {
    let bytes = written(request);
    let message = MessageRef::new(&bytes).unwrap();
    (message.kind().0, message.payload().to_vec())
}

fn words(numbers: &[u32]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_ne_bytes())
        .collect()
}

fn message(kind: MessageType, payload: &[u8]) -> Vec<u8> {
    let mut buffer = [0; 4096];
    let message = Writer::message(&mut buffer, kind, Flags::empty(), &(), |w| {
        w.append(payload)
    });
    message.unwrap().as_bytes().to_vec()
}

#[test]
fn a_status_is_set_in_parts() {
    let set = SetStatus::new()
        .state(AuditState::ON)
        .failure(FailureAction::PANIC)
        .backlog_limit(8192);
    let (kind, payload) = parts(&set);
    assert_eq!(kind, AUDIT_SET.0);
    // The whole struct: older forms have no wait for the backlog, and it would be refused.
    assert_eq!(payload, words(&[0x13, 1, 2, 0, 0, 8192, 0, 0, 0, 0, 0]));
    let limits = SetStatus::new()
        .rate_limit(100)
        .backlog_wait_time(7)
        .daemon(4711);
    assert_eq!(
        parts(&limits).1,
        words(&[0x2c, 0, 0, 4711, 100, 0, 0, 0, 0, 7, 0])
    );
    // A counter is reset if the mask has no other bit.
    assert_eq!(parts(&ResetCounter::lost()).1[..4], 0x40_u32.to_ne_bytes());
    assert_eq!(
        parts(&ResetCounter::backlog_wait_time()).1[..4],
        0x80_u32.to_ne_bytes()
    );
    assert_eq!(
        Object(&ResetCounter::lost(), 0).to_string(),
        "audit counter lost"
    );
}

#[test]
fn a_status_may_be_shorter_or_longer() {
    let full = words(&[0, 1, 1, 42, 0, 64, 3, 2, 0x7f, 15000, 9]);
    // Linux 2.6 ends behind the backlog; a later kernel may add fields.
    for length in [32, 36, 40, 44, 48] {
        let mut payload = full.clone();
        payload.resize(length, 0xff);
        let bytes = message(AUDIT_GET, &payload);
        let status = GetStatus::row(MessageRef::new(&bytes).unwrap());
        assert_eq!((status.daemon.get(), status.backlog.get()), (42, 2));
        assert_eq!(
            status.backlog_wait_time.get(),
            if length < 40 { 0 } else { 15000 }
        );
        let features = KernelFeatures::from_bits_retain(status.features.get());
        assert_eq!(features.contains(KernelFeatures::LOST_RESET), length >= 36);
    }
    let bytes = message(AUDIT_GET, &full);
    let tree = Pretty::new(&bytes, Some(NETLINK_AUDIT)).to_string();
    assert!(
        tree.contains("state on, failure printk, daemon 42"),
        "{tree}"
    );
    assert!(
        tree.contains("features backlog_limit,backlog_wait_time,"),
        "{tree}"
    );
    assert_eq!(StatusMask::STATE.to_string(), "enabled");
}

#[test]
fn features_are_changed_and_locked() {
    let unset = FeatureFlags::ONLY_UNSET_LOGIN_UID;
    let set = SetFeatures::new()
        .on(unset)
        .lock(unset)
        .off(FeatureFlags::LOGIN_UID_IMMUTABLE);
    assert_eq!(parts(&set), (1018, words(&[1, 3, 1, 1])));
    let bytes = message(MessageType(1019), &words(&[1, u32::MAX, 2, 2]));
    let features = GetFeatures::row(MessageRef::new(&bytes).unwrap());
    assert_eq!(features.on.get(), FeatureFlags::LOGIN_UID_IMMUTABLE.bits());
    assert_eq!(parts(&GetFeatures::new()), (1019, vec![]));
}

#[test]
fn terminals_trees_and_signals() {
    assert_eq!(
        parts(&SetTty::enabled(true).with_passwords()),
        (1017, words(&[1, 1]))
    );
    assert_eq!(parts(&SetTty::enabled(false)), (1017, words(&[0, 0])));
    assert_eq!(parts(&GetTty::new()), (1016, vec![]));
    assert_eq!(parts(&TrimTrees), (1014, vec![]));
    // audit_unpack_string takes lengths, and no NUL.
    let expected = [&words(&[4, 8])[..], b"/srv/mnt/srv"].concat();
    let same = MakeEquivalent::of("/srv", "/mnt/srv");
    assert_eq!(parts(&same), (AUDIT_MAKE_EQUIV.0, expected));
    let tree = Pretty::new(&written(&same), Some(NETLINK_AUDIT)).to_string();
    assert!(
        tree.ends_with("old 4, new 8\n  \"/srv/mnt/srv\"\n"),
        "{tree}"
    );

    let reply = [&words(&[1000, 77])[..], b"unconfined\0"].concat();
    let bytes = message(MessageType(1010), &reply);
    let row = GetSignalSender::row(MessageRef::new(&bytes).unwrap());
    assert_eq!((row.sender.uid.get(), row.sender.pid.get()), (1000, 77));
    assert_eq!(row.context, "unconfined");
}

#[test]
fn a_program_sends_a_text_with_a_nul() {
    let send = SendRecord::of(RecordType::USER_CMD, "cwd=\"/\"");
    assert_eq!(parts(&send), (1123, b"cwd=\"/\"\0".to_vec()));
    assert_eq!(Object(&send, 0).to_string(), "audit record USER_CMD");
    assert!(RecordType::USER_CMD.is_of_programs());
    assert!(!RecordType::SYSCALL.is_of_programs());
    assert!(!RecordType::DAEMON_START.is_of_programs());
}

/// A rule with terms of all notations.
const TERMS: usize = 14;

fn terms() -> [Term<'static>; TERMS] {
    [
        RuleField::ARCH.equal(Arch::X86_64),
        RuleField::LOGIN_UID.compare(RuleOperator::GREATER_OR_EQUAL, 1000),
        RuleField::LOGIN_UID.compare(RuleOperator::NOT_EQUAL, -1),
        RuleField::EXIT.equal(-13),
        RuleText::DIRECTORY.equal("/etc"),
        RuleField::ACCESS.equal(FileAccess::WRITE | FileAccess::ATTRIBUTES),
        RuleField::FILE_TYPE.equal(0o040_000),
        RuleField::PAIR.compare(RuleOperator::NOT_EQUAL, FieldPair::UID_OBJ_UID),
        RuleField::ARG1.compare(RuleOperator::BIT_TEST, 0x8000_0000_u32),
        RuleField::SUCCESS.equal(true),
        RuleText::SUBJECT_TYPE.compare(RuleOperator::NOT_EQUAL, "sshd_t"),
        RuleText::PROGRAM.equal("/usr/bin/vi"),
        RuleField::PARENT_PID.compare(RuleOperator::LESS, 100),
        RuleText::KEY.equal("one\u{1}two"),
    ]
}

#[test]
fn a_rule_has_numbers_in_arrays_and_texts_behind() {
    let terms = terms();
    let rule = Rule::always(FilterList::EXIT)
        .first()
        .syscalls(&[2, 257])
        .with(&terms);
    let (kind, payload) = parts(&NewRule::of(rule));
    assert_eq!(kind, AUDIT_ADD_RULE.0);
    let word = |index: usize| u32::from_ne_bytes(*payload[4 * index..].first_chunk().unwrap());
    // struct audit_rule_data: flags, action, field_count, mask, fields, values, fieldflags.
    assert_eq!((word(0), word(1), word(2)), (0x14, 2, 14));
    assert_eq!((word(3), word(3 + 8), word(3 + 63)), (1 << 2, 1 << 1, 0));
    let field = |index: usize| (word(67 + index), word(195 + index), word(131 + index));
    assert_eq!(field(0), (11, 0x4000_0000, 0xc000_003e));
    assert_eq!(field(2), (9, 0x3000_0000, u32::MAX));
    assert_eq!(field(3), (103, 0x4000_0000, 0xffff_fff3));
    assert_eq!(field(4), (107, 0x4000_0000, 4));
    assert_eq!(field(8), (201, 0x4800_0000, 0x8000_0000));
    assert_eq!(field(13), (210, 0x4000_0000, 7));
    assert_eq!(word(259), 4 + 6 + 11 + 7);
    assert_eq!(&payload[1040..], b"/etcsshd_t/usr/bin/vione\x01two");

    // The kernel lists the rule in the same form.
    let bytes = message(AUDIT_LIST_RULES, &payload);
    let row = GetRules::row(MessageRef::new(&bytes).unwrap());
    assert_eq!(
        (row.list(), row.action()),
        (FilterList::EXIT, RuleAction::ALWAYS)
    );
    assert!(row.is_first());
    assert!(row.syscalls().numbers().eq([2, 257]));
    let found: Vec<_> = row.terms().map(Result::unwrap).collect();
    assert_eq!(found, terms);
    let Term::Number(_, _, number) = found[3] else {
        unreachable!("an exit code is a number");
    };
    assert_eq!((number, number.signed()), (RuleNumber(0xffff_fff3), -13));

    let text = "-A always,exit -F arch=x86_64 -S 2,257 -F auid>=1000 -F auid!=unset -F exit=-13 \
                -F dir=/etc -F perm=wa -F filetype=dir -C uid!=obj_uid -F a1&=0x80000000 \
                -F success=1 -F subj_type!=sshd_t -F exe=/usr/bin/vi -F ppid<100 -F key=one \
                -F key=two";
    assert_eq!(rule.to_string(), text);
    assert_eq!(row.to_string(), text);
    assert_eq!(format!("{row:?}"), format!("RuleRow({text})"));
    assert_eq!(serde_json::to_value(row).unwrap(), text);
    let tree = Pretty::new(&bytes, Some(NETLINK_AUDIT));
    assert!(
        tree.to_string().ends_with(&format!("port 0\n  {text}\n")),
        "{tree}"
    );
    let json = serde_json::to_value(tree).unwrap();
    assert_eq!(
        (&json[0]["message"], &json[0]["payload"]),
        (&"AUDIT_LIST_RULES".into(), &text.into())
    );

    // A row is deleted as it was listed.
    let deleted = DeleteRule::of_row(row);
    assert_eq!(parts(&deleted), (1012, payload.clone()));
    // The kernel forgets the place, and would find no rule with it.
    let mut unplaced = payload;
    unplaced[..4].copy_from_slice(&4_u32.to_ne_bytes());
    assert_eq!(parts(&DeleteRule::of(rule)), (1012, unplaced));
    assert!(deleted.forgives().is_empty());
    assert_eq!(deleted.if_there().forgives(), [Errno::ENOENT]);
}

#[test]
fn a_rule_has_at_most_64_terms() {
    let many = [RuleField::PID.equal(1); 65];
    let mut buffer = [0; 2048];
    let mut batch = Batch::new(&mut buffer[..]);
    let rule = Rule::never(FilterList::USER);
    let refused = batch.push(&NewRule::of(rule.with(&many)));
    let expected = EncodeError::TooMany {
        attribute: 0,
        limit: 64,
        count: 65,
    };
    assert_eq!(refused.unwrap_err(), expected);
    batch.push(&NewRule::of(rule.with(&many[..64]))).unwrap();
}

#[test]
fn a_broken_rule_ends_with_an_error() {
    let term = [RuleText::KEY.equal("key")];
    let (_, payload) = parts(&NewRule::of(Rule::always(FilterList::TASK).with(&term)));
    // The text is cut.
    let bytes = message(AUDIT_LIST_RULES, &payload[..1042]);
    let row = RuleRow::of(MessageRef::new(&bytes).unwrap());
    let mut terms = row.terms();
    let error = terms.next().unwrap().unwrap_err();
    assert_eq!(
        error.kind(),
        DecodeErrorKind::Overrun {
            length: 3,
            available: 2
        }
    );
    assert!(terms.next().is_none());
    // More terms than the arrays have.
    let mut wrong = payload.clone();
    wrong[8..12].copy_from_slice(&65_u32.to_ne_bytes());
    let bytes = message(AUDIT_LIST_RULES, &wrong);
    let row = RuleRow::of(MessageRef::new(&bytes).unwrap());
    assert_eq!(row.terms().count(), 65);
    assert!(row.terms().last().unwrap().is_err());
    // A header that is cut has no terms.
    let bytes = message(AUDIT_LIST_RULES, &payload[..1039]);
    assert_eq!(
        RuleRow::of(MessageRef::new(&bytes).unwrap())
            .terms()
            .count(),
        0
    );
}

#[test]
fn system_calls_are_bits() {
    assert!(Syscalls::ALL.is_all());
    assert!(Syscalls::ALL.contains(2031) && !Syscalls::ALL.contains(2032));
    assert!(Syscalls::NONE.is_empty() && !Syscalls::ALL.is_empty());
    // The last numbers are those of classes, the first class last.
    let write = Syscalls::of(&[0, 2031, 2032, 5000]).with_class(SyscallClass::WRITE);
    assert!(write.numbers().eq([0, 2031, 2047 - 6]));
    assert!(!write.contains(u32::MAX));
    assert_eq!(
        Rule::always(FilterList::EXIT).to_string(),
        "-a always,exit -S all"
    );
    assert_eq!(Rule::never(FilterList::TASK).to_string(), "-a never,task");
}

fn decoded(record: &Record<'_>, key: &str) -> String {
    record.get(key).unwrap().decoded().to_string()
}

#[test]
fn a_record_is_fields() {
    let text = b"audit(1700000000.007:4294967295): arch=c000003e syscall=59 success=no exit=-13 \
        a0=55d0 a1=7ffd items=2 ppid=1 auid=4294967295 tty=(none) comm=6C7320C3A4 exe=\"/usr/bin/ls\" \
        subj=unconfined key=(null)\0";
    let record = Record::of(RecordType::SYSCALL, text);
    let id = record.id().unwrap();
    assert_eq!(
        (id.seconds, id.milliseconds, id.serial),
        (1_700_000_000, 7, u32::MAX)
    );
    assert_eq!(id.to_string(), "1700000000.007:4294967295");
    let get = |key| record.get(key).unwrap();
    assert_eq!(get("arch").hex_number(), Some(Arch::X86_64.0.into()));
    assert_eq!(
        (get("syscall").number(), get("exit").number()),
        (Some(59), None)
    );
    assert_eq!(
        (get("exit").signed(), get("items").signed()),
        (Some(-13), Some(2))
    );
    // Arguments of a system call are numbers, even of two digits each.
    assert_eq!(
        (get("a0").hex_number(), get("a0").text()),
        (Some(0x55d0), "55d0".into())
    );
    assert_eq!(get("a0").decoded(), "55d0");
    assert_eq!(get("comm").raw(), "6C7320C3A4");
    assert!(get("comm").decoded().eq("ls \u{e4}".bytes()));
    assert_eq!(decoded(&record, "comm"), "ls \\xc3\\xa4");
    assert_eq!(
        (get("exe").raw(), get("exe").text()),
        ("\"/usr/bin/ls\"".into(), "/usr/bin/ls".into())
    );
    assert_eq!(decoded(&record, "key"), "(null)");
    assert_eq!(get("auid").number(), Some(u32::MAX.into()));
    assert!(record.get("nothing").is_none());
    assert_eq!(record.fields().count(), 14);
    assert!(
        record
            .to_string()
            .starts_with("type=SYSCALL msg=audit(1700000000.007:4294967295): arch=")
    );
    let json = serde_json::to_value(record).unwrap();
    assert_eq!(
        (&json["type"], &json["serial"]),
        (&"SYSCALL".into(), &u32::MAX.into())
    );
    assert_eq!(json["fields"]["exe"], "/usr/bin/ls");
    let debug = format!("{:?}", record.get("comm").unwrap().decoded());
    assert_eq!(debug, "\"ls \\xc3\\xa4\"");
}

#[test]
fn encoded_values_by_record() {
    let text = b"audit(1.002:3): proctitle=2F62696E2F7368002D63";
    let record = Record::of(RecordType::PROCTITLE, text);
    assert_eq!(decoded(&record, "proctitle"), "/bin/sh -c");
    assert!(
        record
            .get("proctitle")
            .unwrap()
            .decoded()
            .eq(*b"/bin/sh\0-c")
    );

    let text = b"audit(1.002:3): argc=2 a0=\"sh\" a1_len=8000 a1[0]=6120";
    let record = Record::of(RecordType::EXECVE, text);
    assert_eq!(
        (decoded(&record, "a0"), decoded(&record, "a1[0]")),
        ("sh".into(), "a ".into())
    );
    assert_eq!(record.get("a1_len").unwrap().decoded(), "8000");

    // struct sockaddr_in: 192.0.2.1:53, then ::1 port 443, then a path.
    let family = |family: u16| {
        family
            .to_ne_bytes()
            .map(|byte| format!("{byte:02X}"))
            .concat()
    };
    let v4 = format!(
        "audit(1.002:3): saddr={}0035C00002010000000000000000",
        family(2)
    );
    let record = Record::of(RecordType::SOCKADDR, v4.as_bytes());
    let address = record.get("saddr").unwrap().socket_address();
    assert_eq!(address.unwrap().to_string(), "192.0.2.1:53");
    let v6 = format!(
        "audit(1.002:3): saddr={}01BB00000000{}0100000000",
        family(10),
        "00".repeat(15)
    );
    let record = Record::of(RecordType::SOCKADDR, v6.as_bytes());
    let address = record.get("saddr").unwrap().socket_address();
    assert_eq!(address.unwrap().to_string(), "[::1]:443");
    let local = format!("audit(1.002:3): saddr={}2F72756E2F78", family(1));
    let record = Record::of(RecordType::SOCKADDR, local.as_bytes());
    let saddr = record.get("saddr").unwrap();
    assert_eq!(saddr.socket_address(), None);
    assert!(saddr.unhexed().unwrap().skip(2).eq(*b"/run/x"));
    let long = format!("audit(1.002:3): saddr={}", "00".repeat(128));
    let record = Record::of(RecordType::SOCKADDR, long.as_bytes());
    assert_eq!(record.get("saddr").unwrap().socket_address(), None);
}

#[test]
fn a_message_of_a_program_has_fields() {
    let text = br#"audit(1.002:3): pid=9 uid=0 msg='op=PAM:auth grantors=? acct="it's" exe="/bin/su" res=failed'"#;
    let record = Record::of(RecordType::USER_AUTH, text);
    let keys: Vec<_> = record
        .fields()
        .map(|field| field.key().to_string())
        .collect();
    assert_eq!(keys, ["pid", "uid", "msg"]);
    let message = record.get("msg").unwrap();
    assert_eq!(message.get("acct").unwrap().text(), "it's");
    assert_eq!(message.get("res").unwrap().text(), "failed");
    assert_eq!(message.message().unwrap().count(), 5);
    assert!(record.get("pid").unwrap().message().is_none());
    let json = serde_json::to_value(record).unwrap();
    assert_eq!(json["fields"]["msg"]["op"], "PAM:auth");
}

#[test]
fn words_without_a_key_are_fields() {
    let text = br#"audit(1.002:3): avc:  denied  { read } for  pid=2 name="x" dev=tmpfs"#;
    let record = Record::of(RecordType::AVC, text);
    let fields: Vec<_> = record
        .fields()
        .map(|field| (field.key().to_string(), field.text().to_string()))
        .collect();
    let words = ["avc:", "denied", "{", "read", "}", "for"];
    for (field, word) in fields.iter().zip(words) {
        assert_eq!(*field, (String::new(), word.to_owned()));
    }
    assert_eq!(
        fields[6..],
        [
            ("pid".into(), "2".into()),
            ("name".into(), "x".into()),
            ("dev".into(), "tmpfs".into())
        ]
    );
}

#[test]
fn broken_records_keep_their_text() {
    for text in [
        "",
        "audit(",
        "audit(1.2:3)",
        "audit(x.2:3): a=1",
        "audit(99999999999999999999.0:1): a=1",
        "audit(1.70000:1): a=1",
    ] {
        let record = Record::of(RecordType::KERNEL, text.as_bytes());
        assert_eq!(record.id(), None, "{text}");
        assert_eq!(record.body(), text);
    }
    // A quote that nothing ends, and a key at the end.
    let record = Record::of(RecordType::KERNEL, b"audit(1.2:3): comm=\"ls a=");
    assert_eq!(record.get("comm").unwrap().text(), "ls a=");
    let record = Record::of(RecordType::KERNEL, b"audit(1.2:3): a=");
    assert_eq!(record.get("a").unwrap().raw(), "");
    let field = record.get("a").unwrap();
    assert_eq!(
        (field.number(), field.hex_number(), field.unhexed()),
        (None, None, None)
    );
    let record = Record::of(
        RecordType::KERNEL,
        b"a=99999999999999999999 b=-9223372036854775808 c=0x10 d=12345678901234567",
    );
    let get = |key| record.get(key).unwrap();
    assert_eq!(
        (get("a").number(), get("b").signed()),
        (None, Some(i64::MIN))
    );
    assert_eq!(
        (get("c").hex_number(), get("d").hex_number()),
        (Some(16), None)
    );
}

#[test]
fn messages_are_told_by_type() {
    let bytes = message(
        RecordType::SYSCALL.message_type(),
        b"audit(1.002:3): syscall=1",
    );
    let Change::Record(record) = Change::of(MessageRef::new(&bytes).unwrap()) else {
        unreachable!("a record");
    };
    assert_eq!(record.kind(), RecordType::SYSCALL);
    let tree = Pretty::new(&bytes, Some(NETLINK_AUDIT)).to_string();
    assert_eq!(
        tree,
        "AUDIT_SYSCALL length 41, type 1300, flags 0, sequence 0, port 0\n  audit(1.002:3): syscall=1\n"
    );
    // A record of a later kernel.
    let bytes = message(MessageType(1399), b"audit(1.002:3): x=1");
    assert!(matches!(
        Change::of(MessageRef::new(&bytes).unwrap()),
        Change::Record(_)
    ));
    let bytes = message(RecordType::REPLACE.message_type(), &words(&[815]));
    assert!(matches!(
        Change::of(MessageRef::new(&bytes).unwrap()),
        Change::Replace(815)
    ));
    let bytes = message(AUDIT_GET, &[]);
    assert!(matches!(
        Change::of(MessageRef::new(&bytes).unwrap()),
        Change::Other(_)
    ));
}
