"""Every row of messages.def has a file in the corpus and an entry in docs/errors.md."""
import glob
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

# Fences behind a fence: only a fault of the program itself could show them.
UNREACHED = {
    "script-id": "ids are checked where they are written, before anything runs",
    "score-range": "the function score() looks at its points first",
    "session-long": "more events than memory",
    "language-unknown": "the engine looks at the language before it asks for it",
}


def rows():
    """(CODE, name, severity, what, mend) of each row."""
    with open(ROOT + "/engine/base/messages.def", encoding="utf-8") as f:
        text = f.read()
    found = []
    string = r'"((?:[^"\\]|\\.)*)"'
    for m in re.finditer(r'^MSG\((\w+),\s*"([a-z0-9-]+)",\s*(\w+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)',
                         text, re.M):
        what, mend = ("".join(re.findall(string, m.group(i))).replace('\\"', '"') for i in (4, 5))
        found.append((m.group(1), m.group(2), m.group(3), what, mend))
    return found


def entries(path):
    with open(path, encoding="utf-8") as f:
        return f.read().split("\n### ")[1:]


def said_elsewhere():
    """What the other tests say: messages met while playing, resuming, or over the protocol are theirs."""
    text = []
    for path in [*glob.glob(ROOT + "/tests/*/*"), ROOT + "/docs/protocol.md"]:
        if os.path.isfile(path) and os.path.dirname(path) != HERE and path.endswith((".c", ".h", ".lua", ".wire", ".md")):
            with open(path, encoding="utf-8", errors="replace") as f:
                text.append(f.read())
    return set(re.findall(r"MSG_[A-Z0-9_]+|[a-z0-9]+(?:-[a-z0-9]+)+", "\n".join(text)))


def check(tally):
    known = rows()
    elsewhere = said_elsewhere()
    shown = set()
    for path in glob.glob(HERE + "/*.expect"):
        with open(path, encoding="utf-8") as f:
            shown |= set(re.findall(r"\[([a-z0-9-]+)\]$", f.read(), re.M))
    for code, name, *_ in known:
        tally.that(name in shown or name in elsewhere or "MSG_" + code in elsewhere or name in UNREACHED, name,
                   "no test shows this message")
    for path in ("docs/errors.md", "docs/errors.zh-CN.md"):
        try:
            explained = {e.split("\n")[0].strip("` "): e for e in entries(os.path.join(ROOT, path))}
        except FileNotFoundError:
            tally.that(False, path, "missing")
            continue
        missing = [name for _, name, *_ in known if name not in explained]
        tally.that(not missing, path, "no entry for: " + " ".join(missing))
        gone = [name for name in explained if name not in {r[1] for r in known}]
        tally.that(not gone, path, "entries of messages that are gone: " + " ".join(gone))
        if path == "docs/errors.md":
            for _, name, severity, what, _ in known:
                first = explained.get(name, "").split("\n\n")[1:2]
                wanted = "*%s:* `%s`" % (severity.lower(), what)
                tally.that(" ".join("".join(first).split()) == wanted, path, "%s should begin: %s" % (name, wanted))
