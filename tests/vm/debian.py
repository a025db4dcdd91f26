"""Packages of any suite and architecture of Debian, unpacked and not installed."""

import subprocess
import tempfile
from pathlib import Path

MIRROR = "http://deb.debian.org/debian"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


class Debian:
    """One suite for one architecture, with lists of packages of its own below `folder`."""

    def __init__(self, suite, architecture, folder):
        self.folder = folder / f"{suite}-{architecture}"
        for name in ("state/lists/partial", "cache/archives/partial", "empty"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        # Nothing is installed, so that all dependencies of a package are missing.
        (self.folder / "status").touch()
        (self.folder / "sources.list").write_text(f"deb [signed-by={KEYRING}] {MIRROR} {suite} main\n")
        (self.folder / "apt.conf").write_text(f"""
            Dir "{self.folder}/";
            Dir::State "state"; Dir::State::status "{self.folder}/status"; Dir::Cache "cache";
            Dir::Etc "{self.folder}"; Dir::Etc::sourceparts "empty"; Dir::Etc::parts "empty";
            Dir::Etc::preferencesparts "empty"; Dir::Etc::trustedparts "empty";
            APT::Architecture "{architecture}"; APT::Architectures {{ "{architecture}"; }};
            APT::Sandbox::User "root"; APT::Install-Recommends "false";
            Acquire::Languages "none"; Debug::NoLocking "true"; quiet "2";
            // A mirror may be behind; what it has is signed all the same.
            Acquire::Check-Valid-Until "false";
        """)

    def image(self, package):
        """Returns the kernel image that a package of the newest depends on, and its parts."""
        self.update()
        for image in self.dependencies(package):
            if image.startswith("linux-image-"):
                # Since 7.0 the image and its modules are packages that this one depends on.
                release = image.removeprefix("linux-image-")
                return [image, *(name for name in self.dependencies(image) if name.endswith(release))]
        raise SystemExit(f"{self.folder.name} has no {package}")

    def dependencies(self, package):
        lines = self.apt("apt-cache", "depends", package).splitlines()
        return [line.split()[-1] for line in lines if "Depends: " in line]

    def unpack(self, name, *packages, dependencies=True):
        """Returns a folder with the packages, and with all that they depend on, unpacked."""
        tree = self.folder / name
        if tree.exists():
            return tree
        self.update()
        with tempfile.TemporaryDirectory(dir=self.folder) as work:
            if dependencies:
                self.apt("apt-get", "install", "--download-only", "--yes",
                         "-o", f"Dir::Cache::archives={work}", *packages)
            else:
                self.apt("apt-get", "download", *packages, cwd=work)
            for archive in sorted(Path(work).glob("*.deb")):
                run("dpkg", "-x", archive, Path(work, "tree"))
            Path(work, "tree").rename(tree)
        return tree

    def update(self):
        """Reads the lists of packages, unless they are there."""
        if not any((self.folder / "state/lists").glob("*_Packages*")):
            self.apt("apt-get", "update")

    def apt(self, *command, cwd=None):
        return run(*command, cwd=cwd, env={"APT_CONFIG": f"{self.folder}/apt.conf", "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"})


def run(*command, cwd=None, env=None):
    done = subprocess.run(command, cwd=cwd, env=env, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: status {done.returncode}")
    return done.stdout
