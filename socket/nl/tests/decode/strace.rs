use crate::program::{decode, decode_fails, peak_memory};
use crate::{get_link, long};

const HOW: &str = "strace -f -e trace=network -e read=all -e write=all -xx";

/// Bytes as `strace -xx` writes a string.
fn escaped(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect()
}

/// Bytes as `strace -e read=all` dumps them.
fn dump(bytes: &[u8]) -> String {
    let mut text = String::new();
    for (number, row) in bytes.chunks(16).enumerate() {
        let digits: Vec<_> = row.iter().map(|byte| format!("{byte:02x}")).collect();
        let (left, right) = digits.split_at(digits.len().min(8));
        let digits = format!("{}  {}", left.join(" "), right.join(" "));
        text += &format!(" | {:05x}  {digits:<49}  ................ |\n", 16 * number);
    }
    text
}

fn send(descriptor: u32, bytes: &[u8]) -> String {
    let length = bytes.len();
    format!(
        "sendto({descriptor}, \"{}\", {length}, 0, NULL, 0) = {length}\n",
        escaped(bytes)
    )
}

#[test]
fn strings_are_decoded() {
    let link = get_link();
    let input = format!(
        "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3\n{}",
        send(3, &link)
    );
    assert!(decode(&[], input).starts_with("RTM_GETLINK length 32, type 18"));
    // Escapes of strace without -xx, and buffers of one datagram.
    let octal: String = link
        .get(..20)
        .unwrap()
        .iter()
        .map(|byte| format!("\\{byte:o}"))
        .collect();
    let rest = escaped(link.get(20..).unwrap());
    let input = format!(
        "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3\n\
         sendmsg(3, {{msg_iov=[{{iov_base=\"{octal}\", iov_len=20}}, \
         {{iov_base=\"{rest}\", iov_len=12}}], msg_iovlen=2}}, 0) = 32\n"
    );
    assert!(decode(&[], input).starts_with("RTM_GETLINK length 32, type 18"));
}

#[test]
fn dumps_are_decoded_and_the_strings_before_them_are_not() {
    let link = get_link();
    let input = format!(
        "socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3\n\
         recvmsg(3, {{msg_iov=[{{iov_base=NULL, iov_len=0}}]}}, MSG_PEEK|MSG_TRUNC) = 32\n\
         {}{}recvmsg(3, {{msg_iov=[{{iov_base=[{{nlmsg_len=32}}]}}]}}, 0) = 32\n\
         \u{20}* 20 bytes in buffer 0\n{} * 12 bytes in buffer 1\n{}",
        send(3, &link),
        dump(&link),
        dump(link.get(..20).unwrap()),
        dump(link.get(20..).unwrap()),
    );
    assert_eq!(decode(&[], input).matches("RTM_GETLINK").count(), 2);
}

#[test]
fn the_protocol_is_that_of_the_descriptor() {
    let table = crate::message(2561, 0x301, &[0; 4]);
    let input = format!(
        "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3\n\
         socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER) = 4\ndup(4) = 9\nclose(3) = 0\n{}{}",
        send(3, &table),
        send(9, &table)
    );
    let tree = decode(&[], input);
    assert!(tree.starts_with("NFT_MSG_GETTABLE length 20"), "{tree}");
    assert_eq!(tree.matches("length 20").count(), 1, "{tree}");
    // As strace -yy writes it, attached to a process that has its sockets.
    let input = send(5, &table).replace("sendto(5", "sendto(5<NETLINK:[NETFILTER:77]>");
    assert!(decode(&[], input).starts_with("NFT_MSG_GETTABLE"));
}

#[test]
fn other_descriptors_are_left_out() {
    let input = format!(
        "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3\nclose(3) = 0\n\
         socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP) = 3\n{}{}{}",
        send(3, &get_link()),
        dump(&get_link()),
        send(8, &get_link())
    );
    assert!(decode_fails(&[], input).contains(HOW));
}

#[test]
fn processes_have_descriptors_of_their_own() {
    let link = get_link();
    let sent = send(3, &link);
    let input = format!(
        "[pid    7] socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE <unfinished ...>\n\
         [pid    8] socket(AF_UNIX, SOCK_STREAM, 0) = 3\n\
         [pid    7] <... socket resumed>) = 3\n\
         [pid    8] {sent}[pid    7] {sent}"
    );
    assert_eq!(decode(&[], input).matches("RTM_GETLINK").count(), 1);
    // A thread has those of its process, and -o writes the process alone.
    let input = format!(
        "7 clone(child_stack=0, flags=CLONE_VM|CLONE_FILES) = 9\n\
         7 12:00:01.5 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3\n\
         9 12:00:01.6 {sent}9 close(3) = 0\n7 {sent}"
    );
    assert_eq!(decode(&[], input).matches("RTM_GETLINK").count(), 1);
}

#[test]
fn payloads_are_not_taken_for_messages() {
    let string = escaped(&get_link());
    let input = format!(
        "socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC) = 3\n\
         sendto(3, [{{nlmsg_len=36, nlmsg_type=nlctrl}}, \"{string}\"], 36, 0, NULL, 0) = 36\n\
         recvmsg(3, {{msg_iov=[{{iov_base=[{{nlmsg_len=36}}, \"{string}\"], iov_len=9}}]}}, 0) = 36\n"
    );
    assert!(decode_fails(&[], input).contains(HOW));
}

#[test]
fn calls_that_strace_decoded_are_named() {
    let input = "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3\n\
                 sendto(3, [{nlmsg_len=32}, {ifi_family=AF_UNSPEC}], 32, 0, NULL, 0) = 32\n";
    assert!(decode_fails(&[], input).contains(HOW));
    // Part of a datagram is shown, and is not the whole answer.
    let cut = send(3, get_link().get(..20).unwrap()).replace("\", ", "\"..., ");
    let input = format!("socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3\n{cut}");
    let error = decode_fails(&[], input);
    assert!(
        error.contains("has cut 1 datagram") && error.contains(HOW),
        "{error}"
    );
}

#[test]
fn names_may_hold_any_bytes() {
    let mut input =
        b"socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3\nwrite(1, \"v\xff\", 2) = 2\n".to_vec();
    input.extend(send(3, &get_link()).bytes());
    assert!(decode(&[], input).starts_with("RTM_GETLINK"));
}

#[test]
fn a_long_input_is_read_as_a_stream() {
    let one = format!("{}{}", send(3, &long()), dump(&long()));
    let input = format!(
        "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3\n{}",
        one.repeat(80)
    );
    let peak = peak_memory(&[], input.as_bytes());
    assert!(peak < 8 * 1024 * 1024, "{peak} bytes for {}", input.len());
}
