#!/usr/bin/env python3
"""The scenarios that people copy from keep to their own rules: the checker has nothing to say, exploring finds nothing to look at
from any chair, every language is complete, and each chair is graded in one to three competencies."""
import glob
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
REHEARSE = os.path.abspath(os.environ["B"]) + "/rehearse"
SLOW = 10 if os.environ.get("SANITIZED") else 1
FLAGS = ["--no-jail"] if os.environ.get("SANITIZED") else []
os.chdir(ROOT)
passed = failed = 0


def that(good, what, why=""):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    if not good:
        print("FAILED %s\n%s" % (what, "".join("    %s\n" % l for l in why.splitlines()[:60])))


def rehearse(*argv):
    return subprocess.run([REHEARSE, *argv, *FLAGS], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=240 * SLOW)


def chairs(folder):
    p = rehearse("explore", folder, "--role", "nobody", "--lang", "en")
    return " ".join(p.stderr.split()).rpartition("this scenario has: ")[2].split(", ")


for path in sorted(glob.glob("scenarios/*/scenario.xml")):
    folder = os.path.dirname(path)
    p = rehearse("check", folder, "--json")
    problems = json.loads(p.stdout)["problems"]
    that(p.returncode == 0 and not problems, folder + ": check", json.dumps(problems, ensure_ascii=False, indent=1))
    roles = chairs(folder)
    that(len(roles) == 2, folder + ": two chairs", repr(roles))
    for role in roles if SLOW == 1 else []:
        p = rehearse("explore", folder, "--role", role, "--json")
        x = json.loads(p.stdout) if p.stdout else {"findings": p.stderr}
        that(p.returncode == 0 and x["findings"] == [] and x.get("kind") == "exact", "%s: explore as %s" % (folder, role),
             json.dumps(x["findings"], ensure_ascii=False, indent=1))
        focus = [s["competency"] for s in x.get("scores", []) if s["focus"]]
        that(1 <= len(focus) <= 3, "%s: what is graded for %s" % (folder, role), repr(focus))
# a play that reaches the best is part of the one object; what cannot be asked for is said
p = rehearse("explore", "tests/wire/short", "--json", "--best", "listening")
best = json.loads(p.stdout).get("best-play", {})
that((best.get("competency"), best.get("total"), best.get("ending")) == ("listening", 2, "agreed"), "the best play, for programs", p.stdout + p.stderr)
p = rehearse("explore", "tests/wire/short", "--best", "patience", "--lang", "en")
that(p.returncode == 2 and "patience" in p.stderr, "a best play for what is not scored", p.stderr)
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
