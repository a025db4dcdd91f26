use crate::program::{decode, decode_fails, peak_memory};
use crate::{get_link, long, message, swapped};

fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x} ")).collect()
}

#[test]
fn digits_are_decoded() {
    let link = digits(&message(16, 5, &[0; 16]));
    let tree = decode(&[], &link);
    assert!(
        tree.starts_with("RTM_NEWLINK length 32, type 16, flags request|ack"),
        "{tree}"
    );
    let tree = decode(&["--protocol", "generic"], &link);
    assert!(tree.starts_with("GENL_ID_CTRL length 32"), "{tree}");
}

#[test]
fn messages_follow_each_other_at_multiples_of_four() {
    let odd = message(1, 0, &[1]);
    let whole = [&odd[..], &[0; 3], &get_link()].concat();
    let tree = decode(&[], format!("\n\n{}\n", digits(&whole)));
    assert_eq!(tree.matches("length ").count(), 2, "{tree}");
    assert!(tree.contains("length 17, type 1"), "{tree}");
    assert!(tree.contains("RTM_GETLINK length 32"), "{tree}");
}

#[test]
fn a_wrong_digit_is_an_error_with_its_line() {
    assert!(decode_fails(&[], "2").contains("half a byte"));
    assert!(decode_fails(&[], "").contains("empty"));
    let text = format!("{}\nxy", digits(&get_link()));
    assert!(decode_fails(&[], text).contains("line 2: 'x' is not hexadecimal"));
    assert!(decode_fails(&[], "no such thing").contains("neither hexadecimal"));
    // Bytes that are not text fail the same way.
    assert!(decode_fails(&[], b"\xff\xfe\x00").contains("neither hexadecimal"));
}

#[test]
fn truncated_or_broken_bytes_are_printed() {
    let cut = digits(get_link().get(..20).unwrap());
    assert!(decode(&[], cut).contains("20 bytes are left"), "cut");
    assert!(decode(&[], "03000000").contains("03000000"), "broken");
}

#[test]
fn the_other_byte_order_is_recognised() {
    let error = decode_fails(&[], digits(&swapped()));
    assert!(error.contains("-endian machine"), "{error}");
}

/// The messages of all datagrams in JSON.
fn json_messages(input: &[u8]) -> Vec<serde_json::Value> {
    let text = decode(&["--json"], digits(input));
    let array: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let mut messages = Vec::new();
    for datagram in array {
        assert_eq!(datagram.get("protocol").unwrap(), "route");
        messages.extend(
            datagram
                .get("messages")
                .unwrap()
                .as_array()
                .unwrap()
                .clone(),
        );
    }
    messages
}

#[test]
fn json_has_the_names_of_fields() {
    let messages = json_messages(&[get_link(), message(2, 0, &[0; 20])].concat());
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert_eq!(messages[0]["message"], "RTM_GETLINK");
    assert_eq!(messages[0]["flags"][0], "request");
    assert_eq!(messages[0]["sequence"], 7);
    assert_eq!(messages[0]["header"]["index"], 0);
    assert_eq!(messages[1]["code"], 0);
    assert_eq!(decode_json_of_error(), serde_json::json!([]));
}

/// Output of an input without messages, before its error.
fn decode_json_of_error() -> serde_json::Value {
    let output = crate::program::run(&["--json"], b"xy");
    assert_eq!(output.status.code(), Some(1));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_long_input_is_read_as_a_stream() {
    let line = format!("{}\n", digits(&long()));
    let input = line.repeat(200);
    let peak = peak_memory(&[], input.as_bytes());
    assert!(peak < 8 * 1024 * 1024, "{peak} bytes for {}", input.len());
}
