//! The works with neli.

use std::hint::black_box;

use common::Result;
use neli::attr::Attribute as _;
use neli::consts::{nl::NlmF, rtnl::*, socket::NlFamily};
use neli::nl::{NlPayload, Nlmsghdr};
use neli::router::synchronous::NlRouter;
use neli::rtnl::{Ifinfomsg, IfinfomsgBuilder, Rtmsg, RtmsgBuilder};
use neli::utils::Groups;

fn main() -> Result<()> {
    let (router, _) = NlRouter::connect(NlFamily::Route, None, Groups::empty())?;
    match common::work().as_str() {
        "routes" => common::serve(|| {
            let header = RtmsgBuilder::default()
                .rtm_family(RtAddrFamily::Inet)
                .rtm_dst_len(0)
                .rtm_src_len(0)
                .rtm_tos(0)
                .rtm_table(RtTable::Unspec)
                .rtm_protocol(Rtprot::Unspec)
                .rtm_scope(RtScope::Universe)
                .rtm_type(Rtn::Unspec)
                .build()?;
            let replies = router.send::<_, _, Rtm, Rtmsg>(
                Rtm::Getroute,
                NlmF::DUMP,
                NlPayload::Payload(header),
            )?;
            let mut count = 0;
            for message in replies {
                let message: Nlmsghdr<Rtm, Rtmsg> = message?;
                let Some(route) = message.get_payload() else {
                    continue;
                };
                let mut fields = [0; 4];
                for attribute in route.rtattrs().iter() {
                    match attribute.rta_type() {
                        Rta::Table => fields[0] = attribute.get_payload_as::<u32>()?,
                        Rta::Dst => fields[1] = attribute.get_payload_as::<u32>()?,
                        Rta::Gateway => fields[2] = attribute.get_payload_as::<u32>()?,
                        Rta::Oif => fields[3] = attribute.get_payload_as::<u32>()?,
                        _ => {}
                    }
                }
                black_box(&fields);
                count += 1;
            }
            Ok(count)
        }),
        "links" => common::serve(|| {
            let header = IfinfomsgBuilder::default()
                .ifi_family(RtAddrFamily::Unspecified)
                .build()?;
            let replies = router.send::<_, _, Rtm, Ifinfomsg>(
                Rtm::Getlink,
                NlmF::DUMP,
                NlPayload::Payload(header),
            )?;
            let mut count = 0;
            for message in replies {
                let message: Nlmsghdr<Rtm, Ifinfomsg> = message?;
                if message.get_payload().is_some() {
                    black_box(&message);
                    count += 1;
                }
            }
            Ok(count)
        }),
        _ => common::unknown(),
    }
}
