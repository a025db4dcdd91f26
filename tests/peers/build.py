"""Builds the contestants, those that can be built on this machine."""

import json
import os
import shutil
import subprocess
import sys
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
    command = ["cc", "-O2", "-fno-strict-aliasing", "-o", program, HERE / source, *flags]
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
