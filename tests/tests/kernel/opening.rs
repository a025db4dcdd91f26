//! Openings of sockets: protocols, namespaces, and no exchange.

use nix::sched::{CloneFlags, unshare};
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{ForkResult, fork};
use nlsock::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use nlsock::{Config, Conn, Errno, ErrorKind, Hook, Namespace, Operation, Protocol, Strict, Trust};
use nltests::{
    Missing, Need, Network, Outcome, Test, example, in_namespace, run, second_namespace,
};
use nlwire::route::{LinkAttr, LinkHeader, RTM_GETLINK};
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{Flags, Header, MessageType, Writer};
use rustix::net::{AddressFamily, SocketType};
use std::fs::{self, File, Permissions, read_link};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "opening::every_protocol_opens_at_once_for_root",
        needs: &[Need::Root],
        run: every_protocol_opens_at_once,
    },
    Test {
        name: "opening::every_protocol_opens_at_once_for_nobody",
        needs: &[Need::Nobody],
        run: every_protocol_opens_at_once,
    },
    Test {
        name: "opening::a_namespace_is_found_in_each_way",
        needs: &[Need::Namespace, Need::Program("ip"), Need::Program("mount")],
        run: a_namespace_is_found_in_each_way,
    },
    Test {
        name: "opening::descriptor_0_is_a_namespace_as_any_other",
        needs: &[Need::Namespace],
        run: descriptor_0_is_a_namespace_as_any_other,
    },
    Test {
        name: "opening::a_process_that_is_gone_has_no_namespace",
        needs: &[Need::Namespace],
        run: a_process_that_is_gone_has_no_namespace,
    },
    Test {
        name: "opening::a_buffer_is_forced_for_root",
        needs: &[Need::Root],
        run: || a_buffer_beyond_the_limit(true),
    },
    Test {
        name: "opening::a_buffer_is_cut_for_nobody",
        needs: &[Need::Nobody],
        run: || a_buffer_beyond_the_limit(false),
    },
    Test {
        name: "opening::an_adopted_descriptor_makes_requests",
        needs: &[Need::Nobody],
        run: an_adopted_descriptor_makes_requests,
    },
    Test {
        name: "opening::processes_that_share_a_socket_share_its_answers",
        needs: &[Need::Nobody],
        run: processes_that_share_a_socket_share_its_answers,
    },
    Test {
        name: "opening::a_program_with_privileges_is_not_traced_by_its_caller",
        needs: &[Need::Root],
        run: a_program_with_privileges_is_not_traced_by_its_caller,
    },
];

fn every_protocol_opens_at_once() -> Outcome {
    let mut opened = 0;
    for number in 0..=u8::MAX {
        // The kernel may load a module for the first one, which takes its time.
        let protocol = std::num::NonZeroU32::new(number.into());
        let plain = rustix::net::socket(
            AddressFamily::NETLINK,
            SocketType::RAW,
            protocol.map(rustix::net::Protocol::from_raw),
        );
        let protocol = Protocol(number);
        let Err(refused) = plain else {
            opens_without_an_exchange(protocol);
            opened += 1;
            continue;
        };
        let error = Conn::open(protocol).unwrap_err();
        assert_eq!(error.operation(), Operation::Open);
        let errno = Errno(refused.raw_os_error());
        assert_eq!(error.kind(), ErrorKind::System(errno), "{protocol}");
    }
    assert!(opened >= 4, "{opened}");
    Ok(())
}

/// Opens a connection, which has nobody to wait for: nothing is sent or received.
fn opens_without_an_exchange(protocol: Protocol) {
    static EVENTS: AtomicU32 = AtomicU32::new(0);
    let hook = Hook::new(&|_| {
        EVENTS.fetch_add(1, Ordering::Relaxed);
    });
    let conn = Config::new(protocol).trace(hook).open();
    let conn = conn.unwrap_or_else(|error| panic!("{error}"));
    assert_ne!(conn.port_id(), 0);
    assert_eq!(conn.protocol(), protocol);
    assert_eq!(EVENTS.load(Ordering::Relaxed), 0, "{protocol}");
}

fn a_namespace_is_found_in_each_way() -> Outcome {
    // With a /run of its own, the test makes a namespace with a name.
    unshare(CloneFlags::CLONE_NEWNS)?;
    run("mount", &["--make-rprivate", "/"])?;
    run("mount", &["-t", "tmpfs", "none", "/run"])?;
    run("ip", &["netns", "add", "blue"])?;
    let path = Path::new("/run/netns/blue");
    let file = File::open(path)?;
    in_namespace(&file, || Network::open()?.add_link("blue0", "bridge"))??;

    let mut inhabitant = Command::new("ip")
        .args(["netns", "exec", "blue", "cat"])
        .stdin(Stdio::piped())
        .spawn()?;
    let before = read_link("/proc/thread-self/ns/net")?;
    // Until ip has gone there.
    while namespace_of(inhabitant.id()).as_ref() == Some(&before) {
        std::thread::sleep(Duration::from_millis(1));
    }
    for namespace in [
        Namespace::Fd(file.as_fd()),
        Namespace::Path(path),
        Namespace::named("blue"),
        Namespace::Pid(inhabitant.id()),
    ] {
        let mut conn = Config::new(Protocol::ROUTE).open_in(namespace)?;
        assert!(has_link(&mut conn, "blue0")?, "{namespace:?}");
        // Neither the caller has gone there, nor any thread that stays or starts.
        let started = std::thread::spawn(|| read_link("/proc/thread-self/ns/net"));
        let stays = read_link("/proc/self/ns/net")?;
        let threads = [read_link("/proc/thread-self/ns/net")?, stays];
        assert_eq!(threads, [before.clone(), before.clone()]);
        assert_eq!(started.join().unwrap()?, before);
    }
    assert!(!has_link(&mut Conn::open(Protocol::ROUTE)?, "blue0")?);
    inhabitant.kill()?;
    inhabitant.wait()?;
    Ok(())
}

fn namespace_of(pid: u32) -> Option<PathBuf> {
    read_link(format!("/proc/{pid}/ns/net")).ok()
}

fn descriptor_0_is_a_namespace_as_any_other() -> Outcome {
    let second = second_namespace()?;
    in_namespace(&second, || Network::open()?.add_link("second0", "bridge"))??;
    rustix::stdio::dup2_stdin(&second)?;
    let stdin = std::io::stdin();
    let zero: BorrowedFd<'_> = stdin.as_fd();
    assert_eq!(zero.as_raw_fd(), 0);
    let mut conn = Config::new(Protocol::ROUTE).open_in(Namespace::Fd(zero))?;
    assert!(has_link(&mut conn, "second0")?);
    Ok(())
}

fn a_process_that_is_gone_has_no_namespace() -> Outcome {
    let mut child = Command::new("/proc/self/exe")
        .arg("--list")
        .stdout(Stdio::null())
        .spawn()?;
    child.wait()?;
    let error = Config::new(Protocol::ROUTE)
        .open_in(Namespace::Pid(child.id()))
        .unwrap_err();
    let expected = format!("route: open namespace of process {}: ENOENT", child.id());
    assert_eq!(error.to_string(), expected);
    assert!(error.is_not_found());
    Ok(())
}

fn a_buffer_beyond_the_limit(root: bool) -> Outcome {
    let asked = 64 << 20;
    let socket = Config::new(Protocol::ROUTE)
        .receive_buffer(asked)
        .send_buffer(asked)
        .open_socket()?;
    let sizes = [socket.receive_buffer()?, socket.send_buffer()?];
    assert_eq!(
        sizes.map(|bytes| bytes == 2 * asked),
        [root; 2],
        "{sizes:?}"
    );
    // The caller can ask for the reason.
    let forced = [
        socket.receive_buffer_is_forced(),
        socket.send_buffer_is_forced(),
    ];
    assert_eq!(forced, [root; 2]);
    let (receive, send) = (
        socket.set_receive_buffer(asked)?,
        socket.set_send_buffer(asked)?,
    );
    assert_eq!((receive.forced, send.forced), (root, root));
    assert_eq!([receive.bytes, send.bytes], sizes);
    Ok(())
}

fn an_adopted_descriptor_makes_requests() -> Outcome {
    let fresh = rustix::net::socket(AddressFamily::NETLINK, SocketType::RAW, None)?;
    let mut conn = Config::new(Protocol::ROUTE)
        .strict(Strict::Required)
        .adopt(fresh)?;
    assert!(has_link(&mut conn, "lo")?);
    // It stays unconnected, and what the opener may does not count.
    assert!(!conn.transport().is_connected());
    let (socket, _) = conn.into_parts();
    let port = socket.port_id();
    let mut again = Config::new(Protocol::ROUTE)
        .trust(Trust::Root)
        .adopt(OwnedFd::from(socket))?;
    assert_eq!(again.port_id(), port);
    assert!(has_link(&mut again, "lo")?);
    Ok(())
}

/// Socket behind `fork(2)`: parent and child share it, so it belongs to one
/// process.
#[allow(unsafe_code, reason = "fork and _exit")]
fn processes_that_share_a_socket_share_its_answers() -> Outcome {
    let conn = Conn::open(Protocol::ROUTE)?;
    // SAFETY: The thread that watches the test may hold locks at the fork. The child
    // takes none: it makes two system calls.
    match unsafe { fork() }? {
        ForkResult::Child => {
            let flags = Flags::REQUEST | Flags::ACK;
            let ping = Header::new(MessageType::NOOP, flags).with_sequence(77);
            let sent = conn.send_bytes(ping.with_length(16).as_bytes());
            // SAFETY: It ends the child, without the handlers of exit(3) and their locks.
            unsafe { nix::libc::_exit(i32::from(sent.is_err())) }
        }
        ForkResult::Parent { child } => {
            assert_eq!(waitpid(child, None)?, WaitStatus::Exited(child, 0));
        }
    }
    // The child's answer is in the queue of its parent.
    let mut buffer = [0; 64];
    let answer = conn.recv(&mut buffer)?;
    let header = answer.messages().next().unwrap()?.header();
    assert_eq!((header.sequence(), header.port()), (77, conn.port_id()));
    Ok(())
}

fn a_program_with_privileges_is_not_traced_by_its_caller() -> Outcome {
    const NOBODY: u32 = 65534;
    let folder = std::env::temp_dir().join(format!("nlsock-{}", std::process::id()));
    fs::create_dir(&folder)?;
    let outcome = (|| -> Outcome {
        fs::set_permissions(&folder, Permissions::from_mode(0o755))?;
        let (calls, id) = (folder.join("calls"), folder.join("id"));
        fs::copy(example("calls")?, &calls)?;
        fs::copy("/usr/bin/id", &id)?;
        let run = |program: &Path, mode| -> std::io::Result<Output> {
            fs::set_permissions(program, Permissions::from_mode(mode))?;
            let mut command = Command::new(program);
            command.uid(NOBODY).gid(NOBODY).env("NLDEBUG", "1");
            if program == id {
                command.arg("-u");
            }
            command.output()
        };
        if run(&id, 0o4755)?.stdout != b"0\n" {
            let folder = folder.parent().unwrap_or(&folder).display().to_string();
            return Err(Missing(format!("kernel: set-user-ID programs in {folder}")).into());
        }
        let traced = |mode| -> std::io::Result<bool> {
            let output = run(&calls, mode)?;
            assert!(output.status.success(), "{output:?}");
            Ok(String::from_utf8_lossy(&output.stderr).contains("nl: "))
        };
        assert!(traced(0o755)?);
        assert!(!traced(0o4755)?);
        Ok(())
    })();
    fs::remove_dir_all(&folder)?;
    outcome
}

fn has_link(conn: &mut Conn, name: &str) -> Result<bool, Box<dyn std::error::Error>> {
    let mut buffer = [0; 64];
    let header = LinkHeader::default();
    let request = Writer::message(&mut buffer, RTM_GETLINK, Flags::empty(), &header, |w| {
        w.put(LinkAttr::Name(name.into()))
    })?;
    match conn.get(request) {
        Ok(reply) => {
            assert_eq!(reply.kind(), MessageType(16));
            Ok(true)
        }
        Err(error) if error.is_not_found() => Ok(false),
        Err(error) => Err(error.into()),
    }
}
