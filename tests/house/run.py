#!/usr/bin/env python3
"""The house keeps its rules: who may include whom, where a library lives, how long a file may be, what no file says."""
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
os.chdir(ROOT)

# floor: floors it may include besides itself
FLOORS = {
    "base": set(),
    "scenario": {"base"},
    "play": {"base", "scenario"},
    "script": {"base", "scenario", "play"},
    "study": {"base", "scenario", "play", "script"},
    "wire": {"base"},
    "report": {"base", "wire"},
    "record": {"base", "wire", "report"},
    "front": {"base", "wire", "report"},
    "cmd": {"base", "wire", "record", "report", "front"},
    "send": {"base", "wire", "cmd"},
}
# a pure file of the core that needs the base alone, and that floors of the host share: the rule of a room's vote is one
SHARED = {"play/ballot.h": {"front", "record", "report", "cmd"}}
# header of a library: the only files that may name it
HOMES = {
    r"uni(case|conv|ctype|lbrk|name|norm|stdio|str|typ(es)?|wbrk|width|gbrk)\.h": r"base/(text|terminal)\w*\.c",
    r"(sha2|md5|md4|sha|sha1|sha256|sha512)\.h": r"base/digest\.c",
    r"jansson\.h": r"base/json\.c",
    r"libxml/.*": r"scenario/xml\.c",
    r"(lua|lauxlib|lualib|luaconf)\.h": r"script/\w+\.[ch]",
    r"(seccomp|linux/.*|sys/prctl)\.h": r"wire/jail_linux\.c",
    r"readline/.*": r"front/lineedit\.c",
    r"(n?cursesw?/)?curses\.h|ncurses\.h": r"front/stage\.c",
    r"microhttpd\.h": r"front/http(_answer)?\.c|front/http_inside\.h",
    r"qrencode\.h": r"front/qr\.c",
    r"gettext-po\.h": r"front/po\.c",
    r"argp\.h": r"cmd/\w+\.[ch]",
    r"sqlite3\.h": r"record/store_sqlite\.c",
    r"libpq-fe\.h": r"record/store_postgres\.c",
    r"curl/.*": r"send/\w+\.c",
}
# Files of the wire that stand on the engine's side of the pipe and may use rehearse.h and the core behind it.
SERVER = re.compile(r"engine/wire/(server\w*|engine_main)\.[ch]$")
LONG_FILE = 700
passed = failed = 0


def check(what, problems):
    global passed, failed
    if problems:
        failed += 1
        print("FAILED %s\n    %s" % (what, "\n    ".join(problems[:30])))
    else:
        passed += 1


def tracked(*globs):
    return subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", *globs], text=True,
                          capture_output=True, check=True).stdout.split("\n")[:-1]


def includes(path):
    for n, line in enumerate(open(path, encoding="utf-8"), 1):
        m = re.match(r'\s*#\s*include\s*([<"])([^>"]+)', line)
        if m:
            yield n, m.group(1) == '"', m.group(2)


def own_include(path, floor, name):
    """What is wrong with including our own header NAME from PATH, or None."""
    if "/" not in name:
        if name == "rehearse.h":
            return None if SERVER.search(path) or path == "engine/rehearse.c" else "only the server may use rehearse.h"
        return None
    target = name.split("/")[0]
    if target == floor or target in FLOORS.get(floor, set()) or target not in FLOORS:
        return None
    if SERVER.search(path) or path.startswith("engine/rehearse.") or floor in SHARED.get(name, ()):
        return None
    return "%s/ may not include %s/" % (floor, target)


def include_rule():
    problems = []
    for path in tracked("engine/*.c", "engine/*.h", "engine/*.def"):
        floor = path.split("/")[1]
        for n, own, name in includes(path):
            wrong = own_include(path, floor, name) if own else None
            for header, home in HOMES.items():
                if not own and re.fullmatch(header, name) and not re.search("engine/" + home + "$", path):
                    wrong = "<%s> lives in %s" % (name, home)
            if wrong:
                problems.append("%s:%d: %s" % (path, n, wrong))
    check("include rule", problems)


def sizes():
    problems = ["%s has %d lines" % (p, n) for p in tracked("engine/*.c", "engine/*.h")
                for n in [sum(1 for _ in open(p, encoding="utf-8"))] if n > LONG_FILE]
    check("a file is one noun", problems)


def openings():
    problems = []
    for p in tracked("engine/*.c"):
        head = open(p, encoding="utf-8").read(400)
        if not re.match(r"/\* \S+\.c -- ", head) or os.path.basename(p) not in head.split("\n")[0]:
            problems.append(p)
    check("every .c says what it is", problems)


def silence():
    problems = []
    words = re.compile(r"(?<![\w.])/(work|root|farm|home/[a-z])/|\bTODO\b|\bFIXME\b|\bXXX\b")
    for p in tracked():
        if p.startswith(("tests/fuzz/corpus", "COPYING")) or p == "tests/house/run.py" or not os.path.isfile(p):
            continue
        try:
            text = open(p, encoding="utf-8").read()
        except (UnicodeDecodeError, IsADirectoryError):
            continue
        for n, line in enumerate(text.split("\n"), 1):
            if words.search(line):
                problems.append("%s:%d: %s" % (p, n, line.strip()[:80]))
    check("no machine path, nothing left to do", problems)


def core_is_silent():
    """The core prints nothing, opens nothing, asks no clock and throws no dice."""
    calls = re.compile(r"(?<![\w.>])(printf|puts|fopen|open|socket|time|clock_gettime|rand|random|getenv|exit)\s*\(")
    problems = []
    for p in tracked("engine/scenario/*.c", "engine/play/*.c", "engine/script/*.c", "engine/study/*.c", "engine/rehearse.c"):
        body = re.sub(r'/\*.*?\*/|"(\\.|[^"\\])*"', lambda m: re.sub(r"[^\n]", " ", m.group(0)),
                      open(p, encoding="utf-8").read(), flags=re.S)
        problems += ["%s:%d: %s" % (p, n, line.strip()) for n, line in enumerate(body.split("\n"), 1) if calls.search(line)]
    check("the core is pure", problems)


def shared_is_bare():
    """What host and core share includes nothing of the core."""
    problems = ["%s:%d: %s" % (p, n, name) for header in SHARED for p in ("engine/" + header, "engine/" + header[:-1] + "c")
                for n, own, name in includes(p) if own and name != header and not name.startswith("base/")]
    check("what is shared is bare", problems)


include_rule()
shared_is_bare()
sizes()
openings()
silence()
core_is_silent()
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
