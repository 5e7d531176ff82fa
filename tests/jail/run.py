#!/usr/bin/env python3
"""The jailed engine behind the real program: foreign files under the real filter, scripts that will not end, an engine that
is killed in the middle of a play.  Needs a release build; others run what does not depend on the jail."""
import glob
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.abspath(os.environ["B"])
HOST = BUILD + "/rehearse"
SLOW = 10 if os.environ.get("SANITIZED") else 1
ENV = dict(os.environ, REHEARSE_LIBRARY=ROOT, LC_ALL="C.UTF-8")

failed = passed = 0


def verdict(name, fine, why=""):
    global failed, passed
    if fine:
        passed += 1
    else:
        failed += 1
        print("FAILED %s: %s" % (name, why))


def check(path):
    start = time.monotonic()
    p = subprocess.run([HOST, "check", path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=ENV, timeout=120,
                       cwd=ROOT, stdin=subprocess.DEVNULL)
    return p.returncode, p.stdout.decode(errors="replace"), time.monotonic() - start


# ---- every file of the check corpus, under the filter -------------------------------------------------------------

def corpus():
    for path in sorted(glob.glob(ROOT + "/tests/check/*.xml") + glob.glob(ROOT + "/tests/check/good/*.xml")):
        code, text, _ = check(path)
        verdict(os.path.relpath(path, ROOT), code in (0, 1, 65), "status %d\n%s" % (code, text[-500:]))


# ---- files and scripts that mean harm: an answer within 2 seconds, and an error with its place ---------------------

WHOLE = open(ROOT + "/tests/wire/short/scenario.xml", encoding="utf-8").read()


def with_script(lua):
    return WHOLE.replace("  <setting id", "  <script><![CDATA[\n%s\n]]></script>\n  <setting id" % lua, 1)


HARM = {
    "loop": with_script("while true do end"),
    "loop that swallows": with_script("while true do pcall(function() while true do end end) end"),
    "recursion": with_script("local function f() return f() + 1 end f()"),
    "tables": with_script("local t = {} for i = 1, 1e9 do t[i] = {i} end"),
    "strings": with_script("local s = 'x' while true do s = s .. s end"),
    "rep": with_script("local s = string.rep('x', 1000000000)"),
    "concat": with_script("local t = {} for i = 1, 60000 do t[i] = string.rep('x', 1000) end local s = table.concat(t)"),
    "sort": with_script("local t = {} for i = 1, 60000 do t[i] = i end table.sort(t, function() return true end)"),
    "parser": with_script("local x = " + "(" * 30000 + "1" + ")" * 30000),
    "bytecode": with_script("\\27Lua"),
    "doctype": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>',
    "external entity": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "deep": "<a>" * 100000,
    "wide": WHOLE.replace("<tag>tests</tag>", "<tag>t</tag>" * 200000),
    "attributes": WHOLE.replace('<scenario ', '<scenario ' + " ".join('a%d="1"' % i for i in range(20000)) + " ", 1),
    "long text": WHOLE.replace("A colleague waits", "x" * 3000000),
    "many decisions": WHOLE.replace("</scene>", "</scene>" + "".join(
        '<scene id="s%d"><goto next="s%d"/></scene>' % (i, (i + 1) % 20000) for i in range(20000)), 1),
    "nul": WHOLE.replace("Lin", "Li\0n", 1),
    "gbk": '<?xml version="1.0" encoding="GBK"?><scenario/>',
    "out of the folder": WHOLE.replace("  <setting id", '  <script src="../../../etc/passwd"/>\n  <setting id', 1),
    "huge": WHOLE + " " * (5 << 20),
}


def harm():
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/scenario.xml"
        for name, text in HARM.items():
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
            code, said, seconds = check(path)
            verdict("harm: " + name, code == 65 and "scenario.xml" in said and seconds < 2.5 * SLOW,
                    "status %d after %.1f s\n%s" % (code, seconds, said[-600:]))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    verdict("harm: within 64 MB", most < 64 or SLOW > 1, "%d MB" % most)


# ---- an engine that dies in the middle of a play -------------------------------------------------------------------

class Play:
    def __init__(self, *more):
        self.p = subprocess.Popen([HOST, "play", "--plain", "--lang", "en", "--seed", "7", "tests/wire/short", *more],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=ENV, cwd=ROOT)
        self.text = ""

    def until(self, word, seconds=20):
        end = time.monotonic() + seconds
        while word not in self.text:
            ready = select.select([self.p.stdout], [], [], max(0, end - time.monotonic()))[0]
            piece = os.read(self.p.stdout.fileno(), 65536) if ready else b""
            if not piece:
                return False
            self.text += piece.decode(errors="replace")
        return True

    def type(self, line):
        self.p.stdin.write(line.encode() + b"\n")
        self.p.stdin.flush()

    def number(self, words):
        """What to type for the option that says WORDS."""
        line = next(l for l in self.text.splitlines() if words in l)
        return line.split()[0].rstrip(".:)")

    def engine(self):
        for stat in glob.glob("/proc/[0-9]*/stat"):
            try:
                with open(stat) as f:
                    fields = f.read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[1]) == self.p.pid and fields[0] != "Z":
                return int(stat.split("/")[2])
        return 0

    def kill(self, number):
        pid = self.engine()
        try:
            if pid: # 0 would be us
                os.kill(pid, number)
        except OSError:
            pass

    def end(self):
        self.p.stdin.close()
        text = self.p.stdout.read().decode(errors="replace")
        self.p.stdout.close()
        return self.text + text, self.p.wait(60)


LAST_OPTION = "Let me think about that for a while."


def killed():
    play = Play()
    verdict("killed: it asks", play.until(LAST_OPTION), play.text)
    engine = play.engine()
    verdict("killed: there is an engine", engine > 0)
    os.kill(engine, signal.SIGKILL)
    play.type(play.number("You were up again"))
    text, code = play.end()
    verdict("killed: the play goes on", "Then let us look at the plan." in text and code == 0, "status %d\n%s" % (code, text))


def killed_early():
    """While it starts, while it reads the scenario, while it says what is in it."""
    for ms in (0, 1, 2, 3, 5, 8, 12, 20):
        play = Play()
        end = time.monotonic() + 5
        while not play.engine() and time.monotonic() < end:
            pass
        time.sleep(ms / 1000)
        play.kill(signal.SIGKILL)
        if not play.until(LAST_OPTION):
            verdict("killed after %d ms" % ms, False, play.text)
            continue
        play.type(play.number("You were up again"))
        text, code = play.end()
        verdict("killed after %d ms" % ms, "Then let us look at the plan." in text and code == 0, "status %d\n%s" % (code, text))


def hung():
    play = Play()
    play.until(LAST_OPTION)
    play.kill(signal.SIGSTOP)
    start = time.monotonic()
    play.type(play.number("You were up again"))
    verdict("hung: it is said where", play.until("scenario.xml:32:7"), play.text)
    seconds = time.monotonic() - start
    verdict("hung: after two seconds", 1.8 < seconds < 2.5 + SLOW, "%.1f s" % seconds)
    play.type(play.number("The rule says"))
    text, code = play.end()
    verdict("hung: the play goes on", "Lin goes." in text and code == 0, "status %d\n%s" % (code, text))


def orphaned():
    play = Play()
    play.until(LAST_OPTION)
    engine = play.engine()
    play.p.kill()
    play.p.wait()
    end = time.monotonic() + 5
    while os.path.exists("/proc/%d" % engine) and time.monotonic() < end:
        with open("/proc/%d/stat" % engine) as f:
            if f.read().rsplit(")", 1)[1].split()[0] == "Z":
                break
        time.sleep(0.02)
    else:
        verdict("orphaned: the engine dies with the host", not os.path.exists("/proc/%d" % engine))
        return
    verdict("orphaned: the engine dies with the host", True)


for suite in (corpus, harm, killed, killed_early, hung, orphaned):
    suite()
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
