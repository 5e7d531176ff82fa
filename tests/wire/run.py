#!/usr/bin/env python3
"""Plays transcripts of the protocol against the real rehearse-engine in $B.

    run.py [FILE...]      without arguments: docs/protocol.md and tests/wire/*.wire

A FILE is a .wire transcript or a Markdown page whose fenced blocks are one.  Its lines:

    → JSON            sent as it stands; "bytes":… and +PATH at the end: the file's bytes follow (+events: the events so far)
    ← JSON            must come back; "…" is any string or value, `…` before a closing bracket any further fields
    ← …               any lines, up to the next one that fits
    | TEXT            the raw bytes behind the line before, line by line; a `…` line is any further lines
    @load FOLDER      loads FOLDER/scenario.xml, all needs answered, not shown
    @repeat N LINE    sends LINE N times, without a line end where it ends in \
    @skip N           reads N lines, whatever they say
    @close            no more requests
    @dies STATUS      the engine ends with this status, or -SIGNAL
    @restart          a new engine
    # …               a comment

Paths are relative to the root of the tree."""
import glob
import json
import os
import re
import select
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ANY, MORE = "…", "……"


class Fail(Exception):
    pass


class Engine:
    def __init__(self, path):
        self.p = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  env={k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")})
        self.raw = b""
        self.events = b""

    def send(self, data):
        try:
            self.p.stdin.write(data)
            self.p.stdin.flush()
        except BrokenPipeError:
            pass

    def fill(self):
        if not select.select([self.p.stdout], [], [], 20)[0]:
            raise Fail("no answer within 20 s")
        piece = os.read(self.p.stdout.fileno(), 65536)
        if not piece:
            self.p.wait()
            raise Fail("the engine is gone, status %d: %s" % (self.p.returncode, self.p.stderr.read().decode()))
        self.raw += piece

    def line(self):
        while b"\n" not in self.raw:
            self.fill()
        line, self.raw = self.raw.split(b"\n", 1)
        v = json.loads(line)
        n = v.get("bytes", 0)
        while len(self.raw) < n:
            self.fill()
        data, self.raw = self.raw[:n], self.raw[n:]
        if v.get("done") and "session" in v:
            self.events = data if v["events"] == data.count(b"\n") and data else self.events + data
        return v, line.decode(), data.decode()

    def end(self):
        self.p.kill()
        for pipe in (self.p.stdin, self.p.stdout, self.p.stderr):
            try:
                pipe.close()
            except BrokenPipeError:
                pass
        self.p.wait(10)


def pattern(text):
    """The JSON of an expectation, with … as marks."""
    text = re.sub(r"(?<=[:\[])…", '"%s"' % ANY, text)
    text = re.sub(r",?…\}", ',"%s":0}' % MORE, text)
    text = text.replace('["%s"]' % ANY, '"%s"' % ANY)
    return json.loads(text)


def fits(want, got):
    if isinstance(want, str) and want == ANY:
        return True
    if isinstance(want, str) and isinstance(got, str) and "…" in want:
        return re.fullmatch(".*".join(re.escape(p) for p in want.split("…")), got, re.S) is not None
    if isinstance(want, dict) and isinstance(got, dict):
        keys = set(want) - {MORE}
        if MORE not in want and keys != set(got):
            return False
        return keys <= set(got) and all(fits(want[k], got[k]) for k in keys)
    if isinstance(want, list) and isinstance(got, list):
        return len(want) == len(got) and all(map(fits, want, got))
    return type(want) is type(got) and want == got


def read(path):
    with open(os.path.join(ROOT, path), "rb") as f:
        return f.read()


def load(engine, folder):
    langs = ["zh-CN"] if os.path.isfile(os.path.join(ROOT, folder, "zh-CN.po.jsonl")) else []
    engine.send(json.dumps({"do": "load", "langs": langs, "texts": True}).encode() + b"\n")
    while True:
        v, line, _ = engine.line()
        if v.get("done"):
            if not v["playable"]:
                raise Fail("%s cannot be played: %s" % (folder, line))
            return
        if "need" not in v:
            continue
        own = {"scenario": "scenario.xml", "local": "local.xml", "script-src": v["name"]}
        paths = [os.path.join(folder, own.get(v["kind"], "")), "scenarios/rubrics/%s.xml" % v["name"],
                 "scripts/%s.lua" % v["name"]]
        if v["need"] == "po":
            paths = [os.path.join(folder, v["lang"] + ".po.jsonl")] if v["kind"] == "scenario" else []
        path = next((p for p in paths if os.path.isfile(os.path.join(ROOT, p))), None)
        if path:
            data = read(path)
            shown = path.replace("tests/wire/", "")
            engine.send(json.dumps({"file": shown, "bytes": len(data)}).encode() + b"\n" + data)
        else:
            engine.send(b'{"file":null,"code":"file-missing"}\n')


def outgoing(engine, text):
    m = re.fullmatch(r"(\{.*\})\+(\S+)", text)
    if not m:
        return text.encode() + b"\n"
    data = engine.events if m.group(2) == "events" else read(m.group(2))
    return m.group(1).replace('"bytes":…', '"bytes":%d' % len(data)).encode() + b"\n" + data


class Play:
    def __init__(self, path):
        self.path = path
        self.engine = Engine(path)
        self.skip = False
        self.data = []

    def expect(self, text):
        if text == "…":
            self.skip = True
            return
        want = pattern(text)
        while True:
            v, line, data = self.engine.line()
            if fits(want, v):
                break
            if not self.skip or v.get("done"):
                raise Fail("expected %s\n     got %s" % (text, line))
        self.skip = False
        self.data = data.split("\n")[:-1]

    def expect_data(self, text):
        if text == "…":
            self.data = []
            return
        if not self.data:
            raise Fail("expected the bytes %s, but there are no more" % text)
        got = self.data.pop(0)
        same = fits(pattern(text), json.loads(got)) if text.startswith("{") else text == got
        if not same:
            raise Fail("expected the bytes %s\n               got %s" % (text, got))

    def command(self, text):
        what, _, rest = text.partition(" ")
        if what == "load":
            load(self.engine, rest)
        elif what == "restart":
            self.engine.end()
            self.engine = Engine(self.path)
        elif what == "repeat":
            n, _, line = rest.partition(" ")
            self.engine.send((line[:-1] if line.endswith("\\") else line + "\n").encode() * int(n))
        elif what == "skip":
            for _ in range(int(rest)):
                self.engine.line()
        elif what == "close":
            self.engine.p.stdin.close()
        elif what == "dies":
            status = self.engine.p.wait(20)
            if status != int(rest):
                raise Fail("expected status %s, got %d" % (rest, status))
        else:
            raise Fail("unknown command @" + what)

    def line(self, text):
        if text.startswith("→ "):
            self.engine.send(outgoing(self.engine, text[2:]))
        elif text.startswith("← "):
            self.expect(text[2:])
        elif text.startswith("| "):
            self.expect_data(text[2:])
        elif text.startswith("@"):
            self.command(text[1:])
        elif text and not text.startswith("#"):
            raise Fail("what is this line?")


def transcript(name):
    fenced, inside = name.endswith(".md"), False
    with open(name, encoding="utf-8") as f:
        for n, text in enumerate(f, 1):
            text = text.rstrip("\n")
            if fenced and text.startswith("```"):
                inside = not inside
            elif inside or not fenced:
                yield n, text


def run(engine, name):
    play, n = Play(engine), 0
    try:
        for n, text in transcript(name):
            play.line(text)
        return True
    except (Fail, ValueError, subprocess.TimeoutExpired) as e:
        print("FAILED %s:%d: %s" % (os.path.relpath(name, ROOT), n, e))
        return False
    finally:
        play.engine.end()


def main():
    engine = os.path.join(os.path.abspath(os.environ["B"]), "rehearse-engine")
    names = sys.argv[1:] or [ROOT + "/docs/protocol.md", *sorted(glob.glob(ROOT + "/tests/wire/*.wire"))]
    passed = sum(run(engine, name) for name in names)
    print("%d passed, %d failed" % (passed, len(names) - passed))
    return passed < len(names)


sys.exit(main())
