"""Prints results."""

import os
import platform
import sys
import time

HEAD = f"{'work':18} {'who':16} {'min':>9} {'median':>9} {'instr.':>8} {'allocs':>8} {'peak':>9} {'calls':>7}  nlsock / it"


def line(row):
    ratio = row.get("ratio")
    ratio = f"{ratio[0]:.3f} [{ratio[1]:.3f}, {ratio[2]:.3f}]" if ratio else ""
    return (
        f"{row['work']:18} {row['who']:16} {row['minimum']:9.1f} {row['median']:9.1f} "
        f"{number(row['instructions'], 1):>8} {number(row['allocations']):>8} {number(row['peak']):>9} "
        f"{number(row['system calls']):>7}  {ratio}"
    ).rstrip()


def number(value, digits=0):
    return "-" if value is None else f"{value:.{digits}f}"


def text(results):
    rows = [line(row) for row in results["rows"]]
    notes = [f"{key}: {value}" for key, value in results["machine"].items()]
    missing = [f"missing: {what}" for what in results["missing"]]
    units = "min and median are nanoseconds an item, instructions are an item's; the others are a turn's"
    return "\n".join([*notes, *missing, units, "", HEAD, *rows])


def machine(options):
    return {
        "command": " ".join(["tests/peers/run", *sys.argv[1:]]),
        "kernel": platform.release().partition("-")[0],
        "processors": os.cpu_count(),
        "date": time.strftime("%Y-%m-%d"),
        "routes": options.routes,
        "links": options.links,
    }
