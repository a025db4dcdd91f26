#!/usr/bin/env python3
"""Captures the vectors from the running kernel: unshare -rn ./capture.py

Each file NAME.hex is one datagram, below a line with the number of its
protocol. What `nlwire::pretty` prints of it is in NAME.txt.
"""

import pathlib
import socket
import struct
import subprocess

REQUEST, ACK, DUMP = 1, 4, 0x300
FOLDER = pathlib.Path(__file__).parent
SETUP = """
link set lo up
link add v0 address 02:00:00:00:00:01 type veth peer name v1
link add br0 type bridge
link set v1 master br0
link add vx7 type vxlan id 7 dstport 4789 local 192.0.2.1 dev v0 ttl 9
link add mac0 link v0 type macvlan mode bridge
link set v0 alias west mtu 1400
link set v0 up
link set v1 up
link set br0 up
address add 192.0.2.1/24 dev v0 label v0:home valid_lft 3600 preferred_lft 1800
address add 2001:db8::1/64 dev v0 nodad
neighbour add 192.0.2.9 lladdr 02:00:00:00:00:09 dev v0 nud permanent
neighbour add proxy 192.0.2.10 dev v0
route add 198.51.100.0/24 via 192.0.2.9 metric 7 mtu 1300 advmss 1200
route add 203.0.113.0/24 nexthop via 192.0.2.9 weight 3 nexthop dev v0 weight 1
route add 203.0.114.0/24 via inet6 2001:db8::9 dev v0
route add 2001:db8:1::/48 nexthop via 2001:db8::9 nexthop via 2001:db8::a weight 2
route add blackhole 192.0.2.128/25
rule add from 192.0.2.0/24 iif v0 fwmark 0x10/0xff table 100 priority 50
rule add ipproto tcp sport 80-90 table 101 priority 51
""".strip()


def attr(kind, value):
    return struct.pack("=HH", len(value) + 4, kind) + value + bytes(-len(value) % 4)


class Netlink:
    def __init__(self, protocol):
        self.protocol = protocol
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol)
        self.socket.setsockopt(270, 11, 1)  # NETLINK_EXT_ACK
        self.socket.setsockopt(270, 12, 1)  # NETLINK_GET_STRICT_CHK
        self.socket.settimeout(2)

    def cap(self, on):
        self.socket.setsockopt(270, 10, on)  # NETLINK_CAP_ACK

    def ask(self, name, kind, flags, payload, take=1):
        """Sends a request, and keeps `take` of the datagrams that answer it."""
        header = struct.pack("=IHHII", 16 + len(payload), kind, REQUEST | flags, 7, 0)
        self.socket.send(header + payload)
        for number in range(take):
            datagram = self.socket.recv(65536)
            # The port is another each time.
            out, at = bytearray(datagram), 0
            while at + 16 <= len(out):
                length, = struct.unpack_from("=I", out, at)
                struct.pack_into("=I", out, at + 12, 77)
                at += (length + 3) & ~3
            file = name if take == 1 else f"{name}-{number + 1}"
            text = out.hex(" ", 4)
            lines = "\n".join(text[i : i + 72].strip() for i in range(0, len(text), 72))
            (FOLDER / f"{file}.hex").write_text(f"protocol {self.protocol}\n{lines}\n")
        self.socket.close()


def main():
    for line in SETUP.splitlines():
        subprocess.run(["ip", *line.split()], check=True)
    route, generic, sock_diag = 0, 16, 4
    index = socket.if_nametoindex

    def link(name):
        return struct.pack("=BxHiII", 0, 0, index(name), 0, 0)

    for name in ("lo", "v0", "v1", "br0", "vx7", "mac0"):
        Netlink(route).ask(f"link-{name}", 18, 0, link(name))
    Netlink(route).ask("address", 22, DUMP, struct.pack("=BBBBI", 2, 0, 0, 0, index("v0")), 2)
    Netlink(route).ask("address-ipv6", 22, DUMP, struct.pack("=BBBBI", 10, 0, 0, 0, index("v0")))
    table = attr(15, struct.pack("=I", 254))
    for name, family in (("ipv4", 2), ("ipv6", 10)):
        Netlink(route).ask(f"route-{name}", 26, DUMP, struct.pack("=BBBBBBBBI", family, *[0] * 8) + table)
    Netlink(route).ask("neighbour", 30, DUMP, struct.pack("=B3xiHBB", 2, 0, 0, 0, 0))
    Netlink(route).ask("rule", 34, DUMP, struct.pack("=12B", 2, *[0] * 11))
    Netlink(route).ask("qdisc", 38, DUMP, struct.pack("=BxxxiIII", 0, 0, 0, 0, 0))

    # A refusal: an output interface of two bytes; capped and not.
    bad = struct.pack("=BBBBBBBBI", 2, 0, 0, 0, 254, 3, 0, 1, 0) + attr(4, b"\1\0")
    for name, capped in (("refused-capped", 1), ("refused", 0)):
        netlink = Netlink(route)
        netlink.cap(capped)
        netlink.ask(name, 24, ACK, bad)
    Netlink(route).ask("ack", 1, ACK, b"")

    command = struct.pack("=BBH", 3, 1, 0)
    Netlink(generic).ask("family", 16, 0, command + attr(2, b"nlctrl\0"))
    Netlink(generic).ask("policy", 16, DUMP, struct.pack("=BBH", 10, 1, 0) + attr(2, b"nlctrl\0"), 2)
    # An attribute that is missing.
    Netlink(generic).ask("missing", 16, ACK, command)
    everything = struct.pack("=BBBBI48x", 2, 6, 0, 0, 0xFFFFFFFF)
    Netlink(sock_diag).ask("sockets-none", 20, DUMP, everything)


if __name__ == "__main__":
    main()
