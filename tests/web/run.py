#!/usr/bin/env python3
"""The room's server, spoken to by sockets and by a real browser: what it must do, and what nobody may do to it.

Each function of a test_*.py whose name begins with test_ is a test; browser.js drives Chromium and prints a
line a test.  Arguments choose tests by a part of their name."""
import concurrent.futures
import glob
import importlib
import os
import subprocess
import sys
import threading
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
TOGETHER = 3  # tests at a time: most of them wait
wanted = sys.argv[1:]
passed = failed = 0
lock = threading.Lock()


def chosen(name):
    return not wanted or any(w in name for w in wanted)


def count(name, problem):
    global passed, failed
    with lock:
        if problem:
            failed += 1
            print("FAILED %s: %s" % (name, problem), flush=True)
        else:
            passed += 1


def run_function(name, function):
    start = time.monotonic()
    try:
        function()
        count(name, None)
    except AssertionError as e:
        where = traceback.extract_tb(e.__traceback__)[-1]
        count(name, "%s:%d: %s" % (os.path.basename(where.filename), where.lineno, e or where.line))
    except Exception:
        count(name, traceback.format_exc())
    if os.environ.get("TIMES"):
        print("%6.2f %s" % (time.monotonic() - start, name))


def run_browser():
    """browser.js prints `ok NAME` or `FAILED NAME: why`, and `done` at its end."""
    p = subprocess.run(["node", HERE + "/browser.js", *wanted], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                       timeout=600)
    lines = p.stdout.splitlines()
    for line in lines:
        word, _, rest = line.partition(" ")
        if word in ("ok", "FAILED"):
            name, _, why = rest.partition(": ")
            count(name, why or None if word == "ok" else why or "failed")
    if "done" not in lines or p.returncode:
        count("browser.js", p.stdout[-3000:])


def main():
    slow = threading.Thread(target=run_browser)
    slow.start()
    modules = [importlib.import_module(os.path.basename(p)[:-3]) for p in sorted(glob.glob(HERE + "/test_*.py"))]
    todo = [(n, f) for m in modules for n, f in vars(m).items() if n.startswith("test_") and callable(f) and chosen(n)]
    with concurrent.futures.ThreadPoolExecutor(TOGETHER) as pool:
        for name, function in todo:
            pool.submit(run_function, name, function)
    slow.join()
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(failed > 0)


main()
