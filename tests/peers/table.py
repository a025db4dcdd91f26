"""Prints results."""

import os
import platform
import sys
import time

HEAD = f"{'work':18} {'who':16} {'min':>9} {'median':>9} {'instr.':>8} {'allocs':>8} {'peak':>9} {'calls':>7}  nlsock / it"


def line(row):
    ratio, lost = row.get("ratio"), row.get("lost")
    ratio = f"{ratio[0]:.3f} [{ratio[1]:.3f}, {ratio[2]:.3f}]" if ratio else ""
    return (
        f"{row['work']:18} {row['who']:16} {row['minimum']:9.1f} {row['median']:9.1f} "
        f"{number(row['instructions'], 1):>8} {number(row['allocations']):>8} {number(row['peak']):>9} "
        f"{number(row['system calls']):>7}  {ratio}"
        + (f"  lost {lost[0]:,.0f} [{lost[1]:,}, {lost[2]:,}] of {row['items']:,}" if lost else "")
    ).rstrip()


def number(value, digits=0):
    return "-" if value is None else f"{value:.{digits}f}"


def text(results):
    rows = [line(row) for row in results["rows"]]
    notes = [f"{key}: {value}" for key, value in results["machine"].items()]
    missing = [f"missing: {what}" for what in results["missing"]]
    units = "min and median are nanoseconds an item, instructions are an item's; the others are a turn's"
    return "\n".join([*notes, *missing, units, "", HEAD, *rows, "", *grown(results["growth"]), *weight(results["weight"])])


def grown(growth):
    rows = [
        f"dump of {row['routes']:,} routes: {number(row['instructions'], 1)} instructions a route, {row['resident']:,} KiB resident"
        for row in growth
    ]
    if len(growth) == 2 and all(row["instructions"] for row in growth):
        few, many = ((row["routes"], row["routes"] * row["instructions"]) for row in growth)
        rows.append(f"each route between the two: {(many[1] - few[1]) / (many[0] - few[0]):.1f} instructions")
    return rows


def weight(weights):
    return [f"clean build with {row['who']}: {row['seconds']:.1f} s, {row['crates']} crates" for row in weights]


def machine(options):
    return {
        "command": " ".join(["tests/peers/run", *sys.argv[1:]]),
        "kernel": platform.release().partition("-")[0],
        "processors": os.cpu_count(),
        "date": time.strftime("%Y-%m-%d"),
        "routes": options.routes,
        "links": options.links,
    }
