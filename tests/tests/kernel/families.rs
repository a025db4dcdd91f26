//! Families of generic netlink by name.

use nlsock::{Config, Conn, ErrorKind, Protocol, generic};
use nltests::{Need, Outcome, Recorder, Test};
use nlwire::generic::{CTRL_CMD_GETFAMILY, Controller, GENL_ID_CTRL, GenericHeader};
use nlwire::schema::Protocol as Family;
use nlwire::{Dump, Errno, Flags, MessageRef, Writer, fields};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "families::a_missing_family_is_named",
        needs: &[Need::Nobody],
        run: a_missing_family_is_named,
    },
    Test {
        name: "families::each_is_found_by_name_as_in_the_list",
        needs: &[Need::Nobody],
        run: each_is_found_by_name_as_in_the_list,
    },
    Test {
        name: "families::are_remembered",
        needs: &[Need::Nobody],
        run: are_remembered,
    },
];

fn a_missing_family_is_named() -> Outcome {
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let error = generic::family(&mut conn, "no-such-family").unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let error = conn.look_up(&ABSENT).unwrap_err();
    assert_eq!(
        error.to_string(),
        "generic: GENL_ID_CTRL family \"no-such-family\": ENOENT"
    );
    assert!(error.is_not_found());
    // One that no module can have.
    let error = generic::family(&mut conn, "a-name-of-18-bytes").unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Refused(Errno(_))),
        "{error}"
    );
    Ok(())
}

fn each_is_found_by_name_as_in_the_list() -> Outcome {
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let mut buffer = [0; 64];
    let header = GenericHeader::new(CTRL_CMD_GETFAMILY, 1);
    let request = Writer::message(&mut buffer, GENL_ID_CTRL, Flags::empty(), &header, |w| {
        Ok(w)
    })?;
    let mut listed = Vec::new();
    let mut replies = conn.query(Dump(request))?;
    while let Some(reply) = replies.next()? {
        listed.push(named(reply)?);
    }
    assert!(listed.iter().any(|(name, _)| name == "nlctrl"));
    for (name, id) in &listed {
        let family = generic::family(&mut conn, name)?;
        assert_eq!((family.name(), family.id().0), (Some(name.as_str()), *id));
        for (group, number) in family.groups() {
            assert_eq!(family.group(group), Some(number));
        }
    }
    Ok(())
}

fn named(reply: MessageRef<'_>) -> Result<(String, u16), Box<dyn std::error::Error>> {
    let (_, attributes) = reply.split::<GenericHeader>()?;
    let family = fields!(attributes => Controller { family_name, family_id })?;
    Ok((
        family.family_name.unwrap().to_owned(),
        family.family_id.unwrap(),
    ))
}

static CONTROLLER: Family = Family::family("nlctrl", &[]);
static ABSENT: Family = Family::family("no-such-family", &[]);

fn are_remembered() -> Outcome {
    let recorder = Recorder::default();
    let config = Config::new(Protocol::GENERIC).trace(recorder.hook());
    let mut conn = config.open()?;
    assert_eq!(conn.look_up(&CONTROLLER)?, GENL_ID_CTRL);
    assert!(!recorder.take().is_empty());
    for _ in 0..3 {
        assert_eq!(conn.look_up(&CONTROLLER)?, GENL_ID_CTRL);
        assert_eq!(recorder.take(), []);
        // One that is missing may come.
        assert!(conn.look_up(&ABSENT).unwrap_err().is_not_found());
        assert!(!recorder.take().is_empty());
    }
    Ok(())
}
