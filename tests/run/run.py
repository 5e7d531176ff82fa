#!/usr/bin/env python3
"""Plays every scenario's rehearsal runs and those of tests/run/, one test a run, and the runs that are meant to fail."""
import glob
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
REHEARSE = os.path.abspath(os.environ["B"]) + "/rehearse"
os.chdir(ROOT)
ENV = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="")
FLAGS = ["--no-jail"] if os.environ.get("SANITIZED") else []
passed = failed = 0


def test(folder):
    return subprocess.run([REHEARSE, "test", folder, "--lang", "en"], text=True, capture_output=True, env=ENV, timeout=120)


def counts(text):
    m = re.search(r"Runs that hold: (\d+)\.\s+Runs that fail: (\d+)\.", " ".join(text.split()))
    return (int(m.group(1)), int(m.group(2))) if m else (0, 1)


for path in sorted(glob.glob("scenarios/*/scenario.xml")) + sorted(glob.glob("tests/run/*/scenario.xml")):
    folder = os.path.dirname(path)
    if os.path.exists(folder + "/expect.txt"):
        continue
    p = test(folder)
    held, broken = counts(p.stdout)
    runs = len(glob.glob(folder + "/runs/*.run"))
    passed, failed = passed + held, failed + broken
    if broken or held != runs or not runs:
        failed += not broken
        print("%s: %d runs\n%s%s" % (folder, runs, p.stdout[-4000:], p.stderr[-1000:]))

# A run that does not hold is told with its file, line and what was expected.
p = test("tests/run/broken")
expected = open("tests/run/broken/expect.txt", encoding="utf-8").read().split("\n")
missing = [l for l in expected if l and " ".join(l.split()) not in " ".join(p.stdout.split())]
if p.returncode == 1 and not missing:
    passed += 1
else:
    failed += 1
    print("tests/run/broken: exit %d, missing %r in\n%s%s" % (p.returncode, missing, p.stdout, p.stderr))
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
