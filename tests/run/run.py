#!/usr/bin/env python3
"""Plays every scenario's rehearsal runs and those of tests/run/, one test a run, and the runs that are meant to fail."""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, ROOT + "/tests")
import home  # noqa: E402,F401
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
    # The scenarios that people copy from have a run for everything that is in them.
    if folder.startswith("scenarios/") and "that no run" in p.stdout:
        failed += 1
        print("%s\n%s" % (folder, p.stdout[-4000:]))

# What --record writes is a run that holds: everything a trainee can do is in it.
with tempfile.TemporaryDirectory() as place:
    for name, lines in (("forms", "2\n:note a line\n2\n:back\n1\n1\n2\n1\n2\n1\n1\n\n"),
                        ("forms2", "tired and late\n1\n1\n2\n\n"), ("broken", "2\n:lang en\n")):
        folder = place + "/" + name
        shutil.copytree("tests/run/" + name, folder, ignore=shutil.ignore_patterns("*.run"))
        os.makedirs(folder + "/runs", exist_ok=True)
        p = subprocess.run([REHEARSE, "play", folder, "--plain", "--lang", "en", "--seed", "12345678901", "--record",
                            folder + "/runs/new.run"], input=lines, text=True, capture_output=True, env=ENV, timeout=60)
        run = open(folder + "/runs/new.run", encoding="utf-8").read() if p.returncode == 0 else ""
        held, broken = counts(test(folder).stdout)
        again = subprocess.run([REHEARSE, "play", folder, "--plain", "--record", folder + "/runs/new.run"], input="",
                               text=True, capture_output=True, env=ENV, timeout=60)
        if held == 1 and broken == 0 and run.count("\n> ") >= 2 and again.returncode == 74:
            passed += 1
        else:
            failed += 1
            print("recording %s: exit %d, held %d, again %d\n%s%s%s" % (name, p.returncode, held, again.returncode, run,
                                                                   p.stderr, test(folder).stdout))

# With --clock a decision that has a time to answer keeps to it; nothing else does.
p = subprocess.Popen([REHEARSE, "play", "tests/run/clock", "--plain", "--lang", "en", "--clock"], stdin=subprocess.PIPE,
                     stdout=subprocess.PIPE, text=True, env=ENV)
told = p.stdout.read()
p.stdin.close()
patient = subprocess.run([REHEARSE, "play", "tests/run/clock", "--plain", "--lang", "en"], input="", text=True,
                         capture_output=True, env=ENV, timeout=60).stdout
if p.wait(20) == 0 and "You have 5 seconds." in told and "Time is over" in told and "Lin (looks at her watch)" in told \
        and "seconds" not in patient:
    passed += 1
else:
    failed += 1
    print("clock:\n" + told + patient)

# What no run touches is told: endings, answers (running out of time is one), parts of a message, lines by their places.
with tempfile.TemporaryDirectory() as place:
    for name, run, wanted in (
            ("clock", None, ("Endings that no run comes to (1): better",
                             "Answers that no run gives (3): first-reply/reflect, first-reply/clarify, first-reply/defend",
                             "Lines that no run shows (1): %s/scenario.xml:41:5")),
            ("clock", "scenario: small   seed: 1\n> start\n> reflect\n",
             ("Endings that no run comes to (1): worse",
              "Answers that no run gives (3): first-reply/clarify, first-reply/defend, first-reply/no-answer",
              "Lines that no run shows (1): %s/scenario.xml:44:5")),
            ("forms2", "scenario: own   seed: 1\n> start\n> why/facts\n> compose: situation/dated impact/cost\n",
             ("Endings that no run comes to (1): worse",
              "Answers that no run gives (5): why/feeling, why/rules, tell/result-2, tell/situation/always, tell/impact/label"))):
        folder = "%s/%d" % (place, passed)
        shutil.copytree("tests/run/" + name, folder)
        for old in glob.glob(folder + "/runs/*.run") if run else []:
            os.remove(old)
        if run:
            open(folder + "/runs/new.run", "w", encoding="utf-8").write(run)
        told = " ".join(test(folder).stdout.replace("/\n", "/").split())
        missing = [w for w in wanted if (w % folder if "%s" in w else w) not in told]
        passed, failed = passed + (not missing), failed + bool(missing)
        if missing:
            print("untouched in %s: %r is not in\n%s" % (name, missing, told))

# A run that does not hold is told with its file, line and what was expected.
p = test("tests/run/broken")
expected = open("tests/run/broken/expect.txt", encoding="utf-8").read().split("\n")
missing = [l for l in expected if l and " ".join(l.split()) not in " ".join(p.stdout.split())]
if p.returncode == 1 and not missing:
    passed += 1
else:
    failed += 1
    print("tests/run/broken: exit %d, missing %r in\n%s%s" % (p.returncode, missing, p.stdout, p.stderr))

# A script that fails in a run is told, unless the run says that it does.
for said, held in (("", False), ("problem: script-failed\n", True)):
    with tempfile.TemporaryDirectory() as place:
        folder = place + "/failing"
        shutil.copytree("tests/run/clock", folder)
        for old in glob.glob(folder + "/runs/*.run"):
            os.remove(old)
        text = open(folder + "/scenario.xml", encoding="utf-8").read()
        open(folder + "/scenario.xml", "w", encoding="utf-8").write(
            text.replace("<cast>", "<script>function on_choice(option) local n = nil + 1 end</script><cast>"))
        open(folder + "/runs/new.run", "w", encoding="utf-8").write("scenario: small   seed: 1\n> start\n> reflect\n" + said)
        p = test(folder)
        told = "new.run:3: a script fails here: reflect" in " ".join(p.stdout.split())
        if (p.returncode == 0) == held and told != held:
            passed += 1
        else:
            failed += 1
            print("a failing script, %r: exit %d\n%s%s" % (said, p.returncode, p.stdout, p.stderr))
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
