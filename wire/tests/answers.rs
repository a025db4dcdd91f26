//! Answers are written as the kernel writes them: those captured from a kernel
//! are the same bytes again.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

use nlwire::PolicyType;
use nlwire::ack::Ack;
use nlwire::policy::PolicyEntryAttr;
use nlwire::{
    AckFlags, AckRef, Errno, Flags, Header, MessageRef, MessageType, Messages, Writer, fields,
};

/// The answer as a value, by what can be read of it.
fn read(answer: AckRef<'_>) -> Ack<'_> {
    let message = answer.message();
    let header = message.header();
    let mut ack = match (answer.request(), answer.errno()) {
        (None, _) => Ack::done(header, answer.code()),
        (Some(request), None) => Ack::success(request),
        (Some(request), Some(errno)) => Ack::refusal(request, errno),
    };
    if message.kind() == MessageType::ERROR
        && !AckFlags::from(header.flags()).contains(AckFlags::CAPPED)
    {
        let echo = &message.payload()[4..];
        ack = ack.echo(MessageRef::new(echo).unwrap());
    }
    let own = AckFlags::CAPPED | AckFlags::ACK_TLVS;
    ack = ack.flags(header.flags() - (Flags::empty() | own));
    ack = ack.port(header.port());
    if let Some(text) = answer.text() {
        ack = ack.text(text);
    }
    if let Some(cookie) = answer.cookie() {
        ack = ack.cookie(cookie);
    }
    if let Some(offset) = answer.offset() {
        ack = ack.offset(offset);
    }
    let read = fields!(answer.attributes() => nlwire::ack::Extended { policy }).unwrap();
    if let Some(policy) = read.policy {
        ack = ack.policy(policy);
    }
    if let Some(kind) = answer.missing_type() {
        ack = ack.missing_type(kind);
    }
    if let Some(offset) = answer.missing_nest() {
        ack = ack.missing_nest(offset);
    }
    ack
}

#[test]
#[cfg(target_endian = "little")]
fn captured_datagrams_are_written_again() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors");
    let mut answers = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "hex") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let (_, digits) = text.split_once('\n').unwrap();
        let digits: Vec<_> = digits.chars().filter_map(|c| c.to_digit(16)).collect();
        let datagram: Vec<u8> = digits
            .chunks(2)
            .map(|pair| (pair[0] * 16 + pair[1]) as u8)
            .collect();
        let mut buffer = vec![0xaa; datagram.len() + 3];
        let written = Writer::datagram(&mut buffer, |mut w| {
            for message in Messages::new(&datagram) {
                let message = message.unwrap();
                w = match message.kind() {
                    MessageType::ERROR | MessageType::DONE => {
                        answers += 1;
                        w.append_ack(&read(AckRef::new(message).unwrap()))?
                    }
                    _ => {
                        w.append_answer(*message.header(), &(), |w| w.append(message.payload()))?
                    }
                };
            }
            Ok(w)
        });
        assert_eq!(written.unwrap(), datagram, "{}", path.display());
    }
    assert!(answers > 5, "{answers} answers");
}

#[test]
fn each_attribute_is_written_and_read() {
    let mut request = [0; 64];
    // Of a length that needs padding.
    let request = Writer::message(&mut request, MessageType(16), Flags::REQUEST, &(), |w| {
        w.append(&[1_u8, 2, 3])
    });
    let request = request.unwrap();
    assert_eq!(request.header().length(), 19);
    let policy = [PolicyEntryAttr::Kind(PolicyType::U32)];
    let full = Ack::refusal(request.header(), Errno::EINVAL)
        .port(77)
        .text("no")
        .cookie(&[9, 8])
        .offset(16)
        .policy(&policy)
        .missing_type(3)
        .missing_nest(20);
    for (ack, echoed, flags) in [
        (full, 0, 0x300),
        // Padding counts, as in `nlmsg_append`.
        (full.echo(request), 4, 0x200),
    ] {
        let mut buffer = [0xaa; 256];
        let message = ack.write(&mut buffer).unwrap();
        let header = message.header();
        assert_eq!((header.flags().bits(), header.port()), (flags, 77));
        let attributes = 8 + 8 + 8 + 12 + 8 + 8;
        assert_eq!(header.length(), 16 + 4 + 16 + echoed + attributes);
        let answer = AckRef::new(message).unwrap();
        assert_eq!(answer.errno(), Some(Errno::EINVAL));
        assert_eq!(answer.request(), Some(request.header()));
        assert_eq!(answer.text(), Some("no".into()));
        assert_eq!(answer.cookie(), Some(&[9, 8][..]));
        assert_eq!(answer.offset(), Some(16));
        assert_eq!(answer.policy().unwrap().kind.map(|kind| kind.0), Some(4));
        assert_eq!(answer.missing_type(), Some(3));
        assert_eq!(answer.missing_nest(), Some(20));
        let kinds = answer
            .attributes()
            .map(|attribute| attribute.unwrap().kind());
        assert_eq!(
            kinds.collect::<Vec<_>>(),
            [1, 3, 2, 4, 5, 6],
            "in the kernel's order"
        );
        // A buffer that is too small is an error, wherever it ends.
        for len in 0..header.length() as usize {
            assert!(ack.write(&mut [0; 256][..len]).is_err(), "{len}");
        }
    }
}

#[test]
fn a_dump_ends_with_a_code_and_attributes() {
    let request = Header::new(MessageType(18), Flags::REQUEST).with_sequence(7);
    let done = Ack::done(&request, -16)
        .flags(Flags::DUMP_INTR)
        .text("busy");
    let mut buffer = [0; 64];
    let message = done.write(&mut buffer).unwrap();
    assert_eq!(message.kind(), MessageType::DONE);
    assert_eq!(
        message.flags(),
        Flags::MULTI | Flags::DUMP_INTR | AckFlags::ACK_TLVS
    );
    let answer = AckRef::new(message).unwrap();
    assert_eq!((answer.code(), answer.text()), (-16, Some("busy".into())));
    assert_eq!(message.header().sequence(), 7);
}
