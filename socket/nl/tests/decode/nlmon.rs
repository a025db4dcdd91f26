use crate::program::{decode, decode_fails, peak_memory};
use crate::{get_link, long, swapped};

/// Packet of nlmon: the header of "cooked" captures, and a datagram.
fn packet(protocol: u16, datagram: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 4, 3, 56];
    bytes.extend([0; 10]);
    bytes.extend(protocol.to_be_bytes());
    bytes.extend(datagram);
    bytes
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap()
}

/// File of pcap, whose numbers `word` puts into a byte order.
fn pcap(link_type: u32, packets: &[Vec<u8>], word: fn(u32) -> [u8; 4]) -> Vec<u8> {
    let mut file = Vec::new();
    // The version is two numbers of 16 bits, here as in big-endian files.
    let version = if word(1) == [0, 0, 0, 1] {
        0x0002_0004
    } else {
        0x0004_0002
    };
    for number in [0xa1b2_c3d4, version, 0, 0, 0x0004_0000, link_type] {
        file.extend(word(number));
    }
    for packet in packets {
        for number in [1, 2, length(packet), length(packet)] {
            file.extend(word(number));
        }
        file.extend(packet);
    }
    file
}

fn block(kind: u32, body: &[u8]) -> Vec<u8> {
    let mut padded = body.to_vec();
    padded.resize(body.len().next_multiple_of(4), 0);
    let total = (length(&padded) + 12).to_le_bytes();
    [&kind.to_le_bytes()[..], &total, &padded, &total].concat()
}

/// File of pcapng with an Ethernet device and one of nlmon.
fn pcapng(packets: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut section = 0x1a2b_3c4d_u32.to_le_bytes().to_vec();
    section.extend([1, 0, 0, 0]);
    section.extend([0xff; 8]);
    let mut file = block(0x0a0d_0d0a, &section);
    for link_type in [1, 253] {
        file.extend(block(1, &[link_type, 0, 0, 0, 0, 0, 4, 0]));
    }
    for (interface, packet) in packets {
        let mut body = Vec::new();
        for number in [*interface, 0, 1, length(packet), length(packet)] {
            body.extend(number.to_le_bytes());
        }
        body.extend(packet);
        file.extend(block(6, &body));
    }
    file
}

#[test]
fn pcap_is_decoded_in_either_byte_order() {
    let packets = [packet(0, &get_link()), packet(16, &get_link())];
    for word in [u32::to_le_bytes, u32::to_be_bytes] {
        let tree = decode(&[], pcap(253, &packets, word));
        assert!(tree.starts_with("RTM_GETLINK length 32"), "{tree}");
        assert_eq!(tree.matches("length 32").count(), 2, "{tree}");
        assert_eq!(tree.matches("RTM_GETLINK").count(), 1, "{tree}");
    }
}

#[test]
fn pcapng_is_decoded() {
    let odd = crate::message(1, 0, &[1]);
    let tree = decode(
        &[],
        pcapng(&[
            (0, vec![0xff; 60]),
            (1, packet(0, &get_link())),
            (1, packet(0, &odd)),
        ]),
    );
    assert!(tree.starts_with("RTM_GETLINK length 32"), "{tree}");
    assert_eq!(tree.matches("length ").count(), 2, "{tree}");
}

#[test]
fn json_names_the_protocol() {
    let text = decode(&["--json"], pcapng(&[(1, packet(16, &get_link()))]));
    let array: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(array[0]["protocol"], "generic");
}

#[test]
fn a_packet_of_any_length_is_read() {
    let longer = crate::message(1, 0, &vec![0; 300_000]);
    let tree = decode(&[], pcap(253, &[packet(0, &longer)], u32::to_le_bytes));
    assert!(tree.starts_with("length 300016"), "{}", tree.len());
}

#[test]
fn other_captures_are_an_error() {
    let ethernet = pcap(1, &[vec![0; 60]], u32::to_le_bytes);
    assert!(decode_fails(&[], ethernet).contains("nlmon"));
    let mut cut = pcap(253, &[packet(0, &get_link())], u32::to_le_bytes);
    cut.pop();
    assert!(decode_fails(&[], cut).contains("ends amid a packet"));
    let other = pcap(253, &[packet(0, &swapped())], u32::to_le_bytes);
    assert!(decode_fails(&[], other).contains("-endian machine"));
}

#[test]
fn a_long_capture_is_read_as_a_stream() {
    let packets = vec![packet(0, &long()); 600];
    let input = pcap(253, &packets, u32::to_le_bytes);
    let peak = peak_memory(&[], &input);
    assert!(peak < 8 * 1024 * 1024, "{peak} bytes for {}", input.len());
}
