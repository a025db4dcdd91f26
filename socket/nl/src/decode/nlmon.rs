//! Captures of an nlmon device, in pcap and pcapng files.
//!
//! A packet of link type 253 (`LINKTYPE_NETLINK`) is a datagram after the
//! header of "cooked" captures, which is big-endian:
//!
//! ```text
//!  0             2          4                      14         16
//! +-------------+----------+----------------------+----------+-----------
//! | packet type | ARPHRD   | 10 bytes of a link-  | protocol | datagram
//! |             | 824      | layer address        |          |
//! +-------------+----------+----------------------+----------+-----------
//! ```

use std::io::Read;

use nlsock::Protocol;
use pcap_parser::traits::PcapNGPacketBlock as _;
use pcap_parser::{Block, Linktype, PcapBlockOwned, PcapError, create_reader};

use super::{MAX_LEN, Printer};
use crate::output::Result;

const LINKTYPE_NETLINK: Linktype = Linktype(253);
const ARPHRD_NETLINK: u16 = 824;

/// First four bytes of pcap files with microseconds and with nanoseconds, in
/// both byte orders, and of pcapng files.
const MAGICS: [u32; 5] = [
    0xa1b2_c3d4,
    0xd4c3_b2a1,
    0xa1b2_3c4d,
    0x4d3c_b2a1,
    0x0a0d_0d0a,
];

/// Returns true if a file that starts with these bytes is a capture.
pub(super) fn is_capture(head: &[u8]) -> bool {
    let magic = head.first_chunk().map(|bytes| u32::from_be_bytes(*bytes));
    magic.is_some_and(|magic| MAGICS.contains(&magic))
}

/// Prints the datagrams of a capture. Packets of other devices are skipped.
pub(super) fn decode(file: impl Read + Send, printer: &mut Printer) -> Result {
    let mut reader = create_reader(64 * 1024, file).map_err(|error| capture_error(&error))?;
    let mut link_types = LinkTypes::default();
    let mut capacity = 64 * 1024;
    loop {
        match reader.next() {
            Ok((length, block)) => {
                if let Some((protocol, datagram)) = link_types.datagram(block) {
                    printer.datagram(protocol, datagram)?;
                }
                reader.consume(length);
            }
            Err(PcapError::Eof) => break,
            Err(PcapError::Incomplete(_)) => {
                // A running capture's datagrams so far are printed.
                printer.flush()?;
                reader.refill().map_err(|error| capture_error(&error))?;
            }
            Err(PcapError::BufferTooSmall) if capacity < MAX_LEN => {
                capacity = capacity.saturating_mul(2);
                reader.grow(capacity);
                reader.refill().map_err(|error| capture_error(&error))?;
            }
            Err(error) => return Err(capture_error(&error).into()),
        }
    }
    if printer.printed() == 0 {
        return Err("the capture has no packet of an nlmon device (link type 253)".into());
    }
    Ok(())
}

fn capture_error(error: &PcapError<&[u8]>) -> String {
    match error {
        PcapError::UnexpectedEof => "the capture ends amid a packet".into(),
        PcapError::BufferTooSmall => {
            format!("the capture has a packet longer than {MAX_LEN} bytes")
        }
        PcapError::ReadError => "the capture cannot be read".into(),
        _ => "the capture is broken".into(),
    }
}

/// Link types of a capture's interfaces; a pcap file has one interface.
#[derive(Default)]
struct LinkTypes(Vec<Linktype>);

impl LinkTypes {
    /// Returns the datagram of a block, if the block is a packet of an nlmon
    /// device.
    fn datagram<'a>(&mut self, block: PcapBlockOwned<'a>) -> Option<(Protocol, &'a [u8])> {
        let (interface, packet) = match block {
            PcapBlockOwned::LegacyHeader(header) => {
                self.0 = vec![header.network];
                return None;
            }
            PcapBlockOwned::Legacy(packet) => (0, packet.data),
            PcapBlockOwned::NG(Block::SectionHeader(_)) => {
                self.0.clear();
                return None;
            }
            PcapBlockOwned::NG(Block::InterfaceDescription(interface)) => {
                self.0.push(interface.linktype);
                return None;
            }
            PcapBlockOwned::NG(Block::EnhancedPacket(packet)) => {
                let length = packet.packet_data().len();
                (packet.if_id, packet.data.get(..length)?)
            }
            PcapBlockOwned::NG(Block::SimplePacket(packet)) => {
                let length = packet.packet_data().len();
                (0, packet.data.get(..length)?)
            }
            PcapBlockOwned::NG(_) => return None,
        };
        let link_type = self.0.get(usize::try_from(interface).ok()?);
        link_type.filter(|&&link_type| link_type == LINKTYPE_NETLINK)?;
        let (header, datagram) = packet.split_first_chunk::<16>()?;
        let &[
            _,
            _,
            device_high,
            device_low,
            ..,
            protocol_high,
            protocol_low,
        ] = header;
        let device = u16::from_be_bytes([device_high, device_low]);
        let protocol = u16::from_be_bytes([protocol_high, protocol_low]);
        let protocol = Protocol(protocol.try_into().ok()?);
        (device == ARPHRD_NETLINK && !datagram.is_empty()).then_some((protocol, datagram))
    }
}
