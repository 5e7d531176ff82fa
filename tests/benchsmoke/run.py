#!/usr/bin/env python3
"""The benchmark measures what it says: on a small graph of every kind, Rehearse plays, and explores, as the C limit does; and
records keep as many events, in as many commits, as the bare loop."""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BENCH = ROOT + "/tests/bench"
BUILD = os.path.abspath(os.environ["B"])
AGREED = ("choices", "checksum", "text_bytes")
PLAIN = not os.environ.get("SANITIZED") and not BUILD.endswith("-cover")  # records are measured in what is installed
PLAYS = "40" if os.environ.get("SANITIZED") else "400"
passed = failed = 0


def build():
    """The adapters, with the flags that the library in BUILD was built with."""
    flags = "-fsanitize=address,undefined" if os.environ.get("SANITIZED") else "--coverage" if BUILD.endswith("-cover") else ""
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    names = [BUILD + "/bench/" + n for n in ("limit_c", "rehearse") + (("store_limit", "store") if PLAIN else ())]
    subprocess.run(["make", "-s", "-C", BENCH, "B=" + BUILD, "CC=" + env.get("CC", "gcc"), "CFLAGS=" + flags, *names],
                   env=env, check=True)


def line(*argv):
    done = subprocess.run([BUILD + "/bench/" + argv[0], *argv[1:]], capture_output=True, text=True, timeout=60)
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip() or "ended with %d" % done.returncode


def played(*argv):
    got = line(*argv, PLAYS, "7")
    return {k: got[k] for k in AGREED} if isinstance(got, dict) else got


def explored(*argv):
    """Shares to nine places: what is as near as that agrees (the numbers are of a fixed conversation)."""
    got = line(*argv, "1", "7", "explore")
    return {"plays": got["plays"], "shares": [round(s, 9) for s in got["shares"]]} if isinstance(got, dict) else got


def kept():
    sys.path.insert(0, BENCH)
    import measure
    rows = measure.measure_records(BUILD, 1, 2)
    return [{k: rows[name][k] for k in ("events", "commits", "body_bytes")} for name in ("limit", "rehearse")]


def check(what, expected, got):
    global passed, failed
    if isinstance(got, dict) and got == expected:
        passed += 1
    else:
        failed += 1
        print("FAILED %s: %s, not %s" % (what, got, expected))


def main():
    build()
    if PLAIN:
        check("records", *kept())
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("same", "distinct", "plain"):
            story = os.path.join(folder, kind)
            subprocess.run([sys.executable, BENCH + "/gen.py", "--scenes", "50", "--kind", kind,
                            "--forms", "graph.txt,scenario.xml", story], check=True)
            limit = played("limit_c", story + "/graph.txt")
            check(kind, limit, played("rehearse", story + "/scenario.xml"))
            check(kind + " through Lua", limit, played("rehearse", "--lua", story + "/scenario.xml"))
        story = os.path.join(folder, "few")
        subprocess.run([sys.executable, BENCH + "/gen.py", "--scenes", "40", "--kind", "few",
                        "--forms", "graph.txt,scenario.xml", story], check=True)
        limit = explored("limit_c", story + "/graph.txt")
        check("explored", limit, explored("rehearse", story + "/scenario.xml"))
        check("explored through Lua", limit, explored("rehearse", "--lua", story + "/scenario.xml"))


main()
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
