#!/usr/bin/env python3
"""Measures the room's phones and prints a table: 300 at once, with the server alone and in a real workshop, and 1,000.

Each round runs the room and the bare library one after the other, the bare one answering as many bytes as the room's pages
had on average.  Rates are answers a CPU second of the server: they survive a busy machine, which times do not."""
import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile

from table import Target, amount, rate, times


def run(*argv):
    p = subprocess.run([str(a) for a in argv], capture_output=True, text=True, timeout=300)
    if p.returncode:
        sys.exit("%s ended with %d: %s" % (argv[0], p.returncode, p.stderr.strip()[-500:]))
    return json.loads(p.stdout)


def workshop(build, phones):
    """The same with the real program, on a terminal that nobody looks at."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = str(s.getsockname()[1])
    scenario = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "wall", "room")
    with tempfile.TemporaryDirectory(prefix="rehearse-") as home:
        env = ["env", "XDG_DATA_HOME=" + home, "XDG_RUNTIME_DIR=" + home, "LC_ALL=C.UTF-8"]
        return run(*env, build + "/bench/phones_load", phones, "workshop", port, build + "/rehearse", "workshop", scenario, "--lang", "en", "--seed", "1",
                   "--phones", "--address", "127.0.0.1", "--port", port)


def median(rows, name):
    return statistics.median(r[name] for r in rows)


def per_cpu(rows):
    return sum(r["answers"] for r in rows) / max(sum(r["reload_cpu_s"] for r in rows), 0.01)


def milliseconds(x):
    return "%.1f ms" % x


def measure(build, phones, rounds):
    rooms, bares = [], []
    for _ in range(rounds):
        rooms.append(run(build + "/bench/phones_load", phones, "room", build + "/web/room", "--quiet"))
        each = rooms[-1]["bytes"] // rooms[-1]["answers"]
        bares.append(run(build + "/bench/phones_load", phones, "bare", build + "/bench/bare_http", each - 90))  # less its headers
    return rooms, bares


def rows(build, phones, rounds, firm):
    """FIRM: there are targets."""
    rooms, bares = measure(build, phones, rounds)
    name = format(phones, ",") + " phones"
    last, peak = median(rooms, "p99_last_ms"), median(rooms, "peak_kib") * 1024
    ours, bare = per_cpu(rooms), per_cpu(bares)
    yield name + " join, vote twice, reload", "%.2f s" % median(rooms, "voting_s"), "every vote counted once"
    yield "  from reveal to the last phone, p99", milliseconds(last), Target(last, "<=", 100, milliseconds).text if firm else ""
    yield "  from reveal to a phone, median", milliseconds(median(rooms, "median_ms")), ""
    yield "  memory of the server, most", amount(peak), Target(peak, "<=", 30 * 2**20, amount).text if firm else ""
    yield "  pages a CPU second", rate(ours), "%s of the bare library's %s, the same bytes" % (times(ours / bare), rate(bare))


def real_rows(build, phones, rounds):
    walls = [workshop(build, phones) for _ in range(rounds)]
    last, peak = median(walls, "p99_last_ms"), median(walls, "peak_kib") * 1024
    yield "%d phones in a real workshop, the same" % phones, "%.2f s" % median(walls, "voting_s"), "every vote kept on the disk, and counted once"
    yield "  from the key to the last phone, p99", milliseconds(last), Target(last, "<=", 100, milliseconds).text
    yield "  memory of the program, most", amount(peak), Target(peak, "<=", 30 * 2**20, amount).text


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--build", required=True)
    p.add_argument("--rounds", type=int, default=5)
    a = p.parse_args()
    table = [*rows(a.build, 300, a.rounds, True), *real_rows(a.build, 300, min(a.rounds, 3)), *rows(a.build, 1000, min(a.rounds, 3), False)]
    widths = [max(len(r[i]) for r in table) for i in range(2)]
    for what, figure, more in table:
        print("  ".join([what.ljust(widths[0]), figure.rjust(widths[1]), more]).rstrip())


if __name__ == "__main__":
    main()
