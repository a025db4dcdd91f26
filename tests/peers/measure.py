"""Lets contestants do the same work by turns, and counts what it takes.

A contestant is started with the name of a work. For each line that it reads it
does one turn of it, and answers with a line of four numbers: nanoseconds,
items, allocations, peak bytes on the heap. It ends with status 2 if it does
not have the work.
"""

import os
import random
import re
import select
import shutil
import socket
import statistics
import struct
import subprocess
import tempfile
import time

# Both of a pair run on one processor: two that other programs of the host use
# differ in speed by more than the contestants do. What makes the events of a
# burst runs on another.
PROCESSORS = sorted(os.sched_getaffinity(0))
MINE, OTHER = {PROCESSORS[-1]}, {PROCESSORS[0]}

# The works that the plainest C has in two ways: with and without a look at
# the attributes.
VARIANTS = {"routes": ["routes-raw", "routes-walk"], "links": ["links-raw", "links-walk"]}


def work(name, contestants, pairs, missing):
    """A row for nlsock, and for each contestant that has the work."""
    ours = contestants["nlsock"]
    rows, mine = [], []
    for who, command in contestants.items():
        if who == "nlsock":
            continue
        for variant in VARIANTS.get(name, [name]) if who == "raw" else [name]:
            label = f"C, {variant.partition('-')[2]}" if variant != name else ("C" if who == "raw" else who)
            try:
                turns = by_turns([*ours, name], [*command, variant], pairs)
            except ChildProcessError as error:
                missing.append(f"{who}: {name}: {error}")
                continue
            if turns:
                items = turns[0][-1][1]
                if turns[1][-1][1] not in (0, items):
                    missing.append(f"{label}: {name}: {turns[1][-1][1]} items, not {items}")
                rows.append(row(name, label, [*command, variant], turns[1], items, missing))
                rows[-1]["ratio"] = ratio(*turns)
                mine += turns[0]
    if rows:
        rows.insert(0, row(name, "nlsock", [*ours, name], mine, items, missing))
    return rows


class Contestant:
    def __init__(self, command, processors=MINE):
        self.command = command
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, processors),
        )

    def turn(self):
        """Nanoseconds, items, allocations and peak bytes; None if it does not
        have the work."""
        self.start()
        return self.answer()

    def start(self):
        try:
            self.process.stdin.write("\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass

    def answer(self):
        line = self.process.stdout.readline()
        if line:
            return [int(field) if field != "-" else None for field in line.split()]
        if self.process.wait() == 2:
            return None
        said = self.process.stderr.read().strip().splitlines()
        raise ChildProcessError(said[-1] if said else f"status {self.process.returncode}")

    def has_answered(self, seconds):
        return bool(select.select([self.process.stdout], [], [], seconds)[0])

    def resident(self):
        """The most memory that it has had, in KiB."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmHWM:\s+(\d+)", status.read())[1])

    def end(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass  # It has ended by itself.
        self.process.wait()


def by_turns(ours, theirs, pairs):
    """The turns of both, in pairs whose order alternates, after one of each
    that does not count."""
    # Go's runtime has threads of its own.
    threads = ours[-1] == "threads-2" or is_go(theirs)
    sides = [Contestant(command, PROCESSORS if threads else MINE) for command in (ours, theirs)]
    try:
        if any(side.turn() is None for side in sides):
            return None
        return in_pairs(pairs, lambda side: sides[side].turn())
    finally:
        for side in sides:
            side.end()


def in_pairs(pairs, turn):
    turns = ([], [])
    for pair in range(pairs):
        for side in (0, 1) if pair % 2 else (1, 0):
            turns[side].append(turn(side))
    return turns


def burst(contestants, pairs):
    """Two rows: of a reader of events, what it takes of a processor for each,
    and how many are lost, both while another program makes them."""
    sides = [Contestant([*contestants[who], "burst"]) for who in ("nlsock", "raw")]
    maker = Contestant([*contestants["raw"], "churn"], OTHER)
    made = maker.turn()[1]

    def turn(side):
        sides[side].start()
        time.sleep(0.05)  # Until it has joined the group.
        maker.turn()
        while True:  # The event that ends them can be lost as well.
            change_last(24, 0x600)
            change_last(25, 0)
            if sides[side].has_answered(0.02):
                return sides[side].answer()

    try:
        turn(0), turn(1)
        turns = in_pairs(pairs, turn)
    finally:
        for side in (*sides, maker):
            side.end()
    rows = []
    for side, who in enumerate(("nlsock", "C")):
        each = [nanoseconds / items for nanoseconds, items, *_ in turns[side]]
        lost = sorted(made - items for _, items, *_ in turns[side])
        rows.append({
            "work": "burst", "who": who, "items": made, "minimum": min(each), "median": statistics.median(each),
            "instructions": None, "system calls": None, "allocations": turns[side][-1][2], "peak": turns[side][-1][3],
            "lost": [statistics.median(lost), lost[0], lost[-1]],
        })
    per_event = [[[nanoseconds / items] for nanoseconds, items, *_ in side] for side in turns]
    rows[1]["ratio"] = ratio(*per_event)
    return rows


def growth(contestants, missing):
    """Of a dump of the table as it is: rows, instructions a row, KiB resident.
    What a turn without work takes, to be told of it and to answer, is left
    out: on a small table it would pass for the dump's."""
    command = [*contestants["nlsock"], "routes"]
    contestant = Contestant(command)
    try:
        for _ in range(3):
            items = contestant.turn()[1]
        resident = contestant.resident()
    finally:
        contestant.end()
    turn, nothing = (
        per_turn([*contestants["nlsock"], work], instructions, missing, "valgrind", 1) for work in ("routes", "nothing")
    )
    counted = None if turn is None or nothing is None else (turn - nothing) / items
    return {"routes": items, "instructions": counted, "resident": resident}


def ratio(ours, theirs):
    """The median of the paired ratios, and its interval of 95 % by bootstrap."""
    ratios = [mine[0] / other[0] for mine, other in zip(ours, theirs)]
    draw = random.Random(1)
    medians = sorted(statistics.median(draw.choices(ratios, k=len(ratios))) for _ in range(2000))
    return [statistics.median(ratios), medians[50], medians[1949]]


def row(name, who, command, turns, items, missing):
    each = [turn[0] / items for turn in turns]
    return {
        "work": name,
        "who": who,
        "items": items,
        "minimum": min(each),
        "median": statistics.median(each),
        "instructions": per_turn(command, instructions, missing, "valgrind", items),
        "system calls": per_turn(command, system_calls, missing, "strace", 1),
        "allocations": turns[-1][2],
        "peak": turns[-1][3],
    }


def per_turn(command, counter, missing, tool, items):
    """What a turn takes after the first: the difference of three and one."""
    if not shutil.which(tool):
        missing.append(f"{tool} (Debian: {tool})")
        return None
    one, three = counter(command, 1), counter(command, 3)
    return None if one is None or three is None else (three - one) / 2 / items


def is_go(command):
    return command[0].endswith("mdlayher")


def instructions(command, turns):
    if is_go(command):
        return None  # Its runtime does not run under valgrind.
    valgrind = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    result = subprocess.run([*valgrind, *command], input="\n" * turns, text=True, capture_output=True)
    found = re.search(r"I\s+refs:\s+([\d,]+)", result.stderr)
    return int(found[1].replace(",", "")) if found and result.returncode == 0 else None


def system_calls(command, turns):
    """All but those by which it is told to do a turn and answers."""
    with tempfile.NamedTemporaryFile("r") as summary:
        strace = ["strace", "-f", "-c", "-U", "name,calls", "-o", summary.name]
        result = subprocess.run([*strace, *command], input="\n" * turns, text=True, capture_output=True)
        if result.returncode:
            return None
        counts = dict(re.findall(r"^\s*(\w+)\s+(\d+)\s*$", summary.read(), re.MULTILINE))
    return sum(int(calls) for name, calls in counts.items() if name not in ("read", "write", "total"))


def attribute(kind, value):
    return struct.pack("HH", 4 + len(value), kind) + value + b"\0" * (-len(value) % 4)


def message(kind, flags, body):
    return struct.pack("IHHII", 16 + len(body), kind, 1 | flags, 1, 0) + body


def opened():
    kernel = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
    kernel.bind((0, 0))
    kernel.settimeout(60)
    return kernel


def ask(kernel, kind, flags, body):
    kernel.send(message(kind, 4 | flags, body))
    (code,) = struct.unpack_from("i", kernel.recv(65536), 16)
    if code:
        raise OSError(-code, f"request {kind} of the preparation")


# The peer of v0, which the kernel makes first.
FIRST = 2
LAST_EVENT = 250


def prepare(links):
    """Fills the namespace: links of the type veth in pairs, the first with an
    address."""
    kernel = opened()
    create, up = 0x600, struct.pack("BxHiII", 0, 0, 0, 1, 1)
    veth = attribute(18, attribute(1, b"veth\0"))
    for pair in range(max(links // 2, 1)):
        ask(kernel, 16, create, up + attribute(3, b"v%d\0" % pair) + veth)
    for index in (1, FIRST, FIRST + 1):
        ask(kernel, 16, 0, struct.pack("BxHiII", 0, 0, index, 1, 1))
    address = attribute(2, bytes([192, 0, 2, 1])) + attribute(1, bytes([192, 0, 2, 1]))
    ask(kernel, 20, create, struct.pack("BBBBI", 2, 24, 0, 0, FIRST) + address)


def route(number, protocol=4):
    header = struct.pack("BBBBBBBBI", 2, 32, 0, 0, 254, protocol, 0, 1, 0)
    way = attribute(5, bytes([192, 0, 2, 2])) + attribute(4, struct.pack("I", FIRST))
    return header + attribute(1, struct.pack(">I", 0x0B000000 + number)) + way


def add_routes(start, end):
    """Adds routes through the first link, of these numbers."""
    kernel = opened()
    for start in range(start, end, 1000):
        numbers = range(start, min(start + 1000, end))
        kernel.send(b"".join(message(24, 0x600, route(number)) for number in numbers))
    ask(kernel, 0x01, 0, b"")


def change_last(kind, flags):
    """The route whose event ends a burst comes or goes."""
    ask(opened(), kind, flags, route(0xFFFFFF, LAST_EVENT))
