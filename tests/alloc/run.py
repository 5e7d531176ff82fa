#!/usr/bin/env python3
"""The engine without memory: one short play, once for each allocation that it makes, that one failing.

It must end with status 70 and one line on standard error, or go on to the end with answers that are whole; it must never
crash, hang or answer half a line.  Every allocation up to ALL, and a sample behind."""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ENGINE = os.path.abspath(os.environ["B"]) + "/rehearse-engine"
SCENARIO = ROOT + "/tests/alloc/scenario.xml"
ALL, SAMPLES = 400, 200


def files():
    return {"scenario": open(SCENARIO, "rb").read(),
            "rubric": open(ROOT + "/scenarios/rubrics/internal-service.xml", "rb").read()}


def script():
    """Everything the host says, in the order in which the engine asks for it; needs are answered by kind."""
    yield {"do": "hello", "protocol": 1}
    yield {"do": "load", "langs": []}
    yield {"do": "start", "seed": 7, "lang": "en", "roles": ["you"], "mode": "practice"}
    yield {"do": "step", "session": 1, "input": "begin"}
    yield {"do": "step", "session": 1, "input": "choose", "option": "first-reply/reflect", "ms": 10}
    yield {"do": "debrief", "session": 1, "lang": "en"}
    yield {"do": "quit"}


def send(p, message, data=b""):
    p.stdin.write(json.dumps(message).encode() + b"\n" + data)
    p.stdin.flush()


def read(p):
    line = p.stdout.readline()
    if not line.endswith(b"\n"):
        return None
    v = json.loads(line)
    data = p.stdout.read(v.get("bytes", 0))
    return v if len(data) == v.get("bytes", 0) else None


def converse(p, held):
    for message in script():
        send(p, message)
        while True:
            v = read(p)
            if v is None:
                return
            if v.get("done"):
                break
            if v.get("need") == "file":
                data = held.get(v["kind"])
                if data is None:
                    send(p, {"file": None, "code": "file-missing"})
                else:
                    send(p, {"file": v["kind"] + ".xml", "bytes": len(data)}, data)
            elif v.get("need") == "po":
                send(p, {"file": None, "code": "file-missing"})


def play(shim, held, **env):
    p = subprocess.Popen([ENGINE, "--no-jail"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                         env=dict(os.environ, LD_PRELOAD=shim, **env))
    try:
        converse(p, held)
    except (BrokenPipeError, ConnectionResetError):
        pass
    try:
        p.stdin.close()
    except BrokenPipeError:
        pass
    try:
        status = p.wait(10)
    except subprocess.TimeoutExpired:
        p.kill()
        p.wait()
        status = "hung"
    said = p.stderr.read().decode(errors="replace")
    p.stdout.close()
    p.stderr.close()
    return status, said


def main():
    if os.environ.get("SANITIZED"):
        print("0 passed, 0 failed")  # a sanitizer brings its own malloc
        return 0
    held, passed, failed = files(), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        shim, count = folder + "/fail.so", folder + "/count"
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", shim, ROOT + "/tests/alloc/fail.c", "-ldl"], check=True)
        status, said = play(shim, held, COUNT_TO=count)
        if status != 0:
            print("FAILED the play itself: status %s, %s" % (status, said))
            print("0 passed, 1 failed")
            return 1
        n = int(open(count).read())
        step = max(1, (n - ALL) // SAMPLES)
        for k in list(range(1, min(n, ALL) + 1)) + list(range(ALL + 1, n + 1, step)):
            status, said = play(shim, held, FAIL_AT=str(k))
            if status == 0 or (status == 70 and said.count("\n") == 1):
                passed += 1
            else:
                failed += 1
                print("FAILED allocation %d of %d: status %s, said %r" % (k, n, status, said[-300:]))
    print("%d passed, %d failed" % (passed, failed))
    return failed > 0


sys.exit(main())
