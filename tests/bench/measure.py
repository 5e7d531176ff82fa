#!/usr/bin/env python3
"""Measures every engine on the same conversations and keeps the figures in BUILD/bench/results.json.

In a round every engine runs once, one after another, so that a machine that slows down slows all of them; a figure is
the median over the rounds.  CPU seconds are what counts: they survive a busy machine.  Every run must agree with the C
limit at the same number of plays: choices, checksum over the facts, bytes of text shown.
"""
import argparse
import glob
import json
import os
import re
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

HERE = os.path.dirname(os.path.abspath(__file__))
SEED = 7
LARGE = 20000  # scenes from which fewer rounds are enough
TIMED = ("load_cpu_s", "play_cpu_s", "rss_load_kb", "content_kb", "load_peak_kb", "peak_rss_kb")
AGREED = ("choices", "checksum", "text_bytes")
KINDS = ("same", "distinct", "plain")
EXPLORED = 200  # scenes of the conversations that are explored
SCENARIOS = os.path.join(os.path.dirname(os.path.dirname(HERE)), "scenarios")


@dataclass
class Engine:
    argv: list        # what comes before FILE
    form: str         # its file
    plays: int
    kinds: tuple = KINDS
    largest: int = 10**9
    sessions: int = 10000


def engines(build):
    out = build + "/bench/"
    found = {
        "limit": Engine([out + "limit_c"], "graph.txt", 60000),
        "sketch": Engine([out + "xml_lua"], "sketch.xml", 20000),
        "rehearse": Engine([out + "rehearse"], "scenario.xml", 20000),
        "rehearse-lua": Engine([out + "rehearse", "--lua"], "scenario.xml", 20000, kinds=("same", "distinct")),
    }
    inkjs = out + "node/node_modules/inkjs"
    if os.path.isdir(inkjs):
        os.environ["INKJS"] = inkjs
        node = ["node", "--max-old-space-size=8000", "--expose-gc", HERE + "/adapters/inkjs.js"]
        found["inkjs"] = Engine(node, "story.json", 300, kinds=("same",), largest=10000, sessions=50)
    return found


def run(engine, folder, *rest):
    """One run's line as a dictionary."""
    argv = [*engine.argv, os.path.join(folder, engine.form), *map(str, rest)]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=600)
    if done.returncode:
        sys.exit("%s ended with %d: %s" % (" ".join(argv), done.returncode, done.stderr.strip()[-500:]))
    return json.loads(done.stdout.splitlines()[-1])


def medians(rows, names):
    return {n: statistics.median(r[n] for r in rows) for n in names if n in rows[0]}


def generated(build, kind, scenes, names, forms=""):
    """The folder of a generated conversation, made where it is missing or older than its generator."""
    folder = "%s/bench/data/%s-%d" % (build, kind, scenes)
    last = folder + "/scenario.xml"
    if not os.path.exists(last) or os.path.getmtime(last) < os.path.getmtime(HERE + "/gen.py"):
        forms = forms or ",".join(sorted({e.form for e in names.values() if kind in e.kinds and scenes <= e.largest}, reverse=True))
        subprocess.run([sys.executable, HERE + "/gen.py", "--scenes", str(scenes), "--kind", kind, "--forms", forms, folder],
                       check=True)
    return folder


# ---- load and play ------------------------------------------------------------------------------------------------

def measure_play(build, all_engines, kind, scenes, rounds):
    some = {n: e for n, e in all_engines.items() if kind in e.kinds and scenes <= e.largest}
    folder = generated(build, kind, scenes, all_engines)
    rows = {n: [] for n in some}
    for _ in range(min(rounds, 3) if scenes >= LARGE else rounds):
        for name, engine in some.items():
            rows[name].append(run(engine, folder, engine.plays, SEED))
    result = {}
    for name, engine in some.items():
        row = medians(rows[name], TIMED)
        row["choices_per_s"] = rows[name][0]["choices"] / row["play_cpu_s"]
        row["file_bytes"] = os.path.getsize(os.path.join(folder, engine.form))
        limit = run(some["limit"], folder, engine.plays, SEED)
        wrong = [k for k in AGREED if any(r[k] != limit[k] for r in rows[name])]
        if wrong:
            sys.exit("%s, %s, %d scenes: %s differs from the limit's" % (name, kind, scenes, ", ".join(wrong)))
        result[name] = row
    return result


def measure_sessions(build, all_engines, rounds):
    folder = generated(build, "same", 1000, all_engines)
    result = {}
    for name, engine in all_engines.items():
        rows = [run(engine, folder, 1, SEED, "sessions", engine.sessions) for _ in range(min(rounds, 3))]
        result[name] = medians(rows, [k for k in rows[0] if k != "engine"])
    return result


# ---- exploring ------------------------------------------------------------------------------------------------------

def agree(rows, limit, name):
    """Every play counted, and every ending's share, as the limit has it."""
    for r in rows:
        far = max(abs(a - b) for a, b in zip(r["shares"], limit["shares"]))
        if r["plays"] != limit["plays"] or len(r["shares"]) != len(limit["shares"]) or far > 1e-9:
            sys.exit("%s explores otherwise than the limit: %s plays, shares %g off" % (name, r["plays"], far))


def measure_explore(build, all_engines, rounds):
    result = {}
    for kind, names in (("few", ("limit", "sketch", "rehearse", "rehearse-lua")), ("round", ("rehearse",))):
        folder = generated(build, kind, EXPLORED, {n: all_engines[n] for n in names}, "graph.txt,sketch.xml,scenario.xml")
        rows = {n: [] for n in names}
        for _ in range(rounds):
            for name in names:
                rows[name].append(run(all_engines[name], folder, 1, SEED, "explore"))
        for name in names if kind == "few" else ():
            agree(rows[name], rows["limit"][0], name)
        result[kind] = {n: explored(rows[n]) for n in names}
    for path in sorted(glob.glob(SCENARIOS + "/*/scenario.xml")):
        with open(path, encoding="utf-8") as f:
            roles = re.findall(r'<role id="([^"]+)" playable="yes"', f.read())
        for role in roles:
            rows = [run(all_engines["rehearse"], os.path.dirname(path), 0, SEED, "explore", role) for _ in range(min(rounds, 3))]
            result["%s as %s" % (os.path.basename(os.path.dirname(path)), role)] = {"rehearse": explored(rows)}
    return result


def explored(rows):
    row = dict(rows[0], explore_cpu_s=statistics.median(r["explore_cpu_s"] for r in rows))
    row.pop("shares")
    return row


# ---- start-up -----------------------------------------------------------------------------------------------------

def spawn(argv, stdout):
    nothing = os.open(os.devnull, os.O_RDONLY)
    try:
        return os.posix_spawn(argv[0], argv, os.environ, file_actions=[
            (os.POSIX_SPAWN_DUP2, nothing, 0), (os.POSIX_SPAWN_DUP2, stdout, 1)])
    finally:
        os.close(nothing)


def until(needle, *commands):
    """Seconds until each of COMMANDS, started at once, has printed NEEDLE."""
    ends, pids = [], []
    start = time.monotonic()
    for argv in commands:
        r, w = os.pipe()
        pids.append(spawn(argv, w))
        os.close(w)
        ends.append(r)
    for r in ends:
        text = b""
        while needle not in text:
            more = os.read(r, 65536)
            if not more:
                sys.exit("%s never printed %r" % (commands, needle))
            text += more
    took = time.monotonic() - start
    for r, pid in zip(ends, pids):
        while os.read(r, 65536):
            pass
        os.close(r)
        os.waitpid(pid, 0)
    return took


def measure_start(build, all_engines, rounds):
    folder = generated(build, "same", 50, all_engines)
    out = build + "/bench/"
    with open(folder + "/graph.txt", encoding="ascii") as graph:
        line = " ".join(graph.read().split("\n")[1].split("\t")[2].split()[:3]).encode()
    first = ["1", "7", "first"]
    cases = {
        "empty": (b"ready", [out + "empty_core"]),
        "rehearse": (line, [out + "rehearse", folder + "/scenario.xml", *first]),
        "sketch": (line, [out + "xml_lua", folder + "/sketch.xml", *first]),
        "two-empty": (b"ready", [out + "empty_host"], [out + "empty_engine"]),
        "play": (line, [build + "/rehearse", "play", "--plain", folder]),
    }
    rows = {name: [] for name in cases}
    for _ in range(8 * rounds):
        for name, case in cases.items():
            rows[name].append(until(*case))
    return {name: statistics.median(v) for name, v in rows.items()}


# ---- records -------------------------------------------------------------------------------------------------------

def measure_records(build, rounds, sessions):
    """The events of one real play, kept again and again; on the disk that the build is on, each commit synced."""
    out = build + "/bench/"
    with tempfile.TemporaryDirectory(dir=out) as place:
        env = dict(os.environ, REHEARSE_STORE=place + "/made/", REHEARSE_LIBRARY=os.path.dirname(os.path.dirname(HERE)))
        played = subprocess.run([build + "/rehearse", "play", "late-handover", "--plain", "--seed", "7"], input="1\n" * 60, text=True,
                                capture_output=True, env=env)
        if played.returncode:
            sys.exit("late-handover cannot be played: " + played.stderr)
        db = sqlite3.connect(place + "/made/records.sqlite")
        with open(place + "/events", "w", encoding="utf-8") as f:
            f.writelines(body + "\n" for body, in db.execute("SELECT body FROM events ORDER BY n"))
        db.close()
        rows = {"rehearse": [], "limit": []}
        for i in range(rounds):
            for name, program in (("limit", "store_limit"), ("rehearse", "store")):
                file = "%s/%s-%d.sqlite" % (place, name, i)
                done = subprocess.run([out + program, file, place + "/events", str(sessions)], capture_output=True, text=True)
                if done.returncode:
                    sys.exit("%s ended with %d: %s" % (program, done.returncode, done.stderr))
                rows[name].append(json.loads(done.stdout))
                os.remove(file)
        return {name: medians(v, [k for k in v[0] if k != "engine"]) for name, v in rows.items()}


# ---- reading many ----------------------------------------------------------------------------------------------------

KEPT, PEOPLE = 10000, 200


def taken(argv, env):
    """CPU seconds of ARGV and of what it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit("%s ended with %d: %s" % (" ".join(argv), done.returncode, done.stderr))
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure_reading(build, rounds):
    """Records of many conversations, made by the engine itself, taken in and asked."""
    rehearse = build + "/rehearse"
    with tempfile.TemporaryDirectory(dir=build + "/bench") as place:
        env = dict(os.environ, REHEARSE_STORE=place + "/made/", REHEARSE_LIBRARY=os.path.dirname(SCENARIOS))
        for path in sorted(glob.glob(SCENARIOS + "/*/scenario.xml")):
            subprocess.run([rehearse, "play", os.path.dirname(path), "--plain"], input="1\n", text=True, capture_output=True, env=env)
        made, many = place + "/made.jsonl", place + "/many.jsonl"
        taken([rehearse, "export", "--output", made], env)
        with open(many, "w", encoding="utf-8") as out:
            subprocess.run([sys.executable, HERE + "/sessions.py", build + "/rehearse-engine", made, str(KEPT), str(PEOPLE)],
                           stdout=out, check=True)
        env["REHEARSE_STORE"] = place + "/many.sqlite"
        row = {"import": taken([rehearse, "import", many], env)}
        for name, argv in (("report", ["report"]), ("progress", ["progress", "--as", "t007"]), ("due", ["due", "--as", "t007"]),
                           ("home", ["--plain", "--as", "t007"])):
            row[name] = statistics.median(taken([rehearse, *argv], env) for _ in range(rounds))
        return row


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--build", required=True)
    p.add_argument("--sizes", default="1000 10000")
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--what", default="play start sessions records reading explore")
    a = p.parse_args()
    build, what = os.path.abspath(a.build), a.what.split()
    all_engines, kept = engines(build), build + "/bench/results.json"
    results = {"play": {}, "start": {}, "sessions": {}, "records": {}, "reading": {}, "explore": {}}
    if "start" in what:
        print("starting ...", flush=True)
        results["start"] = measure_start(build, all_engines, a.rounds)
    if "records" in what:
        print("records ...", flush=True)
        results["records"] = measure_records(build, a.rounds, 50)
    if "sessions" in what:
        print("sessions ...", flush=True)
        results["sessions"] = measure_sessions(build, all_engines, a.rounds)
    if "reading" in what:
        print("%d conversations ..." % KEPT, flush=True)
        results["reading"] = measure_reading(build, a.rounds)
    if "explore" in what:
        print("exploring ...", flush=True)
        results["explore"] = measure_explore(build, all_engines, a.rounds)
    for scenes in map(int, a.sizes.split() if "play" in what else ()):
        for kind in KINDS:
            print("loading and playing %d scenes, %s ..." % (scenes, kind), flush=True)
            results["play"]["%s %d" % (kind, scenes)] = measure_play(build, all_engines, kind, scenes, a.rounds)
    with open(kept, "w", encoding="ascii") as f:
        json.dump(results, f, indent=1)


if __name__ == "__main__":
    main()
