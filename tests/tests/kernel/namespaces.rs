//! Network namespaces beside those of `ip netns`.

use nix::sched::{CloneFlags, unshare};
use nlsock::{Config, Conn, Namespace, Protocol, route};
use nltests::{Need, Outcome, Test, ip, run};
use nlwire::route::{GetLink, GetLinks, NewLink, VethPeer};
use std::ffi::OsStr;
use std::fs::{File, read_link, read_to_string};
use std::io;
use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, symlink};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "namespaces::ip_sees_ours_and_we_see_its",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: ip_sees_ours_and_we_see_its,
    },
    Test {
        name: "namespaces::many_threads_create_at_once",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: many_threads_create_at_once,
    },
    Test {
        name: "namespaces::a_name_is_any_bytes_and_may_be_a_link",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_name_is_any_bytes_and_may_be_a_link,
    },
    Test {
        name: "namespaces::a_veth_leads_into_one_without_a_name",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_veth_leads_into_one_without_a_name,
    },
    Test {
        name: "namespaces::nobody_may_create_one",
        needs: &[Need::Nobody],
        run: nobody_may_create_one,
    },
];

/// Gives the test a `/run` of its own.
pub(super) fn own_run() -> Outcome {
    unshare(CloneFlags::CLONE_NEWNS)?;
    run("mount", &["--make-rprivate", "/"])?;
    run("mount", &["-t", "tmpfs", "none", "/run"])?;
    Ok(())
}

/// Names that `ip netns` lists.
fn listed() -> io::Result<Vec<String>> {
    let lines = run("ip", &["netns", "list"])?;
    // `blue (id: 0)`
    let name = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    let mut names: Vec<_> = lines.lines().map(name).collect();
    names.sort_unstable();
    Ok(names)
}

/// Number of times that the folder of names is mounted, and shared.
fn mounts() -> io::Result<[usize; 2]> {
    let mounts = read_to_string("/proc/thread-self/mountinfo")?;
    let folder = mounts.lines().filter(|line| line.contains(" /run/netns "));
    let shared = folder.clone().filter(|line| line.contains(" shared:"));
    Ok([folder.count(), shared.count()])
}

fn inode(file: impl AsFd) -> io::Result<u64> {
    Ok(File::from(file.as_fd().try_clone_to_owned()?)
        .metadata()?
        .ino())
}

fn own() -> io::Result<u64> {
    inode(File::open("/proc/thread-self/ns/net")?)
}

fn names(namespace: impl AsFd) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut conn = Config::new(Protocol::ROUTE).open_in(&namespace)?;
    let mut names = Vec::new();
    for link in &conn.list(GetLinks::all())? {
        names.push(link.name()?.unwrap_or("?".into()).to_string());
    }
    Ok(names)
}

fn ip_sees_ours_and_we_see_its() -> Outcome {
    own_run()?;
    let before = own()?;
    assert!(Namespace::list()?.is_empty());
    let blue = Namespace::create("blue")?;
    assert_eq!(mounts()?, [1, 1]);
    assert_eq!(own()?, before);
    assert_ne!(inode(&blue)?, before);
    assert_eq!(
        read_link("/proc/self/ns/net")?,
        read_link("/proc/thread-self/ns/net")?
    );
    // It stays without the file.
    let number = inode(&blue)?;
    drop(blue);
    run("ip", &["netns", "add", "red"])?;
    assert_eq!(mounts()?, [1, 1]);
    assert_eq!(Namespace::list()?, ["blue", "red"]);
    assert_eq!(listed()?, ["blue", "red"]);

    // The file is the one that `ip` made.
    let [ours, theirs] =
        ["blue", "red"].map(|name| std::fs::metadata(format!("/run/netns/{name}")));
    assert_eq!(ours?.mode(), theirs?.mode());

    // Links that one creates, and the other sees.
    let made = Namespace::named("blue").run(|| {
        let mut conn = Conn::open(Protocol::ROUTE)?;
        conn.execute(NewLink::bridge("br0"))
            .map(|ack| assert_eq!(ack.code(), 0))
    })?;
    made?;
    assert!(run("ip", &["-n", "blue", "link"])?.contains("br0"));
    run("ip", &["-n", "red", "link", "add", "br1", "type", "bridge"])?;
    let mut conn = Config::new(Protocol::ROUTE).open_in("red")?;
    conn.get(GetLink::by_name("br1"))?;
    assert_eq!(ip(&["link"])?.as_array().unwrap().len(), 1);

    // What is there, and what is not.
    let there = Namespace::create_if_absent("blue")?;
    assert_eq!(inode(&there)?, number);
    assert_eq!(inode(Namespace::from("blue").open()?)?, number);
    for name in ["blue", "red"] {
        let error = Namespace::create(name).unwrap_err();
        let expected = format!("create namespace \"{name}\": EEXIST");
        assert_eq!((error.to_string(), error.is_exists()), (expected, true));
        assert!(run("ip", &["netns", "add", name]).is_err());
    }
    run("ip", &["netns", "delete", "blue"])?;
    Namespace::delete("red")?;
    assert!(Namespace::list()?.is_empty());
    assert_eq!(listed()?, [""; 0]);
    let error = Namespace::delete("red").unwrap_err();
    assert_eq!(error.to_string(), "delete namespace \"red\": ENOENT");
    assert!(error.is_not_found());
    let error = Namespace::named("red").run(|| ()).unwrap_err();
    assert_eq!(error.to_string(), "open namespace \"red\": ENOENT");
    // A socket keeps a namespace whose name is gone.
    conn.get(GetLink::by_name("br1"))?;
    Ok(())
}

fn many_threads_create_at_once() -> Outcome {
    own_run()?;
    std::thread::scope(|scope| {
        for thread in 0..8 {
            scope.spawn(move || {
                for number in 0..4 {
                    Namespace::create(format!("{thread}-{number}")).unwrap();
                    // The file of the name is there before its namespace.
                    let all = Namespace::create_if_absent("all").unwrap();
                    Namespace::from(&all).run(|| ()).unwrap();
                }
            });
        }
    });
    assert_eq!(mounts()?, [1, 1]);
    assert_eq!(listed()?.len(), 33);
    let stale = "/run/netns/stale";
    std::fs::write(stale, "")?;
    let error = Namespace::create_if_absent("stale").unwrap_err();
    assert_eq!(error.to_string(), r#"open namespace "stale": EINVAL"#);
    std::fs::remove_file(stale)?;
    for name in Namespace::list()? {
        Namespace::named(&name).run(|| ())?;
        Namespace::delete(&name)?;
    }
    assert_eq!(listed()?, [""; 0]);
    Ok(())
}

fn a_name_is_any_bytes_and_may_be_a_link() -> Outcome {
    own_run()?;
    let odd = OsStr::from_bytes(b"v\xff");
    Namespace::create(odd)?;
    assert_eq!(Namespace::list()?, [odd]);
    let error = Namespace::create(odd).unwrap_err();
    assert_eq!(error.to_string(), "create namespace \"v\\xFF\": EEXIST");
    // A file without a namespace behind it: `ip` leaves such a file when it is
    // killed.
    File::create("/run/netns/file")?;
    let error = Namespace::named("file").run(|| ()).unwrap_err();
    assert_eq!(error.to_string(), "open namespace \"file\": EINVAL");
    Namespace::delete("file")?;
    // The name that leads to another is deleted, and not the other.
    symlink("/run/netns/blue", "/run/netns/link")?;
    let blue = inode(Namespace::create("blue")?)?;
    assert_eq!(inode(Namespace::named("link").open()?)?, blue);
    Namespace::delete("link")?;
    assert_eq!(inode(Namespace::named("blue").open()?)?, blue);
    Namespace::named("blue").run(|| ())?;
    Ok(())
}

fn a_veth_leads_into_one_without_a_name() -> Outcome {
    let namespace = Namespace::unnamed()?;
    assert_eq!(names(&namespace)?, ["lo"]);
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let inner = VethPeer::new("inner").namespace(route::namespace(&namespace));
    conn.execute(NewLink::veth("outer", inner).up())?;
    assert_eq!(names(&namespace)?, ["lo", "inner"]);
    let text = "text".to_owned();
    let length = Namespace::from(&namespace).run(|| text.len())?;
    assert_eq!(length, 4);
    // The last that holds it: then both ends are gone.
    drop(namespace);
    for _ in 0..500 {
        if ip(&["link"])?.as_array().unwrap().len() == 1 {
            return Ok(());
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    Err("the namespace stays".into())
}

fn nobody_may_create_one() -> Outcome {
    let error = Namespace::unnamed().unwrap_err();
    assert_eq!(error.to_string(), "create namespace: EPERM");
    assert!(error.is_permission());
    let error = Namespace::create("nltests-nobody").unwrap_err();
    assert!(error.is_permission(), "{error}");
    // A folder that is there is to be a mount that is shared, before the name is created.
    let refused = match std::path::Path::new("/run/netns").exists() {
        true => "mount namespace \"nltests-nobody\": EPERM",
        false => "create namespace \"nltests-nobody\": EACCES",
    };
    assert_eq!(error.to_string(), refused);
    assert!(!Namespace::list()?.contains(&"nltests-nobody".into()));
    Ok(())
}
