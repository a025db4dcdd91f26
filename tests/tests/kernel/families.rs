//! Families of generic netlink by name.

use nlsock::{Config, Conn, Protocol};
use nltests::{Need, Outcome, Recorder, Test};
use nlwire::generic::{ControllerAttr, GENL_ID_CTRL, GetFamilies, GetFamily};
use nlwire::schema::Protocol as Family;
use nlwire::{EncodeError, Flags, Next, Request, Writer};

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
    let error = conn.get(GetFamily::by_name("no-such-family")).unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let error = conn.look_up(&ABSENT).unwrap_err();
    assert_eq!(
        error.to_string(),
        "generic: GENL_ID_CTRL family \"no-such-family\": ENOENT"
    );
    assert!(error.is_not_found());
    // One that no module can have.
    let long = GetFamily::by_name("a-name-of-18-bytes");
    let error = conn.get(long).unwrap_err();
    assert!(error.is_not_found(), "{error}");
    Ok(())
}

fn each_is_found_by_name_as_in_the_list() -> Outcome {
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let mut listed = Vec::new();
    let mut families = conn.query(GetFamilies::all())?;
    while let Some(family) = families.next()? {
        listed.push((family.name()?.unwrap().to_owned(), family.id()?.unwrap()));
    }
    assert!(listed.iter().any(|(name, _)| name == "nlctrl"));
    for (name, id) in &listed {
        let family = conn.get(GetFamily::by_name(name.as_str()))?;
        assert_eq!((family.name()?, family.id()?), (Some(&**name), Some(*id)));
        for group in family.groups() {
            let (group, number) = group?;
            assert!(number.is_some());
            assert_eq!(family.group(group.unwrap())?, number);
        }
    }
    Ok(())
}

static CONTROLLER: Family = Family::family("nlctrl", &[]);
static ABSENT: Family = Family::family("no-such-family", &[]);

/// `CTRL_CMD_GETFAMILY` of the controller's own family, found by name.
#[derive(Debug)]
struct GetController;

impl Request for GetController {
    fn protocol(&self) -> Option<&'static Family> {
        Some(&CONTROLLER)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_command(3, 2, Flags::empty(), |w| {
            w.put(ControllerAttr::FamilyName("nlctrl"))
        })?;
        Ok(Next::End)
    }
}

fn are_remembered() -> Outcome {
    let recorder = Recorder::default();
    let config = Config::new(Protocol::GENERIC).trace(recorder.hook());
    let mut conn = config.open()?;
    // Number of replies of the controller since the last time.
    let replies = || {
        let kinds = recorder.take().into_iter().flat_map(|record| record.kinds);
        kinds.filter(|kind| *kind == GENL_ID_CTRL).count()
    };
    conn.execute(GetController)?;
    // The look-up, and the request.
    assert_eq!(replies(), 2);
    for _ in 0..3 {
        conn.execute(GetController)?;
        assert_eq!(replies(), 1);
        // The number may have changed, and a missing family may come.
        assert_eq!(conn.look_up(&CONTROLLER)?, GENL_ID_CTRL);
        assert_eq!(replies(), 1);
        assert!(conn.look_up(&ABSENT).unwrap_err().is_not_found());
        assert!(!recorder.take().is_empty());
    }
    Ok(())
}
