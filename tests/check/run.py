#!/usr/bin/env python3
"""The check corpus: NAME.xml and NAME.expect, the diagnostics line by line.

    LINE:COL: SEVERITY: WHAT: WHAT TO WRITE INSTEAD [CODE]

A line about another file (a rubric, a script, a translation) begins with its name.  NAME.zh-CN.expect holds the same in
Chinese, NAME.shown what `rehearse check` prints with quoted lines and carets.  An empty .expect: nothing to say.  Files too
large to keep, links and pipes are made by made.py.  BLESS=1 rewrites what is expected; arguments name files.

Beside the corpus: every message has a file here and an entry in docs/errors.md (rows.py), and the schema, by xmllint and by
jing, agrees with the loader on what a schema can say (verdict.py).
"""
import concurrent.futures
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

import made
import rows
import verdict

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import generated  # noqa: E402
BUILD = os.path.abspath(os.environ.get("B", "build"))
SANITIZED = "SANITIZED" in os.environ
BLESS = os.environ.get("BLESS") == "1"
SECONDS = 30 if SANITIZED else 2
MEGABYTES = 64


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def that(self, good, name, why=""):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print("FAILED %s\n%s" % (name, "".join("    %s\n" % l for l in why.splitlines())))


def line_of(problem, own):
    """One diagnostic as it stands in an .expect file."""
    place = "%d:%d" % (problem["line"], problem["column"]) if problem["line"] else "-"
    if problem["file"] not in (own, ""):
        place = problem["file"] + ":" + place
    words = problem["message"] + (": " + problem["mend"] if problem["mend"] else "")
    return "%s: %s: %s [%s]" % (place, problem["severity"], words.replace("\n", "\\n"), problem["code"])


def status_of(problems):
    severities = {p["severity"] for p in problems}
    return 65 if "error" in severities else 1 if "warning" in severities else 0


def rehearse(folder, *argv):
    return subprocess.run([BUILD + "/rehearse", "check", *argv], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=SECONDS * 4)


class Result:
    """What one file gave in one language."""

    slowest = (0, "")

    def __init__(self, folder, name, lang):
        start = time.monotonic()
        self.fault = ""
        self.problems = []
        try:
            p = rehearse(folder, "--json", "--lang", lang, name + ".xml")
        except subprocess.TimeoutExpired:
            self.fault = "took longer than %d s" % (SECONDS * 4)
            return
        took = time.monotonic() - start
        Result.slowest = max(Result.slowest, (took, name))
        if took > SECONDS:
            self.fault = "took %.1f s" % took
            return
        try:
            answer = json.loads(p.stdout.decode("utf-8"))
            self.problems = answer["problems"]
        except (ValueError, KeyError) as e:
            self.fault = "no answer (%s), status %d\n%s%s" % (e, p.returncode, p.stdout[-500:].decode(errors="replace"),
                                                              p.stderr[-2000:].decode(errors="replace"))
            return
        if "failed" in answer:
            self.fault = "the engine: " + answer["failed"] + "\n" + p.stderr[-2000:].decode(errors="replace")
        elif p.returncode != status_of(self.problems):
            self.fault = "status %d" % p.returncode
        elif SANITIZED and p.stderr:
            self.fault = p.stderr[-4000:].decode(errors="replace")

    def text(self, name):
        lines = [line_of(p, name + ".xml") + "\n" for p in self.problems]
        if name.startswith("made-") and len(lines) > 5:
            lines[5:] = ["and %d more\n" % (len(lines) - 5)]
        return "".join(lines)


def compare(tally, path, got, name):
    try:
        with open(path, encoding="utf-8") as f:
            wanted = f.read()
    except FileNotFoundError:
        wanted = None
    if got == wanted:
        tally.that(True, name)
    elif BLESS:
        with open(path, "w", encoding="utf-8") as f:
            f.write(got)
        tally.that(True, name)
        print("blessed " + os.path.basename(path))
    else:
        tally.that(False, name, "wanted:\n%sgot:\n%s" % (wanted if wanted is not None else "(no file)\n", got))


def run_one(folder, name):
    """(name, result in English, [(language, result)], plain output or None)"""
    others = [(lang, Result(folder, name, lang)) for lang in ("zh-CN",)
              if os.path.exists("%s/%s.%s.expect" % (HERE, name, lang))]
    shown = None
    if os.path.exists("%s/%s.shown" % (HERE, name)):
        shown = rehearse(folder, "--lang", "en", name + ".xml").stdout.decode("utf-8", "replace")
    return name, Result(folder, name, "en"), others, shown


def copy_corpus(folder):
    for entry in os.listdir(HERE):
        if entry in ("rubrics", "scripts"):
            shutil.copytree(HERE + "/" + entry, folder + "/" + entry)
        elif re.search(r"\.(xml|po|lua)$", entry):
            shutil.copy(HERE + "/" + entry, folder)


def run_corpus(tally, folder, names):
    results = {}
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for name, result, others, shown in pool.map(lambda n: run_one(folder, n), names):
            results[name] = result
            if result.fault:
                tally.that(False, name, result.fault)
                continue
            compare(tally, "%s/%s.expect" % (HERE, name), result.text(name), name)
            for lang, other in others:
                compare(tally, "%s/%s.%s.expect" % (HERE, name, lang), other.fault or other.text(name), name + " " + lang)
            if shown is not None:
                compare(tally, "%s/%s.shown" % (HERE, name), shown, name + " shown")
    return results


def main():
    tally = Tally()
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="check-") as folder:
        copy_corpus(folder)
        made.make(folder)
        names = sorted(f[:-4] for f in os.listdir(folder) if f.endswith(".xml") and not f.endswith(".local.xml"))
        names = [n for n in names if not wanted or n in wanted]
        results = run_corpus(tally, folder, names)
        if not wanted:
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            tally.that(SANITIZED or peak <= MEGABYTES, "memory", "%d MB" % peak)
            expects = [f for f in os.listdir(HERE) if f.endswith(".expect")]
            lost = [f for f in expects if re.sub(r"(\.zh-CN)?\.expect$", "", f) not in names]
            tally.that(not lost, "expectations without a file", "\n".join(lost))
            rows.check(tally)
            verdict.check(tally, folder, results)
            for path in generated.stale(BUILD):
                tally.that(False, path, "does not say what the tables say: make docs")
    print("the slowest took %.2f s: %s" % Result.slowest)
    print("%d passed, %d failed" % (tally.passed, tally.failed))
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
