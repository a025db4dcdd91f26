//! Families of generic netlink by name.

use nlsock::generic::{self, Families};
use nlsock::{Conn, ErrorKind, Protocol};
use nltests::{Need, Outcome, Test};
use nlwire::generic::{CTRL_CMD_GETFAMILY, Controller, GENL_ID_CTRL, GenericHeader};
use nlwire::{Errno, Flags, MessageRef, Writer, fields};

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
    assert_eq!(
        error.to_string(),
        "generic: request 16: ENOENT: no family is named \"no-such-family\""
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
    let mut replies = conn.dump(request)?;
    while let Some(reply) = replies.try_next()? {
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

fn are_remembered() -> Outcome {
    let mut families = Families::new(Conn::open(Protocol::GENERIC)?)?;
    let groups = families.conn().socket().memberships()?;
    assert!(groups.eq([16]));
    for _ in 0..3 {
        assert_eq!(families.family("nlctrl")?.group("notify"), Some(16));
        assert!(
            families
                .family("no-such-family")
                .unwrap_err()
                .is_not_found()
        );
    }
    Ok(())
}
