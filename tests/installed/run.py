#!/usr/bin/env python3
"""What is installed works where it was put, wherever that is: programs, library, manual, completion."""
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, ROOT + "/tests")
import home  # noqa: E402,F401
BUILD = os.path.abspath(os.environ["B"])
FLAGS = ["--no-jail"] if os.environ.get("SANITIZED") else []
passed = failed = 0


def check(what, good, told=""):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print("FAILED %s\n    %s" % (what, told))


def install(place, prefix):
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    argv = ["make", "-C", ROOT, "-o", "all", "install", "B=" + BUILD, "DESTDIR=" + place, "PREFIX=" + prefix]
    done = subprocess.run(argv, capture_output=True, text=True, env=env)
    check("make install", done.returncode == 0, done.stderr)
    return place + prefix


def main():
    with tempfile.TemporaryDirectory() as place:
        there = install(place, "/opt/rehearse")
        other = place + "/elsewhere"
        os.mkdir(other)

        def rehearse(*argv, typed=""):
            return subprocess.run([there + "/bin/rehearse", *argv, "--lang", "en"], input=typed, cwd=other, capture_output=True, text=True)

        did = rehearse("play", "late-handover", "--no-record", *FLAGS, typed="1\n:quit\n")
        check("a scenario is found by its name", did.returncode == 0 and "Cheng Lan" in did.stdout, did.stdout[-500:] + did.stderr)
        did = rehearse("new", "ours")
        check("new", did.returncode == 0, did.stderr)
        did = rehearse("check", "ours", *FLAGS)
        check("a new scenario finds the rubric", did.returncode == 0 and "1 file checked: 0 errors" in did.stdout, did.stdout + did.stderr)
        did = rehearse("workshop", "--help")
        check("help", did.returncode == 0 and did.stdout.startswith("Usage: rehearse workshop"), did.stderr)
        for page in ("man1/rehearse.1", "man1/rehearse-workshop.1", "zh_CN/man1/rehearse.1"):
            check(page, os.path.isfile(there + "/share/man/" + page))
        if not os.environ.get("SANITIZED"):
            os.remove(there + "/libexec/rehearse/rehearse-engine")
            did = rehearse("check", "ours")
            check("without an engine nothing counts as checked",
                  did.returncode == 70 and did.stdout == "" and "the engine cannot be started" in did.stderr, did.stdout + did.stderr)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


sys.exit(main())
