"""Builds the contestants, those that can be built on this machine."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent

# The packages of this workspace, by the name of the peer.
RUST = ["nlsock", "packet-route", "rtnetlink", "neli", "netlink-bindings", "nlink"]

# Programs in C: source, libraries of pkg-config, the Debian package of them.
C = {
    "raw": ("c/raw.c", [], "gcc"),
    "libmnl": ("c/mnl.c", ["libmnl"], "libmnl-dev"),
    "libnl": ("c/nl.c", ["libnl-3.0"], "libnl-3-dev"),
}


def contestants(only):
    """Commands by name, and what is missing."""
    commands, missing = {}, []
    for name in RUST:
        if name == "nlsock" or not only or name in only:
            note(commands, missing, name, rust(name))
    for name, (source, libraries, package) in C.items():
        if not only or name in only:
            note(commands, missing, name, c(name, source, libraries, package))
    if not only or "mdlayher" in only:
        note(commands, missing, "mdlayher", go())
    return commands, missing


def note(commands, missing, name, result):
    if isinstance(result, list):
        commands[name] = result
    else:
        missing.append(f"{name}: {result}")
        print(f"missing: {name}: {result}", file=sys.stderr)


def target():
    folder = Path(os.environ.get("CARGO_TARGET_DIR") or HERE / "target").resolve() / "peers"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def rust(name):
    """Each package alone, so that one that does not build stops no other and
    none gets features that another asked for."""
    command = ["cargo", "build", "--quiet", "--release", "--locked", "-p", f"peer-{name}", "--message-format=json"]
    built = subprocess.run(command, cwd=HERE, stdout=subprocess.PIPE, text=True)
    if built.returncode:
        return "does not build"
    for line in built.stdout.splitlines():
        message = json.loads(line)
        if message.get("executable"):
            return [message["executable"]]
    return "cargo built nothing"


# What a program with the route families of each needs.
DEPENDENCIES = {
    "nlsock": 'nlsock = {{ path = "{root}/socket", features = ["route"] }}',
    "netlink-bindings": """
netlink-bindings = {{ version = "0.3", features = ["rt-link", "rt-addr", "rt-route", "rt-neigh", "rt-rule", "tc"] }}
netlink-socket2 = "0.3"
""",
}


def weights(names):
    """Of each: the seconds of a clean release build, least of five by turns,
    and the crates that it takes."""
    with tempfile.TemporaryDirectory() as folder:
        crates = {name: crate(Path(folder) / name, name) for name in names}
        seconds = {name: [] for name in names}
        for _ in range(5):
            for name in names:
                seconds[name].append(build_time(Path(folder) / name))
    return [{"who": name, "seconds": min(seconds[name]), "crates": crates[name]} for name in names]


def crate(folder, name):
    """Makes an empty program that depends on it, and counts its crates."""
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "main.rs").write_text("fn main() {}\n")
    (folder / "Cargo.toml").write_text(
        '[package]\nname = "weight"\nversion = "0.1.0"\nedition = "2024"\n[workspace]\n[dependencies]\n'
        + DEPENDENCIES[name].format(root=HERE.parent.parent) + "\n"
    )
    shutil.copy(HERE / "Cargo.lock", folder / "Cargo.lock")
    tree = subprocess.run(
        ["cargo", "tree", "--prefix", "none", "-e", "normal"], cwd=folder, check=True, capture_output=True, text=True
    )
    return len({line.split()[0] for line in tree.stdout.splitlines() if line}) - 1


def build_time(folder):
    environment = os.environ | {"CARGO_TARGET_DIR": str(folder / "target")}
    shutil.rmtree(folder / "target", ignore_errors=True)
    start = time.monotonic()
    subprocess.run(["cargo", "build", "--quiet", "--release"], cwd=folder, check=True, env=environment)
    return time.monotonic() - start


def c(name, source, libraries, package):
    if not shutil.which("cc"):
        return "no C compiler (Debian: gcc)"
    flags = []
    if libraries:
        if not shutil.which("pkg-config"):
            return "no pkg-config (Debian: pkg-config)"
        found = subprocess.run(["pkg-config", "--cflags", "--libs", *libraries], capture_output=True, text=True)
        if found.returncode:
            return f"no {' '.join(libraries)} (Debian: {package})"
        flags = found.stdout.split()
    program = target() / name
    command = ["cc", "-O2", "-fno-strict-aliasing", "-pthread", "-o", program, HERE / source, *flags]
    return [str(program)] if subprocess.run(command).returncode == 0 else "does not build"


def go():
    """With Debian's Go and its packages of sources."""
    sources = Path("/usr/share/gocode/src/github.com/mdlayher/netlink")
    if not shutil.which("go"):
        return "no Go (Debian: golang-go)"
    if not sources.exists():
        return "no sources (Debian: golang-github-mdlayher-netlink-dev)"
    program = target() / "mdlayher"
    environment = os.environ | {"GOPATH": "/usr/share/gocode", "GO111MODULE": "off", "GOFLAGS": ""}
    command = ["go", "build", "-o", program, HERE / "go" / "main.go"]
    return [str(program)] if subprocess.run(command, env=environment).returncode == 0 else "does not build"
