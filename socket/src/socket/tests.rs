//! Tests of a socket against the running kernel, without privileges.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
use crate::sys::signal;
use crate::testing::{noop, privileged, recv_soon};
use crate::{Address, Config, Errno, Interest, Protocol, Received, Socket, Transport, Trust, Wake};
use std::thread;
use std::time::{Duration, Instant};
use std::vec::Vec;

fn route() -> Socket {
    Config::new(Protocol::ROUTE).open_socket().unwrap()
}

fn unconnected() -> Socket {
    Config::new(Protocol::ROUTE)
        .trust(Trust::Anyone)
        .open_socket()
        .unwrap()
}

#[test]
fn a_ping_is_acked_on_every_path() {
    for socket in [route(), unconnected()] {
        for detailed in [false, true] {
            socket.set_packet_info(detailed).unwrap();
            let message = noop(9);
            let (header, tail) = message.split_at(4);
            for parts in [&[&message[..]][..], &[header, tail]] {
                assert_eq!(socket.send_vectored(parts, None), Ok(16));
                let ack = recv_soon(&socket);
                assert_eq!(ack.len(), 36);
                assert_eq!(ack[4..6], 2_u16.to_ne_bytes());
                assert_eq!(ack[8..12], 9_u32.to_ne_bytes());
                assert_eq!(ack[12..16], socket.port_id().to_ne_bytes());
                assert_eq!(ack[16..20], [0; 4]);
            }
        }
    }
}

#[test]
fn many_parts_make_one_datagram() {
    let socket = route();
    let message = noop(3);
    let bytes: Vec<&[u8]> = message.chunks(1).collect();
    assert_eq!(socket.send_vectored(&bytes, None), Ok(16));
    assert_eq!(recv_soon(&socket).len(), 36);
    let mut parts = std::vec![&[][..]; 1024];
    parts[1023] = &message;
    assert_eq!(socket.send_vectored(&parts, None), Ok(16));
    assert_eq!(recv_soon(&socket).len(), 36);
    parts.push(&[]);
    assert_eq!(socket.send_vectored(&parts, None), Err(Errno::EMSGSIZE));
}

#[test]
fn a_short_buffer_reports_the_true_length() {
    for socket in [route(), unconnected()] {
        for len in [0, 1, 20, 35] {
            socket.send_vectored(&[&noop(1)], None).unwrap();
            let mut buffer = [0; 36];
            let received = socket.recv(&mut buffer[..len]).unwrap();
            assert_eq!(received, Received::new(36, Address::KERNEL));
            assert!(received.is_truncated(len));
        }
        assert_eq!(socket.recv(&mut [0; 36]), Err(Errno::EAGAIN));
    }
}

#[test]
fn threads_send_and_receive_at_once() {
    let socket = route();
    let (tell, told) = std::sync::mpsc::sync_channel(100);
    thread::scope(|scope| {
        scope.spawn(|| {
            for sequence in 1..=1000_u32 {
                // Never more in flight than the receive buffer holds.
                tell.send(sequence).unwrap();
                socket.send_vectored(&[&noop(sequence)], None).unwrap();
            }
        });
        for sequence in 1..=1000_u32 {
            assert_eq!(recv_soon(&socket)[8..12], sequence.to_ne_bytes());
            assert!(told.recv().unwrap() == sequence);
        }
    });
}

#[test]
fn an_overrun_is_reported_once_and_counted() {
    let socket = route();
    socket.set_receive_buffer(1).unwrap();
    for sequence in 1..50 {
        socket.send_vectored(&[&noop(sequence)], None).unwrap();
    }
    assert_eq!(socket.wait(Interest::Readable, None), Ok(Wake::Ready));
    assert_eq!(socket.recv(&mut [0; 36]), Err(Errno::ENOBUFS));
    let received = (0..)
        .take_while(|_| socket.recv(&mut [0; 36]).is_ok())
        .count();
    let drops = socket.memory_info().unwrap().drops;
    assert!(
        received > 0 && drops > 0,
        "{received} received, {drops} dropped"
    );
}

#[test]
fn a_peer_is_distinguished_from_the_kernel() {
    let usersock = || Config::new(Protocol::USERSOCK);
    let listener = usersock().trust(Trust::Root).open_socket().unwrap();
    let peer = usersock().trust(Trust::Anyone).open_socket().unwrap();
    let to = Some(Address::port(listener.port_id()));
    assert_eq!(peer.send_vectored(&[b"hello"], to), Ok(5));
    let mut buffer = [0; 8];
    let received = listener.recv(&mut buffer).unwrap();
    assert_eq!((received.len, received.sender.port), (5, peer.port_id()));
    assert_eq!(received.group, 0);
    let uid = rustix::process::getuid().as_raw();
    assert_eq!(received.uid, Some(uid));
    assert_eq!(listener.trust().covers(&received), uid == 0);

    // Only the kernel reaches a connected socket.
    let connected = usersock().open_socket().unwrap();
    let to = Some(Address::port(connected.port_id()));
    assert_eq!(
        peer.send_vectored(&[b"hello"], to),
        Err(Errno::ECONNREFUSED)
    );
}

#[test]
fn the_group_is_known_by_control_message_or_mask() {
    let usersock = || Config::new(Protocol::USERSOCK).trust(Trust::Anyone);
    let sender = usersock().open_socket().unwrap();
    let Some(listener) = privileged(usersock().group(21)) else {
        return;
    };
    let to = Address {
        port: 0,
        groups: 1 << 20,
    };
    for exact in [true, false] {
        listener.set_packet_info(exact).unwrap();
        // The group got it; the kernel, which is addressed as well, does not
        // listen to this protocol.
        let refused = Err(Errno::ECONNREFUSED);
        assert_eq!(sender.send_vectored(&[b"hello"], Some(to)), refused);
        assert_eq!(sender.send_vectored(&[b"again"], Some(to)), refused);
        let received = listener.recv(&mut [0; 8]).unwrap();
        assert_eq!((received.len, received.group), (5, 21));
        assert_eq!(received.sender.port, sender.port_id());
        assert_eq!(received.sender.groups, 1 << 20);
        assert_eq!((received.uid, received.namespace), (None, None));

        let mut buffer = [0; 5];
        assert_eq!(listener.recv(&mut buffer), Ok(received));
        assert_eq!(&buffer, b"again");
    }
}

#[test]
fn a_connected_socket_that_joins_reports_groups_and_senders() {
    let sender = Config::new(Protocol::USERSOCK).open_socket().unwrap();
    let Some(listener) = privileged(Config::new(Protocol::USERSOCK).group(3)) else {
        return;
    };
    let to = Address {
        port: 0,
        groups: 1 << 2,
    };
    let sent = sender.send_vectored(&[b"hello"], Some(to));
    assert_eq!(sent, Err(Errno::ECONNREFUSED));
    let received = listener.recv(&mut [0; 8]).unwrap();
    assert_eq!(
        (received.group, received.sender.port),
        (3, sender.port_id())
    );
    assert!(!listener.trust().covers(&received));
}

#[test]
fn a_signal_prolongs_no_wait() {
    let socket = route();
    let start = Instant::now();
    let wait = thread::scope(|scope| {
        let (tell, told) = std::sync::mpsc::channel();
        let wait = scope.spawn(move || {
            tell.send(signal::Thread::current()).unwrap();
            socket.wait(Interest::Readable, Some(Duration::from_millis(60)))
        });
        let waiter = told.recv().unwrap();
        for _ in 0..4 {
            thread::sleep(Duration::from_millis(10));
            waiter.interrupt();
        }
        wait.join().unwrap()
    });
    assert_eq!(wait, Ok(Wake::TimedOut));
    let elapsed = start.elapsed();
    assert!(elapsed >= Duration::from_millis(60), "{elapsed:?}");
    assert!(elapsed < Duration::from_secs(5), "{elapsed:?}");
}

#[test]
fn a_wait_ends_in_time() {
    let socket = route();
    let wait = |timeout| socket.wait(Interest::Readable, Some(timeout));
    assert_eq!(wait(Duration::ZERO), Ok(Wake::TimedOut));
    let start = Instant::now();
    assert_eq!(wait(Duration::from_millis(20)), Ok(Wake::TimedOut));
    assert!(start.elapsed() >= Duration::from_millis(20));
    assert_eq!(socket.wait(Interest::Writable, None), Ok(Wake::Ready));
    socket.send_vectored(&[&noop(1)], None).unwrap();
    assert_eq!(wait(Duration::MAX), Ok(Wake::Ready));
}

#[test]
fn a_cancellation_wakes_all_and_stays() {
    let socket = route();
    let canceller = socket.canceller().unwrap().try_clone().unwrap();
    thread::scope(|scope| {
        let waits: Vec<_> = (0..2)
            .map(|_| scope.spawn(|| socket.wait(Interest::Readable, None)))
            .collect();
        thread::sleep(Duration::from_millis(10));
        canceller.cancel();
        for wait in waits {
            assert_eq!(wait.join().unwrap(), Ok(Wake::Cancelled));
        }
    });
    // It goes before what is ready, and does not touch it.
    socket.send_vectored(&[&noop(1)], None).unwrap();
    assert_eq!(socket.wait(Interest::Readable, None), Ok(Wake::Cancelled));
    socket.cancel();
    socket.resume();
    assert_eq!(recv_soon(&socket).len(), 36);
    socket.resume();
    drop(socket);
    canceller.cancel();
}

#[test]
fn is_a_transport_by_reference_and_by_pointer() {
    fn ping(transport: impl Transport) {
        transport.send_vectored(&[&noop(1)], None).unwrap();
        assert_eq!(transport.wait(Interest::Readable, None), Ok(Wake::Ready));
        assert_eq!(transport.recv(&mut [0; 64]).unwrap().len, 36);
        assert!(transport.as_fd().is_some());
    }
    let socket = route();
    ping(&socket);
    #[cfg(feature = "alloc")]
    ping(std::sync::Arc::new(socket));
}
