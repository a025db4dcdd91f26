//! Names of attributes that cannot be written.
#![allow(clippy::unwrap_used, reason = "tests")]
#![cfg(all(feature = "route", feature = "alloc"))]

use nlwire::request::Unwritten;
use nlwire::route::{
    IFLA_INFO_DATA, IFLA_INFO_KIND, IFLA_LINKINFO, LinkHeader, NewRoute, NextHop, RTA_ENCAP,
    RTA_ENCAP_TYPE, RTA_MULTIPATH, RTM_NEWLINK, RTM_NEWROUTE, RouteHeader, SetLink,
};
use nlwire::{EncodeError, Flags, Next, Put, Request, Writer};

/// Request of two messages, the second of which is written by a function.
struct Second(fn(&mut Writer<'_>) -> Result<(), EncodeError>);

impl Request for Second {
    fn protocol(&self) -> Option<&'static nlwire::schema::Protocol> {
        Some(&nlwire::route::PROTOCOL)
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        if from == 0 {
            let header = LinkHeader::default();
            w.append_message(RTM_NEWLINK, Flags::empty(), &header, |w| {
                w.nest(IFLA_LINKINFO, |w| w.str(IFLA_INFO_KIND, "dummy"))
            })?;
            return Ok(Next::More(1));
        }
        self.0(w)?;
        Ok(Next::End)
    }
}

fn link(
    w: &mut Writer<'_>,
    attributes: impl for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
) -> Result<(), EncodeError> {
    let header = LinkHeader::default();
    w.append_message(RTM_NEWLINK, Flags::empty(), &header, attributes)?;
    Ok(())
}

/// The error with the path in place of the number.
fn text(request: &dyn Request) -> String {
    let mut buffer = vec![0xff; 0x2_0000];
    let unwritten = Unwritten::of(request, 0, &mut buffer).unwrap();
    let schema = nlwire::route::PROTOCOL.message(unwritten.message.kind());
    let path = unwritten.path(schema).to_string();
    unwritten.error.named(&path).to_string()
}

#[test]
fn an_attribute_of_the_message_is_named() {
    assert_eq!(
        text(&SetLink::rename(7, "a\0b")),
        "IFLA_IFNAME: NUL at byte 1 of a string"
    );
    let via = NewRoute::to("10.0.0.0/8".parse().unwrap()).preferred_source([0; 16]);
    assert_eq!(text(&via), "RTA_PREFSRC: address of the wrong IP family");
}

#[test]
fn an_attribute_of_a_nest_is_named_by_its_path() {
    // A nest before it is complete, and has the same type inside.
    let nul = Second(|w| {
        link(w, |w| {
            w.nest(IFLA_LINKINFO, |w| {
                w.flag(IFLA_INFO_DATA, true)?.str(IFLA_INFO_KIND, "d\0")
            })
        })
    });
    assert_eq!(
        text(&nul),
        "IFLA_LINKINFO > IFLA_INFO_KIND: NUL at byte 1 of a string"
    );
    let behind = Second(|w| {
        link(w, |w| {
            w.nest(IFLA_LINKINFO, |w| w.str(IFLA_INFO_KIND, "dummy"))?
                .str(nlwire::route::IFLA_IFNAME, "\0")
        })
    });
    assert_eq!(text(&behind), "IFLA_IFNAME: NUL at byte 0 of a string");
}

#[test]
fn an_attribute_of_a_record_is_named_by_its_path() {
    let record = Second(|w| {
        let header = RouteHeader::default();
        w.append_message(RTM_NEWROUTE, Flags::empty(), &header, |w| {
            w.nest(RTA_MULTIPATH, |w| {
                w.record(NextHop::default(), |w| w.u16(RTA_ENCAP_TYPE, 1))?
                    .record(NextHop::default(), |w| w.str(RTA_ENCAP, "\0"))
            })
        })?;
        Ok(())
    });
    assert_eq!(
        text(&record),
        "RTA_MULTIPATH > RTA_ENCAP: NUL at byte 0 of a string"
    );
}

#[test]
fn a_nest_that_is_too_long_is_named_itself() {
    let long = Second(|w| {
        link(w, |w| {
            w.nest(IFLA_LINKINFO, |w| {
                w.nest(IFLA_INFO_DATA, |w| {
                    w.bytes(1, &[0; 40_000])?.bytes(2, &[0; 40_000])
                })
            })
        })
    });
    assert_eq!(
        text(&long),
        "IFLA_LINKINFO > IFLA_INFO_DATA: 80012 bytes exceed a 16-bit length"
    );
    let one = Second(|w| {
        link(w, |w| {
            w.nest(IFLA_LINKINFO, |w| w.bytes(IFLA_INFO_DATA, &[0; 70_000]))
        })
    });
    assert_eq!(
        text(&one),
        "IFLA_LINKINFO > IFLA_INFO_DATA: 70004 bytes exceed a 16-bit length"
    );
}

#[test]
fn without_an_attribute_there_is_no_name() {
    let request = SetLink::rename(7, "a\0b");
    assert!(Unwritten::of(&request, 0, &mut [0; 16]).is_none());
    let request = SetLink::rename(7, "ab");
    assert!(Unwritten::of(&request, 0, &mut [0; 64]).is_none());
}
