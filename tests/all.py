#!/usr/bin/env python3
"""Runs every suite and closes with `N passed, N failed`.

A suite is a cmocka program $B/tests/test_*, or a folder of tests/ with a run.py whose last line is such a count.
Arguments name suites to run (unit, check, wire, ...); none runs all.
"""
import glob
import os
import re
import signal
import subprocess
import sys
import time

import home  # noqa: F401  no suite keeps records in anybody's home

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
COUNT = re.compile(r"^(\d+) passed, (\d+) failed$")
os.environ.setdefault("LSAN_OPTIONS", "print_suppressions=0:suppressions=" + os.path.join(ROOT, "tests", "lsan.supp"))
signal.signal(signal.SIGINT, signal.default_int_handler)  # started in the background, it may be ignored: tests send it
LIMIT = 900  # seconds a suite may take


def suites(wanted):
    build = os.path.abspath(os.environ["B"])
    found = [("unit/" + os.path.basename(p)[5:], [p]) for p in sorted(glob.glob(build + "/tests/test_*"))
             if os.access(p, os.X_OK) and os.path.isfile(p)]
    found += [(os.path.basename(os.path.dirname(p)), [sys.executable, p])
              for p in sorted(glob.glob(ROOT + "/tests/*/run.py"))]
    return [(name, argv) for name, argv in found
            if not wanted or name in wanted or name.split("/")[0] in wanted]


def unit_count(text):
    ran = re.findall(r"Running (\d+) test\(s\)", text)
    passed = re.findall(r"PASSED  \] (\d+) test\(s\)", text)
    total = sum(map(int, ran))
    good = sum(map(int, passed))
    return (good, total - good) if ran else None


def count_of(name, code, text):
    """What the suite counted; a suite that ends badly without saying so has failed once more."""
    if name.startswith("unit/"):
        counted = unit_count(text)
    else:
        lines = [l for l in text.strip().splitlines() if COUNT.match(l)]
        counted = tuple(map(int, COUNT.match(lines[-1]).groups())) if lines else None
    passed, failed = counted or (0, 0)
    if counted is None or (code != 0 and failed == 0):
        failed += 1
    return passed, failed


def run(name, argv):
    start = time.monotonic()
    try:
        p = subprocess.run(argv, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           timeout=LIMIT, errors="replace")
        code, text = p.returncode, p.stdout
    except subprocess.TimeoutExpired as e:
        code, text = 1, (e.stdout or b"").decode(errors="replace") + "\ntook longer than %d s\n" % LIMIT
    passed, failed = count_of(name, code, text)
    print("%-18s %5d passed %4d failed  %6.1f s" % (name, passed, failed, time.monotonic() - start), flush=True)
    if failed:
        print("\n".join("    " + l for l in text.strip().splitlines()[-60:]), flush=True)
    return passed, failed


def main():
    passed = failed = 0
    todo = suites(sys.argv[1:])
    if not todo:
        sys.exit("no such suite")
    for name, argv in todo:
        p, f = run(name, argv)
        passed, failed = passed + p, failed + f
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


sys.exit(main())
