"""What the tests of records share: a store of one's own, plays through the real program, and a count of what held."""
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, ROOT + "/tests")
import home  # noqa: E402,F401

os.chdir(ROOT)
BUILD = os.path.abspath(os.environ.get("B", os.path.join(ROOT, "build")))
REHEARSE = BUILD + "/rehearse"
SANITIZED = bool(os.environ.get("SANITIZED"))
ENV = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
ENV.update(LC_ALL="C.UTF-8", LANGUAGE="", LANG="en", REHEARSE_LIBRARY=ROOT)
passed = failed = 0


def check(what, ok, told=""):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print("FAILED %s\n    %s" % (what, str(told).replace("\n", "\n    ")[:6000]), flush=True)
    return ok


def finish():
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(failed > 0)


class Folder:
    """An empty folder with a store in it."""

    def __init__(self):
        self.made = tempfile.TemporaryDirectory(prefix="rehearse-store-")
        self.path = self.made.name
        self.where = self.path + "/records/"
        self.file = self.where + "records.sqlite"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.made.cleanup()

    def run(self, *args, lines="", env=None, lang="en", check_engine=True, where=None, timeout=120, **more):
        """`rehearse ARGS` with LINES typed; standard error apart."""
        argv = [REHEARSE, *args]
        if args[0] in ("play", "resume", "debrief", "replay"):
            argv.append("--plain")
            if SANITIZED:
                argv.append("--no-jail")
        if lang and args[0] in ("play", "debrief", "forget", "regrade"):
            argv += ["--lang", lang]
        full = dict(ENV, REHEARSE_STORE=where or self.where, **(env or {}))
        return subprocess.run(argv, input=lines, text=True, capture_output=True, env=full, timeout=timeout, **more)

    def ask(self, sql, *args):
        db = sqlite3.connect("file:%s?mode=ro" % self.file, uri=True)
        try:
            return db.execute(sql, args).fetchall()
        finally:
            db.close()

    def events(self, session=None):
        """The bodies of a session's events, the newest session's where none is named."""
        which = "(SELECT max(id) FROM sessions)" if session is None else "(SELECT id FROM sessions WHERE name = '%s')" % session
        return [row[0] for row in self.ask("SELECT body FROM events WHERE session = %s ORDER BY n" % which)]


def undated(events):
    """Events without what the clock says."""
    return [re.sub(r'"ms":\d+', '"ms":0', re.sub(r',"started":"[^"]*"', "", e)) for e in events]


def asked(text):
    """What stands behind each prompt: text from the n-th `> ` on."""
    return re.split(r"(?m)^> ", text)
